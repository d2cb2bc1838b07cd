"""Several processes write what one process writes, byte for byte."""

import pytest

from bibfolio.pages.writing import FEW
from tests.building import ROOTS

PAGES = 12
#: Enough for their pages to be shared out.
PAPERS = FEW + 10


def many_pages() -> dict[str, str]:
    """Enough pages for Sphinx to share them out, each with a list and citations of its own."""
    keys = ["doe2021cache", "poe2023queue", "doe2023draftless"]
    files = {
        f"p/{number:02}.md": (
            f"# Page {number}\n\nSee {{cite:p}}`{keys[number % 3]}` and {{cite:t}}`{keys[0]}`.\n\n"
            f"```{{publications}}\n:group: {('year', 'type', 'topic')[number % 3]}\n"
            f':filter: year >= "{2020 + number % 3}"\n```\n\n'
            "By {profile}`name`, with {math}`x^2`.\n"
        )
        for number in range(PAGES)
    }
    tree = "\n".join(name.removesuffix(".md") for name in files)
    files["index.md"] = (
        f"# Home\n\n```{{publications}}\n:group: year\n```\n\n```{{toctree}}\n{tree}\n```\n"
    )
    return files


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_a_parallel_build_is_the_serial_one_byte_for_byte(sphinx, tmp_path, builder):
    arguments = ("-b", builder, "-n", "-W", "--keep-going", "-E", "-a")
    parallel = sphinx("minimal", many_pages(), *arguments, "-j", "2")
    assert parallel.returncode == 0, parallel.stderr
    assert " .. p/" in parallel.stdout  # a share of the pages, for one process
    parallel.out.rename(tmp_path / "parallel")
    (tmp_path / "doctrees").rename(tmp_path / "parallel-doctrees")
    serial = sphinx("minimal", {}, *arguments)
    assert serial.returncode == 0, serial.stderr
    assert " .. p/" not in serial.stdout
    parallel.out = tmp_path / "parallel"
    assert list(parallel.files) == list(serial.files)
    assert [name for name, data in serial.files.items() if parallel.files[name] != data] == []


def many_papers(title: str = "Paper 07") -> dict[str, str]:
    """Enough papers, and a page that lists and cites them; *title* is that of one."""
    entries = [
        f"@misc{{doe{n:02}, title = {{{title if n == 7 else f'Paper {n:02}'}}}, "
        f"author = {{Doe, Jane}}, year = {2000 + n % 9}, doi = {{10.1000/{n}}}}}"
        for n in range(PAPERS)
    ]
    lists = "# Home\n\nSee {cite:p}`doe03`.\n\n```{publications}\n:group: year\n```\n"
    return {"refs.bib": "\n".join(entries), "index.md": lists}


@pytest.mark.parametrize("theme", ["basic", "bibfolio"])
def test_papers_that_are_shared_out_are_written_as_by_one_process(sphinx, tmp_path, theme):
    arguments = ("-b", "dirhtml", "-n", "-W", "--keep-going", "-D", f"html_theme={theme}")
    parallel = sphinx("minimal", many_papers(), *arguments, "-j", "2")
    assert parallel.returncode == 0, parallel.stderr
    assert f"writing the pages of {PAPERS} papers" in parallel.stdout
    edited = sphinx("minimal", many_papers("Revised"), *arguments, "-j", "2")
    assert edited.returncode == 0, edited.stderr
    edited.out.rename(tmp_path / "parallel")
    (tmp_path / "doctrees").rename(tmp_path / "parallel-doctrees")
    serial = sphinx("minimal", {}, *arguments)
    edited.out = tmp_path / "parallel"
    assert list(edited.files) == list(serial.files)
    assert [name for name, data in serial.files.items() if edited.files[name] != data] == []


def test_a_page_of_a_paper_that_cannot_be_written_ends_the_build_with_one_line(sphinx, tmp_path):
    (tmp_path / "out" / "papers").mkdir(parents=True)
    (tmp_path / "out" / "papers" / "doe07").write_text("in the way", encoding="utf-8")
    run = sphinx("minimal", many_papers(), "-b", "dirhtml", "-j", "2", "-D", "html_theme=bibfolio")
    assert run.returncode != 0
    assert "doe07" in run.stderr
    assert "Traceback" not in run.stderr


def with_extension(code: str) -> dict[str, str]:
    """Many papers, and an extension of somebody else's with this ``setup``."""
    conf = (ROOTS / "minimal" / "conf.py").read_text(encoding="utf-8")
    conf = "import sys, pathlib\nsys.path[:0] = [str(pathlib.Path(__file__).parent)]\n" + conf
    conf += 'extensions += ["somebody_s"]\nhtml_theme = "bibfolio"\n'
    return many_papers() | {"conf.py": conf, "somebody_s.py": code}


