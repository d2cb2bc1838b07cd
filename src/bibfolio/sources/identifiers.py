r"""DOIs, arXiv numbers, addresses and pages as people and programs write them → what is meant.

TeX gets into them (``\_``, ``{\%}``, ``\url{…}``), and what stood around them where they were
copied. Numbers that prove themselves (ISBN, ISSN, ORCID iD) have a digit made from the others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from bibfolio.model.identifiers import Identifier

#: DOI Handbook, §2.2; ``10/abc`` is a ShortDOI.
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s{}\\]*[^\s{}\\.,;]|10/[a-z0-9]{2,}")
_DOI_INSIDE = re.compile(r"(?<![\d.])10\.\d{4,9}(?:\.\d+)*/[^\s\\<>\"]*[^\s\\<>\".,;)\]]")
#: What a resolver would be asked about: nobody else has a prefix that begins with 10.
_LIKE_DOI = re.compile(r"10(?:\.\d+)*/\S+")
_DOI_PREFIX = re.compile(r"(?:https?://(?:www\.|dx\.)?doi\.org/|doi:?)\s*", re.IGNORECASE)
_ARXIV_PREFIX = re.compile(
    r"(?:https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv:)\s*", re.IGNORECASE
)
#: https://info.arxiv.org/help/arxiv_identifier.html
_ARXIV = re.compile(
    r"(?:(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{4}|(?:1[5-9]|[2-9]\d)(?:0[1-9]|1[0-2])\.\d{5}"
    r"|[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/(?:9[1-9]|0[0-7])(?:0[1-9]|1[0-2])\d{3})"
    r"(?:v[1-9]\d*)?"
)
#: What arXiv would be asked about; a slip in it is told.
_LIKE_ARXIV = re.compile(r"(?:[A-Za-z.-]+/\d+|\d{4}\.\d+)(?:v\d+)?")
_ARXIV_INSIDE = re.compile(rf"(?<![\w.])(?:{_ARXIV.pattern})(?![\w/]|\.\d)")
#: Dashes, and what else gets into a DOI that is copied from print.
_TYPESET = "[\u00ad\u200b\u2010-\u2015\u2212]"
_COMMAND = re.compile(
    r"\\(?:url|nolinkurl|path|href)\s*\{(?P<address>[^{}]*(?:\{[^{}]*\}[^{}]*)*)\}"
)
_TILDE = re.compile(
    r"\{\\textasciitilde(?:\{\})?\s*\}|\\textasciitilde(?:\{\}|\s)?|\\~(?:\{\s?\})?|\$\\sim\$"
)


def without_escapes(text: str) -> str:
    r"""Return *text* without the backslashes of ``\_``, ``\%``, ``\&``, ``\#`` and ``\~``."""
    return re.sub(r"\\([_%&#~])", r"\1", text)


def without_tex(text: str) -> str:
    r"""Return *text* without TeX's escapes, braces, and ``\url{…}`` around it."""
    text = text.strip()
    if text[:1] == "<" and text[-1:] == ">":
        text = text[1:-1]
    if "\\" not in text and "{" not in text and "}" not in text:
        return text
    if command := _COMMAND.match(text):
        text = command["address"]
    text = re.sub(r"\{?\\([_%&#])\}?", r"\1", _TILDE.sub("~", text))
    return re.sub(r"[{}]", "", text).strip()


# -- DOI ----------------------------------------------------------------------------------------


def bare_doi(text: str) -> str:
    """Return a DOI without the ways in which people introduce it, and without TeX's escapes."""
    text = without_tex(text)
    bare = _DOI_PREFIX.sub("", text, count=1) if _DOI_PREFIX.match(text) else text
    if re.fullmatch(r"(?=.*\d)[a-z][a-z\d]{3,8}", bare):  # a ShortDOI
        return f"10/{bare}"
    return unquote(bare) if text[:4].lower() == "http" and "%" in bare else bare


def doi_of(value: str) -> str:
    """Return the bare DOI in *value*, which may be an address; empty if it is none."""
    bare = bare_doi(value)
    is_bare = _DOI.fullmatch(bare) and not re.search(_TYPESET, bare)
    return bare if is_bare and not re.search(r"[{}]", value) else ""


def read_doi(value: str) -> str:
    """Return the DOI that is meant by *value*; empty if it is none: ``n/a``, ``in press``."""
    text = re.sub(_TYPESET, "-", re.sub("[\u00ad\u200b]", "", unquote(without_tex(value))))
    inside = _DOI_INSIDE.search(text)
    doi = doi_of(value) or (inside[0] if inside else doi_of("".join(value.split())))
    return doi or (bare_doi(value) if _LIKE_DOI.fullmatch(bare_doi(value)) else "")


