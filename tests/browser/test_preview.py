"""What is wrong stands in the page of the preview that the owner looks at, until it is mended."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress

import pytest
from playwright.sync_api import expect

from tests.building import REPOSITORY, copy_root

#: A build, and what starts it.
PATIENCE = 60.0


@pytest.fixture
def preview(tmp_path):
    """The sources of a small site, and the address at which `bibfolio serve` shows them."""
    src = tmp_path.resolve() / "src"
    copy_root("owner", {}, src)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    words = [sys.executable, "-m", "bibfolio", "serve", "--port", str(port)]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY / "src")}
    process = subprocess.Popen(words, cwd=src, env=environment, start_new_session=True)
    try:
        address, deadline = f"http://127.0.0.1:{port}/", time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with suppress(OSError), urllib.request.urlopen(address):
                break
            time.sleep(0.1)
        yield src, address
    finally:
        os.killpg(process.pid, 15)
        process.wait()


def edit(path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.slow
def test_a_mistake_stands_in_the_page_until_it_is_mended(preview, page):
    src, address = preview
    page.goto(address)
    box = page.get_by_role("alert")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(box).to_have_count(0)

    wait = {"timeout": PATIENCE * 1000}
    edit(src / "index.md", "I ask how", "<b>I</b> {cite:t}`nobody` ask how")
    expect(box).to_contain_text(re.compile(r"index\.md:\d+.*nobody"), **wait)
    edit(src / "refs.bib", "{Queues of Small Fish},", "{Queues of Small Fish}")
    expect(box).to_contain_text("bib_syntax", **wait)
    # The page with the first mistake has not changed since.
    expect(box).to_contain_text("nobody")
    edit(src / "refs.bib", "{Queues of Small Fish}", "{Queues of Small Fish},")
    expect(box).not_to_contain_text("bib_syntax", **wait)
    expect(box).to_contain_text("nobody")
    edit(src / "index.md", " {cite:t}`nobody`", "")
    expect(box).to_have_count(0, **wait)

    edit(src / "profile.toml", "position ", "postion ")  # no page is built
    expect(box).to_contain_text("did you mean position?", **wait)
    edit(src / "profile.toml", "postion ", "position ")
    expect(box).to_have_count(0, **wait)
