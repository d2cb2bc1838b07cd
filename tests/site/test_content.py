"""Nothing the owner's former home page said is lost, and its draft stays hidden.

What it said is data: seed.toml.
"""

import re
import tomllib
import zlib
from pathlib import Path

import pytest

from tests import readers
from tests.building import REPOSITORY
from tests.output import text_of

SEED = tomllib.loads((Path(__file__).parent / "seed.toml").read_text(encoding="utf-8"))
PDF = b"%PDF-1.4 not really\n"
_ALL = readers.read(REPOSITORY, "refs.bib")
DRAFTS = [key for key, entry in _ALL.items() if entry.raw.get("pubstate") == "inpreparation"]
#: Key → entry, in the order in which lists show them.
ENTRIES = dict(
    sorted(
        ((key, entry) for key, entry in _ALL.items() if key not in DRAFTS),
        key=lambda item: -item[1].dates[0][0],
    )
)


@pytest.fixture(scope="module")
def home(site):
    """What the home page says."""
    return site.main("index")


def section(main, word):
    """The part of the page under the heading that contains *word*."""
    (heading,) = [tag for tag in main.find_all("h2") if word in text_of(tag).casefold()]
    return heading.find_parent("section")


def links(tag):
    """Address → text of the links within *tag*."""
    return {link["href"]: text_of(link) for link in tag.find_all("a", href=True)}


# -- the person ---------------------------------------------------------------------------------


def test_every_fact_of_the_biography_is_on_the_home_page(site, home):
    facts = "name position school university subject degree degree_at graduated email".split()
    said = text_of(home)
    wanted = [*(SEED[fact] for fact in facts), *SEED["interests"], *SEED["focus"]]
    assert [words for words in wanted if words not in said] == []
    assert SEED["name"] in site.soup().title.get_text()
    for who in ("group", "advisor"):
        assert links(home)[SEED[who]["url"]] in SEED[who]["name"]


# -- papers -------------------------------------------------------------------------------------


def of_seed(site, where: str) -> list:
    """The cards of the papers of the former page, in the order of the list; others may come."""
    titles = {paper["title"] for paper in SEED["papers"]}
    return [card for card in site.cards(where) if card.title in titles]


def with_all(shown: list[str], names: list[str]) -> list[str]:
    """The authors on a card, with those in their places whom it only counts."""
    result: list[str] = []
    for name in shown:
        left_out = re.fullmatch(r"(\d+) more", name)
        result += names[len(result) :][: int(left_out[1])] if left_out else [name]
    return result


def test_papers_are_listed_in_the_owner_s_order_and_the_selected_ones_on_the_home_page(site):
    titles = [paper["title"] for paper in SEED["papers"]]
    assert [card.title for card in of_seed(site, "publications")] == titles
    selected = [e.title for e in ENTRIES.values() if "selected" in e.text("keywords")]
    assert [card.title for card in site.cards("index")] == selected
    assert 3 <= len(selected) <= 5
    assert f"since {SEED['since']}" in text_of(site.main("index"))


@pytest.mark.parametrize("where", ["index", "publications", "cv"])
def test_what_a_list_says_of_a_paper_is_what_was_said_of_it(site, where):
    papers = {paper["title"]: paper for paper in SEED["papers"]}
    for card in of_seed(site, where):
        paper = papers[card.title]
        assert with_all(card.authors, paper["authors"]) == paper["authors"], card.title
        assert card.owner == [SEED["name"]], card.title
        assert card.legend.casefold() == paper.get("legend", "").casefold(), card.title
        assert paper.get("place", "") in card.venue, card.title
        assert paper.get("badge", "Preprint") in card.badge, card.title
        assert ("Preprint" in card.badge) == paper.get("preprint", False), card.title
        venue = card.part("badge").find("a")
        assert (venue["href"] if venue else None) == paper.get("venue_url"), card.title
        # Where the site leads while the owner's own files are not there.
        if card.link("PDF") and not card.link("PDF").startswith(("files", "../files")):
            assert card.link("PDF") == paper.get("open_pdf"), card.title
        assert paper["landing"] in dict(card.links).values(), card.title


def test_all_that_was_said_of_a_paper_is_on_its_page_and_in_the_cv(site):
    of_cv = {card.title: card for card in of_seed(site, "cv")}
    for paper in SEED["papers"]:
        facts = [paper[fact] for fact in ("badge", "venue", "place", "dates") if fact in paper]
        page, listed = site.paper(paper["key"]), of_cv[paper["title"]]
        for shown, said in ((page, page.reference), (listed, listed.venue)):
            assert (shown.title, shown.authors) == (paper["title"], paper["authors"])
            assert shown.legend.casefold() == paper.get("legend", "").casefold(), shown.title
            assert [fact for fact in facts if fact not in said] == [], shown.title
            assert paper["landing"] in dict(shown.links).values(), shown.title


def test_every_paper_is_reachable_by_its_name_from_the_home_page(site, home):
    names = {key: entry.text("shorttitle") or entry.title for key, entry in ENTRIES.items()}
    found = {
        href.strip("/"): text
        for href, text in links(home.select_one(".paper-timeline details")).items()
    }
    for paper in SEED["papers"]:
        assert found[f"papers/{paper['key']}"] == names[paper["key"]]


def test_papers_have_the_anchors_they_always_had(site):
    ids = {card.title: card.id for card in of_seed(site, "publications")}
    assert ids == {paper["title"]: f"cite-{paper['key']}" for paper in SEED["papers"]}


