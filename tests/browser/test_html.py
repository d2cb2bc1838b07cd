"""The Nu HTML checker finds no error: the rules of the HTML standard that no parser knows.

`BIBFOLIO_VNU` names its vnu.jar (`npm install vnu-jar` brings one); it needs Java. What a strict
parser finds is looked at in any case, in tests/site/test_pages.py.
"""

import json
import os
import shutil
import subprocess

import pytest

VARIABLE = "BIBFOLIO_VNU"


def test_the_nu_checker_finds_no_error(site):
    jar = os.environ.get(VARIABLE)
    if not jar:
        pytest.skip(f"{VARIABLE} names no vnu.jar")
    if not (java := shutil.which("java")):
        pytest.skip("there is no Java")
    done = subprocess.run(
        [java, "-jar", jar, "--errors-only", "--format", "json", *site.pages],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    messages = json.loads(done.stderr)["messages"]
    errors = {
        f"{message['url'].partition('/out/')[2]}:{message.get('lastLine')}: {message['message']}"
        for message in messages
    }
    assert errors == set()
    assert done.returncode == 0
