"""Files the owner drops into `files/`: found, served at the same address, gone when removed."""

import pytest

PDF = b"%PDF-1.4 not really\n"
CARD = "cite-doe2021cache"


@pytest.fixture
def bare(build):
    """The root `citing`: its list of papers is one folder below the home page."""
    return build("citing")


def link(built, label, page="publications"):
    (card,) = [card for card in built.cards(page) if card.id.endswith(CARD.removeprefix("cite"))]
    return card.link(label)


@pytest.mark.parametrize(
    ("label", "path"),
    [
        ("PDF", "files/papers/doe2021cache.pdf"),
        ("Slides", "files/slides/doe2021cache.pdf"),
        ("Poster", "files/posters/doe2021cache.pdf"),
    ],
)
def test_a_file_named_after_the_key_gets_a_button_and_is_served(bare, label, path):
    assert link(bare, label) is None
    bare.write(path, PDF)
    built = bare.rebuild()
    assert link(built, label) == f"../{path}"
    assert (built.out / path).read_bytes() == PDF


def test_a_file_that_is_removed_takes_its_button_and_its_copy_away(bare):
    path = "files/papers/doe2021cache.pdf"
    bare.write(path, PDF)
    with_file = bare.rebuild()
    with_file.delete(path)
    built = with_file.rebuild()
    assert link(built, "PDF") is None
    assert not (built.out / path).exists()


def test_a_file_with_a_name_of_its_own_is_found_where_the_entry_says(bare):
    """The address the owner's former site had stays alive."""
    path = "files/papers/JSM21-Cache.pdf"
    bare.edit("refs.bib", "doi          = {10", f"file = {{{path}}},\n  doi          = {{10")
    absent = bare.rebuild()
    assert link(absent, "PDF") is None
    absent.write(path, PDF)
    built = absent.rebuild()
    assert link(built, "PDF") == f"../{path}"
    assert (built.out / path).read_bytes() == PDF


def test_without_the_file_the_open_address_stands_in(bare):
    path, open_ = "files/papers/x.pdf", "https://open.example.org/x.pdf"
    bare.edit("refs.bib", "doi          = {10", f"file = {{{path}; {open_}}},\n  doi = {{10")
    absent = bare.rebuild()
    assert link(absent, "PDF") == open_
    absent.write(path, PDF)
    assert link(absent.rebuild(), "PDF") == f"../{path}"


def test_a_file_comes_before_arxiv(bare):
    path = "files/papers/doe2023draftless.pdf"
    bare.write(path, PDF)
    shown = {card.title: card for card in bare.rebuild().cards("publications")}
    assert shown["Writing without Drafts"].link("PDF") == f"../{path}"


@pytest.mark.parametrize(
    ("builder", "name", "up"),
    [
        ("html", "index", ""),
        ("html", "deep/er/list", "../../"),
        ("dirhtml", "index", ""),
        ("dirhtml", "deep/er/list", "../../../"),
    ],
)
def test_the_button_leads_to_the_file_from_any_depth(build, builder, name, up):
    path = "files/papers/doe2021cache.pdf"
    list_ = "# L\n\n```{publications}\n:limit: 3\n```\n"
    files = {"deep/er/list.md": f"---\norphan: true\n---\n\n{list_}", path: PDF}
    built = build("minimal", files, builder=builder)
    href = next(card.link("PDF") for card in built.cards(name) if card.title.startswith("Caches"))
    assert href == f"{up}{path}"
    assert (built.page(name).parent / href).read_bytes() == PDF


def test_any_other_file_in_the_folder_is_served_too(bare):
    bare.write("files/cv.pdf", PDF)
    bare.write("files/data/deep/table.csv", "a,b\n")
    built = bare.rebuild()
    assert (built.out / "files/cv.pdf").read_bytes() == PDF
    assert (built.out / "files/data/deep/table.csv").read_bytes() == b"a,b\n"


def test_a_changed_file_is_served_anew(bare):
    bare.write("files/cv.pdf", PDF)
    built = bare.rebuild()
    built.write("files/cv.pdf", PDF[::-1])
    assert (built.rebuild().out / "files/cv.pdf").read_bytes() == PDF[::-1]


def test_the_owner_s_notes_and_hidden_files_are_not_served(bare, tmp_path):
    (tmp_path / "secret").write_text("secret")
    for name in ("files/README.md", "files/.DS_Store", "files/.git/config", "files/a.pdf"):
        bare.write(name, PDF)
    (bare.src / "files/link").symlink_to(tmp_path / "secret")
    built = bare.rebuild(warnings=True)
    served = {path.name for path in (built.out / "files").rglob("*") if path.is_file()}
    assert served == {"a.pdf"}


def test_the_folder_may_have_another_name(build):
    path = "papers-to-go/list.csv"
    built = build("minimal", {path: "x"}, bibfolio_files="papers-to-go")
    assert (built.out / path).is_file()


@pytest.mark.parametrize("path", ["../secret.pdf", "files/../../x.pdf", "//x.example.org/a.pdf"])
def test_a_path_that_leaves_the_site_is_refused(build, path):
    entry = f"@misc{{key, title={{T}}, file={{{path}}}, year=2020}}\n"
    warning = "refs.bib:1:23: WARNING: key: file is neither an http(s) address nor a file"
    built = build("minimal", {"refs.bib": entry}, warnings=[warning])
    assert built.cards()[0].link("PDF") is None
