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

from ..made import read, told

B = "@misc{b, title = {B}}\n"
ENTRY_B = {"b": {"title": "B"}}


def not_closed(line: int | None = None, sign: str = "}") -> str:
    """What is told of an entry that ends before *line*, or with the file."""
    where = f"before line {line}" if line else "at the end of the file"
    return f"the entry is not closed; add {sign} {where}"


# -- what is well-formed ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("", {}),
        ("Nothing but words.\n", {}),
        ("% @misc{x, title = {X}}\n", {}),
        ("@misc{a, title = {A}}", {"a": {"title": "A"}}),
        ('@misc{a, title = "A"}', {"a": {"title": "A"}}),
        ("@misc{a, year = 2024}", {"a": {"year": "2024"}}),
        ("@misc{a, month = MAR}", {"a": {"month": "March"}}),
        ("@misc{a}", {"a": {}}),
        ("@misc{a,}", {"a": {}}),
        ("@misc\n{a,\n}", {"a": {}}),
        ("@ misc { a , title = {A} , }", {"a": {"title": "A"}}),
        ("@misc{a,, year = 1,, }", {"a": {"year": "1"}}),
        ("@misc(a, title = {A (b) c})", {"a": {"title": "A (b) c"}}),
        ('@misc{a, title = "A {"}quoted{"} b"}', {"a": {"title": 'A {"}quoted{"} b'}}),
        ("@misc{a, title = {The {GPU}\n    and   $n$}}", {"a": {"title": "The {GPU} and $n$"}}),
        (
            "@misc{a, note = {jin@example.org, @misc{x}, 50% = #}}",
            {"a": {"note": "jin@example.org, @misc{x}, 50% = #"}},
        ),
        (
            "@misc{a, abstract = {Code:\n@Override (x)\n% no comment},\n title = {A}}",
            {"a": {"abstract": "Code: @Override (x) % no comment", "title": "A"}},
        ),
        (
            "@misc{a, author+an = {1=equal}, date-added = {x}, a:b.c = {y}}",
            {"a": {"author+an": "1=equal", "date-added": "x", "a:b.c": "y"}},
        ),
        ("@misc{李2024:a/b+c, year = 1}", {"李2024:a/b+c": {"year": "1"}}),
    ],
)
def test_correct_entries_are_read_without_a_word(text, entries):
    assert read(text) == (entries, [])


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('@string{x = "Foo"} @misc{a, title = x}', "Foo"),
        ("@string(x = {Foo}) @misc{a, title = x}", "Foo"),
        ("@STRING{Foo = {Bar}} @misc{a, title = fOO}", "Bar"),
        ('@string{x = "A"} @misc{a, title = x # " and " # {B} # 3}', "A and B3"),
        ('@string{x = "A"}@string{y = x # "B"}@misc{a, title = y # y}', "ABAB"),
        ('@string{x = "A"}@string{x = "B"}@misc{a, title = x}', "B"),
        ('@misc{a, title = jan # "~5"}', "January~5"),
    ],
)
def test_abbreviations_are_replaced_and_parts_joined(text, title):
    assert read(text) == ({"a": {"title": title}}, [])


@pytest.mark.parametrize(
    "text",
    [
        *("% a remark\n", "a remark, jin@example.org, and a lonely @\n"),
        *("% @misc{x, title = {X}}\n", "   %% @misc{x,\n%   title = {X},\n% }\n"),
        *("@comment{@misc{x, title = {X}}}\n", "@Comment{jabref-meta: databaseType:bibtex;}\n"),
        *("@comment{x\n@misc{y,\n title = {Y}\n}\n}\n", "@comment{ not { balanced\n"),
        *("@comment(x)\n", "@comment x, y\n", '@preamble{"\\newcommand{\\x}[1]{#1}"}\n'),
        *("@string{x = {X}}\n", "\n\n\t\n"),
    ],
)
def test_what_is_no_entry_is_passed_over_without_a_word(text):
    assert read(text + B) == (ENTRY_B, [])


