"""A built site as data: its files, its pages parsed, the papers on them.

What a list of papers looks like in HTML is known here and nowhere else in the tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement


def text_of(tag: Tag) -> str:
    """What a reader reads: the text with every run of white space as one space."""
    return " ".join(tag.get_text().split())


@dataclass(frozen=True)
class Card:
    """A paper as a list shows it, taken apart again."""

    tag: Tag

    def part(self, name: str) -> Tag | None:
        """The element of class `paper-card-NAME`."""
        return self.tag.find(class_=f"paper-card-{name}")

    def _text(self, name: str) -> str:
        part = self.part(name)
        return text_of(part) if part else ""

    @property
    def id(self) -> str:
        """Where a citation leads; empty for a repeated entry without one."""
        return str(self.tag.get("id", ""))

    @property
    def title(self) -> str:
        return self._text("title")

    @property
    def badge(self) -> str:
        return self._text("badge")

    @property
    def venue(self) -> str:
        """Badge and place in one line, and then the topics."""
        return self._text("venue")

    @property
    def topics(self) -> list[str]:
        return [text_of(tag) for tag in self.tag.select(".paper-card-topic")]

    @property
    def legend(self) -> str:
        return self._text("legend")

    @property
    def authors(self) -> list[str]:
        """The names in order, with their marks: `Jane Doe*`."""
        line = self._text("authors").removesuffix(self.legend).strip()
        return line.split(", ") if line else []

    @property
    def owner(self) -> list[str]:
        """The names in bold."""
        return [text_of(tag) for tag in self.tag.select(".paper-card-authors strong")]

    @property
    def links(self) -> list[tuple[str, str]]:
        """Word and address of every button."""
        row = self.part("links")
        found = row("a") if row else []
        return [(text_of(link), link["href"]) for link in found]

    def link(self, label: str) -> str | None:
        """The address behind the button LABEL; None if there is no such button."""
        return dict(self.links).get(label)


@dataclass(frozen=True)
class PaperPage:
    """The page of one paper, taken apart again."""

    main: Tag

    def part(self, name: str) -> Tag | None:
        """The element of class `paper-page-NAME`."""
        return self.main.find(class_=f"paper-page-{name}")

    def _text(self, name: str) -> str:
        part = self.part(name)
        return text_of(part) if part else ""

    def _links(self, name: str) -> list[Tag]:
        part = self.part(name)
        return part.find_all("a") if part else []

    @property
    def title(self) -> str:
        return title_of(self.main)

    @property
    def legend(self) -> str:
        """What the marks mean: `(* Equal contribution)`."""
        legend = self.main.find(class_="paper-card-legend")
        return text_of(legend) if legend else ""

    @property
    def authors(self) -> list[str]:
        """The names in order, with their marks: `Jane Doe*`."""
        line = self._text("authors").removesuffix(self.legend).strip()
        return line.split(", ") if line else []

    def _fact(self, name: str) -> Tag | None:
        """What is said behind a term of the facts at the right."""
        return self.main.find("dd", class_=f"paper-page-{name}")

    @property
    def label(self) -> str:
        """Badge, month and city."""
        return self._text("venue")

    @property
    def reference(self) -> str:
        """The paper as others cite it."""
        return self._text("reference")

    @property
    def summary(self) -> str:
        return self._text("summary")

    @property
    def topics(self) -> list[str]:
        fact = self._fact("topics")
        return text_of(fact).split(", ") if fact else []

    @property
    def links(self) -> list[tuple[str, str]]:
        """Word and address of every button."""
        return [(text_of(link), link["href"]) for link in self._links("links")]

    @property
    def bibtex(self) -> str:
        """The entry as readers select it, line breaks and all."""
        part = self.part("bibtex")
        return part.get_text() if part else ""

    @property
    def downloads(self) -> list[Tag]:
        fact = self._fact("exports")
        return fact.find_all("a") if fact else []

    @property
    def neighbours(self) -> dict[str, str]:
        """`Newer` and `Older` → address."""
        found = self.main.find_all(class_="paper-page-neighbour")
        return {text_of(tag).partition(":")[0]: tag.find("a")["href"] for tag in found}

    @property
    def places(self) -> list[tuple[str, str]]:
        """Text and address of every link back."""
        return [(text_of(link), link["href"]) for link in self._links("places")]


def cards(tag: Tag) -> list[Card]:
    """The papers listed within *tag*, in order."""
    return [Card(item) for item in tag.find_all(class_="paper-card")]


def heading_of(tag: Tag) -> str:
    """Text of the heading under which *tag* stands, without the permalink."""
    heading = tag.find_previous(["h1", "h2", "h3", "h4"])
    return text_of(heading).rstrip("¶#") if heading else ""


def headings(tag: Tag) -> list[str]:
    """Text of every heading within *tag*, without the permalinks."""
    return [_heading_text(heading) for heading in tag.find_all(["h1", "h2", "h3", "h4"])]


def title_of(tag: Tag) -> str:
    """Text of the first heading within *tag*, without the permalink."""
    return headings(tag)[0]


def _heading_text(heading: Tag) -> str:
    parts = (part for part in heading.children if "headerlink" not in _classes(part))
    return " ".join("".join(part.get_text() for part in parts).split())


def _classes(part: PageElement) -> list[str]:
    return part.get("class", []) if isinstance(part, Tag) else []


def contents(folder: Path) -> dict[str, bytes]:
    """Path below *folder* → content, for every file, as it is now."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def differences(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """Names of files that are in one of the two only, or not the same in both."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


