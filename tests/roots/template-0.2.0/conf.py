"""Settings of this site. Facts about the person are in profile.toml, papers in refs.bib."""

extensions = ["bibfolio"]
html_theme = "bibfolio"
language = "en"
# Where the site will be, unless Read the Docs serves it, or profile.toml has a website:
# html_baseurl = "https://jane.example.org/"
