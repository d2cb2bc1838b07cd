"""Rich text, links and dates of the model as docutils nodes; shared by everything in ``pages``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from bibfolio.model import Paper, RichText
from bibfolio.model.scripts import is_other, language_of
from bibfolio.model.sentence import Sentence, comma, sentence_text
from bibfolio.model.strings import ForeignText
from bibfolio.model.text import Span, Style
from bibfolio.model.words import enumerated, spoken

_NODES: dict[Style, type[nodes.TextElement]] = {
    "emphasis": nodes.emphasis,
    "strong": nodes.strong,
    "literal": nodes.literal,
    "subscript": nodes.subscript,
    "superscript": nodes.superscript,
}


#: Numbers with a dash between them, and what stands at them; split by it, every other part is one.
_RANGE = re.compile(r"(\S{0,12}\d–\d\S{0,12})")

#: What stands in a cell of a table.
Cell = str | nodes.Node | list[nodes.Node]


def skip(_translator: nodes.NodeVisitor, _node: nodes.Node) -> None:
    """Write nothing, for nodes that a format has no place for."""
    raise nodes.SkipNode


#: What ``add_node`` is told of a node that is in HTML alone.
ONLY_HTML: dict[str, Any] = dict.fromkeys(("latex", "text", "man", "texinfo"), (skip, None))


class disclosure(nodes.container):  # noqa: N801
    """A part that readers open by its ``summary``; in other formats it is open."""


class formula(nodes.Inline, nodes.TextElement):  # noqa: N801  docutils spells nodes so
    """Maths whose source is TeX and whose text is what it says: that is searched and in titles."""


def as_written(*found: nodes.Node) -> list[nodes.Node]:
    """Return the *found* nodes; Sphinx leaves their quotes and dashes as they are.

    What the owner writes on a page is still typeset with curly quotes (``smartquotes``).
    """
    for node in found:
        if isinstance(node, nodes.Element):
            node["support_smartquotes"] = False
        else:
            node.support_smartquotes = False  # type: ignore[attr-defined]
    return list(found)


def inline(names: str, *children: nodes.Node | str) -> nodes.inline:
    """Return a span around *children*; *names* are its classes, separated by spaces."""
    return nodes.inline("", "", *_as_nodes(children), classes=names.split())


def heading(docname: str, id_: str, *children: nodes.Node | str) -> nodes.title:
    """Return the heading of a section that nobody has written.

    ``sphinx.ext.autosectionlabel`` makes a label of its source, which no author's and no other
    section has.
    """
    return nodes.title(f"{docname}#{id_}", "", *_as_nodes(children), translatable=False)


def section(
    directive: SphinxDirective, id_: str, words: str, *children: nodes.Node
) -> nodes.section:
    """Return a section that nobody has written, under the heading *words*."""
    title = heading(directive.env.docname, id_, words)
    result = nodes.section("", *as_written(title), *children, ids=[id_])
    result["names"].append(nodes.fully_normalize_name(words))
    directive.state.document.note_implicit_target(result, result)
    return result


def free_id(directive: SphinxDirective, group: str, label: str) -> str:
    """Return ``year-2024``; numbered where that is taken, or has nothing of the label in it."""
    base, taken = nodes.make_id(f"{group}-{label}"), directive.state.document.ids
    candidates = [base] if base != group else []
    candidates += [f"{base}-{number}" for number in range(1, len(taken) + 2)]
    return next(id_ for id_ in candidates if id_ not in taken)


def level_at(node: nodes.Node) -> int:
    """Return the level of a heading at *node*: one more than of the sections around it."""
    level = 1
    while node.parent is not None:
        node = node.parent
        level += isinstance(node, nodes.section)
    return min(level, 6)


def jumps(parts: Iterable[tuple[str, int]], ids: Iterable[str]) -> nodes.bullet_list:
    """Return a list of links to the *parts* of a long list, each with how much is in it."""
    result = nodes.bullet_list(classes=["paper-card-jumps"])
    for (name, count), id_ in zip(parts, ids, strict=True):
        link = nodes.reference("", name, internal=True, refid=id_)
        result += nodes.list_item("", paragraph("", link, f" {count}"))
    return result


def paragraph(names: str, *children: Cell) -> nodes.paragraph:
    """Return a paragraph; *names* are its classes, separated by spaces."""
    return nodes.paragraph("", "", *_as_nodes(children), classes=names.split())


def link(
    text: str | Sequence[nodes.Node], url: str, *classes: str, **attributes: Any
) -> nodes.reference:
    """Return a link to another site; *url* is absolute, and was checked when it was read."""
    children = _as_nodes([text] if isinstance(text, str) else text)
    attributes |= {"refuri": url, "internal": False, "classes": list(classes)}
    return nodes.reference("", "", *children, **attributes)


def unbroken(words: str) -> list[nodes.Node]:
    """Return *words* with ranges of numbers, ``1536–1550``, at whose dash no line is broken."""
    parts = _RANGE.split(words)
    return [inline("unbroken", p) if at % 2 else nodes.Text(p) for at, p in enumerate(parts) if p]


def linked(text: str, url: str) -> nodes.Node:
    """Return *text*, as a link if there is a *url*."""
    return link(text, url) if url else styled(text, "text")


def table(rows: Sequence[Sequence[Cell]]) -> nodes.table:
    """Return a table; its first row and first column say what the other cells are."""
    group = nodes.tgroup("", cols=len(rows[0]))
    group += [nodes.colspec(colwidth=16, stub=int(not column)) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [[paragraph("", cell)] if cell else [] for cell in row]
        lines.append(nodes.row("", *(nodes.entry("", *cell) for cell in cells)))
    group += [nodes.thead("", lines[0]), nodes.tbody("", *lines[1:])]
    return nodes.table("", group, classes=["colwidths-auto"])


def rich(text: RichText) -> list[nodes.Node]:
    """Return a node for each span."""
    return [_span(span) for span in text.spans]


def language_class(paper: Paper, text: str = "") -> list[str]:
    """Return the class of a text in a paper's language, from which docutils makes ``lang``.

    Without a text, it is the title. The class is empty if the page is in that language.
    """
    return text_class(text or paper.title.plain, paper.language_code)


def text_class(text: str, language: str = "") -> list[str]:
    """Return the class of a *text* in a *language*, if it is written in the script of that."""
    page = spoken().tag
    return _class(language_of(text, language, page), page)


def said(text: str) -> list[nodes.Node]:
    """Return a *text*; marked, if it is in a script in which the page's language is not written."""
    if isinstance(text, ForeignText):
        return [styled(text, "text")]
    return [inline(" ".join(found), text) if (found := script_class(text)) else nodes.Text(text)]


