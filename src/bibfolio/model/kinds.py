"""What kinds of publications there are, and which of them each entry type is."""

from __future__ import annotations

#: Kinds of publications in the order in which a list grouped by type shows them → heading.
KINDS: dict[str, str] = {
    "journal": "Journal articles",
    "conference": "Conference papers",
    "preprint": "Preprints",
    "book": "Books",
    "chapter": "Book chapters",
    "thesis": "Theses",
    "report": "Technical reports",
    "dataset": "Datasets",
    "software": "Software",
    "patent": "Patents",
    "other": "Other publications",
}

#: Entry type of BibTeX or biblatex → key into :data:`KINDS`.
KIND_OF_TYPE = {
    "article": "journal",
    "periodical": "journal",
    "inproceedings": "conference",
    "conference": "conference",
    "proceedings": "conference",
    "book": "book",
    "mvbook": "book",
    "collection": "book",
    "booklet": "book",
    "manual": "report",
    "inbook": "chapter",
    "incollection": "chapter",
    "inreference": "chapter",
    "thesis": "thesis",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "report": "report",
    "techreport": "report",
    "dataset": "dataset",
    "software": "software",
    "patent": "patent",
}
