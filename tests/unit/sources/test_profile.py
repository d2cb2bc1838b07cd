"""The profile: every field of the model is a key, and every mistake is told with file and line."""

from __future__ import annotations

import dataclasses
import re
import types
import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.model import (
    Advisor,
    Affiliation,
    Award,
    Course,
    CvOptions,
    Degree,
    Headings,
    Links,
    PartialDate,
    Position,
    Profile,
)
from bibfolio.sources.profile import ProfileError, parse_profile, read_profile

BASE = 'name = "Jane Doe"\n[affiliation]\ninstitution = "PKU"\n'
LAST = BASE.count("\n")
YEAR = "not a year from 1900 to 2100; write one such as 2024"
DATE = "write YYYY, YYYY-MM or YYYY-MM-DD"


def problems_of(text: str) -> list[str]:
    with pytest.raises(ProfileError) as error:
        parse_profile(text, "me.toml")
    assert str(error.value) == "\n".join(error.value.problems)
    return error.value.problems


# -- what is right ---------------------------------------------------------------------------


def test_a_name_and_an_institution_are_enough():
    assert parse_profile(BASE) == Profile("Jane Doe", Affiliation("PKU"))


def test_every_field_is_read():
    text = """
        name = "Jane Doe"
        name_variants = ["J. Doe", "Doe, Jane"]
        position = "student"
        email = "jane (at) example (dot) org"
        location = "Beijing"
        portrait = "_static/jane.jpg"
        interests = ["a", "b"]
        focus = "c"
        affiliation = { institution = "I", department = "D", group = "G", group_url = "http://g.x" }

        [advisor]
        name = "Xin Jin"
        title = "Prof."
        url = "https://example.org/"

        [links]
        website = "https://example.org"
        github = "jane"
        scholar = "Z8_h-NFc"
        orcid = "0009-0006-1355-499X"
        dblp = "12/3456"
        linkedin = "jane-doe"
        mastodon = "https://example.social/@jane"

        [[education]]
        degree = "B.S."
        institution = "I"
        department = "D"
        start = 2019
        end = "2023-06"

        [[positions]]
        role = "Intern"
        organization = "O"
        start = 2023-07-01
        end = "2024"
        advisors = [{ name = "A", url = "https://a.x", title = "Dr." }, { name = "B" }]

        [[positions]]
        role = "Intern"
        organization = "P"
        start = 2025
        [[positions.advisors]]
        name = "C"

        [[teaching]]
        course = "OS"
        role = "TA"
        term = "2024 Spring"
        institution = "I"

        [[awards]]
        title = "T"
        year = 2024
        by = "B"
        note = "N"

        [cv]
        sections = ["awards", "publications"]
        papers = "selected"
        headings = { awards = "Prizes" }
    """
    assert parse_profile(text) == Profile(
        name="Jane Doe",
        name_variants=("J. Doe", "Doe, Jane"),
        position="student",
        email="jane (at) example (dot) org",
        location="Beijing",
        portrait="_static/jane.jpg",
        interests=("a", "b"),
        focus="c",
        affiliation=Affiliation("I", "D", "G", "http://g.x"),
        advisor=Advisor("Xin Jin", "https://example.org/", "Prof."),
        links=Links(
            website="https://example.org",
            github="jane",
            scholar="Z8_h-NFc",
            orcid="0009-0006-1355-499X",
            dblp="12/3456",
            linkedin="jane-doe",
            mastodon="https://example.social/@jane",
        ),
        education=(Degree("B.S.", "I", "D", PartialDate(2019), PartialDate(2023, 6)),),
        positions=(
            Position(
                "Intern",
                "O",
                PartialDate(2023, 7, 1),
                PartialDate(2024),
                (Advisor("A", "https://a.x", "Dr."), Advisor("B")),
            ),
            Position("Intern", "P", PartialDate(2025), advisors=(Advisor("C"),)),
        ),
        teaching=(Course("OS", "TA", "2024 Spring", "I"),),
        awards=(Award("T", 2024, "B", "N"),),
        cv=CvOptions(("awards", "publications"), "selected", Headings(awards="Prizes")),
    )


@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf"], ids=["plain", "BOM"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_file_is_read_with_every_bom_and_line_end(tmp_path, prefix, newline):
    path = tmp_path / "profile.toml"
    path.write_bytes(prefix + BASE.replace("\n", newline).replace("Jane", "Zoë").encode())
    assert read_profile(path).name == "Zoë Doe"


# -- files and syntax ------------------------------------------------------------------------


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(ProfileError) as error:
        read_profile(tmp_path / "me.toml")
    assert error.value.problems == ["me.toml: cannot read the profile: No such file or directory"]


