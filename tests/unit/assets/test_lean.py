"""The reduced stylesheet: keeps whatever a page may use as it is, drops what none can."""

from __future__ import annotations

import pytest

from bibfolio.assets.lean import reduce
from bibfolio.assets.used import used_by, used_on

PAGES = ['<p class="a b" id="c"><em>x</em></p>', '<DETAILS class="d"></DETAILS>']
USED = used_by(map(used_on, PAGES), ["node.classList.add('added'); document.createElement('mark')"])


@pytest.mark.parametrize(
    "rule",
    [
        "p{color:red}",
        ".a{color:red}",
        "#c{color:red}",
        "p.a.b#c{color:red}",
        "p>em{color:red}",
        ".a .b{color:red}",
        ".added mark{color:red}",
        "details[open]{color:red}",
        ".a:hover{color:red}",
        "a.a,p{color:red}",
        ":root{color:red}",
        "*{color:red}",
        "html{color:red}",
        '.a::before{content:"}"}',
        ".a:not(.zzz){color:red}",
        ":is(.a,.zzz){color:red}",
        'html[data-theme="dark"] .a{color:red}',
        ".a{color:red!important}",
        "@media print{.a{color:red}}",
        "@supports (x:y){.a{color:red}}",
        "@media (width >= 20em){@media print{.a{color:red}}}",
        "@starting-style{.a{opacity:0}}",
        r".\61{color:red}",
        r"#\63 {color:red}",
        "svg|p{color:red}",
        "@counter-style x{system:cyclic}",
        "@page{margin:1cm;@top-left{content:none}}",
        "@font-palette-values --x{font-family:Y}",
    ],
)
def test_what_a_page_may_use_stays(rule):
    kept = reduce(rule, USED)
    plain = rule.replace("a.a,p", "p").replace(r"\61", "a").replace(r"\63 ", "c")
    assert "".join(kept.split()) == "".join(plain.split())


@pytest.mark.parametrize(
    "rule",
    [
        "table{color:red}",
        ".zzz{color:red}",
        "#zzz{color:red}",
        "p.zzz{color:red}",
        ".zzz>.a{color:red}",
        ".a .zzz{color:red}",
        ":is(.zzz,.yyy){color:red}",
        ".zzz:hover{color:red}",
        "@media print{.zzz{color:red}}",
        "@media print{}",
        "@media print{.a{--unused:red}}",
        "@starting-style{.zzz{opacity:0}}",
        ".zzz{color:red;&:hover{top:0}}",
        "*zoom:1;",
        ".a{}",
        "/* .a{color:red} */",
        "@font-face{font-family:X;src:url(x)}",
        "@keyframes spin{to{rotate:1turn}}",
        ".a{--unused:red}",
        "",
    ],
)
def test_what_no_page_can_use_goes(rule):
    assert reduce(rule, USED) == ""


def test_only_the_selectors_that_match_stay_of_a_list():
    assert reduce(".zzz,.a,table,#c{color:red}", USED) == ".a,#c{color:red}"


def test_animations_that_are_named_stay():
    sheet = "@keyframes spin{to{top:0}}.a{animation:spin 1s}"
    assert reduce(sheet + "@keyframes turn{to{top:0}}", USED) == sheet


def test_fonts_go_as_the_policy_of_the_pages_does_not_allow_them():
    assert reduce("@font-face{font-family:X;src:url(x)}.a{font-family:X}", USED) == (
        ".a{font-family:X}"
    )


def test_the_declaration_of_a_variable_stays_only_with_its_use():
    declared = '@property --turn{syntax:"*";inherits:false}'
    use = "p{rotate:var(--turn)}"
    assert reduce(declared + use, USED) == declared + use
    assert reduce(declared + "p{rotate:1deg}", USED) == "p{rotate:1deg}"


def test_variables_stay_if_a_value_needs_them_even_through_another():
    sheet = ":root{--a:red;--b:var(--a);--c:blue;--d:var(--c)}.a{color:var(--b)}"
    assert reduce(sheet, USED) == ":root{--a:red;--b:var(--a)}.a{color:var(--b)}"


