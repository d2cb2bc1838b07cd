"""Kinds of warnings: a name to suppress each by, and one sentence that says what it means."""

from __future__ import annotations

import pytest

from bibfolio.problems import WarningKind


@pytest.mark.parametrize("kind", WarningKind)
def test_a_kind_is_suppressed_by_its_own_name_and_says_what_it_means(kind):
    assert kind.subtype == kind.name.lower()
    assert (kind.meaning[0].isupper(), kind.meaning[-1]) == (True, ".")


def test_no_two_kinds_have_the_same_name():
    subtypes = [kind.subtype for kind in WarningKind]
    assert len(set(subtypes)) == len(subtypes)
