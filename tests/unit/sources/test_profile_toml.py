"""The profile: every field of the model is a key, and every mistake is told with file and line."""

from __future__ import annotations

import contextlib
import dataclasses
import re
import tomllib
import types
import typing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.model import (
    Advisor,
    Affiliation,
    CvOptions,
    DateRange,
    PartialDate,
    Position,
    Profile,
)
from bibfolio.model.profile import NETWORKS
from bibfolio.model.sentence import PaperName, Phrase, Sentence, plain, sentence_text
from bibfolio.model.tables import CV_SECTIONS
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.profile_toml import ProfileError, parse_profile, read_profile

from .test_profile_schema import VALIDATOR, as_json

BASE = 'name = "Jane Doe"\n[affiliation]\ninstitution = "UoX"\n'
YEAR = "not a year from 1900 to 2100; write one such as 2024"
DATE = "write YYYY, YYYY-MM or YYYY-MM-DD"
MISSING = "is missing and has no default"


def problems_of(text: str) -> list[str]:
    """`LINE: MESSAGE` of every problem."""
    with pytest.raises(ProfileError) as error:
        parse_profile(text, "me.toml")
    problems = error.value.problems
    assert {(p.kind, p.file) for p in problems} == {(WarningKind.PROFILE, "me.toml")}
    return [f"{problem.line}: {problem.message}" for problem in problems]


# -- what is right ---------------------------------------------------------------------------


def test_nothing_has_to_be_known():
    assert parse_profile("") == parse_profile("[affiliation]\n[links]\n[cv]") == Profile()
    assert parse_profile(BASE) == Profile("Jane Doe", Affiliation("UoX"))


def test_tables_may_be_written_in_every_way_of_toml():
    """(Every field of the model, in inline tables: the property at the end.)"""
    text = """
        name = "Jane Doe"
        name_variants = ["J. Doe", "Doe, Jane"]
        affiliation = { institution = "I", group = "G", group_url = "http://g.x" }
        advisor.name = "Ann Poe"

        [[positions]]
        role = "Intern"
        organization = "O"
        start = 2023-07-01
        advisors = [{ name = "A", url = "https://a.x", title = "Dr." }, { name = "B" }]

        [[positions]]
        role = "Intern"
        organization = "P"
        start = 2025
        [[positions.advisors]]
        name = "C"

        [cv]
        sections = ["awards", "publications"]
        headings = { awards = "Prizes" }
    """
    advisors = (Advisor("A", "https://a.x", "Dr."), Advisor("B"))
    assert parse_profile(text) == Profile(
        name="Jane Doe",
        name_variants=("J. Doe", "Doe, Jane"),
        affiliation=Affiliation("I", group="G", group_url="http://g.x"),
        advisor=Advisor("Ann Poe"),
        positions=(
            Position("Intern", "O", PartialDate(2023, 7, 1), advisors=advisors),
            Position("Intern", "P", PartialDate(2025), advisors=(Advisor("C"),)),
        ),
        cv=CvOptions(("awards", "publications"), headings={"awards": "Prizes"}),
    )


@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf"], ids=["plain", "BOM"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_file_is_read_with_every_bom_and_line_end(tmp_path, prefix, newline):
    path = tmp_path / "profile.toml"
    path.write_bytes(prefix + BASE.replace("\n", newline).replace("Jane", "Zoë").encode())
    assert read_profile(path).name == "Zoë Doe"


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2023", PartialDate(2023)),
        ("'2023'", PartialDate(2023)),
        ("'2023-07'", PartialDate(2023, 7)),
        ("'2023-07-01'", PartialDate(2023, 7, 1)),
        ("2023-07-01", PartialDate(2023, 7, 1)),
        ("2023-07-01T08:00:00Z", PartialDate(2023, 7, 1)),
    ],
)
def test_a_date_in_every_spelling(value, date):
    text = f"[[education]]\ndegree = 'x'\ninstitution = 'y'\nend = {value}\n"
    assert parse_profile(text).education[0].end == date


