"""The index of our search: that of a clean build, whatever was built before, and ours alone."""

from __future__ import annotations

import pytest

from bibfolio.theme.search_index import FILE, Record, records_of

CONF = 'extensions = ["bibfolio"]\nhtml_theme = "bibfolio"\n'
THEME = {"conf.py": CONF}
KEY = "papers/doe2021cache"


def index(built) -> dict[str, Record]:
    """Address → record, in the order of the file."""
    return {record.address: record for record in records_of(built.text(FILE))}


def test_it_has_each_page_once_papers_first_and_nothing_twice(build):
    built = build("citing", THEME)
    found = index(built)
    papers = [address for address, record in found.items() if record.is_paper]
    assert list(found)[: len(papers)] == papers
    assert f"{KEY}/" in papers
    assert [found["waiting/"].title, found[""].title] == ["On waiting", "Home"]
    record = found[f"{KEY}/"]
    assert "Remember" in record.title
    assert "Jane Doe" in record.people
    assert record.venue
    # Neither lists nor other pages repeat what is on the pages of papers.
    others = [one for address, one in found.items() if not one.is_paper]
    assert [one.address for one in others if record.title in one.text + one.words] == []
    assert "bibtex" not in record.text.lower()


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
@pytest.mark.parametrize("parallel", [0, 2])
def test_after_an_edit_it_is_that_of_a_clean_build(build, builder, parallel):
    pages = {"other.md": "---\norphan: true\n---\n\n# Other\n\nMore words.\n"}
    built = build("citing", pages | THEME, builder=builder, parallel=parallel)
    addresses = [record.address for record in records_of(built.text(FILE))]
    assert all(address.endswith(".html") == (builder == "html") for address in addresses if address)
    # A page is edited, another one goes, one comes; a paper is renamed, another gets a draft.
    waiting = built.src / "waiting.md"
    waiting.write_text(waiting.read_text("utf-8") + "\nPatience.\n", encoding="utf-8")
    (built.src / "other.md").unlink()
    built.write("new.md", "---\norphan: true\n---\n\n# New\n\nOf today.\n")
    built.edit("refs.bib", "{doe2021cache,", "{doe2021cache,\n  pubstate = {inpreparation},")
    again = built.rebuild(warnings=True)
    text = again.text(FILE)
    assert "Patience." in text
    assert "Of today." in text
    assert [part for part in ("More words.", KEY, "that Remember") if part in text] == []
    assert text == again.build_clean().text(FILE)


def test_pages_that_are_not_written_again_stay_and_a_lost_index_is_made_again(sphinx):
    hidden = "---\nno-search: true\norphan: true\n---\n\n# Hidden\n\nSecret words.\n"
    lost = "---\norphan: true\n---\n\n# Lost\n"
    built = sphinx("citing", {"hidden.md": hidden, "404.md": lost, **THEME}, "-b", "dirhtml")
    before = built.text(FILE)
    assert not {"hidden/", "404/", "404.html"} & index(built).keys()
    again = sphinx("citing", {}, "-b", "dirhtml")
    assert "no targets are out of date" in again.stdout
    assert again.text(FILE) == before
    for text in ("", before.replace('"form":1', '"form":0')):
        (built.out / FILE).write_text(text, encoding="utf-8")
        assert sphinx("citing", {}, "-b", "dirhtml").text(FILE) == before


@pytest.mark.parametrize(
    "options",
    [{"html_theme": "basic"}, {"html_theme": "pydata_sphinx_theme"}, {"builder": "singlehtml"}],
)
def test_elsewhere_nothing_is_written(build, options):
    built = build("citing", THEME, **options)
    assert not (built.out / FILE).exists()


def test_a_guest_under_our_theme_finds_its_papers_in_its_lists(build):
    """They have no pages of their own."""
    conf = CONF.replace("[", '["myst_parser", ') + 'bibfolio_mode = "guest"\n'
    built = build("citing", {"conf.py": conf + 'bibtex_bibfiles = ["refs.bib"]\n'})
    record = index(built)["publications/"]
    assert "Caches that Remember" in record.text
    assert not any(one.is_paper for one in index(built).values())
