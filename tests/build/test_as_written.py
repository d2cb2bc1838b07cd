"""Quotes and dashes of the data stand on pages as in files; those of prose are typeset."""

import json

import pytest

from tests.building import ROOTS
from tests.output import text_of

WORDS = """The "q" prize a--b, it's..."""
PERSON = (ROOTS / "person" / "profile.toml").read_text(encoding="utf-8")
PROFILE = PERSON.replace('"Prize for Standing"', json.dumps(WORDS)).replace(
    '"the long run"', json.dumps(WORDS)
)
PAPER = """@misc{k, title = {{"q" of a- -b, it's}}, author = {Doe, Jane}, year = 2020,
  annotation = {Sums "it" up.}, abstract = {An "abstract".}, keywords = {"odd" topic}}
"""
INDEX = """# Jane

On {profile}`focus`, says "she".

```{profile} awards
```

```{publications}
:group: topic
```

```{toctree}
cv
```
"""
CV = "# CV\n\n```{profile} cv\n```\n\n```{cv}\n```\n"
NOTE = 'The owner\'s "note".\n'


@pytest.fixture(scope="module")
def built(build_once):
    files = {"index.md": INDEX, "cv.md": CV, "refs.bib": PAPER, "profile.toml": PROFILE}
    return build_once("person", files | {"notes/k.md": NOTE}, exclude_patterns=["notes"])


@pytest.mark.parametrize("page", ["index", "cv"])
def test_what_the_profile_says_is_on_pages_as_it_is_written(built, page):
    said = text_of(built.main(page))
    assert said.count(WORDS) == 2
    assert WORDS in built.text("cv.txt").replace("\n", " ")


def test_what_the_bibliography_says_is_on_pages_as_it_is_written(built):
    title = """"q" of a- -b, it's"""
    page = built.main("papers/k")
    assert text_of(page.h1).removesuffix("¶") == title
    for words in ('Sums "it" up.', 'An "abstract".', '"odd" topic'):
        assert words in text_of(page)
    assert title in text_of(built.main())
    assert '"odd" topic' in text_of(built.main().h2)


def test_the_owner_s_own_prose_is_typeset(built):
    assert "says “she”." in text_of(built.main())
    assert "The owner’s “note”." in text_of(built.main("papers/k"))
