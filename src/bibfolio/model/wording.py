"""What is said of the person, line by line: the same words on pages and in every form of the CV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bibfolio.model.dates import MONTHS, PartialDate
from bibfolio.model.profile import Advisor, Award, Course, Degree, Position, Profile


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of a sentence, and where it leads."""

    text: str
    url: str = ""


Sentence = tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: when, what, and what follows it in the same line."""

    when: str
    headline: str
    rest: Sentence = ()

    @property
    def plain(self) -> str:
        """All but the time."""
        return self.headline + plain(self.rest)


def plain(sentence: Sentence) -> str:
    """The text alone."""
    return "".join(words.text for words in sentence)


def head(profile: Profile) -> tuple[Sentence, ...]:
    """Lines below the name: what the person is, where, and advised by whom."""
    place = profile.affiliation
    units = [Words(place.group, place.group_url), Words(place.department), Words(place.institution)]
    advisor = profile.advisor
    lines: list[Sentence] = [
        (Words(profile.position[:1].upper() + profile.position[1:]),),
        _joined(words for words in units if words.text),
        (Words("Advised by "), _person(advisor)) if advisor else (),
    ]
    return tuple(line for line in lines if plain(line))


def contacts(profile: Profile) -> tuple[tuple[str, Words], ...]:
    """Label and value of every way to the person; addresses without what goes without saying."""
    site = profile.links.website
    accounts = [(a.network, Words(bare(a.name), a.url)) for a in profile.links.accounts]
    pairs = [
        ("Location", Words(profile.location)),
        ("E-mail", Words(profile.email)),
        ("Website", Words(bare(site), site)),
        *accounts,
    ]
    return tuple((label, words) for label, words in pairs if words.text)


def interests(profile: Profile) -> tuple[Sentence, ...]:
    """What the person works on, and on what at present; a sentence each."""
    known = ", ".join(profile.interests)
    sentences = [
        f"{known[:1].upper()}{known[1:]}" if known else "",
        f"Current focus: {profile.focus}" if profile.focus else "",
    ]
    return tuple((Words(_stopped(text)),) for text in sentences if text)


def degree(item: Degree) -> Entry:
    """A degree and where it is from."""
    return Entry(
        period(item.start, item.end), item.degree, _after(item.department, item.institution)
    )


def position(item: Position) -> Entry:
    """An organization, the role there, and the advisors."""
    rest = _after(item.role)
    if item.advisors:
        rest += (Words(", advised by "), *enumerated([_person(a) for a in item.advisors]))
    return Entry(period(item.start, item.end, open_end=True), item.organization, rest)


def course(item: Course) -> Entry:
    """A course, and the part in it."""
    return Entry(item.term, item.course, _after(item.role, item.institution))


def award(item: Award) -> Entry:
    """An honour, with a remark in brackets and who gave it."""
    note = (Words(f" ({item.note})"),) if item.note else ()
    return Entry(str(item.year), item.title, note + _after(item.by))


def period(start: PartialDate | None, end: PartialDate | None, open_end: bool = False) -> str:
    """``Jul 2023 – Mar 2025``, ``2023``, ``since Jul 2023``."""
    if start and end:
        return f"{_short(start)} – {_short(end)}"
    if start:
        return f"since {_short(start)}" if open_end else _short(start)
    return _short(end) if end else ""


def enumerated(items: Sequence[Words]) -> Sentence:
    """``a``, ``a and b``, ``a, b and c``."""
    result: Sentence = ()
    for index, item in enumerate(items):
        link = () if not index else (Words(" and " if index == len(items) - 1 else ", "),)
        result += (*link, item)
    return result


def bare(url: str) -> str:
    """An address as people write it: ``example.org/jane``; anything else as it is."""
    parts = urlsplit(url)
    return url.removeprefix(f"{parts.scheme}://").rstrip("/") if parts.netloc else url


def _person(advisor: Advisor) -> Words:
    return Words(advisor.full_name, advisor.url)


def _joined(items: Iterable[Words]) -> Sentence:
    result: Sentence = ()
    for item in items:
        result += (Words(", "), item) if result else (item,)
    return result


def _after(*words: str) -> Sentence:
    """*words* as they follow a headline: each behind a comma."""
    return tuple(Words(f", {word}") for word in words if word)


def _short(date: PartialDate) -> str:
    return f"{MONTHS[date.month - 1][:3]} {date.year}" if date.month else str(date.year)


def _stopped(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
