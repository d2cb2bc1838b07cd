"""`{publications}`: which papers a list holds, under which headings, in which order."""

import pytest

CACHE = "Caches that Remember"
QUEUE = "Queue: Waiting in C++"
DRAFTS = "Writing without Drafts"


def page(*lists: str) -> dict[str, str]:
    """An index page with a list for each of *lists*, which are its options."""
    directives = (f"```{{publications}}\n{options}\n```\n" for options in lists)
    return {"index.md": "# Papers\n\n" + "\n".join(directives)}


@pytest.fixture
def listed(build):
    """Titles in a list with the given options."""
    return lambda options, **more: build("minimal", page(options), **more).titles()


# -- which papers, in which order ---------------------------------------------------------------


def test_a_plain_list_holds_every_paper_newest_year_first_then_as_in_the_file(listed):
    assert listed("") == [QUEUE, DRAFTS, CACHE]


def test_a_filter_selects_papers(listed):
    assert listed(':filter: year >= "2023"') == [QUEUE, DRAFTS]
    assert listed(':filter: keywords % "selected"') == [QUEUE]
    assert listed(':filter: type == "article" and author % "Poe"') == [CACHE]


def test_a_filter_sees_what_the_reader_sees(listed):
    """A name written with TeX accents is found by its letters."""
    assert listed(':filter: author % "Müller"') == [QUEUE]


def test_a_limit_cuts_the_list_after_the_newest(listed):
    assert listed(":limit: 2") == [QUEUE, DRAFTS]
    assert listed(':filter: author % "Poe"\n:limit: 1') == [QUEUE]
    assert listed(":limit: 99") == [QUEUE, DRAFTS, CACHE]


def test_a_limit_cuts_a_grouped_list_too(build):
    groups = build("minimal", page(":group: year\n:limit: 2")).groups()
    assert groups == {"2023": [QUEUE, DRAFTS]}


def test_a_filter_that_nothing_passes_makes_an_empty_list(build):
    built = build("minimal", page(':filter: year == "1999"'))
    assert built.titles() == []
    assert not built.main().find(["ul", "ol", "dl"])


def test_an_empty_bibliography_makes_an_empty_list(build):
    assert build("minimal", {"refs.bib": "% nothing yet\n"}).titles() == []


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("year >=", "not an expression"),
        ("year >= 2023", "not supported"),
        ("cited", "cited cannot be used here"),
        ('docnames % "x"', "docnames cannot be used here"),
        ('__import__("os")', "not part of the filter language"),
        ('year % "("', "unterminated"),
        ('year == "1"; year == "2"', "multiple expressions"),
    ],
)
def test_a_wrong_filter_warns_at_its_line_and_every_paper_is_shown(build, source, reason):
    built = build("minimal", page(f":filter: {source}"), warnings=True)
    (warning,) = built.warnings
    assert warning.startswith(f"index.md:3: WARNING: filter {source!r}: ")
    assert reason in warning
    assert built.titles() == [QUEUE, DRAFTS, CACHE]


@pytest.mark.parametrize("options", [":group: colour", ":limit: 0", ":limit: many", ":sort: year"])
def test_a_wrong_option_is_named_at_its_line(build, options):
    (warning,) = build("minimal", page(options), warnings=True).warnings
    name, value = options.split()
    assert warning.startswith(("index.md:3:", "index.md:4:"))
    assert name.strip(":") in warning
    assert value in warning or "option" in warning


# -- headings -----------------------------------------------------------------------------------


def test_by_year_the_newest_year_comes_first(build):
    groups = build("minimal", page(":group: year")).groups()
    assert groups == {"2023": [QUEUE, DRAFTS], "2021": [CACHE]}
    assert list(groups) == ["2023", "2021"]


def test_by_year_papers_without_a_date_come_last(build):
    undated = "@misc{x, title={Some Day}, author={Doe, Jane}}\n"
    files = page(":group: year") | {"refs.bib": undated + "@misc{y, title={Y}, year=1999}\n"}
    built = build("minimal", files, warnings=["x: a @misc needs year"])
    assert built.groups() == {"1999": ["Y"], "Undated": ["Some Day"]}


