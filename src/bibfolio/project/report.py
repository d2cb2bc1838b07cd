"""What somebody who helps needs to know of an installation and a site, and nothing of its owner.

It is made to be copied into an issue that everybody can read: no name, address, path, key or title.
"""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version

from bibfolio.mode import THEME
from bibfolio.problems import Problem
from bibfolio.project.settings import Settings
from bibfolio.version import __version__

#: Packages whose versions decide what a page is.
PACKAGES = (
    *("sphinx", "docutils", "pydata-sphinx-theme", "myst-parser"),
    *("sphinxcontrib-bibtex", "pybtex", "babel", "typst", "pillow"),
)
#: Themes that anybody may have; the name of another may be that of its owner.
THEMES = ("alabaster", "furo", "pydata_sphinx_theme", "sphinx_book_theme", "sphinx_rtd_theme")


def report(settings: Settings, problems: Iterable[Problem]) -> str:
    """Return versions, names of settings, and how many problems of each kind there are."""
    counts = Counter(problem.kind.subtype for problem in problems)
    rows = {"bibfolio": __version__} | {name: _version(name) for name in PACKAGES}
    rows |= {"python": platform.python_version(), "system": f"{platform.system()} {_machine()}"}
    rows |= {"mode": "site" if settings.is_site else "guest", "theme": _theme(settings)}
    rows |= {"settings": ", ".join(sorted(settings.changed)) or "none"}
    rows |= {"findings": ", ".join(f"{k} {n}" for k, n in sorted(counts.items())) or "none"}
    width = max(map(len, rows))
    return "".join(f"{name:<{width}}  {value}\n" for name, value in rows.items())


def _theme(settings: Settings) -> str:
    name = settings.html_theme or "none named"
    return name if name in {THEME, *THEMES, "none named"} else "another"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _machine() -> str:
    return f"{platform.release().partition('-')[0]} {platform.machine()}"
