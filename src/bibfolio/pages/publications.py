"""The ``{publications}`` directive: lists of papers by year, type, topic or role.

To sphinxcontrib-bibtex each list is a ``{bibliography}``: its domain gives the entries identifiers
and makes them targets of citations. This module decides which papers are in it, and draws them
under headings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator
from sphinxcontrib.bibtex.directives import (
    BibliographyDirective,
    BibliographyKey,
    BibliographyValue,
)
from sphinxcontrib.bibtex.nodes import bibliography as bibliography_node

from bibfolio.config import has_paper_pages, trees_of
from bibfolio.library import CompleteList, OwnList, library_of
from bibfolio.model import KINDS, ROLES, Paper, by_kind
from bibfolio.model.paper import PaperKind, numbers
from bibfolio.model.profile import Topic
from bibfolio.model.strings import capitalized
from bibfolio.model.topics import topics
from bibfolio.model.trees import tree_at
from bibfolio.model.words import _
from bibfolio.output import makes_html
from bibfolio.pages.cards import (
    MOST_CARDS,
    Form,
    author_name,
    card,
    card_classes,
    card_paragraphs,
    card_title,
)
from bibfolio.pages.empty_sections import mark_section
from bibfolio.pages.filter_form import SHORTEST, attributes, form
from bibfolio.pages.nodes import free_id, jumps, level_at, paragraph, section
from bibfolio.problems import WarningKind, warn
from bibfolio.sources.filter_language import FilterError
from bibfolio.sphinx_compat import app_of

# -- groups (pure) ---------------------------------------------------------------------------

#: Heading, in English where it is ours: it makes the address; and the papers under it.
Groups = list[tuple[str, list[Paper]]]
_WITHOUT_TOPIC = "Other topics"


def by_year(papers: list[Paper]) -> Groups:
    """Return a heading for each year, in the order of the papers, which is newest first."""
    groups: dict[str, list[Paper]] = {}
    for paper in papers:
        groups.setdefault(paper.year or "Undated", []).append(paper)
    return list(groups.items())


def by_topic(papers: list[Paper], chosen: Sequence[Topic] | None = None) -> Groups:
    """Return a heading for each topic; a paper stands below each of its topics."""
    groups = [
        (capitalized(topic), [p for p in papers if topic in p.topics])
        for topic in topics(papers, chosen)
    ]
    rest = [paper for paper in papers if not paper.topics]
    return [*groups, (_WITHOUT_TOPIC, rest)] if rest else groups


def by_role(papers: list[Paper]) -> Groups:
    """Return *First author*, *Equal contribution*, *Corresponding author* and other papers."""
    groups = [(role, [p for p in papers if role in p.roles]) for role in ROLES]
    rest = [paper for paper in papers if not paper.roles]
    return [group for group in (*groups, ("Further papers", rest)) if group[1]]


GROUPINGS: dict[str, Callable[..., Groups]] = {
    "year": by_year,
    "type": by_kind,
    "topic": by_topic,
    "role": by_role,
}

# -- directive -------------------------------------------------------------------------------


class publication_group(nodes.General, nodes.Element):  # noqa: N801  docutils spells nodes so
    """Placeholder for the papers called ``keys``, which a list of cards replaces."""


class paper_item(nodes.list_item):  # noqa: N801
    """A list item with further HTML ``attributes``; to other formats one like any other."""


def _ids(value: BibliographyValue) -> list[str]:
    """Return the identifiers of the entries of a list."""
    return [id_ for node in value.citation_nodes.values() for id_ in node["ids"]]


class PublicationsDirective(SphinxDirective):
    """List the papers that a filter lets through.

    The first list of a page without ``filter``, ``limit`` and ``mirror`` is complete: citations of
    what no ``{bibliography}`` has lead to it. Every other list repeats entries and gives them
    identifiers of their own.
    """

    has_content = False
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        "group": lambda value: directives.choice(value, tuple(GROUPINGS)),
        "kinds": directives.unchanged_required,
        "filter": directives.unchanged_required,
        "limit": directives.positive_int,
        "mirror": directives.flag,
        "numbered": lambda value: directives.choice(value, ("kind",)) if value else True,
    }

    #: Whether everything is said of each paper, as in a CV.
    is_cv: ClassVar[bool] = False

    def run(self) -> list[nodes.Node]:
        """Return headings with an empty group under each."""
        papers = self.selected()
        keys = [paper.key for paper in papers]
        complete = not {"filter", "limit", "mirror"} & self.options.keys()
        complete = complete and self.env.new_serialno("bibfolio-complete") == 0
        serial = self.env.new_serialno("bibfolio-list")
        prefix = "" if complete else f"{self.env.docname}-{serial}-"
        name = self._complete(papers) if complete else self._bibliography(papers, prefix)
        place = {"docname": self.env.docname, "list": name, "prefix": prefix, "is_cv": self.is_cv}
        result: list[nodes.Node] = []
        kinds = self._kinds()
        groups: Groups = []
        if grouping := self.options.get("group"):
            order: dict[str, Any] = {"topic": library_of(self.env).profile.topics, "type": kinds}
            groups = GROUPINGS[grouping](papers, *([order[grouping]] if grouping in order else []))
        shown = [paper for _label, group in groups for paper in group] or papers
        place["numbers"] = numbers(shown, self.options.get("numbered", False))
        result += [self._section(label, group, place) for label, group in groups]
        if not grouping:
            result.append(publication_group("", keys=keys, **place))
        if complete and len(papers) >= SHORTEST:
            ids = [str(part["ids"][0]) for part in result[: len(groups)]]  # type: ignore[index]
            parts = list(zip(ids, (group for _label, group in groups), strict=True))
            result.insert(0, form(papers, library_of(self.env).topic_classes, parts))
            if len(papers) > MOST_CARDS and groups:
                counts = [(_(label), len(group)) for label, group in groups]
                result.insert(1, jumps(counts, ids))
        mark = mark_section("publications", result if papers else [])
        # Without papers there is nothing to show, but a later build has to know of the list.
        return [*result, mark] if papers else [mark]

    def selected(self) -> list[Paper]:
        """Return the papers to show, in their order."""
        library = library_of(self.env)
        papers = library.papers
        if source := self.options.get("filter"):
            try:
                papers = tuple(p for p in papers if library.passes(source, p, self.env.docname))
            except FilterError as error:
                message = f"filter {source!r}: {error}; showing every paper"
                warn(WarningKind.DIRECTIVE, message, self.get_location())
        return list(papers[: self.options.get("limit")])

    def _kinds(self) -> list[PaperKind]:
        """Return the kinds that come first; who names some wants headings by type."""
        words = re.findall(r"[^\s,]+", self.options.get("kinds", ""))
        grouping = self.options.setdefault("group", "type") if words else "type"
        found = {word: cast(PaperKind, word) for word in words if word in KINDS}
        wrong = [f"{word!r} is no kind of papers" for word in words if word not in found]
        wrong += [f"it goes with the group type, not {grouping}"] * (grouping != "type")
        if wrong:
            message = f"kinds: {wrong[0]}; the kinds are {', '.join(KINDS)}"
            warn(WarningKind.DIRECTIVE, message, self.get_location())
        return list(found.values())

    def _complete(self, papers: list[Paper]) -> str:
        """Make a bibliography whose entries other lists of the page may repeat.

        They may have the same identifiers: who keeps them is known when the page is complete.
        """
        ids, lists = self.state.document.ids, self.env.get_domain("cite").data["bibliographies"]
        others = [value for key, value in lists.items() if key.docname == self.env.docname]
        shared = {id_: ids.pop(id_) for value in others for id_ in _ids(value) if id_ in ids}
        key = BibliographyKey(self.env.docname, self._bibliography(papers, ""))
        lists[key] = CompleteList(*lists[key])
        for id_ in _ids(lists[key]):
            del ids[id_]
        ids.update(shared)
        return key.id_

    def _bibliography(self, papers: list[Paper], prefix: str) -> str:
        """Have sphinxcontrib-bibtex know a ``{bibliography}`` of exactly these entries.

        Returns:
            Its identifier; its node is not needed, as we draw the list.
        """
        # A guest's parser may have stopped before a paper that ours has read.
        entries = self.env.get_domain("cite").data["bibdata"].data.entries
        known = [paper.key for paper in papers if paper.key in entries]
        directive = BibliographyDirective(
            name="bibliography",
            arguments=[],
            options={
                "filter": "False",  # nothing but the keys below
                "list": "bullet" if prefix else "citation",
                "keyprefix": prefix,
            },
            content=StringList(known, self.get_source_info()[0]),
            lineno=self.lineno,
            content_offset=self.content_offset,
            block_text="",
            state=self.state,
            state_machine=self.state_machine,
        )
        found = (node for node in directive.run() if isinstance(node, bibliography_node))
        key = BibliographyKey(self.env.docname, str(next(found)["ids"][0]))
        lists = self.env.get_domain("cite").data["bibliographies"]
        lists[key] = OwnList(*lists[key])
        return key.id_

    def _section(self, label: str, papers: list[Paper], place: dict[str, Any]) -> nodes.section:
        is_owners = self.options["group"] == "topic" and label != _WITHOUT_TOPIC
        group = publication_group("", keys=[paper.key for paper in papers], **place)
        id_ = free_id(self, self.options["group"], label)
        return section(self, id_, label if is_owners else _(label), group)


# -- where citations lead ---------------------------------------------------------------------


def _assign_each_key_to_one_list(_app: Sphinx, env: BuildEnvironment) -> Sequence[str]:
    """Have each key in one list only: the owner's ``{bibliography}``, or the first of ours.

    sphinxcontrib-bibtex, which fills the lists next, warns of others. Ours show their papers all
    the same.
    """
    cite = env.get_domain("cite")
    lists: dict[BibliographyKey, BibliographyValue] = cite.data["bibliographies"]
    found = sorted(key for key, value in lists.items() if isinstance(value, CompleteList))
    trees = trees_of(env.config)
    ours = sorted(found, key=lambda key: trees.index(tree_at(trees, key.docname)))
    taken = {
        written
        for key in (lists.keys() - ours if ours else ())
        if lists[key].list_ == "citation"
        for written, _entry in cite.get_filtered_entries(key)  # type: ignore[attr-defined]
    }
    for key in ours:
        free = [paper.key for paper in library_of(env).papers if paper.key not in taken]
        lists[key] = lists[key]._replace(keys=free)
        taken.update(free)
    return []


# -- from formatted entries to lists ---------------------------------------------------------


#: From so many papers on, browsers are told to draw only the years that are looked at.
_MANY = 100


class PublicationLists(SphinxPostTransform):
    """Turn groups into lists of cards.

    docutils gives citations a role that ARIA does not allow in a list (doc-biblioentry), and a
    label nobody needs here; plain list items have neither.
    """

    # Before 8, where links get their addresses, and 10, where Sphinx resolves references.
    default_priority = 6

    def run(self, **_kwargs: Any) -> None:
        """Fill every group of the document."""
        cite, library = self.env.get_domain("cite"), library_of(self.env)
        # A book may leave them out, and a guest has none.
        is_html = makes_html(app_of(self.env))
        has_pages = is_html and has_paper_pages(self.config)
        groups = list(self.document.findall(publication_group))
        lengths: Counter[str] = Counter()
        for group in groups:
            lengths[group["list"]] += len(group["keys"])
        # An owner's list on the same page, which is there since 5, keeps its identifiers.
        kinds = (nodes.citation, nodes.list_item)
        others = [node for kind in kinds for node in self.document.findall(kind)]
        taken = {id_ for node in others for id_ in node["ids"]}
        for group in groups:
            key = BibliographyKey(group["docname"], group["list"])
            citations = cite.data["bibliographies"][key].citation_nodes
            # The complete list is the one that can be filtered.
            names = ["paper-card-list", *([] if group["prefix"] else ["paper-card-complete"])]
            if len(library.papers) > _MANY:
                names.append("paper-card-many")
            if has_paper_pages(self.config):
                names.append("no-search")  # who looks for a paper wants its page, not every list
            cards, year = nodes.bullet_list(classes=names), ""
            is_long = lengths[group["list"]] > MOST_CARDS
            shape: Form = "full" if group["is_cv"] else "row" if is_long else "card"
            for paper_key in group["keys"]:
                # A paper that stands under two headings keeps its identifiers at the first.
                node = citations.get(group["prefix"] + paper_key, {"ids": []})
                ids = set(node["ids"]) - taken
                taken |= ids
                paper = library.by_key[paper_key]
                number = group["numbers"].get(paper_key, "")
                parts = card(paper, library.topic_classes, shape, number, has_page=has_pages)
                before, year = year, paper.year
                item = paper_item(
                    "",
                    *(_year(paper, before) if group["is_cv"] and is_html else []),
                    *card_paragraphs(parts, level_at(group), shape),
                    ids=sorted(ids),
                    classes=["paper-card", *card_classes(parts, shape)],
                    attributes=attributes(paper),
                )
                cards += item
                # Neither looks at the identifiers of list items; LaTeX's have names of their own.
                if app_of(self.env).builder.format == "latex":
                    targets = [rf"\hypertarget{{cite.{group['docname']}:{id_}}}{{}}" for id_ in ids]
                    item.insert(0, nodes.raw("", "".join(targets), format="latex"))
                elif app_of(self.env).builder.format == "texinfo":
                    item.insert(0, nodes.target("", "", ids=sorted(ids)))
            group.replace_self([cards] if cards.children else [])


def _year(paper: Paper, before: str) -> list[nodes.Node]:
    """Return the year of a paper as a label, which is seen at the first paper of that year."""
    names = "paper-card-year" + " paper-card-same-year" * (paper.year == before)
    return [paragraph(names, paper.year)] if paper.year else []


def _visit_title(translator: HTML5Translator, node: card_title) -> None:
    translator.body.append(translator.starttag(node, f"h{node['level']}", ""))


def _depart_title(translator: HTML5Translator, node: card_title) -> None:
    translator.body.append(f"</h{node['level']}>\n")


def _visit_name(translator: HTML5Translator, node: author_name) -> None:
    translator.body.append(translator.starttag(node, "bdi", ""))


def _depart_name(translator: HTML5Translator, _node: author_name) -> None:
    translator.body.append("</bdi>")


def _visit_item(translator: HTML5Translator, node: paper_item) -> None:
    translator.body.append(translator.starttag(node, "li", "", **node["attributes"]))


def _depart_item(translator: HTML5Translator, _node: paper_item) -> None:
    translator.body.append("</li>\n")


def setup(app: Sphinx) -> None:
    """Register directive, nodes and transform."""
    app.add_node(cast(type[nodes.Element], publication_group))
    app.add_node(cast(type[nodes.Element], paper_item), html=(_visit_item, _depart_item))
    app.add_node(cast(type[nodes.Element], card_title), html=(_visit_title, _depart_title))
    app.add_node(cast(type[nodes.Element], author_name), html=(_visit_name, _depart_name))
    app.add_directive("publications", PublicationsDirective)
    app.add_post_transform(PublicationLists)
    # sphinxcontrib-bibtex fills the lists at 500.
    app.connect("env-updated", _assign_each_key_to_one_list, priority=400)
