"""A site with everything switched on: what a build can leave behind, it has."""

extensions = [
    "myst_parser",
    "sphinxcontrib.bibtex",
    "notfound.extension",
    "sphinxext.rediraffe",
    "bibfolio",
]
include_patterns = ["*.md", "research/*.md", "papers/*.paper"]
myst_enable_extensions = ["colon_fence", "smartquotes"]
bibtex_bibfiles = ["refs.bib"]
bibtex_default_style = "bibfolio"
bibtex_reference_style = "author_year"
bibtex_cite_id = "cite-{key}"
rediraffe_redirects = {"about": "index", "old/essay": "research/essay"}
rediraffe_template = "_templates/redirect.html"
html_theme = "bibfolio"
html_search_language = "bibfolio"
html_show_search_summary = False
html_math_renderer = "bibfolio"
html_static_path = ["_static"]
html_css_files = ["css/lines.css", "css/sizes.css"]
templates_path = ["_templates"]
html_context = {"default_mode": "light"}
