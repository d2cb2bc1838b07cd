"""Other people than the owner."""

from __future__ import annotations

from dataclasses import dataclass

#: Group of a person → its heading, in English; that of another group is its name.
GROUPS = {"current": "Members", "alumni": "Alumni"}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works with the owner, as ``[people."NAME"]`` in the profile says."""

    name: str
    url: str = ""
    orcid: str = ""
    #: The name in its own script.
    native: str = ""
    #: Other spellings of the name in author lists.
    aliases: tuple[str, ...] = ()
    #: Of a lab: ``current`` for who is in it, ``alumni`` for who has left, or any other heading.
    group: str = ""
    role: str = ""
    #: Picture below the site's root; without one a monogram is drawn.
    picture: str = ""
    #: Where the person works, for the list of co-authors that `bibfolio coauthors` makes.
    affiliation: str = ""

    @property
    def orcid_url(self) -> str:
        """Return the address of the ORCID iD."""
        return f"https://orcid.org/{self.orcid}" if self.orcid else ""

    @property
    def best_url(self) -> str:
        """Return the address of the person: the home page, or else the record at ORCID."""
        return self.url or self.orcid_url


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of a name, for a monogram."""
    words = name.split()
    return "".join(word[0] for word in dict.fromkeys(words[:1] + words[-1:])).upper()
