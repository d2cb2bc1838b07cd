"""The reference style ``bibfolio``: what citations in running text say, in the language of a page.

It is ``author_year`` of sphinxcontrib-bibtex, whose "and" and "et al." are English, with the whole
name of who is written in Han, kana or Hangul.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docutils import nodes
from pybtex.database import Person
from pybtex.richtext import BaseText, Tag, Text
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinxcontrib.bibtex.plugin import register_plugin
from sphinxcontrib.bibtex.style.names.last import LastNameStyle
from sphinxcontrib.bibtex.style.referencing import PersonStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle
from sphinxcontrib.bibtex.style.template import author_or_editor_or_title, join, node

from bibfolio.config import STYLE, is_site
from bibfolio.model.quotation import and_others
from bibfolio.model.scripts import is_east_asian, runs
from bibfolio.model.words import enumerated, spoken
from bibfolio.pages.nodes import said, script_class


class NameStyle(LastNameStyle):
    """The last name, or the whole name where the family name goes first and is short."""

    def format(self, person: Person, abbr: bool = True) -> Any:
        """Return the name as a template."""
        whole = "".join([*person.prelast_names, *person.last_names, *person.first_names])
        return join[whole] if is_east_asian(whole) else super().format(person, abbr)  # type: ignore[no-untyped-call]


@node  # type: ignore[untyped-decorator]
def _by(children: list[Any], data: dict[str, Any], full: bool) -> BaseText:
    """Return who wrote or edited a work as the language of the page joins names; or its title."""
    entry, style = data["entry"], data["style"].person.style_plugin
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [style.format(person).format_data(data) for person in people]
    has_others = names and str(people[-1]) == "others"
    names = names[:-1] if has_others else names
    if not names:
        return author_or_editor_or_title().format_data(data)
    is_cut = not full and len(names) + bool(has_others) > 2
    shown = names[:1] if is_cut else names
    others = and_others(str(shown[-1])) if is_cut or has_others else ""
    # Other scripts have no italics.
    end = Text(" ", Tag("em", others[1:])) if others.isascii() and others else Text(others)
    return Text(*enumerated(shown), end)


@dataclass
class People(PersonStyle):
    """How names are said and joined."""

    def __post_init__(self) -> None:
        self.style_plugin = NameStyle()

    def author_or_editor_or_title(self, full: bool) -> Any:
        """Return the template for who wrote a work; its English is the parent's."""
        is_english = spoken().forms.is_english
        return super().author_or_editor_or_title(full) if is_english else _by(full=full)


_ENDS = re.compile(r"^(\W+)|(\W+)$")


@dataclass
class ReferenceStyle(AuthorYearReferenceStyle):
    """Author and year."""

    person: PersonStyle = field(default_factory=People)


class NamesInCitations(SphinxPostTransform):
    """Mark names in another script than that of the page, in a site."""

    # After Sphinx has resolved citations (10).
    default_priority = 11

    def run(self, **_kwargs: Any) -> None:
        """Give each such name in a citation its language, unless it has one."""
        if not is_site(self.config):
            return
        for citation in list(self.document.findall(nodes.inline)):
            if "bibtex-citation" not in citation["classes"]:
                continue
            for words in list(citation.findall(nodes.Text)):
                has_language = any(c.startswith("language-") for c in words.parent["classes"])
                # Brackets and spaces around a name are of the page.
                parts = [part for run in runs(words) for part in _ENDS.split(run) if part]
                if not has_language and any(map(script_class, parts)):
                    words.parent.replace(words, [part for run in parts for part in said(run)])


def setup(app: Sphinx) -> None:
    """Register transform and style; sites have it unless their owner asks for another."""
    register_plugin("sphinxcontrib.bibtex.style.referencing", STYLE, ReferenceStyle)
    app.add_post_transform(NamesInCitations)
