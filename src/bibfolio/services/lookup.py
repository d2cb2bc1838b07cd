"""Looks works up: finds complete records, tells which records are one work, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import chain, repeat
from pathlib import Path
from typing import Any, NamedTuple

from bibfolio.model import Author, Paper
from bibfolio.model.strings import fold, is_local
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
    """An identifier to look up: its kind (``doi``, ``arxiv``, ``dblp``, ``file``) and value."""

    kind: str
    value: str


def identifier_of(text: str) -> Identifier | None:
    """Return the identifier that *text* is; None if it is none."""
    bare = text.strip()
    if bare.lower().endswith(".bib") and is_local(bare):
        return Identifier("file", bare)
    number = re.sub(r"[?#].*|/$", "", re.sub(r"^(?:www\.)?(?=arxiv\.org/)", "https://", bare))
    if number := arxiv_of(crossref.ARXIV_DOI.sub("", read_doi(bare)) or number) or arxiv_of(number):
        return Identifier("arxiv", arxiv.without_version(number))
    if record := _DBLP.fullmatch(bare):
        return Identifier("dblp", record["key"])
    doi = read_doi(re.sub(r"^(?=(?:dx\.)?doi\.org/)", "https://", bare))
    return Identifier("doi", doi) if doi.startswith("10.") else None


def find(identifier: Identifier, client: Client) -> Iterator[Work]:
    """Yield the work with an identifier, or all works of a file.

    Raises:
        ServiceError: no service knows the work, or a service cannot be asked.
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
        for work in found:
            client.begin()
            yield completed(work, client)


def _of_dblp(key: str, client: Client) -> list[Work]:
    if found := dblp.works(client.text("dblp", dblp.path(key), param="1")):
        return found
    raise ServiceError("DBLP answers with something that cannot be read instead of BibTeX")


def by_doi(doi: str, client: Client) -> Work:
    """Return the record of a DOI at Crossref, or else at DataCite."""
    try:
        found: Work = _read(crossref.work, client.json("crossref", crossref.path(doi)), "message")
    except NotKnownError:
        try:
            answer = client.json("datacite", datacite.path(doi))
        except NotKnownError:
            raise NotKnownError("neither Crossref nor DataCite knows this DOI") from None
        found = _read(datacite.work, answer, "data", "attributes")
    # Crossref writes many DOIs in lower case, which makes no difference.
    is_same = found.doi.lower() == doi.lower()
    return replace(found, doi=doi if is_same or not found.doi else found.doi)


def by_arxiv(number: str, client: Client) -> Work:
    """Return arXiv's record of a number, or that of the published paper."""
    found = arxiv.works(client.xml("arxiv", arxiv.PATH, id_list=number))
    if not found:
        raise NotKnownError("arXiv does not know this number")
    return published(found[0], client)


def published(preprint: Work, client: Client) -> Work:
    """Return the published paper of a preprint, with its number; else the preprint."""
    if not preprint.is_preprint or not doi_of(preprint.published_doi):
        return preprint
    if crossref.ARXIV_DOI.match(preprint.published_doi):
        return preprint
    try:
        found = filled(by_doi(preprint.published_doi, client), preprint)
        return replace(found, preprint_doi=found.preprint_doi or preprint.doi)
    except NotKnownError:  # the DOI that the authors gave may be wrong
        return preprint


def completed(work: Work, client: Client) -> Work:
    """Return a work of a list with what the services know about it."""
    try:
        if work.doi and not crossref.ARXIV_DOI.match(work.doi):
            return filled(published(by_doi(work.doi, client), client), work)
        return filled(by_arxiv(work.arxiv, client), work) if work.arxiv else work
    except NotKnownError:
        return work


def listed(service: str, person: str, client: Client) -> list[Work]:
    """Return the works that ORCID or DBLP lists for a person; a list holds few facts."""
    if service == "dblp":
        return _of_dblp(f"pid/{person}", client)
    answer = client.json("orcid", orcid.path(person))
    if not isinstance(answer, dict) or "group" not in answer:
        raise ServiceError("ORCID answers in a form that is not understood")
    return list(_read(orcid.works, answer))


def person(orcid_id: str, client: Client) -> orcid.Person:
    """Return who somebody is by the public record at ORCID."""
    found: orcid.Person = _read(orcid.person, client.json("orcid", orcid.record_path(orcid_id)))
    return found


def printed(preprint: Work, client: Client) -> Work:
    """Return the published paper of a preprint, by arXiv, Crossref or a search there."""
    found = completed(replace(preprint, doi=preprint.doi or preprint.preprint_doi), client)
    if not found.is_preprint:
        return found
    words = f"{preprint.title} {found.journal_ref}".strip()
    question = {"query.bibliographic": words, "rows": "5"}
    answer = client.json("crossref", "/works", **question)
    items = _read(lambda works: list(map(crossref.work, works)), answer, "message", "items")
    for work in items:
        is_print = work.type in {"article", "inproceedings", "incollection", "book"} and work.date
        is_later = is_print and not (preprint.date and work.date.year < preprint.date.year)
        # A search finds many works: the title and one author called Wang are not enough.
        shared = [bool(_families(work) & Spelling.of(p).families) for p in preprint.authors]
        is_match = is_same(work, preprint) and sum(shared) * 2 >= len(shared)
        if is_later and is_match and not work.is_preprint and not work.corrects:
            return filled(work, preprint)
    return found