@pytest.mark.parametrize(
    "text",
    [
        *("@misc{a, % remark\n title = {A}}", "@misc{a,\n % year = 2024,\n title = {A}\n}"),
        *("@misc{a, title = {A} % remark, with a comma\n}", "@misc{a, title = % remark\n {A}}"),
        *("@misc{a, title % remark\n = {A}}", "@misc{ % remark\n a, title = {A}}"),
        "@misc{a, title = {A}, % last }\n}",
    ],
)
def test_percent_starts_a_comment_between_the_parts_of_an_entry(text):
    assert read(text) == ({"a": {"title": "A"}}, [])


def test_percent_is_no_comment_inside_a_value():
    text = "@misc{a, title = {50% off\n% not a comment}, note = {100\\% sure}}"
    assert read(text) == ({"a": {"title": "50% off % not a comment", "note": "100\\% sure"}}, [])


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


# -- what is broken --------------------------------------------------------------------------


def test_an_entry_that_is_not_closed_is_told_where_it_begins():
    text = "@misc{a,\n month = foo,\n title = {A},\n\n" + B
    assert read(text)[1] == [
        ("bib_syntax", 1, f"a: {not_closed(5)}"),
        ("bib_string", 2, "a: the abbreviation foo is not defined; put braces around plain text"),
    ]


# -- losses that are known -------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a, note = {50\\% off}} @misc{b, title = {B}}",
        "@misc{a,\n url = {https://example.org/%20}}@misc{b, title = {B}}",
        "@misc{a,\n note = {x\n 50\\% y}}@misc{b, title = {B}}",
    ],
)
def test_a_percent_sign_in_a_value_does_not_hide_the_next_entry_of_the_line(text):
    assert read(text)[0].get("b") == {"title": "B"}


@pytest.mark.parametrize(
    "broken",
    [
        *("title {A},", "title = ,", "title = {A} B,", "title = {A};", "title = Hello World,"),
        *("volume = 12a,", 'title = "A}",'),
    ],
)
def test_a_broken_field_does_not_lose_the_fields_below(broken):
    entries, _ = read(f"@misc{{a,\n {broken}\n author = {{Jay, Chip}},\n year = 2024\n}}\n" + B)
    assert entries["a"].get("author") == "Jay, Chip"
    assert entries["a"].get("year") == "2024"


def test_a_value_that_looks_like_an_entry_is_whole_although_something_else_is_wrong():
    text = "@misc{a,\n month = foo,\n abstract = {Code:\n@Override (x)},\n title = {A}\n}\n" + B
    assert read(text)[0] == {
        "a": {"month": "foo", "abstract": "Code: @Override (x)", "title": "A"},
        **ENTRY_B,
    }


def test_two_slips_that_balance_do_not_lose_an_entry_silently():
    text = "@misc{a,\n title = {A {x,\n}\n@misc{b,\n title = {B}}}}\n"
    entries, problems = read(text)
    assert list(entries) == ["a", "b"] or [line for _, line, _ in problems] != []


@pytest.mark.parametrize("rest", ["}\n", "title = {B}\n}\n"])
def test_an_entry_at_the_start_of_a_line_is_no_part_of_a_value_that_is_closed_below_it(rest):
    entries, problems = read(
        f"@misc{{a,\n title = {{{{A}}: x\n@misc{{b,\n{rest} y}},\n year = 1\n}}\n"
    )
    assert list(entries) == ["a", "b"]
    assert problems[0][:2] == ("bib_syntax", 1)


@pytest.mark.parametrize("text", ["@misc{", "@misc(", "@misc{ \n% x"])
def test_a_file_that_ends_where_a_key_should_be_has_an_entry_without_a_key(text):
    assert [entry.key for entry in read_entries(text)[0]] == ["unnamed-1"]
    assert told(read_entries(text)[1]) == [
        ("bib_syntax", 1, f"unnamed-1: {not_closed(None, ')' if '(' in text else '}')}")
    ]


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
