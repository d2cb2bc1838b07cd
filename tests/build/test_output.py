"""What is written beside the pages: only where something changed, only with a place to be."""

import json
import time

import pytest

from tests.reading import json_ld, markdown

#: Written anew by Sphinx in every build, whatever changed.
SPHINX_S_OWN = ("_static/", "searchindex.js", "objects.inv", ".buildinfo")
HIDDEN = {"404", "search", "genindex"}


def times(built) -> dict[str, int]:
    """When each file was last written, but for those that Sphinx always writes."""
    return {
        name: (built.out / name).stat().st_mtime_ns
        for name in built.files
        if not name.startswith(SPHINX_S_OWN) and name.split("/")[0].split(".")[0] not in HIDDEN
    }


@pytest.mark.parametrize("builder", ["dirhtml", "html"])
@pytest.mark.parametrize("parallel", [0, 2])
def test_a_second_build_without_changes_writes_no_file_again(build, builder, parallel):
    built = build("citing", builder=builder, parallel=parallel)
    before = times(built)
    endings = (".html", ".md", ".bib", ".ris", ".json", ".png", ".xml", ".txt")
    assert {ending for ending in endings if any(n.endswith(ending) for n in before)} == set(endings)
    time.sleep(0.01)
    assert times(built.rebuild()) == before


def test_an_edit_of_one_entry_writes_the_files_of_no_other(build):
    built = build("citing")
    before = times(built)
    time.sleep(0.01)
    built.edit("refs.bib", "10--20", "10--21")
    after = times(built.rebuild())
    changed = {name for name, when in after.items() if before.get(name) != when}
    assert {f"papers/doe2021cache.{suffix}" for suffix in ("bib", "ris", "json", "md")} < changed
    assert [name for name in changed if "poe2023queue" in name or "draftless" in name] == []
    assert [name for name in changed if name.startswith(("cards/", "feed", "sitemap"))] == []


# -- a site without an address ------------------------------------------------------------------

NOWHERE = """name = "Jane Doe"
name_variants = ["J. Doe"]
[affiliation]
institution = "University of Somewhere"
"""


@pytest.fixture(scope="module")
def nowhere(build_once):
    return build_once("citing", {"profile.toml": NOWHERE})


def test_a_site_without_an_address_is_complete_for_readers(nowhere):
    assert len(nowhere.titles("publications")) == 3
    assert nowhere.paper("doe2021cache").places == [
        ("On memory", "../../notes/memory/#cites-doe2021cache-1")
    ]
    assert [link["href"] for link in nowhere.paper("doe2021cache").downloads] == [
        f"../doe2021cache.{suffix}" for suffix in ("bib", "ris", "json")
    ]


def test_without_an_address_there_is_no_sitemap_and_no_canonical_link(nowhere):
    assert not {"sitemap.xml", "robots.txt"} & nowhere.files.keys()
    assert nowhere.soup("papers/doe2021cache").find("link", rel="canonical") is None


def paths_in_head(built) -> list[str]:
    """Values that have to be addresses, and are not."""
    found = []
    for page in built.pages:
        head = built.soup(page).head
        tags = head.find_all("meta", content=lambda value: value and value.startswith("/"))
        found += [tag["content"] for tag in tags]
        links = head.find_all("link", rel=["alternate", "describedby", "author", "item"])
        found += [link["href"] for link in links if link["href"].startswith("/")]
    return found


def paths_in_data(built) -> list[str]:
    def inner(value):
        if isinstance(value, dict):
            return [path for part in value.values() for path in inner(part)]
        if isinstance(value, list):
            return [path for part in value for path in inner(part)]
        return [value] if str(value).startswith("/") else []

    return [path for page in built.pages for path in inner(json_ld(str(built.soup(page))))]


def paths_in_files(built, *names: str) -> list[str]:
    return [
        line
        for name in names
        if name in built.files
        for line in built.text(name).split()
        if '"/' in line
    ]


def test_without_an_address_no_tag_holds_a_path_instead(nowhere):
    assert paths_in_head(nowhere) == []


def test_without_an_address_no_data_hold_a_path_instead(nowhere):
    assert paths_in_data(nowhere) == []


def test_without_an_address_no_feed_holds_a_path_instead(nowhere):
    assert paths_in_files(nowhere, "feed.xml", "feed.json") == []


def test_without_an_address_no_export_holds_a_path_instead(nowhere):
    assert "UR  - /" not in nowhere.text("publications.ris")
    assert not [
        i for i in json.loads(nowhere.text("publications.json")) if i.get("URL", "").startswith("/")
    ]


@pytest.mark.xfail(reason="without an address, llms.txt has paths in its place")
def test_without_an_address_the_links_of_llms_txt_work_from_where_it_is(nowhere):
    text = nowhere.text("llms.txt") if "llms.txt" in nowhere.files else ""
    assert [href for _, href in markdown(text).links if href.startswith("/")] == []
