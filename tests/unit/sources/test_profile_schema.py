"""The schema by which editors check the profile says what the reader says, of each text."""

from __future__ import annotations

import datetime
import json
import tomllib

import pytest
from jsonschema import Draft4Validator

from bibfolio.model.profile import NETWORKS
from bibfolio.model.tables import CV_SECTIONS
from bibfolio.sources.profile_toml import SCHEMA, ProfileError, parse_profile

_SCHEMA = json.loads(SCHEMA.read_text(encoding="utf-8"))
VALIDATOR = Draft4Validator(_SCHEMA)


def as_json(value: object) -> object:
    """What editors hold against the schema: a date is a text there."""
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    is_date = isinstance(value, datetime.date | datetime.time)
    return value.isoformat() if is_date else value


def verdicts(text: str) -> tuple[bool, bool]:
    """Whether the reader takes a text, and whether the schema does."""
    try:
        is_read = bool(parse_profile(text))
    except ProfileError:
        is_read = False
    return is_read, VALIDATOR.is_valid(as_json(tomllib.loads(text)))


NEWS = "[[news]]\ntext = 'x'\ndate = {}"
TALK = "[[talks]]\ntitle = 'x'\ndate = 2024\n{}"
DEGREE = "[[education]]\ndegree = 'x'\ninstitution = 'x'\nend = {}"
LINKS = "[links]\n{}"
PERSON = "[people.'A B']\n{}"
SECTION = "[[sections]]\ntitle = 'x'\nid = {}"

