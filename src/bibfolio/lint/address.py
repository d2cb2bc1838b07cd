"""Addresses that a browser would try to open, and that lead nowhere for certain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.identifiers import without_tex
from bibfolio.sources.links import web_url
from bibfolio.lint.item import Item

_FIELDS = ("url", "venueurl", "code", "video", "file", "slides", "poster")
_TWICE = re.compile(r"https?:/*(?=https?:/|https?//)", re.IGNORECASE)


def addresses(item: Item) -> Iterator[Problem]:
    """Addresses that cannot be right. What is no http(s) address at all is for the reader."""
    for field in item.named(*_FIELDS):
        for candidate in re.split(r";\s+|;$", field.value):
            if web_url(candidate) and (error := address_error(candidate.strip())):
                message = f"the address in {field.written} {error}"
                yield item.problem(WarningKind.BIB_ADDRESS, message, field)


def address_error(url: str) -> str:
    r"""What is wrong with an http(s) address (RFC 3986); empty if nothing. ``\%`` is ``%``."""
    bare = without_tex(url)
    is_plain = re.sub(r"\\([_%&#~])", r"\1", url) == bare
    url = bare
    if twice := _TWICE.match(url):
        return f"begins twice; write {url[twice.end() :]}"
    try:
        parts = urlsplit(url)
        _number = parts.port
    except ValueError:
        return "has a port that is no number; leave it out"
    host = parts.hostname or ""
    if not re.fullmatch(r"[\w-]+(?:\.[\w-]+)+\.?|localhost|[\da-f]*:[\da-f:.]+", host):
        return f"has no server such as www.example.org, but {host!r}"
    if (clean := re.sub(r"[{}<>\"]", "", url)) != url or not is_plain:
        return f"holds a sign that no address has; write {clean}"
    if re.search(r"%(?![\da-fA-F]{2})", url):
        return "has a % without two hexadecimal digits behind it; write %25"
    if url[-1] in ",;":
        return f"ends in {url[-1]}; write {url[:-1]}"
    return ""
