"""Nothing the owner's former home page said is lost, and its draft stays hidden.

What it said is data: seed.toml.
"""

import re
import tomllib
import zlib
from pathlib import Path

import pytest

from tests.building import REPOSITORY
from tests.output import text_of

SEED = tomllib.loads((Path(__file__).parent / "seed.toml").read_text(encoding="utf-8"))
PAPERS = {paper["key"]: paper for paper in SEED["papers"]}
#: The pages that list every paper of the seed.
LISTS = ("index", "publications")
PDF = b"%PDF-1.4 not really\n"

every_paper = pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
on_every_list = pytest.mark.parametrize("where", LISTS)


@pytest.fixture(scope="module")
def home(site):
    """What the home page says."""
    return site.main("index")


@pytest.fixture(scope="module")
def listed(site):
    """Page → title → card."""
    return {name: {card.title: card for card in site.cards(name)} for name in LISTS}


def section(main, word):
    """The part of the page under the heading that contains *word*."""
    (heading,) = [tag for tag in main.find_all("h2") if word in text_of(tag).casefold()]
    return heading.find_parent("section")


def links(tag):
    """Address → text of the links within *tag*."""
    return {link["href"]: text_of(link) for link in tag.find_all("a", href=True)}


# -- the person ---------------------------------------------------------------------------------


def test_the_home_page_is_named_after_the_owner(site, home):
    assert SEED["name"] in site.soup().title.get_text()
    assert SEED["name"] in text_of(home.find("h1"))


FACTS = "position school university subject degree degree_at graduated email".split()


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_of_the_biography_is_on_the_home_page(home, fact):
    assert SEED[fact] in text_of(home)


@pytest.mark.parametrize("who", ["group", "advisor"])
def test_group_and_advisor_are_named_and_linked(home, who):
    assert SEED[who]["name"] in text_of(home)
    assert links(home)[SEED[who]["url"]] in SEED[who]["name"]


@pytest.mark.parametrize("words", [*SEED["interests"], *SEED["focus"]])
def test_interests_and_focus_are_on_the_home_page(home, words):
    assert words in text_of(home)


# -- papers -------------------------------------------------------------------------------------


@on_every_list
def test_every_paper_is_listed_in_the_owner_s_order(listed, where):
    assert list(listed[where]) == [paper["title"] for paper in SEED["papers"]]


def test_the_list_on_the_home_page_says_since_when(home):
    list_ = section(home, f"since {SEED['since']}")
    assert len(list_.select(".paper-card")) == len(PAPERS)


@on_every_list
@every_paper
def test_authors_stand_in_order_with_their_marks(listed, where, paper):
    assert listed[where][paper["title"]].authors == paper["authors"]


@on_every_list
@every_paper
def test_the_owner_and_nobody_else_is_bold(listed, where, paper):
    assert listed[where][paper["title"]].owner == [SEED["name"]]


@on_every_list
@every_paper
def test_marks_have_a_legend_where_the_owner_gave_one(listed, where, paper):
    legend = listed[where][paper["title"]].legend
    assert legend.casefold() == paper.get("legend", "").casefold()


@on_every_list
@every_paper
def test_a_paper_says_where_and_when_it_appeared(listed, where, paper):
    card = listed[where][paper["title"]]
    for fact in ("venue", "place", "dates"):
        assert paper.get(fact, "") in card.venue
    assert paper.get("badge", "Preprint") in card.badge
    assert ("Preprint" in card.badge) == paper.get("preprint", False)


@on_every_list
@every_paper
def test_the_venue_is_linked(listed, where, paper):
    link = listed[where][paper["title"]].part("badge").find("a")
    assert (link["href"] if link else None) == paper.get("venue_url")


@on_every_list
@every_paper
def test_without_the_owner_s_files_the_open_addresses_stand_in(listed, where, paper):
    card = listed[where][paper["title"]]
    assert card.link("PDF") == paper.get("open_pdf")
    assert card.link("Slides") == paper.get("open_slides")
    assert paper["landing"] in dict(card.links).values()


@every_paper
def test_every_paper_has_a_stable_anchor(site, paper):
    (tag,) = site.soup("publications").find_all(id=f"cite-{paper['key']}")
    assert paper["title"] in text_of(tag)


@pytest.fixture(scope="module")
def with_files(site_with):
    """The site on the day the owner drops the files in, under the names they always had."""
    addresses = [address for paper in SEED["papers"] for address in paper["links"].values()]
    return site_with({a.lstrip("/"): PDF for a in addresses if a.startswith("/")})


@on_every_list
@every_paper
def test_every_address_of_the_old_page_is_a_button_and_leads_to_the_file(with_files, where, paper):
    (card,) = [card for card in with_files.cards(where) if card.title == paper["title"]]
    for label, address in paper["links"].items():
        href = card.link(label)
        if address.startswith("/"):
            target = (with_files.page(where).parent / href).resolve()
            assert target == with_files.out / address.lstrip("/")
            assert target.read_bytes() == PDF
        else:
            assert href == address


# -- teaching, internships, awards --------------------------------------------------------------


def test_teaching_is_complete_and_in_order(home):
    items = [text_of(item) for item in section(home, "teaching").find_all("li")]
    assert len(items) == len(SEED["teaching"])
    for item, course in zip(items, SEED["teaching"], strict=True):
        assert all(words in item for words in course.values())


def test_internships_are_complete_and_in_order_with_their_advisors(home):
    items = section(home, "internship").find_all("li")
    assert len(items) == len(SEED["internships"])
    for item, job in zip(items, SEED["internships"], strict=True):
        assert all(job[fact] in text_of(item) for fact in ("at", "from", "to", "role"))
        assert "dvised by" in text_of(item)
        assert links(item) == {url: name for name, url in job["advisors"].items()}


def test_awards_are_complete_and_in_order(home):
    items = [text_of(item) for item in section(home, "award").find_all("li")]
    assert len(items) == len(SEED["awards"])
    for item, award in zip(items, SEED["awards"], strict=True):
        assert item.startswith(award["year"])
        assert all(words in item for words in award["says"])


def test_remarks_on_awards_are_kept_where_there_are_any(home):
    items = section(home, "award").find_all("li")
    noted = [award for award in SEED["awards"] if any(w.startswith("(") for w in award["says"])]
    assert len([item for item in items if "(" in text_of(item)]) == len(noted)


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


def test_the_draft_is_one_word_away(site_with):
    """The owner's edit that shows it; what the test above looks for is then there."""
    text = (REPOSITORY / "refs.bib").read_text(encoding="utf-8")
    shown = re.sub(r"(?<=pubstate        = \{)inpreparation(?=\})", "prepublished", text)
    assert shown != text
    site = site_with({"refs.bib": shown})
    draft = SEED["draft"]
    (card,) = [card for card in site.cards("publications") if card.id == f"cite-{draft['key']}"]
    assert card.title == f"{draft['name']}: {draft['title']}"
    assert [name.rstrip("*") for name in card.authors] == draft["authors"]
    text = "".join(text for _, text in readable(site))
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
