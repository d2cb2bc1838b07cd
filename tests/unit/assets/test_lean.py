"""The reduced stylesheet: keeps whatever a page may use, drops what none can."""

from __future__ import annotations

import pytest

from bibfolio.assets.lean import Used, reduce, used_by

PAGES = ['<p class="a b" id="c"><em>x</em></p>', '<DETAILS class="d"></DETAILS>']
USED = used_by(PAGES, ["node.classList.add('added'); document.createElement('mark')"])


def test_tags_classes_and_ids_of_every_page_occur():
    used = used_by(PAGES, [])
    assert used == Used(
        frozenset({"html", "head", "body", "*", "p", "em", "details"}),
        frozenset({"a", "b", "c", "d"}),
    )


def test_every_word_of_a_script_may_become_a_class_or_an_element():
    assert {"added", "mark"} <= USED.words
    assert "mark" in USED.tags


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
    ],
)
def test_what_a_page_may_use_stays(rule):
    kept = reduce(rule, USED)
    assert "".join(kept.split()) == "".join(rule.replace("a.a,p", "p").split())


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


def test_fonts_and_animations_that_are_named_stay():
    sheet = (
        '@font-face{font-family:"X Y";src:url(x)}@font-face{font-family:Z;src:url(z)}'
        "@keyframes spin{from{top:0}to{top:1px}}@keyframes turn{to{top:0}}"
        '.a{font-family:"X Y",serif;animation:spin 1s}'
    )
    kept = reduce(sheet, USED)
    assert ("X Y" in kept, "url(z)" in kept, "spin{" in kept, "turn{" in kept) == (
        True,
        False,
        True,
        False,
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
