"""Phrases: pieces of sentences, which may be links or name papers."""

from __future__ import annotations

from dataclasses import dataclass

from bibfolio.model.strings import is_local
from bibfolio.model.text import RichText, Style


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of a sentence, which may be a link or name a paper."""

    text: str
    #: Absolute http(s), or relative to the site's root.
    url: str = ""
    style: Style = "text"
    #: Key of the paper that it names.
    key: str = ""
    #: By which words, if there is no text: those of ``p`` or ``t`` of the domain ``cite``, of
    #: ``paper`` of ``bib``, or the ``name`` of the paper.
    role: str = ""
    #: The page of this site to which it leads, with ``#`` and a place in it; that of the paper is
    #: set by :func:`with_names`.
    page: str = ""
    #: The language of a paper that it names, if the entry says it; or of a part of a reference, if
    #: it is another than the page's.
    language: str = ""
    #: An address to which no link may lead.
    unlinked: str = ""
    #: The title of the paper that it names, with its formatting, if that is the text.
    title: RichText | None = None

    @property
    def is_local(self) -> bool:
        """Return whether this site serves the target itself."""
        return is_local(self.url)


@dataclass(frozen=True, slots=True)
class PaperName(Phrase):
    """A paper that an item of a table is about, by its key."""

    text: str = ""
    role: str = "name"


@dataclass(frozen=True, slots=True)
class Link(Phrase):
    """Where a line of a table leads: another site, or a page or file of this one."""

    text: str = ""


Sentence = tuple[Phrase, ...]
