"""Every use of something that is not public API: why, where upstream says so, and when it can go.

No other module of the package may use a name with an underscore of Sphinx, docutils, pybtex,
sphinxcontrib-bibtex or pydata-sphinx-theme.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.parsers import Parser
from sphinxcontrib.bibtex.domain import _FilterVisitor


def is_set(config: Config, name: str) -> bool:
    """Return whether the owner has set a value, in ``conf.py`` or on the command line.

    ``Config`` does not tell a value that is set from one that equals the default;
    pydata-sphinx-theme reads the same attribute (``utils.config_provided_by_user``). It can go when
    extensions may change a default: https://github.com/sphinx-doc/sphinx/issues/9573.
    """
    return name in config._raw_config or name in config.overrides


def written(config: Config) -> list[str]:
    """Return the names to which ``conf.py`` gives a value, whether or not anything reads it."""
    return list(config._raw_config)


def app_of(env: BuildEnvironment) -> Sphinx:
    """Return the application of a build, where an event does not hand it over.

    ``BuildEnvironment.app`` is deprecated since Sphinx 9.0, with no replacement for transforms that
    need the builder; Sphinx's own transforms use the same attribute. It can go when transforms are
    given the builder: https://github.com/sphinx-doc/sphinx/issues/14136.
    """
    return env._app


def markdown_parser(env: BuildEnvironment) -> Parser:
    """Return a new parser for the project's Markdown.

    Sphinx makes parsers only for documents. It can go when a parser can ask for another one.
    """
    return cast(Parser, env._registry.create_source_parser("markdown", config=env.config, env=env))


@contextmanager
def warnings_at(path: Path, docname: str) -> Iterator[None]:
    """Have warnings name the file where the words are written instead of the page *docname*.

    MyST-Parser (5.2) gives the document being read as the place of each. It can go when that asks
    the document for its source.
    """

    def rename(record: logging.LogRecord) -> bool:
        match getattr(record, "location", None):
            case (str(name), line) if name == docname:
                record.location = f"{path}:{line}"
        return True

    handlers = logging.getLogger("sphinx").handlers
    for handler in handlers:
        handler.addFilter(rename)
    try:
        yield
    finally:
        for handler in handlers:
            handler.removeFilter(rename)


def filter_visitor(entry: object, docname: str) -> Any:
    """Return sphinxcontrib-bibtex's evaluator of filter expressions for one pybtex entry.

    ``{publications}`` promises the filter language of ``{bibliography}``, which has no public
    function. It can go when the library offers one: mcmtroffaes/sphinxcontrib-bibtex, domain.py.
    """
    return _FilterVisitor(entry=entry, docname=docname, cited_docnames=frozenset())  # type: ignore[no-untyped-call]


def forget_words_without_pages(builder: Any) -> None:
    """Drop the words of removed pages from the search index of an incremental build.

    ``IndexBuilder.prune`` (Sphinx 9.0) keeps them with an empty list of pages, so that the words of
    a paper that has become a draft stay readable. It can go when ``prune`` drops them.
    """
    indexer = getattr(builder, "indexer", None)
    for words in (indexer._mapping, indexer._title_mapping) if indexer else ():
        for word in [word for word, pages in words.items() if not pages]:
            del words[word]
