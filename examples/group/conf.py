"""Settings of this site. Facts are in profile.toml and profile/, papers in refs.bib."""

extensions = ["bibfolio"]
html_theme = "bibfolio"
language = "en"
html_baseurl = "https://slow.example.org/"