@dataclass
class Output:
    """A built site."""

    src: Path
    out: Path

    @cached_property
    def pages(self) -> list[Path]:
        """Every HTML document once; what themes keep in `_static` is not one."""
        found = {path for path in self.out.rglob("*.html") if path.is_file()}
        if self.out / "404" / "index.html" in found:
            found -= {self.out / "404.html"}  # a copy of it
        return sorted(p for p in found if "_static" not in p.relative_to(self.out).parts)

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Path below `out` → content, for every file."""
        return contents(self.out)

    def page(self, name: str | Path) -> Path:
        """The HTML file of a document (`research/index`), or a file below `out`."""
        name = Path(name)
        if name.suffix == ".html":
            return self.out / name
        folder = name.parent if name.name == "index" else name
        paths = [self.out / folder / "index.html", self.out / f"{name}.html"]
        return next((path for path in paths if path.is_file()), paths[0])

    def soup(self, name: str | Path = "index") -> BeautifulSoup:
        """The page, parsed as a browser parses it."""
        return BeautifulSoup(self.page(name).read_text(encoding="utf-8"), "html5lib")

    def main(self, name: str | Path = "index") -> Tag:
        """What the page says, without navigation, head and foot."""
        main = self.soup(name).select_one('main, [role="main"]')
        assert main, f"{name} has no main part"
        return main

    def cards(self, name: str | Path = "index") -> list[Card]:
        """The papers the page lists."""
        return cards(self.main(name))

    def groups(self, name: str | Path = "index") -> dict[str, list[str]]:
        """Heading → titles of the papers under it, in order."""
        lists = self.main(name).find_all(class_="paper-card-list")
        return {heading_of(list_): [card.title for card in cards(list_)] for list_ in lists}

    def titles(self, name: str | Path = "index") -> list[str]:
        """Their titles."""
        return [card.title for card in self.cards(name)]

    def paper(self, key: str) -> PaperPage:
        """The page of the paper KEY."""
        return PaperPage(self.main(f"papers/{key}"))

    def text(self, name: str) -> str:
        """A file below `out`, line ends as they are."""
        return (self.out / name).read_bytes().decode("utf-8")

    # -- edits, as the author of a site makes them --------------------------------------------

    def write(self, name: str, text: str | bytes) -> None:
        """Create or replace a source file."""
        path = self.src / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace the one place where a source file says *old*."""
        text = (self.src / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{name} says {old!r} {text.count(old)} times"
        self.write(name, text.replace(old, new))

    def delete(self, name: str) -> None:
        """Remove a source file."""
        (self.src / name).unlink()
