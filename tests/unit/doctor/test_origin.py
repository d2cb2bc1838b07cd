"""What is wrong in the output is said where it can be mended: in the source."""

import pytest

from bibfolio.doctor.references import Reference
from tests.unit.doctor.made import BASE, built, sources

BIB = """\
@misc{other,
  url = {https://other.example/x},
}
@misc{paper,
  doi = {10.1145/3603269.3604816},
  eprint = {2504.15930},
  code = {https://code.example/it},
}
@misc{third, doi = {10.1145/1111111}}
"""
PAPERS = {"papers/other": 1, "papers/paper": 4, "papers/third": 9}
ESSAY = """\
# Essay on talks

The talks are in {doc}`talks`.
Here is {cite:t}`paper`, and [this](../files/x/slides.pdf).
[There](https://there.example/a) and [more](https://there.example/a/b), [old](later.md#end-here).
"""
FILES = {
    "refs.bib": BIB,
    "research/essay.md": ESSAY,
    "research/index.md": "# Research\n\n```{toctree}\nessay\ngone\n```\n",
    "notes/paper.md": "See [that](https://that.example/1).",
    "profile.toml": 'orcid = "0000-0002-1825-0097"\n\nsite = "https://ann.example"\n',
    "index.md": "# Ann\n",
}


@pytest.fixture
def all_sources(tmp_path):
    site = built(tmp_path, {"feed.xml": f"<feed>\n<link>{BASE}gone/</link></feed>"})
    return sources(tmp_path, site, FILES, PAPERS)


def place(found, folder) -> str:
    name = found.file.removeprefix(folder.as_posix() + "/")
    return f"{name}:{found.line}"


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("index.html", "src/index.md:0"),
        ("research/index.html", "src/research/index.md:0"),
        ("research/essay/index.html", "src/research/essay.md:0"),
        ("research/essay.html", "src/research/essay.md:0"),
        ("research/essay.md", "src/research/essay.md:0"),
        ("papers/paper/index.html", "src/refs.bib:4"),
        ("papers/paper.html", "src/refs.bib:4"),
        ("search/index.html", "out/search/index.html:0"),
    ],
)
def test_a_page_comes_from_its_source(all_sources, tmp_path, path, where):
    assert place(all_sources.of(path), tmp_path) == where


@pytest.mark.parametrize(
    ("path", "address", "where"),
    [
        # As written, whole: not the line with a longer address.
        ("research/essay/index.html", "https://there.example/a/b", "src/research/essay.md:5"),
        ("research/essay/index.html", "../../files/x/slides.pdf", "src/research/essay.md:4"),
        # As a document, not as a word of the text.
        ("research/essay/index.html", "../../talks/", "src/research/essay.md:3"),
        ("research/essay.html", "../talks.html", "src/research/essay.md:3"),
        ("research/index.html", "gone/", "src/research/index.md:5"),
        # As a key, as a heading.
        ("research/essay/index.html", "../../publications/#cite-paper", "src/research/essay.md:4"),
        ("research/essay/index.html", "../later/#end-here", "src/research/essay.md:5"),
        # As a value of the entry, and only of this entry.
        ("papers/paper/index.html", "https://doi.org/10.1145/3603269.3604816", "src/refs.bib:5"),
        ("papers/paper/index.html", "https://arxiv.org/abs/2504.15930", "src/refs.bib:6"),
        ("papers/paper/index.html", "https://that.example/1", "notes/paper.md:1"),
        ("papers/paper/index.html", "../gone/", "src/refs.bib:4"),
        # On a page that only shows what is written elsewhere.
        ("index.html", "https://code.example/it", "src/refs.bib:7"),
        ("index.html", "https://orcid.org/0000-0002-1825-0097", "src/profile.toml:1"),
        ("index.html", "https://nobody.example/wrote-this", "src/index.md:0"),
        # In a file that has no source, that file.
        ("feed.xml", f"{BASE}gone/", "out/feed.xml:2"),
        ("research/essay/index.html", "https://[", "src/research/essay.md:0"),
    ],
)
def test_an_address_comes_from_a_line(all_sources, tmp_path, path, address, where):
    found = all_sources.of_reference(Reference(path, address))
    assert place(found, tmp_path).endswith(where)


def test_a_missing_source_is_no_reason_to_stop(tmp_path):
    site = built(tmp_path, {})
    found = sources(tmp_path, site, {}, {"papers/paper": 3})
    reference = Reference("papers/paper/index.html", "../gone/")
    assert place(found.of_reference(reference), tmp_path) == "src/refs.bib:3"
