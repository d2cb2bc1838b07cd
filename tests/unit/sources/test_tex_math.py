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


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        # As people write them.
        (r"O(n^2 \log n)", "O(n² log n)"),
        (r"\alpha_i \le \beta", "αᵢ ≤ β"),
        (r"2\times", "2×"),
        (r"\ge 10\%", "≥10%"),
        (r"\frac{a}{b}", "a/b"),
        (r"\sqrt n", "√n"),
        (r"x\in X", "x ∈ X"),
        # Scripts, also on what stands before the formula: CO$_2$, 20$^\circ$C.
        ("_2", "₂"),
        (r"^\circ", "°"),
        ("^{13}", "¹³"),
        ("^{-3}", "⁻³"),
        ("(^3H)", "(³H)"),
        # Old font commands, and those of other packages.
        (r"D \to {\rm B}^0 x", "D → B⁰x"),
        (r"{\cal D}", "D"),
        (r"x_{\rm eff}", "x_eff"),
        (r"\rm H_2O", "H₂O"),
        (r"{\rm A \bf B}C", "ABC"),
        (r"\left(\it x\right)^2", "(x)²"),
        (r"\bm{x}", "x"),
        (r"\textit{two words}", "two words"),
        (r"5\,\AA", "5 Å"),
        (r"20\degree", "20°"),
        # Chemistry.
        (r"\ce{H2O}", "H₂O"),
        (r"\ce{SO4^2-}", "SO₄²⁻"),
        (r"\ce{[Cu(NH3)4]^{2+}}", "[Cu(NH₃)₄]²⁺"),
        (r"\ce{^{13}CO2 + 2H2O -> Na+}", "¹³CO₂+2H₂O → Na⁺"),
        (r"\ce{YBa2Cu3O_{7-x}}", "YBa₂Cu₃O₇₋ₓ"),
        (r"\ce{CH3-CH2-OH}", "CH₃−CH₂−OH"),
        ("k", "k"),
        (r"\ell_1", "ℓ₁"),
        (r"L^p", "Lᵖ"),
        (r"x_i^2", "xᵢ²"),
        (r"n^{1.5}", "n^(1.5)"),
        (r"n^{k-1}", "nᵏ⁻¹"),
        (r"2^{\Omega(\sqrt{n})}", "2^(Ω(√n))"),
        (r"x_{\text{max}}", "xₘₐₓ"),
        (r"F_q", "F_q"),
        (r"x^{QUIC}", "x^QUIC"),
        (r"x^*", "x^*"),
        (r"90^\circ", "90°"),
        (r"f'(x)", "f′(x)"),
        (r"A^\top", "Aᵀ"),
        (r"{GPU}_{x}", "GPUₓ"),
        (r"x^{}", "x"),
        # Fractions and roots.
        (r"\frac12", "1/2"),
        (r"n\frac{1}{2}", "n 1/2"),
        (r"\tfrac{n+1}{2n}", "(n+1)/(2n)"),
        (r"\frac{f(n)}{n^2}", "f(n)/n²"),
        (r"\frac{\text{tokens}}{\text{second}}", "tokens/second"),
        (r"\sqrt{n+1}", "√(n+1)"),
        (r"\sqrt{n}\log n", "√n log n"),
        (r"\sqrt[3]{x}\sqrt[k]{x}", "∛x ᵏ√x"),
        (r"\binom{n}{k}", "(n choose k)"),
        # Functions and words.
        (r"O(n\log\log n)", "O(n log log n)"),
        (r"\log(n)", "log(n)"),
        (r"\log_2 n", "log₂ n"),
        (r"\max_{i\in S} x_i", "max_(i ∈ S) xᵢ"),
        (r"\operatorname{polylog}(n)", "polylog(n)"),
        (r"n\operatorname*{polylog}n", "n polylog n"),
        (r"\mathrm{NP}\ne\mathsf{P}", "NP ≠ P"),
        (r"n \bmod k", "n mod k"),
        (r"a \pmod n", "a (mod n)"),
        (r"\text{if } x > 0", "if x > 0"),
        # Alphabets and accents.
        (r"\mathcal{O}(n)", "O(n)"),
        (r"\mathbb{R}^d", "ℝᵈ"),
        (r"\mathbb{F}_2", "F₂"),
        (r"\mathbf{x}y", "xy"),
        (r"\hat{x}\bar y\vec v", "x̂ȳv⃗"),
        (r"\widehat{AB}", "AB"),
        # Signs.
        (r"\left(\frac{n+1}{2}\right)^{k}", "((n+1)/2)ᵏ"),
        (r"\left.x\right|", "x|"),
        (r"\bigl[0,1\bigr]", "[0,1]"),
        (r"\{0,1\}^n", "{0,1}ⁿ"),
        (r"\|x\|_2", "‖x‖₂"),
        (r"\langle a,b\rangle", "⟨a,b⟩"),
        (r"\lfloor n/2 \rfloor", "⌊n/2⌋"),
        (r"1,\ldots,n", "1,…,n"),
        (r"a_1+\cdots+a_n", "a₁+⋯+aₙ"),
        (r"\sum_{i=1}^n x_i", "∑ᵢ₌₁ⁿ xᵢ"),
        (r"k\cdot m", "k⋅m"),
        (r"k \times m", "k×m"),
        (r"A\not\subset B", "A ⊄ B"),
        (r"x\to\infty", "x → ∞"),
        (r"10\,\mu s", "10 μs"),
        (r"a\;b\quad c~d\ e\!f", "a b c d ef"),
        (r"a\overset{?}{=}b", "a =^? b"),
        (r"a &= b \\ c", "a = b c"),
    ],
)
def test_a_formula_says_what_it_shows(source, plain):
    assert tex.decode(f"${source}$").text.plain == plain
    assert tex.decode(f"${source}$").unknown == {}


