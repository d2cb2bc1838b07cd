"""A site is the same wherever it is built, and however an editor ends the lines of its sources."""

from __future__ import annotations

import codecs
import errno
import os
import re
from pathlib import Path

import pytest

from tests.building import REPOSITORY, copy_root, run_sphinx, run_to_its_end
from tests.output import contents, differences

COMMAND = ("-b", "dirhtml", "-n", "-W")
FILES = {
    "notes/doe2021cache.md": "# Behind it\n\nOne line\nand another.\n\n- an item\n",
    "research/essay.md": "---\nmyst:\n  html_meta:\n    description: Of an essay.\n---\n\n"
    "# Essay\n\nText,\n\n```{note}\n:name: here\n\nof *two*\nlines\n```\n",
    "figures/doe2021cache.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n'
    '<path d="M0 0h9v9z"/>\n</svg>\n',
}
#: What editors and version control on Windows may make of any text.
TEXTS = {".bib", ".toml", ".md", ".svg", ".py", ".csv"}
#: Ends a build that asks for another host.
NO_NETWORK = """
import os, sys
def watch(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname"}:
        os.write(2, f"{event} {arguments}".encode()), os._exit(9)
sys.addaudithook(watch)
"""


def made(folder, **environment):
    """What is built from `src` in *folder*."""
    run = run_sphinx(folder / "src", folder, *COMMAND, **environment)
    assert (run.returncode, run.stderr) == (0, "")
    return contents(run.out)


def site_in(folder):
    """Put the sources of a site into `src` in *folder*."""
    source = copy_root("whole", FILES, folder / "src")
    abstract = "abstract = {One line\n\nand another.},\n  figurealt = {A triangle.},"
    source.edit("refs.bib", "doe2021cache,", f"doe2021cache,\n  {abstract}")
    return source.src


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """The site as it is built in a plain place."""
    folder = tmp_path_factory.mktemp("here").resolve()
    site_in(folder)
    return made(folder)


def test_a_folder_of_any_name_without_a_home_a_network_or_a_locale_makes_the_same_site(
    here, tmp_path
):
    folder = tmp_path.resolve() / "Zoë’s site, 网站 (new)"
    site_in(folder)
    (folder / "hook").mkdir()
    (folder / "hook" / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    (folder / "file").touch()
    there = made(
        folder,
        PYTHONPATH=f"{folder / 'hook'}{os.pathsep}{REPOSITORY / 'src'}",
        HOME=str(folder / "file" / "home"),  # nothing can be written there, whoever asks
        XDG_CACHE_HOME=str(folder / "file" / "cache"),
        LC_ALL="C",
        TZ="Pacific/Kiritimati",
    )
    assert differences(here, there) == []


def test_sources_with_windows_line_ends_and_byte_order_marks_make_the_same_site(here, tmp_path):
    folder = tmp_path.resolve()
    for path in site_in(folder).rglob("*"):
        if path.suffix in TEXTS:
            mark = b"" if path.suffix in {".svg", ".csv"} else codecs.BOM_UTF8
            path.write_bytes(mark + path.read_bytes().replace(b"\n", b"\r\n"))
    assert differences(here, made(folder)) == []


def test_sources_that_cannot_be_written_to_are_told_in_one_line(tmp_path, monkeypatch):
    """Whoever runs the tests may be allowed to write anywhere, so the disk is what refuses."""
    write = Path.write_bytes

    def refuse(path, data):
        if path.suffix == ".paper":
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        return write(path, data)

    source = copy_root("minimal", {}, tmp_path / "src").src
    monkeypatch.setattr(Path, "write_bytes", refuse)
    (line,) = run_to_its_end(source).warnings
    assert re.match(r"ERROR: papers.\w+\.paper: cannot be written: ", line)
    assert line.endswith(
        "let your user write there, or work in a folder where it may [bibfolio.output]"
    )
    monkeypatch.undo()
    assert run_to_its_end(source).warnings == []
    # What is there already, and has not changed, is not written again.
    monkeypatch.setattr(Path, "write_bytes", refuse)
    assert run_to_its_end(source).warnings == []
