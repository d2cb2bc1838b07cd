"""From nothing to a healthy site by the commands; what is not the builds' survives their ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bibfolio import __version__
from bibfolio.commands import main
from tests.building import REPOSITORY, run_to_its_end
from tests.output import contents, text_of

#: What a conf.py does that ends its build before the site is published.
ENDING = """
import os

def setup(app):
    app.connect("build-finished", lambda *_: {})
"""


def bibfolio(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the console script in a process of its own."""
    environment = {n: v for n, v in os.environ.items() if not n.startswith("READTHEDOCS")}
    return subprocess.run(
        [sys.executable, "-m", "bibfolio", *words],
        cwd=folder,
        env=environment | {"PYTHONPATH": str(REPOSITORY / "src"), "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_a_new_site_is_built_without_a_warning_checked_and_healthy(tmp_path):
    folder = tmp_path / "ann"
    names = ["--name", 'Ann "A" O_Roe*', "--institution", "University & Sons <X>"]
    names += ["--package", f"bibfolio=={__version__}"]
    assert bibfolio(folder.parent, "new", "ann", *names).returncode == 0
    with (folder / "profile.toml").open("a", encoding="utf-8") as profile:
        profile.write('\n[[cv.variants]]\nid = "grant"\npublic = false\n')
    done = bibfolio(folder, "build")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (folder / "_build/cv/cv-grant.pdf").is_file()
    assert not list((folder / "_build/site").glob("cv-grant*"))
    assert "Ann &quot;A&quot; O_Roe*" in (folder / "_build/site/index.html").read_text("utf-8")
    checked = bibfolio(folder, "check")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert [line.split(": ")[1] for line in checked.stdout.splitlines()] == ["no_address"]
    examined = bibfolio(folder, "doctor")
    assert (examined.returncode, examined.stdout[-10:]) == (0, "\nHealthy.\n"), examined.stdout


@pytest.mark.parametrize("theme", ["alabaster", "pydata_sphinx_theme"])
def test_a_new_site_is_built_without_a_warning_under_another_theme(tmp_path, monkeypatch, theme):
    """Beside a virtual environment, in which there are pages as well."""
    monkeypatch.chdir(tmp_path)
    assert main(["new", "ann", "--name", "Ann Roe"]) == 0
    conf = tmp_path / "ann/conf.py"
    text = conf.read_text("utf-8").replace('html_theme = "bibfolio"', f'html_theme = "{theme}"')
    conf.write_text(text, encoding="utf-8")
    for name in ("pyvenv.cfg", "lib/page.md"):
        (tmp_path / "ann/python" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "ann/python" / name).write_text("{cite}`nothing`", encoding="utf-8")
    site = run_to_its_end(tmp_path / "ann")
    assert site.warnings == []
    assert not site.page("README").exists()


def entries(count: int) -> str:
    """So many papers, of one year after another."""
    entry = "@misc{{k{0}, title = {{Paper {0}}}, author = {{Roe, Ann}}, year = {1}}}\n"
    return "".join(entry.format(number, 2024 - number) for number in range(count))


def test_a_new_site_looks_finished_with_few_papers_and_with_many(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["new", "ann", "--name", "Ann Roe"]) == 0
    both = ["Recent papers", "Work"]
    for count, headings in {0: [], 1: ["Recent papers"], 3: both, 50: both}.items():
        (tmp_path / "ann/refs.bib").write_text(entries(count), encoding="utf-8")
        site = run_to_its_end(tmp_path / "ann")
        assert site.warnings == []
        assert [text_of(tag) for tag in site.main("index").find_all("h2")] == headings
        listed = (len(site.cards("index")), len(site.cards("publications")))
        assert listed == (min(count, 5), count)
        assert ("No papers yet." in text_of(site.main("publications"))) == (not count)
        pages = site.soup("index").find("nav", class_="site-header-pages")
        assert ("Publications" in pages.get_text()) == bool(count)


#: What is added to a file → the exit status of a build.
ENDS = {
    ("index.rst", "\n:doc:`nothing`\n"): 1,
    ("conf.py", "\nraise SystemExit(3)\n"): 2,
    ("conf.py", ENDING.format("os._exit(137)")): 137,
    ("conf.py", ENDING.format("os.kill(os.getpid(), 2)")): 2,
}


@pytest.mark.slow
def test_failed_and_killed_builds_leave_the_site_as_it_was_and_the_next_one_works(tmp_path):
    """With the plainest of projects, of which the command knows nothing."""
    (tmp_path / "conf.py").touch()
    (tmp_path / "index.rst").write_text("Ann\n===\n", encoding="utf-8")
    assert bibfolio(tmp_path, "build", "--", "-j", "1").returncode == 0
    site = tmp_path / "_build/site"
    for name in ("CNAME", ".nojekyll", ".git/HEAD"):
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text("the owner's", encoding="utf-8")
    before = contents(site)
    for (name, addition), code in ENDS.items():
        source = tmp_path / name
        text = source.read_text(encoding="utf-8")
        source.write_text(text + addition, encoding="utf-8")
        assert bibfolio(tmp_path, "build", "--strict", "--", "-j", "1").returncode == code
        assert contents(site) == before
        source.write_text(text, encoding="utf-8")
    (tmp_path / "talks.rst").write_text(":orphan:\n\nTalks\n=====\n", encoding="utf-8")
    assert bibfolio(tmp_path, "build", "--", "-j", "1").returncode == 0
    assert (site / "talks" / "index.html").is_file()
    assert (site / ".git/HEAD").read_text(encoding="utf-8") == "the owner's"


#: What is said of a site → whether it is an error, which loses or misstates something.
FOUND = {
    "index.md": {"{cite:t}`nobody2020nothing`": True, "```{publicatoins}\n```": True},
    "refs.bib": {
        "@misc{a, title = {A}, year = {2020}, doi = {10.1/n o}}": False,
        "@article{b, title = {B}, year 2020}": False,
        'title = {Lost}, year = "2020"\n@misc{c, title = {C}, year = {2020}}': True,
    },
}


def test_what_is_found_is_told_and_only_an_error_keeps_a_site_from_being_published(
    tmp_path, monkeypatch
):
    """By `bibfolio build` and by a plain `sphinx-build`; with `--strict`, any warning does."""
    monkeypatch.chdir(tmp_path)
    assert main(["new", "ann", "--name", "Ann Roe", "--institution", "U"]) == 0
    folder = tmp_path / "ann"
    for name, additions in FOUND.items():
        text = (folder / name).read_text(encoding="utf-8")
        for addition, is_error in additions.items():
            (folder / name).write_text(f"{text}\n{addition}\n", encoding="utf-8")
            plain = run_to_its_end(folder)
            assert plain.warnings, addition
            assert plain.statuscode == is_error, (addition, plain.warnings)
        (folder / name).write_text(text, encoding="utf-8")
    for addition, is_error in list(FOUND["refs.bib"].items())[::2]:
        (folder / "refs.bib").write_text(f"{addition}\n", encoding="utf-8")
        done = bibfolio(folder, "build")
        assert (done.returncode, bool(done.stderr)) == (is_error, True), done.stderr
    (folder / "refs.bib").write_text(f"{next(iter(FOUND['refs.bib']))}\n", encoding="utf-8")
    with (folder / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write('bibfolio_acent = "#123456"\nhtml_basurl = "https://ann.example"\n')
    strict = bibfolio(folder, "build", "--strict")
    assert strict.returncode == 1
    for name in ("bibfolio_accent", "html_baseurl"):
        assert strict.stderr.count(f"did you mean {name}?") == 1, strict.stderr
