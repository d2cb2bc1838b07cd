"""DOIs, arXiv numbers, ISBNs, ISSNs, addresses and pages that cannot be right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from bibfolio.lint.item import Item
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.identifiers import (
    arxiv_inside,
    arxiv_of,
    bare_eprint,
    doi_of,
    isbn_error,
    issn_error,
    read_doi,
    with_dashes,
    without_escapes,
    without_tex,
)
from bibfolio.sources.links import candidates, web_url
from bibfolio.sources.source_text import cited

#: The label of a number: ``ISBN-13:``, ``e-ISSN``.
_LABEL = re.compile(r"\b(?:[ep]-?)?is[bs]n(?:[-\s]?1[03](?!\d))?\s*:?", re.IGNORECASE)


def dois(item: Item) -> Iterator[Problem]:
    """Yield values of ``doi`` that are addresses, or no DOIs."""
    for field in item.named("doi"):
        right = read_doi(field.value)
        if right == without_escapes(field.value.strip()) == doi_of(field.value):
            continue
        kind = WarningKind.BIB_FORM
        if doi_of(right):
            message = f"doi takes the DOI alone; write {right}"
        elif web_url(field.value):
            message = "doi is an address and no DOI; write url"
        else:
            kind, advice = WarningKind.BIB_DOI, "one looks like 10.1000/182 or, if short, 10/abc"
            message = f"{cited(field.value, 60)} is no DOI; {advice}"
        yield item.problem(kind, message, field)


def eprints(item: Item) -> Iterator[Problem]:
    """Yield values of ``eprint`` that are addresses, or no arXiv numbers."""
    if item.get("eprinttype").lower() not in {"", "arxiv"}:
        return
    for field in item.named("eprint"):
        number = arxiv_of(field.value)
        if number == field.value:
            continue
        kind = WarningKind.BIB_FORM
        if right := number or arxiv_inside(field.value):
            message = f"eprint takes the arXiv number alone; write {right}"
        elif re.match(r"https?://", field.value, re.IGNORECASE):
            message = "eprint is an address and no arXiv number; write url"
        else:
            kind, advice = WarningKind.BIB_EPRINT, "name its eprinttype"
            if bare_eprint(field.value, ""):
                advice = "one looks like 2504.02263, before 2007 like math/0309136"
            message = f"{cited(field.value, 60)} is no arXiv number; {advice}"
        yield item.problem(kind, message, field)


def serial_numbers(item: Item) -> Iterator[Problem]:
    """Yield ISBNs and ISSNs that cannot be right."""
    for field in item.named("isbn", "issn"):
        is_isbn = field.name == "isbn"
        kind = WarningKind.BIB_ISBN if is_isbn else WarningKind.BIB_ISSN
        error_of = isbn_error if is_isbn else issn_error
        for number in _wrong_numbers(field.value, error_of)[:1]:
            message = f"the {field.name.upper()} {number} {error_of(number)}"
            yield item.problem(kind, message, field)


def _wrong_numbers(written: str, error_of: Callable[[str], str]) -> list[str]:
    """Return the wrong numbers of a field that holds one number, or several with remarks."""
    value = _LABEL.sub(" ", written.strip("{}")).strip()
    if not error_of(value):
        return []
    words = [
        word
        for piece in re.split(r"[,;/()|]|\band\b", value)
        for word in (piece.split() if error_of(piece) else [piece])
    ]
    digits = {word: len(re.findall(r"\d", word)) for word in words}
    has_right = any(digits[word] and not error_of(word) for word in words)
    # Beside a right number, a short one is part of a remark, such as the number of a volume.
    wrong = [word for word in words if digits[word] >= 8 and error_of(word)]
    return wrong if has_right or len(wrong) > 1 else [value]


# -- addresses that lead nowhere, although a browser would try to open them ---------------------

_ADDRESS_FIELDS = ("url", "venueurl", "code", "video", "file", "slides", "poster")
_TWICE = re.compile(r"https?:/*(?=https?:/|https?//)", re.IGNORECASE)


def addresses(item: Item) -> Iterator[Problem]:
    """Yield addresses that cannot be right; the reader reports what is no http(s) address."""
    for field in item.named(*_ADDRESS_FIELDS):
        for candidate in candidates(field.value):
            if web_url(candidate) and (error := address_error(candidate)):
                message = f"the address in {field.written} {error}"
                is_mended = error.startswith("holds")  # by web_url
                kind = WarningKind.BIB_FORM if is_mended else WarningKind.BIB_ADDRESS
                yield item.problem(kind, message, field)


def address_error(address: str) -> str:
    r"""Return what is wrong with an http(s) address (RFC 3986), or ""; ``\%`` is ``%``."""
    url = without_tex(address)
    if twice := _TWICE.match(url):
        return f"begins twice; write {url[twice.end() :]}"
    host = urlsplit(url).hostname or ""
    if not re.fullmatch(r"[\w-]+(?:\.[\w-]+)+\.?|localhost|[\da-f]*:[\da-f:.]+", host):
        return f"has no server such as www.example.org, but {host!r}"
    clean = re.sub(r"[{}\"]", "", url).replace("<", "%3C").replace(">", "%3E")
    if clean != url or without_escapes(address) != url:
        return f"holds a sign that no address has; write {clean}"
    if re.search(r"%(?![\da-fA-F]{2})", url):
        return "has a % without two hexadecimal digits after it; write %25"
    if url[-1] in ",;":
        return f"ends in {url[-1]}; write {url[:-1]}"
    return ""


# -- page ranges with a hyphen ------------------------------------------------------------------


def page_hyphens(item: Item) -> Iterator[Problem]:
    """Yield page ranges with a single hyphen, which the styles of BibTeX print as a hyphen."""
    for field in item.named("pages"):
        pages = field.value.strip("{}")
        if (mended := with_dashes(pages, "--")) != pages:
            message = f"the pages {pages} have a hyphen; write {mended}"
            yield item.problem(WarningKind.BIB_PAGES, message, field)