def test_a_file_that_is_not_utf_8_is_told(tmp_path):
    (tmp_path / "me.toml").write_bytes(b'name = "Zo\xeb"')
    with pytest.raises(ProfileError) as error:
        read_profile(tmp_path / "me.toml")
    assert error.value.problems == ["me.toml: not UTF-8; save the file as UTF-8"]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("name = Jane\n", "me.toml:1: not valid TOML: "),
        ('\nname = "Jane\n', "me.toml:2: not valid TOML: "),
        ("x = 1\nx = 2\n", "me.toml:2: not valid TOML: "),
        ("[a]\n[a]\n", "me.toml:2: not valid TOML: "),
        ("name\n", "me.toml:1: not valid TOML: "),
    ],
)
def test_bad_syntax_is_told_with_its_line(text, where):
    assert [problem[: len(where)] for problem in problems_of(text)] == [where]


@pytest.mark.parametrize("text", ['name = """Jane\n', "name = [\n", 'name = "J"\nname = "K"'])
def test_bad_syntax_at_the_end_is_told_with_its_line(text):
    assert [problem[:10] for problem in problems_of(text)] == [f"me.toml:{len(text.splitlines())}:"]


# -- mistakes --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("nam", "did you mean name?"),
        ("Name", "did you mean name?"),
        ("e-mail", "did you mean email?"),
        ("interest", "did you mean interests?"),
        ("name_variant", "did you mean name_variants?"),
        ("postion", "did you mean position?"),
        (
            "xyz",
            (
                "known keys: name, affiliation, position, email, location, portrait, interests, "
                "focus, name_variants, advisor, links, education, positions, teaching, awards, cv"
            ),
        ),
    ],
)
def test_an_unknown_key_is_told_with_the_nearest_one(key, hint):
    assert problems_of(f'# hello\n\n{key} = "x"\n{BASE}') == [
        f"me.toml:3: {key}: unknown key; {hint}"
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("group_link = 'x'", "4: affiliation.group_link: unknown key; did you mean group_url?"),
        ("[link]\ngithub = 'x'", "4: link: unknown key; did you mean links?"),
        ("[links]\ngit-hub = 'x'", "5: links.git-hub: unknown key; did you mean github?"),
        ("[[award]]\ntitle = 'x'", "4: award: unknown key; did you mean awards?"),
        (
            "[[awards]]\ntitle='x'\nyear=2001\n[[awards]]\ntitel='x'\ntitle='y'\nyear=2002",
            "8: awards.titel: unknown key; did you mean title?",
        ),
        (
            "[advisor]\nname = 'x'\n'home page' = 'y'",
            "6: advisor.home page: unknown key; known keys: name, url, title",
        ),
    ],
)
def test_an_unknown_key_is_told_in_every_table(text, problem):
    assert problems_of(BASE + text + "\n") == [f"me.toml:{problem}"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "1: name: is missing and has no default"),
        ("[[education]]\ndegree = 'x'", "1: education.institution: is missing and has no default"),
    ],
)
def test_a_missing_key_is_told(text, problem):
    problems = problems_of(text)
    assert f"me.toml:{problem}" in problems
    assert "me.toml:1: affiliation: is missing and has no default" in problems


