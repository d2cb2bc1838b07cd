"""Serves a preview of the site that follows the edits of its sources.

The preview is in ``_build/serve``: builds are incremental, warnings do not stop them, and the
result is not for publishing. sphinx-autobuild does the work, and reports its own errors. It runs in
this process, so that a signal ends all of it.
"""

from __future__ import annotations

import argparse
import errno
import importlib.util
import shlex
import shutil
import signal
import socket
import sys
from importlib import import_module
from pathlib import Path

from bibfolio.project.lock import locked

#: Sphinx shows the warnings of a page only when it reads that page: after a build with warnings,
#: the next one reads all pages.
_FORGET = "import os, shutil, sys; os.path.getsize(sys.argv[1]) and shutil.rmtree(sys.argv[2], 1)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``bibfolio serve``."""
    parser.add_argument(
        "source",
        metavar="SOURCE",
        nargs="?",
        type=Path,
        default=Path(),
        help="folder of conf.py; default: this folder",
    )
    parser.add_argument("--port", type=int, default=8000, help="default: 8000")
    parser.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1, this machine only")


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    source: Path = options.source
    if not (source / "conf.py").is_file():
        sys.stderr.write(f"There is no conf.py in {source.resolve()}.\n")
        return 2
    if importlib.util.find_spec("sphinx_autobuild") is None:
        sys.stderr.write('The preview needs one more package: pip install "bibfolio[serve]"\n')
        return 2
    host, port = options.host, options.port
    if (free := _free_port(host, port)) != port:
        sys.stderr.write(f"Port {port} is in use; write --port {free}\n")
        return 2
    # A request to end is an interruption: what runs is ended as well.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with locked(source / "_build" / "serve.lock") as is_free:
            if not is_free:
                sys.stderr.write(f"Another preview of {source.resolve()} is running.\n")
                return 1
            import_module("bibfolio.preview").serve(host, _words(source, port))
    except KeyboardInterrupt:  # which is how a preview ends
        return 0
    except OSError as error:
        sys.stderr.write(f"{error.filename}: cannot be written: {error.strerror}\n")
        return 1
    return 0


def _words(source: Path, port: int) -> list[str]:
    """Return the arguments of sphinx-autobuild, after a clean start.

    Sphinx reads pages again when they change, but not when this package does.
    """
    output = source / "_build" / "serve"
    problems, doctrees = output / "site" / "preview-problems.txt", output / "doctrees"
    shutil.rmtree(output, ignore_errors=True)
    problems.parent.mkdir(parents=True, exist_ok=True)
    problems.touch()
    forget = [sys.executable, "-c", _FORGET, str(problems), str(doctrees)]
    return [
        *("--port", str(port), "--pre-build", shlex.join(forget)),
        # Files that a build writes would start the next build.
        *("--ignore", str(source / "_build")),
        *("--re-ignore", r"/(?:papers/[^/]+\.paper|people/[^/]+\.person)$"),
        *("--re-ignore", r"/(?:papers|people)/\.gitignore$"),
        *("--re-ignore", "/__pycache__/"),
        *("-b", "dirhtml", "-t", "preview", "-n", "-w", str(problems), "-d", str(doctrees)),
        *(str(source), str(output / "site")),
    ]


def _free_port(host: str, port: int) -> int:
    """Return the first port from *port* on that is not in use."""
    try:
        socket.create_server((host, port)).close()
    except (OSError, OverflowError) as error:  # the server reports other errors when it starts
        if getattr(error, "errno", 0) == errno.EADDRINUSE:
            return _free_port(host, port + 1)
    return port
