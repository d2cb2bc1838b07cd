"""A site in two languages: one build, a tree of pages for each, and a paper that has one page."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import pytest

from tests.building import ROOTS
from tests.cv import Pdf

ROOT = "../../examples/two-languages"
BASE = "https://fanli.example.org/"
ENGLISH = {
    "en/index.md": "# Fulana\n\n```{profile} card\n```\n\n:::{note}\nNotes\n:::\n",
    "ملاحظات.md": '---\norphan: true\n---\n\n# ملاحظات\n\n:::{note}\n"نص"\n:::\n',
}


@pytest.fixture(scope="module")
def both(build_once):
    return build_once(ROOT, warnings=True)


def alternates(page):
    found = page.select("link[rel=alternate][hreflang]")
    return {link["hreflang"]: link["href"] for link in found}


def test_a_page_is_in_the_language_of_its_folder(both):
    assert both.warnings == []
    for page, language in {"cv": "en", "zh/cv": "zh-Hans", "zh/index": "zh-Hans"}.items():
        assert both.soup(page).html["lang"] == language
    assert "Curriculum vitae" not in both.soup("zh/cv").get_text()
    assert "Talks" in both.main("cv").get_text()
    assert both.main("zh/cv").find("h2", string="教育经历")


def test_pages_of_one_path_name_each_other_and_themselves(both):
    expected = {"en": f"{BASE}cv/", "zh-Hans": f"{BASE}zh/cv/", "x-default": f"{BASE}cv/"}
    for page in ("cv", "zh/cv"):
        assert alternates(both.soup(page)) == expected
    assert alternates(both.soup("notes")) == {}
    assert both.soup("zh/cv").select_one("link[rel=canonical]")["href"] == f"{BASE}zh/cv/"
    sitemap = ET.fromstring(both.text("sitemap.xml"))
    link = "{http://www.w3.org/1999/xhtml}link"
    named = {
        entry[0].text: {x.get("hreflang"): x.get("href") for x in entry.findall(link)}
        for entry in sitemap
    }
    assert named[f"{BASE}zh/cv/"] == named[f"{BASE}cv/"] == expected
    assert named[f"{BASE}notes/"] == {}


def test_readers_change_the_language_by_a_plain_link(both):
    (there,) = both.soup("zh/publications").select(".site-languages a")
    (back,) = both.soup("publications").select(".site-languages a")
    assert (there.get_text(), there["href"], there["lang"]) == (
        "English",
        "../../publications/",
        "en",
    )
    assert (back.get_text(), back["hreflang"]) == ("中文", "zh-Hans")
    (home,) = both.soup("notes").select(".site-languages a")
    assert home["href"] == "../zh/"


def test_the_navigation_has_what_the_home_page_lists_and_then_what_has_no_sister(both):
    links = both.soup("zh/index").select(".site-header-pages a:not(.cv-header-file)")
    assert [(a.get_text(), a.get("lang")) for a in links] == [
        ("论文", None), ("简历", None), ("How to wait", "en"),
    ]  # fmt: skip
    assert not both.soup("index").select(".site-header-pages [lang]")


def test_a_paper_has_one_page_in_its_language_and_lists_say_it_in_theirs(both):
    assert "zh/papers" not in " ".join(map(str, both.pages))
    assert both.soup("papers/fan2024patience").html["lang"] == "zh-Hans"
    assert both.soup("papers/fan2026walrus").html["lang"] == "en"
    titles = {
        page: [card.title for card in both.cards(page)]
        for page in ("publications", "zh/publications")
    }
    assert titles["publications"][0].startswith("Walrus: Fast Storage")
    assert titles["zh/publications"][0].startswith("海象")
    assert titles["publications"][1].startswith("A Measure of Patience")
    original = both.cards("zh/publications")[0].part("original")
    assert (original.get_text(), original["lang"]) == ("Walrus: Fast Storage for Everyone", "en")
    assert both.cards("publications")[1].part("original").get_text() == "耐心的度量"
    assert not both.cards("zh/publications")[1].part("original")
    for page in titles:
        for card in both.cards(page):
            assert "/papers/" in card.tag.a["href"]
    head = str(both.soup("papers/fan2026walrus").head)
    assert "海象" not in head + both.text("publications.bib") + both.text("feed.xml")


def test_citations_lead_to_the_list_of_their_language(both):
    for page in ("index", "zh/index"):
        links = both.main(page).select(".bibtex-citation a")
        assert {link["href"].partition("#")[0] for link in links} == {"publications/"}
        target = both.soup(f"{page.removesuffix('index')}publications")
        assert all(target.find(id=link["href"].partition("#")[2]) for link in links)


def test_facts_of_the_person_are_said_in_the_language_or_marked(both, build):
    card = both.main("zh/index").select_one(".profile-card")
    assert "助理教授" in card.get_text()
    assert both.soup("zh/index").title.get_text() == "范例"
    data = json.loads(both.soup("zh/index").select_one("script[type='application/ld+json']").string)
    person = data["@graph"][0]["mainEntity"]
    assert (person["name"], person["alternateName"]) == ("范例", ["Li Fan"])
    assert person["@id"] == f"{BASE}#person"
    assert both.main("zh/publications").find("strong", string="范例")  # an author by either name
    toml = 'name = "Li Fan"\nposition = "Professor"\n'
    plain = build(ROOT, {"profile.toml": toml}, warnings=True).main("zh/index")
    assert plain.find(string="Professor").parent["lang"] == "en"


def test_files_are_there_once_or_for_each_language(both):
    assert "范例" in both.text("zh/cv.txt").splitlines()[0]
    assert both.text("cv.txt").startswith("Li Fan")
    assert Pdf(both.files["zh/cv.pdf"]).root["/Lang"] == "zh"
    feed = ET.fromstring(both.text("feed.xml"))
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
    assert [entry.get(language) for entry in entries] == [None, "zh", None]
    headings = re.findall("^## (.*)", both.text("llms.txt"), re.M)
    assert headings == ["English", "中文", "Publications"]
    named = re.findall(r"\]\(https://[^/]+/(.*)\.md\)", both.text("llms.txt"))
    full = re.findall(r"^<https://[^/]+/(.*)/>$", both.text("llms-full.txt"), re.M)
    assert full == [name.removesuffix("index").rstrip("/") for name in named if name != "index"]
    assert both.soup("404").html["lang"] == "en"


def test_the_search_knows_both_titles(both):
    index = both.text("_static/bibfolio-index.js")
    record = next(line for line in index.splitlines() if "papers/fan2026walrus/" in line)
    assert "海象" in record and '"zh-Hans"]' in index and '"language":"en"' in index


def test_several_processes_make_the_same_pages(both, build):
    more = build(ROOT, parallel=4)
    assert more.warnings == []
    pages = {name for name in both.files if name.endswith((".html", ".md", ".js", ".xml", ".txt"))}
    assert [name for name in sorted(pages) if more.files[name] != both.files[name]] == []


def test_an_edit_of_one_page_leaves_those_of_the_other_language(build):
    built = build(ROOT, warnings=True)
    before = {name: data for name, data in built.files.items() if name.endswith(".html")}
    built.edit("zh/index.md", "研究存储与耐心", "研究存储和耐心")
    again = built.rebuild(warnings=True)
    assert again.read == {"zh/index"}
    changed = {name for name, data in before.items() if again.files[name] != data}
    # A page of a paper quotes it.
    assert changed == {"zh/index.html"}


def test_notes_and_words_of_sphinx_are_in_the_language_of_the_page(build):
    built = build("arabic", ENGLISH, warnings=True, bibfolio_languages=["ar", "en"])
    english, arabic = built.soup("en/index"), built.soup("ملاحظات")
    assert (english.html["lang"], english.html.get("dir")) == ("en", None)
    assert (arabic.html["lang"], arabic.html["dir"]) == ("ar", "rtl")
    titles = [page.select_one(".admonition-title").get_text() for page in (english, arabic)]
    assert titles[0] == "Note" != titles[1]


def test_who_has_another_language_in_mind_is_told(build, build_to_its_end):
    built = build(ROOT, warnings=True, language="de")
    assert "bibfolio_languages begins with 'en'" in built.status
    assert built.soup("index").html["lang"] == "en"
    wrong = build("minimal", html_theme="bibfolio", warnings=True, bibfolio_languages=["en", "jp"])
    assert "write ja" in " ".join(wrong.warnings)
    toml = 'name = { en = "Li Fan", cn = "范例" }\n'
    stopped = build_to_its_end(ROOT, {"profile.toml": toml})
    assert "name.cn: is no language of the site; " in " ".join(stopped.warnings)


def test_quotation_marks_are_those_of_the_page(build):
    page = '---\norphan: true\n---\n\n# Marks\n\n"good"\n'
    pages = {"marks.md": page, "de/marks.md": page, "fr/marks.md": page}
    languages = ["en", "de", "fr"]
    built = build("minimal", pages, html_theme="bibfolio", bibfolio_languages=languages)
    said = [built.main(f"{folder}marks").p.get_text() for folder in ("", "de/", "fr/")]
    assert said == ["“good”", "„good“", "«\xa0good\xa0»"]


def test_the_files_of_a_cv_go_with_its_page_and_with_its_language(build):
    profile = (ROOTS / ROOT / "profile.toml").read_text(encoding="utf-8")
    variant = '[[cv.variants]]\nid = "short"\ntitle = { en = "In short", zh = "简历" }\n'
    built = build(ROOT, {"profile.toml": f"{profile}\n{variant}sections = ['education']\n"})
    short = {f"zh/cv-short.{end}" for end in ("pdf", "txt", "json")}
    assert {*short, "zh/cv.pdf", "zh/cv.txt", "zh/cv.json"} <= built.files.keys()
    assert built.text("cv-short.txt").splitlines()[:2] == ["Li Fan", "In short"]
    assert built.text("zh/cv-short.txt").splitlines()[:2] == ["范例", "简历"]
    assert Pdf(built.files["zh/cv-short.pdf"]).headings == ["教育经历"]
    for page in sorted((built.src / "zh").rglob("*.md")):
        built.delete(page.relative_to(built.src).as_posix())
    built.write("conf.py", 'extensions = ["bibfolio"]\nhtml_theme = "bibfolio"\n')
    built.write("profile.toml", 'name = "Li Fan"\n')
    files = built.rebuild(warnings=True).files
    assert files.keys().isdisjoint({*short, "zh/cv.pdf", "zh/cv.txt", "zh/cv.json"})
    assert "cv.pdf" in files
