"""The person: addresses from identifiers, spellings of the name, the monogram."""

from __future__ import annotations

import pytest

from bibfolio.model import Advisor, Links, Profile, people
from bibfolio.model.profile import Account


@pytest.mark.parametrize(
    ("links", "urls"),
    [
        (Links(), {}),
        (Links(website="https://example.org/"), {}),
        (Links(github="jane"), {"GitHub": "https://github.com/jane"}),
        (
            Links(scholar="Ab_c123AAAAJ"),
            {"Google Scholar": "https://scholar.google.com/citations?user=Ab_c123AAAAJ"},
        ),
        (Links(orcid="0000-0002-1825-0097"), {"ORCID": "https://orcid.org/0000-0002-1825-0097"}),
        (Links(dblp="12/3456"), {"DBLP": "https://dblp.org/pid/12/3456"}),
        (Links(linkedin="jane"), {"LinkedIn": "https://www.linkedin.com/in/jane"}),
        (
            Links(mastodon="https://example.social/@jane"),
            {"Mastodon": "https://example.social/@jane"},
        ),
        (Links(youtube="jane"), {"YouTube": "https://www.youtube.com/@jane"}),
        (
            Links(other=(Account("A", "https://a.b/c"), Account("B", "https://b.c/d"))),
            {"A": "https://a.b/c", "B": "https://b.c/d"},
        ),
    ],
)
def test_identifiers_become_addresses(links, urls):
    assert {account.name: account.url for account in links.accounts} == urls


def test_accounts_come_in_one_order_and_keep_their_identifiers():
    links = Links(mastodon="https://a.b/@c", dblp="1", orcid="2", scholar="3", github="4")
    assert [(account.name, account.user) for account in links.accounts] == [
        *(("GitHub", "4"), ("Google Scholar", "3"), ("ORCID", "2"), ("DBLP", "1")),
        ("Mastodon", "https://a.b/@c"),
    ]


@pytest.mark.parametrize(
    ("advisor", "name"),
    [(Advisor("Xena Jay", title="Prof."), "Prof. Xena Jay"), (Advisor("Moe Roe"), "Moe Roe")],
)
def test_an_advisor_is_called_with_their_title(advisor, name):
    assert advisor.full_name == name


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Chip Jay", "CJ"),
        ("Martin Luther King", "MK"),
        ("plato", "P"),
        ("金某", "金"),
        ("Anna Anna", "A"),
        ("  Chip   Jay ", "CJ"),
        ("émile zola", "ÉZ"),
        ("", ""),
    ],
)
def test_the_monogram_is_first_and_last_initial(name, initials):
    assert people.initials(name) == initials


def test_every_spelling_counts_as_the_person():
    profile = Profile("Chip Jay", name_variants=("C. Jay", "金某", "Chip Jay"))
    assert profile.names == {"Chip Jay", "C. Jay", "金某"}
