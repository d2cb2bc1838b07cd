"""Links: only what a reader can open and what is safe to put into a page."""

from __future__ import annotations

import string
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.model import Link
from bibfolio.sources.identifiers import read_identifiers
from bibfolio.sources.links import FILES, derive_links, web_url

BELOW = "; write a path below the site's root"
KEY = "jin2024"


def links(*files: str, **fields: str):
    """Links of an entry with *fields* on a site that has *files*, and what was reported."""
    told: list[tuple[str, str]] = []
    found = derive_links(
        fields,
        read_identifiers(fields),
        set(files).__contains__,
        lambda kind, m: told.append((kind.subtype, m)),
        KEY,
    )
    return [(link.kind, link.url) for link in found], told


# -- addresses -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://example.org/", "https://example.org/"),
        ("http://example.org", "http://example.org"),
        ("  https://example.org/a \n", "https://example.org/a"),
        ("https://example.org:8080/a;b?c=d&e=f#g", "https://example.org:8080/a;b?c=d&e=f#g"),
        ("https://example.org/~jin/@x/(y)/%20", "https://example.org/~jin/@x/(y)/%20"),
        (r"https://example.org/a\_b\%20c\&d\#e\~f", "https://example.org/a_b%20c&d#e~f"),
        ('https://example.org/"<>`{}|^', "https://example.org/%22%3C%3E%60%7C%5E"),
        ("https://example.org/ü/李", "https://example.org/%C3%BC/%E6%9D%8E"),
        ("https://example.org/\u200b\u202e", "https://example.org/%E2%80%8B%E2%80%AE"),
        ("https://[::1]/", "https://[::1]/"),
    ],
)
def test_an_address_is_kept_and_made_safe_for_html(text, url):
    assert web_url(text) == url


@pytest.mark.parametrize(
    "text",
    [
        *("", "javascript:alert(1)", "JavaScript:alert(1)", "java\nscript:alert(1)"),
        *("\x01javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x"),
        *("file:///etc/passwd", "ftp://example.org/", "mailto:jin@example.org"),
        *("//example.org/x", "example.org/x", "/x", r"\\example.org\x", r"https:\\example.org"),
        *(r"https://example.org\@evil.example", "https://user:secret@example.org/"),
        *("https://example.org@evil.example/", "https:///x", "https://", "https:example.org"),
        *("https:/example.org", "https://?x", "https://[::1/", "https://example.org/a b"),
        *("https://example.org/\nx", "ht\ttps://example.org/", "https://example.org/\x00"),
        *("https://example.org/\x1b", "https://example.org/\u2028x"),
    ],
)
def test_what_is_no_safe_address_is_refused(text):
    assert web_url(text) == ""


SAFE = set(string.ascii_letters + string.digits + "%/:=&?~#+!$,;'@()*[]-._")


@given(
    st.one_of(
        st.text(),
        st.text().map(lambda rest: f"https://example.org/{rest}"),
        st.text(max_size=8).map(lambda host: f"http://{host}/x"),
        st.text("htps:/\\@.x\t\n\x00", max_size=20),
    )
)
def test_whatever_is_accepted_has_a_host_and_no_character_html_could_trip_over(text):
    url = web_url(text)
    assert set(url) - SAFE == set()
    parts = urlsplit(url)
    if url:
        assert parts.scheme in {"http", "https"}
        assert parts.hostname not in {None, ""}
        assert (parts.username, parts.password) == (None, None)


@given(st.text("abc/%?#&=ü李<>\"'{}|^`\\ _~", max_size=20))
def test_accepting_an_address_twice_changes_nothing(rest):
    once = web_url(f"https://example.org/{rest}")
    assert web_url(once) == once


# -- DOI and arXiv ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("doi", "url"),
    [
        ("10.1145/1234.5678", "https://doi.org/10.1145/1234.5678"),
        ("https://doi.org/10.1145/1234.5678", "https://doi.org/10.1145/1234.5678"),
        ("http://doi.org/10.1/x", "https://doi.org/10.1/x"),
        ("https://dx.doi.org/10.1/x", "https://doi.org/10.1/x"),
        ("doi:10.1/x", "https://doi.org/10.1/x"),
        ("doi: 10.1/x ", "https://doi.org/10.1/x"),
        ("10.1002/(SICI)1:2<3::A>4.0;5", "https://doi.org/10.1002/(SICI)1:2%3C3::A%3E4.0;5"),
        ("10.1/a#b?c", "https://doi.org/10.1/a%23b%3Fc"),
        ('10.1/"onclick=', "https://doi.org/10.1/%22onclick%3D"),
    ],
)
def test_a_doi_in_any_form_leads_to_the_resolver(doi, url):
    assert links(doi=doi) == ([("doi", url)], [])


