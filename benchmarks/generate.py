"""Write a site of so many papers, ours and stock: ``python -m benchmarks.generate 1000 FOLDER``.

``FOLDER/own`` is what a scholar would have: this repository's ``conf.py`` and style sheets, a
profile, lists, essays that cite, a CV. ``FOLDER/stock`` has the same ``refs.bib`` and one page that
lists it, without this package. Build them from the root of the repository, so that
``python -m sphinx`` finds the package.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.bibliography import bibliography, key

ROOT = Path(__file__).parent.parent
#: What the site takes from this repository as it is.
SHARED = ("conf.py", "_static", "_templates")
#: Essays of the site, and how many papers each cites: no more than there are.
ESSAYS, CITED = 4, 10

_PROFILE = """\
name          = "A. Sample"
name_variants = ["A. Sample"]
position      = "professor"
email         = "sample (at) example (dot) org"
location      = "Somewhere"
interests     = ["storage", "networks", "scheduling"]
focus         = "systems that do not exist"

[affiliation]
department  = "Department of Examples"
institution = "University of Somewhere"

[links]
website = "https://sample.example.org"

[[education]]
degree      = "Ph.D. in examples"
institution = "University of Somewhere"
end         = 1998

[[positions]]
role         = "Professor"
organization = "University of Somewhere"
start        = "2005"
"""
_INDEX = """\
# A. Sample

```{profile} card
```

I am a {profile}`position` at {profile}`institution` and work on {profile}`interests`.

## Selected publications

```{publications}
:filter: keywords % "selected"
```

```{toctree}
:hidden:

publications
research/index
CV <cv>
```
"""
_PUBLICATIONS = """\
# Publications

Papers and preprints, newest first.

```{publications}
:group: year
```
"""
_CV = """\
# Curriculum vitae

```{profile} cv
```

```{cv}
```
"""
STOCK_CONF = """\
extensions = ["myst_parser", "sphinxcontrib.bibtex"]
bibtex_bibfiles = ["refs.bib"]
html_theme = "pydata_sphinx_theme"
"""
_STOCK_INDEX = """\
# Publications

```{bibliography}
:all:
```
"""


def cited(essay: int, size: int) -> list[int]:
    """Numbers of the entries that *essay* cites, spread over the bibliography."""
    numbers = ((i * ESSAYS + essay) * size // (ESSAYS * CITED) for i in range(CITED))
    return sorted(set(numbers))


def own_pages(size: int) -> dict[str, str]:
    """Path → text of the pages of our site of *size* papers."""
    essays = [f"essay-{number}" for number in range(ESSAYS)]
    toctree = "\n".join(["```{toctree}", *essays, "```"])
    pages = {"research/index.md": f"# Research\n\n{toctree}\n"}
    for number, name in enumerate(essays):
        roles = ("{cite:p}", "{cite:t}")
        sentences = (
            f"What came of it is said in {roles[i % 2]}`{key(paper)}`, and more could be said."
            for i, paper in enumerate(cited(number, size))
        )
        pages[f"research/{name}.md"] = f"# Essay {number}\n\n" + "\n\n".join(sentences) + "\n"
    return pages | {"index.md": _INDEX, "publications.md": _PUBLICATIONS, "cv.md": _CV}


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write *files* (path → text) below *folder*."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def copy(name: str, folder: Path) -> None:
    """Copy a file or folder of this repository, if it is there, to its place below *folder*."""
    source, target = ROOT / name, folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.is_file():
        shutil.copyfile(source, target)


def generate(size: int, folder: Path) -> None:
    """Write both sites of *size* papers into *folder*; what is there is replaced."""
    own, stock = folder / "own", folder / "stock"
    for site in (own, stock):
        shutil.rmtree(site, ignore_errors=True)
    text = bibliography(size)
    write(own, {"refs.bib": text, "profile.toml": _PROFILE, **own_pages(size)})
    write(stock, {"refs.bib": text, "conf.py": STOCK_CONF, "index.md": _STOCK_INDEX})
    for name in SHARED:
        copy(name, own)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the sites."""
    parser = argparse.ArgumentParser(description="Write a site of so many papers, ours and stock.")
    parser.add_argument("size", type=int, help="number of papers")
    parser.add_argument("folder", type=Path, help="where to write own/ and stock/")
    given = parser.parse_args(arguments)
    generate(given.size, given.folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
