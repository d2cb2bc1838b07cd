"""Which fonts a text is set in, by its letters and by the language around them."""

from __future__ import annotations

import pytest

from bibfolio.model.fonts import SCRIPTS, TEXT_FACE, families, makeshift, scripts_in


@pytest.mark.parametrize(
    ("text", "script", "first"),
    [
        ("Zoë Привет Γεια שלום", "Latn", None),
        ("李明", "Latn", "Noto Serif CJK SC"),
        ("李明", "Hans", "Noto Serif CJK SC"),
        ("李明", "Hant", "Noto Serif CJK TC"),
        ("李明", "Jpan", "Noto Serif CJK JP"),
        ("李明", "Kore", "Noto Serif CJK KR"),
        # Kana and Hangul tell whose Han stands beside them, but on no page in Chinese.
        ("直す", "Latn", "Noto Serif CJK JP"),
        ("직 直", "Latn", "Noto Serif CJK KR"),
        ("直す", "Hans", "Noto Serif CJK SC"),
        ("سلام", "Latn", "Noto Naskh Arabic"),
        ("नमस्ते", "Latn", "Noto Serif Devanagari"),
        ("สวัสดี", "Latn", "Noto Serif Thai"),
    ],
)
def test_every_script_is_set_in_a_face_of_its_language(text, script, first):
    found = families(f"Jane {text}", script)
    assert found[0] == TEXT_FACE
    assert found[1:2] == [first] * bool(first)
    assert bool(scripts_in(text)) == bool(first)


def test_a_text_in_two_scripts_has_the_families_of_both():
    found = families("سلام 李", "Arab")
    assert found.index("Noto Naskh Arabic") < found.index("Noto Serif CJK SC")


def test_letters_of_a_typewriter_are_no_face_for_text():
    assert makeshift("Jane سلام سلام", {TEXT_FACE, "DejaVu Sans Mono"}) == "سلام"
    assert makeshift("سلام", {"Amiri"}) == ""
    # Of these Typst has no letters at all, and says so.
    assert makeshift("Jane 李 สวัสดี", set()) == ""


def test_no_family_is_named_twice_in_a_script():
    for script in SCRIPTS.values():
        assert len(set(script.families)) == len(script.families) > 3
