"""A picture for link previews of every page: title, venue, name and drawing, made by Typst.

Typst's own fonts are used (Libertinus), so that the picture is the same on every machine; system
fonts only for scripts those lack. A picture is drawn when its page is written.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path

import typst
from sphinx.application import Sphinx
from sphinx.builders import Builder

from bibfolio.config import palette_of
from bibfolio.languages import typography
from bibfolio.library import Library, home_page, library_of, site_name
from bibfolio.model.colours import PALETTE, Palette
from bibfolio.model.mark import as_file
from bibfolio.model.paper import JOURNAL_KINDS
from bibfolio.model.sentence import in_series
from bibfolio.model.words import spoken
from bibfolio.output import NOT_INDEXED, Output, makes_site

_TEMPLATE = Path(__file__).with_name("social_card.typ")
#: The template's page has as many points as :data:`bibfolio.machines.head.IMAGE_SIZE` has pixels.
_PPI = 72


@dataclass(frozen=True, slots=True)
class CardText:
    """What stands on a picture."""

    label: str
    title: str
    name: str
    #: What follows the short title of a paper.
    rest: str = ""
    #: SVG without colours, and the number of the topic that gives it one.
    drawing: str = ""
    topic: str = "1"
    #: SVG of the site's mark, in its colours; it is on pictures without a drawing.
    mark: str = ""
    colours: Palette = PALETTE
    language: str = "en"


def card_text(library: Library, docname: str, title: str, *, is_home: bool, name: str) -> CardText:
    """Return what stands on the picture for a page with this *title*, without mark and colours.

    The home page says who, where and on what; *name* is what the site is called.
    """
    profile = library.profile
    if paper := library.paper_of(docname):
        whole, short = paper.title.plain, paper.short_title
        begin = re.match(rf"{re.escape(short)}\s*[:–—]\s*(?=\S)", whole) if short else None
        title, rest = (short, whole[begin.end() :]) if begin else (whole, "")
        who = " · ".join(filter(None, (name, profile.affiliation.institution)))
        colour = next((library.topic_classes[topic] for topic in paper.topics), "topic-0")
        svg = paper.figure.svg if paper.figure else ""
        journal = paper.venue.name if paper.kind in JOURNAL_KINDS else ""
        label = paper.badge or ", ".join(filter(None, (journal, paper.year)))
        return CardText(label, title, who, rest, svg, colour[-1])
    if is_home:
        return CardText(profile.affiliation.institution, name, in_series(profile.interests))
    return CardText("", title, name)


def draw_card(words: CardText) -> bytes:
    """Return the picture as a PNG.

    Each is a document of one page: such a one Typst sets without its other threads, which a process
    forked for parallel writing does not have.
    """
    texts = {item.name: getattr(words, item.name) for item in fields(words)}
    shown = "".join((words.label, words.title, words.rest, words.name))
    inputs = texts | {
        "colours": json.dumps(words.colours.in_light),
        "typography": json.dumps(typography(words.language, shown)),
    }
    try:
        picture = _compiler().compile(format="png", ppi=_PPI, sys_inputs=inputs)
    except BaseException as error:  # Typst panics at absurd sizes, with what is no Exception
        if not words.drawing or isinstance(error, KeyboardInterrupt):
            raise
        return draw_card(replace(words, drawing=""))
    assert isinstance(picture, bytes), "one page"
    return picture


@cache
def _compiler() -> typst.Compiler:
    """Return what draws; looking for fonts takes as long as a picture, so it is done once."""
    return typst.Compiler(_TEMPLATE, font_paths=typst.Fonts())


# -- Sphinx ------------------------------------------------------------------------------------


def _draws_cards(app: Sphinx) -> bool:
    """Return whether there are pictures: networks only take those with an absolute address."""
    return makes_site(app) and Output(app).has_address


def _find_fonts(app: Sphinx, _builder: Builder) -> None:
    """Look for fonts before the processes that write pages are forked."""
    if _draws_cards(app):
        _compiler()


def _draw_card(
    app: Sphinx, pagename: str, _template: str, _context: object, _doctree: object
) -> None:
    """Draw the picture of a page that is written."""
    env = app.env
    if not _draws_cards(app) or pagename not in env.all_docs or pagename in NOT_INDEXED:
        return
    title, is_home = env.titles[pagename].astext(), pagename == home_page(env)
    library = library_of(env)
    words = card_text(library, pagename, title, is_home=is_home, name=site_name(env))
    palette, dots = palette_of(app.config), library.mark()
    mark = as_file(dots, palette) if dots else ""
    language = spoken().tag
    picture = draw_card(replace(words, mark=mark, colours=palette, language=language))
    Output(app).write(f"cards/{pagename}.png", picture)


def setup(app: Sphinx) -> None:
    """Draw a picture whenever a page is written."""
    app.connect("write-started", _find_fonts)
    app.connect("html-page-context", _draw_card)
