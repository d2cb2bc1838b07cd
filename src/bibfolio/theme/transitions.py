"""The figure of a paper moves from its card to its page, and back, as a reader follows the link.

A browser that knows view transitions across pages (css-view-transitions-2) moves what has the same
``view-transition-name`` on both; others show the next page at once. A name
may stand on a page once.
"""

from __future__ import annotations

from collections import Counter

from docutils import nodes

from bibfolio.model import Paper
from bibfolio.pages.figures import figure_link


def transition_rules(doctree: nodes.document | None, paper: Paper | None) -> str:
    """Return the rules of a page that give the figures on it their names.

    Args:
        doctree: the page as it is written; links have their addresses.
        paper: the paper whose page it is, if it is one's.
    """
    links = [*doctree.findall(figure_link)] if doctree else []
    shown = Counter(link["site_page"] for link in links)
    # An address is quoted as URLs are, so it cannot end the string.
    found = [
        (f'.paper-card-figure a[href="{link["refuri"]}"]>*', link["site_page"])
        for link in links
        if shown[link["site_page"]] == 1 and "refuri" in link
    ]
    found += [(".paper-figure-large", paper.page)] if paper and paper.figure else []
    rules = "".join(
        f"{where}{{view-transition-name:{nodes.make_id(page)}}}" for where, page in found
    )
    return f"@media (prefers-reduced-motion:no-preference){{{rules}}}" if rules else ""
