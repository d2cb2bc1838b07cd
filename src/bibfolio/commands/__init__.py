"""The console script ``bibfolio``: one thin module for each command.

A module of a command has ``add_arguments``, which says what may follow its name, and ``run``, which
returns the exit status: 0 if all is well, 1 if something is wrong with the site, 2 if the command
was called wrongly. The first line of its docstring is its help.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from bibfolio import __version__
from bibfolio.commands import build, check, doctor, new, serve

_COMMANDS = {"new": new, "build": build, "serve": serve, "check": check, "doctor": doctor}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: the words after ``bibfolio``; by default those of this process.

    Returns:
        The exit status.

    Raises:
        SystemExit: the words are wrong (2), or only ask for help or the version (0).
    """
    for stream in (sys.stdout, sys.stderr):
        # A console that lacks a character, as on Windows, shows it escaped.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    words = list(sys.argv[1:] if arguments is None else arguments)
    # argparse would take what follows "--" for the name of a folder.
    end = words.index("--") if words[:1] == ["build"] and "--" in words else len(words)
    options = _parser().parse_args(words[:end])
    options.sphinx_options = words[end + 1 :]
    try:
        status: int = _COMMANDS[options.command].run(options)
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted.\n")
        return 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bibfolio", description="The site of a scholar: a paper is written once, in BibTeX."
    )
    parser.add_argument("--version", action="version", version=f"bibfolio {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, module in _COMMANDS.items():
        summary = (module.__doc__ or "").partition("\n")[0]
        command = commands.add_parser(name, help=summary, description=summary)
        module.add_arguments(command)
    return parser
