"""Settings of this site. Facts about the person are in profile.toml, papers in refs.bib."""

import os
import sys
from pathlib import Path

# The extension lives beside this file and is not installed.
sys.path[:0] = [str(Path(__file__).parent)]

extensions = [
    "myst_parser",
    "sphinxcontrib.bibtex",
    "notfound.extension",
    "sphinxext.rediraffe",
    "bibfolio",
]

# -- Address and language ---------------------------------------------------------------------
# Read the Docs sets the variable; elsewhere the website of profile.toml is the address.
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", "")
language = "en"

# -- Pages ------------------------------------------------------------------------------------
# Lower case is a page, upper case a document for people who work on the site.
include_patterns = ["[a-z0-9]*.md", "publications/*.md", "research/*.md", "papers/*.paper"]
nitpicky = True
highlight_language = "text"
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath", "smartquotes"]

# -- Bibliography -----------------------------------------------------------------------------
bibtex_bibfiles = ["refs.bib"]
bibtex_default_style = "bibfolio"
bibtex_reference_style = "author_year"
# Stable addresses: /publications/#cite-jin2023ditto
bibtex_cite_id = "cite-{key}"

# -- Old addresses ----------------------------------------------------------------------------
# With and without .html, as the owner's former site answered to both.
rediraffe_redirects = {"about": "index", "about.html": "index"}
# rediraffe's own has neither doctype nor title, and an inline script.
rediraffe_template = "_templates/redirect.html"

# -- HTML -------------------------------------------------------------------------------------
html_theme = "bibfolio"
html_search_language = "bibfolio"
html_show_search_summary = False
html_math_renderer = "bibfolio"
html_static_path = ["_static"]
html_favicon = "_static/favicon.svg"
html_css_files = [
    "css/tokens.css",
    "css/base.css",
    "css/site.css",
    "css/paper-card.css",
    "css/paper-filter.css",
    "css/paper-page.css",
    "css/profile.css",
    "css/cv.css",
    "css/print.css",
]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_permalinks = False
html_use_index = False
html_domain_indices = False
# The <html> element starts light for readers without JavaScript; colours follow their system.
html_context = {"default_mode": "light"}
