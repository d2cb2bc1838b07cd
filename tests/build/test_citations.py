"""`{cite}` from any page: where it leads, what it says, that its target never moves."""

from collections import Counter

import pytest
from pybtex.plugin import find_plugin, register_plugin

from tests.building import ROOTS, application, copy_root

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
    assert set(keys) <= {card.id.removeprefix("cite-") for card in citing.cards("publications")}


def test_all_spellings_of_the_role_show_the_reference_as_tooltip(citing):
    tips = [link["title"] for link in citations(citing, "waiting")]
    assert [tip.startswith(QUEUE) for tip in tips] == [True, True, False]
    assert "Writing without Drafts" in tips[2]


def test_a_citation_reads_as_author_and_year_and_hides_no_others(citing):
    words = [tag.get_text() for tag in citing.main("waiting").select(".bibtex-citation")]
    assert words[:2] == ["[Poe et al., 2023]", "Poe et al. [2023]"]
    assert words[2] in {"[Doe et al., 2023]", "[Doe and others, 2023]"}


GUESTS_CONF = """extensions = ["myst_parser", "sphinxcontrib.bibtex", "bibfolio"]
bibtex_bibfiles = ["refs.bib"]
bibtex_cite_id = "cite-{key}"
"""
TWINS = """
@article{poe2023other,
  title = {Another}, author = {Poe, Edgar and Roe, A. and Moe, B.}, journal = {J}, year = {2023},
}
"""


def test_a_list_of_references_is_labelled_as_the_text_cites(build):
    """In lists on several pages, without a label that two papers share."""
    more = "\n\n```{bibliography}\n:filter: docname in docnames\n```\n"
    refs = (ROOTS / "minimal" / "refs.bib").read_text("utf-8") + TWINS
    pages = {
        "one": "# One\n\n{cite:p}`poe2023queue`, {cite:p}`doe2021cache`" + more,
        "two": "# Two\n\n{cite:p}`poe2023other`" + more,
    }
    files = {f"{name}.md": f"---\norphan: true\n---\n\n{text}" for name, text in pages.items()}
    own = {"bibtex_default_style": "bibfolio", "bibtex_reference_style": "author_year"}
    files |= {"conf.py": GUESTS_CONF, "refs.bib": refs, "index.md": "# Home\n"}
    built = build("minimal", files, **own)
    labels = [tag.get_text() for tag in built.main("one").select(".citation .label")]
    said = [tag.get_text() for tag in built.main("one").select(".bibtex-citation")]
    assert said == ["[Poe et al., 2023]", "[Doe and Poe, 2021]"]
    assert labels == ["[Poe et al., 2023b]", "[Doe and Poe, 2021]"]
    (other,) = built.main("two").select(".citation .label")
    assert other.get_text() == "[Poe et al., 2023a]"


def test_two_lists_of_one_name_are_an_error_of_the_page(build):
    lists = "```{bibliography}\n```\n\n```{eval-rst}\n.. bibliography::\n```\n"
    files = {"conf.py": GUESTS_CONF, "index.md": f"# Home\n\n{lists}"}
    says = "write bibtex_bibliography_id ="
    build("minimal", files, warnings=[says])
    build("minimal", files, bibtex_bibliography_id="bibliography-{bibliography_count}")


NAMED = """---
orphan: true
---

# N

Of {cite:title}`doe2021cache`, {cite:title}`{see}poe2023queue{p. 3}, doe2023draftless`.
"""


