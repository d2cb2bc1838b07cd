"""The figure of a paper: ``figures/KEY.svg`` or the file that the entry names → ``Figure``."""

from __future__ import annotations

from hashlib import sha256
from pathlib import PurePosixPath

from bibfolio.model import Figure
from bibfolio.problems import WarningKind
from bibfolio.sources.folder import Folder
from bibfolio.sources.identifiers import without_tex
from bibfolio.sources.links import Report
from bibfolio.sources.source_text import cited
from bibfolio.sources.svg import read_svg

#: Where figures are that no entry names.
FIGURES = "figures"
#: Endings of pictures that browsers show → how such a file begins.
_BEGINNINGS = {
    ".svg": b"",
    ".png": b"\x89PNG",
    ".webp": b"RIFF",
    ".jpg": b"\xff\xd8",
    ".jpeg": b"\xff\xd8",
}
#: Bytes above which a picture is heavy.
_HEAVY = 60_000


def figure_paths(slug: str) -> list[str]:
    """Return where the figure of a paper may be without being named, best first."""
    return [f"{FIGURES}/{slug}{suffix}" for suffix in _BEGINNINGS]


def read_figure(
    named: str, slug: str, folder: Folder, report: Report, *, alt: str, caption: str
) -> Figure | None:
    """Return the figure of a paper; None if there is none, or none that can be shown.

    Args:
        named: the field ``figure``, a path below the root of the site; mostly empty.
        slug: the key of the paper, as names of files spell it.
        folder: where the files are.
        report: takes what is wrong.
        alt: what is seen, for those who do not see it.
        caption: what is printed below; without it, *alt* is.
    """
    wanted = [without_tex(named).removeprefix("/")] if named else figure_paths(slug)
    path = next(filter(folder.holds, wanted), "")
    if not path:
        if named:
            message = f"figure: {cited(named, 60)} is no file of the site; put it there"
            report(WarningKind.BIB_FIGURE, message)
        elif alt:
            report(WarningKind.BIB_FIGURE, f"figurealt tells of {wanted[0]}, which is not there")
        return None
    if not alt:
        message = f"{path} is not shown; say in figurealt what is seen, for those who do not see it"
        report(WarningKind.BIB_FIGURE, message)
        return None
    data, suffix = folder.read(path), PurePosixPath(path).suffix.lower()
    try:
        svg, why = read_svg(data) if suffix == ".svg" else ("", "")
        if suffix not in _BEGINNINGS or not data.startswith(_BEGINNINGS[suffix]):
            raise ValueError("what is in it is not what its name says")
    except ValueError as error:
        message = f"{path} is not shown: {error}; save it anew as SVG, PNG, WebP or JPEG"
        report(WarningKind.BIB_FIGURE, message)
        return None
    if why:
        message = f"{path} is shown as an image, on a light ground in the dark, and not drawn in"
        report(WarningKind.BIB_DRAWING, f"{message} the page, because {why}")
    elif not svg and len(data) > _HEAVY:
        message = f"{path}: {len(data) // 1000} KB are a lot for every visitor to load"
        report(WarningKind.PICTURE, f"{message}; make it at most 960 px wide, or draw it as SVG")
    return Figure(path, alt, caption or alt, svg, sha256(data).hexdigest()[:8])
