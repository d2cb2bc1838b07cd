"""Dates as bibliographies give them: a year, maybe a month, maybe a day, maybe a range.

The written form is ISO 8601 as in biblatex's ``date`` fields (level 0, without seasons):
``2024``, ``2024-04``, ``2024-04-16`` and ``2024-04-16/2024-04-18``.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from bibfolio.model.words import spoken

_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A calendar date known to the year, the month or the day (unknown parts are 0)."""

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999 or not 0 <= self.month <= 12:
            raise ValueError(f"{self.iso} is not a date")
        if self.day:
            datetime.date(self.year, self.month, self.day)  # raises ValueError itself

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

        Raises:
            ValueError: the text has another form or names a day that does not exist.
        """
        match = _ISO.fullmatch(text.strip())
        if not match:
            raise ValueError(f"{text!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD")
        return cls(int(match["year"]), int(match["month"] or 0), int(match["day"] or 0))

    @property
    def iso(self) -> str:
        """Return the date as ISO 8601, with the known parts only."""
        parts = [f"{self.year:04}", f"{self.month:02}", f"{self.day:02}"]
        return "-".join(parts[: 1 + bool(self.month) + bool(self.day)])

    @property
    def words(self) -> str:
        """Return the date for people: ``2024``, ``April 2024`` or ``April 16, 2024``."""
        if not self.month:
            return str(self.year)
        return spoken().forms.day(self._first) if self.day else spoken().forms.month(self._first)

    @property
    def in_short(self) -> str:
        """Return year and month for people: ``2024`` or ``Apr 2024``."""
        if not self.month:
            return str(self.year)
        return spoken().forms.month(self._first, is_short=True)

    @property
    def _first(self) -> datetime.date:
        """Return the first day that this date may mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    def is_over_before(self, other: PartialDate) -> bool:
        """Return whether the whole time that this date names lies before *other* begins."""
        # For comparing, every month has a 31st.
        last = (self.year, self.month or 12, self.day or 31)
        return last < (other.year, other.month, other.day)


@dataclass(frozen=True, slots=True)
class DateRange:
    """From *start* to *end*, both included; equal ends make a single date."""

    start: PartialDate
    end: PartialDate
    #: Whether it goes on after what is known.
    is_open: bool = False

    @classmethod
    def parse(cls, text: str) -> DateRange:
        """Read one date or two with a slash between them (biblatex ``eventdate``).

        Behind a slash there may be nothing: it goes on.

        Raises:
            ValueError: a part is not a date, or the end lies before the start.
        """
        first, slash, last = text.partition("/")
        start = PartialDate.parse(first)
        end = PartialDate.parse(last) if last.strip() else start
        if end.is_over_before(start):
            raise ValueError(f"{text!r} ends before it starts")
        return cls(start, end, is_open=bool(slash) and not last.strip())

    @property
    def words(self) -> str:
        """Return the range for people: ``April 16–18, 2024``, ``April 30–May 2, 2024``."""
        start, end = self.start, self.end
        if start == end:
            return start.words
        if not (start.day and end.day) or start.year != end.year:
            return spoken().forms.interval.format(start.words, end.words)
        return spoken().forms.days(start._first, end._first)
