"""A picture for link previews of every page: title, venue and name, set by Typst.

Typst's own fonts are used (Libertinus), so that the picture is the same on every machine; system
fonts only for scripts those lack. Only pictures whose words have changed are set, by ``painter``,
beside the writing of the pages.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.errors import ExtensionError
from sphinx.util.typing import ExtensionMetadata

from bibfolio.folio import Folio, folio_of
from bibfolio.ledger import Ledger
from bibfolio.output import NOT_INDEXED, Output, makes_site

_TEMPLATE = Path(__file__).with_name("social_card.typ")
_PAINTER = Path(__file__).with_name("painter.py")


@dataclass(frozen=True, slots=True)
class CardText:
    """The words of a picture."""

    label: str
    title: str
    name: str


def card_texts(folio: Folio, titles: dict[str, str], home: str) -> dict[str, CardText]:
    """Page → words of its picture; *titles* are the titles of all public pages."""
    name = folio.profile.name
    texts = {page: CardText("", title, name) for page, title in titles.items()}
    for paper in folio.papers:
        if paper.page in texts:
            texts[paper.page] = CardText(paper.badge or paper.year, paper.title.plain, name)
    if home in texts:
        institution = folio.profile.affiliation.institution
        texts[home] = CardText(institution, name, ", ".join(folio.profile.interests))
    return texts


class _Drawing:
    """The pictures of one build: begun before the pages are written, finished after them."""

    def __init__(self) -> None:
        self._recipes: dict[str, str] = {}
        self._painter: subprocess.Popen[str] | None = None

    def begin(self, app: Sphinx, _builder: Builder) -> None:
        """``write-started``: have the pictures painted that are not as they should be."""
        if not makes_site(app):
            return
        env = app.env
        titles = {d: env.titles[d].astext() for d in sorted(env.all_docs.keys() - NOT_INDEXED)}
        texts = card_texts(folio_of(env), titles, app.config.root_doc)
        cards = {f"cards/{page}.png": card for page, card in texts.items()}
        common = _common_recipe()
        self._recipes = {path: f"{common}\n{card}" for path, card in cards.items()}
        stale = Ledger(app, "social_cards").stale(self._recipes)
        if stale:
            self._painter = paint(Path(app.outdir), {path: cards[path] for path in stale})

    def finish(self, app: Sphinx, exception: Exception | None) -> None:
        """``build-finished``: wait for the painter; or end it, if the build has failed."""
        painter, self._painter = self._painter, None
        if painter:
            if exception:
                painter.kill()
            _, errors = painter.communicate()
            if painter.returncode and not exception:
                raise ExtensionError(f"pictures for link previews failed: {errors.strip()}")
        if makes_site(app, exception):
            Output(app).keep_only("cards", set(self._recipes))
            Ledger(app, "social_cards").enter(self._recipes)


def _common_recipe() -> str:
    """All that decides what the pictures look like, but for words and the system's fonts.

    It is long, and part of the recipe of each: so only its digest.
    """
    versions = (version("typst"), version("pypdfium2"))
    sources = (file.read_text(encoding="utf-8") for file in (_TEMPLATE, _PAINTER))
    return hashlib.sha256("\n".join((*versions, *sources)).encode()).hexdigest()


def paint(folder: Path, cards: Mapping[str, CardText]) -> subprocess.Popen[str]:
    """Start to paint *cards* (path below *folder* → words) in a process of its own."""
    words = {path: asdict(card) for path, card in cards.items()}
    order = json.dumps({"template": str(_TEMPLATE), "folder": str(folder), "cards": words})
    # -P: what lies beside the script is not to be imported in place of the standard library.
    command = [sys.executable, "-P", str(_PAINTER)]
    painter = subprocess.Popen(
        command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert painter.stdin, "a pipe was asked for"
    with contextlib.suppress(BrokenPipeError), painter.stdin as pipe:
        pipe.write(order)  # a painter that has died says why when it is asked to finish
    painter.stdin = None
    return painter


def setup(app: Sphinx) -> ExtensionMetadata:
    """Draw while the pages are written."""
    drawing = _Drawing()
    app.connect("write-started", drawing.begin)
    app.connect("build-finished", drawing.finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
