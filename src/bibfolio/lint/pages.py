"""Pages in Markdown: encoding, front matter, unclosed fences, and citations of unknown papers."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from bibfolio.model.strings import listed, nearest
from bibfolio.model.trees import Tree
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.bibliography import Bibliography, decode
from bibfolio.sources.folder import virtual_environments
from bibfolio.sources.source_text import SourceText

#: An offset in the text, and the problem there.
_Mark = tuple[int, WarningKind, str]
#: Parts of a page: offset, token, and the fence of the directive around it.
_Parts = list[tuple[int, Token, str]]
#: MyST's own parser, with the extensions of a site; it does not load Sphinx.
_EXTENSIONS = {"colon_fence", "deflist", "dollarmath"}
_PARSER = create_md_parser(MdParserConfig(enable_extensions=_EXTENSIONS), RendererHTML)
#: What follows a fence whose body is no Markdown.
_CODE = re.compile(r"\s*(?!\{)|\s*\{(code|sourcecode|math|raw|eval-rst|mermaid)")
#: Roles that name papers, and the keys in them.
_ROLE = re.compile(r"(?:foot)?cite(?::\w+)?|bib:paper")
_KEY = re.compile(r"\{[^{}]*\}|\A[^<]*<|([^\s,{}<>]+)")
#: A citation of LaTeX or Pandoc, or one with a key that is not between backticks.
_FOREIGN = re.compile(r"(?<!`)(?:\\cite\w*\{|\[@|\{cite(?::\w+)?\}[ '’‘\"]+`?)([\w:.-]+)")
#: Front matter that is not closed, or does not begin the page.
_BEGUN = re.compile(r"((?:[ \t]*(?:\#.*)?\n)*)---[ \t]*\n\s*[\w-]+:")
_YAML_ADVICE = {
    "mapping values": "a colon stands in the text; put the text between quotes",
    "\\t": "a tab stands here; indent with spaces",
}


def lint_pages(
    root: Path, conf: Any, read: Mapping[str, Bibliography], trees: Sequence[Tree] = ()
) -> list[Problem]:
    """Return the problems of the pages of a site, each with its file.

    Args:
        root: the folder of the pages.
        conf: the values of ``conf.py``, of Sphinx or of :mod:`bibfolio.project.settings`.
        read: the bibliographies; without papers, citations are not judged.
        trees: the languages of the site.
    """
    papers = {paper.key for bibliography in read.values() for paper in bibliography.papers}
    drafts = {paper.key for bibliography in read.values() for paper in bibliography.drafts}
    may_be_elsewhere = "sphinx.ext.intersphinx" in conf.extensions
    problems: list[Problem] = []
    for path in _pages(root, conf):
        text, found = decode(path.read_bytes(), conf.source_encoding)
        source = SourceText(f"{text}\n")
        parts = _parts(text := source.parsed)
        marks = [*_front_matter(text, parts), *_unclosed(text, parts)]
        marks += _unknown_keys(text, parts, papers, drafts, may_be_elsewhere) if papers else ()
        marks += _foreign(text, parts, papers)
        if len(trees) > 1 and path.stem == "index":
            marks += _without_sister(text, parts, root, path, trees)
        for place, kind, message in sorted(marks, key=lambda mark: mark[0]):
            found.append(Problem(kind, message, *source.position(source.offset(place))))
        problems += [replace(problem, file=str(path)) for problem in found]
    for tree in trees[1:]:
        if not _page(root, tree, "index").is_file():
            message = f"{tree.tag}: this language has no home page; write {tree.page('index')}.md"
            problems.append(Problem(WarningKind.SISTER, message, file=str(root / "conf.py")))
    named = [*map(str, conf.bibtex_bibfiles or ())]
    for path in sorted(root.glob("[!.]*.bib")):
        if path.name not in named:
            kind = WarningKind.BIB_UNUSED_FILE if papers else WarningKind.BIB_FILE
            right = [*(name for name in named if (root / name).is_file()), path.name]
            message = f"nothing reads this file; write bibtex_bibfiles = {right} in conf.py"
            problems.append(Problem(kind, message, file=str(path)))
    return problems


def _pages(root: Path, conf: Any) -> Iterator[Path]:
    """Yield the pages, and the notes on papers, which become parts of pages."""

    def is_like(path: Path, *patterns: str) -> bool:
        name = path.relative_to(root).as_posix()
        alike = (pattern for pattern in patterns if fnmatchcase(name, pattern.replace("**/", "*")))
        return any("**" in pattern or name.count("/") == pattern.count("/") for pattern in alike)

    installed = virtual_environments(root)
    never = (".*", "_*", conf.bibfolio_files, *installed, *conf.exclude_patterns)
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not is_like(Path(folder, name), *never))
        for page in (Path(folder, name) for name in sorted(names) if name.endswith(".md")):
            is_page = is_like(page, "notes/*.md", *conf.include_patterns)
            if is_page and not is_like(page, *never) and os.access(page, os.R_OK):
                yield page


def _parts(text: str) -> _Parts:
    """Return the parts of a page, and of the directives in it, in their order."""
    lines = [0, *(end.end() for end in re.finditer("\n", text))]
    parts: _Parts = []
    bodies = [(0, text, "")]
    for first, body, outer in bodies:
        for token in _PARSER.parse(body):
            line = first + (token.map or [0])[0]
            parts += [(lines[line], part, outer) for part in (token, *(token.children or ()))]
            if token.type.endswith("fence") and not _CODE.match(token.info):
                title = token.info.partition("}")[2].strip()
                bodies.append((line, f"{title}\n{token.content}", token.markup))
    return sorted(parts, key=lambda part: part[0])


def _front_matter(text: str, parts: _Parts) -> Iterator[_Mark]:
    """Yield the mistake that keeps the front matter from being read."""
    message, place = "", 0
    if parts and parts[0][1].type == "front_matter":
        place = text.index("\n") + 1
        try:
            node = yaml.compose(f"{parts[0][1].content}\n", yaml.SafeLoader)
            if node and not isinstance(node, yaml.MappingNode):
                message = "this is no key and value; write key: value, with a space"
        except (yaml.YAMLError, RecursionError) as error:
            place += getattr(getattr(error, "problem_mark", None), "index", 0)
            cause = getattr(error, "problem", "") or "it cannot be read"
            advices = (advice for words, advice in _YAML_ADVICE.items() if words in cause)
            message = next(advices, f"{cause}; write key: value, the value between quotes")
    elif begun := _BEGUN.match(text):
        late = "it begins too late; remove what stands above it"
        message = late if begun[1] else "it is not closed; write --- on a line of its own below it"
    if message:
        yield place, WarningKind.PAGE, f"front matter: {message}"


def _unclosed(text: str, parts: _Parts) -> Iterator[_Mark]:
    """Yield the first fence that is not closed; later ones may be misread because of it."""
    for place, token, outer in (part for part in parts if part[1].type.endswith("fence")):
        sign, (begin, end) = token.markup, token.map or (0, 0)
        # The end of another fence, which begins inside and has the same signs, closed it.
        inner = re.search(rf"^ {{0,3}}({sign}[^`\n]*)$", token.content, re.M)
        if inner or token.content.count("\n") + 2 > end - begin:
            before = inner[1] if inner else outer
            where = f"before {before}" if before else "and takes in all that follows"
            cure = f"write {sign} on a line of its own where it ends"
            cure += f", or {sign}{sign[0]} at both its ends if it holds that" if inner else ""
            message = f"{sign}{token.info.rstrip()}: it is not closed {where}; {cure}"
            yield text.index(sign, place), WarningKind.PAGE, message
            return


def _unknown_keys(
    text: str, parts: _Parts, papers: set[str], drafts: set[str], may_be_elsewhere: bool
) -> Iterator[_Mark]:
    """Yield each key that citations name and no paper has, at its first place.

    ``{bib:paper}`` finds papers of other projects through intersphinx, which *may_be_elsewhere*.
    """
    reported = {"", *papers}
    for place, role, _outer in (part for part in parts if part[1].type == "myst_role"):
        name = role.meta["name"]
        for key in _KEY.findall(role.content) if _ROLE.fullmatch(name) else ():
            if key in reported:
                continue
            near = nearest(key, papers)
            if key in drafts:
                message = "it is a draft, which no page shows; remove this, or pubstate there"
            elif near:
                message = f"no paper has this key; did you mean {near}?"
            elif name == "bib:paper" and may_be_elsewhere:
                continue
            else:
                message = "no paper has this key; add the entry, or remove this"
            reported.add(key)
            written = rf"{{{name}}}`+[^`]*?(?<![^\s,{{}}<>`])(?={re.escape(key)}[\s,{{}}<>`])"
            here = re.compile(written).search(text, place)
            yield here.end() if here else place, WarningKind.CITATION, f"{key}: {message}"


def _without_sister(
    text: str, parts: _Parts, root: Path, path: Path, trees: Sequence[Tree]
) -> Iterator[_Mark]:
    """Yield the entries of a home page's tables of contents that other languages do not have."""
    homes = {tree.page("index"): tree for tree in trees}
    here = homes.get(path.relative_to(root).with_suffix("").as_posix())
    for place, token, _outer in parts if here else ():
        if not token.type.endswith("fence") or not token.info.strip().startswith("{toctree}"):
            continue
        for found in re.finditer(r"^(?!:).*?([^\s<>]+?)(?:\.md)?>?[ \t]*$", token.content, re.M):
            lacking = [tree for tree in trees if not _page(root, tree, found[1]).is_file()]
            if lacking and here not in lacking:
                files = listed([_page(Path(), tree, found[1]).as_posix() for tree in lacking])
                message = f"{found[1]}: other languages do not have this page; write {files}"
                yield text.index(found[1], place), WarningKind.SISTER, message


def _page(root: Path, tree: Tree, name: str) -> Path:
    return root / f"{tree.page(name)}.md"


def _foreign(text: str, parts: _Parts, papers: set[str]) -> Iterator[_Mark]:
    """Yield citations of papers in the syntax of other programs."""
    for place, part, _outer in parts:
        for found in _FOREIGN.finditer(part.content) if part.type == "inline" else ():
            if found[1] in papers:
                message = f"{found[0]}: it is shown as it stands; write {{cite}}`{found[1]}`"
                yield text.find(found[0], place), WarningKind.CITATION, message
