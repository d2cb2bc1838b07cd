"""Asking other hosts, against a host of the tests' own: what is dead, and what nobody can tell."""

import socket
import threading
from collections import Counter

import pytest
import requests

from bibfolio.doctor import online
from bibfolio.doctor.online import Answer, Patience, State, ask, ask_all, asked, judge
from tests.unit.doctor.host import serving

FINE = Answer(State.FINE)
#: Long enough for a host on this machine, however busy that is.
LONG = 30.0


@pytest.fixture
def host(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    with serving() as server:
        yield server


@pytest.mark.parametrize(
    ("path", "answer", "questions"),
    [
        ("/200", FINE, ["HEAD"]),
        ("/200/301", FINE, ["HEAD", "HEAD"]),
        ("/404", Answer(State.DEAD, "answers 404 Not Found"), ["HEAD", "GET"]),
        ("/404/301", Answer(State.DEAD, "answers 404 Not Found"), ["HEAD"] * 2 + ["GET"] * 2),
        ("/410", Answer(State.DEAD, "answers 410 Gone"), ["HEAD", "GET"]),
        ("/403", Answer(State.UNSURE, "answers 403 Forbidden"), ["HEAD", "GET"]),
        ("/429", Answer(State.UNSURE, "answers 429 Too Many Requests"), ["HEAD", "GET"]),
        ("/500", Answer(State.UNSURE, "answers 500 Internal Server Error"), ["HEAD", "GET"]),
        ("/get/200", FINE, ["HEAD", "GET"]),
        ("/get/404", Answer(State.DEAD, "answers 404 Not Found"), ["HEAD", "GET"]),
        ("/cut", Answer(State.UNSURE, "cannot be asked for: ConnectionError"), ["HEAD", "GET"]),
    ],
)
def test_a_host_is_asked_by_head_and_only_if_need_be_by_get(host, path, answer, questions):
    assert ask(host.root + path, LONG) == answer
    assert [method for method, _ in host.asked] == questions


def test_a_circle_is_left(host):
    assert ask(f"{host.root}/circle/301", LONG) == Answer(State.UNSURE, "sends on in a circle")


def test_a_host_that_does_not_answer_is_not_waited_for(host):
    answer = ask(f"{host.root}/hang", 0.05)
    assert answer == Answer(State.UNSURE, "gives no answer in 0.05 s")
    assert host.asked == [("HEAD", "/hang")]


def test_a_resolver_of_dois_is_believed_and_the_publisher_not_asked(host, monkeypatch):
    monkeypatch.setattr(online, "_RESOLVERS", {"127.0.0.1"})
    assert ask(f"{host.root}/403/302", LONG) == FINE
    assert [path for _, path in host.asked] == ["/403/302"]
    assert ask(f"{host.root}/404", LONG).state is State.DEAD


@pytest.mark.parametrize(
    ("errno", "answer"),
    [
        (socket.EAI_NONAME, Answer(State.DEAD, "is at a host that does not exist")),
        (
            socket.EAI_AGAIN,
            Answer(State.UNSURE, "is at a host whose name cannot be looked up now"),
        ),
    ],
)
def test_a_host_without_a_name_is_dead_unless_nobody_can_look(monkeypatch, errno, answer):
    def look_up(*_arguments, **_options):
        raise socket.gaierror(errno, "")

    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert ask("http://gone.invalid/", LONG) == answer


def test_an_address_nobody_could_ask_for_is_no_reason_to_stop(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    assert ask(f"http://{'a' * 64}.example/", LONG).state is not State.FINE


@pytest.mark.parametrize("status", [200, 204, 301, 304])
def test_what_answers_is_fine(status):
    assert judge(status) == FINE


@pytest.mark.parametrize("status", [400, 401, 403, 405, 418, 429, 451, 500, 503, 999])
def test_only_404_and_410_say_that_there_is_nothing(status):
    assert judge(status).state is State.UNSURE
    assert judge(status).words.startswith(f"answers {status}")


# -- many ---------------------------------------------------------------------------------------

QUICK = Patience(answer=LONG, all=LONG, pause=0.0, hosts=4)


def test_every_address_is_asked_for_once(host):
    urls = [f"{host.root}/{n}" for n in (200, 404, 200, 403)] + [f"{host.root}/200#part"]
    assert ask_all(urls, QUICK) == {
        f"{host.root}/200": FINE,
        f"{host.root}/403": Answer(State.UNSURE, "answers 403 Forbidden"),
        f"{host.root}/404": Answer(State.DEAD, "answers 404 Not Found"),
    }
    assert Counter(host.asked)["HEAD", "/200"] == 1


def test_a_fragment_is_no_business_of_the_hosts():
    assert asked(["http://b/#x", "http://a/", "http://b/"]) == ["http://a/", "http://b/"]


def test_one_host_is_asked_one_thing_at_a_time_and_others_meanwhile():
    busy, most, lock = Counter(), Counter(), threading.Lock()
    # Passed only if both hosts are asked at once.
    together = threading.Barrier(2, timeout=LONG)

    def ask_(url, _seconds):
        name = url.split("/")[2]
        with lock:
            busy[name] += 1
            most[name] = max(most[name], busy[name])
        together.wait()
        with lock:
            busy[name] -= 1
        return FINE

    urls = [f"http://{name}.example/{n}" for name in "ab" for n in range(3)]
    assert set(ask_all(urls, QUICK, ask_).values()) == {FINE}
    assert most == {"a.example": 1, "b.example": 1}


def test_a_host_is_left_in_peace_between_two_questions(monkeypatch):
    waits = []

    class Event(threading.Event):
        def wait(self, timeout=None):
            waits.append(timeout)
            return self.is_set()

    round_ = online._Round(
        ["http://a/1", "http://a/2", "http://a/3"], Patience(pause=7.0), lambda *_: FINE
    )
    round_.over = Event()
    round_.work()
    assert waits == [0, 7.0, 7.0]
    assert len(round_.answers) == 3


def test_what_is_not_answered_when_time_is_up_is_unsure():
    never = threading.Event()

    def ask_(url, _seconds):
        if url.endswith("slow"):
            never.wait(LONG)
        return FINE

    urls = ["http://a.example/slow", "http://a.example/then", "http://b.example/"]
    answers = ask_all(urls, QUICK._replace(all=0.2), ask_)
    never.set()
    late = Answer(State.UNSURE, "was not asked for to the end within 0.2 s")
    assert answers == {urls[0]: late, urls[1]: late, urls[2]: FINE}


NO_HOST = Answer(State.DEAD, "is at a host that does not exist")


def test_a_machine_without_a_network_declares_nobody_dead():
    answers = ask_all(["http://a.example/", "http://b.example/"], QUICK, lambda *_: NO_HOST)
    words = "is at a host that cannot be found, as is every other one"
    assert set(answers.values()) == {Answer(State.UNSURE, words)}


def test_a_host_that_does_not_exist_among_others_is_dead():
    def ask_(url, _seconds):
        return NO_HOST if "a." in url else Answer(State.UNSURE, "answers 403 Forbidden")

    answers = ask_all(["http://a.example/", "http://b.example/"], QUICK, ask_)
    assert answers["http://a.example/"] == NO_HOST


def test_nothing_is_asked_of_nobody(monkeypatch):
    monkeypatch.setattr(requests, "request", lambda *_a, **_k: pytest.fail("asked"))
    assert ask_all([]) == {}
