"""The members of a group, and who has left it, as lists of names. Pure: people in, nodes out."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from bibfolio.model.people import Person
from bibfolio.model.sentence import Entry, Phrase, after
from bibfolio.pages.entries import timeline
from bibfolio.pages.profile_sections import portrait


def people(persons: Sequence[Person], *, with_pictures: bool = False) -> list[nodes.Node]:
    """Return a list with the name of each, linked to where they are found, and their role."""
    found = timeline(map(_line, persons), {})
    items = [item for part in found for item in part.findall(nodes.list_item)]
    for person, item in zip(persons, items if with_pictures else (), strict=False):
        item["classes"].append("profile-card")
        item.insert(0, portrait(person.name, person.picture, "80px"))
    return found


def _line(person: Person) -> Entry:
    """Return ``Jane Doe 某甲, postdoc``."""
    native = (Phrase(f" {person.native}"),) if person.native else ()
    return Entry("", (Phrase(person.name, person.best_url),), native + after(person.role))
