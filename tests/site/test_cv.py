"""This site's CV: its four forms say what `profile.toml` and `refs.bib` say, and nothing hidden."""

from __future__ import annotations

import json
import re

import pytest

from tests.cv import FILES, Pdf, forms, plain, resume_problems, unsaid
from tests.site.test_content import ADDRESS, hidden_words


@pytest.fixture(scope="module")
def texts(site) -> dict[str, str]:
    """Form → all it says."""
    return forms(site)


def test_every_form_says_what_the_owner_has_written(site):
    assert unsaid(site, site.profile, site.papers) == []


def test_every_form_says_who_it_is_about(site, texts):
    person, place = site.profile, site.profile.affiliation
    facts = [
        *(person.name, person.position, place.group, place.department, place.institution),
        *(person.advisor.full_name if person.advisor else "", person.location, person.email),
        *(account.name for account in person.links.accounts),
        person.links.website.removeprefix("https://"),
    ]
    said = {form: plain(text) for form, text in texts.items()}
    assert [(form, f) for form, text in said.items() for f in facts if plain(f) not in text] == []


def test_no_form_says_what_is_hidden_or_for_harvesters(texts):
    for form, text in texts.items():
        assert ADDRESS.findall(text) == [], form
        said = plain(text)
        assert [words for words in hidden_words() if plain(words) in said] == [], form


def test_the_page_and_the_pdf_lead_to_the_same_places(site):
    """Places elsewhere: papers' own pages and files of this site are named differently."""
    main = site.main("cv")
    page = {link["href"] for link in main.find_all("a", href=True) if "://" in link["href"]}
    assert set(Pdf(site.files["cv.pdf"]).links) == page


def test_the_sections_are_the_same_on_the_page_and_in_the_files(site):
    headings = [heading.get_text().rstrip("¶#") for heading in site.main("cv").find_all("h2")]
    assert Pdf(site.files["cv.pdf"]).headings == headings
    lines = site.text("cv.txt").splitlines()
    assert [line for line in lines if line in {heading.upper() for heading in headings}] == [
        heading.upper() for heading in headings
    ]
    lists = [
        value for value in json.loads(site.text("cv.json")).values() if isinstance(value, list)
    ]
    assert len(lists) == len(headings)


def test_the_files_are_what_their_readers_need(site):
    pdf = Pdf(site.files["cv.pdf"])
    assert len(pdf.reader.pages) <= 2
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf.root["/Metadata"].get_data()
    assert all(pdf.fonts.values())
    lines = site.text("cv.txt").splitlines()
    assert [line for line in lines if len(line) > 80] == []
    assert [line for line in lines if re.search(r"^[#=~_*-]{2,}|\t|<\w|\]\(|\*\*|`", line)] == []
    assert resume_problems(json.loads(site.text("cv.json"))) == []
    assert all(name in site.files for name in FILES)


def test_every_page_leads_to_the_pdf_in_its_header(site):
    headers = [site.soup(path).select_one(".site-header") for path in site.pages]
    links = [link for header in headers if header for link in header.select(".cv-header-file")]
    assert len(links) == len([header for header in headers if header]) > 0
    assert all(link["href"].endswith("cv.pdf") for link in links)
