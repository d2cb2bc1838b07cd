"""A page for every paper: from its entry alone, with the owner's notes, and never left behind."""

import shutil

import pytest

from tests.output import headings


@pytest.fixture(scope="module")
def citing(build_once):
    return build_once("citing")


def keys(built) -> set[str]:
    """The papers that have a page."""
    return {path.parent.name for path in (built.out / "papers").glob("*/index.html")}


# -- which pages there are ----------------------------------------------------------------------


def test_every_entry_has_a_page_without_a_word_of_markdown(citing):
    assert keys(citing) == {"doe2021cache", "poe2023queue", "doe2023draftless"}
    page = citing.paper("poe2023queue")
    assert page.title == "Queue: Waiting in C++"
    assert page.authors == ["Edgar Poe*", "Jane Doe*", "Zoë Müller"]
    assert page.legend == "(* Equal contribution)"
    assert page.topics == ["Networks", "Storage"]


def test_a_page_has_the_address_the_builder_gives_it(build_once):
    built = build_once("citing", builder="html")
    assert (built.out / "papers/doe2021cache.html").is_file()
    assert built.paper("doe2021cache").downloads[0]["href"] == "doe2021cache.bib"


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


def test_pages_of_papers_are_in_no_table_of_contents_but_can_be_linked(citing, build):
    for page in citing.pages:
        toctrees = citing.soup(page).select(".toctree-wrapper a, nav a, .toctree-l1 a")
        assert not [link["href"] for link in toctrees if "papers/" in link["href"]]
        ways = citing.soup(page).select("link[rel=next], link[rel=prev]")
        assert not [link["href"] for link in ways if "papers/" in link["href"]]
    built = build("citing", {"index.md": "# H\n\n{doc}`papers/doe2021cache`\n"}, warnings=True)
    (link,) = built.main().select("a[href='papers/doe2021cache/']")
    assert link.get_text() == "Caches that Remember"


def test_braces_and_quotes_of_the_entry_are_copied_as_they_are(citing):
    lines = citing.paper("poe2023queue").bibtex.splitlines()
    assert lines[0] == "@inproceedings{poe2023queue,"
    assert "  title = {{Queue}: Waiting in {C++}}," in lines
    assert '  author = {Poe, Edgar and Doe, Jane and M{\\"u}ller, Zo{\\"e}},' in lines
    assert lines[-1] == "}"


# -- notes --------------------------------------------------------------------------------------


def test_notes_appear_on_the_page_of_their_paper_change_and_disappear(build):
    built = build("citing")
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
    others = "# Background\n\nThe same words.\n"
    return build_once("citing", {"notes/doe2021cache.md": NOTES, "notes/poe2023queue.md": others})


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
        "Related",
    ]
    assert [tag.name for tag in main.find_all(["h1", "h2", "h3"])] == "h1 h2 h3 h2 h2 h2 h2".split()


def test_what_notes_cite_is_cited_on_the_page_of_the_paper(noted):
    places = noted.paper("poe2023queue").places
    assert ("Caches that Remember", "../doe2021cache/#cites-poe2023queue-1") in places


def test_notes_are_no_page_and_what_is_wrong_in_them_is_named_where_it_is(build):
    """And what they say of themselves is not said of the page."""
    front = "---\nmyst:\n  html_meta:\n    description: Mine own words.\n---\n\n"
    files = {"notes/doe2021cache.md": f"{front}Mine.\n\n{{nosuchrole}}`x` {{doc}}`nowhere`\n"}
    built = build("citing", files, warnings=True)
    places = [warning.split(" WARNING: ")[0] for warning in built.warnings]
    assert places == ["notes/doe2021cache.md:9:"] * 2
    assert not built.page("notes/doe2021cache").exists()
    head = built.soup("papers/doe2021cache").head
    (meta,) = head.find_all("meta", attrs={"name": "description"})
    assert "Mine" not in meta["content"]


def test_a_source_in_the_way_or_elsewhere_is_named_and_not_written_over(build_to_its_end):
    name = "papers/poe2023queue.paper"
    built = build_to_its_end("citing", {name: "mine"})
    (error,) = built.warnings
    assert f"ERROR: {name}: is in the way of a paper's page; move it away" in error
    assert (built.src / name).read_text() == "mine"
    built.delete(name)
    (error,) = build_to_its_end("citing", {"talk.paper": "mine"}).warnings
    assert "talk.paper: only papers/ holds sources" in error


def test_no_key_and_no_heading_is_a_label_that_an_author_may_want(build):
    """Also where headings are labels; a key may be a word like any other."""
    conf = 'extensions = ["bibfolio", "sphinx.ext.autosectionlabel"]\nhtml_theme = "basic"\n'
    entry = "@misc{intro, title={Home}, author={Doe, Jane}, year=2020, abstract={Words.}}\n"
    entry += entry.replace("intro", "other")
    page = (
        "(intro)=\n# Home\n\nSee {ref}`intro` and {ref}`How to cite`.\n\n## How to cite\n\nSo.\n\n"
    )
    page += "```{publications}\n:group: year\n```\n"
    files = {"conf.py": conf, "refs.bib": entry, "index.md": page}
    files["again.md"] = (
        "---\norphan: true\n---\n\n# Again\n\n```{publications}\n:group: year\n```\n"
    )
    built = build("minimal", files)
    assert [link["href"] for link in built.main().select("p > a")][:2] == ["#intro", "#how-to-cite"]
    assert built.paper("intro").title == built.paper("other").title == "Home"
