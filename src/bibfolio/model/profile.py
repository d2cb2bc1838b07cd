"""The person whose site this is, as ``profile.toml`` describes them.

The names of the fields are the keys of the file: ``sources.profile_toml`` reads them from these
classes, so that a new field is a new key. An item needs the fields without a default; everything
else may be left out, also the whole profile. A :data:`Sentence` is written as inline Markdown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal

from bibfolio.model.dates import DateRange, PartialDate
from bibfolio.model.paper import Numbering, PaperKind
from bibfolio.model.people import Person
from bibfolio.model.sentence import Link, PaperName, Sentence


@dataclass(frozen=True, slots=True)
class Affiliation:
    """Where the person works, from the small unit to the large."""

    institution: str = ""
    department: str = ""
    #: Your group or lab; ``group_url`` is its home page.
    group: str = ""
    group_url: str = ""
    #: The institution's identifier at https://ror.org/.
    ror: str = ""


@dataclass(frozen=True, slots=True)
class Advisor:
    """Somebody who advises the person."""

    name: str
    url: str = ""
    #: What stands before the name: ``Prof.``.
    title: str = ""

    @property
    def full_name(self) -> str:
        """Return name and title: ``Prof. Jane Doe``."""
        return f"{self.title} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the person: the name of the network, and the address there."""

    name: str
    url: str
    #: What the person is called there.
    user: str = ""


def _at(network: str, url: str, form: str = r"[\w-]+") -> Any:
    """Return the field of an account at a *network*, where names have this *form*."""
    return field(default="", metadata={"at": (network, url, form)})


@dataclass(frozen=True, slots=True)
class Links:
    """Accounts elsewhere, by the names that the person has there."""

    website: str = ""
    github: str = _at("GitHub", "https://github.com/{}")
    gitlab: str = _at("GitLab", "https://gitlab.com/{}", r"[\w.-]+")
    scholar: str = _at("Google Scholar", "https://scholar.google.com/citations?user={}")
    orcid: str = _at("ORCID", "https://orcid.org/{}")
    semantic_scholar: str = _at("Semantic Scholar", "https://semanticscholar.org/author/{}", r"\d+")
    dblp: str = _at("DBLP", "https://dblp.org/pid/{}", r"[\w-]+(?:/[\w-]+)?")
    researchgate: str = _at("ResearchGate", "https://www.researchgate.net/profile/{}")
    #: A community; Zenodo has no pages of people.
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
        named = [
            Account(network, url.format(user), user)
            for key, (network, url, _form) in NETWORKS.items()
            if (user := getattr(self, key))
        ]
        return (*named, *self.other)

    @property
    def fediverse(self) -> str:
        """Return the account at Mastodon as other servers call it, ``@jane@example.org``; or ""."""
        found = re.fullmatch(r"https?://([^/@\s]+)/@([\w.-]+)(?:@([^/@\s]+))?/?", self.mastodon)
        return f"@{found[2]}@{found[3] or found[1]}" if found else ""


#: Key of ``[links]`` → the network, the address of an account there, the form of its name.
NETWORKS = {key.name: key.metadata["at"] for key in fields(Links) if key.metadata}


@dataclass(frozen=True, slots=True)
class Degree:
    """A completed or current course of study."""

    degree: str
    institution: str
    department: str = ""
    #: Without ``end``, the course of study goes on.
    start: PartialDate | None = None
    end: PartialDate | None = None
    #: The institution's identifier at https://ror.org/.
    ror: str = ""

    @property
    def study_and_area(self) -> tuple[str, str]:
        """Return the two parts of a degree such as ``B.S. in lines``."""
        study, _in, area = self.degree.partition(" in ")
        return study, area


@dataclass(frozen=True, slots=True)
class Position:
    """A job or internship, which goes on if it has no end."""

    role: str
    organization: str
    #: Without ``end``, the job goes on.
    start: PartialDate
    end: PartialDate | None = None
    advisors: tuple[Advisor, ...] = ()
    #: The organization's identifier at https://ror.org/.
    ror: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """A course that the person taught or assisted in."""

    course: str
    #: What you were: ``Lecturer``, ``Teaching assistant``.
    role: str
    #: As you call it: ``Fall 2025``.
    term: str
    institution: str = ""
    url: Link | None = None


