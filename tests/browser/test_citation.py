"""From a citation in an essay to the page of the paper, and back to the sentence."""

from urllib.parse import urldefrag, urlsplit

CITATION = "main .bibtex-citation a"

#: Whether the citation at a place can be seen: inside the window, under nothing else, and marked.
IN_VIEW = """id => {
  const found = document.getElementById(id)?.closest(".bibtex-citation");
  if (!found) return false;
  const box = found.getClientRects()[0];
  const inside = box.top >= 0 && box.bottom <= innerHeight && box.left >= 0;
  const isMarked = getComputedStyle(found).backgroundColor !== "rgba(0, 0, 0, 0)";
  return inside && isMarked && found.contains(document.elementFromPoint(box.left + 2, box.top + 2));
}"""


def test_every_citation_leads_to_its_paper_and_from_there_back(visitor, some, site):
    essays = [path for path in some if path.startswith("/research/") and path != "/research/"]
    assert essays
    names = {f"/papers/{paper.key}/": (paper.name, paper.title.plain) for paper in site.papers}
    # Without motion it is certain when scrolling has ended.
    someone = visitor(reduced_motion="reduce")
    page = someone.page
    for essay in essays:
        someone.open(essay)
        count = page.locator(CITATION).count()
        assert count, f"{essay} cites nothing"
        for index in range(count):
            someone.open(essay)
            citation = page.locator(CITATION).nth(index)
            said = citation.inner_text()

            citation.click()

            page.wait_for_url("**/papers/**")
            name, title = names[urlsplit(page.url).path]
            assert (said, page.locator("h1").inner_text().strip("#").strip()) == (name, title)

            page.locator(f".paper-page-place a[href*='{essay}#']").click()

            page.wait_for_url(f"**{essay}#*")
            someone.settle()
            anchor = urldefrag(page.url).fragment
            assert page.evaluate(IN_VIEW, anchor), f"{essay}: {anchor} is not in view"
