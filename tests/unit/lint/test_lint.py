"""All rules together: sound entries give no word, and problems come in the order of the files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from bibfolio.lint import lint_bibliography
from bibfolio.model import Profile
from bibfolio.problems import WarningKind
from bibfolio.sources.bib_parser import read_entries
from bibfolio.sources.bibliography import Known, parse_bibliography, read_bibliographies
from bibfolio.sources.fields import TYPES
from bibfolio.sources.folder import Folder

from ..sources.test_bib_parser import BIBISH
from .made import entry, said

SOUND = (Path(__file__).parent / "sound.bib").read_text(encoding="utf-8")
PERSON = Profile("Chip Jay")
OWNER = PERSON.names


def test_the_sound_entries_are_of_every_type_and_many():
    entries, problems = read_entries(SOUND)
    assert problems == []
    assert {entry.type for entry in entries} >= TYPES
    assert len(entries) >= 30


def test_sound_entries_give_no_word(tmp_path):
    read = parse_bibliography(SOUND, OWNER)
    assert lint_bibliography({"sound.bib": read}, PERSON, Folder(tmp_path)) == []


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_nor_do_they_with_other_line_ends(newline):
    assert said(SOUND.replace("\n", newline)) == []


def test_problems_come_in_the_order_of_the_file():
    text = entry("pages = {1-2}, foo = {x}") + "\u200b" + entry("doi = {x}")
    assert [(kind, line) for kind, line, *_ in said(text)] == [
        ("bib_pages", 1),
        ("bib_unknown_field", 1),
        ("bib_control", 2),
        ("bib_doi", 2),
    ]


def told(files: dict[str, str], owner: frozenset[str] = frozenset()) -> list[tuple[str, int, str]]:
    known = Known()
    read = {
        name: parse_bibliography(text, owner, known=known, name=name)
        for name, text in files.items()
    }
    found = lint_bibliography(read, Profile(name_variants=(*owner,)))
    return [(p.file, p.line, p.kind.subtype) for p in found]


def test_a_bibliography_tells_what_its_reader_and_its_rules_found_in_order():
    text = "@misc{a, title = {A \\foo},\n year = {x}, doi = {x},\n}\n@misc{b, year = 2024}\n"
    assert told({"two.bib": text.replace("{a", "{c").replace("{b", "{d"), "one.bib": text}) == [
        (name, line, kind)
        for name in ("two.bib", "one.bib")
        for line, kind in [(1, "bib_tex"), (2, "bib_field"), (2, "bib_doi"), (4, "bib_field")]
    ]


def test_files_are_compared_with_each_other():
    one = entry("author = {Roe, Ann}, journal = {Journal of Tests}", key="a")
    two = entry("author = {Roe, A.}, journal = {journal of Tests}", key="b")
    assert told({"1.bib": one, "2.bib": two}) == [
        ("2.bib", 1, "bib_author"),
        ("2.bib", 1, "bib_venue"),
    ]


def test_nothing_is_said_twice():
    text = "@misc{a, title = {T}, year = {x}, author = {A}, author+an = {2=equal}, url = {x}}"
    assert [kind for _, _, kind in told({"a.bib": text})] == ["bib_field", "bib_field", "bib_url"]


@given(BIBISH)
def test_linting_never_raises_and_every_place_is_in_the_file(text):
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in lint_bibliography({"a.bib": parse_bibliography(text)}):
        assert 1 <= problem.line <= len(lines)
        assert 0 <= problem.column <= len(lines[problem.line - 1]) + 1
        assert isinstance(problem.kind, WarningKind)


def read_files(root: Path, *names: str):
    read = read_bibliographies({name: root / name for name in names}, OWNER)
    return read, lint_bibliography(read, PERSON, Folder(root))


def test_several_files_share_their_keys_and_every_problem_names_its_file(tmp_path):
    text = "@misc{key, title = {One}, year = 2024, doi = {https://doi.org/10.1234/x}}\n"
    for name in ("one.bib", "two.bib"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    read, problems = read_files(tmp_path, "one.bib", "two.bib")
    assert [p.key for one in read.values() for p in one.papers] == ["key", "key-2"]
    assert {"one.bib", "two.bib"} == {problem.file for problem in problems}


def test_a_file_that_is_not_there_is_a_problem_and_no_error(tmp_path):
    read, problems = read_files(tmp_path, "refs.bib")
    assert read["refs.bib"].papers == []
    assert [problem.kind.subtype for problem in problems] == ["bib_missing"]
