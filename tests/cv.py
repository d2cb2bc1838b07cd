"""How the forms of the CV are read: by pypdf, by the schema of JSON Resume, and as plain words."""

from __future__ import annotations

import calendar
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from jsonschema import Draft7Validator, FormatChecker
from pypdf import PdfReader

from bibfolio.model import KINDS, Paper, PartialDate, Profile
from bibfolio.model.dates import DateRange
from bibfolio.model.profile import Talk
from bibfolio.model.sentence import Link, Phrase, Sentence
from tests.output import Output, text_of

_SCHEMA = Path(__file__).parent / "schemas" / "jsonresume.json"
FILES = ["cv.json", "cv.pdf", "cv.txt"]


def resume_problems(resume: dict[str, Any]) -> list[str]:
    """What JSON Resume does not allow in *resume*, each with its place."""
    schema = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    errors = Draft7Validator(schema, format_checker=FormatChecker()).iter_errors(resume)
    return sorted(f"{'.'.join(map(str, error.path))}: {error.message}" for error in errors)


def squeezed(text: str) -> str:
    """*text* without white space: lines of a PDF end anywhere, also within a hyphenated word."""
    return re.sub(r"\s+", "", text)


@dataclass
class Pdf:
    """A PDF as pypdf reads it."""

    data: bytes

    @cached_property
    def reader(self) -> PdfReader:
        return PdfReader(io.BytesIO(self.data), strict=True)

    @property
    def root(self) -> Any:
        return self.reader.trailer["/Root"]

    @cached_property
    def text(self) -> str:
        return "\n".join(page.extract_text() for page in self.reader.pages)

    @cached_property
    def links(self) -> list[str]:
        """Addresses in the order of the pages; a link of two lines counts once."""
        found: list[str] = []
        for page in self.reader.pages:
            for reference in page.get("/Annots", ()):
                annotation = reference.get_object()
                assert annotation["/Subtype"] == "/Link"
                assert annotation["/Contents"], "what a screen reader says of it"
                if "/A" in annotation:
                    found.append(annotation["/A"]["/URI"])
        return list(dict.fromkeys(found))

    @property
    def outline(self) -> list[Any]:
        """Titles of the bookmarks, those of a level below in a list behind their parent."""

        def titles(items: list[Any]) -> list[Any]:
            return [titles(item) if isinstance(item, list) else item.title for item in items]

        return titles(self.reader.outline)

    @property
    def headings(self) -> list[str]:
        """Titles of the sections."""
        return [title for title in self.outline if isinstance(title, str)]

    @property
    def fonts(self) -> dict[str, bool]:
        """Name of every font, and whether it is embedded."""
        found = {}
        for page in self.reader.pages:
            for reference in page["/Resources"].get("/Font", {}).values():
                font = reference.get_object()
                (inner,) = (item.get_object() for item in font["/DescendantFonts"])
                descriptor = inner["/FontDescriptor"]
                embedded = any(f"/FontFile{n}" in descriptor for n in ("", "2", "3"))
                found[str(font["/BaseFont"])] = embedded
        return found

    @cached_property
    def tags(self) -> list[str]:
        """The structure elements, from the first to the last."""

        def walk(node: Any) -> Iterator[str]:
            node = node.get_object() if hasattr(node, "get_object") else node
            if isinstance(node, list):
                for kid in node:
                    yield from walk(kid)
            elif isinstance(node, dict):
                if "/S" in node:
                    yield str(node["/S"]).removeprefix("/")
                yield from walk(node.get("/K", []))

        return list(walk(self.root["/StructTreeRoot"]))


_pdf = cache(Pdf)


# -- what the forms say --------------------------------------------------------------------------


def plain(text: str) -> str:
    """Without spaces and capitals; scripts of formulas, which MathML has by tags, as letters."""
    return unicodedata.normalize("NFKC", squeezed(text)).casefold().replace("\u2061", "")


def values(thing: Any) -> list[str]:
    """Every text in a JSON document, in order."""
    if isinstance(thing, dict | list):
        inner = thing.values() if isinstance(thing, dict) else thing
        return [text for part in inner for text in values(part)]
    return [str(thing)]


def forms(built: Output, name: str = "cv") -> dict[str, str]:
    """Form → all that it says; of the page, without the buttons that it has alone.

    The page of a variant is to be called as its files are.
    """
    page = built.main(name)
    for button in page.select(".headerlink, .paper-card-links"):
        button.decompose()
    return {
        "page": text_of(page),
        "pdf": _pdf((built.out / f"{name}.pdf").read_bytes()).text,
        "txt": built.text(f"{name}.txt"),
        "json": "\n".join(values(json.loads(built.text(f"{name}.json")))),
    }


