"""The person: addresses from identifiers, spellings of the name, the monogram."""

from __future__ import annotations

import pytest

from bibfolio.model import Advisor, Links, Profile


@pytest.mark.parametrize(
    ("links", "urls"),
    [
        (Links(), {}),
        (Links(website="https://example.org/"), {}),
        (Links(github="jane"), {"GitHub": "https://github.com/jane"}),
        (
            Links(scholar="Z8_hNFcAAAAJ"),
            {"Google Scholar": "https://scholar.google.com/citations?user=Z8_hNFcAAAAJ"},
        ),
        (Links(orcid="0009-0006-1355-4995"), {"ORCID": "https://orcid.org/0009-0006-1355-4995"}),
        (Links(dblp="12/3456"), {"DBLP": "https://dblp.org/pid/12/3456"}),
        (Links(linkedin="jane"), {"LinkedIn": "https://www.linkedin.com/in/jane"}),
        (
            Links(mastodon="https://example.social/@jane"),
            {"Mastodon": "https://example.social/@jane"},
        ),
    ],
)
def test_identifiers_become_addresses(links, urls):
    assert links.urls == urls


def test_accounts_come_in_one_order_and_keep_their_identifiers():
    links = Links(mastodon="https://a.b/@c", dblp="1", orcid="2", scholar="3", github="4")
    assert [(account.network, account.name) for account in links.accounts] == [
        *(("GitHub", "4"), ("Google Scholar", "3"), ("ORCID", "2"), ("DBLP", "1")),
        ("Mastodon", "https://a.b/@c"),
    ]


@pytest.mark.parametrize(
    ("advisor", "name"),
    [(Advisor("Xin Jin", title="Prof."), "Prof. Xin Jin"), (Advisor("Rui Miao"), "Rui Miao")],
)
def test_an_advisor_is_called_with_their_title(advisor, name):
    assert advisor.full_name == name


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Chao Jin", "CJ"),
        ("Martin Luther King", "MK"),
        ("plato", "P"),
        ("金超", "金"),
        ("Anna Anna", "A"),
        ("  Chao   Jin ", "CJ"),
        ("émile zola", "ÉZ"),
        ("", ""),
    ],
)
def test_the_monogram_is_first_and_last_initial(name, initials):
    assert Profile(name).initials == initials


def test_every_spelling_counts_as_the_person():
    profile = Profile("Chao Jin", name_variants=("C. Jin", "金超", "Chao Jin"))
    assert profile.names == {"Chao Jin", "C. Jin", "金超"}
