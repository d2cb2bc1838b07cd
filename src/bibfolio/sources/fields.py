"""The vocabulary of ``refs.bib``: fields, their other names, entry types.

Every field is a standard BibTeX or biblatex one where a standard exists (biblatex manual,
§2.1 "Entry types", §2.2 "Entry fields").
"""

from __future__ import annotations

#: Field → what it does. Documented in README.md from here; anything else is kept but not shown.
FIELDS: dict[str, str] = {
    "title, subtitle": "Title; capitals stay as written, `$maths$` and `\\emph{…}` work",
    "shorttitle": "What people call the paper or its system; used where space is short",
    "author": "`Family, Given and Family, Given`; `and others` prints *et al.*",
    "author+an": "Marks on authors: `1=equal; 2=equal, corresponding`; a legend is printed",
    "date / year, month": "`2024`, `2024-04` or `2024-04-16`; decides the year group",
    "journal / journaltitle, shortjournal": "Journal and its abbreviation",
    "booktitle": "Title of the proceedings or book",
    "eventtitle, eventtitleaddon": "Name of the conference and its acronym (`NSDI 2024`)",
    "eventdate, venue": "When (`2024-04-16/2024-04-18`) and where it took place",
    "venueurl": "Home page of the conference or journal *(own field)*",
    "volume, number, pages": "As in BibTeX; `--` between first and last page",
    "publisher, isbn, issn": "As in BibTeX",
    "school / institution, type": "For theses and reports",
    "doi": "The bare DOI; gives the DOI link",
    "eprint, eprinttype, eprintclass": "arXiv number and class; gives the arXiv and PDF links",
    "url": "Landing page at the publisher",
    "file": "PDF: a path below the site, an address, or several with `; ` (first available wins)",
    "slides, poster": "The same for slides and poster *(own fields)*",
    "code, video": "Address of the code or of a recording *(own fields)*",
    "award": "An award the paper won *(own field)*",
    "note": "Shown as it is",
    "pubstate": "`prepublished` shows *Preprint*; `inpreparation` hides the entry everywhere",
    "keywords": "Topics, separated by commas; `selected` marks selected papers",
    "annotation": "Summary in plain language",
    "abstract": "Abstract",
}
#: biblatex or common names → the name used here.
ALIASES = {
    "journaltitle": "journal",
    "archiveprefix": "eprinttype",
    "primaryclass": "eprintclass",
    "annote": "annotation",
    "location": "address",
    "shortbooktitle": "eventtitleaddon",
}
#: Entry types of BibTeX and biblatex; others are shown as @misc and reported.
TYPES = frozenset(
    "article book mvbook inbook bookinbook suppbook booklet collection mvcollection incollection "
    "suppcollection dataset manual misc online patent periodical suppperiodical proceedings "
    "mvproceedings inproceedings reference inreference report software thesis unpublished "
    "conference electronic mastersthesis phdthesis techreport www artwork audio image video".split()
)
#: Entry type, or biblatex's word in ``type`` → what it is called.
TYPE_WORDS = {
    "phdthesis": "PhD thesis",
    "mastersthesis": "Master’s thesis",
    "mathesis": "Master’s thesis",
    "bathesis": "Bachelor’s thesis",
    "candthesis": "Candidate thesis",
    "techreport": "Technical report",
    "resreport": "Research report",
}
#: The ``pubstate`` of entries that no page, feed or export may show.
HIDDEN = "inpreparation"
#: Fields that mean something to this site only, or name files of it: not exported.
OWN_FIELDS = frozenset(
    "author+an editor+an file slides poster code video award venueurl annotation abstract "
    "crossref xdata bibsource biburl timestamp".split()
)
