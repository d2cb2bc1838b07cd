"""DataCite: data sets, software, theses, and the works of repositories such as Zenodo."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from bibfolio.model.work import Work
from bibfolio.services import clean, crossref

#: Its general type → what Crossref calls it.
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
    """Return where DataCite answers with one work."""
    return f"/dois/{quote(doi, safe='')}"


def work(answer: dict[str, Any]) -> Work:
    """Return the work in the ``data.attributes`` of an answer, which is put as Crossref would."""
    days = [d["date"] for d in answer.get("dates") or [] if d.get("dateType") == "Issued"]
    day = str(days[0])[:10].split("-") if days else [answer.get("publicationYear")]
    maker, told = answer.get("publisher"), answer.get("descriptions") or []
    prints = [
        {
            "id-type": str(one.get("relatedIdentifierType")).lower(),
            "id": one.get("relatedIdentifier"),
        }
        for one in answer.get("relatedIdentifiers") or []
        if one.get("relationType") in _VERSIONS
    ]
    type_ = _KINDS.get(str((answer.get("types") or {}).get("resourceTypeGeneral")), "")
    way = "is-preprint-of" if type_ == "posted-content" else "has-preprint"
    return crossref.work(
        {
            "type": type_,
            "title": [one.get("title") for one in answer.get("titles") or []],
            "author": [_author(one) for one in answer.get("creators") or []],
            "issued": {"date-parts": [day]},
            "container-title": (answer.get("container") or {}).get("title"),
            "publisher": maker.get("name") if isinstance(maker, dict) else maker,
            "DOI": answer.get("doi"),
            "relation": {
                way: [one for one in prints if way[0] == "i" or one["id-type"] == "arxiv"]
            },
            "abstract": next(
                (d.get("description") for d in told if d.get("descriptionType") == "Abstract"), ""
            ),
        }
    )


def _author(one: dict[str, Any]) -> dict[str, Any]:
    ids = [str(i.get("nameIdentifier")) for i in one.get("nameIdentifiers") or []]
    orcid = next((i for i in ids if "orcid.org/" in i), "")
    if one.get("nameType") == "Organizational":
        return {"name": one.get("name")}
    if one.get("familyName"):
        return {"given": one.get("givenName"), "family": one["familyName"], "ORCID": orcid}
    person = clean.name(one.get("name"))
    if not person or person.is_organization:
        return {"name": one.get("name")}
    return {"given": person.given, "family": person.family, "suffix": person.suffix, "ORCID": orcid}
