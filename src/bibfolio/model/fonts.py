"""Fonts for text that Typst sets: families to try for each script that its own fonts lack.

Its own (Libertinus) have Latin, Greek, Cyrillic and Hebrew. Of each script, faces for text go
first, then those without serifs; free ones before those of macOS and Windows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bibfolio.model.scripts import EAST_ASIAN_WIDE

#: The face of all other text.
TEXT_FACE = "Libertinus Serif"


@dataclass(frozen=True, slots=True)
class Script:
    """How a script is known, and what it is set in."""

    #: The inside of a character class of a regular expression; empty if letters do not tell it.
    letters: str
    families: tuple[str, ...]
    #: Whether Typst's own fonts have the letters as well, but of a typewriter or of formulas.
    is_makeshift: bool = False


def _families(text: str) -> tuple[str, ...]:
    return tuple(map(str.strip, text.split(",")))


#: Script (ISO 15924) → what is known of it. Kana and Hangul tell whose Han stands among them.
SCRIPTS = {
    "Jpan": Script(
        "\u3040-\u30ff\u31f0-\u31ff",
        _families(
            "Noto Serif CJK JP, Noto Serif JP, Source Han Serif, Hiragino Mincho ProN, Yu Mincho, "
            "MS Mincho, Noto Sans CJK JP, Noto Sans JP, Source Han Sans, Hiragino Sans, Yu Gothic, "
            "Meiryo, MS Gothic"
        ),
    ),
    "Kore": Script(
        "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff",
        _families(
            "Noto Serif CJK KR, Noto Serif KR, Source Han Serif K, Nanum Myeongjo, AppleMyungjo, "
            "Batang, Noto Sans CJK KR, Noto Sans KR, Source Han Sans K, Nanum Gothic, "
            "Apple SD Gothic Neo, Malgun Gothic"
        ),
    ),
    "Hans": Script(
        EAST_ASIAN_WIDE,
        _families(
            "Noto Serif CJK SC, Noto Serif SC, Source Han Serif SC, Songti SC, SimSun, "
            "Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, PingFang SC, Microsoft YaHei"
        ),
    ),
    "Hant": Script(
        "",
        _families(
            "Noto Serif CJK TC, Noto Serif TC, Source Han Serif TC, Songti TC, PMingLiU, "
            "Noto Sans CJK TC, Noto Sans TC, Source Han Sans TC, PingFang TC, Microsoft JhengHei"
        ),
    ),
    "Arab": Script(
        "\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
        _families(
            "Noto Naskh Arabic, Amiri, Scheherazade New, Geeza Pro, Traditional Arabic, "
            "Times New Roman, Noto Sans Arabic, Segoe UI, Tahoma, DejaVu Sans, FreeSerif"
        ),
        is_makeshift=True,
    ),
    "Deva": Script(
        "\u0900-\u097f\ua8e0-\ua8ff",
        _families(
            "Noto Serif Devanagari, Noto Sans Devanagari, Kohinoor Devanagari, Nirmala UI, "
            "Lohit Devanagari, FreeSerif"
        ),
        is_makeshift=True,
    ),
    "Thai": Script(
        "\u0e00-\u0e7f",
        _families("Noto Serif Thai, Noto Sans Thai, Thonburi, Leelawadee UI, Tahoma, FreeSerif"),
    ),
}


def scripts_in(text: str) -> list[str]:
    """Return which of :data:`SCRIPTS` the letters of *text* are of."""
    classes = {name: script.letters for name, script in SCRIPTS.items() if script.letters}
    return [name for name, letters in classes.items() if re.search(f"[{letters}]", text)]


def families(text: str, script: str) -> list[str]:
    """Return the families for *text*, in the order to try them.

    Its language is written in *script*, which decides between forms of the same letters: Han is
    not drawn alike in mainland China, Taiwan, Japan and Korea.
    """
    names = [name for name in (script, *scripts_in(text)) if name in SCRIPTS]
    tried = (family for name in names for family in SCRIPTS[name].families)
    return list(dict.fromkeys((TEXT_FACE, *tried)))


def makeshift(text: str, installed: set[str]) -> str:
    """Return the letters of *text*, each once, for which no family of theirs is *installed*.

    Only letters for which Typst takes another face of its own, without a word.
    """
    scripts = (SCRIPTS[name] for name in scripts_in(text))
    lacking = [s.letters for s in scripts if s.is_makeshift and installed.isdisjoint(s.families)]
    return "".join(dict.fromkeys(re.findall(f"[{''.join(lacking)}]", text))) if lacking else ""
