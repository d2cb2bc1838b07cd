"""`refs.bib` as pybtex alone reads it: what the outputs of the site are compared with.

Shares no code with the package. It knows no more TeX than the owner's file uses, and refuses any
other instead of guessing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pybtex.database

#: Fields that say something to this site only, or name its files.
OWN_FIELDS = set(
    "file slides poster code video award venueurl gist results"
    " figure figurealt figurecaption".split()
)
#: Mark → sign and legend.
_MARKS = {"equal": ("*", "* Equal contribution"), "corresponding": ("†", "† Corresponding author")}
_MONTHS = (
    "January February March April May June July August September October November December".split()
)


def plain(value: str) -> str:
    """A value without braces, escapes and line breaks.

    Raises:
        ValueError: the value holds TeX that is not known here.
    """
    text = value.replace("\\%", "%").replace("--", "–").replace("{", "").replace("}", "")
    if re.search(r"[\\$~]", text):
        raise ValueError(f"more TeX than expected: {value!r}")
    return " ".join(text.split())


@dataclass(frozen=True)
class Entry:
    """An entry of the file: decoded fields, and the raw ones."""

    key: str
    type: str
    raw: dict[str, str]
    #: Given and family names.
    names: tuple[tuple[str, str], ...]

    def __getitem__(self, name: str) -> str:
        return plain(self.raw.get(name, ""))

    @property
    def authors(self) -> list[str]:
        return [f"{given} {family}" for given, family in self.names]

    @property
    def marked_authors(self) -> list[str]:
        """Names with their signs, as printed."""
        signs = dict(re.findall(r"(\d+)\s*=\s*([^;]+)", self.raw.get("author+an", "")))
        return [
            author
            + "".join(_MARKS[word.strip()][0] for word in signs.get(f"{i}", "").split(",") if word)
            for i, author in enumerate(self.authors, 1)
        ]

    @property
    def legend(self) -> str:
        """What the signs mean, or an empty text."""
        words = re.findall(r"[a-z]+", self.raw.get("author+an", ""))
        meanings = dict.fromkeys(_MARKS[word][1] for word in words)
        return f"({'; '.join(meanings)})" if meanings else ""

    @property
    def date(self) -> str:
        """As precise as the file is: `2024`, `2024-09`, `2025-04-22`."""
        return self["date"] or self["year"]

    @property
    def year(self) -> str:
        return self.date[:4]

    @property
    def is_preprint(self) -> bool:
        return self["pubstate"] == "prepublished"

    @property
    def topics(self) -> list[str]:
        words = [word.strip() for word in self["keywords"].split(",")]
        return [word for word in words if word and word != "selected"]

    @property
    def name(self) -> str:
        """What people call it."""
        return self["shorttitle"] or self["title"]

    @property
    def pages(self) -> tuple[str, str]:
        first, _, last = self["pages"].partition("–")
        return first, last

    @property
    def timestamp(self) -> str:
        """The first moment of its date."""
        year, month, day = [*self.date.split("-"), "01", "01"][:3]
        return f"{year}-{month}-{day}T00:00:00Z"

    @property
    def month_words(self) -> str:
        """`September 2024`, or the year alone."""
        year, *rest = self.date.split("-")
        return f"{_MONTHS[int(rest[0]) - 1]} {year}" if rest else year

    @property
    def same_as(self) -> list[str]:
        """Where else the paper is, the best address first."""
        found = []
        if self["doi"]:
            found.append(f"https://doi.org/{self['doi']}")
        elif self["url"]:
            found.append(self["url"])
        if self["eprint"]:
            found.append(f"https://arxiv.org/abs/{self['eprint']}")
        return found

    def addresses(self, has: Callable[[str], bool], *, is_page: bool = False) -> list[str]:
        """Where its buttons lead, in order; *has* tells which files the site serves.

        On its page, the best way to the text comes first.
        """
        file = self._files("file", "papers", has)
        if not file and self["eprint"]:
            file = [f"https://arxiv.org/pdf/{self['eprint']}"]
        others = [*self._files("slides", "slides", has), *([self["code"]] if self["code"] else [])]
        doi = [url for url in self.same_as if "//doi.org/" in url]
        arxiv = [url for url in self.same_as if "//arxiv.org/" in url]
        page = [url for url in self.same_as if url not in doi + arxiv]
        best = [*file, *arxiv, *doi, *page][:1] if is_page else []
        return list(dict.fromkeys([*best, *file, *others, *doi, *arxiv, *page]))

    def _files(self, name: str, folder: str, has: Callable[[str], bool]) -> list[str]:
        candidates = [f"files/{folder}/{self.key}.pdf", *re.split(r";\s*", self[name])]
        return [c for c in candidates if c.startswith("https://") or (c and has(c))][:1]


def read(path: Path) -> list[Entry]:
    """The entries that may be shown, in the order in which lists show them."""
    shown = [entry for entry in _entries(path) if entry["pubstate"] != "inpreparation"]
    return sorted(shown, key=lambda entry: -int(entry.year))


def drafts(path: Path) -> list[str]:
    """Keys of the entries that may not be shown."""
    return [entry.key for entry in _entries(path) if entry["pubstate"] == "inpreparation"]


def _entries(path: Path) -> list[Entry]:
    entries = pybtex.database.parse_file(str(path), bib_format="bibtex").entries
    return [_entry(key, entry) for key, entry in entries.items()]


def _entry(key: str, entry: pybtex.database.Entry) -> Entry:
    names = [
        (plain(" ".join(p.first_names + p.middle_names)), plain(" ".join(p.last_names)))
        for p in entry.persons["author"]
    ]
    raw = {name.lower(): " ".join(value.split()) for name, value in entry.fields.items()}
    return Entry(key, entry.type, raw, tuple(names))
