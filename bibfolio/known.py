"""Who else works on a site, as far as this package knows what they do.

Steps are left out for the sake of speed only where nobody unknown may count on them.
"""

from __future__ import annotations

from collections.abc import Iterable

from sphinx.application import Sphinx

#: Whose transforms are for what people write: they find nothing in the page of a paper, and what
#: they do while a page is resolved is done to that page.
FOR_AUTHORS = (
    "docutils.",
    "sphinx.",
    "myst_parser.",
    "sphinxcontrib.bibtex.",
    "pydata_sphinx_theme.",
    "bibfolio.",
)
#: Who collects nothing while pages are resolved, and makes what is of no page of settings, of pages
#: and of files that are looked at (``standstill.beside``, ``upkeep._settings``).
_KNOWN = (*FOR_AUTHORS, "alabaster.", "notfound.", "sphinxext.rediraffe.")
#: Of these, who reads others: programs.
_NOT_KNOWN = ("sphinx.ext.viewcode.",)


def module_of(handler: object) -> str:
    """Where it was defined; empty if that is not known, as of what a ``conf.py`` defines."""
    return getattr(handler, "__module__", None) or ""


def are_known(modules: Iterable[str]) -> bool:
    """Whether all of these modules are of extensions that this package knows."""
    names = [f"{module}." for module in modules]
    return all(name.startswith(_KNOWN) and not name.startswith(_NOT_KNOWN) for name in names)


def listeners_are_known(app: Sphinx, *events: str) -> bool:
    """Whether all are known who listen to these *events*."""
    listeners = [one for event in events for one in app.events.listeners.get(event, ())]
    return are_known(module_of(one.handler) for one in listeners)
