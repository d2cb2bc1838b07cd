"""A site that does not say where it is is complete, and has no path where an address belongs."""

import json

import pytest

from tests.reading import json_ld

NOWHERE = """name = "Jane Doe"
name_variants = ["J. Doe"]
[affiliation]
institution = "University of Somewhere"
"""


@pytest.fixture(scope="module")
def nowhere(build_once):
    files = {"profile.toml": NOWHERE, "files/papers/doe2021cache.pdf": b"%PDF-1.4"}
    return build_once("citing", files)


def test_a_site_without_an_address_is_complete_for_readers(nowhere):
    assert len(nowhere.titles("publications")) == 3
    assert nowhere.paper("doe2021cache").places == [
        ("On memory", "../../notes/memory/#cites-doe2021cache-1")
    ]
    assert [link["href"] for link in nowhere.paper("doe2021cache").downloads] == [
        f"../doe2021cache.{suffix}" for suffix in ("bib", "ris", "json")
    ]


def test_what_needs_addresses_is_left_out(nowhere):
    assert not {"sitemap.xml", "robots.txt", "llms.txt", "llms-full.txt"} & nowhere.files.keys()
    assert not [name for name in nowhere.files if name.startswith("cards/")]
    assert nowhere.soup("papers/doe2021cache").find("link", rel="canonical") is None


def strings(value) -> list[str]:
    """Every text in JSON."""
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return [text for part in parts for text in strings(part)]
    return [str(value)]


def test_no_tag_no_data_and_no_file_holds_a_path_instead(nowhere):
    found = []
    for page in nowhere.pages:
        head = nowhere.soup(page).head
        found += [tag["content"] for tag in head.find_all("meta", content=True)]
        rels = ["alternate", "describedby", "author", "item"]
        hrefs = [link["href"] for link in head.find_all("link", rel=rels)]
        assert [href for href in hrefs if "://" not in href] == []
        found += hrefs
        found += strings(json_ld(str(nowhere.soup(page))))
    found += strings(json.loads(nowhere.text("publications.json")))
    assert [text for text in found if text.startswith("/")] == []
    assert "UR  - /" not in nowhere.text("publications.ris")
    feeds = "".join(
        nowhere.text(name) for name in ("feed.xml", "feed.json") if name in nowhere.files
    )
    assert '"/' not in feeds


def test_what_needs_no_address_is_written(nowhere):
    """Tags for Scholar, and what the paper is; of the person as well."""
    tags = nowhere.soup("papers/doe2021cache").select("meta[name^=citation_]")
    assert {"citation_title", "citation_author", "citation_publication_date"} <= {
        tag["name"] for tag in tags
    }
    paper = json_ld(str(nowhere.soup("papers/doe2021cache")))["ScholarlyArticle"]
    assert (paper["name"], paper["author"][0]["name"]) == ("Caches that Remember", "Jane Doe")
    home = json_ld(str(nowhere.soup("index")))["ProfilePage"]
    assert home["mainEntity"]["name"] == "Jane Doe"
    found = strings(paper) + strings(home)
    assert [text for text in found if text == "" or text[0] in "#/"] == []


def test_it_is_told_once_what_to_set(nowhere):
    assert nowhere.status.count("html_baseurl") == 1
