"""Topics: which keywords are topics, their order, and the colour each has on every page."""

from bibfolio.lint.profile import topics_to_choose
from bibfolio.model import Profile
from bibfolio.model.profile import Topic
from bibfolio.model.topics import COLOURS, topic_classes, topics, with_topics

from ..made import paper

EXPORTED = [
    paper("a", keywords=("Storage", "file  systems", "1234", "#todo", "/unread", "nosource")),
    paper("b", keywords=("storage", "SSD", *(f"tag {letter}" for letter in "abcdefghijk"))),
    paper("c", keywords=("Queues",)),
]


def test_topics_are_in_order_and_six_have_a_colour():
    found = [paper(topics=("zeta", "Beta")), paper(topics=("alpha", "c", "d", "e", "f"))]
    assert topics(found) == ["alpha", "Beta", "c", "d", "e", "f", "zeta"]
    classes = topic_classes(found)
    assert list(classes) == topics(found)
    assert list(classes.values())[:COLOURS] == [f"topic-{n}" for n in range(1, COLOURS + 1)]
    assert classes["zeta"] == "topic-0"
    assert topics(found, [Topic("zeta"), Topic("d")])[:3] == ["zeta", "d", "alpha"]


def test_few_keywords_are_topics_and_many_are_none_unless_some_are_chosen():
    few = with_topics([EXPORTED[0], EXPORTED[2]], None)
    assert [p.topics for p in few] == [("Storage", "file  systems"), ("Queues",)]
    many = with_topics(EXPORTED, None)
    assert not any(p.topics for p in many)
    assert [p.keywords for p in many] == [p.keywords for p in EXPORTED]
    chosen = [Topic("queues"), Topic("Disks", ("File Systems", "ssd")), Topic("STORAGE")]
    found = [("Disks", "STORAGE"), ("Disks", "STORAGE"), ("queues",)]
    assert [p.topics for p in with_topics(EXPORTED, chosen)] == found
    assert not any(p.topics for p in with_topics(EXPORTED, []))
    # A guest's references have the keywords that they have.
    assert [p.topics for p in with_topics(EXPORTED, None, None)] == [p.keywords for p in EXPORTED]


def test_too_many_keywords_are_told_once_with_the_line_to_write():
    told = topics_to_choose(EXPORTED, Profile(), "refs.bib", "profile.toml")
    start = "15 different keywords are too many for topics, so there are none; write topics = "
    assert [problem.message for problem in told] == [f'{start}["Storage"] in profile.toml']
    assert topics_to_choose(EXPORTED[::2], Profile(), "refs.bib", "profile.toml") == []
    assert topics_to_choose(EXPORTED, Profile(topics=()), "refs.bib", "profile.toml") == []
