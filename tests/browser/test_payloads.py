"""In a browser, nothing of `tests/payloads.py` runs: neither with the policy nor without it."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from tests import payloads

#: What is searched and filtered for, which the site's own scripts put into pages.
QUERIES = ["image", "close-textarea", "mxss-svg"]  # the first, and in the long run all

WATCH = """
window.ran = [];
window.pwn = name => window.ran.push(String(name));
document.addEventListener('securitypolicyviolation', ({violatedDirective, blockedURI}) =>
  window.ran.push(`${violatedDirective} ${blockedURI}`));
"""
#: Everything that a reader can do with a page short of leaving it. Gives what ran, and what could.
TRY = """async () => {
  const events = ['mouseover', 'mouseenter', 'mousedown', 'mouseup', 'pointerdown', 'focus', 'blur',
    'toggle', 'copy', 'paste', 'input', 'change', 'animationstart', 'load', 'error', 'begin'];
  // For good, as the search may come later.
  const stay = event => event.preventDefault();
  addEventListener('click', stay, true);
  addEventListener('submit', stay, true);
  for (const details of document.querySelectorAll('details')) details.open = true;
  for (const element of document.querySelectorAll('*')) {
    // A script that fails counts as one; results that the search has replaced are out of reach.
    if (element.localName == 'script' || !element.isConnected) continue;
    for (const name of events) element.dispatchEvent(new Event(name));
    if (element.isConnected && element.matches('a, button, label, summary')) element.click();
  }
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())));
  const found = [];
  for (const element of document.querySelectorAll('*')) {
    for (const {name, value} of element.attributes)
      if (name.startsWith('on')) found.push(`${element.localName} ${name}=${value}`);
    for (const name of ['href', 'src', 'action', 'formAction', 'data', 'poster']) {
      const value = element[name]?.baseVal ?? element[name];
      if (typeof value == 'string' && value && !/^(https?|mailto):/.test(value))
        found.push(`${element.localName} ${name}=${value}`);
    }
  }
  return [...window.ran, ...found];
}"""


pytestmark = pytest.mark.every_page


@pytest.fixture(params=["policy off", "published", "preview"])
def victim(request, payload_site, serve, visitor):
    """Someone whose browser minds no policy, one whose does, and a preview."""
    someone = visitor(bypass_csp=request.param == "policy off")
    tag = "preview" if request.param == "preview" else "published"
    out = payload_site(tag).out
    if tag == "preview":  # pages show what the build said
        said = "\n".join(payloads.TEXTS.values())
        (out / "preview-problems.txt").write_text(said, encoding="utf-8")
    someone.server = serve(out)
    someone.page.add_init_script(WATCH)
    someone.page.on("dialog", lambda dialog: someone.complaints.append(dialog.message))
    someone.site = payload_site(tag)
    return someone


def pages(site) -> list[str]:
    found = (name for name in site.files if name.endswith("index.html"))
    paths = [f"/{name.removesuffix('index.html')}" for name in sorted(found)]
    return [path for path in paths if path not in {"/about/", "/old/essay/"}]


def test_no_page_runs_anything_whatever_is_done_with_it(victim):
    """The markup of every page is looked at in `tests/build/test_payloads.py` as well."""
    paths = pages(victim.site)
    assert len(paths) > len(payloads.TEXTS) + len(payloads.KEYS)
    found = []
    for path in paths:
        victim.open(quote(path))
        found += [(path, what) for what in victim.page.evaluate(TRY)]
        assert victim.page.url.startswith(victim.server)
    assert found == []
    assert [what for what in victim.complaints if "/favicon.ico" not in what] == []
    assert len(victim.page.context.pages) == 1


@pytest.mark.parametrize("name", QUERIES)
def test_what_is_searched_and_filtered_for_is_text(victim, name):
    text = payloads.TEXTS[name]
    addresses = [
        f"/search/?query={quote(text)}",
        f"/?highlight={quote(text)}",
        f"/publications/?text={quote(text)}&year={quote(text)}",
        f"/publications/#{quote(text)}",
        f"/{quote(text, safe='')}",
    ]
    for address in addresses:
        victim.open(address)
        assert victim.page.evaluate(TRY) == [], address
    victim.open("/")
    victim.search(text)
    assert victim.page.evaluate(TRY) == []
    victim.open("/")
    titles = victim.search("pwn")
    assert any("pwn" in title for title in titles)
    assert victim.page.evaluate(TRY) == []
    missing = f"{victim.server}/{quote(text, safe='')}"
    complaints = [c for c in victim.complaints if missing not in c and "/favicon.ico" not in c]
    assert complaints == []


def test_the_policy_is_not_what_holds_in_the_preview(payload_site):
    """Else the tests above would be the same twice."""
    policy = re.compile(r'http-equiv="Content-Security-Policy" content="default')
    assert policy.search(payload_site("published").text("index.html"))
    assert not policy.search(payload_site("preview").text("index.html"))
