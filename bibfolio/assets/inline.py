"""Puts the reduced stylesheet into every page, and a Content-Security-Policy that fits it.

One sheet for all pages: theme, Sphinx and site in their order, reduced by ``lean`` to what the
built pages use. It stands in the page itself, which saves a round trip before anything can be
drawn. All pages count in every build, also those not written in it: a page written now may be the
first to use a rule. Those that are as the last build has left them are not read, but remembered.
The policy allows no style at an element: sizes become classes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from bibfolio.assets import sizes
from bibfolio.assets.imports import ROOT, read_sheet
from bibfolio.assets.reduced import reduced
from bibfolio.assets.seen import Look, Seen, State, digest
from bibfolio.assets.used import used_by, used_on
from bibfolio.journal import files_below
from bibfolio.output import Output, beside_doctrees, makes_site, replace_file
from bibfolio.problems import WarningKind
from bibfolio.warn import warn

_OPENING, _CLOSING = '<style id="site-style">', "</style>"
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">')
_THEME = Path(__file__).parents[1] / "theme"
#: The one script that stands in pages. Others are not ours, and the policy does not allow them.
_OUR_SCRIPTS = re.findall(
    r"<script>(.*?)</script>", (_THEME / "layout.html").read_text(encoding="utf-8"), re.DOTALL
)
_CONTENT_ROOT = re.compile(r'data-content_root="([^"]*)"')


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
    page = _restyled(page, style)
    return _POLICY.sub(lambda _: meta, page, count=1)


def without_style(page: str) -> str:
    """*page* as it is before it gets a sheet."""
    return _restyled(page, _OPENING + _CLOSING)


def _restyled(page: str, style: str) -> str:
    # An expression that looks for the end at every letter takes a hundred times as long.
    before, _, rest = page.partition(_OPENING)
    _, closing, after = rest.partition(_CLOSING)
    return before + style + after if closing else page


@lru_cache(maxsize=64)  # one for each depth of folders
def _style_and_policy(sheet: str, root: str) -> tuple[str, str]:
    sheet = sheet.replace(ROOT, root).replace("</", r"<\/")  # of a string, which would end it
    content = policy([sheet], _OUR_SCRIPTS)
    return (
        f'<style id="site-style">{sheet}</style>',
        f'<meta http-equiv="Content-Security-Policy" content="{content}">',
    )


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
    output, seen = Output(app), Seen(beside_doctrees(app, "seen"))
    documents = {_place(app, name): name for name in app.env.found_docs}
    looks = {}
    for path, state in _html_files(app, output):
        # Read again later, for thousands do not fit into memory.
        looks[path] = seen.recall(path, state) or _look(Path(app.outdir, path), state)
        _warn_of(looks[path].refused, documents.get(path))
    given = ""
    if any(look.used for look in looks.values()):
        sheet, is_preview = _sheet(app, looks), app.tags.has("preview")
        given = digest(*_style_and_policy(sheet, ""), str(is_preview))
        for path, look in looks.items():
            is_current = given == seen.given and seen.recall(path, look.state)
            if look.used and not is_current and _give(Path(app.outdir, path), sheet, is_preview):
                looks[path] = replace(look, state=output.state(path) or look.state)
    # What is no document Sphinx writes in every build.
    seen.keep({path: look for path, look in looks.items() if path in documents}, given)


def _place(app: Sphinx, docname: str) -> str:
    file = Path(app.builder.get_outfilename(docname))  # type: ignore[attr-defined]
    return file.relative_to(app.outdir).as_posix()


def _html_files(app: Sphinx, output: Output) -> Iterator[tuple[str, State]]:
    """Those of the output, in the order of folders; the state of each."""
    paths = files_below(Path(app.outdir), Path(app.doctreedir))
    for path in sorted((p for p in paths if p.endswith(".html")), key=lambda p: p.split("/")):
        if state := output.state(path):
            yield path, state


def _look(file: Path, state: State) -> Look:
    """Read a page, unless it is not ours: files of the owner's may be HTML too, in any encoding."""
    if not file.is_file() or _OPENING.encode() not in (data := file.read_bytes()):
        return Look(state, None)
    text = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").decode("utf-8")
    page, refused = sizes.with_classes(without_style(text))
    return Look(state, used_on(_restyled(page, "")), tuple(refused))


def _warn_of(styles: tuple[str, ...], docname: str | None) -> None:
    """Warn of styles that no browser will follow."""
    for style in styles:
        message = (
            f"style={style!r} does nothing, as the policy of the page does not allow it; give"
            " the element a class, and the class a rule in _static/css/"
        )
        warn(WarningKind.STYLE, message, docname)


def _sheet(app: Sphinx, looks: Mapping[str, Look]) -> str:
    """The sheet for all pages."""
    scripts = sorted((_THEME / "static").glob("*.js"))
    used = used_by(
        (look.used for look in looks.values() if look.used),
        (path.read_text(encoding="utf-8") for path in scripts),
    )
    memory = Path(app.doctreedir) / "sheet.json"
    return reduced(_sheets(app), used, memory) + sizes.rules(used.words)


def _give(file: Path, sheet: str, is_preview: bool) -> bool:
    """Put *sheet* into a page; says whether that has changed it."""
    text = file.read_text(encoding="utf-8")
    new = with_style(sizes.with_classes(without_style(text))[0], sheet)
    if is_preview:  # sphinx-autobuild puts a script into pages, to reload them
        new = _POLICY.sub("", new)
    if new != text:
        replace_file(file, new.encode("utf-8"))
    return new != text


def setup(app: Sphinx) -> ExtensionMetadata:
    """Work on the pages when all are written."""
    app.connect("build-finished", _inline, priority=800)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
