"""Pages in Markdown: encoding, front matter, what is not closed, and citations of no paper."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

from bibfolio.model import CV_PAGE
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.bibliography import Bibliography, decode
from bibfolio.sources.source_text import SourceText

#: An offset in the text, and what is wrong there.
_Mark = tuple[int, WarningKind, str]
#: A line that begins or ends a directive or a block of code: its signs, and what follows them.
_FENCE = re.compile(
    r"^[ \t>]*(?:(?:[-*+:]|\d+[.)])[ \t]+)*(`{3,}(?=[^`\n]*$)|~{3,}|:{3,})[ \t]*(.*)$", re.M
)
#: What follows the signs if the body is no Markdown.
_CODE = re.compile(r"(?!\{)|\{(code|sourcecode|math|raw|eval-rst|mermaid)")
#: Comments, code in a line, and roles that name papers; then keys, and what stands around them.
_ROLE = re.compile(
    r"^%.*|<!--[^\0]*?(?:-->|\Z)|(?<!`)(``+)(?!`).*?(?<!`)\1(?!`)|(?<![`\\])"
    r"\{(?:(?:foot)?cite(?::\w+)?|(bib:paper))\}`((?:[^`\n]|\n(?!\s*\n))+)`",
    re.M,
)
_KEY = re.compile(r"\{[^{}]*\}|\A[^<]*<|([^\s,{}<>]+)")
_FRONT = re.compile(
    r"---[ \t]*\n([^\0]*?)^(?:---+|\.\.\.)[ \t]*$"
    r"|((?:[ \t]*(?:\#.*)?\n)*)^---[ \t]*\n(?:myst|orphan):",
    re.M,
)
#: A citation of LaTeX or Pandoc, or one whose key is not between backticks.
_FOREIGN = re.compile(r"(?<!`)(?:\\cite\w*\{|\[@|\{cite(?::\w+)?\}[ '’‘\"]+`?)([\w:.-]+)")
_YAML_ADVICE = {
    "mapping values": "a colon stands in the text; put the text between quotes",
    "\\t": "a tab stands here; indent with spaces",
}


def lint_pages(root: Path, conf: Any, read: Mapping[str, Bibliography]) -> list[Problem]:
    """Return what is wrong in the pages of a site, each with its file.

    Args:
        root: the folder of the pages.
        conf: the values of ``conf.py``, as Sphinx has them or `bibfolio check`.
        read: the bibliography; if it has no papers, citations are not judged.
    """
    papers = {paper.key for one in read.values() for paper in one.papers}
    drafts = {paper.key for one in read.values() for paper in one.drafts}
    problems: list[Problem] = []
    for path in _pages(root, conf):
        text, found = decode(path.read_bytes(), conf.source_encoding)
        source = SourceText(text)
        prose, unclosed = _without_code(source.parsed)
        marks = [*_front_matter(source.parsed), *unclosed]
        marks += _unknown_keys(prose, papers, drafts) if papers else ()
        marks += _only_here(prose) if path == root / f"{CV_PAGE}.md" else ()
        for place, kind, message in sorted(marks, key=lambda mark: mark[0]):
            found.append(Problem(kind, message, *source.position(source.offset(place))))
        problems += [replace(problem, file=str(path)) for problem in found]
    named = [*map(str, conf.bibtex_bibfiles or ())]
    for path in sorted(root.glob("[!.]*.bib")):
        if path.name not in named:
            kind = WarningKind.BIB_UNUSED_FILE if papers else WarningKind.BIB_FILE
            right = [*(name for name in named if (root / name).is_file()), path.name]
            message = f"nothing reads this file; write bibtex_bibfiles = {right} in conf.py"
            problems.append(Problem(kind, message, file=str(path)))
    return problems


def _pages(root: Path, conf: Any) -> Iterator[Path]:
    """Yield the pages, and the notes on papers, which are parts of pages."""

    def is_like(path: Path, *patterns: str) -> bool:
        name = path.relative_to(root).as_posix()
        return any(
            fnmatchcase(name, one.replace("**/", "*"))
            and ("**" in one or name.count("/") == one.count("/"))
            for one in patterns
        )

    never = (".*", "_*", conf.bibfolio_files, *conf.exclude_patterns)
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not is_like(Path(folder, name), *never))
        for page in (Path(folder, name) for name in sorted(names) if name.endswith(".md")):
            is_page = is_like(page, "notes/*.md", *conf.include_patterns)
            if is_page and not is_like(page, *never) and os.access(page, os.R_OK):
                yield page


def _front_matter(text: str) -> Iterator[_Mark]:
    """Yield what keeps the front matter from being read."""
    message, place, found = "", 0, _FRONT.match(text)
    if found and found[2]:
        message = "it begins too late; remove what stands above it"
    elif found and found[1] is None:
        message = "it is not closed; write --- on a line of its own below it"
    elif found:
        place = found.start(1)
        try:
            node = yaml.compose(found[1], yaml.SafeLoader)
            if node and not isinstance(node, yaml.MappingNode):
                message = "this is no key and value; write key: value, with a space"
        except (yaml.YAMLError, RecursionError) as error:
            place += getattr(getattr(error, "problem_mark", None), "index", 0)
            cause = getattr(error, "problem", "") or "it cannot be read"
            known = (advice for words, advice in _YAML_ADVICE.items() if words in cause)
            message = next(known, f"{cause}; write key: value, the value between quotes")
    if message:
        yield place, WarningKind.PAGE, f"front matter: {message}"


def _without_code(text: str) -> tuple[str, list[_Mark]]:
    """Return *text*, blank where it is no Markdown, and what is not closed.

    That is one at most: others may be misread because of it.
    """
    opened: list[re.Match[str]] = []
    unclosed: list[tuple[re.Match[str], re.Match[str] | None]] = []
    prose, end = "", 0
    for fence in _FENCE.finditer(text):
        is_code = bool(opened and _CODE.match(opened[-1][2]))
        part, end = text[end : fence.start()], fence.start()
        prose += re.sub(r"[^\n]", " ", part) if is_code else part
        like = (n for n, other in enumerate(opened) if fence[1].startswith(other[1]))
        if (first := next(like, None)) is not None:  # the outermost is closed first
            left = opened[first + (not fence[2]) :]
            unclosed += [(one, fence) for one in left]
            del opened[first:]
        if fence[2] if first is not None else not is_code:
            opened.append(fence)
    unclosed += [(one, None) for one in opened]
    marks = []
    for fence, other in unclosed[:1]:
        where = f"before {other[0].strip()}" if other else "and takes in all that follows"
        cure = f"write {fence[1]} on a line of its own where it ends"
        if other and other[2]:
            cure += f", or {fence[1]}{fence[1][0]} at both its ends if it holds that"
        message = f"{fence[0].strip()}: it is not closed {where}; {cure}"
        marks.append((fence.start(1), WarningKind.PAGE, message))
    return prose + text[end:], marks


def _unknown_keys(prose: str, papers: Collection[str], drafts: Collection[str]) -> Iterator[_Mark]:
    """Yield each key that a citation names and no paper has, where it occurs first."""
    told = {None, *papers}
    for role in _ROLE.finditer(prose):
        for found in _KEY.finditer(role[3] or ""):
            if (key := found[1]) in told:
                continue
            near = difflib.get_close_matches(key, papers, 1, 0.7)
            if key in drafts:
                message = "it is a draft, which no page shows; remove this, or pubstate there"
            elif near:
                message = f"no paper has this key; did you mean {near[0]}?"
            elif role[2]:  # it may be of another project, through intersphinx
                continue
            else:
                message = "no paper has this key; add the entry, or remove this"
            told.add(key)
            yield role.start(3) + found.start(1), WarningKind.CITATION, f"{key}: {message}"
    for found in _FOREIGN.finditer(prose):
        if found[1] in papers:
            message = f"{found[0]}: it is shown as it stands; write {{cite}}`{found[1]}`"
            yield found.start(), WarningKind.CITATION, message


def _only_here(prose: str) -> Iterator[_Mark]:
    """Yield the sections of the CV's page that draw nothing from the profile or the papers."""
    for part in re.finditer(r"^## +(.*)$((?!\n##? )[^\0])*", prose, re.M):
        if not re.search(r"\{(profile|publications|cv|bibliography|include)\}", part[0]):
            message = (
                f"{part[1]}: this section is on the page alone, as cv.pdf, cv.txt and cv.json are "
                "made of profile.toml; write it there, as with [[awards]], or on another page"
            )
            yield part.start(), WarningKind.CV, message
