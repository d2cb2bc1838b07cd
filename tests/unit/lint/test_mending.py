"""Mending: only what is mechanical, only where it is, and never twice."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.lint.mending import mend
from bibfolio.sources import tex
from bibfolio.sources.bib_parser import read_entries
from bibfolio.sources.bibliography import parse_bibliography

from ..sources.test_bib_parser import BIBISH
from ..table import Table
from .made import entry, said
from .test_lint import SOUND

TABLE = Table(__file__)


def mended(field: str) -> str | None:
    """The field as it is mended; mending again changes nothing, and nothing is told any more."""
    kinds = {"bib_form", "bib_pages", "bib_escape", "bib_markup", "bib_title"}
    before = entry(field)
    after = mend(before)
    assert mend(after) == after
    if before == after:
        return None
    if "&lt; B" not in field:
        assert kinds & {kind for kind, *_ in said(before)}
        assert not kinds & {kind for kind, *_ in said(after)}
    head, tail = before.split(field)
    return after.removeprefix(head).removesuffix(tail)


def test_what_is_mechanical_is_mended_and_everything_else_is_left():
    TABLE.holds("what is mechanical", mended)
    TABLE.holds("what is left", mended)


def test_signs_on_names_are_written_as_annotations():
    before = "@misc{k,\n  author = {Doe, Jane$^*$ and {\\bf Roe, Ann}*},\n  title = {A}\n}\n"
    after = "@misc{k,\n  author = {Doe, Jane and Roe, Ann},\n  author+an = {1=equal; 2=equal},\n"
    assert mend(before) == f"{after}  title = {{A}}\n}}\n"
    assert mend(mend(before)) == mend(before)


def test_fields_of_other_names_get_the_standard_ones_in_their_columns():
    before = """@article{k,
  title    = {A Title},
  pdf      = {a.pdf},
  arxiv    = {https://arxiv.org/abs/2001.01234},
  abbr={TPDS}, city = {Oslo},
  VOL = 3,
  tags     = {b},
  tag      = {a},
  selected = {true},
}
"""
    after = """@article{k,
  title    = {A Title},
  file     = {a.pdf},
  eprint   = {2001.01234},
  eprinttype = {arxiv},
  shortjournal={TPDS}, address = {Oslo},
  volume = 3,
  tags     = {b},
  tag      = {a},
  selected = {true},
}
"""
    assert mend(before) == after
    assert mend(after) == after
    both = "@misc{k, title = {A}, pdf = {a.pdf}, file = {b.pdf}, pp = {1}, pages = {2}}\n"
    assert mend(both) == both


AROUND = """% A remark with a_b & 5% of it
@string{x = "A & B"}
@comment{@misc{c, note = {a_b}}}
Words & words.

@Misc { k ,
   title={A  &  B} ,   % a_b
\tYEAR = 2024,

  note     = x # { a_b },
}
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_comments_order_and_layout_stay_as_they_are(newline):
    before = AROUND.replace("\n", newline)
    expected = before.replace("{A  &", "{A  \\&").replace("# { a_b", "# { a\\_b")
    assert mend(before) == expected


def test_control_characters_stay_where_they_are():
    assert mend("\x00" + entry("note = {\x07a\x1b & b}")) == "\x00" + entry(
        "note = {\x07a\x1b \\& b}"
    )


def test_an_entry_that_is_not_read_in_full_is_left():
    broken = "@misc{a,\n note = {A & B},\n title = {A & B,\n year = 2024\n}\n"
    assert mend(broken + entry("note = {A & B}")) == broken + entry("note = {A \\& B}")


def test_sound_entries_are_left():
    assert mend(SOUND) == SOUND


# -- properties -------------------------------------------------------------------------------

WORDS = st.sampled_from(
    r"A & B 5% C# a_b \& \% \_ \\ $x_1$ $ {GPU} {a&b} \url{a_b} &amp; {\'e} 李明 -- ~ @ = ,".split()
)
VALUES = st.lists(WORDS, max_size=5).map(" ".join)
NUMBERS = st.sampled_from(
    "1-2 12--34 10.1145/1.2 https://doi.org/10.1145/1.2 doi:10.1/x arXiv:2504.02263 "
    "2504.02263 034102-4 iv-xii".split()
)
FIELDS = st.dictionaries(
    st.sampled_from("title note author url doi eprint pages keywords abstract Journal zzz".split()),
    st.one_of(VALUES, NUMBERS),
    max_size=6,
)
FILES = st.lists(FIELDS, min_size=1, max_size=4)


def file(entries: list[dict[str, str]], layout: random.Random) -> str:
    """A correct file, laid out in one of many ways."""
    parts = []
    for number, fields in enumerate(entries):
        lines = [
            f"{layout.choice(['', ' ', chr(9)])}{name} = "
            + layout.choice(["{%s}", '"%s"', "{%s} # {}", '"" # {%s}']) % value
            for name, value in fields.items()
        ]
        ending = layout.choice(["", ",", " % a_b & c"])
        parts.append(f"@misc{{k{number},\n" + ",\n".join(lines) + f"{ending}\n}}\n")
        parts.append(layout.choice(["", "% a remark & more\n", "\n\n", "@comment{a_b}\n"]))
    return "".join(parts)


LAYOUTS = st.builds(random.Random, st.integers(0, 2**32))
#: Files that are correct, and files that are anything.
TEXTS = st.one_of(st.builds(file, FILES, LAYOUTS), BIBISH, st.text())


@given(TEXTS)
def test_mending_twice_is_mending_once(text):
    once = mend(text)
    assert mend(once) == once


@given(TEXTS)
def test_lines_are_neither_added_nor_removed_and_most_stay(text):
    before, after = text.split("\n"), mend(text).split("\n")
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        if not re.search(r"[&%#_\u2010-\u2012\u2212-]|doi|arxiv", old, re.IGNORECASE):
            assert new == old


@given(TEXTS)
def test_what_is_read_is_the_same_but_for_what_was_mended(text):
    before, after = read_entries(text)[0], read_entries(mend(text))[0]
    assert [(e.type, e.key, e.line) for e in before] == [(e.type, e.key, e.line) for e in after]
    for old, new in zip(before, after, strict=True):
        for (name, value), (new_name, new_value) in zip(old.fields, new.fields, strict=True):
            assert name == new_name
            if name.lower() not in {"doi", "eprint", "pages"}:
                assert tex.decode(value) == tex.decode(new_value)


@given(TEXTS)
def test_readers_of_the_site_see_the_same_papers(text):
    def shown(source: str) -> list[tuple[object, ...]]:
        return [
            (p.key, p.title, p.authors, p.identifiers, p.pages, p.note, p.abstract, p.venue)
            for p in parse_bibliography(source).papers
        ]

    assert shown(mend(text)) == shown(text)
