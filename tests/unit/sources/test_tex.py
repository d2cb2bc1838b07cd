r"""TeX in bibliographies: what readers see is what TeX would print, and nothing is ever raised."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.model import RichText, Span
from bibfolio.sources import tex


def spans(source: str) -> list[tuple[str, str]]:
    return [(span.text, span.style) for span in tex.decode(source).text.spans]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("An Ordinary Title", "An Ordinary Title"),
        ("The {GPU} and {LLMs}", "The GPU and LLMs"),
        ("{MegaScale-MoE}: Large-Scale", "MegaScale-MoE: Large-Scale"),
        ("", ""),
        ("a -- b --- c", "a – b — c"),
        ("``quoted''", "“quoted”"),
        ("don't and `single", "don't and `single"),
        ("Fig.~3", "Fig.\u00a03"),
        (r"50\% \& \_ \# \$ \{ \}", "50% & _ # $ { }"),
        ("100% plain", "100% plain"),
        (r"a\\b", "a b"),
        (r"a\,b", "a\u202fb"),
        (r"hy\-phen\/ated", "hyphenated"),
        (r"\LaTeX{} and \TeX", "LaTeX and TeX"),
        (r"\ldots\ and \dots", "… and …"),
        (r"\textendash\textemdash", "–—"),
        (r"\copyright\pounds\dag", "©£†"),
        (r"\textsc{Caps} \mbox{box}", "Caps box"),
        (r"\href{https://example.org}{text}", "text"),
        (r"\textbackslash\textasciitilde", "\\~"),
        (r"C\# {\&} C++", "C# & C++"),
        (r"\aap", "Astronomy and Astrophysics"),
        (r"{\prd}", "Physical Review D"),
        (r"a\newline b\enspace c\quad{}d", "a b c d"),
        (r"\LaTeXe{} by \hologo{BibTeX} of the \AmS\emdash x", "LaTeX2ε by BibTeX of the AMS—x"),
        (r"\enquote{a} \mkbibacro{URL} \proglang{R} \noopsort{1973b}1973", "“a” URL R 1973"),
        (r"\foreignlanguage{french}{Fin} \textcolor{red}{x}", "Fin x"),
        ("5 < 6 <b>&amp;</b>", "5 < 6 <b>&</b>"),
        (r"\&amp; &AT; &unknown; M&uuml;ller", "&amp; &AT; &unknown; Müller"),
    ],
)
def test_text_is_what_tex_would_print(source, text):
    assert tex.decode(source) == (RichText.from_plain(text), {})


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"M{\"u}ller", "Müller"),
        (r"M\"uller", "Müller"),
        (r"M\"{u}ller", "Müller"),
        (r"{M\"{u}ller}", "Müller"),
        (r"Nguy{\~{\^e}}n", "Nguyễn"),
        (r"Nguy\~{\^e}n", "Nguyễn"),
        (r"Nguy{\~{\^{e}}}n", "Nguyễn"),
        (r"\v{C}apek", "Čapek"),
        (r"\v Capek", "Čapek"),
        (r"Mart\'{\i}nez", "Martínez"),
        (r"Mart{\'\i}nez", "Martínez"),
        (r"\^{\j}", "ĵ"),
        (r"Erd\H{o}s", "Erdős"),
        (r"Gar\c{c}\~ao", "Garção"),
        (r"\k{A}", "Ą"),
        (r"\u{g}\r{a}\.{z}\={a}\d{s}\b{d}", "ğåżāṣḏ"),
        (r"\`a\'e\^o\~n", "àéôñ"),
        (r"stra{\ss}e", "straße"),
        (r"\O{}re \o", "Øre ø"),
        (r"\L{}ukasz \l", "Łukasz ł"),
        (r"\AA{}ngstr\"om", "Ångström"),
        (r"\ae\oe\AE\OE", "æœÆŒ"),
        (r"\'{ou}", "óu"),
        (r"\~{}jin", "~jin"),
        (r"e" + "\u0301", "é"),
    ],
)
def test_accents_are_one_letter_of_one_span(source, text):
    assert tex.decode(source) == (RichText((Span(text),)), {})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\emph{x} y", [("x", "emphasis"), (" y", "text")]),
        (r"\textit{x}\textsl{y}", [("xy", "emphasis")]),
        (r"\textbf{x}", [("x", "strong")]),
        (r"\texttt{x}", [("x", "literal")]),
        (r"\url{https://example.org/a_b}", [("https://example.org/a_b", "literal")]),
        (r"\path{~/a--b}", [("~/a--b", "literal")]),
        (r"\pkg{lme4}\mkbibemph{x}", [("lme4", "strong"), ("x", "emphasis")]),
        (r"H\textsubscript{2}O", [("H", "text"), ("2", "subscript"), ("O", "text")]),
        (r"1\textsuperscript{st}", [("1", "text"), ("st", "superscript")]),
        (r"\emph{M{\"u}ller \& {Co}}", [("Müller & Co", "emphasis")]),
        (r"\emph abc", [("a", "emphasis"), ("bc", "text")]),
        (r"\emph{a", [("a", "emphasis")]),
        (r"\emph", []),
        (r"\emph{}", []),
    ],
)
def test_styles(source, expected):
    assert spans(source) == expected
    assert tex.decode(source).unknown == {}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("$k$-NN", [("k", "math"), ("-NN", "text")]),
        ("$O(n^2)$ Time", [("O(n^2)", "math"), (" Time", "text")]),
        (r"${GPU}_{x}$", [("{GPU}_{x}", "math")]),
        (r"\emph{An $x$}", [("An ", "emphasis"), ("x", "math")]),
        (r"cost \$5 or \$6", [("cost $5 or $6", "text")]),
        (r"$a\$b$", [(r"a\$b", "math")]),
        ("a $ b", [("a $ b", "text")]),
        ("$$", [("$$", "text")]),
        (r"\(x^2\) $$y$$", [("x^2", "math"), (" ", "text"), ("y", "math")]),
        (r"\ensuremath{\alpha x}", [(r"\alpha x", "math")]),
        (r"\ensuremath\alpha", [(r"\alpha", "math")]),
        (r"a $\!$ b", [("a  b", "text")]),
    ],
)
def test_maths_keeps_its_source(source, expected):
    assert spans(source) == expected


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("$k$-NN", "k-NN"),
        (r"An $\alpha$-Approximation", "An α-Approximation"),
        (r"$O(n^2)$", "O(n²)"),
        (r"$\mathcal{O}(n)$", "O(n)"),
        (r"\emph{A} \textbf{B}", "A B"),
        ("Fig.~3", "Fig.\u00a03"),
    ],
)
def test_plain_text_says_formulas_without_tex(source, plain):
    assert tex.plain(source) == plain


def test_a_command_nobody_knows_in_a_formula_keeps_its_name():
    decoded = tex.decode(r"$\foo{x}$ and $n\text{ \baz{y}}$ and $\le$")
    assert (decoded.text.plain, decoded.unknown) == ("foo x and n y and ≤", {})


@pytest.mark.parametrize(
    ("source", "text", "unknown"),
    [
        (r"\foo{bar} baz", "bar baz", {"foo": "argument"}),
        (r"\foo bar", "foo bar", {"foo": "name"}),
        (r"\foo{} bar", "foo bar", {"foo": "name"}),
        (r"{\foo}s", "foos", {"foo": "name"}),
        (r"\foo{a}\bar{b}", "ab", {"foo": "argument", "bar": "argument"}),
        (r"\cite{key}", "key", {"cite": "argument"}),
        (r"Mart\'\inez", "Martínez", {"inez": "name"}),
    ],
)
def test_an_unknown_command_shows_its_argument_or_its_name_and_is_told(source, text, unknown):
    decoded = tex.decode(source)
    assert (decoded.text.plain, decoded.unknown) == (text, unknown)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("}a}b", "ab"),
        ("{a", "a"),
        ("a}", "a"),
        ("}{", ""),
        ("\\", "\\"),
        ('\\"', '"'),
        (r"\'", "'"),
        ("a{b}}c", "abc"),
    ],
)
def test_unbalanced_braces_lose_no_letter(source, text):
    assert tex.decode(source).text.plain == text


@pytest.mark.parametrize(
    "opening", ["{", r"\emph{", r"\"{", r"\foo{", r"\href{a}{", "${", r"\ensuremath{\text{"]
)
def test_nesting_does_not_exhaust_the_stack(opening):
    plain = tex.decode(opening * 5000 + "x").text.plain
    assert unicodedata.normalize("NFD", plain).count("x") == 1


@pytest.mark.parametrize("url", ["https://example.org/~jin", "https://example.org/a--b"])
def test_an_address_in_url_is_not_changed(url):
    assert spans(rf"\url{{{url}}}") == [(url, "literal")]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"LLM{\textquoteright}s", "LLM’s"),
        (r"{\textquotedblleft}x{\textquotedblright}", "“x”"),
        (r"CPU\slash GPU", "CPU/GPU"),
        (r"5\,{\textmu}s", "5\u202fµs"),
    ],
)
def test_characters_that_publishers_export_as_commands(source, text):
    assert tex.decode(source).text.plain == text


TEXISH = st.lists(
    st.one_of(
        st.sampled_from(
            r"""{ } $ \ \emph \textbf \" \' \~ \^ \v \c \H \url \href \foo \i \ss \alpha _ ^ % &
            ~ -- --- `` '' # \& \% \$ \{ \} \\ \, \( \) \mathbf \frac \char \symbol""".split()
        ),
        st.text(max_size=3),
        st.sampled_from([" ", "\n", "a", "Ü", "李", "\u0301"]),
    ),
    max_size=14,
).map("".join)


