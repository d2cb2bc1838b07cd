"""Years and months as BibTeX entries spell them."""

from __future__ import annotations


def read_year(text: str) -> int:
    """``2024`` → 2024.

    Raises:
        ValueError: not a number.
    """
    if not text.isdecimal():
        raise ValueError(f"{text!r} is not a year")
    return int(text)


def read_month(text: str) -> int:
    """``4``, ``apr``, ``April`` → 4; empty → 0.

    Raises:
        ValueError: no month of that name or number.
    """
    if not text:
        return 0
    if text.isdigit():
        return int(text)
    names = "jan feb mar apr may jun jul aug sep oct nov dec".split()
    if text[:3].lower() not in names:
        raise ValueError(f"{text!r} is not a month")
    return names.index(text[:3].lower()) + 1
