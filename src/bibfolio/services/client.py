"""The client of all services: it limits rate, time and size, and raises one kind of error."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple, TypeVar
from xml.etree import ElementTree as ET

import requests

from bibfolio.version import __version__


class ServiceError(Exception):
    """A service could not be asked; the text says why in one line."""


class NotKnownError(ServiceError):
    """A service does not know what it was asked for."""


class _Service(NamedTuple):
    name: str
    base: str
    #: Seconds between requests that the service asks for.
    interval: float


_SERVICES = {
    "crossref": _Service("Crossref", "https://api.crossref.org", 0.2),
    "datacite": _Service("DataCite", "https://api.datacite.org", 0.2),
    "arxiv": _Service("arXiv", "https://export.arxiv.org", 3),
    "orcid": _Service("ORCID", "https://pub.orcid.org", 0.05),
    "dblp": _Service("DBLP", "https://dblp.org", 1),
}
#: Seconds that ``Retry-After`` may ask for; seconds to wait if a busy service names none.
_LONGEST_WAIT, _USUAL_WAIT = 60, 5
_MOST_REDIRECTS = 5
_FORMS = {"JSON": "application/json", "XML": "application/atom+xml", "text": "*/*"}
_PAGE = re.compile(r"\s*<(?:!doctype\s+)?html", re.IGNORECASE)
T = TypeVar("T")
_DAY = 86_400


@dataclass
class Client:
    """Asks services; :meth:`begin` starts the time limit of all calls for one identifier."""

    #: Seconds for one identifier, and bytes of one answer.
    seconds: float = 90
    size: int = 5_000_000
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    #: Folder in which answers are kept for a day; None if they are not kept.
    cache: Path | None = None
    _end: float = field(default=0, init=False)
    #: Service → time of the last request.
    _asked: dict[str, float] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Start the time limit for the next identifier."""
        self._end = self.clock() + self.seconds

    def json(self, service: str, path: str, **parameters: str) -> Any:
        """Return an answer in JSON; see :meth:`text`."""
        return self._read("JSON", json.loads, service, path, parameters)

    def xml(self, service: str, path: str, **parameters: str) -> ET.Element:
        """Return an answer in XML, which must not declare entities; see :meth:`text`."""
        return self._read("XML", _xml, service, path, parameters)

    def text(self, service: str, path: str, **parameters: str) -> str:
        """Return the answer of *service* as text.

        Raises:
            NotKnownError: the service does not know what it was asked for.
            ServiceError: no connection; or the answer is late, too large, or an error.
        """
        return self._read("text", _no_page, service, path, parameters)

    def _read(
        self, form: str, make: Callable[[str], T], service: str, path: str, what: dict[str, str]
    ) -> T:
        """Return an answer, parsed by *make*; only an answer that can be parsed is kept."""
        base = self.environment.get(f"BIBFOLIO_{service.upper()}_URL") or _SERVICES[service].base
        request = json.dumps([base, path, form, what]).encode()
        kept = self.cache and self.cache / hashlib.sha256(request).hexdigest()
        with suppress(OSError, ValueError, ET.ParseError):
            if kept and time.time() - kept.stat().st_mtime < _DAY:
                return make(kept.read_text(encoding="utf-8"))
        answer = self._answer(service, path, _FORMS[form], what)
        try:
            made = make(answer)
        except (ET.ParseError, ValueError, RecursionError):
            found = "a web page" if _PAGE.match(answer) else "something that cannot be read"
            name = _SERVICES[service].name
            raise ServiceError(f"{name} answers with {found} instead of {form}") from None
        with suppress(OSError):
            if kept:
                kept.parent.mkdir(parents=True, exist_ok=True)
                for old in kept.parent.iterdir():
                    if time.time() - old.stat().st_mtime >= _DAY:
                        old.unlink()
                part = kept.with_suffix(f".{os.getpid()}")
                part.write_text(answer, encoding="utf-8", newline="")
                part.replace(kept)
        return made

    def _answer(self, service: str, path: str, accept: str, parameters: dict[str, str]) -> str:
        """Return an answer as text; ask again as long as the service is busy and there is time."""
        name = _SERVICES[service].name
        while True:
            last = self._asked.get(service, float("-inf"))
            self._wait(last + _SERVICES[service].interval - self.clock())
            self._asked[service] = self.clock()
            status, wait, body = self._bounded(name, self._call, service, path, accept, parameters)
            if status not in {429, 503}:
                break
            if wait > min(_LONGEST_WAIT, self._end - self.clock()):
                raise ServiceError(f"{name} is busy and asks to wait {wait:.0f} s; try later")
            self._wait(wait)
        if status in {400, 404, 410}:
            raise NotKnownError(f"{name} does not know it")
        if status != requests.codes.ok:
            raise ServiceError(f"{name} answers with an error (HTTP {status}); try later")
        return str(body, "utf-8", "replace")

    def _wait(self, seconds: float) -> None:
        if (seconds := min(seconds, self._end - self.clock())) > 0:
            self.sleep(seconds)

    def _bounded(self, name: str, call: Callable[..., Any], *arguments: Any) -> Any:
        """Return the result of *call*, or stop waiting when the time is over.

        The timeout of a connection is not enough: it begins again with each piece of an answer.
        """
        done: SimpleQueue[tuple[Any, Exception | None]] = SimpleQueue()

        def run() -> None:
            try:
                done.put((call(*arguments), None))
            except Exception as error:  # it is raised below
                done.put((None, error))

        threading.Thread(target=run, daemon=True).start()
        late = f"{name} did not answer within {self.seconds:.0f} s; try later"
        try:
            result, error = done.get(timeout=max(0, self._end - self.clock()))
        except Empty:
            raise ServiceError(late) from None
        match error:
            case None:
                return result
            case requests.Timeout():
                raise ServiceError(late)
            case requests.TooManyRedirects():
                raise ServiceError(f"{name} redirects in a circle")
            case requests.ConnectionError():
                raise ServiceError(f"{name} cannot be reached; is there a network?")
            case requests.RequestException() | UnicodeError():
                raise ServiceError(f"{name} broke off its answer")
        raise error

    def _call(
        self, service: str, path: str, accept: str, parameters: dict[str, str]
    ) -> tuple[int, float, bytes]:
        """Return status, seconds to wait, and body of one answer."""
        mail = self.environment.get("BIBFOLIO_MAILTO", "")
        mail = mail if re.fullmatch(r"[!-~]+@[!-~]+", mail) else ""
        agent = f"bibfolio/{__version__}" + f" (mailto:{mail})" * bool(mail)
        name, base, _interval = _SERVICES[service]
        base = self.environment.get(f"BIBFOLIO_{service.upper()}_URL") or base
        if mail and service == "crossref":
            parameters = {**parameters, "mailto": mail}
        headers = {"User-Agent": agent, "Accept": accept}
        address = base.rstrip("/") + path
        rest = max(0.001, self._end - self.clock())
        with requests.Session() as session:
            session.max_redirects = _MOST_REDIRECTS
            with session.get(
                address, params=parameters, headers=headers, timeout=rest, stream=True
            ) as answer:
                body = b""
                for part in answer.iter_content(65_536):
                    body += part
                    if len(body) > self.size:
                        most = f"more than {self.size / 1e6:.0f} MB"
                        raise ServiceError(f"{name} answers with {most}, which is too much")
                    if self.clock() > self._end:  # nobody waits any more
                        raise requests.Timeout
                return answer.status_code, _wait_of(answer.headers.get("Retry-After", "")), body


def _xml(answer: str) -> ET.Element:
    if re.search(r"<!(?:DOCTYPE|ENTITY)", answer, re.IGNORECASE):
        raise ValueError
    return ET.fromstring(answer)


def _no_page(answer: str) -> str:
    if _PAGE.match(answer):
        raise ValueError
    return answer


def cache_folder() -> Path:
    """Return the folder of the user for answers of services."""
    usual = Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or usual
    return Path(base) / "bibfolio"


def _wait_of(text: str) -> float:
    """Return the seconds that ``Retry-After`` asks for: a number, or a date (RFC 9110, §10.2.3)."""
    if text.strip().isdecimal():
        return float(text[:9])
    try:
        return max(0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return _USUAL_WAIT
