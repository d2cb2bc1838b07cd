"""Writes the sites of the invented scholars: ``python -m tools.examples FOLDER``.

They are in ``examples/``. The bibliography of the one with three hundred papers is made here: it is
350 KB that nobody reads, and the same on every machine.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path

from benchmarks.bibliography import bibliography

EXAMPLES = Path(__file__).parent.parent / "examples"
NAMES = tuple(sorted(path.name for path in EXAMPLES.iterdir() if path.is_dir()))
#: Number of papers of the site of that name.
PAPERS = {"many-papers": 300}


def write(name: str, folder: Path) -> Path:
    """Write the site *name* into a folder of that name in *folder*; return that folder."""
    made = shutil.ignore_patterns("_build", "*.paper", "__pycache__")
    target = shutil.copytree(EXAMPLES / name, folder / name, ignore=made, dirs_exist_ok=True)
    if size := PAPERS.get(name):
        entries = "\n".join(map(str, bibliography(size)))
        (target / "refs.bib").write_text(entries, encoding="utf-8", newline="\n")
    return target


def main(arguments: Sequence[str] | None = None) -> int:
    """Write all of them."""
    parser = argparse.ArgumentParser(description="Write the sites of the invented scholars.")
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    folder = parser.parse_args(arguments).folder
    for name in NAMES:
        print(write(name, folder))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
