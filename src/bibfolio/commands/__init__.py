"""The console script ``bibfolio``: one thin module for each command.

A module of a command has ``add_arguments``, which declares its arguments, and ``run``, which
returns the exit status: 0 if all is well, 1 if something is wrong with the site, 2 if the command
was called wrongly, 3 if something waits for a yes of the owner.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Any

from bibfolio.project.findings import visible
from bibfolio.version import __version__

#: Exit status of the commands that add papers: all is done, something failed, or waits for a yes.
DONE, FAILED, OPEN = 0, 1, 3

#: Command → its help.
_COMMANDS = {
    "new": "Begin a site: write a folder of small files that is ready to build.",
    "import": "Make a new site from a site of another system, and keep its addresses working.",
    "build": "Build the site. Only a good build replaces the last one.",
    "serve": "Show a preview of the site that follows your edits.",
    "add": "Add a paper by its DOI, arXiv number or DBLP record.",
    "sync": "Propose papers that you lack and ORCID or DBLP lists, and what was published since.",
    "coauthors": "List your co-authors since a date, as funders and journals ask for them.",
    "check": "Say what is wrong in bibliography, profile and pages; correct what leaves no choice.",
    "doctor": "Say what is wrong with the built site, where, and what to do.",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: the words after ``bibfolio``; default: those of this process.

    Returns:
        The exit status.

    Raises:
        SystemExit: the words are wrong (2), or ask for help or the version (0).
    """
    for stream in (sys.stdout, sys.stderr):
        # A console without a character, as on Windows, shows it escaped.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    words = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(
        prog="bibfolio",
        description="Makes the site of a scholar: you write a paper down once, in BibTeX.",
    )
    parser.add_argument("--version", action="version", version=f"bibfolio {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    module = None
    try:
        for name, summary in _COMMANDS.items():
            command = commands.add_parser(name, help=summary, description=summary)
            if words[:1] == [name]:
                # No other module is loaded: `check` starts without Sphinx, which takes a second.
                module = module_of(name)
                module.add_arguments(command)
        # argparse would take the words after "--" for names of folders.
        end = words.index("--") if words[:1] == ["build"] and "--" in words else len(words)
        options = parser.parse_args(words[:end])
        options.sphinx_options = words[end + 1 :]
        status: int = module.run(options) if module else 2
        sys.stdout.flush()
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted.\n")
        return 130
    except BrokenPipeError:
        # Who reads, such as `head`, has enough; Python writes what is left when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    return status


def module_of(name: str) -> Any:
    """Return the module of a command; a word of Python has an underscore behind its name."""
    return import_module(f"bibfolio.commands.{name}{'_' * iskeyword(name)}")


def say(line: str) -> None:
    """Write a line beside what a command is asked for."""
    sys.stderr.write(visible(line) + "\n")