GOOD = [
    "",
    "name = 'Ann Roe'\nname_variants = []\ninterests = ['x', 'y']",
    "email = 'ann (at) example (dot) org'",
    "[affiliation]\n[links]\n[cv]\n[people]",
    *map(NEWS.format, ["2024", "1900", "2100", "'2024'", "'2024-05'", "'2024-05-06'"]),
    *map(NEWS.format, ["2024-05-06", "'2024/2025'", "'2024-05/'", "'2024-05-06 / 2024-05-07'"]),
    *map(NEWS.format, ["'2024-9'", "' 2024 '", "'2100-12-31'"]),
    *map(DEGREE.format, ["2024", "'2024-05'", "2024-05-06"]),
    *(TALK.format(f"kind = '{kind}'") for kind in ("invited", "poster", "lecture")),
    *map(TALK.format, ["slides = 'files/slides/x.pdf'", "slides = 'https://example.org/x'"]),
    *map(TALK.format, ["paper = ''", "note = ''", "event = '*x* {cite}`y`'"]),
    *map(TALK.format, ["url = 'HTTP://example.org:80/a?b=c#d'", "video = 'https://example.org'"]),
    *map(LINKS.format, ["github = 'ann-roe'", "dblp = '12/3456'", "bluesky = 'a.example.org'"]),
    *map(LINKS.format, ["mastodon = 'https://example.org/@ann'", "semantic_scholar = '12'"]),
    LINKS.format("other = [{ name = 'x', url = 'https://example.org', user = 'y' }]"),
    "[[positions]]\nrole='x'\norganization='y'\nstart=2024\nadvisors=[{name='z'}]",
    "[[mentoring]]\nname = 'x'\nwith = 'y'\nnow = 'z'",
    "[[grants]]\ntitle = 'x'\nfunder = 'y'\ndate = '2024/'\namount = '1'",
    "[[software]]\nname = 'x'\ncode = 'https://example.org'\npapers = ['y']\nlicense = 'MIT'",
    SECTION.format("'x-1'\nitems = [{ text = 'x', date = 2024, detail = 'y' }]"),
    *map(PERSON.format, ["", "group = ''", "group = 'alumni'\naliases = ['A. B.']\nnative = '李'"]),
    "[cv]\nsections = ['awards', 'news']\npapers = 'selected'\nheadings = { awards = 'Prizes' }",
]
BAD = [
    "nam = 'x'",
    "name = ' '",
    "name = 3",
    "interests = 'x'",
    "interests = [3]",
    "email = 'ann@example.org'",
    "location = 'ann@example.org'",
    'focus = "a\\u000bb"',
    "[affiliation]\nstreet = 'x'",
    "[affiliation]\ngroup_url = 'example.org'",
    "[[affiliation]]",
    "[advisor]",
    "[advisor]\nname = ''",
    *map(NEWS.format, ["1899", "2101", "'1899'", "'2101-01'", "true", "2024.0", "[2024]", "''"]),
    *map(NEWS.format, ["'2024-13'", "'2024-01-32'", "'now'", "'/2024'", "'2024-2025'"]),
    *map(NEWS.format, ["'2024/2025/2026'", "07:00:00", "'2024-05-06T07:00'"]),
    *map(DEGREE.format, ["'2024/2025'", "'2024/'"]),
    "[[news]]\ntext = ''\ndate = 2024",
    "[[news]]\ndate = 2024",
    "[news]\ntext = 'x'\ndate = 2024",
    *map(TALK.format, ["kind = 'x'", "kind = ''", "kind = ['invited']", "paper = ['x']"]),
    *map(
        TALK.format,
        [
            "slides = 'ftp://example.org'",
            "slides = 'javascript:x'",
            "video = 'x'",
            "note = 3",
            "speaker = 'x'",
        ],
    ),
    *map(TALK.format, ["url = 'https://'", "url = 'https://a@example.org'", "url = ''"]),
    *map(TALK.format, ["url = 'https://example.org/a b'", "url = '//example.org'"]),
    TALK.format("event = '[me](mailto:ann@example.org)'"),
    *(LINKS.format(f"{key} = 'https://example.org/@'") for key in NETWORKS if key != "mastodon"),
    *map(LINKS.format, ["mastodon = '@ann@example.org'", "github = ''", "mysite = 'x'"]),
    LINKS.format("other = [{ name = 'x' }]"),
    "[[awards]]\ntitle = 'x'\nyear = '2024'",
    "[[awards]]\ntitle = 'x'\nyear = 202",
    "[[awards]]\ntitle = ''\nyear = 2024",
    "[[positions]]\nrole = 'x'\norganization = 'y'",
    "[[service]]\nrole = 'x'\norganization = 'y'\nkind = 'review'",
    "[[mentoring]]\nname = 'x'\nwith_ = 'y'",
    "[[grants]]\ntitle = 'x'\nfunder = ' '",
    "[[software]]\nname = ''",
    *map(SECTION.format, ["'My x'", "''", "'talks'", "'x'\nitems = [{ date = 2024 }]"]),
    *map(PERSON.format, ["name = 'A B'", "group = 'current member'", "orchid = 'x'", "url = 'x'"]),
    "[[people]]\nname = 'A B'",
    "[people]\n'A B' = 'x'",
    "[people.' ']",
    '[people."A\\u0001"]',
    "[cv]\nsections = ['My x']",
    "[cv]\nsections = 'awards'",
    "[cv]\npapers = 'some'",
    "[cv]\nheadings.patents = 'x'",
]
#: What the reader refuses and no schema can → why.
BEYOND = {
    NEWS.format("'2024/2023'"): "one end is compared with the other",
    NEWS.format("'2024-02-30'"): "how many days a month has",
    "[[positions]]\nrole='x'\norganization='y'\nstart=2024\nend=2023": "two keys are compared",
    TALK.format("note = '[x](javascript:y)'"): "a pattern that reads Markdown is wrong sometimes",
    TALK.format("note = '{ref}`y`'"): "the same of roles",
    SECTION.format("'x'\n[[sections]]\ntitle = 'y'\nid = 'x'"): "two items are compared",
    "[cv]\nsections = ['patents']": "identifiers stand elsewhere, maybe in another file",
}
#: What the schema refuses and the reader takes → why.
WITHIN = {
    NEWS.format("2024-05-06T07:00:00Z"): "the time of day is passed over, and need not be written",
    NEWS.format("'2024-00'"): "a month that is not known, as some programs write it",
    TALK.format("url = '<https://example.org>'"): "what is copied from BibTeX is understood",
}


@pytest.mark.parametrize("text", GOOD)
def test_both_take_what_is_right(text):
    assert verdicts(text) == (True, True)


@pytest.mark.parametrize("text", BAD)
def test_both_refuse_what_is_wrong(text):
    assert verdicts(text) == (False, False)


@pytest.mark.parametrize("text", BEYOND)
def test_what_no_schema_can_say_is_told_by_the_reader(text):
    assert verdicts(text) == (False, True)


@pytest.mark.parametrize("text", WITHIN)
def test_what_the_reader_puts_up_with_is_marked_in_editors(text):
    assert verdicts(text) == (True, False)


def test_it_is_a_schema_that_completes():
    Draft4Validator.check_schema(_SCHEMA)
    talk = _SCHEMA["definitions"]["Talk"]["properties"]
    assert talk["kind"]["default"] == "conference"
    assert talk["paper"]["description"] == "Key of the paper it is about"
    sections = _SCHEMA["definitions"]["CvOptions"]["properties"]["sections"]
    assert sections["items"]["anyOf"][0]["enum"] == list(CV_SECTIONS)
