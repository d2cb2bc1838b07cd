"""What is asked for, by DOI, arXiv number, DBLP record or file → works, each complete."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from bibfolio.model.work import Work
from bibfolio.services import arxiv, crossref, datacite, dblp, orcid
from bibfolio.services.client import Client, NotKnownError, ServiceError
from bibfolio.services.matching import filled, has_authors_of, is_same
from bibfolio.sources.bibliography import decode
from bibfolio.sources.identifiers import arxiv_of, doi_of, read_doi

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
        found = dblp.works(client.text("dblp", dblp.path(f"rec/{value}"), param="1"))
        if not found:
            raise ServiceError("DBLP answers with something that cannot be read instead of BibTeX")
        yield completed(found[0], client)
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
        found = dblp.works(client.text("dblp", dblp.path(f"pid/{person}"), param="1"))
        if not found:
            raise ServiceError("DBLP answers with something that cannot be read instead of BibTeX")
        return found
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
        is_its = is_same(one, preprint) and has_authors_of(one, preprint)
        if is_later and is_its and not one.is_preprint and not one.corrects:
            return filled(one, preprint)
    return found


def _read(make: Any, answer: Any, *path: str) -> Any:
    """Return what *make* makes of a part of an answer."""
    try:
        for name in path:
            answer = answer[name]
        return make(answer)
    except (AttributeError, KeyError, IndexError, TypeError, ValueError):
        raise ServiceError("the service answers in a form that is not understood") from None
