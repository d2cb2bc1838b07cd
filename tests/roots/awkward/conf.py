extensions = ["bibfolio"]
html_theme = "bibfolio"
html_math_renderer = "bibfolio"
bibtex_bibfiles = ["names.bib", "refs.bib"]
