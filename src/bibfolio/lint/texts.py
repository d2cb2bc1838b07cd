r"""Texts: signs TeX needs a backslash for, braces without a partner, and invisible characters."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from bibfolio.lint.item import Item, listed
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources import tex
from bibfolio.sources.source_text import CONTROL, SourceText, partners_in
from bibfolio.sources.tex_math import mathml, plain_formula

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


@dataclass
class Scan:
    """What is wrong in one text. Every place is an index into it."""

    #: Signs without a backslash, with how deep in braces each stands.
    signs: list[tuple[int, str, int]] = field(default_factory=list)
    #: ``&amp;`` and the like.
    entities: list[tuple[int, str]] = field(default_factory=list)
    #: A brace or ``$`` without a partner.
    lonely: tuple[int, str] | None = None


def scan(text: str) -> Scan:
    """Find what is wrong in *text*, passing over formulas and what is verbatim."""
    found = Scan()
    braces: list[tuple[int, str]] = []
    formulas: list[tuple[int, str]] = []
    closers: list[tuple[int, str]] = []
    position = 0
    while match := _TOKEN.search(text, position):
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
    """Return the end of the group that begins at *position* or behind white space there."""
    begin = text.find("{", position)
    return partners_in(text).get(begin, len(text) - 1) + 1


def markup(item: Item) -> Iterator[Problem]:
    r"""Yield bare ``&``, ``%``, ``#`` and ``_``, HTML, and braces and ``$`` without a partner.

    Of the latter nothing is said where the reader has found a mistake already.
    """
    for part in item.named(*TEXTS):
        text, start = item.text(part)
        found = scan(text)
        escape, wrong = WarningKind.BIB_ESCAPE, []
        for at, entity in found.entities[:1]:
            advice = "\\&" if entity == "&amp;" else "the character itself"
            wrong.append((escape, at, f"{entity} in {part.written} is HTML; write {advice}"))
        between = [at for at, sign, depth in found.signs if joins_names(part.name, sign, depth)]
        if between:
            message = f"& stands between names in {part.written}; write and"
            wrong.append((escape, between[0], message))
        bare = {sign: at for at, sign, _depth in reversed(found.signs) if at not in between}
        if kinds := sorted(bare, key=bare.__getitem__):
            verb = "need" if len(kinds) > 1 else "needs"
            right = listed([f"\\{sign}" for sign in kinds])
            message = f"{listed(kinds)} in {part.written} {verb} a backslash; write {right}"
            wrong.append((escape, bare[kinds[0]], message))
        if found.lonely and not item.is_broken:
            at, sign = found.lonely
            advice = "remove it" if sign.startswith("\\") else f"write \\{sign} for the sign"
            message = f"{sign} in {part.written} has no partner; add it, or {advice}"
            wrong.append((WarningKind.BIB_BALANCE, at, message))
        for kind, at, message in wrong:
            yield item.problem(kind, message, part, None if start is None else start + at)


def joins_names(name: str, sign: str, depth: int) -> bool:
    """Tell whether a sign in field *name* is an ``&`` between names, where ``and`` has to be."""
    return name in NAMES and sign == "&" and depth == 0


def formulas(item: Item) -> Iterator[Problem]:
    """Yield formulas with commands that nobody knows; of titles, all that cannot be drawn."""
    for part in item.named(*(TEXTS - NAMES)):
        spans = tex.decode(part.value).text.spans
        for formula in (span.text for span in spans if span.style == "math"):
            why = ", ".join(f"\\{name} is not understood" for name in plain_formula(formula)[1])
            if part.name in {"title", "subtitle"} and not why:
                try:
                    mathml(formula, block=False)
                except ValueError as error:
                    why = str(error)
            if why:
                message = f"the formula {formula} in {part.written} is shown as plain text: {why}"
                yield item.problem(WarningKind.BIB_MATH, message, part)


# -- characters nobody can see: left over from copying, or there to deceive ---------------------

#: Zero-width characters and the soft hyphen; and those that turn the direction of what follows
#: (Unicode, chapter 23.2), so that a text reads differently from what it is. Not the joiners and
#: marks that Persian, Hebrew or Hindi need.
_INVISIBLE = "\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069"
_CHARACTERS = re.compile(rf"{CONTROL.pattern}|[{_INVISIBLE}]")


def invisible_characters(text: str, file: str = "") -> Iterator[Problem]:
    """Yield each control or invisible character in a file, at its first place."""
    counts = Counter(_CHARACTERS.findall(text))
    source = SourceText(text) if counts else None
    for char, count in counts.items():
        assert source
        name = unicodedata.name(char, "a control character").replace("-", " ").lower()
        places = "one more place" if count == 2 else f"{count - 1} more places"
        rest = f" here and in {places}" if count > 1 else ""
        message = f"U+{ord(char):04X}, {name}, cannot be seen; delete it{rest}"
        position = source.position(text.index(char))
        yield Problem(WarningKind.BIB_CONTROL, message, *position, file)