@dataclass(frozen=True, slots=True)
class Award:
    """An honour."""

    title: str
    #: What lasts several years, such as a fellowship, may be one of ``[[positions]]``.
    year: int
    #: Who gave it.
    by: str = ""
    #: A rank or a remark, shown in brackets after the title.
    note: str = ""

    @property
    def date(self) -> DateRange:
        """Return the year."""
        year = PartialDate(self.year)
        return DateRange(year, year)


@dataclass(frozen=True, slots=True)
class News:
    """Something new that no paper and no other table says, or says as well."""

    date: DateRange
    text: Sentence
    #: Keys of the papers it is about. These then make no news of their own in the same quarter of
    #: the year.
    papers: tuple[PaperName, ...] = ()
    url: Link | None = None


TalkKind = Literal[
    "keynote", "invited", "conference", "seminar", "tutorial", "panel", "poster", "lecture"
]


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk, or a poster."""

    title: Sentence
    date: DateRange
    #: Conference, series or host.
    event: Sentence = ()
    place: Sentence = ()
    kind: TalkKind = "conference"
    #: Key of the paper it is about.
    paper: PaperName | None = None
    url: Link | None = None
    #: An address, or a file of the site. Without it: the file in ``files/slides/`` whose name is
    #: the title in small letters with hyphens.
    slides: str = ""
    video: str = ""
    #: A remark, shown in brackets.
    note: Sentence = ()

    @property
    def slug(self) -> str:
        """Return the title as the name of a file: ``on-waiting-in-line``."""
        words = "".join(phrase.text for phrase in self.title).casefold()
        return "-".join(re.findall(r"\w+", words))


ServiceKind = Literal["committee", "reviewing", "editorial", "organizing", "outreach", "department"]


@dataclass(frozen=True, slots=True)
class Service:
    """A service to the field, the department or the public."""

    role: Sentence
    organization: Sentence
    url: Link | None = None
    date: DateRange | None = None
    kind: ServiceKind = "committee"


@dataclass(frozen=True, slots=True)
class Mentoring:
    """A student, or somebody else whom the person advises."""

    name: str
    url: str = ""
    #: Degree or stage: ``M.Sc.``.
    level: Sentence = ()
    topic: Sentence = ()
    date: DateRange | None = None
    #: Who else advises the person.
    with_: Sentence = ()
    #: Where the person is today.
    now: Sentence = ()


@dataclass(frozen=True, slots=True)
class Grant:
    """A grant for research."""

    title: Sentence
    funder: Sentence
    number: str = ""
    #: With its currency, as pages are to show it.
    amount: Sentence = ()
    role: Sentence = ()
    date: DateRange | None = None
    url: Link | None = None
    #: Keys of the papers that it paid for. Entries may name its number in ``grants`` instead.
    papers: tuple[PaperName, ...] = ()
    #: The funder's identifier at https://ror.org/.
    ror: str = ""


@dataclass(frozen=True, slots=True)
class Software:
    """A program, a library or a data set that others can use."""

    name: str
    text: Sentence = ()
    url: Link | None = None
    #: Address of the source code.
    code: str = ""
    #: Keys of the papers that describe it.
    papers: tuple[PaperName, ...] = ()
    #: Its SPDX identifier: ``MIT``.
    license: str = ""
    #: When it appeared, or from when to when somebody maintained it.
    date: DateRange | None = None


@dataclass(frozen=True, slots=True)
class SectionItem:
    """A line of a section of the owner's own."""

    text: Sentence
    date: DateRange | None = None
    detail: Sentence = ()
    url: Link | None = None


