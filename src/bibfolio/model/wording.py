"""What is said of the person and of each paper: the same words on pages and in all forms of the CV.

Nothing here fails for a profile that says little: what is not known is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from urllib.parse import urlsplit

from bibfolio.model.dates import MONTHS, DateRange, PartialDate
from bibfolio.model.paper import Author, Paper, editors_word
from bibfolio.model.profile import Award, Course, Degree, Position, Profile
from bibfolio.model.words import _, pieces


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of a sentence, and where it leads."""

    text: str
    url: str = ""


Sentence = tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: when, what, and what follows it in the same line."""

    when: str
    headline: str
    rest: Sentence = ()

    @property
    def text(self) -> str:
        """Return all but the time, as plain text."""
        return self.headline + sentence_text(self.rest)


def sentence_text(sentence: Sentence) -> str:
    """Return *sentence* as plain text."""
    return "".join(phrase.text for phrase in sentence)


# -- the person ---------------------------------------------------------------------------------


def head(profile: Profile) -> tuple[Sentence, ...]:
    """Return the lines below the name: what the person is, where, and advised by whom."""
    place = profile.affiliation
    units = [
        Phrase(place.group, place.group_url),
        Phrase(place.department),
        Phrase(place.institution),
    ]
    advisor = profile.advisor
    lines: list[Sentence] = [
        (Phrase(_capitalized(profile.position)),),
        _joined(unit for unit in units if unit.text),
        _said("Advised by {people}", people=[Phrase(advisor.full_name, advisor.url)])
        if advisor
        else (),
    ]
    return tuple(line for line in lines if sentence_text(line))


def contacts(profile: Profile) -> tuple[tuple[str, Phrase], ...]:
    """Return label and value of every way to the person."""
    site = profile.links.website
    accounts = [(a.name, Phrase(short_url(a.user or a.url), a.url)) for a in profile.links.accounts]
    pairs = [
        (_("Location"), Phrase(profile.location)),
        (_("E-mail"), Phrase(profile.email)),
        (_("Website"), Phrase(short_url(site), site)),
        *accounts,
    ]
    return tuple((label, phrase) for label, phrase in pairs if phrase.text)


def interests(profile: Profile) -> tuple[Sentence, ...]:
    """Return a sentence on the person's interests and one on the present focus."""
    sentences = [
        _capitalized(", ".join(profile.interests)),
        _("Current focus: {focus}", focus=profile.focus) if profile.focus else "",
    ]
    return tuple((Phrase(_stopped(text)),) for text in sentences if text)


def degree(item: Degree) -> Entry:
    """Return the line of a degree."""
    when = period(item.start, item.end)
    return Entry(when, item.degree, _after(item.department, item.institution))


def position(item: Position) -> Entry:
    """Return the line of a job: organization, role and advisors."""
    rest = _after(item.role)
    if item.advisors:
        advisors = [Phrase(advisor.full_name, advisor.url) for advisor in item.advisors]
        rest += _said(", advised by {people}", people=enumerated(advisors))
    return Entry(period(item.start, item.end, open_end=True), item.organization, rest)


def course(item: Course) -> Entry:
    """Return the line of a course and the person's part in it."""
    return Entry(item.term, item.course, _after(item.role, item.institution))


def award(item: Award) -> Entry:
    """Return the line of an honour, with a remark in brackets and who gave it."""
    note = (Phrase(f" ({item.note})"),) if item.note else ()
    return Entry(str(item.year), item.title, note + _after(item.by))


def period(start: PartialDate | None, end: PartialDate | None, open_end: bool = False) -> str:
    """Return a time in words: ``Jul 2023 – Mar 2025``, ``2023``, ``since Jul 2023``."""
    if start and end:
        return _("{start} – {end}", start=_short_date(start), end=_short_date(end))
    if start:
        date = _short_date(start)
        return _("since {date}", date=date) if open_end else date
    return _short_date(end) if end else ""


def enumerated(items: Sequence[Phrase]) -> Sentence:
    """Join *items* as ``a``, ``a and b``, ``a, b and c``."""
    if len(items) < 2:
        return tuple(items)
    return _said("{items} and {last}", items=_joined(items[:-1]), last=items[-1:])


def short_url(url: str) -> str:
    """Return an address as people write it, ``example.org/jane``; anything else as it is."""
    parts = urlsplit(url)
    return url.removeprefix(f"{parts.scheme}://").rstrip("/") if parts.netloc else url