def test_by_type_kinds_come_in_a_fixed_order(build):
    groups = build("minimal", page(":group: type")).groups()
    assert groups == {
        "Journal articles": [CACHE],
        "Conference papers": [QUEUE],
        "Preprints": [DRAFTS],
    }
    assert list(groups) == ["Journal articles", "Conference papers", "Preprints"]


def test_by_topic_a_paper_stands_under_each_of_its_topics(build):
    groups = build("minimal", page(":group: topic")).groups()
    assert groups == {"Networks": [QUEUE], "Storage": [QUEUE, CACHE], "Other topics": [DRAFTS]}
    assert list(groups) == ["Networks", "Storage", "Other topics"]


def test_by_topic_a_paper_under_two_topics_is_a_target_once(build):
    ids = [card.id for card in build("minimal", page(":group: topic")).cards()]
    assert ids.count("cite-poe2023queue") == 1
    assert len([card for card in ids if card]) == 3


def test_topics_in_any_script_have_anchors_of_their_own(build):
    entry = "@misc{{{0}, title={{{0}}}, year=2020, keywords={{{1}}}}}\n"
    entries = entry.format("A", "检索") + entry.format("B", "系统")
    built = build("minimal", page(":group: topic") | {"refs.bib": entries})
    assert built.groups() == {"检索": ["A"], "系统": ["B"]}
    sections = [section["id"] for section in built.main().select("section section")]
    assert len(set(sections)) == 2


def test_selected_is_a_mark_and_not_a_topic(build):
    assert "Selected" not in build("minimal", page(":group: topic")).groups()


def test_year_headings_can_be_linked_to(build):
    main = build("minimal", page(":group: year")).main()
    assert [section["id"] for section in main.select("section section")] == [
        "year-2023",
        "year-2021",
    ]


def test_headings_are_one_level_below_the_page_s(build):
    main = build("minimal", page(":group: year")).main()
    assert len(main.find_all("h1")) == 1
    assert len(main.find_all("h2")) == 2


# -- several lists ------------------------------------------------------------------------------


def test_every_paper_has_a_stable_anchor_in_the_complete_list(build):
    ids = [card.id for card in build("minimal").cards()]
    assert ids == ["cite-poe2023queue", "cite-doe2023draftless", "cite-doe2021cache"]


def test_lists_on_one_page_share_no_identifier(build):
    lists = ["", ":limit: 1", ':filter: year >= "2023"', ":group: year\n:limit: 2"]
    built = build("minimal", page(*lists))
    ids = [tag["id"] for tag in built.soup().find_all(id=True)]
    assert len(built.titles()) == 3 + 1 + 2 + 2
    assert sorted(ids) == sorted(set(ids))


def test_lists_on_several_pages_do_not_warn(build):
    selection = '# S\n\n```{publications}\n:filter: keywords % "selected"\n```\n'
    toctree = "\n```{toctree}\na\nb/c\n```\n"
    files = page("")["index.md"] + toctree
    built = build("minimal", {"index.md": files, "a.md": selection, "b/c.md": selection})
    assert built.titles("a") == built.titles("b/c") == [QUEUE]


@pytest.mark.parametrize("group", ["year", "type", "topic"])
def test_two_lists_with_the_same_headings_fit_on_one_page(build, group):
    built = build("minimal", page(f":group: {group}", f":group: {group}\n:limit: 2"))
    ids = [tag["id"] for tag in built.soup().find_all(id=True)]
    assert sorted(ids) == sorted(set(ids))


def test_the_whole_list_can_be_repeated_with_a_filter_that_everything_passes(build):
    """By year and by topic, say: citations lead to the list without a filter."""
    year = page(":group: year")["index.md"] + "\n```{toctree}\ntopics\n```\n"
    topics = page(":group: topic\n:filter: True")["index.md"]
    built = build("minimal", {"index.md": year, "topics.md": topics})
    assert len(built.titles()) == 3
    assert len(built.titles("topics")) == 4
