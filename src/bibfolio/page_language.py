"""Speaks the language of each page while it is read, resolved and written.

Between these the default language of the site is spoken. All that is said on a page follows from
that: words of ours, and in pages of another language than the default those of Sphinx and theme.
No catalogue that Sphinx has loaded is exchanged: with several processes it resolves some pages
before it writes the first of them.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pydata_sphinx_theme  # type: ignore[import-untyped]
from docutils import nodes
from docutils.utils import normalize_language_tag
from docutils.utils.smartquotes import smartchars
from sphinx import addnodes, locale
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from bibfolio.config import trees_of
from bibfolio.languages import SPHINX, for_sphinx
from bibfolio.library import home_pages, tree_of_page
from bibfolio.model import words

#: Notes whose title is theirs, or that have none.
_WITH_TITLE = frozenset({"admonition", "system_message", "topic"})
_THEME = Path(pydata_sphinx_theme.__file__).parent / "locale"


def _has_several(env: BuildEnvironment) -> bool:
    return len(trees_of(env.config)) > 1


def _speak(env: BuildEnvironment, page: str = "") -> None:
    """Speak the language of a page from now on, or that of the site."""
    if _has_several(env):
        words.speak(tree_of_page(env, page).tag)


def _read(app: Sphinx, page: str, _source: list[str]) -> None:
    """Speak the language of a page that is about to be read."""
    _speak(app.env, page)


def _speak_default(app: Sphinx, *_arguments: object) -> list[Any]:
    """Speak the language of the site again, for what is no page."""
    _speak(app.env)
    return []


def _let_home_be(app: Sphinx, _doctree: nodes.document) -> None:
    """Have no warning that the home page of a language is in no table of contents."""
    page = app.env.docname
    if _has_several(app.env) and page in home_pages(app.env).values():
        app.env.metadata[page].setdefault("orphan", "")


class Quotes(SphinxTransform):
    """Have the page's own quotation marks; a page whose language has none keeps those written."""

    # Before those are set (750).
    default_priority = 740

    def apply(self, **_kwargs: Any) -> None:
        """Name the language to docutils, which has one set of settings for all pages."""
        if _has_several(self.env):
            tag = for_sphinx(words.spoken().tag)
            has_some = any(name in smartchars.quotes for name in normalize_language_tag(tag))
            self.document.settings.language_code = tag if has_some else self.config.language
            self.document.settings.smart_quotes = has_some and bool(self.config.smartquotes)


class PageLanguage(SphinxPostTransform):
    """Speak the language of a page that is about to be resolved."""

    # Before any other.
    default_priority = 1

    def run(self, **_kwargs: Any) -> None:
        """Say notes in it, which writers would say in the default language."""
        _speak(self.env, self.env.docname)
        if tree_of_page(self.env, self.env.docname) == trees_of(self.config)[0]:
            return
        say = _catalogue(words.spoken().tag).gettext
        for note in list(self.document.findall(nodes.Element)):
            if isinstance(note, nodes.Admonition) and note.tagname not in _WITH_TITLE:
                is_also = isinstance(note, addnodes.seealso)
                label = "See also" if is_also else note.tagname.capitalize()
                _replace(note, nodes.title("", say(label)))


def _replace(note: nodes.Element, title: nodes.title) -> None:
    """Put an admonition with a title in the place of a note, whose title writers say."""
    names = [note.tagname, *note["classes"]]
    note.replace_self(nodes.admonition("", title, *note.children, ids=note["ids"], classes=names))


@functools.cache
def _catalogue(tag: str) -> Any:
    """Return what Sphinx and the theme say in a language."""
    name = for_sphinx(tag)
    return locale.init([SPHINX, _THEME], name, "sphinx", f"bibfolio-{name}")[0]


def _write(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Speak the language of a page that is about to be written, and have its templates do so."""
    if not _has_several(app.env):
        return
    _speak(app.env, page)
    tree = tree_of_page(app.env, page)
    if tree != trees_of(app.config)[0]:
        catalogue = _catalogue(tree.tag)
        context |= {
            "_": catalogue.gettext,
            "gettext": catalogue.gettext,
            "ngettext": catalogue.ngettext,
            "language": tree.tag,
        }


def setup(app: Sphinx) -> None:
    """Speak first of all that reads, resolves and writes a page, and after each of these."""
    app.add_transform(Quotes)
    app.add_post_transform(PageLanguage)
    app.connect("source-read", _read, priority=0)
    app.connect("doctree-read", _let_home_be)
    app.connect("env-updated", _speak_default, priority=0)
    app.connect("html-collect-pages", _speak_default, priority=0)
    app.connect("html-page-context", _write, priority=0)
    app.connect("build-finished", _speak_default, priority=0)