@pytest.mark.parametrize(
    ("files", "address"),
    [({}, "../papers/{}/"), ({"conf.py": GUESTS_CONF}, "../publications/#cite-{}")],
)
def test_a_paper_may_be_cited_by_its_short_title(build, files, address):
    """It leads to the page of the paper, or else to its entry, and is a citation like any."""
    bib = (ROOTS / "citing" / "refs.bib").read_text(encoding="utf-8")
    bib = bib.replace("{Caches that Remember},", "{Caches that Remember}, shorttitle = {Caches},")
    built = build("citing", {"n.md": NAMED, "refs.bib": bib, **files})
    words = [tag.get_text() for tag in built.main("n").select(".bibtex-citation")]
    assert words == ["Caches", "see Queue: Waiting in C++, p. 3 and Writing without Drafts"]
    keys = ("doe2021cache", "poe2023queue", "doe2023draftless")
    assert [a["href"] for a in citations(built, "n")] == [address.format(key) for key in keys]
    assert citations(built, "n")[0]["title"] == "Doe and Poe, 2021"
    if not files:
        place = built.paper("doe2021cache").main.select_one(
            '[href="../../n/#cites-doe2021cache-1"]'
        )
        assert place and built.soup("n").find(id="cites-doe2021cache-1")


def test_a_filtered_list_is_not_where_citations_lead(build):
    """And one on the page with the complete list stays on it."""
    files = {"index.md": "# Home\n\n```{publications}\n:limit: 3\n```\n\n```{toctree}\nall\n```\n"}
    files["all.md"] = "# All\n\n{cite:t}`doe2021cache`\n\n```{publications}\n```\n\n"
    files["cites.md"] = "---\norphan: true\n---\n\n# C\n\n{cite}`doe2021cache`\n"
    built = build("minimal", files)
    links = [link["href"] for page in ("cites", "all") for link in citations(built, page)]
    assert links == ["../all/#cite-doe2021cache", "#cite-doe2021cache"]


def test_the_anchor_follows_from_the_key_alone(build):
    """As docutils spells identifiers: lower case, and a hyphen for every other sign."""
    anchors = {
        "Doe2021Cache": "doe2021cache",
        "doe_2021.v2": "doe-2021-v2",
        "DBLP-conf+x": "dblp-conf-x",
    }
    entry = "@misc{{{}, title={{T}}, author={{Doe, Jane}}, year=2021}}\n"
    files = {"refs.bib": "".join(map(entry.format, anchors))}
    cited = " ".join(f"{{cite:p}}`{key}`" for key in anchors)
    files["index.md"] = f"# P\n\n{cited}\n\n```{{publications}}\n```\n"
    built = build("minimal", files)
    wanted = [f"cite-{anchor}" for anchor in anchors.values()]
    assert [card.id for card in built.cards()] == wanted
    assert [link["href"] for link in citations(built, "index")] == [f"#{id_}" for id_ in wanted]


def test_keys_stay_as_written_and_no_two_share_a_place(build):
    keys = ["1987:nelson", "müller+2020", "a/b", "a-b", "conf/nsdi/Doe24", "李明"]
    entry = "@misc{{{}, title={{T}}, author={{Doe, Jane}}, year=2021}}\n"
    files = {"refs.bib": "".join(map(entry.format, keys))}
    cited = " ".join(f"{{cite:p}}`{key}` {{bib:paper}}`{key}`" for key in keys)
    files["index.md"] = f"# P\n\n{cited}\n\n```{{publications}}\n```\n"
    built = build("minimal", files)
    assert [link["href"][1:] for link in citations(built, "index")] == [
        card.id for card in built.cards()
    ]
    ids = [tag["id"] for tag in built.soup().find_all(id=True)]
    assert sorted(ids) == sorted(set(ids))
    pages = [link["href"] for link in built.main().select("p a.bib-paper, p a:has(.bib-paper)")]
    assert len(set(pages)) == len(keys)
    assert all((built.out / page / "index.html").is_file() for page in pages)


def test_citing_what_is_not_there_is_told_once_at_its_line_and_shows_the_key(build):
    for role, column in (("p", 15), ("title", 19)):
        text = f"# On waiting\n\nText.\n\nMore {{cite:{role}}}`nobody1999nothing`.\n"
        warnings = [f"waiting.md:5:{column}: ERROR: nobody1999nothing: no paper has this key"]
        built = build("citing", {"waiting.md": text}, warnings=warnings)
        assert "More nobody1999nothing." in built.main("waiting").get_text()


