"""Record and profile → schema.org; the only place with its vocabulary (https://schema.org)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bibfolio.machines.types import names_of
from bibfolio.model import Author, Profile, Record
from bibfolio.model.grants import grants_of
from bibfolio.model.lines import TALKS
from bibfolio.model.notices import gravest
from bibfolio.model.people import Person
from bibfolio.model.profile import Award, Degree, Grant, Position, Software, Talk
from bibfolio.model.sentence import Link, sentence_text
from bibfolio.model.strings import without_empty
from bibfolio.model.tables import TABLES, items_of

Json = dict[str, Any]

_STATUS = {"unpublished": "Unpublished"}


def document(*things: Json) -> Json:
    """Return a whole JSON-LD document that says several things."""
    return {"@context": "https://schema.org", "@graph": list(things)}


def person(profile: Profile, home: str) -> Json:
    """Return the owner; *home* is the absolute address of the home page."""
    place = profile.affiliation
    groups = [(place.group, place.group_url)]
    groups += [(sentence_text(one.text), _address(one)) for one in items_of(profile, "memberships")]
    return _known(
        {
            **owner(profile.name, home),
            "jobTitle": profile.position,
            "affiliation": _organization(
                place.institution, place.department, place.group, ror=place.ror
            ),
            "memberOf": [_thing("Organization", *group) for group in groups if group[0]],
            **{
                table.of_owner: [_of_owner(name, item) for item in getattr(profile, name)]
                for name, table in TABLES.items()
                if table.of_owner
            },
            "knowsAbout": list(profile.interests),
            "knowsLanguage": [sentence_text(one.text) for one in items_of(profile, "languages")],
            "sameAs": [account.url for account in profile.links.accounts],
        }
    )


def owner(name: str, home: str) -> Json:
    """Return what all that is said of the owner is said of."""
    return {"@type": "Person", "@id": f"{home}#person", "name": name, "url": home}


def profile_page(profile: Profile, url: str, home: str, names: Sequence[str] = ()) -> Json:
    """Return the home page at *url*, in one of the languages of the site that begins at *home*.

    *names* are those of the person in other languages.
    """
    who = person(profile, home)
    return {
        "@type": "ProfilePage",
        "@id": url,
        "url": url,
        "name": profile.name,
        "mainEntity": {**who, "alternateName": [*names]} if names else who,
    }


def person_page(person: Person, url: str, file_url: Callable[[str], str]) -> Json:
    """Return the page at *url* about somebody whom the owner works with."""
    who = _someone(person) | {"@id": person.orcid_url or f"{url}#person", "name": person.name}
    who |= {"jobTitle": person.role, "affiliation": _organization(person.affiliation)}
    who |= {"url": person.url or url, "image": file_url(person.picture)}
    about = _known({"@type": "Person", **who})
    return {
        "@type": "ProfilePage",
        "@id": url,
        "url": url,
        "name": person.name,
        "mainEntity": about,
    }


def image(url: str, alt: str) -> Json:
    """Return what a paper has besides if there is a picture at *url*."""
    return {"image": {"@type": "ImageObject", "url": url, "caption": alt}} if url else {}


def article(
    record: Record, url: str, file_url: Callable[[str], str], profile: Profile, home: str
) -> Json:
    """Return a paper; *url* is its page, *file_url* gives the absolute address of a file."""
    type_ = names_of(record).schema
    patent = record.number if record.kind == "patent" else ""
    identifiers = [
        {"@type": "PropertyValue", "propertyID": name, "value": value}
        for name, value in (("DOI", record.value_of("doi")), ("Patent number", patent))
        if value
    ]
    # Only code has a repository: a paper's is that of the code it speaks of.
    code, is_code = {"codeRepository": record.code}, type_ == "SoftwareSourceCode"
    return _known(
        {
            "@type": type_,
            "@id": url,
            "url": url,
            "mainEntityOfPage": url,
            "name": record.title,
            "headline": record.title,
            "alternateName": record.short_title,
            "author": [_person(author, profile, home) for author in record.authors],
            "editor": [_person(editor, profile, home) for editor in record.editors],
            "translator": [_person(one, profile, home) for one in record.translators],
            # Who owns a patent is for whom its inventors worked.
            "sourceOrganization": [_person(one, profile, home) for one in record.holders],
            # A property takes a date, not an interval: what was first published at one end of a
            # range was last changed at the other.
            "datePublished": record.date.iso if record.date else "",
            "dateModified": record.date_end.iso if record.date_end else "",
            "inLanguage": record.language,
            "version": record.version,
            **_status(record),
            "isPartOf": _container(record),
            "publication": _event(record),
            "pagination": record.pages,
            "pageStart": record.first_page,
            "pageEnd": record.last_page,
            "numberOfPages": record.pagetotal if type_ == "Book" else "",
            "publisher": _publisher(record),
            "isbn": record.value_of("isbn") if type_ == "Book" else "",
            "bookEdition": record.edition if type_ == "Book" else "",
            "position": record.chapter if type_ == "Chapter" else "",
            "issueNumber": record.issue if type_ == "PublicationIssue" else "",
            "reportNumber": record.number if type_ == "Report" else "",
            # Search engines refuse data without one.
            "description": (record.abstract or record.title) if type_ == "Dataset" else "",
            **(code if is_code else {"mentions": _mentions(record, file_url)}),
            "identifier": identifiers[0] if len(identifiers) == 1 else identifiers,
            "sameAs": list(record.same_as),
            "abstract": record.abstract,
            "keywords": list(record.keywords),
            "funding": [_grant(one) for one in grants_of(profile, record.key)],
            **_access(record, file_url(record.hosted_pdf)),
        }
    )


def _access(record: Record, pdf_url: str) -> Json:
    """Return what is known of who can read a paper, and its file here."""
    pdf = {"@type": "MediaObject", "contentUrl": pdf_url, "encodingFormat": "application/pdf"}
    return {
        "isAccessibleForFree": record.is_free,
        "license": record.license.url if record.license else "",
        "encoding": pdf if pdf_url else "",
    }


def _status(record: Record) -> Json:
    """Return what has become of a paper, and where that is said."""
    said = gravest(record.notices) or record.status or _STATUS.get(record.type, "Published")
    return {
        "creativeWorkStatus": said,
        "correction": [notice.url for notice in record.notices],
    }


# A paper "contains a reference to, but is not necessarily about" software and data that it came
# with (https://schema.org/mentions). They are no parts of it (https://schema.org/hasPart), nor what
# it is "a modification or adaptation" of (https://schema.org/isBasedOn).
def _mentions(record: Record, file_url: Callable[[str], str]) -> Json | list[Json]:
    """Return code and data that belong to a paper."""
    # Search engines refuse data without name and description.
    name = f"Data of {record.title}"
    data = {"@type": "Dataset", "name": name, "description": name, "url": file_url(record.data)}
    code = {"@type": "SoftwareSourceCode", "codeRepository": record.code}
    found = [code] * bool(record.code) + [data] * bool(data["url"])
    return found[0] if len(found) == 1 else found


def item(
    name: str, item: Any, owner: Json, papers: Mapping[str, Json], file_url: Callable[[str], str]
) -> Json:
    """Return an item of a table, as pages tell it that show the table.

    Args:
        name: of the table.
        item: one of its items.
        owner: whose it is.
        papers: things by keys.
        file_url: gives the absolute address of a file of the site, or nothing.
    """
    common = {"@type": TABLES[name].type, "url": _address(item)}
    facts = _FACTS[name](item, owner, papers, file_url) if name in _FACTS else _facts(name, item)
    return _known(common | facts)


def _address(item: Any) -> str:
    """Return where the line of an item leads."""
    to: Link | None = getattr(item, "url", None)
    return to.url if to else ""


def _facts(name: str, item: Any) -> Json:
    """Return what the line of an item says."""
    line = TABLES[name].line(item)
    return {"name": sentence_text(line.headline), "description": sentence_text(line.details)}


def _program(
    item: Software, owner: Json, papers: Mapping[str, Json], _file_url: Callable[[str], str]
) -> Json:
    return {
        "name": item.name,
        "description": sentence_text(item.text),
        "codeRepository": item.code,
        "dateCreated": item.date.start.iso if item.date else "",
        "license": re.sub(r"^\S+$", r"https://spdx.org/licenses/\g<0>", item.license),
        "author": owner,
        "citation": [papers[paper.key] for paper in item.papers if paper.key in papers],
    }


# A talk is what happened, "an event happening at a certain time and location, such as a concert,
# lecture, or festival" (https://schema.org/Event); its slides are only "a file containing slides or
# used for a presentation" (https://schema.org/PresentationDigitalDocument).
def _talk(
    item: Talk, owner: Json, papers: Mapping[str, Json], file_url: Callable[[str], str]
) -> Json:
    title, end, slides = sentence_text(item.title), item.date.end, file_url(item.slides)
    return {
        "name": title,
        "description": sentence_text(item.note),
        "keywords": TALKS[item.kind],
        "startDate": item.date.start.iso,
        "endDate": end.iso if end != item.date.start else "",
        "location": _thing("Place", sentence_text(item.place)),
        "superEvent": _thing("Event", sentence_text(item.event)),
        "performer": owner,
        "about": papers.get(item.paper.key) if item.paper else None,
        "recordedIn": _thing("VideoObject", item.video and title, item.video),
        "subjectOf": _thing("PresentationDigitalDocument", slides and title, slides),
    }


#: Tables of which schema.org says more than what a line says.
_FACTS: dict[str, Callable[[Any, Json, Mapping[str, Json], Callable[[str], str]], Json]] = {
    "talks": _talk,
    "software": _program,
}


def reference(record: Record, url: str) -> Json:
    """Return a paper as others name it; *url* is its page."""
    return {"@type": names_of(record).schema, "@id": url, "name": record.title, "url": url}


def collection(name: str, url: str, items: Iterable[tuple[str, str]]) -> Json:
    """Return the list of publications: *items* are name and address of each paper, in order."""
    elements = [
        {"@type": "ListItem", "position": position, "name": title, "url": address}
        for position, (title, address) in enumerate(items, start=1)
    ]
    return {
        "@type": "CollectionPage",
        "@id": url,
        "url": url,
        "name": name,
        "mainEntity": {
            "@type": "ItemList",
            "numberOfItems": len(elements),
            "itemListElement": elements,
        },
    }


def breadcrumbs(trail: Sequence[tuple[str, str]]) -> Json:
    """Return the way from the home page to this one: names and addresses."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate(trail, start=1)
        ],
    }


