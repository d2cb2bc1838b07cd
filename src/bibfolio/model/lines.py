"""The words about the person, for pages and all forms of the CV: sentences, and lines of tables.

What the profile does not say is left out.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from bibfolio.model.dates import DateRange, PartialDate
from bibfolio.model.people import Person
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
    TalkKind,
)
from bibfolio.model.sentence import (
    Entry,
    Phrase,
    Sentence,
    after,
    bracketed,
    enumerated,
    in_series,
    joined,
    leading,
    phrase,
    plain,
    sentence_text,
    stopped,
)
from bibfolio.model.strings import capitalized
from bibfolio.model.words import _, spoken


def head(profile: Profile) -> tuple[Sentence, ...]:
    """Return the lines below the name: position, affiliation and advisor."""
    place = profile.affiliation
    units = [
        # Who heads a group says so in the position.
        Phrase("" if place.group in profile.position else place.group, place.group_url),
        Phrase(place.department),
        Phrase(place.institution),
    ]
    advisor = profile.advisor
    lines: list[Sentence] = [
        (Phrase(capitalized(profile.position)),),
        joined(*((unit,) for unit in units if unit.text)),
        phrase("Advised by {people}", people=[Phrase(advisor.full_name, advisor.url)])
        if advisor
        else (),
    ]
    return tuple(line for line in lines if sentence_text(line))


def contacts(profile: Profile) -> tuple[tuple[str, Phrase], ...]:
    """Return the ways to reach the person, each with its label."""
    site = profile.links.website
    accounts = [
        (account.name, Phrase(short_url(account.user or account.url), account.url))
        for account in profile.links.accounts
    ]
    pairs = [
        (_("Location"), Phrase(profile.location)),
        (_("E-mail"), Phrase(profile.email)),
        (_("Website"), Phrase(short_url(site), site)),
        *accounts,
    ]
    return tuple((label, words) for label, words in pairs if words.text)


def interests(profile: Profile) -> tuple[Sentence, ...]:
    """Return a sentence on the person's interests and one on the present focus."""
    sentences = [
        capitalized(in_series(profile.interests)),
        _("Current focus: {focus}", focus=profile.focus) if profile.focus else "",
    ]
    return tuple((Phrase(stopped(text)),) for text in sentences if text)


# -- the lines of tables ------------------------------------------------------------------------


def degree(item: Degree) -> Entry:
    """Return the line of a degree."""
    when = period(item.start, item.end)
    return Entry(when, plain(item.degree), after(item.department, item.institution))


def position(item: Position) -> Entry:
    """Return the line of a job: the organization, the role and the advisors."""
    when = period(item.start, item.end, open_end=True)
    return Entry(when, plain(item.organization), after(item.role, advised(item)))


def advised(item: Position) -> Sentence:
    """Return who advised the person in a job."""
    advisors = [Phrase(advisor.full_name, advisor.url) for advisor in item.advisors]
    return phrase("advised by {people}", people=enumerated(advisors)) if advisors else ()


def course(item: Course) -> Entry:
    """Return the line of a course and the person's part in it."""
    return Entry(item.term, leading(item.course, item.url), after(item.role, item.institution))


def award(item: Award) -> Entry:
    """Return the line of an honour, with a remark in brackets and who gave it."""
    parts = (*bracketed(plain(item.note)), *after(item.by))
    return Entry(str(item.year), plain(item.title), parts)


#: Kind of a talk → the word for it behind the title, in English; none for a talk at a conference.
TALKS: dict[TalkKind, str] = {
    "keynote": "keynote",
    "invited": "invited talk",
    "conference": "",
    "seminar": "seminar talk",
    "tutorial": "tutorial",
    "panel": "panel",
    "poster": "poster",
    "lecture": "lecture",
}


def talk(item: Talk) -> Entry:
    """Return the line of a talk, with its paper, its slides and its recording."""
    links: list[Phrase] = [item.paper] if item.paper else []
    links += [Phrase(_("Slides"), item.slides)] if item.slides else []
    links += [Phrase(_("Video"), item.video)] if item.video else []
    parts = (*after(_(TALKS[item.kind]), item.event, item.place), *bracketed(item.note))
    return Entry(item.date.words, leading(item.title, item.url), parts, tuple(links))


def service(item: Service) -> Entry:
    """Return the line of a service: the role, and for whom."""
    parts = after(leading(item.organization, item.url))
    return Entry(range_in_short(item.date), item.role, parts)


def mentoring(item: Mentoring) -> Entry:
    """Return the line of a student: degree, topic, who else advises, and the place today."""
    others = phrase("with {people}", people=item.with_) if item.with_ else ()
    now = phrase("now {place}", place=item.now) if item.now else ()
    parts = after(item.level, item.topic, others, now)
    return Entry(range_in_short(item.date), (Phrase(item.name, item.url),), parts)


def person(item: Person) -> Entry:
    """Return the line of somebody who works with the owner: role, time, and the place today."""
    when = period(item.start, item.end, open_end=True)
    now = phrase("now {place}", place=item.now) if item.now else ()
    return Entry(
        when, (Phrase(item.name, item.best_url, page=item.docname),), after(item.role, when, now)
    )


#: So many papers of a grant are named in its line.
NAMED_OF_GRANT = 3


def grant(item: Grant) -> Entry:
    """Return the line of a grant: funder and number, role, amount; and its newest papers."""
    parts = after(funding(item), item.role, item.amount)
    headline, links = leading(item.title, item.url), item.papers[:NAMED_OF_GRANT]
    return Entry(range_in_short(item.date), headline, parts, links)


def funding(item: Grant) -> Sentence:
    """Return the funder of a grant, with the number there."""
    return item.funder + plain(f" {item.number}" if item.number else "")


def software(item: Software) -> Entry:
    """Return the line of a program: what it does, the licence, the code and the papers."""
    about = ((_("{kind}: {title}", kind="", title=""), item.text),) if item.text else ()
    links = [Phrase(_("Code"), item.code)] if item.code else []
    parts = (*about, *bracketed(plain(item.license)))
    when = range_in_short(item.date)
    return Entry(when, leading(item.name, item.url), parts, (*links, *item.papers))


def news(item: News) -> Entry:
    """Return the line of an item of news, with the papers that the text does not name."""
    named = {phrase.key for phrase in item.text}
    links = tuple(paper for paper in item.papers if paper.key not in named)
    return Entry(range_in_short(item.date), (), (("", leading(item.text, item.url)),), links)


def section_item(item: SectionItem) -> Entry:
    """Return the line of a section of the owner's own."""
    return Entry(range_in_short(item.date), leading(item.text, item.url), after(item.detail))


# -- words ------------------------------------------------------------------------------------


def period(start: PartialDate | None, end: PartialDate | None, open_end: bool = False) -> str:
    """Return a time in words: ``Jul 2023 – Mar 2025``, ``2023``, ``since Jul 2023``."""
    if start and end and start.in_short == end.in_short:
        return start.in_short
    if start and end:
        return spoken().forms.interval.format(start.in_short, end.in_short)
    if start:
        return _("since {date}", date=start.in_short) if open_end else start.in_short
    return end.in_short if end else ""


def range_in_short(dates: DateRange | None) -> str:
    """Return a time in words, to the month; empty for none."""
    if not dates:
        return ""
    return period(dates.start, None if dates.is_open else dates.end, open_end=dates.is_open)


def short_url(url: str) -> str:
    """Return an address as people write it, ``example.org/jane``; other text as it is."""
    parts = urlsplit(url)
    return url.removeprefix(f"{parts.scheme}://").rstrip("/") if parts.netloc else url
