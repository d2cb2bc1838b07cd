"""A Markdown twin of every page; ``llms.txt`` (https://llmstxt.org) lists them, another has all."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from docutils import nodes
from html_to_markdown import ConversionOptions, convert
from sphinx.application import Sphinx

from bibfolio.config import trees_of
from bibfolio.languages import own_name
from bibfolio.library import library_of, page_of, site_name
from bibfolio.model.strings import markdown_text
from bibfolio.model.text import Span
from bibfolio.model.trees import tree_at
from bibfolio.model.wording import described, flagged
from bibfolio.model.words import _
from bibfolio.output import COLLECT_FILES, NOT_INDEXED, Output, makes_site

#: Titles of links say where a link leads out of context, which Markdown never is.
_LINK_TITLE = re.compile(r'(<a\b[^<>]*?) title="[^"<>]*"')
#: A formula: in the box of ``pages.mathml``, or as a script of another renderer will find it.
_FORMULA = re.compile(
    r'<span(?P<block> class="base-formula"[^>]*)? data-tex="(?P<source>[^"]*)">.*?</span>'
    r'|<(?:span|div) class="math [^>]*>\s*(?:<span class="eqno">.*?</span>)?\s*'
    r"\\(?P<kind>[(\[])(?P<tex>[^<]*)\\[)\]]</(?:span|div)>",
    re.DOTALL,
)
#: What begins HTML or an address in Markdown that knows no formulas; in TeX a space says nothing.
_MARKUP = re.compile(r"<(?=[A-Za-z/!?])|\](?=[(\[])")
#: Sphinx says the language around a block of code, and the converter looks for it at the block.
_CODE = re.compile(
    r'(<div class="highlight-(?!default|none)([^\s"]+)[^>]*>\s*<div class="highlight">)<pre>'
)
#: MyST says by a class how a column is set; the converter does not look for that.
_COLUMN = re.compile(r'<th\b[^>]*\bclass="[^"]*\btext-(left|center|right)\b[^>]*>')
#: At a drawing in a list the converter breaks the line, and a caption it escapes twice.
_DRAWING = re.compile(r'<svg class="paper-figure[^>]*>.*?</svg>', re.DOTALL)
_CAPTION = re.compile(r"(<table\b[^>]*>\s*)<caption>(.*?)</caption>", re.DOTALL)
#: What is raised or lowered, and would be read as 106 where it is 10⁶.
_SCRIPT = re.compile(r"<su(?P<kind>[bp])>(?P<text>[^<>]*)</su(?P=kind)>")
#: Stands, while a page is converted, around the number of a formula and the setting of a column.
_SIGN = "\U0010fffd"
_RULES = {"left": ":---", "center": ":---:", "right": "---:"}
_SETTING = re.compile(rf"{_SIGN}({'|'.join(_RULES)}){_SIGN} *")
_HEAD = re.compile(
    rf"^(?P<indent>[>\t ]*)(?P<head>\|.*{_SETTING.pattern}.*)\n[>\t ]*\|[-| ]+$", re.MULTILINE
)


def markdown(body: str, url: str) -> str:
    """Return the HTML *body* of the page at *url* as Markdown, with absolute links.

    Formulas are their TeX source between dollar signs.
    """
    options = ConversionOptions(
        base_url=url,
        exclude_selectors=[
            *("a.headerlink", "span.linenos", "svg", "[aria-hidden=true]"),
            *(
                ".side-notes",
                ".side-note-count",
                ".paper-card-year",
                ".paper-timeline-picture",
                ".essay-next",
            ),
        ],
        bullets="-",
        escape_asterisks=True,
        escape_underscores=True,
        escape_misc=True,
        autolinks=False,
        compact_tables=True,
        extract_metadata=False,
    )
    formulas: list[str] = []

    def taken(found: re.Match[str]) -> str:
        is_block = found["block"] or found["kind"] == "["
        source = " ".join(html.unescape(found["source"] or found["tex"] or "").split())
        source = _MARKUP.sub(r"\g<0> ", source)
        formulas.append(f"$${source}$$" if is_block else f"${source}$")
        mark = f"{_SIGN}{len(formulas) - 1}{_SIGN}"
        return f"<p>{mark}</p>" if is_block else mark

    def put_back(found: re.Match[str]) -> str:
        is_in_table = found.string[found.string.rfind("\n", 0, found.start()) + 1] == "|"
        formula = formulas[int(found[1])]
        return formula.replace("|", r"\|") if is_in_table else formula

    body = _FORMULA.sub(taken, _LINK_TITLE.sub(r"\1", body.replace(_SIGN, "")))
    body = _CAPTION.sub(r"<p>\2</p>\1", _DRAWING.sub("", body))
    body = _SCRIPT.sub(_in_line, body)
    body = _CODE.sub(r'\1<pre class="language-\2">', body)
    body = _COLUMN.sub(rf"\g<0>{_SIGN}\1{_SIGN}", body)
    text = convert(body, options).content or "\n"
    return re.sub(rf"{_SIGN}(\d+){_SIGN}", put_back, _SETTING.sub("", _HEAD.sub(_ruled, text)))


def _in_line(script: re.Match[str]) -> str:
    """Return what is raised or lowered as in plain text: ``10⁶``, ``10^x``."""
    text = html.unescape(script["text"])
    return html.escape(str(Span(text, "subscript" if script["kind"] == "b" else "superscript")))


def _ruled(head: re.Match[str]) -> str:
    """Return the head of a table and the line below it, which says how the columns are set."""
    cells = re.split(r"(?<!\\)\|", head["head"])[1:-1]
    rules = [_RULES.get("".join(_SETTING.findall(cell)), "---") for cell in cells]
    indent = head["indent"]
    return f"{indent}{_SETTING.sub('', head['head'])}\n{indent}| {' | '.join(rules)} |"


def llms_txt(name: str, summary: str, sections: dict[str, Iterable[tuple[str, str, str]]]) -> str:
    """Return the index of *sections*: heading → title, address and description of each page."""
    parts = [f"# {markdown_text(name)}", *([f"> {markdown_text(summary)}"] if summary else [])]
    for heading, pages in sections.items():
        lines = [
            f"- [{markdown_text(title)}]({url}){f': {markdown_text(about)}' if about else ''}"
            for title, url, about in pages
        ]
        parts.append(f"## {heading}\n\n" + "\n".join(lines))
    return "\n\n".join(parts) + "\n"


# -- Sphinx ----------------------------------------------------------------------------------


def _write_twin(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: object
) -> None:
    """Write the twin of a page with the page."""
    if makes_site(app) and doctree is not None and pagename not in NOT_INDEXED:
        output = Output(app)
        output.write(f"{pagename}.md", markdown(context["body"], output.page_url(pagename)))


def _pages(app: Sphinx) -> dict[str, list[str]]:
    """Return heading → pages that are no papers': those of a language together, by their names."""
    trees, papers = trees_of(app.config), {paper.page for paper in library_of(app.env).papers}
    names = [own_name(tree.tag, [one.tag for one in trees]) for tree in trees]
    pages = sorted(app.env.all_docs.keys() - papers - NOT_INDEXED)
    return {
        name if len(trees) > 1 else _("Pages"): [
            page for page in pages if tree_at(trees, page) == tree
        ]
        for tree, name in zip(trees, names, strict=True)
    }


