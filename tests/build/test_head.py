"""The head of a page: what it is called and about, on any site, in any build."""

import pytest

from tests.building import ROOTS
from tests.reading import highwire, json_ld, links, metas

HIDDEN = ["search", "genindex", "404"]
CRUMBS = "itemListElement"


@pytest.fixture(scope="module")
def citing(build_once):
    return build_once("citing")


def title(built, page="index") -> str:
    (tag,) = built.soup(page).find_all("title")
    return tag.get_text()


def things(built, page="index"):
    return json_ld(str(built.soup(page)))


def description(built, page="index") -> str:
    (words,) = metas(built.soup(page), "description")
    return words


# -- what a page is called and about ------------------------------------------------------------

PAGE = "---\norphan: true\n{}---\n\n# Words\n\nShort.\n\n{}\n"
META = 'myst:\n  html_meta:\n    description: "{}"\n'
LONG = "Many words that go on and on, " * 9
#: A site of pages that say something of themselves, and of papers of which the .bib does.
SAYING = {
    "index.md": "# R&D\n\n```{toctree}\npublications\n```\n",
    "own.md": PAGE.format(META.format("Mine & <yours>, it's"), LONG),
    "sentence.md": PAGE.format("", "A sentence of more than *forty* signs, so it is."),
    "short.md": PAGE.format("", "Also short."),
    "long.md": PAGE.format("", LONG),
    "waiting.md": PAGE.format("", "Also short."),
    "notes/memory.md": PAGE.format("", "Also short."),
}
OF_BIB = (
    '  shorttitle = {R\\&D: {C} $n^2$},\n  annotation = {In\n 50\\% of "it".},\n  journal      = {'
)


@pytest.fixture(scope="module")
def saying(build_once):
    papers = (ROOTS / "citing" / "refs.bib").read_text(encoding="utf-8")
    bib = papers.replace("  journal      = {", OF_BIB, 1)
    profile = (ROOTS / "citing" / "profile.toml").read_text(encoding="utf-8")
    profile += 'mastodon = "https://social.example/@jane"\n'
    return build_once("citing", SAYING | {"refs.bib": bib, "profile.toml": profile})


def test_a_page_is_called_by_its_title_and_the_person(saying, build):
    """A paper by its short title where it has one, a home page named after the person once."""
    assert title(saying) == "R&D — Jane Doe"
    assert title(saying, "short") == "Words — Jane Doe"
    assert title(saying, "papers/doe2021cache") == "R&D: C n² — Jane Doe"
    assert title(saying, "papers/poe2023queue") == "Queue: Waiting in C++ — Jane Doe"
    assert (
        title(build("minimal", {"index.md": "# Jane Doe\n"}, html_theme="bibfolio")) == "Jane Doe"
    )
    profile = 'name = "Jane O\'Neill"\nname_variants = ["Jane Doe"]\n'
    for heading in ("*Jane* O'Neill", "Dr. Jane O'Neill"):  # it is typeset, or has more words
        files = {"index.md": f"# {heading}\n", "profile.toml": profile}
        said = title(build("minimal", files, html_theme="bibfolio"))
        assert said == heading.replace("*", "").replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
    paper = "papers/doe2021cache"
    assert metas(saying.soup(paper), "og:title") == ["Caches that Remember"]
    crumbs = things(saying, paper)["BreadcrumbList"][CRUMBS]
    assert [crumb["name"] for crumb in crumbs] == ["Jane Doe", "Publications", "R&D: C n²"]


DESCRIPTIONS = {
    "papers/doe2021cache": 'In 50% of "it".',
    "papers/poe2023queue": "Queue: Waiting in C++, by Edgar Poe, Jane Doe, Zoë Müller.",
    "own": "Mine & <yours>, it's",
    "sentence": "A sentence of more than forty signs, so it is.",
    "short": "Words: Jane Doe.",
    # A list is not about the authors of its first paper.
    "publications": "Publications: Jane Doe.",
}


def test_a_page_says_its_summary_description_first_sentence_or_title(saying):
    assert {page: description(saying, page) for page in DESCRIPTIONS} == DESCRIPTIONS
    for page, words in DESCRIPTIONS.items():
        assert metas(saying.soup(page), "og:description") == [words]


def test_a_long_first_paragraph_is_cut_between_words(saying):
    words = description(saying, "long")
    assert words.endswith("…")
    assert 140 < len(words) <= 160
    assert LONG.startswith(words[:-1] + " ")