def test_docutils_still_reads_every_kind_of_symbol():
    shown = tex.plain(r"$\alpha \infty \sum \langle \rangle \Vert \ddots \le \cup \hat x \sin$")
    assert shown == "α∞∑⟨⟩‖⋱ ≤ ∪x̂sin"


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


@pytest.mark.parametrize(
    ("source", "names", "text"),
    [
        ("x", ["math", "mi"], "x"),
        ("k=1", ["math", "mi", "mo", "mn"], "k=1"),
        ("O(n^2)", ["math", "mi", "mo", "msup", "mi", "mn", "mo"], "O(n2)"),
        (r"\alpha", ["math", "mi"], "α"),
        (r"\frac{1}{2}", ["math", "mfrac", "mn", "mn"], "12"),
        (r"\mathcal{O}", ["math", "mi"], "𝒪"),
        (r"{\cal O}", ["math", "mi"], "𝒪"),
        (r"{\rm B}^0", ["math", "msup", "mi", "mn"], "B0"),
        (r"\bf x", ["math", "mi"], "𝐱"),
        (r"\bm{\alpha}", ["math", "mi"], "𝜶"),
        (r"\textit{if so}", ["math", "mtext"], "ifso"),
        (r"5\AA", ["math", "mn", "mtext"], "5Å"),
        (r"20\degree", ["math", "mn", "mtext"], "20°"),
        ("_2", ["math", "msub", "mrow", "mn"], "2"),
        (r"^\circ", ["math", "msup", "mrow", "mo"], "∘"),
        (r"\ce{H2O}", ["math", "mrow", "msub", "mi", "mn", "mi"], "H2O"),
        ("a < b", ["math", "mi", "mo", "mi"], "a<b"),
        (r"\text{<script>}", ["math", "mtext"], "<script>"),
    ],
)
def test_a_formula_is_mathml(source, names, text):
    root = ET.fromstring(mathml(source, block=False))
    found = "".join("".join(root.itertext()).split())
    assert ([e.tag.removeprefix(SPACE) for e in root.iter()], found) == (names, text)


@pytest.mark.parametrize(
    ("source", "latex"),
    [
        (r"{\rm B}^0", r"{\mathrm{B}}^0"),
        (r"\bm{x} \cal\AA", r"\boldsymbol{x} \mathcal{\text{Å}}"),
        (r"\bf a & b", r"\mathbf{a }& b"),
        (r"\ce{Na+}", r"\mathrm{Na^{+}}"),
        (r"\frac{a}{b}\ne\rmx", r"\frac{a}{b}\ne\rmx"),
    ],
)
def test_latex_gets_what_it_knows_with_amsmath_alone(source, latex):
    assert amsmath(source) == latex


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


@pytest.mark.parametrize(
    "source",
    [
        r"\text{\input{/etc/hostname}}",
        r"\operatorname{\write18{id}}",
        r"\text{50% off}",
        r"\text{}}",
        r"\text{$}",
        "50% x",
        "^^5cinput",
    ],
)
def test_latex_gets_no_more_than_maths(source):
    with pytest.raises(ValueError):
        latex(source)


@pytest.mark.parametrize("source", [r"O(n \log n)", r"x_{\text{max, 2}}", r"\operatorname{rank} A"])
def test_latex_sets_ordinary_formulas(source):
    assert latex(source) == source
