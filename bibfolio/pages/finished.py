"""Reads and resolves the pages of papers without the steps that exist for what people write.

Sphinx prepares every document alike: a set of settings of its own, some forty transforms that look
for what an author may have left to do, as many again when it is written. A paper's page is drawn
from the model and needs five of them; for a thousand papers that is the greater part of a build.
What is done here is what ``sphinx.builders.Builder.read_doc`` (9.0) does, for documents without a
text.

Pages with notes of the owner's, builds in another language and builders other than those of a site
take Sphinx's way. So does everything else if ``FOR_AUTHORS`` is made empty: that way may be
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

from bibfolio.domain import paper_domain
from bibfolio.folio import Folio, folio_of
from bibfolio.known import FOR_AUTHORS
from bibfolio.model import Paper
from bibfolio.output import makes_site
from bibfolio.pages.cited_on import CitedOn
from bibfolio.pages.landing import PaperPages, fill, headed, noted, page, paper_page
from bibfolio.pages.sitelinks import SiteLinks
from bibfolio.pages.writing import Writing
from bibfolio.worker import FEW

#: So many documents, of titles only, stay in memory until they are written: 15 kB each.
_KEPT = 2000
_NEEDED = {DoctreeReadEvent, SphinxDomains, PaperPages, CitedOn, SiteLinks}


class _Pages:
    """The pages of one application that are treated so."""

    def __init__(self) -> None:
        self._names: frozenset[str] = frozenset()
        #: Whether nothing is said of a page that would have to be drawn to be known.
        self._have_only_titles = False
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
            # Other themes have a table of contents on each page.
            self._have_only_titles = app.builder.theme.name == "bibfolio"  # type: ignore[attr-defined]
            Writing(app, self._names, have_contents=not self._have_only_titles).answer()

        def get_post_transforms() -> list[type[Transform]]:
            all_ = ask()
            return _needed(all_) if env.current_document.docname in self._names else all_

        app.registry.get_post_transforms = get_post_transforms  # type: ignore[method-assign]

    def outdated(self, _app: Sphinx, env: BuildEnvironment, *_docnames: object) -> list[str]:
        """``env-get-outdated``: all, if the theme wants to know more of them than was read."""
        data, now = paper_domain(env).data, self._have_only_titles
        if not self._names:  # another builder: any of them draws what it needs
            return []
        before, data["only_titles"] = data["only_titles"], now
        return sorted(self._names & env.found_docs) if before != now else []

    def read(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """``env-before-read-docs``: read these pages now, and leave Sphinx the others."""
        self._read = [name for name in docnames if name in self._names]
        if not self._read:
            return
        docnames[:] = [name for name in docnames if name not in self._names]
        if len(docnames) < FEW <= len(self._names):
            # Sphinx (9.0) takes two processes from six pages on, and both send back all they know:
            # every paper. Delete when they send what they have read.
            builder: Any = app.builder
            builder._read_parallel = lambda names, nproc: builder._read_serial(names)
        with progress_message(f"reading the pages of {len(self._read)} papers"):
            settings, folio = _settings(env), folio_of(env)
            # Otherwise they are loaded when they are written, which takes longer but less memory.
            is_kept = self._have_only_titles and len(self._read) <= _KEPT
            for name in self._read:
                app.events.emit("env-purge-doc", env, name)
                env.clear_doc(name)
                paper = folio.papers[folio.places[name]]
                document = _read_page(app, env, paper, self._content(folio, paper), settings)
                app.builder.write_doctree(name, document, _cache=is_kept)
            # As Sphinx leaves it: what is in it is copied for every page that is resolved.
            env.current_document.clear()
            env.ref_context.clear()

    def _content(self, folio: Folio, paper: Paper) -> nodes.section:
        if self._have_only_titles:
            return headed(paper, paper_page(key=paper.key))
        return page(paper, *folio.neighbours(paper))

    def tell(self, _app: Sphinx, _env: BuildEnvironment) -> Iterable[str]:
        """``env-updated``: these pages are new or have changed, and are to be written."""
        return self._read


def _settings(env: BuildEnvironment) -> Any:
    """Settings for all documents; ``env`` is the one that extensions look for."""
    settings = get_default_settings()
    for name, value in env.settings.items():
        setattr(settings, name, value)
    return settings


def _read_page(
    app: Sphinx, env: BuildEnvironment, paper: Paper, content: nodes.section, settings: Any
) -> nodes.document:
    env.prepare_settings(paper.page)
    source = str(env.doc2path(paper.page))
    document = nodes.document(settings.copy(), LoggingReporter(source), source=source)
    document.settings._source = source
    fill(env, document, paper, content)
    document.transformer = transformer = SphinxTransformer(document)
    transformer.set_environment(env)
    transformer.add_transforms(_needed(app.registry.get_transforms()))
    transformer.apply_transforms()
    env.all_docs[paper.page] = time.time_ns() // 1_000
    return document


def _needed(transforms: Iterable[type[Transform]]) -> list[type[Transform]]:
    return [t for t in transforms if t in _NEEDED or not t.__module__.startswith(FOR_AUTHORS)]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Come before Sphinx when pages are read, and answer for its registry when they are written."""
    pages = _Pages()
    app.connect("builder-inited", pages.choose)
    app.connect("env-get-outdated", pages.outdated)
    # After all others, who may change the list and count on its being complete.
    app.connect("env-before-read-docs", pages.read, priority=900)
    app.connect("env-updated", pages.tell)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
