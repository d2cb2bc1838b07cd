"""Lines about the person as lists: when, what, and what goes with it. Pure: lines in, nodes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import attrgetter

from docutils import nodes

from bibfolio.model import Paper
from bibfolio.model.sentence import Entry, Sentence, with_papers
from bibfolio.pages.nodes import inline, link, listed, paragraph, styled
from bibfolio.pages.site_links import to_file, to_page

#: Papers by key, of which lines name some.
Papers = Mapping[str, Paper]


def timeline(entries: Iterable[Entry], papers: Papers, *classes: str) -> list[nodes.Node]:
    """Return a list whose items have a time, a headline, details and what goes with them.

    Of items without any time, none keeps a place for it.
    """
    entries = tuple(entries)
    has_times = any(entry.when for entry in entries)
    items = [_item(entry, papers, has_times) for entry in entries]
    names = ["profile-list", *classes]
    return [nodes.bullet_list("", *items, classes=names)] if items else []


def paragraphs(sentences: Iterable[Sentence], papers: Papers) -> list[nodes.Node]:
    """Return a paragraph for each sentence."""
    return [paragraph("", sentence_nodes(line, papers)) for line in sentences]


def sentence_nodes(sentence: Sentence, papers: Papers) -> list[nodes.Node]:
    """Return *sentence* as nodes; what names a paper leads to its page."""
    found: list[nodes.Node] = []
    for (key, url), run in groupby(with_papers(sentence, papers), attrgetter("key", "url")):
        words = [styled(phrase.text, phrase.style) for phrase in run]
        if key:
            found.append(to_page(papers[key].page, words))
        elif url and "://" not in url:
            found.append(to_file(url, "".join(word.astext() for word in words)))
        else:
            found += [link(words, url)] if url else words
    return found


def _item(entry: Entry, papers: Papers, has_time: bool) -> nodes.list_item:
    headline = nodes.strong("", "", *sentence_nodes(entry.headline, papers))
    text = inline("profile-text", *([headline] if entry.headline else []))
    text += sentence_nodes(entry.rest, papers)
    time: list[nodes.Node | str] = [inline("profile-time", entry.when), " "]
    parts = [*(time if has_time else []), text]
    if links := [link for link in entry.links if link.url or link.key in papers]:
        words = listed(sentence_nodes((link,), papers) for link in links)
        parts += [" ", inline("profile-evidence", *words)]
    return nodes.list_item("", paragraph("", *parts))
