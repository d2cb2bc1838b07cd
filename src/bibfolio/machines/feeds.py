"""Papers and news → Atom (RFC 4287), papers → JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).

Dates are the papers' own, at midnight UTC, the first of the month or year where no more is known:
never the clock's. A paper without one has none in JSON Feed; Atom, which must know when an entry
changed, says that of the newest paper instead, and leaves the entry out where no paper has a date.
An entry without authors would have the feed's (RFC 4287, §4.1.2; JSON Feed, "Items"), who is the
owner of the site: it says who edited it, or that nobody is known; only news are the owner's own.
Identifiers are UUIDs made from the owner's website and the key, so that they survive a move of the
site and a preprint's publication; those of news are made from date, text and papers.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from bibfolio.config import trees_of
from bibfolio.library import library_of, list_page, news_of, page_of, pages_with_table
from bibfolio.model import FEEDS, NEWS_FEED, PartialDate, Record
from bibfolio.model.profile import News
from bibfolio.model.sentence import sentence_text
from bibfolio.model.words import _, counted, spoken
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
    #: Absolute addresses of the page that shows the same, and of the site.
    page_url: str
    home_url: str
    #: What makes identifiers of this owner, or of news, differ from any other's.
    namespace: str
    #: BCP 47, if the site has several.
    language: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """What both formats say about a paper, or a line of news; addresses are absolute."""

    key: str
    title: str
    url: str
    date: PartialDate | None
    #: Without any, the feed's.
    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    summary: str = ""
    same_as: tuple[str, ...] = ()
    #: BCP 47, if it is another than that of the feed.
    language: str = ""


def item_of(record: Record, url: str, language: str = "") -> Item:
    """Return the item of a paper with this page."""
    authors = [author.name for author in record.authors]
    word = counted("editor", "editors", 1)
    authors = authors or [f"{editor.name} ({word})" for editor in record.editors] or [_("unknown")]
    work = (record.key, record.flagged, url, record.date)
    return Item(*work, tuple(authors), record.keywords, record.summary, record.same_as, language)


def atom(feed: Feed, items: Sequence[Item], feed_url: str) -> str:
    """Return the feed as Atom."""
    root = ET.Element("feed", {"xmlns": _ATOM, **_in_xml(feed.language)})
    _add(root, "id", _id(feed, ""))
    _add(root, "title", feed.title)
    newest = max((item.date for item in items if item.date), default=None)
    _add(root, "updated", _timestamp(newest) if newest else _NEVER)
    ET.SubElement(root, "link", rel="self", type="application/atom+xml", href=feed_url)
    ET.SubElement(root, "link", rel="alternate", type="text/html", href=feed.page_url)
    _add(ET.SubElement(root, "author"), "name", feed.author)
    for item in items:
        updated = item.date or newest
        if not updated:
            continue
        entry = ET.SubElement(root, "entry", _in_xml(item.language))
        _add(entry, "id", _id(feed, item.key))
        _add(entry, "title", item.title)
        ET.SubElement(entry, "link", rel="alternate", type="text/html", href=item.url)
        _add(entry, "updated", _timestamp(updated))
        if item.date:
            _add(entry, "published", _timestamp(item.date))
        for name in item.authors:
            _add(ET.SubElement(entry, "author"), "name", name)
        for keyword in item.keywords:
            ET.SubElement(entry, "category", term=keyword)
        _add(entry, "summary", item.summary or item.title)
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _in_xml(language: str) -> dict[str, str]:
    return {"xml:lang": language} if language else {}


def json_feed(feed: Feed, items: Sequence[Item], feed_url: str) -> str:
    """Return the feed as JSON Feed."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": feed_url,
        "authors": [{"name": feed.author, "url": feed.home_url}],
        **({"language": feed.language} if feed.language else {}),
        "items": [
            {
                "id": _id(feed, item.key),
                "url": item.url,
                **({"external_url": item.same_as[0]} if item.same_as else {}),
                "title": item.title,
                "content_text": item.summary or item.title,
                **({"date_published": _timestamp(item.date)} if item.date else {}),
                "authors": [{"name": name} for name in item.authors],
                "tags": list(item.keywords),
                **({"language": item.language} if item.language else {}),
            }
            for item in items
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _add(parent: ET.Element, tag: str, text: str) -> None:
    # In profile.toml and conf.py, escapes can make characters that XML (1.0, 2.2) cannot hold.
    ET.SubElement(parent, tag).text = _NO_XML.sub("", text)


def _id(feed: Feed, key: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{feed.namespace}#{key}").urn


def _timestamp(date: PartialDate) -> str:
    """Return a time as in RFC 3339."""
    return f"{date.year:04}-{date.month or 1:02}-{date.day or 1:02}T00:00:00Z"


# -- files -----------------------------------------------------------------------------------


#: A feed says what is new, and is asked for every hour; the list says what there is.
_NEWEST = 100
_WRITERS = dict(zip(FEEDS, (atom, json_feed), strict=True))


def _feeds(app: Sphinx) -> Iterator[tuple[str, str]]:
    """Yield the feeds of papers in both formats, and that of news where there are any."""
    output = Output(app)
    if not makes_site(app) or not output.has_address:
        return
    library = library_of(app.env)
    name = library.profile.name or app.config.project
    feed = Feed(
        title=_("Publications of {name}", name=name),
        author=name,
        page_url=output.page_url(list_page(app.env)),
        home_url=output.home_url,
        namespace=library.profile.links.website or name,
        language=spoken().tag if len(trees_of(app.config)) > 1 else "",
    )
    newest = library.papers[:_NEWEST]
    items = [
        item_of(
            library.record_of(paper),
            output.page_url(page_of(app.env, paper)),
            (paper.original or paper).other_language(spoken().tag),
        )
        for paper in newest
    ]
    for path, write in _WRITERS.items():
        yield path, write(feed, items, output.url(path))
    page = (*pages_with_table(app.env, "news"), app.config.root_doc)[0]
    url, namespace = output.page_url(page), f"{feed.namespace} news"
    feed = replace(feed, title=_("News of {name}", name=name), page_url=url, namespace=namespace)
    if items := [_news_item(app.env, output, item, page) for item in news_of(app.env)[:_NEWEST]]:
        yield NEWS_FEED, atom(feed, items, output.url(NEWS_FEED))
    else:
        output.remove(NEWS_FEED)


def _news_item(env: BuildEnvironment, output: Output, item: News, page: str) -> Item:
    """Return the item of a line of news, which leads to its address, its paper or the *page*."""
    papers = library_of(env).by_key
    text, date = sentence_text(item.text), item.date.start
    keys = [paper.key for paper in item.papers]
    about = [page_of(env, papers[key]) for key in keys]
    url = (output.addressed(item.url).url if item.url else "") or output.page_url((*about, page)[0])
    return Item(" ".join((date.iso, text, *keys)), text, url, date)


def setup(app: Sphinx) -> None:
    """Have the feeds written."""
    app.connect(COLLECT_FILES, _feeds)
