"""The filter language: what it selects, and one sentence for everything it is not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bibfolio.sources.bibliography import parse_bibliography
from bibfolio.sources.filter_language import FilterError, matches
from bibfolio.sources.pybtex_entries import for_filters
from bibfolio.sphinx_compat import filter_visitor

from ..table import Table

TABLE = Table(__file__)

READ = parse_bibliography(
    '@Article{Jay2023, title = {{\\"U}ber {GPU}s}, author = {Jay, Chip and Li, Ming}, year = 2023,'
    "keywords = {LLM systems, selected}, journaltitle = {J}, pubstate = {prepublished}}"
)
VISITOR = filter_visitor(for_filters(READ.papers[0], READ.entries["Jay2023"]), "publications")


def outcome(source: str) -> str:
    """Whether the entry passes, or why it is no filter; the reason is for people."""
    try:
        return str(matches(source, VISITOR))
    except FilterError as error:
        assert "object at 0x" not in str(error)
        return f"FilterError: {error}".split(" (")[0]


def test_a_filter_selects():
    TABLE.holds("what a filter selects", outcome)


def test_nothing_but_comparisons_is_ever_run_and_what_is_no_filter_is_refused_with_a_reason():
    TABLE.holds("what is no filter", outcome)


WORDS = "year key author cited == < % | & in not and or ( ) { } , [ ] . lambda: := if else 1"


@given(st.lists(st.sampled_from(['"2023"', *WORDS.split()]), max_size=8).map(" ".join))
def test_nothing_raises_but_filter_errors(source):
    try:
        assert matches(source, VISITOR) in {True, False}
    except FilterError as error:
        assert str(error) != ""
