"""Every output about a paper of this site says what `refs.bib` says, whatever the owner adds to it.

Everything is read by programs that share no code with the site: see tests/comparing.py.
"""

from __future__ import annotations

import json
import re
from itertools import pairwise
from urllib.parse import urljoin, urlsplit

import feedparser
import pytest
from sphinx.util.inventory import InventoryFile

from tests.comparing import Said
from tests.cv import FILES, Pdf, forms, plain, resume_problems, unsaid
from tests.output import text_of, title_of
from tests.reading import json_ld, markdown, search_index
from tests.site.test_content import ADDRESS, DRAFTS, ENTRIES, hidden_words


@pytest.fixture(scope="module")
def said(site) -> Said:
    return Said(site, ENTRIES, f"{site.profile.links.website}/", site.profile.name)


@pytest.fixture(scope="module")
def addresses(said) -> dict[str, str]:
    """Key → address of the paper's page."""
    return {key: f"{said.address}papers/{key}/" for key in ENTRIES}


@pytest.mark.parametrize("form", "ris csl tags things bibtex atom json_feed words links".split())
def test_a_form_says_of_every_entry_what_it_says(said, form):
    assert getattr(said, form)() == []


# -- pages --------------------------------------------------------------------------------------


def test_the_page_of_a_paper_has_summary_topics_and_the_entry_to_copy(site):
    for key, entry in ENTRIES.items():
        page = site.paper(key)
        assert page.title == entry.title
        assert page.summary == entry.text("annotation")
        assert [topic.casefold() for topic in page.topics] == [
            word.casefold() for word in entry.keywords
        ]
        assert page.label.startswith("Preprint") == entry.is_preprint
        assert page.bibtex.strip() == site.text(f"papers/{key}.bib").strip()
        things = json_ld(str(site.soup(f"papers/{key}"))).values()
        (people,) = (thing["author"] for thing in things if "author" in thing)
        assert [person["name"] for person in people if "@id" in person] == [site.profile.name]


def test_there_is_a_page_for_every_paper_in_the_order_of_the_list_and_none_for_a_draft(site):
    assert {path.parent.name for path in (site.out / "papers").rglob("*.html")} == set(ENTRIES)
    assert [card.id for card in site.cards("publications")] == [f"cite-{key}" for key in ENTRIES]
    neighbours = {
        (key, word, href.strip("./"))
        for key in ENTRIES
        for word, href in site.paper(key).neighbours.items()
    }
    assert neighbours == {
        link
        for new, old in pairwise(ENTRIES)
        for link in [(new, "Older", old), (old, "Newer", new)]
    }
    for key in DRAFTS:
        assert [name for name in site.files if key in name] == []


def test_every_list_tells_the_same_of_a_paper_and_leads_to_its_page(site):
    """But for the CV, which says everything."""
    told, titles = {}, {entry.title: key for key, entry in ENTRIES.items()}
    for path in [path for path in site.pages if path.parent.name != "cv"]:
        here = f"https://site.invalid/{path.parent.relative_to(site.out).as_posix()}/"
        for card in site.cards(path) if site.soup(path).main else ():
            labels = tuple(label for label, _ in card.links)
            facts = (tuple(card.authors), card.badge, card.venue, tuple(card.topics), labels)
            told.setdefault(card.title, set()).add(facts)
            target = urlsplit(urljoin(here, card.part("title").find("a")["href"])).path
            assert target == f"/papers/{titles[card.title]}/"
    assert told.keys() == titles.keys()
    assert {title: facts for title, facts in told.items() if len(facts) != 1} == {}
    for card in site.cards("cv"):
        page, ((_names, badge, *_short, labels),) = site.paper(titles[card.title]), told[card.title]
        assert (card.authors, card.legend) == (page.authors, page.legend)
        assert card.venue in page.reference
        assert (card.badge, tuple(label for label, _ in card.links)) == (badge, labels)