# -- files and syntax ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "cannot read the profile: No such file or directory"),
        (b'name = "Zo\xeb"', "not UTF-8; save the file as UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path, data, message):
    if data:
        (tmp_path / "me.toml").write_bytes(data)
    with pytest.raises(ProfileError) as error:
        read_profile(tmp_path / "me.toml")
    assert error.value.problems == [Problem(WarningKind.PROFILE, message, file="me.toml")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = Jane # me", '1: name: a text needs quotes; write name = "Jane" # me'),
        ('\nname = "Jane\r\n\n# x\n', '2: name: a quote is not closed; write name = "Jane"'),
        ("x = 1\nx = 2\n", "2: x: is there twice; keep the first and add to it"),
        ("[a]\n[a]\n", "2: a: is there twice; keep the first and add to it"),
        ("[cv.x]\n[ cv.x ]\n", "2: cv.x: is there twice; keep the first and add to it"),
        ("[awards]\n[awards]\n", "2: awards: is there twice; write [[awards]] above each"),
        ("[[awards]\n", "1: awards: a bracket is not closed; write [[awards]]"),
        ("name\n", "1: name: this is not TOML; write a key, = and a text in quotes or a number"),
        ("name = \n", '1: name: there is no value; write name = ""'),
        ("name: “Jane”", '1: name: the quotes are curly and there is no =; write name = "Jane"'),
        ("x = [\n  “a”,\n  “b”,\n]", '2: x: the quotes are curly; write "a",'),
        ("x = [\n  'a',\n  'b'\n  'c'\n]", "3: x: a comma is missing; write 'b',"),
        ("x = ['a',\n", "1: x: a bracket is not closed; write x = ['a',]"),
        ("x = [a, b c]", '1: x: a text needs quotes; write x = ["a", "b c"]'),
        ("x = 2021 to 2023", '1: x: a text needs quotes; write x = "2021 to 2023"'),
        ("=", "1: : this is not TOML; write a key, = and a text in quotes or a number"),
    ],
)
def test_bad_syntax_is_told_with_what_to_write(text, told):
    assert problems_of(text) == [told]


@given(st.text("ab=[]{}\"'\n #.,:“”\\1-", max_size=60))
def test_any_text_is_read_or_told(text):
    with contextlib.suppress(ProfileError):
        parse_profile(text)


# -- mistakes --------------------------------------------------------------------------------

