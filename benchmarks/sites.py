"""Writes the sites that are compared.

*Ours* is what `bibfolio` makes of a bibliography: a list, a page for every paper, exports, pictures
for link previews; *plain* is the same without the pictures. *Stock* is what its author would write
by hand for stock Sphinx with sphinxcontrib-bibtex and pydata-sphinx-theme: the same list, and a
Markdown page for every paper. Its sidebar leaves those pages out: with them, the time grows with
the square of their number.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from pathlib import Path

import latexcodec  # noqa: F401  # registers the codec ulatex

from benchmarks.bibliography import Entry, bibliography

#: Number of papers that the essay of each site cites.
_CITED = 10

_OUR_CONF = """\
extensions = ["bibfolio"]
html_theme = "bibfolio"
html_baseurl = "https://sample.example.org/"
"""
#: Typst draws them, in a time that the package cannot change.
_WITHOUT_PICTURES = """
from bibfolio.theme import social_card

social_card.draw_card = lambda _words: b""
"""
_PROFILE = """\
name          = "A. Sample"
name_variants = ["A. Sample"]
position      = "professor"
interests     = ["storage", "networks", "scheduling"]

[affiliation]
institution = "University of Somewhere"

[links]
website = "https://sample.example.org"
"""
_OUR_INDEX = """\
# A. Sample

```{publications}
:filter: keywords % "selected"
```

```{toctree}
publications
essay
```
"""
_OUR_LIST = """\
# Publications

```{publications}
:group: year
```
"""
_STOCK_CONF = """\
extensions = ["myst_parser", "sphinxcontrib.bibtex"]
bibtex_bibfiles = ["refs.bib"]
html_theme = "pydata_sphinx_theme"
html_sidebars = {"papers/*": []}
"""
_STOCK_INDEX = """\
# A. Sample

```{toctree}
publications
essay
papers/index
```
"""
_STOCK_LIST = """\
# Publications

```{bibliography}
:all:
```
"""
_STOCK_PAPERS = """\
# Papers

```{toctree}
:glob:
:hidden:

*
```
"""
_STOCK_PAPER = """\
# {title}

{authors}

## Summary

{annotation}

## Abstract

{abstract}

## BibTeX

```bibtex
{bibtex}```
"""


def cited(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that the essay cites, spread over the bibliography."""
    return list(entries[:: max(1, len(entries) // _CITED)][:_CITED])


def stock_page(entry: Entry) -> str:
    """Return the page of a paper that an author would write by hand."""
    texts = {
        name: _plain(entry.fields.get(name, "")) for name in ("title", "annotation", "abstract")
    }
    people = (name.split(", ") for name in _plain(entry.fields["author"]).split(" and "))
    authors = ", ".join(" ".join(reversed(parts)) for parts in people)
    return _STOCK_PAPER.format(authors=authors, bibtex=entry, **texts)


def _plain(tex: str) -> str:
    text = codecs.getdecoder("ulatex")(tex.replace(r"\emph", ""))[0]  # type: ignore[arg-type]
    return re.sub(r"[{}\\]", "", str(text))


def _essay(entries: Sequence[Entry]) -> str:
    sentences = (f"More is said in {{cite:p}}`{entry.key}`." for entry in cited(entries))
    return "# Essay\n\n" + "\n\n".join(sentences) + "\n"


def files_of(entries: Sequence[Entry]) -> dict[str, dict[str, str]]:
    """Return the files of the sites *ours*, *plain* and *stock*: path → text."""
    both = {"refs.bib": "\n".join(map(str, entries)), "essay.md": _essay(entries)}
    ours = {
        "conf.py": _OUR_CONF,
        "profile.toml": _PROFILE,
        "index.md": _OUR_INDEX,
        "publications.md": _OUR_LIST,
    }
    stock = {
        "conf.py": _STOCK_CONF,
        "index.md": _STOCK_INDEX,
        "publications.md": _STOCK_LIST,
        "papers/index.md": _STOCK_PAPERS,
    }
    pages = {f"papers/{entry.key}.md": stock_page(entry) for entry in entries}
    plain = ours | {"conf.py": _OUR_CONF + _WITHOUT_PICTURES}
    return {"ours": ours | both, "plain": plain | both, "stock": stock | pages | both}


def generate(size: int, folder: Path) -> list[Entry]:
    """Write sites of *size* papers, each into the folder of its name; return the papers."""
    entries = bibliography(size)
    for name, files in files_of(entries).items():
        for path, text in files.items():
            target = folder / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
    return entries
