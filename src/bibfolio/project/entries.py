"""Works that services know → entries in the text of a bibliography."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bibfolio.model import Paper
from bibfolio.model.strings import fold
from bibfolio.model.work import Work
from bibfolio.sources import tex
from bibfolio.sources.bib_parser import RawEntry
from bibfolio.sources.bibliography import Bibliography
from bibfolio.sources.bibtex_edit import changed, inserted
from bibfolio.sources.bibtex_writer import Layout, fields_of, layout_of
from bibfolio.sources.fields import standard_name
from bibfolio.sources.keys import new_key


def missing_parts(work: Work) -> str:
    """Return what a work lacks and an entry needs, such as ``no title and no date``; or ""."""
    parts = {"title": work.title, "authors": work.authors or work.editors, "date": work.date}
    return " and ".join(f"no {name}" for name, value in parts.items() if not value)


def key_for(work: Work, papers: Collection[Paper]) -> str:
    """Return a key for a new entry beside those of *papers*."""
    keys = [(paper.key, _family(paper)) for paper in papers if paper.authors]
    year = work.date.year if work.date else 0
    return new_key(_family(work), year, work.title, keys, [paper.key for paper in papers])


def _family(publication: Work | Paper) -> str:
    first = next(iter(publication.authors or publication.editors))
    return first.prefix + first.family


def with_entry(work: Work, read: Bibliography, key: str, with_abstract: bool = False) -> str:
    """Return the text of a bibliography with an entry for *work*, above the others of its year."""
    layout = layout_of(read.text, read.raw)
    fields = layout.arranged(work.type, fields_of(work, with_abstract=with_abstract))
    entry = layout.entry(work.type, key, fields)
    years = {p.line: p.date.year for p in (*read.papers, *read.drafts) if p.date}
    return inserted(read.text, read.raw, years, entry, work.date.year if work.date else 0)


def with_published(work: Work, read: Bibliography, raw: RawEntry) -> str:
    """Return the text of a bibliography in which the preprint *raw* is the paper it became."""
    layout = layout_of(read.text, read.raw)
    values, dropped = _published_fields(raw, work, layout)
    return changed(read.text, raw, layout, type_=work.type, values=values, dropped=dropped)


#: What being published changes in the entry of a preprint, whatever stands there.
_PRINT = frozenset(
    "journal booktitle eventtitle eventtitleaddon eventdate venue date year month volume number "
    "pages eid publisher school institution doi".split()
)
#: What is said of a preprint alone; and where and when it was, if the print says that otherwise.
_GONE = "pubstate howpublished journal booktitle year month volume number".split()


def _published_fields(
    raw: RawEntry, work: Work, layout: Layout
) -> tuple[dict[str, str], list[str]]:
    """Return the fields to set in the entry of a preprint, and those to drop.

    The title is set if the print has another one; ``eprint`` stays. What else is there stays, and
    what is empty is filled.
    """
    there = {standard_name(name): value for name, value in raw.fields}
    wanted = fields_of(work)
    date = wanted.pop("date", "")
    if "date" in there:
        wanted["date"] = date
    elif work.date:
        with_months = replace(layout, yearly=frozenset({""}), has_months=True)
        wanted |= (with_months if "year" in there else layout).dated(work.type, work.date)
    if fold(tex.plain(there.get("title", ""))) == fold(work.title):
        del wanted["title"]
    chosen = {
        name: value
        for name, value in wanted.items()
        if name in _PRINT or name == "title" or not there.get(name)
    }
    chosen = {name: value for name, value in chosen.items() if there.get(name) != value}
    return chosen, [name for name in _GONE if name in there and name not in wanted]
