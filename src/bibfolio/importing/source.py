"""The folder of an old site: its files, their front matter, and which system made it.

Nothing of it is executed, and nothing is read that a link has elsewhere. What cannot be read is
told with its line, and the rest is read all the same.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import yaml

from bibfolio.importing.leftovers import is_template
from bibfolio.sources.toml_text import parsed

#: More bytes than any page, and than any file that is carried: 4 and 100 MB.
_LONGEST_TEXT, _LONGEST_FILE = 4 << 20, 100 << 20
#: More files than any site; more values in one file, and levels of them, than any owner writes.
_MOST_FILES, _MOST_VALUES, _DEEPEST = 50_000, 50_000, 40
#: More signs than a reason needs.
_LONGEST_REASON = 300
#: Folders that are built, installed or git's own.
_NEVER = {"_site", "node_modules", "vendor", "venv", "__pycache__", "public"}
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML_FRONT = re.compile(r"\A\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"([A-Za-z_][\w-]*)[ \t]*[:=][ \t]*(.*)")


class Unread(NamedTuple):
    """Something that cannot be carried over, and why."""

    file: str
    line: int
    why: str


@dataclass(frozen=True)
class Page:
    """A file with front matter."""

    path: str
    data: Mapping[str, Any]
    body: str
    #: The line in which the body begins.
    line: int = 1
    #: Whether it is the template's, unchanged.
    is_template: bool = False

    def get(self, key: str) -> str:
        """Return a value of the front matter; an empty text if it is none or a list."""
        return text_of(self.data.get(key))

    @property
    def is_public(self) -> bool:
        """Return whether the old site showed it."""
        return self.get("published").casefold() != "false" and not is_yes(self.data.get("draft"))


def text_of(value: object) -> str:
    """Return a value as one line of text; empty if it is a list or a table."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def is_yes(value: object) -> bool:
    """Return whether a value is one that YAML takes for true."""
    return text_of(value).casefold() in {"true", "yes", "on"}


def table_of(value: object) -> dict[str, Any]:
    """Return a table with texts as keys; an empty one if *value* is none."""
    return {str(key): one for key, one in value.items()} if isinstance(value, dict) else {}


def items_of(value: object) -> list[Any]:
    """Return the items of a list; one that is no list is its only item."""
    return value if isinstance(value, list) else [value] * bool(value)


