"""The profile against what else there is: each mistake is told where it stands, with the cure."""

from __future__ import annotations

import pytest

from bibfolio.lint.profile import profile_problems
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.bibliography import parse_bibliography
from bibfolio.sources.folder import Folder
from bibfolio.sources.profile_toml import parse_profile
from bibfolio.sources.spelling import with_people
from bibfolio.sources.toml_text import TomlFiles

ORCID = '[links]\ngithub = "jane"\norcid  = "{}"\n'


def test_an_orcid_id_with_a_wrong_check_digit_is_told_where_it_stands():
    text = ORCID.format("0000-0002-1825-0098")
    (problem,) = profile_problems(parse_profile(text), TomlFiles({"me.toml": text}), Folder())
    assert problem == Problem(
        WarningKind.BIB_ORCID,
        "links.orcid: 0000-0002-1825-0098 "
        "has the check digit 8 where the others make 7; copy it again",
        *(3, 11, "me.toml"),
    )


@pytest.mark.parametrize("text", [ORCID.format("0000-0002-1825-0097"), ""])
def test_a_right_orcid_id_is_let_be(text):
    assert list(profile_problems(parse_profile(text), TomlFiles({"me.toml": text}), Folder())) == []


@pytest.mark.parametrize(
    ("portrait", "cure"),
    [
        ("_static/zoe.png", ""),
        ("/_static/zoe.png", "write _static/zoe.png"),
        ("_static/Zoe.PNG", "write _static/zoe.png"),
        ("_static/zoe.jpg", "write _static/zoe.png"),
        ("_static/portrait.jpg", "put it at _static/portrait.jpg"),
        ("zoe.png", "put it at _static/zoe.png"),
        ("../_static/zoe.png", "put it at _static/zoe.png"),
        ("C:/Users/zoe.png", "put it at _static/zoe.png"),
        ("https://example.org/zoe.png", "put it at _static/zoe.png"),
    ],
)
def test_a_portrait_that_is_no_file_of_the_site_is_told_where_it_stands(tmp_path, portrait, cure):
    (tmp_path / "_static").mkdir()
    (tmp_path / "_static" / "zoe.png").touch()
    text = f"name = 'x'\nportrait = '{portrait}'"
    message = f"portrait: {portrait} is no file of this site; {cure}"
    problem = Problem(WarningKind.BIB_FILE, message, 2, 13, "me.toml")
    found = profile_problems(parse_profile(text), TomlFiles({"me.toml": text}), Folder(tmp_path))
    assert list(found) == [problem] * bool(cure)


# -- papers ------------------------------------------------------------------------------------

BIB = """
@misc{roe2024queue, title = {Q}, year = 2024, author = {Roe, Ann and Poe, Ed and Doe, Jane}}
@misc{roe2023fish, title = {F}, year = 2023, author = {Roe, Ann and Doe, John}}
@misc{roe2025draft, title = {D}, year = 2025, author = {Roe, Ann}, pubstate = {inpreparation}}
"""


def told(text: str, folder: Folder | None = None) -> list[str]:
    """What is told of a profile beside the bibliography, with its place."""
    profile = parse_profile(text)
    read = parse_bibliography(BIB, profile.names)
    papers = with_people(read.papers, profile.acquaintances)
    drafts = [draft.key for draft in read.drafts]
    files = TomlFiles({"me.toml": text})
    found = profile_problems(profile, files, folder or Folder(), papers, drafts)
    return [f"{p.line}:{p.column} {p.kind.subtype} {p.message}" for p in found]


NEWS = "[[news]]\ndate = 2024\ntext = '{}'\n"


@pytest.mark.parametrize(
    ("text", "place", "keys"),
    [
        (NEWS.format("x") + "papers = ['roe2024queue', 'roe2024que']", "4:28", "news.papers"),
        (NEWS.format("As {cite}`roe2024que`"), "3:19", "news.text"),
        (NEWS.format("In {bib:paper}`that paper <roe2024que>`"), "3:36", "news.text"),
        ("[[talks]]\ntitle='{cite:t}`roe2024que`'\ndate=2024", "2:17", "talks.title"),
        ("[[talks]]\ntitle = 'x'\ndate = 2024\npaper = 'roe2024que'", "4:10", "talks.paper"),
        ("[[software]]\nname = 'x'\npapers = ['roe2024que']", "3:12", "software.papers"),
        (
            "[[sections]]\ntitle='x'\nid='x'\n[[sections.items]]\ntext='{cite}`roe2024que`'",
            "5:14",
            "sections.items.text",
        ),
    ],
)
def test_a_key_that_no_paper_has_is_told_wherever_it_stands(text, place, keys):
    message = f"{keys}: no paper has the key roe2024que; did you mean roe2024queue?"
    assert told(text) == [f"{place} profile_paper {message}"]


