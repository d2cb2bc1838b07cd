"""JSON-LD: schema.org's words for what is known, and nothing for what is not.

What it says of each field of a paper is held against docs/forms.md by tests/build/test_readers.py.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bibfolio.machines import jsonld
from bibfolio.model import (
    Affiliation,
    Award,
    Degree,
    Links,
    PartialDate,
    Position,
    Profile,
    record_of,
)
from bibfolio.model.dates import DateRange
from bibfolio.model.people import Person
from bibfolio.model.profile import Grant, OwnSection, SectionItem, Software, Talk
from bibfolio.model.sentence import Link, PaperName, Phrase, plain

from ..made import first

HOME, PAGE = "https://example.org/", "https://example.org/papers/k/"
JANE = Profile("Chip Jay", Affiliation("UoX"))


def file_url(path: str) -> str:
    return HOME + path if path and "://" not in path else path


def article(source: str, type_: str = "misc", pdf: str = "", profile: Profile = JANE):
    record = record_of(first(f"@{type_}{{k, title = {{A Title}}, {source}}}"))
    return jsonld.article(replace(record, hosted_pdf=pdf), PAGE, file_url, profile, HOME)


def test_a_bare_person():
    assert jsonld.person(JANE, HOME) == {
        "@type": "Person",
        "@id": "https://example.org/#person",
        "name": "Chip Jay",
        "url": HOME,
        "affiliation": {"@type": "Organization", "name": "UoX"},
    }


def test_a_person_with_everything():
    profile = replace(
        JANE,
        affiliation=Affiliation("UoX", "School of CS", "Systems", "https://sys.example/"),
        position="student",
        email="jane (at) example (dot) org",
        education=(Degree("B.S.", "UoX", "EECS"),),
        awards=(Award("Merit Student", 2024, "UoX"), Award("Other", 2023)),
        interests=("a", "b"),
        links=Links(website="https://example.org", orcid="0000", github="jane"),
        grants=(
            Grant(
                (Phrase("Long "), Phrase("Bench", style="emphasis")),
                plain("CC"),
                "7",
                plain("12 pieces"),
            ),
        ),
        sections=(
            OwnSection("Tongues", "languages", (SectionItem(plain("Elvish"), detail=plain("C2")),)),
            OwnSection("Member of", "memberships", (SectionItem(plain("Guild")),)),
            OwnSection("Patents", "patents", (SectionItem(plain("Stool")),)),
        ),
    )
    person = jsonld.person(profile, HOME)
    assert person["jobTitle"] == "student"
    assert person["affiliation"]["department"] == [
        {"@type": "Organization", "name": "School of CS"},
        {"@type": "Organization", "name": "Systems"},
    ]
    assert person["alumniOf"] == [
        {
            "@type": "Organization",
            "name": "UoX",
            "department": [{"@type": "Organization", "name": "EECS"}],
        }
    ]
    assert person["award"] == ["Merit Student (UoX, 2024)", "Other (2023)"]
    assert person["knowsAbout"] == ["a", "b"]
    assert person["sameAs"] == ["https://github.com/jane", "https://orcid.org/0000"]
    assert person["memberOf"] == [
        {"@type": "Organization", "name": "Systems", "url": "https://sys.example/"},
        {"@type": "Organization", "name": "Guild"},
    ]
    funder = {"@type": "Organization", "name": "CC"}
    grant = {"@type": "Grant", "name": "Long Bench", "identifier": "7", "funder": funder}
    assert (person["funding"], person["knowsLanguage"]) == ([grant], ["Elvish"])
    assert not {"jane (at)", "Stool", "12 pieces"} & set(re.split("[,']", str(person)))


def test_authors_in_order_and_the_owner_is_the_person_of_the_home_page():
    found = article("author = {van Dam, Jan and Jay, Chip and {Open Group} and 李, 明}")["author"]
    assert found == [
        {"@type": "Person", "name": "Jan van Dam", "givenName": "Jan", "familyName": "van Dam"},
        {"@type": "Person", "@id": f"{HOME}#person", "name": "Chip Jay", "url": HOME},
        {"@type": "Organization", "name": "Open Group"},
        {"@type": "Person", "name": "李明", "givenName": "明", "familyName": "李"},
    ]


def test_an_author_who_is_known_is_called_by_identifier_address_and_other_name():
    record = record_of(
        first("@misc{k, title = {A}, author = {Ek, Bo and Lee, Ann and Poe, Edgar}}")
    )
    people = (Person("", "https://ek.example/", "0000-1", "薄"), Person("", "https://lee.example/"))
    people = (*people, Person(""))
    authors = (replace(a, person=p) for a, p in zip(record.authors, people, strict=True))
    found = jsonld.article(replace(record, authors=tuple(authors)), PAGE, str, JANE, HOME)["author"]
    orcid = "https://orcid.org/0000-1"
    assert found[0] == {
        "@type": "Person",
        "name": "Bo Ek",
        "givenName": "Bo",
        "familyName": "Ek",
        "@id": orcid,
        "identifier": orcid,
        "url": "https://ek.example/",
        "alternateName": "薄",
        "sameAs": ["https://ek.example/", orcid],
    }
    assert found[1].keys() - found[2].keys() == {"url", "sameAs"}


OWNER = jsonld.owner("Chip Jay", HOME)
PAPERS = {"k": jsonld.reference(record_of(first("@article{k, title = {A Title}}")), PAGE)}


def said(table, item):
    return jsonld.item(
        table, item, OWNER, PAPERS, lambda path: path and f"https://example.org/{path}"
    )


def test_a_program_cites_its_papers_and_says_where_its_code_is():
    papers = (PaperName(key="k"), PaperName(key="gone"))
    item = Software(
        "X", plain("Does x."), Link(url="https://x.example/"), "https://c.example/", papers
    )
    assert said("software", replace(item, license="MIT")) == {
        "@type": "SoftwareSourceCode",
        "name": "X",
        "description": "Does x.",
        "codeRepository": "https://c.example/",
        "url": "https://x.example/",
        "license": "https://spdx.org/licenses/MIT",
        "author": OWNER,
        "citation": [
            {"@type": "ScholarlyArticle", "@id": PAGE, "name": "A Title", "url": PAGE},
        ],
    }
    bare = {"@type": "SoftwareSourceCode", "name": "X", "author": OWNER}
    assert said("software", Software("X")) == bare
    worded = said("software", Software("X", license="free of charge"))
    assert worded == bare | {"license": "free of charge"}


def test_a_talk_is_an_event_within_one_with_its_paper_its_slides_and_its_recording():
    item = Talk(plain("On x"), DateRange.parse("2030-04"), plain("Days"))
    item = replace(item, place=plain("Oslo"), kind="invited", paper=PaperName(key="k"))
    item = replace(
        item, video="https://v.example/", slides="s.pdf", date=DateRange.parse("2030-04/2030-05")
    )
    assert said("talks", item) == {
        "@type": "Event",
        "name": "On x",
        "keywords": "invited talk",
        "startDate": "2030-04",
        "endDate": "2030-05",
        "location": {"@type": "Place", "name": "Oslo"},
        "superEvent": {"@type": "Event", "name": "Days"},
        "performer": OWNER,
        "about": PAPERS["k"],
        "recordedIn": {"@type": "VideoObject", "name": "On x", "url": "https://v.example/"},
        "subjectOf": {
            "@type": "PresentationDigitalDocument",
            "name": "On x",
            "url": "https://example.org/s.pdf",
        },
    }
    bare = said("talks", Talk(plain("On x"), DateRange.parse("2030")))
    assert bare == {"@type": "Event", "name": "On x", "startDate": "2030", "performer": OWNER}


def test_code_has_a_repository_and_a_paper_speaks_of_it():
    url = "https://github.com/jane/x"
    code = {"@type": "SoftwareSourceCode", "codeRepository": url}
    paper = article(f"url = {{{url}}}, doi = {{10.1000/x}}")
    assert (paper["mentions"], paper["sameAs"]) == (code, ["https://doi.org/10.1000/x"])
    software = article(f"url = {{{url}}}, version = {{2}}", "software")
    assert (software["codeRepository"], software["version"]) == (url, "2")
    assert software["sameAs"] == [url]


def test_a_paper_speaks_of_its_data_and_data_are_themselves():
    url = "https://data.example/d"
    name = "Data of A Title"
    data = {"@type": "Dataset", "name": name, "description": name, "url": url}
    assert article(f"dataset = {{{url}}}")["mentions"] == data
    code = {"@type": "SoftwareSourceCode", "codeRepository": "https://github.com/jane/x"}
    assert article(f"data = {{{url}}}, code = {{{code['codeRepository']}}}")["mentions"] == [
        code,
        data,
    ]
    itself = article(f"data = {{{url}}}", "dataset")
    assert (itself["sameAs"], "mentions" in itself) == ([url], False)


def test_a_pdf_is_an_encoding_only_if_this_site_has_it():
    assert "encoding" not in article("file = {https://a.b/x.pdf}")
    assert article("", pdf="k.pdf")["encoding"] == {
        "@type": "MediaObject",
        "contentUrl": "https://example.org/k.pdf",
        "encodingFormat": "application/pdf",
    }


def test_a_paper_is_free_only_if_that_is_known():
    assert "isAccessibleForFree" not in article("title = {T}, copyright = {© 2024 ACM}")
    assert article("title = {T}, eprint = {2401.00001}")["isAccessibleForFree"] is True
    licensed = article("title = {T}, license = {CC-BY-4.0}")
    assert licensed["isAccessibleForFree"] is True
    assert licensed["license"] == "https://creativecommons.org/licenses/by/4.0/"


def test_an_organization_is_known_by_its_ror_id_wherever_it_stands():
    ids = [f"https://ror.org/{number}" for number in ("02mhbdp94", "05gq02987", "042nb2s44")]
    profile = replace(
        JANE,
        affiliation=Affiliation("UoX", "School of CS", ror=ids[0]),
        education=(Degree("B.S.", "UoX", ror=ids[0]),),
        positions=(
            Position("Intern", "Slow", PartialDate(2022, 3), PartialDate(2023), ror=ids[1]),
        ),
        grants=(Grant(plain("Bench"), plain("CC"), "7", ror=ids[2], papers=(PaperName(key="k"),)),),
    )
    person = jsonld.person(profile, HOME)
    university = {"@type": "Organization", "@id": ids[0], "name": "UoX"}
    assert person["alumniOf"] == [university]
    assert person["affiliation"].items() >= university.items()
    assert person["worksFor"] == [
        {
            "@type": "EmployeeRole",
            "roleName": "Intern",
            "startDate": "2022-03",
            "endDate": "2023",
            "worksFor": {"@type": "Organization", "@id": ids[1], "name": "Slow"},
        }
    ]
    record = record_of(first("@misc{k, title = {A}}"))
    funder = {"@type": "Organization", "@id": ids[2], "name": "CC"}
    grant = {"@type": "Grant", "name": "Bench", "identifier": "7", "funder": funder}
    assert jsonld.article(record, PAGE, str, profile, HOME)["funding"] == [grant]
    assert person["funding"] == [grant]