def test_a_page_quotes_exactly_the_pages_of_this_site_that_cite_the_paper(site):
    """Found by looking for citations on every page."""
    found = {key: {} for key in ENTRIES}
    names = {path.parent.relative_to(site.out).as_posix(): path for path in site.pages}
    for name in sorted(names):
        main = site.soup(names[name]).select_one("main")
        for citation in main.select(".bibtex-citation") if main else ():
            title, section = title_of(main), title_of(citation.find_parent("section"))
            words = title if section == title else f"{title}, {section}"
            said = set(re.findall(r"\w+", text_of(citation.find_parent("p"))))
            for link in citation.find_all("a", href=True):
                path, fragment = urlsplit(link["href"])[2::2]
                key = fragment.removeprefix("cite-") or path.strip("/").rpartition("/")[2]
                found[key].setdefault(name, (words, said))
    for key, places in found.items():
        items = site.paper(key).main.select(".paper-page-places > li")
        for item, (words, said) in zip(items, places.values(), strict=True):
            quoted, place = map(text_of, item.find_all("p"))
            assert place == words
            assert set(re.findall(r"\w+", quoted)) <= said


def test_the_search_finds_every_paper_under_its_title(site):
    index = search_index(site.text("searchindex.js"))
    titles = dict(zip(index["docnames"], index["titles"], strict=True))
    found = {name.partition("/")[2]: titles[name] for name in titles if name.startswith("papers/")}
    assert found == {key: entry.title for key, entry in ENTRIES.items()}


def test_the_inventory_and_llms_txt_hold_every_paper_with_title_and_address(site, addresses):
    data = InventoryFile.loads(site.files["objects.inv"], uri=site.profile.links.website).data
    found = {item.uri: item.display_name for item in data["bib:paper"].values()}
    titles = {addresses[key]: entry.title for key, entry in ENTRIES.items()}
    assert found == titles
    listed = {href: text for text, href in markdown(site.text("llms.txt")).links}
    assert {f"{url[:-1]}.md": title for url, title in titles.items()}.items() <= listed.items()


def test_items_of_feeds_come_as_the_list_has_them_and_keep_their_identifiers(site):
    """Readers would show them again."""
    atom, feed = feedparser.parse(site.files["feed.xml"]), json.loads(site.files["feed.json"])
    ids = [item.id for item in atom.entries]
    assert ids == [item["id"] for item in feed["items"]]
    assert [item.link.strip("/").rpartition("/")[2] for item in atom.entries] == [*ENTRIES]
    wanted = "urn:uuid:daf49f13-a330-5b5f-8628-0dd8b681c42f"
    assert dict(zip(ENTRIES, ids, strict=True))["jin2023ditto"] == wanted


# -- the CV -------------------------------------------------------------------------------------


def test_every_form_of_the_cv_says_what_the_owner_has_written_and_nothing_hidden(site):
    assert unsaid(site, site.profile, site.papers) == []
    for form, text in forms(site).items():
        assert ADDRESS.findall(text) == [], form
        assert [words for words in hidden_words() if plain(words) in plain(text)] == [], form


def test_the_page_of_the_cv_and_its_files_agree_and_are_what_their_readers_need(site, addresses):
    pdf, main = Pdf(site.files["cv.pdf"]), site.main("cv")
    headings = [heading.get_text().rstrip("¶#") for heading in main.find_all("h2")]
    assert pdf.headings == headings
    page = {link["href"] for link in main.find_all("a", href=True) if "://" in link["href"]}
    # A paper that is nowhere else is found on its page here.
    assert set(pdf.links) - {*addresses.values()} == page
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf.root["/Metadata"].get_data()
    assert all(pdf.fonts.values())
    lines = site.text("cv.txt").splitlines()
    assert [line for line in lines if len(line) > 80] == []
    assert [line for line in lines if line in map(str.upper, headings)] == [
        heading.upper() for heading in headings
    ]
    assert resume_problems(json.loads(site.text("cv.json"))) == []
    assert all(name in site.files for name in FILES)
