"""The command: what it says, its exit status, and how it mends a file."""

from __future__ import annotations

import io
import json
import os
import stat
import sys
from pathlib import Path

import pytest

from bibfolio.commands import main
from bibfolio.commands.check import fix

CLEAN = "@misc{k,\n  title = {A Title},\n  year = {2024},\n}\n"
SLOPPY = """\
@misc{k,
  title = {A Title}, doi = {doi:10.1000/182}, tilte = {x},
  year = {2024},
 note = {A & B},
}
"""
PROFILE = """name = "Ann Roe"
[affiliation]
institution = "U"
"""


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "refs.bib").write_text(CLEAN, encoding="utf-8")
    return tmp_path


def check(arguments: list[str]) -> int:
    return main(["check", *arguments])


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


SLOPPY_TOLD = """\
refs.bib:2:22: bib_form: k: doi takes the DOI alone; write 10.1000/182
refs.bib:2:47: bib_unknown_field: k: the field tilte is not known; write title
refs.bib:4:12: bib_escape: k: & in note needs a backslash; write \\&
3 findings: bib_escape 1, bib_form 1, bib_unknown_field 1
"""
LEFT_TOLD = "refs.bib:2:43: bib_unknown_field: k: the field tilte is not known; write title\n"
SLOPPY_FIXED = SLOPPY.replace("doi:10", "10").replace("A & B", "A \\& B")


# -- what is said -----------------------------------------------------------------------------


def test_a_clean_file_gives_no_word(folder, capsys):
    assert check([]) == 0
    assert capsys.readouterr() == ("", "")


def test_problems_are_told_and_make_the_status_1(folder, capsys):
    write(folder / "refs.bib", SLOPPY)
    assert check([]) == 1
    assert capsys.readouterr() == (SLOPPY_TOLD, "")


@pytest.mark.parametrize("arguments", [[], ["--fix", "--yes"]])
def test_a_file_that_is_not_there(folder, capsys, arguments):
    assert check(["none.bib", *arguments]) == 1
    said = "none.bib:1:1: bib_missing: cannot read the bibliography: No such file or directory\n"
    assert capsys.readouterr().out == said