def test_every_page_has_a_preview_and_only_papers_have_signposts(saying):
    types = {"index": "profile", "papers/poe2023queue": "article", "short": "website"}
    for page, type_ in types.items():
        soup = saying.soup(page)
        assert metas(soup, "og:type") == [type_]
        assert metas(soup, "og:site_name") == ["Jane Doe"]
        assert metas(soup, "fediverse:creator") == ["@jane@social.example"]
        assert metas(soup, "twitter:card") == ["summary_large_image"]
        assert metas(soup, "og:image:alt") == metas(soup, "og:title")
        is_paper = type_ == "article"
        best = [("https://wait.example.org/2023/queue", "")] if is_paper else []
        assert links(soup, "cite-as") == best
        assert len(links(soup, "describedby")) == (3 if is_paper else 0)


def test_hidden_pages_say_so_and_nothing_else(citing):
    for page in HIDDEN:
        soup = citing.soup(page)
        assert set(metas(soup, "robots")) == {"noindex"}
        assert metas(soup, "og:title") == []
        assert highwire(soup) == []
        assert things(citing, page) == {}
        assert not [words for words in metas(soup, "description") if words.startswith(":")]


# -- where things are ---------------------------------------------------------------------------


def test_every_address_starts_with_that_of_the_site(build):
    base = "https://docs.example.org/en/latest"
    built = build("citing", html_baseurl=base)
    base = base.rstrip("/") + "/"
    soup = built.soup("papers/doe2021cache")
    page = f"{base}papers/doe2021cache/"
    assert metas(soup, "og:url") == [page]
    assert metas(soup, "citation_abstract_html_url") == [page]
    assert metas(soup, "og:image") == [f"{base}cards/papers/doe2021cache.png"]
    assert links(soup, "canonical") == [(page, "")]
    hrefs = [href for rel in ("alternate", "describedby") for href, _ in links(soup, rel)]
    assert len(hrefs) == 6
    assert all(href.startswith(base) for href in hrefs)
    assert things(built, "papers/doe2021cache")["ScholarlyArticle"]["url"] == page
    items = things(built, "publications")["CollectionPage"]["mainEntity"][CRUMBS]
    assert all(item["url"].startswith(f"{base}papers/") for item in items)


# -- data ---------------------------------------------------------------------------------------

TREE = {
    "index.md": "# Jane\n\n```{toctree}\nessays/index\n```\n",
    "essays/index.md": "# Essays\n\n```{toctree}\none\n```\n",
    "essays/one.md": "# One & *two*\n",
    "alone.md": "---\norphan: true\n---\n\n# Alone\n",
}


def test_breadcrumbs_follow_the_table_of_contents(build):
    built = build("minimal", TREE)
    found = {
        page: [
            (crumb["name"], crumb["item"])
            for crumb in things(built, page)["BreadcrumbList"][CRUMBS]
        ]
        for page in ("essays/index", "essays/one", "alone")
    }
    home = ("Jane Doe", "https://jane.example.org/")
    essays = ("Essays", "https://jane.example.org/essays/")
    assert found == {
        "essays/index": [home, essays],
        "essays/one": [home, essays, ("One & two", "https://jane.example.org/essays/one/")],
        "alone": [home, ("Alone", "https://jane.example.org/alone/")],
    }


def test_the_home_page_is_about_the_person_and_lists_what_it_lists(citing, build_once):
    assert list(things(citing)) == ["ProfilePage"]
    assert things(citing)["ProfilePage"]["mainEntity"]["name"] == "Jane Doe"
    built = build_once("minimal")
    assert len(things(built)["CollectionPage"]["mainEntity"][CRUMBS]) == 3
    crumbs = things(built, "papers/doe2021cache")["BreadcrumbList"][CRUMBS]
    addresses = [crumb["item"] for crumb in crumbs]
    assert sorted(addresses) == sorted(set(addresses))


WITH_ORCID = '[links]\norcid = "0000-0002-1825-0097"\n'


def test_the_author_is_signposted_where_the_owner_is_one(build):
    """And an edit of the profile reaches the head of every page."""
    built = build("citing")
    built.edit("profile.toml", "[links]\n", WITH_ORCID)
    text = (built.src / "refs.bib").read_text(encoding="utf-8")
    other = "@misc{other, title={By Others}, author={Poe, Edgar}, year={2020}}\n"
    built.write("refs.bib", text + other)
    again = built.rebuild()
    orcid = ("https://orcid.org/0000-0002-1825-0097", "")
    assert links(again.soup("papers/poe2023queue"), "author") == [orcid]
    assert links(again.soup("papers/other"), "author") == []
    assert orcid[0] in str(again.soup("index").head)
