"""DOI, arXiv number, ISBN, ISSN, ORCID iD, addresses, pages: only what cannot be right is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.lint.identifiers import with_dashes

from .made import entry, of, said

# -- numbers -------------------------------------------------------------------------------------


ALONE = "the DOI stands alone in doi; write {}"
NO_DOI = "'{}' is no DOI; {}"


@pytest.mark.parametrize(
    "doi",
    [
        *("10.1145/3603269.3604816", "10.1109/TPDS.2024.3418620", "10.1000/182", "10.1000.10/123"),
        *("10.1002/(SICI)1097-4636(1998)43:1<53::AID>3.0.CO;2-V", "10.1007/978-3\\_2", "10/abcd"),
        *("10.1016/S0140-6736(05)71146-6", "10.48550/arXiv.2504.02263", "10.1093/ajae/aaq063"),
    ],
)
def test_a_doi(doi):
    assert of(f"doi = {{{doi}}}", "") == []


@pytest.mark.parametrize(
    ("doi", "message"),
    [
        ("https://doi.org/10.1145/1.2", ALONE.format("10.1145/1.2")),
        ("http://dx.doi.org/10.1145/1.2", ALONE.format("10.1145/1.2")),
        ("https://doi.org/10.1002/%28SICI%291", ALONE.format("10.1002/(SICI)1")),
        ("doi:10.1145/1.2", ALONE.format("10.1145/1.2")),
        ("DOI 10.1145/1.2", ALONE.format("10.1145/1.2")),
        (
            "https://dl.acm.org/doi/10.1145/1.2",
            NO_DOI.format("https://dl.acm.org/doi/10.1145/1.2", "write 10.1145/1.2"),
        ),
        ("10.1145/1.2.", NO_DOI.format("10.1145/1.2.", "write 10.1145/1.2")),
        ("10.1145/ 1.2", NO_DOI.format("10.1145/ 1.2", "one looks like 10.1000/182")),
        ("10.1007/978{\\_}3", NO_DOI.format("10.1007/978{\\_}3", "write 10.1007/978_3")),
        ("10.1007/978–3", "'10.1007/978–3' is no DOI; write 10.1007/978-3"),
        ("10.1145", NO_DOI.format("10.1145", "one looks like 10.1000/182")),
        ("1.2/3", NO_DOI.format("1.2/3", "one looks like 10.1000/182")),
        ("x" * 70, NO_DOI.format("x" * 57 + "...", "one looks like 10.1000/182")),
    ],
)
def test_what_is_wrong_with_a_doi(doi, message):
    assert of(f"doi = {{{doi}}}", "bib_doi") == [message]


ARXIV = "the arXiv number stands alone in eprint; write {}"
NO_ARXIV = "'{}' is no arXiv number; one looks like 2504.02263, before 2007 like math/0309136"


@pytest.mark.parametrize(
    "eprint",
    [
        *("2504.02263", "2504.02263v2", "0704.0001", "1412.9999", "1501.00001v12"),
        *("math/0309136", "hep-th/9901001v3", "math.GT/0309136", "cond-mat/0207270", "cs/0112017"),
    ],
)
def test_an_arxiv_number(eprint):
    assert of(f"eprint = {{{eprint}}}", "") == []
    assert of(f"eprint = {{{eprint}}}, archivePrefix = {{arXiv}}", "") == []


@pytest.mark.parametrize(
    ("eprint", "message"),
    [
        ("arXiv:2504.02263", ARXIV.format("2504.02263")),
        ("arxiv:math/0309136", ARXIV.format("math/0309136")),
        ("https://arxiv.org/abs/2504.02263v1", ARXIV.format("2504.02263v1")),
        ("https://arxiv.org/pdf/2504.02263.pdf", ARXIV.format("2504.02263")),
        ("2504.02263 [cs.DC]", ARXIV.format("2504.02263")),
        ("2504.0226", NO_ARXIV.format("2504.0226")),
        ("1412.12345", NO_ARXIV.format("1412.12345")),
        ("2513.00001", NO_ARXIV.format("2513.00001")),
        ("0703.0001x", NO_ARXIV.format("0703.0001x")),
        ("maths/0309136", NO_ARXIV.format("maths/0309136")),
        ("math/0313136", NO_ARXIV.format("math/0313136")),
        ("0309136", NO_ARXIV.format("0309136")),
        ("https://academic.oup.com/x/1.pdf", "eprint is an address and no arXiv number; write url"),
    ],
)
def test_what_is_wrong_with_an_arxiv_number(eprint, message):
    assert of(f"eprint = {{{eprint}}}", "bib_eprint") == [message]


def test_a_number_of_another_server_is_not_judged():
    assert of("eprint = {hal-00123}, eprinttype = {HAL}", "") == []


@pytest.mark.parametrize(
    "isbn",
    [
        *("978-1-939133-39-7", "0-306-40615-2", "ISBN 978-3-16-148410-0", "978 3 16 148410 0"),
        *("ISBN-13: 9783161484100", "978-3-16-148410-0 (online)", "9783161484100; 0306406152"),
        *("9783161484100 0306406152", "978-3-16-148410-0 (v. 1), 0-306-40615-2 (v. 2)"),
        "978-3-16-148410-0 and 0-306-40615-2",
    ],
)
def test_isbns_with_remarks(isbn):
    assert of(f"isbn = {{{isbn}}}", "") == []


MADE = "has the check digit 8 where the others make 7; copy it again"


@pytest.mark.parametrize(
    ("isbn", "message"),
    [
        ("978-1-939133-39-8", f"the ISBN 978-1-939133-39-8 {MADE}"),
        (
            "978-3-16-148410-0, 0-306-40615-3",
            "the ISBN 0-306-40615-3 has the check digit 3 where the others make 2; copy it again",
        ),
        ("123", "the ISBN 123 has 3 digits; an ISBN has 10 or 13"),
        ("unknown", "the ISBN unknown has 7 digits; an ISBN has 10 or 13"),
        ("1045-9219", "the ISBN 1045-9219 is an ISSN; write issn"),
    ],
)
def test_what_is_wrong_with_an_isbn(isbn, message):
    assert of(f"isbn = {{{isbn}}}", "bib_isbn") == [message]


@pytest.mark.parametrize(
    "issn",
    [
        *("1045-9219", "10459219", "e-ISSN: 2998-4157", "1045-9219, 1558-2183"),
        *("1045-9219 (print)", "{1045-9219}"),
    ],
)
def test_issns_with_remarks(issn):
    assert of(f"issn = {{{issn}}}", "") == []


def test_what_is_wrong_with_an_issn():
    message = "the ISSN 1045-9218 has the check digit 8 where the others make 9; copy it again"
    assert of("issn = {1045-9218}", "bib_issn") == [message]


WRONG = (
    "the ORCID iD 0000-0002-1825-0098 has the check digit 8 where the others make 7; copy it again"
)


@pytest.mark.parametrize(
    "field",
    [
        'author+an:orcid = {1="0000-0002-1825-0098"}',
        "orcid = {0000-0002-1825-0098}",
        "orcid-numbers = {Roe, Ann/0000-0002-1825-0098}",
        "note = {\\url{https://orcid.org/0000-0002-1825-0098}}",
    ],
)
def test_an_orcid_id_is_checked_wherever_it_stands(field):
    assert of(f"{field}, author = {{Roe, Ann}}", "bib_orcid") == [WRONG]
    assert of(f"{field.replace('0098', '0097')}, author = {{Roe, Ann}}", "") == []


def test_other_numbers_are_no_orcid_ids():
    assert of("note = {Call 0000-0002-1825-0098}", "") == []


def test_a_number_is_told_where_its_field_begins():
    text = entry().replace("}\n", "\n  doi = {10.1145/}}\n")
    assert [place for _, *place, _ in said(text)] == [[2, 3]]


# -- addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        *("https://example.org", "http://example.org:8080/a?b=c&d#e", "https://www.usenix.org/x_y"),
        *("https://example.org/a\\_b\\%20c\\&d", "http://localhost/x", "http://[::1]/x"),
        *("https://zh.wikipedia.org/wiki/北京", "https://münchen.example/", "https://a.org/x(1)"),
        *("https://en.wikipedia.org/wiki/Foo_Inc.", "https://web.archive.org/2/https://a.org/"),
        "https://a.org/~b/c;d=e,f",
    ],
)
def test_an_address(url):
    assert of(f"url = {{{url}}}", "") == []


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("https://https://a.org/x", "begins twice; write https://a.org/x"),
        ("http://https//a.org/x", "begins twice; write https//a.org/x"),
        ("https://example/x", "has no server such as www.example.org, but 'example'"),
        ("https://a..org/x", "has no server such as www.example.org, but 'a..org'"),
        ("https://a.org:80a/x", "has a port that is no number; leave it out"),
        ("https://a.org/{\\_}x", "holds a sign that no address has; write https://a.org/_x"),
        ("https://a.org/100%", "has a % without two hexadecimal digits behind it; write %25"),
        ("https://a.org/x,", "ends in ,; write https://a.org/x"),
    ],
)
def test_what_is_wrong_with_an_address(url, error):
    assert of(f"url = {{{url}}}", "bib_address") == [f"the address in url {error}"]


@pytest.mark.parametrize("name", ["venueurl", "code", "video", "file", "slides", "poster"])
def test_every_field_with_addresses_is_looked_at(name):
    expected = [f"the address in {name} ends in ,; write https://a.org/x"]
    assert of(f"{name} = {{https://a.org/x,}}", "bib_address") == expected


def test_every_address_of_a_field_is_looked_at():
    field = "file = {https://a.org/x; https://b/y; https://c/z;}"
    assert [message.split("but ")[1] for message in of(field, "bib_address")] == ["'b'", "'c'"]


@pytest.mark.parametrize(
    "url", ["ftp://a/x", "www.a.org", "https://", "javascript:x", "https://a b"]
)
def test_what_is_no_address_is_left_to_the_reader(url):
    assert said(entry(f"url = {{{url}}}")) == []


# -- pages ---------------------------------------------------------------------------------------


#: As written → as it should be.
RANGES = {
    "12-34": "12--34",
    "12 - 34": "12--34",
    "1-1": "1--1",
    "e12-e34": "e12--e34",
    "S12-S34": "S12--S34",
    "iv-xii": "iv--xii",
    "4:1-4:20": "4:1--4:20",
    "123-45": "123--45",
    "1-10, 12-20": "1--10, 12--20",
    "1-10, 15, 17--20": "1--10, 15, 17--20",
    "12\u201034": "12--34",
    "12\u221234": "12--34",
}
RIGHT = [
    *("12--34", "12–34", "12---34", "12", "e1002", "12+", "1--10, 12--20", "4:1--4:20", ""),
    # Articles and their pages, chapters and theirs, ids, reversed and open ranges.
    *("034102-4", "123-2", "3-1--3-20", "S-12", "2005-1-2", "34-12", "12-", "-12", "1-a", "ACL-12"),
]


@pytest.mark.parametrize(("written", "right"), RANGES.items())
def test_a_range_with_a_hyphen_is_told(written, right):
    expected = [f"the pages {written} have a hyphen; write {right}"]
    assert of(f"pages = {{{written}}}", "bib_pages") == expected


def test_braces_too_many_hide_nothing():
    assert of("pages = {{12-34}}", "bib_pages") == ["the pages 12-34 have a hyphen; write 12--34"]


@pytest.mark.parametrize("pages", RIGHT)
def test_everything_else_is_let_be(pages):
    assert with_dashes(pages) == pages
    assert said(entry(f"pages = {{{pages}}}")) == []


@given(st.text("0123456789-–, ivx:e\n", max_size=20))
def test_mending_twice_is_mending_once(pages):
    once = with_dashes(pages)
    assert with_dashes(once) == once
