"""Files the owner drops into `files/`: found, served at the same address, gone when removed."""

import pytest

from tests.reading import json_ld, links, metas

PDF = b"%PDF-1.4 not really\n"
CARD = "cite-doe2021cache"


def link(built, label, page="publications"):
    (card,) = [card for card in built.cards(page) if card.id.endswith(CARD.removeprefix("cite"))]
    return card.link(label)


def test_a_file_named_after_the_key_gets_a_button_and_is_served_until_it_is_gone(build):
    """Its copy stays where it is served from: `bibfolio build` starts from nothing."""
    built = build("citing")
    paths = {
        "PDF": "files/papers/doe2021cache.pdf",
        "Slides": "files/slides/doe2021cache.pdf",
        "Poster": "files/posters/doe2021cache.pdf",
    }
    assert [link(built, label) for label in paths] == [None] * 3
    for path in (*paths.values(), "files/papers/doe2023draftless.pdf", "files/data/deep/table.csv"):
        built.write(path, PDF)
    built = built.rebuild()
    assert {label: link(built, label) for label in paths} == {
        k: f"../{p}" for k, p in paths.items()
    }
    for path in (*paths.values(), "files/data/deep/table.csv"):
        assert (built.out / path).read_bytes() == PDF
    # Only what this site has is a PDF of this site's, for those who read the head.
    address = "https://jane.example.org/files/papers/doe2021cache.pdf"
    own, other = (built.soup(f"papers/{key}") for key in ("doe2021cache", "poe2023queue"))
    assert (metas(own, "citation_pdf_url"), metas(other, "citation_pdf_url")) == ([address], [])
    assert links(own, "item") == [(address, "application/pdf")]
    encoding = json_ld(str(own))["ScholarlyArticle"]["encoding"]
    assert (encoding["contentUrl"], encoding["encodingFormat"]) == (address, "application/pdf")
    assert "encoding" not in json_ld(str(other))["ScholarlyArticle"]
    # A file comes before arXiv.
    shown = {card.title: card for card in built.cards("publications")}
    pdf = shown["Writing without Drafts"].link("PDF")
    assert pdf == "../files/papers/doe2023draftless.pdf"
    built.delete(paths["PDF"])
    built.write(paths["Poster"], PDF[::-1])
    built = built.rebuild()
    assert [link(built, label) for label in paths] == [
        None,
        *(f"../{paths[k]}" for k in ("Slides", "Poster")),
    ]
    assert (built.out / paths["Poster"]).read_bytes() == PDF[::-1]


@pytest.mark.parametrize("open_", [None, "https://open.example.org/x.pdf"])
def test_a_file_with_a_name_of_its_own_is_found_where_the_entry_says(build, open_):
    """The address the owner's former site had stays alive; until then the open one stands in."""
    built, path = build("citing"), "files/papers/JSM21-Cache.pdf"
    value = f"{path}; {open_}" if open_ else path
    built.edit("refs.bib", "doi          = {10", f"file = {{{value}}},\n  doi          = {{10")
    told = [
        "refs.bib:11:3: WARNING: doe2021cache: file: 'files/papers/JSM21-Cache.pdf' is not there"
    ]
    absent = built.rebuild(warnings=[] if open_ else told)
    assert link(absent, "PDF") == open_
    absent.write(path, PDF)
    built = absent.rebuild()
    assert link(built, "PDF") == f"../{path}"
    assert (built.out / path).read_bytes() == PDF


@pytest.mark.parametrize(("builder", "up"), [("html", "../../"), ("dirhtml", "../../../")])
def test_the_button_leads_to_the_file_from_any_depth(build, builder, up):
    path = "files/papers/doe2021cache.pdf"
    list_ = "# L\n\n```{publications}\n:limit: 3\n```\n"
    files = {"deep/er/list.md": f"---\norphan: true\n---\n\n{list_}", path: PDF}
    built = build("minimal", files, builder=builder)
    for name, prefix in (("index", ""), ("deep/er/list", up)):
        (href,) = (c.link("PDF") for c in built.cards(name) if c.title.startswith("Caches"))
        assert href == f"{prefix}{path}"
        assert (built.page(name).parent / href).read_bytes() == PDF


