"""How programs read what the site says to them: with parsers that share no code with it."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

import extruct
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

# -- HTML ----------------------------------------------------------------------------------------


def metas(soup: BeautifulSoup, name: str) -> list[str]:
    """Content of every `<meta>` of this name or property."""
    tags = soup.head.find_all("meta")
    return [tag["content"] for tag in tags if name in {tag.get("name"), tag.get("property")}]


def highwire(soup: BeautifulSoup) -> list[tuple[str, str]]:
    """Name and content of every tag for Google Scholar, in order."""
    tags = soup.find_all("meta", attrs={"name": True})
    return [(t["name"], t["content"]) for t in tags if t["name"].startswith("citation_")]


def links(soup: BeautifulSoup, rel: str) -> list[tuple[str, str]]:
    """Address and media type of every `<link>` of this relation."""
    tags = soup.head.find_all("link", rel=True)
    return [(tag["href"], tag.get("type", "")) for tag in tags if tag["rel"] == [rel]]


def json_ld(html: str) -> dict[str, dict[str, Any]]:
    """Type → the thing of this type that the page describes; each is there once."""
    things = things_in(html)
    found = {thing["@type"]: thing for thing in things}
    assert len(found) == len(things)
    return found


def things_in(html: str) -> list[dict[str, Any]]:
    """Every thing that the page describes, in order."""
    documents = extruct.extract(html, syntaxes=["json-ld"])["json-ld"]
    assert all(document["@context"] == "https://schema.org" for document in documents)
    return [thing for document in documents for thing in document["@graph"]]


def empty_values(value: object, path: str = "") -> Iterator[str]:
    """Where in JSON something is said to be nothing."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from empty_values(inner, f"{path}.{name}")
    elif isinstance(value, list) and value:
        for number, inner in enumerate(value):
            yield from empty_values(inner, f"{path}[{number}]")
    elif value in ("", None, [], {}):
        yield path


# -- files -----------------------------------------------------------------------------------


def png_size(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG picture."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert data[12:16] == b"IHDR"
    return struct.unpack(">II", data[16:24])


def search_index(text: str) -> dict[str, Any]:
    """The data in `searchindex.js`, with the pages of a word as a set of numbers."""
    index = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    numbers = accumulate if index.get("reduced") else iter
    for part in ("terms", "titleterms"):
        for word, steps in index[part].items():
            index[part][word] = set(numbers([steps] if isinstance(steps, int) else steps))
    return index


@dataclass
class Markdown:
    """What a Markdown parser makes of a text."""

    #: Text and address.
    links: list[tuple[str, str]] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    #: Pieces of HTML: what a Markdown file of ours never needs.
    html: list[str] = field(default_factory=list)


def markdown(text: str) -> Markdown:
    """Read *text* as CommonMark with tables."""
    found, context = Markdown(), ""
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "html_block":
            found.html.append(token.content)
        elif token.nesting == 1:
            context = token.type
        elif token.type == "inline":
            words = _inline(token.children, found)
            if context == "heading_open":
                found.headings.append(words)
            elif context == "paragraph_open":
                found.paragraphs.append(words)
    return found


def _inline(tokens: list[Any], found: Markdown) -> str:
    """The words of *tokens*; links, pictures and HTML among them go to *found*."""
    words = ""
    opened: list[tuple[str, int]] = []
    for token in tokens:
        if token.type == "link_open":
            opened.append((token.attrs["href"], len(words)))
        elif token.type == "link_close":
            href, start = opened.pop()
            found.links.append((words[start:], href))
        elif token.type == "image":
            found.images.append(token.attrs["src"])
            words += token.content
        elif token.type == "html_inline":
            found.html.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            words += " "
        else:
            words += token.content
    return words


# -- CSL-JSON ------------------------------------------------------------------------------------

#: The schema csl-data.json of CSL 1.0.2.
_CSL_TYPES = set(
    """article article-journal article-magazine article-newspaper bill book broadcast chapter
    classic collection dataset document entry entry-dictionary entry-encyclopedia event figure
    graphic hearing interview legal_case legislation manuscript map motion_picture musical_score
    pamphlet paper-conference patent performance periodical personal_communication post
    post-weblog regulation report review review-book software song speech standard thesis treaty
    webpage""".split()
)
_CSL_NAMES = set(
    """author chair collection-editor compiler composer container-author contributor curator
    director editor editorial-director executive-producer guest host illustrator interviewer
    narrator organizer original-author performer producer recipient reviewed-author script-writer
    series-creator translator""".split()
)
_CSL_DATES = {"accessed", "available-date", "event-date", "issued", "original-date", "submitted"}
_CSL_TEXTS = set(
    """id citation-key language journalAbbreviation shortTitle abstract annote archive
    archive_collection archive_location archive-place authority call-number chapter-number
    citation-number citation-label collection-number collection-title container-title
    container-title-short dimensions division DOI edition event event-title event-place
    first-reference-note-number genre ISBN ISSN issue jurisdiction keyword locator medium note
    number number-of-pages number-of-volumes original-publisher original-publisher-place
    original-title page page-first part part-title PMCID PMID printing publisher publisher-place
    references reviewed-genre reviewed-title scale section source status supplement title
    title-short URL version volume volume-title volume-title-short year-suffix""".split()
)
_CSL_NAME_PARTS = set(
    """family given dropping-particle non-dropping-particle suffix comma-suffix static-ordering
    literal parse-names""".split()
)


def csl_problems(item: dict[str, Any]) -> list[str]:
    """What the schema of CSL-JSON does not allow in *item*."""
    found = [] if item.get("type") in _CSL_TYPES else [f"type {item.get('type')!r}"]
    for name, value in item.items():
        if name in _CSL_NAMES:
            fine = all(person.keys() <= _CSL_NAME_PARTS for person in value)
        elif name in _CSL_DATES:
            parts = value["date-parts"]
            fine = value.keys() == {"date-parts"} and all(
                1 <= len(date) <= 3 and all(type(part) is int for part in date) for date in parts
            )
        else:
            fine = name == "type" or (name in _CSL_TEXTS and isinstance(value, str))
        found += [] if fine else [f"{name}: {value!r}"]
    return found
