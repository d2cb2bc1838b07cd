"""A build does no work twice, and not more for each paper the more there are.

Counted, never timed: `make bench` takes the time.
"""

from __future__ import annotations

import os

import pytest
from sphinxcontrib.bibtex.style.referencing import format_references

from bibfolio.assets.social_card import paint
from bibfolio.machines.exports import csl, ris
from bibfolio.machines.jsonld import article
from bibfolio.machines.scholar import scholar_tags
from bibfolio.machines.twins import markdown
from bibfolio.model.record import record_of
from bibfolio.pages.cards import card
from bibfolio.pages.landing import page
from bibfolio.pages.style import Card, Style
from bibfolio.sources.bib import parse_bibliography
from bibfolio.sources.lint import lint_bibliography
from tests.work import calls_of, name_of, steps

ESSAYS = 2


def entry(number: int) -> str:
    """An entry; all are of one kind and one size, so that twice as many are twice the work."""
    return f"""\
@inproceedings{{doe{number:03},
  title           = {{Paper {number:03} on {{\\"U}}ber-Caches}},
  author          = {{Doe, Jane and M{{\\"u}}ller, Zo{{\\"e}}}},
  booktitle       = {{Proceedings of the Conference on Waiting}},
  eventtitleaddon = {{WAIT {2001 + number % 3}}},
  year            = {{{2001 + number % 3}}},
  doi             = {{10.1000/cache.{number:03}}},
  keywords        = {{storage}},
  annotation      = {{Caches remember. This one is number {number:03}.}},
}}
"""


def files(size: int) -> dict[str, str]:
    """A site of so many papers: two lists of all, a CV, and essays that cite every fourth."""
    pages = {
        "refs.bib": "\n".join(entry(number) for number in range(size)),
        "publications.md": "# Papers\n\n```{publications}\n:group: year\n```\n",
        "cv.md": "# CV\n\n```{profile} cv\n```\n\n```{publications}\n:mirror:\n```\n",
    }
    for essay in range(ESSAYS):
        roles = ("{cite:p}", "{cite:t}")
        cited = range(essay, size, 4 * ESSAYS)
        text = "\n\n".join(f"See {roles[n % 2]}`doe{n:03}`." for n in cited)
        pages[f"essay{essay}.md"] = f"# Essay {essay}\n\n{text}\n"
    tree = "\n".join(name.removesuffix(".md") for name in pages if name.endswith(".md"))
    return pages | {"index.md": f"# Home\n\n```{{toctree}}\n{tree}\n```\n"}


def keys(size: int) -> set[str]:
    return {f"doe{number:03}" for number in range(size)}


# -- formatted once ------------------------------------------------------------------------------

#: What makes a form of one paper → which paper that is, from its arguments.
FORMS = {
    Style.format_entry: lambda given: given["entry"].key,
    card: lambda given: given["paper"].key,
    page: lambda given: given["paper"].key,
    record_of: lambda given: given["paper"].key,
    ris: lambda given: given["record"].key,
    csl: lambda given: given["record"].key,
    scholar_tags: lambda given: given["record"].key,
    article: lambda given: given["record"].key,
}
#: Those that some papers have: a citation in each of its two forms, and what it says in a tooltip.
CITED = {
    Card.__str__: lambda given: given["self"].paper.key,
    format_references: lambda given: (given["role_name"], *(r[0].key for r in given["references"])),
}


#: What is not so yet → why.
TWICE = {
    Style.format_entry: "sphinxcontrib-bibtex formats for each list, and once more for tooltips",
}
TWICE_CITED = {
    Card.__str__: "sphinxcontrib-bibtex renders the tooltip of every citation",
    format_references: "sphinxcontrib-bibtex formats every citation where it stands",
}


#: One of each for every page: which page, or how many.
BESIDE = {markdown: lambda given: given["url"], paint: lambda given: len(given["cards"])}


@pytest.fixture(scope="module", params=["basic", "bibfolio"])
def made(build_once, request):
    """A build of eight papers, one cited on many pages; and how often what was made."""
    text = "See {cite:p}`doe002`, {cite:p}`doe002` and {cite:t}`doe002`.\n"
    more = {f"more{n}.md": f"---\norphan: true\n---\n\n# More\n\n{text}" for n in range(3)}
    with calls_of(FORMS | CITED | BESIDE) as found:
        built = build_once("minimal", files(8) | more, html_theme=request.param)
    return built, found


def forms(subjects, reasons):
    """Parameters: functions, those with a reason expected to fail."""
    unknown = reasons.keys() - subjects.keys()
    assert not unknown, unknown
    return [
        pytest.param(
            form,
            id=name_of(form),
            marks=[pytest.mark.xfail(reason=reasons[form])] if form in reasons else [],
        )
        for form in subjects
    ]


@pytest.mark.parametrize("form", forms(FORMS, TWICE))
def test_a_paper_is_formatted_once(made, form):
    assert made[1][name_of(form)] == dict.fromkeys(keys(8), 1)


