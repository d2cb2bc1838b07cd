"""An incremental build makes what a clean build makes; nothing foreign is lost."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable

import pytest

from tests.building import ROOTS, Built, copy_root, run_sphinx
from tests.output import Output
from tests.photographs import photograph

KEY = "doe2021cache"
TITLE = "Caches that Remember"
NEW = "# New\n\n{cite:t}`poe2023queue`\n"
#: What entries of the root `citing` have more; a paper that a note alone links with another.
FIELDS = {
    f"{{{TITLE}}},": "gist = {It remembers.}, results = {2× less}, figurealt = {A line.},",
    "{Conference on Waiting},": "figurealt = {A queue.}, shorttitle = {Queue},",
}
FAR = "@misc{far, title = {Far Away}, shorttitle = {Far}, author = {Roe, Ann}, year = {2001}}\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 100"><path d="M0 0h9"/></svg>'


PROFILE = """
[[awards]]
title = "Prize for Standing"
year = 2022

[[talks]]
title = "On Queues"
date = "2023-06-07"
event = "Day of Lines"
paper = "poe2023queue"

[[news]]
date = "2023-12"
text = "Our *draftless* writing is out: {bib:paper}`doe2023draftless`"

[[software]]
name = "Stool Kit"
papers = ["doe2021cache"]
"""
#: Everything that shows papers or the profile, each on a page.
PAGES = {
    "news.md": "# News\n\n```{news}\n```\n",
    "talks.md": "# Talks\n\n```{talks}\n```\n",
    "software.md": "# Software\n\n```{software}\n```\n",
    "cv.md": "# CV\n\n```{profile} cv\n```\n\n```{cv}\n```\n",
    "waiting.md": "# On waiting\n\nOf {cite:t}`poe2023queue` people read {cite:p}`doe2021cache`.\n",
    "notes/far.md": "It follows {cite:t}`doe2021cache`.\n",
}
HOME = """
```{toctree}
news
talks
software
cv
```

```{profile} card
:latest: 2
```

```{timeline}
```

