"""BibTeX as people really write it: nothing is raised, nothing is lost without a word.

What broken entries give, with every message, is in `corpus/`; here is what is well-formed, losses
that are known, and properties of any text.
"""

from __future__ import annotations

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.sources.bib_parser import RawEntry, read_entries

from ..made import read
from ..table import Table

TABLE = Table(__file__)

# -- what is well-formed ---------------------------------------------------------------------


def outcome(text: str) -> list[str]:
    """The entries with their fields, and what is told."""
    entries, problems = read(text)
    shown = [f"{key}: {fields}" for key, fields in entries.items()]
    return [*shown, *(f"line {line}: {kind}: {message}" for kind, line, message in problems)]


@pytest.mark.parametrize("section", TABLE.sections)
def test_what_is_written_is_read_and_what_is_broken_is_told(section):
    """No broken field loses the fields below, and no entry is lost silently."""
    TABLE.holds(section, outcome)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_counts_as_one_line(newline):
    text = newline.join(["@misc{a,", " title = {A", " title},", " note = x", "}", "@misc{b,", "}"])
    entries, problems = read_entries(text)
    assert [(e.key, e.line) for e in entries] == [("a", 1), ("b", 6)]
    assert entries[0].fields == (("title", "A title"), ("note", "x"))
    assert [(problem.line, problem.kind.subtype) for problem in problems] == [(4, "bib_string")]


def test_an_entry_tells_type_key_fields_and_line_as_written():
    entries, _ = read_entries("\n\n@InProceedings{Key:1,\n  Title = {A},\n  title = {B},\n}")
    assert entries == [RawEntry("InProceedings", "Key:1", (("Title", "A"), ("title", "B")), 3)]


# -- many and any ----------------------------------------------------------------------------

BREAKAGES = {
    "no comma": "@misc{{k{i},\n title = {{T{i}}}\n year = {{{i}}}\n}}\n",
    "undefined abbreviation": "@misc{{k{i},\n title = {{T{i}}},\n month = foo\n}}\n",
    "value not closed": "@misc{{k{i},\n title = {{T{i},\n year = {{{i}}}\n}}\n",
    "quote not closed": '@misc{{k{i},\n title = "T{i},\n year = {{{i}}}\n}}\n',
    "entry not closed": "@misc{{k{i},\n title = {{T{i}}},\n year = {{{i}}}\n\n",
    "brace too many": "@misc{{k{i},\n title = {{T{i}}}}},\n year = {{{i}}}\n}}\n",
    "no equals sign": "@misc{{k{i},\n title {{T{i}}},\n year = {{{i}}}\n}}\n",
    "bare words": "@misc{{k{i},\n title = Title {i},\n year = {{{i}}}\n}}\n",
    "only begun": "@misc{{k{i},\n title = ",
    "brace without partner": "@misc{{k{i},\n title = {{T{{ {i}}},\n year = {{{i}}}\n}}\n",
}


def test_of_a_thousand_entries_of_which_every_tenth_is_broken_none_is_lost_silently():
    good = "@misc{{k{i},\n title = {{T{i}}},\n year = {{{i}}}\n}}\n"
    kinds = list(BREAKAGES.values())
    broken = [i for i in range(1000) if i % 10 == 5]
    parts = [
        (kinds[i // 10 % len(kinds)] if i in broken else good).format(i=i) for i in range(1000)
    ]
    entries, problems = read("\n".join(parts))
    assert list(entries) == [f"k{i}" for i in range(1000)]
    for i in set(range(1000)) - set(broken):
        assert entries[f"k{i}"] == {"title": f"T{i}", "year": str(i)}
    blamed = {message.split(":")[0] for _, _, message in problems}
    assert blamed == {f"k{i}" for i in broken}


SAMPLE = (
    "@article{broken,\n"
    "  title = {A {GPU} Title},\n"
    '  author = "Jay, Chip and Li, Ming",\n'
    "  year = 2020,\n"
    '  month = jan # "~5",\n'
    "  note = {50\\% off}\n"
    "}"
)
NEIGHBOURS = (
    '\n@misc{good,\n  title = {Good "title" {X}},\n  note = "a {"}b",\n  year = 2021\n}\n'
    '@misc(other,\n title = "B {c}" # { d},\n  year = {2022},\n)\n'
)


@pytest.mark.parametrize("sign", ["", *'{}",=@#%()\\'])
def test_no_single_slip_of_the_pen_harms_the_entries_below(sign):
    """*sign* put in anywhere; the empty sign stands for a character left out anywhere."""
    whole = read(NEIGHBOURS)[0]
    for index in range(len(SAMPLE)):
        text = SAMPLE[:index] + sign + SAMPLE[index + (not sign) :]
        entries, _ = read_entries(text + NEIGHBOURS)
        found = {entry.key: dict(entry.fields) for entry in entries}
        assert {key: found.get(key) for key in whole} == whole, text


def test_a_file_cut_off_anywhere_keeps_the_entries_above_and_says_so():
    whole = read(NEIGHBOURS)[0]
    for index in range(1 + len("@article{"), len(SAMPLE) - 1):
        entries, problems = read(NEIGHBOURS + SAMPLE[:index])
        assert {key: entries.get(key) for key in whole} == whole
        assert {kind for kind, _, _ in problems} <= {"bib_syntax", "bib_string", "bib_lost"}
        assert len(problems) >= 1, SAMPLE[:index]


BIBISH = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *'{ } ( ) , " = # % \\ @ @misc @misc{a, @string{ @comment{ @preamble'.split(),
                *("\n", "\r\n", " ", "title = {A}", "jan", "2024", "k"),
            ]
        ),
        st.text(max_size=4),
    ),
    max_size=30,
).map("".join)


