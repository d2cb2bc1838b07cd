"""The language of the search index: English, Chinese bigrams, accents folded, DOIs whole, years.

Sphinx's own language for English indexes a run of Han characters as one word and drops numbers, so
that neither two characters nor a DOI find anything (sphinx-doc/sphinx, search/__init__.py). Words
are cut in Python when the index is made and in the browser when it is asked: by the same rules,
which a test compares.
"""

from __future__ import annotations

import functools
import json
import re

from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

from bibfolio.config import is_site
from bibfolio.model.scripts import EAST_ASIAN_LETTERS
from bibfolio.model.strings import STROKES, without_accents
from bibfolio.sphinx_compat import forget_words_without_pages

#: A DOI, an arXiv number, a run of Han characters, or a word without them.
# In ASCII alone: what \s and \d mean beyond it differs between Python and JavaScript. The class is
# every visible sign but , ; < > { and }.
_DOI = r"10\.[0-9]{4,9}/[!-+\-.-:=?-z|~]*[A-Za-z0-9]"
_ARXIV = r"[0-9]{4}\.[0-9]{4,5}"
#: Sphinx indexes no number and looks for none; years do.
_YEAR = r"(?:19|20)[0-9]{2}"
_TOKEN = re.compile(rf"{_DOI}|{_ARXIV}|[{EAST_ASIAN_LETTERS}]+|[^\W{EAST_ASIAN_LETTERS}]+")
_IS_EAST_ASIAN = re.compile(f"[{EAST_ASIAN_LETTERS}]+").fullmatch
_IS_YEAR = re.compile(_YEAR).fullmatch

_JAVASCRIPT = r"""
var foldLetters = (text) => {
  const letters = LETTERS;
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\0-\x7f]/g, (letter) => letters[letter] || letter)
    .normalize("NFC");
};
var splitQuery = (query) => {
  const token = /DOI|ARXIV|[EAST_ASIAN]+|(?:(?![EAST_ASIAN])[\p{L}\p{N}_])+/gu;
  // Characters, not halves of those that JavaScript counts as two.
  const pairs = (characters) => characters.slice(1).map((char, index) => characters[index] + char);
  return (foldLetters(query).match(token) || []).flatMap((token) =>
    /^[EAST_ASIAN]{2,}$/u.test(token)
      ? pairs(Array.from(token))
      : [/^YEAR$/.test(token) ? `y${token}` : token],
  );
};
"""


def split(text: str) -> list[str]:
    """Return the words of *text* as they are indexed: Han runs in pairs, years as ``y2024``."""
    words: list[str] = []
    for token in _TOKEN.findall(without_accents(text)):
        if token.isascii():
            words.append(f"y{token}" if _IS_YEAR(token) else token)
        elif len(token) > 1 and _IS_EAST_ASIAN(token):
            words += [token[i : i + 2] for i in range(len(token) - 1)]
        else:
            words.append(token)
    return words


class BibfolioSearch(SearchEnglish):
    """English stemming and stop words on :func:`split`'s words."""

    lang = "bibfolio"
    js_splitter_code = (
        _JAVASCRIPT.replace("LETTERS", json.dumps(STROKES))
        .replace("EAST_ASIAN", EAST_ASIAN_LETTERS)
        .replace("DOI", _DOI.replace("/", "\\/"))
        .replace("ARXIV", _ARXIV)
        .replace("YEAR", _YEAR)
    )

    def __init__(self, options: dict[str, str]) -> None:
        super().__init__(options)
        # A site uses few words, each many times: finding the stem is what indexing costs.
        self.stem = functools.cache(super().stem)  # type: ignore[method-assign]

    def split(self, input: str) -> list[str]:
        """Return the words of *input*, by :func:`split`."""
        return split(input)


def _forget_words(app: Sphinx) -> list[tuple[str, dict[str, object], str]]:
    """Drop the words of removed pages in the last event before the index of a site is written."""
    if is_site(app.config):
        forget_words_without_pages(app.builder)
    return []


def setup(app: Sphinx) -> None:
    """Register the language; ``html_search_language = "bibfolio"`` chooses it."""
    app.add_search_language(BibfolioSearch)
    app.connect("html-collect-pages", _forget_words)