def test_the_owner_s_notes_and_hidden_files_are_not_served(build, tmp_path):
    bare = build("citing")
    (tmp_path / "secret").write_text("secret")
    for name in ("files/README.md", "files/.DS_Store", "files/.git/config", "files/a.pdf"):
        bare.write(name, PDF)
    (bare.src / "files/link").symlink_to(tmp_path / "secret")
    built = bare.rebuild(warnings=True)
    served = {path.name for path in (built.out / "files").rglob("*") if path.is_file()}
    assert served == {"a.pdf"}


def test_a_file_of_any_folder_that_is_served_is_linked_where_it_is(build):
    """al-folio's bare names among them; not what no setting serves, nor what a link leads to."""
    keys = {"a": "x.pdf", "b": "_static/y.pdf", "c": "other/z.pdf", "d": "files/papers/out.pdf"}
    entry = "@misc{{{0}, title = {{Title {0}}}, pdf = {{{1}}}, year = 2020}}\n"
    conf = 'extensions = ["bibfolio"]\nhtml_theme = "bibfolio"\nhtml_extra_path = ["assets"]\n'
    conf += 'html_baseurl = "https://jane.example.org/"\n'
    files = {"assets/pdf/x.pdf": PDF, "_static/y.pdf": PDF, "other/z.pdf": PDF, "conf.py": conf}
    files["refs.bib"] = "".join(entry.format(*item) for item in keys.items())
    bare = build("minimal", files, warnings=True)
    secret = bare.src.parent / "secret.md"
    secret.write_text("A secret.\n", encoding="utf-8")
    for name in ("files/papers/out.pdf", "files/papers/b.pdf", "notes/a.md"):
        (bare.src / name).parent.mkdir(parents=True, exist_ok=True)
        (bare.src / name).symlink_to(secret)
    built = bare.rebuild(warnings=True)
    shown = {card.title[-1]: card.link("PDF") for card in built.cards()}
    assert shown == {"a": "pdf/x.pdf", "b": "_static/y.pdf", "c": None, "d": None}
    assert all((built.out / path).read_bytes() == PDF for path in filter(None, shown.values()))
    assert metas(built.soup("papers/a"), "citation_pdf_url") == [
        "https://jane.example.org/pdf/x.pdf"
    ]
    page = built.soup("papers/d")
    assert metas(page, "citation_pdf_url") == []
    assert "encoding" not in str(json_ld(str(page)))
    assert not any(b"A secret." in data for data in built.files.values())
    told = [line for line in built.warnings if "bib_file" in line]
    assert sum("is a symbolic link out of its folder" in line for line in told) == 3
    assert sum('write html_extra_path = ["assets", "other"]' in line for line in told) == 1


def test_the_folder_may_have_another_name(build):
    path = "papers-to-go/list.csv"
    built = build("minimal", {path: "x"}, bibfolio_files="papers-to-go")
    assert (built.out / path).is_file()


def test_a_path_that_leaves_the_site_is_refused(build):
    paths = ["../secret.pdf", "files/../../x.pdf", "//x.example.org/a.pdf"]
    entry = "@misc{{key{0}, title={{T}}, file={{{1}}}, year=2020}}\n"
    entries = "".join(entry.format(*item) for item in enumerate(paths))
    told = "refs.bib:{}:24: WARNING: key{}: file is neither an http(s) address nor a file"
    warnings = [told.format(n + 1, n) for n in range(len(paths))]
    built = build("minimal", {"refs.bib": entries}, warnings=warnings)
    assert [card.link("PDF") for card in built.cards()] == [None] * 3
