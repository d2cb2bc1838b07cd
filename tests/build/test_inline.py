"""The sheet in every page, of a site as Sphinx builds it."""

import re

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
