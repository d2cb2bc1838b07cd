"""Figures of papers, as lists, pages and programs have them; other formats: test_builders.py."""

from __future__ import annotations

import json

import pytest

from tests.building import ROOTS

DRAWN = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 100">
<title>T</title><path class="l" d="M0 0h9"/></svg>"""
#: Key → topic and figure of the paper.
PAPERS = {
    "drawn": ("waiting", DRAWN),
    "foreign": ("queues", DRAWN.replace("<path", "<script>alert(1)</script><path")),
    "photo": ("", (ROOTS / "whole" / "picture.png").read_bytes()),
    "untold": ("", (ROOTS / "whole" / "picture.png").read_bytes()),
    "none": ("queues", None),
}
#: What who does not see the figure of a paper is told.
ALT = {key: f'A "line" of {key}' for key in PAPERS} | {"untold": "Figure of Paper untold"}
#: A directive that shows the large form on a page.
CONF = (
    (ROOTS / "minimal" / "conf.py").read_text(encoding="utf-8")
    + """
html_baseurl = "https://jane.example.org/"

from docutils.parsers.rst import Directive


class Large(Directive):
    required_arguments = 1

    def run(self):
        from bibfolio.library import library_of
        from bibfolio.pages.figures import figure

        library = library_of(self.state.document.settings.env)
        return figure(library.by_key[self.arguments[0]], library.topic_classes, is_large=True)


def setup(app):
    app.add_directive("large", Large)
"""
)


def entry(key: str, topic: str, figure: object) -> str:
    is_told = figure and key != "untold"
    said = f"figurealt = {{{ALT[key]}}}, figurecaption = {{Below {key}}}" if is_told else ""
    return (
        f"@misc{{{key}, title = {{Paper {key}}}, author = {{Doe, Jane}}, year = 2020,"
        f" keywords = {{{topic}}}, {said}}}\n"
    )


def figures() -> dict[str, str | bytes]:
    """The papers, and the files of their figures."""
    return {
        "refs.bib": "".join(entry(key, *values) for key, values in PAPERS.items()),
        **{
            f"figures/{key}.{'png' if isinstance(data, bytes) else 'svg'}": data
            for key, (_topic, data) in PAPERS.items()
            if data
        },
    }


FILES = {
    "conf.py": CONF,
    **figures(),
    "index.md": "# Papers\n\n```{publications}\n```\n",
    "large.md": "---\norphan: true\n---\n\n# Large\n"
    + "".join(f"\n```{{large}} {key}\n```\n" for key in PAPERS),
}


@pytest.fixture(scope="module")
def made(build_once):
    return build_once("minimal", FILES)


def test_a_card_leads_to_its_paper_by_the_figure_as_well_for_the_eyes_alone(made):
    cards = {card.id.removeprefix("cite-"): card for card in made.cards()}
    assert cards["none"].part("figure") is None
    for key in PAPERS.keys() - {"none"}:
        (link,) = cards[key].part("figure").find_all("a")
        assert link["href"] == cards[key].part("title").find("a")["href"]
        assert (link["tabindex"], link["aria-hidden"]) == ("-1", "true")
        (shown,) = link.find_all(["svg", "img"])
        assert shown.name == ("svg" if key == "drawn" else "img")
        assert shown.get("alt", "") == ""
    assert cards["drawn"].part("topic")["class"][-1] in cards["drawn"].part("figure").svg["class"]


def test_what_is_drawn_is_in_the_page_and_the_rest_is_an_image_that_is_there(made):
    shown = made.soup("large").find_all(class_="paper-figure")
    drawn, *images = shown
    assert (drawn.name, drawn["role"], drawn["aria-label"]) == ("svg", "img", 'A "line" of drawn')
    assert [path["class"] for path in drawn.find_all()] == [["l"]]
    for key, image in zip(("foreign", "photo", "untold"), images, strict=True):
        assert (image["alt"], image["loading"], image["decoding"]) == (ALT[key], "lazy", "async")
        source = made.files[image["src"].replace("../", "")]
        assert source == made.src.joinpath(next(n for n in FILES if key in n)).read_bytes()
    assert int(images[1]["width"]) > 0 < int(images[1]["height"])
    captions = [
        caption.get_text(strip=True)
        for caption in made.soup("large").select(".paper-figure-caption")
    ]
    assert captions == ["Below drawn", "Below foreign", "Below photo"]
    assert "alert(1)" not in str(made.soup("large")) + str(made.soup("index"))
    assert [name for name in made.files if "drawn" in name and name.endswith(".svg")] == []


def test_programs_are_told_of_the_figure(made):
    for key in PAPERS:
        soup = made.soup(f"papers/{key}")
        (data,) = soup.find_all("script", type="application/ld+json")
        article = next(t for t in json.loads(data.string)["@graph"] if "headline" in t)
        alt = soup.find("meta", property="og:image:alt")["content"]
        assert alt == ('A "line" of drawn' if key == "drawn" else f"Paper {key}")
        if key == "none":
            assert "image" not in article
        else:
            assert article["image"]["caption"] == ALT[key]
            path = article["image"]["url"].removeprefix("https://jane.example.org/")
            assert path in made.files


def test_the_twin_of_a_page_has_the_words_and_no_drawing(made):
    text = made.text("large.md")
    assert "Below drawn" in text
    for sign in ("<svg", "data:", "M0 0h9", "[]", "drawn.svg"):
        assert sign not in text + made.text("index.md")