KNOWN = ", ".join(field.name for field in dataclasses.fields(Profile))
#: Text before the base → what is told of its first line.
FIRST_LINE = {
    "nam = 'x'": "nam: unknown key; did you mean name?",
    "Name = 'x'": "Name: unknown key; did you mean name?",
    "e-mail = 'x'": "e-mail: unknown key; did you mean email?",
    "interest = 'x'": "interest: unknown key; did you mean interests?",
    "name_variant = 'x'": "name_variant: unknown key; did you mean name_variants?",
    "postion = 'x'": "postion: unknown key; did you mean position?",
    "xyz = 'x'": f"xyz: unknown key; known keys: {KNOWN}",
    "position = 3": "position: must be a text in quotes, not a number",
    "position = 3.5": "position: must be a text in quotes, not a number",
    "position = true": "position: must be a text in quotes, not true or false",
    "position = 2024-01-01": "position: must be a text in quotes, not a date",
    "position = ['x']": "position: must be a text in quotes, not a list",
    "position = { x = 1 }": "position: must be a text in quotes, not a table",
    "interests = 'x'": 'interests: must be a list, not a text; write ["x"]',
    "interests = ['x', 3]": "interests: must be a text in quotes, not a number",
    "advisor = 'x'": "advisor: must be a table, not a text",
    "links = ['x']": "links: must be a table, not a list; write [links]",
    "education = 'x'": 'education: must be a list, not a text; write ["x"]',
    "education = ['x']": "education: must be a table, not a text",
    "awards = [{ title = 'x', year = '2' }]": "awards.year: must be a whole number, not a text",
    "awards = [{ title = 'x', year = 2.5 }]": "awards.year: must be a whole number, not a number",
    "awards = [{ title = 'x', year = true }]": (
        "awards.year: must be a whole number, not true or false"
    ),
    'focus = "a\\u000bb"': "focus: must not hold the control character U+000B; take it out",
    "location = 'jane@example.org'": "location: must not hold a plain e-mail address",
}
#: Text behind the base → what is told of it.
BEHIND = {
    "group_link = 'x'": "4: affiliation.group_link: unknown key; did you mean group_url?",
    "[link]\ngithub = 'x'": "4: link: unknown key; did you mean links?",
    "[links]\ngit-hub = 'x'": "5: links.git-hub: unknown key; did you mean github?",
    "[[award]]\ntitle = 'x'": "4: award: unknown key; did you mean awards?",
    "[[awards]]\ntitle='x'\nyear=2001\n[[awards]]\ntitel='x'\ntitle='y'\nyear=2002": (
        "8: awards.titel: unknown key; did you mean title?"
    ),
    "[advisor]\nname = 'x'\n'home page' = 'y'": (
        "6: advisor.home page: unknown key; known keys: name, url, title"
    ),
    "[advisor]\nname = ''": "5: advisor.name: must not be empty",
    "[[education]]\ndegree = 'x'": f"4: education.institution: {MISSING}",
    "[[teaching]]\nrole = 'x'\nterm = 'y'": f"4: teaching.course: {MISSING}",
    "[[positions]]\nrole = 'x'\norganization = 'y'": f"4: positions.start: {MISSING}",
    "[[awards]]\ntitle = 'x'\nyear = 2001\n[[awards]]\ntitle = 'y'": f"7: awards.year: {MISSING}",
    "[cv]\npapers = 'some'": "5: cv.papers: 'some' is not known; write one of: all, selected",
    "[cv]\npapers = 'select'": "5: cv.papers: 'select' is not known; did you mean selected?",
    "[cv]\npapers = true": "5: cv.papers: must be a text in quotes, not true or false",
    "[cv]\nsections = ['award']": "5: cv.sections: 'award' is not known; did you mean awards?",
    "[cv]\nsections = 'awards'": '5: cv.sections: must be a list, not a text; write ["awards"]',
    "[cv]\nheadings.award = 'x'": "5: cv.headings.award: unknown key; did you mean awards?",
    "[links]\nfocus = 'x'": "5: links.focus: unknown key; write it above the first [table]",
    "github = 'x'": "4: affiliation.github: unknown key; write it below [links]",
    "[[awards]]\ntitle='x'\nyear=2001\nfocus='y'": (
        "7: awards.focus: unknown key; write it above the first [table], or "
        "known keys: title, year, by, note"
    ),
    "[[walks]]\ntitle='x'": "4: walks: unknown key; did you mean talks?",
    "[[walk]]\ntitle='x'": f"4: walk: unknown key; known keys: {KNOWN}",
    "[awards]\ntitle='x'": "4: awards: must be a list, not a table; write [[awards]]",
    "[links]\nmastodon = '@x@a.b'": (
        "5: links.mastodon: must be an address that starts with https:// or http://"
        "; write https://a.b/@x"
    ),
    **{
        f"[[awards]]\ntitle = 'x'\nyear = {year}": f"6: awards.year: {year} is {YEAR}"
        for year in (-5, 0, 202, 20240)
    },
}


