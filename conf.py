"""Settings of this site. Facts about the person are in profile.toml, papers in refs.bib."""

extensions = ["bibfolio"]
html_theme = "bibfolio"
language = "en"

# Lower case is a page, upper case a document for people who work on the site.
include_patterns = ["[a-z0-9]*.md", "publications/*.md", "research/*.md", "papers/*.paper"]
nitpicky = True
bibfolio_lint = "build"
# The PDFs that refs.bib names are still to come.
suppress_warnings = ["bibfolio.bib_file"]
highlight_language = "text"

# Old addresses: with and without .html, as the owner's former site answered to both.
rediraffe_redirects = {"about": "index", "about.html": "index"}
