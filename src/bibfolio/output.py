"""Where things are in the built site: addresses of pages and files, and writing beside them."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import stat
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from sphinx.application import Sphinx
from sphinx.util._pathlib import _StrPath

from bibfolio.model import CV_FILES, CV_PAGE, EXPORT_FORMATS, PAPERS

#: Builders that make a site; others with HTML inside (epub, singlehtml, help files) make a book.
_SITE_BUILDERS = frozenset({"html", "dirhtml", "readthedocs", "readthedocsdirhtml"})

#: Folders of the output that this package fills, and keeps free of everything else.
OWN_FOLDERS = frozenset({PAPERS, "cards"})
#: Those that belong to Sphinx or to this package, whatever they hold.
KNOWN_FOLDERS = OWN_FOLDERS | {"_static", "_sources", "_images", "_downloads"}

#: Pages that are not for search engines, link previews or feeds.
NOT_INDEXED = frozenset({"404", "search", "genindex"})


def makes_site(app: Sphinx, exception: Exception | None = None) -> bool:
    """Whether this build makes a site, and has not failed."""
    return exception is None and app.builder.name in _SITE_BUILDERS


def is_served(path: str, folder: str) -> bool:
    """Whether a file named from the site's root lies in *folder* and is meant for readers.

    What explains the folder to the owner is not, nor is anything hidden.
    """
    parts = PurePosixPath(path).parts
    inside = parts[: len(PurePosixPath(folder).parts)] == PurePosixPath(folder).parts
    return inside and parts[-1] != "README.md" and not any(p.startswith(".") for p in parts)


def page_files(app: Sphinx, docname: str) -> list[str]:
    """Every file that is written for a page, named from the site's root."""
    page = Path(app.builder.get_output_path(docname))  # type: ignore[attr-defined]
    suffixes = ("md", *(suffix for suffix, _ in EXPORT_FORMATS.values()))
    twins = [f"{docname}.{suffix}" for suffix in suffixes]
    copies = [f"_sources/{docname}{suffix}.txt" for suffix in app.config.source_suffix]
    copies = copies if app.config.html_copy_source else []
    cv = [path for path, _ in CV_FILES.values()] if docname == CV_PAGE else []
    return [page.relative_to(app.outdir).as_posix(), *twins, *copies, *cv]


def beside_doctrees(app: Sphinx, name: str) -> Path:
    """Where to keep what is known of this output: others may share the doctrees."""
    place = os.path.relpath(app.outdir, app.doctreedir)
    digest = hashlib.sha256(os.fsencode(place)).hexdigest()
    return Path(app.doctreedir) / f"{name}-{app.builder.name}-{digest[:8]}.json"


# Thousands of files are written and compared: paths are texts here, as objects for them take longer
# than what is done with them.


def replace_file(path: str | Path, data: bytes | Path) -> None:
    """Write *data*, or a copy of that file, as a whole; with the folders that it lies in.

    Whatever happens meanwhile, the file at *path* is the old one or the new one.
    """
    folder, name = os.path.split(path)
    part = os.path.join(folder, f".{name}.part")
    try:
        try:
            _fill(part, data)
        except (FileNotFoundError, NotADirectoryError):
            os.makedirs(folder, exist_ok=True)
            _fill(part, data)
        os.replace(part, path)
    except OSError:
        with contextlib.suppress(OSError):  # what went wrong first is what to tell
            os.unlink(part)
        raise


def _fill(path: str, data: bytes | Path) -> None:
    if isinstance(data, bytes):
        with open(path, "wb") as file:
            file.write(data)
    else:
        shutil.copyfile(data, path)


def _holds(path: str, data: bytes) -> bool:
    """Whether there is a file at *path* that holds exactly *data*."""
    try:
        found = os.stat(path)
    except OSError:
        return False
    if not stat.S_ISREG(found.st_mode) or found.st_size != len(data):
        return False
    with open(path, "rb") as file:
        return file.read() == data


def move(source: Path, target: Path) -> None:
    """Move a file, also from one disk to another."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        shutil.move(source, target)


class WholePath(_StrPath):
    """A path at which texts are written as by :func:`replace_file`."""

    def write_text(
        self,
        data: str,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
    ) -> int:
        """Replace the file."""
        replace_file(os.fspath(self), data.encode(encoding or "utf-8", errors or "strict"))
        return len(data)


class Output:
    """The output of an HTML build, as seen by what is written beside Sphinx's own pages."""

    def __init__(self, app: Sphinx) -> None:
        self._builder = app.builder
        self._folder = Path(app.outdir)
        #: Absolute address of the site, with a slash at the end; ``/`` if it has none.
        self.base: str = app.config.html_baseurl.rstrip("/") + "/"
        #: Whether the site says where it is; without that, whatever needs addresses is left out.
        self.has_address = bool(app.config.html_baseurl)
        self._home: str = app.config.root_doc

    @property
    def home_url(self) -> str:
        """Absolute address of the home page."""
        return self.page_url(self._home)

    def url(self, path: str) -> str:
        """Absolute address of *path*, which is relative to the site's root."""
        return self.base + quote(path, safe="/#.-_~+")

    def page_url(self, docname: str) -> str:
        """Absolute address of a page, as the builder spells it."""
        return self.base + str(self._builder.get_target_uri(docname))

    def write(self, path: str, content: str | bytes) -> None:
        """Write a file unless it holds *content* already: unchanged files keep their time."""
        target = f"{self._folder}/{path}"
        data = content.encode("utf-8") if isinstance(content, str) else content
        if not _holds(target, data):
            replace_file(target, data)

    def read(self, path: str) -> bytes | None:
        """What a file of the output holds; None if there is no such file."""
        target = self._folder / path
        return target.read_bytes() if target.is_file() else None

    def state(self, path: str) -> tuple[int, int] | None:
        """Size in bytes and time of the last change (ns) of a file; None if there is none."""
        try:
            found = (self._folder / path).stat()
        except OSError:
            return None
        return found.st_size, found.st_mtime_ns

    def remove(self, path: str) -> None:
        """Delete a file, if it is there, and the folders that it leaves empty."""
        (self._folder / path).unlink(missing_ok=True)
        for folder in Path(path).parents[:-1]:
            if not (self._folder / folder).is_dir() or any((self._folder / folder).iterdir()):
                return
            (self._folder / folder).rmdir()

    def keep_only(self, folder: str, wanted: set[str]) -> None:
        """Remove every file below *folder* that is not *wanted*, and folders left empty."""
        top = str(self._folder)
        for parent, folders, names in os.walk(f"{top}/{folder}", topdown=False):
            place = os.path.relpath(parent, top).replace(os.sep, "/")
            for name in names:
                if f"{place}/{name}" not in wanted:
                    os.unlink(f"{parent}/{name}")
            for name in folders:
                if not os.listdir(f"{parent}/{name}"):
                    os.rmdir(f"{parent}/{name}")