```{coauthors}
```
"""


def whole() -> dict[str, str | bytes]:
    """The files that the root `citing` gets on top: figures, tables, and a page for everything."""
    bib, home, profile = (
        (ROOTS / "citing" / name).read_text(encoding="utf-8")
        for name in ("refs.bib", "index.md", "profile.toml")
    )
    bib += FAR
    for line, more in FIELDS.items():
        assert bib.count(line) == 1
        bib = bib.replace(line, f"{line}\n  {more}")
    return {
        **PAGES,
        "refs.bib": bib,
        "index.md": home + HOME,
        "profile.toml": profile + PROFILE,
        f"figures/{KEY}.svg": SVG,
        "figures/poe2023queue.png": photograph(200, 125, "PNG"),
    }


ENTRY = "\n@misc{new2024entry, title = {A New Entry}, author = {Doe, Jane}, year = {2024}}\n"
Edit = Callable[[Output], None]


def change(path: str, old: str, new: str) -> Edit:
    return lambda site: site.edit(path, old, new)


def bibliography(edit: Callable[[str], str]) -> Edit:
    def do(site: Output) -> None:
        site.write("refs.bib", edit((site.src / "refs.bib").read_text(encoding="utf-8")))

    return do


def page(path: str, text: str | bytes) -> Edit:
    return lambda site: site.write(path, text)


def swapped(text: str) -> str:
    """Move the last entry above the one before it."""
    above, last = text.index("@inproceedings{poe2023queue"), text.index("@misc{doe2023draftless")
    return f"{text[:above]}{text[last:]}\n{text[above:last]}"


def without(text: str) -> str:
    return re.sub(r"@misc\{doe2023.*?\n\}\n", "", text, flags=re.DOTALL)


def moved(site: Output) -> None:
    """Move the list of papers to another page, which its citations and papers then lead to."""
    text = (site.src / "publications.md").read_text(encoding="utf-8")
    site.write("publications.md", "# Publications\n")
    site.write("works.md", f"---\norphan: true\n---\n\n{text}")


def without_figure(site: Output) -> None:
    site.delete(f"figures/{KEY}.svg")
    bibliography(lambda text: re.sub(r"figurealt = \{\w+ line\.\},", "", text))(site)


def with_figure(site: Output) -> None:
    site.write("figures/far.svg", SVG)
    site.edit("refs.bib", "{Far},", "{Far}, figurealt = {Far away},")


def page_gone(site: Output) -> None:
    site.delete("waiting.md")
    site.edit("index.md", "waiting\n", "")


#: What bibliography and profile say, one edit after the other.
SAID: dict[str, Edit] = {
    "an entry is edited": change("refs.bib", TITLE, "Caches that Forget"),
    "two entries of a year change places": bibliography(swapped),
    "an entry is renamed": change("refs.bib", "{doe2023draftless,", "{doe2023notes,"),
    "an entry is hidden": change("refs.bib", "{prepublished}", "{inpreparation}"),
    "the owner's name": change("profile.toml", '"Jane Doe"', '"Jane Roe"'),
    "the paper of a talk": change("profile.toml", 'paper = "poe2023queue"', f'paper = "{KEY}"'),
}
#: More of it.
SAID_TOO: dict[str, Edit] = {
    "an entry is added": bibliography(lambda text: text + ENTRY),
    "an entry is removed": bibliography(without),
    "an entry gets a summary": change("refs.bib", "doi ", "annotation = {Short.},\n  doi "),
    "an entry moves to another year": change("refs.bib", "2023-11-05", "2019-11-05"),
    "what is seen on a figure": change("refs.bib", "{A line.}", "{One line.}"),
    "a gist": change("refs.bib", "{It remembers.}", "{It forgets.}"),
    "results": change("refs.bib", "{2× less}", "{3× less}"),
    # All other topics get another colour.
    "a topic comes first": change("refs.bib", "{Far},", "{Far}, keywords = {aardvarks},"),
    "the short title of a paper near others": change("refs.bib", "{Queue},", "{Line},"),
    "the short title of one that cites another": change("refs.bib", "{Far},", "{Off},"),
    "a co-author": change("refs.bib", "{Doe, Jane and Poe, Edgar}", "{Doe, Jane and Roe, Ann}"),
    "a figure is added": with_figure,
    "a figure is removed": without_figure,
    "an account of the owner": change("profile.toml", "[links]\n", '[links]\ngithub = "roe"\n'),
    "the home page of the owner": change("profile.toml", "jane.example.org", "doe.example.org"),
    "an award": change("profile.toml", "Prize for Standing", "Prize for Waiting"),
}
#: What pages say, and files beside them: pairs that have nothing to do with each other.
BESIDE: dict[str, Edit] = {
    "an entry moves in the file": bibliography(lambda text: f"\n\n{text}"),
    "a drawing is changed": change(f"figures/{KEY}.svg", "h9", "h8"),
    "a picture is changed": page("figures/poe2023queue.png", photograph(160, 100, "PNG")),
    "a section": change("waiting.md", "Of {cite", "## Then\n\nOf {cite"),
    "a PDF is added": page(f"files/papers/{KEY}.pdf", b"%PDF-1.4 none\n"),
    "the news are limited": change("news.md", "{news}", "{news}\n:limit: 9"),
    "slides are added": page("files/slides/on-queues.pdf", b"%PDF-1.4 none\n"),
    "a note cites nothing any more": page("notes/far.md", "It follows.\n"),
    "a note is added": page("notes/poe2023queue.md", "A word on *queues*.\n"),
    "another citation": change("waiting.md", "Of {cite", "{cite:p}`far`. Of {cite"),
    "the sentence of an essay": change("waiting.md", "people read", "some say in"),
    "the news are of talks": change("news.md", "{news}", "{news}\n:derived: talks"),
    "no page has news": page("news.md", "# News\n"),
    "a page is edited": change("waiting.md", "# On waiting", "# On waiting\n\nMuch later."),
    "the talks are gone": page("talks.md", "# Talks\n"),
    "a page cites nothing any more": page("waiting.md", "# On waiting\n"),
    "a page is added": page("new.md", f"---\norphan: true\n---\n\n{NEW}"),
    "the talks are elsewhere": page("software.md", "# Software\n\n```{talks}\n```\n"),
    "a note is gone": lambda site: site.delete("notes/far.md"),
    "a page that cites is gone": page_gone,
    "the list moves to another page": moved,
    "the title of a page in the header": change("news.md", "# News", "# Old news"),
}


def unlike_clean(built: Built) -> list[str]:
    """Files that a clean build makes otherwise: titles, neighbours, lists, feeds, pictures, twins …

    Sphinx keeps a copy of `.buildinfo` where the configuration has changed, and never deletes
    pictures, nor what it made of a page that is gone.
    """
    clean, have = built.build_clean().files, built.files
    kept = r"_images/" if (built.src / "waiting.md").exists() else r"_images/|(\w+/)?waiting\b"
    more = {name for name in have.keys() - clean.keys() if not re.match(kept, name)}
    return sorted(
        (more - {".buildinfo.bak"}) | {n for n, data in clean.items() if have.get(n) != data}
    )


def test_what_bibliography_and_profile_say_has_all_pages_of_a_site_read_again(build):
    built = build("citing", whole())
    for words, edit in SAID.items():
        edit(built)
        built = built.rebuild(warnings=True)
        sources = {p.relative_to(built.src).with_suffix("") for p in built.src.rglob("*.md")}
        pages = {path.as_posix() for path in sources if path.parts[:2] != ("notes", "far")}
        papers = {f"papers/{path.stem}" for path in (built.src / "papers").glob("*.paper")}
        assert built.read == pages | papers, words
    assert unlike_clean(built) == []


def test_an_edit_of_a_page_or_a_file_reaches_every_page_that_shows_it(build):
    built = build("citing", whole())
    edits = iter(BESIDE.items())
    for number, ((one, edit), (other, another)) in enumerate(zip(edits, edits, strict=True)):
        before = built.files
        edit(built)
        another(built)
        built = built.rebuild(warnings=True)
        assert built.files != before, (one, other)
        if number % 2 == 0:
            assert (one, other, unlike_clean(built)) == (one, other, [])


@pytest.mark.slow
@pytest.mark.parametrize("edit", [*SAID, *SAID_TOO, *BESIDE])
def test_any_edit_alone_reaches_every_page_that_shows_it(build, edit):
    built = build("citing", whole())
    (SAID | SAID_TOO | BESIDE)[edit](built)
    assert unlike_clean(built.rebuild(warnings=True)) == []


# -- nothing more than that --------------------------------------------------------------------

#: Written anew in every build, by Sphinx and by sphinxext-rediraffe.
NOT_OURS = ("_static/", "searchindex.js", "objects.inv", ".buildinfo", "_rediraffe")
HIDDEN = {"404", "search", "genindex"}


def times(built) -> dict[str, int]:
    """When each file was last written, but for those that others always write."""
    return {
        name: (built.out / name).stat().st_mtime_ns
        for name in built.files
        if not name.startswith(NOT_OURS) and name.split("/")[0].split(".")[0] not in HIDDEN
    }


@pytest.mark.parametrize(
    ("root", "builder", "parallel"),
    [("citing", "dirhtml", 0), ("citing", "html", 2), ("person", "dirhtml", 0)],
)
def test_a_second_build_without_changes_reads_nothing_and_writes_no_file_again(
    build, root, builder, parallel
):
    first = build(root, builder=builder, parallel=parallel)
    before = times(first)
    assert {"html", "md", "json", "png", "xml", "txt"} <= {n.rpartition(".")[2] for n in before}
    time.sleep(0.01)
    second = first.rebuild()
    assert (second.read, second.written) == (set(), set())
    assert times(second) == before
    assert second.files == first.files


def test_a_comment_or_other_spacing_in_the_bibliography_changes_nothing(build):
    """sphinxcontrib-bibtex has pages with a list read again whenever the file is newer."""
    built = build("citing")
    pages = {name: data for name, data in built.files.items() if name.endswith(".html")}
    built.edit("refs.bib", "@article{doe2021cache,", "% Note to self.\n\n@ARTICLE{doe2021cache,")
    again = built.rebuild()
    assert not {"waiting", "notes/memory"} & (again.read | again.written)
    assert {name: again.files[name] for name in pages} == pages


def test_another_process_goes_on_where_one_ended_also_below_the_sources(tmp_path):
    """`sphinx-build . _build/html`, as every manual has it."""
    src = copy_root("citing", {}, tmp_path.resolve() / "src").src
    arguments = ("-b", "dirhtml", "-n", "-W", "--keep-going")
    first = run_sphinx(src, src / "_build", *arguments)
    again = run_sphinx(src, src / "_build", *arguments)
    assert (first.returncode, again.returncode) == (0, 0), again.stderr
    assert "loading pickled environment... done" in again.stdout
    assert "0 added, 0 changed, 0 removed" in again.stdout


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


def test_an_entry_that_goes_is_told_where_it_was_cited_and_cited_again_when_it_is_back(build):
    """Removed, or a draft again."""
    built = build("citing")
    text = (built.src / "refs.bib").read_text(encoding="utf-8")
    for less in (text[: text.index("@misc{")], text.replace("{prepublished}", "{inpreparation}")):
        built.write("refs.bib", less)
        told = "waiting.md:7:11: ERROR: doe2023draftless: "
        gone = built.rebuild(warnings=[told])
        assert files_with(gone, "Writing without") == []
        gone.write("refs.bib", text)
        built = gone.rebuild()
        (link,) = built.main("waiting").select('.bibtex-citation a[href$="doe2023draftless"]')
        assert link["href"] == "../publications/#cite-doe2023draftless"


def test_a_preprint_that_gets_published_keeps_its_anchor(build):
    built = build("citing")
    ids = {card.id for card in built.cards("publications")}
    built.edit("refs.bib", "pubstate    = {prepublished},", "journal = {Journal of Quills},")
    cards = {card.id: card for card in built.rebuild().cards("publications")}
    assert cards.keys() == ids
    assert "Journal of Quills" in cards["cite-doe2023draftless"].venue
    assert cards["cite-doe2023draftless"].badge != "Preprint"


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


def test_citations_follow_when_the_list_that_they_led_to_is_gone(build):
    pages = {
        "index.md": "# P\n\n{cite:p}`doe2021cache`\n\n```{toctree}\nlists\nrefs\n```\n",
        "lists.md": "# L\n\n```{publications}\n```\n",
        "refs.md": "# R\n\n```{bibliography}\n:all:\n```\n",
    }
    built = build("minimal", pages)
    assert built.main("index").select_one(".bibtex-citation a")["href"].startswith("refs/")
    built.write("refs.md", "# R\n")
    again = built.rebuild()
    assert again.main("index").select_one(".bibtex-citation a")["href"].startswith("lists/")
