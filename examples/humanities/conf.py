"""Settings of this site. Facts about the person are in profile.toml, works in refs.bib."""

extensions = ["bibfolio"]
html_theme = "bibfolio"
language = "en"
html_baseurl = "https://lore.example.org/"
