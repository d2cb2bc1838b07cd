"""Other builders than HTML: nothing crashes, and what they write says the same."""

import pytest

from tests.building import ROOTS

PAGE = """# Papers

By {profile}`name`. See {cite:t}`doe2021cache`, {bib:paper}`poe2023queue`,
{bib:paper}`that one <doe2023draftless>`, and {math}`x^2`.

```{publications}
:group: year
```

```{publications}
:filter: keywords % "selected"
```

```{profile} card
```
"""
FORMULA = r"@misc{a, title={On $O(n \log n)$ and $\le$}, author={Doe, Jane}, year=2020}" + "\n"
FILES = {
    "index.md": PAGE,
    "refs.bib": (ROOTS / "minimal" / "refs.bib").read_text(encoding="utf-8") + FORMULA,
    "files/papers/doe2021cache.pdf": b"%PDF-1.4 not really\n",
}
ADDRESS = "https://jane.example.org/files/papers/doe2021cache.pdf"
SAID = "On O(n log n) and ≤"
#: Builder → what its files say of the one paper's PDF, and of the other's formula.
BUILDERS = {
    **dict.fromkeys(["html", "dirhtml"], (r'data-tex="O(n \log n)"><math',)),
    **dict.fromkeys(["gettext", "dummy", "pseudoxml"], ()),
    "text": [SAID, "Journal of Small Machines (JSM), 3(2):10–20, 2021."],
    "man": [SAID],
    "latex": [ADDRESS, r"On \(O(n \log n)\) and \(\le\)"],
    **dict.fromkeys(["texinfo", "xml", "epub"], (ADDRESS, SAID)),
    "singlehtml": [ADDRESS, r'data-tex="O(n \log n)"><math'],
}
LISTING = {"text", "latex", "man", "texinfo", "xml"}
#: What the builder itself demands of every project.
EXTRA = {"epub": {"version": "1", "copyright": "Jane Doe"}}


def everything(built) -> str:
    text = "\n".join(data.decode("utf-8", "replace") for data in built.files.values())
    return " ".join(text.split())


@pytest.mark.parametrize("builder", BUILDERS)
def test_every_builder_builds_twice_without_a_warning_and_says_what_the_site_says(build, builder):
    """Without files beside it a button has a full address; a reference is its title."""
    built = build("minimal", FILES, builder=builder, **EXTRA.get(builder, {}))
    text = everything(built)
    words = list(BUILDERS[builder])
    if builder in LISTING:
        words += ["Caches that Remember", "Queue: Waiting in C++", "Edgar Poe", "that one"]
        words += ["Conference on Wait"]
    assert [word for word in words if word not in text] == []
    if words and builder not in {"html", "dirhtml"}:
        assert not (built.out / "files").exists()
    if builder in {"singlehtml", "epub"}:  # a book has no tags of a site
        assert not [w for w in ("citation_title", "og:title", "ld+json") if w in text]
    built.rebuild()


def test_plain_text_reads_as_a_list_of_references(build):
    text = everything(build("minimal", FILES, builder="text"))
    assert text.index("2023") < text.index("Edgar Poe") < text.index("Journal of Small Machines")


def test_one_environment_serves_several_builders_and_hides_no_change_from_the_site(build):
    """`make site` and then another format: the folder of doctrees is the same."""
    built = build("minimal", FILES)
    built.edit("refs.bib", "Caches that Remember", "Caches that Forget")
    for builder in ("text", "xml", "singlehtml", "html", "dirhtml"):
        built.options["builder"] = builder
        built = built.rebuild()
        assert "Caches that Forget" in everything(built)
    assert built.paper("doe2021cache").title == "Caches that Forget"
