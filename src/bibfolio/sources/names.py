"""Author fields → :class:`~bibfolio.model.Author`, with marks.

Splitting a name into its parts is pybtex's; finding the names in a field is done here, because
people separate them by other things than ``and``. Marks are biblatex's data annotations (manual
§3.7): ``author+an = {1=equal; 2=equal, corresponding}``.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace

import pybtex.errors
from pybtex.bibtex.utils import split_tex_string
from pybtex.database import Person

from bibfolio.model import Author, Mark
from bibfolio.model.scripts import is_east_asian
from bibfolio.model.strings import capitalized
from bibfolio.problems import WarningKind
from bibfolio.sources import tex
from bibfolio.sources.name_signs import (
    MARKS,
    SIGN_TEXTS,
    annotation_of,
    marks_of,
    without_signs,
)
from bibfolio.sources.source_text import cited

Report = Callable[[WarningKind, str], None]

#: Says who is the owner, where names do not; no sign, and no part of the legend.
OWNER_MARK = Mark("", "owner")
_MORE_SIGNS = ("‡", "§", "¶", "‖", "#", "††", "‡‡", "§§", "¶¶")
_ET_AL = re.compile(r"(?:^|[\s,]+)et\.?\s?al\.?,?$", re.IGNORECASE)
_TERM = re.compile(r"\s*(?P<author>\d{1,4})\s*(?::\s*\w+\s*)?=\s*(?P<marks>[^;]*)")
_AND = r"(?<!\S)[Aa][Nn][Dd](?!\S)"
#: An initial, and a name behind it: what no family name is.
_GIVEN_FIRST = re.compile(r"(?:.*[\s~.])?[A-ZÀ-Þ]\.?[\s~]+\S*\w\w")
#: Behind the first comma of ``Family, Jr., Given``, or wrongly behind the second.
_SUFFIX = re.compile(r"(?:jr|sr|[ivx]+|\d(?:st|nd|rd|th)|m\.?d|ph\.?d|esq)\.?", re.IGNORECASE)
#: How PubMed writes names: no comma, and initials last. ``Doe II, Jane`` is one person.
_PUBMED = re.compile(r"^([^,.;{}\\]*[^\W\d_]{2})\s+(?!I{2,3}$|IV$)([A-ZÀ-Þ]{1,3})$")
#: DBLP numbers people of one name.
_NUMBER = re.compile(r"(?<=[^\W\d])[ ~]+\d{4}$")


# -- field → names ------------------------------------------------------------------------------


def split_names(text: str) -> list[str]:
    """Return what stands between every ``and`` outside of braces; it may be empty."""
    return list(split_tex_string(text, _AND)) or [""]


def read_names(text: str, report: Report) -> list[str]:
    """Return the names in *text*; also those that something else than ``and`` separates."""
    parts = split_names(text) if text.strip() else []
    names = [part for part in parts if tex.plain(part).strip()]
    if len(names) < len(parts):
        report(WarningKind.BIB_NAME, "an and has no name on one of its sides; delete it")
    if names and (more := _ET_AL.search(names[-1], max(0, len(names[-1]) - 12))):
        report(WarningKind.BIB_FORM, f"{cited(more[0].strip(' ,'))} is no name; write and others")
        names[-1:] = [*filter(None, [names[-1][: more.start()].rstrip(" ,")]), "others"]
    bare = [name.strip() for part in names for name in re.split("[,;]", part.rstrip(" ,;"))]
    people = bare[: len(bare) - (bare[-1:] == ["others"])]
    if len(people) > 1 and all(map(_PUBMED.match, people)):
        right = [_PUBMED.sub(r"\1, \2", name) for name in bare]
        what = f"family names lack a comma in {cited(text, 60)}"
        report(WarningKind.BIB_NAME, f"{what}; write {' and '.join(right[:3])}")
        return right
    return [name for part in names for name in _names_in(part, report)]


def is_writable(name: str) -> bool:
    """Return whether BibTeX can split a name: it bears the commas of ``Family, Jr., Given``."""
    return len(split_tex_string(name, ",")) <= 3


def writable_names(text: str) -> str:
    """Return *text* as every program can read it: ``and`` between names, odd ones in braces."""
    names = read_names(text, lambda _kind, _message: None)
    fitting = [name if is_writable(name) else f"{{{name}}}" for name in names]
    return text if fitting == split_names(text) else " and ".join(fitting)


def _names_in(text: str, report: Report) -> list[str]:
    """Return the names in what should be one."""
    bare, shown = text.rstrip(" ,;"), cited(text, 60)
    if "=" in text and (name := _from_parts(text)):
        return [name]
    sides = split_tex_string(bare, r",?\s+&(?:amp;)?\s+")
    if len(sides) > 1 and all(re.search(r"\S[\s~]+\S", side) for side in sides):
        return [name for side in sides for name in _names_in(side, report)]  # lint tells of the &
    if "{" not in text:
        if ";" in bare and "&" not in text:
            report(WarningKind.BIB_NAME, f"; stands between names in {shown}; write the word and")
            return [name for part in bare.split(";") if (name := part.strip())]
        parts = [part.strip() for part in bare.split(",")]
        are_whole = all(re.search(r"\S[\s~]+\S", part) for part in parts)
        are_two = len(parts) == 2 and _GIVEN_FIRST.fullmatch(parts[0]) and parts[1][-2:].isalpha()
        if are_whole and (len(parts) > 2 or are_two):
            report(
                WarningKind.BIB_NAME, f"commas stand between names in {shown}; write the word and"
            )
            return parts
        if len(parts) == 3 and len(parts[2]) > 1 and _SUFFIX.fullmatch(parts[2]):
            right = ", ".join([parts[0], parts[2], parts[1]])
            report(WarningKind.BIB_FORM, f"{parts[2]} stands last in {shown}; write {right}")
            return [right]
        if len(parts) == 3 and not _SUFFIX.fullmatch(parts[1]):
            report(WarningKind.BIB_NAME, f"{shown} has two commas; write Family, Given")
    if bare != text and ("," in bare or ";" in text[len(bare) :]):
        report(WarningKind.BIB_FORM, f"{shown} ends in {text[-1]}; delete it")
        text = bare
    if _NUMBER.search(text):
        what = f"{cited(text, 60)} ends in a number that DBLP tells namesakes by"
        report(WarningKind.BIB_FORM, f"{what}; delete it")
    return [_NUMBER.sub("", text)]


def _from_parts(text: str) -> str:
    """Return biber's ``given=Jane, family=Doe`` as every program reads it; "" if it is not that."""
    terms = (term.partition("=") for term in split_tex_string(text, ","))
    part = {name.strip().lower(): value.strip(' "') for name, _sign, value in terms}
    family = f"{part.get('prefix', '')} {part.get('family', '')}".strip()
    return ", ".join(filter(None, [family, part.get("suffix"), part.get("given")])) * bool(family)


