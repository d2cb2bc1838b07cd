r"""Texts: signs without a backslash, braces without a partner, HTML, and invisible characters."""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial

from bibfolio.lint.item import Field, Item, Place, also_in, problem_of_all
from bibfolio.model.strings import CONTROL, INVISIBLE, is_shouted, listed
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources import tex
from bibfolio.sources.bibtex_writer import ACRONYM
from bibfolio.sources.source_text import SourceText, partners_in
from bibfolio.sources.tex_math import mathml, plain_formula

#: Fields with names of people.
NAMES = frozenset(
    "author editor editora editorb editorc translator annotator commentator bookauthor "
    "afterword foreword introduction holder".split()
)
#: Fields with text in TeX, unlike addresses, numbers, lists of words and fields of programs.
TEXTS = NAMES | frozenset(
    "title subtitle titleaddon shorttitle booktitle booksubtitle booktitleaddon maintitle "
    "mainsubtitle maintitleaddon journal journalsubtitle journaltitleaddon shortjournal series "
    "shortseries issuetitle issuesubtitle eventtitle eventtitleaddon venue address origlocation "
    "publisher origpublisher institution organization school howpublished note addendum "
    "annotation abstract type edition volume number award".split()
)
#: Tags of publishers → the command of TeX for the same; for all others it is ``\\emph``.
_TAGS = dict.fromkeys(("b", "bold", "strong"), "textbf") | dict.fromkeys(("sc", "scp"), "textsc")
_TAGS |= {"sub": "textsubscript", "sup": "textsuperscript"}
_ENTITY = r"&(?:\#\d+|\#[xX][\da-fA-F]+|[A-Za-z][A-Za-z\d]{1,8});"
#: The signs around a tag, as HTML and as programs write them in TeX.
_OPEN = r"(?:<|&lt;|\{\\textless\}|\\textless(?:\{\}|\s)|\{\$<\$\}|\$<\$)"
_CLOSE = r"(?:>|&gt;|\{\\textgreater\}|\\textgreater(?:\{\}|\s)|\{\$>\$\}|\$>\$)"
_ATTRIBUTES = r'(?:\s+[\w:-]+\s*=\s*"[^"<>]*")*\s*/?'
#: A tag between words.
_BLOCK_NAME = "(?:jats:)?(?:p|sec|br|div)|jats:(?:list|list-item|abstract)"
_BLOCK = rf"{_OPEN}/?(?:{_BLOCK_NAME}){_ATTRIBUTES}{_CLOSE}"
#: A byte within a character of UTF-8, read as Windows-1252.
_NEXT = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
#: UTF-8 that was read byte by byte (but not the Å of 5 Å–7 Å), tags of HTML and JATS, and entities:
#: ``block`` are tags between words, ``inline`` are tags that mean nothing here.
_RUBBISH = re.compile(
    rf"""(?P<bytes>Â[\x80-\xbf] | [ÃÎÏ]{_NEXT} | È[™›] | â{_NEXT}{_NEXT}
           | (?<=[A-Za-z])[ÄÅ]{_NEXT} | [ÄÅ]{_NEXT}(?=[a-z]))
       | (?P<block>(?:
           (?:{_OPEN}(?:jats:)?title{_CLOSE}\s*(?i:Abstract|Summary)\s*
              {_OPEN}/(?:jats:)?title{_CLOSE}
            | {_BLOCK})\s*)+)
       | {_OPEN}(?:jats:)?title{_CLOSE}\s*(?P<heading>[^<>{{}}$\\]*?)[\s:]*
         {_OPEN}/(?:jats:)?title{_CLOSE}(?:\s|{_BLOCK})*
       | {_OPEN}(?:jats:)?(?P<tag>i|em|italic|{"|".join(_TAGS)}){_CLOSE}
         (?P<text>(?:[^<>{{}}]|{{[^<>{{}}]*}})*?){_OPEN}/(?:jats:)?(?P=tag){_CLOSE}
       | (?P<inline>{_OPEN}/?jats:(?:named-content|styled-content|inline-formula|alternatives
           |ext-link|uri|underline|monospace|roman|sans-serif){_ATTRIBUTES}{_CLOSE})
       | {_OPEN}/?(?:jats|mml):\w[^<>{{}}$\\&]*{_CLOSE} | (?<!\\)(?P<entity>{_ENTITY})""",
    re.VERBOSE,
)
#: Formulas and addresses, in which ``<p>`` may be no tag, and signs that begin none.
_NO_PROSE = re.compile(
    r"""\\\((?:[^\\]|\\[^()])*\\\) | \\\[(?:[^\\]|\\[^\[\]])*\\\]
       | \\(?:url|href|path)\s*\{[^{}]*\} | \\. | \$(?:[^$\\]|\\.)*\$""",
    re.VERBOSE | re.DOTALL,
)
#: Words that BibTeX writes in lower case, outside of braces, formulas and commands.
_ACRONYM = re.compile(
    r"\\(?:[A-Za-z]+|.)|\$[^$]*\$|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
    rf"|(?P<word>{ACRONYM})"
)
#: Types of entries whose titles BibTeX leaves in upper case.
_KEPT = "book inbook manual phdthesis proceedings collection".split()
#: Commands with a first argument that is no text.
_VERBATIM = (
    "url|nolinkurl|path|burl|href|doi|ensuremath|ce|label|ref|autoref|"
    r"(?:no|full|paren|text|auto|foot)?cite[a-z]*"
)
_TOKEN = re.compile(
    rf"""\\(?P<verbatim>(?:{_VERBATIM})(?=\s*\{{)) | \\(?P<formula>[(\[]) | \\(?P<end>[)\]])
       | \\(?:[A-Za-z]+|.)
       | (?P<dollar>\$\$?) | (?P<open>\{{) | (?P<close>\}})
       | {_ENTITY}
       | (?P<sign>[&%_\#])""",
    re.VERBOSE | re.DOTALL,
)


