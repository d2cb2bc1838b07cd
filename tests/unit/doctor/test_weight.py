"""What a first visit costs is counted in files and in bytes as a host sends them."""

import gzip
import random

import pytest

from bibfolio.doctor.weight import (
    MOST_BYTES,
    MOST_REQUESTS,
    Heaviest,
    Scales,
    heaviest,
    kind_of,
    too_heavy,
)
from tests.unit.doctor.made import built, html, sources, told

SCRIPT = b"let x = 1;" * 100
NOISE = random.Random(1).randbytes(MOST_BYTES)
MANY = {f"{n}.js": SCRIPT for n in range(MOST_REQUESTS)}


def scripts(number: int) -> str:
    return "".join(f'<script src="/{n}.js"></script>' for n in range(number))


def test_text_is_compressed_and_a_picture_is_not(tmp_path):
    picture = b"\x89PNG" + bytes(500)
    page = html('<img src="p.png"><script src="s.js"></script><script src="s.js"></script>')
    site = built(tmp_path, {"index.html": page, "s.js": SCRIPT, "p.png": picture})
    assert Scales(site).costs == {
        "index.html": {
            "index.html": len(gzip.compress(page.encode(), 9, mtime=0)),
            "p.png": 504,
            "s.js": len(gzip.compress(SCRIPT, 9, mtime=0)),
        }
    }


@pytest.mark.parametrize(
    ("tag", "is_loaded"),
    [
        ('<link rel="stylesheet" href="x.js">', True),
        ('<link rel="icon" href="x.js">', True),
        ('<link rel="shortcut icon" href="x.js">', True),
        ('<script defer src="x.js"></script>', True),
        ('<img src="x.js">', True),
        ('<img src="x.js" loading="lazy">', False),
        ('<a href="x.js">x</a>', False),
        ('<link rel="alternate" href="x.js">', False),
        ("<script>x.js</script>", False),
        ('<script src="https://other.example/x.js"></script>', False),
        ('<script src="gone.js"></script>', False),
    ],
)
def test_what_a_browser_loads_by_itself_is_counted(tmp_path, tag, is_loaded):
    site = built(tmp_path, {"index.html": html(tag), "x.js": SCRIPT})
    assert ("x.js" in Scales(site).costs["index.html"]) == is_loaded


def test_a_page_that_only_leads_on_is_not_weighed(tmp_path):
    refresh = '<meta http-equiv="refresh" content="0; url=../">'
    site = built(tmp_path, {"a/index.html": html(head=refresh)})
    assert list(Scales(site).costs) == ["index.html"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("index.html", "home"),
        ("cv/index.html", "cv"),
        ("cv.html", "cv"),
        ("papers/x/index.html", "papers"),
        ("papers/x.html", "papers"),
        ("papers/index.html", "papers"),
    ],
)
def test_pages_of_one_folder_are_of_one_kind(path, kind):
    assert kind_of(path) == kind


def test_of_each_kind_the_heaviest_is_told():
    costs = {
        "a/x/index.html": {"x": 5, "y": 1},
        "a/y/index.html": {"x": 1, "y": 1, "z": 1},
        "index.html": {"x": 2},
    }
    assert heaviest(costs) == [Heaviest("home", 1, 2, 1), Heaviest("a", 2, 6, 3)]


def found(folder, files) -> list[str]:
    site = built(folder, files)
    scales = Scales(site)
    return told(too_heavy(site, sources(folder, site, {"a.md": "# A\n"}), scales.costs), folder)


def test_a_page_within_the_budget_is_not_blamed(tmp_path):
    page = html(scripts(MOST_REQUESTS - 1))
    own = len(gzip.compress(html('<img src="/p.png">').encode(), 9, mtime=0))
    files = {"b/index.html": html('<img src="/p.png">'), "p.png": NOISE[own:]}
    assert found(tmp_path, {"a/index.html": page, **MANY, **files}) == []


def test_a_page_of_one_byte_too_many_is_told(tmp_path):
    page = html('<img src="/p.png">')
    own = len(gzip.compress(page.encode(), 9, mtime=0))
    files = {"a/index.html": page, "p.png": NOISE[own - 1 :]}
    assert found(tmp_path, files) == [
        (
            f"src/a.md:0 weight: a/ weighs {MOST_BYTES + 1} bytes, 1 too many;"
            f" {MOST_BYTES - own + 1} of them are p.png"
        )
    ]


def test_a_page_of_one_request_too_many_is_told(tmp_path):
    page = html(scripts(MOST_REQUESTS))
    assert found(tmp_path, {"a/index.html": page, **MANY}) == [
        (
            "src/a.md:0 weight: a/ asks for 7 files, not 6 at most:"
            " itself, 0.js, 1.js, 2.js, 3.js, 4.js, 5.js"
        )
    ]
