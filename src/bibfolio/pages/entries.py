"""Lines about the person → lists. Pure: lines in, nodes out."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

from docutils import nodes

from bibfolio.model.sentence import Entry, Phrase, Sentence
from bibfolio.model.strings import is_local
from bibfolio.model.text import RichText
from bibfolio.pages.nodes import inline, link, listed, paragraph, rich, said, styled, text_class
from bibfolio.pages.site_links import to_file, to_page, to_table


def timeline(entries: Iterable[Entry], *classes: str, table: str = "") -> list[nodes.Node]:
    """Return a list of lines; a column of times is left out if no line has one.

    With *table*, headlines without a link lead to the page that shows all of that table.
    """
    entries = tuple(entries)
    has_times = any(entry.when for entry in entries)
    lines = [line(entry, has_times, table) for entry in entries]
    return profile_list((nodes.list_item("", line) for line in lines), *classes)


def profile_list(items: Iterable[nodes.list_item], *classes: str) -> list[nodes.Node]:
    """Return a list of *items*, if there are any."""
    found = list(items)
    return [nodes.bullet_list("", *found, classes=["profile-list", *classes])] if found else []


def line(entry: Entry, has_time: bool = False, table: str = "") -> nodes.paragraph:
    """Return a line of a list; see :func:`timeline`."""
    words = sentence_nodes(entry.headline)
    if table and not any(phrase.url or phrase.page for phrase in entry.headline):
        words = [to_table(table, *words, or_text=True)]
    text = inline("profile-text", *([nodes.strong("", "", *words)] if words else []))
    text += sentence_nodes(entry.rest)
    time: list[nodes.Node | str] = [inline("profile-time", entry.when), " "]
    parts = [*(time if has_time else []), text]
    if links := [link for link in entry.links if link.url or link.page]:
        parts += [" ", inline("profile-evidence", *listed(sentence_nodes((p,)) for p in links))]
    return paragraph("", *parts)


def paragraphs(sentences: Iterable[Sentence]) -> list[nodes.Node]:
    """Return a paragraph for each sentence."""
    return [paragraph("", sentence_nodes(sentence)) for sentence in sentences]


def _said(phrase: Phrase) -> list[nodes.Node]:
    """Return a phrase, marked if it is the title of a paper in another language, or Han or so."""
    title = rich(phrase.title) if phrase.title and phrase.title.plain == phrase.text else []
    if phrase.language and (classes := text_class(phrase.text, phrase.language)):
        return [inline(" ".join(classes), *(title or [nodes.Text(phrase.text)]))]
    if title and phrase.title != RichText.from_plain(phrase.text):
        return title
    return said(phrase.text) if phrase.style == "text" else [styled(phrase.text, phrase.style)]


def sentence_nodes(sentence: Sentence) -> list[nodes.Node]:
    """Return *sentence* as nodes; names of papers and links into the site lead to pages."""
    found: list[nodes.Node] = []
    for (page, url), run in groupby(sentence, attrgetter("page", "url")):
        words = [word for phrase in run for word in _said(phrase)]
        if page:
            docname, _sign, anchor = page.partition("#")
            found.append(to_page(docname, words, anchor=anchor))
        elif is_local(url):
            found.append(to_file(url, "".join(word.astext() for word in words)))
        else:
            found += [link(words, url)] if url else words
    return found
