"""Writes `importing/leftovers.txt`: digests of the sample files that templates of sites come with.

    python -m tools.leftovers TEMPLATE… -- COPY…

Each is a git directory: the history of a template, of which every file counts; or that of a site
that began as a copy of one, and so holds the template's own history. A file that two or more copies
hold byte for byte, at any time, is the template's. Only digests are kept; git's own name of a
file's content is one, so no file is read.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

from bibfolio.importing import leftovers

#: Folders of content; what else templates hold is never carried.
FOLDERS = (
    *("_bibliography", "_books", "_data", "_drafts", "_news", "_pages", "_portfolio", "_posts"),
    *("_projects", "_publications", "_talks", "_teaching", "_teachings", "assets/img"),
    *("assets/json", "assets/pdf", "blog", "content", "files", "images", "markdown_generator"),
)
#: The same, wherever it is in a template of several sites.
WITHIN = ("content", "exampleSite", "data/authors", "static/uploads")
#: The content of an empty file, and of one that holds an empty line, say nothing.
EMPTY = {leftovers.digest(b""), leftovers.digest(b"\n")}


def contents(history: str) -> set[str]:
    """Return the digests of all that the folders of content ever held."""
    log = ["git", "-C", history, "log", "--all", "--format=", "--raw", "--no-abbrev", "-m"]
    log += ["--no-renames", "--", *FOLDERS, *(f":(glob)**/{name}/**" for name in WITHIN)]
    said = subprocess.run(log, check=True, capture_output=True, encoding="utf-8")
    lines = [line.split() for line in said.stdout.splitlines() if line.startswith(":")]
    return {line[3][: leftovers.LENGTH] for line in lines if set(line[3]) != {"0"}}


def main(words: list[str]) -> None:
    """Write the digests of what templates hold, and of what two or more copies do."""
    at = words.index("--") if "--" in words else 0
    counts = Counter(digest for copy in words[at + 1 :] for digest in contents(copy))
    known = {digest for digest, count in counts.items() if count > 1}
    known |= {digest for template in words[:at] for digest in contents(template)}
    text = "".join(f"{digest}\n" for digest in sorted(known - EMPTY))
    Path(leftovers.LIST).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
