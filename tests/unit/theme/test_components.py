"""The stylesheet of the components: whose colours it takes."""

import re
from pathlib import Path

from bibfolio.model.topics import COLOURS
from bibfolio.theme import components

#: Colours that other themes have as well.
OF_THEMES = {"ink", "muted", "paper", "raised", "line", "control", "accent"}


def test_colours_are_those_of_the_theme_around_and_dark_only_where_that_is():
    """Of ours, of pydata-sphinx-theme, of furo, or of the text; the system's wish is not asked."""
    sheet = (Path(components.__file__).parent / "static" / "bibfolio-components.css").read_text()
    assert "prefers-color-scheme" not in sheet
    tokens = re.findall(r"--bf-([\w-]+):([^;]*);", sheet)
    shared = [value for name, value in tokens if name in OF_THEMES]
    chain = re.compile(r"var\(--bibfolio-\w+,var\(--pst-color-[\w-]+,var\(--color-[\w-]+,")
    assert len(shared) == len(OF_THEMES)
    assert [value for value in shared if not chain.match(value)] == []
    topics = [value for name, value in tokens if name.startswith("topic-")]
    assert len(topics) == COLOURS
    assert all(value.startswith("var(--bibfolio-topic-") for value in topics)
