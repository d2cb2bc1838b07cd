"""Lists who has written with the owner since a date, as forms of funders and journals ask."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from bibfolio.commands import say
from bibfolio.model import Paper, PartialDate
from bibfolio.model.strings import number_of
from bibfolio.project.coauthors import FORMATS, Coauthors, coauthors, window_start
from bibfolio.project.findings import as_text, visible
from bibfolio.project.site import Site

#: So many keys are named.
_MOST = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``bibfolio coauthors``."""
    parser.add_argument(
        "--since",
        type=_since,
        default="48months",
        metavar="TIME",
        help="48months, 4years, or a date: 2022, 2022-09 or 2022-09-30; default: 48months",
    )
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="format of the list; default: text"
    )


def today() -> date:
    """Return the day on which the list is made."""
    return datetime.now().astimezone().date()


def _since(words: str) -> PartialDate:
    try:
        return window_start(words, today())
    except ValueError as error:
        message = f"{error}; or a time such as 48months or 4years"
        raise argparse.ArgumentTypeError(message) from None


def run(options: argparse.Namespace) -> int:
    """Print the list, and beside it what is not certain."""
    site, since = Site.at(Path()), options.since
    if not site.profile or not site.profile.name:
        wrong = [found for found in site.problems if found.file.endswith(".toml")]
        sys.stderr.write(as_text(wrong))
        if not wrong:
            say("Nothing says whose co-authors are wanted: write name into profile.toml.")
        return 2
    sys.stderr.write(as_text([problem for problem in site.problems if problem.kind.is_error]))
    found = coauthors(site.papers, site.profile, since)
    text = FORMATS[options.format](found.people)
    if options.format == "text":
        text = "".join(f"{visible(line)}\n" for line in text.splitlines())
    elif hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")  # for a file, whatever the console has
    sys.stdout.write(text)
    for line in _remarks(found, site.profile.name, since):
        say(line)
    return 0


def _remarks(found: Coauthors, owner: str, since: PartialDate) -> Iterator[str]:
    """Yield how many there are, and what the list cannot know."""
    yield f"{number_of(len(found.people), 'co-author')} of {owner} since {since.iso}."
    unplaced = sum(not (one.person and one.person.affiliation) for one in found.people)
    if unplaced:
        yield f'{unplaced} without an affiliation; write affiliation into [people."NAME"].'
    if found.undated:
        yield f"Without a date, and counted: {_keys(found.undated)}."
    if found.incomplete:
        yield f"Not all authors are named in {_keys(found.incomplete)}, which end in `and others`."
    if found.without_owner:
        yield f"Not counted, as {owner} is not among the authors: {_keys(found.without_owner)}."
    for name, others in found.unclear.items():
        yield (
            f"{name} may be {' or '.join(others)}; write the full name into the entry,"
            ' or the short one into aliases of [people."NAME"].'
        )


def _keys(papers: Sequence[Paper]) -> str:
    named = ", ".join(paper.key for paper in papers[:_MOST])
    more = len(papers) - _MOST
    return f"{named} and {more} more" if more > 0 else named
