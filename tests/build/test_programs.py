"""What programs read of talks, software and the person: on their pages, in twins and lists."""

import re

import pytest

from tests.building import ROOTS
from tests.reading import markdown, things_in

PERSON = (ROOTS / "person" / "profile.toml").read_text(encoding="utf-8")
PAPERS = (ROOTS / "minimal" / "refs.bib").read_text(encoding="utf-8")
SITE = "https://jane.example.org"
#: A slip in any of these would end the script, or be read as markup.
HOSTILE = "</script><!-- & ]]>"
TABLES = f"""
[[talks]]
title  = "On {{bib:paper}}`doe2021cache` and *lines*"
event  = "Days of {HOSTILE}"
date   = "2030-04-16"
paper  = "doe2021cache"
slides = "files/slides/lines & rows.pdf"
video  = "https://video.example/1"

[[talks]]
title = "Nothing Else"
date  = "2029/"
paper = "doe2023draftless"

[[software]]
name   = "Stool Kit"
text   = "Stools, see {{bib:paper}}`doe2021cache`."
code   = "https://code.example/kit"
papers = ["doe2021cache", "poe2023queue"]

[[sections]]
title = "Languages"
id    = "languages"
items = [{{ text = "Elvish" }}]

[[grants]]
title  = "{HOSTILE}"
funder = "Council"

[people."Zoë Müller"]
orcid = "0000-0002-1825-0097"
"""
PAGES = {
    "index.md": "# Jane\n\nHello.\n\n```{toctree}\ntalks\nsoftware\npublications\n```\n",
    "talks.md": "# Talks\n\n```{talks}\n```\n",
    "software.md": "# Software\n\n```{software}\n```\n",
    "publications.md": "# Papers\n\n```{publications}\n```\n",
}
FILES = PAGES | {
    "profile.toml": PERSON + TABLES,
    "refs.bib": PAPERS,
    "files/slides/lines & rows.pdf": b"%PDF-1.4\n",
}


@pytest.fixture(scope="module")
def site(build_once):
    return build_once("person", FILES, html_theme="bibfolio")


def things(built, page="index"):
    return things_in(built.page(page).read_text(encoding="utf-8"))


def test_every_talk_is_an_event_on_the_page_that_shows_it_and_on_no_other(site):
    full, bare = (thing for thing in things(site, "talks") if thing["@type"] == "Event")
    assert full["name"] == "On Caches that Remember and lines"
    assert full["superEvent"]["name"] == f"Days of {HOSTILE}"
    assert full["about"]["@id"] == f"{SITE}/papers/doe2021cache/"
    assert full["subjectOf"]["url"] == f"{SITE}/files/slides/lines%20%26%20rows.pdf"
    assert full["recordedIn"]["url"] == "https://video.example/1"
    assert full["performer"]["@id"] == f"{SITE}/#person"
    assert bare["startDate"] == "2029" and "endDate" not in bare
    for page in ("index", "software", "publications", "papers/doe2021cache"):
        assert "Event" not in {thing["@type"] for thing in things(site, page)}


def test_every_program_cites_its_papers_on_the_page_that_shows_it(site):
    (kit,) = (thing for thing in things(site, "software") if thing["@type"] != "BreadcrumbList")
    assert (kit["@type"], kit["codeRepository"]) == (
        "SoftwareSourceCode",
        "https://code.example/kit",
    )
    assert kit["description"] == "Stools, see Caches that Remember."
    cited = {thing["@id"]: thing["name"] for thing in kit["citation"]}
    assert cited == {
        f"{SITE}/papers/doe2021cache/": "Caches that Remember",
        f"{SITE}/papers/poe2023queue/": "Queue: Waiting in C++",
    }


def test_the_person_has_what_is_known_and_an_author_the_identifier(site):
    (home,) = things(site)
    person = home["mainEntity"]
    assert person["knowsLanguage"] == ["Elvish"]
    assert person["memberOf"] == [
        {"@type": "Organization", "name": "Waiting Group", "url": "https://waiting.example.org/"}
    ]
    assert person["funding"][0]["name"] == HOSTILE
    paper = next(t for t in things(site, "papers/poe2023queue") if "author" in t)
    assert paper["author"][2]["identifier"] == "https://orcid.org/0000-0002-1825-0097"


def test_twins_llms_txt_and_sitemap_have_pages_of_tables_by_themselves(site):
    lists = {address for _text, address in markdown(site.text("llms.txt")).links}
    places = re.findall("<loc>(.*?)</loc>", site.text("sitemap.xml"))
    for page, words in {"talks": "Nothing Else", "software": "Stool Kit"}.items():
        assert words in site.text(f"{page}.md")
        assert f"{SITE}/{page}.md" in lists
        assert f"{SITE}/{page}/" in places


def test_without_an_address_nothing_says_where_on_the_site_something_is(build):
    profile = FILES["profile.toml"].replace(f'website = "{SITE}"', "")
    built = build("person", FILES | {"profile.toml": profile})
    (talk, bare), (kit,) = things(built, "talks"), things(built, "software")
    assert (talk["about"]["name"], bare["name"]) == ("Caches that Remember", "Nothing Else")
    assert "subjectOf" not in talk
    assert kit["author"] == {"@type": "Person", "name": "Jane Doe"}
    assert not {"@id", "url"} & {*talk["about"], *talk["performer"], *kit["citation"][0]}
