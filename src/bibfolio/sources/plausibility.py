"""What the values of ``profile.toml`` can be, beyond their types."""

from __future__ import annotations

import re
from collections.abc import Callable

from bibfolio.model import PartialDate
from bibfolio.sources.links import web_url

#: Keys whose value must be an http(s) address.
_URL_KEYS = re.compile(r"(?:.*_)?url|website|mastodon")
#: Years of a living person's studies, positions and awards.
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def year_error(year: int) -> str:
    """What is wrong with a year; empty if nothing."""
    if _FIRST_YEAR <= year <= _LAST_YEAR:
        return ""
    return f"{year} is not a year from {_FIRST_YEAR} to {_LAST_YEAR}; write one such as 2024"


def order_error(start: PartialDate | None, end: PartialDate | None) -> str:
    """What is wrong with an end that lies before its start; what is not known may be right."""
    if not start or not end:
        return ""
    last = (end.year, end.month or 12, end.day or 31)
    if last >= (start.year, start.month, start.day):
        return ""
    return f"{end.iso} lies before start, {start.iso}; correct one of the two"


def value_error(key: str, value: object) -> str:
    """What is wrong with the value of *key*; empty if nothing."""
    if key == "year" and isinstance(value, int):
        return year_error(value)
    if not isinstance(value, str):
        return ""
    rules: list[tuple[bool, Callable[[], bool], str]] = [
        (
            key == "email",
            lambda: "@" in value,
            "must not be a plain address; write: jane (at) example (dot) org",
        ),
        (
            bool(_URL_KEYS.fullmatch(key)),
            lambda: not web_url(value),
            "must be an address that starts with https:// or http://",
        ),
        (
            key != "email",
            lambda: bool(re.search(r"[\w.+-]+@[\w-]+\.\w", value)),
            "must not hold a plain e-mail address",
        ),
        (key == "name", lambda: not value.strip(), "must not be empty"),
        (
            key in {"github", "scholar", "orcid", "linkedin"},
            lambda: not re.fullmatch(r"[\w-]+", value),
            "must be the account's name or number alone, not an address",
        ),
        (
            key == "dblp",
            lambda: not re.fullmatch(r"[\w/-]+", value),
            "must be the number in the address of the DBLP page, such as 12/3456",
        ),
    ]
    return next((message for applies, bad, message in rules if applies and bad()), "")
