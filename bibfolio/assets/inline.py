"""Puts the reduced stylesheet into every page, and a Content-Security-Policy that fits it.

One sheet for all pages: theme, Sphinx and site in their order, reduced by ``lean`` to what the
built pages use. It stands in the page itself, which saves a round trip before anything can be
drawn. All pages are looked at in every build, also those not written in it: a page written now may
be the first to use a rule. The policy allows no style at an element: sizes become classes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from bibfolio.assets import sizes
from bibfolio.assets.lean import reduce
from bibfolio.assets.used import used_by
from bibfolio.output import makes_site, replace_file
from bibfolio.problems import WarningKind
from bibfolio.warn import warn

_STYLE = re.compile(r'<style id="site-style">.*?</style>', re.DOTALL)
_MARK = b'<style id="site-style">'
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">')
_THEME = Path(__file__).parents[1] / "theme"
#: The one script that stands in pages. Others are not ours, and the policy does not allow them.
_OUR_SCRIPTS = re.findall(
    r"<script>(.*?)</script>", (_THEME / "layout.html").read_text(encoding="utf-8"), re.DOTALL
)
_CONTENT_ROOT = re.compile(r'data-content_root="([^"]*)"')
#: Files beside a stylesheet; data and other hosts stay as they are.
_URL = re.compile(r"url\((?![\"']?(?:data:|https?:|/|#))[\"']?([^\"')]+)[\"']?\)")
_ROOT = "{root}"
_IMPORT = re.compile(r"@import\s+(?:url\()?[\"']?([^\"'();]+)[\"']?\)?\s*;")


def policy(styles: list[str], scripts: list[str]) -> str:
    """The policy of a page with these inline *styles* and *scripts*, and nothing from elsewhere."""
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'" + _hashes(scripts),
            "style-src" + (_hashes(styles) or " 'none'"),
            "img-src 'self' data:",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
        ]
    )


def with_style(page: str, sheet: str) -> str:
    """*page* with *sheet* in the place for it, and the policy that allows just that."""
    root = _CONTENT_ROOT.search(page)
    assert root, "the layout says where the site's root is"
    style, meta = _style_and_policy(sheet, root[1])
    page = _STYLE.sub(lambda _: style, page, count=1)
    return _POLICY.sub(lambda _: meta, page, count=1)


@lru_cache(maxsize=64)  # one for each depth of folders
def _style_and_policy(sheet: str, root: str) -> tuple[str, str]:
    sheet = sheet.replace(_ROOT, root).replace("</", r"<\/")  # of a string, which would end it
    content = policy([sheet], _OUR_SCRIPTS)
    return (
        f'<style id="site-style">{sheet}</style>',
        f'<meta http-equiv="Content-Security-Policy" content="{content}">',
    )


def read_sheet(path: Path, root: Path) -> str:
    """A stylesheet with what it imports in place of the ``@import``.

    Files it refers to are named from *root*, the site's, for :func:`with_style` to make relative.
    """

    def from_root(match: re.Match[str]) -> str:
        return f"url({_ROOT}{_from_root(path.parent / match[1], root)})"

    # Every second piece is the address of an imported sheet.
    pieces = _IMPORT.split(path.read_text(encoding="utf-8"))
    for index, piece in enumerate(pieces):
        if index % 2:
            pieces[index] = read_sheet(path.parent / piece, root)
        else:
            pieces[index] = _URL.sub(from_root, piece)
    return "".join(pieces)


def _from_root(path: Path, root: Path) -> str:
    return path.resolve().relative_to(root.resolve()).as_posix()


def _hashes(texts: list[str]) -> str:
    digests = (hashlib.sha256(text.encode()).digest() for text in texts)
    return "".join(f" 'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


# -- Sphinx ----------------------------------------------------------------------------------


def _sheets(app: Sphinx) -> str:
    """Every stylesheet of the site, in the order in which a page would load them."""
    static = Path(app.outdir) / "_static"
    theme = [static / "styles" / "theme.css", static / "styles" / "pydata-sphinx-theme.css"]
    others = [Path(app.outdir) / str(css.filename) for css in app.builder._css_files]  # type: ignore[attr-defined]
    paths = dict.fromkeys([*theme, *others])
    return "\n".join(read_sheet(path, Path(app.outdir)) for path in paths if path.is_file())


def _inline(app: Sphinx, exception: Exception | None) -> None:
    if not makes_site(app, exception):
        return
    paths = [path for path in sorted(Path(app.outdir).rglob("*.html")) if _is_page(path)]
    names = {app.builder.get_outfilename(name): name for name in app.env.found_docs}  # type: ignore[attr-defined]
    scripts = sorted((_THEME / "static").glob("*.js"))
    # Each is read twice, for thousands do not fit into memory.
    used = used_by(
        (_STYLE.sub("", _with_classes(path, names.get(path))) for path in paths),
        (path.read_text(encoding="utf-8") for path in scripts),
    )
    sheet = reduce(_sheets(app), used) + sizes.rules(used.words)
    for path in paths:
        text = path.read_text(encoding="utf-8")
        new = with_style(sizes.with_classes(text)[0], sheet)
        if app.tags.has("preview"):  # sphinx-autobuild puts a script into pages, to reload them
            new = _POLICY.sub("", new)
        if new != text:
            replace_file(path, new.encode("utf-8"))


def _is_page(path: Path) -> bool:
    """Whether this is a page of ours: files of the owner's may be HTML too, in any encoding.

    And a redirect from ``about.html`` may be a folder of that name.
    """
    return path.is_file() and _MARK in path.read_bytes()


def _with_classes(path: Path, docname: str | None) -> str:
    """A page with its sizes as classes; warns of styles that no browser will follow."""
    page, refused = sizes.with_classes(path.read_text(encoding="utf-8"))
    for style in refused:
        message = (
            f"style={style!r} does nothing, as the policy of the page does not allow it; give"
            " the element a class, and the class a rule in _static/css/"
        )
        warn(WarningKind.STYLE, message, docname)
    return page


def setup(app: Sphinx) -> ExtensionMetadata:
    """Work on the pages when all are written."""
    app.connect("build-finished", _inline, priority=800)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
