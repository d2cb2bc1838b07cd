"""Other people than the owner."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bibfolio.model.dates import PartialDate
from bibfolio.model.phrase import Sentence
from bibfolio.model.scripts import is_east_asian
from bibfolio.model.strings import RESERVED_NAME, without_accents

#: Group of a person → its heading, in English; that of another group is its name.
GROUPS = {"current": "Members", "alumni": "Alumni"}
#: The folder of people's pages, and of the owner's own words on them.
PEOPLE = "people"
#: A longer name is cut off in the address of a page.
_LONGEST_SLUG = 80


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works with the owner, as ``[people."NAME"]`` in the profile says."""

    name: str
    url: str = ""
    #: The number alone: ``0000-0002-1825-0097``.
    orcid: str = ""
    #: The name in its own script.
    native: str = ""
    #: Other spellings of the name in author lists.
    aliases: tuple[str, ...] = ()
    #: ``current`` for members of your group, ``alumni`` for those who have left, or any other
    #: heading.
    group: str = ""
    #: What the person is or was: ``Ph.D. student``.
    role: str = ""
    #: Path of the picture from the folder of ``conf.py``. Without it, pages show initials.
    picture: str = ""
    #: Where the person works. ``bibfolio coauthors`` prints it in its list.
    affiliation: str = ""
    #: When the person began to work with you; ``end`` says until when.
    start: PartialDate | None = None
    end: PartialDate | None = None
    #: Where the person is today.
    now: Sentence = ()
    #: Whether the site has a page about the person. A file ``people/samuel-sample.md`` has the same
    #: effect.
    page: bool = False

    @property
    def orcid_url(self) -> str:
        """Return the address of the ORCID iD."""
        return f"https://orcid.org/{self.orcid}" if self.orcid else ""

    @property
    def best_url(self) -> str:
        """Return the address of the person: the home page, or else the record at ORCID."""
        return self.url or self.orcid_url

    @property
    def slug(self) -> str:
        """Return the name as it is part of an address: ``jane-doe``; "" if it has no letters."""
        words = re.findall(r"[^\W_]+", without_accents(self.name).casefold())
        slug = "-".join(words)[:_LONGEST_SLUG].rstrip("-")
        return f"person-{slug}" if RESERVED_NAME.fullmatch(slug) else slug

    @property
    def docname(self) -> str:
        """Return the page about the person; "" if there is none."""
        return f"{PEOPLE}/{self.slug}" if self.page and self.slug else ""

    def is_named_in(self, text: str) -> bool:
        """Return whether a *text* has the name, in one of its spellings."""
        names = filter(None, (self.name, self.native, *self.aliases))
        # Between Han, kana and Hangul there are no spaces.
        return any(
            name in text
            if is_east_asian(name)
            else re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
            for name in names
        )


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of a name, for a monogram."""
    words = name.split()
    return "".join(word[0] for word in dict.fromkeys(words[:1] + words[-1:])).upper()
