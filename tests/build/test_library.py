"""The second build: what an edit of `refs.bib` or `profile.toml` changes, and nothing else."""

import pytest

from tests.building import copy_root, run_sphinx

QUEUE = "Queue: Waiting in C++"


@pytest.fixture
def citing(build):
    return build("citing")


@pytest.fixture
def person(build):
    return build("person")


def labels(built, page):
    return [tag.get_text() for tag in built.main(page).select(".bibtex-citation")]


# -- nothing changed ----------------------------------------------------------------------------


@pytest.mark.parametrize("root", ["minimal", "citing", "person"])
def test_a_second_build_without_changes_reads_and_writes_no_page(build, root):
    first = build(root)
    before = {page: page.stat().st_mtime_ns for page in map(first.page, first.written)}
    second = first.rebuild()
    assert (second.read, second.written) == (set(), set())
    assert {page: page.stat().st_mtime_ns for page in before} == before


@pytest.mark.parametrize("root", ["minimal", "citing", "person"])
def test_a_second_build_without_changes_leaves_every_file_as_it_was(build, root):
    first = build(root)
    files = first.files
    assert first.rebuild().files == files


def test_a_comment_or_other_spacing_in_the_bibliography_changes_nothing(citing):
    """sphinxcontrib-bibtex has pages with a list read again whenever the file is newer."""
    pages = {name: data for name, data in citing.files.items() if name.endswith(".html")}
    citing.edit("refs.bib", "@article{doe2021cache,", "% Note to self.\n\n@ARTICLE{doe2021cache,")
    again = citing.rebuild()
    assert not {"waiting", "notes/memory"} & (again.read | again.written)
    assert {name: again.files[name] for name in pages} == pages


def test_an_incremental_build_makes_what_a_full_build_makes(build, citing):
    citing.edit("refs.bib", "year            = {2023}", "year            = {2026}")
    again = citing.rebuild()
    files = {"refs.bib": (again.src / "refs.bib").read_text(encoding="utf-8")}
    fresh = build("citing", files)
    pages = [name for name in fresh.files if name.endswith(".html")]
    assert {name: again.files[name] for name in pages} == {
        name: fresh.files[name] for name in pages
    }


# -- refs.bib -----------------------------------------------------------------------------------


def test_editing_only_the_bibliography_refreshes_every_page_that_cites(citing):
    citing.edit("refs.bib", "year            = {2023}", "year            = {2026}")
    again = citing.rebuild()
    assert labels(again, "waiting")[:2] == ["[Poe et al., 2026]", "Poe et al. [2026]"]
    assert list(again.groups("publications")) == ["2026", "2023", "2021"]


def test_a_new_title_reaches_tooltips(citing):
    citing.edit("refs.bib", "Caches that Remember", "Caches that Forget")
    (link,) = citing.rebuild().main("notes/memory").select(".bibtex-citation a")
    assert "Caches that Forget" in link["title"]


def test_pages_that_cite_something_else_are_left_alone(citing):
    citing.edit("refs.bib", "Caches that Remember", "Caches that Forget")
    again = citing.rebuild()
    assert {"notes/memory", "publications"} <= again.read
    assert not {"index", "waiting"} & again.read


def test_a_new_entry_is_listed_without_an_edit_of_any_page(citing):
    text = (citing.src / "refs.bib").read_text(encoding="utf-8")
    new = "@misc{new, title={Brand New}, author={Doe, Jane}, date={2031-01}}\n"
    citing.write("refs.bib", text + new)
    groups = citing.rebuild().groups("publications")
    assert list(groups) == ["2031", "2023", "2021"]
    assert groups["2031"] == ["Brand New"]


def test_a_removed_entry_leaves_every_list_and_warns_where_it_was_cited(build):
    built = build("citing")
    text = (built.src / "refs.bib").read_text(encoding="utf-8")
    start, end = text.index("@inproceedings{"), text.index("@misc{")
    built.write("refs.bib", text[:start] + text[end:])
    again = built.rebuild(
        warnings=[
            'waiting.md:3: WARNING: could not find bibtex key "poe2023queue"',
            'waiting.md:5: WARNING: could not find bibtex key "poe2023queue"',
        ]
    )
    assert QUEUE not in again.titles("publications")


