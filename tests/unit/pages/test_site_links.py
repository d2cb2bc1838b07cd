"""Links within the site: they carry what they lead to until it is known where they stand."""

from __future__ import annotations

from docutils import nodes

from bibfolio.pages.site_links import download, to_download, to_file, to_page


def test_a_link_to_a_page_carries_its_name_and_place():
    link = to_page("papers/k", [nodes.Text("K")], "one", "two", anchor="cited-on")
    assert (link["site_page"], link["anchor"], link["classes"], link["internal"]) == (
        "papers/k",
        "cited-on",
        ["one", "two"],
        True,
    )
    assert (link.astext(), "refuri" in link) == ("K", False)


def test_a_link_to_a_file_carries_its_path():
    link = to_file("files/a.pdf", "PDF", "one")
    assert (link["site_file"], link["classes"], link["internal"], link.astext()) == (
        "files/a.pdf",
        ["one"],
        False,
        "PDF",
    )


def test_a_download_is_a_link_with_a_media_type():
    link = to_download("papers/k.bib", "BibTeX", "application/x-bibtex")
    assert isinstance(link, download)
    assert (link["site_file"], link["type"], link.astext()) == (
        "papers/k.bib",
        "application/x-bibtex",
        "BibTeX",
    )
