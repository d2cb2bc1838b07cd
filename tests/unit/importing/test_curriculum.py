"""CVs of three forms become tables of the profile; what fits none is a section of its own."""

from __future__ import annotations

from bibfolio.importing.curriculum import carry_lines, dates_of, lines_of
from bibfolio.importing.plan import Plan
from tests.unit.table import Table

TABLE = Table(__file__)


def led(target: str) -> str | None:
    """Say that links to other hosts stay, and others lead nowhere."""
    return None if target.startswith("http") else ""


def test_times():
    TABLE.holds("times as people write them", dates_of)


def test_lines():
    TABLE.holds(
        "lines of a CV", lambda data: [f"{line.table}: {line.item}" for line in lines_of(data, led)]
    )


def test_sections_of_the_owner_have_identifiers_of_their_own():
    data = [{"title": title, "contents": ["x"]} for title in ("Talks", "More", "more!", "日本")]
    plan = Plan("al-folio")
    carry_lines(plan, lines_of(data, led), "cv.yml")
    ids = [section["id"] for section in plan.profile["sections"]]
    assert ids == ["talks-2", "more", "more-2", "more-3"]
