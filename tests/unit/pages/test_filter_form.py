"""The filter above the list: it offers what occurs, and every paper says what it is found by."""

from __future__ import annotations

import re

from bibfolio.model import KINDS, ROLES, Author
from bibfolio.pages.filter_form import LABELS, attributes, choices, rules, values

from ..made import paper

OWNER = Author("Jay", "Chip", is_owner=True)
PAPERS = [
    paper(
        "a",
        "2024-05",
        type="article",
        topics=("LLM systems", "vector retrieval"),
        authors=(OWNER, Author("Roe", "Ann")),
    ),
    paper("b", "2025", type="misc", topics=("vector retrieval",)),
    paper("c", type="inproceedings"),
]


def test_a_paper_is_found_by_year_kind_topic_and_role():
    assert values(PAPERS[0]) == {
        "year": ["2024"],
        "kind": ["Journal articles"],
        "topic": ["LLM systems", "Vector retrieval"],
        "role": ["First author"],
    }


def test_a_list_item_says_the_same():
    assert attributes(PAPERS[0]) == {
        "data-year": "|2024|",
        "data-kind": "|Journal articles|",
        "data-topic": "|LLM systems|Vector retrieval|",
        "data-role": "|First author|",
    }
    assert attributes(PAPERS[2]) == {"data-kind": "|Conference papers|"}


def test_the_script_splits_at_what_no_value_holds():
    """A topic may hold commas, semicolons and even bars."""
    storage = paper("k", topics=("storage, memory; disks", "a|b"))
    assert attributes(storage)["data-topic"].split("|")[1:-1] == ["Storage, memory; disks", "A/b"]
    assert not [label for label in (*KINDS.values(), *ROLES) if "|" in label]


def test_a_short_title_is_added_only_where_the_title_lacks_it():
    one = paper("a", title="Fast Queries", short_title="Auncel")
    two = paper("b", title="Ditto: Analytics", short_title="Ditto")
    assert attributes(one)["data-text"] == "Auncel"
    assert "data-text" not in attributes(two)


def test_what_occurs_can_be_chosen_in_a_useful_order():
    assert choices(PAPERS) == {
        "year": ["2025", "2024"],
        "kind": ["Journal articles", "Conference papers", "Other publications"],
        "topic": ["LLM systems", "Vector retrieval"],
    }


def test_nothing_is_offered_where_there_is_no_choice():
    assert choices([]) == {}
    assert choices(PAPERS[:1]) == {"topic": ["LLM systems", "Vector retrieval"]}


def test_every_control_has_a_label():
    assert values(paper()).keys() == LABELS.keys()


# -- without a script ----------------------------------------------------------------------------


def test_the_first_group_filters_by_rules_and_hides_what_has_nothing_left():
    found = choices(PAPERS)
    sheet = rules({"topic": found["topic"]}, [("a", PAPERS[:1]), ("b", PAPERS[1:2])])
    shown = 'main:has(#paper-filter-topic-1:checked) .paper-card-complete>li:not([data-topic*="|LLM'
    assert sheet.startswith(shown)
    hidden = re.findall(r"topic-(\d):checked\) #(\w)", sheet)
    expected = [
        (str(number), id_)
        for number, topic in enumerate(found["topic"], start=1)
        for id_, item in (("a", PAPERS[0]), ("b", PAPERS[1]))
        if topic not in values(item)["topic"]
    ]
    assert hidden == expected


def test_a_value_cannot_end_the_sheet_or_its_string():
    sheet = rules({"topic": ['"]){}</style><script>', "b\\"]}, [])
    assert not re.search(r"[<>]s|</|\"\]\)\{\}", sheet)


def test_too_many_rules_are_left_to_the_script():
    assert rules({"topic": [str(n) for n in range(60)]}, [])
    assert rules({"topic": [str(n) for n in range(61)]}, []) == ""
    assert rules({}, []) == ""
