"""Types: every one that an entry can have is known by name to those who read the exports."""

from __future__ import annotations

import pytest
from rispy.config import TYPE_OF_REFERENCE_MAPPING

from bibfolio.machines.types import names_of
from bibfolio.model import record_of
from bibfolio.sources.fields import TYPES
from tests.reading import csl_problems

from ..made import paper


@pytest.mark.parametrize("type_", sorted(TYPES))
def test_every_type_has_a_name_in_every_format(type_):
    names = names_of(record_of(paper(type=type_)))
    assert names.ris in TYPE_OF_REFERENCE_MAPPING
    assert csl_problems({"type": names.csl}) == []
    # Nothing is a document but @misc, and what has a meaning to one style alone.
    is_other = type_ in {"misc", "bibnote"} or type_.startswith("custom")
    assert (names.csl == "document") == is_other


def test_a_preprint_is_one_whatever_its_entry_is_called():
    types = ("misc", "article", "online")
    preprints = [record_of(paper(type=type_, eprint="1")) for type_ in types]
    assert {names_of(record).csl for record in preprints} == {"article"}
    assert names_of(record_of(paper(type="phdthesis", eprint="1"))).csl == "thesis"
    published = record_of(paper(type="book", eprint="1", eprint_type="jstor"))
    assert names_of(published).csl == "book"
