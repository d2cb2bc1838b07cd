"""The person whose site this is, as ``profile.toml`` describes them.

The field names are the keys of the file; ``sources.profile_toml`` reads them off these classes,
so a new field here is a new key there and nothing else needs to change. A field without a default
is what makes its table an item at all; everything else may be left out, also the whole profile.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from bibfolio.model.dates import PartialDate

CvSection = Literal["interests", "education", "positions", "publications", "teaching", "awards"]


@dataclass(frozen=True, slots=True)
class Affiliation:
    """Where the person works, from the small unit to the large."""

    institution: str = ""
    department: str = ""
    group: str = ""
    group_url: str = ""


@dataclass(frozen=True, slots=True)
class Advisor:
    """Somebody who advises the person, with their own home page."""

    name: str
    url: str = ""
    title: str = ""

    @property
    def full_name(self) -> str:
        """Return name and title: ``Prof. Jane Doe``."""
        return f"{self.title} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class Account:
    """An account elsewhere: whose it is, its identifier there and its address."""

    network: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Links:
    """Accounts elsewhere, as identifiers; :attr:`urls` knows the addresses."""

    website: str = ""
    github: str = ""
    scholar: str = ""
    orcid: str = ""
    dblp: str = ""
    linkedin: str = ""
    mastodon: str = ""

    @property
    def accounts(self) -> tuple[Account, ...]:
        """Return the accounts that are set, in the order in which they are shown."""
        patterns = [
            ("GitHub", "https://github.com/{}", self.github),
            ("Google Scholar", "https://scholar.google.com/citations?user={}", self.scholar),
            ("ORCID", "https://orcid.org/{}", self.orcid),
            ("DBLP", "https://dblp.org/pid/{}", self.dblp),
            ("LinkedIn", "https://www.linkedin.com/in/{}", self.linkedin),
            ("Mastodon", "{}", self.mastodon),
        ]
        return tuple(Account(n, value, url.format(value)) for n, url, value in patterns if value)

    @property
    def urls(self) -> dict[str, str]:
        """Return a mapping from label to address of those that are set."""
        return {account.network: account.url for account in self.accounts}


@dataclass(frozen=True, slots=True)
class Degree:
    """A completed or current course of study."""

    degree: str
    institution: str
    department: str = ""
    start: PartialDate | None = None
    end: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """A job or internship; without an end it is current."""

    role: str
    organization: str
    start: PartialDate
    end: PartialDate | None = None
    advisors: tuple[Advisor, ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """A course the person taught or assisted in."""

    course: str
    role: str
    term: str
    institution: str = ""


@dataclass(frozen=True, slots=True)
class Award:
    """An honour."""

    title: str
    year: int
    #: Who gave it.
    by: str = ""
    #: What to know about it, in brackets behind the title: a rank, a remark.
    note: str = ""


@dataclass(frozen=True, slots=True)
class Headings:
    """What stands above the sections of the CV; without other words, in the project's language."""

    interests: str = "Research interests"
    education: str = "Education"
    positions: str = "Experience"
    publications: str = "Publications"
    teaching: str = "Teaching"
    awards: str = "Honors and awards"


@dataclass(frozen=True, slots=True)
class CvOptions:
    """What the CV holds: ``{cv}`` on its page, ``cv.pdf``, ``cv.txt`` and ``cv.json``."""

    #: In this order; what is not known leaves no heading.
    sections: tuple[CvSection, ...] = get_args(CvSection)
    #: The full or a short variant: which papers stand in it.
    papers: Literal["all", "selected"] = "all"
    #: Other words for the headings.
    headings: Headings = field(default_factory=Headings)


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything ``profile.toml`` may hold; without any value, nobody is known."""

    name: str = ""
    affiliation: Affiliation = Affiliation()
    position: str = ""
    #: In a spelling that harvesters do not read: ``jane (at) example (dot) org``.
    email: str = ""
    location: str = ""
    #: Picture below the site's root; without one a monogram is drawn.
    portrait: str = ""
    interests: tuple[str, ...] = ()
    focus: str = ""
    #: Other spellings of the name in author lists.
    name_variants: tuple[str, ...] = ()
    advisor: Advisor | None = None
    links: Links = field(default_factory=Links)
    education: tuple[Degree, ...] = ()
    positions: tuple[Position, ...] = ()
    teaching: tuple[Course, ...] = ()
    awards: tuple[Award, ...] = ()
    cv: CvOptions = field(default_factory=CvOptions)

    @property
    def names(self) -> frozenset[str]:
        """Return every spelling by which author lists may call the person."""
        return frozenset(filter(None, (self.name, *self.name_variants)))

    @property
    def initials(self) -> str:
        """Return the letters of the monogram: the first of the first and of the last name."""
        words = self.name.split()
        return "".join(word[0] for word in dict.fromkeys(words[:1] + words[-1:])).upper()