def script_class(text: str, paper: Paper | None = None) -> list[str]:
    """Return the class of a *text* in a script in which the language of the page is not written.

    Its language is the paper's, if that is written so.
    """
    page = spoken().tag
    return _class(language_of(text, page, paper.language_code if paper else ""), page)


def _class(language: str, page: str) -> list[str]:
    return [f"language-{language}"] if is_other(language, page) else []


def in_language(language: str, *children: nodes.Node | str) -> list[nodes.Node]:
    """Return *children*, in a span if they are in another *language* than the page."""
    return marked(_class(language, spoken().tag) if language else [], *children)


def marked(names: Sequence[str], *children: nodes.Node | str) -> list[nodes.Node]:
    """Return *children*, in a span if there are *names* of classes for them."""
    return [inline(" ".join(names), *children)] if names else _as_nodes(children)


def worded(sentence: Sentence, *, is_unbroken: bool = False) -> list[nodes.Node]:
    """Return a sentence without its links: a span for what is in another language.

    The sign between two parts in one language is in that language, too.
    """
    languages = [phrase.language for phrase in sentence]
    for at, phrase in enumerate(sentence[1:-1], 1):
        if languages[at - 1] == languages[at + 1] and not any(map(str.isalnum, phrase.text)):
            languages[at] = languages[at - 1]
    result: list[nodes.Node] = []
    for language, run in groupby(zip(languages, sentence, strict=True), itemgetter(0)):
        words = sentence_text(tuple(phrase for _language, phrase in run))
        result += in_language(language, *(unbroken(words) if is_unbroken else [words]))
    return result


def styled(text: str, style: Style) -> nodes.Node:
    """Return *text* in a *style* that is not ``math``."""
    if isinstance(text, ForeignText):
        return nodes.inline("", "", styled(str(text), style), classes=[f"language-{text.language}"])
    return _NODES[style]("", text) if style != "text" else nodes.Text(text)


def _span(span: Span) -> nodes.Node:
    is_math = span.style == "math"
    return formula(span.text, str(span)) if is_math else styled(span.text, span.style)


def listed(items: Iterable[Cell]) -> list[nodes.Node]:
    """Return *items* with a comma between each two."""
    return _as_nodes([part for item in items for part in (comma(), item)][1:])


def enumeration(items: Sequence[nodes.Node | str]) -> list[nodes.Node]:
    """Return ``a``, ``a and b``, ``a, b and c``."""
    return _as_nodes(enumerated(items) or [""])


def _as_nodes(children: Iterable[Cell]) -> list[nodes.Node]:
    found = (child if isinstance(child, list) else [child] for child in children)
    return [styled(n, "text") if isinstance(n, str) else n for n in chain.from_iterable(found)]


def _visit_disclosure(translator: HTML5Translator, node: disclosure) -> None:
    summary = translator.encode(node["summary"])
    translator.body.append(f"<details><summary>{summary}</summary>\n")


def _depart_disclosure(translator: HTML5Translator, _node: disclosure) -> None:
    translator.body.append("</details>\n")


#: What ``add_node`` is told of it.
DISCLOSED: dict[str, Any] = {"html": (_visit_disclosure, _depart_disclosure)}
