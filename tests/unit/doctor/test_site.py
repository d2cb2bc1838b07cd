"""A folder of files is read as a web server would answer from it, and traced to its sources."""

import pytest

from bibfolio.doctor import NOWHERE, Page, address_of
from tests.unit.doctor.made import BASE, built, html
from tests.unit.table import Table

TABLE = Table(__file__)

# -- pages and addresses -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "address"),
    [("index.html", ""), ("a/index.html", "a/"), ("a/b.html", "a/b.html"), ("xindex.html",) * 2],
)
def test_a_folder_stands_for_the_page_in_it(path, address):
    assert address_of(path) == address


def test_an_address_is_on_this_site_or_elsewhere(tmp_path):
    site = built(tmp_path, {})
    TABLE.holds("addresses on the page a/", lambda address: site.own("a/index.html", address))


def test_a_site_may_live_in_a_folder_of_its_host(tmp_path):
    home = '<link rel="canonical" href="https://ann.example/en/latest/">'
    site = built(tmp_path, {"index.html": home})
    assert site.base == "https://ann.example/en/latest/"
    assert site.own("index.html", "https://ann.example/en/latest/b/") == "b/"
    assert site.own("index.html", "https://ann.example/other/") is None


def test_pages_named_with_html_say_where_the_site_is_as_well(tmp_path):
    home = f'<link rel="canonical" href="{BASE}index.html">'
    assert built(tmp_path, {"index.html": home}).base == BASE


@pytest.mark.parametrize("home", ["", '<link rel="canonical" href="../index.html">'])
def test_a_site_that_does_not_say_where_it_is_has_no_address(tmp_path, home):
    site = built(tmp_path, {"index.html": home})
    assert (site.base, site.has_address) == (NOWHERE, False)
    assert site.own("index.html", "a/") == "a/"


def test_a_server_answers_with_a_file(tmp_path):
    site = built(tmp_path, {"a/index.html": "", "b.html": "", "c d.pdf": b""})
    TABLE.holds("what a server answers with", site.file)


def test_what_is_no_page_is_not_read_as_one(tmp_path):
    files = {"_static/x.html": "", "_sources/x.html": "", "files/x.html": "", "filesx/x.html": ""}
    assert list(built(tmp_path, files).pages) == ["filesx/x.html", "index.html"]


def test_a_page_may_lead_on_or_hide():
    page = Page("a.html", '<meta http-equiv="Refresh" content="0; URL=\'../b/\'">')
    assert page.leads_on == "../b/"
    assert Page("a.html", html()).leads_on == ""
    assert Page("a.html", '<meta name="robots" content="NOINDEX, nofollow">').is_hidden
    assert not Page("a.html", '<meta name="robots" content="index">').is_hidden


def test_a_file_is_traced_to_its_source_or_its_entry(tmp_path):
    site = built(tmp_path, {}, {"a.md": "", "b/index.md": ""}, {"papers/k": 3})

    def source(path: str) -> str:
        file, line = site.place(path)
        return f"{file.removeprefix(tmp_path.as_posix())}:{line}"

    TABLE.holds("sources", source)
