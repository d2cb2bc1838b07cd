"""Entries that contradict what else there is: a preprint that is published, a draft on show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bibfolio.problems import Problem, WarningKind
from bibfolio.sources import tex
from bibfolio.sources.identifiers import doi_of, read_doi
from bibfolio.lint.identifier import arxiv_of
from bibfolio.lint.item import Item
from bibfolio.lint.person import authors_of
from bibfolio.lint.spelling import fold, spelling_of

#: How the names of journals begin that are servers of preprints.
_SERVERS = ("arxiv", "biorxiv", "medrxiv", "ssrn", "techrxiv", "chemrxiv", "preprint")
#: Shorter titles are shared by different papers: Editorial, Introduction.
_MIN_LETTERS = 12


def twins(items: Sequence[Item]) -> Iterator[Problem]:
    """Preprints of which the same file has the published paper."""
    by_title: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if not item.is_draft and len(title := _title(item)) >= _MIN_LETTERS:
            by_title[title].append(item)
    for group in by_title.values():
        published = next((item for item in group if _is_published(item)), None)
        for item in group:
            if published and _is_preprint(item) and _share_an_author(item, published):
                number = arxiv_of(item.get("eprint"))
                what = f"eprint = {{{number}}}" if number else "what is only here"
                message = (
                    f"the same paper is published as {published.key}; "
                    f"give that entry {what}, and remove this one"
                )
                yield item.problem(WarningKind.BIB_TWIN, message)


def same_doi(items: Sequence[Item]) -> Iterator[Problem]:
    """Entries with the DOI of another one: the same paper twice, or a slip of copying."""
    first: dict[str, str] = {}
    for item in items:
        doi = "" if item.is_draft else doi_of(read_doi(item.get("doi"))).lower()
        if doi and first.setdefault(doi, item.key) != item.key:
            message = (
                f"{first[doi]} has the same DOI; correct it, or remove one of the two entries"
                " if they are the same paper"
            )
            yield item.problem(WarningKind.BIB_TWIN, message, next(iter(item.named("doi")), None))


def _title(item: Item) -> str:
    return fold(tex.plain(item.get("title")) + tex.plain(item.get("subtitle")))


def _is_preprint(item: Item) -> bool:
    if item.get("pubstate").lower() in {"prepublished", "submitted"}:
        return True
    container = item.get("journal", "booktitle", "eventtitle")
    if not container:
        return bool(item.get("eprint")) or "arxiv" in fold(
            item.get("howpublished", "url", "publisher", "note")
        )
    name = fold(tex.plain(container))
    return name == "corr" or name.startswith(_SERVERS)


def _is_published(item: Item) -> bool:
    container = item.get("journal", "booktitle", "eventtitle")
    return bool(container) and not _is_preprint(item)


def _share_an_author(one: Item, other: Item) -> bool:
    """Whether both name the same family; also if one names nobody."""
    mine, theirs = (
        {fold(name.author.family) for name in map(spelling_of, authors_of(item)) if name}
        for item in (one, other)
    )
    return not mine or not theirs or bool(mine & theirs)


def drafts(item: Item) -> Iterator[Problem]:
    """Drafts that are among the selected papers: no list will show them."""
    for part in item.named("keywords"):
        words = [word.strip().lower() for word in part.value.split(",")]
        if item.is_draft and "selected" in words:
            message = "a draft is shown nowhere; remove selected, or change pubstate"
            yield item.problem(WarningKind.BIB_DRAFT, message, part)
