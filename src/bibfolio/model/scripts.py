"""Scripts: the letters of East Asia (Unicode 16, chapter 18), and which language a text is in.

Each public constant is the inside of a character class of a regular expression, in Python and in
JavaScript with the flag ``u``.
"""

from __future__ import annotations

import re

#: Letters of Han, kana and Hangul; the last range has Extension B of Han and all later ones.
EAST_ASIAN_LETTERS = (
    "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003fffd"
)
#: The same with what stands among them: radicals, punctuation, Bopomofo and compatible forms.
EAST_ASIAN = EAST_ASIAN_LETTERS + "\u2e80-\u3004\u3006\u3008-\u303f\u3100-\u33ff\u4dc0-\u4dff"
#: The same with parts of Hangul and with signs of full width: what takes two columns.
EAST_ASIAN_WIDE = EAST_ASIAN + "\u1100-\u11ff\uff00-\uffef"

_IS_EAST_ASIAN = re.compile(f"[{EAST_ASIAN}]+").fullmatch


def is_east_asian(text: str) -> bool:
    """Return whether *text* is in Han, kana or Hangul alone, where the family name goes first."""
    return bool(_IS_EAST_ASIAN(text))


#: Script (ISO 15924; ``Zyyy`` for all others) → its letters. A word of Latin is one sign of Han.
_LETTERS = {
    "Jpan": "[\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff]",
    "Kore": "[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]",
    "Hani": f"[{EAST_ASIAN_LETTERS}]",
    "Arab": "[\u0620-\u064a\u066e-\u06d3\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+",
    "Latn": r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+",
    "Zyyy": r"[^\W\d_]+",
}
#: Script → the language of a text of which nothing else is known.
_LIKELY = {"Jpan": "ja", "Kore": "ko", "Hani": "zh", "Arab": "ar"}
#: Language → the scripts in which it is written, but for Latin alone.
_WRITTEN = {
    "ja": ("Jpan", "Hani"),
    "ko": ("Kore", "Hani"),
    "zh": ("Hani",),
    **dict.fromkeys("ar fa ur ps sd ug ckb".split(), ("Arab",)),
    **dict.fromkeys(
        "am be bg bn dv el gu he hi hy ka kk km kn ky lo mk ml mn mr my ne pa ru si ta te tg th uk "
        "yi".split(),
        ("Zyyy",),
    ),
    "sr": ("Zyyy", "Latn"),
}


#: Words of one script that no text in Latin has.
_FOREIGN = re.compile(f"([{EAST_ASIAN_LETTERS}]+|{_LETTERS['Arab']}(?:\\s+{_LETTERS['Arab']})*)")


def runs(text: str) -> list[str]:
    """Return *text* in pieces: words of Han, kana, Hangul or Arabic, and what is between them."""
    return [run for run in _FOREIGN.split(text) if run]


def script_of(text: str) -> str:
    """Return in which script most words of *text* are; an empty string without any letters."""
    rest, counts = text, dict[str, int]()
    for script, letters in _LETTERS.items():
        rest, counts[script] = re.subn(letters, " ", rest)
    # Among Han, a sign of kana or Hangul says whose text it is.
    counts["Jpan" if counts["Jpan"] else "Kore" if counts["Kore"] else "Hani"] += counts["Hani"]
    best = max(counts, key=lambda script: counts[script])
    return best if counts[best] else ""


def language_of(text: str, *languages: str) -> str:
    """Return the first of these *languages* (BCP 47) that is written in the script of *text*.

    If none is, it is that of the script: kana Japanese, Han Chinese, Hangul Korean, Arabic; English
    for all others.
    """
    script, known = script_of(text), [language for language in languages if language]
    found = (
        language
        for language in known
        if not script or script in _WRITTEN.get(_primary(language), ("Latn",))
    )
    return next(found, _LIKELY.get(script, "en"))


def is_other(language: str, page: str) -> bool:
    """Return whether a *language* is another than that of a *page*: zh-Hant, on one in zh-Hans."""
    chinese = {tag: _chinese(tag) for tag in (language, page)}
    if all(chinese.values()):
        return chinese[language] != chinese[page]
    return _primary(language) != _primary(page)


def _primary(tag: str) -> str:
    return re.split("[-_]", tag)[0].lower()


def _chinese(tag: str) -> str:
    """Return by which signs Chinese is written, if the *tag* says so."""
    parts = {*re.split("[-_]", tag.lower())}
    if "zh" not in parts or len(parts) == 1:
        return ""
    is_simplified = "hans" in parts or parts.isdisjoint({"hant", "tw", "hk", "mo"})
    return "Hans" if is_simplified else "Hant"
