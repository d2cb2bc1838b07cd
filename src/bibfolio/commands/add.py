"""Add papers by DOI, arXiv number or DBLP record: their entries, as a careful person writes them.

Services are asked (Crossref, DataCite, arXiv, DBLP), and one entry is put into the bibliography;
every other byte of it stays.
"""

from __future__ import annotations

import argparse
import codecs
import difflib
import re
import sys
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bibfolio.commands import check
from bibfolio.commands.check import Settings, as_text, visible
from bibfolio.model import Paper, Profile
from bibfolio.model.work import Work
from bibfolio.problems import Problem
from bibfolio.services import lookup
from bibfolio.services.client import Client, ServiceError
from bibfolio.services.dblp import work_of
from bibfolio.sources.bib_parser import RawEntry
from bibfolio.sources.bibliography import Bibliography
from bibfolio.sources.bibtex_edit import EditError, changed, inserted
from bibfolio.sources.bibtex_writer import fields_of, layout_of
from bibfolio.sources.keys import identity, new_key
from bibfolio.sources.profile_toml import ProfileError, read_profile

#: What was done: added, or there already; not possible; not wanted, or not yet.
DONE, FAILED, OPEN = 0, 1, 3


@dataclass
class Site:
    """The bibliographies of a site, read anew after every change."""

    root: Path
    settings: Settings
    read: dict[str, Bibliography]
    problems: list[Problem]

    @classmethod
    def at(cls, root: Path) -> Site:
        """Read what is in the folder *root*."""
        settings = check.read_settings(root)
        files = [root / name for name in settings.bibtex_bibfiles]
        read, problems = check.examine(files, root, settings)
        return cls(root, settings, read, settings.told(problems))

    @cached_property
    def profile(self) -> Profile | None:
        """Return whose site it is; None if that is not said, or cannot be read."""
        try:
            return read_profile(self.root / self.settings.bibfolio_profile)
        except (OSError, ProfileError):
            return None

    @cached_property
    def papers(self) -> list[Paper]:
        """Return all papers and drafts."""
        return [paper for one in self.read.values() for paper in (*one.papers, *one.drafts)]

    @cached_property
    def works(self) -> list[tuple[Paper, Work]]:
        """Return all papers, each also as a service would have it."""
        return [(paper, work_of(paper)) for paper in self.papers]

    def place(self, paper: Paper | None = None) -> tuple[Path, Bibliography]:
        """Return the bibliography that a paper is in, or the one that gets new entries."""
        every = self.read.items()
        return next((Path(n), one) for n, one in every if not paper or paper.key in one.entries)

    def address(self, key: str) -> str:
        """Return where the page of a paper will be; empty in a project that has no such pages."""
        slug = next((paper.slug for paper in self.papers if paper.key == key), key)
        base = self.settings.html_baseurl
        if not base.startswith("http"):
            base = self.profile.links.website if self.profile else ""
        page = f"papers/{slug}/"
        return (f"{base.rstrip('/')}/{page}" if base else page) * self.settings.is_site

    def write(self, path: Path, before: str, after: str) -> str:
        """Write a bibliography that was read as *before*; return why it was not, mostly nothing."""
        try:
            data = path.read_bytes()
        except OSError as error:
            return f"{path} cannot be read: {error.strerror}"
        mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
        for codec in ("utf-8", self.settings.bibtex_encoding):
            try:
                if mark + before.encode(codec) == data:
                    return check.replace_file(path, data, mark + after.encode(codec))
            except (UnicodeError, LookupError):
                continue
        return f"{path} is not UTF-8 and stays as it is; save it as UTF-8 first"


