"""The person: addresses from identifiers, spellings of the name, the monogram."""

from __future__ import annotations

import pytest

from bibfolio.model import Advisor, Links, Profile, people
from bibfolio.model.profile import Account

from ..table import Table

TABLE = Table(__file__)


def accounts(line: str) -> list[str]:
    key, _, value = line.partition(" = ")
    return [f"{account.name} {account.url}" for account in Links(**{key: value}).accounts]


def test_identifiers_become_addresses():
    TABLE.holds("accounts", accounts)
    other = Links(other=(Account("A", "https://a.b/c"), Account("B", "https://b.c/d"))).accounts
    assert [(account.name, account.url) for account in other] == [
        ("A", "https://a.b/c"),
        ("B", "https://b.c/d"),
    ]


def test_accounts_come_in_one_order_and_keep_their_identifiers():
    links = Links(mastodon="https://a.b/@c", dblp="1", orcid="2", scholar="3", github="4")
    assert [(account.name, account.user) for account in links.accounts] == [
        *(("GitHub", "4"), ("Google Scholar", "3"), ("ORCID", "2"), ("DBLP", "1")),
        ("Mastodon", "https://a.b/@c"),
    ]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://a.example/@jane", "@jane@a.example"),
        ("https://a.example/@jane@b.example/", "@jane@b.example"),
        ("https://a.example/users/jane", ""),
        ("", ""),
    ],
)
def test_an_account_at_mastodon_has_a_name_that_other_servers_know(address, name):
    assert Links(mastodon=address).fediverse == name


@pytest.mark.parametrize(
    ("advisor", "name"),
    [(Advisor("Xena Jay", title="Prof."), "Prof. Xena Jay"), (Advisor("Moe Roe"), "Moe Roe")],
)
def test_an_advisor_is_called_with_their_title(advisor, name):
    assert advisor.full_name == name


def test_the_monogram_is_first_and_last_initial():
    TABLE.holds("monograms", people.initials)


def test_every_spelling_counts_as_the_person():
    profile = Profile("Chip Jay", name_variants=("C. Jay", "金某", "Chip Jay"))
    assert profile.names == {"Chip Jay", "C. Jay", "金某"}