NEW = {
    "news": "date = 2024\ntext = 'x'\n",
    "talks": "title = 'x'\ndate = 2024\n",
    "service": "role = 'x'\norganization = 'x'\n",
    "mentoring": "name = 'x'\n",
    "grants": "title = 'x'\nfunder = 'x'\n",
    "software": "name = 'x'\n",
    "sections": "title = 'x'\nid = 'x'\n",
    "sections.items": "text = 'x'\n",
}
CLOSED = "is not closed; write {cite}`KEY`"
SITE = "must start with https:// or http://"
ADDRESS = "must be an address that starts with https:// or http://"
#: A key of the last item of a table → what is told of it.
IN_TABLES = {
    ("news", "txt = 'x'"): "unknown key; did you mean text?",
    ("news", "dates = 2024"): "unknown key; did you mean date?",
    ("news", "papers = 'a'"): 'must be a list, not a text; write ["a"]',
    ("news", "papers = [2]"): "must be a text in quotes, not a number",
    ("news", "url = 'news/x'"): ADDRESS,
    ("talks", "kind = 'invitd'"): "'invitd' is not known; did you mean invited?",
    ("talks", "kind = 'x'"): "'x' is not known; write one of: invited, conference, seminar, "
    "tutorial, panel, poster, lecture",
    ("talks", "paper = ['a']"): "must be a text in quotes, not a list",
    ("talks", "papers = ['a']"): "unknown key; did you mean paper?",
    ("talks", "video = 'youtu.be/x'"): ADDRESS,
    ("talks", "slides = 'ftp://example.org/x.pdf'"): ADDRESS,
    ("talks", "note = 3"): "must be a text in quotes, not a number",
    ("talks", "event = '[x](y.html)'"): f"the link to y.html {SITE}",
    ("talks", "note = '[x](javascript:y)'"): f"the link to javascript:y {SITE}",
    ("talks", "note = '{ref}`y`'"): "{ref} is no role here; write {cite} or {bib:paper}",
    ("talks", "note = '{cite}`y'"): f"{{cite}}` {CLOSED}",
    ("talks", "note = 'to jane@example.org'"): "must not hold a plain e-mail address",
    ("talks", "note = '[me](mailto:jane@example.org)'"): "must not hold a plain e-mail address",
    ("talks", 'note = "\\u0007"'): "must not hold the control character U+0007; take it out",
    ("service", "kind = 'review'"): "'review' is not known; did you mean reviewing?",
    ("service", "date = '2024/2023'"): "'2024/2023' ends before it starts; "
    "write the earlier date first",
    ("service", "date = '2021-2023'"): "'2021-2023' is not a date; write \"2021/2023\"",
    ("service", "date = '2021 – 2023'"): "'2021 – 2023' is not a date; write \"2021/2023\"",
    ("service", "date = 'ongoing'"): "'ongoing' is not a date; write \"2024-09/\" for what goes on",
    ("service", "date = '/2024'"): f"'' is not a date; {DATE}",
    ("service", "date = '2024-02-30/'"): "'2024-02-30/' is not a date; there is no such day",
    ("service", "date = '2024/2101'"): f"2101 is {YEAR}",
    ("service", "start = 2024"): "unknown key; known keys: role, organization, url, date, kind",
    ("mentoring", "with = ['x']"): "must be a text in quotes, not a list",
    ("mentoring", "with_ = 'x'"): "unknown key; did you mean with?",
    ("grants", "amount = 20000"): "must be a text in quotes, not a number",
    ("software", "code = 'x/y'"): ADDRESS,
    ("software", "licence = 'MIT'"): "unknown key; did you mean license?",
    ("sections", "item = []"): "unknown key; did you mean items?",
    ("sections.items", "details = 'x'"): "unknown key; did you mean detail?",
}


@pytest.mark.parametrize(("table", "line"), IN_TABLES, ids=" ".join)
def test_a_mistake_is_told_in_every_item(table, line):
    heads = "".join(f"[[{name}]]\n{NEW[name]}" for name in NEW if table.startswith(name))
    text = f"{heads}[[{table}]]\n{NEW[table]}{line}\n"
    key = line.split(" ")[0]
    told = f"{text.count(chr(10))}: {table}.{key}: {IN_TABLES[table, line]}"
    assert problems_of(text) == [told]


