"""A draft is in no output at all, nor is what the owner has put beside it."""

import pytest

KEY = "doe2021cache"
DRAFT = ("refs.bib", "{doe2021cache,", "{doe2021cache,\n  pubstate = {inpreparation},")


@pytest.mark.parametrize("was_published", [False, True])
def test_notes_on_a_draft_are_no_page(build, was_published):
    built = build("citing", {f"notes/{KEY}.md": "Words on *zebras*.\n"})
    built.edit(*DRAFT)
    again = built.rebuild(warnings=True) if was_published else built.build_clean()
    assert [name for name, data in again.files.items() if b"zebras" in data] == []
    assert [name for name in again.files if KEY in name] == []
