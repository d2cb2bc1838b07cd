"""Reads PDFs in a process of its own: paths come in as JSON, each gets a line of JSON in a file.

A file on which it takes too long ends the process; so may one on which memory runs out. Who has
started it knows from the missing line which one that was (:func:`bibfolio.doctor.pdfs.examined`).
"""

from __future__ import annotations

import faulthandler
import json
import os
import re
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from pypdf import PdfReader

#: So many letters are a text, and not a number that was stamped on a scanned page.
_LEAST_LETTERS = 20
#: In so many bytes at its end a file says that it is complete.
_TAIL = 2048


@dataclass(frozen=True)
class Facts:
    """What a PDF is."""

    #: ``broken``, ``encrypted``, or ``unread`` if pypdf fails at the text of a page that may be
    #: good; then nothing else is known.
    fault: str = ""
    has_text: bool = True
    first_page: str = ""
    is_tagged: bool = True
    has_language: bool = True
    has_title: bool = True


def facts_of(path: Path) -> Facts:
    """Return what the PDF at *path* is; whatever cannot be read is broken."""
    try:
        data = path.read_bytes()
        if b"%PDF-" not in data[:1024] or b"%%EOF" not in data[-_TAIL:]:
            return Facts("broken")
        try:
            return _read(path)
        except Exception:  # pypdf raises what there is, and knows not all ciphers
            is_encrypted = re.search(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)", data)
            return Facts("encrypted" if is_encrypted else "broken")
    except (OSError, MemoryError):
        return Facts("broken")


def _read(path: Path) -> Facts:
    reader = PdfReader(path)
    if reader.is_encrypted:
        return Facts("encrypted")
    root = reader.root_object
    marks = root.get("/MarkInfo")
    is_marked = bool(marks and marks.get_object().get("/Marked"))
    is_tagged = is_marked and "/StructTreeRoot" in root
    texts, letters = list[str](), 0
    for page in reader.pages:
        try:
            texts.append(page.extract_text())
        except Exception:
            return Facts("unread")
        letters += len(re.findall(r"[^\W\d_]", texts[-1]))
        if letters >= _LEAST_LETTERS:
            break
    if not texts:
        return Facts("broken")
    return Facts(
        # Who tags a file has written it: a short text is one as well.
        has_text=letters >= (1 if is_tagged else _LEAST_LETTERS),
        first_page=texts[0],
        is_tagged=is_tagged,
        has_language=bool(str(root.get("/Lang") or "").strip()),
        has_title=bool(_title(reader).strip()),
    )


def _title(reader: PdfReader) -> str:
    """Return the title of a file, from either place where it may stand."""
    try:
        if reader.metadata and reader.metadata.title:
            return str(reader.metadata.title)
        titles = reader.xmp_metadata.dc_title if reader.xmp_metadata else {}
        return " ".join(map(str, (titles or {}).values()))
    except Exception:  # what cannot be read says no title
        return ""


def main(answers: Path) -> None:
    """Read what standard input names: the seconds that each file may take, and the paths."""
    seconds, *paths = json.load(sys.stdin)
    opened = answers.open("w", encoding="utf-8")
    with Path(os.devnull).open("wb") as nowhere, opened as lines:
        for path in paths:
            # A thread of C watches: nothing that a file does can hold it up.
            faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
            facts = facts_of(Path(path))
            faulthandler.cancel_dump_traceback_later()
            lines.write(json.dumps(asdict(facts)) + "\n")
            lines.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