@pytest.fixture(scope="module")
def later(site_with):
    """The site when the owner has dropped the files in, and shows the draft."""
    addresses = [address for paper in SEED["papers"] for address in paper["links"].values()]
    text = (REPOSITORY / "refs.bib").read_text(encoding="utf-8")
    shown = re.sub(r"(?<=pubstate        = \{)inpreparation(?=\})", "prepublished", text)
    assert shown != text
    files = {a.lstrip("/"): PDF for a in addresses if a.startswith("/")}
    return site_with({**files, "refs.bib": shown})


def test_every_address_of_the_old_page_is_a_button_and_leads_to_the_file(later):
    """Under the names they always had."""
    papers = {paper["title"]: paper for paper in SEED["papers"]}
    lists = [(where, card) for where in ("index", "publications") for card in of_seed(later, where)]
    pages = [(f"papers/{p['key']}", later.paper(p["key"])) for p in SEED["papers"]]
    for where, shown in [*lists, *pages]:
        for label, address in papers[shown.title]["links"].items():
            href = dict(shown.links)[label]
            if address.startswith("/"):
                target = (later.page(where).parent / href).resolve()
                assert target == later.out / address.lstrip("/")
                assert target.read_bytes() == PDF
            else:
                assert href == address


# -- teaching, internships, awards --------------------------------------------------------------


def test_teaching_internships_and_awards_are_complete_and_in_order(home):
    """What came later stands above."""
    teaching = [text_of(item) for item in section(home, "teaching").find_all("li")]
    for item, course in zip(teaching[::-1], SEED["teaching"][::-1], strict=False):
        assert all(words in item for words in course.values())
    jobs = section(home, "internship").find_all("li")
    for item, job in zip(jobs[::-1], SEED["internships"][::-1], strict=False):
        assert all(job[fact] in text_of(item) for fact in ("at", "from", "to", "role"))
        assert "dvised by" in text_of(item)
        assert links(item) == {url: name for name, url in job["advisors"].items()}
    awards = [text_of(item) for item in section(home, "award").find_all("li")]
    for item, award in zip(awards[::-1], SEED["awards"][::-1], strict=False):
        assert item.startswith(award["year"])
        assert all(words in item for words in award["says"])
        assert ("(" in item) == any(words.startswith("(") for words in award["says"])
    for found, kind in ((teaching, "teaching"), (jobs, "internships"), (awards, "awards")):
        assert len(found) >= len(SEED[kind])


@pytest.mark.parametrize("address", SEED["old_pages"])
def test_the_old_addresses_lead_home(site, address):
    """A server looks for the file, then for index.html in the folder of that name."""
    path = site.out / address.strip("/")
    path = path / "index.html" if path.is_dir() else path
    refresh = site.soup(path).find("meta", attrs={"http-equiv": "refresh"})["content"]
    target = refresh.partition("url=")[2]
    assert (path.parent / target).resolve() in {site.out, site.out / "index.html"}


# -- what must not be found ---------------------------------------------------------------------


def readable(site):
    """File → its text; the inventory is compressed behind four lines."""
    for name, data in site.files.items():
        if name == "objects.inv":
            head, _, body = data.partition(b"zlib.\n")
            data = head + zlib.decompress(body)  # noqa: PLW2901
        yield name, data.decode("utf-8", "replace")


def seen_names() -> set[str]:
    """Everybody whom the site may name."""
    people = {name.rstrip("*") for paper in SEED["papers"] for name in paper["authors"]}
    people |= {name for job in SEED["internships"] for name in job["advisors"]}
    return people | {SEED["advisor"]["name"].removeprefix("Prof. ")}


def hidden_words() -> list[str]:
    """What would give the draft away: its names, and the people of no other paper.

    Rare parts of their names are looked for alone, as a search index has them.
    """
    draft = SEED["draft"]
    only = [name for name in draft["authors"] if name not in seen_names()]
    common = {part for name in seen_names() for part in name.split()}
    rare = {part for name in only for part in name.split() if len(part) > 5} - common
    return [draft["key"], draft["name"], draft["title"], *only, *sorted(rare)]


def test_the_draft_is_in_no_output(site):
    wanted = "|".join(rf"\b{re.escape(words)}\b" for words in hidden_words())
    pattern = re.compile(wanted, re.IGNORECASE)
    found = {(name, match[0]) for name, text in readable(site) for match in pattern.finditer(text)}
    assert found == set()


def test_the_draft_is_one_word_away(later):
    """What the test above looks for is then there."""
    draft = SEED["draft"]
    (card,) = [card for card in later.cards("publications") if card.id == f"cite-{draft['key']}"]
    assert card.title == f"{draft['name']}: {draft['title']}"
    assert [name.rstrip("*") for name in later.paper(draft["key"]).authors] == draft["authors"]
    text = "".join(text for _, text in readable(later))
    assert all(words.casefold() in text.casefold() for words in hidden_words())


#: An address as harvesters look for it; example domains belong to nobody (RFC 2606, RFC 6761).
ADDRESS = re.compile(
    r"[\w.+-]+@(?!(?:[\w-]+\.)*(?:example(?:\.\w+)?|test|invalid)\b)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b",
    re.IGNORECASE,
)


def test_no_plain_e_mail_address_is_in_any_output(site):
    """For the files of the repository: tests/repo/test_hygiene.py."""
    found = {(name, match) for name, text in readable(site) for match in ADDRESS.findall(text)}
    assert found == set()
    assert not [name for name, text in readable(site) if "mailto:" in text]
