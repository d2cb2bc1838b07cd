"""The time line as a browser draws it: whole labels, and at each width one way to the papers."""

import re
from itertools import combinations

#: Left, top, right and bottom of what is drawn, in units of the picture: labels, then all else.
DRAWN = r"""svg => {
  const labels = [...svg.querySelectorAll('a text')].map(text => {
    const {x, width} = text.getBBox(), y = Number(text.getAttribute('y'));
    return [x, y - 10, x + width, y + 3];
  });
  const dots = [...svg.querySelectorAll('circle:not(.paper-timeline-hit)')].map(dot => {
    const {x, y, width, height} = dot.getBBox();
    return [x, y, x + width, y + height];
  });
  const lines = [...svg.querySelectorAll('path')].flatMap(path =>
    [...path.getAttribute('d').matchAll(/M(\d+) (\d+)([HV])(\d+)/g)].map(([, x, y, way, end]) =>
      way === 'H' ? [+x, y - 1, +end, +y + 1] : [x - 1, +y, +x + 1, +end]));
  return [labels, [...dots, ...lines]];
}"""


def meet(one, two) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def test_no_label_is_struck_or_on_another(visitor):
    someone = visitor(viewport={"width": 1280, "height": 900})
    someone.open("/")
    labels, others = someone.page.locator(".paper-timeline-picture svg").evaluate(DRAWN)
    assert len(labels) > 5
    assert [(one, two) for one in labels for two in others if meet(one, two)] == []
    assert [pair for pair in combinations(labels, 2) if meet(*pair)] == []


def test_lanes_and_list_are_never_there_together_and_lead_to_the_same_papers(visitor):
    someone = visitor()
    someone.open("/")
    part = someone.page.locator(".paper-timeline")
    found = {}
    for width in (375, 1280):
        someone.page.set_viewport_size({"width": width, "height": 812})
        someone.page.evaluate("document.querySelector('.paper-timeline details').open = true")
        links = [a for a in part.locator("a:not([tabindex])").all() if a.is_visible()]
        found[width] = {a.get_attribute("href") for a in links}
        tree = part.aria_snapshot()
        found[f"tree {width}"] = set(re.findall(r"/url: (\S+)", tree))
    assert len(set(map(frozenset, found.values()))) == 1, found
