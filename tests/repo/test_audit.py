"""What `make audit` makes of Lighthouse's report; the report itself needs Node and a browser."""

from __future__ import annotations

import pytest

from tools import audit


def report(
    *, score: float | None = 1, first: float = 700, largest: float = 700, is_hidden: bool = False
) -> dict:
    numbers = {
        "first-contentful-paint": first,
        "largest-contentful-paint": largest,
        "cumulative-layout-shift": 0,
        "total-byte-weight": 13_000,
    }
    audits: dict = {name: {"numericValue": number} for name, number in numbers.items()}
    audits["network-requests"] = {"details": {"items": [{}, {}, {}]}}
    audits["is-crawlable"] = {"score": int(not is_hidden)}
    categories = {name: {"score": 1} for name in audit.SCORES} | {"seo": {"score": score}}
    return {"audits": audits, "categories": categories}


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({}, []),
        ({"score": 0.99}, ["seo 99"]),
        ({"score": None}, ["seo 0"]),
        ({"score": 0.6, "is_hidden": True}, []),  # a page that asks not to be indexed
        ({"first": 910}, ["first-contentful-paint 0.91 s, not 0.9"]),
        ({"largest": 1060}, ["largest-contentful-paint 1.06 s, not 1.05"]),
    ],
)
def test_what_is_not_good_enough_is_named(changed, faults):
    assert audit.read(report(**changed)).faults == faults


def test_what_could_not_be_measured_is_an_error():
    with pytest.raises(ValueError, match="NO_FCP: nothing drawn"):
        audit.read({"runtimeError": {"code": "NO_FCP", "message": "nothing drawn"}})


def test_what_is_missing_is_said(tmp_path, monkeypatch, capsys):
    assert audit.main([str(tmp_path)]) == 1
    assert "run make site" in capsys.readouterr().out
    (tmp_path / "index.html").touch()
    monkeypatch.setenv("PATH", "")
    assert audit.main([str(tmp_path)]) == 1
    assert "install Node" in capsys.readouterr().out
