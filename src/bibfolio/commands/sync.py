"""Compares the bibliography with ORCID and DBLP: works that it lacks, or that appeared since.

It proposes new works of the owner, published versions of preprints, and a DOI, pages or an ISBN
where an entry has none. It changes nothing else, and deletes or moves nothing.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import Any

from bibfolio.commands import DONE, FAILED, OPEN, say
from bibfolio.model import Paper
from bibfolio.model.notices import NOTICES, Notice
from bibfolio.model.strings import fold, without_empty
from bibfolio.model.work import Work
from bibfolio.project.entries import key_for, missing_parts, with_entry, with_published
from bibfolio.project.files import difference, replace_file
from bibfolio.project.findings import FORMATS, github_command, visible
from bibfolio.project.site import Site
from bibfolio.services import lookup
from bibfolio.services.client import Client, ServiceError, cache_folder
from bibfolio.services.crossref import ARXIV_DOI
from bibfolio.services.dblp import work_of
from bibfolio.sources.bib_parser import RawEntry
from bibfolio.sources.bibliography import Bibliography, parse_bibliography
from bibfolio.sources.bibtex_edit import EditError, changed
from bibfolio.sources.bibtex_writer import fields_of, layout_of, verbatim
from bibfolio.sources.fields import standard_name
from bibfolio.sources.identifiers import orcid_error

#: The file that remembers the changes that the owner does not want.
DECLINED = "sync.toml"
_HEAD = "# What `bibfolio sync` does not propose again. Take an entry out to be asked again.\n"
#: Fields that are filled if they are empty.
_EMPTY = ("doi", "pages", "isbn")
#: After so many failures in a row, no service is asked any more.
_MOST_FAILURES = 3


@dataclass
class Change:
    """A change of an entry, or a new entry."""

    #: ``new``, ``published``, ``fields`` or ``notice``.
    what: str
    work: Work
    reason: str
    path: Path
    paper: Paper | None = None
    #: Fields to fill; and the DOIs of notices that a field is to have as well.
    names: tuple[str, ...] = ()
    dois: tuple[str, ...] = ()
    key: str = ""
    diff: str = ""
    is_written: bool = False

    @property
    def identifiers(self) -> list[str]:
        """Return the identifiers by which a declined change is remembered."""
        names = self.dois or self.names
        ids = [f"{self.paper.key} {name}" for name in names] if self.paper else []
        return ids or list(filter(None, (self.work.doi, self.work.arxiv))) or [self.work.title]

    def made(self, read: Bibliography, papers: Sequence[Paper]) -> str:
        """Return the text of a bibliography with this change."""
        if not self.paper:
            self.key = key_for(self.work, [*papers, *read.papers, *read.drafts])
            return with_entry(self.work, read, self.key)
        self.key = self.paper.key
        raw = next((entry for entry in read.raw if entry.key == self.paper.key), None)
        if not raw:
            raise EditError(f"{self.key} is written in a way that cannot be changed")
        if self.what == "published":
            return with_published(self.work, read, raw)
        layout = layout_of(read.text, read.raw)
        if self.what == "notice":
            there = {standard_name(name): value.strip(" ;") for name, value in raw.fields}
            parts = [*filter(None, [there.get(self.names[0], "")]), *map(verbatim, self.dois)]
            values = {self.names[0]: "; ".join(parts)}
            return changed(read.text, raw, layout, type_=raw.type, values=values)
        fields, empty = fields_of(self.work), set(self.names) - _filled(raw)
        if not empty:
            raise EditError(f"{self.key} is filled already")
        values = {name: fields[name] for name in self.names if name in empty}
        return changed(read.text, raw, layout, type_=raw.type, values=values)


@dataclass
class Findings:
    """What the services know and the bibliography does not."""

    site: Site
    orcid: str
    #: Changes that are not proposed again: kind of change, identifier.
    declined: Collection[tuple[str, str]] = ()
    changes: list[Change] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    #: Works of the lists that are not proposed: title, reason.
    passed: list[tuple[str, str]] = field(default_factory=list)
    has_failed: bool = False
    #: Number of failures in a row.
    failures: int = 0

    @cached_property
    def works(self) -> list[tuple[Paper, Work]]:
        """Return all papers, each also in the form of services."""
        return lookup.as_works(self.site.papers)

    def weigh(self, work: Work, where: str) -> None:
        """Decide what a work of a service changes in the bibliography."""
        spellings = self.site.profile.names if self.site.profile else frozenset()
        owner = lookup.owner_in(work, spellings, self.orcid)
        paper = lookup.find_same(work, self.works)
        if paper or owner:
            known = paper.notices if paper else ()
            updates = tuple(u for u in work.updates if not _is_known(u.doi, u.field, known))
            self.notes += [f"{work.title} {words}" for words in replace(work, updates=updates).told]
        if work.corrects:
            self.passed.append((work.title, f"it is the {work.corrects}"))
        elif paper:
            self._compare(paper, work, where)
        elif not work.authors and fold(work.title) in {
            *(fold(own.title) for _paper, own in self.works),
            *(fold(change.work.title) for change in self.changes),
        }:
            pass  # of a list without authors, and the bibliography has the title
        elif same := [change for change in self.changes if lookup.is_same(change.work, work)]:
            why = f"it may be another version of what is new ({', '.join(same[0].identifiers)})"
            self.passed.append((work.title, why))
        elif missing := missing_parts(work):
            self.passed.append((work.title, f"the services know {missing}"))
        elif owner:
            number = work.doi or work.arxiv or "neither DOI nor arXiv number"
            reason = f"{where}, {number}; {owner.name} is an author"
            self._propose(Change("new", work, reason, self.site.bibliography()[0]))
        else:
            names = ", ".join(person.name for person in (work.authors or work.editors)[:4])
            self.passed.append((work.title, f"you are not among its authors ({names} …)"))

    def _propose(self, change: Change) -> None:
        """Propose a change unless it was declined."""
        ids = {(change.what, name.lower()) for name in change.identifiers}
        if ids.isdisjoint(self.declined):
            self.changes.append(change)

    def _compare(self, paper: Paper, work: Work, where: str) -> None:
        """Compare an entry with the record of a service."""
        own = work_of(paper)
        if own.is_preprint and not work.is_preprint:
            print_ = work.doi or work.container
            if any(change.paper is paper for change in self.changes):
                self.notes.append(f"{paper.key} has also appeared as {print_}; that is not written")
                return
            reason = f"{paper.key} has appeared: {where}, {print_}"
            path = self.site.bibliography(paper)[0]
            self._propose(Change("published", work, reason, path, paper))
        elif own.is_preprint == work.is_preprint:
            if work.journal_ref:
                self.notes.append(
                    f"{paper.key}: its authors tell arXiv that it appeared in {work.journal_ref}"
                )
            has_other_doi = work.doi and own.doi and work.doi.lower() != own.doi.lower()
            if not own.is_preprint and (has_other_doi or work.type not in {own.type, "misc"}):
                self.notes.append(
                    f"{paper.key} ({own.type} {own.doi}) may be another version of what "
                    f"{where} is ({work.type} {work.doi}); nothing is changed"
                )
                return
            self._fill(paper, work, where)
            self._notice(paper, work)
            years = [each.date.year for each in (own, work) if each.date and not own.is_preprint]
            if len({*years}) > 1:
                self.notes.append(
                    f"{paper.key}: the years differ ({years[0]} here, {years[1]} at the service)"
                )
        else:
            return  # the service has the preprint of a published paper
        if work.authors and (differs := lookup.disagreement(paper, work)):
            self.notes.append(f"{paper.key}: {differs}")

    def _fill(self, paper: Paper, work: Work, where: str) -> None:
        """Propose the fields that an entry lacks and a service knows."""
        path, read = self.site.bibliography(paper)
        raw = next((entry for entry in read.raw if entry.line == paper.line), None)
        filled, fields = _filled(raw) if raw else set(_EMPTY), fields_of(work)
        names = tuple(
            name
            for name in _EMPTY
            if name in fields.keys() - filled
            and not ARXIV_DOI.match(fields[name])
            and ("fields", f"{paper.key} {name}".lower()) not in self.declined
        )
        if names:
            reason = f"{paper.key} has no {', '.join(names)}; {where} with them"
            self._propose(Change("fields", work, reason, path, paper, names))

    def _notice(self, paper: Paper, work: Work) -> None:
        """Propose the notices about a paper that its entry does not have."""
        path = self.site.bibliography(paper)[0]
        for name, dois in work.noticed.items():
            new = tuple(
                doi
                for doi in dois
                if not _is_known(doi, name, paper.notices)
                and ("notice", f"{paper.key} {doi}".lower()) not in self.declined
            )
            if new:
                word = NOTICES[name].word.lower()
                reason = f"{paper.key} has a notice at Crossref ({word}): {', '.join(new)}"
                self._propose(Change("notice", work, reason, path, paper, (name,), new))


def _is_known(doi: str, name: str, notices: Sequence[Notice]) -> bool:
    """Return whether an entry has the notice with this DOI in the field *name* or a graver one."""
    graver = takewhile(lambda kind: kind != name, NOTICES)
    kinds = {*graver, name} if name else {*NOTICES}
    return any(one.doi.lower() == doi.lower() != "" and one.kind in kinds for one in notices)


def _filled(raw: RawEntry) -> set[str]:
    """Return the standard names of fields with a value; ``eid`` stands in for ``pages``."""
    names = {standard_name(name) for name, value in raw.fields if value.strip()}
    return names | ({"pages"} if "eid" in names else set())


# -- services ---------------------------------------------------------------------------------


def _ask(findings: Findings, lists: Mapping[str, str], client: Client) -> None:
    """Ask for the works of the lists, and for all other works of the bibliography."""
    records: list[tuple[Work, str]] = []
    works = [
        (work, f"in the list of {name}")
        for name, person in lists.items()
        for work in _tried(findings, client, name, lookup.listed, name.lower(), person) or []
    ]
    for number, (work, where) in enumerate(works, 1):
        _progress(number, len(works), work.title)
        if done := _tried(findings, client, work.title, lookup.completed, work):
            _merge(records, done, where)
    prints = [work for work, _where in records if not work.is_preprint]
    seen = [lookup.find_same(work, findings.works) for work in prints]
    # Lists may lack works, and retractions come late: what has a DOI is looked up all the same.
    rest = [
        (paper, work)
        for paper, work in findings.works
        if paper not in seen and (work.is_preprint or work.doi)
    ]
    for number, (paper, work) in enumerate(rest, 1):
        _progress(number, len(rest), work.title)
        if found := _tried(findings, client, paper.key, lookup.printed, work):
            _merge(records, found, "found at arXiv or Crossref")
    for work, where in records:
        findings.weigh(work, where)


def _merge(records: list[tuple[Work, str]], work: Work, where: str) -> None:
    """Add a record of a work, or merge it with that of the same work; a print counts more."""
    for number, (other, place) in enumerate(records):
        if both := lookup.merged(other, work):
            records[number] = both, where if other.is_preprint and not both.is_preprint else place
            return
    records.append((work, where))


def _tried(findings: Findings, client: Client, name: str, ask: Any, *what: Any) -> Any:
    """Return the answer of *ask*; None, and a message, if it fails."""
    if findings.failures >= _MOST_FAILURES:
        return None
    client.begin()
    try:
        found = ask(*what, client)
    except ServiceError as error:
        findings.has_failed, findings.failures = True, findings.failures + 1
        more = "; nothing more is asked" * (findings.failures == _MOST_FAILURES)
        say(f"{name}: {error}{more}")
        return None
    findings.failures = 0
    return found


def _progress(number: int, of: int, title: str) -> None:
    if sys.stderr.isatty():
        end = "\r" if number < of else "\r\033[K"
        sys.stderr.write(f"\r\033[K{number} of {of}: {visible(title)[:60]}{end}")
        sys.stderr.flush()


# -- declined changes -------------------------------------------------------------------------


def _declined(path: Path) -> set[tuple[str, str]]:
    """Return the changes that are not proposed again: kind of change, identifier."""
    if not path.exists():
        return set()
    tables = tomllib.loads(path.read_text(encoding="utf-8")).get("declined", [])
    return {
        (str(table.get("what", "new")), str(name).lower())
        for table in tables
        for name in table.get("identifiers", [])
    }


def _decline(path: Path, change: Change) -> str:
    """Remember that a change is not wanted; return why that failed, or ""."""
    values = {
        "what": change.what,
        "identifiers": change.identifiers,
        "title": " ".join(change.work.title.split()),
        "reason": f"declined on {datetime.now(UTC):%Y-%m-%d}",
    }
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()]
    try:
        path.touch()
        before = path.read_bytes()
    except OSError as error:
        return f"{path} cannot be written: {error.strerror}"
    block = "\n".join(["", "[[declined]]", *lines, ""])
    return replace_file(path, before, (before or _HEAD.encode()) + block.encode())


# -- command ----------------------------------------------------------------------------------


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``bibfolio sync``."""
    parser.add_argument(
        "--orcid", help="your ORCID iD or its address; default: links.orcid of the profile"
    )
    parser.add_argument(
        "--dblp",
        help="your number at DBLP or its address, dblp.org/pid/NUMBER; default: links.dblp",
    )
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--yes", action="store_true", help="ask nothing, write everything")
    ways.add_argument(
        "--dry-run", action="store_true", help="only show the changes; exit with 3 if there are any"
    )
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="json and github are for programs"
    )
    parser.set_defaults(error=parser.error)