# -- arXiv --------------------------------------------------------------------------------------


def bare_arxiv(text: str) -> str:
    """Return an arXiv number without prefix, address, braces or what arXiv writes behind it."""
    bare = _ARXIV_PREFIX.sub("", without_tex(text), count=1)
    return re.sub(r"(?:\.pdf)?(?:\s*\[[\w.-]+\])?$", "", bare)


def bare_eprint(text: str, type_: str) -> str:
    """Return the number of an e-print, of which *text* may be the address; empty if it is none."""
    if type_ in {"", "arxiv"}:
        bare = bare_arxiv(text)
        return bare if _LIKE_ARXIV.fullmatch(bare) else arxiv_inside(text) * ("://" not in text)
    bare = re.sub(r"^https?://[^/]+/(?:stable/|content/)?", "", without_tex(text)).rstrip("/")
    if type_ in {"biorxiv", "medrxiv"}:
        number = re.sub(r"v\d+(?:\.full.*)?$", "", bare.removeprefix("doi:").strip())
        return number if number[:3] in {"", "10."} else f"10.1101/{number}"
    if type_ in {"pubmed", "pmc", "ssrn"}:
        found = re.search(r"(\d+)(?:\.\d+)?$", bare)
        return "PMC" * (type_ == "pmc") + found[1] if found else ""
    return bare


def arxiv_of(value: str) -> str:
    """Return the bare arXiv number in *value*, which may be an address; empty if it is none."""
    bare = bare_arxiv(value)
    return bare if _ARXIV.fullmatch(bare) else ""


def arxiv_inside(value: str) -> str:
    """Return the first arXiv number that stands in *value* among other things, or ""."""
    found = _ARXIV_INSIDE.search(value)
    return arxiv_of(found[0]) if found else ""


# -- the fields of an entry -----------------------------------------------------------------------


def eprint_kind(fields: Mapping[str, str]) -> str:
    """Return the archive of the e-print, in small letters: arXiv unless ``eprinttype`` says so."""
    return fields.get("eprinttype", "").strip("{} ").lower() or "arxiv"


def read_identifiers(fields: Mapping[str, str]) -> tuple[Identifier, ...]:
    """Return the identifiers in the *fields* of an entry; values that are none are left out."""
    kind = eprint_kind(fields)
    values = {"doi": read_doi(fields.get("doi", ""))}
    values[kind] = bare_eprint(fields.get("eprint", ""), kind)
    values.setdefault("pubmed", bare_eprint(fields.get("pmid", ""), "pubmed"))
    values.setdefault("pmc", bare_eprint(fields.get("pmcid", ""), "pmc"))
    values |= {name: fields.get(name, "").strip("{} ") for name in ("isbn", "issn")}
    return tuple(Identifier(kind, value) for kind, value in values.items() if value)


# -- addresses and pages ------------------------------------------------------------------------


def url_advice(value: str) -> str:
    """Return what to write instead of something that is no address."""
    if re.match(r"www\.\S+$|(?:[\w-]+\.)+[a-z]{2,}/\S*$", value):
        return f"write https://{value[:60]}"
    if re.match(r"https?://", value, re.IGNORECASE) and re.search(r"\s", value):
        return "write %20 for a space, and one address alone"
    return "write one that begins with https://"


# -- pages --------------------------------------------------------------------------------------

#: A page: ``12``, ``e12``, ``4:12`` (page 12 of article 4) or a Roman number; but not ``S-3``.
_PAGE = r"(?:[A-Za-z]{0,2}\d+(?::\d+)?[A-Za-z]?|[ivxlcdm]+)"
#: Two pages with a hyphen between them, or a sign that looks like one.
_RANGE = re.compile(rf"({_PAGE})[ \t]*[-\u2010-\u2012\u2212][ \t]*({_PAGE})")


def read_pages(text: str) -> str:
    """Return page numbers with an en dash in ranges only, and without the word for them.

    ``123-45`` stays as short as it is written, as in Zotero and in BibTeX's styles: how much of the
    last page is said is for the style of a reference to decide.
    """
    text = re.sub(r"^pp?\.\s*", "", text)
    return with_dashes(re.sub(r"\s*(?:-{2,}|[\u2013-\u2015])\s*", "–", text), "–")


