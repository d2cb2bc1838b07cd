"""Authors are read out of free text where that is safe, and nowhere else."""

from __future__ import annotations

from bibfolio.importing.academicpages import before_title, names_in
from tests.unit.table import Table

TABLE = Table(__file__)


def test_names():
    TABLE.holds("names of authors, where a text holds nothing else", names_in)


def test_what_stands_before_the_title():
    TABLE.holds("what stands before the title", lambda given: before_title(*given))
