"""A picture for link previews of every page: title, venue and name, set with Typst.

Typst's own fonts are used (Libertinus), so that the picture is the same on every machine; system
fonts only for scripts those lack. Only pictures whose words have changed are set, by ``painter``,
beside everything else.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import mkdtemp

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from bibfolio.library import Library, library_of
from bibfolio.journal import files_below
from bibfolio.ledger import Ledger
from bibfolio.output import NOT_INDEXED, Output, makes_site, move
from bibfolio.worker import FEW, Worker

_TEMPLATE = Path(__file__).with_name("social_card.typ")
_PAINTER = Path(__file__).with_name("painter.py")
_UNFINISHED = "unfinished_cards-"


@dataclass(frozen=True, slots=True)
class CardText:
    """The words of a picture."""

    label: str
    title: str
    name: str


def paper_cards(folio: Library) -> dict[str, CardText]:
    """Page → words of its picture, for every paper."""
    name = folio.profile.name
    return {p.page: CardText(p.badge or p.year, p.title.plain, name) for p in folio.papers}


def page_cards(folio: Library, titles: Mapping[str, str], home: str) -> dict[str, CardText]:
    """The same for other pages, with these *titles*."""
    name = folio.profile.name
    cards = {page: CardText("", title, name) for page, title in titles.items()}
    if home in cards:
        institution = folio.profile.affiliation.institution
        cards[home] = CardText(institution, name, ", ".join(folio.profile.interests))
    return cards


class _Drawing:
    """The pictures of one build: begun as soon as their words are known, finished at the end."""

    def __init__(self) -> None:
        self._recipes: dict[str, str] = {}
        self._painters: list[Worker] = []
        self._begun: list[str] = []
        self._unfinished: Path | None = None

    def begin(self, app: Sphinx, _env: BuildEnvironment, *_docnames: object) -> list[str]:
        """``env-get-outdated``, the first event of a build: those of papers, most of all."""
        self._recipes, self._begun = {}, []
        if makes_site(app):
            self._forget()
            for folder in Path(app.doctreedir).glob(f"{_UNFINISHED}*"):
                shutil.rmtree(folder, ignore_errors=True)  # of a build that was killed
            self._paint(app, paper_cards(library_of(app.env)))
        return []

    def tell(self, _app: Sphinx, _env: BuildEnvironment) -> list[str]:
        """``env-updated``: pages with a new picture are to be written, so that it has an end."""
        return [path.removeprefix("cards/").removesuffix(".png") for path in self._begun]

    def go_on(self, app: Sphinx, _builder: Builder) -> None:
        """``write-started``: those of pages whose titles had to be read."""
        if not makes_site(app):
            return
        env, folio = app.env, library_of(app.env)
        pages = sorted(env.all_docs.keys() - NOT_INDEXED - folio.places.keys())
        titles = {page: env.titles[page].astext() for page in pages}
        self._paint(app, page_cards(folio, titles, app.config.root_doc))

    def _paint(self, app: Sphinx, words: Mapping[str, CardText]) -> None:
        # What decides beside this package and the fonts of the system.
        versions = (version("typst"), version("pypdfium2"))
        cards = {f"cards/{page}.png": card for page, card in words.items()}
        recipes = {path: f"{versions} {card}" for path, card in cards.items()}
        self._recipes |= recipes
        self._begun = stale = Ledger(app, "social_cards").stale(recipes)
        count = app.parallel if len(stale) >= FEW else 1
        for share in filter(None, (stale[number::count] for number in range(count))):
            painter = paint(self._folder(app), {path: cards[path] for path in share})
            self._painters.append(painter)

    def finish(self, app: Sphinx, exception: Exception | None) -> None:
        """``build-finished``: wait for the painters; or end them, if the build has failed."""
        painters, self._painters = self._painters, []
        for painter in painters:
            painter.end() if exception else painter.result()
        if makes_site(app, exception):
            for path in list(files_below(self._folder(app))) if painters else ():
                move(self._folder(app) / path, Path(app.outdir) / path)
            Output(app).keep_only("cards", set(self._recipes))
            Ledger(app, "social_cards").enter(self._recipes)
        self._forget()

    def _folder(self, app: Sphinx) -> Path:
        """Where pictures are until the build has succeeded: one that fails leaves the site alone.

        No other build has the same, for a painter may outlive its own.
        """
        if self._unfinished is None:
            self._unfinished = Path(mkdtemp(prefix=_UNFINISHED, dir=app.doctreedir))
        return self._unfinished

    def _forget(self) -> None:
        if self._unfinished:
            shutil.rmtree(self._unfinished, ignore_errors=True)
        self._unfinished = None


def paint(folder: Path, cards: Mapping[str, CardText]) -> Worker:
    """Start to paint *cards* (path below *folder* → words)."""
    words = {path: asdict(card) for path, card in cards.items()}
    order = {"template": str(_TEMPLATE), "folder": str(folder), "cards": words}
    return Worker(_PAINTER, json.dumps(order).encode())


def setup(app: Sphinx) -> ExtensionMetadata:
    """Draw while the pages are read and written."""
    drawing = _Drawing()
    app.connect("env-get-outdated", drawing.begin)
    app.connect("env-updated", drawing.tell)
    app.connect("write-started", drawing.go_on)
    # After all pages are complete (800): there is nothing left to do beside the painting.
    app.connect("build-finished", drawing.finish, priority=850)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
