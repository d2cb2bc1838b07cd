"""What is said of each paper in words: the same on pages and in all forms of the CV.

What is not known is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from bibfolio.model.dates import DateRange, PartialDate
from bibfolio.model.paper import JOURNAL_KINDS, Author, Paper, editors_word, name_comma
from bibfolio.model.scripts import is_other, language_of
from bibfolio.model.sentence import (
    Phrase,
    Sentence,
    enumerated,
    joined,
    plain,
    sentence_text,
    stopped,
    without_stop,
)
from bibfolio.model.strings import fold
from bibfolio.model.text import PARAGRAPH
from bibfolio.model.words import _, counted, spoken


def where_and_when(paper: Paper) -> Sentence:
    """Return what a reference says behind title and badge; the number of a preprint leads to it.

    It ends in a full stop, and is empty if nothing is known.
    """
    # What is on its way is told here unless the badge says it.
    status = "" if _(paper.status_label) == paper.badge else _(paper.status_label.lower())
    # In a journal the pages belong to the volume; elsewhere they stand at the end.
    has_pages = paper.kind not in JOURNAL_KINDS
    language = _("in {language}", language=named) if (named := _language(paper)) else ""
    # What is on the web only may change, unless it has a number there.
    is_numbered = bool(paper.eprint or paper.identifier("doi"))
    is_page = paper.type in {"online", "electronic", "www"} and not is_numbered
    visited = _visited(paper.accessed) if paper.accessed and is_page else ""
    when, kind, address = _when(paper), _(paper.type_note), _(paper.address)
    joining = paper.joining
    with paper.speaking():
        where = _where(paper, kind, address)
        parts = (part if part in {kind, address} else _said(part, joining) for part in where)
        pages = _said(_pages(paper) if has_pages else "", joining)
        facts = (*parts, language, status, paper.note, when, pages, visited)
        sentence = joined(*facts, sign=name_comma())
    has_stop = not sentence or sentence_text(sentence).endswith(".")
    return sentence if has_stop else (*sentence, Phrase("."))


def _said(part: str | Sentence, language: str) -> Sentence:
    """Return a part of a reference, marked if it is in another *language* than the page."""
    sentence = plain(part) if isinstance(part, str) else part
    return tuple(replace(phrase, language=language) for phrase in sentence)


def _language(paper: Paper) -> str:
    """Return the name of the language, if the entry has it printed and the page is in another."""
    page = spoken()
    is_shown = paper.language_note and is_other(paper.language_on(page.tag), page.tag)
    return page.forms.language(paper.language_code, paper.language_note) if is_shown else ""


def _visited(date: PartialDate) -> str:
    if date.day:
        return _("visited on {date}", date=date.words)
    # Translators: a month of a year, or a year alone.
    return _("visited on {month}", month=date.words)


# -- a paper in short -----------------------------------------------------------------------------

#: A first sentence that is longer is no gist.
_LONGEST_GIST = 140


def in_a_sentence(paper: Paper) -> str:
    """Return one sentence for lists and side notes: the gist, or a short first one of the summary.

    The summary is biblatex's ``annotation``. Without either there is none.
    """
    first = re.match(r".*?(?:[.!?؟](?=\s|$)|[。！？])", paper.summary)
    is_short = first and len(first[0]) <= _LONGEST_GIST
    return paper.gist or (first[0] if first and is_short else "")


def described(paper: Paper) -> str:
    """Return in one paragraph what descriptions of a paper begin with: the summary, or the gist."""
    return " ".join(lead(paper))


def lead(paper: Paper) -> list[str]:
    """Return the paragraphs with which the page of a paper begins, if there are any."""
    return [part for part in (paper.summary or paper.gist).split(PARAGRAPH) if part]


def description(paper: Paper) -> str:
    """Return what search results and link previews say: :func:`described`, or title and authors."""
    words = described(paper) or titled(paper)
    return f"{stopped(paper.flag)} {words}" if paper.flag else words


def facts_of_a_book(paper: Paper) -> list[str]:
    """Return ISBN and number of pages of a book; nothing of anything else."""
    isbn, pages = paper.identifier("isbn"), paper.pagetotal
    if pages.isdecimal():
        pages = counted("{count} page", "{count} pages", int(pages))
    facts = [isbn.text if isbn else "", pages]
    return [fact for fact in facts if fact and paper.kind == "book"]


def seen(paper: Paper) -> str:
    """Return what is said of the figure to who does not see it; nothing if there is none."""
    if not paper.figure:
        return ""
    return paper.figure.alt or _("Figure of {title}", title=paper.title.plain)


def flagged(paper: Paper) -> str:
    """Return the title behind what has to be known before: ``Retracted: Lines of One``."""
    title = paper.title.plain
    return _("{kind}: {title}", kind=paper.flag, title=title) if paper.flag else title


def titled(paper: Paper) -> str:
    """Return ``Title, by Jane Doe.``, where nothing else is known to say."""
    title = paper.title.plain
    if paper.authors:
        title = _("{title}, by {people}", title=title, people=paper.author_names)
    return stopped(title.rstrip("."))


def badge_in_short(paper: Paper) -> str:
    """Return what a list names as the venue: the badge, or else the journal."""
    return paper.badge or (paper.venue.name if paper.kind in JOURNAL_KINDS else "")


def where_in_short(paper: Paper) -> Sentence:
    """Return what a list says behind the badge: a journal, a place or the number of a preprint.

    Behind the name of a journal it is where in it the paper stands.
    """
    venue = paper.venue
    if not paper.badge:
        return _without_name(where_and_when(paper), badge_in_short(paper))
    if paper.is_preprint and not venue.name:
        return plain(paper.eprint.text if paper.eprint else "")
    name, page = _venue_name(paper), spoken().tag
    shown = name if paper.kind in JOURNAL_KINDS else venue.place or name
    language = language_of(shown, page, paper.language_code)
    return _said(shown, language if is_other(language, page) else "")


def _without_name(sentence: Sentence, name: str) -> Sentence:
    """Return *sentence* without the *name* with which it begins, and without its full stop."""
    phrases = [*without_stop(sentence)]
    phrases[0] = replace(phrases[0], text=phrases[0].text.removeprefix(name))
    while phrases and not (text := phrases[0].text.lstrip(", ،")):
        phrases.pop(0)
    return (replace(phrases[0], text=text), *phrases[1:]) if phrases else ()


#: A year in a badge or a name: ``NSDI 2024``, ``NSDI '24``.
_YEAR = re.compile(r"(?:\b(?:19|20)|['’])\d\d\b")
#: So many authors are all named in a list; of more, the first ones, the owner and the last.
_MOST_AUTHORS, _FIRST_AUTHORS = 8, 3


def authors_in_short(paper: Paper, about: str = "") -> list[Author | int]:
    """Return the authors that a list names; in place of two or more, how many are left out.

    A list *about* a person names that one as well.
    """
    authors, count = paper.authors, len(paper.authors)
    if count <= _MOST_AUTHORS:
        return [*authors]
    named = {*range(_FIRST_AUTHORS), count - 1}
    own = [author.is_owner or (author.person or author).name == about for author in authors]
    named |= {index for index, is_own in enumerate(own) if is_own}
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
    """Return flag, badge, where and when, and distinctions, each ending with a full stop."""
    where = sentence_text(where_and_when(paper))
    facts = (paper.flag, paper.badge, where, *paper.distinctions)
    return " ".join(fact if fact.endswith(".") else f"{fact}." for fact in facts if fact)


def _where(paper: Paper, kind: str, address: str) -> Sequence[str | Sentence]:
    """Return the name of the venue and, for journals, where in it the paper stands.

    The *kind* of a thesis or report, and the *address*, are in the language of the page.
    """
    venue = paper.venue
    if paper.is_preprint and not venue.name:
        number = (Phrase(paper.eprint.text, paper.eprint.url),) if paper.eprint else ()
        return [number + plain(f" [{paper.eprint_class}]" if paper.eprint_class else "")]
    translators = _people("translated by {people}", paper.translators)
    if paper.kind in JOURNAL_KINDS:
        name = _venue_name(paper)
        is_known = any(_is_said(venue.acronym, words) for words in (venue.name, paper.badge))
        name += f" ({venue.acronym})" if name and venue.acronym and not is_known else ""
        editors = _people("edited by {people}", paper.editors, paper.more_editors)
        return [name, paper.series, _volume(paper), translators, editors]
    # Who printed the proceedings of a conference, and in which town, is for its BibTeX to say.
    is_talk, version = paper.kind == "conference", paper.version
    return [
        kind,
        *_in_volume(paper),
        translators,
        _edition(paper.edition),
        _("version {version}", version=version) if version[:1].isdigit() else version,
        *_numbers(paper),
        _("chapter {number}", number=paper.chapter) if paper.chapter else "",
        name_comma().join(holder.name for holder in paper.holders),
        "" if is_talk else paper.publisher,
        "" if is_talk else address,
        venue.place,
    ]


def _venue_name(paper: Paper) -> str:
    """Return the name of the venue without what the badge says: the whole, or what is in brackets.

    The badge ``CVPR`` stands before ``Conference on Computer Vision (CVPR)``.
    """
    name, badge = paper.venue.name, paper.badge
    bracketed = re.fullmatch(r"(.*\S)\s*\(([^()]*)\)", name)
    if badge and bracketed and _is_said(bracketed[2], badge):
        name = bracketed[1]
    return "" if _is_said(name, badge) else name


def _is_said(words: str, badge: str) -> bool:
    """Return whether a *badge* says the same *words*; its year, case and signs do not count."""
    return fold(_YEAR.sub("", words)) == fold(_YEAR.sub("", badge))


def _in_volume(paper: Paper) -> list[str]:
    """Return the name of the venue behind its editors: ``In Ann Jones, editor, A Handbook``."""
    name = _venue_name(paper)
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
    all_ = sentence_text(enumerated([*names, *others])) + (name_comma() + part if part else "")
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
    """Return the dates of the event if there was one, or else the date of publication.

    A year alone is left out if it stands in the badge or in the name of the venue.
    """
    if paper.venue.dates and not paper.is_preprint:
        return paper.venue.dates.words
    if not paper.date:
        return ""
    is_year = not paper.date.month and not paper.date_end
    said = rf"(?<!\d)(?:{paper.year}|['’]{paper.year[2:]})(?!\d)"
    if is_year and re.search(said, f"{paper.badge} {paper.venue.name}"):
        return ""
    # The day matters for a preprint no more than for a journal: month and year.
    ends = [PartialDate(date.year, date.month) for date in (paper.date, paper.date_end) if date]
    return DateRange(ends[0], ends[-1]).words
