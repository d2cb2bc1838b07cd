"""What occurs on pages, however their HTML is written."""

from __future__ import annotations

import pytest

from bibfolio.assets.used import Used, used_by, used_on

PAGES = ['<p class="a b" id="c"><em>x</em></p>', '<DETAILS class="d"></DETAILS>']


def test_tags_classes_and_ids_of_every_page_occur():
    assert used_by(map(used_on, PAGES), []) == Used(
        frozenset({"html", "head", "body", "*", "p", "em", "details"}),
        frozenset({"a", "b", "c", "d"}),
    )


@pytest.mark.parametrize(
    "tag",
    [
        "<p class='x y'>",
        "<p class=x id=y>",
        '<p CLASS="x" ID = "y">',
        "<p\nclass\n=\n'\nx\ny'>",
        '<p class="&#120; &#121;">',
        "<p class=x>text <b class=y>",
        '<p class="x"id="y">',
        '<p title="id"class="x y">',
    ],
)
def test_a_name_occurs_however_it_is_quoted(tag):
    assert used_on(tag).words == {"x", "y"}


@pytest.mark.parametrize("tag", ['<p data-id="x">', "<p title=class>", "<p aclass=x>", "id=x"])
def test_what_only_ends_like_an_attribute_is_no_name(tag):
    assert used_on(tag).words == frozenset()


def test_every_word_of_a_script_may_become_a_class_or_an_element():
    used = used_by([], ["node.classList.add('added'); document.createElement('MARK')"])
    assert "added" in used.words
    assert "mark" in used.tags
