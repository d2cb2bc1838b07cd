"""Adds papers by DOI, arXiv number or DBLP record: asks services, and writes complete entries.

Crossref, DataCite, arXiv and DBLP are asked; one entry is put into the bibliography, in the layout
of the others, and every other byte stays.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from pathlib import Path

from bibfolio.commands import DONE, FAILED, OPEN, say
from bibfolio.model import Paper
from bibfolio.model.work import Work
from bibfolio.project.entries import key_for, missing_parts, with_entry, with_published
from bibfolio.project.files import difference
from bibfolio.project.findings import as_text, visible
from bibfolio.project.site import Site
from bibfolio.services import lookup
from bibfolio.services.client import Client, ServiceError
from bibfolio.services.dblp import work_of
from bibfolio.sources.bibtex_edit import EditError
from bibfolio.sources.keys import identity


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``bibfolio add``."""
    what = "DOI, arXiv number or DBLP record, also as an address; or a .bib file"
    parser.add_argument("identifiers", metavar="IDENTIFIER", nargs="+", help=what)
    parser.add_argument("--key", help="the key of the entry")
    parser.add_argument("--abstract", action="store_true", help="add the abstract as well")
    parser.add_argument("--yes", action="store_true", help="ask nothing, add it")
    parser.set_defaults(error=parser.error)


def run(options: argparse.Namespace) -> int:
    """Look each identifier up and add its work.

    Returns:
        0 if the bibliography has all works now, 1 if one failed, 3 if one waits for a yes.
    """
    requested = []
    for text in options.identifiers:
        if identifier := lookup.identifier_of(text):
            requested.append((text, identifier))
        else:
            options.error(f"{visible(text)} is no DOI, arXiv number, DBLP record or .bib file")
    if options.key is not None:
        if len(requested) > 1 or requested[0][1].kind == "file":
            options.error("--key goes with one paper")
        if not re.fullmatch(r"[^\s,{}()=\"#%'@\\~]+", options.key):
            options.error(f"{visible(options.key)} cannot be a key")
    client, statuses = Client(), set()
    for text, identifier in requested:
        client.begin()
        try:
            for work in lookup.find(identifier, client):
                statuses.add(_add(work, Site.at(Path()), options))
        except (ServiceError, EditError) as error:
            say(f"{text}: {error}; nothing was written")
            statuses.add(FAILED)
    return FAILED if FAILED in statuses else max(statuses, default=DONE)


def _add(work: Work, site: Site, options: argparse.Namespace) -> int:
    """Add one work, or say why not; return the exit status."""
    if missing := missing_parts(work):
        raise ServiceError(f"what the service knows has {missing}")
    if work.corrects:
        raise ServiceError(f"this is no paper but the {work.corrects}")
    for words in work.told:
        say(f"Note: this work {words}")
    path, read = site.bibliography()
    if not path.is_file():
        raise ServiceError(f"there is no {path} here; run this in the folder of conf.py")
    if same := lookup.find_same(work, lookup.as_works(site.papers)):
        if work_of(same).is_preprint and not work.is_preprint:
            return _publish(same, work, site, is_sure=options.yes)
        print(visible(f"{site.bibliography(same)[0]}:{same.line}: {same.key} is this paper"))
        return DONE
    if work.journal_ref and work.is_preprint:
        say(f"Note: its authors tell arXiv that it appeared in {work.journal_ref}")
    if not _is_wanted(work, site, is_sure=options.yes):
        return OPEN
    if options.key and identity(options.key) in {identity(paper.key) for paper in site.papers}:
        options.error(f"the key {visible(options.key)} is there already")
    key = options.key or key_for(work, site.papers)
    return _write(site, path, read.text, with_entry(work, read, key, options.abstract), key)


def _is_wanted(work: Work, site: Site, *, is_sure: bool) -> bool:
    """Return whether a work is the owner's, or the user wants it all the same."""
    if not site.profile:
        say("Note: no profile says who the owner is; whose paper this is was not asked")
        return True
    if lookup.owner_in(work, site.profile.names, site.profile.links.orcid):
        return True
    names = ", ".join(person.name for person in (work.authors or work.editors)[:5])
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
    """Show the change from preprint to published paper, and write it if the user is sure."""
    path, read = site.bibliography(paper)
    raw = next(entry for entry in read.raw if entry.line == paper.line)
    text = with_published(work, read, raw)
    print(visible(f"{path}:{paper.line}: {paper.key} is there as a preprint, and published now"))
    print(difference(path, read.text, text))
    if differs := lookup.disagreement(paper, work):
        say(f"Note: {differs}")
    if not is_sure:
        say("Nothing was written; --yes writes it")
        return OPEN
    return _write(site, path, read.text, text, paper.key)


def _write(site: Site, path: Path, before: str, after: str, key: str) -> int:
    """Write a bibliography; show the entry *key*, the address of its page, and new problems."""
    if refusal := site.write(path, before, after):
        say(refusal)
        return FAILED
    now = Site.at(site.root)
    paper = next(paper for paper in now.papers if paper.key == key)
    lines = re.split(r"\r\n|\r|\n", after)[paper.line - 1 :]
    raw = now.bibliographies[str(path)].raw
    later = [entry.line for entry in raw if entry.line > paper.line]
    entry = "\n".join(lines[: later[0] - paper.line] if later else lines)
    print("\n".join(map(visible, re.sub(r"\n(?:[ \t]*%[^\n]*|\s)*\Z", "", entry).split("\n"))))
    if address := now.address(key):
        print(visible(f"Its page will be {address}"))
    counts = Counter((problem.kind, problem.message) for problem in site.problems)
    counts.subtract((problem.kind, problem.message) for problem in now.problems)
    new = [problem for problem in now.problems if counts[problem.kind, problem.message] < 0]
    print(as_text(new), end="")
    return DONE
