"""What lies beside the bibliography: files to hand out, and the pages that name them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path, PurePath, PurePosixPath
from typing import NamedTuple

from bibfolio.model.strings import nearest

#: The folder of the owner's own words on papers, in files that are called after their keys.
NOTES = "notes"
#: That of pictures of what papers are about, called so as well.
FIGURES = "figures"
#: Where al-folio has them, under any name.
_PREVIEWS = "assets/img/publication_preview"
#: Explains a folder to the owner, and is not handed out.
_NOT_SERVED = {"README.md"}


def is_served(path: PurePath) -> bool:
    """Return whether a file of the folder that is served is served.

    What explains the folder to the owner is not, nor is anything hidden.
    """
    return path.name not in _NOT_SERVED and not any(part.startswith(".") for part in path.parts)


def nearest_file(name: str, free: Collection[str]) -> str:
    """Return the file that is probably meant by *name*; its numbers are not what is misspelt."""
    numbers = re.findall(r"\d+", name)
    folded = {
        other.casefold(): other
        for other in sorted(free, reverse=True)
        if re.findall(r"\d+", other) == numbers
    }
    return folded.get(nearest(name.casefold(), sorted(folded), 0.8), "")


def figure_places(name: str) -> list[str]:
    """Return where a figure may be that an entry names: a path, or a name in a usual folder."""
    path = name.removeprefix("/")
    return [path] if "/" in path else [path, f"{FIGURES}/{path}", f"{_PREVIEWS}/{path}"]


def virtual_environments(root: Path) -> list[str]:
    """Return the folders in *root* that hold a Python with its packages (PEP 405)."""
    return sorted(path.parent.name for path in root.glob("*/pyvenv.cfg"))


def stays_in(path: Path, *tops: Path) -> bool:
    """Return whether the file at *path* really is in one of these folders: no link leads out."""
    file = path.resolve()
    return any(file.is_relative_to(top.resolve()) for top in tops)


def _below(path: str, top: str) -> str:
    """Return *path* as seen from *top*; an empty string if it is not below it."""
    start = f"{top}/" if top else ""
    return path.removeprefix(start) if path.startswith(start) else ""


class _Place(NamedTuple):
    """Where files are in the site and in the sources; of a single one, its name."""

    target: str
    source: str
    only: str = ""


class Folder:
    """The folder of the site's sources; without one, there is nothing.

    Args:
        root: the folder.
        served: the folder in it whose files are handed out under its own name.
        static: files and folders that Sphinx copies to ``_static/`` (``html_static_path``).
        extra: files and folders that it copies to the top (``html_extra_path``).
    """

    def __init__(
        self,
        root: Path | None = None,
        served: str = "files",
        static: Sequence[str] = (),
        extra: Sequence[str] = (),
    ) -> None:
        self._root = root
        self._served = self._place(served, served)
        self._places = [self._served, *(self._place("_static", name) for name in static)]
        self._places += [self._place("", name) for name in extra]
        #: As it is set.
        self.extra = tuple(extra)
        self._names: dict[str, frozenset[str]] = {}

    def _place(self, target: str, name: str) -> _Place:
        path = PurePosixPath(name)
        is_file = self._root is not None and (self._root / name).is_file()
        folder, file = (path.parent, path.name) if is_file else (path, "")
        return _Place(target, "" if folder == PurePosixPath() else str(folder), file)

    def names(self, folder: str) -> frozenset[str]:
        """Return the names of files in a folder below the root; none if there is no such folder."""
        return frozenset() if ".." in folder.split("/") else self._names_in(folder)

    def holds(self, path: str) -> bool:
        """Return whether there is a file at *path* to hand out; its name is spelt exactly so."""
        folder, _slash, name = path.rpartition("/")
        return name in self.names(folder)

    def address(self, path: str) -> str:
        """Return where in the site readers get a file; an empty string if they do not.

        *path* is where it is in the site, or where in the sources: ``pdf/x.pdf`` and
        ``assets/pdf/x.pdf`` are one if ``html_extra_path`` is ``["assets"]``.
        """
        if path.startswith("/") or ".." in path.split("/"):
            return ""
        asked = [(place, _below(path, place.target)) for place in self._places]
        asked += [(place, _below(path, place.source)) for place in self._places]
        for place, inner in asked:
            if inner and place.only in {"", inner} and self._is_handed_out(place, inner):
                return f"{place.target}/{inner}".removeprefix("/")
        return ""

    def offers(self, path: str) -> bool:
        """Return whether readers get the file at *path*."""
        return bool(self.address(path))

    def leads_out(self, path: str) -> bool:
        """Return whether *path* is a symbolic link out of the folder, which is not followed.

        A whole folder may be elsewhere: it is one that the first part of *path* names.
        """
        top = path.partition("/")[0] if "/" in path else ""
        return self.holds(path) and not self._stays(path, top)

    def _is_handed_out(self, place: _Place, inner: str) -> bool:
        """Return whether there is such a file in *place*, which no link leads out of."""
        path = f"{place.source}/{inner}".removeprefix("/")
        folder, _slash, name = path.rpartition("/")
        is_there = name in self._names_in(folder) and is_served(PurePosixPath(inner))
        return is_there and self._stays(path, place.source)

    def _stays(self, path: str, top: str) -> bool:
        """Return whether the file at *path* really is below *top*, or elsewhere in this folder.

        What is handed out under its own name stays in its folder, as that is copied.
        """
        if self._root is None:
            return False
        tops = [self._root / top, *([] if top == self._served.source else [self._root])]
        return stays_in(self._root / path, *tops)

    def path(self, path: str) -> Path | None:
        """Return where the file at *path* is, if there is one to hand out."""
        return self._root / path if self._root and self.holds(path) else None

    def has_page(self, docname: str) -> bool:
        """Return whether there is a file from which Sphinx can make the page *docname*."""
        place, _slash, name = docname.rpartition("/")
        return any(file.rpartition(".")[0] == name for file in self.names(place))

    def read(self, path: str) -> bytes:
        """Return what the file at *path* holds; nothing if it cannot be read."""
        file = self.path(path)
        try:
            return file.read_bytes() if file else b""
        except OSError:
            return b""

    def is_mentioned(self, path: str) -> bool:
        """Return whether a Markdown page of the site names *path*."""
        return path in self._pages

    def _names_in(self, folder: str) -> frozenset[str]:
        if folder not in self._names:
            self._names[folder] = frozenset(self._listed(folder))
        return self._names[folder]

    def _listed(self, folder: str) -> list[str]:
        if self._root is None:
            return []
        try:
            found = [path.name for path in (self._root / folder).iterdir() if path.is_file()]
        except (OSError, ValueError):  # no such folder, or no name that a folder can have
            return []
        return [name for name in found if name[0] != "." and name not in _NOT_SERVED]

    @cached_property
    def _pages(self) -> str:
        """Return all pages in one text; not what is hidden or built."""
        if self._root is None:
            return ""
        tops = [path for path in sorted(self._root.iterdir()) if path.name[0] not in "._"]
        pages = [path for path in tops if path.suffix == ".md"]
        pages += [path for top in tops if top.is_dir() for path in sorted(top.rglob("*.md"))]
        return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in pages)
