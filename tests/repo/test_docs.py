"""The documentation builds, and what it tells people to write and to type works.

The blocks of a page make a site: BibTeX is its bibliography, TOML its profile, Python goes into its
``conf.py``, and each block of Markdown is a page. A block below ``<!-- not tried: … -->`` is left
out, with the reason in place of the dots.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt
from sphinx.errors import ExtensionError

from tests.building import REPOSITORY, ROOTS, run_sphinx
from tools import examples

DOCS = REPOSITORY / "docs"
ONE_PAPER = REPOSITORY / "examples" / "one-paper"
BUILT = {"bibtex", "toml", "python", "markdown", "css", "xml", "yaml"}
READ_ONLY = {"text", "powershell"}
NOT_TRIED = re.compile(r"<!-- not tried: \w.* -->\s*")
#: Fewer is better: these are not tried.
MOST_NOT_TRIED = 3

CONF = """\
extensions = ["bibfolio"]
html_theme = "bibfolio"
html_baseurl = "https://jane.example.org/"
bibfolio_lint = "build"
"""
INDEX = """\
# Index

```{toctree}
:glob:

*
```
"""
LIST = "```{publications}\n:group: year\n```\n"
PORTRAIT = (REPOSITORY / "examples" / "group" / "_static" / "ola.png").read_bytes()
#: Words of an example → a file that is there where an example has them, and what it holds.
THERE = {
    "publications\n": ("publications.md", "# Publications\n\nThey are elsewhere.\n"),
    "teaching\n": ("teaching.md", "# Teaching\n\nThere is none.\n"),
    "slow-disks\n": ("slow-disks.md", "# Slow disks\n\nThey are.\n"),
    "long-queues\n": ("long-queues.md", "# Long queues\n\nThey are.\n"),
    "_static/jane.png": ("_static/jane.png", PORTRAIT),
    '"jane.png"': ("jane.png", PORTRAIT),
    "walrus-final.pdf": ("files/papers/walrus-final.pdf", b"%PDF-1.4\n"),
    "figurealt": (
        "figures/doe2026walrus.svg",
        (ONE_PAPER / "figures" / "doe2026walrus.svg").read_bytes(),
    ),
}

Blocks = dict[str, list[str]]


def blocks(path: Path) -> Iterator[tuple[str, str, bool]]:
    """Language and text of each block of code in a document, and whether it is to be tried."""
    comment = ""
    for token in MarkdownIt("commonmark").parse(path.read_text("utf-8")):
        if token.type == "fence":
            yield token.info.strip(), token.content, not NOT_TRIED.fullmatch(comment)
        if token.type in {"fence", "html_block", "inline", "heading_open"}:
            comment = token.content


def tried(path: Path) -> Blocks:
    """The blocks of a document that are tried, by language."""
    found: Blocks = defaultdict(list)
    for language, text, is_tried in blocks(path):
        if is_tried and not language.startswith("{"):
            found[language].append(text)
    return found


PAGES = sorted(p for p in DOCS.rglob("*.md") if not {"adr", "_build"} & {*p.parts})
BY_PAGE = {path.relative_to(DOCS).as_posix(): tried(path) for path in PAGES}


def test_each_block_is_of_a_known_language_and_nearly_all_are_tried():
    every = [block for path in PAGES for block in blocks(path)]
    languages = {language for language, _text, _tried in every if not language.startswith("{")}
    assert languages <= BUILT | READ_ONLY | {"sh"}
    assert sum(not is_tried for *_block, is_tried in every) <= MOST_NOT_TRIED


# -- what people write -----------------------------------------------------------------------


def sites(page: Blocks) -> Iterator[dict[str, str | bytes]]:
    """The files of the sites that the blocks of a page make.

    One holds them all; a block of Python that names ``extensions`` is the ``conf.py`` of another.
    """
    whole = [text for text in page["python"] if "extensions =" in text]
    parts = [text for text in page["python"] if "extensions =" not in text]
    for conf in [CONF + "".join(parts), *whole] if len(page) > 1 or not whole else whole:
        site = {"conf.py": conf, "index.md": INDEX} | dict(files(page))
        text = "".join(site.values())
        yield {path: held for words, (path, held) in THERE.items() if words in text} | site


def files(page: Blocks) -> Iterator[tuple[str, str]]:
    """Path and text of what the blocks of a page are."""
    base = (ONE_PAPER / "refs.bib").read_text("utf-8")
    written = "\n".join(page["bibtex"])
    yield "refs.bib", written if "{doe2026walrus," in written else f"{written}\n{base}"
    # Plain values stand above the first table.
    toml = sorted(page["toml"], key=lambda text: text.lstrip("#").lstrip().startswith("["))
    named = any(re.match(r"(?:#.*\n)?name\b", text) for text in toml)
    yield "profile.toml", "\n".join(["" if named else 'name = "Jane Doe"', *toml])
    for text in page["css"]:
        yield "_static/own.css", text
    for text in page["xml"]:
        yield "figures/doe2026walrus.svg", text
    is_complete = re.compile(r"```\{publications\}\n(?!(?:.+\n)*:(?:filter|limit|mirror):)")
    if not any(map(is_complete.search, page["markdown"])):
        yield "papers-by-year.md", f"# Papers\n\n{LIST}"
    for number, text in enumerate(page["markdown"]):
        is_cv = re.search(r"\{cv\}|\{profile\} cv\b", text)
        title = "" if text.startswith("---\n") else f"# Example {number}\n\n"
        yield "cv.md" if is_cv else f"example-{number}.md", title + text


@pytest.mark.parametrize("name", [name for name, page in BY_PAGE.items() if BUILT & page.keys()])
def test_what_a_page_says_to_write_builds_without_a_warning(build, name):
    for text in BY_PAGE[name]["yaml"]:
        assert isinstance(yaml.safe_load(text), dict)
    for site in sites(BY_PAGE[name]):
        build("minimal", site)


# -- what people type ------------------------------------------------------------------------

#: What needs the network, waits for visitors, or is about the machine.
NOT_RUN = re.compile(r"pip |python3 -m venv |\. venv/|git |bibfolio serve")
ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith("READTHEDOCS")} | {
    "PYTHONPATH": str(REPOSITORY / "src"),
    "NO_COLOR": "1",
}
NEW = 'bibfolio new . --name "Jane Doe" --institution "Example University" --yes'
RUN = {
    "bibfolio": [sys.executable, "-m", "bibfolio"],
    "pybabel": [sys.executable, "-m", "babel.messages.frontend"],
    "python": [sys.executable],
}


def run(line: str, folder: Path) -> str:
    """Run a command, in which ``$(…)`` stands for what another says; return what it says."""
    program, *words = shlex.split(line)
    words = [re.sub(r"\$\((.+)\)", lambda inner: run(inner[1], folder), word) for word in words]
    command = [*RUN[program], *words]
    done = subprocess.run(
        command, cwd=folder, env=ENVIRONMENT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
    return done.stdout.strip()


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name, page in BY_PAGE.items() if page["sh"]])
def test_what_a_page_says_to_type_runs(tmp_path, name):
    lines = [line for text in BY_PAGE[name]["sh"] for line in text.splitlines()]
    lines = [line for line in lines if not NOT_RUN.match(line)]
    if not any(line.startswith("bibfolio new") for line in lines):
        lines.insert(0, NEW)
    folder = tmp_path
    if any("old-site" in line for line in lines):
        shutil.copytree(ROOTS / "hugoblox", tmp_path / "old-site")
    for line in lines:
        if line.startswith("cd "):
            folder /= line[3:]
        else:
            run(line, folder)


# -- the pages themselves, and the gallery ---------------------------------------------------


@pytest.mark.parametrize(
    ("builder", "names"),
    [("dirhtml", []), pytest.param("html", examples.NAMES, marks=pytest.mark.slow)],
)
def test_the_documentation_builds_with_sites_that_its_links_open(tmp_path, builder, names):
    """No page of these is for search engines, as their papers are invented."""
    made = shutil.ignore_patterns("_build", "*.paper")
    source = shutil.copytree(DOCS, tmp_path / "docs", ignore=made)
    done = run_sphinx(
        *(source, tmp_path, "-n", "-W", "--keep-going", "-b", builder),
        BIBFOLIO_LIVE_EXAMPLES=" ".join(names),
        PYTHONPATH=os.pathsep.join([str(REPOSITORY / "src"), str(REPOSITORY)]),
    )
    assert done.returncode == 0, done.stderr
    is_folder = builder == "dirhtml"
    assert (done.out / "papers" / f"wcag22{'/index' * is_folder}.html").is_file()
    linked = set()
    for page in ("index.html", f"gallery{'/index' * is_folder}.html"):
        links = re.findall(
            r'href="((?:\.\./)*examples/[^"]*)"', (done.out / page).read_text("utf-8")
        )
        for link in links:
            path = ((done.out / page).parent / link / ("index.html" * is_folder)).resolve()
            name = path.relative_to(done.out / "examples").parts[0]
            assert path.is_file() == (name in names), link
            linked.add(name)
    assert linked == {*examples.NAMES}
    for name in names:
        site = done.out / "examples" / name
        pages = [page for page in site.rglob("*.html") if "_static" not in page.parts]
        assert all('<meta name="robots" content="noindex">' in p.read_text("utf-8") for p in pages)
        papers = list((site / "papers").glob("*.html" if not is_folder else "*/index.html"))
        assert len(papers) == examples.PAPERS.get(name, len(papers)) > 0
    assert not list(done.out.rglob("sitemap.xml"))
    assert {path.name for path in (done.out / "examples").glob("*")} == {*names}


def test_a_site_that_does_not_build_fails_the_documentation(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(DOCS))
    import live_examples

    (tmp_path / "conf.py").write_text("extensions = ['nowhere_to_be_found']\n")
    monkeypatch.setattr(live_examples.examples, "write", lambda _name, _folder: tmp_path)
    with pytest.raises(ExtensionError, match="one-paper does not build") as failure:
        live_examples.build("one-paper", "dirhtml", tmp_path / "out")
    assert "nowhere_to_be_found" in str(failure.value)
