"""A Chromium, the built site behind a web server, and a visitor who notices.

pytest-playwright gives ``page``, ``browser`` and ``new_context``; the session fixture ``site`` of
``tests/conftest.py`` gives the site. Tests wait for conditions, never for a time.
"""

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

from tools import find_chromium

HERE = Path(__file__).parent
#: Chromium's own calls home, and what goes wrong on machines without a graphics card.
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 10.0


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the browser tests, and run them last.

    The fast ones shall speak first, and a server thread in this process makes Python 3.12 warn
    about the forks of a parallel build.
    """
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
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
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve a folder until the end of the session; gives its address, without a final slash."""
    servers: list[Server] = []

    def start(folder: Path) -> str:
        server = Server(("127.0.0.1", 0), partial(Host, directory=str(folder)))
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


# -- the visitor -----------------------------------------------------------------------------


class Visitor:
    """Someone with a window of their own, who reads the console and the network log."""

    def __init__(self, context: BrowserContext, server: str) -> None:
        self.complaints: list[str] = []
        self.server = server
        self._open: set[Request] = set()
        context.on("console", self._console)
        context.on("weberror", lambda error: self._complain(f"error: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("requestfinished", self._finished)
        context.on("requestfailed", self._failed)
        self.page: Page = context.new_page()

    def open(self, path: str) -> Response:
        """Open a page and wait until it has settled."""
        response = self.page.goto(self.server + path)
        self.settle()
        return response

    def settle(self) -> None:
        """Wait until everything the page asks for has come and is drawn."""
        self.page.wait_for_load_state()
        self.page.evaluate("document.fonts.ready.then(() => undefined)")
        deadline = time.monotonic() + PATIENCE
        while True:
            self.page.evaluate("new Promise(done => requestIdleCallback(() => done()))")
            if not self._open:
                return
            if time.monotonic() > deadline:
                waiting = ", ".join(sorted(request.url for request in self._open))
                pytest.fail(f"{self.page.url} still waits for {waiting}")

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


@pytest.fixture
def visitor(new_context, server) -> Callable[..., Visitor]:
    """`visitor(color_scheme="dark", …)`: someone new, with these options of Playwright's."""
    return lambda **options: Visitor(new_context(**options), server)
