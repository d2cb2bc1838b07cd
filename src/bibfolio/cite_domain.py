"""The ``cite`` domain of sphinxcontrib-bibtex, with the entries and types it would stumble over.

It parses and keeps its entries itself, as pybtex reads them; types that a style does not know are
mapped where entries are formatted. Where the bibliography is ours, because the project is a site or
has our style as its default, entries behind a mistake that ends its parsing are added, styles also
get what an entry inherits or says in fields of biblatex, and drafts are hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, cast

from docutils import nodes
from pybtex.database import BibliographyData, Entry
from pybtex.exceptions import PybtexError
from pybtex.plugin import find_plugin
from pybtex.style import FormattedEntry
from pybtex.style.formatting import BaseStyle
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import ObjType
from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.bibfile import BibData, BibFile, get_mtime, process_bibdata
from sphinxcontrib.bibtex.directives import BibliographyDirective, BibliographyKey
from sphinxcontrib.bibtex.domain import BibtexDomain, Citation
from sphinxcontrib.bibtex.foot_domain import BibtexFootDomain
from sphinxcontrib.bibtex.foot_roles import FootCiteRole
from sphinxcontrib.bibtex.roles import CiteRole

from bibfolio.config import STYLE, has_own_bibliography, is_site, set_defaults, trees_of
from bibfolio.library import CompleteList, OwnList, is_told, library_of, list_page, spoken_tree
from bibfolio.sources.bib_parser import RawEntry
from bibfolio.sources.pybtex_entries import (
    as_misc_if_incomplete,
    for_labels,
    for_style,
    read_entry,
    with_inherited_fields,
)

#: The group of plugins that are styles.
_STYLES = "pybtex.style.formatting"


def with_unread(
    bibdata: BibData, files: Mapping[Path, Mapping[str, RawEntry]], encoding: str
) -> BibData:
    """Return what sphinxcontrib-bibtex knows of *files*, with the entries that it does not reach.

    Its parser stops at the first syntax error, with an exception, and at the first repeated key,
    with a warning (https://github.com/mcmtroffaes/sphinxcontrib-bibtex/issues/104).

    Args:
        bibdata: what is known from the last build; read again if a file has changed.
        files: the path of each file, and its entries by their keys.
        encoding: how the files are written.
    """
    try:
        result = process_bibdata(bibdata, list(files), encoding)
    except (PybtexError, UnicodeError):
        unread = {path: BibFile(get_mtime(path), {}) for path in files}
        result = BibData(encoding, unread, BibliographyData())
    for path, entries in files.items():
        for key, raw in entries.items():
            if key not in result.data.entries:
                result.data.entries[key] = read_entry(raw, key)
                result.bibfiles[path].keys[key] = None
    return result


def formatting_once(name: str) -> type[BaseStyle]:
    """Return the style of this name, as one that formats an entry once, whatever its label.

    For a list, an entry is tried, and sphinxcontrib-bibtex then formats it for the list and for
    tooltips. A style with a ``format_entry`` of its own may print the label, and stays as it is.
    """
    style: type[BaseStyle] = find_plugin(_STYLES, name)
    if style.format_entry is not BaseStyle.format_entry:
        return style
    formatted: dict[int, tuple[Entry, FormattedEntry]] = {}

    def format_entry(
        self: BaseStyle, label: str, entry: Entry, bib_data: object = None
    ) -> FormattedEntry:
        if id(entry) not in formatted:  # entries cannot be hashed; this one is kept with its text
            formatted[id(entry)] = entry, style.format_entry(self, label, entry, bib_data)
        return FormattedEntry(entry.key, formatted[id(entry)][1].text, label)

    return type(style.__name__, (style,), {"format_entry": format_entry})


def prepare(
    env: BuildEnvironment,
    entries: Iterable[Entry],
    styles: Mapping[str, type[BaseStyle]],
    is_own: bool = False,
    is_note: bool = False,
) -> Iterator[Entry]:
    """Yield each of *entries* as *styles*, by their names, can format it.

    In a list or a bibliography that *is_own*, all that biblatex allows is given to them. In a
    footnote, a field that is missing would end the build, and in our own print its name alone.
    """
    stock = [style() for name, style in styles.items() if name != STYLE]
    is_own = is_own or has_own_bibliography(env.config)
    for entry in entries:
        found = library_of(env).found(entry.key)
        prepared = (
            with_inherited_fields(entry, *found) if found and (is_own or STYLE in styles) else entry
        )
        if stock:  # our style formats the paper, whatever the entry holds
            prepared = for_style(prepared, stock)
            prepared = as_misc_if_incomplete(prepared, stock) if is_own or is_note else prepared
        yield prepared


def _is_shown(env: BuildEnvironment, key: str) -> bool:
    """Return whether lists and footnotes may show an entry: no draft of ours, and no volume."""
    return not has_own_bibliography(env.config) or key in library_of(env).by_key


class CiteDomain(BibtexDomain):
    """sphinxcontrib-bibtex's domain, with entries that every style can format, and a role more.

    ``{cite:title}`` says the short title, as a command of biblatex does. It is drawn in
    :mod:`.pages.site_links`; what is left of it here names no paper.
    """

    roles: ClassVar[dict[str, Any]] = {**BibtexDomain.roles, "title": CiteRole()}
    object_types: ClassVar[dict[str, ObjType]] = {
        "citation": ObjType(BibtexDomain.object_types["citation"].lname, *roles, searchprio=-1)
    }

    #: The styles of the list whose entries are being formatted, by their names.
    _styles: Mapping[str, type[BaseStyle]] = MappingProxyType({})

    @property
    def citations(self) -> list[Citation]:
        """Every citation, as the language that is spoken has it: of its own list of all papers."""
        found: list[Citation] = self.data["citations"]
        if spoken_tree(self.env) == trees_of(self.env.config)[0]:
            return found
        page = list_page(self.env)
        lists = {
            key: value.citation_nodes
            for key, value in self.bibliographies.items()
            if isinstance(value, CompleteList) and key.docname == page
        }
        return [
            next(
                (
                    one._replace(bibliography_key=key, citation_id=entries[one.key]["ids"][0])
                    for key, entries in lists.items()
                    if one.key in entries and entries[one.key]["ids"]
                ),
                one,
            )
            for one in found
        ]

    def get_entries(self, bibfiles: list[Path]) -> Iterator[Entry]:
        """Yield the entries of *bibfiles* that may be shown."""
        for entry in super().get_entries(bibfiles):
            if _is_shown(self.env, entry.key):
                yield entry

    def get_sorted_entries(
        self, bibliography_key: BibliographyKey, docnames: list[str]
    ) -> Iterator[tuple[str, Entry]]:
        """Yield keys and entries, now that filters have seen them as they are written."""
        found = dict(super().get_sorted_entries(bibliography_key, docnames))
        is_own = isinstance(self.bibliographies[bibliography_key], OwnList)
        prepared = prepare(self.env, found.values(), self._styles, is_own)
        yield from zip(found, prepared, strict=True)

    def get_formatted_entries(
        self,
        bibliography_key: BibliographyKey,
        docnames: list[str],
        tooltips: bool,
        tooltips_style: str,
    ) -> Iterator[tuple[Entry, FormattedEntry, FormattedEntry | None]]:
        """Yield what citations are made of, and the two forms of each entry.

        Under our style, the label is what the text cites a paper by. A style cannot say it: labels
        have to differ over all lists of a project, and it knows one list.
        """
        bibliography = self.bibliographies[bibliography_key]
        names = {bibliography.style, tooltips_style} - {""}
        self._styles = {name: formatting_once(name) for name in names}
        style = self._styles.get(bibliography.style, bibliography.style)
        # pybtex takes a class as well as its name.
        self.bibliographies[bibliography_key] = bibliography._replace(style=cast(str, style))
        style2 = cast(str, self._styles.get(tooltips_style, tooltips_style))
        found = super().get_formatted_entries(bibliography_key, docnames, tooltips, style2)
        try:
            for entry, formatted, tooltip in found:
                paper = getattr(entry, "paper", None)
                if bibliography.style == STYLE:
                    formatted.label = library_of(self.env).labels.get(entry.key, entry.key)
                yield for_labels(entry, paper) if paper else entry, formatted, tooltip
        finally:
            self.bibliographies[bibliography_key] = bibliography

    def resolve_xref(  # type: ignore[override]  # noqa: PLR0917  Sphinx's signature
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.Element:
        """Return links to entries; a key alone that no paper has, as told, is shown as it is."""
        if is_told(env, fromdocname, target.strip()):
            return contnode
        typ = "p" if typ == "title" else typ
        return super().resolve_xref(env, fromdocname, builder, typ, target, node, contnode)


class Bibliography(BibliographyDirective):
    """sphinxcontrib-bibtex's list, which tells of two of one name instead of ending the build.

    Numbers make their names, and ``{eval-rst}`` counts from the beginning: there, a second list of
    a page has the name of the first, and an assertion fails (sphinxcontrib-bibtex 2.7).
    """

    def run(self) -> Sequence[nodes.Node]:
        """Make the list, or an error of this page."""
        try:
            return super().run()
        except AssertionError:
            name = 'bibtex_bibliography_id = "bibliography-{bibliography_count}"'
            message = f"two lists of this page have the same name; write {name} in conf.py"
            raise self.error(message) from None


class FootCite(FootCiteRole):
    """sphinxcontrib-bibtex's role for footnotes, which formats entries while a page is read."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Format the cited entries while the page is read."""
        domain = cast(BibtexDomain, self.env.get_domain("cite"))
        bibdata = domain.bibdata
        found = {
            key: entry
            for key in map(str.strip, self.text.split(","))
            if (entry := bibdata.data.entries.get(key)) and _is_shown(self.env, entry.key)
        }
        style = self.config.bibtex_default_style
        styles = {style: find_plugin(_STYLES, style)}
        prepared = prepare(self.env, found.values(), styles, is_note=True)
        entries = dict(zip(found, prepared, strict=True))
        domain.data["bibdata"] = bibdata._replace(data=BibliographyData(entries))
        try:
            return super().run()
        finally:
            domain.data["bibdata"] = bibdata


class FootCiteDomain(BibtexFootDomain):
    """sphinxcontrib-bibtex's domain of footnotes, with our role for them."""

    roles: ClassVar[dict[str, Any]] = dict.fromkeys(BibtexFootDomain.roles, FootCite())


def _complete_entries(app: Sphinx) -> None:
    """Read our own bibliography for sphinxcontrib-bibtex, and see that no two anchors are one."""
    if not has_own_bibliography(app.config) or app.config.bibtex_bibfiles is None:
        return
    domain, library = cast(BibtexDomain, app.env.get_domain("cite")), library_of(app.env)
    files = {
        (Path(app.confdir) / name).resolve(): entries for name, entries in library.files.items()
    }
    ids = [nodes.make_id(paper.key) for paper in library.papers]
    if is_site(app.config) and len(set(ids)) < len(ids):
        # Signs alone tell two keys apart, and anchors made of them would be the same.
        set_defaults(app.config, bibtex_cite_id="")
    domain.data["bibdata"] = with_unread(domain.bibdata, files, app.config.bibtex_encoding)


def setup(app: Sphinx) -> None:
    """Put our domains, directive and role in the place of sphinxcontrib-bibtex's."""
    app.add_domain(CiteDomain, override=True)
    app.add_domain(FootCiteDomain, override=True)
    app.add_directive("bibliography", Bibliography, override=True)
    app.add_role("footcite", FootCite(), override=True)
    app.connect("builder-inited", _complete_entries, priority=110)
