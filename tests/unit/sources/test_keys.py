"""Keys as parts of addresses and file names: of any system, and apart from each other."""

import pytest

from bibfolio.sources.bib_entry import free_key, identity, safe_key


@pytest.mark.parametrize("key", ["doe2021cache", "Doe+Poe", "a.v2", "console", "com10", "indexes"])
def test_a_key_that_can_be_an_address_stays(key):
    assert safe_key(key) == key


@pytest.mark.parametrize(
    ("key", "safe"),
    [
        ("CON", "paper-CON"),
        ("nul.txt", "paper-nul.txt"),
        ("lpt9.bib", "lpt9-bib"),
        ("index", "paper-index"),
        ("Index", "paper-Index"),
        ("trailing..", "trailing"),
        ("../../x", "x"),
        (".hidden", "hidden"),
        ("-rf", "rf"),
        ("a/../../b", "a-..-..-b"),
        ("..", ""),
        ("x.html", "x-html"),
        ("k" * 99 + ".x", "k" * 99),
    ],
)
def test_any_other_key_gets_a_spelling_that_can(key, safe):
    assert safe_key(key) == safe
    assert not safe or safe_key(safe) == safe


def test_keys_that_a_disk_cannot_tell_apart_are_numbered():
    taken = {}
    for key in ("X", "x", "x.", "X-2"):
        taken[identity(free_key(safe_key(key), taken))] = "refs.bib:1"
    assert {key for key in taken if key[0] != "#"} == {"x", "x-2", "x-3", "x-2-2"}
