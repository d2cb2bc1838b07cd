"""A site from right to left: nothing sticks out, axe finds nothing, and time runs as ever."""

import pytest

from tests.browser.looks import sticking_out
from tests.browser.test_axe import SIZES, told, violations
from tests.building import copy_root, run_sphinx, shared

PAGES = [
    *("/", "/publications/", "/papers/alfulani2026walrus/", "/cv/", "/notes/waiting/"),
    "/search/?query=walrus",
]
#: What is written outside of the picture in which it was measured.
STRAY = """() => {
  const box = document.querySelector('.paper-timeline-picture svg').getBoundingClientRect();
  return [...document.querySelectorAll('.paper-timeline-picture text')].filter(text => {
    const own = text.getBoundingClientRect();
    return own.left < box.left - 2 || own.right > box.right + 2;
  }).map(text => text.textContent);
}"""


@pytest.fixture(scope="session")
def arabic(tmp_path_factory, serve) -> str:
    def make(folder):
        run = run_sphinx(copy_root("arabic", {}, folder / "src").src, folder, "-b", "dirhtml")
        assert (run.returncode, run.stderr) == (0, "")
        return run

    return serve(shared(tmp_path_factory, "arabic", make).out)


def faults(someone, paths: list[str]) -> str:
    """What sticks out of a page or is a fault for axe, at both sizes; a line each."""
    found = {}
    for path in paths:
        someone.open(path)
        for width, height in SIZES:
            someone.page.set_viewport_size({"width": width, "height": height})
            lines = [sticking_out(someone.page), *violations(someone.page)]
            found[f"{path} at {width} px"] = [line for line in lines if line]
    return told(found)


def test_its_pages_have_no_fault_and_fit_the_window(visitor, arabic):
    someone = visitor()
    someone.server = arabic
    found = faults(someone, PAGES)
    assert not found, found


def test_the_time_line_stays_from_left_to_right(visitor, arabic):
    someone = visitor()
    someone.server = arabic
    someone.open("/")
    page = someone.page
    assert page.evaluate(STRAY) == []
    years = page.locator(".paper-timeline-years text")
    places = [(int(y.text_content()), y.bounding_box()["x"]) for y in years.all()]
    assert len(places) > 2
    assert places == sorted(places) == sorted(places, key=lambda one: one[1])
