"""A page for every paper: from its entry alone, with the owner's notes, and never left behind."""

import shutil

import pytest

from tests.output import headings

#: Notes are no pages of their own; a site whose pages are where they please has to say so.
NOT_PAGES = {"exclude_patterns": ["notes/doe2021cache.md"]}


@pytest.fixture(scope="module")
def citing(build_once):
    return build_once("citing")


def keys(built) -> set[str]:
    """The papers that have a page."""
    return {path.parent.name for path in (built.out / "papers").glob("*/index.html")}


def bib(built) -> str:
    return (built.src / "refs.bib").read_text(encoding="utf-8")


# -- which pages there are ----------------------------------------------------------------------


def test_every_entry_has_a_page_without_a_word_of_markdown(citing):
    assert keys(citing) == {"doe2021cache", "poe2023queue", "doe2023draftless"}
    page = citing.paper("poe2023queue")
    assert page.title == "Queue: Waiting in C++"
    assert page.authors == ["Edgar Poe*", "Jane Doe*", "Zoë Müller"]
    assert page.legend == "(* Equal contribution)"
    assert page.topics == ["networks", "storage"]


def test_a_draft_has_none(build):
    built = build("citing", {"waiting.md": "# On waiting\n"})
    built.edit("refs.bib", "{prepublished}", "{inpreparation}")
    assert keys(built.rebuild()) == {"doe2021cache", "poe2023queue"}
    assert not (built.src / "papers/doe2023draftless.paper").exists()


def test_a_page_has_the_address_the_builder_gives_it(build):
    built = build("citing", builder="html")
    assert (built.out / "papers/doe2021cache.html").is_file()
    assert built.paper("doe2021cache").downloads[0]["href"] == "doe2021cache.bib"


def test_a_new_entry_gets_a_page_and_its_neighbours_say_so(build):
    built = build("citing")
    new = "@misc{new, title={Brand New}, author={Doe, Jane}, date={2031-01}}\n"
    built.write("refs.bib", bib(built) + new)
    again = built.rebuild()
    assert again.paper("new").title == "Brand New"
    assert again.paper("new").neighbours == {"Older": "../poe2023queue/"}
    assert again.paper("poe2023queue").neighbours == {
        "Newer": "../new/",
        "Older": "../doe2023draftless/",
    }
    assert "papers/doe2021cache" not in again.read


def test_an_entry_that_is_renamed_moves_its_page_and_every_link_to_it(build):
    built = build("citing")
    built.edit("refs.bib", "{doe2021cache,", "{doe2021forget,")
    built.edit("notes/memory.md", "doe2021cache", "doe2021forget")
    again = built.rebuild()
    assert keys(again) == {"doe2021forget", "poe2023queue", "doe2023draftless"}
    assert [name for name, data in again.files.items() if b"doe2021cache" in data] == []
    assert again.paper("doe2023draftless").neighbours["Older"] == "../doe2021forget/"


def test_an_edit_of_an_entry_reads_its_page_and_no_other_again(build):
    built = build("citing")
    built.edit("refs.bib", "volume       = {3}", "volume       = {4}")
    again = built.rebuild()
    assert {name for name in again.read if name.startswith("papers/")} == {"papers/doe2021cache"}
    assert "4(2):10–20" in again.paper("doe2021cache").venue


def test_the_folder_of_sources_can_be_deleted_at_any_time(build):
    built = build("citing")
    files = built.files
    shutil.rmtree(built.src / "papers")
    assert built.rebuild().files == files


def test_a_source_of_no_entry_is_removed_and_nothing_else(build):
    files = {
        "papers/zombie.paper": "Generated from the bibliography. zombie 1234",
        "papers/README.txt": "mine",
        "papers/letter.paper": "mine as well",
    }
    built = build("citing", files)
    assert not {"zombie", "letter"} & set(keys(built))
    assert sorted(path.name for path in (built.src / "papers").iterdir()) == [
        "README.txt",
        "doe2021cache.paper",
        "doe2023draftless.paper",
        "letter.paper",
        "poe2023queue.paper",
    ]


def test_pages_of_papers_are_in_no_table_of_contents(citing):
    for page in citing.pages:
        toctrees = citing.soup(page).select(".toctree-wrapper a, nav a, .toctree-l1 a")
        assert not [link["href"] for link in toctrees if "papers/" in link["href"]]
        ways = citing.soup(page).select("link[rel=next], link[rel=prev]")
        assert not [link["href"] for link in ways if "papers/" in link["href"]]


def test_a_page_can_be_linked_as_any_other_document(build):
    built = build("citing", {"index.md": "# H\n\n{doc}`papers/doe2021cache`\n"}, warnings=True)
    (link,) = built.main().select("a[href='papers/doe2021cache/']")
    assert link.get_text() == "Caches that Remember"


