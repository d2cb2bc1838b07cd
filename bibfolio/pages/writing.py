"""Has the pages of papers written without what Sphinx prepares for the pages of manuals.

For every page it draws its title and its table of contents as HTML, for which it builds two more
translators, and looks for the pages before and after it. A paper's page stands in no tree, its
title is known as text, and its table of contents is nothing but the title.

With several processes, Sphinx shares out only the last step: drawing, references and the index of
the search stay with the first one. The pages of papers need nothing of each other, so all of it is
shared out here; unless an extension that is not known looks at pages when they are resolved.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence, Set
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import SphinxParallelError
from sphinx.util.build_phase import BuildPhase
from sphinx.util.display import progress_message
from sphinx.util.parallel import ParallelTasks

from bibfolio.folio import folio_of
from bibfolio.known import are_known, listeners_are_known
from bibfolio.worker import FEW

#: What the index of a search is made of (``sphinx.search.IndexBuilder``, 9.0): by page or by word.
_BY_PAGE = ("_titles", "_filenames", "_all_titles", "_index_entries")
_BY_WORD = ("_mapping", "_title_mapping")


class Writing:
    """Answers for an HTML builder what concerns the pages called *names*."""

    def __init__(self, app: Sphinx, names: Set[str], *, have_contents: bool) -> None:
        self._app, self._names = app, names
        self._have_contents = have_contents
        self._taken = 0
        # Typed so, it can be asked for what only HTML builders have, and be given answers.
        builder: Any = app.builder
        self._builder = builder
        self._context: Callable[..., dict[str, Any]] = builder.get_doc_context
        self._write: Callable[[Set[str]], None] = builder.write_documents

    def answer(self) -> None:
        """Be asked in place of the builder.

        Delete each when Sphinx draws only what a template uses (sphinx/builders/html, 9.0), and
        resolves pages in the processes that write them (sphinx/builders, 9.0).
        """
        self._builder.get_doc_context = self.context
        self._builder.write_documents = self.write

    def context(self, docname: str, body: str, metatags: str) -> dict[str, Any]:
        """What the templates know of a page."""
        is_plain = docname in self._names and docname not in self._builder.relations
        if self._have_contents or not is_plain:
            return self._context(docname, body, metatags)
        config, env = self._app.config, self._app.env
        paper = folio_of(env).paper_of(docname)
        assert paper, "it was chosen among those of papers"
        suffix = str(env.doc2path(docname, False))[len(docname) :]
        source = docname + suffix + config.html_sourcelink_suffix
        return {
            "parents": [],
            "prev": None,
            "next": None,
            "title": html.escape(paper.name),
            "meta": env.metadata.get(docname),
            "body": body,
            "metatags": metatags,
            "rellinks": self._builder.globalcontext["rellinks"][:],
            "sourcename": source if config.html_copy_source else "",
            "toc": "",
            "display_toc": False,
            "page_source_suffix": suffix,
        }

    def write(self, docnames: Set[str]) -> None:
        """Write *docnames*: those of papers in processes of their own, if there may be any."""
        may_share = self._builder.parallel_ok and self._is_known_what_sees_pages()
        shared = sorted(docnames & self._names) if may_share else []
        if len(shared) < FEW:
            self._write(docnames)
            return
        # The first one compiles templates and looks up languages, which all processes inherit.
        self._write_pages(shared[:1])
        count = min(self._app.parallel, len(shared) - 1)
        # All are started at once: Sphinx (9.0) forgets one that fails while it starts another.
        tasks, self._taken = ParallelTasks(0), 0
        try:
            for share in range(1, count + 1):
                tasks.add_task(self._write_share, shared[share::count], self._take)
            tasks.nproc = count
            tasks._join_one()
            others = docnames - self._names
            if len(others) < FEW:
                self._builder._write_serial(sorted(others))
            else:
                self._write(others)
            with progress_message(f"writing the pages of {len(shared)} papers"):
                tasks.join()
            if self._taken != count:
                raise SphinxParallelError("pages of papers are missing", "")
        finally:
            tasks.terminate()

    def _is_known_what_sees_pages(self) -> bool:
        """Whether nobody collects anything while pages are resolved.

        Sphinx resolves them in the first process, and extensions may count on that.
        """
        transforms = self._app.registry.get_post_transforms()
        return listeners_are_known(self._app, "doctree-resolved") and are_known(
            transform.__module__ for transform in transforms
        )

    def _write_share(self, docnames: Sequence[str]) -> dict[str, Any]:
        """In a process of its own: write these pages → what the first process has to know."""
        indexer = self._builder.indexer
        for part in (*_BY_PAGE, *_BY_WORD) if indexer else ():
            setattr(indexer, part, {})
        self._builder.images.clear()
        self._write_pages(docnames)
        parts = {part: getattr(indexer, part) for part in (*_BY_PAGE, *_BY_WORD)} if indexer else {}
        return {"images": self._builder.images, **parts}

    def _write_pages(self, docnames: Sequence[str]) -> None:
        """What ``sphinx.builders`` (9.0) does for each page."""
        builder, env = self._builder, self._app.env
        for name in docnames:
            builder.phase = BuildPhase.RESOLVING
            doctree = env.get_and_resolve_doctree(name, builder, tags=builder.tags)
            builder.phase = BuildPhase.WRITING
            builder.write_doc_serialized(name, doctree)
            builder.write_doc(name, doctree)

    def _take(self, _docnames: Sequence[str], found: dict[str, Any]) -> None:
        """Add to the first process what another one has *found*."""
        self._taken += 1
        self._builder.images.update(found.pop("images"))
        for part, entries in found.items():
            whole = getattr(self._builder.indexer, part)
            if part in _BY_PAGE:
                whole.update(entries)
                continue
            for word, pages in entries.items():
                whole.setdefault(word, set()).update(pages)
