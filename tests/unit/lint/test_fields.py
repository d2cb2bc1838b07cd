"""Fields: names nobody knows, what an entry lacks, and files that are named but not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from bibfolio.lint.fields import NEEDED, nearest_field
from bibfolio.sources.fields import OTHER_NAMES, SITE, STANDARD, TYPES, is_known
from bibfolio.sources.folder import Folder

from .made import entry, messages, said

# -- names ---------------------------------------------------------------------------------------


def test_it_is_told_at_its_name():
    text = "@misc{k,\n  title = {T},\n  year = 2024,\n\tfoo = {x}\n}\n"
    message = "k: the field foo is not known; remove it, or write note"
    assert said(text) == [("bib_unknown_field", 4, 2, message)]


def test_every_standard_field_may_be_annotated():
    assert [name for name in STANDARD if not is_known(f"{name}+an:orcid")] == []


def test_an_inherited_field_is_told_where_it_is_written():
    text = entry("foo = {x}", key="p") + entry("crossref = {p}")
    assert [(line, message) for _, line, _, message in said(text)] == [
        (1, "p: the field foo is not known; remove it, or write note")
    ]


def test_other_names_lead_to_fields_of_this_site():
    assert set(OTHER_NAMES.values()) <= SITE | STANDARD
    assert [name for name in OTHER_NAMES if is_known(name)] == []


def test_a_known_name_is_the_nearest_to_itself():
    assert [name for name in STANDARD if nearest_field(name) != name] == []


# -- what each type needs, told once for an entry ------------------------------------------------


#: Type → what a message says of an entry with a title alone.
BARE = {
    "article": "an @article needs author, journal and year; add them",
    "suppperiodical": "a @suppperiodical needs author, journal and year; add them",
    "book": "a @book needs author or editor and year; add them",
    "inbook": "an @inbook needs author or editor, booktitle or chapter or pages and year; add them",
    "booklet": "a @booklet needs year; add it",
    "manual": "a @manual needs year; add it",
    "misc": "a @misc needs year; add it",
    "software": "a @software needs year; add it",
    "proceedings": "a @proceedings needs year; add it",
    "collection": "a @collection needs editor and year; add them",
    "periodical": "a @periodical needs editor and year; add them",
    "incollection": "an @incollection needs author or editor, booktitle or eventtitle and year; "
    "add them",
    "dataset": "a @dataset needs author or editor and year; add them",
    "inproceedings": "an @inproceedings needs author, booktitle or eventtitle and year; add them",
    "conference": "a @conference needs author, booktitle or eventtitle and year; add them",
    "online": "an @online needs author or editor, year and url; add them",
    "www": "a @www needs author or editor, year and url; add them",
    "patent": "a @patent needs author, number and year; add them",
    "report": "a @report needs author, type, institution and year; add them",
    "techreport": "a @techreport needs author, institution and year; add them",
    "thesis": "a @thesis needs author, type, institution and year; add them",
    "phdthesis": "a @phdthesis needs author, school and year; add them",
    "mastersthesis": "a @mastersthesis needs author, school and year; add them",
    "unpublished": "an @unpublished needs author and year; add them",
}


@pytest.mark.parametrize(("type_", "message"), BARE.items(), ids=BARE)
def test_an_entry_with_a_title_alone_is_told_what_it_needs(type_, message):
    assert said(f"\n  @{type_}{{k, title = {{T}}}}") == [
        ("bib_missing_field", 2, 3, f"k: {message}")
    ]


def test_there_is_a_rule_for_every_type_that_is_shown():
    """But for what has a meaning to one style alone."""
    assert {type_ for type_ in TYPES - NEEDED.keys() if type_[:6] != "custom"} == {"bibnote"}


def missing(fields: str, type_: str = "article") -> list[str]:
    return messages(f"@{type_}{{k, title = {{T}}, {fields}}}", "bib_missing_field")


@pytest.mark.parametrize(
    ("fields", "needs"),
    [
        ("author = {Roe, Ann}, journal = {J}", "year"),
        ("author = {Roe, Ann}, year = {2024}", "journal"),
        ("journal = {J}, year = {2024}", "author"),
        ("author = {}, journal = {J}, year = {2024}", "author"),
        ("editor = {Roe, Ann}, journal = {J}, year = {2024}", "author"),
    ],
)
def test_one_field_is_missing(fields, needs):
    assert missing(fields) == [f"k: an @article needs {needs}; add it"]


@pytest.mark.parametrize(
    ("type_", "fields"),
    [
        ("article", "author = {R}, journaltitle = {J}, date = {2024-04}"),
        ("ARTICLE", "AUTHOR = {R}, Journal = {J}, YEAR = 2024"),
        ("book", "editor = {R}, year = {2024}"),
        ("inbook", "author = {R}, chapter = {3}, year = {2024}"),
        ("inproceedings", "author = {R}, eventtitle = {C}, year = {2024}"),
        ("phdthesis", "author = {R}, institution = {U}, year = {2024}"),
        ("thesis", "author = {R}, type = {phdthesis}, school = {U}, year = {2024}"),
        ("online", "author = {R}, eprint = {2504.02263}, date = {2024}"),
        ("online", "organization = {O}, url = {https://example.org/}, date = {2024}"),
        ("nonsense", ""),
        ("set", "entryset = {a,b}"),
        ("xdata", "publisher = {P}"),
    ],
)
def test_what_serves_as_well(type_, fields):
    assert said(f"@{type_}{{k, title = {{T}}, {fields}}}") == []


@pytest.mark.parametrize(
    ("fields", "said_"),
    [
        ("author = {R}, eprint = {2504.02263}, year = {2025}", []),
        ("author = {R}, pubstate = {submitted}", []),
        ("author = {R}, pubstate = {forthcoming}, journal = {J}", []),
        ("author = {R}, pubstate = {prepublished}", []),
        ("pubstate = {prepublished}", ["k: an @article needs author; add it"]),
        (
            "author = {R}, pubstate = {published}",
            ["k: an @article needs journal and year; add them"],
        ),
        ("pubstate = {inpreparation}", []),
    ],
)
def test_what_is_not_published_needs_less(fields, said_):
    assert missing(fields) == said_


def test_what_is_inherited_is_not_missing():
    text = """@proceedings{p, title = {Proceedings}, year = {2024}}
