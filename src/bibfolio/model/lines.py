"""What is said of the person in words: the same on pages and in all forms of the CV.

Nothing here fails for a profile that says little: what is not known is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from bibfolio.model.dates import MONTHS, DateRange, PartialDate
from bibfolio.model.profile import (
    Award,
    Course,
    Degree,
    Grant,
    Mentoring,
    News,
    Position,
    Profile,
    SectionItem,
    Service,
    Software,
    Talk,
)
from bibfolio.model.sentence import (
    Entry,
    Phrase,
    Sentence,
    after,
    enumerated,
    joined,
    leading,
    plain,
    said,
    sentence_text,
)
from bibfolio.model.words import _


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
        joined(unit for unit in units if unit.text),
        said("Advised by {people}", people=[Phrase(advisor.full_name, advisor.url)])
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


# -- the lines of tables ------------------------------------------------------------------------


def degree(item: Degree) -> Entry:
    """Return the line of a degree."""
    when = period(item.start, item.end)
    return Entry(when, plain(item.degree), after(item.department, item.institution))


def position(item: Position) -> Entry:
    """Return the line of a job: organization, role and advisors."""
    rest = after(item.role)
    if item.advisors:
        advisors = [Phrase(advisor.full_name, advisor.url) for advisor in item.advisors]
        rest += said(", advised by {people}", people=enumerated(advisors))
    when = period(item.start, item.end, open_end=True)
    return Entry(when, plain(item.organization), rest)


def course(item: Course) -> Entry:
    """Return the line of a course and the person's part in it."""
    return Entry(item.term, plain(item.course), after(item.role, item.institution))


def award(item: Award) -> Entry:
    """Return the line of an honour, with a remark in brackets and who gave it."""
    rest = _bracketed(plain(item.note)) + after(item.by)
    return Entry(str(item.year), plain(item.title), rest)


#: Kind of a talk → what it is called behind its title, in English; a talk at a conference is one.
TALKS = {"invited": "invited talk", "conference": "", "seminar": "seminar talk"}
TALKS |= {kind: kind for kind in ("tutorial", "panel", "poster", "lecture")}


def talk(item: Talk) -> Entry:
    """Return the line of a talk, with its paper, its slides and its recording."""
    rest = after(_(TALKS[item.kind]), item.event, item.place)
    links = [Phrase("", key=item.paper, role="name")] if item.paper else []
    links += [Phrase(_("Slides"), item.slides)] if item.slides else []
    links += [Phrase(_("Video"), item.video)] if item.video else []
    title = leading(item.title, item.url)
    return Entry(item.date.words, title, rest + _bracketed(item.note), tuple(links))


def service(item: Service) -> Entry:
    """Return the line of a service: the part in it, and for whom."""
    rest = after(leading(item.organization, item.url))
    return Entry(range_in_short(item.date), item.role, rest)


def mentoring(item: Mentoring) -> Entry:
    """Return the line of a student: degree, topic, who advises as well, and where to."""
    rest = after(item.level, item.topic)
    rest += said(", with {people}", people=item.with_) if item.with_ else ()
    rest += said(", now {place}", place=item.now) if item.now else ()
    return Entry(range_in_short(item.date), (Phrase(item.name, item.url),), rest)


def grant(item: Grant) -> Entry:
    """Return the line of a grant: by whom, under which number, in which role, how much."""
    rest = after(funding(item), item.role, item.amount)
    return Entry(range_in_short(item.date), leading(item.title, item.url), rest)


def funding(item: Grant) -> Sentence:
    """Return who gives a grant, and under which number."""
    return item.funder + plain(f" {item.number}" if item.number else "")


def software(item: Software) -> Entry:
    """Return the line of a program: what it does, its licence, its code and its papers."""
    rest = (Phrase(": "), *item.text) if item.text else ()
    rest += _bracketed(plain(item.license))
    links = [Phrase(_("Code"), item.code)] if item.code else []
    links += [Phrase("", key=key, role="name") for key in item.papers]
    return Entry("", (Phrase(item.name, item.url),), rest, tuple(links))


def news(item: News) -> Entry:
    """Return the line of an item of news, with those of its papers that the text does not name."""
    named = {phrase.key for phrase in item.text}
    links = [Phrase("", key=key, role="name") for key in item.papers if key not in named]
    return Entry(range_in_short(item.date), (), leading(item.text, item.url), tuple(links))


def section_item(item: SectionItem) -> Entry:
    """Return the line of a section of the owner's own."""
    return Entry(range_in_short(item.date), leading(item.text, item.url), after(item.detail))


#: Table of the profile → the line of each of its items.
LINES: dict[str, Callable[[Any], Entry]] = {
    "education": degree,
    "positions": position,
    "talks": talk,
    "teaching": course,
    "mentoring": mentoring,
    "software": software,
    "grants": grant,
    "awards": award,
    "service": service,
    "news": news,
}


def items_of(profile: Profile, name: str) -> tuple[Any, ...]:
    """Return the items of a table, or of the owner's own section with this identifier."""
    if name in LINES:
        return tuple(getattr(profile, name))
    own = (section for section in profile.sections if section.id == name)
    return tuple(item for section in own for item in section.items)


def entries_of(profile: Profile, name: str) -> tuple[Entry, ...]:
    """Return the line of each of them."""
    return tuple(map(LINES.get(name, section_item), items_of(profile, name)))


# -- words ------------------------------------------------------------------------------------


def period(start: PartialDate | None, end: PartialDate | None, open_end: bool = False) -> str:
    """Return a time in words: ``Jul 2023 – Mar 2025``, ``2023``, ``since Jul 2023``."""
    if start and end:
        return _("{start} – {end}", start=_short_date(start), end=_short_date(end))
    if start:
        date = _short_date(start)
        return _("since {date}", date=date) if open_end else date
    return _short_date(end) if end else ""


def range_in_short(dates: DateRange | None) -> str:
    """Return a time in words, by its months; nothing for none."""
    if not dates:
        return ""
    ends = {_short_date(dates.start): dates.start, _short_date(dates.end): dates.end}
    first, *last = ends.values()
    return period(first, last[0] if last else None, open_end=dates.is_open)


def short_url(url: str) -> str:
    """Return an address as people write it, ``example.org/jane``; anything else as it is."""
    parts = urlsplit(url)
    return url.removeprefix(f"{parts.scheme}://").rstrip("/") if parts.netloc else url


def _bracketed(sentence: Sentence) -> Sentence:
    return (Phrase(" ("), *sentence, Phrase(")")) if sentence else ()


def _short_date(date: PartialDate) -> str:
    month = _(MONTHS[date.month - 1][:3]) if date.month else ""
    return _("{month} {year}", month=month, year=date.year) if month else str(date.year)


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]


def _stopped(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