@dataclass
class Scan:
    """The mistakes in one text; every place is an index into it."""

    #: Signs without a backslash, each with the number of braces around it.
    signs: list[tuple[int, str, int]] = field(default_factory=list)
    #: A brace or ``$`` without a partner.
    lonely: tuple[int, str] | None = None


def scan(text: str) -> Scan:
    """Find the mistakes in *text*, outside of formulas and of arguments that are no text."""
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
    found.lonely = min([*closers, *braces[:1], *formulas], default=None)
    return found


def _group_end(text: str, position: int) -> int:
    """Return the end of the group that begins at *position*, or behind spaces there."""
    begin = text.find("{", position)
    return partners_in(text).get(begin, len(text) - 1) + 1


def markup(item: Item) -> Iterator[Problem]:
    r"""Yield bare ``&``, ``%``, ``#`` and ``_``, HTML, and braces and ``$`` without a partner.

    Braces are not judged where the reader has found a mistake already.
    """
    for part in item.named(*TEXTS):
        text, start = item.text(part)
        found = scan(text)
        escape, wrong = WarningKind.BIB_ESCAPE, []
        between = [at for at, sign, depth in found.signs if joins_names(part.name, sign, depth)]
        if between:
            message = f"& stands between names in {part.written}; write the word and"
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
        runs = [run for run in _rubbish(item, part) if not _is_tag(run)]
        for is_entity, run in {bool(run["entity"]): run for run in reversed(runs)}.items():
            what = "was read in a wrong encoding once" if run["bytes"] else "is HTML"
            right = new if (new := _meant(run)) != run[0] else "what it stands for"
            message = f"{run[0]} in {part.written} {what}; write {right}"
            kind = escape if is_entity else WarningKind.BIB_MARKUP
            yield item.problem(kind, message, part, run.start())


def _rubbish(item: Item, part: Field) -> Iterator[re.Match[str]]:
    """Yield every match of :data:`_RUBBISH` in a field, but for what looks like a tag only."""
    for place in part.position.literals:
        runs = _RUBBISH.finditer(item.source.text, *place)
        yield from (run for run in runs if not (_is_tag(run) and _is_inside(run)))


def _is_tag(run: re.Match[str]) -> bool:
    """Return whether a match of :data:`_RUBBISH` is a tag that :func:`_meant` knows."""
    return any(run[name] is not None for name in ("block", "heading", "tag", "inline"))


def _is_inside(run: re.Match[str]) -> bool:
    """Return whether a match begins within a formula or an address."""
    spans = _without_prose(run.string, run.pos, run.endpos)
    before = bisect_left(spans, (run.start(), 0))
    return before > 0 and run.start() < spans[before - 1][1]


