"""Documents without a file of the owner: pages of papers and of people, drawn from the model.

Only documents are searched, cited and cross-referenced, and a document needs a source file: one
line in ``papers/KEY.paper`` or ``people/NAME.person``, with a digest that changes when the page has
to. A parser of our own draws the page. The files are generated and can be deleted at any time; any
others in the folder are the owner's. While there are none, a ``.gitignore`` keeps the folder out of
version control.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.parsers import Parser

from bibfolio.model import EXPORT_FORMATS
from bibfolio.model.strings import digest
from bibfolio.output import Output, describe_failure, makes_html
from bibfolio.problems import stop
from bibfolio.sources.folder import stays_in
from bibfolio.sphinx_compat import markdown_parser, warnings_at

#: Asks for such documents: a handler takes the application and returns :class:`Wanted` values. It
#: is called before Sphinx looks for documents.
COLLECT_DOCUMENTS = "bibfolio-collect-documents"
#: Metadata by which a document is known as ours once what it is about is gone: what the name of
#: its source ended with.
GENERATED = "bibfolio-paper"
#: How a generated source begins.
MARK = "Generated from the bibliography."
_IGNORE = ".gitignore"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of documents: of papers, of people."""

    #: Of the documents and their sources; what the names of the sources end with.
    folder: str
    suffix: str
    #: The folder of the owner's own words on each, in Markdown: parts of pages, and no pages.
    texts: str
    #: What messages call a page.
    name: str

    @property
    def is_of_pages(self) -> bool:
        """Return whether the owner's words would be the pages, if there were none of ours."""
        return self.texts == self.folder

    def text(self, root: Path, slug: str) -> str:
        """Return the owner's words for a document, if they are in a file of the site."""
        path = root / self.texts / f"{slug}.md"
        is_ours = path.is_file() and stays_in(path, root, root / self.texts)
        return path.read_text(encoding="utf-8-sig", errors="replace") if is_ours else ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The documents of a kind that a build is to have."""

    kind: Kind
    #: What they are called in their folder.
    slugs: tuple[str, ...]
    #: Those that stay hidden: the owner's words on them are no pages either.
    hidden: tuple[str, ...] = ()


# -- sources (pure) ----------------------------------------------------------------------------


def sources(wanted: Wanted, texts: Mapping[str, str]) -> dict[str, str]:
    """Return file name → text of the source of every document.

    The text changes with the owner's words (slug → text), whose file may be new; all pages are
    read again if papers or profile have changed (:meth:`bibfolio.domain.BibDomain.pages_to_read`).
    """
    return {
        slug + wanted.kind.suffix: f"{MARK} {slug} {digest(texts.get(slug, ''))}\n"
        for slug in wanted.slugs
    }


def write_sources(folder: Path, wanted: Mapping[str, str], kind: Kind) -> list[str]:
    """Write the *wanted* sources to *folder*, and remove other generated ones.

    Files that are the same keep their time.

    Returns:
        the names of files that somebody else has put there; they are not touched.
    """
    if wanted:
        folder.mkdir(parents=True, exist_ok=True)
    present = {path.name: path.read_bytes() for path in sorted(folder.glob(f"*{kind.suffix}"))}
    foreign = [name for name, data in present.items() if not _is_generated(data)]
    for name in present.keys() - wanted.keys() - set(foreign):
        (folder / name).unlink()
    for name in wanted.keys() - set(foreign):
        data = wanted[name].encode()
        if present.get(name) != data:
            (folder / name).write_bytes(data)
    known = {kind.suffix, *([".md"] if kind.is_of_pages else [])}
    if wanted and not foreign and {path.suffix for path in folder.iterdir()} <= known:
        (folder / _IGNORE).write_bytes(f"*{kind.suffix}\n{_IGNORE}\n".encode())
    return foreign


def _is_generated(data: bytes) -> bool:
    """Return whether a file begins as generated ones do; one that was cut off does, too."""
    return MARK.encode().startswith(data[: len(MARK)])


# -- Sphinx ----------------------------------------------------------------------------------


def _write(app: Sphinx) -> None:
    """Write a source for every page of ours before Sphinx looks for documents."""
    found: Iterable[Wanted] = chain.from_iterable(app.emit(COLLECT_DOCUMENTS))
    if others := [pattern for wanted in found for pattern in _written(app, wanted)]:
        _exclude(app, others)


def _written(app: Sphinx, wanted: Wanted) -> list[str]:
    """Write the sources of a kind; return the files that are no documents."""
    root, kind, suffixes = Path(app.srcdir), wanted.kind, [*app.config.source_suffix]
    slugs = {
        path.stem
        for path in (root / kind.texts).glob("*.md")
        if path.stem in wanted.slugs and ".md" in suffixes
    }
    files = sources(wanted, {slug: kind.text(root, slug) for slug in slugs})
    # A page that the owner has written takes the place of ours.
    is_text = {".md"} if kind.is_of_pages else set()
    own = [suffix for suffix in suffixes if suffix not in {kind.suffix, *is_text}]
    for slug in wanted.slugs:
        if any((root / kind.folder / f"{slug}{suffix}").is_file() for suffix in own):
            files.pop(slug + kind.suffix, None)
    try:
        foreign = write_sources(root / kind.folder, files, kind)
    except OSError as error:
        stop([describe_failure(error) or str(error)])
    if taken := [name for name in foreign if name in files]:
        stop(
            f"{root / kind.folder / name}: is in the way of {kind.name}; move it away"
            for name in taken
        )
    # Other files of the folder are the owner's.
    hidden = [f"{kind.texts}/{slug}.md" for slug in (*sorted(slugs), *wanted.hidden)]
    others = [f"{kind.folder}/{name}" for name in foreign]
    return [*others, *(name for name in hidden if (root / name).is_file())]


def _exclude(app: Sphinx, patterns: list[str]) -> None:
    """Keep files from being documents of this build.

    The configuration is as the owner wrote it once Sphinx has looked for documents: it is kept with
    the environment, and one that differs has everything read again.
    """
    written = app.config.exclude_patterns
    app.config.exclude_patterns = [*written, *patterns]

    def restore(app: Sphinx, *_arguments: object) -> list[str]:
        app.config.exclude_patterns = written
        return []

    app.connect("env-get-outdated", restore)


def _remove_outputs(
    app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], removed: set[str]
) -> list[str]:
    """Delete what was written for pages that are gone, or are hidden now.

    Sphinx never deletes output, and a draft must not stay readable.
    """
    for docname in removed if makes_html(app) else ():
        if GENERATED in env.metadata.get(docname, ()):
            page = Path(app.builder.get_output_path(docname)).relative_to(app.outdir)  # type: ignore[attr-defined]
            suffixes = ("md", *(suffix for suffix, _type in EXPORT_FORMATS.values()))
            twins = [f"{docname}.{suffix}" for suffix in suffixes]
            copy = f"_sources/{docname}{env.metadata[docname][GENERATED]}.txt"
            for path in (page.as_posix(), *twins, copy, f"cards/{docname}.png"):
                Output(app).remove(path)
    return []


class DocumentParser(Parser):
    """Reads the name of a source file, not its text: everything else is in the model."""

    kind: ClassVar[Kind]

    def drawn(self, env: BuildEnvironment, text: list[nodes.Node]) -> tuple[nodes.section, str]:
        """Return the page and what it is about; *text* is what the owner has written.

        Raises:
            LookupError: nothing is known by the name of the document.
        """
        raise NotImplementedError

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Fill *document* with the page of what it is named after."""
        env: BuildEnvironment = document.settings.env
        text, metas = _owners_text(env, self.kind, document)
        try:
            content, about = self.drawn(env, text)
        except LookupError:
            source, folder = env.doc2path(env.docname), self.kind.folder
            stop([f"{source}: only {folder}/ holds sources of such pages; move it away"])
        document += content
        for section in content.findall(nodes.section):
            if not section["names"]:  # those of the owner's words are known already
                document.note_explicit_target(section, section)
        for node in content.findall(nodes.TextElement):
            # Sphinx gives a heading without a source that of the page, and logs at length.
            if isinstance(node, nodes.title | nodes.rubric) and not node.source:
                node.source, node.line = document["source"], 0
        document += metas
        if not any(meta.get("name") == "description" for meta in metas):
            document += nodes.meta(name="description", content=about)
        # Linked from lists and essays, never part of a tree: a thousand pages in the navigation of
        # each other would be a million links.
        env.metadata[env.docname] |= {"orphan": "", GENERATED: self.kind.suffix}


