"""Settings of this site. Facts about the person are in profile.toml, papers in refs.bib."""

extensions = ["bibfolio"]
html_theme = "bibfolio"
language = "en"
html_baseurl = "https://sample.example.org/"
# A name in Chinese or Korean is shown as ? in cv.pdf where the machine has no font for it.
suppress_warnings = ["bibfolio.font"]
