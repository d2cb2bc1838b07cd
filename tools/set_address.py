"""Write the address of the repository into every file that names it.

``python -m tools.set_address URL`` reads the address that is there, ``Source`` in
``pyproject.toml``, and puts *URL* in its place, there and in all files under version control.
``python -m tools.set_address --check`` fails while the address is the placeholder.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__)
REPOSITORY = HERE.resolve().parent.parent
#: What stands in files until the address is known. This file alone keeps it.
PLACEHOLDER = "https://github.com/OWNER/bibfolio"
#: Of a repository, without a slash at its end; nothing that would need quotes in TOML or YAML.
_ADDRESS = re.compile(r"https://[\w.-]+(?:/[\w.-]+)+")


def address(repository: Path) -> str:
    """Return the address of the repository, as ``pyproject.toml`` says it."""
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["urls"]["Source"])


def mentions(old: str, repository: Path) -> dict[Path, str]:
    """Return the text of each file under version control that names the address *old*."""
    command = ["git", "grep", "-lzF", "-e", old]
    listed = subprocess.run(
        command, cwd=repository, capture_output=True, encoding="utf-8", check=False
    )
    paths = [repository / name for name in listed.stdout.split("\0") if name]
    return {p: p.read_text(encoding="utf-8") for p in paths if p.name != HERE.name}


def main(arguments: list[str] | None = None) -> int:
    """Write the address, or check that there is one; return the exit status."""
    parser = argparse.ArgumentParser(description="Write the address of the repository everywhere.")
    parser.add_argument("url", metavar="URL", nargs="?", help="https://…")
    parser.add_argument("--check", action="store_true", help="fail while there is none")
    options = parser.parse_args(arguments)
    old = address(REPOSITORY)
    if options.check:
        if old == PLACEHOLDER:
            sys.stderr.write(f"{old} is no address; run: python -m tools.set_address URL\n")
        return int(old == PLACEHOLDER)
    # What hosts show for `git clone` is no beginning of other addresses.
    url = (options.url or "").rstrip("/").removesuffix(".git")
    if not _ADDRESS.fullmatch(url):
        parser.error(f"write the address of a repository, such as {PLACEHOLDER}")
    for path, text in mentions(old, REPOSITORY).items():
        path.write_text(text.replace(old, url), encoding="utf-8", newline="\n")
        print(path.relative_to(REPOSITORY))
    return 0


if __name__ == "__main__":
    sys.exit(main())
