"""An incremental build makes what a clean one makes, and loses nothing foreign."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from tests.output import Output

KEY = "doe2021cache"
TITLE = "Caches that Remember"
ENTRY = "\n@misc{new2024entry, title = {A New Entry}, author = {Doe, Jane}, year = {2024}}\n"


def change(path: str, old: str, new: str) -> Callable[[Output], None]:
    return lambda site: site.edit(path, old, new)


def bibliography(edit: Callable[[str], str]) -> Callable[[Output], None]:
    def do(site: Output) -> None:
        site.write("refs.bib", edit((site.src / "refs.bib").read_text(encoding="utf-8")))

    return do


def swapped(text: str) -> str:
    """Move the last entry above the one before it."""
    above, last = text.index("@inproceedings{poe2023queue"), text.index("@misc{doe2023draftless")
    return f"{text[:above]}{text[last:]}\n{text[above:last]}"


EDITS: dict[str, Callable[[Output], None]] = {
    "an entry is edited": change("refs.bib", TITLE, "Caches that Forget"),
    "an entry gets a summary": change("refs.bib", "doi ", "annotation = {Short.},\n  doi "),
    "an entry moves in the file": bibliography(lambda text: f"\n\n{text}"),
    "two entries of a year change places": bibliography(swapped),
    "an entry moves to another year": change("refs.bib", "2023-11-05", "2019-11-05"),
    "an entry is added": bibliography(lambda text: text + ENTRY),
    "an entry is removed": bibliography(lambda text: text[: text.index("@misc{doe2023draftless")]),
    "an entry is renamed": change("refs.bib", "{doe2023draftless,", "{doe2023notes,"),
    "an entry is hidden": change("refs.bib", "{prepublished}", "{inpreparation}"),
    "an account of the owner": change("profile.toml", "[links]\n", '[links]\ngithub = "roe"\n'),
    "the owner's name": change("profile.toml", '"Jane Doe"', '"Jane Roe"'),
    "a page is edited": change("waiting.md", "# On waiting", "# On waiting\n\nMuch later."),
    "a page cites nothing any more": lambda site: site.write("waiting.md", "# On waiting\n"),
    "a note is added": lambda site: site.write("notes/poe2023queue.md", "A word on *queues*.\n"),
    "a PDF is added": lambda site: site.write(f"files/papers/{KEY}.pdf", b"%PDF-1.4 none\n"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_reaches_every_page_and_file_that_shows_it(build, edit):
    built = build("citing")
    EDITS[edit](built)
    again, clean = built.rebuild(warnings=True), built.build_clean()
    # Sphinx keeps a copy of this where the configuration has changed.
    assert sorted((again.files.keys() ^ clean.files.keys()) - {".buildinfo.bak"}) == []
    assert [name for name, data in clean.files.items() if again.files[name] != data] == []


# -- what is gone ------------------------------------------------------------------------------


def files_with(built, *words: str) -> list[str]:
    """Files of the output that are named after one of these words, or say it."""
    return [
        name
        for name, data in built.files.items()
        if any(word in name or word.encode() in data for word in words)
    ]


@pytest.mark.parametrize("builder", ["dirhtml", "html"])
def test_a_paper_that_becomes_a_draft_can_be_read_nowhere(build, builder):
    built = build("citing", {"notes/memory.md": "# On memory\n"}, builder=builder)
    assert {"html", "bib", "ris", "json", "md"} <= {n.rpartition(".")[2] for n in built.files}
    built.edit("refs.bib", "{doe2021cache,", "{doe2021cache,\n  pubstate = {inpreparation},")
    again = built.rebuild(warnings=True)
    assert files_with(again, KEY, TITLE, "Remember") == []
    assert not (again.src / "papers" / f"{KEY}.paper").exists()


@pytest.mark.parametrize("is_fresh", [False, True])
def test_nothing_foreign_in_the_output_is_deleted_or_written_over(build, is_fresh):
    built = build("citing")
    foreign = {
        "CNAME": "jane.example.org\n",
        ".nojekyll": "",
        ".git/config": "[core]\n",
        "papers/mine/index.html": "<p>mine",
        "cards/mine.png": "mine",
        "files/old.pdf": "mine",
    }
    for path, text in foreign.items():
        target = built.out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    built.edit("refs.bib", "{doe2023draftless,", "{doe2023notes,")
    if is_fresh:
        shutil.rmtree(built.out.parent / "doctrees", ignore_errors=True)
    again = built.rebuild(warnings=True)
    assert {path: (again.out / path).read_text(encoding="utf-8") for path in foreign} == foreign


def test_a_redirect_from_the_old_address_of_a_paper_stays(build):
    built = build("citing")
    built.edit("refs.bib", "{doe2021cache,", "{doe2021forget,")
    for page in ("waiting.md", "notes/memory.md"):
        built.write(page, f"# {page}\n")
    conf = (built.src / "conf.py").read_text(encoding="utf-8")
    redirect = '{"papers/doe2021cache": "papers/doe2021forget"}'
    built.write("conf.py", f"{conf}rediraffe_redirects = {redirect}\n")
    again = built.rebuild(warnings=True)
    assert b"doe2021forget" in again.files["papers/doe2021cache/index.html"]


def test_a_build_in_another_format_hides_no_change_from_the_site(build):
    built = build("citing")
    built.edit("refs.bib", TITLE, "Caches that Forget")
    built.rebuild_as("text")
    assert "Caches that Forget" in built.rebuild().paper(KEY).title
