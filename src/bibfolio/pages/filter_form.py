"""The controls above the complete list of papers: chips for topic, kind, year and role.

They stand in the page from the start, so that nothing moves when the script arrives. Without
JavaScript the first group filters by rules of the page's own (``:has()``); the script combines the
groups, searches in the text, and keeps what is chosen in the address.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from bibfolio.model import KINDS, ROLES, Paper
from bibfolio.model.sentence import in_series
from bibfolio.model.strings import capitalized
from bibfolio.model.words import _, counted
from bibfolio.output import makes_html
from bibfolio.pages.nodes import ONLY_HTML
from bibfolio.sphinx_compat import app_of

#: Name of a control and of its parameter in the address → label, in English.
LABELS = {"topic": "Topic", "kind": "Kind", "year": "Year", "role": "Role"}
#: The groups that are open, or else the first; the others, of many values, are behind a word.
_OPEN = ("topic", "kind")
#: Shorter lists are taken in at a glance.
SHORTEST = 6
#: Of more rules, the script is the better way.
_MOST_RULES = 60


class paper_filter(nodes.General, nodes.Element):  # noqa: N801  docutils spells nodes so
    """The form; ``choices`` are the values of each control. Nothing in formats other than HTML.

    ``words`` are what it says, as visitors do not know the language of a page. ``rules`` filter by
    the first control alone, as a stylesheet for the page's head.
    """


def label_of(topic: str) -> str:
    """Return a topic as the chips call it."""
    return capitalized(topic).replace("|", "/")


def values(paper: Paper) -> dict[str, list[str]]:
    """Return what a paper can be found by: a list of values for each control."""
    return {
        "year": [paper.year] if paper.year else [],
        "kind": [_(KINDS[paper.kind].heading)],
        "topic": [label_of(topic) for topic in paper.topics],
        "role": list(map(_, paper.roles)),
    }


def choices(papers: Sequence[Paper], topics: Iterable[str] = ()) -> dict[str, list[str]]:
    """Return the values that occur, for each control that has a choice to offer, in order.

    *topics* are those of the site, in their order.
    """
    places = {label_of(topic): place for place, topic in enumerate(topics)}
    occurring = {name: {v for p in papers for v in values(p)[name]} for name in LABELS}
    orders = {
        "topic": sorted(
            occurring["topic"], key=lambda name: (places.get(name, len(places)), name.casefold())
        ),
        "kind": [word for kind in KINDS.values() if (word := _(kind.heading)) in occurring["kind"]],
        "year": sorted(occurring["year"], reverse=True),
        "role": [role for role in map(_, ROLES) if role in occurring["role"]],
    }
    return {name: order for name, order in orders.items() if len(order) > 1}


def form(
    papers: Sequence[Paper],
    colours: Mapping[str, str],
    sections: Iterable[tuple[str, Sequence[Paper]]] = (),
) -> paper_filter:
    """Return the form above *papers*.

    *colours* gives the class of each topic's colour; *sections*, see :func:`rules`.
    """
    found = choices(papers, colours)
    counts = {name: Counter(v for p in papers for v in values(p)[name]) for name in found}
    return paper_filter(
        "",
        choices=found,
        counts=counts,
        words={
            "title": _("Filter publications"),
            "text": _("Find in these papers"),
            "reset": _("Show all"),
            "all": _("All"),
            "count": counted("{count} paper", "{count} papers", len(papers)),
            "more": capitalized(in_series(_(LABELS[name]) for name in [*found][_opened(found) :])),
            **{name: _(LABELS[name]) for name in found},
        },
        colours={label_of(topic): name for topic, name in colours.items()},
        rules=rules(found, sections),
    )


def _opened(names: Iterable[str]) -> int:
    """Return how many of the controls are shown at once."""
    return sum(name in _OPEN for name in names) or 1


def attributes(paper: Paper) -> dict[str, str]:
    """Return the same values as attributes of the list item, and a name that its title lacks.

    Every value has a bar before and behind it, which none holds.
    """
    found = {f"data-{name}": f"|{'|'.join(of)}|" for name, of in values(paper).items() if of}
    if paper.short_title.casefold() not in paper.title.plain.casefold():
        found["data-text"] = paper.short_title
    return found


def rules(
    choices: Mapping[str, Sequence[str]], sections: Iterable[tuple[str, Sequence[Paper]]]
) -> str:
    """Return a stylesheet by which the first control filters without a script; "" if it is long.

    Args:
        choices: the values of each control.
        sections: identifier of a section, and the papers in it; one that has none left is hidden.
    """
    name = next(iter(choices), "")
    found, parts = [], list(sections)
    for number, value in enumerate(choices.get(name, ()), start=1):
        chosen = f"main:has(#{_id(name, number)}:checked)"
        card = f'.paper-card-complete>li:not([data-{name}*="|{_css(value)}|"])'
        empty = [id_ for id_, papers in parts if not any(value in values(p)[name] for p in papers)]
        found += [f"{chosen} {hidden}" for hidden in (card, *(f"#{id_}" for id_ in empty))]
    return ",".join(found) + "{display:none}" if 0 < len(found) <= _MOST_RULES else ""


def _id(name: str, number: int) -> str:
    return f"paper-filter-{name}-{number}"


def _css(text: str) -> str:
    """Return *text* for a string of a stylesheet in a page (CSS Syntax, §4.3.7)."""
    return re.sub(r"[^\w ]", lambda char: f"\\{ord(char[0]):x} ", text)


# -- HTML ------------------------------------------------------------------------------------


def _visit(translator: HTML5Translator, node: paper_filter) -> None:
    if not makes_html(app_of(translator.builder.env)):  # a book runs no scripts
        raise nodes.SkipNode
    words = {name: translator.encode(said) for name, said in node["words"].items()}
    groups = [_group(translator.encode, name, node, words) for name in node["choices"]]
    scripted = "" if node["rules"] else " paper-filter-scripted"
    opened = _opened(node["choices"])
    behind = "".join(groups[opened:])
    translator.body.append(
        f'<form class="paper-filter{scripted} wide" role="search" aria-label="{words["title"]}">\n'
        f'<input class="paper-filter-text" type="search" name="text" autocomplete="off"'
        f' aria-label="{words["text"]}" placeholder="{words["text"]}">\n'
        f"{''.join(groups[:opened])}"
        + (f"<details><summary>{words['more']}</summary>{behind}</details>\n" if behind else "")
        + f'<p class="paper-filter-status" role="status">{words["count"]}</p>'
        f'<button type="reset">{words["reset"]}</button>\n</form>\n'
    )
    raise nodes.SkipNode


def _group(
    encode: Callable[[str], str], name: str, form: paper_filter, words: Mapping[str, str]
) -> str:
    """Return the chips of one control, each with how many papers it leaves."""
    counts, colours = form["counts"][name], form["colours"]
    chips = [(words["all"], "", "", " checked")]
    chips += [
        (encode(f"{value} {counts[value]}"), value, colours.get(value, ""), "")
        for value in form["choices"][name]
    ]
    html = ""
    for number, (label, value, colour, state) in enumerate(chips):
        id_ = _id(name, number)
        dot = f' class="paper-filter-dot {colour}"' if colour else ""
        html += (
            f'<input type="radio" name="{name}" id="{id_}" value="{encode(value)}"{state}>'
            f'<label for="{id_}"{dot}><span>{label}</span></label>\n'
        )
    return f"<fieldset><legend>{words[name]}</legend>{html}</fieldset>\n"


def setup(app: Sphinx) -> None:
    """Register the node."""
    app.add_node(cast(type[nodes.Element], paper_filter), html=(_visit, None), **ONLY_HTML)
