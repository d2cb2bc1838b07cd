extensions = ["myst_parser", "bibfolio"]
bibtex_bibfiles = ["refs.bib"]
bibtex_default_style = "bibfolio"
bibtex_reference_style = "author_year"
bibtex_cite_id = "cite-{key}"
html_theme = "basic"
html_math_renderer = "bibfolio"