def test_several_files_are_told_in_their_order_and_compared(folder, capsys):
    write(folder / "b/one.bib", CLEAN)
    assert check(["refs.bib", "b/one.bib"]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("b/one.bib:1:1: bib_duplicate_key: k: repeats the key of refs.bib:1;")


# -- conf.py and profile ----------------------------------------------------------------------


def test_conf_names_the_files_and_what_is_passed_over(folder, capsys):
    write(
        folder / "conf.py",
        'bibtex_bibfiles = ["b.bib"]\nsuppress_warnings = ["bibfolio.bib_form"]\n',
    )
    write(folder / "b.bib", SLOPPY)
    assert check([]) == 1
    told = SLOPPY_TOLD.replace("refs.bib", "b.bib").splitlines(True)[1:3]
    summary = "2 findings: bib_escape 1, bib_unknown_field 1\n"
    assert capsys.readouterr().out == "".join([*told, summary])


def test_the_conf_and_profile_beside_a_named_file_count(folder, capsys):
    write(
        folder / "site/refs.bib",
        "".join(by(key, "Roe, Ann") for key in "abcd") + by("e", "Poe, Ed"),
    )
    write(folder / "site/profile.toml", PROFILE)
    assert check(["site/refs.bib"]) == 1
    assert capsys.readouterr().out.startswith(f"site{os.sep}refs.bib:5:")
    write(folder / "site/conf.py", 'suppress_warnings = ["bibfolio"]\n')
    assert check(["site/refs.bib"]) == 0


def test_a_folder_stands_for_the_site_in_it(folder, capsys):
    write(folder / "site/conf.py", 'bibtex_bibfiles = ["a.bib", "b.bib"]\n')
    write(folder / "site/a.bib", SLOPPY)
    write(folder / "site/b.bib", CLEAN.replace("{k", "{l"))
    assert check(["site"]) == 1
    said = SLOPPY_TOLD.replace("refs.bib", str(Path("site/a.bib")))
    assert capsys.readouterr().out == said
    with pytest.raises(SystemExit):
        check(["site", "refs.bib"])
    assert "name one folder, or files" in capsys.readouterr().err


def by(key: str, author: str) -> str:
    return f"@misc{{{key}, title = {{Title {key}}}, year = {{2024}}, author = {{{author}}}}}\n"


def test_mistakes_in_the_profile_are_told(folder, capsys):
    write(folder / "profile.toml", PROFILE + "nmae = 1\n[links]\ngithub = 3\n")
    assert check([]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"profile.toml:4:1: profile: affiliation.nmae: unknown key; known keys: {KEYS}",
        "profile.toml:6:1: profile: links.github: must be a text in quotes, not a number",
        "2 findings: profile 2",
    ]


KEYS = "institution, department, group, group_url, ror"


def test_what_a_profile_that_cannot_be_read_may_say_is_not_asked_for(folder, capsys):
    write(folder / "conf.py", 'extensions = ["bibfolio"]\n')
    owner = by("k", "Doe, Jane") + by("l", "Doe, Jane M.") + by("m", "Doe, Jane M.")
    tags = ", ".join(f"tag {letter}" for letter in "abcdefghijklm")
    write(folder / "refs.bib", owner.replace("title", f"keywords = {{{tags}}}, title"))
    write(folder / "profile.toml", PROFILE + "nmae = 1\n")
    assert check([]) == 1
    assert capsys.readouterr().out.count("\n") == 1


def test_files_are_looked_for_beside_the_bibliography(folder, capsys):
    write(folder / "site/refs.bib", CLEAN)
    write(folder / "site/files/papers/k.pdf", "")
    assert check(["site/refs.bib"]) == 0
    write(folder / "site/files/papers/x.pdf", "")
    assert check(["site/refs.bib"]) == 1
    assert "files/papers/x.pdf belongs to no entry" in capsys.readouterr().out


# -- mending ----------------------------------------------------------------------------------

DIFF = """\
--- refs.bib
+++ refs.bib
@@ -1,5 +1,5 @@
 @misc{k,
-  title = {A Title}, doi = {doi:10.1000/182}, tilte = {x},
+  title = {A Title}, doi = {10.1000/182}, tilte = {x},
   year = {2024},
- note = {A & B},
+ note = {A \\& B},
 }
"""


def test_the_diff_is_shown_and_nothing_written_unless_the_answer_is_yes(
    folder, capsys, monkeypatch
):
    write(folder / "refs.bib", SLOPPY)
    for answer in ("", "\n", "n\n", "what?\n"):
        monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
        assert check(["--fix"]) == 1
        out, err = capsys.readouterr()
        assert out == f"{DIFF}Write this? [y/N]\n{SLOPPY_TOLD}"
        assert err == ""
        assert (folder / "refs.bib").read_text() == SLOPPY


@pytest.mark.parametrize("answer", ["y\n", "Yes\n", " y "])
def test_yes_writes_and_tells_what_is_left(folder, capsys, monkeypatch, answer):
    write(folder / "refs.bib", SLOPPY)
    monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
    assert check(["--fix"]) == 1
    assert capsys.readouterr().out.endswith(LEFT_TOLD)
    assert (folder / "refs.bib").read_text() == SLOPPY_FIXED


def test_nothing_is_asked_with_yes_nor_when_nothing_can_be_mended(folder, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    write(folder / "refs.bib", SLOPPY)
    assert check(["--fix", "--yes"]) == 1
    assert capsys.readouterr().out == DIFF + LEFT_TOLD
    assert check(["--fix"]) == 1
    assert capsys.readouterr().out == LEFT_TOLD
    write(folder / "refs.bib", CLEAN)
    assert check(["--fix"]) == 0
    assert capsys.readouterr().out == ""


def test_what_programs_read_holds_no_diff(folder, capsys):
    write(folder / "refs.bib", SLOPPY)
    check(["--fix", "--yes", "--format", "json"])
    out, err = capsys.readouterr()
    assert len(json.loads(out)) == 1
    assert err == DIFF


def yes(_diff: str) -> bool:
    return True


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_marks_and_line_ends_stay(folder, newline, mark):
    path = folder / "refs.bib"
    path.write_bytes(mark + SLOPPY.replace("\n", newline).encode())
    assert fix(path, yes) == ""
    assert path.read_bytes() == mark + SLOPPY_FIXED.replace("\n", newline).encode()


def test_a_file_that_is_not_utf_8_is_refused(folder, capsys):
    path = folder / "refs.bib"
    data = SLOPPY.replace("A & B", "Ü & B").encode("latin-1")
    path.write_bytes(data)
    assert check(["--fix", "--yes"]) == 1
    out, err = capsys.readouterr()
    assert err == "refs.bib is not UTF-8 and stays as it is; save it as UTF-8 first\n"
    assert "bib_encoding" in out
    assert path.read_bytes() == data


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_mode_stays_and_nothing_is_left_beside_the_file(folder):
    path = folder / "refs.bib"
    write(path, SLOPPY)
    path.chmod(0o640)
    fix(path, yes)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [p.name for p in folder.iterdir()] == ["refs.bib"]


def test_a_link_stays_a_link(folder):
    write(folder / "data/real.bib", SLOPPY)
    link = folder / "link.bib"
    link.symlink_to("data/real.bib")
    fix(link, yes)
    assert link.is_symlink()
    assert (folder / "data/real.bib").read_text() == SLOPPY_FIXED


def test_a_read_only_file_is_refused_in_one_line(folder, capsys):
    path = folder / "refs.bib"
    write(path, SLOPPY)
    path.chmod(0o444)
    before = path.read_bytes()
    assert check(["--fix", "--yes"]) == 1
    assert capsys.readouterr().err == ("refs.bib is read-only and stays as it is\n")
    assert path.read_bytes() == before
    assert [p.name for p in folder.iterdir() if p.name.startswith(".")] == []


def test_a_file_changed_in_the_meantime_is_left(folder):
    path = folder / "refs.bib"
    write(path, SLOPPY)

    def edit(_diff: str) -> bool:
        write(path, CLEAN)
        return True

    assert fix(path, edit) == f"{path} was changed in the meantime and stays as it is"
    assert path.read_text() == CLEAN


def test_a_write_that_fails_leaves_the_file_whole(folder, monkeypatch):
    path = folder / "refs.bib"
    write(path, SLOPPY)

    def full(_path: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert fix(path, yes) == f"{path} cannot be written and stays as it is: No space left on device"
    assert path.read_text() == SLOPPY
    assert [p.name for p in folder.iterdir()] == ["refs.bib"]


# -- what a site leaves out -------------------------------------------------------------------


SITE = 'extensions = ["bibfolio", "sphinx_sitemap"]\nhtml_extra_path = ["extra", "robots.txt"]\n'


def test_what_is_not_written_is_told_and_no_failure(folder, capsys):
    """A file of others at an address of ours, and what needs the site's address."""
    write(folder / "conf.py", SITE)
    for name in ("extra/cards/a.png", "extra/a.md", "extra/b.md", "extra/x.txt", "robots.txt"):
        write(folder / name, "the owner's")
    write(folder / "a.md", "# A")
    assert check([]) == 0
    *lines, _summary = capsys.readouterr().out.splitlines()
    told = [line.split(": ", 2)[1:] for line in lines]
    assert [text.split(" ")[0] for kind, text in told if kind == "own_file"] == [
        *("a.md", "cards/a.png", "robots.txt", "sitemap.xml")
    ]
    assert [kind for kind, _text in told][:1] == ["no_address"]


@pytest.mark.parametrize(
    ("conf", "profile"),
    [
        ('extensions = ["bibfolio"]\nhtml_baseurl = "https://a.example.org"\n', PROFILE),
        ('import os\nextensions = ["bibfolio"]\nhtml_baseurl = os.environ["X"]\n', PROFILE),
        ('extensions = ["bibfolio"]\n', PROFILE + '[links]\nwebsite = "https://a.example.org"\n'),
        ('extensions = ["sphinxcontrib.bibtex", "bibfolio"]\n', PROFILE),
        ('extensions = ["bibfolio"]\nbibfolio_mode = "guest"\n', PROFILE),
    ],
)
def test_an_address_is_asked_for_only_where_none_is_given(folder, capsys, conf, profile):
    write(folder / "conf.py", conf)
    write(folder / "profile.toml", profile)
    assert check([]) == 0
    assert capsys.readouterr().out == ""
