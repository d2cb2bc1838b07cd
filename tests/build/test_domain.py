"""Papers as objects: referred to by key from this site and, through the inventory, from any."""

import pytest
from sphinx.util.inventory import InventoryFile

from tests.building import ROOTS

TITLES = {
    "doe2021cache": "Caches that Remember",
    "doe2023draftless": "Writing without Drafts",
    "poe2023queue": "Queue: Waiting in C++",
}


def link(built, address, page="index"):
    """Text and destination of the link on *page* that leads to *address*."""
    (found,) = built.main(page).select(f'a[href="{address}"]')
    return found.get_text()


# -- within the site ----------------------------------------------------------------------------

PAGE = """# P

{bib:paper}`doe2021cache` and {bib:paper}`that one <poe2023queue>`.

```{publications}
:limit: 1
:filter: year < "0"
```
"""


@pytest.fixture(scope="module")
def referring(build_once):
    return build_once("citing", {"waiting.md": PAGE})


def test_a_reference_shows_the_title_and_leads_to_the_page(referring):
    assert link(referring, "../papers/doe2021cache/", "waiting") == TITLES["doe2021cache"]


def test_a_reference_may_have_words_of_its_own(referring):
    assert link(referring, "../papers/poe2023queue/", "waiting") == "that one"


@pytest.mark.xfail(reason="the label and the citation both answer: ambiguous, with a warning")
def test_any_finds_a_paper_by_its_key(build):
    built = build("citing", {"waiting.md": "# W\n\n{any}`doe2021cache`\n"})
    (found,) = built.main("waiting").select("p a")
    assert found["href"] in {"../papers/doe2021cache/", "../publications/#cite-doe2021cache"}


def test_a_reference_is_no_citation(referring):
    assert referring.paper("poe2023queue").places == []


def test_a_reference_to_nothing_warns_at_its_line_and_shows_the_key(build):
    files = {"waiting.md": "# W\n\n{bib:paper}`nobody`\n"}
    built = build("citing", files, warnings=["waiting.md:3: WARNING: bib:paper reference target n"])
    assert "nobody" in built.main("waiting").get_text()


def test_a_draft_cannot_be_referred_to(build):
    files = {"waiting.md": "# W\n\n{bib:paper}`doe2023draftless`\n"}
    built = build("citing", files)
    built.edit("refs.bib", "{prepublished}", "{inpreparation}")
    built.edit("waiting.md", "# W", "# Waiting")
    again = built.rebuild(warnings=["waiting.md:3: WARNING: bib:paper reference target not found"])
    assert "Writing without" not in again.main("waiting").get_text()


@pytest.mark.parametrize("builder", ["text", "latex"])
def test_in_other_formats_a_reference_is_its_title(build, builder):
    built = build("citing", {"waiting.md": PAGE}, builder=builder)
    text = "\n".join(data.decode("utf-8", "replace") for data in built.files.values())
    assert TITLES["doe2021cache"] in text
    assert "that one" in text


# -- the inventory ------------------------------------------------------------------------------


def inventory(built) -> dict[str, tuple[str, str]]:
    """Key → address and title."""
    data = InventoryFile.loads(built.files["objects.inv"], uri="https://jane.example.org").data
    return {k: (item.uri, item.display_name) for k, item in data.get("bib:paper", {}).items()}


@pytest.mark.parametrize(("builder", "end"), [("dirhtml", "/"), ("html", ".html")])
def test_the_inventory_names_every_paper(build, builder, end):
    built = build("citing", builder=builder)
    base = "https://jane.example.org/papers"
    assert inventory(built) == {k: (f"{base}/{k}{end}", title) for k, title in TITLES.items()}


def test_the_inventory_follows_the_bibliography(build):
    built = build("citing")
    built.edit("refs.bib", "Caches that Remember", "Caches that Forget")
    built.edit("refs.bib", "{prepublished}", "{inpreparation}")
    built.edit("waiting.md", "As {cite}`doe2023draftless` says.", "Nothing.")
    again = built.rebuild()
    assert {key: title for key, (_, title) in inventory(again).items()} == {
        "doe2021cache": "Caches that Forget",
        "poe2023queue": TITLES["poe2023queue"],
    }


# -- from another project -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def built_inventory(build_once):
    return build_once("citing").out / "objects.inv"


def mapping(path) -> str:
    """What a project writes into conf.py; the file is local, so that nothing is fetched."""
    return f"\nintersphinx_mapping = {{'folio': ('https://jane.example.org', {str(path)!r})}}\n"


ADDRESS = "https://jane.example.org/papers/doe2021cache/"


def resolved(build, inventory, markup: str, *, with_package: bool):
    """The link that *markup* becomes on the only page of another project."""
    page = f"# Elsewhere\n\nSee {markup}.\n"
    if with_package:
        conf = (ROOTS / "minimal" / "conf.py").read_text(encoding="utf-8")
        conf += "\nextensions.append('sphinx.ext.intersphinx')"
        page += "\n```{publications}\n```\n"
    else:
        conf = "extensions = ['myst_parser', 'sphinx.ext.intersphinx']\nhtml_theme = 'basic'\n"
    bib = "@misc{other, title={Other}, author={Doe, Jane}, year={2020}}\n"
    files = {"conf.py": conf + mapping(inventory), "index.md": page, "refs.bib": bib}
    found = build("minimal", files).main().find("p").find("a")
    assert found["href"].partition("#")[0] == ADDRESS
    return found.get_text()


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("{external+folio:bib:paper}`doe2021cache`", TITLES["doe2021cache"]),
        ("{external+folio:bib:paper}`the cache <doe2021cache>`", "the cache"),
        ("{bib:paper}`doe2021cache`", TITLES["doe2021cache"]),
        ("{any}`doe2021cache`", TITLES["doe2021cache"]),
    ],
)
def test_another_site_made_with_the_package_refers_to_a_paper(build, built_inventory, markup, text):
    assert resolved(build, built_inventory, markup, with_package=True) == text


@pytest.mark.parametrize(
    "markup",
    ["{external+folio:doc}`papers/doe2021cache`", "[](inv:folio:bib:paper#doe2021cache)"],
)
def test_a_project_without_the_package_refers_to_a_paper(build, built_inventory, markup):
    text = resolved(build, built_inventory, markup, with_package=False)
    assert text == TITLES["doe2021cache"]


@pytest.mark.parametrize("markup", ["{external+folio:ref}`doe2021cache`", "{any}`doe2021cache`"])
def test_a_project_without_the_package_refers_to_a_paper_by_its_key(build, built_inventory, markup):
    """Sphinx refuses `external+folio:bib:paper` where no extension brings a domain `bib`."""
    text = resolved(build, built_inventory, markup, with_package=False)
    assert text == TITLES["doe2021cache"]
