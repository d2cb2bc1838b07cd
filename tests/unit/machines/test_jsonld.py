"""JSON-LD: schema.org's words for what is known, and nothing for what is not."""

from __future__ import annotations

from dataclasses import replace

from bibfolio.machines import jsonld
from bibfolio.model import Affiliation, Award, Degree, Links, Profile, record_of

from ..made import first

HOME, PAGE = "https://example.org/", "https://example.org/papers/k/"
JANE = Profile("Chip Jay", Affiliation("UoX"))


def article(source: str, type_: str = "misc", pdf: str = "", profile: Profile = JANE):
    record = record_of(first(f"@{type_}{{k, title = {{A Title}}, {source}}}"))
    return jsonld.article(record, PAGE, pdf, profile, HOME)


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
        affiliation=Affiliation("UoX", "School of CS", "Systems"),
        position="student",
        email="jane (at) example (dot) org",
        education=(Degree("B.S.", "UoX", "EECS"),),
        awards=(Award("Merit Student", 2024, "UoX"), Award("Other", 2023)),
        interests=("a", "b"),
        links=Links(website="https://example.org", orcid="0000", github="jane"),
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
    assert "jane (at)" not in str(person)


def test_a_bare_paper():
    assert article("") == {
        "@type": "CreativeWork",
        "@id": PAGE,
        "url": PAGE,
        "mainEntityOfPage": PAGE,
        "name": "A Title",
        "headline": "A Title",
        "creativeWorkStatus": "Published",
    }


def test_authors_in_order_and_the_owner_is_the_person_of_the_home_page():
    found = article("author = {van Dam, Jan and Jay, Chip and {Open Group} and 李, 明}")["author"]
    assert found == [
        {"@type": "Person", "name": "Jan van Dam", "givenName": "Jan", "familyName": "van Dam"},
        {"@type": "Person", "@id": f"{HOME}#person", "name": "Chip Jay", "url": HOME},
        {"@type": "Organization", "name": "Open Group"},
        {"@type": "Person", "name": "李明", "givenName": "明", "familyName": "李"},
    ]


def test_a_conference_paper_is_part_of_proceedings_and_was_presented_at_an_event():
    found = article(
        "booktitle = {Proc.}, eventtitle = {NSDI}, eventtitleaddon = {NSDI 2024}, venue = {SC},"
        "eventdate = {2024-04-16/2024-04-18}, publisher = {USENIX}, pages = {1--3}",
        "inproceedings",
    )
    assert found["isPartOf"] == {
        "@type": "Book",
        "name": "Proc.",
        "publisher": {"@type": "Organization", "name": "USENIX"},
    }
    assert found["publication"] == {
        "@type": "PublicationEvent",
        "name": "NSDI",
        "alternateName": "NSDI 2024",
        "startDate": "2024-04-16",
        "endDate": "2024-04-18",
        "location": {"@type": "Place", "name": "SC"},
    }
    assert (found["pageStart"], found["pageEnd"], found["pagination"]) == ("1", "3", "1–3")


def test_a_preprint_says_so_and_where():
    found = article("eprint = {2404.1}, date = {2024-04-18}, doi = {10.1/x}")
    assert found["creativeWorkStatus"] == "Preprint"
    assert found["isPartOf"] == {"@type": "Collection", "name": "arXiv"}
    assert found["datePublished"] == "2024-04-18"
    assert found["sameAs"] == ["https://doi.org/10.1/x", "https://arxiv.org/abs/2404.1"]
    assert found["identifier"] == {
        "@type": "PropertyValue",
        "propertyID": "DOI",
        "value": "10.1/x",
    }


def test_a_book_is_in_its_series_and_a_report_has_its_number():
    found = article("series = {S}, number = 7, edition = 2, issn = {1}, date = {2010/2012}", "book")
    assert found["isPartOf"] == {
        "@type": "PublicationVolume",
        "volumeNumber": "7",
        "isPartOf": {"@type": "BookSeries", "name": "S", "issn": "1"},
    }
    assert (found["bookEdition"], found["datePublished"]) == ("2", "2010")
    report = article("number = {TR-7}, institution = {I}, address = {Oslo}", "techreport")
    assert report["reportNumber"] == "TR-7"
    assert report["publisher"]["location"] == {"@type": "Place", "name": "Oslo"}


def test_code_has_a_repository_and_a_paper_speaks_of_it():
    url = "https://github.com/jane/x"
    code = {"@type": "SoftwareSourceCode", "codeRepository": url}
    paper = article(f"url = {{{url}}}, doi = {{10.1000/x}}")
    assert (paper["mentions"], paper["sameAs"]) == (code, ["https://doi.org/10.1000/x"])
    software = article(f"url = {{{url}}}, version = {{2}}", "software")
    assert (software["codeRepository"], software["version"]) == (url, "2")
    assert software["sameAs"] == [url]


def test_a_pdf_is_an_encoding_only_if_this_site_has_it():
    assert "encoding" not in article("file = {https://a.b/x.pdf}")
    assert article("", pdf="https://example.org/k.pdf")["encoding"] == {
        "@type": "MediaObject",
        "contentUrl": "https://example.org/k.pdf",
        "encodingFormat": "application/pdf",
    }
