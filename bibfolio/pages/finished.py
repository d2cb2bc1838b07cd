"""Reads and resolves the pages of papers without the steps that exist for what people write.

Sphinx prepares every document alike: a set of settings of its own, some forty transforms that look
for what an author may have left to do, as many again when it is written. A paper's page is drawn
finished and needs four of them; for a thousand papers that is the greater part of a build. What is
done here is what ``sphinx.builders.Builder.read_doc`` (9.0) does, for documents without a text.

Pages with notes of the owner's, builds in another language and builders other than those of a site
take Sphinx's way. So does everything else if ``_FOR_AUTHORS`` is made empty: that way may be
slower, but the pages are the same (``tests/build/test_finished.py``).
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.transforms import Transform
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import DoctreeReadEvent, SphinxTransformer
from sphinx.transforms.references import SphinxDomains
from sphinx.util.display import progress_message
from sphinx.util.docutils import LoggingReporter
from sphinx.util.typing import ExtensionMetadata

from bibfolio.folio import folio_of
from bibfolio.output import makes_site
from bibfolio.pages.cited_on import CitedOn
from bibfolio.pages.landing import draw, noted
from bibfolio.pages.sitelinks import SiteLinks

#: Who brings transforms that find nothing in a page without Markdown, citations and references;
#: those of other extensions are always applied.
_FOR_AUTHORS = (
    "docutils.",
    "sphinx.",
    "myst_parser.",
    "sphinxcontrib.bibtex.",
    "pydata_sphinx_theme.",
    "bibfolio.",
)
_NEEDED = {DoctreeReadEvent, SphinxDomains, CitedOn, SiteLinks}


class _Pages:
    """The pages of one application that are treated so."""

    def __init__(self) -> None:
        self._names: frozenset[str] = frozenset()
        self._read: list[str] = []

    def choose(self, app: Sphinx) -> None:
        """``builder-inited``: which pages these are; have them resolved by what they need.

        Sphinx asks its registry for the transforms of every page anew; this answers for some.
        Delete when a transform can say which documents concern it (sphinx/environment).
        """
        env, ask = app.env, app.registry.get_post_transforms
        if makes_site(app) and env.config.language == "en":
            noted_ = noted(env)
            papers = (paper for paper in folio_of(env).papers if paper.key not in noted_)
            self._names = frozenset(paper.page for paper in papers)

        def get_post_transforms() -> list[type[Transform]]:
            all_ = ask()
            return _needed(all_) if env.current_document.docname in self._names else all_

        app.registry.get_post_transforms = get_post_transforms  # type: ignore[method-assign]

    def read(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """``env-before-read-docs``: read these pages now, and leave Sphinx the others."""
        self._read = [name for name in docnames if name in self._names]
        if not self._read:
            return
        docnames[:] = [name for name in docnames if name not in self._names]
        with progress_message(f"reading the pages of {len(self._read)} papers"):
            settings = _settings(env)
            for name in self._read:
                app.events.emit("env-purge-doc", env, name)
                env.clear_doc(name)
                _read_page(app, env, name, settings)
            # As Sphinx leaves it: what is in it is copied for every page that is resolved.
            env.current_document.clear()
            env.ref_context.clear()

    def tell(self, _app: Sphinx, _env: BuildEnvironment) -> Iterable[str]:
        """``env-updated``: these pages are new or have changed, and are to be written."""
        return self._read


def _settings(env: BuildEnvironment) -> Any:
    """Settings for all documents; ``env`` is the one that extensions look for."""
    settings = get_default_settings()
    for name, value in env.settings.items():
        setattr(settings, name, value)
    return settings


def _read_page(app: Sphinx, env: BuildEnvironment, name: str, settings: Any) -> None:
    env.prepare_settings(name)
    source = str(env.doc2path(name))
    document = nodes.document(settings.copy(), LoggingReporter(source), source=source)
    document.settings._source = source
    draw(env, name, document)
    document.transformer = transformer = SphinxTransformer(document)
    transformer.set_environment(env)
    transformer.add_transforms(_needed(app.registry.get_transforms()))
    transformer.apply_transforms()
    env.all_docs[name] = time.time_ns() // 1_000
    # Read again when it is written: thousands do not fit into memory.
    app.builder.write_doctree(name, document, _cache=False)


def _needed(transforms: Iterable[type[Transform]]) -> list[type[Transform]]:
    return [t for t in transforms if t in _NEEDED or not t.__module__.startswith(_FOR_AUTHORS)]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Come before Sphinx when pages are read, and answer for its registry when they are written."""
    pages = _Pages()
    app.connect("builder-inited", pages.choose)
    # After all others, who may change the list and count on its being complete.
    app.connect("env-before-read-docs", pages.read, priority=900)
    app.connect("env-updated", pages.tell)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
