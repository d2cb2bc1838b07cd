extensions = ["bibfolio"]
html_theme = "basic"
html_math_renderer = "bibfolio"
