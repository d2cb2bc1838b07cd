"""What stands between names: ``and``, and what people write instead; no name is lost."""

import pytest

from bibfolio.sources.name_lists import read_names, split_names


def of(text: str) -> tuple[list[str], list[str]]:
    """Names, and what is said of them."""
    told: list[str] = []
    return read_names(text, lambda _kind, message: told.append(message)), told


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", [""]),
        ("Doe, Jane", ["Doe, Jane"]),
        ("A and B\nand\n C", ["A", "B", "C"]),
        ("A AND B", ["A", "B"]),
        ("{A and B} and C", ["{A and B}", "C"]),
        ("Sand and Anderson", ["Sand", "Anderson"]),
        ("And, Ann", ["And, Ann"]),
        ("A} and {B", ["A}", "{B"]),
    ],
)
def test_and_stands_between_names(text, names):
    assert split_names(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Doe, Jane",
        "Jane Doe",
        "King, Jr., Martin Luther",
        "Doe, III, Jane",
        "{Doe; Roe, Inc., and Sons}",
        "Doe,",
        "M&uuml;ller, J",
    ],
)
def test_a_name_that_is_right_is_left_alone(text):
    assert of(text) == ([text], [])


AND = "an and has no name on one of its sides; delete it"


@pytest.mark.parametrize(
    ("text", "names", "message"),
    [
        ("A and", ["A"], AND),
        ("and A and and B", ["A", "B"], AND),
        ("Doe, J; Roe, R", ["Doe, J", "Roe, R"], "; stands between names in {}; write and"),
        (
            "Jane Doe, Rich Roe, Ann Poe",
            ["Jane Doe", "Rich Roe", "Ann Poe"],
            "commas stand between names in {}; write and",
        ),
        ("Doe, Jane, X", ["Doe, Jane, X"], "{} has two commas; write Family, Given"),
        ("Doe, Jane,", ["Doe, Jane"], "{} ends in ,; delete it"),
        (
            "Jane Doe 0001",
            ["Jane Doe"],
            "{} ends in a number that DBLP tells namesakes by; delete it",
        ),
    ],
)
def test_what_stands_wrongly_between_or_behind_names_is_told_and_read(text, names, message):
    assert of(text) == (names, [message.format(repr(text))])
