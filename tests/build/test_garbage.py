"""The garbage collector has less to do during a build, and all it has to do after it."""

import gc

from bibfolio.machines import twins


def test_a_build_leaves_the_collector_as_it_was(build):
    before = gc.get_threshold()
    build("minimal")
    assert gc.get_threshold() == before


def test_what_was_there_is_not_looked_through_while_pages_are_written(build, monkeypatch):
    frozen = []

    def spy(*given):
        frozen.append(gc.get_freeze_count())
        return markdown(*given)

    markdown = twins.markdown
    monkeypatch.setattr(twins, "markdown", spy)
    build("minimal")
    assert min(frozen) > 10_000


def test_the_next_build_finds_what_was_left(build, monkeypatch):
    build("minimal")
    found = []
    monkeypatch.setattr(gc, "unfreeze", lambda unfreeze=gc.unfreeze: found.append(unfreeze()))
    build("minimal")
    assert found
