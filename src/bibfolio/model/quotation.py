"""A sentence that cites a paper, as the page of the paper quotes it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from string import ascii_lowercase

from bibfolio.model.paper import Author, Paper
from bibfolio.model.scripts import is_east_asian, script_of
from bibfolio.model.words import _, enumerated

#: A longer sentence is cut.
_LONGEST = 240
#: Where a sentence may end: a sign of its end, what it closes, and how the next one begins.
_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*(\w)|\s*$)|[。！？][”’」』）]*")
#: A full stop behind these ends no sentence; nor does one behind an initial.
_ABBREVIATED = re.compile(
    r"(?:\b(?:al|e\.g|i\.e|cf|vs|ca|resp|approx|[Ff]igs?|[Ee]qs?|[Ss]ecs?|[Rr]efs?|[Cc]h|[Tt]ab|[Aa]lg"
    r"|Dr|Mrs?|Ms|Prof|St)|(?<!\w)[^\W\d_])\.$"
)


def sentence_at(text: str, place: int) -> str:
    """Return the sentence of *text* that *place* lies in or ends; cut at a word if it is long.

    Empty if there is nothing to read in it.
    """
    begin, end = 0, len(text)
    for sign in _END.finditer(text):
        before = text[max(sign.start() - 8, 0) : sign.start() + 1]
        if (sign[1] and not sign[1].isupper()) or _ABBREVIATED.search(before):
            continue
        if place <= sign.end():
            end = sign.end()
            break
        begin = sign.end()
    sentence = " ".join(text[begin:end].split())
    if not any(map(str.isalnum, sentence)):
        return ""
    if len(sentence) <= _LONGEST:
        return sentence
    head = sentence[:_LONGEST].rpartition(" ")[0]
    # Chinese is written without spaces.
    return (head if len(head) > _LONGEST // 2 else sentence[: _LONGEST - 1]) + "…"


def citation_in_text(paper: Paper, role: str) -> str:
    """Return what a citation of this *role* says in its sentence: ``Doe et al. [2021]``.

    Empty for one in brackets, without which the sentence reads as well.
    """
    names = cited_names(paper)
    textual = f"{names} [{paper.year}]" if paper.year else names
    said = {"t": textual, "author": names, "year": paper.year, "title": paper.name}
    return said.get(role.removesuffix("s").removeprefix("c"), "")


def citation_labels(papers: Iterable[Paper]) -> dict[str, str]:
    """Return key → label in a list of references: ``Doe and Poe, 2021``, as the text cites it.

    Labels that would be the same get letters, the last of *papers* first: newer ones come before
    it, and leave it its letter.
    """
    cited: dict[str, list[str]] = {}
    for paper in papers:
        cited.setdefault(f"{cited_names(paper)}, {paper.year or 'n.d.'}", []).insert(0, paper.key)
    return {
        key: label + _letter(place) * (len(keys) > 1)
        for label, keys in cited.items()
        for place, key in enumerate(keys)
    }


def _letter(place: int) -> str:
    """Return the letter of a place: a … z, and from there on its number."""
    return ascii_lowercase[place] if place < len(ascii_lowercase) else f"-{place + 1}"


def cited_names(paper: Paper) -> str:
    """Return by whom a paper is, as citations say it: ``Doe and Poe``, ``Doe et al.``."""
    first, *others = map(_cited_name, paper.authors) if paper.authors else [paper.name]
    if len(others) > 1 or paper.et_al:
        return first + and_others(first)
    return "".join(enumerated([first, *others]))


def _cited_name(author: Author) -> str:
    """Return the last name, but the whole of one in Han, kana or Hangul."""
    if is_east_asian(author.name):
        return author.name
    return " ".join(filter(None, (author.prefix, author.family)))


def and_others(name: str) -> str:
    """Return what says behind a *name* that there are others: `` et al.``, or ``等`` behind Han."""
    words = _("et al.")
    is_apart = not (is_east_asian(name[-1:]) and is_east_asian(words)) or script_of(words) == "Kore"
    return " " * is_apart + words
