"""This site's own bibliography with mistakes in it: nothing fails, and nothing is lost silently.

An entry is intact if its text stands in the file as it stood there, from the ``@`` at the start of
a line to the ``}`` at the start of another. Every intact entry must be read, with all its fields.
Of an entry that is not intact, the first line may be: then an entry is read that begins there.

20 files by default; `make fuzz` tries 10,000, and `BIBFOLIO_MUTATIONS=…` any number.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace

import pybtex.database
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.lint import lint_bibliography
from bibfolio.lint.mending import mend
from bibfolio.machines.exports import csl, csl_json, ris
from bibfolio.model import Profile, record_of
from bibfolio.sources.bibliography import Bibliography, decode, parse_bibliography
from bibfolio.sources.source_text import SourceText
from tests.building import REPOSITORY

from .made import OWNER
from .mutations import mutation
from .sources.test_bib_parser import BIBISH, LAYOUTS, written
from .sources.test_bib_parser import ENTRIES as ENTRY_FIELDS
from .sources.test_bibliography import FIELDS, SCRAPS

COUNT = int(os.environ.get("BIBFOLIO_MUTATIONS", "20"))
BATCH = 50
WHOLE = (REPOSITORY / "refs.bib").read_text(encoding="utf-8")
ENTRIES = re.findall(r"^@.*?^\}$", WHOLE, re.MULTILINE | re.DOTALL)
READ = {text: parse_bibliography(text).raw[0] for text in ENTRIES}
HEADS = [text.split("\n")[0] for text in ENTRIES]


def lines_of(text: str, part: str) -> list[int]:
    """Lines of *text* that begin with *part*, which is followed by the end of a line."""
    found = re.finditer(rf"^{re.escape(part)}$", text, re.MULTILINE)
    return [text.count("\n", 0, match.start()) + 1 for match in found]


def lost(result: Bibliography) -> list[str]:
    """Entries that stand in the file and were not read, or not as they stand there."""
    text = SourceText(result.text).parsed
    at = {entry.line: entry for entry in result.raw}
    heads = [(line, head) for head in HEADS for line in lines_of(text, head)]
    missing = [f"{line}: {head}" for line, head in heads if line not in at]
    for whole, entry in READ.items():
        for line in lines_of(text, whole):
            if line not in at or at[line] != replace(entry, line=line):
                missing.append(f"{line}: not whole: {entry.key}")
    return missing


def assert_outputs_parse(result: Bibliography) -> None:
    """Parsers of other people find every paper in what readers download."""
    keys = [paper.key for paper in result.papers]
    records = [record_of(paper) for paper in result.papers]
    bibtex = "\n".join(paper.bibtex for paper in result.papers)
    assert list(pybtex.database.parse_string(bibtex, "bibtex").entries) == keys
    written = "".join(ris(record, "https://example.org/") for record in records)
    assert [item["id"] for item in rispy.loads(written)] == keys
    items = json.loads(csl_json([csl(record, "https://example.org/") for record in records]))
    assert [item["id"] for item in items] == keys


def assert_mending_is_safe(result: Bibliography) -> None:
    """Mending changes no paper, and mending again nothing."""
    mended = mend(result.text)
    assert mend(mended) == mended
    after = parse_bibliography(mended, OWNER)
    assert [replace(paper, bibtex="") for paper in after.papers] == [
        replace(paper, bibtex="") for paper in result.papers
    ]


def assert_borne(data: bytes) -> None:
    """Whatever is promised of any file holds for this one."""
    text, _ = decode(data)
    result = parse_bibliography(text, OWNER)
    last = len(re.split("\r\n|\r|\n", text))
    for problem in lint_bibliography({"refs.bib": result}, Profile(name_variants=(*OWNER,))):
        assert 1 <= problem.line <= last, problem
        assert problem.message
    assert lost(result) == []
    assert len(result.papers) + len(result.drafts) == len(result.raw)
    assert set(result.entries) == {paper.key for paper in (*result.papers, *result.drafts)}
    assert_outputs_parse(result)
    assert_mending_is_safe(result)


@pytest.mark.parametrize("start", range(0, COUNT, BATCH))
def test_no_mistake_in_the_bibliography_fails_or_loses_an_entry(start):
    for number in range(start, min(start + BATCH, COUNT)):
        data = mutation(number, WHOLE)
        try:
            assert_borne(data)
        except Exception as error:
            raise AssertionError(f"mutation {number}: {error}") from error


def test_the_whole_bibliography_is_borne_and_all_its_entries_are_looked_for():
    assert_borne(WHOLE.encode())
    assert len(ENTRIES) == len(parse_bibliography(WHOLE).raw) > 5


def test_a_loss_would_be_seen():
    result = parse_bibliography(WHOLE)
    del result.raw[3]
    result.raw[0] = replace(result.raw[0], fields=result.raw[0].fields[1:])
    assert len(lost(result)) == 3


# -- any entries, any text --------------------------------------------------------------------


@given(ENTRY_FIELDS, LAYOUTS)
def test_every_entry_of_a_correct_file_is_shown_and_every_output_parses(entries, layout):
    result = parse_bibliography(written(entries, layout), OWNER)
    assert [entry.key for entry in result.raw] == list(entries)
    assert len(result.papers) == len(entries)
    assert_outputs_parse(result)
    assert_mending_is_safe(result)


@given(st.one_of(st.text(), BIBISH))
def test_whatever_the_file_holds_every_output_parses(text):
    assert_borne(text.encode("utf-8", "surrogatepass"))


@given(st.lists(st.tuples(FIELDS, SCRAPS), max_size=6))
def test_whatever_a_field_holds_every_output_parses(fields):
    body = "".join(f",\n{name} = {{{value}}}" for name, value in fields)
    assert_outputs_parse(parse_bibliography(f"@article{{k, title = {{T}}{body}\n}}", OWNER))
