"""Other builders than HTML: nothing crashes, and what they write says the same."""

import pytest

BUILDERS = [
    "html",
    "dirhtml",
    "singlehtml",
    "text",
    "latex",
    "epub",
    "man",
    "texinfo",
    "xml",
    "pseudoxml",
    "gettext",
    "dummy",
]
PAGE = """# Papers

By {profile}`name`. See {cite:t}`doe2021cache`, and {math}`x^2`.

```{publications}
:group: year
```

```{publications}
:filter: keywords % "selected"
```

```{profile} card
```
"""
FILES = {"index.md": PAGE, "files/papers/doe2021cache.pdf": b"%PDF-1.4 not really\n"}
#: What the builders themselves demand of every project.
EXTRA = {
    "epub": {"version": "1", "copyright": "Jane Doe"},
}


def everything(built) -> str:
    return "\n".join(data.decode("utf-8", "replace") for data in built.files.values())


@pytest.mark.parametrize("builder", BUILDERS)
def test_every_builder_builds_twice_without_a_warning(build, builder):
    built = build("minimal", FILES, builder=builder, **EXTRA.get(builder, {}))
    built.rebuild()


@pytest.mark.parametrize("builder", ["text", "latex", "man", "texinfo", "xml"])
def test_other_formats_list_the_papers_and_who_wrote_them(build, builder):
    text = everything(build("minimal", FILES, builder=builder))
    for words in (
        "Caches that Remember",
        "Writing without Drafts",
        "Edgar Poe",
        "Conference on Wait",
    ):
        assert words in text


def test_plain_text_reads_as_a_list_of_references(build):
    text = everything(build("minimal", FILES, builder="text"))
    assert text.index("2023") < text.index("Queue: Waiting in C++") < text.index("Caches that")
    assert "Journal of Small Machines (JSM), 3(2):10–20, 2021." in text


@pytest.mark.parametrize("builder", ["latex", "texinfo", "xml", "epub", "singlehtml"])
def test_where_the_files_are_not_at_hand_the_button_has_a_full_address(build, builder):
    built = build("minimal", FILES, builder=builder, **EXTRA.get(builder, {}))
    address = "https://jane.example.org/files/papers/doe2021cache.pdf"
    assert address in everything(built)
    assert not (built.out / "files").exists()


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml", "xml", "text"])
def test_one_environment_serves_several_builders(build, builder):
    """`make site` and then another format: the folder of doctrees is the same."""
    built = build("minimal", FILES, builder="dirhtml")
    built.options["builder"] = builder
    assert "Caches that Remember" in everything(built.rebuild())
