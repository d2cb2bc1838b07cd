"""Tables of the profile as directives: ``{talks}``, ``{service}``, … of the domain ``bib``."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from itertools import groupby
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.docutils import SphinxDirective, is_directive_registered
from sphinx.util.typing import ExtensionMetadata

from bibfolio.library import library_of, note_bibliography, note_table
from bibfolio.model import lines
from bibfolio.model.news import DERIVED, news
from bibfolio.pages.empty_sections import mark_section
from bibfolio.pages.entries import timeline
from bibfolio.pages.nodes import as_written, free_id, jumps, section
from bibfolio.problems import WarningKind, warn

#: From so many lines of news on, years are headings; and there are links to them.
_YEARS, _JUMPS = 20, 30


class TableDirective(SphinxDirective):
    """Every item of the table that the directive is called after; nothing if there is none."""

    @property
    def table(self) -> str:
        """Return the name of the table, without the domain."""
        return self.name.rpartition(":")[2]

    def run(self) -> list[nodes.Node]:
        """Return what the table holds."""
        note_bibliography(self.env)  # whose papers it names
        content = self.items()
        if content and "limit" not in self.options:
            note_table(self.env, self.table)
        return [*as_written(*content), mark_section(self, self.table, content)]

    def items(self) -> list[nodes.Node]:
        """Return the nodes of all items."""
        library = library_of(self.env)
        return timeline(lines.entries_of(library.profile, self.table), library.by_key)


class SectionDirective(TableDirective):
    """``{section} ID``: a section of the owner's own, by its identifier."""

    required_arguments = 1

    @property
    def table(self) -> str:
        """Return the identifier."""
        return str(self.arguments[0])

    def items(self) -> list[nodes.Node]:
        """Return the nodes of all items, or nothing after a warning."""
        known = [own.id for own in library_of(self.env).profile.sections]
        if self.table not in known:
            there = f"there are: {', '.join(known)}" if known else "there is none"
            message = f"the profile has no [[sections]] with the id {self.table!r}; {there}"
            warn(WarningKind.DIRECTIVE, message, self.get_location())
        return super().items()


class NewsDirective(TableDirective):
    """What the owner writes, and what papers, talks and awards tell."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        "limit": directives.positive_int,
        "derived": directives.unchanged,
    }

    def items(self) -> list[nodes.Node]:
        """Return a list, or a section for each year of a long one."""
        library, derived, limit = library_of(self.env), self._derived(), self.options.get("limit")
        found = news(library.profile, library.papers, derived)[:limit]
        for kind in derived if found and not limit else ():
            note_table(self.env, f"news:{kind}")
        if limit or len(found) < _YEARS:
            return timeline(map(lines.news, found), library.by_key)
        parts = [(str(year), [*of]) for year, of in groupby(found, lambda one: one.date.start.year)]
        ids = [free_id(self, self.table, year) for year, _of in parts]
        links = [jumps(((year, len(of)) for year, of in parts), ids)]
        years = [
            section(self, id_, year, *timeline(map(lines.news, of), library.by_key))
            for id_, (year, of) in zip(ids, parts, strict=True)
        ]
        return [*(links if len(found) >= _JUMPS else []), *years]

    def _derived(self) -> Collection[str]:
        """Return what tells news here; all of it after a warning."""
        words = re.split(r"\s*,\s*", self.options.get("derived", ", ".join(DERIVED)).strip())
        if words == ["none"]:
            return ()
        for unknown in (word for word in words if word not in DERIVED):
            message = f"news derives nothing from {unknown!r}; write none, or {', '.join(DERIVED)}"
            warn(WarningKind.DIRECTIVE, f"{message}; showing all of it", self.get_location())
            return DERIVED
        return words


DIRECTIVES: dict[str, type[SphinxDirective]] = {
    **dict.fromkeys(("talks", "service", "mentoring", "grants", "software"), TableDirective),
    "news": NewsDirective,
    "section": SectionDirective,
}


def _add_short_names(app: Sphinx, _config: Config) -> None:
    """Register names without the domain that no other extension has taken."""
    for name, directive in DIRECTIVES.items():
        if not is_directive_registered(name):
            app.add_directive(name, directive)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register every directive in the domain; under its short name when all are loaded."""
    for name, directive in DIRECTIVES.items():
        app.add_directive_to_domain("bib", name, directive)
    app.connect("config-inited", _add_short_names, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
