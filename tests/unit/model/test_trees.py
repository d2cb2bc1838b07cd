"""Which languages a site has, where their pages are, and which pages are the same in several."""

from __future__ import annotations

import pytest

from bibfolio.model.trees import (
    Tree,
    field_names,
    mistake,
    sisters,
    tree_at,
    tree_of_language,
    trees,
)


@pytest.mark.parametrize(
    ("chosen", "folders"),
    [
        ((), {"de": ""}),
        (["en", "zh-Hans"], {"en": "", "zh-Hans": "zh"}),
        (["en", "zh-Hans", "zh-Hant"], {"en": "", "zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant"}),
        (["en", "pt-BR"], {"en": "", "pt-BR": "pt"}),
        ({"en": "", "zh-Hans": "cn"}, {"en": "", "zh-Hans": "cn"}),
    ],
)  # fmt: skip
def test_each_language_but_the_first_has_a_folder(chosen, folders):
    assert {tree.tag: tree.folder for tree in trees(chosen, "de")} == folders


@pytest.mark.parametrize(
    "wrong",
    [
        *("en", 3, ["en", "en"], ["en", 3], ["en", "../x"], {"en": "e"}),
        *({"en": "", "de": "../x"}, {"en": "", "de": ""}),
        ["en", "zh-Hans", "zh_hans"],
        {"en": "", "de": "papers"},
    ],
)
def test_what_cannot_be_used_is_told(wrong):
    assert mistake(wrong)
    assert mistake(["en", "de"]) == mistake({"en": "", "de": "d"}) == ""


def test_a_page_is_in_the_language_of_its_folder_and_has_sisters_at_the_same_path():
    all_of_them = trees(["en", "de"], "en")
    english, german = all_of_them
    assert tree_at(all_of_them, "de/talks/one") == german
    assert tree_at(all_of_them, "design") == english
    pages = {"index", "de/index", "talks/one", "de/talks/one", "only"}
    assert sisters(all_of_them, "de/talks/one", pages) == {
        english: "talks/one",
        german: "de/talks/one",
    }
    assert sisters(all_of_them, "only", pages) == {}


def test_an_entry_finds_the_language_of_the_site_that_it_is_in():
    site = trees(["en", "zh-Hans", "zh-Hant"], "en")
    assert tree_of_language(site, "zh") == Tree("zh-Hans", "zh-Hans")
    assert tree_of_language(site, "zh-hant") == Tree("zh-Hant", "zh-Hant")
    assert tree_of_language(site, "ja") is None
    assert field_names(site) == {"en", "zh-hans", "zh-hant"}
    assert field_names(site[:1]) == frozenset()
