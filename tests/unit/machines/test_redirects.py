"""Old addresses: what is wrong in one line is told there, and all other lines are made."""

from __future__ import annotations

from bibfolio.machines.redirects import in_conf, in_file, usable
from bibfolio.problems import Problem

from ..table import Table

TABLE = Table(__file__)
PAGES = ["index", "research/essay", "papers/doe2021cache"]


def shown(found) -> list[str]:
    return [
        f"{one.line}: {one.message}"
        if isinstance(one, Problem)
        else f"{one.line}: {one.old} → {one.new}"
        for one in found
    ]


def of_file(text: str) -> list[str]:
    """What is made of a file of redirects, where `files/x.html` is no page of Sphinx's."""
    lines = list(in_file(text, "redirects.txt"))
    found = usable(
        [line for line in lines if not isinstance(line, Problem)],
        PAGES,
        lambda page: page in {*PAGES, "files/x.html"},
        lambda page: page in PAGES or page.startswith("cv.pdf"),
    )
    return shown([line for line in lines if isinstance(line, Problem)]) + shown(found)


def test_a_line_that_is_wrong_is_told_and_no_other_is_lost():
    TABLE.holds("lines that are right", of_file)
    TABLE.holds("lines that are wrong", of_file)


def test_redirects_of_conf_are_told_where_they_stand():
    conf = """x = 1\nrediraffe_redirects = {\n  "a": "index",\n  'b': "c",\n  "d": 3,\n}\n"""
    assert shown(in_conf({"a": "index", "b": "c", "d": 3, 4: "index"}, conf)) == [
        "3: a → index",
        "4: b → c",
        "5: rediraffe_redirects: 'd': 3: write two pages, as texts",
        "1: rediraffe_redirects: 4: 'index': write two pages, as texts",
    ]