@pytest.mark.parametrize("table", NEW)
def test_what_an_item_cannot_do_without_is_told(table):
    heads = "".join(f"[[{name}]]\n{NEW[name]}" for name in NEW if f"{table}.".startswith(name))
    heads = heads if "." in table else ""
    first = heads.count("\n") + 1
    keys = re.findall(r"^\w+", NEW[table], re.MULTILINE)
    missing = [f"{first}: {table}.{key}: {MISSING}" for key in keys]
    assert problems_of(f"{heads}[[{table}]]\n") == missing
    empty = re.sub("'x'", "' '", f"[[{table}]]\n{NEW[table]}")
    told = [f"{table}.{key}: must not be empty" for key in keys if key != "date"]
    assert [one.split(" ", 1)[1] for one in problems_of(heads + empty)] == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "[[people]]\nname = 'A B'",
            '1: people: must be a table, not a list; write [people."NAME"]',
        ),
        ("people = 'A B'", "1: people: must be a table, not a text"),
        ("[people]\n'A B' = 'x'", '2: people.A B: must be a table; write [people."A B"]'),
        ("[[people.'A B']]", '1: people.A B: must be a table; write [people."A B"]'),
        (
            "[people.'A B']\nname = 'x'",
            "2: people.A B.name: the name stands in brackets; leave it out here",
        ),
        ("[people.'A B']\ngroup = 'curent'", "2: people.A B.group: 'curent' … mean current?"),
        ("[people.'A B']\nurl = 'x'", f"2: people.A B.url: {ADDRESS}"),
        ("[people.'A B']\nalias = ['x']", "2: people.A B.alias: unknown … did you mean aliases?"),
        ("[people.'A B']\naliases = 'x'", '2: people.A B.aliases: must be … write ["x"]'),
        ("[people.' ']\nrole = 'x'", "1: people. : must not be empty"),
        ("[people.'a@example.org']", "1: people.a@example.org: must not hold a plain e-mail"),
        ('[people."A\\u0001"]', "1: people.A\x01: must not hold the control character U+0001"),
        ("[[sections]]\ntitle='x'\nid='talks'", "3: sections.id: talks is the name of another"),
        ("[[sections]]\ntitle='x'\nid='My x'", "3: sections.id: must be small letters"),
        (f"[[sections]]\n{NEW['sections']}" * 2, "6: sections.id: x is the name of another"),
        ("[cv]\nsections = ['x']", "2: cv.sections: 'x' is not known; write one of: interests"),
        (
            "[cv]\nsections = ['patent']\n[[sections]]\ntitle = 'x'\nid = 'patents'\n",
            "2: cv.sections: 'patent' is not known; did you mean patents?",
        ),
    ],
)
def test_people_and_sections_are_told_by_their_names(text, told):
    (problem,) = problems_of(text)
    assert all(part.strip() in problem for part in told.split("…")), problem


def test_an_address_is_kept_as_it_is_made_fit():
    text = "[[news]]\ndate = 2024\ntext = 'x'\nurl = 'HTTPS://example.org/a\"b'\n"
    assert parse_profile(text).news[0].url == "https://example.org/a%22b"


# -- several files ---------------------------------------------------------------------------


def read_of(folder: Path, files: dict[str, str | bytes]) -> list[str]:
    """`FILE:LINE: MESSAGE` of every problem; nothing if there is none."""
    for name, text in {"me.toml": BASE, **files}.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    try:
        read_profile(folder / "me.toml")
    except ProfileError as error:
        return [f"{one.file}:{one.line}: {one.message}" for one in error.problems]
    return []


TALK = "[[talks]]\ntitle = 'x'\ndate = 2024\n"


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"me/talks.toml": TALK, "me/more.toml": "[cv]\n", "me/.#x.toml": b"\xff"}, []),
        ({"me/talks.toml": "\n" + TALK + "nte = 'x'"}, ["me/talks.toml:5: talks.nte: unknown key"]),
        ({"me/talks.toml": "\n[[talks]]\ndate = 2024"}, ["me/talks.toml:2: talks.title: is miss"]),
        ({"me/talks.toml": "[[talks]\n"}, ["me/talks.toml:1: talks: a bracket is not closed"]),
        ({"me/talks.toml": b"# \xff"}, ["me/talks.toml:1: not UTF-8; save the file as UTF-8"]),
        (
            {"me/a.toml": "\nname = 'x'"},
            ["me/a.toml:2: name: is in me.toml as well; keep"],
        ),
        ({"me/a.toml": TALK, "me/b.toml": TALK}, ["me/b.toml:1: talks: is in me/a.toml as well"]),
        ({"me/a.toml": "[x]"}, ["me/a.toml:1: x: unknown key"]),
    ],
)
def test_a_mistake_is_told_in_the_file_that_has_it(tmp_path, files, told):
    found = read_of(tmp_path, files)
    assert len(found) == len(told)
    assert all(map(str.startswith, found, told)), found


