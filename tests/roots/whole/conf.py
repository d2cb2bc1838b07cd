"""A site with everything switched on: what a build can leave behind, it has."""

extensions = ["bibfolio"]
html_theme = "bibfolio"
include_patterns = ["*.md", "research/*.md", "papers/*.paper"]
rediraffe_redirects = {"about": "index", "old/essay": "research/essay"}
html_static_path = ["_static"]
html_css_files = ["css/lines.css", "css/sizes.css"]
templates_path = ["_templates"]
