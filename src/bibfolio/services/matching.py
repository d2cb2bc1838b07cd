"""Whether two records are one work, whose it is, and what a preprint becomes when published."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import lru_cache

from bibfolio.model import Author, Paper
from bibfolio.model.work import Work
from bibfolio.sources import tex
from bibfolio.sources.bib_parser import RawEntry
from bibfolio.sources.bibtex_writer import Layout, fields_of
from bibfolio.sources.fields import standard_name
from bibfolio.sources.names import normal_name
from bibfolio.sources.spelling import Spelling, fold, spelling_of


def is_same(one: Work, other: Work) -> bool:
    """Tell whether two records are one work: by DOI, arXiv number, or title and a family name."""
    title = _folded(one.title)
    is_alike = title and title == _folded(other.title)
    return bool(_ids(one) & _ids(other) or (is_alike and _families(one) & _families(other)))


#: Every work of a list is compared with every entry.
_folded = lru_cache(8192)(fold)


def _ids(work: Work) -> frozenset[str]:
    """Return every identifier of a work, also those of its other form: preprint, or print."""
    dois = (work.doi, work.preprint_doi, work.published_doi)
    return frozenset(filter(None, (*(doi.lower() for doi in dois), work.arxiv)))


def _families(work: Work) -> frozenset[str]:
    people = (*work.authors, *work.editors)
    return frozenset(form for one in people for form in Spelling.of(one).families)


def find_same(work: Work, known: Iterable[tuple[Paper, Work]]) -> Paper | None:
    """Return the paper that is this work: of a preprint and its print, the one that *work* is.

    Then the same DOI or number goes before the same title.
    """
    same = [(paper, other) for paper, other in known if is_same(work, other)]

    def rank(pair: tuple[Paper, Work]) -> tuple[bool, int]:
        return pair[1].is_preprint == work.is_preprint, len(_ids(work) & _ids(pair[1]))

    best = max(same, key=rank, default=None)
    return best[0] if best else None


def merged(one: Work, other: Work) -> Work | None:
    """Return what two lists say of one work; None if it may be two: other versions, a namesake's.

    A preprint and its print are one, and so is what one of the lists knows no DOI of.
    """
    dois = {work.doi.lower() for work in (one, other)}
    is_one = one.is_preprint or other.is_preprint
    is_one |= len(dois) == 1 or ("" in dois and one.type == other.type)
    if not is_one or not is_same(one, other):
        return None
    first, second = sorted((one, other), key=lambda work: (work.is_preprint, not work.doi))
    return filled(first, second)


#: What a list or a preprint may know better; a venue is one service's alone.
_MORE = ("arxiv", "arxiv_class", "pages", "isbn", "issn", "abstract", "orcids")


def filled(work: Work, other: Work) -> Work:
    """Return *work* with what it lacks and *other* has."""
    names = _MORE if len(other.authors) == len(work.authors) else _MORE[:-1]
    return replace(work, **{n: getattr(other, n) for n in names if not any(getattr(work, n))})


def has_authors_of(work: Work, other: Work) -> bool:
    """Tell whether half of the authors of *other* are among those of *work*."""
    there = [bool(_families(work) & Spelling.of(one).families) for one in other.authors]
    return sum(there) * 2 >= len(there)


def owner_in(work: Work, owner: Collection[str], orcid: str = "") -> Author | None:
    """Return the author who is the owner, by ORCID iD or a spelling of the name."""
    forms = {normal_name(form) for form in owner}
    own = [spelling for spelling in map(spelling_of, sorted(owner)) if spelling]
    # Whoever J. Doe may be, Janet is not Jane.
    own = [one for one in own if max(map(len, one.given), default=0) > 1] or own
    people = work.authors or work.editors
    # Who has another iD is a namesake.
    ids = dict(zip(people, work.orcids, strict=False)) if orcid else {}
    people = tuple(p for p in people if ids.get(p, "") in {"", orcid})
    sure = [p for p in people if ids.get(p)]
    sure += [p for p in people if normal_name(p.name) in forms]
    sure += [p for p in people if any(Spelling.of(p).may_be(mine) for mine in own)]
    return next(iter(sure), None)


#: What being published changes in the entry of a preprint, whatever stands there.
_PRINT = frozenset(
    "journal booktitle eventtitle eventtitleaddon eventdate venue date year month volume number "
    "pages eid publisher school institution doi".split()
)
#: What is said of a preprint alone; and where and when it was, if the print says that otherwise.
_GONE = "pubstate howpublished journal booktitle year month volume number".split()


def as_published(raw: RawEntry, work: Work, layout: Layout) -> tuple[dict[str, str], list[str]]:
    """Return the fields to set in the entry of a preprint, and those to drop.

    The title is set if the print has another one; ``eprint`` stays. What else is there stays, and
    what is empty is filled.
    """
    there = {standard_name(name): value for name, value in raw.fields}
    wanted = fields_of(work)
    date = wanted.pop("date", "")
    if "date" in there:
        wanted["date"] = date
    elif work.date:
        its = replace(layout, yearly=frozenset({""}), has_months=True)
        wanted |= (its if "year" in there else layout).dated(work.type, work.date)
    if fold(tex.plain(there.get("title", ""))) == fold(work.title):
        del wanted["title"]
    chosen = {
        name: value
        for name, value in wanted.items()
        if name in _PRINT or name == "title" or not there.get(name)
    }
    chosen = {name: value for name, value in chosen.items() if there.get(name) != value}
    return chosen, [name for name in _GONE if name in there and name not in wanted]


def disagreement(paper: Paper, work: Work) -> str:
    """Return what the authors of an entry and of a work differ in, or ""."""
    ours, theirs = (
        [Spelling.of(one).families for one in people] for people in (paper.authors, work.authors)
    )
    is_long = len(ours) == len(theirs) or paper.et_al
    if is_long and all(map(frozenset.intersection, ours, theirs)):
        return ""
    names = ", ".join(one.name for one in work.authors)
    return f"the authors differ and stay as they are; the service has {names}"
