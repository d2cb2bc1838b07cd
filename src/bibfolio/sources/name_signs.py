r"""Signs and formatting on names: ``Doe, Jane$^*$``, ``\textbf{Doe}, Jane``. Neither is a name.

A sign becomes a mark where ``author+an`` has none. What it means is taken from a text that says so,
or from custom if that is clear; it is never guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bibfolio.model import Mark
from bibfolio.model.strings import capitalized
from bibfolio.sources import tex

#: Annotation → mark. An annotation of another name gets the next free sign and is its own legend.
MARKS = {
    "equal": Mark("*", "Equal contribution"),
    "corresponding": Mark("†", "Corresponding author"),
}
_SIGNS = "*+†‡§¶‖"
_COMMANDS = {
    **dict.fromkeys(("ast", "star", "textasteriskcentered", "*"), "*"),
    **dict.fromkeys(("dag", "dagger", "textdagger"), "†"),
    **dict.fromkeys(("ddag", "ddagger", "textdaggerdbl"), "‡"),
}
_COMMAND = re.compile(
    r"\\(?:(ast|star|textasteriskcentered|d?dag|d?dagger|textdagger(?:dbl)?)(?![A-Za-z])|(\*))"
    r"[ ]*(?:\{\})?"
)
#: What stands raised: signs, and numbers of affiliations.
_RAISED = re.compile(
    rf"[\s~]*(?:\\textsuperscript\s*\{{([{_SIGNS}\d,\s]*)\}}"
    rf"|\$\s*\^?\s*\{{?([{_SIGNS}\d,\s]+)\}}?\s*\$|\^?\{{([{_SIGNS}]+)\}})"
)
#: ``**`` is a sign of its own, and so is ``12``.
_ONE = re.compile(rf"([{_SIGNS}])\1*|\d+")
_BARE = re.compile(rf"(?<![^\s{{~])([{_SIGNS}]+)|[\s~]*([{_SIGNS}]+)(?=[\s,;}}~]|$)")
_INSIDE = r"((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)"
_FORMATTED = re.compile(
    rf"\\(?:underline|uline|textbf|textit|textsl|textsc|emph|mathbf)\s*\{{{_INSIDE}\}}"
    rf"|\{{\s*\\(?:bf|it|sl|sc|em|bfseries|itshape|slshape|scshape)(?![A-Za-z])\s*{_INSIDE}\}}"
)
_HINT = re.compile(rf"[\\${_SIGNS}]")
#: An organization, such as ``{C++ Alliance}``, is called what it is called.
_IN_BRACES = re.compile(r"\{[^\\].*\}", re.DOTALL)
#: What says who contributed how; and what does if nothing else is said, or it is of authors.
_EQUALLY = re.compile(
    r"\bcontribut\w+ equally|\bequally contribut|\b(?:co|joint|shared)[- ]first\b", re.I
)
_EQUAL = re.compile(r"\bequal contribut|\bcorresponding\b", re.I)
_EQUAL_ALONE = re.compile(r"\W*equal contribut(?:ions?|ors?)\W*|\W*corresponding\W*", re.I)
#: Emphasis in Markdown, which begins with a star as well.
_STARRED = re.compile(r"\*\S(?:[^*]*\S)?\*(?!\*)")
#: So long are texts that explain signs, at most.
_EXPLANATION = 200
#: Where such texts of an entry stand once it has been read; no field can be called so.
SIGN_TEXTS = "what signs on names mean"
#: No name of a person is longer; what is longer is left as it is.
_LONGEST = 300


def without_signs(name: str) -> tuple[str, tuple[str, ...]]:
    """Return *name* without signs and formatting, and the signs in their order."""
    if len(name) > _LONGEST or _IN_BRACES.fullmatch(name) or not _HINT.search(name):
        return name, ()
    signs: list[str] = []

    def take(match: re.Match[str]) -> str:
        raised = "".join(filter(None, match.groups()))
        signs.extend(found[0] for found in _ONE.finditer(raised))
        return ""

    bare = _COMMAND.sub(_sign_of, name)
    while (inner := _FORMATTED.sub(lambda found: found[1] or found[2] or "", bare)) != bare:
        bare = inner
    while (rest := _RAISED.sub(take, bare)) != bare:
        bare = rest
    bare = _BARE.sub(take, bare)
    if not signs and bare == name:
        return name, ()
    bare = bare.strip(" ~") if signs else bare
    return (bare, tuple(dict.fromkeys(signs))) if tex.plain(bare).strip() else (name, ())


def _sign_of(match: re.Match[str]) -> str:
    return _COMMANDS[match[1] or match[2]]


def marks_of(signs: Sequence[Sequence[str]], explanation: str = "") -> dict[int, tuple[Mark, ...]]:
    """Return a mapping from the number of an author to the marks that the signs are.

    Args:
        signs: those of each author.
        explanation: a text in TeX that may say what signs mean, such as the note of the entry.
    """
    uses = Counter(sign for each in signs for sign in each)
    if not uses:
        return {}
    text = tex.plain(_unraised(explanation))
    meant = {sign: mark for sign in uses if (mark := _explained(sign, text))}
    for sign in sorted({"*", "†"} & (uses.keys() - meant.keys())):
        word = "equal" if uses[sign] > 1 else "corresponding" if sign == "†" else ""
        if word and MARKS[word] not in meant.values():
            meant[sign] = MARKS[word]
    taken = {mark.sign for mark in meant.values()}
    # A sign that another meaning has on the page is left out; nothing is said by it.
    own = {sign: Mark(sign, "") for sign in uses if sign not in meant and sign not in taken}
    known = {**own, **meant}
    marks = {
        number: tuple(known[sign] for sign in each if sign in known)
        for number, each in enumerate(signs, start=1)
    }
    return {number: found for number, found in marks.items() if found}


def explains_signs(text: str) -> bool:
    """Return whether a text is about signs on names or equal contribution, and nothing else."""
    if not text or len(text) > 2 * _EXPLANATION:
        return False
    plain = tex.plain(_unraised(text)).strip()
    if len(plain) > _EXPLANATION:
        return False
    if plain[:1] in set("*†‡§¶‖") and not _STARRED.match(plain):
        return True
    is_of_authors = _EQUAL.search(plain) and "author" in plain.lower()
    return bool(_EQUALLY.search(plain) or is_of_authors or _EQUAL_ALONE.fullmatch(plain))


def _unraised(text: str) -> str:
    return _RAISED.sub(lambda match: "".join(filter(None, match.groups())), _plain(text))


def _plain(text: str) -> str:
    return _COMMAND.sub(_sign_of, text)


def _explained(sign: str, text: str) -> Mark | None:
    """Return the mark if *text* says what *sign* means: ``* Equal contribution``."""
    says = r"\s*(?:[:=]|--?|–|means|denotes|indicates|marks)?\s*"
    pattern = rf"(?<!\w){re.escape(sign)}{says}([^\W\d_][^{_SIGNS}<;.,()\n]{{3,60}})"
    if not (found := re.search(pattern, text)):
        return None
    meaning = found[1].strip()
    for word, stem in (("equal", "equal"), ("corresponding", "correspond")):
        if stem in meaning.lower():
            return MARKS[word]
    return Mark(sign, capitalized(meaning))


def annotation_of(marks: dict[int, tuple[Mark, ...]]) -> str:
    """Return the marks as ``author+an`` writes them: ``1=equal; 2=equal, corresponding``."""
    words = {mark: word for word, mark in MARKS.items()}
    terms = (
        f"{number}={', '.join(words.get(mark, mark.meaning or mark.sign) for mark in found)}"
        for number, found in sorted(marks.items())
    )
    return "; ".join(terms)
