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


@pytest.mark.parametrize("was_published", [False, True])
@pytest.mark.parametrize("folder", ["papers", "slides", "posters"])
def test_files_named_after_a_draft_are_not_served(build, folder, was_published):
    hidden, other = f"files/{folder}/{KEY}.pdf", f"files/{folder}/mine.pdf"
    built = build("citing", {hidden: b"%PDF- zebra", other: b"%PDF- mine"}, warnings=True)
    assert hidden in built.files
    built.edit(*DRAFT)
    again = built.rebuild(warnings=True) if was_published else built.build_clean()
    assert hidden not in again.files
    assert other in again.files