def test_variables_that_need_each_other_do_not_stay_for_that():
    assert reduce(":root{--a:var(--b);--b:var(--a)}.a{color:red}", USED) == ".a{color:red}"


def test_reducing_twice_changes_nothing():
    sheet = ":root{--a:red}.a , .zzz{color:var( --a )}@media print{ p { top : 0 } }"
    once = reduce(sheet, USED)
    assert reduce(once, USED) == once


@pytest.mark.parametrize(
    "rule",
    [
        ".a{color:red;&:hover{top:0}}",
        ".a{&:hover{top:0}color:red}",
        ".a{color:red;em:hover{top:0}left:0}",
        ".a{color:red;.zzz &{top:0}}",
        ".a{@media print{top:0}}",
        ".a{color:red;@media print{top:0}}",
        ".a{color:red;@starting-style{top:0}}",
        ".zzz{.a:not(&){top:0}}",
        "@scope (.a) to (.b){p{top:0}}",
        "@layer a,b;",
        "@layer a{.a{top:0}@layer b,c;}",
        "@namespace svg url(x);",
        "@unheard .of{p{top:0}}",
    ],
)
def test_what_is_inside_a_rule_and_what_is_not_understood_stays_as_it_is(rule):
    assert reduce(rule, USED) == rule


def test_variables_and_animations_named_there_stay():
    sheet = (
        ":root{--a:1px;--b:2px;--c:3px}@keyframes spin{to{top:0}}@keyframes 'turn'{to{top:0}}"
        ".a{&:hover{top:var(--a);animation:spin 1s}}@scope (.a){p{left:var(--b);animation:'turn'}}"
    )
    kept = reduce(sheet, USED)
    assert ("--a:" in kept, "--b:" in kept, "--c:" in kept) == (True, True, False)
    assert kept.count("@keyframes") == 2


def test_a_script_may_name_a_variable_and_a_variable_an_animation():
    used = used_by(map(used_on, PAGES), ["style.setProperty('--a', getPropertyValue('--b'))"])
    sheet = ":root{--a:spin 1s;--b:0;--c:0}@keyframes spin{to{top:0}}"
    assert reduce(sheet, used) == ":root{--a:spin 1s;--b:0}@keyframes spin{to{top:0}}"


def test_layers_keep_their_order_without_their_rules():
    assert reduce("@layer a{.zzz{top:0}}@layer b{p{top:0}}", USED) == "@layer a;@layer b{p{top:0}}"


@pytest.mark.parametrize(
    "value",
    [
        '"a  b /* c */ > d , e"',
        '"\\A "',
        "url(\"data:image/svg+xml,<svg  viewBox='0 0 1 1'> <path d='M0 , 0'/></svg>\")",
        'url("a  b.svg")',
        "calc(1px + 2px)",
        "1px -2px",
        "[a] 1fr",
    ],
)
def test_a_value_means_what_it_meant(value):
    sheet = f".a::before{{content:{value}}}"
    assert reduce(sheet, USED) == sheet
    assert reduce(f"@unheard{{p{{content:{value}}}}}", USED) == f"@unheard{{p{{content:{value}}}}}"


def test_an_address_without_quotes_is_one_word():
    sheet = ".a{background:url( data:image/svg+xml;x,>/*y*/,z )}"
    assert reduce(sheet, USED) == ".a{background:url(data:image/svg+xml;x,>/*y*/,z)}"


def test_words_do_not_run_together_where_a_comment_was():
    assert reduce(".a/**/.b em/* */>/* */em{margin:1px/**/ /**/2px}", USED) == (
        ".a.b em>em{margin:1px 2px}"
    )


def test_names_with_signs_stay_spelt():
    sheet = (
        r".a{--x\.y:1px;top:var(--x\.y);--\66oo:2px;left:var(--fo\6f );--empty: ;x:var(--empty)}"
    )
    assert reduce(sheet, USED) == (
        r".a{--x\.y:1px;top:var(--x\.y);--foo:2px;left:var(--foo);--empty: ;x:var(--empty)}"
    )
