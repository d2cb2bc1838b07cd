"""Fields ``license`` and ``copyright`` → the licence of a paper.

Neither BibTeX nor biblatex has such a field. ``copyright`` is what DataCite and Zotero write; it
says as well whose the rights are, which is no licence.
"""

from __future__ import annotations

import re

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from bibfolio.model.licenses import License

_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.)?creativecommons\.org/"
    r"(?:licenses/(?P<terms>by(?:-nc)?(?:-nd|-sa)?)|publicdomain/(?P<zero>zero))/"
    r"(?P<version>\d\.\d)(?:/(?P<country>[a-z]{2,3}))?(?:/(?:deed|legalcode)[\w.-]*)?/?",
    re.IGNORECASE,
)
#: A full name: ``Creative Commons Attribution-NonCommercial 4.0 International (CC BY-NC 4.0)``.
_NAME = re.compile(
    r"Creative Commons (?:(?P<zero>(?:CC0|Zero)(?: v?1\.0)?)|Attribution"
    r"(?P<nc>[ -]?Non[ -]?Commercial)?(?:(?P<nd>[ -]?No[ -]?Deriv(?:ative)?s(?: Works)?)"
    r"|(?P<sa>[ -]?Share[ -]?Alike))? v?(?P<version>\d\.\d))"
    r"(?: (?:International|Unported|Generic|Universal))?(?: Public)?(?: Licen[sc]e)?"
    r"(?: \(CC[^()]*\))?",
    re.IGNORECASE,
)


def read_license(text: str) -> License | None:
    """Return the licence that a text names; None if it names none."""
    text = " ".join(text.split())
    if found := _ADDRESS.fullmatch(text) or _NAME.fullmatch(text):
        if found["zero"]:
            return _spdx("CC0-1.0")
        named = found.groupdict()
        terms = named.get("terms") or "-".join(
            ["by", *(name for name in ("nc", "nd", "sa") if named.get(name))]
        )
        parts = ("CC", terms, found["version"], named.get("country"))
        return _spdx("-".join(filter(None, parts)))
    return _spdx(text) if re.fullmatch(r"[\w.+-]+", text) else None


def _spdx(id_: str) -> License | None:
    """Return the licence of this SPDX identifier, however its letters are written."""
    try:
        found = str(canonicalize_license_expression(id_))
    except InvalidLicenseExpression:
        return None
    return None if found.lower().startswith("licenseref") else License(found)
