"""Lines of tables: papers have the names that they have elsewhere."""

from __future__ import annotations

from docutils import nodes

from bibfolio.model.news import news
from bibfolio.model.profile import Profile
from bibfolio.pages.entries import sentence_nodes
from bibfolio.pages.site_links import to_paper

from ..made import first


def test_the_title_of_a_paper_is_formatted_in_news_and_links_as_on_its_own_page():
    paper = first(r"@misc{k, title = {Life of \emph{Usnea ficta}}, year = 2024}")
    (item,) = news(Profile(), [paper])
    for words in (nodes.paragraph("", "", *sentence_nodes(item.text)), to_paper(paper)):
        assert [node.astext() for node in words.findall(nodes.emphasis)] == ["Usnea ficta"]
