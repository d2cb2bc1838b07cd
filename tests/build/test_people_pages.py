"""A page about a person: only for whom it is asked, complete, and gone with what asked for it."""

import pytest

from tests.building import ROOTS
from tests.reading import json_ld

PROFILE = (ROOTS / "citing" / "profile.toml").read_text(encoding="utf-8")
PEOPLE = """
[people."Edgar Poe"]
page  = true
orcid = "0000-0002-1825-0097"
url   = "https://poe.example.org/"
role  = "postdoc"
group = "current"
start = "2022-04"
now   = "writer at [Raven](https://raven.example.org/)"

[people."Zoë Müller"]
group = "current"

[people."Ann Roe"]
group = "current"

[[talks]]
title = "Waiting with Edgar Poe"
date  = "2024-05"

[[software]]
name = "ravens"
text = "counts them, by A. Poe"
"""
TEXT = """---
orphan: true
myst:
  html_meta:
    description: Zoë Müller waits.
---

# Dr. Zoë Müller

Zoë thinks of {cite:t}`doe2021cache`.

## Remarks

Few.
"""
FILES = {
    "profile.toml": PROFILE + PEOPLE,
    "people.md": "---\norphan: true\n---\n\n# People\n\n```{people}\n```\n",
    "people/zoe-muller.md": TEXT,
    "people/else.md": "---\norphan: true\n---\n\n# A page of its own\n",
}


@pytest.fixture(scope="module")
def group(build_once):
    return build_once("citing", FILES, warnings=True)


def pages(built) -> set[str]:
    return {path.parent.name for path in (built.out / "people").glob("*/index.html")}


def test_only_those_have_a_page_for_whom_it_is_asked(group):
    assert group.warnings == []
    assert pages(group) == {"edgar-poe", "zoe-muller", "else"}
    assert [a.get_text() for a in group.main("people").select("strong a")] == [
        "Edgar Poe",
        "Zoë Müller",
    ]
    links = {a.get_text(): a["href"] for a in group.main("papers/poe2023queue").select("bdi a")}
    assert links == {
        "Edgar Poe": "../../people/edgar-poe/",
        "Zoë Müller": "../../people/zoe-muller/",
    }


def test_the_page_says_who_it_is_and_what_names_the_person(group):
    page = group.main("people/edgar-poe")
    assert page.h1.get_text().startswith("Edgar Poe")
    details = [part.get_text() for part in page.select(".profile-details > p")]
    assert details == ["Edgar Poe", "Postdoc", "since Apr 2022", "now writer at Raven"]
    links = [a["href"] for a in page.select(".profile-details .profile-links a")]
    assert links == ["https://poe.example.org/", "https://orcid.org/0000-0002-1825-0097"]
    assert page.select('[rel="me"]') == []
    assert [h.get_text() for h in page.select("h3")] == [
        "Queue: Waiting in C++",
        "Caches that Remember",
    ]
    headings = [heading.get_text().rstrip("¶#") for heading in page.select("h2")]
    assert headings == ["Publications", "Talks"]
    head = json_ld(str(group.soup("people/edgar-poe")))
    about = head["ProfilePage"]["mainEntity"]
    assert (about["@type"], about["@id"], about["jobTitle"]) == ("Person", links[1], "postdoc")
    crumbs = [crumb["name"] for crumb in head["BreadcrumbList"]["itemListElement"]]
    assert crumbs == ["Jane Doe", "People", "Edgar Poe"]


def test_what_the_owner_writes_is_on_the_page_and_cites(group):
    page = group.main("people/zoe-muller")
    assert [heading.name for heading in page.select("h1, h2")] == ["h1", "h2", "h2"]
    assert "orphan" not in page.get_text() and "Dr." not in page.get_text()
    assert page.find("p", string="Few.")
    meta = group.soup("people/zoe-muller").find("meta", attrs={"name": "description"})
    assert meta["content"] == "Zoë Müller waits."
    cited = [link for _title, link in group.paper("doe2021cache").places]
    assert any(link.startswith("../../people/zoe-muller/#") for link in cited)
    assert "Remarks" in group.text("people/zoe-muller.md")


def test_pages_follow_their_text_and_go_with_what_asked_for_them(build):
    built = build("citing", FILES)
    built.write("people/zoe-muller.md", TEXT.replace("Few.", "Many."))
    again = built.rebuild()
    assert (again.read, "Many." in again.text("people/zoe-muller.md")) == (
        {"people/zoe-muller"},
        True,
    )
    built.delete("people/zoe-muller.md")
    built.write("profile.toml", (PROFILE + PEOPLE).replace("page  = true\n", ""))
    last = built.rebuild()
    assert pages(last) == {"else"}
    assert not [name for name in last.files if "edgar-poe" in name or "zoe-muller" in name]
    assert last.files == last.build_clean().files
    links = {a.get_text(): a["href"] for a in last.main("papers/poe2023queue").select("bdi a")}
    assert links == {"Edgar Poe": "https://poe.example.org/"}


def test_in_a_book_a_name_leads_to_the_site_or_to_where_the_person_is_found(build):
    files = FILES | {"index.md": "# Book\n\n```{toctree}\npeople\n```\n"}
    built = build("citing", files, builder="singlehtml", warnings=True)
    (link,) = built.soup("index").find_all("a", string="Edgar Poe")
    assert link["href"] == "https://jane.example.org/people/edgar-poe/"
    files["profile.toml"] = files["profile.toml"].replace("website", "# website")
    built = build("citing", files, builder="latex", warnings=True)
    (text,) = (path.read_text("utf-8") for path in built.out.glob("*.tex"))
    assert "https://poe.example.org/" in text


def test_any_name_is_a_page_of_its_own_or_none(build):
    people = ['"../x"', '"<b>b</b>"', '"index"', '"con"', '"..."', '"X"', '"Zoe Clash"']
    files = {
        "profile.toml": PROFILE + "".join(f"[people.{name}]\npage = true\n" for name in people),
        "people/zoe-clash/index.md": "---\norphan: true\n---\n\n# Mine\n",
        "people/letter.person": "mine",
    }
    built = build("citing", files, warnings=["profile_person"] * 3)
    assert pages(built) == {"x", "b-b-b", "person-index", "person-con", "zoe-clash"}
    assert built.main("people/b-b-b").h1.b is None
    assert built.main("people/zoe-clash").h1.get_text().startswith("Mine")
    assert (built.src / "people/letter.person").read_text() == "mine"