@dataclass(frozen=True, slots=True)
class OwnSection:
    """A section of the owner's own: languages, patents, press, memberships."""

    title: str
    #: The name of the section for ``{section}`` and ``[cv] sections``. Search engines read
    #: the ids ``languages`` and ``memberships``; ``cv.json`` has a place for ``languages``.
    id: str
    items: tuple[SectionItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of papers, and the keywords by which entries have it, beside its name."""

    name: str
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CvOptions:
    """What a CV holds."""

    #: The sections of the CV, in this order: those that ``headings`` names, and your own by their
    #: ``id``. A section with nothing in it has no heading. Without this key: all but
    #: ``news``, and then your own.
    sections: tuple[str, ...] | None = None
    #: Which papers the CV lists: ``all``, ``selected``, or those that match a filter as in
    #: ``{publications}``. Without it: all.
    papers: str = ""
    #: A year. The CV leaves out older papers and older items with a date, but no education and no
    #: positions.
    since: int | None = None
    #: How many papers at most; the newest stay.
    limit: int | None = None
    #: Which kinds of papers come first, in this order. The others follow.
    kinds: tuple[PaperKind, ...] = ()
    #: Your own headings for sections: ``{talks = "Lectures"}``.
    headings: dict[str, str] = field(default_factory=dict)
    #: Whether papers have numbers that count down to 1. With ``kind``, each kind has its own
    #: numbers, with a letter: J12, C34.
    numbered: Numbering | None = None
    #: The title of the PDF and the text, in place of *Curriculum vitae*.
    title: str = ""
    #: How many pages the PDF may have; if it has more, you get a warning.
    pages: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CvVariant(CvOptions):
    """A further CV: what it does not say of itself is as in ``[cv]``."""

    #: The name for its files: ``cv-ID.pdf``, ``cv-ID.txt`` and ``cv-ID.json``.
    id: str
    #: Whether it is in the site, as it is without this key. If not, ``bibfolio build`` writes it to
    #: ``_build/cv/``.
    public: bool = True


@dataclass(frozen=True, slots=True)
class Cv(CvOptions):
    """What the CV holds: ``{cv}`` on its page, ``cv.pdf``, ``cv.txt`` and ``cv.json``."""

    #: Further CVs. Each has an ``id``, and takes the keys that it does not set from ``[cv]``.
    variants: tuple[CvVariant, ...] = ()

    @property
    def by_path(self) -> dict[tuple[str | int, ...], CvOptions]:
        """Return where each CV stands in the profile, and what it says of itself there."""
        found: dict[tuple[str | int, ...], CvOptions] = {("cv",): self}
        found |= {("cv", "variants", place): one for place, one in enumerate(self.variants)}
        return found

    def completed(self, variant: CvVariant) -> CvOptions:
        """Return what a variant holds, with what this CV says where that says nothing."""
        names = [option.name for option in fields(CvOptions) if option.name != "headings"]
        unsaid = [name for name in names if getattr(variant, name) in {None, "", ()}]
        taken = {name: getattr(self, name) for name in unsaid}
        return replace(variant, **taken, headings=self.headings | variant.headings)


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything that ``profile.toml`` may hold."""

    #: Your name, as author lists have it.
    name: str = ""
    affiliation: Affiliation = Affiliation()
    #: What you are: ``Professor of history``.
    position: str = ""
    #: Write it so that spammers do not find it, as pages show it: ``jane (at) example (dot) org``.
    email: str = ""
    #: Where you work: ``Oslo, Norway``.
    location: str = ""
    #: Path of the picture from the folder of ``conf.py``. Without it, pages show the mark of the
    #: site, or your initials.
    portrait: str = ""
    #: Subjects, for ``{profile} interests``.
    interests: tuple[str, ...] = ()
    #: What you work on at present; *Current focus* after the interests.
    focus: str = ""
    #: Which keywords are topics, in this order. Without it: all, if there are at most 12.
    topics: tuple[Topic, ...] | None = None
    #: Other spellings of the name in author lists.
    name_variants: tuple[str, ...] = ()
    advisor: Advisor | None = None
    links: Links = field(default_factory=Links)
    education: tuple[Degree, ...] = ()
    positions: tuple[Position, ...] = ()
    teaching: tuple[Course, ...] = ()
    awards: tuple[Award, ...] = ()
    news: tuple[News, ...] = ()
    talks: tuple[Talk, ...] = ()
    service: tuple[Service, ...] = ()
    mentoring: tuple[Mentoring, ...] = ()
    grants: tuple[Grant, ...] = ()
    software: tuple[Software, ...] = ()
    sections: tuple[OwnSection, ...] = ()
    #: By name: ``[people."Jane Doe"]``.
    people: dict[str, Person] = field(default_factory=dict)
    cv: Cv = field(default_factory=Cv)

    @property
    def names(self) -> frozenset[str]:
        """Return every spelling by which author lists may call the person."""
        return frozenset(filter(None, (self.name, *self.name_variants)))

    @property
    def acquaintances(self) -> tuple[Person, ...]:
        """Return the people, and the advisors and students whose addresses are known."""
        advisors = [advisor for job in self.positions for advisor in job.advisors]
        advisors += [self.advisor] if self.advisor else []
        named: list[Advisor | Mentoring] = [*advisors, *self.mentoring]
        found = {person.name: Person(person.name, person.url) for person in named if person.url}
        return tuple({**found, **self.people}.values())
