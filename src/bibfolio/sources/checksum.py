"""Numbers that prove themselves: ISBN, ISSN and ORCID iD have a digit made from the others."""

from __future__ import annotations

import re


def isbn_digit(digits: str) -> str:
    """The last digit of the ISBN that begins with these 9 or 12 (ISO 2108)."""
    if len(digits) == 12:
        total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
        return str(-total % 10)
    return _modulo_11(digits, 10)


def issn_digit(digits: str) -> str:
    """The last digit of the ISSN that begins with these 7 (ISO 3297)."""
    return _modulo_11(digits, 8)


def orcid_digit(digits: str) -> str:
    """The last digit of the ORCID iD that begins with these 15 (ISO 7064, MOD 11-2)."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    return _digit(12 - total % 11)


def isbn_error(text: str) -> str:
    """What is wrong with an ISBN; empty if nothing. Hyphens and spaces may stand anywhere."""
    number = _bare(text)
    if not re.fullmatch(r"\d{9}[\dX]|\d{13}", number):
        if re.fullmatch(r"\d{7}[\dX]", number) and not issn_error(number):
            return "is an ISSN; write issn"
        return f"has {len(number)} digits; an ISBN has 10 or 13"
    if len(number) == 13 and not number.startswith(("978", "979")):
        return "begins with neither 978 nor 979; copy it again"
    return _digit_error(number, isbn_digit(number[:-1]))


def issn_error(text: str) -> str:
    """What is wrong with an ISSN; empty if nothing. The hyphen may be left out."""
    number = _bare(text)
    if not re.fullmatch(r"\d{7}[\dX]", number):
        if len(number) in {10, 13} and not isbn_error(number):
            return "is an ISBN; write isbn"
        return f"has {len(number)} digits; an ISSN has 8"
    return _digit_error(number, issn_digit(number[:-1]))


def orcid_error(text: str) -> str:
    """What is wrong with an ORCID iD; empty if nothing."""
    number = _bare(text)
    if not re.fullmatch(r"\d{15}[\dX]", number):
        return "is no ORCID iD; write four groups of four digits"
    if error := _digit_error(number, orcid_digit(number[:-1])):
        return error
    grouped = "-".join(number[start : start + 4] for start in range(0, 16, 4))
    return "" if text == grouped else f"is not in groups of four; write {grouped}"


def _bare(text: str) -> str:
    """Digits alone, and what is no digit but should be one."""
    return re.sub(r"[\s\u00ad\u2010-\u2015\u2212-]", "", text).upper()


def _digit_error(number: str, right: str) -> str:
    if number[-1] == right:
        return ""
    return f"has the check digit {number[-1]} where the others make {right}; copy it again"


def _modulo_11(digits: str, weight: int) -> str:
    total = sum(int(digit) * (weight - place) for place, digit in enumerate(digits))
    return _digit(11 - total % 11)


def _digit(value: int) -> str:
    return "X" if value % 11 == 10 else str(value % 11)
