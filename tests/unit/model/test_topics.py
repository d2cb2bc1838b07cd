"""Topics: their order, and the colour each has on every page."""

from bibfolio.model.topics import COLOURS, topic_classes, topics

from ..made import paper


def test_topics_are_in_alphabetical_order_and_six_have_a_colour():
    found = [paper(topics=("zeta", "Beta")), paper(topics=("alpha", "c", "d", "e", "f"))]
    assert topics(found) == ["alpha", "Beta", "c", "d", "e", "f", "zeta"]
    classes = topic_classes(found)
    assert list(classes) == topics(found)
    assert list(classes.values())[:COLOURS] == [f"topic-{n}" for n in range(1, COLOURS + 1)]
    assert classes["zeta"] == "topic-0"
