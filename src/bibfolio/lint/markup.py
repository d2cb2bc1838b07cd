r"""TeX in texts: signs that need a backslash, and braces and ``$`` without a partner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from bibfolio.problems import Problem, WarningKind
from bibfolio.lint.item import Item
from bibfolio.lint.phrase import listed

NAMES = frozenset(
    "author editor editora editorb editorc translator annotator commentator bookauthor "
    "afterword foreword introduction holder".split()
)
#: Fields in which TeX is text. Not: addresses, numbers, lists of words, what programs wrote.
TEXTS = NAMES | frozenset(
    "title subtitle titleaddon shorttitle booktitle booksubtitle booktitleaddon maintitle "
    "mainsubtitle maintitleaddon journal journalsubtitle journaltitleaddon shortjournal series "
    "shortseries issuetitle issuesubtitle eventtitle eventtitleaddon venue address origlocation "
    "publisher origpublisher institution organization school howpublished note addendum "
    "annotation abstract type edition volume number award".split()
)
#: Commands whose first argument is no text.
_VERBATIM = (
    "url|nolinkurl|path|burl|href|doi|ensuremath|ce|label|ref|autoref|"
    r"(?:no|full|paren|text|auto|foot)?cite[a-z]*"
)
_TOKEN = re.compile(
    rf"""\\(?P<verbatim>(?:{_VERBATIM})(?=\s*\{{)) | \\(?P<formula>[(\[]) | \\(?P<end>[)\]])
       | \\(?:[A-Za-z]+|.)
       | (?P<dollar>\$\$?) | (?P<open>\{{) | (?P<close>\}})
       | (?P<entity>&(?:\#\d+|\#[xX][\da-fA-F]+|[A-Za-z][A-Za-z\d]{{1,8}});)
       | (?P<sign>[&%_\#])""",
    re.VERBOSE | re.DOTALL,
)


#: What a token begins with.
_ANY = re.compile(r"[\\${}&%_#]")


@dataclass
class Scan:
    """What is wrong in one text. Every place is an index into it."""

    #: Signs without a backslash, with how deep in braces each stands.
    signs: list[tuple[int, str, int]] = field(default_factory=list)
    #: ``&amp;`` and the like.
    entities: list[tuple[int, str]] = field(default_factory=list)
    #: A brace or ``$`` without a partner.
    lonely: tuple[int, str] | None = None


@lru_cache(maxsize=32)  # two rules ask for the texts of an entry
def scan(text: str) -> Scan:
    """Read *text* once, passing over formulas and what is verbatim."""
    found = Scan()
    braces: list[tuple[int, str]] = []
    formulas: list[tuple[int, str]] = []
    closers: list[tuple[int, str]] = []
    position = 0
    # Found by a set of signs, and looked at only there: most texts have none.
    while place := _ANY.search(text, position):
        if not (match := _TOKEN.match(text, place.start())):
            position = place.end()
            continue
        position, kind, sign = match.end(), match.lastgroup, (match.start(), match[0])
        if kind == "verbatim":
            position = _group_end(text, position)
        elif kind == "open" or (kind in {"dollar", "formula"} and not formulas):
            (braces if kind == "open" else formulas).append(sign)
        elif kind in {"close", "dollar", "formula", "end"}:
            if opened := braces if kind == "close" else formulas:
                opened.pop()
            else:
                closers.append(sign)
        elif kind == "sign" and not formulas:
            found.signs.append((*sign, len(braces)))
        elif kind == "entity" and not formulas:
            found.entities.append(sign)
    found.lonely = min([*closers, *braces[:1], *formulas], default=None)
    return found


def _group_end(text: str, position: int) -> int:
    """The end of the group that begins at *position* or behind white space there."""
    depth = 0
    for match in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, position):
        depth += (match[0] == "{") - (match[0] == "}")
        if depth == 0 and match[0] == "}":
            return match.end()
    return len(text)


def signs(item: Item) -> Iterator[Problem]:
    """``&``, ``%``, ``#`` and ``_`` that TeX would take for something else."""
    for part in item.named(*TEXTS):
        text, start = item.text(part)
        found = scan(text)
        for at, entity in found.entities[:1]:
            advice = "\\&" if entity == "&amp;" else "the character itself"
            message = f"{entity} in {part.written} is HTML; write {advice}"
            yield item.problem(WarningKind.BIB_ESCAPE, message, part, _sum(start, at))
        between = [sign for sign in found.signs if joins_names(part.name, sign)]
        escaped = [sign for sign in found.signs if not joins_names(part.name, sign)]
        for at, _sign, _depth in between[:1]:
            message = f"& stands between names in {part.written}; write and"
            yield item.problem(WarningKind.BIB_ESCAPE, message, part, _sum(start, at))
        if escaped:
            kinds = dict.fromkeys(sign for _, sign, _ in escaped)
            verb = "need" if len(kinds) > 1 else "needs"
            right = listed([f"\\{sign}" for sign in kinds])
            message = f"{listed([*kinds])} in {part.written} {verb} a backslash; write {right}"
            yield item.problem(WarningKind.BIB_ESCAPE, message, part, _sum(start, escaped[0][0]))


def joins_names(name: str, sign: tuple[int, str, int]) -> bool:
    """Whether a sign is an ``&`` between two names, where ``and`` has to be."""
    return name in NAMES and sign[1:] == ("&", 0)


def _sum(start: int | None, at: int) -> int | None:
    return None if start is None else start + at


def balance(item: Item) -> Iterator[Problem]:
    """Braces and ``$`` without a partner; not where the reader has found that already."""
    if item.is_broken:
        return
    for part in item.named(*TEXTS):
        text, start = item.text(part)
        if lonely := scan(text).lonely:
            at, sign = lonely
            what = f"{sign} in {part.written} has no partner"
            advice = f"add it, or write \\{sign} for the sign"
            if sign.startswith("\\"):
                advice = "add it, or remove it"
            message = f"{what}; {advice}"
            yield item.problem(WarningKind.BIB_BALANCE, message, part, _sum(start, at))
