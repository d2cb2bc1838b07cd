"""Carries a site of another system over: what is data, with every address that it served."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from bibfolio.commands.new import render
from bibfolio.importing import academicpages, al_folio, hugoblox
from bibfolio.importing.addresses import Addresses, read_listed, unanswered
from bibfolio.importing.papers import counted
from bibfolio.importing.plan import HOMELESS, LEFT, Plan
from bibfolio.importing.source import KINDS, OldSite, kind_of
from bibfolio.importing.writing import REPORT, report, site_files, write
from bibfolio.project.findings import visible
from bibfolio.project.requirements import requirement
from bibfolio.sources.bib_parser import read_entries

#: Name of a system → what carries its sites over.
_CARRY = {
    "al-folio": al_folio.carry,
    "hugoblox": hugoblox.carry,
    "academicpages": academicpages.carry,
}
#: Kinds of rows with a line of their own at the end.
_APART = {"Papers", LEFT, HOMELESS}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``bibfolio import``."""
    parser.add_argument("old", metavar="OLD", type=Path, help="folder of the old site's sources")
    parser.add_argument(
        "new", metavar="NEW", type=Path, help="folder of the new one, empty or not yet there"
    )
    parser.add_argument("--kind", help=f"what made it: {', '.join(KINDS)}; default: found out")
    parser.add_argument("--name", default="", help="whose site it is; default: as the old one says")
    parser.add_argument(
        "--addresses",
        metavar="FILE",
        type=Path,
        help="what the old site served: its sitemap, or an address or path a line",
    )
    parser.set_defaults(error=parser.error)


def run(options: argparse.Namespace) -> int:
    """Carry over, and say what became of what."""
    old, new = options.old, options.new
    if not old.is_dir():
        options.error(f"{old} is no folder")
    if new.exists() and not new.is_dir():
        options.error(f"{new} is no folder; nothing was written")
    if new.exists() and any(new.iterdir()):
        options.error(f"{new} is not empty; nothing was written")
    if new.resolve().is_relative_to(old.resolve()):
        options.error(f"{new} is in {old}, which stays as it is; name another folder")
    site = OldSite(old)
    kind = options.kind or kind_of(site)
    if kind not in _CARRY:
        known = ", ".join(_CARRY)
        options.error(f"{kind or str(old)} is of no known kind ({known}); nothing was written")
    listed = ""
    if options.addresses:
        try:
            listed = options.addresses.read_text(encoding="utf-8-sig", errors="replace")
        except OSError as error:
            options.error(f"{options.addresses}: {error.strerror}")
    plan, addresses = Plan(kind), Addresses()
    _CARRY[kind](site, plan, addresses, options.name)
    files = site_files(plan, addresses, partial(render, package=requirement()))
    served = read_listed(listed, plan.base)
    missing = unanswered(served, addresses.answers, plan.pages, plan.files)
    files[REPORT] = report(plan, addresses, site, missing)
    try:
        write(new, files, plan.files, site)
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}\n")
        return 1
    for line in _summary(options, plan, addresses, missing, site):
        sys.stdout.write(f"{visible(line)}\n")
    return 1 if site.unread else 0


def _summary(
    options: argparse.Namespace,
    plan: Plan,
    addresses: Addresses,
    missing: Sequence[str],
    site: OldSite,
) -> Iterator[str]:
    """Yield what is told at the end."""
    old, new = options.old, options.new
    rows = Counter(row.kind for row in plan.rows)
    hows = Counter(answer.how for answer in addresses.answers.values())
    entries = read_entries(plan.bib)[0]
    counts = counted(entries)
    parts = {"eprint": "arXiv numbers", "file": "PDFs", "code": "with code"}
    papers = ", ".join(f"{counts[name]} {words}" for name, words in parts.items() if counts[name])
    looks = sum(bool(row.look) for row in plan.rows)
    bare = len(entries) - counts["author"]
    told = {
        "papers": f"{len(entries)} of {rows['Papers']}" + f": {papers}" * bool(papers),
        "authors": f"{bare} papers have none" * bool(bare),
        "pictures": f"{counts['figure']}, all without a description: write figurealt"
        * bool(counts["figure"]),
        **{kind.lower(): str(number) for kind, number in rows.items() if kind not in _APART},
        "addresses": f"{len(addresses.answers)}: {hows['page']} as before, {hows['redirect']}"
        f" redirected, {hows['file']} files at their path, {hows['none']} without successor",
        "unknown": f"{len(missing)} addresses at which nothing is" * bool(missing),
        "left out": str(rows[LEFT] or ""),
        "look at": f"{looks} lines of the report, in their last column" * bool(looks),
        "no home": ", ".join(row.what for row in plan.told(HOMELESS)),
    }
    whose, where = plan.name or "somebody", plan.url or "no address"
    yield f"{old} is a site of {whose} ({where}), made with {plan.kind}."
    yield from (f"{name:<10} {text}" for name, text in told.items() if text)
    yield from (f"{old / one.file}:{one.line}: {one.why}" for one in site.unread)
    yield f"Read {new / REPORT}, then: bibfolio check {new} && bibfolio build {new}"