def test_an_entry_that_comes_back_is_cited_again(build):
    built = build("citing")
    text = (built.src / "refs.bib").read_text(encoding="utf-8")
    built.write("refs.bib", text[: text.index("@misc{")])
    gone = built.rebuild(warnings=["waiting.md:7: WARNING: could not find bibtex key"])
    gone.write("refs.bib", text)
    back = gone.rebuild()
    (link,) = back.main("waiting").select('.bibtex-citation a[href$="doe2023draftless"]')
    assert link["href"] == "../publications/#cite-doe2023draftless"


def test_a_draft_is_hidden_and_one_word_shows_it(build):
    files = {"index.md": "# P\n\n```{publications}\n```\n"}
    built = build("minimal", files)
    built.edit("refs.bib", "{prepublished}", "{inpreparation}")
    hidden = built.rebuild()
    assert "Writing without Drafts" not in hidden.titles()
    assert not [name for name, data in hidden.files.items() if b"doe2023draftless" in data]
    hidden.edit("refs.bib", "{inpreparation}", "{prepublished}")
    assert "Writing without Drafts" in hidden.rebuild().titles()


def test_a_draft_cannot_be_cited(build):
    built = build("citing")
    built.edit("refs.bib", "{prepublished}", "{inpreparation}")
    again = built.rebuild(warnings=['waiting.md:7: WARNING: could not find bibtex key "doe2023dr'])
    assert not [name for name, data in again.files.items() if b"Writing without" in data]


def test_a_preprint_that_gets_published_keeps_its_anchor(citing):
    ids = {card.id for card in citing.cards("publications")}
    citing.edit("refs.bib", "pubstate    = {prepublished},", "journal = {Journal of Quills},")
    again = citing.rebuild()
    assert {card.id for card in again.cards("publications")} == ids
    (card,) = [card for card in again.cards("publications") if card.id == "cite-doe2023draftless"]
    assert "Journal of Quills" in card.venue
    assert card.badge != "Preprint"


# -- profile.toml -------------------------------------------------------------------------------


def test_editing_only_the_profile_refreshes_every_page_that_shows_it(person):
    person.edit("profile.toml", '"Prize for Standing"', '"Prize for Sitting"')
    assert "Prize for Sitting" in person.rebuild().main().get_text()


def test_a_new_name_reaches_titles_and_author_lists(citing):
    citing.edit("profile.toml", '"Jane Doe"', '"Edgar Poe"')
    again = citing.rebuild()
    for page in ("waiting", "notes/memory"):
        assert "Edgar Poe" in again.soup(page).title.get_text()
    owners = {name for card in again.cards("publications") for name in card.owner}
    assert owners == {"Edgar Poe", "J. Doe"}


# -- a new process ------------------------------------------------------------------------------


def test_what_a_build_remembers_can_be_read_by_the_next_process(sphinx):
    arguments = ("-b", "dirhtml", "-n", "-W")
    assert sphinx("citing", {}, *arguments).returncode == 0
    again = sphinx("citing", {}, *arguments)
    assert again.returncode == 0
    assert "loading pickled environment... done" in again.stdout
    assert "0 added, 0 changed, 0 removed" in again.stdout


def test_what_a_build_writes_below_the_source_is_no_source_of_the_next(tmp_path):
    """`sphinx-build . _build/html`, as every manual has it."""
    src = copy_root("citing", {}, tmp_path.resolve() / "src").src
    arguments = ("-b", "dirhtml", "-n", "-W", "--keep-going")
    first = run_sphinx(src, src / "_build", *arguments)
    again = run_sphinx(src, src / "_build", *arguments)
    assert (first.returncode, again.returncode) == (0, 0), again.stderr
    assert "0 added, 0 changed, 0 removed" in again.stdout
