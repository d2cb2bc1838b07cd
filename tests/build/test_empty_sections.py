"""Parts of pages that come out empty take their heading along."""

from tests.building import ROOTS
from tests.output import text_of

BARE = 'name = "Jane Doe"\n\n[affiliation]\ninstitution = "Somewhere"\n'
PERSON = (ROOTS / "person" / "profile.toml").read_text(encoding="utf-8")
PAPERS = (ROOTS / "minimal" / "refs.bib").read_text(encoding="utf-8").replace("J. and", "Jane and")
PAGE = """# Jane

## Education

```{profile} education
```

## Papers

### All of them

```{publications}
:group: year
```

(prizes)=
## Awards

```{profile} awards
```

```{toctree}
:hidden:

other
```

## Last

Words.
"""
FILES = {"index.md": PAGE, "other.md": "# Other\n", "refs.bib": "", "profile.toml": BARE}


def headings(built) -> list[str]:
    found = built.main().find_all(["h1", "h2", "h3"])
    return [text_of(heading).removesuffix("¶") for heading in found]


def test_an_empty_part_takes_its_heading_along_everywhere_until_it_has_something(build):
    """A page in no tree of contents would be a warning."""
    built = build("person", FILES)
    assert headings(built) == ["Jane", "Last"]
    said = built.text("searchindex.js") + built.text("index.html")
    assert [words for words in ("Education", "All of them", "Awards") if words in said] == []
    built.write("profile.toml", PERSON)
    built.write("refs.bib", PAPERS)
    built = built.rebuild()
    assert headings(built)[:4] == ["Jane", "Education", "Papers", "All of them"]
    assert "Awards" in headings(built)


def test_a_heading_above_several_empty_parts_vanishes_once(build):
    page = PAGE.replace("```{profile} awards\n```\n", "```{talks}\n```\n\n```{service}\n```\n")
    assert headings(build("person", {**FILES, "index.md": page})) == ["Jane", "Last"]


def test_a_heading_with_words_of_the_owner_and_the_title_of_the_page_stay(build):
    page = PAGE.replace("## Education\n", "## Education\n\nNone worth a word.\n")
    other = "# Other\n\n```{profile} awards\n```\n"
    built = build("person", FILES | {"index.md": page, "other.md": other})
    assert headings(built) == ["Jane", "Education", "Last"]
    assert [text_of(h).removesuffix("¶") for h in built.main("other").find_all("h1")] == ["Other"]


def test_a_link_to_a_heading_that_went_is_told(build):
    """Also if the label stands below words of another section."""
    page = PAGE.replace("Words.", "See {ref}`them <prizes>`.")
    page = page.replace("(prizes)=", "## Kept\n\nMore words.\n\n(prizes)=")
    built = build("person", FILES | {"index.md": page}, warnings=["undefined label: 'prizes'"])
    assert headings(built) == ["Jane", "Kept", "Last"]


def test_a_fact_that_is_not_known_is_told_with_what_to_write(build):
    facts = {
        "advisor": "[advisor]",
        "interests": "interests",
        "group": "group in [affiliation]",
        "degree_year": "end in its first [[education]]",
    }
    page = "# Jane\n\nOf {profile}`name`.\n" + "".join(f"\nBy {{profile}}`{f}`.\n" for f in facts)
    warnings = [
        f"index.md:{2 * n + 5}: ERROR: profile.toml has no {key}, so nothing is said here; write"
        for n, key in enumerate(facts.values())
    ]
    built = build("person", {"index.md": page, "profile.toml": BARE}, warnings=warnings)
    assert all("[bibfolio.fact]" in warning for warning in built.warnings)


def test_a_page_of_the_cv_that_names_its_sections_is_the_owner_s_own_affair(build):
    """Other ones than in its files, in another order, with other papers, and words between them."""
    page = """# CV

```{profile} cv
```

## Prizes

```{profile} awards
```

## Mine

Words.

## Degrees

```{profile} education
```

## Papers

```{publications}
:filter: keywords % "selected"
```
"""
    build("person", {"cv.md": page, "index.md": "# J\n\n```{toctree}\ncv\n```\n"})
