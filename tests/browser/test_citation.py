"""From a citation in an essay to the entry in the list of publications."""

import re
from urllib.parse import urldefrag, urlsplit

CITATION = "main a[href*='#cite-']"

#: Whether the first line of an element can be seen: inside the window and under nothing else.
IN_VIEW = """id => {
  const entry = document.getElementById(id);
  if (!entry) return false;
  const box = entry.firstElementChild.getBoundingClientRect();
  const inside = box.top >= 0 && box.bottom <= innerHeight && box.left >= 0;
  return inside && entry.contains(document.elementFromPoint(box.left + 2, box.top + 2));
}"""


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def test_every_citation_leads_to_its_entry(visitor, some):
    essays = [path for path in some if path.startswith("/research/") and path != "/research/"]
    assert essays
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
            tooltip = squeezed(citation.get_attribute("title") or "")
            key = urldefrag(citation.get_attribute("href")).fragment

            citation.click()

            page.wait_for_url(lambda address, key=key: urldefrag(address).fragment == key)
            someone.settle()
            assert urlsplit(page.url).path == "/publications/"
            assert page.evaluate(IN_VIEW, key), f"{essay}: {key} is not in view"
            title = squeezed(page.locator(f"[id='{key}'] .paper-card-title").inner_text())
            assert title in tooltip, f"{essay}: the tooltip of {key} does not name the paper"