# -- command ----------------------------------------------------------------------------------


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may follow ``bibfolio add``."""
    what = "DOI, arXiv number, DBLP record (each also as address), or a .bib file"
    parser.add_argument("identifiers", metavar="IDENTIFIER", nargs="+", help=what)
    parser.add_argument("--key", help="the key of the entry")
    parser.add_argument("--abstract", action="store_true", help="add the abstract as well")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.set_defaults(error=parser.error)


def run(options: argparse.Namespace) -> int:
    """Look each identifier up and add what it names.

    Returns:
        0 if all is there now, 1 if something failed, 3 if something waits for a yes.
    """
    asked = []
    for text in options.identifiers:
        if identifier := lookup.identifier_of(text):
            asked.append((text, identifier))
        else:
            options.error(f"{visible(text)} is no DOI, arXiv number, DBLP record or .bib file")
    if options.key is not None:
        if len(asked) > 1 or asked[0][1].kind == "file":
            options.error("--key goes with one paper")
        if not re.fullmatch(r"[^\s,{}()=\"#%'@\\~]+", options.key):
            options.error(f"{visible(options.key)} cannot be a key")
    client, statuses = Client(), set()
    for text, identifier in asked:
        client.begin()
        try:
            for work in lookup.find(identifier, client):
                statuses.add(_add(work, Site.at(Path()), options))
        except (ServiceError, EditError) as error:
            say(f"{text}: {error}; nothing was written")
            statuses.add(FAILED)
    return FAILED if FAILED in statuses else max(statuses, default=DONE)


def say(line: str) -> None:
    """Tell something beside what is asked for."""
    sys.stderr.write(visible(line) + "\n")


def _add(work: Work, site: Site, options: argparse.Namespace) -> int:
    """Add one work, or say why not."""
    if missing := lacking(work):
        raise ServiceError(f"what the service knows has {missing}")
    if work.corrects:
        raise ServiceError(f"this is no paper but the {work.corrects}")
    for update in work.updates:
        say(f"Note: this work has a {update}")
    path, read = site.place()
    if not path.is_file():
        raise ServiceError(f"there is no {path} here; run this in the folder of conf.py")
    if same := lookup.find_same(work, site.works):
        if work_of(same).is_preprint and not work.is_preprint:
            return _publish(same, work, site, is_sure=options.yes)
        print(visible(f"{site.place(same)[0]}:{same.line}: {same.key} is this paper"))
        return DONE
    if work.journal_ref and work.is_preprint:
        say(f"Note: its authors tell arXiv that it appeared in {work.journal_ref}")
    if not _is_wanted(work, site, is_sure=options.yes):
        return OPEN
    if options.key and identity(options.key) in {identity(paper.key) for paper in site.papers}:
        options.error(f"the key {visible(options.key)} is there already")
    key = options.key or key_for(work, site.papers)
    return _write(site, path, read.text, with_entry(work, read, key, options.abstract), key)


def lacking(work: Work) -> str:
    """Return what a work has not, without which it is no entry."""
    parts = {"title": work.title, "authors": work.authors or work.editors, "date": work.date}
    return " and ".join(f"no {name}" for name, value in parts.items() if not value)


def with_entry(work: Work, read: Bibliography, key: str, with_abstract: bool = False) -> str:
    """Return the text of a bibliography with an entry for *work*, above the others of its year."""
    layout = layout_of(read.text, read.raw)
    fields = layout.arranged(work.type, fields_of(work, with_abstract=with_abstract))
    entry = layout.entry(work.type, key, fields)
    years = {p.line: p.date.year for p in (*read.papers, *read.drafts) if p.date}
    return inserted(read.text, read.raw, years, entry, work.date.year if work.date else 0)


def key_for(work: Work, papers: Collection[Paper]) -> str:
    """Return a key for a new entry beside those of *papers*."""
    known = [(paper.key, _family(paper)) for paper in papers if paper.authors]
    year = work.date.year if work.date else 0
    return new_key(_family(work), year, work.title, known, [paper.key for paper in papers])


def _family(one: Work | Paper) -> str:
    first = next(iter(one.authors or one.editors))
    return first.prefix + first.family


def _is_wanted(work: Work, site: Site, *, is_sure: bool) -> bool:
    """Tell whether a work is the owner's, or is wanted all the same."""
    if not site.profile:
        say("Note: no profile says who the owner is; whose paper this is was not asked")
        return True
    if lookup.owner_in(work, site.profile.names, site.profile.links.orcid):
        return True
    names = ", ".join(one.name for one in (work.authors or work.editors)[:5])
    say(f"{site.profile.name} is not among the authors of {work.title} ({names} …)")
    if is_sure:
        return True
    if sys.stdin is None or not sys.stdin.isatty():
        say("Nothing was added; --yes adds it all the same")
        return False
    sys.stderr.write("Add it all the same? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def _publish(paper: Paper, work: Work, site: Site, *, is_sure: bool) -> int:
    """Show what becomes of the entry of a preprint, and write it if that is wanted."""
    path, read = site.place(paper)
    raw = next(one for one in read.raw if one.line == paper.line)
    text = as_paper(work, read, raw)
    print(visible(f"{path}:{paper.line}: {paper.key} is there as a preprint, and published now"))
    print(difference(path, read.text, text))
    if differs := lookup.disagreement(paper, work):
        say(f"Note: {differs}")
    if not is_sure:
        say("Nothing was written; --yes writes it")
        return OPEN
    return _write(site, path, read.text, text, paper.key)


def as_paper(work: Work, read: Bibliography, raw: RawEntry) -> str:
    """Return the text of a bibliography in which the preprint *raw* is the paper it became."""
    layout = layout_of(read.text, read.raw)
    values, gone = lookup.as_published(raw, work, layout)
    return changed(read.text, raw, layout, type_=work.type, values=values, dropped=gone)


def difference(path: Path, before: str, after: str) -> str:
    """Return a unified diff."""
    old, new = (one.replace("\r", "").split("\n") for one in (before, after))
    lines = difflib.unified_diff(old, new, str(path), str(path), lineterm="")
    return "\n".join(map(visible, lines))


def _write(site: Site, path: Path, before: str, after: str, key: str) -> int:
    """Write a bibliography; show the entry *key*, where its page will be, and what is not right."""
    if refusal := site.write(path, before, after):
        say(refusal)
        return FAILED
    now = Site.at(site.root)
    paper = next(one for one in now.papers if one.key == key)
    lines = re.split(r"\r\n|\r|\n", after)[paper.line - 1 :]
    ends = [one.line for one in now.read[str(path)].raw if one.line > paper.line]
    entry = "\n".join(lines[: ends[0] - paper.line] if ends else lines)
    print("\n".join(map(visible, re.sub(r"\n(?:[ \t]*%[^\n]*|\s)*\Z", "", entry).split("\n"))))
    if address := now.address(key):
        print(visible(f"Its page will be {address}"))
    known = Counter((one.kind, one.message) for one in site.problems)
    known.subtract((one.kind, one.message) for one in now.problems)
    new = [one for one in now.problems if known[one.kind, one.message] < 0]
    print(as_text(new), end="")
    return DONE
