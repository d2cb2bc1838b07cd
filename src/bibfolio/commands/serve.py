"""Show a preview of the site that follows the edits of its sources.

It has output of its own in ``_build/serve``: a preview is built bit by bit, with warnings that stop
nothing, and is not for publishing. sphinx-autobuild does the work.
"""

from __future__ import annotations

import argparse
import errno
import importlib.util
import shutil
import socket
import subprocess
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may follow ``bibfolio serve``."""
    parser.add_argument("source", metavar="SOURCE", nargs="?", type=Path, default=Path())
    parser.add_argument("--port", type=int, default=8000, help="default: 8000")
    parser.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1, this machine only")


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    if not (options.source / "conf.py").is_file():
        sys.stderr.write(f"There is no conf.py in {options.source.resolve()}.\n")
        return 2
    if importlib.util.find_spec("sphinx_autobuild") is None:
        sys.stderr.write('The preview needs one more package: pip install "bibfolio[serve]"\n')
        return 2
    if error := _port_error(options.host, options.port):
        sys.stderr.write(f"Cannot serve at {options.host}:{options.port}: {error}.\n")
        return 2
    output = options.source / "_build" / "serve"
    # Begun from nothing: Sphinx re-reads pages when they change, not when this package does.
    shutil.rmtree(output, ignore_errors=True)
    command = _command(options.source, output, options.host, options.port)
    try:
        return subprocess.run(command, check=False).returncode
    except KeyboardInterrupt:  # which is how a preview ends
        return 0


def _port_error(host: str, port: int) -> str:
    """Return why nothing can be served there and which option helps; empty if it can."""
    if not 0 < port < 65536:
        return "a port is a number up to 65535; choose another with --port"
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        reason = (error.strerror or str(error)).partition(" (while")[0].lower()
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            return f"{reason}; choose another host with --host"
        return f"{reason}; choose another port, for instance --port {port + 1}"
    return ""


def _command(source: Path, output: Path, host: str, port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "sphinx_autobuild", "--host", host, "--port", str(port)),
        # What builds write themselves would start the next one.
        *("--ignore", str(source / "_build"), "--re-ignore", r"/papers/[^/]+\.paper$"),
        *("--re-ignore", "/__pycache__/"),
        *("-b", "dirhtml", "-t", "preview", "-n", "-d", str(output / "doctrees")),
        *(str(source), str(output / "site")),
    ]