@pytest.mark.parametrize(("text", "problem"), FIRST_LINE.items())
def test_a_mistake_is_told_with_what_to_write(text, problem):
    assert problems_of(f"{text}\n{BASE}") == [f"1: {problem}"]


@pytest.mark.parametrize(("text", "problem"), BEHIND.items())
def test_a_mistake_is_told_in_every_table(text, problem):
    assert problems_of(f"{BASE}{text}\n") == [problem]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        *((f"'{text}'", f"'{text}' is not a date; {DATE}") for text in ("soon", "")),
        *((text, f"'{text}' is not a date; {DATE}") for text in ("20", "2023.5", "07:00:00")),
        *((text, f"'{text}' is not a date; {DATE}") for text in ("[2023]", "-5", "20240")),
        ("true", f"'True' is not a date; {DATE}"),
        ("'2023-13'", "'2023-13' is not a date; there is no such day"),
        ("'2023-02-30'", "'2023-02-30' is not a date; there is no such day"),
        ("'0202'", f"202 is {YEAR}"),
        ("'2203-01'", f"2203 is {YEAR}"),
    ],
)
def test_a_bad_date_is_told(value, reason):
    text = f"{BASE}[[education]]\ndegree = 'x'\ninstitution = 'y'\nend = {value}\n"
    assert problems_of(text) == [f"7: education.end: {reason}"]


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2023", "2022", "2022 lies before start, 2023"),
        ("'2023-07'", "'2023-06'", "2023-06 lies before start, 2023-07"),
        ("'2023-07-02'", "'2023-07-01'", "2023-07-01 lies before start, 2023-07-02"),
        ("'2023-07'", "2023", ""),
        ("2023", "'2023-01'", ""),
        ("'2023-07-31'", "'2023-07'", ""),
    ],
)
def test_an_end_before_the_start_is_told_if_it_is_certain(start, end, told):
    text = f"{BASE}[[positions]]\nrole='x'\norganization='y'\nstart={start}\nend={end}\n"
    problem = f"8: positions.end: {told}; correct one of the two"
    assert (problems_of(text) if told else [parse_profile(text)][1:]) == [problem] * bool(told)


@pytest.mark.parametrize(
    "email", ["jane@example.org", "Jane <jane@example.org>", "@", "a (at) b@c"]
)
def test_a_plain_e_mail_address_is_refused(email):
    assert problems_of(f"email = '{email}'\n{BASE}") == [
        "1: email: must not be a plain address; write: jane (at) example (dot) org"
    ]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:x", "//example.org", "example.org", "https://a@b.c", ""]
)
@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("[links]", "links.website"),
        ("[links]", "links.mastodon"),
        ("[advisor]\nname = 'x'", "advisor.url"),
        ("# affiliation", "affiliation.group_url"),
    ],
)
def test_an_address_that_is_none_is_refused(table, key, url):
    text = f"{BASE}{table}\n{key.split('.')[1]} = '{url}'\n"
    reason = "must be an address that starts with https:// or http://"
    assert problems_of(text) == [f"{len(text.splitlines())}: {key}: {reason}"]


ALONE = "must be the account's name or number alone; write"


@pytest.mark.parametrize("key", sorted(NETWORKS.keys() - {"mastodon"}))
@pytest.mark.parametrize(
    "value", ["https://example.org/jane", "a b", "", "<b>", "ä/", "@", "a/b/c"]
)
def test_an_account_is_a_name_and_not_an_address(key, value):
    advice = f"the NAME of {NETWORKS[key][1].format('NAME')}"
    assert problems_of(f"{BASE}[links]\n{key} = '{value}'\n") == [
        f"5: links.{key}: {ALONE} {advice}"
    ]


