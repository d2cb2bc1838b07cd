"""Pure half of ``head``: what stands in the ``<head>`` of a page, and its two escapes."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass
from typing import Any

#: A tag: its name and its attributes in order.
Tag = tuple[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Page:
    """What link previews say about a page; all plain text, addresses absolute."""

    title: str
    description: str
    url: str
    site_name: str
    #: Open Graph type: ``website``, ``profile``, ``article``.
    type: str = "website"
    image: str = ""


def sharing_tags(page: Page) -> list[Tag]:
    """Open Graph (https://ogp.me) and Twitter card of a page."""
    properties = {
        "og:type": page.type,
        "og:title": page.title,
        "og:description": page.description,
        "og:url": page.url,
        "og:site_name": page.site_name,
        "og:image": page.image,
        "og:image:width": "1200" if page.image else "",
        "og:image:height": "630" if page.image else "",
        "og:image:alt": page.title if page.image else "",
    }
    tags: list[Tag] = [
        ("meta", {"property": name, "content": value})
        for name, value in properties.items()
        if value
    ]
    card = "summary_large_image" if page.image else "summary"
    return [*tags, ("meta", {"name": "twitter:card", "content": card})]


def named(name: str, content: str) -> Tag:
    """``<meta name content>``."""
    return "meta", {"name": name, "content": content}


def linked(rel: str, href: str, type_: str = "", title: str = "") -> Tag:
    """``<link rel href>``, with media type and title where there are any."""
    attributes = {"rel": rel, "type": type_, "title": title, "href": href}
    return "link", {name: value for name, value in attributes.items() if value}


def render(tags: list[Tag], data: dict[str, Any] | None = None) -> str:
    """The tags as HTML, and *data* as JSON-LD behind them."""
    lines = [
        f"<{name} " + " ".join(f'{key}="{attribute(value)}"' for key, value in pairs.items()) + ">"
        for name, pairs in tags
    ]
    if data:
        lines.append(f'<script type="application/ld+json">{script_json(data)}</script>')
    return "".join(f"\n    {line}" for line in lines)


def attribute(value: str) -> str:
    """*value* for a quoted HTML attribute; line breaks become spaces."""
    return html.escape(" ".join(value.split()), quote=True)


def script_json(data: dict[str, Any]) -> str:
    """*data* for a ``<script>`` element: nothing in it can end the script or open a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text
