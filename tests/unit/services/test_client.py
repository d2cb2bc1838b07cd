"""Whatever a service does, it ends in time, in one clear line."""

from __future__ import annotations

import time
from xml.etree import ElementTree as ET

import pytest

from bibfolio.services.client import Client, NotKnownError, ServiceError
from tests.services import playing

LAUGHS = """<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>"""


class Clock:
    """A clock that goes on when someone sleeps."""

    def __init__(self) -> None:
        self.now, self.slept = 1000.0, list[float]()

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def services(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with playing() as services:
        yield services


def client(services, **values) -> Client:
    clock = Clock()
    return Client(
        **{"clock": clock, "sleep": clock.sleep, "environment": services.environment} | values
    )


def ask(one: Client, form: str = "json") -> object:
    return getattr(one, form)("crossref", "/works/10.5555%2Fodd")


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        (404, "Crossref does not know it"),
        (500, "Crossref answers with an error (HTTP 500); try later"),
        ("{", "Crossref answers with something that cannot be read instead of JSON"),
        ("[" * 100_000, "Crossref answers with something that cannot be read instead of JSON"),
        (" <!DOCTYPE html><p>", "Crossref answers with a web page instead of JSON"),
        ("loop", "Crossref redirects in a circle"),
        ("huge", "Crossref answers with more than 5 MB, which is too much"),
        (["busy", 3600, 9], "Crossref is busy and asks to wait 3600 s; try later"),
    ],
)
def test_a_fault_is_one_line(services, fault, line):
    services.faults["/works"] = fault
    with pytest.raises(ServiceError) as told:
        ask(client(services))
    assert str(told.value) == line
    assert isinstance(told.value, NotKnownError) == (fault == 404)


@pytest.mark.parametrize("fault", ["drip", "drip_headers"])
def test_an_answer_that_drips_ends_with_the_time_there_is(services, fault):
    services.faults["/works"] = fault
    before = time.monotonic()
    with pytest.raises(ServiceError, match="did not answer within"):
        ask(client(services, seconds=0.4, clock=time.monotonic))
    assert time.monotonic() - before < 2


def test_nobody_there_is_one_line(services):
    one = client(services, environment={"BIBFOLIO_CROSSREF_URL": "http://127.0.0.1:9"})
    with pytest.raises(ServiceError, match="Crossref cannot be reached; is there a network"):
        ask(one)


def test_a_busy_service_is_asked_again_when_it_wants(services):
    services.faults["/works"] = ["busy", 3, 2]
    one = client(services)
    assert ask(one)["message"]["DOI"] == "10.5555/odd"
    assert [round(seconds) for seconds in one.sleep.__self__.slept if seconds > 1] == [3, 3]


def test_waiting_ends_with_the_time_for_one_identifier(services):
    """Also if every single wait is short enough."""
    services.faults["/works"] = ["busy", 40, 9]
    one = client(services)
    with pytest.raises(ServiceError, match="busy"):
        ask(one)
    assert sum(one.sleep.__self__.slept) <= 90
    one.begin()
    services.faults.clear()
    assert ask(one)


def test_requests_are_polite(services):
    one = client(services, environment=services.environment | {"BIBFOLIO_MAILTO": "j@example.org"})
    for _ in range(2):
        one.xml("arxiv", "/api/query", id_list="1605.08386")
    assert sum(one.sleep.__self__.slept) == pytest.approx(3)
    ask(one)
    path, headers = services.asked[-1]
    assert path == "/works/10.5555%2Fodd?mailto=j%40example.org"
    assert headers["User-Agent"].startswith("bibfolio/")
    assert headers["User-Agent"].endswith(" (mailto:j@example.org)")


@pytest.mark.parametrize("text", [LAUGHS, "<a><b></a>", "<html></html>", "", "\x00"])
def test_xml_with_entities_or_mistakes_is_refused(services, text):
    services.faults["/api"] = text
    one = client(services)
    if text == "<html></html>":
        assert isinstance(one.xml("arxiv", "/api/query"), ET.Element)
    else:
        with pytest.raises(ServiceError, match="arXiv answers with something"):
            one.xml("arxiv", "/api/query")