def numbers(built: Output, *titles: str, name: str = "cv") -> list[str]:
    """The numbers of papers, with letters, of which all forms have to be of one mind."""
    said = {**forms(built, name), "twin": re.sub(r"[\\[]", "", built.text(f"{name}.md"))}
    papers = json.loads(built.text(f"{name}.json"))["publications"]
    found = {"json": [paper["number"] for paper in papers if paper["name"] in titles]}
    for form in said.keys() - found:
        places = (rf"([A-Z]\d+)\.{re.escape(squeezed(title))}" for title in titles)
        found[form] = [
            number for place in places for number in re.findall(place, squeezed(said[form]))
        ]
    assert len({*map(tuple, found.values())}) == 1, found
    return found["json"]


def addresses(built: Output, name: str = "cv") -> dict[str, list[str]]:
    """Form → every address to which it leads, as those who have the form alone can follow it."""
    canonical = str(built.soup(name).select_one("link[rel=canonical]")["href"])  # type: ignore[index]
    links = [urljoin(canonical, str(a["href"])) for a in built.main(name).select("a[href]")]
    texts = {form: built.text(f"{name}.{form}") for form in ("txt", "json")}
    return {
        "page": links,
        "pdf": _pdf((built.out / f"{name}.pdf").read_bytes()).links,
        **{form: re.findall(r"https?://[^\s\",]+", text) for form, text in texts.items()},
    }


# -- what they have to say -----------------------------------------------------------------------


@dataclass(frozen=True)
class Item:
    """A line of the CV: what it starts with, and everything else that it says."""

    key: str
    facts: Iterable[str] = ()
    #: Times in words, and as machines have them.
    when: tuple[str, ...] = ()
    iso: tuple[str, ...] = ()
    links: Iterable[str] = ()
    #: What is said once, unless it is said for several reasons.
    once: str = ""


#: What stands in a CV unless the owner says otherwise; then the owner's own sections.
ORDER = (
    "interests education positions publications talks teaching mentoring software grants awards "
    "service"
).split()
#: Section → property of JSON Resume; all others are projects.
PLACES = {"positions": "work", "service": "volunteer"} | {
    name: name for name in ("interests", "education", "publications", "awards", "languages")
}
#: Kind of a talk → what is said of it.
KINDS_OF_TALK = {"conference": "", "invited": "invited talk", "seminar": "seminar talk"}


def items(profile: Profile, papers: Iterable[Paper], site: str = "") -> dict[str, list[Item]]:
    """Section → its lines, in order, as profile and bibliography have them."""
    by_key = {paper.key: paper for paper in papers}
    in_order = [paper for kind in KINDS for paper in by_key.values() if paper.kind == kind]
    if profile.cv.papers == "selected":
        in_order = [paper for paper in in_order if paper.selected]

    def address(to: Link | str | None) -> str:
        if isinstance(to, Link):
            return f"{site}/{to.page}/" if to.page else to.url
        return to or ""

    def line(first: Sentence, *others: Any, date: DateRange | None = None, **more: Any) -> Item:
        """A line of sentences and texts; *more* are addresses, and keys of papers."""
        sentences = [first, *(other for other in others if isinstance(other, tuple))]
        phrases = [phrase for sentence in sentences for phrase in sentence]
        keys = [*more.pop("papers", ()), *(phrase.key for phrase in phrases if phrase.key)]
        named = [by_key[key] for key in keys if key in by_key]
        texts = [phrase.text for phrase in phrases[1:]]
        texts += [other for other in others if isinstance(other, str)]
        # A paper in a sentence may be named in another way than by its name.
        texts += [paper.name for paper in named if not phrases or paper.key not in texts]
        links = [*map(address, more.values()), *(phrase.url for phrase in phrases)]
        links += [f"{site}/{paper.page}/" for paper in named]
        ends = dict.fromkeys((date.start, date.end)) if date else ()
        whole = "".join(phrase.text for phrase in first)
        return Item(first[0].text, texts, *_dates(*ends), list(filter(None, links)), whole)

    def talk(item: Talk) -> Item:
        kind = KINDS_OF_TALK.get(item.kind, item.kind)
        slides = f"{site}/{item.slides}" if item.slides[:4] == "file" else item.slides
        more = {"url": item.url, "slides": slides, "video": item.video}
        texts = (kind, item.event, item.place, item.note)
        found = line(item.title, *texts, date=item.date, papers=[item.paper], **more)
        months = (calendar.month_name[date.month] for date in (item.date.start, item.date.end))
        return replace(found, when=(*months, str(item.date.start.year)))

    own = {
        section.id: [
            line(item.text, item.detail, date=item.date, url=item.url) for item in section.items
        ]
        for section in profile.sections
    }
    sections = {
        "interests": [Item(name) for name in (*profile.interests, profile.focus) if name],
        "education": [
            # JSON Resume has the two halves of "B.S. in lines" as two values.
            Item(d.institution, (*d.degree.split(" in ", 1), d.department), *_dates(d.start, d.end))
            for d in profile.education
        ],
        "positions": [
            Item(
                job.organization,
                (job.role, *(advisor.full_name for advisor in job.advisors)),
                *_dates(job.start, job.end),
                [advisor.url for advisor in job.advisors if advisor.url],
            )
            for job in profile.positions
        ],
        "publications": [_paper_item(paper) for paper in in_order],
        "talks": [talk(item) for item in profile.talks],
        "teaching": [
            Item(
                c.course,
                (c.role, c.institution, c.term),
                links=list(filter(None, [address(c.url)])),
            )
            for c in profile.teaching
        ],
        "mentoring": [
            line((Phrase(m.name),), m.level, m.topic, m.with_, m.now, date=m.date, url=m.url)
            for m in profile.mentoring
        ],
        "software": [
            line((Phrase(s.name),), s.text, s.license, papers=s.papers, url=s.url, code=s.code)
            for s in profile.software
        ],
        "grants": [
            line(
                *(g.title, g.funder, g.number, g.amount, g.role),
                date=g.date,
                papers=g.papers[:3],
                url=g.url,
            )
            for g in profile.grants
        ],
        "awards": [Item(a.title, (a.note, a.by, str(a.year))) for a in profile.awards],
        "service": [line(s.role, s.organization, date=s.date, url=s.url) for s in profile.service],
        "news": [line(n.text, date=n.date, papers=n.papers, url=n.url) for n in profile.news],
        **own,
    }
    names = [*ORDER, *own] if profile.cv.sections is None else profile.cv.sections
    return {name: sections[name] for name in names}


