"""Tables of the profile as directives: ``{talks}``, ``{service}``, … of the domain ``bib``."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective, is_directive_registered
from sphinx.util.typing import ExtensionMetadata

from bibfolio.library import TABLES, library_of, note_bibliography, tables_of
from bibfolio.model.lines import entries_of
from bibfolio.pages.empty_sections import mark_section
from bibfolio.pages.entries import timeline
from bibfolio.pages.nodes import as_written
from bibfolio.problems import WarningKind, warn


def pages_with_table(env: BuildEnvironment, name: str) -> list[str]:
    """Return the pages that show a table, or the owner's own section with this identifier."""
    return sorted(page for page in env.metadata if name in tables_of(env, page))


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
        if content:
            data = self.env.metadata[self.env.docname]
            data[TABLES] = f"{data.get(TABLES, '')} {self.table}".strip()
        return [*as_written(*content), mark_section(self, self.table, content)]

    def items(self) -> list[nodes.Node]:
        """Return the nodes of all items."""
        library = library_of(self.env)
        return timeline(entries_of(library.profile, self.table), library.by_key)


class SectionDirective(TableDirective):
    """``{section} ID``: a section of the owner's own, by its identifier."""

    required_arguments = 1

    @property
    def table(self) -> str:
        """Return the identifier."""
        return str(self.arguments[0])

    def items(self) -> list[nodes.Node]:
        """Return the nodes of all items, or nothing after a warning."""
        known = [section.id for section in library_of(self.env).profile.sections]
        if self.table not in known:
            there = f"there are: {', '.join(known)}" if known else "there is none"
            message = f"the profile has no [[sections]] with the id {self.table!r}; {there}"
            warn(WarningKind.DIRECTIVE, message, self.get_location())
        return super().items()


DIRECTIVES: dict[str, type[SphinxDirective]] = {
    **dict.fromkeys(("talks", "service", "mentoring", "grants", "software"), TableDirective),
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
