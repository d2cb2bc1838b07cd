"""The BibTeX that readers copy: the owner's entry, without what only this site understands."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bibfolio.model import Paper
from bibfolio.model.dates import MONTHS
from bibfolio.sources.fields import OWN_FIELDS
from bibfolio.sources.names import writable_names
from bibfolio.sources.source_text import partners_in

#: Order in which people expect the fields; others follow as they stand in the entry.
_ORDER = (
    "title shorttitle subtitle author editor journal shortjournal booktitle eventtitle "
    "eventtitleaddon eventdate venue series volume number pages school institution type publisher "
    "address year month isbn issn doi eprint eprinttype eprintclass url pubstate note keywords"
).split()

#: What every program takes for the name of a field.
_NAME = re.compile(r"[a-z][a-z0-9_+.:/-]*")


def export(paper: Paper, fields: Mapping[str, str]) -> str:
    """Return the entry as BibTeX text, two spaces deep, with a line break at the end.

    Names and title keep the TeX and the braces they were written with, since those are what
    protects capitals in other people's styles. ``date`` becomes ``year`` and ``month``, which
    BibTeX and biblatex both understand.
    """
    values = {
        name: value
        for name, value in fields.items()
        if value and name not in OWN_FIELDS and _NAME.fullmatch(name)
    }
    for name in values.keys() & {"author", "editor"}:
        values[name] = writable_names(values[name])
    values.pop("date", None)
    if not paper.url:  # refused when it was read
        values.pop("url", None)
    if paper.date:
        values["year"] = paper.year
        if paper.date.month:
            values["month"] = MONTHS[paper.date.month - 1][:3].lower()
    if paper.topics:
        values["keywords"] = ", ".join(paper.topics)
    else:
        values.pop("keywords", None)
    if paper.doi:
        values["doi"] = paper.doi
    order = [*_ORDER, *sorted(values.keys() - set(_ORDER))]
    names = [name for name in order if name in values]
    written = {name: f"{{{_balanced(values[name])}}}" for name in names}
    if re.fullmatch(r"[a-z]{3}", values.get("month", "")):  # an abbreviation, not a text
        written["month"] = values["month"]
    lines = [f"  {name} = {value}," for name, value in written.items()]
    return f"@{paper.type}{{{paper.key},\n" + "\n".join(lines) + "\n}\n"


def _balanced(value: str) -> str:
    """Return *value* without every brace that has no partner."""
    partners = partners_in(value)
    paired = {*partners.keys(), *partners.values()}
    return "".join(c for place, c in enumerate(value) if c not in "{}" or place in paired)
