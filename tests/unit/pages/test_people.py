"""People: where their names lead, on the page of a paper and in the list of a group."""

from __future__ import annotations

from docutils import nodes

from bibfolio.model import Author
from bibfolio.model.people import Person
from bibfolio.pages import cards
from bibfolio.pages.coauthors import coauthors
from bibfolio.pages.tables import people

from ..made import paper, text_of

POE = Person("Edgar Poe", "https://poe.example/", "0000", native="爱伦坡", role="guest")
ROE = Person("Rita Roe", orcid="0001", picture="_static/rita.png")
UNKNOWN = Person("Zoe Zed")
AUTHORS = (
    Author("Doe", "Jane", is_owner=True, person=POE),
    Author("Poe", "E.", person=POE),
    Author("Roe", "Rita", person=ROE),
    Author("Zed", "Zoe", person=UNKNOWN),
    Author("Ek", "Bo"),
)


def links(found) -> list[tuple[str, str]]:
    return [(n.astext(), n["refuri"]) for part in found for n in part.findall(nodes.reference)]


def test_authors_of_whom_a_page_is_known_are_links_that_say_whose_it_is():
    found = cards.authors(paper(authors=AUTHORS), is_linked=True)
    assert text_of(found) == "Jane Doe, E. Poe, Rita Roe, Zoe Zed, Bo Ek"
    references = [n for part in found for n in part.findall(nodes.reference)]
    assert [(n.astext(), n["refuri"], n["rel"], n["reftitle"]) for n in references] == [
        ("E. Poe", "https://poe.example/", "author", "Home page of Edgar Poe"),
        ("Rita Roe", "https://orcid.org/0001", "author", "ORCID record of Rita Roe"),
    ]


def test_lists_of_papers_link_nobody():
    assert links(cards.authors(paper(authors=AUTHORS))) == []


def test_a_person_counts_once_however_the_name_is_spelt():
    papers = [
        paper("a", "2024", authors=(Author("Poe", "E.", person=POE), Author("Ek", "B."))),
        paper("b", "2023", authors=(Author("Poe", "Edgar Allan", person=POE), Author("Ek", "Bo"))),
    ]
    found = coauthors(papers, {})
    assert found[1].astext() == "Edgar Poe, 2 papers, 2023–2024"
    assert "https" not in str(found)


def test_a_group_lists_names_that_lead_to_people_and_says_their_roles():
    found = people([POE, ROE, UNKNOWN])
    items = [item.astext() for item in found[0].findall(nodes.list_item)]
    assert items == ["Edgar Poe 爱伦坡, guest", "Rita Roe", "Zoe Zed"]
    assert links(found) == [
        ("Edgar Poe", "https://poe.example/"),
        ("Rita Roe", "https://orcid.org/0001"),
    ]
    assert not [*found[0].findall(nodes.image)]
    assert people([]) == []


def test_with_pictures_who_has_none_has_a_monogram():
    found = people([POE, ROE], with_pictures=True)
    first, second = found[0].findall(nodes.list_item)
    assert [part.astext() for part in first.children] == ["EP", "Edgar Poe 爱伦坡\n\nguest"]
    image = second[0]
    assert (image["uri"], image["alt"]) == ("/_static/rita.png", "Portrait of Rita Roe")


def test_beside_a_person_are_the_newest_papers_of_that_person_and_how_many_more():
    by_poe = [paper(key, authors=AUTHORS[:2], title=key.title()) for key in ("new", "mid", "old")]
    papers = [*by_poe, paper("other", title="Other", authors=AUTHORS[2:])]
    for with_pictures in (False, True):
        (found,) = people([POE, UNKNOWN], papers, with_pictures=with_pictures)
        parts = found.findall(nodes.Element)
        beside = [part.astext() for part in parts if "profile-evidence" in part["classes"]]
        assert beside == ["New, Mid, 1 more", "Other"]
