"""DataCite: data sets, software, theses, and the works of repositories such as Zenodo."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from bibfolio.model.work import Work
from bibfolio.services import clean, crossref

#: DataCite's general type → Crossref's type.
_KINDS = {
    "Dataset": "dataset",
    **dict.fromkeys(("Software", "ComputationalNotebook"), "software"),
    "JournalArticle": "journal-article",
    "ConferencePaper": "proceedings-article",
    "Book": "book",
    "BookChapter": "book-chapter",
    "Dissertation": "dissertation",
    "Report": "report",
    "Preprint": "posted-content",
}
_VERSIONS = {"IsVersionOf", "IsPreprintOf", "IsIdenticalTo", "IsVariantFormOf"}


def path(doi: str) -> str:
    """Return the path of one work."""
    return f"/dois/{quote(doi, safe='')}"


def work(answer: dict[str, Any]) -> Work:
    """Return the work in ``data.attributes`` of an answer, translated to Crossref's form."""
    days = [d["date"] for d in answer.get("dates") or [] if d.get("dateType") == "Issued"]
    day = str(days[0])[:10].split("-") if days else [answer.get("publicationYear")]
    publisher, descriptions = answer.get("publisher"), answer.get("descriptions") or []
    prints = [
        {
            "id-type": str(related.get("relatedIdentifierType")).lower(),
            "id": related.get("relatedIdentifier"),
        }
        for related in answer.get("relatedIdentifiers") or []
        if related.get("relationType") in _VERSIONS
    ]
    type_ = _KINDS.get(str((answer.get("types") or {}).get("resourceTypeGeneral")), "")
    way = "is-preprint-of" if type_ == "posted-content" else "has-preprint"
    return crossref.work(
        {
            "type": type_,
            "title": [title.get("title") for title in answer.get("titles") or []],
            "author": [_author(creator) for creator in answer.get("creators") or []],
            "issued": {"date-parts": [day]},
            "container-title": (answer.get("container") or {}).get("title"),
            "publisher": publisher.get("name") if isinstance(publisher, dict) else publisher,
            "DOI": answer.get("doi"),
            "relation": {
                way: [work for work in prints if way[0] == "i" or work["id-type"] == "arxiv"]
            },
            "abstract": next(
                (
                    d.get("description")
                    for d in descriptions
                    if d.get("descriptionType") == "Abstract"
                ),
                "",
            ),
        }
    )


def _author(creator: dict[str, Any]) -> dict[str, Any]:
    ids = [str(i.get("nameIdentifier")) for i in creator.get("nameIdentifiers") or []]
    orcid = next((i for i in ids if "orcid.org/" in i), "")
    if creator.get("nameType") == "Organizational":
        return {"name": creator.get("name")}
    if creator.get("familyName"):
        return {"given": creator.get("givenName"), "family": creator["familyName"], "ORCID": orcid}
    person = clean.name(creator.get("name"))
    if not person or person.is_organization:
        return {"name": creator.get("name")}
    return {"given": person.given, "family": person.family, "suffix": person.suffix, "ORCID": orcid}
