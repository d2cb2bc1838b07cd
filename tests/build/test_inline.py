"""The sheet in every page, of a site as Sphinx builds it."""

import json
import re
from contextlib import contextmanager

import pytest

from bibfolio.assets import inline
from bibfolio.assets.lean import reduce
from tests.building import ROOTS
from tests.work import calls_of, name_of

SIZED = """# A page

```{image} x.png
:width: 30%
:alt: A picture
```

```{list-table}
:widths: 20 80

* - a
  - b
```
"""
RAW = """# A page

```{raw} html
<p style="color: red">red</p>
```
"""
FRAME = {"html_theme": "bibfolio"}
PIXEL = {"x.png": bytes.fromhex("89504e470d0a1a0a")}


def sheet(built, page: str = "index.html") -> str:
    return built.soup(page).find("style", id="site-style").string


def rules(text: str) -> dict[str, str]:
    return dict(re.findall(r"\.(size-[^{]+)\{([^;]+)!important", text))


def test_sizes_are_kept_without_style_attributes(build):
    built = build("minimal", {"index.md": SIZED} | PIXEL, **FRAME)
    assert not built.soup().select("[style]")
    assert built.main().find("img")["class"] == ["size-width-30%"]
    assert [col["class"] for col in built.main().find_all("col")] == [
        ["size-width-20.0%"],
        ["size-width-80.0%"],
    ]
    assert rules(sheet(built)) == {
        r"size-width-30\%": "width:30%",
        r"size-width-20\.0\%": "width:20.0%",
        r"size-width-80\.0\%": "width:80.0%",
    }


def test_sizes_of_pages_that_are_not_written_again_stay(build):
    built = build(
        "minimal", {"index.md": SIZED, "other.md": "---\norphan: true\n---\n# O\n"} | PIXEL, **FRAME
    )
    before = sheet(built)
    built.edit("other.md", "# O", "# P")
    assert sheet(built.rebuild()) == before
    assert sheet(built, "other/index.html") == before


def test_any_other_style_is_named_with_its_page(build):
    built = build("minimal", {"index.md": RAW}, warnings=["[bibfolio.style]"], **FRAME)
    assert built.warnings[0].startswith("index.md: WARNING: style='color: red' does nothing")
    assert "color: red" not in sheet(built)


# -- what is remembered ----------------------------------------------------------------------

SITE = {
    # A list of its own: the theme adds to it, and Sphinx's default is one for all builds here.
    "conf.py": (ROOTS / "minimal" / "conf.py").read_text(encoding="utf-8")
    + '\nhtml_theme = "bibfolio"\ntemplates_path = []\n',
    "index.md": SIZED,
    "other.md": "---\norphan: true\n---\n# Other\n",
    "raw.md": "---\norphan: true\n---\n" + RAW,
} | PIXEL
RED = "raw.md: WARNING: style='color: red' does nothing"
#: Sphinx (9.0) writes these in every build.
AT_EVERY_END = {
    f"{page}{suffix}"
    for page in ("404", "genindex", "search")
    for suffix in ("/index.html", ".html")
} | {"_static/webpack-macros.html"}


@contextmanager
def reading():
    """Pages that are read within, from the root of the site; and how often a sheet is reduced."""

    def page(given):
        return given["file"].as_posix().split("/dirhtml/")[-1].split("/html/")[-1]

    subjects = {inline._look: page, inline._give: page, reduce: lambda _: "sheet"}
    with calls_of(subjects) as found:
        yield found


def looked_at(found) -> set[str]:
    """What was read to see what it uses."""
    return set(found[name_of(inline._look)]) - AT_EVERY_END


def given(found) -> set[str]:
    """What was read to have its sheet put in."""
    return set(found[name_of(inline._give)]) - AT_EVERY_END


def texts(built) -> dict[str, bytes]:
    """The pages of documents."""
    files = built.files.items()
    return {p: data for p, data in files if p.endswith(".html") and p not in AT_EVERY_END}


@pytest.fixture
def built(build):
    return build("minimal", SITE, warnings=[RED])


def test_an_unchanged_page_is_not_read_and_warned_of_again(built):
    before = texts(built)
    with reading() as found:
        again = built.rebuild([RED])
    assert looked_at(found) == given(found) == set()
    assert not found[name_of(reduce)]
    assert texts(again) == before


def test_only_the_page_that_is_written_is_read(built):
    built.edit("other.md", "# Other", "# Other\n\n## Another heading")
    with reading() as found:
        built.rebuild([RED])
    assert looked_at(found) == given(found) == {"other/index.html"}
    assert not found[name_of(reduce)]  # no rule is about the new identifier


def test_a_page_that_is_the_first_to_use_a_rule_gives_it_to_all(built):
    assert "blockquote" not in sheet(built, "raw/index.html")
    built.edit("other.md", "# Other", "# Other\n\n> Quoted")
    with reading() as found:
        again = built.rebuild([RED])
    assert "blockquote" in sheet(again, "raw/index.html")
    assert looked_at(found) == {"other/index.html"}
    assert given(found) == set(texts(built))


def test_what_only_a_deleted_page_used_is_given_to_none(build):
    sized = "---\norphan: true\n---\n" + SIZED
    built = build("minimal", SITE | {"index.md": "# A page\n", "sized.md": sized}, warnings=[RED])
    assert rules(sheet(built))
    built.delete("sized.md")
    again = built.rebuild([RED])
    assert "sized/index.html" not in again.files
    assert not rules(sheet(again))


@pytest.mark.parametrize("sheet", ["", "p{}", 'p{content:"<p style=top:0>"}'])
def test_a_page_that_somebody_has_changed_is_put_right(built, sheet):
    before = texts(built)
    page = built.out / "other" / "index.html"
    page.write_text(inline.with_style(page.read_text(), sheet))
    with reading() as found:
        again = built.rebuild([RED])
    assert looked_at(found) == given(found) == {"other/index.html"}
    assert texts(again) == before


def test_two_builders_that_share_doctrees_remember_their_own(built):
    for builder in ("html", "dirhtml", "html"):
        built.options["builder"] = builder
        other = built.rebuild([RED])
        assert rules(sheet(other))
    for builder in ("dirhtml", "html"):
        built.options["builder"] = builder
        with reading() as found:
            built.rebuild([RED])
        assert looked_at(found) == given(found) == set()
        assert not found[name_of(reduce)]


@pytest.mark.parametrize("damaged", ["", "[]", "{}", '{"program": 1}', "half"])
def test_a_damaged_memory_counts_as_none(built, damaged):
    doctrees = built.src.parent / "built" / "doctrees"
    memories = [*doctrees.glob("seen-*.json"), doctrees / "sheet.json"]
    assert len(memories) == 2
    wanted = [json.loads(memory.read_text()) for memory in memories]
    for memory in memories:
        text = memory.read_text()
        memory.write_text(text[: len(text) // 2] if damaged == "half" else damaged)
    before = texts(built)
    with reading() as found:
        again = built.rebuild([RED])
    assert looked_at(found) == set(texts(built))
    assert found[name_of(reduce)]
    assert texts(again) == before
    assert [json.loads(memory.read_text()) for memory in memories] == wanted