def _person(author: Author, profile: Profile, home: str) -> Json:
    if author.is_owner:
        return owner(author.name, home)
    if author.is_organization:
        return _organization(author.name)
    family = " ".join(part for part in (author.prefix, author.family) if part)
    given = {"givenName": author.given, "familyName": family} if author.given else {}
    known = _someone(author.person or Person(""))
    return _known({"@type": "Person", "name": author.name, **given, **known})


def _someone(person: Person) -> Json:
    # An ORCID iD names a person, but the address of a home page that page.
    found = {"@id": person.orcid_url, "identifier": person.orcid_url, "url": person.url}
    same_as = list(filter(None, (person.url, person.orcid_url)))
    return {**found, "alternateName": person.native, "sameAs": same_as}


def _of_owner(name: str, item: Any) -> Json | str:
    """Return an item of a table as a property of the owner has it."""
    return _OF_OWNER[name](item) if name in _OF_OWNER else TABLES[name].line(item).text


def _degree(item: Degree) -> Json:
    return _organization(item.institution, item.department, ror=item.ror)


def _job(item: Position) -> Json:
    """Return a job: in a role, the property stands once more (https://schema.org/Role)."""
    return _known(
        {
            "@type": "EmployeeRole",
            "roleName": item.role,
            "startDate": item.start.iso,
            "endDate": item.end.iso if item.end else "",
            "worksFor": _organization(item.organization, ror=item.ror),
        }
    )


