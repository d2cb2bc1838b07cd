"""Addresses on other hosts are collected once each, and told where they stand."""

from bibfolio.doctor import elsewhere, links
from bibfolio.doctor.online import Answer, State
from tests.unit.doctor.made import BASE, built, html, sources, told

A, B = "https://a.example/x", "http://b.example/"
PAGE = html(
    f'<a href="{A}#one">x</a><a href="{A}">y</a><a href="{B}">z</a><a href="//c.example">c</a>'
    f'<a href="mailto:x">m</a><a href="{BASE}a/">own</a><a href="data:,x">d</a><a href="https://[">'
)
SOURCES = {"a.md": f"# A\n\n[x]({A}#one)\n[z]({B})\n[y]({A})\n", "b.md": f"<{A}>\n"}


def collected(folder):
    other = html(f'<a href="{A}">x</a>')
    site = built(folder, {"a/index.html": PAGE, "a.md": f"[x]({A})", "b/index.html": other})
    origin = sources(folder, site, SOURCES)
    return origin, elsewhere.leaving(site, links.find(site, origin).references)


def test_each_address_is_collected_once(tmp_path):
    _, where = collected(tmp_path)
    assert {url: len(references) for url, references in where.items()} == {
        B: 1,
        A: 4,
        "https://c.example": 1,
    }
    assert list(where) == sorted(where)


def test_what_gave_no_good_answer_is_told_in_each_file(tmp_path):
    origin, where = collected(tmp_path)
    answers = {
        A: Answer(State.DEAD, "answers 404 Not Found"),
        B: Answer(State.UNSURE, "answers 403 Forbidden"),
        "https://c.example": Answer(State.FINE),
    }
    assert told(elsewhere.gone(origin, where, answers), tmp_path) == [
        f"src/a.md:3 external_link: {A} answers 404 Not Found",
        f"src/b.md:1 external_link: {A} answers 404 Not Found",
        f"src/a.md:4 unsure_link: {B} answers 403 Forbidden",
    ]


def test_an_address_that_stands_on_no_line_is_told_at_its_page(tmp_path):
    site = built(tmp_path, {"a/index.html": html(f'<a href="{A}">'), "b/index.html": html()})
    origin = sources(tmp_path, site, {"a.md": "# A\n"})
    where = elsewhere.leaving(site, links.find(site, origin).references)
    answers = {A: Answer(State.DEAD, "answers 410 Gone")}
    assert told(elsewhere.gone(origin, where, answers), tmp_path) == [
        f"src/a.md:0 external_link: {A} answers 410 Gone"
    ]