def test_braces_and_quotes_of_the_entry_are_copied_as_they_are(citing):
    lines = citing.paper("poe2023queue").bibtex.splitlines()
    assert lines[0] == "@inproceedings{poe2023queue,"
    assert "  title = {{Queue}: Waiting in {C++}}," in lines
    assert '  author = {Poe, Edgar and Doe, Jane and M{\\"u}ller, Zo{\\"e}},' in lines
    assert lines[-1] == "}"


def test_a_bibliography_without_entries_has_no_pages(build):
    built = build("citing", {"refs.bib": "", "waiting.md": "# W\n", "notes/memory.md": "# M\n"})
    assert keys(built) == set()
    assert built.titles("publications") == []


# -- notes --------------------------------------------------------------------------------------


def test_notes_appear_on_the_page_of_their_paper_change_and_disappear(build):
    built = build("citing", **NOT_PAGES)
    assert "owner" not in built.paper("doe2021cache").main.get_text()
    for words in ("The owner says.", "The owner says more."):
        built.write("notes/doe2021cache.md", f"{words}\n")
        built = built.rebuild()
        assert built.read == {"papers/doe2021cache"}
        assert f"\n{words}\n" in built.paper("doe2021cache").main.get_text()
        assert f"\n{words}\n" in built.text("papers/doe2021cache.md")
    built.delete("notes/doe2021cache.md")
    built = built.rebuild()
    assert built.read == {"papers/doe2021cache"}
    assert "owner" not in built.paper("doe2021cache").main.get_text()
    assert "owner" not in built.text("papers/doe2021cache.md")


NOTES = """Text with *emphasis*, {math}`x^2` and {doc}`/waiting`.

# Background

See {cite:p}`poe2023queue`.

## Details

Deep.

# Afterwards

- one
"""


@pytest.fixture(scope="module")
def noted(build_once):
    return build_once("citing", {"notes/doe2021cache.md": NOTES}, **NOT_PAGES)


def test_notes_are_markdown_as_on_any_page(noted):
    main = noted.paper("doe2021cache").main
    assert main.find("em", string="emphasis")
    assert main.find("math")
    assert main.find("a", href="../../waiting/")


def test_headings_of_notes_stand_below_the_title_and_before_how_to_cite(noted):
    main = noted.paper("doe2021cache").main
    assert headings(main) == [
        "Caches that Remember",
        "Background",
        "Details",
        "Afterwards",
        "How to cite",
        "Cited on this site",
    ]
    assert [tag.name for tag in main.find_all(["h1", "h2", "h3"])] == "h1 h2 h3 h2 h2 h2".split()


def test_what_notes_cite_is_cited_on_the_page_of_the_paper(noted):
    places = noted.paper("poe2023queue").places
    assert ("Caches that Remember, Background", "../doe2021cache/#cites-poe2023queue-1") in places


def test_notes_on_a_paper_that_is_not_there_do_no_harm(build):
    files = {"notes/nobody.md": "Mine.\n"}
    built = build("citing", files, exclude_patterns=["notes/nobody.md"])
    assert "nobody" not in keys(built)


@pytest.mark.xfail(reason="notes are also found as pages where conf.py does not say which are")
def test_notes_are_not_a_page_of_their_own(build):
    built = build("citing", {"notes/doe2021cache.md": "Mine.\n"}, warnings=True)
    assert built.warnings == []
    assert not built.page("notes/doe2021cache").exists()


@pytest.mark.xfail(reason="the warning names papers/KEY.paper, which no author has ever seen")
def test_what_is_wrong_in_notes_is_named_where_it_is(build):
    files = {"notes/doe2021cache.md": "Mine.\n\n{nosuchrole}`x`\n"}
    built = build("citing", files, warnings=True, **NOT_PAGES)
    (warning,) = built.warnings
    assert warning.startswith("notes/doe2021cache.md:3: WARNING: ")


def test_a_page_has_one_description_whatever_its_notes_say(build):
    notes = "---\nmyst:\n  html_meta:\n    description: Mine own words.\n---\n\nMine.\n"
    built = build("citing", {"notes/doe2021cache.md": notes}, **NOT_PAGES)
    head = built.soup("papers/doe2021cache").head
    assert len(head.find_all("meta", attrs={"name": "description"})) == 1


def test_a_file_of_the_owner_s_is_not_written_over(sphinx):
    run = sphinx("citing", {"papers/poe2023queue.paper": "mine"}, "-q")
    assert run.returncode == 1
    assert run.errors == [
        "ERROR: papers/poe2023queue.paper: is in the way of a paper's page; move it away"
    ]
    assert (run.src / "papers/poe2023queue.paper").read_text() == "mine"
