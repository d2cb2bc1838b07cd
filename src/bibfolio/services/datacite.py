"""DataCite: data sets, software, theses, and the works of repositories such as Zenodo."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from bibfolio.model import Author
from bibfolio.model.work import Work
from bibfolio.services import clean
from bibfolio.sources.fields import TYPES
from bibfolio.sources.identifiers import arxiv_of, doi_of

#: Its general type → entry type, where ``types.bibtex`` says no more than ``misc``.
_KINDS = {
    "Dataset": "dataset",
    "Software": "software",
    "ComputationalNotebook": "software",
    "JournalArticle": "article",
    "ConferencePaper": "inproceedings",
    "Book": "book",
    "BookChapter": "incollection",
    "Dissertation": "phdthesis",
    "Report": "techreport",
}


def path(doi: str) -> str:
    """Return where DataCite answers with one work."""
    return f"/dois/{quote(doi, safe='')}"


def work(answer: dict[str, Any]) -> Work:
    """Return the work in the ``data.attributes`` of an answer."""
    types = answer.get("types") or {}
    kind, written = types.get("resourceTypeGeneral", ""), str(types.get("bibtex", "")).lower()
    titles, creators = answer.get("titles") or [{}], answer.get("creators") or []
    days = [d for d in answer.get("dates") or [] if d.get("dateType") == "Issued"]
    issued = clean.date(str(days[0].get("date"))[:10].split("-")) if days else None
    people = [(author, _orcid(one)) for one in creators if (author := _author(one))]
    maker = answer.get("publisher")
    name = clean.publisher(maker.get("name") if isinstance(maker, dict) else maker)
    told = [d for d in answer.get("descriptions") or [] if d.get("descriptionType") == "Abstract"]
    return Work(
        title=clean.title(titles[0].get("title")),
        authors=tuple(author for author, _orcid in people),
        orcids=tuple(orcid for _author, orcid in people),
        type=_KINDS.get(kind) or (written if written in TYPES else "misc"),
        date=issued or clean.date([answer.get("publicationYear")]),
        container=clean.container((answer.get("container") or {}).get("title")),
        publisher=name,
        institution=name,
        doi=doi_of(clean.clean(answer.get("doi"))),
        arxiv=arxiv_of(_related(answer, "arXiv")),
        is_preprint=kind == "Preprint",
        published_doi=_related(answer, "DOI") * (kind == "Preprint"),
        abstract=clean.clean(told[0].get("description")) if told else "",
    )


def _author(one: dict[str, Any]) -> Author | None:
    if one.get("nameType") == "Organizational":
        return clean.organisation(one.get("name"))
    parts = one.get("givenName"), one.get("familyName")
    return clean.person(*parts) if parts[1] else clean.name(one.get("name"))


def _orcid(one: dict[str, Any]) -> str:
    found = [clean.clean(i.get("nameIdentifier")) for i in one.get("nameIdentifiers") or []]
    return next((i.rpartition("/")[2] for i in found if "orcid.org/" in i), "")


def _related(answer: dict[str, Any], kind: str) -> str:
    """Return the identifier of another version of the work, as DOI or arXiv number."""
    wanted = {"IsVersionOf", "IsPreprintOf", "IsIdenticalTo", "IsVariantFormOf"}
    for one in answer.get("relatedIdentifiers") or []:
        if one.get("relatedIdentifierType") == kind and one.get("relationType") in wanted:
            return clean.clean(one.get("relatedIdentifier"))
    return ""
