r"""DOIs, arXiv numbers, addresses and pages as people and programs write them → what is meant.

TeX gets into them (``\_``, ``{\%}``, ``\url{…}``), and what stood around them where they were
copied.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

#: DOI Handbook, §2.2; ``10/abc`` is a ShortDOI.
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s{}\\]*[^\s{}\\.,;]|10/[a-z0-9]{2,}")
_DOI_INSIDE = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\\<>\"]*[^\s\\<>\".,;)\]]")
_DOI_PREFIX = re.compile(r"(?:https?://(?:www\.|dx\.)?doi\.org/|doi:?)\s*", re.IGNORECASE)
_ARXIV_PREFIX = re.compile(
    r"(?:https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv:)\s*", re.IGNORECASE
)
#: Dashes, and what else gets into a DOI that is copied from print.
_TYPESET = "[\u00ad\u200b\u2010-\u2015\u2212]"
_COMMAND = re.compile(
    r"\\(?:url|nolinkurl|path|href)\s*\{(?P<address>[^{}]*(?:\{[^{}]*\}[^{}]*)*)\}"
)
_TILDE = re.compile(
    r"\{\\textasciitilde(?:\{\})?\s*\}|\\textasciitilde(?:\{\}|\s)?|\\~(?:\{\s?\})?|\$\\sim\$"
)


def without_tex(text: str) -> str:
    r"""*text* without TeX's escapes, braces, and ``\url{…}`` around it."""
    text = text.strip()
    if text[:1] == "<" and text[-1:] == ">":
        text = text[1:-1]
    if "\\" not in text and "{" not in text and "}" not in text:
        return text
    if command := _COMMAND.match(text):
        text = command["address"]
    text = re.sub(r"\{?\\([_%&#])\}?", r"\1", _TILDE.sub("~", text))
    return re.sub(r"[{}]", "", text).strip()


def bare_doi(text: str) -> str:
    """A DOI without the ways in which people introduce it, and without TeX's escapes."""
    text = without_tex(text)
    bare = _DOI_PREFIX.sub("", text, count=1) if _DOI_PREFIX.match(text) else text
    return unquote(bare) if text[:4].lower() == "http" and "%" in bare else bare


def doi_of(value: str) -> str:
    """The bare DOI in *value*, which may be an address; empty if it is none."""
    bare = bare_doi(value)
    is_bare = _DOI.fullmatch(bare) and not re.search(_TYPESET, bare)
    return bare if is_bare and not re.search(r"[{}]", value) else ""


def doi_inside(value: str) -> str:
    """The first DOI that stands in *value* among other things; empty if there is none."""
    text = re.sub(_TYPESET, "-", re.sub("[\u00ad\u200b]", "", unquote(without_tex(value))))
    found = _DOI_INSIDE.search(text)
    return found[0] if found else ""


def read_doi(value: str) -> str:
    """The DOI that is meant by *value*; what stands there if none can be made out."""
    joined = "".join(value.split())
    return doi_of(value) or doi_inside(value) or doi_of(joined) or bare_doi(value)


def bare_arxiv(text: str) -> str:
    """An arXiv number without prefix, address, braces or what arXiv itself writes behind it."""
    bare = _ARXIV_PREFIX.sub("", without_tex(text), count=1)
    return re.sub(r"(?:\.pdf)?(?:\s*\[[\w.-]+\])?$", "", bare)


def url_advice(value: str) -> str:
    """What to write instead of something that is no address."""
    if re.match(r"www\.\S+$|(?:[\w-]+\.)+[a-z]{2,}/\S*$", value):
        return f"write https://{value[:60]}"
    if re.match(r"https?://", value, re.IGNORECASE) and re.search(r"\s", value):
        return "write %20 for a space, and one address alone"
    return "write one that begins with https://"


def read_pages(text: str) -> str:
    """Page numbers with one kind of dash, and without the word for them."""
    text = re.sub(r"^pp?\.\s*", "", text)
    return re.sub(r"\s*(?:--?-?|[\u2010-\u2015\u2212])\s*", "–", text)