@xdata{x, publisher = {P}, author = {Roe, Ann}}
@inproceedings{k, title = {T}, crossref = {p}, xdata = {x}}
"""
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "@article{k, title = {T},\n author = {Roe, Ann\n}\n",
        "@article{k,\n title = {T}},\n author = {Roe, Ann},\n year = {2024}\n}\n",
        "@article{k, title = {T}, author = {Roe, Ann}, journal = jt, year = {2024}}",
    ],
)
def test_of_an_entry_that_is_misread_nothing_is_missing(text):
    assert said(text) == []


# -- files ---------------------------------------------------------------------------------------


@pytest.fixture
def told(tmp_path: Path):
    def tell(text: str, *files: str, **pages: str) -> list[str]:
        for name in files:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).touch()
        for name, page in pages.items():
            (tmp_path / f"{name}.md").write_text(page)
        found = said(text, folder=Folder(tmp_path))
        assert {kind for kind, *_ in found} <= {"bib_file", "bib_unused_file"}
        return [message for *_, message in found]

    return tell


NAMED = entry("file = {files/papers/A24-Walrus.pdf}")
MISSING = (
    "{0}: file: '{1}' is not there; put the PDF at files/papers/{0}.pdf, and no field is needed"
)
UNUSED = "{} belongs to no entry; call it {}/KEY.pdf, or name it in one"


@pytest.mark.parametrize(
    "file", ["files/README.md", "files/papers/README.md", "files/slides/k.pdf"]
)
def test_a_file_that_is_not_there(told, file):
    assert told(NAMED, file) == [MISSING.format("k", "files/papers/A24-Walrus.pdf")]


@pytest.mark.parametrize(
    "file",
    ["files/papers/A24-Walrus.pdf", "files/papers/k.pdf"],
    ids=["named in the entry", "called by the key"],
)
def test_a_file_that_is_there(told, file):
    assert told(NAMED, file) == []


@pytest.mark.parametrize(
    "value", ["/files/papers/a\\_b.pdf", "https://a.org/x; files/papers/a_b.pdf"]
)
def test_every_way_to_name_a_file(told, value):
    assert told(entry(f"file = {{{value}}}"), "files/papers/a_b.pdf") == []


@pytest.mark.parametrize("file", ["files/papers/A24-Warlus.pdf", "files/papers/a24-walrus.PDF"])
def test_a_file_of_a_similar_name_is_meant(told, file):
    message = f"k: file: files/papers/A24-Walrus.pdf is not there; write {file}, which is"
    assert told(NAMED, file) == [message]


def test_a_file_whose_numbers_differ_is_another(told):
    assert told(entry("file = {files/papers/paper1.pdf}"), "files/papers/paper2.pdf") == [
        UNUSED.format("files/papers/paper2.pdf", "files/papers"),
        MISSING.format("k", "files/papers/paper1.pdf"),
    ]


def named(*keys: str) -> str:
    return "".join(entry(f"file = {{files/papers/Paper-{k}.pdf}}", key=k) for k in keys)


def test_those_that_are_missing_are_told_once(told):
    assert told(named("a", "b", "c"), "files/papers/Paper-b.pdf") == [
        MISSING.format("a", "files/papers/Paper-a.pdf") + "; also in c"
    ]


def test_a_bare_name_is_looked_for_where_it_belongs(told):
    assert told(entry("file = {walrus.pdf}"), "files/papers/walrus.pdf") == [
        "k: file: walrus.pdf is not there; write files/papers/walrus.pdf, which is"
    ]


@pytest.mark.parametrize(
    "other", ["; https://example.org/c.pdf}", "}, eprint = {2504.02263}"], ids=["address", "arXiv"]
)
def test_a_file_that_has_a_substitute_is_not_missed(told, other):
    text = named("a", "b", "c").replace("Paper-c.pdf}", f"Paper-c.pdf{other}")
    assert told(text, "files/papers/Paper-a.pdf", "files/papers/Paper-b.pdf") == []


def test_a_file_of_no_entry(told):
    assert told(entry(), "files/slides/old.pdf", "files/cv.pdf") == [
        UNUSED.format("files/slides/old.pdf", "files/slides")
    ]


def test_a_file_that_a_page_links_to_is_used(told):
    assert told(entry(), "files/papers/old.pdf", talks="[old](/files/papers/old.pdf)") == []


def test_the_file_of_a_draft_is_its_own(told):
    assert told(entry("pubstate = {inpreparation}"), "files/papers/k.pdf") == []


@pytest.mark.parametrize("path", ["files/papers/nunez2024dino.pdf", "notes/nunez2024dino.md"])
def test_a_file_is_called_after_a_misspelt_key(told, path):
    text = entry(key="nunez2024danio") + entry(key="roe2024danio", title="Others")
    right = path.replace("dino", "danio")
    assert told(text, path) == [f"{path} belongs to no entry; call it {right}"]
    assert told(text, right) == [UNUSED.format(path, "files/papers")] * ("notes" not in path)


def test_a_page_among_the_notes_is_let_be(told):
    assert told(entry(key="nunez2024danio"), "notes/nunez2023danio.md", "notes/waiting.md") == []
    assert (
        told(entry(key="memory"), "notes/memories.md", index="```{toctree}\nnotes/memories\n```")
        == []
    )


PRIVATE = [
    *(":a.pdf:PDF", "C:\\\\x\\\\a.pdf", "Full Text:files/1/a.pdf:application/pdf"),
    *("/Volumes/jane/a.pdf", "/media/jane/a.pdf", "~/a.pdf", "file:a.pdf"),
    *("PDF:a.pdf:application/pdf;Web:a.html:text/html", "C:/a.pdf"),
]


@pytest.mark.parametrize("value", PRIVATE)
def test_where_a_program_keeps_a_file_is_a_matter_of_style_that_is_told_once(value):
    text = entry(f"file = {{{value}}}", key="a") + entry(f"slides = {{{value}}}", key="b")
    ((kind, line, _column, message),) = said(text)
    assert (kind, line) == ("bib_form", 1)
    cure = "is on your own disk; put the PDF at files/papers/a.pdf, and no field is needed"
    assert message.startswith("a: file: ")
    assert message.endswith(f"{cure}; also in b")


@pytest.mark.parametrize("value", [*PRIVATE, "../../a.pdf", "//host/a.pdf"])
def test_what_is_no_path_of_the_site_is_not_missed_where_there_is_another(told, value):
    assert told(entry(f"file = {{{value}}}"), "files/papers/k.pdf") == []


@pytest.mark.parametrize("value", ["a\\0b/c.pdf", "x" * 300])
def test_what_can_be_no_path_is_let_be(told, value):
    assert told(entry(f"file = {{{value}}}"), "files/papers/k.pdf") == []
