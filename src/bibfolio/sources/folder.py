"""What lies beside the bibliography: files to hand out, and the pages that name them."""

from __future__ import annotations

from functools import cache, cached_property
from pathlib import Path

#: Explains a folder to the owner, and is not handed out.
_NOT_SERVED = {"README.md"}


class Folder:
    """The folder of the site's sources; without one, there is nothing."""

    def __init__(self, root: Path | None = None) -> None:
        self._root = root
        #: Return the names of files in a folder below the root; none if there is no such folder.
        self.names = cache(self._listed)

    def holds(self, path: str) -> bool:
        """Tell whether there is a file at *path* to hand out; its name is spelt exactly so."""
        folder, _slash, name = path.rpartition("/")
        return name in self.names(folder)

    def is_mentioned(self, path: str) -> bool:
        """Tell whether a Markdown page of the site names *path*."""
        return path in self._pages

    def _listed(self, folder: str) -> frozenset[str]:
        if self._root is None or ".." in folder.split("/"):
            return frozenset()
        try:
            found = [path.name for path in (self._root / folder).iterdir() if path.is_file()]
        except (OSError, ValueError):  # no such folder, or no name that a folder can have
            return frozenset()
        return frozenset(name for name in found if name[0] != "." and name not in _NOT_SERVED)

    @cached_property
    def _pages(self) -> str:
        """Return all pages in one text; not what is hidden or built."""
        if self._root is None:
            return ""
        tops = [path for path in sorted(self._root.iterdir()) if path.name[0] not in "._"]
        pages = [path for path in tops if path.suffix == ".md"]
        pages += [path for top in tops if top.is_dir() for path in sorted(top.rglob("*.md"))]
        return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in pages)
