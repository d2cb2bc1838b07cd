"""A page of the built site, and an address in it → the source file and line that they come from.

A page does not say which line a link was made from, so the line is looked for in the source: the
address as it is written there, or what an author writes instead of it. Where nothing is found, the
file alone is named, or, for what only Sphinx makes, the built file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from bibfolio.doctor.references import Reference
from bibfolio.doctor.site import BuiltSite

#: Folder of what the owner adds to the pages of papers.
_NOTES = "notes"
_SUFFIXES = (".md", ".rst", ".txt")
#: The shortest last part of an address by which its line is looked for: an arXiv number has ten.
_MIN_PART = 6


class Place(NamedTuple):
    """Where to look."""

    file: str
    #: Counted from 1; 0 if only the file is known.
    line: int = 0


class Sources:
    """The sources of a site.

    Args:
        root: the folder of ``conf.py``.
        site: what was built.
        papers: document name of a paper's page → its entry.
        general: files whose values appear on many pages, such as the profile, below *root*.
    """

    def __init__(
        self,
        root: Path,
        site: BuiltSite,
        papers: Mapping[str, Place] | None = None,
        general: Sequence[str] = (),
    ) -> None:
        self.root = root
        self.site = site
        self.papers = papers or {}
        self.general = general
        self._read: dict[Path, list[tuple[Place, str]]] = {}
        starts: dict[str, list[int]] = {}
        for place in self.papers.values():
            starts.setdefault(place.file, []).append(place.line)
        self._starts = {file: sorted(lines) for file, lines in starts.items()}

    def of(self, path: str) -> Place:
        """Where the file at *path* of the output comes from."""
        for name in _documents(path):
            if name in self.papers:
                return self.papers[name]
            for suffix in _SUFFIXES:
                if (self.root / f"{name}{suffix}").is_file():
                    return Place((self.root / f"{name}{suffix}").as_posix())
        return Place((self.site.folder / path).as_posix())

    def of_reference(self, reference: Reference) -> Place:
        """Where an address in the output comes from."""
        origin = self.of(reference.file)
        try:
            own = self.site.own(reference.file, reference.address)
            written = _written(reference.address, own)
        except ValueError:  # no address at all
            own, written = None, [re.compile(re.escape(reference.address))]
        for lines in self._texts(reference.file, origin):
            if found := _first(lines, [*written, *_named(own or "")]):
                return found
        for file in [] if Path(origin.file).is_relative_to(self.site.folder) else self.general:
            if found := _first(self._lines(self.root / file), written):
                return found
        return origin

    def _texts(self, path: str, origin: Place) -> Iterator[list[tuple[Place, str]]]:
        """What the page at *path* is made from alone, as lines."""
        lines = self._lines(Path(origin.file))
        if not origin.line:
            yield lines
            return
        end = next((n for n in self._starts[origin.file] if n > origin.line), len(lines) + 1)
        yield lines[origin.line - 1 : end - 1]
        for name in _documents(path):
            yield self._lines(self.root / _NOTES / f"{Path(name).name}.md")

    def _lines(self, path: Path) -> list[tuple[Place, str]]:
        """The lines of a source; none if it cannot be read."""
        if path not in self._read:
            try:
                text = path.read_text(encoding="utf-8", errors="replace")
            except OSError:
                text = ""
            numbered = enumerate(text.split("\n"), 1)
            self._read[path] = [(Place(path.as_posix(), number), line) for number, line in numbered]
        return self._read[path]


def _first(lines: Iterable[tuple[Place, str]], patterns: Iterable[re.Pattern[str]]) -> Place | None:
    """The first line with the first pattern that occurs."""
    found = (place for pattern in patterns for place, line in lines if pattern.search(line))
    return next(found, None)


def _documents(path: str) -> list[str]:
    """Names of the documents that a file of the output can have been made from."""
    path = path.removesuffix(".html").removesuffix(".md")
    folder = path.removesuffix("/index")
    return [folder, path] if folder != path else [path]


def _written(address: str, own: str | None) -> list[re.Pattern[str]]:
    """How an address is written out: whole, or as the value that it was made from."""
    whole = {text for text in (address, own) if text and len(text) >= _MIN_PART}
    parts = urlsplit(address)
    steps = unquote(parts.path).strip("/").split("/")
    tails = ["/".join(steps[start:]) for start in range(len(steps))]
    values = [v for v in [*tails, *(v for _, v in parse_qsl(parts.query))] if len(v) >= _MIN_PART]
    whole_patterns = [
        re.compile(rf"(?<![\w/]){re.escape(text)}(?![\w/-])") for text in sorted(whole)
    ]
    return whole_patterns + [
        re.compile(rf"[\"'{{]{re.escape(value)}[\"'}}]", re.I) for value in values
    ]


def _named(own: str) -> list[re.Pattern[str]]:
    """How authors name a page or a place of their site: by document, or by key."""
    path, _, fragment = own.partition("#")
    patterns = []
    if fragment := unquote(fragment):
        names = [fragment, *([fragment.split("-", 1)[1]] if "-" in fragment else [])]
        patterns += [re.compile(rf"(?<![\w-]){re.escape(n)}(?![\w-])") for n in names if len(n) > 3]
    name = unquote(path).rstrip("/").removesuffix(".html").removesuffix("/index")
    for tail in dict.fromkeys([name, name.rpartition("/")[2]]):
        if tail:
            inside = rf"[(<`\"'/]{re.escape(tail)}(?:\.\w+)?(?=[)>`\"'#/])"
            patterns.append(re.compile(rf"{inside}|^\s*/?{re.escape(tail)}(?:\.\w+)?\s*$"))
    return patterns
