"""A Chromium, the built site behind a web server, and a visitor who notices.

pytest-playwright gives ``page``, ``browser`` and ``new_context``; the session fixture ``site`` of
``tests/conftest.py`` gives the site. Tests wait for conditions, never for a time.
"""

import re
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, Route

from tests.building import Run, copy_root, run_sphinx, shared
from tools import find_chromium
from tools.audit import CompressingHost

HERE = Path(__file__).parent
ICON = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
#: Chromium's own calls home; what goes wrong on machines without a graphics card; drawing a part
#: of a page again, which leaves rounded corners a shade off where pixels are compared; and, for a
#: quarter of the time of a test, processes of their own for each page and for drawing.
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-partial-raster",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--renderer-process-limit=1",
    "--in-process-gpu",
]
PATIENCE = 10.0
#: In the short run, light alone.
SCHEMES = ["light", pytest.param("dark", marks=pytest.mark.every_page)]
#: After this nothing that happened so far is still to be drawn or reported. Not an idle callback:
#: Chromium (156) sometimes does not call it while nothing else happens.
TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark the browser tests before others choose by marks, and run them last.

    The fast ones shall speak first, and a server thread in this process makes Python 3.12 warn
    about the forks of a parallel build. Last of all, as pytest puts tests with the same parameter
    of a session, here the browser, next to each other: all at once, and in one process of two.
    """
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
    yield
    items.sort(key=lambda item: item.path.is_relative_to(HERE))


# -- the browser -----------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """Start the Chromium that tools/find_chromium.py finds: the machine's or Playwright's own.

    Playwright adds --no-sandbox by itself, without which Chromium does not start for root.
    """
    try:
        path = find_chromium.find()
    except SystemExit as error:
        pytest.fail(str(error), pytrace=False)
    if path is None:
        pytest.fail(
            "no Chromium that runs: `python tools/find_chromium.py --install` gets one, or name"
            f" one in {find_chromium.VARIABLE}",
            pytrace=False,
        )
    return {**browser_type_launch_args, "executable_path": path, "args": FLAGS}


# -- the server ------------------------------------------------------------------------------


class Host(SimpleHTTPRequestHandler):
    """A folder, served as static hosts do: no listings, and the site's own page for a 404."""

    protocol_version = "HTTP/1.1"  # one connection for all that a page asks for

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        root = Path(self.directory)
        candidates = [root / "404.html", root / "404" / "index.html"]
        page = next((path for path in candidates if path.is_file()), None)
        if code != HTTPStatus.NOT_FOUND or page is None:
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def list_directory(self, path: str) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, *args: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Does not mind a browser that closes a page while it loads."""

    # A page and all its parts, asked for at once by several tabs.
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """`serve(FOLDER, compress=True)`: serve a folder until the end of the session.

    Gives its address, without a final slash. Compressed only if asked for.
    """
    servers: list[Server] = []

    def start(folder: Path, *, compress: bool = False) -> str:
        host = CompressingHost if compress else Host
        server = Server(("127.0.0.1", 0), partial(host, directory=str(folder)))
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def server(site, serve) -> str:
    """Address of the built site, without a final slash."""
    return serve(site.out)


@pytest.fixture(scope="session")
def pages(site) -> list[str]:
    """Paths of all pages, such as ``/research/``; pages that only lead elsewhere are left out."""
    found = sorted(
        f"/{path.relative_to(site.out).parent.as_posix()}/".replace("/./", "/")
        for path in site.out.rglob("index.html")
        if 'http-equiv="refresh"' not in path.read_text(encoding="utf-8")
    )
    assert "/" in found
    assert len(found) > 1
    return found


@pytest.fixture(scope="session")
def kinds(pages) -> dict[str, str]:
    """Kind of page → address of one of that kind; the wrong address is two folders deep."""
    return {
        "home": "/",
        "publications": "/publications/",
        "paper": next(path for path in pages if path.startswith("/papers/")),
        "essay": next(path for path in pages if re.fullmatch(r"/research/.+/", path)),
        "CV": "/cv/",
        "404": "/no/such/place",
        "search": "/search/",
    }


@pytest.fixture(params=["one of each kind", pytest.param("every", marks=pytest.mark.every_page)])
def some(request, kinds, pages) -> list[str]:
    """Paths of pages to look at: one of each kind, and in the long run all of them."""
    return [*pages, kinds["404"]] if request.param == "every" else list(kinds.values())


@pytest.fixture(scope="session")
def tongues(tmp_path_factory, serve) -> str:
    """Address of a small site in the same frame: accents, Chinese, and titles that are traps.

    Its page /crafted/ has what no page of this site has.
    """
    files = {
        "refs.bib": (HERE / "tongues.bib").read_bytes(),
        "crafted.md": (HERE / "crafted.md").read_bytes(),
        "_static/favicon.svg": ICON,
        "conf.py": "extensions = ['bibfolio']\nhtml_theme = 'bibfolio'\n"
        "html_favicon = '_static/favicon.svg'\n",
    }

    def make(folder: Path) -> Run:
        run = run_sphinx(copy_root("minimal", files, folder / "src").src, folder, "-b", "dirhtml")
        assert (run.returncode, run.stderr) == (0, "")
        return run

    return serve(shared(tmp_path_factory, "tongues", make).out)


# -- the visitor -----------------------------------------------------------------------------


class Visitor:
    """Someone with a window of their own, who reads the console and the network log."""

    def __init__(self, context: BrowserContext, server: str, *, has_scripts: bool = True) -> None:
        self.complaints: list[str] = []
        self.server = server
        #: Without scripts no promise is kept, a test's own neither.
        self._frames = TWO_FRAMES if has_scripts else "undefined"
        self._open: set[Request] = set()
        context.on("console", self._console)
        context.on("weberror", lambda error: self._complain(f"error: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("requestfinished", self._finished)
        context.on("requestfailed", self._failed)
        context.set_default_timeout(PATIENCE * 1000)
        self.page: Page = context.new_page()

    def open(self, path: str) -> Response:
        """Open a page and wait until it has settled."""
        response = self.page.goto(self.server + path)
        self.settle()
        return response

    def settle(self) -> None:
        """Wait until everything the page asks for has come and is drawn."""
        self.page.wait_for_load_state()
        deadline = time.monotonic() + PATIENCE
        while True:
            self.page.evaluate(self._frames)
            if not self._open:
                return
            if time.monotonic() > deadline:
                waiting = ", ".join(sorted(request.url for request in self._open))
                pytest.fail(f"{self.page.url} still waits for {waiting}")

    def search(self, words: str) -> list[str]:
        """Ask for *words*, in the field of the page or else a dialog; give the titles found."""
        dialog, field = map(self.page.locator, ("dialog.site-search", "section.site-search"))
        place = field if field.count() else dialog
        if not field.count() and not dialog.is_visible():
            self.page.keyboard.press("/")
        place.get_by_role("searchbox").fill(words)
        place.get_by_role("status").filter(has_text=re.compile("^(Found|Nothing)")).wait_for()
        return place.locator(".site-search-title").all_inner_texts()

    def close_search(self) -> None:
        """Leave the search; what had the focus before has it again."""
        self.page.keyboard.press("Escape")
        self.page.wait_for_function("() => !document.activeElement.closest('dialog')")

    def _complain(self, what: str) -> None:
        self.complaints.append(what)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            where = message.location["url"]
            self._complain(f"console {message.type}: {message.text} ({where})")

    def _request(self, request: Request) -> None:
        self._open.add(request)
        if not request.url.startswith((f"{self.server}/", "data:", "blob:")):
            self._complain(f"request to another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self._complain(f"status {response.status}: {response.url}")

    def _finished(self, request: Request) -> None:
        self._open.discard(request)

    def _failed(self, request: Request) -> None:
        self._open.discard(request)
        # Aborted: nobody waits for it any more. The visitor left while the icon was on its way.
        if request.failure != "net::ERR_ABORTED":
            self._complain(f"request failed: {request.url}: {request.failure}")


class Gate:
    """Holds back what a page asks for until it is opened: a network as slow as a test needs."""

    def __init__(self, page: Page, pattern: str) -> None:
        self.is_open = False
        self.held: list[Route] = []
        page.route(pattern, self._arrive)

    def _arrive(self, route: Route) -> None:
        if self.is_open:
            route.continue_()
        else:
            self.held.append(route)

    def open(self) -> None:
        """Let everything through, from now on."""
        self.is_open = True
        while self.held:
            self.held.pop(0).continue_()

    def close(self) -> None:
        """Hold back what is asked for next."""
        self.is_open = False


@pytest.fixture
def visitor(new_context, server) -> Callable[..., Visitor]:
    """`visitor(color_scheme="dark", …)`: someone new, with these options of Playwright's."""

    def make(**options: Any) -> Visitor:
        has_scripts = options.get("java_script_enabled", True)
        return Visitor(new_context(**options), server, has_scripts=has_scripts)

    return make
