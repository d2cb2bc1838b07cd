"""This repository's own site, and one as large for the stock stack: the same pages and papers.

What only this package understands is taken out of the pages: a ``{publications}`` becomes a
``{bibliography}``, a fact of the profile its name, a section of the profile nothing.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks.generate import ROOT, SHARED, STOCK_CONF, copy, write

PAGES = ("*.md", "publications/*.md", "research/*.md")
#: Beside the pages and what sites share.
_REST = ("refs.bib", "profile.toml", "files", "notes")

_LIST = re.compile(r"```\{publications\}.*?```", re.DOTALL)
_SECTION = re.compile(r"```\{profile\}.*?```\n", re.DOTALL)
_FACT = re.compile(r"\{profile\}`(\w+)`")


def stock_page(text: str, prefix: str) -> str:
    """A page for the stock stack; *prefix* keeps its lists apart from those of other pages."""
    count = 0

    def bibliography(_match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        # Citations lead to the one list without a prefix.
        option = "" if prefix == "publications" else f":keyprefix: {prefix}{count}-\n"
        return f"```{{bibliography}}\n:all:\n{option}```"

    return _FACT.sub(r"\1", _SECTION.sub("", _LIST.sub(bibliography, text)))


def generate(folder: Path) -> None:
    """Write both into *folder*, as ``own`` and ``stock``."""
    own, stock = folder / "own", folder / "stock"
    for site in (own, stock):
        shutil.rmtree(site, ignore_errors=True)
    for name in (*SHARED, *_REST):
        copy(name, own)
    for page in _pages():
        copy(page, own)
        text = (ROOT / page).read_text(encoding="utf-8")
        prefix = page.removesuffix(".md").replace("/", "-")
        write(stock, {page: stock_page(text, prefix)})
    copy("refs.bib", stock)
    write(stock, {"conf.py": STOCK_CONF})


def _pages() -> Iterator[str]:
    """Paths of the pages, without the documents for people who work on the site."""
    for pattern in PAGES:
        for path in sorted(ROOT.glob(pattern)):
            if not path.name[0].isupper():
                yield path.relative_to(ROOT).as_posix()
