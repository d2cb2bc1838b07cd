"""What cannot be written is named in one line, without a traceback, and the next build is right.

A site is never left half made: `bibfolio build` publishes good builds only (test_build.py).
"""

from __future__ import annotations

import shutil

from tests.output import contents, differences

#: What stands where a build has to write → what is written there.
IN_THE_WAY = {
    "built/dirhtml/cards": "a folder of ours",
    "built/dirhtml/_static": "a folder of Sphinx's",
    "built/dirhtml/feed.xml/x": "a file of ours",
    "src/papers": "the sources of our pages",
}


def test_something_in_the_way_is_named_and_once_it_is_gone_all_is_well(build_to_its_end):
    built = build_to_its_end("minimal", {})
    assert built.warnings == []
    before, home = built.files, built.src.parent
    for name in IN_THE_WAY:
        parts = name.split("/")
        first = home.joinpath(*parts[: 3 if parts[0] == "built" else 2])
        shutil.rmtree(first) if first.is_dir() else first.unlink()
        (home / name).parent.mkdir(exist_ok=True)
        (home / name).touch()
        built.edit("profile.toml", 'name = "Jane Doe"', 'name = "Jane Roe"')
        (line,) = [
            line for line in build_to_its_end("minimal", {}).warnings if line.startswith("ERROR: ")
        ]
        assert line.removeprefix("ERROR: ").startswith((str(first), "papers"))
        assert line.endswith("move it away [bibfolio.output]")
        built.edit("profile.toml", 'name = "Jane Roe"', 'name = "Jane Doe"')
        shutil.rmtree(first) if first.is_dir() else first.unlink()
    again = build_to_its_end("minimal", {})
    # Sphinx keeps a copy of this where the configuration has changed.
    assert set(differences(before, again.files)) <= {".buildinfo.bak"}


def test_a_folder_in_place_of_a_page_fails_a_strict_build_by_name(sphinx):
    command = ("-b", "dirhtml", "-n", "-q", "-W")
    page = sphinx("minimal", {}, *command).out / "index.html"
    page.unlink()
    page.mkdir()
    run = sphinx("minimal", {"index.md": "# Other\n"}, *command)
    assert (run.returncode, run.says_traceback) == (1, False)
    assert f"error writing file {page}" in run.stderr


def test_a_truncated_environment_is_made_anew(build):
    built = build("minimal")
    path = built.out.parent / "doctrees" / "environment.pickle"
    path.write_bytes(path.read_bytes()[:1000])
    again = built.rebuild()
    assert "loading pickled environment... failed" in again.status
    assert differences(built.files, contents(again.out)) == []