@lru_cache(maxsize=1)  # all matches of a text are asked about in turn
def _without_prose(text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [run.span() for run in _NO_PROSE.finditer(text, start, end)]


def tags(items: Sequence[Item]) -> Iterator[Problem]:
    """Yield tags of HTML and JATS in texts, once for all entries."""
    places: list[tuple[Item, Field, re.Match[str]]] = []
    for item in items:
        found = ((part, run) for part in item.named(*TEXTS) for run in _rubbish(item, part))
        if first := next(((part, run) for part, run in found if _is_tag(run)), None):
            places.append((item, *first))
    if places:
        item, part, run = places[0]
        advice = f"write {right}" if (right := _meant(run).strip()) else "delete it"
        message = f"{run[0].strip()} in {part.written} is HTML; {advice}"
        others = also_in(one for one, *_rest in places)
        mend = f"; check --fix mends {'them' if others else 'it'}"
        yield item.problem(WarningKind.BIB_MARKUP, f"{message}{others}{mend}", part, run.start())


def _meant(run: re.Match[str]) -> str:
    """Return how TeX writes a match of :data:`_RUBBISH`; the match itself if that is not clear."""
    if _is_tag(run) and _is_inside(run):
        return run[0]
    if run["block"]:
        before = run.string[max(run.start() - 1, 0) : run.start()]
        after = run.string[run.end() : run.end() + 1]
        if before in {"", "{", '"'} or after in {"", "}", '"'}:
            return ""
        space = "" if before.isspace() else " "
        return f"{space}\\par " if re.search(r"/(?:jats:)?p\b", run[0]) else space
    if run["heading"] is not None:
        return f"{run['heading']}: " if run["heading"] else ""
    if run["inline"]:
        return ""
    if run["bytes"]:
        return b"".join(c.encode("latin1" if c <= "ÿ" else "cp1252") for c in run[0]).decode()
    if run["tag"]:
        return f"\\{_TAGS.get(run['tag'], 'emph')}{{{run['text']}}}"
    char = html.unescape(run[0]).replace("\xa0", "~").replace("&", "\\&")
    is_sure = char in {"~", "\\&", "'"} or (char[0] > "\x7f" and char.isprintable())
    return char if is_sure else run[0]


without_rubbish = partial(_RUBBISH.sub, _meant)


def titles(items: Sequence[Item]) -> Iterator[Problem]:
    """Yield titles in capitals, and titles with words that need braces; each once for all."""
    shouted, bare = list[Place](), list[Place]()
    words: list[str] = []
    for item in items:
        for part in item.named("title"):
            text = item.text(part)[0]
            if is_shouted(tex.plain(part.value)):
                shouted.append((item, part))
            elif found := [f"{{{text[begin:end]}}}" for begin, end in acronyms(item, text)]:
                bare.append((item, part))
                words = words or found
    if shouted:
        right = tex.plain(shouted[0][0].get("title")).capitalize()
        message = f"title is in capitals; write {right}"
        yield problem_of_all(WarningKind.BIB_TITLE, message, shouted)
    if bare:
        what = "title has words that BibTeX may write in small letters"
        message = f"{what}; write {listed(list(dict.fromkeys(words)))}"
        mend = f"; check --fix writes {'them' if bare[1:] else 'it'}"
        yield problem_of_all(WarningKind.BIB_TITLE, message, bare, mend)


def acronyms(item: Item, text: str) -> list[tuple[int, int]]:
    """Return begin and end of each word of a title that BibTeX would write in lower case."""
    is_odd = item.type in _KEPT or _RUBBISH.search(text) or is_shouted(tex.plain(text))
    return [] if is_odd else [run.span() for run in _ACRONYM.finditer(text) if run["word"]]


def joins_names(name: str, sign: str, depth: int) -> bool:
    """Return whether a sign in field *name* is an ``&`` in the place of ``and`` between names."""
    return name in NAMES and sign == "&" and depth == 0


def formulas(item: Item) -> Iterator[Problem]:
    """Yield formulas with unknown commands, and formulas of titles that cannot be drawn."""
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


# -- invisible characters: left over from copying, or there to deceive --------------------------

_CHARACTERS = re.compile(rf"{CONTROL.pattern}|[{INVISIBLE}]")


def invisible_characters(text: str, file: str = "") -> Iterator[Problem]:
    """Yield each control or invisible character of a file, at its first place."""
    for char, count in Counter(_CHARACTERS.findall(without_rubbish(text))).items():
        name = unicodedata.name(char, "a control character").replace("-", " ").lower()
        places = "one more place" if count == 2 else f"{count - 1} more places"
        rest = f" here and in {places}" if count > 1 else ""
        message = f"U+{ord(char):04X}, {name}, cannot be seen; delete it{rest}"
        position = SourceText(text).position(text.index(char))
        yield Problem(WarningKind.BIB_CONTROL, message, *position, file)
