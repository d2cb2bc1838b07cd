"""Carries a site of another system over: what is data, with every address that it served."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from bibfolio.commands.new import render
from bibfolio.importing import al_folio
from bibfolio.importing.addresses import Addresses, read_listed, unanswered
from bibfolio.importing.papers import counted
from bibfolio.importing.plan import HOMELESS, LEFT, Plan
from bibfolio.importing.source import KINDS, OldSite, kind_of
from bibfolio.importing.writing import REPORT, report, site_files, write
from bibfolio.project.findings import visible
from bibfolio.project.requirements import requirement
from bibfolio.sources.bib_parser import read_entries

#: Name of a system → what carries its sites over.
_CARRY = {"al-folio": al_folio.carry}


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
    if new.exists() and (not new.is_dir() or any(new.iterdir())):
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
    files = site_files(plan, addresses, lambda *a, **k: render(*a, package=requirement(), **k))
    base = ""
    missing = unanswered(read_listed(listed, base), addresses.answers, plan.pages, plan.files)
    files[REPORT] = report(plan, addresses, site, missing)
    try:
        failed = write(new, files, plan.files, site)
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}\n")
        return 1
    for path in failed:
        site.refuse(path, "could not be copied")
    sys.stdout.write(visible_lines(_summary(old, new, plan, addresses, missing, site)))
    return 1 if site.unread else 0


def visible_lines(lines: list[str]) -> str:
    """Return lines as a terminal may show them."""
    return "".join(f"{visible(line)}\n" for line in lines)


def _summary(
    old: Path, new: Path, plan: Plan, addresses: Addresses, missing: list[str], site: OldSite
) -> list[str]:
    """Return what is told at the end."""
    kinds = Counter(row.kind for row in plan.rows)
    entries = read_entries(plan.bib)[0]
    counts = counted(entries)
    hows = Counter(answer.how for answer in addresses.answers.values())
    parts = {"eprint": "arXiv numbers", "file": "PDFs", "code": "with code"}
    said = ", ".join(f"{counts[name]} {words}" for name, words in parts.items() if counts[name])
    papers = f"{len(entries)} of {kinds['Papers']}" + f": {said}" * bool(said)
    lines = [
        f"{old} is an {plan.kind} site of {plan.name or 'somebody'} ({plan.url or 'no address'})."
    ]
    rows = {"papers": papers}
    if without := len(entries) - counts["author"]:
        rows["authors"] = f"{without} papers without authors"
    if counts["figure"]:
        rows["pictures"] = f"{counts['figure']}, all without a description: write figurealt"
    for kind in ("People", "News", "Software", "CV", "Pages", "Projects", "Posts"):
        if kinds[kind]:
            rows[kind.lower()] = str(kinds[kind])
    rows["addresses"] = (
        f"{len(addresses.answers)}: {hows['page']} as before, {hows['redirect']} redirected,"
        f" {hows['file']} files at their path, {hows['none']} without successor"
    )
    if missing:
        rows["unknown"] = f"{len(missing)} addresses at which nothing is"
    rows |= {"left out": str(kinds[LEFT])} if kinds[LEFT] else {}
    homeless = ", ".join(row.what for row in plan.told(HOMELESS))
    rows |= {"no home": homeless} if homeless else {}
    lines += [f"{name:<10} {text}" for name, text in rows.items()]
    lines += [f"{old / one.file}:{one.line}: {one.why}" for one in site.unread]
    lines.append(f"Read {new / REPORT}, then: bibfolio check {new} && bibfolio build {new}")
    return lines
