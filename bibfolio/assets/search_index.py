"""The index of the search as readers load it: nothing twice, and small numbers instead of large.

Sphinx lists for every word the numbers of the pages that have it. With thousands of pages the
numbers are long, and hardly one is like another; from one page to the next it is a short step, and
a common word takes the same few steps again and again, which is what compression is good at
(Pagefind does so too: https://github.com/Pagefind/pagefind/pull/999). ``search.js`` puts back what
is left out here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import accumulate, pairwise
from typing import Any, TextIO

from sphinx.application import Sphinx
from sphinx.search import js_index
from sphinx.util.typing import ExtensionMetadata

#: As ``sphinx.search.IndexBuilder.freeze`` (9.0) makes it.
Index = dict[str, Any]

#: What is told of words: the number of a page, or of several in rising order.
_BY_WORD = ("terms", "titleterms")
#: Says that an index is reduced: one that an earlier version has left is not.
_MARK = "reduced"


def reduce(index: Index) -> Index:
    """The index without what can be told from the rest of it."""
    pages = index["docnames"]
    files = zip(index["filenames"], pages, strict=True)
    main = {(number, None) for number in range(len(pages))}
    sections = {
        title: [place for place in places if tuple(place) not in main]
        for title, places in index["alltitles"].items()
    }
    return index | {
        _MARK: True,
        # The file that a page is made from bears its name, but for the ending.
        "filenames": [name.removeprefix(page) for name, page in files],
        # The title of a page is listed as one, and once more among those of its sections.
        "alltitles": {title: places for title, places in sections.items() if places},
        **{part: _with(_steps, index[part]) for part in _BY_WORD},
    }


def restore(index: Index) -> Index:
    """What :func:`reduce` was given, or *index* if it is not reduced.

    But for the titles of pages among those of sections: who loads an index to add to it will reduce
    it again.
    """
    if not index.pop(_MARK, False):
        return index
    endings = zip(index["docnames"], index["filenames"], strict=True)
    return index | {
        "filenames": [page + ending for page, ending in endings],
        **{part: _with(accumulate, index[part]) for part in _BY_WORD},
    }


def _with(
    change: Callable[[list[int]], Iterable[int]], words: dict[str, int | list[int]]
) -> dict[str, int | list[int]]:
    return {
        word: pages if isinstance(pages, int) else list(change(pages))
        for word, pages in words.items()
    }


def _steps(pages: list[int]) -> list[int]:
    """The first page, and from each to the next: ``[3, 5, 6]`` → ``[3, 2, 1]``."""
    return [*pages[:1], *(after - before for before, after in pairwise(pages))]


class _Reduced:
    """How Sphinx is to write the index, and to read it when pages are added to it."""

    def dump(self, index: Index, file: TextIO) -> None:
        """Write *index*."""
        js_index.dump(reduce(index), file)

    def load(self, file: TextIO) -> Index:
        """Read what :meth:`dump`, or Sphinx itself, has written."""
        return restore(js_index.load(file))


# -- Sphinx ----------------------------------------------------------------------------------


def _reduce(app: Sphinx) -> None:
    """``builder-inited``: with this package's theme, whose script restores what is left out."""
    builder: Any = app.builder
    if getattr(builder, "search", False) and builder.theme.name == "bibfolio":
        builder.indexer_format = _Reduced()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Choose the form of the index before it is loaded."""
    app.connect("builder-inited", _reduce)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
