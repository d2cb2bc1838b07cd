"""Whether a project is a scholar's site, or another's, in which bibfolio is a guest."""

from __future__ import annotations

from collections.abc import Collection

#: The name of the package's theme.
THEME = "bibfolio"
#: Values of ``bibfolio_mode``.
MODES = ("auto", "site", "guest")


def is_site_mode(mode: str, theme: str, extensions: Collection[str]) -> bool:
    """Return whether ``bibfolio_mode``, ``html_theme`` and ``extensions`` make a site."""
    if mode in {"site", "guest"}:
        return mode == "site"
    return theme == THEME or "sphinxcontrib.bibtex" not in extensions
