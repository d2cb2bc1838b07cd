"""Texts of services → plain text in one line: titles, names, dates, numbers."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from typing import Any
from xml.etree import ElementTree as ET

from bibfolio.model import Author, DateRange, PartialDate
from bibfolio.model.strings import CONTROL, INVISIBLE, is_shouted
from bibfolio.sources import tex
from bibfolio.sources.keys import SMALL_WORDS
from bibfolio.sources.names import read_authors
from bibfolio.sources.tex_math import plain_mathml, script

_MATH = re.compile(r"<(?:mml:)?math\b.*?</(?:mml:)?math\s*>", re.DOTALL | re.IGNORECASE)
_SCRIPT = re.compile(r"\s*<(?:jats:)?su([bp])>([^<>]*)</(?:jats:)?su\1>", re.IGNORECASE)
#: Tags of HTML and JATS that occur in titles; ``a < b`` is no tag.
_BREAKS = re.compile(r"</?(?:jats:)?(?:p|br|sec|title|list|list-item|div)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:(?:jats|mml):[\w-]+|i|b|u|em|strong|italic|bold|su[bp]|scp?|small|tt|span|font"
    r"|inline-formula|alternatives|tex-math|named-content|styled-content|ext-link)\b[^<>]*>",
    re.IGNORECASE,
)
#: What is certainly TeX: a formula, or a command with an argument.
_TEX = re.compile(r"\$[^$\s][^$]*\$|\\[A-Za-z]+\s*\{")
_SUFFIX = re.compile(r"(.+?),?\s+((?:Jr|Sr)\.?|I{2,3}|IV)")


def clean(value: object) -> str:
    """Return text without markup, entities, invisible characters and double spaces."""
    text = str(value) if isinstance(value, str | int) else ""
    text = _MATH.sub(_formula, text)
    for _ in range(2):  # &amp;lt;
        text = html.unescape(text)
    text = _MATH.sub(_formula, text)
    text = _SCRIPT.sub(lambda found: script("_" if found[1] in "bB" else "^", found[2]), text)
    text = _TAG.sub("", _BREAKS.sub(" ", text))
    with suppress(UnicodeError):  # what is UTF-8 twice over: "é" as "Ã©"
        text = text.encode("latin-1").decode()
    text = tex.plain(text) if _TEX.search(text) else text
    text = re.sub(f"[{INVISIBLE}]", "", CONTROL.sub(" ", text))
    return " ".join(unicodedata.normalize("NFC", text).split())


def _formula(found: re.Match[str]) -> str:
    source = re.sub(r"(</?)mml:", r"\1", found[0])
    try:
        return plain_mathml(source)
    except (ET.ParseError, RecursionError):
        return re.sub(r"<[^<>]*>", "", source)


def title(value: object, subtitle: object = "") -> str:
    """Return a title without a final stop, and not in capitals."""
    text, more = clean(value), clean(subtitle)
    if more and more.casefold() not in text.casefold():
        text = f"{text}{' ' if text[-1:] in {'?', '!', ':'} else ': '}{more}"
    text = text if text.endswith("..") else text.removesuffix(".").rstrip()
    if is_shouted(text):
        words = text.split(" ")
        text = " ".join(_without_capitals(word, number) for number, word in enumerate(words))
    return text


def _without_capitals(word: str, number: int) -> str:
    """Return a word of a title in capitals with one capital at most; abbreviations stay."""
    if not word.isupper() or re.search(r"\d", word) or not re.search("[AEIOUYÀ-ÖØ-Ý]", word):
        return word
    if number and word.lower() in SMALL_WORDS:
        return word.lower()
    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", lambda part: part[0].capitalize(), word)


def container(value: object) -> str:
    """Return the name of a journal or book; "Proceedings of the" stands in it once."""
    text = title(value)
    return re.sub(r"(?i)\bproceedings of (?:the )?(?=proceedings\b)", "", text)


def number(value: object) -> str:
    """Return a volume, an issue or the like, without leading zeros; "null" is none."""
    text = clean(value)
    text = "" if text.lower() in {"null", "none", "n/a", "na", "-"} else text
    return text.lstrip("0") if text.isdecimal() else text


def publisher(value: object) -> str:
    """Return the name of a publisher, without its abbreviation in brackets."""
    return re.sub(r"\s*\([^()]*\)$", "", clean(value))


def date(parts: Iterable[Any]) -> PartialDate | None:
    """Return the date of year, month and day; parts that cannot be right are left out."""
    numbers = [int(part) for part in parts if str(part or "").isdecimal()][:3]
    for length in range(len(numbers), 0, -1):
        try:
            return PartialDate(*numbers[:length])
        except ValueError:
            continue
    return None


def days(start: PartialDate | None, end: PartialDate | None) -> DateRange | None:
    """Return the days of an event."""
    if start and end and not end.is_over_before(start):
        return DateRange(start, end)
    return DateRange(start, start) if start else None


def person(given: object, family: object, suffix: object = "") -> Author | None:
    """Return an author from the parts of a name; None if all are empty."""
    names, last, more = clean(given), clean(family), clean(suffix)
    if last.isupper() and (len(last) > 3 or (len(names) > 3 and names.isupper())):
        last, names = last.title(), names.title() if len(names) > 3 else names
    if found := _SUFFIX.fullmatch(f"{names} {last}" if _SUFFIX.fullmatch(f"x {last}") else last):
        (names, _space, last), more = found[1].rpartition(" "), found[2]
    if not last:
        names, last = "", names
    return Author(last, names, suffix=more) if last else None


def name(value: object) -> Author | None:
    """Return an author from a whole name, ``Given Family`` or ``Family, Given``."""
    whole = re.sub(r"\s+\d{4}$", "", clean(value))
    if "," in whole:
        family, _comma, given = whole.partition(",")
        return person(given, family)
    found = _SUFFIX.fullmatch(whole)
    bare = re.sub(r"[{}\\]", "", found[1] if found else whole)
    authors, _et_al = read_authors({"author": bare}, frozenset(), lambda _kind, _message: None)
    if len(authors) != 1:
        return organisation(whole)
    author = authors[0]
    family = f"{author.prefix} {author.family}"
    return person(author.given, family, found[2] if found else author.suffix)


def organisation(value: object) -> Author | None:
    """Return an organization as an author; None without a name."""
    text = clean(value)
    return Author(text, is_organization=True) if text else None
