"""What programs and people call a field, and write into it → the standard field and its value.

al-folio, Google Scholar, DBLP, ADS and others have names of their own for what biblatex has a field
for, or put it elsewhere. What is read here is no finding; a standard field wins where both are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bibfolio.model.paper import JOURNAL_KINDS, KIND_OF_TYPE
from bibfolio.sources.fields import FURTHER, OTHER_NAMES, state_in_date
from bibfolio.sources.identifiers import arxiv_inside, arxiv_of, read_doi
from bibfolio.sources.keywords import SELECTED
from bibfolio.sources.name_signs import SIGN_TEXTS, explains_signs

Fields = dict[str, str]

#: Journals that are arXiv: ``arXiv preprint arXiv:2001.01234``, ``CoRR``, ``arXiv e-prints``.
_ARXIV_JOURNAL = re.compile(r"(?:arxiv\b.*|corr|computing research repository.*)", re.IGNORECASE)
_AT_ARXIV = re.compile(r"https?://(?:www\.|export\.)?arxiv\.org/", re.IGNORECASE)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.", re.IGNORECASE)
#: What al-folio's ``abbr`` says of the kind of a paper, and not of its venue.
_KINDS = {"conference", "preprint", "journal", "workshop", "thesis", "book", "article", "arxiv"}
_YES = {"true", "yes", "1"}
_ON_SIGNS = ("annotation", "additional_info")
#: Between two addresses in one field; the second may be of a program of its own.
_BETWEEN = re.compile(r"[\s,;]+(?=[a-z][a-z0-9+.-]*://)", re.IGNORECASE)

#: How Zotero writes into ``note`` what it has no field for, and what its add-ons keep there. A
#: sentence behind a number is the owner's: ``arXiv:2101.00001. Accepted at …``.
_ZOTERO_NOTE = re.compile(
    r"\s*(?:(?:(?:Backup )?Publisher|(?:\\?_)?(?:eprint|section)|Section|Conference Name"
    r"|Citation Key|[GZ]SCC|Read\\?_Status(?:\\?_Date)?): ?\S"
    r"|(?:Number|Num Pages|Version Number|ADS Bibcode|Accession Number|PMC?ID|IS[SB]N|arXiv)"
    r": ?\S+(?: \[[^\[\]]*\])?\s*(?:\Z|\w+(?: \w+)?:))"
)


def standardized(fields: Mapping[str, str], type_: str) -> Fields:
    """Return the *fields* of an entry of this type under their standard names.

    The names are in lower case; other fields stay as they are.
    """
    found = dict(fields)
    for read in _READERS:
        read(found, type_)
    return found


def _fill(fields: Fields, name: str, value: str) -> None:
    """Set a field that is empty."""
    if value.strip() and not fields.get(name, "").strip():
        fields[name] = value


def _award(fields: Fields, _type: str) -> None:
    """Take al-folio's ``award_name`` for the award, which ``award`` describes there."""
    if fields.get("award_name", "").strip():
        fields["award"] = fields["award_name"]


def _arxiv(fields: Fields, _type: str) -> None:
    """Take the number of an e-print from where databases put it; arXiv is no journal."""
    journal, url = fields.get("journal", ""), fields.get("url", "")
    is_arxiv = bool(_ARXIV_JOURNAL.fullmatch(journal.strip("{} ")))
    places = [fields.get("arxiv", ""), fields.get("arxivid", "")]
    places += [journal, fields.get("volume", ""), fields.get("pages", "")] if is_arxiv else []
    places += [url] if _AT_ARXIV.match(url.strip("{} ")) else []
    doi = read_doi(fields.get("doi", ""))
    places += [_ARXIV_DOI.sub("", doi)] if _ARXIV_DOI.match(doi) else []
    numbers = (arxiv_of(place) or arxiv_inside(place) for place in places)
    number = next(filter(None, numbers), "")
    if number and not fields.get("eprint", "").strip():
        fields |= {"eprint": number, "eprinttype": "arxiv"}
    if is_arxiv and (number or fields.get("eprint")):
        fields["journal"] = ""
        for name in ("volume", "pages"):
            if arxiv_inside(fields.get(name, "")):
                fields[name] = ""


def _badge(fields: Fields, type_: str) -> None:
    """Take al-folio's ``abbr`` for the short name of the venue, unless it is a kind."""
    abbr = fields.get("abbr", "").strip("{} ")
    if abbr and abbr.casefold() not in _KINDS:
        is_journal = KIND_OF_TYPE.get(type_) in JOURNAL_KINDS
        _fill(fields, "shortjournal" if is_journal else "eventtitleaddon", abbr)


def _selected(fields: Fields, _type: str) -> None:
    """Take ``selected = {true}`` for the keyword."""
    if fields.get(SELECTED, "").strip("{} ").casefold() in _YES:
        fields["keywords"] = ", ".join(filter(None, [fields.get("keywords", ""), SELECTED]))


def _addresses(fields: Fields, _type: str) -> None:
    """Take the first http(s) address of ``url``; of more, and of ``html``, make further links."""
    parts = [part for part in _BETWEEN.split(fields.get("url", "").strip()) if part]
    if len(parts) > 1:
        web = [part for part in parts if re.match(r"https?://", part, re.IGNORECASE)]
        fields["url"] = next(iter(web), parts[0])
        fields[FURTHER] = " ; ".join(web[1:])
    if re.match(r"https?://\S+ \S", fields.get("url", ""), re.IGNORECASE):
        fields["url"] = re.sub(r"\s+", "%20", fields["url"].strip())
    page = fields.get("html", "")
    if page and fields.get("url", "").strip() not in {"", page.strip()}:
        fields[FURTHER] = " ; ".join(filter(None, [fields.get(FURTHER, ""), page]))
    _fill(fields, "url", page)


def _openreview(fields: Fields, _type: str) -> None:
    """Take al-folio's bare name of a forum at OpenReview for its address."""
    forum = fields.get("openreview", "").strip("{} ")
    if re.fullmatch(r"[\w-]{9,12}", forum, re.ASCII):
        fields["openreview"] = f"https://openreview.net/forum?id={forum}"


def _names(fields: Fields, _type: str) -> None:
    for other, name in OTHER_NAMES.items():
        _fill(fields, name, fields.get(other, ""))


def _state(fields: Fields, _type: str) -> None:
    """Take what stands in place of a date, such as ``in press``, for the state it means."""
    _fill(fields, "pubstate", state_in_date(fields.get("date", "") or fields.get("year", "")))


def _signs(fields: Fields, _type: str) -> None:
    """Take al-folio's words on stars and equal contribution for what they explain; no summary."""
    found = [name for name in _ON_SIGNS if explains_signs(fields.get(name, ""))]
    if found:
        fields[SIGN_TEXTS] = "\n".join(fields[name] for name in found)
        fields |= dict.fromkeys(found, "")


def _note(fields: Fields, _type: str) -> None:
    """Leave out a note that Zotero wrote and nobody wants printed: ``Publisher: Elsevier``.

    The number in ``arXiv:2101.00001 [cs]`` is that of the e-print.
    """
    note = fields.get("note", "")
    if _ZOTERO_NOTE.match(note):
        fields["note"] = ""
        _fill(fields, "arxiv", arxiv_inside(note))


#: In this order: what a field says may decide what another one is.
_READERS: tuple[Callable[[Fields, str], None], ...] = (
    _names,
    _note,
    _award,
    _selected,
    _arxiv,
    _badge,
    _addresses,
    _openreview,
    _state,
    _signs,
)
