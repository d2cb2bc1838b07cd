"""A small server that plays Crossref, DataCite, arXiv, ORCID and DBLP from tests/answers/.

The answers are real ones, shortened, or made in the same form: then DOIs begin with 10.5555, or
pages and places are of no real town. :attr:`Services.faults` says which paths go wrong, and how.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

ANSWERS = Path(__file__).parent / "answers"
NAMES = ("CROSSREF", "DATACITE", "ARXIV", "ORCID", "DBLP")
_ENTRY = re.compile(r"  <entry>.*?</entry>\n", re.DOTALL)


def _read(name: str) -> str:
    return (ANSWERS / name).read_text(encoding="utf-8")


@dataclass
class Services:
    """What the services know, and what was asked."""

    #: DOI in lower case → ``message`` of Crossref; ``attributes`` of DataCite.
    crossref: dict[str, Any] = field(default_factory=lambda: json.loads(_read("crossref.json")))
    datacite: dict[str, Any] = field(default_factory=lambda: json.loads(_read("datacite.json")))
    #: An Atom feed of all that arXiv knows; ORCID's list; BibTeX by key.
    arxiv: str = field(default_factory=lambda: _read("arxiv.xml"))
    orcid: str = field(default_factory=lambda: _read("orcid.json"))
    #: ORCID's public record of a person.
    record: str = field(default_factory=lambda: _read("orcid-record.json"))
    dblp: dict[str, str] = field(default_factory=lambda: json.loads(_read("dblp.json")))
    #: DOIs of what Crossref's search finds, whatever the question.
    search: list[str] = field(default_factory=list)
    #: What a path begins with → what goes wrong there: see :meth:`_Handler.fault`.
    faults: dict[str, Any] = field(default_factory=dict)
    #: Every request: path with query, and headers.
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    address: str = ""

    @property
    def environment(self) -> dict[str, str]:
        return {f"BIBFOLIO_{name}_URL": self.address for name in NAMES}

    def answer(self, path: str, query: dict[str, list[str]]) -> tuple[int, str, str]:
        """Status, type and body of what is right."""
        kind, _slash, rest = path.lstrip("/").partition("/")
        if kind == "works" and not rest:
            items = [self.crossref[doi] for doi in self.search]
            return 200, "application/json", json.dumps({"message": {"items": items}})
        if kind in {"works", "dois"}:
            known = self.crossref if kind == "works" else self.datacite
            found = known.get(unquote(rest).lower())
            body = {"message": found} if kind == "works" else {"data": {"attributes": found}}
            return (200 if found else 404), "application/json", json.dumps(body)
        if kind == "api":
            wanted = query["id_list"][0]
            head, tail = self.arxiv[: self.arxiv.index("  <entry>")], "</feed>\n"
            found = [e for e in _ENTRY.findall(self.arxiv) if f"/abs/{wanted}v" in e]
            return 200, "application/atom+xml", head + "".join(found) + tail
        if kind in {"rec", "pid"}:
            found = self.dblp.get(rest.removesuffix(".bib"), "")
            return (200 if found else 404), "text/plain", found
        return 200, "application/json", self.record if path.endswith("/record") else self.orcid


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        services: Services = self.server.services  # type: ignore[attr-defined]
        services.asked.append((self.path, dict(self.headers)))
        parts = urlsplit(self.path)
        with suppress(ConnectionError):
            for start, fault in services.faults.items():
                if self.path.startswith(start) and self.fault(fault):
                    return
            self.send(*services.answer(parts.path, parse_qs(parts.query)))

    def fault(self, fault: Any) -> bool:
        """Go wrong: a status, a body, ``["busy", seconds, times]``, or the name of a method."""
        match fault:
            case ["busy", wait, times]:
                fault[2] = times - 1
                if times > 0:
                    self.send(429, "text/plain", "busy", {"Retry-After": str(wait)})
                return times > 0
            case int():
                self.send(fault, "text/plain", "wrong")
            case "loop" | "huge" | "drip" | "drip_headers":
                getattr(self, fault)()
            case _:
                self.send(200, "application/json", fault)
        return True

    def loop(self) -> None:
        self.send(302, "text/plain", "", {"Location": self.path})

    def huge(self) -> None:
        self.begin(200, "application/json", {"Content-Length": str(50_000_000)})
        for _ in range(50):
            self.wfile.write(b" " * 1_000_000)

    def drip(self) -> None:
        self.begin(200, "application/json", {})
        self.drip_headers(b"{")

    def drip_headers(self, first: bytes = b"HTTP/1.1 200 ") -> None:
        self.wfile.write(first)
        for _ in range(100):
            self.wfile.write(b"x")
            time.sleep(0.05)

    def begin(self, status: int, type_: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": type_, **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def send(self, status: int, type_: str, body: str, headers: dict[str, str] | None = None):
        data = body.encode()
        self.begin(status, type_, {"Content-Length": str(len(data)), **(headers or {})})
        self.wfile.write(data)

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing on the terminal."""


@contextmanager
def playing(**known: Any) -> Iterator[Services]:
    """Play the services until the end of the block."""
    services = Services(**known)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.services = services  # type: ignore[attr-defined]
    server.daemon_threads, server.block_on_close = True, False
    services.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield services
    finally:
        server.shutdown()
        server.server_close()
