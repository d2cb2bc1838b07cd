"""Measure a built site with Lighthouse: ``python -m tools.audit _build/site``.

One page of each kind, at Lighthouse's own mobile throttling, served on this machine as a host
would: compressed, with the site's page for wrong addresses. Prints a Markdown table. Returns 1 if
a score is below 100 or a page comes up late, in each of three runs: what else the machine does can
only make a page slower. Needs Node, with which npx gets Lighthouse.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

from tools.find_chromium import find_or_install
from tools.markdown import table

#: Number of measurements before a page fails.
RUNS = 3
#: A newer version measures other things and needs new limits.
LIGHTHOUSE = "lighthouse@12.8.2"
SCORES = ("performance", "accessibility", "best-practices", "seo")
#: Seconds until the first text shows, and until most of the page shows.
LATEST = {"first-contentful-paint": 0.9, "largest-contentful-paint": 1.05}
#: Without a sandbox Chromium starts for root; the rest are its calls home.
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)
#: Suffixes of files that hosts compress.
COMPRESSED = {".html", ".js", ".css", ".svg", ".json", ".xml", ".txt", ".md", ".bib", ".ris"}


class CompressingHost(SimpleHTTPRequestHandler):
    """Serves a site as static hosts do, with gzip."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with a file, with the index of a folder, or with the site's page for a 404."""
        path = Path(self.translate_path(self.path))
        status = HTTPStatus.OK
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            path, status = Path(self.directory) / "404" / "index.html", HTTPStatus.NOT_FOUND
        body = path.read_bytes()
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(path))
        if path.suffix in COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 9, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: Any) -> None:
        """Log nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve *folder* at a free port of this machine alone; yields the address of its root."""
    handler = partial(CompressingHost, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


class Measured(NamedTuple):
    """Lighthouse's report about one page."""

    scores: Mapping[str, int]
    #: Audit → its number: seconds, bytes, a share of the window.
    numbers: Mapping[str, float]
    requests: int
    #: Whether the page asks not to be indexed, which costs it the score for that. Only the score
    #: for speed is asked of it: what a search finds is shown when its script has come.
    is_hidden: bool = False

    @property
    def faults(self) -> list[str]:
        """Return the results that miss their limits, in words."""
        low = [
            f"{name} {score}"
            for name, score in self.scores.items()
            if score < 100 and not (name == "seo" and self.is_hidden)
        ]
        late = [
            f"{name} {self.numbers[name]:.2f} s, not {most}"
            for name, most in LATEST.items()
            if self.numbers[name] > most and not self.is_hidden
        ]
        return low + late


def read(report: Mapping[str, Any]) -> Measured:
    """Return the values of Lighthouse's *report* that have limits.

    Raises:
        ValueError: Lighthouse could not measure.
    """
    if error := report.get("runtimeError"):
        raise ValueError(f"{error['code']}: {error['message']}")
    audits = report["audits"]
    scores = {name: round(100 * (report["categories"][name]["score"] or 0)) for name in SCORES}
    numbers = {name: audits[name]["numericValue"] / 1000 for name in LATEST}
    for name in ("cumulative-layout-shift", "total-byte-weight"):
        numbers[name] = audits[name]["numericValue"]
    requests = len(audits["network-requests"]["details"]["items"])
    return Measured(scores, numbers, requests, audits["is-crawlable"]["score"] == 0)


def measure(npx: str, chromium: str, url: str) -> Measured:
    """Run Lighthouse until the page meets all limits, a few times at most.

    Raises:
        ValueError: it did not run, or could not measure.
    """
    for _ in range(RUNS):
        found = run(npx, chromium, url)
        if not found.faults:
            break
    return found


def run(npx: str, chromium: str, url: str) -> Measured:
    """Run Lighthouse once.

    Raises:
        ValueError: it did not run, or could not measure.
    """
    command = [npx, "--yes", LIGHTHOUSE, url, "--quiet", "--output=json", "--output-path=stdout"]
    done = subprocess.run(
        [*command, f"--chrome-flags={FLAGS}"],
        env={**os.environ, "CHROME_PATH": chromium},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if not done.stdout.startswith("{"):
        raise ValueError(done.stderr.strip() or f"{LIGHTHOUSE} says nothing")
    return read(json.loads(done.stdout))


def pages(site: Path) -> dict[str, str]:
    """Return kind of page → address of a page of that kind below the root."""
    patterns = {
        "home": "index.html",
        "publications": "publications/index.html",
        "paper": "papers/*/index.html",
        "essay": "research/*/index.html",
        "CV": "cv/index.html",
        "search": "search/index.html",
        "404": "404/index.html",
    }
    found = {kind: sorted(site.glob(pattern)) for kind, pattern in patterns.items()}
    return {
        kind: paths[0].relative_to(site).as_posix().removesuffix("index.html")
        + ("?query=scheduling" if kind == "search" else "")
        for kind, paths in found.items()
        if paths
    }


def row(kind: str, found: Measured) -> list[str]:
    """Return a row of the table that is printed."""
    first, largest = (f"{found.numbers[name]:.2f}" for name in LATEST)
    shift = f"{found.numbers['cumulative-layout-shift']:.3f}"
    size = f"{found.numbers['total-byte-weight'] / 1000:.1f}"
    scores = "/".join(str(found.scores[name]) for name in SCORES)
    return [kind, scores, first, largest, shift, size, str(found.requests)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return 1 if a page is missing or misses a limit."""
    parser = argparse.ArgumentParser(description="Measure a built site with Lighthouse.")
    parser.add_argument("site", type=Path, help="folder of the built site")
    site = parser.parse_args(arguments).site
    if not (site / "index.html").is_file():
        print(f"audit: there is no site in {site}; run make site")
        return 1
    if not (npx := shutil.which("npx")):
        print("audit: there is no npx; install Node 18.20 or newer, which brings it")
        return 1
    if not (chromium := find_or_install()):
        print("audit: there is no Chromium; install one")
        return 1
    rows, faults = [], []
    with served(site) as root:
        for kind, address in pages(site).items():
            try:
                found = measure(npx, chromium, root + address)
            except ValueError as error:
                faults.append(f"{kind}: {error}")
                continue
            rows.append(row(kind, found))
            faults += [f"{kind}: {fault}" for fault in found.faults]
    columns = ["page", "perf/a11y/bp/seo", "FCP s", "LCP s", "CLS", "KB", "requests"]
    print(table(columns, rows))
    for fault in faults:
        print(f"audit: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
