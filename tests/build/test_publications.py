"""`{publications}`: which papers a list holds, under which headings, in which order."""

import re

import pytest

CACHE = "Caches that Remember"
QUEUE = "Queue: Waiting in C++"
DRAFTS = "Writing without Drafts"


def lists(*options: str) -> dict[str, str]:
    """A page for each of *options*, with a list that has them: `0`, `1` …; all are on `index`."""
    pages = {
        f"{n}.md": f"# List\n\n```{{publications}}\n{option}\n```\n"
        for n, option in enumerate(options)
    }
    tree = "\n".join(name.removesuffix(".md") for name in pages)
    return pages | {
        "index.md": f"# Papers\n\n```{{publications}}\n```\n\n```{{toctree}}\n{tree}\n```\n"
    }


# -- which papers, in which order ---------------------------------------------------------------

#: Options of a list → the papers in it.
LISTS = {
    "": [QUEUE, DRAFTS, CACHE],
    ':filter: year >= "2023"': [QUEUE, DRAFTS],
    ':filter: keywords % "selected"': [QUEUE],
    ':filter: type == "article" and author % "Poe"': [CACHE],
    # A filter sees what the reader sees: a name written with TeX accents.
    ':filter: author % "Müller"': [QUEUE],
    ":limit: 2": [QUEUE, DRAFTS],
    ':filter: author % "Poe"\n:limit: 1': [QUEUE],
    ":limit: 99": [QUEUE, DRAFTS, CACHE],
    ":filter: True": [QUEUE, DRAFTS, CACHE],
    ":group: year\n:limit: 2": [QUEUE, DRAFTS],
    ':filter: year == "1999"': [],
}
#: The kind of group → its headings, in order.
GROUPS = {
    "year": {"2023": [QUEUE, DRAFTS], "2021": [CACHE]},
    "type": {"Journal articles": [CACHE], "Conference papers": [QUEUE], "Preprints": [DRAFTS]},
    "topic": {"Networks": [QUEUE], "Storage": [QUEUE, CACHE], "Other topics": [DRAFTS]},
}


#: Options of a list → its papers, with their numbers.
NUMBERED = {
    ":numbered:\n:mirror:": [f"3. {QUEUE}", f"2. {DRAFTS}", f"1. {CACHE}"],
    ":numbered: kind\n:group: year\n:mirror:": [f"C1. {QUEUE}", f"P1. {DRAFTS}", f"J1. {CACHE}"],
    # Over all groups, and a paper in two of them has one number.
    ":numbered:\n:group: topic\n:mirror:": [
        *(f"3. {QUEUE}", f"3. {QUEUE}", f"2. {CACHE}", f"1. {DRAFTS}")
    ],
    ":numbered:\n:limit: 2": [f"2. {QUEUE}", f"1. {DRAFTS}"],
}


@pytest.fixture(scope="module")
def built(build_once):
    """Also: lists on several pages do not warn, if one list is complete."""
    # A complete list may be repeated with a filter that everything passes.
    passing = [*list(LISTS)[1:], *(f":group: {kind}\n:filter: True" for kind in GROUPS)]
    passing += NUMBERED
    return build_once("minimal", lists(*passing))


def test_a_list_holds_the_papers_that_pass_newest_year_first_then_as_in_the_file(built):
    found = [built.titles(name) for name in ("index", *map(str, range(len(LISTS) - 1)))]
    assert dict(zip(LISTS, found, strict=True)) == LISTS
    assert not built.main(str(len(LISTS) - 2)).find(["ul", "ol", "dl"])


def test_numbers_count_down_to_1_over_all_groups(built):
    first = len(LISTS) - 1 + len(GROUPS)
    found = [built.titles(str(page)) for page in range(first, first + len(NUMBERED))]
    assert dict(zip(NUMBERED, found, strict=True)) == NUMBERED
    twin = built.text(f"{first + 1}.md")
    assert re.findall(r"([A-Z]\d)\\\. \[", twin) == ["C1", "P1", "J1"]


@pytest.mark.parametrize("kind", GROUPS)
def test_groups_have_headings_in_a_fixed_order_one_level_below_the_page_s(built, kind):
    page = str(len(LISTS) - 1 + list(GROUPS).index(kind))
    groups = built.groups(page)
    assert groups == GROUPS[kind]
    assert list(groups) == list(GROUPS[kind])
    main = built.main(page)
    assert [len(main.find_all(level)) for level in ("h1", "h2")] == [1, len(groups)]