@pytest.mark.parametrize(
    ("fields", "number"),
    [
        ({"eprint": "2404.12457"}, "2404.12457"),
        ({"eprint": "2404.12457", "eprinttype": "arxiv"}, "2404.12457"),
        ({"eprint": "2404.12457v2", "eprinttype": "arXiv"}, "2404.12457v2"),
        ({"eprint": "arXiv:2404.12457"}, "2404.12457"),
        ({"eprint": " cs/0102003 "}, "cs/0102003"),
    ],
)
def test_an_arxiv_number_gives_the_page_and_the_pdf(fields, number):
    assert links(**fields) == (
        [("pdf", f"https://arxiv.org/pdf/{number}"), ("arxiv", f"https://arxiv.org/abs/{number}")],
        [],
    )


@pytest.mark.parametrize(
    "fields", [{"eprint": "1", "eprinttype": "elsewhere"}, {"eprint": ""}, {"eprinttype": "arxiv"}]
)
def test_no_arxiv_number_no_arxiv_links(fields):
    assert links(**fields) == ([], [])


@pytest.mark.parametrize(
    ("type_", "number", "url"),
    [
        ("hal", "hal-01234567v2", "https://hal.science/hal-01234567v2"),
        ("HAL", "https://hal.science/hal-01234567", "https://hal.science/hal-01234567"),
        ("jstor", "2307/1", "https://www.jstor.org/stable/2307/1"),
        ("pubmed", "12345678", "https://pubmed.ncbi.nlm.nih.gov/12345678/"),
        ("pubmed", "PMID: 12345678", "https://pubmed.ncbi.nlm.nih.gov/12345678/"),
        ("pmc", "7000001", "https://pmc.ncbi.nlm.nih.gov/articles/PMC7000001/"),
        (
            *("pmc", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7000001/"),
            "https://pmc.ncbi.nlm.nih.gov/articles/PMC7000001/",
        ),
        ("bioRxiv", "2021.01.05.000001", "https://doi.org/10.1101/2021.01.05.000001"),
        ("medRxiv", "doi:10.64898/2026.01", "https://doi.org/10.64898/2026.01"),
        (
            *("biorxiv", "https://www.biorxiv.org/content/10.1101/000001v2.full.pdf"),
            "https://doi.org/10.1101/000001",
        ),
        (
            *("ssrn", "https://papers.ssrn.com/sol3/papers.cfm?abstract_id=1000001"),
            "https://ssrn.com/abstract=1000001",
        ),
    ],
)
def test_an_e_print_elsewhere_gives_its_page(type_, number, url):
    assert links(eprint=number, eprinttype=type_) == ([(type_.lower(), url)], [])


def test_a_pdf_here_is_better_than_the_one_at_arxiv():
    assert links("files/a.pdf", file="files/a.pdf", eprint="2404.1")[0] == [
        ("pdf", "files/a.pdf"),
        ("arxiv", "https://arxiv.org/abs/2404.1"),
    ]


# -- files -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "value", "url"),
    [
        ([], "files/a.pdf", None),
        (["files/a.pdf"], "files/a.pdf", "files/a.pdf"),
        (["files/a.pdf"], "/files/a.pdf", "files/a.pdf"),
        ([], "https://example.org/a", "https://example.org/a"),
        (["b.pdf"], "a.pdf; b.pdf; https://example.org/c", "b.pdf"),
        ([], "a.pdf; b.pdf; https://example.org/c", "https://example.org/c"),
        (["a.pdf"], "https://example.org/c;\n a.pdf", "https://example.org/c"),
        ([], "https://example.org/x;y", "https://example.org/x;y"),
        (["a.pdf"], "a.pdf;", "a.pdf"),
        ([], " ; ; ", None),
    ],
)
@pytest.mark.parametrize(("name", "kind"), [("file", "pdf"), ("slides", "slides"), ("poster",) * 2])
def test_the_first_available_place_wins(files, value, url, name, kind):
    assert links(*files, **{name: value}) == ([(kind, url)] if url else [], [])


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (f"files/papers/{KEY}.pdf", "pdf"),
        (f"files/slides/{KEY}.pdf", "slides"),
        (f"files/posters/{KEY}.pdf", "poster"),
    ],
)
def test_a_file_named_after_the_key_is_found_by_itself(path, kind):
    assert links(path) == ([(kind, path)], [])


def test_a_file_named_after_the_key_comes_before_what_the_entry_names():
    path = f"files/papers/{KEY}.pdf"
    assert links(path, "a.pdf", file="a.pdf") == ([("pdf", path)], [])
    assert links(path, file="https://example.org/a.pdf") == ([("pdf", path)], [])


