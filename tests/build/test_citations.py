"""`{cite}` from any page: where it leads, what it says, that its target never moves."""

import re

import pytest

QUEUE = "Edgar Poe, Jane Doe, Zoë Müller. Queue: Waiting in C++."


@pytest.fixture(scope="module")
def citing(build_once):
    return build_once("citing")


def citations(built, page):
    return built.main(page).select(".bibtex-citation a")


@pytest.mark.parametrize(
    ("name", "address", "keys"),
    [
        ("waiting", "../publications/", ["poe2023queue", "poe2023queue", "doe2023draftless"]),
        ("notes/memory", "../../publications/", ["doe2021cache"]),
    ],
)
def test_a_citation_leads_to_the_entry_in_the_complete_list(citing, name, address, keys):
    hrefs = [link["href"] for link in citations(citing, name)]
    assert hrefs == [f"{address}#cite-{key}" for key in keys]


def test_every_target_of_a_citation_is_there(citing):
    ids = {card.id for card in citing.cards("publications")}
    cited = [*citations(citing, "waiting"), *citations(citing, "notes/memory")]
    assert {link["href"].partition("#")[2] for link in cited} <= ids


def test_all_spellings_of_the_role_show_the_reference_as_tooltip(citing):
    for link in citations(citing, "waiting")[:2]:
        assert link["title"].startswith(QUEUE)
    assert "Writing without Drafts" in citations(citing, "waiting")[2]["title"]


def test_a_citation_reads_as_author_and_year(citing):
    words = [tag.get_text() for tag in citing.main("waiting").select(".bibtex-citation")]
    assert words[:2] == ["[Poe et al., 2023]", "Poe et al. [2023]"]


def test_a_citation_does_not_hide_that_there_are_others(citing):
    """The entry says "Doe, J. and others"."""
    words = citing.main("waiting").select(".bibtex-citation")[2].get_text()
    assert words in {"[Doe et al., 2023]", "[Doe and others, 2023]"}


def test_a_citation_on_the_page_with_the_list_stays_on_it(build):
    files = {"index.md": "# P\n\nSee {cite:t}`doe2021cache`.\n\n```{publications}\n```\n"}
    (link,) = citations(build("minimal", files), "index")
    assert link["href"] == "#cite-doe2021cache"


def test_a_filtered_list_is_not_where_citations_lead(build):
    files = {"index.md": "# Home\n\n```{publications}\n:limit: 3\n```\n\n```{toctree}\nall\n```\n"}
    files["all.md"] = "# All\n\n```{publications}\n```\n\n"
    files["cites.md"] = "---\norphan: true\n---\n\n# C\n\n{cite}`doe2021cache`\n"
    (link,) = citations(build("minimal", files), "cites")
    assert link["href"] == "../all/#cite-doe2021cache"


@pytest.mark.parametrize("key", ["doe2021cache", "Doe2021Cache", "doe_2021.v2", "DBLP-conf+x"])
def test_the_anchor_follows_from_the_key_alone(build, key):
    """As docutils spells identifiers: lower case, and a hyphen for every other sign."""
    files = {"refs.bib": f"@misc{{{key}, title={{T}}, author={{Doe, Jane}}, year=2021}}\n"}
    files["index.md"] = f"# P\n\n{{cite:p}}`{key}`\n\n```{{publications}}\n```\n"
    built = build("minimal", files)
    (card,) = built.cards()
    (link,) = citations(built, "index")
    assert card.id == f"cite-{re.sub('[^a-z0-9]+', '-', key.lower())}"
    assert link["href"] == f"#{card.id}"


def test_of_keys_that_differ_in_signs_alone_the_second_is_renamed_and_told(build):
    entry = "@misc{{{}, title={{T {}}}, author={{Doe, Jane}}, year={}}}\n"
    files = {"refs.bib": entry.format("a_b", 1, 2020) + entry.format("a.b", 2, 2021)}
    files["index.md"] = "# P\n\n{cite:p}`a_b` {cite:p}`a.b`\n\n```{publications}\n```\n"
    renamed = "refs.bib:2:1: WARNING: a.b: repeats the key of refs.bib:1; shown as a.b-2"
    unknown = 'index.md:3: WARNING: could not find bibtex key "a.b"'
    built = build("minimal", files, warnings=[renamed, unknown])
    targets = {card.id: card.title for card in built.cards()}
    assert targets == {"cite-a-b": "T 1", "cite-a-b-2": "T 2"}
    shown = [targets[link["href"].removeprefix("#")] for link in citations(built, "index")]
    assert shown == ["T 1"]


def test_the_anchor_does_not_depend_on_other_entries_nor_on_the_grouping(build, citing):
    alone = "@misc{poe2023queue, title={Other}, author={Poe, E.}, year=1999}\n"
    (card,) = build("minimal", {"refs.bib": alone}).cards()
    assert card.id in {card.id for card in citing.cards("publications")}


def test_citing_what_is_not_there_warns_at_the_line(build):
    files = {"waiting.md": "# On waiting\n\nText.\n\nMore {cite:p}`nobody1999nothing`.\n"}
    build("citing", files, warnings=['waiting.md:5: WARNING: could not find bibtex key "nobody1'])


def test_a_citation_without_any_list_warns(build):
    files = {"index.md": "# P\n\n{cite}`doe2021cache`\n"}
    build("minimal", files, warnings=["index.md:3: WARNING: could not find bibtex key"])