def _owners_text(
    env: BuildEnvironment, kind: Kind, document: nodes.document
) -> tuple[list[nodes.Node], list[nodes.meta]]:
    """Return the owner's words, as they are drawn, and what they say of the page if it is theirs.

    *document* is empty.
    """
    slug = env.docname.rpartition("/")[2]
    root = Path(env.srcdir)
    path, text = root / kind.texts / f"{slug}.md", kind.text(root, slug)
    if not text or ".md" not in env.config.source_suffix:
        return [], []
    env.note_dependency(path)
    generated, document["source"] = document["source"], str(path)
    with warnings_at(path, env.docname):
        markdown_parser(env).parse(text, document)
    document["source"] = generated
    metas = [child for child in document.children if isinstance(child, nodes.meta)]
    metas = metas if kind.is_of_pages else []
    # What front matter says beside these is of a page, not of a part of one.
    silent = nodes.meta | nodes.field_list if text.startswith("---") else nodes.meta
    children = [child for child in document.children if not isinstance(child, silent)]
    document.clear()
    return children, metas


def setup(app: Sphinx) -> None:
    """Write the sources once the papers are read, and delete what is gone."""
    app.add_event(COLLECT_DOCUMENTS)
    app.connect("builder-inited", _write, priority=200)
    app.connect("env-get-outdated", _remove_outputs)
