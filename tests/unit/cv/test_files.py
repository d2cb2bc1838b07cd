"""What the owner is told of fonts. (What is written, and when: tests/build/test_cv.py.)"""

from __future__ import annotations

from bibfolio.cv.files import font_message


def test_missing_characters_are_named_with_how_to_get_a_font():
    message = font_message("cv.pdf", "李\u0e01")
    assert "cv.pdf: no font on this machine has 李 (U+674E), \u0e01 (U+0E01)" in message
    assert "apt-get install fonts-noto-cjk" in message
    assert ".readthedocs.yaml" in message


def test_of_many_missing_characters_a_few_are_named():
    message = font_message("cv.pdf", "".join(map(chr, range(0x4E00, 0x4E00 + 300))))
    assert message.count("U+") == 10
    assert " and 290 more; it shows ? instead" in message
