"""Where keys stand in TOML, also in several files: told in time that grows with the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.sources import toml_text
from bibfolio.sources.toml_text import TomlFiles, lines_of_keys, syntax_mistake


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", {}),
        ("a = 1\nb = 2", {("a",): 1, ("b",): 2}),
        ("\n# b = 1\n  a=1", {("a",): 3}),
        ("\"a b\" = 1\n'c' = 2", {("a b",): 1, ("c",): 2}),
        ("a.b = 1\na . c = 2", {("a", "b"): 1, ("a", "c"): 2}),
        ("[t]\na = 1\n[u]\na = 2", {("t",): 1, ("t", "a"): 2, ("u",): 3, ("u", "a"): 4}),
        ("[ t ] # x\na = 1", {("t",): 1, ("t", "a"): 2}),
        ("[t.u]\na = 1", {("t", "u"): 1, ("t", "u", "a"): 2}),
        (
            "[[t]]\na = 1\n[[t]]\na = 2",
            {("t",): 1, ("t", 0): 1, ("t", 0, "a"): 2, ("t", 1): 3, ("t", 1, "a"): 4},
        ),
        (
            "[[t]]\n[[t.u]]\na = 1",
            {("t",): 1, ("t", 0): 1, ("t", 0, "u"): 2, ("t", 0, "u", 0): 2}
            | {("t", 0, "u", 0, "a"): 3},
        ),
        ("[[t]]\n[t.u]\na = 1", {("t",): 1, ("t", 0): 1, ("t", 0, "u"): 2, ("t", 0, "u", "a"): 3}),
        ('a = """\nb = 1\n[t]\n"""\nb = 2', {("a",): 1, ("b",): 5}),
        ("a = [\n  {b = 1},\n]\nc = 2", {("a",): 1, ("c",): 4}),
        ("a = [\n'b = 1', # x\n'c',\n]\n'd' = 2", {("a",): 1, ("a", 1): 1, ("d",): 5}),
        ("a = ['''\nb = 1''', 'c',\n]\nd = 2", {("a",): 1, ("d",): 4}),
        ("[p.'a b']\nc = 1", {("p",): 1, ("p", "a b"): 1, ("p", "a b", "c"): 2}),
        ("a = 'x\u2028y'\r\nb = 1\r\n", {("a",): 1, ("b",): 2}),
    ],
)
def test_every_key_and_table_has_its_line(text, lines):
    assert lines_of_keys(text).items() >= lines.items()


def test_an_array_within_an_array_begins_anew_in_each_item():
    text = "[[t]]\n[[t.u]]\n[[t]]\n[[t.u]]\na = 1"
    assert lines_of_keys(text)["t", 1, "u", 0, "a"] == 5


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
