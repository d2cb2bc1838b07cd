"""Every kind of problem is explained where its name is met: in the terminal."""

import pytest

from bibfolio.commands import main
from bibfolio.problems import STYLE_KINDS, WarningKind


@pytest.mark.parametrize("kind", WarningKind)
@pytest.mark.parametrize("prefix", ["", "bibfolio."])
def test_a_kind_is_explained(kind, prefix, capsys):
    assert main(["check", "--explain", prefix + kind.subtype]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{kind.subtype}: {kind.meaning}\n")
    assert ("bibfolio_lint" in said) == (kind in STYLE_KINDS)
    # What stops the build cannot be silenced.
    is_fatal = kind in {WarningKind.PROFILE, WarningKind.OUTPUT}
    assert (f'suppress_warnings = ["bibfolio.{kind.subtype}"]' in said) != is_fatal


def test_of_an_unknown_kind_the_nearest_is_named(capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["check", "--explain", "bib_pagse"])
    said = capsys.readouterr().err
    assert said.endswith("there is no kind bib_pagse; did you mean bib_pages?\n")


@pytest.mark.parametrize(
    ("kind", "who"),
    [
        ("myst.xref_missing", "MyST-Parser"),
        ("bibtex.key_not_found", "sphinxcontrib-bibtex"),
        ("toc.not_included", "Sphinx"),
        ("docutils", "Sphinx"),
    ],
)
def test_a_kind_of_others_names_where_it_is_documented(capsys, kind, who):
    assert main(["check", "--explain", kind]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{kind}: told by {who}")
    assert "https://" in said
