"""Show a preview of the site that follows the edits of its sources.

It has output of its own in ``_build/serve``: a preview is built bit by bit, with warnings that stop
nothing, and is not for publishing. sphinx-autobuild does the work, and says what it cannot do.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may follow ``bibfolio serve``."""
    parser.add_argument("source", metavar="SOURCE", nargs="?", type=Path, default=Path())
    parser.add_argument("--port", default="8000", help="default: 8000")
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
    output = source / "_build" / "serve"
    # Begun from nothing: Sphinx re-reads pages when they change, not when this package does.
    shutil.rmtree(output, ignore_errors=True)
    command = [
        *(sys.executable, "-m", "sphinx_autobuild"),
        *("--host", options.host, "--port", options.port),
        # What builds write themselves would start the next one.
        *("--ignore", str(source / "_build"), "--re-ignore", r"/papers/[^/]+\.paper$"),
        *("--re-ignore", "/__pycache__/"),
        *("-b", "dirhtml", "-t", "preview", "-n", "-d", str(output / "doctrees")),
        *(str(source), str(output / "site")),
    ]
    try:
        return subprocess.run(command, check=False).returncode
    except KeyboardInterrupt:  # which is how a preview ends
        return 0