def controls(text: str) -> set[str]:
    return {char for char in text if unicodedata.category(char) == "Cc"}


@given(st.one_of(st.text(), TEXISH))
def test_decoding_never_raises_and_invents_no_control_character(source):
    decoded = tex.decode(source)
    assert controls(decoded.text.plain) - controls(source) == set()
    assert controls("".join(span.text for span in decoded.text.spans)) - controls(source) == set()


@given(st.text(st.characters(blacklist_characters="\\${}~-`'", blacklist_categories=["Cs"])))
def test_text_without_tex_is_only_normalised(text):
    assert tex.decode(text) == (RichText.from_plain(unicodedata.normalize("NFC", text)), {})


@given(TEXISH)
def test_decoding_leaves_no_mergeable_neighbours(source):
    styles = [span.style for span in tex.decode(source).text.spans]
    pairs = itertools.pairwise(styles)
    assert [pair for pair in pairs if pair[0] == pair[1] != "math"] == []


@given(st.lists(st.sampled_from('ABC xyz {} {GPU} {\\"u} \\&'.split()), max_size=8).map(" ".join))
def test_capitals_stay_as_written(source):
    written = [char for char in source if char.isupper()]
    assert [char for char in tex.plain(source) if char.isupper()] == written


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"$\mathcal{O}(\log n)$", "O(log n)"),
        (r"\textgreek{\textalpha}\beta", "αβ"),
        (r"\ng \t{oo} \textless i\textgreater", "ŋo͡o <i>"),
    ],
)
def test_signs_that_latexcodec_knows_in_formulas_or_not_at_all(source, text):
    decoded = tex.decode(source)
    assert (decoded.text.plain, decoded.unknown) == (text, {})


@pytest.mark.parametrize(
    ("source", "styles"),
    [
        (r"{\it a} b", ["emphasis", "text"]),
        (r"{a \bf b} c", ["text", "strong", "text"]),
        (r"{\em a {\tt b} c}", ["emphasis", "literal", "emphasis"]),
        (r"{\sc a}", ["text"]),
    ],
)
def test_a_switch_holds_to_the_end_of_its_group(source, styles):
    decoded = tex.decode(source)
    assert ([span.style for span in decoded.text.spans], decoded.unknown) == (styles, {})