def test_a_citation_without_any_list_warns(build):
    files = {"index.md": "# P\n\n{cite}`doe2021cache`\n"}
    build("minimal", files, warnings=["index.md:3: WARNING: could not find bibtex key"])


OURS, THEIRS = "```{publications}\n```\n", "```{bibliography}\n```\n"
ALL = "```{bibliography}\n:all:\n```\n"
CITES = "{cite}`doe2021cache` {cite:t}`poe2023queue`"
GUEST = {
    "conf.py": 'extensions = ["myst_parser", "sphinxcontrib.bibtex", "bibfolio"]\n'
    'bibtex_bibfiles = ["refs.bib"]\nhtml_theme = "basic"\n'
}


@pytest.mark.parametrize(
    "guest", [{}, pytest.param(GUEST, marks=pytest.mark.slow)], ids=["site", "guest"]
)
@pytest.mark.parametrize(
    ("lists", "leading"),
    [
        ({"a": OURS, "z": THEIRS}, "z"),
        ({"a": THEIRS, "z": OURS}, "a"),
        ({"a": OURS, "z": ALL}, "z"),
        ({"a": OURS, "z": OURS}, "a"),
        ({"a": OURS * 2}, "a"),
        ({"a": OURS + THEIRS}, "a"),
        ({"a": ALL + OURS}, "a"),
    ],
)
def test_the_same_papers_may_be_listed_twice(build, lists, leading, guest):
    """Citations lead to the owner's own list, else to the first; every list is complete."""
    pages = {f"{name}.md": f"---\norphan: true\n---\n\n# L\n\n{s}" for name, s in lists.items()}
    built = build("minimal", {**guest, **pages, "index.md": f"# P\n\n{CITES}\n"})
    for is_again in (False, True):
        links = [link["href"].partition("#") for link in citations(built, "index")]
        assert [page for page, _, _ in links] == [f"{leading}/"] * 2
        targets = [built.main(leading).find(id=id_) for _, _, id_ in links]
        assert [words in str(tag) for words, tag in zip(["Caches", "Queue"], targets, strict=True)]
        for name, source in lists.items():
            ids = [tag["id"] for tag in built.soup(name).find_all(id=True)]
            assert sorted(ids) == sorted(set(ids))
            assert len(built.cards(name)) == 3 * source.count("publications")
        if not is_again:
            built.write("index.md", f"# Again\n\n{CITES}\n")
            built = built.rebuild()


def test_what_no_bibliography_has_is_found_in_our_list(build):
    page = (
        '# P\n\n{cite}`doe2021cache` {cite}`poe2023queue`\n\n```{bibliography}\n:filter: key == "'
    )
    page += 'doe2021cache"\n```\n'
    files = {"index.md": page, "all.md": f"---\norphan: true\n---\n\n# All\n\n{OURS}"}
    links = [link["href"] for link in citations(build("minimal", files), "index")]
    assert links == ["#cite-doe2021cache", "all/#cite-poe2023queue"]


def test_a_style_formats_each_entry_of_a_list_once(tmp_path):
    """Though it is tried for missing fields, and asked for the list and for tooltips."""
    formatted = Counter()

    class Counting(find_plugin("pybtex.style.formatting", "plain")):
        def get_inproceedings_template(self, e):
            formatted[e.key] += 1
            return super().get_inproceedings_template(e)

    source = copy_root("minimal", {"index.md": f"# P\n\n{CITES}\n\n{THEIRS}"}, tmp_path / "src").src
    styles = {"bibtex_default_style": "counting", "bibtex_tooltips_style": "counting"}
    with application(source, builder="html", confoverrides=styles) as app:
        register_plugin("pybtex.style.formatting", "counting", Counting)
        app.build()
    assert formatted
    assert {*formatted.values()} == {1}
