"""Sizes that writers put into ``style`` attributes, as classes. Pure: HTML in, HTML and rules out.

docutils says so how wide a picture, a table or a column is. The policy of the pages allows no such
attribute, as it could as well stand in a name or a title. The name of the class says all that its
rule does: pages that are not written again need no memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bibfolio.assets.css import spelt

_STYLED = re.compile(
    r"<[A-Za-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*?"
    r"(?P<attribute>\sstyle\s*=\s*(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))"
    r"(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>",
    re.IGNORECASE,
)
#: What all of them contain, as bytes in lower case. Most pages have none, and this is found out
#: thirty times as fast. The ``s`` may be a long one, the white space any of Unicode's.
_MAYBE_STYLED = re.compile(rb"tyle[\s\x1c-\x1f\x80-\xff]*=")
_CLASS = re.compile(r"\sclass=([\"'])", re.IGNORECASE)
_NAME = re.compile(r"<[A-Za-z][\w:-]*")
_LENGTH = r"[0-9]*\.?[0-9]+(?:px|%|r?em|ex|ch|p[tc]|[cm]m|in|v[wh])"
_SIZE = re.compile(rf"(width|height)\s*:\s*({_LENGTH})")
_SIZE_CLASS = re.compile(rf"size-(width|height)-({_LENGTH})")


def with_classes(page: str) -> tuple[str, list[str]]:
    """*page* with its sizes as classes, and the styles that say anything else."""
    refused: list[str] = []

    def replace(match: re.Match[str]) -> str:
        tag, value = match[0], match["value"].strip("\"'")
        declarations = [d.strip() for d in value.lower().split(";") if d.strip()]
        sizes = [_SIZE.fullmatch(declaration) for declaration in declarations]
        if not all(sizes):
            refused.append(value)
            return tag
        classes = " ".join(f"size-{size[1]}-{size[2]}" for size in sizes if size)
        return _with_class(tag.replace(match["attribute"], "", 1), classes)

    may_be_styled = _MAYBE_STYLED.search(page.encode("utf-8", "replace").lower())
    return (_STYLED.sub(replace, page) if may_be_styled else page), refused


def _with_class(tag: str, classes: str) -> str:
    if not classes:
        return tag
    if _CLASS.search(tag):
        return _CLASS.sub(lambda match: f"{match[0]}{classes} ", tag, count=1)
    return _NAME.sub(lambda match: f'{match[0]} class="{classes}"', tag, count=1)


def rules(classes: Iterable[str]) -> str:
    """Rules for those of the *classes* that are sizes; nothing becomes wider than its place."""
    found = (_SIZE_CLASS.fullmatch(name) for name in sorted(classes))
    # As strong as the attribute.
    return "".join(
        f".{spelt(size[0])}{{{size[1]}:{size[2]}!important;max-width:100%}}"
        for size in found
        if size
    )
