"""Characters of the CV that no font of this machine has: told in every build until there is one."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from bibfolio.config import settings_of
from bibfolio.cv.pdf import Lacking
from bibfolio.output import Output, beside_doctrees
from bibfolio.problems import WarningKind
from bibfolio.recall import recall, remember
from bibfolio.warn import warn

#: So many characters are named; a hundred in one line help nobody.
_MOST = 10


def lacking_message(path: str, characters: str) -> str:
    """What to do about characters that no font has and the PDF at *path* cannot show."""
    named = ", ".join(f"{char} (U+{ord(char):04X})" for char in characters[:_MOST])
    if more := len(characters[_MOST:]):
        named += f" and {more} more"
    return (
        f"{path}: no font on this machine has {named}; it shows ? instead. Install one that does: "
        "for Chinese, Japanese and Korean `apt-get install fonts-noto-cjk`, for other scripts "
        "`fonts-noto-core`; on Read the Docs name it in .readthedocs.yaml, `build: apt_packages:`"
    )


# -- Sphinx ----------------------------------------------------------------------------------


def lacking_of(app: Sphinx, path: str) -> Lacking | None:
    """What the PDF at *path* of the output lacks; None if that is not known, or cannot be asked."""
    lacking: Lacking | None = recall(_memory(app), _state(app, path))
    return None if lacking and lacking.characters and not lacking.alone else lacking


def keep_lacking(app: Sphinx, path: str, lacking: Lacking) -> None:
    """Know for later builds what the PDF at *path* lacks, as long as it is this one."""
    remember(_memory(app), _state(app, path), lacking)


def warn_of_lacking(app: Sphinx, path: str, lacking: Lacking) -> None:
    """Warn of what it lacks, if anything, at the first place where that is written."""
    if lacking.characters:
        message = lacking_message(path, lacking.characters)
        warn(WarningKind.FONT, message, _place(app, lacking.characters))


def _memory(app: Sphinx) -> Path:
    return beside_doctrees(app, "cv_lacking").with_suffix(".pickle")


def _state(app: Sphinx, path: str) -> list[bytes]:
    return [path.encode(), repr(Output(app).state(path)).encode()]


def _place(app: Sphinx, characters: str) -> str | None:
    """File and line of the first of *characters*, unless all are written as TeX."""
    root = Path(app.confdir)
    for name in (settings_of(app.config).profile, *(app.config.bibtex_bibfiles or ())):
        lines = (root / name).read_text(encoding="utf-8", errors="replace").splitlines()
        for number, line in enumerate(lines, start=1):
            if not set(characters).isdisjoint(line):
                return f"{root / name}:{number}"
    return None