def run(options: argparse.Namespace) -> int:
    """Show what the lists have and the bibliography lacks, and write what is wanted.

    Returns:
        0 if nothing is left to write, 1 if something failed, 3 if something waits for a yes.
    """
    site = Site.at(Path())
    path = site.bibliography()[0]
    if not path.is_file():
        options.error(f"there is no {path} here; run this in the folder of conf.py")
    links = site.profile.links if site.profile else None
    orcid = (options.orcid or (links.orcid if links else "")).rstrip("/").rpartition("/")[2]
    dblp = re.sub(r"^.*?pid/|\.\w+$", "", options.dblp or (links.dblp if links else ""))
    if orcid and (wrong := orcid_error(orcid)):
        options.error(f"{visible(orcid)} {wrong}")
    if dblp and not re.fullmatch(r"[\w-]+(?:/[\w-]+)?", dblp):
        options.error(f"{visible(dblp)} is no pid of DBLP")
    lists = without_empty({"ORCID": orcid, "DBLP": dblp})
    if not lists:
        options.error("the profile names no orcid and no dblp; write them there, or --orcid")
    try:
        declined = _declined(site.root / DECLINED)
    except (OSError, ValueError, AttributeError, TypeError) as error:
        say(f"{DECLINED} cannot be read: {error}")
        return FAILED
    findings = Findings(site, orcid, declined)
    _ask(findings, lists, Client(cache=cache_folder()))
    return _offer(findings, options)


