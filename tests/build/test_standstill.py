"""A build that finds nothing to write ends there; whoever may have something to do is asked."""

from __future__ import annotations

import pytest

from bibfolio.machines import sitemap
from bibfolio.worker import Worker
from tests.building import ROOTS, application, run_sphinx

SAYS = "nothing has changed since the last build"
HTML = ("-b", "dirhtml", "-n", "-W", "--keep-going")
CONF = (ROOTS / "whole" / "conf.py").read_text(encoding="utf-8")
#: Writes how often it was called, as extensions do that this package does not know.
COUNTS = """
def count(app, *_given):
    path = app.confdir / "counted.txt"
    path.write_text((path.read_text() if path.exists() else "") + "x")
    return RETURN

def setup(app):
    app.connect("EVENT", count)
"""


def _counting(event):
    returned = "[]" if event == "html-collect-pages" else "None"
    return COUNTS.replace("EVENT", event).replace("RETURN", returned)


def states(folder):
    """Path → size and time of every file."""
    found = {path: path.stat() for path in folder.rglob("*") if path.is_file()}
    return {path: (state.st_size, state.st_mtime_ns) for path, state in found.items()}


def test_a_build_that_changes_nothing_touches_no_file(build):
    """Neither of the output, nor of what is kept beside it; nor of the sources."""
    built = build("whole")
    before = states(built.src.parent)
    again = built.rebuild()
    assert (again.read, again.written) == (set(), set())
    assert states(built.src.parent) == before


@pytest.fixture
def site(tmp_path, build):
    """Builds the site with everything switched on by the command, with these arguments."""
    src = build("whole").src

    def run(*arguments):
        made = run_sphinx(src, tmp_path / "built", *HTML, *arguments)
        assert made.returncode == 0, made.stderr
        return made

    return run


def test_a_build_says_that_nothing_has_changed(site):
    assert SAYS not in site().stdout
    assert SAYS in site().stdout
    assert SAYS in site().stdout


@pytest.mark.parametrize("options", ["-a", "-E", "-D html_show_sourcelink=0", "-t other"])
def test_who_asks_for_more_gets_it(site, options):
    site()
    before = states(site().out)
    again = site(*options.split())
    assert SAYS not in again.stdout
    assert states(again.out) != before


def test_another_output_of_the_same_sources_is_another_matter(site, tmp_path):
    made = site()
    other = run_sphinx(made.src, tmp_path / "other", *HTML, "-d", str(tmp_path / "built/doctrees"))
    assert SAYS not in other.stdout
    assert (other.out / "feed.xml").is_file()


OF_NO_PAGE = ["search/index.html", "feed.xml", "cv.pdf", "_static/styles/theme.css", "objects.inv"]


@pytest.mark.parametrize("name", OF_NO_PAGE)
@pytest.mark.parametrize("is_gone", [True, False], ids=["deleted", "changed"])
def test_what_somebody_else_did_to_the_output_is_undone(build, name, is_gone):
    built = build("whole")
    path, before = built.out / name, built.files[name]
    if is_gone:
        path.unlink()
    else:
        path.write_bytes(b"something else")
    assert built.rebuild().files[name] == before


def test_a_file_that_is_put_into_the_output_does_not_stay_unseen(build):
    built = build("whole")
    (built.out / "papers" / "left.html").write_text("<p>From somewhere else.")
    assert "papers/left.html" not in built.rebuild().files


def test_a_file_that_is_saved_while_the_site_is_built_is_not_passed_over(build, monkeypatch):
    def save(*given):
        (built.src / "_static" / "notice.txt").write_text("Saved meanwhile.")
        return walk(*given)

    built = build("whole")
    built.edit("index.md", "\ncv\n", "\ncv\n\n")
    # When static files have been copied.
    walk = sitemap.sitemap
    monkeypatch.setattr(sitemap, "sitemap", save)
    assert built.rebuild().files["_static/notice.txt"] != b"Saved meanwhile."
    monkeypatch.undo()
    assert built.rebuild().files["_static/notice.txt"] == b"Saved meanwhile."


def test_a_file_behind_a_link_is_seen(build, tmp_path):
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "a.txt").write_text("before")
    built = build("whole")
    (built.src / "_static" / "linked").symlink_to(tmp_path / "shared")
    assert built.rebuild().files["_static/linked/a.txt"] == b"before"
    (tmp_path / "shared" / "a.txt").write_text("after")
    assert built.rebuild().files["_static/linked/a.txt"] == b"after"