def _award(item: Award) -> str:
    return f"{item.title} ({', '.join(filter(None, (item.by, str(item.year))))})"


def _grant(item: Grant) -> Json:
    """Return a grant, without the amount: schema.org takes numbers, and here it is words."""
    funder = _organization(sentence_text(item.funder), ror=item.ror)
    grant = _thing("Grant", sentence_text(item.title), _address(item))
    return grant | _known({"identifier": item.number, "funder": funder})


#: Tables whose items are more there than what their lines say.
_OF_OWNER: dict[str, Callable[[Any], Json | str]] = {
    "education": _degree,
    "positions": _job,
    "awards": _award,
    "grants": _grant,
}


def _container(record: Record) -> Json:
    is_issue = record.type == "periodical"  # itself: its title is that of the journal
    name = record.title if is_issue else record.container
    if not name:
        return _series(record)
    if record.container_kind == "journal":
        inner = _known({"@type": "Periodical", "name": name, "issn": record.value_of("issn")})
        if record.volume:
            volume = {"@type": "PublicationVolume", "volumeNumber": record.volume}
            inner = {**volume, "isPartOf": inner}
        if record.issue and not is_issue:
            inner = {"@type": "PublicationIssue", "issueNumber": record.issue, "isPartOf": inner}
        return inner
    if record.container_kind in {"proceedings", "book"}:
        book = {
            "@type": "Book",
            "name": name,
            "isbn": record.value_of("isbn"),
            "bookEdition": record.edition,
        }
        return _known({**book, "publisher": _publisher(record), "isPartOf": _series(record)})
    if record.container_kind == "repository":
        return {"@type": "Collection", "name": name}
    return _series(record)


