"""What lies in the site and was not made by a build stays, whatever becomes of builds."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.commands import build, main
from bibfolio.commands.build import publish

#: What owners and hosts put into a built site.
OWN = {"CNAME": "me.example", ".nojekyll": "", ".git/HEAD": "ref: main", "old/talk.html": "mine"}
FIRST = {"index.html": "1", "a/index.html": "a", "b/c/index.html": "c", "same.css": "s"}
SECOND = {"index.html": "2", "a/index.html": "a", "d/index.html": "d", "same.css": "s"}


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def read(folder: Path) -> dict[str, str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in found}


class Folders:
    """The output folder of a site; *publish* stands for a good build of these files."""

    def __init__(self, root: Path) -> None:
        self.site = root / "site"
        self.made = root / "next"
        self.listed = root / "site-files.txt"

    def publish(self, files: dict[str, str]) -> list[str]:
        shutil.rmtree(self.made, ignore_errors=True)
        self.made.mkdir()
        write(self.made, files)
        return publish(self.made, self.site, self.listed)


@pytest.fixture
def folders(tmp_path):
    return Folders(tmp_path)


def test_the_site_is_what_was_built_and_what_is_the_owners(folders):
    folders.publish(FIRST)
    assert read(folders.site) == FIRST
    write(folders.site, OWN)
    folders.publish(SECOND)
    assert read(folders.site) == SECOND | OWN
    assert not (folders.site / "b").exists()
    assert not folders.made.exists()


def test_a_folder_that_the_owner_uses_too_stays(folders):
    folders.publish(FIRST)
    write(folders.site, {"b/c/mine.txt": "x"})
    folders.publish(SECOND)
    assert read(folders.site) == SECOND | {"b/c/mine.txt": "x"}


def test_a_file_that_is_equal_is_not_written(folders):
    folders.publish(FIRST)
    for name in FIRST:
        os.utime(folders.site / name, (1, 1))
    folders.publish(SECOND)
    times = {name: (folders.site / name).stat().st_mtime == 1 for name in SECOND}
    assert times == {name: FIRST.get(name) == text for name, text in SECOND.items()}


@pytest.mark.parametrize("step", range(8))
def test_a_build_that_is_killed_leaves_nothing_that_the_next_one_does_not_know(
    folders, monkeypatch, step
):
    """Killed before each deletion, each move and each writing of the list."""
    folders.publish(FIRST)
    write(folders.site, OWN)
    steps = iter(range(100))

    def dying(function):
        def call(*arguments):
            if next(steps) == step:
                raise KeyboardInterrupt
            return function(*arguments)

        return call

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        for name in ("_delete", "_move", "_write_list"):
            patched.setattr(build, name, dying(getattr(build, name)))
        folders.publish(SECOND)
        raise KeyboardInterrupt  # after the last step
    assert OWN.items() <= read(folders.site).items()
    folders.publish({"index.html": "3"})
    assert read(folders.site) == {"index.html": "3"} | OWN


def test_what_is_in_the_way_of_a_file_is_not_deleted(folders):
    write(folders.site, {"a/index.html/x": "mine"})
    with pytest.raises(OSError, match="index"):
        folders.publish(FIRST)
    assert read(folders.site)["a/index.html/x"] == "mine"


def test_a_list_deletes_nothing_outside_the_site(folders, tmp_path):
    outside = tmp_path / "precious.txt"
    write(tmp_path, {"precious.txt": "x"})
    folders.listed.write_text(f"../precious.txt\n{outside}\n\n.\n", encoding="utf-8")
    folders.publish(FIRST)
    assert outside.read_text(encoding="utf-8") == "x"


def test_a_file_may_become_a_folder_and_back(folders):
    for files in ({"a": "x"}, {"a/b": "x"}, {"a": "x"}):
        folders.publish(files)
        assert read(folders.site) == files


def test_what_the_owner_has_replaced_or_deleted_is_no_obstacle(folders):
    folders.publish(FIRST)
    shutil.rmtree(folders.site / "b")
    write(folders.site, {"b": "mine"})
    (folders.site / "index.html").unlink()
    folders.publish(SECOND)
    assert read(folders.site) == SECOND | {"b": "mine"}


def test_another_disk_is_no_obstacle_and_a_link_there_is_replaced_not_followed(
    folders, monkeypatch, tmp_path
):
    write(tmp_path, {"precious.txt": "x"})
    folders.publish({"a": "1"})
    (folders.site / "a").unlink()
    (folders.site / "a").symlink_to(tmp_path / "precious.txt")
    replace = Path.replace

    def other_disk(path: Path, target: Path) -> Path:
        if path.is_relative_to(folders.made):
            raise OSError(18, "Invalid cross-device link")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", other_disk)
    folders.publish({"a": "2"})
    assert read(folders.site) == {"a": "2"}
    assert (tmp_path / "precious.txt").read_text(encoding="utf-8") == "x"


NAMES = st.sampled_from(["a", "b", "c/a", "c/b", "d/e/a"])
FILES = st.dictionaries(NAMES, st.sampled_from("xyz"))


@given(st.lists(FILES, max_size=5), FILES, st.integers(0, 4))
def test_whatever_is_built_what_others_wrote_stays(tmp_path_factory, builds, own, when):
    folders = Folders(tmp_path_factory.mktemp("site"))
    foreign = {}
    for number, files in enumerate(builds):
        if number == when:
            foreign = {k: v for k, v in own.items() if not (folders.site / k).exists()}
            write(folders.site, foreign)
        folders.publish(files)
        if number == when == 0:  # no list yet: what has the name of a built file is replaced
            foreign = {k: v for k, v in foreign.items() if k not in files}
        assert read(folders.site) == files | foreign


def test_a_file_of_the_owner_s_that_stays_in_place_of_a_built_one_is_named(folders):
    folders.publish(FIRST)
    write(folders.site, {"robots.txt": "mine"})
    assert folders.publish(SECOND | {"robots.txt": "built"}) == ["robots.txt"]
    assert folders.publish(SECOND) == []
    assert read(folders.site) == SECOND | {"robots.txt": "mine"}


def test_nothing_is_written_through_a_link_of_the_owner_s(folders, tmp_path):
    mine = {"precious/papers/index.html": "mine", "precious/papers/b": "mine"}
    write(tmp_path, mine)
    folders.publish(FIRST)
    (folders.site / "papers").symlink_to(tmp_path / "precious" / "papers")
    assert folders.publish(SECOND | {"papers/index.html": "x", "papers/c/d": "x"}) == ["papers"]
    folders.publish(SECOND)
    assert {path: (tmp_path / path).read_text(encoding="utf-8") for path in mine} == mine
    assert read(tmp_path / "precious/papers") == {"index.html": "mine", "b": "mine"}


# -- the command ------------------------------------------------------------------------------


@pytest.fixture
def source(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"conf.py": ""})
    return tmp_path


@pytest.fixture
def sphinx(monkeypatch):
    """`sphinx.status` and `.files` are what Sphinx does; `sphinx.words` is how it was called."""

    class Sphinx:
        status: int | SystemExit = 0
        files = FIRST
        words: ClassVar[list[str]] = []

    def run(words: list[str]) -> int:
        Sphinx.words = words
        write(Path(words[1]), Sphinx.files)
        if isinstance(Sphinx.status, SystemExit):
            raise Sphinx.status
        return Sphinx.status

    monkeypatch.setattr(build, "build_main", run)
    return Sphinx


def test_a_good_build_says_where_the_site_is_and_how_to_look_at_it(source, sphinx, capsys):
    assert main(["build"]) == 0
    said = capsys.readouterr().out
    assert f"The site is in {Path('_build/site')}." in said
    assert "http://127.0.0.1:8000/" in said
    assert read(source / "_build/site") == FIRST


@pytest.mark.parametrize(("status", "code"), [(1, 1), (2, 2), (SystemExit(1), 1)])
def test_a_failed_build_changes_nothing(source, sphinx, capsys, status, code):
    main(["build"])
    write(source / "_build/site", OWN)
    sphinx.status, sphinx.files = status, SECOND
    assert main(["build"]) == code
    assert "has not changed" in capsys.readouterr().err
    assert read(source / "_build/site") == FIRST | OWN
    sphinx.status = 0
    assert main(["build"]) == 0
    assert read(source / "_build/site") == SECOND | OWN


def test_a_build_is_clean_and_as_asked_for(source, sphinx):
    write(source, {"_build/next/old": "x", "_build/doctrees/old": "x"})
    assert main(["build", ".", "--", "-t", "draft"]) == 0
    words = " ".join(sphinx.words)
    assert "-b dirhtml -j auto -n" in words
    assert "-W" not in words
    assert words.endswith("-t draft")
    assert "old" not in read(source / "_build/site")
    assert not (source / "_build/doctrees/old").exists()
    assert main(["build", "--strict"]) == 0
    assert " ".join(sphinx.words).endswith("-n -W --keep-going")


def test_cvs_that_are_not_public_stay_beside_the_site(source, sphinx):
    sphinx.files = FIRST | {"../next-cv/cv-grant.pdf": "1", "../next-cv/zh/cv-grant.pdf": "2"}
    assert main(["build"]) == 0
    assert read(source / "_build/site") == FIRST
    assert read(source / "_build/cv") == {"cv-grant.pdf": "1", "zh/cv-grant.pdf": "2"}
    write(source / "_build/cv", {"notes.txt": "mine"})
    sphinx.files = FIRST
    assert main(["build"]) == 0
    assert read(source / "_build/cv") == {"notes.txt": "mine"}


def test_a_disk_that_refuses_is_one_line(source, sphinx, capsys, monkeypatch):
    def full(*_arguments):
        raise OSError(28, "No space left on device", "index.html")

    monkeypatch.setattr(build, "_move", full)
    assert main(["build"]) == 1
    said = "index.html: cannot be written: No space left on device; free some space"
    assert capsys.readouterr().err.startswith(said)


def test_a_folder_in_which_nothing_can_be_made_is_one_line(source, sphinx, capsys):
    (source / "_build").touch()
    assert main(["build"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("_build: cannot be written: ")
    assert "move it away" in line


def test_the_command_for_looking_at_the_site_suits_the_terminal(
    source, sphinx, capsys, monkeypatch
):
    monkeypatch.setattr(build, "_IS_WINDOWS", True)
    assert main(["build"]) == 0
    assert f'python -m http.server --bind 127.0.0.1 --directory "{Path("_build/site")}" 8000' in (
        capsys.readouterr().out
    )


def paper(title: str) -> str:
    return f'<section class="paper-page" id="x">\n<h1>{title}</h1>\n'


def test_the_redirect_for_a_paper_of_a_new_key_is_told(source, sphinx, capsys):
    one, other = "papers/doe2020/index.html", "papers/doe2021/index.html"
    moved, here = "papers/doe2020cache/index.html", "papers/roe2019/index.html"
    sphinx.files = FIRST | {one: paper("Caching &amp; more"), other: paper("Waiting")}
    main(["build"])
    # One is renamed, one removed, and one is new.
    sphinx.files = FIRST | {moved: paper("Caching &amp; more"), here: paper("Resting")}
    assert main(["build"]) == 0
    assert capsys.readouterr().err == (
        "papers/doe2020/ is papers/doe2020cache/ now; write"
        ' rediraffe_redirects = {"papers/doe2020": "papers/doe2020cache"} in conf.py\n'
    )
    assert not (source / "_build/site" / one).exists()
    # A site that came from elsewhere has its redirects in a file.
    (source / "conf.py").write_text('rediraffe_redirects = "redirects.txt"\n')
    sphinx.files = FIRST | {"papers/doe2022/index.html": paper("Caching &amp; more")}
    main(["build"])
    assert capsys.readouterr().err == (
        "papers/doe2020cache/ is papers/doe2022/ now; write"
        ' "papers/doe2020cache" "papers/doe2022" in redirects.txt\n'
    )
    sphinx.files = FIRST | {moved: paper("Caching &amp; more"), here: paper("Resting")}
    main(["build"])
    capsys.readouterr()
    # Back again, with a redirect from the new key; and nothing has changed.
    sphinx.files |= {one: paper("Caching &amp; more"), moved: "<title>Moved</title>"}
    for _ in range(2):
        main(["build"])
        assert capsys.readouterr().err == ""


def test_a_folder_without_conf_py_is_no_site(tmp_path, capsys):
    assert main(["build", str(tmp_path)]) == 2
    assert "There is no conf.py in" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
