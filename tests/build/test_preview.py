"""A preview shows drafts to its owner alone, and leaves nothing running when it is ended."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection

import pytest

from tests.building import REPOSITORY, copy_root

PATIENCE = 60.0
#: A handshake of RFC 6455, which gives the key by way of example.
WEBSOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.fixture
def begun(tmp_path):
    """`bibfolio serve` of a small site in a process group of its own, and its port."""
    src = copy_root("minimal", {}, tmp_path.resolve() / "src").src
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    words = [sys.executable, "-m", "bibfolio", "serve", "--port", str(port)]
    process = subprocess.Popen(
        words,
        cwd=src,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY / "src")},
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    yield process, port
    if is_running(process.pid):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def is_running(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def wait(condition) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def answer(port: int, path: str, **headers: str) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers=headers)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


@pytest.mark.skipif(sys.platform == "win32", reason="signals and process groups are POSIX's")
def test_it_answers_its_own_pages_alone_and_ends_with_all_it_began(begun):
    process, port = begun
    wait(lambda: answer(port, "/"))
    assert answer(port, "/") == 200
    assert answer(port, "/", Host=f"localhost:{port}") == 200
    assert answer(port, "/", Host=f"drafts.evil.example:{port}") == 400
    reload = "/websocket-reload"
    assert answer(port, reload, **WEBSOCKET, Origin=f"http://127.0.0.1:{port}") == 101
    assert answer(port, reload, **WEBSOCKET, Origin="https://evil.example") == 403
    assert answer(port, reload, **WEBSOCKET, Origin="null") == 403
    process.terminate()
    assert process.wait(PATIENCE) == 0
    wait(lambda: not is_running(process.pid))


@pytest.mark.skipif(sys.platform == "win32", reason="signals and process groups are POSIX's")
def test_it_ends_while_it_builds(begun):
    process, _port = begun
    # The first line says that a build begins.
    assert process.stdout.readline()
    process.terminate()
    assert process.wait(PATIENCE) == 0
    wait(lambda: not is_running(process.pid))