def _offer(findings: Findings, options: argparse.Namespace) -> int:
    """Show the changes, ask for each on a terminal, and write what is wanted."""
    site, is_text = findings.site, options.format == "text"
    is_asking = is_text and not options.yes and not options.dry_run
    is_asking = is_asking and sys.stdin is not None and sys.stdin.isatty()
    paths = {change.path for change in findings.changes}
    texts = {path: site.bibliographies[str(path)].text for path in paths}
    before, is_sure = dict(texts), options.yes
    status = FAILED if findings.has_failed else DONE
    for change in list(findings.changes):
        read = parse_bibliography(texts[change.path])
        try:
            after = change.made(read, site.papers)
        except EditError as error:
            findings.passed.append((change.work.title, str(error)))
            findings.changes.remove(change)
            continue
        change.diff = difference(change.path, texts[change.path], after)
        if is_text:
            print(visible(f"{change.what}: {change.reason}"), change.diff, "", sep="\n")
        answer = "yes" if is_sure else _answer() if is_asking else "no"
        is_sure |= answer == "all"
        if answer == "quit":
            break
        if answer == "never" and (refusal := _decline(site.root / DECLINED, change)):
            say(refusal)
            status = FAILED
        # If nobody is asked, each change is shown as if those before were written.
        if answer in {"yes", "all"} or not is_asking:
            texts[change.path] = after
            change.is_written = answer in {"yes", "all"}
    for path, text in texts.items():
        wanted = any(change.is_written and change.path == path for change in findings.changes)
        if wanted and (refusal := site.write(path, before[path], text)):
            say(refusal)
            status = FAILED
    _print(findings, options.format)
    is_open = not is_asking and not all(change.is_written for change in findings.changes)
    return status or (OPEN if is_open else DONE)


