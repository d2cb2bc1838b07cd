"""The field ``keywords``: topics of a paper, and ``selected``, which is none."""

from __future__ import annotations

from bibfolio.sources import tex

#: The keyword by which the owner selects a paper; case does not count.
SELECTED = "selected"


def split_keywords(value: str) -> list[str]:
    """Return the keywords in a field as written, with commas between them, or else semicolons."""
    return [word.strip() for word in value.split("," if "," in value else ";") if word.strip()]


def is_selected(word: str) -> bool:
    """Return whether a keyword selects the paper, however it is spelt."""
    return word.casefold() == SELECTED


def read_keywords(value: str) -> tuple[tuple[str, ...], bool]:
    """Return the topics that a field names, as plain text, and whether it selects the paper."""
    words = [word for written in split_keywords(value) if (word := tex.plain(written))]
    topics = tuple(word for word in words if not is_selected(word))
    return topics, len(topics) < len(words)
