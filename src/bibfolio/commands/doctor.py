"""The health of a site on one page: ``python -m bibfolio.doctor _build/site``, after building it.

The sources are those of the ``conf.py`` in the working folder, which is read, not run. The exit
status is 0 if the site is healthy, 1 if something is broken, 2 if there is no site to look at.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bibfolio.doctor.examination import sections
from bibfolio.doctor.report import is_broken, page
from bibfolio.doctor.site import BuiltSite
from bibfolio.commands.formats import FORMATS
from bibfolio.sources.conf import settings_in


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the page; the result is the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m bibfolio.doctor",
        description="Say what is wrong with a built site, with file, line and what to do.",
    )
    parser.add_argument("site", metavar="FOLDER", type=Path, help="the built site")
    parser.add_argument(
        "--source", type=Path, default=Path(), help="folder of conf.py; default: the working folder"
    )
    parser.add_argument("--format", choices=FORMATS, default="text")
    parser.add_argument("--online", action="store_true", help="ask for addresses on other hosts")
    options = parser.parse_args(arguments)
    if not (options.site / "index.html").is_file():
        sys.stderr.write(f"There is no site in {options.site}; run make site first.\n")
        return 2
    settings = settings_in(options.source)
    site = BuiltSite(options.site, settings.bibfolio_files)
    found = sections(site, options.source, settings, options.online)
    problems = [problem for section in found for problem in section.problems]
    if options.format == "text":
        sys.stdout.write(
            page(f"The health of {site.base if site.has_address else options.site}", found)
        )
    else:
        sys.stdout.write(FORMATS[options.format](problems))
    return 1 if is_broken(problems) else 0


if __name__ == "__main__":
    for output in (sys.stdout, sys.stderr):
        output.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    raise SystemExit(main())
