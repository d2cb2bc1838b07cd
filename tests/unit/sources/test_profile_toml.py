"""The profile: every field of the model is a key, and every mistake is told with file and line."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import json
import re
import tomllib
import types
import typing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from bibfolio.model import (
    Advisor,
    Affiliation,
    DateRange,
    PartialDate,
    Position,
    Profile,
)
from bibfolio.model.profile import NETWORKS, Cv
from bibfolio.model.sentence import Link, PaperName, Phrase, Sentence, plain, sentence_text
from bibfolio.model.tables import CV_SECTIONS
from bibfolio.model.trees import trees
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.profile_toml import (
    SCHEMA,
    ProfileError,
    parse_profile,
    profiles_of,
    read_files,
    read_profile,
)

from ..table import Table

BASE = 'name = "Jane Doe"\n[affiliation]\ninstitution = "UoX"\n'
TABLE = Table(__file__)
KNOWN = ", ".join(field.name for field in dataclasses.fields(Profile))
MISSING = "is missing and has no default"
VALIDATOR = Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def problems_of(text: str) -> list[str]:
    """`LINE: MESSAGE` of every problem."""
    try:
        parse_profile(text, "me.toml")
    except ProfileError as error:
        problems = error.problems
        assert problems
        assert {(p.kind, p.file) for p in problems} == {(WarningKind.PROFILE, "me.toml")}
        return [f"{problem.line}: {problem.message}" for problem in problems]
    return []


def as_json(value: object) -> object:
    """What editors hold against the schema: a date is a text there."""
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    is_date = isinstance(value, datetime.date | datetime.time)
    return value.isoformat() if is_date else value


def told(text: str) -> list[str]:
    """What is told of a profile, and whether the schema is of one mind.

    By the schema, editors check the profile.
    """
    problems = problems_of(text)
    try:
        is_valid = VALIDATOR.is_valid(as_json(tomllib.loads(text)))
    except tomllib.TOMLDecodeError:
        is_valid = False
    said = [
        problem.replace(KNOWN, "ALL").replace(", ".join(CV_SECTIONS), "ALL") for problem in problems
    ]
    if is_valid != (not problems):
        said.append(f"the schema {'takes' if is_valid else 'refuses'} it")
    return said


@pytest.mark.parametrize("section", TABLE.sections)
def test_a_mistake_is_told_with_line_and_cure_and_by_the_schema(section):
    TABLE.holds(section, told)


def test_the_schema_completes():
    schema = VALIDATOR.schema
    Draft4Validator.check_schema(schema)
    talk = schema["definitions"]["Talk"]["properties"]
    assert talk["kind"]["default"] == "conference"
    assert talk["paper"]["description"] == "Key of the paper it is about"
    sections = schema["definitions"]["Cv"]["properties"]["sections"]
    assert sections["items"]["anyOf"][0]["enum"] == list(CV_SECTIONS)


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
        cv=Cv(("awards", "publications"), headings={"awards": "Prizes"}),
    )


def test_a_profile_is_read_in_every_language_and_what_is_wrong_in_one_is_told(tmp_path):
    path, site = tmp_path / "profile.toml", trees(["en", "zh-Hans"], "")
    names = BASE.replace('"Jane Doe"', '{ en = "Jane Doe", zh = "" }')
    path.write_text(names, "utf-8")
    assert read_profile(path, site).name == "Jane Doe"
    # An empty text is as none.
    assert {one.name for one in profiles_of(read_files(path), site).values()} == {"Jane Doe"}
    path.write_text(names.replace('""', "3"), "utf-8")
    assert read_profile(path, site)
    with pytest.raises(ProfileError, match="name: must be a text in quotes, not a number"):
        profiles_of(read_files(path), site)
    path.write_text(names.replace("zh =", "xx ="), "utf-8")
    with pytest.raises(ProfileError, match=r"its languages: en, zh$") as told:
        profiles_of(read_files(path), site)
    assert len(told.value.problems) == 1


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


@given(st.text("ab=[]{}\"'\n #.,:“”\\1-", max_size=60))
def test_any_text_is_read_or_told(text):
    with contextlib.suppress(ProfileError):
        parse_profile(text)


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


def test_an_address_is_kept_as_it_is_made_fit():
    assert url_in('HTTPS://example.org/a"b') == Link(url="https://example.org/a%22b")


def url_in(address: str) -> Link | None:
    return parse_profile(f"[[news]]\ndate = 2024\ntext = 'x'\nurl = '{address}'\n").news[0].url


def test_an_address_of_a_line_may_be_a_path_in_the_site():
    assert url_in("/talks/lamps/") == Link(page="talks/lamps")
    assert url_in("/talks/lamps.md#slides") == Link(page="talks/lamps#slides")
    assert url_in("/files/lamps.pdf") == Link(url="files/lamps.pdf")
    assert url_in("/") == Link(page="index")


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


def test_an_account_is_a_name_and_not_an_address():
    for key in NETWORKS.keys() - {"mastodon"}:
        advice = f"write the NAME of {NETWORKS[key][1].format('NAME')}"
        told = f"2: links.{key}: must be the account's name or number alone; {advice}"
        for value in ("https://example.org/jane", "a b", "", "<b>", "ä/", "@", "a/b/c"):
            assert problems_of(f"[links]\n{key} = '{value}'\n") == [told]


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
BY_HINT[bool] = st.booleans()
BY_HINT[Link] = st.builds(Link, url=URLS) | st.builds(Link, page=IDS)
BY_NAME = {"slides": URLS, "id": IDS}


def value_of(name: str, hint: typing.Any) -> st.SearchStrategy:
    if typing.get_origin(hint) in {types.UnionType, typing.Union}:
        hint = typing.get_args(hint)[0]
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if name == "sections" and str in arguments:
        return st.lists(st.sampled_from([*CV_SECTIONS]), max_size=3).map(tuple)
    if name == "headings":
        return st.dictionaries(st.sampled_from([*CV_SECTIONS]), TEXT, max_size=2)
    if name == "papers" and hint is str:
        return st.sampled_from(["all", "selected", "author % title"])
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
    if name == "ror":
        return st.sampled_from(["", "https://ror.org/02mhbdp94", "https://ror.org/05gq02987"])
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
    if isinstance(value, Link):
        return f'"{value.url or f"/{value.page}/"}"'
    if isinstance(value, PaperName):
        return f'"{value.key}"'
    if isinstance(value, tuple) and value and type(value[0]) is Phrase:
        return f'"{sentence_text(value)}"'
    if isinstance(value, bool):
        return str(value).lower()
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
    lists = (profile.sections, profile.cv.variants)
    return all(len({one.id for one in found}) == len(found) for found in lists)


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
