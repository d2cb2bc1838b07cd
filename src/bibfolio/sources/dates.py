"""Dates, years and months as bibliographies spell them."""

from __future__ import annotations

import re

from bibfolio.model import DateRange, PartialDate

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
#: biblatex manual, §2.3.8: seasons are months 21 to 24, which no calendar has.
_SEASON = re.compile(r"(\d{4})-2[1-4]")


def read_date(text: str) -> PartialDate:
    """Read the beginning of a biblatex ``date``; of open ranges the end that is known.

    Time of day, season and the marks for *about* and *uncertain* are left out.

    Raises:
        ValueError: not a date.
    """
    ends = [re.sub(r"T[\d:.+Z-]+$|[~?%]$", "", end.strip()) for end in text.split("/")]
    known = [_SEASON.sub(r"\1", end) for end in ends if end not in {"", ".."}]
    if not known or len(ends) > 2:
        raise ValueError(f"{text!r} is not a date")
    try:
        return DateRange.parse("/".join(known)).start
    except ValueError as error:
        same = str(error).startswith(repr(text))
        raise ValueError(str(error) if same else f"{text!r} is not a date") from None


def read_year(text: str) -> int:
    """Read a year of four digits.

    Raises:
        ValueError: not a number of four digits.
    """
    if not text.isdecimal() or 0 < int(text[:5]) < 1000 or len(text) > 4:
        raise ValueError(f"{text!r} is not a year")
    return int(text)


def read_month(text: str) -> int:
    """Read a month: ``4``, ``apr``, ``April`` and ``16~April`` are 4, empty is 0.

    Raises:
        ValueError: no month of that name or number.
    """
    if text.isdecimal():
        return int(text)
    word = re.search(r"[^\W\d_]{3,}", text)
    if word and word[0][:3].lower() in _MONTHS:
        return _MONTHS.index(word[0][:3].lower()) + 1
    if text:
        raise ValueError(f"{text!r} is not a month")
    return 0


def year_in(text: str) -> PartialDate | None:
    """Return the year that stands in what is no date, or None."""
    digits = re.search(r"(?<!\d)\d{4}(?!\d)", text)
    return PartialDate(int(digits[0])) if digits and int(digits[0]) else None