def test_a_key_missing_in_one_of_several_is_told_at_that_one():
    text = BASE + "[[awards]]\ntitle = 'x'\nyear = 2001\n\n[[awards]]\ntitle = 'y'\n"
    assert problems_of(text) == ["me.toml:8: awards.year: is missing and has no default"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("position = 3", "1: position: must be a text in quotes, not a number"),
        ("position = 3.5", "1: position: must be a text in quotes, not a number"),
        ("position = true", "1: position: must be a text in quotes, not true or false"),
        ("position = 2024-01-01", "1: position: must be a text in quotes, not a date"),
        ("position = ['x']", "1: position: must be a text in quotes, not a list"),
        ("position = { x = 1 }", "1: position: must be a text in quotes, not a table"),
        ("interests = 'x'", "1: interests: must be a list, not a text"),
        ("interests = ['x', 3]", "1: interests: must be a text in quotes, not a number"),
        ("advisor = 'x'", "1: advisor: must be a table, not a text"),
        ("links = ['x']", "1: links: must be a table, not a list"),
        ("education = 'x'", "1: education: must be a list, not a text"),
        ("education = ['x']", "1: education: must be a table, not a text"),
        (
            "awards = [{ title = 'x', year = '2024' }]",
            "1: awards.year: must be a whole number, not a text",
        ),
        (
            "awards = [{ title = 'x', year = true }]",
            "1: awards.year: must be a whole number, not true or false",
        ),
        (
            "awards = [{ title = 'x', year = 2024.5 }]",
            "1: awards.year: must be a whole number, not a number",
        ),
    ],
)
def test_a_wrong_type_is_told_with_the_right_one(text, problem):
    assert problems_of(f"{text}\n{BASE}") == [f"me.toml:{problem}"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("papers = 'some'", "cv.papers: 'some' is not known; write one of: all, selected"),
        ("papers = 'select'", "cv.papers: 'select' is not known; did you mean selected?"),
        ("papers = true", "cv.papers: must be a text in quotes, not true or false"),
        ("sections = ['award']", "cv.sections: 'award' is not known; did you mean awards?"),
        ("sections = 'awards'", "cv.sections: must be a list, not a text"),
        ("headings.award = 'x'", "cv.headings.award: unknown key; did you mean awards?"),
    ],
)
def test_what_is_none_of_the_choices_is_told_with_the_nearest_one(text, problem):
    assert problems_of(f"{BASE}[cv]\n{text}\n") == [f"me.toml:5: {problem}"]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("'soon'", f"'soon' is not a date; {DATE}"),
        ("'2023-13'", "2023-13 is not a date"),
        ("'2023-02-30'", "day is out of range for month"),
        ("20", f"'20' is not a date; {DATE}"),
        ("2023.5", f"'2023.5' is not a date; {DATE}"),
        ("true", f"'True' is not a date; {DATE}"),
        ("07:00:00", f"'07:00:00' is not a date; {DATE}"),
        ("[2023]", f"'[2023]' is not a date; {DATE}"),
        ("''", f"'' is not a date; {DATE}"),
        ("-5", f"'-5' is not a date; {DATE}"),
        ("20240", f"'20240' is not a date; {DATE}"),
        ("'0202'", f"202 is {YEAR}"),
        ("'2203-01'", f"2203 is {YEAR}"),
    ],
)
def test_a_bad_date_is_told(value, reason):
    text = f"{BASE}[[education]]\ndegree = 'x'\ninstitution = 'y'\nend = {value}\n"
    assert problems_of(text) == [f"me.toml:7: education.end: {reason}"]


@pytest.mark.parametrize("year", [-5, 0, 202, 20240])
def test_a_year_that_cannot_be_is_told(year):
    text = f"{BASE}[[awards]]\ntitle = 'x'\nyear = {year}\n"
    assert problems_of(text) == [f"me.toml:6: awards.year: {year} is {YEAR}"]


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
    problem = f"me.toml:8: positions.end: {told}; correct one of the two"
    assert (problems_of(text) if told else [parse_profile(text)][1:]) == [problem] * bool(told)


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
    text = f"{BASE}[[education]]\ndegree = 'x'\ninstitution = 'y'\nend = {value}\n"
    assert parse_profile(text).education[0].end == date


@pytest.mark.parametrize(
    "email", ["jane@example.org", "Jane <jane@example.org>", "@", "a (at) b@c"]
)
def test_a_plain_e_mail_address_is_refused(email):
    assert problems_of(f"email = '{email}'\n{BASE}") == [
        "me.toml:1: email: must not be a plain address; write: jane (at) example (dot) org"
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
    (problem,) = problems_of(text)
    reason = "must be an address that starts with https:// or http://"
    assert problem == f"me.toml:{text.count(chr(10))}: {key}: {reason}"


@pytest.mark.parametrize("key", ["github", "scholar", "orcid", "linkedin"])
@pytest.mark.parametrize("value", ["https://example.org/jane", "@jane", "a b", "", "a/b", "<b>"])
def test_an_account_is_a_name_not_an_address(key, value):
    assert problems_of(f"{BASE}[links]\n{key} = '{value}'\n") == [
        f"me.toml:5: links.{key}: must be the account's name or number alone, not an address"
    ]


def test_an_address_is_no_dblp_account_either():
    assert problems_of(f"{BASE}[links]\ndblp = 'https://dblp.org/pid/1/2'\n")[0][:22] == (
        "me.toml:5: links.dblp:"
    )


@pytest.mark.parametrize("name", ["", " ", "\\t\\n"])
def test_a_name_is_not_empty(name):
    text = BASE.replace("Jane Doe", name)
    assert problems_of(text) == ["me.toml:1: name: must not be empty"]


def test_every_mistake_is_told_at_once():
    text = (
        'nam = "x"\nemail = "a@b"\ninterests = 3\n[affiliation]\n[[awards]]\ntitle = 1\nyear=2002\n'
    )
    assert problems_of(text) == [
        "me.toml:1: nam: unknown key; did you mean name?",
        "me.toml:1: name: is missing and has no default",
        "me.toml:2: email: must not be a plain address; write: jane (at) example (dot) org",
        "me.toml:3: interests: must be a list, not a number",
        "me.toml:4: affiliation.institution: is missing and has no default",
        "me.toml:6: awards.title: must be a text in quotes, not a number",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "[[positions]]\nrole='r'\norganization='o'\nstart=2001\nadvisors = [\n  {name = 3},\n]",
            8,
        ),
        ("[advisor]\nname = 'x'\n  url   =  'y'", 6),
        ("# [links]\n\n[ links ]\n'website' = 'x'", 7),
        ("[links] # github = 'x'\nwebsite = 'x'", 5),
    ],
)
def test_the_line_is_that_of_the_key_however_it_is_laid_out(text, line):
    problems = problems_of(BASE + text + "\n")
    assert [problem.split(":")[1] for problem in problems] == [str(line)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x = 1\ny = 2\naffiliation.institution = 3\nname = 'x'", 3),
        (
            BASE
            + "[[positions]]\nrole='r'\norganization='o'\nstart=1999\n"
            + "[[positions.advisors]]\nname=3",
            9,
        ),
        ('focus = """\nemail = 1\n"""\nemail = "a@b"\n' + BASE, 4),
    ],
)
def test_the_line_is_right_in_rarer_layouts_too(text, line):
    assert problems_of(text)[-1].split(":")[1] == str(line)


