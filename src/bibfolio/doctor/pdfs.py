"""The PDFs that a site serves → problems for readers, for programs, and for who cannot see.

Google Scholar takes files of 5 MB at most, with a text in them (its inclusion guidelines). Tags,
language and title are what screen readers need (WCAG 2.2, techniques PDF6, PDF16 and PDF18).
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote, unquote

from bibfolio.doctor import BuiltSite, Place
from bibfolio.doctor.pdf_reader import Facts
from bibfolio.model import Paper
from bibfolio.model.scripts import is_east_asian
from bibfolio.model.strings import fold, listed
from bibfolio.problems import Problem, WarningKind

#: What Google Scholar takes.
MOST_BYTES = 5_000_000
#: Seconds for a file.
PATIENCE = 20
#: What is wrong with files that cannot be read → what to do.
_FAULTS = {
    "broken": "is broken, or not complete; export it again from LaTeX, Typst or Word, or fetch it"
    " again from where it was published",
    "encrypted": "is encrypted: search engines, screen readers and maybe readers cannot open it;"
    " LaTeX and Typst write it open, in Word set no password; or `qpdf --decrypt FILE OPEN`",
}
_NO_TEXT = (
    "has no text, but pictures of it: nobody can search, copy or hear it; export it from LaTeX,"
    " Typst or Word instead of printing and scanning, or `ocrmypdf SCAN FILE`"
)
_CURES = {
    "tags": "in LaTeX tagging=on in \\DocumentMetadata, in Typst 0.14 nothing, in Word Save as PDF,"
    " Options, Document structure tags",
    "language": "in LaTeX lang=en in \\DocumentMetadata, in Typst #set text(lang: ...), in Word"
    " Review, Language",
    "title": "in LaTeX pdftitle in \\hypersetup, in Typst #set document(title: ...), in Word File,"
    " Info, Title",
}


def served_pdfs(site: BuiltSite) -> list[str]:
    """Return the PDFs of a site, below its root."""
    return sorted(path for path in site.files if path.lower().endswith(".pdf"))


def examined(
    folder: Path, paths: Sequence[str], seconds: float = PATIENCE
) -> Iterator[Facts | None]:
    """Yield what each of the PDFs at *paths* in a *folder* is; None if that took too long."""
    rest = [str(folder / path) for path in paths]
    with TemporaryDirectory() as aside:
        answers = Path(aside, "answers")
        while rest:
            answers.write_bytes(b"")
            subprocess.run(
                [sys.executable, "-P", "-m", "bibfolio.doctor.pdf_reader", str(answers)],
                input=json.dumps([seconds, *rest]).encode(),
                capture_output=True,
                check=False,
            )
            lines = re.findall(rb".*\n", answers.read_bytes())
            yield from (Facts(**json.loads(line)) for line in lines)
            # The process ended at the file of which it has said nothing.
            if len(lines) < len(rest):
                yield None
            rest = rest[len(lines) + 1 :]


def poor_pdfs(
    site: BuiltSite, papers: Sequence[Paper], facts: Mapping[str, Facts | None]
) -> Iterator[Problem]:
    """Yield what is wrong with PDFs, and what would make them better.

    Args:
        site: what was built.
        papers: those of the bibliography.
        facts: path of each PDF below the site's root → what it is, from :func:`examined`.
    """
    owners = {
        unquote(link.url): (paper, link.kind)
        for paper in papers
        for link in paper.links
        if link.is_local
    }
    for path, found in facts.items():
        paper, kind = owners.get(path, (None, ""))
        place = (site.papers.get(paper.page) if paper else None) or _place(site, path)
        name = quote(path)  # one word, by which problems that say the same are told
        for word in _faults(found):
            yield place.problem(WarningKind.PDF, f"{name} {word}")
        size = (site.folder / path).stat().st_size
        for word in _advice(found, size, paper.title.plain if paper and kind == "pdf" else ""):
            yield place.problem(WarningKind.PDF_ADVICE, f"{name} {word}")


def _place(site: BuiltSite, path: str) -> Place:
    """Return the file that the owner has, or else the built one."""
    source = site.source / path
    return Place((source if source.is_file() else site.folder / path).as_posix())


def _faults(facts: Facts | None) -> Iterator[str]:
    """Yield what keeps readers and programs from what a file says."""
    if facts and facts.fault in _FAULTS:
        yield _FAULTS[facts.fault]
    elif facts and not facts.has_text:
        yield _NO_TEXT


def _advice(facts: Facts | None, size: int, title: str) -> Iterator[str]:
    """Yield what would make a file better; *title* is that of the paper that it should be."""
    if size > MOST_BYTES:
        yield (
            f"weighs {size / 1e6:.1f} MB, and Google Scholar takes 5 MB at most; make its pictures"
            " smaller: in LaTeX and Typst JPEG for photographs, in Word Compress Pictures"
        )
    if not facts or facts.fault == "unread":
        yield f"could not be examined in {PATIENCE} seconds; see whether it opens without delay"
        return
    if facts.fault:
        return
    if facts.has_text and title and not has_title(facts.first_page, title):
        yield "does not have the title of its paper on the first page; is it another one's?"
    lacks = {
        "tags": not facts.is_tagged,
        "language": not facts.has_language,
        "title": not facts.has_title,
    }
    if missing := [what for what, is_missing in lacks.items() if is_missing]:
        cures = "; ".join(f"{what}: {_CURES[what]}" for what in missing)
        yield f"lacks {listed(missing)}, which screen readers need; {cures}"


def has_title(page: str, title: str) -> bool:
    """Return whether most of the words of a *title* are on a *page*.

    Accents, ligatures, hyphens and the ends of lines do not count.
    """
    words = [word for part in re.findall(r"\w+", title) for word in _words(fold(part))]
    long = [word for word in words if len(word) > 3 or is_east_asian(word)] or words
    text = fold(page)
    return 2 * sum(word in text for word in long) >= len(long)


def _words(word: str) -> list[str]:
    """Return a word, or the pairs of letters of a text that is written without spaces."""
    if len(word) < 3 or not is_east_asian(word):
        return [word]
    return [word[at : at + 2] for at in range(len(word) - 1)]
