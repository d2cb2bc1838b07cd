"""Keys as parts of addresses and file names: of any system, and apart from each other."""

from hypothesis import given
from hypothesis import strategies as st

from bibfolio.sources.keys import Keys, identity, safe_key

from ..table import Table

TABLE = Table(__file__)


def spelt(key: str) -> str:
    """How addresses spell a key; that spelling stays."""
    safe = safe_key(key)
    assert not safe or safe_key(safe) == safe
    assert safe != key or Keys().slug(key) == key
    return safe


def test_a_key_that_can_be_an_address_stays_and_any_other_gets_a_spelling_that_can():
    TABLE.holds("keys", spelt)


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
