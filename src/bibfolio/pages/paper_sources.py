"""A source file for every paper's page, in ``papers/``: a line that changes when the page has to.

The files are generated, and can be deleted at any time; any others in the folder are the owner's.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from bibfolio.failure import Writing
from bibfolio.library import Library, library_of
from bibfolio.model import PAPERS
from bibfolio.warn import stop

SUFFIX = ".paper"
NOTES = "notes"
#: How a generated source begins; `make clean` knows it by this.
MARK = "Generated from the bibliography."


def sources(folio: Library, notes: dict[str, str]) -> dict[str, str]:
    """File name → text of the source file of every page.

    The text is different whenever the page is: it holds a digest of all the page is made from.
    """
    result, papers = {}, folio.papers
    for index, paper in enumerate(papers):
        neighbours = [(p.page, p.name) for p in papers[max(index - 1, 0) : index + 2]]
        state = repr((folio.states[paper.key], neighbours, notes.get(paper.key, "")))
        digest = hashlib.sha256(state.encode("utf-8", "replace")).hexdigest()
        result[paper.key + SUFFIX] = f"{MARK} {paper.key} {digest}\n"
    return result


def write_sources(folder: Path, wanted: dict[str, str]) -> list[str]:
    """Write the *wanted* sources to *folder*, and remove other generated ones.

    Files that are the same keep their time; those that somebody else has put there are not touched
    but returned, by name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    present = {path.name: path.read_bytes() for path in sorted(folder.glob(f"*{SUFFIX}"))}
    foreign = [name for name, data in present.items() if not _is_generated(data)]
    for name in present.keys() - wanted.keys() - set(foreign):
        (folder / name).unlink()
    for name in wanted.keys() - set(foreign):
        data = wanted[name].encode()
        if present.get(name) != data:
            (folder / name).write_bytes(data)
    return foreign


def _is_generated(data: bytes) -> bool:
    """Whether a file begins as those do that are generated; one that was cut off is, too."""
    return MARK.encode().startswith(data[: len(MARK)])


def _generate(app: Sphinx) -> None:
    """``builder-inited``: a source for every paper; the owner's files are no sources."""
    notes = {
        path.stem: path.read_text(encoding="utf-8", errors="replace")
        for path in sorted((Path(app.srcdir) / NOTES).glob("*.md"))
    }
    folder, wanted = Path(app.srcdir) / PAPERS, sources(library_of(app.env), notes)
    try:
        foreign = write_sources(folder, wanted)
    except OSError as error:
        Writing(app).stop_on(error)
        raise
    if taken := [name for name in foreign if name in wanted]:
        stop([f"{folder / name}: is in the way of a paper's page; move it away" for name in taken])
    others = [f"{PAPERS}/{name}" for name in foreign]
    app.config.exclude_patterns = [*app.config.exclude_patterns, *others]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the sources once the papers are read."""
    app.connect("builder-inited", _generate, priority=200)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