@pytest.mark.parametrize(
    ("key", "value", "name"),
    [
        ("github", "https://github.com/jane/", "jane"),
        ("github", "github.com/jane?tab=repositories", "jane"),
        ("github", "@jane", "jane"),
        ("scholar", "https://scholar.google.com/citations?user=Ab_c123AAAAJ&hl=en", "Ab_c123AAAAJ"),
        ("scholar", "https://scholar.google.com/citations?hl=en&user=Ab_c123AAAAJ", "Ab_c123AAAAJ"),
        ("orcid", "https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("semantic_scholar", "https://www.semanticscholar.org/author/Jane-Doe/123", "123"),
        ("dblp", "https://dblp.org/pid/12/3456.html", "12/3456"),
        ("linkedin", "https://uk.linkedin.com/in/jane/", "jane"),
        ("bluesky", "https://bsky.app/profile/jane.example.org", "jane.example.org"),
        ("youtube", "https://www.youtube.com/@jane", "jane"),
        ("x", "@jane", "jane"),
    ],
)
def test_of_an_address_the_name_is_told(key, value, name):
    text = f"{BASE}[links]\n{key} = '{{}}'\n"
    assert problems_of(text.format(value)) == [f"5: links.{key}: {ALONE} {name}"]
    assert getattr(parse_profile(text.format(name)).links, key) == name


@pytest.mark.parametrize("name", ["", " ", "\\t\\n"])
def test_a_name_that_is_written_is_not_empty(name):
    assert problems_of(BASE.replace("Jane Doe", name)) == ["1: name: must not be empty"]


def test_every_mistake_is_told_at_once():
    text = 'nam = "x"\nemail = "a@b"\ninterests = 3\n[affiliation]\n[[awards]]\ntitle = 1\n'
    assert problems_of(text) == [
        "1: nam: unknown key; did you mean name?",
        "2: email: must not be a plain address; write: jane (at) example (dot) org",
        "3: interests: must be a list, not a number",
        f"5: awards.year: {MISSING}",
        "6: awards.title: must be a text in quotes, not a number",
    ]


# -- lines of keys ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "[[positions]]\nrole='r'\norganization='o'\nstart=2001\nadvisors = [\n  {name = 3},\n]",
            8,
        ),
        (
            "[[positions]]\nrole='r'\norganization='o'\nstart=1999\n[[positions.advisors]]\nname=3",
            9,
        ),
        ("[advisor]\nname = 'x'\n  url   =  'y'", 6),
        ("# [links]\n\n[ links ]\n'website' = 'x'", 7),
        ("[links] # github = 'x'\nwebsite = 'x'", 5),
    ],
)
def test_the_line_is_that_of_the_key_however_it_is_laid_out(text, line):
    assert [problem.split(":")[0] for problem in problems_of(BASE + text + "\n")] == [str(line)]


# -- whatever the model allows ---------------------------------------------------------------

WORDS = st.text(st.characters(whitelist_categories=["L"]), min_size=1, max_size=8)
TEXT = st.text(
    st.characters(whitelist_categories=["L", "N", "Zs", "P", "S"], blacklist_characters='"\\@'),
    min_size=1,
    max_size=8,
).filter(str.strip)
URLS = st.sampled_from(["https://example.org/", "http://a.b/~c?d=e"])
DATES = st.sampled_from([PartialDate(2024), PartialDate(2024, 4), PartialDate(2024, 4, 16)])


def valid(cls: type) -> st.SearchStrategy:
    """Any valid record: required fields and any choice of the others."""
    hints = typing.get_type_hints(cls)
    needed, optional = {}, {}
    for item in dataclasses.fields(cls):
        required = item.default is item.default_factory is dataclasses.MISSING
        (needed if required else optional)[item.name] = value_of(item.name, hints[item.name])
    return st.fixed_dictionaries(needed, optional=optional).map(lambda values: cls(**values))


RANGES = st.builds(lambda date, is_open: DateRange(date, date, is_open), DATES, st.booleans())
IDS = st.from_regex(r"[a-z][a-z0-9-]{0,9}", fullmatch=True).map(lambda id_: f"my-{id_}")
#: By what the model says a value is, and by the name of a key.
BY_HINT = {Sentence: WORDS.map(plain), PartialDate: DATES, DateRange: RANGES}
BY_HINT |= {int: st.integers(1900, 2100), PaperName: TEXT.map(lambda key: PaperName(key=key))}
BY_NAME = {"slides": URLS, "id": IDS}


