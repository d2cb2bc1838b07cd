"""Records → Atom (RFC 4287) and JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).

Dates are the papers' own, at midnight UTC, the first of the month or year where no more is known:
never the clock's. A paper without one has none in JSON Feed; Atom, which must know when an entry
changed, says that of the newest paper instead, and leaves the entry out where no paper has a date.
An entry without authors would have the feed's (RFC 4287, §4.1.2; JSON Feed, "Items"), who is the
owner of the site: it says who edited it, or that nobody is known. Identifiers are UUIDs made from
the owner's website and the key, so that they survive a move of the site and a preprint's
publication.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from bibfolio.library import library_of, list_page, page_of
from bibfolio.model import PartialDate, Record
from bibfolio.output import COLLECT_FILES, Output, makes_site

_NO_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ATOM = "http://www.w3.org/2005/Atom"
#: When a feed without any date changed: it must say so, and the clock must not.
_NEVER = "1970-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Feed:
    """What both formats say about the feed itself."""

    title: str
    author: str
    #: Absolute addresses of the list page and of the site.
    page_url: str
    home_url: str
    #: What makes identifiers of this owner differ from any other's.
    namespace: str


def atom(feed: Feed, items: Sequence[tuple[Record, str]], feed_url: str) -> str:
    """Return the feed as Atom; *items* are the papers with the absolute address of their page."""
    root = ET.Element("feed", xmlns=_ATOM)
    _add(root, "id", _id(feed, ""))
    _add(root, "title", feed.title)
    newest = max((record.date for record, _ in items if record.date), default=None)
    _add(root, "updated", _timestamp(newest) if newest else _NEVER)
    ET.SubElement(root, "link", rel="self", type="application/atom+xml", href=feed_url)
    ET.SubElement(root, "link", rel="alternate", type="text/html", href=feed.page_url)
    _add(ET.SubElement(root, "author"), "name", feed.author)
    for record, url in items:
        updated = record.date or newest
        if not updated:
            continue
        entry = ET.SubElement(root, "entry")
        _add(entry, "id", _id(feed, record.key))
        _add(entry, "title", record.title)
        ET.SubElement(entry, "link", rel="alternate", type="text/html", href=url)
        _add(entry, "updated", _timestamp(updated))
        if record.date:
            _add(entry, "published", _timestamp(record.date))
        for name in _credited(record):
            _add(ET.SubElement(entry, "author"), "name", name)
        for keyword in record.keywords:
            ET.SubElement(entry, "category", term=keyword)
        _add(entry, "summary", record.summary or record.title)
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def json_feed(feed: Feed, items: Sequence[tuple[Record, str]], feed_url: str) -> str:
    """Return the feed as JSON Feed."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": feed_url,
        "authors": [{"name": feed.author, "url": feed.home_url}],
        "items": [
            {
                "id": _id(feed, record.key),
                "url": url,
                **({"external_url": record.same_as[0]} if record.same_as else {}),
                "title": record.title,
                "content_text": record.summary or record.title,
                **({"date_published": _timestamp(record.date)} if record.date else {}),
                "authors": [{"name": name} for name in _credited(record)],
                "tags": list(record.keywords),
            }
            for record, url in items
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _add(parent: ET.Element, tag: str, text: str) -> None:
    # In profile.toml and conf.py, escapes can make characters that XML (1.0, 2.2) cannot hold.
    ET.SubElement(parent, tag).text = _NO_XML.sub("", text)


def _id(feed: Feed, key: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{feed.namespace}#{key}").urn


def _credited(record: Record) -> list[str]:
    """Return the names of the authors, or else of the editors as such."""
    editors = [f"{editor.name} (editor)" for editor in record.editors]
    return [author.name for author in record.authors] or editors or ["unknown"]


def _timestamp(date: PartialDate) -> str:
    """Return a time as in RFC 3339."""
    return f"{date.year:04}-{date.month or 1:02}-{date.day or 1:02}T00:00:00Z"


# -- files -----------------------------------------------------------------------------------


#: A feed says what is new, and is asked for every hour; the list says what there is.
_NEWEST = 100
_FORMATS = {"feed.xml": atom, "feed.json": json_feed}


def _feeds(app: Sphinx) -> Iterator[tuple[str, str]]:
    """Yield both feeds."""
    output = Output(app)
    if not makes_site(app) or not output.has_address:
        return
    library = library_of(app.env)
    name = library.profile.name or app.config.project
    feed = Feed(
        title=f"Publications of {name}",
        author=name,
        page_url=output.page_url(list_page(app.env)),
        home_url=output.home_url,
        namespace=library.profile.links.website or name,
    )
    newest = library.papers[:_NEWEST]
    items = [
        (library.record_of(paper), output.page_url(page_of(app.env, paper))) for paper in newest
    ]
    for path, write in _FORMATS.items():
        yield path, write(feed, items, output.url(path))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Have the feeds written."""
    app.connect(COLLECT_FILES, _feeds)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