@pytest.mark.parametrize("form", forms(CITED, TWICE_CITED))
def test_a_cited_paper_is_formatted_once(made, form):
    counts = made[1][name_of(form)]
    assert counts
    assert set(counts.values()) == {1}


def test_every_page_has_one_twin_and_one_picture(made):
    built, found = made
    pages = len(built.written)
    assert sorted(found[name_of(markdown)].values()) == [1] * pages
    # Those of papers are begun first.
    assert sorted(found[name_of(paint)].elements()) == sorted([8, pages - 8])


# -- nothing for nothing -------------------------------------------------------------------------


def test_an_unchanged_site_is_neither_read_nor_written(build):
    """Not one file of it: test_standstill.py."""
    again = build("minimal", files(4)).rebuild()
    assert (again.read, again.written) == (set(), set())


AGAIN = {Style.format_entry: "sphinxcontrib-bibtex formats all lists at the end of reading"}


@pytest.fixture(scope="module")
def unchanged(build_once):
    """How often what was made in a second build."""
    built = build_once("minimal", files(4))
    with calls_of(FORMS | CITED) as found:
        built.rebuild()
    return found


@pytest.mark.parametrize("form", forms(FORMS | CITED, AGAIN))
def test_an_unchanged_paper_is_not_formatted_again(unchanged, form):
    assert not unchanged[name_of(form)]


#: What reads all that is in `refs.bib`, and what judges it.
READERS = {
    parse_bibliography: lambda given: given["name"],
    lint_bibliography: lambda given: "rules",
}


def reads_again(built, warnings=()):
    """Whether a further build, which gives just these *warnings*, reads the bibliography."""
    with calls_of(READERS) as found:
        built.rebuild(warnings=warnings)
    counts = [sum(calls.values()) for calls in found.values()]
    assert counts in ([0, 0], [1, 1])
    return counts == [1, 1]


def test_an_unchanged_bibliography_is_not_read_again_and_its_faults_are_told(build):
    text = entry(1) + "@misc{bad, title = {Bad}, year = {2020}, url = {ftp://a.example.org}}\n"
    told = ["url is not an http"]
    built = build("minimal", {"refs.bib": text}, warnings=told)
    assert not reads_again(built, told)
    built.edit("refs.bib", "Caches remember", "Caches forget")
    assert reads_again(built, told)
    assert not reads_again(built, told)


def test_an_essay_that_is_edited_leaves_the_bibliography_alone(build):
    built = build("minimal", files(4))
    built.edit("essay0.md", "# Essay 0", "# Essay 0\n\nSome more words.")
    assert not reads_again(built)


def test_a_bibliography_is_read_again_if_the_owner_or_the_files_are_others(build):
    built = build("minimal", {"files/papers/doe2021cache.pdf": b"%PDF"})
    built.edit("profile.toml", '"J. Doe"', '"J. Doe", "Doe"')
    assert reads_again(built)
    built.write("files/papers/poe2023queue.pdf", b"%PDF")
    assert reads_again(built)
    built.options["confoverrides"]["bibfolio_files"] = "handed"
    assert reads_again(built)
    assert not reads_again(built)


def test_with_a_fresh_environment_the_bibliography_is_read_again(build):
    built = build("minimal")
    (environment,) = built.src.parent.rglob("environment.pickle")
    environment.unlink()
    assert reads_again(built)


def test_what_was_read_is_read_again_if_it_was_not_kept_whole(build):
    built = build("minimal")
    (kept,) = built.src.parent.rglob("bibliography.pickle")
    for data in (b"", kept.read_bytes()[:-100]):
        kept.write_bytes(data)
        assert reads_again(built)
        assert not reads_again(built)


def test_a_paper_that_a_new_page_cites_is_the_only_one_formatted_again(build):
    """Its page is written, with a link back; the files of all papers are what they were."""
    built = build("minimal", files(4))
    built.edit("essay0.md", "# Essay 0", "# Essay 0\n\nSee {cite:p}`doe003`.")
    with calls_of({record_of: FORMS[record_of], ris: FORMS[ris], csl: FORMS[csl]}) as found:
        assert "papers/doe003" in built.rebuild().written
    assert {name_of(form): found[name_of(form)] for form in (record_of, ris, csl)} == {
        name_of(form): {"doe003": 1} for form in (record_of, ris, csl)
    }


def test_an_edited_title_writes_the_pages_that_show_it(build):
    """The paper's page, its neighbours', the lists, and the essay that cites it.

    Sphinx writes the page with the toctree again whenever a page in it was read.
    """
    built = build("minimal", files(12))
    built.edit("refs.bib", "Paper 008 on", "Paper 008, revised, on")
    again = built.rebuild()
    #: Newest first, and of a year the first in the file first.
    neighbours = {"papers/doe005", "papers/doe011"}
    assert again.written == {"papers/doe008", *neighbours, "publications", "cv", "essay0", "index"}


