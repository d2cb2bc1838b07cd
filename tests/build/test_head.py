"""The head of a page: what it is called and about, on any site, in any build."""

import pytest

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


# -- what a page is called ----------------------------------------------------------------------


def test_a_page_is_called_by_its_title_and_the_person(citing):
    assert title(citing, "waiting") == "On waiting — Jane Doe"


def test_a_paper_is_called_by_its_short_title_where_it_has_one(build):
    built = build("citing")
    built.edit(
        "refs.bib", "  journal      = {", "  shorttitle = {R\\&D: {C} $n^2$},\n  journal = {"
    )
    again = built.rebuild()
    assert title(again, "papers/doe2021cache") == "R&D: C n² — Jane Doe"
    assert title(again, "papers/poe2023queue") == "Queue: Waiting in C++ — Jane Doe"
    assert metas(again.soup("papers/doe2021cache"), "og:title") == ["Caches that Remember"]
    crumbs = things(again, "papers/doe2021cache")["BreadcrumbList"][CRUMBS]
    assert [crumb["name"] for crumb in crumbs] == ["Jane Doe", "Publications", "R&D: C n²"]


def test_a_home_page_named_after_the_person_says_so_once(build):
    assert title(build("minimal", {"index.md": "# Jane Doe\n"})) == "Jane Doe"


def test_a_home_page_of_another_name_names_the_person(build):
    assert title(build("minimal", {"index.md": "# R&D\n"})) == "R&D — Jane Doe"


# -- what it is about ---------------------------------------------------------------------------


def test_a_paper_says_its_summary_or_else_its_title_and_authors(build):
    built = build("citing")
    built.edit(
        "refs.bib", "  journal      = {", '  annotation = {In\n 50\\% of "it".},\n  journal = {'
    )
    again = built.rebuild()
    assert description(again, "papers/doe2021cache") == 'In 50% of "it".'
    by = "Queue: Waiting in C++, by Edgar Poe, Jane Doe, Zoë Müller."
    assert description(again, "papers/poe2023queue") == by


PAGE = "---\norphan: true\n{}---\n\n# Words\n\nShort.\n\n{}\n"
META = 'myst:\n  html_meta:\n    description: "{}"\n'
LONG = "Many words that go on and on, " * 9


@pytest.mark.parametrize(
    ("front", "body", "words"),
    [
        (META.format("Mine & <yours>, it's"), LONG, "Mine & <yours>, it's"),
        (
            "",
            "A sentence of more than *forty* signs, so it is.",
            "A sentence of more than forty signs, so it is.",
        ),
        ("", "Also short.", "Words: Jane Doe."),
    ],
)
def test_a_page_says_its_description_or_else_its_first_sentence(build, front, body, words):
    built = build("minimal", {"words.md": PAGE.format(front, body)})
    assert description(built, "words") == words
    assert metas(built.soup("words"), "og:description") == [words]


def test_a_long_first_paragraph_is_cut_between_words(build):
    words = description(build("minimal", {"words.md": PAGE.format("", LONG)}), "words")
    assert words.endswith("…")
    assert 140 < len(words) <= 160
    assert LONG.startswith(words[:-1] + " ")


def test_a_list_without_words_is_not_about_the_authors_of_its_first_paper(build):
    assert description(build("minimal")) == "Jane Doe: Jane Doe."


def test_hidden_pages_say_so_and_nothing_else(citing):
    for page in HIDDEN:
        soup = citing.soup(page)
        assert set(metas(soup, "robots")) == {"noindex"}
        assert metas(soup, "og:title") == []
        assert highwire(soup) == []
        assert things(citing, page) == {}
        assert not [words for words in metas(soup, "description") if words.startswith(":")]


# -- where things are ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "base", ["https://docs.example.org/en/latest", "https://docs.example.org/"]
)
def test_every_address_starts_with_that_of_the_site(build, base):
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


def test_the_home_page_is_about_the_person(citing):
    assert list(things(citing)) == ["ProfilePage"]
    assert things(citing)["ProfilePage"]["mainEntity"]["name"] == "Jane Doe"


def test_a_list_on_the_home_page_is_a_list_all_the_same(build):
    found = things(build("minimal"))
    assert len(found["CollectionPage"]["mainEntity"][CRUMBS]) == 3


def test_no_page_comes_twice_in_breadcrumbs(build):
    crumbs = things(build("minimal"), "papers/doe2021cache")["BreadcrumbList"][CRUMBS]
    addresses = [crumb["item"] for crumb in crumbs]
    assert sorted(addresses) == sorted(set(addresses))


WITH_ORCID = '[links]\norcid = "0000-0002-1825-0097"\n'


def test_the_author_is_signposted_where_the_owner_is_one(build):
    built = build("citing")
    built.edit("profile.toml", "[links]\n", WITH_ORCID)
    text = (built.src / "refs.bib").read_text(encoding="utf-8")
    other = "@misc{other, title={By Others}, author={Poe, Edgar}, year={2020}}\n"
    built.write("refs.bib", text + other)
    built.write(
        "conf.py", (built.src / "conf.py").read_text(encoding="utf-8") + "\nhtml_title = 'J'\n"
    )
    again = built.rebuild()
    orcid = ("https://orcid.org/0000-0002-1825-0097", "")
    assert links(again.soup("papers/poe2023queue"), "author") == [orcid]
    assert links(again.soup("papers/other"), "author") == []


@pytest.mark.parametrize("where", ["index", "papers/poe2023queue"])
def test_an_edit_of_the_profile_reaches_the_head_of_every_page(build, where):
    built = build("citing")
    built.edit("profile.toml", "[links]\n", WITH_ORCID)
    assert "0000-0002-1825-0097" in str(built.rebuild().soup(where).head)


def test_a_new_title_reaches_the_breadcrumbs_below(build):
    built = build("citing")
    built.edit("publications.md", "# Publications", "# Papers")
    crumbs = things(built.rebuild(), "papers/doe2021cache")["BreadcrumbList"][CRUMBS]
    assert crumbs[1]["name"] == "Papers"


@pytest.mark.parametrize("builder", ["singlehtml", "epub"])
def test_a_book_has_no_tags_of_a_site(build, builder):
    extra = {"version": "1", "copyright": "Jane Doe"} if builder == "epub" else {}
    built = build("citing", builder=builder, **extra)
    for name, data in built.files.items():
        if name.endswith((".html", ".xhtml")):
            assert not [w for w in (b"citation_title", b"og:title", b"ld+json") if w in data], name
