"""How a language writes dates and lists; English is here, and Babel hands in what it knows."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

#: In English, as files have them.
MONTHS = tuple(
    "January February March April May June July August September October November December".split()
)


class Forms:
    """The forms of English. Other languages override all of them (:mod:`bibfolio.languages`)."""

    #: How a list is joined, as in CLDR: two items; and of more, start, middle and end.
    lists: Mapping[str, str] = {
        "2": "{0} and {1}",
        "start": "{0}, {1}",
        "middle": "{0}, {1}",
        "end": "{0} and {1}",
    }
    is_english = True
    #: From one time to another, of which nothing more is known.
    interval = "{0} – {1}"

    def language(self, _code: str, written: str) -> str:
        """Return the name of a language: ``German``; as it is *written* where it is not known."""
        return written.capitalize()

    def month(self, first: datetime.date, *, is_short: bool = False) -> str:
        """Return the month that begins at *first*: ``April 2024``, or short: ``Apr 2024``."""
        name = MONTHS[first.month - 1]
        return f"{name[:3] if is_short else name} {first.year}"

    def day(self, date: datetime.date) -> str:
        """Return ``April 16, 2024``."""
        return f"{MONTHS[date.month - 1]} {date.day}, {date.year}"

    def days(self, start: datetime.date, end: datetime.date) -> str:
        """Return days of one year: ``April 16–18, 2024``, ``April 30–May 2, 2024``."""
        first = f"{MONTHS[start.month - 1]} {start.day}"
        last = f"{end.day}" if start.month == end.month else f"{MONTHS[end.month - 1]} {end.day}"
        return f"{first}–{last}, {start.year}"