@pytest.mark.parametrize(
    ("key", "cure"),
    [
        ("roe2024queue", None),
        ("zzz", "write a key of the bibliography"),
        ("ROE2024queue", "did you"),
    ],
)
def test_the_cure_for_a_key_is_the_nearest_there_is(key, cure):
    found = told(f"[[talks]]\ntitle = 'x'\ndate = 2024\npaper = '{key}'")
    assert [cure in message for message in found] == ([] if cure is None else [True])


def test_a_draft_is_no_mistake_but_for_a_text_that_has_no_words_for_it():
    own = NEWS.format("{bib:paper}`In secret <roe2025draft>`") + "papers = ['roe2025draft']"
    assert told(own) == []
    (problem,) = told(NEWS.format("In {cite}`roe2025draft`"))
    assert "give words, {bib:paper}`WORDS <roe2025draft>`" in problem


# -- people ------------------------------------------------------------------------------------

NO_PAPER = "is an author of no paper;"


@pytest.mark.parametrize(
    ("name", "keys", "advice"),
    [
        ("Ed Poe", "", ""),
        ("E. Poe", "", ""),
        ("Poe, Ed", "", 'it is shown as written; write [people."Ed Poe"]'),
        ("Poe Ed", "", f'Poe Ed {NO_PAPER} write [people."Ed Poe"], or a group'),
        ("Ed Poee", "", f'Ed Poee {NO_PAPER} write [people."Ed Poe"], or a group'),
        ("Pöe Èd", "", f'Pöe Èd {NO_PAPER} write [people."Ed Poe"], or a group'),
        ("Mo Moe", "", f"Mo Moe {NO_PAPER} give the spelling in aliases, or a group"),
        ("Mo Moe", "aliases = ['E. Poe']", ""),
        ("Mo Moe", "group = 'current'", ""),
        ("J. Doe", "", f"J. Doe {NO_PAPER} give the spelling in aliases, or a group"),
        ("Ann Roe", "", "Ann Roe is whose site this is; leave it out, or give a group"),
        ("Ann Roe", "group = 'current'", ""),
    ],
)
def test_somebody_who_wrote_no_paper_is_told_with_who_may_be_meant(name, keys, advice):
    text = f'name = "Ann Roe"\n[people."{name}"]\nurl = "https://example.org"\n{keys}'
    assert told(text) == [f"2:10 profile_person people.{name}: {advice}"] * bool(advice)


def test_a_name_that_two_people_have_is_told_of_both():
    people = '[people."Ed Poe"]\n[people."Mo Moe"]\naliases = ["Ed Poe"]'
    assert [problem.partition("people.")[2] for problem in told(people)] == [
        f"{name}: Ed Poe is the name of two people; take it out of the aliases of one"
        for name in ("Ed Poe", "Mo Moe")
    ]


# -- files -------------------------------------------------------------------------------------


def test_slides_and_pictures_that_are_not_there_are_told(tmp_path):
    (tmp_path / "files" / "slides").mkdir(parents=True)
    (tmp_path / "files" / "slides" / "on-waiting-in-line.pdf").touch()
    (tmp_path / "_static").mkdir()
    (tmp_path / "_static" / "ed.png").touch()
    talk = "[[talks]]\ntitle = 'On *Waiting*, in Line'\ndate = 2024\nslides = '{}'\n"
    person = "[people.'Ed Poe']\npicture = '{}'\n"
    folder = Folder(tmp_path)
    for slides in ("files/slides/on-waiting-in-line.pdf", "https://example.org/x.pdf"):
        assert told(talk.format(slides), folder) == []
    assert told(person.format("_static/ed.png"), folder) == []
    put = "is no file of this site; put it at files/slides/on-waiting-in-line.pdf"
    for slides in ("x.pdf", "_static/ed.png", "/etc/hosts", "../x.pdf"):
        assert told(talk.format(slides), folder) == [f"4:11 bib_file talks.slides: {slides} {put}"]
    (picture,) = told(person.format("_static/Ed.PNG"), folder)
    assert picture.startswith("2:12 bib_file people.Ed Poe.picture: _static/Ed.PNG is no file")
    assert picture.endswith("; write _static/ed.png")