def leaves(name: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield each text in a value, however deep, with the key that it has."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(str(key), inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(name, inner)
    else:
        yield name, text_of(value)


def host_of(address: str) -> str:
    """Return the host in an http(s) address, in small letters; empty if it is none."""
    try:
        parts = urlsplit(address)
        return (parts.hostname or "") if parts.scheme.lower() in {"http", "https"} else ""
    except ValueError:
        return ""


class _Loader(yaml.BaseLoader):  # type: ignore[misc]
    """Makes texts of all scalars; counts values, those behind aliases every time again."""

    count = depth = 0

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._sizes: dict[str, int] = {}

    def compose_node(self, parent: Any, index: Any) -> Any:
        event, before = self.peek_event(), self.count
        self.depth += 1
        is_alias = isinstance(event, yaml.AliasEvent)
        # An alias within what it stands for has no size yet.
        self.count += self._sizes.get(event.anchor, _MOST_VALUES) if is_alias else 1
        if self.count > _MOST_VALUES or self.depth > _DEEPEST:
            raise yaml.MarkedYAMLError(
                problem="more values or levels than are read", problem_mark=event.start_mark
            )
        node = super().compose_node(parent, index)
        self.depth -= 1
        if not is_alias and event.anchor:
            self._sizes[event.anchor] = self.count - before
        return node


def read_yaml(text: str) -> Any:
    """Return the data of a YAML text, in which every scalar is a text.

    Raises:
        yaml.YAMLError: it is no YAML, or more of it than anybody writes.
    """
    loader = _Loader(text)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


def read_toml(text: str) -> Any:
    """Return the data of a TOML text, in which every scalar is a text.

    Raises:
        ValueError: it is no TOML.
    """
    data = parsed(text)
    if data is None:
        raise ValueError
    return _texts(data)


def _texts(value: object) -> Any:
    if isinstance(value, dict):
        return {str(key): _texts(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_texts(one) for one in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


@dataclass
class OldSite:
    """The files of an old site; what cannot be read is collected in *unread*."""

    root: Path
    #: Path below the root → where it is.
    files: dict[str, Path] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)

    def __post_init__(self) -> None:
        top = os.path.realpath(self.root)
        for folder, folders, names in os.walk(self.root):
            folders[:] = sorted(name for name in folders if name not in _NEVER and name[0] != ".")
            for name in (*folders, *sorted(names)):
                path = Path(folder, name)
                place = path.relative_to(self.root).as_posix()
                readable = os.fsencode(place).decode("utf-8", "replace")
                # `Path.resolve` and `is_file` raise at a circle of links, or without permission.
                if not Path(os.path.realpath(path)).is_relative_to(top):
                    self.refuse(readable, "this link leads out of the old site, so it was left out")
                elif not os.path.isfile(path):  # noqa: PTH113
                    continue
                elif readable != place:
                    self.refuse(readable, "the name of this file is not UTF-8, so it was left out")
                elif len(self.files) >= _MOST_FILES:
                    self.refuse(
                        place,
                        f"this is beyond the first {_MOST_FILES} files, so it was left out",
                    )
                    return
                else:
                    self.files[place] = path

    def refuse(self, file: str, why: str, line: int = 1) -> None:
        """Note what is not carried because it cannot be read, or must not be."""
        why = why if len(why) < _LONGEST_REASON else f"{why[:_LONGEST_REASON]}…"
        if not any(one.file == file and one.why == why for one in self.unread):
            self.unread.append(Unread(file, line, why))

    def below(self, folder: str, *endings: str) -> list[str]:
        """Return the files in a folder and those below it, with one of these endings."""
        start = f"{folder}/"
        return [path for path in self.files if path.startswith(start) and path.endswith(endings)]

    def bytes_of(self, path: str, longest: int = _LONGEST_FILE) -> bytes | None:
        """Return what a file holds, or None if it cannot be read or is too long."""
        file = self.files.get(path)
        try:
            if file and file.stat().st_size <= longest:
                return file.read_bytes()
            if file:
                self.refuse(path, f"this file has more than {longest >> 20} MB, so it was left out")
        except OSError as error:
            self.refuse(path, f"this file cannot be read: {error.strerror}")
        return None

    def text(self, path: str) -> str:
        """Return the text of a file, with LF; empty if it cannot be read."""
        data = self.bytes_of(path, _LONGEST_TEXT) or b""
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            self.refuse(path, "this file is not UTF-8; it was read as Latin-1")
            text = data.decode("latin-1")
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")

    def page(self, path: str) -> Page | None:
        """Return a file with its front matter, or None if it is empty or cannot be read."""
        text, is_old = self.text(path), self.is_template(path)
        if not text.strip():
            return None
        front = _FRONT.match(text) or _TOML_FRONT.match(text)
        if not front:
            return Page(path, {}, text, is_template=is_old)
        load = read_toml if front[0][0] == "+" else read_yaml
        data = table_of(self._loaded(path, front[1], 1, load))
        return Page(path, data, text[front.end() :], front[0].count("\n") + 1, is_old)

    def is_template(self, path: str) -> bool:
        """Return whether a file is the template's, unchanged."""
        return path in self.files and is_template(self.bytes_of(path) or b"")

    def data(self, path: str) -> Any:
        """Return the data of a YAML, TOML or JSON file, all of it text; None if there are none."""
        load = read_toml if path.endswith(".toml") else read_yaml
        text = self.text(path).replace("\t", "  ")
        return self._loaded(path, text, 0, load) if text.strip() else None

    def _loaded(self, path: str, text: str, above: int, load: Callable[[str], Any]) -> Any:
        """Return data; where they are not quite right, those lines that are a key and a value."""
        try:
            return load(text)
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            mark = getattr(error, "problem_mark", None)
            line = above + 1 + (mark.line if mark else 0)
            cause = getattr(error, "problem", None) or "it cannot be parsed"
            self.refuse(
                path, f"a mistake ({cause}): only simple lines of this file were read", line
            )
        pairs = (_LINE.match(line) for line in text.splitlines())
        return {pair[1]: pair[2].strip().strip("\"'") for pair in pairs if pair}


# -- which system made it -----------------------------------------------------------------------


def _is_al_folio(site: OldSite) -> bool:
    # jekyll-scholar makes its lists.
    has_scholar = re.search(r"^scholar:[ \t]*(?:#.*)?$", site.text("_config.yml"), re.MULTILINE)
    return bool(has_scholar or site.below("_bibliography", ".bib"))


def _is_hugoblox(site: OldSite) -> bool:
    has_config = any(
        re.match(r"config/_default/|(?:hugo|config)\.\w+$", path) for path in site.files
    )
    return has_config and any(path.startswith("content/") for path in site.files)


def _is_academicpages(site: OldSite) -> bool:
    is_jekyll = "_config.yml" in site.files
    return is_jekyll and any(path.startswith(("_publications/", "_talks/")) for path in site.files)


#: Name of a system → whether it made a site.
KINDS: dict[str, Callable[[OldSite], bool]] = {
    "al-folio": _is_al_folio,
    "hugoblox": _is_hugoblox,
    "academicpages": _is_academicpages,
}


#: Name of a system → how it is written.
GENERATORS = {name: name for name in KINDS} | {"hugoblox": "HugoBlox"}


def kind_of(site: OldSite) -> str:
    """Return the name of the system that made the site, or ""."""
    return next((name for name, is_it in KINDS.items() if is_it(site)), "")
