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
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

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


def hash_source(text: str) -> str:
    """Return the source expression for an inline script or style."""
    hashed = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(hashed).decode()}'"


def origins(addresses: Iterable[str]) -> list[str]:
    """Return scheme and host of each address that leads to another site, sorted."""
    found = set()
    for address in addresses:
        with suppress(ValueError):  # no address at all, from which browsers load nothing
            part = urlsplit(address)
            found |= {f"{part.scheme or 'https'}://{part.netloc}"} if part.netloc else set()
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
    inline = [hash_source(text) for text in (script, *filter(None, map(text_of, code)))]
    hosts = origins(map(address_of, code))
    sheets = [address_of(link) for link in links if is_sheet(link)]
    icons = [address_of(link) for link in links if not is_sheet(link)]
    # The search loads a sheet of ours. Sheets of the owner may load fonts from where they come
    # from. A script from elsewhere may do as it likes with the page, so its sheets and fonts add no
    # risk; MathJax cannot do without.
    own = ["'self'", *sorted({*origins(sheets), *hosts})]
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *inline, *hosts],
        "style-src": [*(["'unsafe-inline'"] if hosts else map(hash_source, styles)), *own],
        "style-src-attr": ["'unsafe-inline'"] if style_attributes else [],
        "img-src": ["'self'", "data:", *origins([*pictures, *icons])],
        "media-src": ["'self'"],
        "font-src": [*own, "data:"] if sheets or hosts else ["'self'"],
        # A script from elsewhere talks to where it comes from.
        "connect-src": ["'self'", *hosts],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(words)}" for name, words in directives.items() if words)


# -- what it blocks --------------------------------------------------------------------------------

_LINK = "write a picture of your own that links there: [![{title}](picture.jpg)]({address})"
_CODE = 'move the code to _static/own.js and write html_js_files = ["own.js"] in conf.py'
_STYLE = 'move it to _static/own.css and write html_css_files = ["own.css"] in conf.py'
#: Elements, the attribute with an address if it is no code, what rules over it, what to write.
_RULES = (
    ("iframe, embed", "src", "frame-src", _LINK),
    ("object", "data", "object-src", _LINK),
    ("video, audio, source", "src", "media-src", _LINK),
    ("img", "src", "img-src", "write it in Markdown: ![{title}]({address})"),
    ("script", "src", "script-src", 'write html_js_files = ["{address}"] in conf.py'),
    ("[rel=stylesheet]", "href", "style-src", 'write html_css_files = ["{address}"] in conf.py'),
    ("form", "action", "form-action", "write a link to it: [{title}]({address})"),
    ("script:is(:not([type]), [type$=script], [type=module]):not([src])", "", "script-src", _CODE),
    ("[onclick], [onload], [onchange], [onsubmit]", "", "script-src", _CODE),
    ("style", "", "style-src", _STYLE),
)
#: A player that shows nothing by itself → the page with the same video.
_PLAYER = re.compile(r"(?:https?:)?//(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]+).*")


def blocked(html: str, policy: str) -> list[tuple[int, str]]:
    """Return what a *policy* blocks in HTML: its line, counted from 0, and what to write."""
    allowed = {name: words for name, *words in map(str.split, policy.split(";"))}
    soup, found = BeautifulSoup(html, "html.parser"), []
    for selector, attribute, directive, cure in _RULES:
        for tag in soup.select(selector):
            address = str(tag.get(attribute, ""))
            source = (origins([address]) or ["'self'"])[0] if attribute else "'unsafe-inline'"
            if bool(address) == bool(attribute) and source not in allowed.get(directive, ()):
                page = _PLAYER.sub(r"https://www.youtube.com/watch?v=\1", address)
                title = tag.get("title") or tag.get("alt") or "Title"
                what = f"<{tag.name}>: browsers refuse {address or 'code and style in pages'}"
                what += f" (Content-Security-Policy); {cure.format(title=title, address=page)}"
                found.append(((tag.sourceline or 1) - 1, what))
    return sorted(found)
