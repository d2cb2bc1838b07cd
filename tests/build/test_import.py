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

_ROW = re.compile(r"^\| (/[^|]*) \| (page|redirect|file|none) \| (.*) \|$", re.MULTILINE)
#: Invented site → where a file of it is that is served at a path, exit status, further addresses.
SITES = {
    "al-folio": ("", 1, ("/plain.html", "/courses.html", "/old/teaching.html")),
    "academicpages": ("", 1, ("/publication/walrus", "/publication/walrus.html", "/about.html")),
    "hugoblox": ("static/", 0, ("/papers-of-mine/walrus/", "/author/ann-example/")),
}


@pytest.fixture(scope="module", params=SITES)
def site(request, tmp_path_factory) -> tuple[str, Path]:
    folder = tmp_path_factory.mktemp("import") / "new"
    assert main(["import", str(ROOTS / request.param), str(folder)]) == SITES[request.param][1]
    words = [sys.executable, "-m", "bibfolio", "build", "--strict", str(folder)]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return request.param, folder


def answer(built: Path, address: str) -> Path | None:
    """What a static host finds at an address, as GitHub Pages does."""
    path = unquote(address).lstrip("/")
    places = (path, f"{path}/index.html", f"{path}.html") if path else ("index.html",)
    return next((built / place for place in places if (built / place).is_file()), None)


def test_every_address_of_the_old_site_answers(site):
    name, new = site
    built, (folder, _status, more) = new / "_build" / "site", SITES[name]
    report = (new / REPORT).read_text(encoding="utf-8").replace("\\", "")
    rows = _ROW.findall(report)
    assert len(rows) > 20
    for address, how, target in rows:
        file = answer(built, address)
        assert file or how == "none", address
        if file and how == "redirect" and answer(built, f"/{target}/") != file:
            assert 'http-equiv="refresh"' in file.read_text(encoding="utf-8"), address
        source = ROOTS / name / f"{folder}{target}"
        if file and how == "file" and source.is_file():
            assert file.read_bytes() == source.read_bytes(), address
    for address in more:
        assert answer(built, address), address


def test_the_report_is_no_page(site):
    assert not answer(site[1] / "_build" / "site", "/IMPORTED")


def test_no_link_of_the_new_site_is_dead(site, monkeypatch, capsys):
    monkeypatch.chdir(site[1])
    main(["doctor"])
    said = capsys.readouterr().out
    assert re.search(r"^Links .*none inside the site is dead", said, re.MULTILINE), said
    assert "dead_" not in said and "missing_picture" not in said
