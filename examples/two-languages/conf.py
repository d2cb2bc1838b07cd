"""Settings of this site. Facts about the person are in profile.toml, papers in refs.bib."""

extensions = ["bibfolio"]
html_theme = "bibfolio"
bibfolio_languages = ["en", "zh-Hans"]
html_baseurl = "https://fanli.example.org/"
