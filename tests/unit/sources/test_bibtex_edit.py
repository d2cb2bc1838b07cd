"""Entries and fields are put into a file, and every other byte of it stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.sources.bib_parser import read_entries
from bibfolio.sources.bibliography import parse_bibliography
from bibfolio.sources.bibtex_edit import EditError, changed, inserted
from bibfolio.sources.bibtex_writer import layout_of

FILE = """% Papers.

@string{j = "Journal"}
% About b.
@misc{b,
  title    = {B},
  author   = {Doe, J. and
              Roe, A.},
  date     = {2024-03-01},
  eprint   = {2403.00001},
  pubstate = {prepublished},
  keywords = {x, y},
}

@article{a2, title = {A2}, journal = j, year = 2023}
@article{a1, title = {A1}, journal = j, year = 2023}
@misc{old, title = {Old}, year = 2020}"""
NEW = "@misc{new,\n  title = {New},\n}\n"


def put(text: str, year: int, entry: str = NEW) -> str:
    read = parse_bibliography(text)
    years = {paper.line: paper.date.year for paper in read.papers if paper.date}
    return inserted(text, read.raw, years, entry, year)


@pytest.mark.parametrize(
    ("year", "before"),
    [
        (2024, "% About b.\n@misc{b,"),
        (2025, "% About b.\n@misc{b,"),
        (2023, "@article{a2,"),
        (2021, "@misc{old,"),
    ],
)
def test_an_entry_goes_above_the_others_of_its_year(year, before):
    assert put(FILE, year) == FILE.replace(before, f"{NEW}\n{before}")


def test_the_oldest_goes_to_the_end():
    assert put(FILE, 2019) == f"{FILE}\n\n{NEW}"
    assert put("", 2019) == NEW
    assert put("% About all.\n@misc{a, year = 2020}\n", 2020).startswith(
        f"% About all.\n{NEW}\n@misc"
    )


def test_a_file_with_a_mistake_that_would_hide_the_entry_is_left_alone():
    with pytest.raises(EditError, match="bibfolio check"):
        put("@comment{ @misc{a, title = {A}, year = {2020}}", 2019, "@misc{x, title = {X}}}\n")


LINES = st.sampled_from(
    ["% c", "", "@misc{%d, year = {2020}, title = {é}}", "@misc{%d,\n year = 2021}", "text", "\t"]
)


@given(st.lists(LINES, max_size=6), st.sampled_from(["\n", "\r\n", "\r"]), st.integers(2019, 2022))
def test_no_other_character_changes(lines, newline, year):
    text = newline.join(line % n if "%d" in line else line for n, line in enumerate(lines))
    text = text.replace("\n", newline) if newline != "\n" else text
    entry = NEW.replace("\n", newline)
    result = put(text, year, entry)
    before, found, after = result.partition(entry)
    assert found
    rest = text[len(before.rstrip("\r\n")) :]
    assert before.rstrip("\r\n") + rest == text
    assert rest.strip("\r\n") == after.strip("\r\n")
    assert len(read_entries(result)[0]) == len(read_entries(text)[0]) + 1


def change(text: str, key: str, **values: str) -> str:
    raws = read_entries(text)[0]
    raw = next(raw for raw in raws if raw.key == key)
    gone = [name for name, value in values.items() if not value]
    wanted = {name: value for name, value in values.items() if value}
    return changed(text, raw, layout_of(text, raws), type_="article", values=wanted, dropped=gone)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_fields_are_set_put_in_and_dropped(newline):
    text = FILE.replace("\n", newline)
    result = change(text, "b", date="2025", journal="J of B", doi="10.5555/b", pubstate="")
    assert result == FILE.replace("misc{b", "article{b").replace("2024-03-01}", "2025}").replace(
        "  date ", "  journal  = {J of B},\n  date "
    ).replace("  eprint ", "  doi      = {10.5555/b},\n  eprint ").replace(
        "  pubstate = {prepublished},\n", ""
    ).replace("\n", newline)


def test_a_value_without_braces_and_a_last_field_without_a_comma():
    assert change(FILE, "old", year="2021", doi="10.5555/b").endswith(
        "@article{old, title = {Old}, year = {2021},\n  doi   = {10.5555/b}}"
    )


def test_what_cannot_be_changed_alone_is_refused():
    with pytest.raises(EditError):
        change("@misc{a, year = 2020, year = {2021}}", "a", year="2022")
