"""Bytes of any origin become text, and the owner is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.sources.encoding import decode

SAVE = "save the file as UTF-8"


@pytest.mark.parametrize(
    ("data", "text", "told"),
    [
        ("李明 Müller".encode(), "李明 Müller", []),
        ("李明".encode("utf-8-sig"), "李明", []),
        ("a 李".encode("utf-16"), "a 李", [(1, f"the file is UTF-16-LE; {SAVE}")]),
        (b"\xfe\xff" + "李".encode("utf-16-be"), "李", [(1, f"the file is UTF-16-BE; {SAVE}")]),
        ("李".encode("utf-32"), "李", [(1, f"the file is UTF-32-LE; {SAVE}")]),
        (
            "a\n李明，系统".encode("gbk"),
            "a\n李明，系统",
            [(2, f"byte 0xc0 is not UTF-8, read as GBK; {SAVE}")],
        ),
        (
            "Müller".encode("latin-1"),
            "Müller",
            [(1, f"byte 0xfc is not UTF-8, read as Windows-1252; {SAVE}")],
        ),
        (
            "“Æther”".encode("cp1252"),
            "“Æther”",
            [(1, f"byte 0x93 is not UTF-8, read as Windows-1252; {SAVE}")],
        ),
    ],
)
def test_every_usual_encoding_is_read_and_named(data, text, told):
    found, problems = decode(data)
    assert (found, [(p.line, p.message) for p in problems]) == (text, told)


def test_lines_that_are_utf_8_are_read_as_such_among_others():
    data = "李\n".encode() + "é\n".encode("latin-1") + "ü".encode()
    assert decode(data)[0] == "李\né\nü"


@given(st.binary(max_size=60))
def test_no_bytes_are_refused_and_no_line_is_lost(data):
    text, problems = decode(data)
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        assert text.count("\n") == data.count(b"\n")
    assert len(problems) <= 1


@given(st.text(max_size=60))
def test_utf_8_comes_back_as_it_was_and_without_a_word(text):
    if not text.startswith("\ufeff"):
        assert decode(text.encode()) == (text, [])


@pytest.mark.parametrize(
    "text",
    [
        "author = {陶, 喆}",  # not in GB 2312
        "author = {贾, 云山},\nabstract = {the model’s 2×, a – b}",  # a line without Han characters
    ],
)
def test_chinese_is_known_by_some_of_its_lines(text):
    decoded, problems = decode(text.encode("gbk"))
    assert decoded == text
    assert "read as GBK" in problems[0].message


def test_western_text_with_two_accents_in_a_row_is_no_chinese():
    text = "title = {größte Müller’s}\ntitle = {größte}"
    decoded, problems = decode(text.encode("cp1252"))
    assert decoded == text
    assert "read as Windows-1252" in problems[0].message