def _answer() -> str:
    """Ask whether to write a change; no answer means no."""
    sys.stderr.write("Write this? [y]es, [n]o, ne[v]er, [a]ll, [q]uit: ")
    sys.stderr.flush()
    line = sys.stdin.readline()
    words = {"y": "yes", "v": "never", "a": "all", "q": "quit", "never": "never"}
    answer = line.strip().lower()
    return words.get(answer) or words.get(answer[:1], "no") if line else "quit"


def _print(findings: Findings, form: str) -> None:
    """Print what no change follows from; for programs, everything."""
    notes = [f"Note: {note}" for note in dict.fromkeys(findings.notes)]
    notes += [f"Not proposed: “{title}”, because {why}" for title, why in findings.passed]
    if form == "json":
        names = "what key identifiers reason diff is_written".split()
        changes = [
            {"file": str(change.path), **{name: getattr(change, name) for name in names}}
            for change in findings.changes
        ]
        passed = [{"title": title, "because": why} for title, why in findings.passed]
        report = {"changes": changes, "not_proposed": passed, "notes": findings.notes}
        notes = [json.dumps(report, indent=2)]
    elif form == "github":
        notes = [
            github_command(
                *("notice", change.what, change.reason, str(change.path)),
                line=change.paper.line if change.paper else 0,
            )
            for change in findings.changes
        ] + [github_command("notice", "", note) for note in notes]
    elif not findings.changes:
        notes.append("Nothing to propose.")
    for note in notes:
        print(note if form == "json" else visible(note))
