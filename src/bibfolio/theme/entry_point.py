"""What Sphinx loads for ``html_theme = "bibfolio"`` where the extension is not loaded: a message.

Sphinx (9.0) asks the entry point of a theme only if no extension has registered the theme, and
after ``config-inited``, when it is too late to set up a site.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from bibfolio.problems import stop


def setup(app: Sphinx) -> None:
    """Stop the build, and say what to write."""
    message = 'html_theme is "bibfolio", but its extension is not loaded'
    stop([f'{Path(app.confdir, "conf.py")}: {message}; write extensions = ["bibfolio"] as well'])
