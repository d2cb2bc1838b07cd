"""Authors: a name is written in the order of its script."""

from __future__ import annotations

import pytest

from bibfolio.model import Author
from bibfolio.model.author import is_cjk


@pytest.mark.parametrize(
    ("author", "name"),
    [
        (Author("Jin", "Chao"), "Chao Jin"),
        (Author("李", "明"), "李明"),
        (Author("李明"), "李明"),
        (Author("山田", "太郎"), "山田太郎"),
        (Author("ヤマダ", "タロウ"), "ヤマダタロウ"),
        (Author("김", "철수"), "김철수"),
        (Author("𠮷田", "明"), "𠮷田明"),
        (Author("Li", "明"), "明 Li"),
        (Author("Berg", "Jan", "van der"), "Jan van der Berg"),
        (Author("King", "Martin Luther", suffix="Jr."), "Martin Luther King Jr."),
        (Author("Open Compute Project"), "Open Compute Project"),
    ],
)
def test_a_name_has_the_order_of_its_script(author, name):
    assert author.name == name


@pytest.mark.parametrize(
    ("text", "cjk"),
    [
        ("李", True),
        ("李明", True),
        ("ヤマダ", True),
        ("ひらがな", True),
        ("김철수", True),
        ("𠮷", True),
        ("豈", True),
        ("Li", False),
        ("李 明", False),
        ("李a", False),
        ("é", False),
        ("", False),
    ],
)
def test_scripts_in_which_the_family_name_goes_first(text, cjk):
    assert is_cjk(text) is cjk
