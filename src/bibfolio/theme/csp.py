"""What a page loads, and the Content-Security-Policy that allows just that. Pure.

The policy stands in a ``<meta>``, because static hosts send no headers of an owner's choice. It
allows the site's own files, inline code by its hash, and the hosts that the owner has chosen to
load from.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

#: Sphinx's own scripts, which only its search and scripts of others use.
_SPHINX_SCRIPTS = {
    f"_static/{name}.js"
    for name in ("documentation_options", "doctools", "sphinx_highlight", "translations")
}
#: Sheets of Sphinx and of pydata-sphinx-theme, in whose place is the one in the page.
_REPLACED_SHEETS = {
    f"_static/{name}.css"
    for name in ("basic", "pygments_dark", "styles/theme", "styles/pydata-sphinx-theme")
}
_PYGMENTS = "_static/pygments.css"
_STYLE_ATTRIBUTE = re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.IGNORECASE)


# -- what a page loads: Sphinx's values of ``script_files`` and ``css_files`` ---------------------


def scripts(files: Iterable[Any]) -> list[Any]:
    """Return the scripts that a page loads: ours, and those of the owner and other extensions."""
    # pydata-sphinx-theme adds to Sphinx's constants on every page, for scripts of its own.
    wanted = [file for file in files if not text_of(file).lstrip().startswith("DOCUMENTATION_OPT")]
    names = {address_of(file) for file in wanted} - _SPHINX_SCRIPTS
    # Those of others may count on what Sphinx loads before them.
    has_others = not all(name.startswith("_static/bibfolio") for name in names)
    left_out = {"_static/sphinx_highlight.js"} if has_others else _SPHINX_SCRIPTS
    return [file for file in wanted if address_of(file) not in left_out]


def stylesheets(files: Iterable[Any], *, colours: bool = False) -> list[Any]:
    """Return the sheets and icons that a page loads beside the sheet that stands in it.

    Args:
        files: All that Sphinx would load.
        colours: Whether Pygments' colours for code are wanted in place of ours.
    """
    left_out = _REPLACED_SHEETS if colours else _REPLACED_SHEETS | {_PYGMENTS}
    return [file for file in files if address_of(file) not in left_out]


def address_of(file: Any) -> str:
    """Return where a script or sheet is, from the site's root; empty if it stands in the page."""
    return str(getattr(file, "filename", file) or "")


def text_of(file: Any) -> str:
    """Return the text of a script that stands in the page, byte for byte."""
    return str(getattr(file, "attributes", {}).get("body") or "")


def is_sheet(file: Any) -> bool:
    """Return whether a ``<link>`` is a stylesheet, and not an icon."""
    return getattr(file, "attributes", {}).get("rel") in {None, "stylesheet"}


# -- what it may load ----------------------------------------------------------------------------


def digest(text: str) -> str:
    """Return the source expression for an inline script or style."""
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
    script: str,
    styles: Iterable[str],
    script_files: Iterable[Any] = (),
    css_files: Iterable[Any] = (),
    pictures: Iterable[str] = (),
    *,
    style_attributes: bool = False,
) -> str:
    """Return the policy of a page.

    Args:
        script: The script that stands in every page.
        styles: The sheets that stand in the page.
        script_files: Further scripts, from :func:`scripts`.
        css_files: Further sheets and icons, from :func:`stylesheets`.
        pictures: Addresses of pictures.
        style_attributes: Whether ``style`` attributes count. Only where a page has some: they run
            nothing, but can cover a page with something else.
    """
    code, links = list(script_files), list(css_files)
    inline = [digest(text) for text in (script, *filter(None, map(text_of, code)))]
    hosts = origins(map(address_of, code))
    sheets = [address_of(link) for link in links if is_sheet(link)]
    icons = [address_of(link) for link in links if not is_sheet(link)]
    # Sheets of the owner may load fonts from where they come from. A script from elsewhere may do
    # as it likes with the page, so its sheets and fonts add no risk; MathJax cannot do without.
    own = ["'self'", *sorted({*origins(sheets), *hosts})] if sheets or hosts else []
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *inline, *hosts],
        "style-src": [*(["'unsafe-inline'"] if hosts else map(digest, styles)), *own],
        "style-src-attr": ["'unsafe-inline'"] if style_attributes else [],
        "img-src": ["'self'", "data:", *origins([*pictures, *icons])],
        "font-src": [*own, "data:"] if own else ["'self'"],
        # A script from elsewhere talks to where it comes from.
        "connect-src": ["'self'", *hosts],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(words)}" for name, words in directives.items() if words)
