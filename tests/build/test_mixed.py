"""A site whose papers are in several languages: each reference in its own, the page in another."""

import re

import pytest
from bs4 import Tag

from tests.cv import Pdf

from ..unit.table import Table

TABLE = Table(__file__)
#: Place → page, or the page of each paper, and what is looked at there.
PLACES = {
    "citations": ("index", "p:has(.bibtex-citation)"),
    "picture": ("index", ".paper-timeline-picture a text"),
    "news": ("index", ".profile-list p"),
    "cards": ("publications", ".paper-card"),
    "papers": ("papers/{key}", ".paper-page > :is(h1, p):not(.no-search), .paper-page-where p"),
    "cite it": ("papers/{key}", ".paper-page-reference"),
    "CV": ("cv", ".paper-card"),
}


@pytest.fixture(scope="module")
def sites(build_once):
    return {
        language: build_once("mixed", language=language, suppress_warnings=["bibfolio.font"])
        for language in ("en", "zh-Hans")
    }


CITED = {
    "en": ["范例 et al. [2024]", "Roe et al. [2023]", "待津太郎 [2021]"],
    "zh-Hans": ["范例等 [2024]", "Roe 等 [2023]", "待津太郎 [2021]"],
}
VENUES = {
    "fanli2024deng": "载于假名, 编, 例子集, 第2版, 第3卷, 例子出版社, DATE, 第5–7页",
    "roe2023waiting": "In Ann Doe, editor, Examples of Waiting, 2nd edition, vol. 3, Example "
    "Press, DATE, pp. 5–7",
    "fulan2022sabr": "دار الأمثلة، DATE",
}
DATE = {"en": r"(January|February|March|May|June) 20\d\d", "zh-Hans": r"20\d\d年\d月"}
LANG = {
    "en": {"fanli2024deng": "zh", "roe2023waiting": None, "warte2020schlange": "de"},
    "zh-Hans": {"fanli2024deng": None, "roe2023waiting": "en", "warte2020schlange": "de"},
}


def langs(soup, words):
    return [tag.get("lang") for tag in soup.find_all(True) if tag.get_text() == words]


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_a_reference_is_joined_in_its_language_and_dated_in_that_of_the_page(sites, language):
    site = sites[language]
    for key, venue in VENUES.items():
        where = site.main(f"papers/{key}").select_one("dd.paper-page-where p").get_text()
        assert re.sub(DATE[language], "DATE", where) == venue
    arabic = site.main("papers/fulan2022sabr").select_one(".paper-page-authors").get_text()
    assert arabic == "علان فلان، وآخرون، تحرير"
    status = {"en": "In press", "zh-Hans": "印刷中"}[language]
    assert site.main("papers/roe2023waiting").select_one(".paper-card-badge").string == status
    listed = site.main("essay").select_one("li:has(a)").get_text()
    assert "载于假名, 编, 例子集" in listed
    for form in (site.text("cv.txt"), Pdf(site.files["cv.pdf"]).text):
        words = "".join(form.split())
        assert "第3卷" in words and "vol.3" in words


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_running_text_cites_in_the_language_of_the_page(sites, language):
    said = [tag.get_text() for tag in sites[language].main("index").select(".bibtex-citation")]
    assert [said[0], said[1], said[4]] == CITED[language]
    full = {"en": "Roe, Poe, and 范例 [2023]", "zh-Hans": "Roe、Poe和范例 [2023]"}
    assert said[3] == full[language]


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_every_title_says_its_language_where_it_is_not_the_page_s(sites, language):
    site = sites[language]
    for key, lang in LANG[language].items():
        page, card = site.main(f"papers/{key}"), site.main("publications").find(id=f"cite-{key}")
        assert page.h1.get("lang") == lang
        assert page.select_one(".paper-page-abstract").get("lang") == lang
        assert card.select_one(".paper-card-title a").get("lang") == lang
        news = langs(site.main("index").select_one(".profile-list"), page.h1.get_text())
        assert lang in news
        assert (f'"{lang}"],' in site.text("_static/bibfolio-index.js")) is bool(lang)
    arabic = site.main("papers/fulan2022sabr").h1
    assert (arabic["lang"], arabic["dir"]) == ("ar", "rtl")


def test_names_and_quotations_do_as_well(sites):
    english, chinese = sites["en"], sites["zh-Hans"]
    authors = english.main("papers/fanli2024deng").select(".paper-page-authors bdi")
    assert [(name.get_text(), name.get("lang")) for name in authors] == [
        ("范例", "zh"),
        ("虚构", "zh"),
        ("Jane Roe", None),
    ]
    assert langs(english.main("index").select_one("p"), "范例") == ["zh", "zh"]
    assert {*langs(chinese.main("papers/roe2023waiting"), "Jane Roe")} == {"en"}
    quoted = chinese.main("papers/fanli2024deng").select_one("blockquote p[lang=en]")
    assert quoted.get_text() == "As 范例等 [2024] say, it is longer at noon."


def marked(node: Tag) -> str:
    """The text of an element; each run in another language is ``zh‹in such signs›``."""
    for other in node.select(".paper-card-topic, .paper-card-links"):
        other.decompose()
    for run in reversed(node.select("[lang], [xml\\:lang]")):
        direction = " rtl" if run.get("dir") == "rtl" else ""
        run.string = f"{run.get('lang') or run['xml:lang']}{direction}‹{run.get_text()}›"
    own = node.get("lang") or node.get("xml:lang")
    return (f"{own}: " if own else "") + " ".join(node.get_text().split())


def test_each_run_has_its_language_and_each_word_of_ours_is_in_the_right_one(sites):
    def shown(line: str) -> list[str]:
        language, place = line.split(" ", 1)
        page, selector = PLACES[place]
        keys = ("fanli2024deng", "roe2023waiting", "fulan2022sabr")
        pages = dict.fromkeys(page.format(key=key) for key in keys)
        mains = [sites[language].soup(name).main for name in pages]
        return [marked(node) for main in mains for node in main.select(selector)]

    TABLE.holds("language of the site, and a place", shown)


def test_english_citations_of_latin_names_are_those_of_author_year(build_once):
    """To the letter, in all roles."""
    roles = "p ps t ts ct cts alp alps year yearpar author authors authorpar authorpars".split()
    cited = "{see}doe2021cache{p. 3},poe2023queue"
    line = " ".join(f"{{cite:{role}}}`{cited}`" for role in roles)
    page = {"cites.md": f"---\norphan: true\n---\n\n# Cites\n\n{line}\n"}
    own = {"html_theme": "bibfolio"}
    ours = build_once("citing", page, **own).main("cites")
    theirs = build_once("citing", page, **own, bibtex_reference_style="author_year").main("cites")
    assert len(ours.select(".bibtex-citation a")) == 2 * len(roles)
    assert str(ours) == str(theirs)
