"""`bibfolio add` writes this site's papers as their owner did, but for what nobody tells it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bibfolio.commands import main
from bibfolio.services.client import Client
from bibfolio.sources.bib_parser import RawEntry, read_entries
from tests.building import REPOSITORY
from tests.services import playing

from . import answers

#: What only the owner can say: the site's own words, and marks.
OWNERS = set(
    "shorttitle author+an keywords gist annotation results figurealt figurecaption file slides "
    "code venueurl shortjournal".split()
)
_SYSTEM = "the first word of a title keeps its capital without braces"
_NO_ISBN = "the made record has no ISBN"
_PLACE = "the made answer spells the place like this, as real ones do"
_PYXIS = "Qi, Sheng and Jin, Chao and Chowdhury, Mosharaf and Liu, Zhenming and Liu, Xuanzhe"
_PYXIS += " and Jin, Xin"
#: Key, field → what `add` writes in its place, and why.
DIFFERENT = {
    ("qi2024pyxis", "title"): (
        "Pyxis: Scheduling Mixed Tasks in Disaggregated Datacenters",
        _SYSTEM,
    ),
    ("qi2024pyxis", "author"): (
        _PYXIS,
        "the owner lists someone whom the print does not (a doubt that refs.bib notes)",
    ),
    ("zhang2024jolteon", "title"): (
        "Jolteon: Unleashing the Promise of Serverless for Serverless Workflows",
        _SYSTEM,
    ),
    ("zhang2024jolteon", "venue"): ("Santa Clara, CA, USA", _PLACE),
    ("zhang2024jolteon", "isbn"): (None, _NO_ISBN),
    ("zhang2023auncel", "venue"): ("Boston, MA, USA", _PLACE),
    ("zhang2023auncel", "isbn"): (None, _NO_ISBN),
    ("jin2023ditto", "title"): (
        "Ditto: Efficient Serverless Analytics with Elastic Parallelism",
        _SYSTEM,
    ),
    ("jin2023ditto", "isbn"): (
        "9798400702365",
        "the samples of Crossref have no hyphens, and add puts none in",
    ),
    ("jin2023ditto", "venue"): ("New York NY USA", _PLACE),
    ("jin2023ditto", "eventtitle"): ("ACM SIGCOMM 2023 Conference", "the made answer says so"),
    ("jin2023ditto", "eventtitleaddon"): ("ACM SIGCOMM 2023", "the made answer says so"),
    ("jin2023ditto", "eventdate"): (
        None,
        "the made answer has no days, like the sample of the ACM (10.1145/3027385.3027428)",
    ),
}
#: Where the first significant word of the title is not what its authors call the system.
KEYS = {"lou2025paraserve": "lou2025swift", "zhang2023auncel": "zhang2023fast"}


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for name in ("profile.toml", "conf.py"):
        shutil.copy(REPOSITORY / name, tmp_path)
    with playing(
        arxiv=answers.arxiv(), crossref=answers.CROSSREF, datacite={}, dblp=answers.DBLP
    ) as services:
        monkeypatch.setattr(
            "bibfolio.commands.add.Client",
            lambda: Client(sleep=lambda _seconds: None, environment=services.environment),
        )
        yield tmp_path


def without(text: str, entry: RawEntry) -> str:
    lines = text.split("\n")
    end = lines.index("}", entry.line - 1)
    return "\n".join([*lines[: entry.line - 1], *lines[end + 2 :]])


@pytest.mark.parametrize("key", answers.ASKED)
def test_add_writes_what_the_owner_wrote(folder, capsys, key):
    text = (REPOSITORY / "refs.bib").read_text(encoding="utf-8")
    entry = next(raw for raw in read_entries(text)[0] if raw.key == key)
    rest = without(text, entry)
    (folder / "refs.bib").write_text(rest, encoding="utf-8")
    assert main(["add", answers.ASKED[key]]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "bib_" not in said.out

    now = (folder / "refs.bib").read_text(encoding="utf-8")
    before, after = {e.key: e for e in read_entries(rest)[0]}, read_entries(now)[0]
    (new,) = (raw for raw in after if raw.key not in before)
    assert new.key == KEYS.get(key, key)
    assert new.type == entry.type
    ours, theirs = dict(entry.fields), dict(new.fields)
    differ = {
        (key, name): theirs.get(name)
        for name in {*ours, *theirs} - OWNERS
        if ours.get(name) != theirs.get(name)
    }
    assert differ == {place: new for place, (new, _why) in DIFFERENT.items() if place[0] == key}
    assert list(theirs) == [name for name in ours if name in theirs]
    # Nothing else has changed, and what is in both is laid out the same.
    shown = said.out[: said.out.index("\nIts page")]
    assert now.replace(f"{shown}\n\n", "") == rest
    if not differ:
        assert set(shown.split("\n")) <= set(text.replace(f"{{{key}", f"{{{new.key}").split("\n"))
