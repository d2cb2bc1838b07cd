"""The site of an invented scholar who writes from right to left."""

extensions = ["bibfolio"]
html_theme = "bibfolio"
html_baseurl = "https://fulana.example.org/"
language = "ar"
# Pages are the same on a machine without a font for the PDF.
suppress_warnings = ["bibfolio.font"]
