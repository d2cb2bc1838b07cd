"""Scripts of a page: each only where there is something for it to do."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.utils import new_document

from bibfolio.theme.layout import scripts


def document(*children: nodes.Node) -> nodes.document:
    result = new_document("page")
    result += nodes.section("", *children)
    return result


@pytest.mark.parametrize(
    ("classes", "names"),
    [
        ([], ["site.js"]),
        (["other"], ["site.js"]),
        (["paper-page-bibtex"], ["copy.js", "site.js"]),
        (["x", "paper-card-complete"], ["filter.js", "site.js"]),
        (["paper-card-complete", "paper-page-bibtex"], ["copy.js", "filter.js", "site.js"]),
    ],
)
def test_a_script_is_loaded_where_its_element_is(classes, names):
    page = document(nodes.paragraph("", "x"), nodes.container(classes=classes))
    assert scripts(page) == [f"_static/{name}" for name in names]


def test_a_page_without_a_document_has_the_frames_script():
    assert scripts(None) == ["_static/site.js"]
