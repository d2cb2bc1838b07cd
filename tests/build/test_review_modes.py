"""Settings of owners and projects of strangers: what is theirs stays as it is."""

import pytest

GUEST = (
    'extensions = ["myst_parser", "sphinxcontrib.bibtex", "bibfolio"]\n'
    'bibtex_bibfiles = ["refs.bib"]\nhtml_theme = "basic"\n'
)
STOCK = GUEST.replace(', "bibfolio"', "")


@pytest.mark.parametrize(
    "conf",
    ['html_theme = "bibfolio"\nexclude_patterns = ["mine"]\n', 'html_theme = "alabaster"\n'],
)
def test_what_was_built_before_is_no_source(build, conf):
    twin = {"_build/site/index.md": "# Twin\n", "_build/next/index.md": "# Twin\n"}
    built = build("minimal", {"conf.py": f'extensions = ["bibfolio"]\n{conf}', **twin})
    assert not [name for name in built.read if "_build" in name]
