"""What the site knows: frozen dataclasses, standard library only.

Second station of the pipeline (sources → **model** → pages / machines → output).
``sources`` fills these records, ``pages`` and ``machines`` read them, nobody changes them.
"""

from bibfolio.model.author import Author, Mark
from bibfolio.model.dates import DateRange, PartialDate
from bibfolio.model.paper import KINDS, ROLES, Link, Paper, Venue, publication_order
from bibfolio.model.profile import (
    Advisor,
    Affiliation,
    Award,
    Course,
    Degree,
    Links,
    Position,
    Profile,
)
from bibfolio.model.record import EXPORT_FORMATS, Record, record_of
from bibfolio.model.text import RichText, Span

__all__ = [
    "EXPORT_FORMATS",
    "KINDS",
    "ROLES",
    "Advisor",
    "Affiliation",
    "Author",
    "Award",
    "Course",
    "DateRange",
    "Degree",
    "Link",
    "Links",
    "Mark",
    "Paper",
    "PartialDate",
    "Position",
    "Profile",
    "Record",
    "RichText",
    "Span",
    "Venue",
    "publication_order",
    "record_of",
]