def _said(message: str, **values: Sequence[Phrase]) -> Sentence:
    """Return a message whose places are taken by phrases."""
    found = ([Phrase(p)] if isinstance(p, str) else p for p in pieces(message, **values))
    return tuple(chain.from_iterable(found))


def _joined(items: Iterable[Phrase]) -> Sentence:
    """Put commas between *items*."""
    return tuple(part for item in items for part in (Phrase(", "), item))[1:]


def _after(*words: str) -> Sentence:
    """Return *words* as they follow a headline: each behind a comma."""
    return tuple(Phrase(f", {word}") for word in words if word)


def _short_date(date: PartialDate) -> str:
    month = _(MONTHS[date.month - 1][:3]) if date.month else ""
    return _("{month} {year}", month=month, year=date.year) if month else str(date.year)


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]


def _stopped(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


# -- papers in a list of references -------------------------------------------------------------


def where_and_when(paper: Paper) -> str:
    """Return what a reference says behind title and badge; empty if nothing is known."""
    # What is on its way is told here unless the badge says it.
    status = "" if _(paper.status_label) == paper.badge else _(paper.status_label.lower())
    # In a journal the pages belong to the volume; elsewhere they stand at the end.
    pages = _pages(paper) if paper.kind != "journal" else ""
    language = _("in {language}", language=paper.language_note) if paper.language_note else ""
    # What is on the web only may change.
    is_page = paper.type in {"online", "electronic", "www"}
    date = paper.accessed.words if paper.accessed and is_page else ""
    visited = _("visited on {date}", date=date) if date else ""
    facts = (*_where(paper), language, status, paper.note, _when(paper), pages, visited)
    text = ", ".join(fact for fact in facts if fact)
    return f"{text}." if text and not text.endswith(".") else text


#: A first sentence that is longer is no gist.
_LONGEST_GIST = 140


def gist(paper: Paper) -> str:
    """Return one sentence on the paper: its gist, or a short first one of its summary."""
    first = re.match(r".*?[.!?](?=\s|$)", paper.summary)
    is_short = first and len(first[0]) <= _LONGEST_GIST
    return paper.gist or (first[0] if first and is_short else "")


def where_in_short(paper: Paper) -> str:
    """Return what a list says behind the badge: a journal, a place or the number of a preprint."""
    venue = paper.venue
    if not paper.badge:
        return where_and_when(paper).removesuffix(".")
    if paper.is_preprint and not venue.name:
        between = ":" if paper.archive == "arXiv" else " "
        return f"{paper.archive}{between}{paper.eprint}" if paper.eprint else ""
    name = venue.name if venue.name != paper.badge else ""
    return name if paper.kind == "journal" else venue.place or name


#: So many authors are all named in a list; of more, the first ones, the owner and the last.
_MOST_AUTHORS, _FIRST_AUTHORS = 8, 3


def authors_in_short(paper: Paper) -> list[Author | int]:
    """Return the authors that a list names; in place of two or more, how many are left out."""
    authors, count = paper.authors, len(paper.authors)
    if count <= _MOST_AUTHORS:
        return [*authors]
    named = {*range(_FIRST_AUTHORS), count - 1}
    named |= {index for index, author in enumerate(authors) if author.is_owner}
    shown: list[Author | int] = []
    for is_named, run in groupby(range(count), named.__contains__):
        gap = list(run)
        shown += [authors[i] for i in gap] if is_named or len(gap) == 1 else [len(gap)]
    return shown


def authors_line(paper: Paper) -> str:
    """Return the authors with their marks, and what the marks mean."""
    names = map(_signed, paper.authors)
    return paper.join_authors(names) + (f" ({paper.legend})" if paper.legend else "")


def venue_line(paper: Paper) -> str:
    """Return badge, where and when, and the award, each ending with a full stop."""
    facts = (paper.badge, where_and_when(paper), paper.award)
    return " ".join(fact if fact.endswith(".") else f"{fact}." for fact in facts if fact)


def _where(paper: Paper) -> list[str]:
    """Return the name of the venue and, for journals, where in it the paper stands."""
    venue = paper.venue
    if paper.is_preprint and not venue.name:
        between = ":" if paper.archive == "arXiv" else " "
        number = f"{paper.archive}{between}{paper.eprint}" if paper.eprint else ""
        return [f"{number} [{paper.eprint_class}]" if paper.eprint_class else number]
    translators = _people("translated by {people}", paper.translators)
    if paper.kind == "journal":
        has_acronym = venue.acronym and venue.acronym != venue.name
        name = f"{venue.name} ({venue.acronym})" if has_acronym else venue.name
        editors = _people("edited by {people}", paper.editors, paper.more_editors)
        return [name, paper.series, _volume(paper), translators, editors]
    # Who printed the proceedings of a conference, and in which town, is for its BibTeX to say.
    is_talk, version = paper.kind == "conference", paper.version
    return [
        _(paper.type_note),
        *_in_volume(paper),
        translators,
        _edition(paper.edition),
        _("version {version}", version=version) if version[:1].isdigit() else version,
        *_numbers(paper),
        _("chapter {number}", number=paper.chapter) if paper.chapter else "",
        ", ".join(holder.name for holder in paper.holders),
        "" if is_talk else paper.publisher,
        "" if is_talk else _(paper.address),
        venue.place,
    ]


def _in_volume(paper: Paper) -> list[str]:
    """Return the name of the venue behind its editors: ``In Ann Jones, editor, A Handbook``."""
    name = paper.venue.name
    if not paper.editors:
        return [name]
    if paper.kind not in {"chapter", "conference"}:  # the work itself is what they edited
        return [name, _people("edited by {people}", paper.editors, paper.more_editors)]
    word = editors_word(len(paper.editors) + paper.more_editors)
    return [_people("In {people}", paper.editors, paper.more_editors, word), name]


def _people(message: str, people: Sequence[Author], et_al: bool = False, part: str = "") -> str:
    """Return the *message* about *people* and their part; an empty string if there are none."""
    names = [Phrase(_signed(person)) for person in people]
    others = [Phrase(_("others"))] if et_al else []
    all_ = sentence_text(enumerated([*names, *others])) + (f", {part}" if part else "")
    return _(message, people=all_) if names else ""


def _signed(person: Author) -> str:
    return person.name + "".join(mark.sign for mark in person.marks)


def _edition(edition: str) -> str:
    """Return ``2nd edition`` for 2; what says itself that it is one stays as it is."""
    if edition.isdecimal():
        teen = edition[-2:] in {"11", "12", "13"}
        end = "th" if teen else {"1": "st", "2": "nd", "3": "rd"}.get(edition[-1], "th")
        # In other languages "{number}." may be the ordinal.
        return _("{ordinal} edition", ordinal=edition + end, number=edition)
    return _("{name} edition", name=edition) if re.fullmatch(r"\w+", edition) else edition


def _numbers(paper: Paper) -> list[str]:
    """Return volume and number, and of what: ``vol. 3``, ``Notes on Lines 12``."""
    volume = _("vol. {number}", number=paper.volume) if paper.volume else ""
    if not paper.series:
        return [volume, paper.number]
    if not paper.number:  # Springer counts the volumes of its series so
        return [" ".join(filter(None, (paper.series, volume)))]
    return [volume, f"{paper.series} {paper.number}"]


def _pages(paper: Paper) -> str:
    """Return ``pp. 5–7``, ``p. e5`` or ``article 5``; as in BibTeX's styles, ``5+`` is several."""
    if not paper.pages:
        return _("article {number}", number=paper.eid) if paper.eid else ""
    is_one = not re.search(r"[–,;&+]", paper.pages)
    return _("p. {page}", page=paper.pages) if is_one else _("pp. {pages}", pages=paper.pages)


def _volume(paper: Paper) -> str:
    """Return volume, issue and pages: ``35(9):1536–1550``."""
    volume = paper.volume + (f"({paper.number})" if paper.number else "")
    if volume and paper.locator:
        return f"{volume}:{paper.locator}"
    return volume or _pages(paper)


def _when(paper: Paper) -> str:
    """Return the dates of the event if there was one, or else the date of publication."""
    if paper.venue.dates and not paper.is_preprint:
        return paper.venue.dates.words
    if not paper.date:
        return ""
    # The day matters for a preprint no more than for a journal: month and year.
    ends = [PartialDate(date.year, date.month) for date in (paper.date, paper.date_end) if date]
    return DateRange(ends[0], ends[-1]).words