def _dates(*dates: PartialDate | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    known = [date for date in dates if date]
    words = (f"{date.words[:3]} {date.year}" if date.month else str(date.year) for date in known)
    return tuple(words), tuple(date.iso for date in known)


def _paper_item(paper: Paper) -> Item:
    signs = {mark.sign: mark.meaning for author in paper.authors for mark in author.marks}
    authors = [a.name + "".join(mark.sign for mark in a.marks) for a in paper.authors]
    venue = paper.venue
    facts = (
        ", ".join(authors),
        *(f"{sign} {meaning}" for sign, meaning in signs.items()),
        *(paper.badge, venue.name, venue.place, paper.award, paper.note, paper.year),
        *(
            paper.volume,
            paper.number,
            paper.pages,
            paper.eprint.value if paper.eprint else "",
            paper.eprint_class,
        ),
    )
    return Item(paper.title.plain, facts, (), (paper.date.iso,) if paper.date else ())


def unsaid(built: Output, profile: Profile, papers: Iterable[Paper], name: str = "cv") -> list[str]:
    """What the four forms do not say, or say elsewhere than in the order of the sections.

    And the addresses that they lack, and what they say twice.
    """
    wanted = items(profile, papers, profile.links.website)
    in_places: dict[str, list[Item]] = {}
    for section, lines in wanted.items():
        in_places.setdefault(PLACES.get(section, "projects"), []).extend(lines)
    found: list[str] = []
    said = {form: plain(text) for form, text in forms(built, name).items()}
    links = {form: set(urls) for form, urls in addresses(built, name).items()}
    for form, text in said.items():
        order = in_places if form == "json" else wanted
        lines = [item for section in order.values() for item in section]
        lacking = [*_unsaid(form, text, lines), *_repeated(text, lines)]
        lacking += [url for item in lines for url in item.links if url not in links[form]]
        found += [f"{form}: {fact}" for fact in lacking]
    return found


def _repeated(text: str, wanted: list[Item]) -> Iterator[str]:
    for item in wanted:
        if item.once and text.count(plain(item.once)) > 1:
            yield f"{item.once} twice"


def _unsaid(form: str, text: str, wanted: list[Item]) -> Iterator[str]:
    ends, start = [0], 0
    for item in wanted:
        start = text.find(plain(item.key), start)
        if start < 0:
            yield item.key
            return
        start += len(plain(item.key))
        ends.append(start)
    # The facts of an item stand around its first words, between those of its neighbours.
    for number, item in enumerate(wanted):
        around = text[ends[number] : (*ends, None)[number + 2]]
        times = item.iso if form == "json" else item.when
        yield from (fact for fact in (*item.facts, *times) if plain(fact) not in around)
