"""What cannot be written is named in one line, without a traceback, and the next build is right.

A site is never left half made: `bibfolio build` publishes good builds only (test_build.py).
"""

from __future__ import annotations

import shutil

from tests.building import run_sphinx
from tests.output import contents, differences

COMMAND = ("-b", "dirhtml", "-n", "-q")
#: What stands where a build has to write → what is written there.
IN_THE_WAY = {
    "out/cards": "a folder of ours",
    "out/_static": "a folder of Sphinx's",
    "out/feed.xml/x": "a file of ours",
    "src/papers": "the sources of our pages",
}


def test_something_in_the_way_is_named_and_once_it_is_gone_all_is_well(sphinx):
    built = sphinx("minimal", {}, *COMMAND)
    assert (built.returncode, built.stderr) == (0, "")
    before = contents(built.out)
    home = built.out.parent
    for name in IN_THE_WAY:
        first = home.joinpath(*name.split("/")[:2])
        shutil.rmtree(first) if first.is_dir() else first.unlink()
        (home / name).parent.mkdir(exist_ok=True)
        (home / name).touch()
        built.edit("profile.toml", 'name = "Jane Doe"', 'name = "Jane Roe"')
        run = sphinx("minimal", {}, *COMMAND)
        assert run.returncode == 1
        assert not run.says_traceback
        (line,) = [line for line in run.stderr.splitlines() if line.startswith("ERROR: ")]
        assert line.startswith(f"ERROR: {first}")
        assert line.endswith("move it away [bibfolio.output]")
        built.edit("profile.toml", 'name = "Jane Roe"', 'name = "Jane Doe"')
        shutil.rmtree(first) if first.is_dir() else first.unlink()
    assert sphinx("minimal", {}, *COMMAND).returncode == 0
    # Sphinx keeps a copy of this where the configuration has changed.
    assert set(differences(before, contents(built.out))) <= {".buildinfo.bak"}


def test_a_folder_in_place_of_a_page_fails_a_strict_build_by_name(sphinx):
    built = sphinx("minimal", {}, *COMMAND)
    page = built.out / "index.html"
    page.unlink()
    page.mkdir()
    run = sphinx("minimal", {"index.md": "# Other\n"}, *COMMAND, "-W")
    assert run.returncode == 1
    assert f"error writing file {page}" in run.stderr
    assert not run.says_traceback


def test_a_truncated_environment_is_made_anew(sphinx):
    built = sphinx("minimal", {}, *COMMAND)
    path = built.out.parent / "doctrees" / "environment.pickle"
    path.write_bytes(path.read_bytes()[:1000])
    before = contents(built.out)
    run = run_sphinx(built.src, built.out.parent, "-b", "dirhtml", "-n", "-W")
    assert run.returncode == 0
    assert "loading pickled environment... failed" in run.stdout
    assert differences(before, contents(built.out)) == []
