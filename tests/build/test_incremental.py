"""What a build makes of an edit is what a clean build makes, byte for byte: nothing more or less.

Each build takes back the edit of the test before and does one of its own, so that what is added by
one is removed by the next. Whatever was built before, the result has to be that of a clean build;
after a failure the next tests begin from nothing.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.building import ROOTS
from tests.output import Output, contents, differences

ROOT = ROOTS / "whole"
PICTURE = "picture.png"
ENTRY = """
@misc{new2024entry, title = {A New Entry}, author = {Doe, Jane}, year = {2024}, url = {https://x.example.org/}}
"""


def change(path: str, old: str, new: str) -> Callable[[Output], None]:
    return lambda src: src.edit(path, old, new)


def add(path: str, text: str | bytes) -> Callable[[Output], None]:
    assert not (ROOT / path).exists()
    return lambda src: src.write(path, text)


def remove(path: str) -> Callable[[Output], None]:
    assert (ROOT / path).is_file()
    return lambda src: src.delete(path)


def together(*edits: Callable[[Output], None]) -> Callable[[Output], None]:
    def do(src: Output) -> None:
        for edit in edits:
            edit(src)

    return do


def swapped(src: Output) -> None:
    """Move the last entry above the one before it."""
    text = (src.src / "refs.bib").read_text(encoding="utf-8")
    above, last = text.index("@inproceedings{poe2023queue"), text.index("@misc{doe2023draftless")
    src.write("refs.bib", f"{text[:above]}{text[last:]}\n{text[above:last]}")


def unentered(src: Output) -> None:
    """Remove the entry that the home page lists and the essay cites nowhere."""
    text = (src.src / "refs.bib").read_text(encoding="utf-8")
    src.write("refs.bib", text[: text.index("@misc{doe2023draftless")])


EDITS = {
    # The bibliography.
    "an entry is edited": change("refs.bib", "Caches that Remember", "Caches that Forget"),
    "an entry moves in the file": lambda src: src.write(
        "refs.bib", "\n\n" + (src.src / "refs.bib").read_text(encoding="utf-8")
    ),
    "two entries of a year change places": swapped,
    "a summary is added": change(
        "refs.bib", "doi          =", "annotation   = {Caches forget.},\n  doi          ="
    ),
    "a field that only copies of an entry show": change(
        "refs.bib", "doi          =", "langid       = {english},\n  doi          ="
    ),
    "an entry moves to another year": change("refs.bib", "2023-11-05", "2019-11-05"),
    "an entry is added": lambda src: src.write(
        "refs.bib", (src.src / "refs.bib").read_text(encoding="utf-8") + ENTRY
    ),
    "an entry is removed": unentered,
    "an entry is renamed": change("refs.bib", "{doe2023draftless,", "{doe2023notes,"),
    "an entry is renamed by case alone": change("refs.bib", "{doe2023draftless,", "{Doe2023D,"),
    "an entry is hidden": change("refs.bib", "{prepublished}", "{inpreparation}"),
    "an entry is selected": change("refs.bib", "{storage}", "{storage, selected}"),
    # The profile.
    "the owner's name": change("profile.toml", '"Jane Doe"', '"Jane Roe"'),
    "an account": change("profile.toml", '"janedoe"', '"jane-roe"'),
    "an award": change("profile.toml", "Prize for Standing", "Prize for Sitting"),
    "the site's address": change("profile.toml", "https://jane.example.org", "https://roe.example"),
    "the site's address is gone": change("profile.toml", "website =", "# website ="),
    # Pages.
    "a page is edited": change("research/essay.md", "## Later", "## Much later"),
    "a page gets another title": change("research/essay.md", "# On waiting", "# On queues"),
    "a page cites nothing any more": change(
        "research/essay.md", "Also {cite:p}`doe2021cache`", "A"
    ),
    "a page is added": together(
        add("research/second.md", "# Second\n\nSee {cite:p}`doe2023draftless`.\n"),
        change("index.md", "research/essay\n", "research/essay\nresearch/second\n"),
    ),
    "a page is removed": together(remove("cv.md"), change("index.md", "\ncv\n", "\n")),
    "the 404 page is removed": remove("404.md"),
    "pages change places": change("index.md", "research/essay\ncv", "cv\nresearch/essay"),
    # What lies beside.
    "a note is edited": change("notes/doe2021cache.md", "caches", "stores"),
    "a note is added": add("notes/poe2023queue.md", "A word on *queues*.\n"),
    "a note is removed": remove("notes/doe2021cache.md"),
    "a PDF is added": add("files/papers/doe2021cache.pdf", b"%PDF-1.4 neither\n"),
    "a PDF is removed": remove("files/papers/poe2023queue.pdf"),
    "a PDF is replaced": lambda src: src.write("files/papers/poe2023queue.pdf", b"%PDF-1.5 new\n"),
    "a style file is edited": change("_static/css/lines.css", "1.5", "1.7"),
    "a style file is removed": together(
        remove("_static/css/sizes.css"), change("conf.py", ', "css/sizes.css"', "")
    ),
    "a static file is added": add("_static/sub/more.txt", "More to download.\n"),
    "a static file is removed": remove("_static/notice.txt"),
    "a picture is replaced": lambda src: src.write(PICTURE, (ROOT / PICTURE).read_bytes() + b"\0"),
    "a picture is removed": together(
        remove(PICTURE), change("index.md", "![A picture](picture.png)", "")
    ),
    "a download is removed": change("research/essay.md", "{download}`a table <table.csv>`", "more"),
    # Settings and templates.
    "a setting of pages": change("conf.py", "html_show_search_summary = False", ""),
    "a setting of reading": change("conf.py", '"author_year"', '"label"'),
    "a setting of ours": together(
        change("conf.py", "templates_path", 'bibfolio_files = "handouts"\ntemplates_path'),
        add("handouts/papers/doe2021cache.pdf", b"%PDF-1.4 elsewhere\n"),
    ),
    "no copies of the sources": change(
        "conf.py", "templates_path", "html_copy_source = False\ntemplates_path"
    ),
    "another theme": change("conf.py", 'html_theme = "bibfolio"', 'html_theme = "basic"'),
    "a redirect is added": change("conf.py", '{"about"', '{"me": "cv", "about"'),
    "a redirect is removed": change("conf.py", ', "old/essay": "research/essay"', ""),
    "a redirect leads elsewhere": change("conf.py", '"about": "index"', '"about": "cv"'),
    "a redirect becomes a page": together(
        change("conf.py", '"about": "index", ', ""),
        add("about.md", "# About\n\nA page of its own.\n"),
        change("index.md", "\ncv\n", "\ncv\nabout\n"),
    ),
    "no redirects": change("conf.py", '    "sphinxext.rediraffe",\n', ""),
    "the template of redirects": change("_templates/redirect.html", "New address", "It is here"),
    "a template": change("_templates/layout.html", "every page", "each page"),
    "a template is removed": remove("_templates/layout.html"),
}


@pytest.fixture(scope="module")
def clean(build_once):
    """`clean(SOURCE)`: what a build from nothing makes of these sources."""
    made: dict[str, dict[str, bytes]] = {}

    def build(src: Path) -> dict[str, bytes]:
        sources = {n: data for n, data in contents(src).items() if not n.startswith("papers/")}
        if repr(sources) not in made:
            gone = dict.fromkeys(contents(ROOT).keys() - sources.keys())
            built = build_once("whole", sources | gone, warnings=True)
            made[repr(sources)] = contents(built.out)
            shutil.rmtree(built.src.parent)
        return made[repr(sources)]

    return build


def restore(src, files: dict[str, bytes]) -> None:
    """Make the sources those *files*, papers/ aside; what is the same keeps its time."""
    for path in sorted(src.rglob("*")):
        name = path.relative_to(src).as_posix()
        if path.is_file() and name not in files and not name.startswith("papers/"):
            path.unlink()
    for name, data in files.items():
        path = src / name
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


@pytest.fixture(scope="module")
def shared(build_once):
    return build_once("whole")


@pytest.fixture
def whole(shared):
    """The site with the edit of the test before taken back, but not yet built again."""
    restore(shared.src, contents(ROOT))
    return shared


@pytest.mark.parametrize("edit", [*EDITS.values(), lambda src: None], ids=[*EDITS, "none"])
def test_an_incremental_build_makes_what_a_clean_one_makes(whole, clean, edit):
    edit(whole)
    again = whole.rebuild(warnings=True)
    found = differences(contents(again.out), clean(whole.src))
    if found:
        shutil.rmtree(again.src.parent / "built")
    assert found == []


def test_every_edit_changes_what_is_built(whole, clean):
    """Else an edit that does nothing would pass above."""
    before = clean(whole.src)
    silent = []
    for name, edit in EDITS.items():
        edit(whole)
        silent += [name] if clean(whole.src) == before else []
        restore(whole.src, contents(ROOT))
    assert silent == ["an entry moves in the file"]
