"""Pages of papers take a way of their own through Sphinx, and are what they are on Sphinx's way."""

from __future__ import annotations

import pytest
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.registry import SphinxComponentRegistry

from bibfolio.pages import finished
from tests.building import ROOTS

#: An entry with maths, marks and everything that has a place on a page.
BIB = """
@article{doe2020maths,
  title = {Sums in $O(n^2)$ and "quotes" -- it's <b>so</b>},
  author = {Doe, Jane and Roe, Richard}, author+an = {1=equal;2=equal},
  journal = {Journal of Small Machines}, year = 2020, doi = {10.1000/a_b}, pages = {1--9},
  code = {https://code.example.org/}, abstract = {First. Second.}, keywords = {a, b},
}
"""
FILES = {
    "refs.bib": (ROOTS / "citing" / "refs.bib").read_text(encoding="utf-8") + BIB,
    "notes/doe2020maths.md": "As {cite}`doe2021cache` says.\n\n## More\n\n```python\n1\n```\n",
}
SHOUT = """
from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

class Shout(SphinxPostTransform):
    default_priority = 500

    def run(self, **_):
        self.document += nodes.paragraph('', 'SHOUTED')

def setup(app):
    app.add_post_transform(Shout)
"""


def pages(built) -> dict[str, bytes]:
    return {name: content for name, content in built.files.items() if name.endswith(".html")}


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
@pytest.mark.parametrize("theme", ["basic", "bibfolio"])
def test_pages_are_the_same_on_sphinx_s_own_way(build, monkeypatch, builder, theme):
    """But for smart quotes, which are for what people write: a paper's words are left alone."""
    settings = {"html_theme": theme, "smartquotes": False}
    ours = pages(build("citing", FILES, builder=builder, warnings=True, **settings))
    monkeypatch.setattr(finished._Pages, "choose", lambda *_: None)
    theirs = pages(build("citing", FILES, builder=builder, warnings=True, **settings))
    assert ours.keys() == theirs.keys()
    assert {name for name in ours if ours[name] != theirs[name]} == set()


def test_sphinx_asks_its_registry_for_every_page(build, monkeypatch):
    """If it does not, the pages of papers are resolved the long way, and nobody would notice."""
    asked = []
    ask = SphinxComponentRegistry.get_post_transforms
    monkeypatch.setattr(
        SphinxComponentRegistry, "get_post_transforms", lambda self: asked.append(1) or ask(self)
    )
    built = build("citing")
    assert len(asked) == len(built.written) == len(built.read)


def test_sphinx_asks_its_builder_what_templates_know(build, monkeypatch):
    """Of the pages of papers it is answered in its place: if it asks nobody, this is in vain."""
    asked = set()
    ask = StandaloneHTMLBuilder.get_doc_context

    def spy(self, docname, *given):
        asked.add(docname)
        return ask(self, docname, *given)

    monkeypatch.setattr(StandaloneHTMLBuilder, "get_doc_context", spy)
    built = build("citing", html_theme="bibfolio")
    assert asked == {page for page in built.written if not page.startswith("papers/")}
    assert len(asked) < len(built.written)


def test_a_transform_of_another_extension_sees_every_page(build):
    conf = (ROOTS / "citing" / "conf.py").read_text(encoding="utf-8")
    conf = "import sys, pathlib\nsys.path[:0] = [str(pathlib.Path(__file__).parent)]\n" + conf
    conf += 'extensions += ["shout_for_test_finished"]\n'
    built = build("citing", {"conf.py": conf, "shout_for_test_finished.py": SHOUT})
    for page in ("papers/doe2021cache", "waiting"):
        assert "SHOUTED" in str(built.soup(page))