def _index(app: Sphinx) -> Iterator[tuple[str, str]]:
    """Yield ``llms.txt``."""
    output, env, library = Output(app), app.env, library_of(app.env)
    if not makes_site(app) or not output.has_address:
        return  # it holds absolute addresses or nothing
    groups = _pages(app)
    about = {
        page: description_of(env.get_doctree(page)) for group in groups.values() for page in group
    }
    pages = {
        heading: [
            (env.titles[page].astext(), output.url(f"{page}.md"), about[page]) for page in group
        ]
        for heading, group in groups.items()
    }
    publications = [
        (flagged(paper), output.url(f"{page_of(env, paper)}.md"), described(paper))
        for paper in library.papers
    ]
    yield (
        "llms.txt",
        llms_txt(
            site_name(env),
            about.get(app.config.root_doc, ""),
            {**pages, _("Publications"): publications},
        ),
    )


def description_of(doctree: nodes.document) -> str:
    """Return the description that a page gives of itself; empty if it gives none."""
    metas = (meta for meta in doctree.findall(nodes.meta) if meta.get("name") == "description")
    return " ".join(next(metas, {"content": ""})["content"].split())


def _write_full(app: Sphinx, exception: Exception | None) -> None:
    """Write ``llms-full.txt``, all twins in the order of ``llms.txt``, once they are written."""
    output = Output(app)
    if not makes_site(app, exception) or not output.has_address:
        return
    papers = [page_of(app.env, paper) for paper in library_of(app.env).papers]
    pages = dict.fromkeys([*chain.from_iterable(_pages(app).values()), *papers])
    files = {page: Path(app.outdir, f"{page}.md") for page in pages}
    twins = [
        f"<{output.page_url(page)}>\n\n{file.read_text('utf-8', 'replace').strip()}\n"
        for page, file in files.items()
        if file.is_file()
    ]
    output.write("llms-full.txt", "\n---\n\n".join(twins))


def setup(app: Sphinx) -> None:
    """Write twins with their pages, the index before and all in one file behind them."""
    app.connect("html-page-context", _write_twin)
    app.connect(COLLECT_FILES, _index)
    app.connect("build-finished", _write_full)
