"""The person whose site this is, as ``profile.toml`` describes them.

The field names are the keys of the file; ``sources.profile_toml`` reads them off these classes,
so a new field here is a new key there and nothing else needs to change. A field without a default
is what makes its table an item at all; everything else may be left out, also the whole profile.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, Literal, get_args

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
    """An account elsewhere: the name of the network, and the person's address there."""

    name: str
    url: str
    #: What the person is called there.
    user: str = ""


def _at(network: str, url: str, form: str = r"[\w-]+") -> Any:
    """Return a key for the account at a *network*: its name there has this *form*."""
    return field(default="", metadata={"at": (network, url, form)})


@dataclass(frozen=True, slots=True)
class Links:
    """Accounts elsewhere, as identifiers; :attr:`accounts` knows the addresses."""

    website: str = ""
    github: str = _at("GitHub", "https://github.com/{}")
    gitlab: str = _at("GitLab", "https://gitlab.com/{}", r"[\w.-]+")
    scholar: str = _at("Google Scholar", "https://scholar.google.com/citations?user={}")
    orcid: str = _at("ORCID", "https://orcid.org/{}")
    semantic_scholar: str = _at("Semantic Scholar", "https://semanticscholar.org/author/{}", r"\d+")
    dblp: str = _at("DBLP", "https://dblp.org/pid/{}", r"[\w-]+(?:/[\w-]+)?")
    researchgate: str = _at("ResearchGate", "https://www.researchgate.net/profile/{}")
    #: A community there, as people have no pages.
    zenodo: str = _at("Zenodo", "https://zenodo.org/communities/{}")
    linkedin: str = _at("LinkedIn", "https://www.linkedin.com/in/{}")
    bluesky: str = _at("Bluesky", "https://bsky.app/profile/{}", r"[\w-]+(?:\.[\w-]+)+")
    mastodon: str = _at("Mastodon", "{}")
    x: str = _at("X", "https://x.com/{}")
    youtube: str = _at("YouTube", "https://www.youtube.com/@{}", r"[\w.-]+")
    #: Accounts on any other network.
    other: tuple[Account, ...] = ()

    @property
    def accounts(self) -> tuple[Account, ...]:
        """Return the accounts that are set, in the order in which they are shown."""
        known = [
            Account(network, url.format(user), user)
            for key, (network, url, _form) in NETWORKS.items()
            if (user := getattr(self, key))
        ]
        return (*known, *self.other)


#: Key of ``[links]`` → the network, the address of an account there, the form of its name.
NETWORKS = {key.name: key.metadata["at"] for key in fields(Links) if key.metadata}


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
