"""People are called as papers call them; who is in a group, or has an address, is carried."""

from __future__ import annotations

from bibfolio.importing.people import Known, account_of, carry_people, place_in
from bibfolio.importing.plan import LEFT, Plan
from bibfolio.sources.bib_parser import read_entries
from tests.unit.table import Table

TABLE = Table(__file__)
BIB = "@misc{a, author = {Müller, Jörg and van der Place, P. and Paul van der Place}}"


def test_accounts():
    TABLE.holds("accounts at the addresses of networks", account_of)


def test_places():
    TABLE.holds("the place in a postal address", place_in)


def test_people_are_spelt_as_papers_spell_them():
    plan = Plan("al-folio")
    listed = [
        Known("muller", ["Jorg", "J."], "x", url="https://jorg.example.org"),
        Known("van der Place", ["Paul", "P."], "x", url="https://paul.example.org"),
        Known("Doe", ["Jane"], "x", group="Visitors"),
        Known("Roe", ["Richard"], "x", url="https://richard.example.org"),
        Known("Placeholder", ["Paula"], "x"),
        Known("", [""], "x", group="Visitors"),
    ]
    carry_people(plan, read_entries(BIB)[0], listed)
    people = plan.profile["people"]
    assert {name: one["aliases"] for name, one in people.items()} == {
        "Jörg Müller": [],
        "Paul van der Place": ["P. van der Place"],
        "Jane Doe": [],
    }
    assert [row.where for row in plan.told(LEFT)] == [
        "no paper names this person",
        "no address",
        "no name",
    ]
