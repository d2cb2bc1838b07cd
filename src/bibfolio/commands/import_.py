"""Carries a site of another system over: what is data, with every address that it served."""

from __future__ import annotations

import argparse
import re
import shlex
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from bibfolio.importing import academicpages, al_folio, hugoblox
from bibfolio.importing.addresses import Addresses, read_listed, unanswered
from bibfolio.importing.pages import MARKED
from bibfolio.importing.papers import TWICE, counted
from bibfolio.importing.plan import HOMELESS, LEFT, TEMPLATE, Plan
from bibfolio.importing.source import GENERATORS, KINDS, OldSite, kind_of
from bibfolio.importing.writing import REPORT, report, site_files, to_do, write
from bibfolio.project.findings import visible
from bibfolio.project.new_site import render
from bibfolio.project.requirements import requirement
from bibfolio.sources.bib_parser import read_entries

#: Name of a system → what carries its sites over.
_CARRY = {
    "al-folio": al_folio.carry,
    "hugoblox": hugoblox.carry,
    "academicpages": academicpages.carry,
}
#: Kinds of rows of which the number is told at the end, and what each is.
_NOUNS = {
    "Person": "fact",
    "CV": "line",
    "Software": "program",
    "Notes": "text",
    "By hand": "page",
}
#: So many files are named by their folder; so many names stand in a line.
_MANY, _SHOWN = 3, 6


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``bibfolio import``."""
    parser.add_argument(
        "old", metavar="OLD", type=Path, help="folder with the sources of the old site"
    )
    parser.add_argument(
        "new",
        metavar="NEW",
        type=Path,
        help="folder of the new site; it must be empty or not exist",
    )
    parser.add_argument(
        "--kind", help=f"what made the old site: {', '.join(KINDS)}; default: the command finds out"
    )
    parser.add_argument("--name", default="", help="your name; default: as the old site says")
    parser.add_argument(
        "--addresses",
        metavar="FILE",
        type=Path,
        help="addresses of the old site: its sitemap, or a file with one on each line",
    )
    parser.set_defaults(error=parser.error)


def run(options: argparse.Namespace) -> int:
    """Carry over, and say what became of what."""
    old, new = options.old, options.new
    if not old.is_dir():
        options.error(f"{old} is not a folder")
    if new.exists() and not new.is_dir():
        options.error(f"{new} is not a folder; nothing was written")
    if new.exists() and any(new.iterdir()):
        options.error(f"{new} is not empty; nothing was written")
    if new.resolve().is_relative_to(old.resolve()):
        options.error(f"{new} is inside {old}; name a folder outside it")
    site = OldSite(old)
    kind = options.kind or kind_of(site)
    if kind not in _CARRY:
        known = ", ".join(_CARRY)
        wrong = f"--kind {kind} is unknown" if kind else f"it is not clear what made {old}"
        options.error(f"{wrong}; write --kind with one of {known}; nothing was written")
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
    counts = counted(read_entries(plan.bib)[0])
    looks = len([*to_do(plan, site, len(missing))])
    told = {
        "pictures": f"{counts['figure']} without a description: write figurealt"
        * bool(counts["figure"]),
        "people": _part(plan, site, "People", " co-authors"),
        "news": _part(plan, site, "News"),
        "talks": _part(plan, site, "Talks"),
        "courses": _part(plan, site, "Courses") if rows["Courses"] else "",
        "pages": _pages(plan),
        **{kind.lower(): _some(rows[kind], noun) for kind, noun in _NOUNS.items() if rows[kind]},
        "addresses": _answers(addresses),
        "lost": f"{_some(len(missing), 'address')} that lead nowhere now" * bool(missing),
        "left out": _left(plan),
        "to do": f"{_some(looks, 'thing')}, as the report says first" * bool(looks),
        "no place": ", ".join(row.what for row in plan.told(HOMELESS)),
    }
    whose, where = plan.name or "somebody", plan.url or "no address"
    yield f"{old} is a site of {whose} ({where}), made with {GENERATORS[plan.kind]}."
    yield from _papers(plan, site, counts)
    yield from (f"{name:<10} {text}" for name, text in told.items() if text)
    yield from (f"{old / one.file}:{one.line}: {one.why}" for one in site.unread)
    place = shlex.quote(str(new))
    yield f"Read {new / REPORT}, then: bibfolio check {place} && bibfolio build {place}"


def _some(count: int, noun: str) -> str:
    ending = "" if count == 1 else "es" if noun.endswith("s") else "s"
    return f"{count} {noun}{ending}"


def _papers(plan: Plan, site: OldSite, counts: Mapping[str, int]) -> Iterator[str]:
    """Yield the lines on papers: how many of how many, keys that are there twice, authors."""
    nouns = {"eprint": "arXiv number", "file": "PDF"}
    parts = [_some(counts[name], noun) for name, noun in nouns.items() if counts[name]]
    parts += [f"{counts['code']} with code"] if counts["code"] else []
    papers = f": {_enumerated(parts)}" if parts else ""
    yield f"{'papers':<10} {_part(plan, site, 'Papers')}{papers}"
    rows = list(plan.told("Papers"))
    twice = [(found[1], row.what) for row in rows if (found := TWICE.search(row.look))]
    if twice:
        keys = (f"{key}; the second is now {second}" for key, second in twice)
        yield f"{'':<10} {_some(len(twice), 'key')} used twice: {_enumerated(keys)}"
    if bare := len(rows) - counts["author"]:
        yield f"{'':<10} {bare} without authors: write author"


def _part(plan: Plan, site: OldSite, kind: str, words: str = "") -> str:
    """Return how many of a kind are carried, of how many, and from where."""
    files = [_file(row.source) for row in plan.told(kind)]
    if not files:
        return "0"
    folders = dict.fromkeys(map(_folder, files))
    places = [*dict.fromkeys(files)]
    places = places if len(places) < _MANY else [f"{folder}/" for folder in folders]
    # What is not the template's: a page holds one, and a file of data many.
    lost = [_file(row.source) for row in plan.told(LEFT) if not row.where.startswith(TEMPLATE)]
    lost += [one.file for one in site.unread]
    if files[0].endswith(".md"):
        lost = [path for path in lost if path not in files and _folder(path) in folders]
    else:
        lost = [path for path in lost if path in files]
    return f"{len(files)} of {len(files) + len(lost)}{words} from {_enumerated(places)}"


def _pages(plan: Plan) -> str:
    """Return the pages, and how many places on them are to be mended."""
    rows = list(plan.told("Pages"))
    pages = _enumerated(row.where for row in rows if row.where.endswith(".md"))
    found = (re.search(rf"(\d+) places? {re.escape(MARKED)}", row.look) for row in rows)
    marks = sum(int(one[1]) for one in found if one)
    return f"{pages} ({_some(marks, 'place')} {MARKED})" if marks else pages


def _answers(addresses: Addresses) -> str:
    """Return what answers at the old addresses, and at which nothing does."""
    hows = Counter(answer.how for answer in addresses.answers.values())
    none = _enumerated(old for old, answer in addresses.answers.items() if answer.how == "none")
    return (
        f"{len(addresses.answers)}: {hows['page']} as before, {hows['redirect']} redirected,"
        f" {_some(hows['file'], 'file')} at their path, {hows['none']} without successor"
    ) + f" ({none})" * bool(none)


def _left(plan: Plan) -> str:
    """Return what is not carried: what is the template's, and what has another reason."""
    parts = []
    for reason in (TEMPLATE, "the report says why"):
        files: dict[str, list[str]] = {}
        for row in plan.told(LEFT):
            if row.where.startswith(TEMPLATE) == (reason == TEMPLATE):
                files.setdefault(_folder(row.source), []).append(row.source)
        texts = (one[0] if len(one) == 1 else f"{len(one)} in {at}/" for at, one in files.items())
        parts += [f"{_enumerated(texts)} ({reason})"] if files else []
    return "; ".join(parts)


def _file(source: str) -> str:
    return re.sub(r":\d+$", "", source)


def _folder(source: str) -> str:
    """Return the folder of a source; a folder that holds one page counts as the page."""
    return re.sub(r"/_?index(?:\.\w+)?\.md$", "", _file(source)).rpartition("/")[0]


def _enumerated(texts: Iterable[str]) -> str:
    """Return texts in a line; the report has those that are too many for it."""
    first = [*texts]
    more = [f"{len(first) - _SHOWN} more"] if len(first) > _SHOWN + 1 else []
    return ", ".join([*first[:_SHOWN], *more] if more else first)
