"""Keys as parts of addresses and file names: of any system, and apart from each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.sources.keys import Keys, identity, safe_key


@pytest.mark.parametrize("key", ["doe2021cache", "Doe+Poe", "a.v2", "console", "com10", "indexes"])
def test_a_key_that_can_be_an_address_stays(key):
    assert safe_key(key) == Keys().slug(key) == key


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
        ("müller2024", "muller2024"),
        ("DBLP:conf/nsdi/Jay24", "DBLP-conf-nsdi-Jay24"),
        ("李2024", "2024"),
        ("<script>", "script"),
        ("李", ""),
        ("a&b", "a-b"),
    ],
)
def test_any_other_key_gets_a_spelling_that_can(key, safe):
    assert safe_key(key) == safe
    assert not safe or safe_key(safe) == safe


@given(st.lists(st.text("aAbB-2_.é/李:", min_size=1, max_size=4), max_size=12))
def test_all_slugs_differ_on_every_disk_and_as_anchors(written):
    keys = Keys()
    slugs = [keys.slug(keys.unique(key, "refs.bib:1")) for key in written]
    assert all(safe_key(slug) == slug for slug in slugs)
    assert len({identity(slug) for slug in slugs}) == len(slugs)


def test_what_tells_two_slugs_apart_does_not_depend_on_other_keys():
    def slugs(*written):
        keys = Keys()
        return [keys.slug(key) for key in written]

    _, first = slugs("a-b", "a:b")
    *_, second = slugs("x", "a-b", "y", "a/b", "a:b")
    assert first == second != "a-b"


def test_a_key_that_looks_like_a_slug_with_a_digest_gets_a_page_of_its_own():
    alike = Keys()
    first, second = alike.slug("x-y"), alike.slug("x/y")
    keys = Keys()
    assert len({keys.slug(second), keys.slug(first), keys.slug("x/y")}) == 3
