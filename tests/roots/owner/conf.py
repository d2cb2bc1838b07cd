"""The site of an owner who makes mistakes: everything here is right."""

extensions = ["bibfolio"]
html_theme = "bibfolio"
html_baseurl = "https://zoe.example.org/"