@given(st.one_of(st.text(), BIBISH))
def test_reading_never_raises_and_every_line_named_is_in_the_file(text):
    entries, problems = read_entries(text)
    last = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert [e.line for e in entries if not 1 <= e.line <= last] == []
    assert [p.line for p in problems if not 1 <= p.line <= last] == []
    assert [e.line for e in entries] == sorted(e.line for e in entries)
    assert all(e.key and e.type for e in entries)
    assert [p.line for p in problems] == sorted(p.line for p in problems)


WORDS = st.one_of(
    st.sampled_from(
        '{GPU} $n^2$ {\\"u} 50\\% % @ x@y.z # = , ( ) -- ~ {{a}b} @misc{x} 李明'.split()
    ),
    st.text(string.ascii_letters + string.digits + ".:;!?'", min_size=1, max_size=8),
)
VALUES = st.lists(WORDS, max_size=4).map(" ".join)
LETTERS = st.sampled_from(string.ascii_letters)
NAMES = st.builds(str.__add__, LETTERS, st.text("ab1+_.:-", max_size=4))
KEYS = st.builds(str.__add__, LETTERS, st.text("xyz2024_.:/+-李", max_size=8))
ENTRIES = st.dictionaries(KEYS, st.dictionaries(NAMES, VALUES, max_size=3), min_size=1, max_size=4)


def written(entries: dict[str, dict[str, str]], layout: random.Random, plain: bool = False) -> str:
    """A correct file with *entries*, written in one of the ways that BibTeX allows.

    *plain* leaves out what could close by chance what an entry above has left open: a brace in a
    remark, a quote that stands in parentheses only.
    """
    remark = "a remark, =" if plain else "a remark, }"
    brackets = ["{}"] if plain else ["{}", "()"]

    def space() -> str:
        return layout.choice(["", " ", "\n  ", f"\n% {remark}\n  "])

    def value(text: str) -> str:
        ways = ["{%s}", '"%s"', "{%s} # {}", '"" # "%s"']
        bare = ["%s"] if text.isascii() and text.isdigit() else []
        return layout.choice(ways + bare) % text

    parts = []
    for key, fields in entries.items():
        opening, closing = layout.choice(brackets)
        pairs = [f"{space()}{k}{space()}={space()}{value(v)}{space()}" for k, v in fields.items()]
        end = layout.choice(["", ","]) if pairs else ""
        # Without the space a closing parenthesis would belong to the key.
        body = f"{key} ,{','.join(pairs)}{end}{space()}"
        parts.append(f"@misc{layout.choice(BLANKS)}{opening}{body}{closing}\n")
        parts.append(layout.choice(["", "% @misc{x,\n", "words, words\n", "@comment{x}\n"]))
    return "".join(parts)


BLANKS = ["", " ", "\n"]
LAYOUTS = st.builds(random.Random, st.integers(0, 2**32))


@given(ENTRIES, LAYOUTS)
def test_every_key_and_value_of_a_correct_file_comes_back(entries, layout):
    assert read(written(entries, layout)) == (entries, [])


SLIPS = st.tuples(
    st.integers(0, len(SAMPLE)), st.integers(0, 4), st.text('{}",=@#%()\\ax1\n ', max_size=3)
)


@given(ENTRIES, LAYOUTS, SLIPS)
def test_every_key_and_value_comes_back_behind_a_broken_entry(entries, layout, slip):
    index, cut, sign = slip
    broken = SAMPLE[:index] + sign + SAMPLE[index + cut :]
    found, _ = read_entries(broken + "\n" + written(entries, layout, plain=True))
    last = {entry.key: dict(entry.fields) for entry in found}
    assert {key: last.get(key) for key in entries} == entries
