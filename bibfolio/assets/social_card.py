"""A picture for link previews of every page: title, venue and name, set by Typst.

Typst's own fonts are used (Libertinus), so that the picture is the same on every machine; system
fonts only for scripts those lack. All pictures of a build are set in one run, and only those whose
words have changed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import cast

import typst
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from bibfolio.folio import Folio, folio_of
from bibfolio.ledger import Ledger
from bibfolio.output import NOT_INDEXED, Output, makes_site

_TEMPLATE = Path(__file__).with_name("social_card.typ")


@dataclass(frozen=True, slots=True)
class CardText:
    """The words of a picture."""

    label: str
    title: str
    name: str


def pictures(cards: Sequence[CardText]) -> list[bytes]:
    """PNG, 1200 × 630 pixels, one for each of *cards*."""
    if not cards:
        return []
    data = json.dumps([asdict(card) for card in cards])
    result = typst.compile(_TEMPLATE, format="png", ppi=72, sys_inputs={"cards": data})
    # One page gives bytes, several a list of them; the stubs know only the first.
    return [result] if len(cards) == 1 else cast(list[bytes], result)


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


def _draw(app: Sphinx, exception: Exception | None) -> None:
    if not makes_site(app, exception):
        return
    output, env = Output(app), app.env
    titles = {d: env.titles[d].astext() for d in sorted(env.all_docs.keys() - NOT_INDEXED)}
    texts = card_texts(folio_of(env), titles, app.config.root_doc)
    cards = {f"cards/{page}.png": card for page, card in texts.items()}
    common = f"{version('typst')}\n{_TEMPLATE.read_text(encoding='utf-8')}"
    recipes = {path: f"{common}\n{card}" for path, card in cards.items()}
    ledger = Ledger(app, "social_cards")
    stale = ledger.stale(recipes)
    for path, picture in zip(stale, pictures([cards[path] for path in stale]), strict=True):
        output.write(path, picture)
    output.keep_only("cards", set(cards))
    ledger.enter(recipes)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Draw when the pages are written."""
    app.connect("build-finished", _draw)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
