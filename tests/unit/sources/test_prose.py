"""Inline Markdown of the profile: emphasis, code, links and papers; what else there is, is text."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.model.sentence import Phrase, plain, sentence_text
from bibfolio.sources.prose import ProseError, sentence

URL = "https://example.org/x"


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("", ()),
        ("  \n ", ()),
        ("Plain  text\nin lines", plain("Plain text in lines")),
        ("*a* __b__", (Phrase("a", style="emphasis"), Phrase(" "), Phrase("b", style="strong"))),
        ("`a*b*`", (Phrase("a*b*", style="literal"),)),
        ("***a* b** c", None),
        (f"[a *b*]({URL})", (Phrase("a ", URL), Phrase("b", URL, "emphasis"))),
        (f"<{URL}>", (Phrase(URL, URL),)),
        ("[](https://example.org)", ()),
        # Papers.
        ("{cite}`a`", (Phrase("", key="a", role="p"),)),
        ("x{cite:p}`a`.", (Phrase("x"), Phrase("", key="a", role="p"), Phrase("."))),
        (
            "{cite:t}`a, b,`",
            (Phrase("", key="a", role="t"), Phrase(", "), Phrase("", key="b", role="t")),
        ),
        ("{bib:paper}`a`", (Phrase("", key="a", role="paper"),)),
        ("{bib:paper}`my  words <a>`", (Phrase("my words", key="a", role="paper"),)),
        ("{bib:paper}`<a>`", (Phrase("", key="a", role="paper"),)),
        # What is none of these.
        ("# a", plain("# a")),
        ("- a", plain("- a")),
        ("a <b>c</b> &amp; <!-- d -->", plain("a <b>c</b> & <!-- d -->")),
        ("</script><script>alert(1)</script>", plain("</script><script>alert(1)</script>")),
        ("{a} $x$ {{ b }} [c] [d][e] ^f^", plain("{a} $x$ {{ b }} [c] [d][e] ^f^")),
        (r"\*a\* \[b\](c)", plain("*a* [b](c)")),
        ("{cite} `a`", (Phrase("{cite} "), Phrase("a", style="literal"))),
    ],
)
def test_a_sentence_is_what_its_markdown_says(text, phrases):
    assert sentence(text) == phrases if phrases is not None else sentence(text)


NO_SITE = "must start with https:// or http://"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[a](b.html)", f"the link to b.html {NO_SITE}"),
        ("[a](/b)", f"the link to /b {NO_SITE}"),
        ("[a](#b)", f"the link to #b {NO_SITE}"),
        ("[a]()", f"the link to  {NO_SITE}"),
        ("[a](javascript:alert(1))", f"the link to javascript:alert(1) {NO_SITE}"),
        ("[a](&#106;avascript:b)", f"the link to javascript:b {NO_SITE}"),
        ("<vbscript:a>", f"the link to vbscript:a {NO_SITE}"),
        ("[a](data:text/html,b)", f"the link to data:text/html,b {NO_SITE}"),
        ("[a](mailto:jane%40example.org)", f"the link to mailto:jane%40example.org {NO_SITE}"),
        ("[a](https://u:p@example.org)", f"the link to https://u:p@example.org {NO_SITE}"),
        ("{doc}`a`", "{doc} is no role here; write {cite} or {bib:paper}"),
        ("{cite}`a` {citep}`b`", "{citep} is no role here; write {cite} or {bib:paper}"),
        ("{cite}`a", "{cite}` is not closed; write {cite}`KEY`"),
        ("{bib:paper}``", "{bib:paper}` is not closed; write {bib:paper}`KEY`"),
    ],
)
def test_what_a_sentence_has_no_place_for_is_told(text, told):
    with pytest.raises(ProseError) as error:
        sentence(text)
    assert str(error.value) == told


@given(st.text("ab1 *_`[](){}<>:/&;#!\\\n\"'é", max_size=40))
def test_any_text_becomes_phrases_whose_links_lead_to_other_sites(text):
    with contextlib.suppress(ProseError):
        found = sentence(text)
        assert all(phrase.url[:4] in {"", "http"} for phrase in found)
        assert len(sentence_text(found)) <= len(text)


@pytest.mark.parametrize("piece", ["[", "*", "`", "{", "a", "_", "<", "![", "[a](", "**a*b_c", "&"])
def test_a_long_text_is_read_at_once(piece):
    with contextlib.suppress(ProseError):
        sentence(piece * (10_000 // len(piece)))
