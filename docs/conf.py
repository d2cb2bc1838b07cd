"""Settings of the documentation: bibfolio is a guest in a project with its own bibliography."""

project = "bibfolio"
extensions = ["myst_parser", "sphinxcontrib.bibtex", "bibfolio"]
exclude_patterns = ["_build"]
nitpicky = True
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3

html_theme = "pydata_sphinx_theme"
html_title = "bibfolio"

bibtex_bibfiles = ["refs.bib"]
bibtex_reference_style = "author_year"
bibtex_default_style = "bibfolio"
bibfolio_paper_pages = True