def test_what_was_said_is_said_again(build):
    """Of pages that are not written, here that the policy allows no styles."""
    page = "---\norphan: true\n---\n# R\n\n```{raw} html\n<p style='color: red'>R</p>\n```\n"
    built = build("whole", {"raw.md": page}, warnings=["does nothing"])
    built.rebuild(warnings=["does nothing"]).rebuild(warnings=["does nothing"])


EVENTS = ["write-started", "html-collect-pages", "html-page-context", "build-finished"]


@pytest.mark.parametrize("event", EVENTS)
def test_an_extension_that_is_not_known_works_as_ever(build, event):
    built = build("whole", {"conf.py": CONF + _counting(event)})
    counted = (built.src / "counted.txt").stat
    first = counted().st_size
    built.rebuild()
    second = counted().st_size
    built.rebuild()
    assert 0 < first < second < counted().st_size


def test_a_builder_that_is_not_known_works_as_ever(build):
    mine = """
from sphinx.builders.dirhtml import DirectoryHTMLBuilder

class Mine(DirectoryHTMLBuilder):
    def finish(self):
        super().finish()
        count(self)

def setup(app):
    app.add_builder(Mine, override=True)
"""
    counts = COUNTS[: COUNTS.index("def setup")].replace("RETURN", "None")
    built = build("whole", {"conf.py": CONF + counts + mine})
    built.rebuild()
    assert (built.src / "counted.txt").read_text() == "xx"


def test_one_that_looks_for_changes_finds_them(build):
    """It is asked whatever was found before; what it names is read and written."""
    asks = '\ndef setup(app):\n    app.connect("env-get-outdated", lambda *_given: ["cv"])\n'
    built = build("whole", {"conf.py": CONF + asks})
    again = built.rebuild()
    assert again.read == {"cv"}
    assert "cv" in again.written


ONE = """@misc{a, title = {The Last Paper}, author = {Doe, Jane}, year = {2020}}
"""


def test_the_last_paper_that_is_hidden_is_gone(build):
    """No page lists it, so no page has changed; but one is gone."""
    built = build("minimal", {"index.md": "# Home\n", "refs.bib": ONE})
    built.edit("refs.bib", "{2020}", "{2020}, pubstate = {inpreparation}")
    telling = [name for name, data in built.rebuild().files.items() if b"The Last Paper" in data]
    assert telling == []


def test_what_was_begun_is_ended_where_two_outputs_share_what_is_kept(build, monkeypatch):
    built = build("whole")
    other = built.options | {"builder": "html"}
    with application(built.src, **other) as app:
        app.build()
    begun = []
    monkeypatch.setattr(Worker, "__init__", lambda self, script, _order: begun.append(script.name))
    built.rebuild()
    with application(built.src, **other) as app:
        app.build()
    assert begun == []
    assert not [*built.src.parent.rglob("unfinished_cards*")]


def test_a_scorer_that_has_changed_is_used(build):
    script = "var Scorer = {score: () => 1};"
    named = "html_search_scorer = __file__.replace('conf.py', 'scorer.js')"
    built = build("whole", {"scorer.js": script, "conf.py": f"{CONF}\n{named}\n"})
    built.write("scorer.js", script.replace("1", "2"))
    assert "score: () => 2" in built.rebuild().text("_static/language_data.js")


def test_a_second_build_of_the_same_application_is_a_whole_one(build):
    built = build("whole")
    with application(built.src, **built.options) as app:
        app.build()
        built.edit("index.md", "# Home\n", "# Home\n\nA word of its own: zebrafish.\n")
        (built.out / "feed.xml").unlink()
        app.build()
    assert "zebrafish" in built.text("searchindex.js")
    assert (built.out / "feed.xml").is_file()


def test_pages_built_by_name_are_not_taken_for_all(build):
    built = build("whole")
    built.edit("profile.toml", '"Jane Doe"', '"Jane Roe"')
    with application(built.src, **built.options) as app:
        app.build(filenames=[built.src / "404.md"])
    assert "Jane Roe" not in built.soup("research/essay").title.get_text()
    assert "Jane Roe" in built.rebuild().soup("research/essay").title.get_text()
