"""DOIs, arXiv numbers and addresses as programs write them: what is meant is what is shown."""

import pytest

from bibfolio.sources.identifiers import bare_arxiv, bare_doi, read_doi, without_tex


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("https://example.org/a", "https://example.org/a"),
        (r"\url{https://example.org/a_b}", "https://example.org/a_b"),
        (r"\href{https://example.org/}{here}", "https://example.org/"),
        (r"https://example.org/a\_b{\_}c\%20{\#}d\&e", "https://example.org/a_b_c%20#d&e"),
        (r"https://example.org/\~{}jane", "https://example.org/~jane"),
        (r"https://example.org/{\textasciitilde}jane", "https://example.org/~jane"),
        (r"https://example.org/$\sim$jane", "https://example.org/~jane"),
        ("{https://example.org/}", "https://example.org/"),
    ],
)
def test_tex_is_taken_out(text, bare):
    assert without_tex(text) == bare


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1000/182", "10.1000/182"),
        ("{10.1000/182}", "10.1000/182"),
        ("DOI: 10.1000/182", "10.1000/182"),
        ("https://doi.org/10.1016/S0010-8650%2880%2980003-2", "10.1016/S0010-8650(80)80003-2"),
        ("10.1016/a%20b", "10.1016/a%20b"),
        (r"10.1007/978-3-540{\_}4", "10.1007/978-3-540_4"),
        ("https://doi-org.proxy.example.edu/10.1000/182", "10.1000/182"),
        ("10.1000/182.", "10.1000/182"),
        ("10.1000/182, 10.1000/183", "10.1000/182"),
        ("10.1000 / 182", "10.1000/182"),
        ("none", "none"),
    ],
)
def test_the_doi_that_is_meant(text, doi):
    assert read_doi(text) == doi


def test_a_doi_in_the_middle_of_a_word_is_no_prefix():
    assert bare_doi("https://doi-org.example.edu/x") == "https://doi-org.example.edu/x"


@pytest.mark.parametrize(
    "text",
    [
        "2504.02263",
        "{2504.02263}",
        "arXiv:2504.02263",
        "https://www.arxiv.org/abs/2504.02263",
        "https://arxiv.org/pdf/2504.02263.pdf",
        "2504.02263 [cs.DC]",
    ],
)
def test_the_arxiv_number_that_is_meant(text):
    assert bare_arxiv(text) == "2504.02263"