def _series(record: Record) -> Json:
    """Return the series of a book or report, with the number of the volume that it is."""
    kind = (
        "BookSeries" if record.kind in {"book", "chapter", "conference"} else "CreativeWorkSeries"
    )
    series = _known({"@type": kind, "name": record.series, "issn": record.value_of("issn")})
    number = record.series_number or record.volume
    if not number:
        return series if record.series else {}
    inner = {"isPartOf": series} if record.series else {}
    return {"@type": "PublicationVolume", "volumeNumber": number, **inner}


def _event(record: Record) -> Json:
    if not record.event:
        return {}
    return _known(
        {
            "@type": "PublicationEvent",
            "name": record.event,
            "alternateName": record.container_short,
            "startDate": record.event_dates.start.iso if record.event_dates else "",
            "endDate": record.event_dates.end.iso if record.event_dates else "",
            "location": _thing("Place", record.event_place),
        }
    )


def _publisher(record: Record) -> Json:
    is_institution = record.container_kind == "institution"
    publisher = _organization(record.container if is_institution else record.publisher)
    if publisher and record.address:
        publisher["location"] = _thing("Place", record.address)
    return publisher


def _organization(name: str, *units: str, ror: str = "") -> Json:
    """Return an institution, with the unit of it that is meant as its department."""
    if not name:
        return {}
    inner = [_organization(unit) for unit in units if unit]
    return _known({"@type": "Organization", "@id": ror, "name": name, "department": inner})


def _thing(type_: str, name: str, url: str = "") -> Json:
    """Return a thing of which little is known, or nothing."""
    return _known({"@type": type_, "name": name, "url": url}) if name else {}


def _known(thing: Json) -> Json:
    """Return *thing* without properties that are empty."""
    return without_empty(thing)
