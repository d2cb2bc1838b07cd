"""Gives the documentation the typefaces and the colours of a site made with bibfolio.

The theme stays the stock pydata-sphinx-theme: its variables of CSS get other values, from the
package's own palette and fonts. What is written by hand is in ``_static/docs.css``.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

import bibfolio
from bibfolio.model.colours import PALETTE
from bibfolio.theme.colours import variables
from bibfolio.theme.layout import font_rules

SHEET = "bibfolio-look.css"


def sheet() -> str:
    """Return the rules for our fonts and colours, which the theme asks for by mode."""
    found = variables(PALETTE).items()
    light = "".join(f"{name}:{colour.light};" for name, colour in found)
    dark = "".join(f"{name}:{colour.dark};" for name, colour in found)
    modes = (f":root[data-theme=light]{{{light}}}", f":root[data-theme=dark]{{{dark}}}")
    return "\n".join((font_rules("."), *modes, ""))


def _copy_fonts(_app: Sphinx, config: Config) -> None:
    """Have the fonts of our theme copied beside the static files of the documentation."""
    fonts = Path(bibfolio.__file__).parent / "theme" / "static"
    config.html_static_path += sorted(map(str, fonts.glob("*.woff2")))


def _write_sheet(app: Sphinx, exception: Exception | None) -> None:
    """Write the rules."""
    if not exception and app.builder.format == "html":
        Path(app.outdir, "_static", SHEET).write_text(sheet(), encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Have fonts copied and the rules written, and both sheets loaded."""
    app.add_css_file(SHEET)
    app.add_css_file("docs.css")
    app.connect("config-inited", _copy_fonts)
    app.connect("build-finished", _write_sheet)