#: What a list or a preprint may add; the venue comes from one service alone.
_MORE = ("arxiv", "arxiv_class", "pages", "isbn", "issn", "abstract", "orcids")


def filled(work: Work, other: Work) -> Work:
    """Return *work* with the facts of *other* that it lacks."""
    names = _MORE if len(other.authors) == len(work.authors) else _MORE[:-1]
    return replace(work, **{n: getattr(other, n) for n in names if not any(getattr(work, n))})


def _read(make: Any, answer: Any, *path: str) -> Any:
    """Return a part of an answer, parsed by *make*."""
    try:
        for name in path:
            answer = answer[name]
        return make(answer)
    except (AttributeError, KeyError, IndexError, TypeError, ValueError):
        raise ServiceError("the service answers in a form that is not understood") from None


# -- one work, and its owner ---------------------------------------------------------------------


def is_same(work: Work, other: Work) -> bool:
    """Return whether two records are one work: by DOI, arXiv number, or title and a family name."""
    title = _folded(work.title)
    is_alike = title and title == _folded(other.title)
    return bool(_ids(work) & _ids(other) or (is_alike and _families(work) & _families(other)))


#: Cached, as every work of a list is compared with every entry.
_folded = lru_cache(8192)(fold)


def _ids(work: Work) -> frozenset[str]:
    """Return all identifiers of a work, also those of its preprint or print."""
    dois = (work.doi, work.preprint_doi, work.published_doi)
    return frozenset(filter(None, (*(doi.lower() for doi in dois), work.arxiv)))


def _families(work: Work) -> frozenset[str]:
    people = (*work.authors, *work.editors)
    return frozenset(form for person in people for form in Spelling.of(person).families)


def as_works(papers: Iterable[Paper]) -> list[tuple[Paper, Work]]:
    """Return each paper, and the same in the form of services."""
    return [(paper, work_of(paper)) for paper in papers]


def find_same(work: Work, papers: Iterable[tuple[Paper, Work]]) -> Paper | None:
    """Return the paper that is this work; None if there is none.

    A preprint matches a preprint first, and a print a print; then more identifiers count.
    """
    same = [(paper, other) for paper, other in papers if is_same(work, other)]

    def rank(pair: tuple[Paper, Work]) -> tuple[bool, int]:
        return pair[1].is_preprint == work.is_preprint, len(_ids(work) & _ids(pair[1]))

    best = max(same, key=rank, default=None)
    return best[0] if best else None


def merged(work: Work, other: Work) -> Work | None:
    """Return what two lists know about one work; None if they may mean two works.

    A preprint and its print are one work; so are records of which one has no DOI.
    """
    dois = {record.doi.lower() for record in (work, other)}
    is_one = work.is_preprint or other.is_preprint
    is_one |= len(dois) == 1 or ("" in dois and work.type == other.type)
    if not is_one or not is_same(work, other):
        return None
    first, second = sorted((work, other), key=lambda record: (record.is_preprint, not record.doi))
    return filled(first, second)


def owner_in(work: Work, owner: Collection[str], orcid: str = "") -> Author | None:
    """Return the author who is the owner, by ORCID iD or by a spelling of the name."""
    forms = {normal_name(form) for form in owner}
    own = [spelling for spelling in map(spelling_of, sorted(owner)) if spelling]
    # With initials alone, Janet Doe could be Jane Doe.
    own = [name for name in own if max(map(len, name.given), default=0) > 1] or own
    people = work.authors or work.editors
    ids = chain(work.orcids, repeat("")) if orcid else repeat("")
    # Someone with another iD only has the same name.
    candidates = [pair for pair in zip(people, ids, strict=False) if pair[1] in {"", orcid}]
    people = tuple(person for person, _id in candidates)
    matches = [person for person, id_ in candidates if id_]
    matches += [person for person in people if normal_name(person.name) in forms]
    matches += [p for p in people if any(Spelling.of(p).may_be(name) for name in own)]
    return next(iter(matches), None)


def disagreement(paper: Paper, work: Work) -> str:
    """Return a sentence if the authors of an entry and of a work differ, or ""."""
    ours, theirs = (
        [Spelling.of(person).families for person in people]
        for people in (paper.authors, work.authors)
    )
    is_long = len(ours) == len(theirs) or paper.et_al
    if is_long and all(map(frozenset.intersection, ours, theirs)):
        return ""
    names = ", ".join(author.name for author in work.authors)
    return f"the authors differ and stay as they are; the service has {names}"