def with_dashes(pages: str, dash: str) -> str:
    """Return *pages* with *dash* in every range that has a hyphen; other hyphens stay."""
    parts = re.split(r"([,;+]|\\?&)", pages)
    return "".join(_with_dash(part, dash) for part in parts)


def _with_dash(part: str, dash: str) -> str:
    match = _RANGE.fullmatch(part.strip())
    if not match or _is_article(match[1], match[2]):
        return part
    return part.replace(part.strip(), f"{match[1]}{dash}{match[2]}")


def _is_article(first: str, last: str) -> bool:
    """Return whether ``034102-4`` is an article and a page or part of it, and no range."""
    if not (first.isdecimal() and last.isdecimal() and len(first) < 20):
        return False
    if len(first) > len(last):
        return len(first) >= 6 or int(first[-len(last) :]) >= int(last)
    return int(first) > int(last)


# -- numbers with a check digit -----------------------------------------------------------------


def check_digit(digits: str) -> str:
    """Return the digit that stands behind these.

    They are 9 or 12 of an ISBN (ISO 2108), 7 of an ISSN (ISO 3297) or 15 of an ORCID iD (ISO 7064,
    MOD 11-2).
    """
    modulus, rest, weights = 11, 0, list(range(len(digits) + 1, 1, -1))
    if len(digits) == 12:
        modulus, weights = 10, [1, 3] * 6
    elif len(digits) == 15:
        rest, weights = 1, [2**power for power in range(15, 0, -1)]
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
    value = (rest - total) % modulus
    return "X" if value == 10 else str(value)


def isbn_error(text: str) -> str:
    """Return what is wrong with an ISBN, or ""; hyphens and spaces may stand anywhere."""
    number = _bare_number(text)
    if not re.fullmatch(r"\d{9}[\dX]|\d{13}", number):
        return f"has {len(number)} digits; an ISBN has 10 or 13"
    if len(number) == 13 and not number.startswith(("978", "979")):
        return "begins with neither 978 nor 979; copy it again"
    return _digit_error(number)


def issn_error(text: str) -> str:
    """Return what is wrong with an ISSN, or ""; the hyphen may be left out."""
    number = _bare_number(text)
    if not re.fullmatch(r"\d{7}[\dX]", number):
        return f"has {len(number)} digits; an ISSN has 8"
    return _digit_error(number)


def orcid_error(text: str) -> str:
    """Return what is wrong with an ORCID iD, or an empty string."""
    number = _bare_number(text)
    if not re.fullmatch(r"\d{15}[\dX]", number):
        return "is no ORCID iD; write four groups of four digits"
    grouped = "-".join(number[start : start + 4] for start in range(0, 16, 4))
    is_grouped = text == grouped
    return _digit_error(number) or f"is not in groups of four; write {grouped}" * (not is_grouped)


#: https://ror.readme.io/docs/identifier: a zero, six characters of Crockford's base 32, two digits.
ROR = r"(?:https?://(?:www\.)?ror\.org/|ror\.org/)?(0[0-9a-hj-km-np-tv-z]{6}[0-9]{2})/?"
_BASE_32 = "0123456789abcdefghjkmnpqrstvwxyz"


def ror_of(text: str) -> str:
    """Return the address of a ROR iD, which may stand alone; empty if it has not that form."""
    found = re.fullmatch(ROR, text.strip(), re.IGNORECASE | re.ASCII)
    return f"https://ror.org/{found[1].lower()}" if found else ""


def ror_error(text: str) -> str:
    """Return what is wrong with a ROR iD, or an empty string.

    Its last two digits are made from the others (ISO/IEC 7064, MOD 97-10).
    """
    number = ror_of(text).rpartition("/")[2]
    if not number:
        return "is no ROR iD; write one such as https://ror.org/02mhbdp94"
    value = 0
    for sign in number[:-2]:
        value = value * 32 + _BASE_32.index(sign)
    right = f"{98 - value * 100 % 97:02}"
    return (
        ""
        if number[-2:] == right
        else (f"ends in {number[-2:]} where the others make {right}; copy it again")
    )


def _bare_number(text: str) -> str:
    """Return digits alone, and what is no digit but should be one."""
    return re.sub(r"[\s\u00ad\u2010-\u2015\u2212-]", "", text).upper()


def _digit_error(number: str) -> str:
    right = check_digit(number[:-1])
    if number[-1] == right:
        return ""
    return f"has the check digit {number[-1]} where the others make {right}; copy it again"