# -- names → authors ----------------------------------------------------------------------------


def read_authors(
    fields: Mapping[str, str], owner: frozenset[str], report: Report
) -> tuple[tuple[Author, ...], bool]:
    """Read ``author`` (or, without it, ``editor``) and its annotations.

    Returns:
        the authors in order, and whether the list ends in "and others".
    """
    role = "author" if fields.get("author", "").strip() else "editor"
    names = read_names(fields.get(role, ""), report)
    et_al = bool(names) and names[-1].lower() == "others"
    names, signs = _without_signs(names[: len(names) - et_al])
    marks = _read_marks(fields.get(f"{role}+an", ""), len(names), report)
    if not any(mark != OWNER_MARK for words in marks.values() for mark in words):
        for number, found in marks_of(signs, _explanation(fields)).items():
            marks[number] = (*marks.get(number, ()), *found)
    said = {number for number, words in marks.items() if OWNER_MARK in words}
    owner_forms = frozenset(map(normal_name, owner))
    authors = []
    for index, name in enumerate(names, start=1):
        author = _author(name)
        if not author:
            report(WarningKind.BIB_NAME, f"cannot split {cited(name, 60)}; write Family, Given")
            author = Author(tex.plain(name))
        for command, shown in tex.decode(name).unknown.items():
            what = f"\\{command} in {cited(name, 60)} is not understood and is shown as its {shown}"
            letter = html.unescape(f"&{command};")  # what is meant by \uuml, and not by \uller
            umlaut = f', such as {{\\"{command[0]}}}{command[1:]}' * (command[0] in "uU")
            advice = letter if letter.isalpha() else f"the character itself{umlaut}"
            report(WarningKind.BIB_TEX, f"{what}; write {advice}")
        is_owner = bool(owner_forms) and normal_name(author.name) in owner_forms
        is_owner = index in said if said else is_owner
        shown_marks = tuple(mark for mark in marks.get(index, ()) if mark != OWNER_MARK)
        authors.append(replace(author, marks=shown_marks, is_owner=is_owner))
    return tuple(authors), et_al


