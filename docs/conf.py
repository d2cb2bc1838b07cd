"""Settings of the documentation: bibfolio is a guest in a project with its own bibliography."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
# Two extensions of these pages alone; and tools/, which writes the examples.
sys.path[:0] = [str(HERE), str(HERE.parent)]

project = "bibfolio"
extensions = ["myst_parser", "sphinxcontrib.bibtex", "bibfolio", "live_examples", "look"]
exclude_patterns = ["_build"]
nitpicky = True
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
# The last is of live_examples.
myst_url_schemes = ["http", "https", "mailto", "example"]
linkcheck_ignore = ["example:"]

html_theme = "pydata_sphinx_theme"
html_title = "bibfolio"
html_static_path = ["_static"]
html_favicon = "_static/icon.svg"
html_context = {"default_mode": "auto"}
# Pages without others below them have nothing to say there.
ALONE = ("tutorial", "questions", "gallery", "comparison", "glossary")
html_sidebars = {name: [] for name in ALONE}
html_theme_options = {"header_links_before_dropdown": 8, "navbar_persistent": ["search-button"]}

bibtex_bibfiles = ["refs.bib"]
bibtex_reference_style = "author_year"
bibtex_default_style = "bibfolio"
bibfolio_paper_pages = True
