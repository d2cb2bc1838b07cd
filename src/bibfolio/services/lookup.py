"""What is asked for → works, each complete; which records are one work, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import chain, repeat
from pathlib import Path
from typing import Any, NamedTuple

from bibfolio.model import Author, Paper
from bibfolio.model.strings import fold
from bibfolio.model.work import Work
from bibfolio.services import arxiv, crossref, datacite, dblp, orcid
from bibfolio.services.client import Client, NotKnownError, ServiceError
from bibfolio.services.dblp import work_of
from bibfolio.sources.bibliography import decode
from bibfolio.sources.identifiers import arxiv_of, doi_of, read_doi
from bibfolio.sources.names import normal_name
from bibfolio.sources.spelling import Spelling, spelling_of

_DBLP = re.compile(
    r"(?:(?:https?://)?(?:www\.)?dblp\.(?:org|dagstuhl\.de|uni-trier\.de)/|dblp:)?"
    r"(?:rec/(?:bib\d?/|html/)?)?(?P<key>[a-z]+/[\w-]+/[\w-]+)(?:\.\w+)?(?:\?.*)?",
    re.IGNORECASE | re.ASCII,
)


class Identifier(NamedTuple):
    """What someone asks for: its kind (``doi``, ``arxiv``, ``dblp``, ``file``), and its value."""

    kind: str
    value: str


def identifier_of(text: str) -> Identifier | None:
    """Return what is meant by one word; None if it is nothing that can be looked up."""
    bare = text.strip()
    if bare.lower().endswith(".bib") and "://" not in bare:
        return Identifier("file", bare)
    number = re.sub(r"[?#].*|/$", "", re.sub(r"^(?:www\.)?(?=arxiv\.org/)", "https://", bare))
    if number := arxiv_of(crossref.ARXIV_DOI.sub("", read_doi(bare)) or number) or arxiv_of(number):
        return Identifier("arxiv", arxiv.without_version(number))
    if record := _DBLP.fullmatch(bare):
        return Identifier("dblp", record["key"])
    doi = read_doi(re.sub(r"^(?=(?:dx\.)?doi\.org/)", "https://", bare))
    return Identifier("doi", doi) if doi.startswith("10.") else None


def find(identifier: Identifier, client: Client) -> Iterator[Work]:
    """Yield the works that are meant: one, or all of a file.

    Raises:
        ServiceError: nobody knows it, or a service cannot be asked.
    """
    kind, value = identifier
    if kind == "doi":
        yield published(by_doi(value, client), client)
    elif kind == "arxiv":
        yield by_arxiv(value, client)
    elif kind == "dblp":
        yield completed(_of_dblp(f"rec/{value}", client)[0], client)
    else:
        try:
            found = dblp.works(decode(Path(value).read_bytes())[0])
        except OSError as error:
            raise ServiceError(f"cannot be read: {error.strerror}") from None
        if not found:
            raise ServiceError("holds no entry that can be read")
        for one in found:
            client.begin()
            yield completed(one, client)


def _of_dblp(key: str, client: Client) -> list[Work]:
    if found := dblp.works(client.text("dblp", dblp.path(key), param="1")):
        return found
    raise ServiceError("DBLP answers with something that cannot be read instead of BibTeX")


def by_doi(doi: str, client: Client) -> Work:
    """Return what Crossref, or else DataCite, knows of a DOI."""
    try:
        found: Work = _read(crossref.work, client.json("crossref", crossref.path(doi)), "message")
    except NotKnownError:
        try:
            answer = client.json("datacite", datacite.path(doi))
        except NotKnownError:
            raise NotKnownError("neither Crossref nor DataCite knows this DOI") from None
        found = _read(datacite.work, answer, "data", "attributes")
    # Crossref writes many in small letters; the case says nothing.
    is_same = found.doi.lower() == doi.lower()
    return replace(found, doi=doi if is_same or not found.doi else found.doi)


def by_arxiv(number: str, client: Client) -> Work:
    """Return what arXiv knows of a number, or the paper that it has become."""
    found = arxiv.works(client.xml("arxiv", arxiv.PATH, id_list=number))
    if not found:
        raise NotKnownError("arXiv does not know this number")
    return published(found[0], client)


def published(preprint: Work, client: Client) -> Work:
    """Return the paper that a preprint has become, with its number; the preprint if it is none."""
    if not preprint.is_preprint or not doi_of(preprint.published_doi):
        return preprint
    if crossref.ARXIV_DOI.match(preprint.published_doi):
        return preprint
    try:
        found = filled(by_doi(preprint.published_doi, client), preprint)
        return replace(found, preprint_doi=found.preprint_doi or preprint.doi)
    except NotKnownError:  # authors may err
        return preprint


def completed(work: Work, client: Client) -> Work:
    """Return a work of a list with all that the services know of it."""
    try:
        if work.doi and not crossref.ARXIV_DOI.match(work.doi):
            return filled(published(by_doi(work.doi, client), client), work)
        return filled(by_arxiv(work.arxiv, client), work) if work.arxiv else work
    except NotKnownError:
        return work


def listed(service: str, person: str, client: Client) -> list[Work]:
    """Return the works that ORCID or DBLP lists for a person, as far as the list knows them."""
    if service == "dblp":
        return _of_dblp(f"pid/{person}", client)
    answer = client.json("orcid", orcid.path(person))
    if not isinstance(answer, dict) or "group" not in answer:
        raise ServiceError("ORCID answers in a form that is not understood")
    return list(_read(orcid.works, answer))


def printed(preprint: Work, client: Client) -> Work:
    """Return the paper that a preprint has become, if arXiv, Crossref or a search there knows."""
    found = completed(replace(preprint, doi=preprint.doi or preprint.preprint_doi), client)
    if not found.is_preprint:
        return found
    words = f"{preprint.title} {found.journal_ref}".strip()
    question = {"query.bibliographic": words, "rows": "5"}
    answer = client.json("crossref", "/works", **question)
    items = _read(lambda every: [crossref.work(one) for one in every], answer, "message", "items")
    for one in items:
        is_print = one.type in {"article", "inproceedings", "incollection", "book"} and one.date
        is_later = is_print and not (preprint.date and one.date.year < preprint.date.year)
        # A search finds much: a title and one Wang are not enough.
        there = [bool(_families(one) & Spelling.of(p).families) for p in preprint.authors]
        is_its = is_same(one, preprint) and sum(there) * 2 >= len(there)
        if is_later and is_its and not one.is_preprint and not one.corrects:
            return filled(one, preprint)
    return found


#: What a list or a preprint may know better; a venue is one service's alone.
_MORE = ("arxiv", "arxiv_class", "pages", "isbn", "issn", "abstract", "orcids")


def filled(work: Work, other: Work) -> Work:
    """Return *work* with what it lacks and *other* has."""
    names = _MORE if len(other.authors) == len(work.authors) else _MORE[:-1]
    return replace(work, **{n: getattr(other, n) for n in names if not any(getattr(work, n))})


def _read(make: Any, answer: Any, *path: str) -> Any:
    """Return what *make* makes of a part of an answer."""
    try:
        for name in path:
            answer = answer[name]
        return make(answer)
    except (AttributeError, KeyError, IndexError, TypeError, ValueError):
        raise ServiceError("the service answers in a form that is not understood") from None


# -- one work, and its owner ---------------------------------------------------------------------


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


def as_works(papers: Iterable[Paper]) -> list[tuple[Paper, Work]]:
    """Return each paper, and what a service would say of it."""
    return [(paper, work_of(paper)) for paper in papers]


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


def owner_in(work: Work, owner: Collection[str], orcid: str = "") -> Author | None:
    """Return the author who is the owner, by ORCID iD or a spelling of the name."""
    forms = {normal_name(form) for form in owner}
    own = [spelling for spelling in map(spelling_of, sorted(owner)) if spelling]
    # Whoever J. Doe may be, Janet is not Jane.
    own = [one for one in own if max(map(len, one.given), default=0) > 1] or own
    people = work.authors or work.editors
    ids = chain(work.orcids, repeat("")) if orcid else repeat("")
    # Who has another iD is a namesake.
    both = [(one, its) for one, its in zip(people, ids, strict=False) if its in {"", orcid}]
    people = tuple(one for one, _its in both)
    sure = [one for one, its in both if its]
    sure += [p for p in people if normal_name(p.name) in forms]
    sure += [p for p in people if any(Spelling.of(p).may_be(mine) for mine in own)]
    return next(iter(sure), None)


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
