"""Entry types → what they are called in CSL, RIS and schema.org: one table for all of them.

CSL has its types in appendix III of its specification, and biblatex's in those of its processors
(citeproc-lua, Citation.js and pandoc agree on them). RIS is as Zotero's translator ``RIS.js`` reads
it. What schema.org has no class for is a ``CreativeWork``.
"""

from __future__ import annotations

from typing import NamedTuple

from bibfolio.model import Record


class TypeNames(NamedTuple):
    """What one type is called."""

    csl: str
    ris: str
    schema: str


#: Entry types, and their names. To RIS, ``CONF`` is proceedings, and to Zotero a paper in them: a
#: book is one to both.
_TABLE = """
article suppperiodical: article-journal JOUR ScholarlyArticle
review: review JOUR ScholarlyArticle
periodical: periodical JFULL PublicationIssue
inproceedings conference: paper-conference CPAPER ScholarlyArticle
book mvbook collection mvcollection proceedings mvproceedings reference mvreference: book BOOK Book
commentary: book BOOK Book
booklet: pamphlet PAMP Book
inbook bookinbook suppbook incollection suppcollection: chapter CHAP Chapter
inreference: entry ENCYC Chapter
thesis phdthesis mastersthesis: thesis THES Thesis
report techreport manual: report RPRT Report
unpublished: manuscript UNPB ScholarlyArticle
online electronic www: webpage ELEC WebPage
dataset: dataset DATA Dataset
software: software COMP SoftwareSourceCode
patent: patent PAT CreativeWork
artwork image: graphic ART VisualArtwork
audio music: song SOUND AudioObject
movie: motion_picture MPCT Movie
performance: performance GEN CreativeWork
jurisdiction: legal_case CASE CreativeWork
legislation: legislation STAT Legislation
legal: treaty GEN CreativeWork
letter: personal_communication PCOMM CreativeWork
standard: standard STAND CreativeWork
video: motion_picture VIDEO VideoObject
"""
_NAMES = {
    type_: TypeNames(*names.split())
    for types, names in (line.split(":") for line in _TABLE.strip().splitlines())
    for type_ in types.split()
}
#: Zotero has no word of RIS for a preprint; this is the standard's for what is not published.
_PREPRINT = TypeNames("article", "UNPB", "ScholarlyArticle")
#: Zotero takes ``GEN`` for an article, as it has no other word for what is nothing else.
_OTHER = TypeNames("document", "GEN", "CreativeWork")


def names_of(record: Record) -> TypeNames:
    """Return what the type of *record* is called."""
    return _PREPRINT if record.kind == "preprint" else _NAMES.get(record.type, _OTHER)