def _without_signs(names: list[str]) -> tuple[list[str], list[tuple[str, ...]]]:
    """Return the names without signs and formatting, and the signs of each."""
    found = list(map(without_signs, names))
    return [name for name, _signs in found], [signs for _name, signs in found]


def _explanation(fields: Mapping[str, str]) -> str:
    """Return the texts of an entry that may say what signs mean."""
    return "\n".join(fields.get(name, "") for name in ("note", "annotation", SIGN_TEXTS))


def in_standard_form(fields: Mapping[str, str], role: str) -> tuple[str, str]:
    """Return the field *role* without signs and formatting, and ``author+an`` with the signs.

    Names keep their places: what stands between them stays as it is. Names that something else than
    ``and`` separates stay as they are.
    """
    text, annotation = fields.get(role, ""), fields.get(f"{role}+an", "")
    names = split_names(text)
    if read_names(text, lambda _kind, _message: None) != names:
        return text, annotation
    bare, signs = _without_signs(names)
    result, at = "", 0
    for name, new in zip(names, bare, strict=True):
        if (start := text.find(name, at)) < 0:
            return text, annotation
        result, at = result + text[at:start] + new, start + len(name)
    if not annotation:
        annotation = annotation_of(marks_of(signs, _explanation(fields)))
    return result + text[at:], annotation


def _author(name: str) -> Author | None:
    """Return one name, decoded, or None if BibTeX cannot split it."""
    with pybtex.errors.capture() as errors:
        person = Person(name)
    if errors:
        return None
    parts = (
        [*person.first_names, *person.middle_names],
        person.prelast_names,
        person.last_names,
        person.lineage_names,
    )
    given, prefix, family, suffix = (tex.plain(" ".join(part)) for part in parts)
    if "," not in name and given and is_east_asian(given + family):
        # BibTeX takes the last word for the family name; here the first one is.
        given, family = family, given
    # BibTeX's own way to say that a name has no parts; ``{\'E}…`` is a letter, ``{李明}`` a person.
    in_braces = person.last_names == [name] and re.fullmatch(r"\{[^\\].*\}", name)
    author = Author(family or given, given if family else "", prefix, suffix)
    return replace(author, is_organization=bool(in_braces) and not is_east_asian(family))


def _read_marks(text: str, count: int, report: Report) -> dict[int, tuple[Mark, ...]]:
    """Return a mapping from the number of an author to the marks."""
    marks: dict[int, tuple[Mark, ...]] = {}
    signs = iter(_MORE_SIGNS)
    own: dict[str, Mark] = {}
    for term in filter(str.strip, text.split(";")):
        match = _TERM.fullmatch(term)
        if not match or not 1 <= int(match["author"]) <= count:
            message = f"annotation {cited(term)} names no author; write NUMBER=equal"
            report(WarningKind.BIB_FIELD, message)
            continue
        number = int(match["author"])
        words = [word.strip().strip('"') for word in match["marks"].split(",")]
        for word in filter(None, words):
            name = word.lower()
            if name == OWNER_MARK.meaning:
                own[name] = OWNER_MARK
            elif name not in MARKS and name not in own:
                meaning = tex.plain(capitalized(word))
                is_sign = without_signs(f"Doe {word}")[1] == (word,)
                own[name] = (
                    Mark(word, "") if is_sign else Mark(next(signs, f"({len(own) + 1})"), meaning)
                )
            mark = MARKS.get(name) or own[name]
            if mark not in marks.get(number, ()):
                marks[number] = (*marks.get(number, ()), mark)
    return marks


def normal_name(name: str) -> str:
    """Fold what spellings of one name differ in: order, case, dots, spaces, width."""
    family, comma, given = name.partition(",")
    joined = f"{given} {family}" if comma else name
    if is_east_asian("".join(name.replace(",", " ").split())):
        joined = "".join((family + given).split())
    folded = unicodedata.normalize("NFKC", joined).casefold().replace(".", " ")
    return " ".join(folded.split())
