"""References in our own style, in lists and footnotes: sentences, wherever they are printed.

What they should say comes from refs.bib as pybtex reads it.
"""

from __future__ import annotations

import re
import zipfile

import pytest
from lxml import etree

from bibfolio.model import publication_order
from bibfolio.model.quotation import citation_labels
from bibfolio.sources.bibliography import read_bibliographies
from tests import readers
from tests.building import ROOTS, Built
from tests.readers import WORDS, Entry, folded

ENTRIES = readers.read(ROOTS / "awkward", "names.bib", "refs.bib")
#: Signs alone tell these keys apart, and sphinxcontrib-bibtex makes one footnote of them.
ALIKE = {"a/b", "a:b", "a-b"}
IN_NOTES = [key for key in ENTRIES if key not in ALIKE]
NOTES = "".join(f"{{footcite}}`{key}`\n" for key in IN_NOTES)
PAGES = {
    "references.md": "# References\n\n```{bibliography}\n:all:\n```\n",
    "notes.md": f"# Notes\n\n{NOTES}\n```{{footbibliography}}\n```\n",
}
#: Stands where a sentence ends, in texts without spaces.
END = "¶"


@pytest.fixture(scope="module")
def book(build_once) -> Built:
    return build_once(
        "awkward",
        PAGES,
        builder="epub",
        warnings=True,
        bibtex_default_style="bibfolio",
        version="1",
        copyright="Ann Walrus",
    )


def marked(text: str) -> str:
    """Without typography, but for where sentences end."""
    return folded(re.sub(r"(?<=[.?!]) ", END, " ".join(text.split()))).replace("*", "")


def labelled(text: str) -> dict[str, str]:
    """Label → reference, in the output of Sphinx's text builder; without marks on names."""
    found = re.findall(r"\n\n\[([^]]+)\] (.*?)(?=\n\n\[|\Z)", text, re.DOTALL)
    legend = re.compile(r"\.?\s+\(\*.*?\)\.", re.DOTALL)
    return {label: marked(legend.sub(".", words).replace("†", "")) for label, words in found}


def keys_of_labels() -> dict[str, str]:
    """Label → key, in a list under our style."""
    paths = {name: ROOTS / "awkward" / name for name in ("names.bib", "refs.bib")}
    read = read_bibliographies(paths, frozenset())
    papers = publication_order(paper for one in read.values() for paper in one.papers)
    return {label: key for key, label in citation_labels(papers).items()}


def beginning(entry: Entry) -> str:
    """Who, and what."""
    role = "author" if "author" in entry.people else "editor"
    names = [person.direct for person in entry.people.get(role, [])]
    names += ["et al."] if role in entry.others else []
    if names and role == "editor":
        names.append("editors" if names[1:] else "editor")
    sentences = [", ".join(names), entry.title or f"[{entry.key}]"]
    return marked(" ".join(f"{text.removesuffix('.')}." for text in sentences if text))


def badge(entry: Entry) -> str:
    """What is said first of where it is."""
    journal, year = entry.text("shortjournal"), entry.dates[0][0] if entry.dates else ""
    state = WORDS.get(entry.raw.get("pubstate", ""), "").capitalize()
    return entry.text("eventtitleaddon") or (f"{journal} {year}" if journal else state)


def wrong(entry: Entry, said: str) -> list[str]:
    """What is wrong with a reference."""
    start = beginning(entry)
    if not said.startswith(start):
        return [f"{entry.key}: begins {said[: len(start)]}, not {start}"]
    _, *where = said.removeprefix(start).split(END)
    has_links = bool(entry.doi or entry.raw.keys() & {"url", "eprint", "pmid"})
    links = where.pop() if where and has_links else ""
    venues = ("journaltitle", "eventtitle", "booktitle", "institution")
    venue = next((entry.text(name) for name in venues if name in entry.raw), "")
    is_volume = entry.type == "proceedings"
    right = {
        "badge": not badge(entry) or marked(f"{badge(entry)}.") + END in f"{END.join(where)}{END}",
        "venue": is_volume or any(folded(venue) in sentence for sentence in where or [""]),
        "end": (where[-1:] or [start])[0].endswith("."),
        "doi": not entry.doi or folded(f"doi:{entry.doi}") in links,
        "links": bool(links) == has_links,
    }
    return [f"{entry.key}: {name} in {said}" for name, is_right in right.items() if not is_right]


def test_each_reference_is_sentences_one_after_the_other(book):
    """Authors, title, badge, where it is, and links; the same in lists, notes and the EPUB."""
    text = book.rebuild_as("text")
    keys = keys_of_labels()
    said = labelled(text.text("references.txt"))
    listed = {keys[label]: words for label, words in said.items()}
    assert sorted(listed) == sorted(ENTRIES)
    assert [line for key, said in listed.items() for line in wrong(ENTRIES[key], said)] == []
    assert list(labelled(text.text("notes.txt")).values()) == [listed[key] for key in IN_NOTES]
    (file,) = book.out.glob("*.epub")
    with zipfile.ZipFile(file) as archive:
        root = etree.fromstring(archive.read("references.xhtml"))
    for part in root.xpath("//*[@class='link-target'] | //*[local-name()='annotation']"):
        part.text = ""
    printed = marked("".join(root.itertext()).replace("†", ""))
    missing = [key for key, said in listed.items() if beginning(ENTRIES[key]) not in printed]
    assert [key for key in missing if "author+an" not in ENTRIES[key].raw] == []
