"""The doctor and the builds it looks at: builders, what `conf.py` says, and its exit status."""

import json
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from bibfolio.commands import main
from tests.building import REPOSITORY

BASE = "https://jane.example/"
BIB = """\
@article{doe2020cache,
  title   = {Caching},
  author  = {Doe, Jane},
  journal = {Journal of Tests},
  year    = {2020},
  annotation = {It caches.},
}
@misc{doe2021draft,
  title    = {Draft},
  author   = {Doe, Jane},
  year     = {2021},
  pubstate = {inpreparation},
}
"""
INDEX = """\
# Jane Doe

I wrote about caches, which remember things ({cite:t}`doe2020cache`), and about {ref}`to-rest`.

```{publications}
```

```{toctree}
rest
```
"""
REST = """\
# Rest

Things rest for a long time, and then they are looked at again.

(to-rest)=
## To rest
"""
FILES = {"refs.bib": BIB, "index.md": INDEX, "rest.md": REST}
#: As this repository's own conf.py: the weight is that of its theme.
LIGHT = {"html_theme": "bibfolio", "html_search_language": "bibfolio"}


@pytest.fixture
def doctor(monkeypatch, capsys):
    """`doctor(BUILT, *OPTIONS)`: exit status, and what is printed."""

    def call(built, *options: str) -> tuple[int, str]:
        monkeypatch.chdir(built.src)
        status = main(["doctor", *options, str(built.out)])
        return status, capsys.readouterr().out

    return call


@pytest.mark.parametrize(("builder", "base"), [("html", BASE), ("dirhtml", f"{BASE}en/latest/")])
def test_what_is_built_is_healthy(build, doctor, builder, base):
    """Also where a paper has no text, which is told. Hosts find the page for wrong addresses."""
    built = build("minimal", FILES, builder=builder, html_baseurl=base, **LIGHT)
    assert (built.out / "404.html").is_file()
    status, page = doctor(built)
    assert (status, page.splitlines()[-1]) == (0, "Healthy."), page
    assert page.startswith(f"The health of {base}\n\nBibliography             2 entries, 1 hidden;")
    built.edit("refs.bib", "  annotation = {It caches.},\n", "")
    built = built.rebuild()
    status, page = doctor(built)
    assert (status, page.splitlines()[-1]) == (0, "Healthy, 1 thing to look at."), page
    assert "refs.bib:1:1: scholar_text: doe2020cache: its page has neither" in page


def test_a_guest_is_told_nothing_of_its_own_pages(build, doctor):
    """What they weigh and lack is the business of its theme."""
    conf = 'extensions = ["myst_parser", "sphinxcontrib.bibtex", "bibfolio"]\n'
    conf += f'bibtex_bibfiles = ["refs.bib"]\nhtml_baseurl = "{BASE}"\n'
    built = build("minimal", FILES | {"conf.py": conf}, html_theme="alabaster")
    status, page = doctor(built)
    assert (status, page.splitlines()[-1]) == (0, "Healthy."), page
    assert "First visit" not in page


def test_what_is_dead_or_sloppy_is_told_in_every_format_unless_it_is_passed_over(
    build, doctor, monkeypatch, capsys
):
    """A site on which one page was deleted and one line was written since it was built."""
    ill = build("minimal", FILES, html_baseurl=BASE, **LIGHT)
    (ill.out / "rest" / "index.html").unlink()
    ill.edit("refs.bib", "Caching", "Caching & more")
    status, page = doctor(ill)
    assert status == 1
    assert "\nrefs.bib:2:22: bib_escape: doe2020cache: & in title needs a backslash" in page
    assert "\nindex.md:9:1: dead_link: /, 404/, papers/doe2020cache/ and 1 more name rest/" in page

    status, told = doctor(ill, "--format", "json")
    first, *_ = problems = json.loads(told)
    assert (status, first["kind"], first["file"], first["line"]) == (1, "bib_escape", "refs.bib", 2)
    _, lines = doctor(ill, "--format", "github")
    assert len(lines.splitlines()) == len(problems)
    assert lines.startswith("::warning file=refs.bib,line=2,col=22,title=bib_escape::")

    monkeypatch.chdir(ill.src.parent)
    assert main(["doctor", "--source", "src", str(ill.out)]) == 1
    told = capsys.readouterr().out
    assert "\nsrc/refs.bib:2:22: bib_escape:" in told
    # The folder of a project is as good.
    shutil.copytree(ill.out, ill.src / "_build" / "site")
    assert main(["doctor", "src"]) == 1
    assert capsys.readouterr().out == told

    names = ["dead_link", "dead_anchor", "bib_escape"]
    ill.write("conf.py", f"suppress_warnings = {[f'bibfolio.{name}' for name in names]}\n")
    assert doctor(ill)[0] == 0


class Host(BaseHTTPRequestHandler):
    """Answers `/404` with 404, and so on; keeps count."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(int(self.path.strip("/")))
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.fixture
def host(monkeypatch):
    """The address of a server on this machine that answers as asked to."""
    monkeypatch.setenv("NO_PROXY", "*")
    Host.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_other_hosts_are_asked_only_on_demand(build, doctor, host, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY / "src"))
    links = "".join(f"[x]({host}/{status})\n" for status in (200, 404, 403))
    bib = BIB.replace("{It caches.},", f"{{It caches.}},\n  url = {{{host}/410}},")
    files = FILES | {"rest.md": f"{REST}\n{links}", "refs.bib": bib}
    files["conf.py"] = (
        f'extensions = ["bibfolio"]\nhtml_theme = "bibfolio"\nhtml_baseurl = "{BASE}"\n'
    )
    built = build("minimal", files)
    status, page = doctor(built)
    assert (status, Host.asked) == (0, [])
    assert page.endswith("other hosts; not asked; --online asks them\n\nHealthy.\n")
    status, page = doctor(built, "--online")
    assert status == 1
    heading, _blank, *details, _blank, last = page.partition("Elsewhere ")[2].splitlines()
    assert heading.strip() == "4 addresses; 3 findings"
    assert sorted(details) == [
        f"index.md:1:1: external_link: {host}/410: 410 Client Error: Gone",
        f"rest.md:8:1: external_link: {host}/404: 404 Client Error: Not Found",
        f"rest.md:8:1: unsure_link: {host}/403: 403 Client Error: Forbidden",
    ]
    assert last == "2 things are broken, 1 thing to look at."