def value_of(name: str, hint: typing.Any) -> st.SearchStrategy:
    if isinstance(hint, types.UnionType):
        hint = typing.get_args(hint)[0]
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if name == "sections" and str in arguments:
        return st.lists(st.sampled_from([*CV_SECTIONS]), max_size=3).map(tuple)
    if name == "headings":
        return st.dictionaries(st.sampled_from([*CV_SECTIONS]), TEXT, max_size=2)
    if hint in BY_HINT or name in BY_NAME:
        return BY_HINT[hint] if hint in BY_HINT else BY_NAME[name]
    if origin is dict:
        people = st.lists(valid(arguments[1]), max_size=2)
        return people.map(lambda found: {one.name: one for one in found})
    if origin is tuple:
        return st.lists(value_of(name, arguments[0]), max_size=2).map(tuple)
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    return valid(hint) if dataclasses.is_dataclass(hint) else text_of(name)


def text_of(name: str) -> st.SearchStrategy:
    if re.fullmatch(r"(.*_)?url|website|mastodon|code|video", name):
        return URLS
    return st.from_regex(NETWORKS[name][2], fullmatch=True) if name in NETWORKS else TEXT


def toml(value: object) -> str:
    """*value* in TOML's inline notation; fields at their default are left out."""
    if isinstance(value, PartialDate):
        return f'"{value.iso}"'
    if isinstance(value, DateRange):
        return f'"{value.start.iso}{"/" * value.is_open}"'
    if isinstance(value, dict):
        named = (
            (k, replace(v, name="") if dataclasses.is_dataclass(v) else v) for k, v in value.items()
        )
        return "{" + ", ".join(f'"{key}" = {toml(inner)}' for key, inner in named) + "}"
    if isinstance(value, PaperName):
        return f'"{value.key}"'
    if isinstance(value, tuple) and value and type(value[0]) is Phrase:
        return f'"{sentence_text(value)}"'
    if isinstance(value, tuple):
        return "[" + ", ".join(map(toml, value)) + "]"
    if dataclasses.is_dataclass(value):
        return "{" + ", ".join(f"{k} = {v}" for k, v in set_fields(value)) + "}"
    return f'"{value}"' if isinstance(value, str) else str(value)


def set_fields(record: object) -> list[tuple[str, str]]:
    values = [(f, getattr(record, f.name)) for f in dataclasses.fields(record)]
    values = [(f, v) for f, v in values if (f.name, v) != ("name", "")]  # which stands in brackets
    return [
        (f.name.rstrip("_"), toml(v)) for f, v in values if v is not None and v != default_of(f)
    ]


def default_of(item: dataclasses.Field) -> object:
    made = item.default_factory
    return item.default if made is dataclasses.MISSING else made()


def has_own_ids(profile: Profile) -> bool:
    return len({section.id for section in profile.sections}) == len(profile.sections)


@given(valid(Profile).filter(has_own_ids))
def test_every_profile_the_model_allows_can_be_written_down(profile):
    text = "".join(f"{key} = {value}\n" for key, value in set_fields(profile))
    assert parse_profile(text) == profile
    assert VALIDATOR.is_valid(as_json(tomllib.loads(text)))


PIECES = ["name = 'x'\n", "[affiliation]\n", "institution = 'x'\n", "[[awards]]\n", "education"]
PIECES += [*"=[]{}'.\n1", "name", "[[", "]]", '"""', "true"]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=12).map("".join)))
def test_no_text_raises_anything_but_profile_errors_that_name_the_file(text):
    try:
        profile = parse_profile(text, "me.toml")
    except ProfileError as error:
        last = max(1, len(text.splitlines()))
        assert error.problems
        assert {(p.file, 0 <= p.line <= last) for p in error.problems} == {("me.toml", True)}
    else:
        assert profile.name == profile.name.strip() or profile.name.strip()
