"""The stylesheet of the components: whose colours it takes."""

import re
from pathlib import Path

from bibfolio.theme import components


def test_colours_are_those_of_the_theme_around_and_dark_only_where_that_is():
    """Of ours, of pydata-sphinx-theme, of furo, or of the text; the system's wish is not asked."""
    sheet = (Path(components.__file__).parent / "static" / "bibfolio-components.css").read_text()
    assert "prefers-color-scheme" not in sheet
    tokens = re.findall(r"--bf-(\w+):\s*([^;]*);", sheet)
    colours = [value for name, value in tokens if name not in {"measure", "radius"}]
    chain = re.compile(r"var\(--bibfolio-\w+, var\(--pst-color-[\w-]+, var\(--color-[\w-]+,\s")
    assert len(colours) == 7
    assert [value for value in colours if not chain.match(value)] == []
