"""Papers as objects: referred to by key from this site and, through the inventory, from any."""

import pytest
from sphinx.util.inventory import InventoryFile

from tests.building import ROOTS

TITLES = {
    "doe2021cache": "Caches that Remember",
    "doe2023draftless": "Writing without Drafts",
    "poe2023queue": "Queue: Waiting in C++",
}
PAGE = """# P

{bib:paper}`doe2021cache`, {bib:paper}`that one <poe2023queue>` and {any}`doe2023draftless`.
"""


def test_a_reference_shows_title_or_own_words_leads_to_the_page_and_is_no_citation(build):
    """In formats without pages it is the title: test_builders.py."""
    built = build("citing", {"waiting.md": PAGE})
    found = [(a.get_text(), a["href"]) for a in built.main("waiting").select("p a")]
    assert found[:2] == [
        (TITLES["doe2021cache"], "../papers/doe2021cache/"),
        ("that one", "../papers/poe2023queue/"),
    ]
    assert found[2][1].endswith(("papers/doe2023draftless/", "#cite-doe2023draftless"))
    assert built.paper("poe2023queue").places == []


def test_a_reference_shows_the_title_as_it_is_typeset(build):
    bib = "@misc{roe2020danio, title = {How \\emph{Danio} Takes $n^2$}, year = {2020}}\n"
    built = build(
        "citing",
        {"refs.bib": bib, "waiting.md": "# W\n\n{bib:paper}`roe2020danio`\n"},
        warnings=True,
    )
    (link,) = built.main("waiting").select("p a")
    assert (link.em.get_text(), link.math.msup.get_text(strip=True)) == ("Danio", "n2")


def test_a_reference_to_nothing_or_a_draft_is_told_once_at_its_line_and_shows_the_key(build):
    """A draft that was none when the page was written, too."""
    built = build("citing", {"waiting.md": "# W\n\n{bib:paper}`doe2023draftless`\n"})
    built.edit("refs.bib", "{prepublished}", "{inpreparation}")
    built.edit("waiting.md", "# W\n", "# W\n\n{bib:paper}`nobody`\n")
    warnings = [
        "waiting.md:3:13: ERROR: nobody: no paper has this key",
        "waiting.md:5:13: ERROR: doe2023draftless: it is a draft",
    ]
    again = built.rebuild(warnings=warnings)
    said = again.main("waiting").get_text()
    assert "nobody" in said
    assert "Writing without" not in said


def inventory(built) -> dict[str, tuple[str, str]]:
    """Key → address and title."""
    data = InventoryFile.loads(built.files["objects.inv"], uri="https://jane.example.org").data
    return {k: (item.uri, item.display_name) for k, item in data.get("bib:paper", {}).items()}


@pytest.mark.parametrize(("builder", "end"), [("dirhtml", "/"), ("html", ".html")])
def test_the_inventory_names_every_paper(build_once, builder, end):
    built = build_once("citing", builder=builder)
    base = "https://jane.example.org/papers"
    assert inventory(built) == {k: (f"{base}/{k}{end}", title) for k, title in TITLES.items()}


# -- from another project -----------------------------------------------------------------------

ADDRESS = "https://jane.example.org/papers/doe2021cache/"
#: Markup of a project that loads the package, and of one that does not → what is shown.
FOREIGN = {
    True: {
        "{external+folio:bib:paper}`doe2021cache`": TITLES["doe2021cache"],
        "{external+folio:bib:paper}`the cache <doe2021cache>`": "the cache",
        "{bib:paper}`doe2021cache`": TITLES["doe2021cache"],
        "{any}`doe2021cache`": TITLES["doe2021cache"],
    },
    False: {
        "{external+folio:doc}`papers/doe2021cache`": TITLES["doe2021cache"],
        "[](inv:folio:bib:paper#doe2021cache)": TITLES["doe2021cache"],
    },
}


@pytest.fixture(scope="module")
def built_inventory(build_once):
    return build_once("citing").out / "objects.inv"


@pytest.mark.parametrize("with_package", FOREIGN)
def test_another_project_refers_to_a_paper(build, built_inventory, with_package):
    """The inventory is local, so that nothing is fetched."""
    conf = "extensions = ['myst_parser', 'sphinx.ext.intersphinx']\nhtml_theme = 'basic'\n"
    if with_package:
        conf = (ROOTS / "minimal" / "conf.py").read_text(encoding="utf-8")
        conf += "\nextensions.append('sphinx.ext.intersphinx')\n"
    place = ("https://jane.example.org", str(built_inventory))
    conf += f"intersphinx_mapping = {{'folio': {place!r}}}\n"
    page = "# Elsewhere\n\n" + "\n\n".join(FOREIGN[with_package]) + "\n"
    page += "\n```{publications}\n```\n" if with_package else ""
    bib = "@misc{other, title={Other}, author={Doe, Jane}, year={2020}}\n"
    built = build("minimal", {"conf.py": conf, "index.md": page, "refs.bib": bib})
    found = [(a.get_text(), a["href"].partition("#")[0]) for a in built.main().select("p > a")]
    wanted = [(text, ADDRESS) for text in FOREIGN[with_package].values()]
    assert found[: len(wanted)] == wanted
