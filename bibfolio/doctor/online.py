"""Addresses elsewhere → whether there is still something at each; the only module that asks.

Every address is asked for once: by HEAD and, where that gives no good answer, by GET, without
reading what comes. One host is asked one thing at a time, and left in peace in between.
"""

from __future__ import annotations

import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from enum import Enum
from http import HTTPStatus
from http.client import responses
from typing import NamedTuple
from urllib.parse import urldefrag, urlsplit

import requests


class State(Enum):
    """What can be said of an address."""

    FINE = "fine"
    DEAD = "dead"
    #: The host does not say, or does not say it to programs.
    UNSURE = "unsure"


class Answer(NamedTuple):
    """What came of asking for an address."""

    state: State
    #: ``answers 404 Not Found``.
    words: str = ""


class Patience(NamedTuple):
    """How long to wait, in seconds."""

    #: For a host to begin its answer; a link may have two of these.
    answer: float = 10.0
    #: For everything.
    all: float = 300.0
    #: Between two questions to one host.
    pause: float = 0.5
    #: Hosts that are asked at the same time.
    hosts: int = 8


PATIENCE = Patience()
_NO_HOST = Answer(State.DEAD, "is at a host that does not exist")
#: Whoever looks into a log should see what asks.
_HEADERS = {"User-Agent": "bibfolio-doctor (looks for dead links)", "Accept": "*/*"}
#: The resolver of DOIs (https://www.doi.org/the-identifier/resources/handbook/): it sends on from
#: every DOI there is. Publishers behind it often refuse programs, and are not asked.
_RESOLVERS = frozenset({"doi.org", "dx.doi.org"})


def asked(urls: Iterable[str]) -> list[str]:
    """What to ask for, each once and in order: fragments are no business of a host's."""
    return sorted({urldefrag(url).url for url in urls})


def ask(url: str, seconds: float) -> Answer:
    """Ask for *url*."""
    is_followed = urlsplit(url).hostname not in _RESOLVERS
    answer = Answer(State.UNSURE)
    for method in ("HEAD", "GET"):
        try:
            with requests.request(
                method,
                url,
                headers=_HEADERS,
                timeout=seconds,
                allow_redirects=is_followed,
                stream=True,
            ) as response:
                answer = judge(response.status_code)
        except requests.Timeout:
            return Answer(State.UNSURE, f"gives no answer in {seconds:g} s")
        except requests.TooManyRedirects:
            return Answer(State.UNSURE, "sends on in a circle")
        except (requests.RequestException, ValueError) as error:
            answer = _of_error(error)
            if answer.state is State.DEAD:
                return answer
        if answer.state is State.FINE:
            return answer
    return answer


def judge(status: int) -> Answer:
    """What a *status* means (RFC 9110, section 15)."""
    if status < 400:
        return Answer(State.FINE)
    words = f"answers {status} {responses.get(status, '')}".rstrip()
    is_dead = status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
    return Answer(State.DEAD if is_dead else State.UNSURE, words)


def _of_error(error: BaseException) -> Answer:
    """What it means that there was no answer; a name that does not exist is told by its cause."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, socket.gaierror):
            if cause.errno in {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", None)}:
                return _NO_HOST
            return Answer(State.UNSURE, "is at a host whose name cannot be looked up now")
        cause = cause.__cause__ or cause.__context__
    return Answer(State.UNSURE, f"cannot be asked for: {type(error).__name__}")


class _Round:
    """One round of questions, shared by the threads that ask them."""

    def __init__(
        self, urls: list[str], patience: Patience, ask_: Callable[[str, float], Answer]
    ) -> None:
        by_host: dict[str, list[str]] = {}
        for url in urls:
            by_host.setdefault(urlsplit(url).hostname or "", []).append(url)
        # The hosts with most to ask come first: they take longest.
        self.hosts = deque(sorted(by_host.values(), key=len, reverse=True))
        self.patience, self.ask = patience, ask_
        self.answers: dict[str, Answer] = {}
        self.over = threading.Event()

    def work(self) -> None:
        """Take one host after the other, until there is none left or time is up."""
        while True:
            try:
                urls = self.hosts.popleft()
            except IndexError:
                return
            for number, url in enumerate(urls):
                if self.over.wait(self.patience.pause if number else 0):
                    return
                self.answers[url] = self.ask(url, self.patience.answer)


def ask_all(
    urls: Iterable[str],
    patience: Patience | None = None,
    ask_: Callable[[str, float], Answer] = ask,
) -> dict[str, Answer]:
    """Address, without fragment → answer, for all of *urls*, in their order.

    Args:
        urls: absolute addresses.
        patience: how long to wait; :data:`PATIENCE` unless given.
        ask_: asks for one address.
    """
    wanted, patience = asked(urls), patience or PATIENCE
    round_ = _Round(wanted, patience, ask_)
    # As daemons: one that waits for a host that drips does not keep the command from ending.
    count = min(patience.hosts, len(round_.hosts))
    threads = [threading.Thread(target=round_.work, daemon=True) for _ in range(count)]
    end = time.monotonic() + patience.all
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    round_.over.set()
    given = dict(round_.answers)
    if given and all(answer == _NO_HOST for answer in given.values()):
        # Resolvers of machines without a way out say of every name that there is none.
        words = "is at a host that cannot be found, as is every other one"
        given = dict.fromkeys(given, Answer(State.UNSURE, words))
    late = Answer(State.UNSURE, f"was not asked for to the end within {patience.all:g} s")
    return {url: given.get(url, late) for url in wanted}
