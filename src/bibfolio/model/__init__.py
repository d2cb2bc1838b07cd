"""What the site knows: frozen dataclasses, standard library only.

Second station of the pipeline (sources → **model** → pages, machines, cv).
``sources`` fills these records, the others read them, nobody changes them.
"""

from bibfolio.model.cv import CV_FILES, CV_PAGE, CvDocument, cv_document
from bibfolio.model.dates import DateRange, PartialDate
from bibfolio.model.paper import (
    KINDS,
    PAPERS,
    ROLES,
    Author,
    Figure,
    Link,
    Mark,
    Paper,
    Venue,
    by_kind,
    publication_order,
)
from bibfolio.model.people import Person
from bibfolio.model.profile import (
    Advisor,
    Affiliation,
    Award,
    Course,
    CvOptions,
    Degree,
    Links,
    Position,
    Profile,
    Talk,
)
from bibfolio.model.record import EXPORT_FORMATS, FEEDS, NEWS_FEED, Record, record_of
from bibfolio.model.text import RichText, Span
from bibfolio.model.wording import where_and_when

__all__ = [
    "CV_FILES",
    "CV_PAGE",
    "EXPORT_FORMATS",
    "FEEDS",
    "KINDS",
    "NEWS_FEED",
    "PAPERS",
    "ROLES",
    "Advisor",
    "Affiliation",
    "Author",
    "Award",
    "Course",
    "CvDocument",
    "CvOptions",
    "DateRange",
    "Degree",
    "Figure",
    "Link",
    "Links",
    "Mark",
    "Paper",
    "PartialDate",
    "Person",
    "Position",
    "Profile",
    "Record",
    "RichText",
    "Span",
    "Talk",
    "Venue",
    "by_kind",
    "cv_document",
    "publication_order",
    "record_of",
    "where_and_when",
]
