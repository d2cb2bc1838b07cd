"""Formulas: well-formed MathML, or a ValueError that becomes a warning; never a crashed build."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.formulas import mathml, undrawable
from bibfolio.problems import WarningKind
from bibfolio.sources.bibliography import parse_bibliography

SPACE = "{http://www.w3.org/1998/Math/MathML}"


@pytest.mark.parametrize(
    ("source", "names", "text"),
    [
        ("x", ["math", "mi"], "x"),
        ("k=1", ["math", "mi", "mo", "mn"], "k=1"),
        ("O(n^2)", ["math", "mi", "mo", "msup", "mi", "mn", "mo"], "O(n2)"),
        (r"\alpha", ["math", "mi"], "α"),
        (r"\frac{1}{2}", ["math", "mfrac", "mn", "mn"], "12"),
        (r"\mathcal{O}", ["math", "mi"], "𝒪"),
        ("a < b", ["math", "mi", "mo", "mi"], "a<b"),
        (r"\text{<script>}", ["math", "mtext"], "<script>"),
    ],
)
def test_a_formula_is_mathml(source, names, text):
    root = ET.fromstring(mathml(source, block=False))
    found = "".join("".join(root.itertext()).split())
    assert ([e.tag.removeprefix(SPACE) for e in root.iter()], found) == (names, text)


@pytest.mark.parametrize(("block", "display"), [(True, "block"), (False, None)])
def test_a_formula_of_its_own_line_says_so(block, display):
    assert ET.fromstring(mathml("x", block)).get("display") == display


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (r"\foo", r'Unknown LaTeX command "\foo".'),
        (r"\begin{foo}", 'Environment "foo" not supported!'),
        ("x_", "Last node missing children. Source incomplete?"),
        ("$", 'Unsupported character: "$"!'),
    ],
)
def test_an_unknown_command_is_a_value_error_with_a_reason(source, reason):
    with pytest.raises(ValueError) as error:
        mathml(source, block=False)
    assert str(error.value) == reason


@pytest.mark.parametrize(
    "source", ["a & b", r"a \\ b", r")\limits", "^", r"\frac", r"\limits", "_2"]
)
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


def test_a_formula_that_cannot_be_drawn_is_named_with_its_entry():
    bib = "@misc{a, title = {$x^2$}}\n\n@misc{b, title = {On $x$ and $\\href{u}{v}$}}\n"
    (problem,) = undrawable(parse_bibliography(bib).papers, "refs.bib")
    assert (problem.kind, problem.file, problem.line) == (WarningKind.MATH, "refs.bib", 3)
    assert problem.message.startswith(r"b: formula '\\href{u}{v}' is shown as it is written: ")
