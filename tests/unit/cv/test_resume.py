"""The CV as JSON Resume: every property the schema's, every value said."""

from __future__ import annotations

import json

import pytest

from bibfolio.cv.resume import resume
from tests.cv import resume_problems

from ..made import BARE
from .made import document


def read(cv) -> dict:
    return json.loads(resume(cv))


def flat(value) -> list:
    """Every value in *value* that holds no others; an empty list or object as an empty text."""
    if isinstance(value, dict | list) and value:
        inner = value.values() if isinstance(value, dict) else value
        return [item for part in inner for item in flat(part)]
    return [value or ""]


def test_every_fact_has_its_property():
    assert read(document()) == {
        "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
        "basics": {
            "name": "Jane Doe",
            "label": "second-year student",
            "url": "https://jane.example/",
            "summary": "Second-year student. Systems, School of CS, UoX. "
            "Advised by Prof. Edgar Poe.",
            "location": {"address": "Oslo"},
            "profiles": [
                {"network": "E-mail", "username": "jane (at) example (dot) org"},
                {"network": "GitHub", "username": "jane", "url": "https://github.com/jane"},
                {"network": "Mastodon", "username": "https://a.b/@c", "url": "https://a.b/@c"},
            ],
        },
        "interests": [
            {"name": "waiting"},
            {"name": "queues"},
            {"name": "Current focus", "keywords": ["the long run"]},
        ],
        "education": [
            {
                "institution": "EECS, UoX",
                "studyType": "B.S.",
                "area": "lines",
                "startDate": "2019",
                "endDate": "2023-07",
            }
        ],
        "work": [
            {"name": "Slow", "position": "Intern", "startDate": "2023-07"},
            {
                "name": "Late",
                "position": "Intern",
                "startDate": "2022-03",
                "endDate": "2022-08",
                "highlights": ["Advised by Dr. A, B and C", "Dr. A: https://a.example/"],
            },
        ],
        "publications": [
            {
                "name": "An Article",
                "publisher": "T 2024. Transactions. Best Paper.",
                "releaseDate": "2024",
                "url": "https://doi.org/10.1/x",
                "doi": "10.1/x",
                "authors": ["Jane Doe"],
                "summary": "Jane Doe, et al.",
            },
            {
                "name": "A Preprint",
                "publisher": "Preprint. arXiv:2504.1, April 2025.",
                "releaseDate": "2025-04",
                "url": "https://arxiv.org/abs/2504.1",
                "authors": ["Edgar Poe", "Jane Doe"],
                "summary": "Edgar Poe*, Jane Doe (* Equal contribution)",
            },
        ],
        "projects": [
            {
                "name": "OS",
                "description": "2024 Spring",
                "roles": ["TA"],
                "entity": "UoX",
                "type": "teaching",
            }
        ],
        "awards": [
            {"title": "Merit", "date": "2024", "summary": "2/56"},
            {"title": "Prize", "date": "2023", "awarder": "UoX"},
        ],
    }


@pytest.mark.parametrize("cv", [document(), document(BARE), document(BARE, (), site="")])
def test_the_schema_is_kept_and_nothing_is_said_to_be_nothing(cv):
    assert resume_problems(read(cv)) == []
    assert "" not in flat(read(cv))


def test_properties_come_in_the_order_of_the_sections():
    sections = ("awards", "positions")
    assert list(read(document(sections=sections)))[2:] == ["awards", "work"]


def test_the_check_finds_what_the_schema_forbids():
    thing = {"basics": {"email": "jane (at) example", "url": 3}, "awards": [{"date": "May 2024"}]}
    assert [line.partition(":")[0] for line in resume_problems(thing)] == [
        "awards.0.date",
        "basics.email",
        "basics.url",
    ]