@pytest.mark.parametrize(
    "value",
    [
        *("../secret.pdf", "files/../../secret.pdf", "/../secret.pdf", "..", "..\\secret.pdf"),
        *("files\\a.pdf", "\\\\host\\a.pdf", "//example.org/a.pdf", "///example.org/a.pdf"),
        *("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"),
        *("/javascript:alert(1)", "/C:/a.pdf", "C:/a.pdf", "C:\\a.pdf"),
        *("https://user:secret@example.org/a.pdf", "https:///a.pdf", "ftp://example.org/a.pdf"),
    ],
)
@pytest.mark.parametrize("name", ["file", "slides", "poster", "code", "video"])
def test_what_leaves_the_site_or_is_no_web_address_is_refused_and_reported(name, value):
    # The file is there: only what it is called speaks against it.
    is_private = name in FILES and value.startswith(("C:", "file:"))  # of which the linter tells
    told = [("bib_url", f"{name} is neither an http(s) address nor a file: '{value}'{BELOW}")]
    assert links(value, value.removeprefix("/"), **{name: value}) == ([], told * (not is_private))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("../a.pdf", "'../a.pdf'"),
        ("x:" + "y" * 99, "'x:" + "y" * 55 + "...'"),
        ("//h/a", "'//h/a'"),
    ],
)
def test_a_refused_place_is_quoted_and_the_next_one_tried(value, shown):
    assert links("b.pdf", file=f"{value}; b.pdf") == (
        [("pdf", "b.pdf")],
        [("bib_url", f"file is neither an http(s) address nor a file: {shown}{BELOW}")],
    )


def test_a_path_with_a_tex_underscore_is_the_file():
    assert links("files/my_paper.pdf", file="files/my\\_paper.pdf") == (
        [("pdf", "files/my_paper.pdf")],
        [],
    )


# -- order and doubles -----------------------------------------------------------------------


def test_links_come_in_the_order_in_which_readers_want_them():
    found, told = links(
        "a.pdf",
        "b.pdf",
        "c.pdf",
        url="https://example.org/page",
        eprint="2404.12457",
        doi="10.1000/x",
        video="https://example.org/video",
        code="https://example.org/code",
        poster="c.pdf",
        slides="b.pdf",
        file="a.pdf",
    )
    assert [kind for kind, _ in found] == "pdf slides poster code video doi arxiv page".split()
    assert told == []


@pytest.mark.parametrize(
    ("fields", "kinds"),
    [
        ({"url": "https://example.org/"}, ["page"]),
        ({"url": "https://example.org/", "doi": "10.1000/x"}, ["doi", "page"]),
        ({"url": "https://example.org/", "doi": "n/a"}, ["page"]),
        ({"url": "https://dx.doi.org/10.1000/X", "doi": "10.1000/x"}, ["doi"]),
        ({"url": "https://example.org/doi/abs/10.1000%2Fx", "doi": "10.1000/x"}, ["doi"]),
        ({"url": "https://example.org/10.1000/x1", "doi": "10.1000/x"}, ["doi", "page"]),
        ({"url": "https://github.com/jane/x", "doi": "10.1000/x"}, ["code", "doi"]),
        ({"url": "https://gitlab.example.org/jane/x"}, ["code"]),
        ({"url": "https://github.com/jane/x", "code": "https://www.github.com/jane/x/"}, ["code"]),
        ({"url": "https://github.com/jane"}, ["code"]),
        ({"pmid": "12345678", "pmcid": "PMC123"}, ["pubmed", "pmc"]),
        ({"pmid": "12345678", "eprint": "12345678", "eprinttype": "pubmed"}, ["pubmed"]),
        ({"pmid": "none"}, []),
        ({"doi": "10.1101/1.2", "eprint": "1.2", "eprinttype": "biorxiv"}, ["doi"]),
        ({"url": "https://jane.github.io/x/y"}, ["page"]),
        ({"url": "http://arxiv.org/abs/2404.1/", "eprint": "2404.1"}, ["pdf", "arxiv"]),
        ({"url": "https://arxiv.org/abs/2404.1", "eprint": "2404.1"}, ["pdf", "arxiv"]),
        ({"url": "https://example.org/", "eprint": "2404.1"}, ["pdf", "arxiv", "page"]),
        ({"url": "https://a.b/c.pdf", "file": "https://a.b/c.pdf"}, ["pdf"]),
        ({"eprint": "https://example.org/1v1.full.pdf"}, ["pdf"]),
        ({"eprint": "https://example.org/1", "eprinttype": "rxiv"}, ["page"]),
        ({"eprint": "Twitter"}, []),
        ({"url": "javascript:alert(1)"}, []),
        ({"code": "files/code.zip"}, []),
        ({}, []),
    ],
)
def test_the_landing_page_is_offered_if_nothing_else_leads_there(fields, kinds):
    assert [kind for kind, _ in links(**fields)[0]] == kinds


@given(
    st.dictionaries(
        st.sampled_from("file slides poster code video doi eprint eprinttype url".split()),
        st.one_of(
            st.text(max_size=12),
            st.text("javscript:/\\.@;htp x", max_size=20),
            st.sampled_from(["https://example.org/", "a.pdf", "../a", "10.1/x", "2404.1"]),
        ),
    )
)
def test_every_link_is_a_web_address_or_a_path_that_stays_inside(fields):
    told: list[str] = []
    identifiers, has_all = read_identifiers(fields), lambda _path: True
    for link in derive_links(fields, identifiers, has_all, lambda _kind, m: told.append(m), KEY):
        assert isinstance(link, Link)
        if link.is_local:
            assert ".." not in link.url.split("/")
            assert "\\" not in link.url
            assert not link.url.startswith("/")
            assert urlsplit(link.url).scheme == ""
        else:
            assert web_url(link.url) == link.url
