"""Parts of pages that come out empty take their heading along; the page of the CV is compared."""

import pytest

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


def test_an_empty_part_takes_its_heading_along_everywhere(build):
    built = build("person", FILES)
    assert headings(built) == ["Jane", "Last"]
    search = built.text("searchindex.js")
    assert "Education" not in search
    assert "All of them" not in search
    # Nor in the table of contents.
    assert "Awards" not in built.text("index.html")


def test_the_tree_of_pages_survives_the_heading_it_stood_under(build):
    """A page in no tree would be a warning."""
    assert "other" in build("person", FILES).read


def test_a_part_that_has_something_again_has_its_heading_again(build):
    built = build("person", FILES)
    built.write("profile.toml", PERSON)
    built.write("refs.bib", PAPERS)
    built = built.rebuild()
    assert headings(built)[:4] == ["Jane", "Education", "Papers", "All of them"]
    assert "Awards" in headings(built)


def test_a_heading_with_words_of_the_owner_stays(build):
    page = PAGE.replace("## Education\n", "## Education\n\nNone worth a word.\n")
    assert "Education" in headings(build("person", FILES | {"index.md": page}))


def test_the_title_of_the_page_stays(build):
    page = "# Jane\n\n```{profile} awards\n```\n\n```{toctree}\nother\n```\n"
    assert headings(build("person", FILES | {"index.md": page})) == ["Jane"]


def test_a_link_to_a_heading_that_went_is_told(build):
    """Also if the label stands below words of another section."""
    page = PAGE.replace("Words.", "See {ref}`them <prizes>`.")
    page = page.replace("(prizes)=", "## Kept\n\nMore words.\n\n(prizes)=")
    built = build("person", FILES | {"index.md": page}, warnings=["undefined label: 'prizes'"])
    assert headings(built) == ["Jane", "Kept", "Last"]


@pytest.mark.parametrize(
    ("fact", "key"),
    [
        ("advisor", "[advisor]"),
        ("interests", "interests"),
        ("group", "group in [affiliation]"),
        ("degree_year", "end in its first [[education]]"),
    ],
)
def test_a_fact_that_is_not_known_is_told_with_what_to_write(build, fact, key):
    page = f"# Jane\n\nOf {{profile}}`name`.\n\nBy {{profile}}`{fact}`.\n"
    message = f"index.md:5: WARNING: profile.toml has no {key}, so nothing is said here; write"
    files = {"index.md": page, "profile.toml": BARE}
    built = build("person", files, warnings=[message])
    assert "[bibfolio.fact]" in built.warnings[0]


# -- the CV -------------------------------------------------------------------------------------

NAMES = ["interests", "education", "positions", "publications", "teaching", "awards"]


def cv_page(*names: str, filter_: str = "") -> dict[str, str]:
    parts = [
        f"## {name.title()}\n\n```{{profile}} {name}\n```\n"
        if name != "publications"
        else f"## Publications\n\n```{{publications}}\n:mirror:\n{filter_}```\n"
        for name in names
    ]
    page = "# CV\n\n```{profile} cv\n```\n\n" + "\n".join(parts)
    index = "# Jane\n\n```{toctree}\ncv\n```\n"
    return {"cv.md": page, "index.md": index, "refs.bib": PAPERS, "profile.toml": PERSON}


def test_sections_named_one_by_one_may_be_those_of_the_files(build):
    build("person", cv_page(*NAMES))


def test_another_order_than_that_of_the_files_is_told_with_the_lines(build):
    warning = (
        "cv.md:8: WARNING: this page has awards (line 8), interests (line 13), but the files of "
        "the CV have interests, education, positions, publications, teaching, awards; write"
    )
    built = build("person", cv_page("awards", "interests"), warnings=[warning])
    assert "[bibfolio.cv]" in built.warnings[0]


def test_other_papers_than_those_of_the_files_are_told(build):
    files = cv_page(*NAMES, filter_=':filter: keywords % "selected"\n')
    warning = "WARNING: this list has 1 papers, the files of the CV 3; write [cv] papers"
    build("person", files, warnings=[warning])
    build("person", files | {"profile.toml": PERSON + '\n[cv]\npapers = "selected"\n'})


def test_a_section_that_neither_has_is_no_difference(build):
    build("person", cv_page(*NAMES) | {"profile.toml": BARE, "refs.bib": ""})
