"""DOI, arXiv number, ISBN, ISSN and ORCID iD: whether each can be right, and what is meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.checksum import isbn_error, issn_error, orcid_error
from bibfolio.sources.identifiers import bare_arxiv, doi_inside, doi_of
from bibfolio.lint.item import Item
from bibfolio.lint.phrase import cited

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
#: https://info.arxiv.org/help/arxiv_identifier.html
_ARXIV = re.compile(
    r"(?P<new>(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{4}|(?:1[5-9]|[2-9]\d)(?:0[1-9]|1[0-2])\.\d{5}"
    r"|(?P<archive>[a-z]+(?:-[a-z]+)?)(?:\.[A-Z]{2})?/(?:9[1-9]|0[0-7])(?:0[1-9]|1[0-2])\d{3})"
    r"(?:v[1-9]\d*)?"
)
_ARXIV_INSIDE = re.compile(rf"(?<![\w.])(?:{_ARXIV.pattern})(?![\w/]|\.\d)")
_ARCHIVES = frozenset(
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas "
    "cond-mat cs dg-ga funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin "
    "nucl-ex nucl-th patt-sol physics plasm-ph q-alg q-bio quant-ph solv-int supr-con".split()
)


_ORCID_ADDRESS = re.compile(r"\borcid\.org/(?P<number>[\w-]+)")
_ORCID = re.compile(r"(?<![\w-])(?P<number>\d[\dXx-]{10,})(?![\w-])")
#: What stands before a number: ``ISBN-13:``, ``e-ISSN``.
_LABEL = re.compile(r"\b(?:[ep]-?)?is[bs]n(?:[-\s]?1[03](?!\d))?\s*:?", re.IGNORECASE)


def dois(item: Item) -> Iterator[Problem]:
    """DOIs that are addresses or cannot be DOIs."""
    for field in item.named("doi"):
        bare = doi_of(field.value)
        if not bare:
            inside = doi_inside(field.value)
            advice = f"write {inside}" if inside else "one looks like 10.1000/182"
            message = f"{cited(field.value)} is no DOI; {advice}"
            yield item.problem(WarningKind.BIB_DOI, message, field)
        elif bare != _unescaped(field.value):
            message = f"the DOI stands alone in doi; write {bare}"
            yield item.problem(WarningKind.BIB_DOI, message, field)


def _unescaped(value: str) -> str:
    return re.sub(r"\\([_%&#~])", r"\1", value.strip())


def eprints(item: Item) -> Iterator[Problem]:
    """What stands as an arXiv number and is none."""
    if item.get("eprinttype").lower() not in {"", "arxiv"}:
        return
    for field in item.named("eprint"):
        number = arxiv_of(field.value)
        if number == field.value:
            continue
        inside = _ARXIV_INSIDE.search(field.value)
        if right := number or arxiv_of(inside[0] if inside else ""):
            advice = f"the arXiv number stands alone in eprint; write {right}"
        elif _ADDRESS.match(field.value):
            advice = "eprint is an address and no arXiv number; write url"
        else:
            advice = (
                f"{cited(field.value)} is no arXiv number; "
                "one looks like 2504.02263, before 2007 like math/0309136"
            )
        yield item.problem(WarningKind.BIB_EPRINT, advice, field)


def arxiv_of(value: str) -> str:
    """The bare arXiv number in *value*, which may be an address; empty if it is none."""
    bare = bare_arxiv(value)
    match = _ARXIV.fullmatch(bare)
    is_right = match and (not match["archive"] or match["archive"] in _ARCHIVES)
    return bare if is_right else ""


def isbns(item: Item) -> Iterator[Problem]:
    """ISBNs that cannot be right."""
    yield from _numbers(item, "isbn", isbn_error, WarningKind.BIB_ISBN)


def issns(item: Item) -> Iterator[Problem]:
    """ISSNs that cannot be right."""
    yield from _numbers(item, "issn", issn_error, WarningKind.BIB_ISSN)


def _numbers(
    item: Item, name: str, error_of: Callable[[str], str], kind: WarningKind
) -> Iterator[Problem]:
    """Problems of a field that holds one number, or several with remarks."""
    for field in item.named(name):
        value = _LABEL.sub(" ", field.value.strip("{}")).strip()
        if not error_of(value):
            continue
        words = [
            word
            for piece in re.split(r"[,;/()|]|\band\b", value)
            for word in (piece.split() if error_of(piece) else [piece])
        ]
        digits = {word: len(re.findall(r"\d", word)) for word in words}
        right = any(digits[word] and not error_of(word) for word in words)
        # Beside a right number, a short one is a remark: the second volume.
        wrong = [word for word in words if digits[word] >= 8 and error_of(word)]
        if not right:
            wrong = wrong if len(wrong) > 1 else [value]
        for number in wrong[:1]:
            yield item.problem(kind, f"the {name.upper()} {number} {error_of(number)}", field)


def orcids(item: Item) -> Iterator[Problem]:
    """ORCID iDs that cannot be right: in fields of that name, and in addresses of orcid.org."""
    for field in item.own:
        pattern = _ORCID if "orcid" in field.name else _ORCID_ADDRESS
        for number in (match["number"] for match in pattern.finditer(field.value)):
            if error := orcid_error(number):
                message = f"the ORCID iD {number} {error}"
                yield item.problem(WarningKind.BIB_ORCID, message, field)
