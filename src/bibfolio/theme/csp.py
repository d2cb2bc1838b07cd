"""The Content-Security-Policy of a page: nothing loads and nothing runs but what is named. Pure.

It stands in a ``<meta>``, because static hosts send no headers of an owner's choice. Allowed are the
site's own files, inline code by its hash, and the hosts from which the owner has chosen to load.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

_STYLE_ATTRIBUTE = re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.IGNORECASE)


@dataclass(frozen=True)
class Loaded:
    """What a page has of one sort: inline texts, and addresses of files."""

    inline: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()

    def sources(self) -> list[str]:
        """Return the source expressions that allow all of it, without ``'self'``."""
        return [*dict.fromkeys([*map(digest, self.inline), *origins(self.addresses)])]


def digest(text: str) -> str:
    """Return the source expression for an inline script or style, byte for byte."""
    hashed = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(hashed).decode()}'"


def origins(addresses: Iterable[str]) -> list[str]:
    """Return scheme and host of each address that leads to another site, sorted."""
    parts = (urlsplit(address) for address in addresses)
    found = {f"{part.scheme or 'https'}://{part.netloc}" for part in parts if part.netloc}
    # A policy is a list: a host with such a sign would add to it.
    return sorted(origin for origin in found if not re.search(r"[\s;,'\"]", origin))


def has_style_attributes(html: str) -> bool:
    """Return whether an element of *html* has a ``style`` of its own, as docutils gives sizes."""
    return _STYLE_ATTRIBUTE.search(html) is not None


def policy(
    scripts: Loaded, styles: Loaded, pictures: Iterable[str] = (), *, style_attributes: bool = False
) -> str:
    """Return the policy of a page.

    Args:
        scripts: Inline scripts, and addresses of script files.
        styles: Inline stylesheets, and addresses of stylesheets; those may load fonts.
        pictures: Addresses of pictures and icons.
        style_attributes: Whether ``style`` attributes count. Only where a page has some: they run
            nothing, but can cover a page with something else.
    """
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *scripts.sources()],
        "style-src": [*(["'self'"] if styles.addresses else []), *styles.sources()],
        "style-src-attr": ["'unsafe-inline'"] if style_attributes else [],
        "img-src": ["'self'", "data:", *origins(pictures)],
        "font-src": ["'self'", "data:", *origins(styles.addresses)] if styles.addresses else [],
        # A script from elsewhere talks to where it comes from.
        "connect-src": ["'self'", *origins(scripts.addresses)],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(words)}" for name, words in directives.items() if words)
