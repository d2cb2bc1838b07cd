"""A page about a person, from the model alone."""

from __future__ import annotations

from docutils import nodes

from bibfolio.model import Author, Person, Profile
from bibfolio.model.dates import DateRange
from bibfolio.model.profile import Software, Talk
from bibfolio.model.sentence import plain
from bibfolio.pages.person_page import description, named_in, page

from ..made import paper

MO = Person("Mo Moe", role="postdoc", aliases=("M. Moe",), page=True)


def test_a_long_list_of_authors_names_whom_the_page_is_about():
    others = [Author(f"A{number}") for number in range(20)]
    authors = (*others[:10], Author("Moe", "M.", person=MO), *others[10:])
    shown = page(MO, [paper("a", title="A", authors=authors)], {})
    (words,) = (node for node in shown.findall(nodes.paragraph) if "A19" in node.astext())
    assert words.astext() == "A0, A1, A2, 7 more, M. Moe, 9 more, A19"


def test_what_names_the_person_is_there_newest_first_and_nothing_else():
    talks = [
        Talk(plain(title), DateRange.parse(year))
        for title, year in {"With M. Moe": "2022", "Moe": "2023", "On Mo Moe": "2024"}.items()
    ]
    software = (Software("x", plain("by Mo Moe")), Software("y"))
    found = named_in(MO, Profile(talks=tuple(talks), software=software))
    assert [entry.text for entry in found["talks"]] == ["On Mo Moe", "With M. Moe"]
    assert [entry.text for entry in found["software"]] == ["x: by Mo Moe"]
    headings = [node[0].astext() for node in page(MO, [], found).findall(nodes.section)]
    assert headings == ["Mo Moe", "Talks", "Software"]
    assert description(MO) == "Mo Moe, postdoc."


def test_a_title_that_has_the_name_is_left_out_and_parts_have_identifiers_of_their_own():
    title = nodes.section("", nodes.title("", "About Mo Moe"), nodes.paragraph("", "x"))
    title["ids"] = ["mo-moe"]
    shown = page(MO, [], {}, [title])
    assert [part.astext() for part in shown.children[:2]] == ["Mo Moe", "x"]
    assert shown["ids"] == ["person-mo-moe"]
    other = nodes.section("", nodes.title("", "Work"), ids=["work"])
    assert page(MO, [], {}, [other]).children[-1] is other
    assert page(Person("Talks", page=True), [], {"talks": []})["ids"] == ["person-talks"]
