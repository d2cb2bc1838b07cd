"""Where keys stand in TOML, also in several files: told in time that grows with the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.sources import toml_text
from bibfolio.sources.toml_text import TomlFiles, lines_of_keys, syntax_mistake

from ..table import Table

TABLE = Table(__file__)


def lines(text: str) -> list[str]:
    return [f"{line}: {'.'.join(map(str, key))}" for key, line in lines_of_keys(text).items()]


def test_every_key_and_table_has_its_line():
    """An array within an array begins anew in each item."""
    TABLE.holds("lines of keys", lines)


@given(st.text())
def test_no_text_raises_and_every_line_is_in_it(text):
    lines = set(lines_of_keys(text).values())
    assert lines - set(range(1, len(text.splitlines()) + 1)) == set()


# -- several files -----------------------------------------------------------------------------

FILES = {
    "me.toml": "name = 'x'\n[links]\ngithub = 'x'\n",
    "me/a.toml": "# talks\n[[talks]]\ntitle = 'x'\n",
    "me/b.toml": "\n[links]\n[cv]\n",
}


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (("links", "github"), "x", ("me.toml", 3, 11)),
        (("links", "github"), "absent", ("me.toml", 3, 0)),
        (("talks", 0, "title"), "title", ("me/a.toml", 3, 1)),
        (("talks", 0, "date"), "", ("me/a.toml", 2, 0)),
        (("cv",), "cv", ("me/b.toml", 3, 2)),
        (("nothing",), "", ("me.toml", 1, 0)),
    ],
)
def test_a_key_stands_in_the_file_that_has_its_table(path, value, place):
    assert TomlFiles(FILES).place(path, value) == place


def test_a_table_that_is_in_two_files_is_known_to_be():
    files = TomlFiles(FILES)
    assert files.repeated == [("links", "me/b.toml")]
    assert files.data["links"] == {"github": "x"}
    assert files.place(("links",), file="me/b.toml") == ("me/b.toml", 2, 0)


# -- large files -------------------------------------------------------------------------------

ITEM = "[[news]]\ndate = 2024\ntext = 'x'\n"
LONG = 'a = """\n'


@pytest.mark.parametrize(
    "large",
    [
        lambda n: lines_of_keys(ITEM * n),
        lambda n: lines_of_keys("news = [\n" + "  { date = 2024, text = 'x' },\n" * n + "]\n"),
        lambda n: lines_of_keys(LONG + ITEM * n + '"""'),
        lambda n: syntax_mistake(ITEM * n + "a = \n", ""),
        lambda n: syntax_mistake(LONG + ITEM * n, ""),
    ],
    ids=["items", "a list", "a long text", "last line", "a text without end"],
)
def test_four_times_the_lines_are_four_times_the_work(monkeypatch, large):
    """But for a logarithm: how many letters are parsed."""
    parse, read = toml_text.parsed, []
    monkeypatch.setattr(toml_text, "parsed", lambda text: read.append(len(text)) or parse(text))

    def work(count: int) -> int:
        read.clear()
        large(count)
        return sum(read)

    assert work(400) < 6 * work(100)