# -- whatever the model allows ---------------------------------------------------------------

TEXT = st.text(
    st.characters(whitelist_categories=["L", "N", "Zs", "P", "S"], blacklist_characters='"\\@'),
    min_size=1,
    max_size=8,
).filter(str.strip)
URLS = st.sampled_from(["https://example.org/", "http://a.b/~c?d=e"])
IDS = st.from_regex(r"[A-Za-z0-9_-]{1,8}", fullmatch=True)
DATES = st.sampled_from([PartialDate(2024), PartialDate(2024, 4), PartialDate(2024, 4, 16)])


def valid(cls: type) -> st.SearchStrategy:
    """Any valid record: required fields and any choice of the others."""
    hints = typing.get_type_hints(cls)
    needed, optional = {}, {}
    for item in dataclasses.fields(cls):
        required = item.default is item.default_factory is dataclasses.MISSING
        (needed if required else optional)[item.name] = value_of(item.name, hints[item.name])
    return st.fixed_dictionaries(needed, optional=optional).map(lambda values: cls(**values))


def value_of(name: str, hint: typing.Any) -> st.SearchStrategy:
    if isinstance(hint, types.UnionType):
        hint = typing.get_args(hint)[0]
    if typing.get_origin(hint) is tuple:
        return st.lists(value_of(name, typing.get_args(hint)[0]), max_size=2).map(tuple)
    if hint is PartialDate:
        return DATES
    if typing.get_origin(hint) is typing.Literal:
        return st.sampled_from(typing.get_args(hint))
    if dataclasses.is_dataclass(hint):
        return valid(hint)
    if hint is int:
        return st.integers(1900, 2100)
    if re.fullmatch(r"(.*_)?url|website|mastodon", name):
        return URLS
    return IDS if name in {"github", "scholar", "orcid", "linkedin", "dblp"} else TEXT


def toml(value: object) -> str:
    """*value* in TOML's inline notation; fields at their default are left out."""
    if isinstance(value, PartialDate):
        return f'"{value.iso}"'
    if isinstance(value, tuple):
        return "[" + ", ".join(map(toml, value)) + "]"
    if dataclasses.is_dataclass(value):
        return "{" + ", ".join(f"{k} = {v}" for k, v in set_fields(value)) + "}"
    return f'"{value}"' if isinstance(value, str) else str(value)


def set_fields(record: object) -> list[tuple[str, str]]:
    values = [(f, getattr(record, f.name)) for f in dataclasses.fields(record)]
    return [(f.name, toml(v)) for f, v in values if v is not None and v != default_of(f)]


def default_of(item: dataclasses.Field) -> object:
    made = item.default_factory
    return item.default if made is dataclasses.MISSING else made()


@given(valid(Profile))
def test_every_profile_the_model_allows_can_be_written_down(profile):
    text = "".join(f"{key} = {value}\n" for key, value in set_fields(profile))
    assert parse_profile(text) == profile


@given(
    st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(
                [
                    "name = 'x'\n",
                    "name",
                    "=",
                    "[",
                    "]",
                    "[[",
                    "]]",
                    "{",
                    "}",
                    "'",
                    '"""',
                    "\n",
                    ".",
                    "[affiliation]\n",
                    "institution = 'x'\n",
                    "[[awards]]\n",
                    "1",
                    "true",
                    "education",
                ]
            ),
            max_size=12,
        ).map("".join),
    )
)
def test_no_text_raises_anything_but_profile_errors_that_name_the_file(text):
    try:
        profile = parse_profile(text, "me.toml")
    except ProfileError as error:
        assert [p for p in error.problems if not re.match(r"me\.toml(:\d+)?: .", p)] == []
        assert len(error.problems) > 0
    else:
        assert profile.name.strip() != ""
