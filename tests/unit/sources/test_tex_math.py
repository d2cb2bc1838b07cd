r"""Formulas: well-formed MathML or a ValueError, and plain text where nothing can be typeset."""

from __future__ import annotations

import unicodedata
from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.sources import tex
from bibfolio.sources.tex_math import amsmath, latex, mathml

from ..table import Table

TABLE = Table(__file__)


def in_words(source: str) -> str:
    decoded = tex.decode(f"${source}$")
    assert decoded.unknown == {}
    return decoded.text.plain


def test_a_formula_says_what_it_shows():
    TABLE.holds("formulas in words", in_words)


#: Whatever TeX there is around it, a letter or a digit is what the formula is about.
PARTS = st.recursive(
    st.one_of(
        st.sampled_from("a b Z k 7 0 QUIC + - ( ) ' , = .".split()),
        st.sampled_from(
            [r"\le ", r"\times ", r"\, ", r"\left( ", r"\bm ", r"\text{two}", "&", "~", " ", "{}"]
        ),
    ),
    lambda inner: st.one_of(
        inner.map(r"\sqrt{{{}}}".format),
        inner.map(r"\hat{{{}}}".format),
        inner.map(r"\mathbb{{{}}}".format),
        inner.map(r"\mathrm{{{}}}".format),
        inner.map(r"\unheardof{{{}}}".format),
        inner.map("^{{{}}}".format),
        inner.map("_{{{}}}".format),
        st.tuples(inner, inner).map(lambda pair: r"\frac{{{}}}{{{}}}".format(*pair)),
        st.tuples(inner, inner).map("".join),
    ),
    max_leaves=12,
)


def letters(text: str) -> Counter[str]:
    return Counter(char for char in unicodedata.normalize("NFKD", text) if char.isalnum())


@given(PARTS)
def test_no_letter_or_digit_disappears(source):
    written = source
    for command in ("sqrt", "hat", "mathbb", "mathrm", "text", "frac", "le ", "times ", "left"):
        written = written.replace(f"\\{command}", " ")
    written = written.replace(r"\bm", " ")
    assert letters(tex.decode(f"${source}$").text.plain) == letters(written)


@given(st.text(st.sampled_from("\\{}[]^_&$ abfracsqtex1")))
def test_nothing_is_raised_and_no_source_is_left(source):
    plain = tex.decode(f"${source.replace('$', '')}$").text.plain
    assert "\\frac" not in plain
    assert "\\sqrt" not in plain


# -- MathML -----------------------------------------------------------------------------------

SPACE = "{http://www.w3.org/1998/Math/MathML}"


def names_and_text(source: str) -> list[str]:
    """Names of the elements, and what stands in them; or why it is no formula."""
    try:
        root = ET.fromstring(mathml(source, block=False))
    except ValueError as error:
        return [f"ValueError: {error}"]
    names = [element.tag.removeprefix(SPACE) for element in root.iter()]
    return [" ".join(names), "".join("".join(root.itertext()).split())]


def test_a_formula_is_mathml_or_a_value_error_with_a_reason():
    TABLE.holds("MathML", names_and_text)


def test_latex_gets_what_it_knows_with_amsmath_alone():
    TABLE.holds("LaTeX with amsmath alone", amsmath)


@pytest.mark.parametrize(("block", "display"), [(True, "block"), (False, None)])
def test_a_formula_of_its_own_line_says_so(block, display):
    assert ET.fromstring(mathml("x", block)).get("display") == display


@pytest.mark.parametrize("source", ["a & b", r"a \\ b", r")\limits", "^", r"\frac", r"\limits"])
def test_what_docutils_stumbles_over_is_a_value_error_too(source):
    with pytest.raises(ValueError):
        mathml(source, block=False)


def test_an_attribute_cannot_be_broken_out_of():
    (space,) = ET.fromstring(mathml(r'\hspace{1" onload="alert(1)}', block=False))
    assert space.attrib == {"width": '1" onload="alert(1)'}


TOKENS = st.lists(
    st.sampled_from(
        r"""\frac { } _ ^ & \\ a 1 \left ( ) \right \sum < \text \begin{matrix} \end{matrix} \sqrt [
        ] \hat \limits \mathbf ' \begin{cases} \end{cases} \overset \hspace ~ | $ \mathcal
        \operatorname \tag é 李 \phantom \binom \pmod " \dfrac \prime \boldsymbol \underset # %
        \rm \cal \ce ^2+ -> \right
        """.split()
    ),
    max_size=8,
)


@given(TOKENS, st.booleans())
def test_any_formula_is_well_formed_or_a_value_error(tokens, block):
    source = " ".join(tokens)
    try:
        markup = mathml(source, block)
    except ValueError:
        return
    # An entity of HTML that XML does not know.
    assert ET.fromstring(markup.replace("&ApplyFunction;", "\u2061")).tag == f"{SPACE}math"


def test_latex_gets_no_more_than_maths():
    for source in (r"O(n \log n)", r"x_{\text{max, 2}}", r"\operatorname{rank} A"):
        assert latex(source) == source
    bad = r"\text{\input{/etc/hostname}} \operatorname{\write18{id}} \text{}} \text{$} ^^5cinput"
    for source in (*bad.split(), r"\text{50% off}", "50% x"):
        with pytest.raises(ValueError):
            latex(source)


def test_browsers_put_gaps_around_a_relation_only_between_its_sides():
    assert 'lspace="0" rspace="0">∼' in mathml(r"\sim 10", block=False)
    assert "<mo>∼" in mathml(r"z \sim 1", block=False)