def test_an_edited_summary_writes_the_page_of_the_paper(build):
    """Which alone shows it, unless a list is drawn or chosen by whatever an entry may say."""
    built = build("minimal", files(12))
    built.edit("refs.bib", "number 008", "number eight")
    again = built.rebuild()
    assert (again.read, again.written) == ({"papers/doe008"}, {"papers/doe008"})
    assert "number eight" in again.text("papers/doe008.md")
    assert "number eight" in again.text("publications.ris")


def test_a_list_that_is_chosen_by_any_field_is_read_again_with_the_bibliography(build):
    chosen = '# Eight\n\n```{publications}\n:filter: annotation % "eight"\n```\n'
    pages = files(12) | {"chosen.md": f"---\norphan: true\n---\n{chosen}"}
    built = build("minimal", pages)
    built.edit("refs.bib", "number 008", "number eight")
    again = built.rebuild()
    assert again.written == {"papers/doe008", "chosen"}
    assert len(again.cards("chosen")) == 1


def test_what_a_list_is_chosen_by_is_compared_and_not_when_it_was_saved(build):
    """Copies and archives bring files with the times they had."""
    native = '```{bibliography}\n:list: bullet\n:keyprefix: n-\n:filter: langid % "german"\n```\n'
    pages = {"native.md": f"---\norphan: true\n---\n# N\n\n{native}", "refs.bib": entry(1)}
    built = build("minimal", pages)
    built.edit("refs.bib", "  doi ", "  langid = {german},\n  doi ")
    os.utime(built.src / "refs.bib", (0, 0))
    assert "Paper 001" in built.rebuild().main("native").get_text()


def test_a_label_of_another_style_is_written_again_wherever_it_stands(build):
    def labelled(label):
        return f"@misc{{manx, title = {{A Cat}}, key = {{{label}}}, year = {{2020}}}}\n"

    listed = "# Papers\n\n```{bibliography}\n:style: alpha\n:all:\n```\n"
    cited = "---\norphan: true\n---\n# C\n\nSee {cite:p}`manx`.\n"
    files = {"refs.bib": labelled("Alpha"), "index.md": listed, "cited.md": cited}
    built = build("minimal", files, bibtex_reference_style="label")
    built.write("refs.bib", labelled("Other"))
    assert "[Oth20]" in built.rebuild().main("cited").get_text()


def test_what_programs_read_of_all_papers_is_written_without_any_list(build):
    built = build("minimal", {"index.md": "# Home\n", "refs.bib": entry(1)})
    assert "Paper 001" in built.text("index.html")
    built.edit("refs.bib", "Paper 001", "Another 001")
    again = built.rebuild().text("index.html")
    assert "Another 001" in again
    assert "Paper 001" not in again


def test_lists_in_another_style_are_read_again_whatever_changes(build):
    built = build("minimal", files(12), bibtex_default_style="alpha")
    built.edit("refs.bib", "number 008", "number eight")
    assert {"publications", "cv", "essay0", "papers/doe008"} <= built.rebuild().written


def test_an_edited_essay_writes_no_other_page(build):
    built = build("minimal", files(12))
    built.edit("essay0.md", "# Essay 0", "# Essay 0\n\nSome more words.")
    assert built.rebuild().written == {"essay0", "index"}


# -- not quadratic -------------------------------------------------------------------------------

FEW, MANY = 8, 32
#: Steps for each paper, of which less would be nothing to care for.
NOTABLE = 4
#: Four times the papers are four times the work, and a little more.
MOST = 4.4
#: Libraries compare while sorting: 6 times. A square is 16 times.
MOST_OF_OTHERS = 8
#: Keeps what it found for the last 128 addresses (functools.lru_cache): with few papers, for all.
REMEMBERING = "urllib/parse.py:"


@pytest.fixture(scope="module")
def growth(build_once):
    """Function → its work with few papers and with four times as many."""
    counted = []
    for size in (FEW, MANY):
        with steps() as counts:
            build_once("minimal", files(size), html_theme="bibfolio")
        counted.append(counts)
    few, many = counted
    return {name: (few[name], many[name]) for name in many}


def test_no_step_of_ours_is_quadratic(growth):
    ours = {name: pair for name, pair in growth.items() if name.startswith("bibfolio/")}
    assert sum(many for _, many in ours.values()) > 100 * MANY
    assert too_fast(ours, MOST) == {}


@pytest.mark.xfail(reason="sphinxcontrib-bibtex looks for the citations of each entry among all")
def test_no_step_of_a_library_is_quadratic(growth):
    others = {
        name: pair
        for name, pair in growth.items()
        if not name.startswith(("bibfolio/", REMEMBERING))
    }
    assert sum(many for _, many in others.values()) > 1000 * MANY
    assert too_fast(others, MOST_OF_OTHERS) == {}


def too_fast(growth, most):
    """Those that have more to do than *most* times as much."""
    return {
        name: f"{few} → {many}"
        for name, (few, many) in growth.items()
        if many > NOTABLE * MANY and many > most * few
    }