def test_what_is_said_of_a_paper_that_was_shared_out_is_not_lost(sphinx):
    warns = """
from sphinx.util.logging import getLogger

def warn(app, page, *_):
    if page == "papers/doe07":
        getLogger(__name__).warning("mind the gap")

def setup(app):
    app.connect("html-page-context", warn)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
"""
    run = sphinx("minimal", with_extension(warns), "-b", "dirhtml", "-W", "--keep-going", "-j", "2")
    assert run.returncode != 0
    assert "mind the gap" in run.stderr


def test_no_process_fails_unnoticed(sphinx):
    """Sphinx forgets one that fails while it starts another; and would say that all is well."""
    fails = """
import os

def fail(app, page, *_):
    if page == "papers/doe07":
        raise ValueError("no such luck")

def setup(app):
    app.connect("html-page-context", fail)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
"""
    files = with_extension(fails)
    for _ in range(3):
        failed = sphinx("minimal", files, "-b", "dirhtml", "-j", "8")
        assert failed.returncode != 0
        assert "no such luck" in failed.stderr
    whole = sphinx("minimal", {"somebody_s.py": "def setup(app):\n    pass\n"}, "-b", "dirhtml")
    assert whole.returncode == 0, whole.stderr
    pages = [name for name in whole.files if name.startswith("papers/") and "index.html" in name]
    assert len(pages) == PAPERS


def test_few_pages_beside_many_papers_are_read_by_one_process(sphinx):
    """Sphinx reads six pages with two processes; " .. " stands between the ends of a share."""
    pages = {f"page{n}.md": f"---\norphan: true\n---\n\n# Page {n}\n" for n in range(8)}
    run = sphinx("minimal", many_papers() | pages, "-b", "dirhtml", "-j", "2")
    assert run.returncode == 0, run.stderr
    assert "page0" in run.stdout
    assert " .. " not in run.stdout


def test_the_environment_keeps_no_papers(sphinx, tmp_path):
    """They are read in every build; sphinxcontrib-bibtex keeps them if it is not stopped."""
    run = sphinx("minimal", many_papers(), "-b", "dirhtml")
    assert run.returncode == 0, run.stderr
    (environment,) = tmp_path.rglob("environment.pickle")
    kept = environment.read_bytes()
    assert b"bibfolio.library" in kept
    for name in (b"bibfolio.model.paper", b"bibfolio.sources.bibliography", b"bibfolio.pages.style"):
        assert name not in kept


def test_who_collects_from_resolved_pages_sees_all_of_them(sphinx):
    collects = """
seen = set()

def setup(app):
    app.connect("doctree-resolved", lambda app, tree, page: seen.add(page))
    app.connect("build-finished", lambda *_: print("seen", len(seen)))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
"""
    run = sphinx("minimal", with_extension(collects), "-b", "dirhtml", "-j", "2")
    assert run.returncode == 0, run.stderr
    assert f"seen {PAPERS + 1}\n" in run.stdout  # and the home page


def test_an_incremental_parallel_build_is_the_full_one(sphinx, tmp_path):
    arguments = ("-b", "dirhtml", "-n", "-W", "--keep-going", "-j", "2")
    assert sphinx("minimal", many_pages(), *arguments).returncode == 0
    bib = (tmp_path / "src" / "refs.bib").read_text(encoding="utf-8")
    edited = {"refs.bib": bib.replace("Caches that Remember", "Caches that Forget")}
    again = sphinx("minimal", edited, *arguments)
    assert again.returncode == 0, again.stderr
    pages = {name: data for name, data in again.files.items() if name.endswith(".html")}
    assert not [name for name, data in pages.items() if b"that Remember" in data]
    fresh = sphinx("minimal", {}, *arguments, "-E", "-a")
    assert [name for name, data in pages.items() if fresh.files[name] != data] == []


def test_warnings_of_worker_processes_are_not_lost(sphinx):
    files = many_pages()
    files["p/03.md"] += "\n{profile}`nmae`\n\n{cite:p}`nobody`\n"
    run = sphinx("minimal", files, "-b", "dirhtml", "-j", "2", "-W", "--keep-going")
    assert run.returncode != 0
    assert "profile has no fact 'nmae'; did you mean name?" in run.stderr
    assert 'could not find bibtex key "nobody"' in run.stderr