def test_kinds_that_are_named_come_first_and_nothing_is_lost(build):
    pages = lists(":kinds: preprint, journal\n:mirror:", ":kinds: paper, preprint\n:mirror:")
    built = build("minimal", pages, warnings="kinds: 'paper' is no kind of papers; the kinds are")
    assert list(built.groups("0")) == ["Preprints", "Journal articles", "Conference papers"]
    assert next(iter(built.groups("1"))) == "Preprints"
    wrong = lists(":kinds: book\n:group: year\n:mirror:")
    build("minimal", wrong, warnings="kinds: it goes with the group type, not year")


def test_an_empty_bibliography_makes_an_empty_list(build):
    assert build("minimal", {"refs.bib": "% nothing yet\n"}).titles() == []


#: Wrong options, and what is said of them.
WRONG = {
    ":filter: year >=": "not an expression",
    ":filter: year >= 2023": 'write "2023" in quotes',
    ":filter: cited": "cited cannot be used here",
    ':filter: docnames % "x"': "docnames cannot be used here",
    ':filter: __import__("os")': "not part of the filter language",
    ':filter: year % "("': "unterminated",
    ':filter: year == "1"; year == "2"': "multiple expressions",
    ":group: colour": "colour",
    ":limit: 0": "0",
    ":limit: many": "many",
    ":numbered: year": "year",
    ":sort: year": "option",
}


def test_a_wrong_option_is_named_at_its_line_and_every_paper_is_shown(build):
    # That such lists are complete, and several, is told as well.
    built = build("minimal", lists(*WRONG), warnings=True, suppress_warnings=["bibtex"])
    told = {warning.split(".md:")[0]: warning for warning in built.warnings}
    for number, (option, reason) in enumerate(WRONG.items()):
        name, _, value = option.strip(":").partition(": ")
        warning = told[str(number)]
        assert re.match(rf"{number}\.md:[34]: (ERROR|WARNING): ", warning)
        assert name in warning
        assert reason in warning
        if name == "filter":
            assert repr(value) in warning
            assert len(built.titles(str(number))) == 3


# -- headings and identifiers -------------------------------------------------------------------


def page(*options: str) -> dict[str, str]:
    """An index page with several lists."""
    parts = (f"```{{publications}}\n{option}\n```\n" for option in options)
    return {"index.md": "# Papers\n\n" + "\n".join(parts)}


def test_by_year_papers_without_a_date_come_last_and_headings_can_be_linked_to(build):
    undated = "@misc{x, title={Some Day}, author={Doe, Jane}}\n"
    files = page(":group: year") | {"refs.bib": undated + "@misc{y, title={Y}, year=1999}\n"}
    built = build("minimal", files)
    assert built.groups() == {"1999": ["Y"], "Undated": ["Some Day"]}
    assert next(tag["id"] for tag in built.main().select("section section")) == "year-1999"


def test_topics_in_any_script_have_anchors_of_their_own(build):
    entry = "@misc{{{0}, title={{{0}}}, year=2020, keywords={{{1}}}}}\n"
    entries = entry.format("A", "检索") + entry.format("B", "系统")
    built = build("minimal", page(":group: topic") | {"refs.bib": entries})
    assert built.groups() == {"检索": ["A"], "系统": ["B"]}
    sections = [section["id"] for section in built.main().select("section section")]
    assert len(set(sections)) == 2


def test_every_paper_is_a_target_once_and_lists_on_one_page_share_no_identifier(build):
    options = [":group: topic", ":limit: 1", ':filter: year >= "2023"', ":group: year\n:limit: 2"]
    options += [":group: topic\n:limit: 2", ":group: type\n:limit: 2", ":group: type\n:limit: 1"]
    built = build("minimal", page(*options))
    targets = [card.id for card in built.cards() if card.id.startswith("cite-")]
    assert sorted(targets[:3]) == [
        "cite-doe2021cache",
        "cite-doe2023draftless",
        "cite-poe2023queue",
    ]
    ids = [tag["id"] for tag in built.soup().find_all(id=True)]
    assert len(built.titles()) == 4 + 1 + 2 + 2 + 3 + 2 + 1
    assert sorted(ids) == sorted(set(ids))
