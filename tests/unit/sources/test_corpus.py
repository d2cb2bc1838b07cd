"""The corpus: small bad bibliographies, with every message they give and every paper they show.

Beside each `NAME.bib` stands `NAME.txt`: first the messages, as `bibfolio check` writes them but
for the name of the file, then a line for each paper. Encodings are in `corpus/bytes/`.
After a change that is meant, `BIBFOLIO_CORPUS=write` in the environment writes the texts anew; the
difference is then to be read line by line.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from pybtex.backends.plaintext import Backend
from pybtex.style.formatting.unsrt import Style
from pybtex.style.template import FieldIsMissing

from bibfolio.lint import lint_bibliography
from bibfolio.lint.mending import mend
from bibfolio.lint.texts import without_rubbish
from bibfolio.model import Paper
from bibfolio.problems import WarningKind
from bibfolio.project.findings import as_text
from bibfolio.sources.bibliography import Bibliography, parse_bibliography, read_bibliography
from bibfolio.sources.pybtex_entries import (
    as_misc_if_incomplete,
    for_labels,
    for_style,
    read_entry,
    with_inherited_fields,
)

CORPUS = Path(__file__).with_name("corpus")
CASES = sorted(path.relative_to(CORPUS).as_posix()[:-4] for path in CORPUS.rglob("*.bib"))
#: The others that come with pybtex differ from it in order and labels.
STYLE = Style()
#: Kinds that need files and people beside the bibliography.
ELSEWHERE = {
    *(WarningKind.BIB_MISSING, WarningKind.BIB_FILE, WarningKind.BIB_UNUSED_FILE),
    *(WarningKind.BIB_OWNER, WarningKind.BIB_NO_OWNER, WarningKind.BIB_ORCID),
    *(WarningKind.BIB_FIGURE, WarningKind.BIB_FIGUREALT, WarningKind.BIB_DRAWING),
    *(WarningKind.BIB_TOPICS, WarningKind.BIB_EXAMPLE, WarningKind.BIB_GRANT),
}


@cache
def read(name: str) -> Bibliography:
    return read_bibliography(CORPUS / f"{name}.bib")


def shown(paper: Paper) -> str:
    """What readers see of a paper, in one line."""
    names = "; ".join(author.name for author in paper.authors) + " et al." * paper.et_al
    links = ", ".join(link.url for link in paper.links)
    date = paper.date.iso if paper.date else ""
    parts = [
        *(paper.title.plain, names, date, paper.venue.name, paper.volume, paper.pages),
        *(
            paper.publisher,
            paper.value_of("isbn"),
            paper.value_of("issn"),
            paper.value_of("doi"),
            (paper.eprint and paper.eprint.value) or "",
            paper.note,
            links,
        ),
    ]
    return f"@{paper.type} {paper.key}: " + " | ".join(filter(None, parts))


def outcome(name: str) -> str:
    """What the file of the expectations should hold."""
    result = read(name)
    found = lint_bibliography({"": result})
    messages = [line.removeprefix(":") for line in as_text(found).splitlines()]
    papers = [*map(shown, result.papers), *(f"draft {draft.key}" for draft in result.drafts)]
    return "\n".join([*messages, "", *papers]).strip() + "\n"


def test_every_message_is_the_one_expected_and_every_paper_is_shown():
    made = {name: outcome(name) for name in CASES}
    if os.environ.get("BIBFOLIO_CORPUS") == "write":
        for name, text in made.items():
            (CORPUS / f"{name}.txt").write_text(text, encoding="utf-8")
    expected = {name: (CORPUS / f"{name}.txt").read_text(encoding="utf-8") for name in CASES}
    wrong = {name for name in CASES if made[name] != expected[name]}
    assert {name: made[name] for name in wrong} == {name: expected[name] for name in wrong}


@pytest.mark.parametrize("initial", sorted({name[0] for name in CASES}))
def test_every_stock_style_formats_every_entry_whether_ours_or_not(initial):
    results = [read(name) for name in CASES if name[0] == initial]
    for paper, result in ((p, r) for r in results for p in (*r.papers, *r.drafts)):
        raw = result.entries[paper.key]
        entry = read_entry(raw, paper.key)
        completed = with_inherited_fields(entry, paper, raw)
        STYLE.format_entry("1", as_misc_if_incomplete(for_style(completed, [STYLE]), [STYLE]))
        with suppress(FieldIsMissing):  # of which sphinxcontrib-bibtex warns
            STYLE.format_entry("1", for_style(entry, [STYLE])).text.render(Backend())
        label = for_labels(completed, paper)
        people = label.persons.get("editor" if paper.is_edited else "author", [])
        assert len(people) == len(paper.authors) + paper.et_al


def test_mending_changes_no_paper_and_mending_again_nothing():
    for name in CASES:
        before = read(name)
        mended = mend(before.text)
        assert mend(mended) == mended, name
        after, meant = map(parse_bibliography, (mended, without_rubbish(before.text)))
        assert list(map(shown, after.papers)) == list(map(shown, meant.papers)), name


def test_there_are_many_cases_and_none_is_left_over():
    texts = sorted(path.relative_to(CORPUS).as_posix()[:-4] for path in CORPUS.rglob("*.txt"))
    assert texts == CASES
    assert len(CASES) >= 60


def test_every_kind_of_problem_occurs():
    told = {problem.kind for name in CASES for problem in lint_bibliography({"": read(name)})}
    kinds = {kind for kind in WarningKind if kind.subtype.startswith("bib_")}
    assert kinds - ELSEWHERE - told == set()
