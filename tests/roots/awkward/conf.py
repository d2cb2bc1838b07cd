extensions = ["bibfolio"]
html_theme = "basic"
html_math_renderer = "bibfolio"
bibtex_bibfiles = ["names.bib", "refs.bib"]
