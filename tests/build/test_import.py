"""A site that was carried over builds without a warning, and every old address answers in it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

from bibfolio.commands import main
from bibfolio.importing.writing import REPORT
from tests.building import ROOTS

OLD = ROOTS / "al-folio"
_ROW = re.compile(r"^\| (/[^|]*) \| (page|redirect|file|none) \| (.*) \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def new(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("import") / "new"
    assert main(["import", str(OLD), str(folder)]) == 1
    words = [sys.executable, "-m", "bibfolio", "build", "--strict", str(folder)]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def answer(site: Path, address: str) -> Path | None:
    """What a static host finds at an address, as GitHub Pages does."""
    path = unquote(address).lstrip("/")
    places = (path, f"{path}/index.html", f"{path}.html") if path else ("index.html",)
    return next((site / place for place in places if (site / place).is_file()), None)


def test_every_address_of_the_old_site_answers(new):
    site = new / "_build" / "site"
    report = (new / REPORT).read_text(encoding="utf-8").replace("\\", "")
    rows = _ROW.findall(report)
    assert len(rows) > 25
    for address, how, target in rows:
        file = answer(site, address)
        assert file, address
        if how == "redirect" and answer(site, f"/{target}/") != file:
            assert 'http-equiv="refresh"' in file.read_text(encoding="utf-8"), address
        if (OLD / target).is_file() and how == "file":
            assert file.read_bytes() == (OLD / target).read_bytes(), address
    for address in ("/plain.html", "/courses.html", "/old/teaching.html"):
        assert answer(site, address), address


def test_the_report_is_no_page(new):
    assert not answer(new / "_build" / "site", "/IMPORTED")


def test_no_link_of_the_new_site_is_dead(new, monkeypatch, capsys):
    monkeypatch.chdir(new)
    main(["doctor"])
    said = capsys.readouterr().out
    assert re.search(r"^Links .*none inside the site is dead", said, re.MULTILINE), said
    assert "dead_" not in said and "missing_picture" not in said
