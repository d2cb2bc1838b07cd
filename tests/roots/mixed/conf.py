extensions = ["bibfolio"]
html_theme = "bibfolio"
html_baseurl = "https://mixed.example.org/"
