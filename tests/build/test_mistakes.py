"""What goes wrong in an owner's hands is answered, with place and cure; the rest stays whole."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from bibfolio.commands import main
from tests.building import copy_root, run_to_its_end
from tests.mistakes import MISTAKES

#: Of the good site, page → words that stand on it.
GOOD = {
    "index": "I ask how small fish wait",
    "publications": "Journal of Small Fish",
    "cv": "Ph.D. in patience",
    "research/essay": "Cold water is slow",
    "papers/nunez2024danio": "Waits",
    "papers/okafor2023queue": "very patient fish",
    "papers/nunez2022water": "Conference on Waiting",
    "papers/nunez2021slow": "2101.00001",
}
_BUILT = re.compile(
    r"(?P<place>[^ ]+): (?:(?:WARNING|ERROR): (?P<text>.*) \[bibfolio\.(?P<kind>\w+)\]"
    r"|ERROR: (?P<error>.*))"
)


def matches(expected: str, said: str) -> bool:
    """Whether the parts of a row's line occur in what was said, in their order."""
    return re.match(".*".join(re.escape(part.strip()) for part in expected.split("…")), said, re.S)


def assert_said(expected: list[str], said: list[str]) -> None:
    everything = len(expected) == len(said) and all(map(matches, expected, said))
    assert everything, "\n".join(["expected", *expected, "but was said", *said])


def as_check(line: str) -> str | None:
    """A warning of a build as `check` would put it; None if it is not ours."""
    if not (found := _BUILT.search(line)):
        return None
    place = found["place"]
    kind = found["kind"] or ("profile" if ".toml" in place else "bib_encoding")
    place = f"{place}:1" if place.count(":") == 1 else place
    return f"{place}: {kind}: {found['text'] or found['error']}"


def test_the_good_site_is_told_nothing(build, monkeypatch, capsys):
    built = build("owner")
    for page, words in GOOD.items():
        assert words in built.page(page).read_text("utf-8"), page
    monkeypatch.chdir(built.src)
    assert main(["check"]) == 0
    assert capsys.readouterr() == ("", "")


def test_no_mistake_is_there_twice():
    assert len({mistake.words for mistake in MISTAKES}) == len(MISTAKES)


def differently_in_a_build() -> Iterator[Any]:
    """Mistakes of which a build says or shows more than `check`; of the others, one of a kind."""
    answered: set[str] = set()
    for mistake in MISTAKES:
        kinds = {line.split(": ")[1] for line in mistake.check if mistake.build is None}
        is_its_own = mistake.build or mistake.shown or mistake.gone or kinds - answered
        answered |= kinds
        marks = () if is_its_own else pytest.mark.slow
        yield pytest.param(mistake, id=mistake.words, marks=marks)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.words)
def test_a_mistake_is_answered_by_check(mistake, tmp_path, monkeypatch, capsys):
    copy_root("owner", mistake.files, tmp_path / "src")
    monkeypatch.chdir(tmp_path / "src")
    assert main(["check"]) == bool(mistake.check)
    lines = capsys.readouterr().out.splitlines()
    if lines[1:]:
        assert re.match(rf"{len(lines) - 1} findings: ", lines.pop())
    assert_said(mistake.check, lines)


@pytest.mark.parametrize("mistake", [*differently_in_a_build()])
def test_a_build_answers_a_mistake_and_the_rest_is_whole(mistake, tmp_path):
    src = tmp_path.resolve() / "src"
    copy_root("owner", mistake.files, src)
    built = run_to_its_end(src)
    answers = mistake.check if mistake.build is None else mistake.build
    assert_said(answers, list(filter(None, map(as_check, built.warnings))))
    files = {page: built.page(page) for page in GOOD}
    pages = {page: file.read_text("utf-8") for page, file in files.items() if file.is_file()}
    assert GOOD.keys() - pages == (GOOD.keys() if mistake.stops else {*mistake.gone})
    for page, text in pages.items():
        assert mistake.shown.get(page, GOOD[page]) in text, page
