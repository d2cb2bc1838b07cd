"""This site is healthy, and the doctor notices when what is published is not."""

import random
import shutil
from base64 import b64encode
from pathlib import Path

import pytest

from bibfolio.commands import main
from bibfolio.doctor.pages import MOST_BYTES

#: More bytes than a page may have, and nothing that could be compressed away.
NOISE = b64encode(random.Random(1).randbytes(2 * MOST_BYTES)).decode()


@pytest.fixture
def doctor(site, monkeypatch, capsys):
    """`doctor(FOLDER)`: exit status, and the page that is printed."""

    def call(folder: Path) -> tuple[int, str]:
        monkeypatch.chdir(site.src)
        return main(["doctor", str(folder)]), capsys.readouterr().out

    return call


@pytest.fixture
def out(site, tmp_path):
    """A copy of what was built, to spoil."""
    return Path(shutil.copytree(site.out, tmp_path / "out"))


@pytest.fixture
def found(doctor, out):
    """`found()`: every detail that the doctor tells of the copy, which it does not call healthy."""

    def call() -> list[str]:
        status, page = doctor(out)
        assert status == 1
        details = [line.strip() for line in page.splitlines() if line.startswith("  ")]
        return [line.replace(f"{out}/", "") for line in details]

    return call


def test_this_site_is_healthy(site, doctor):
    status, page = doctor(site.out)
    assert status == 0, page
    assert page.splitlines()[-1].startswith("Healthy"), page
    assert f"{len(site.papers)} papers; ready\n" in page


def test_what_is_deleted_is_missed_wherever_it_is_named(site, out, found):
    page = site.papers[0].page
    shutil.rmtree(out / page)
    told = found()
    assert [line for line in told if line.endswith(f": {site.papers[0].key}: it has no page")]
    assert [line for line in told if line.endswith(f" {page}/, which is not there")]
    assert [line for line in told if page not in line and "it has no page" not in line] == []


def test_a_hidden_paper_that_is_published_is_told(site, out, found):
    shutil.copytree(out / site.papers[0].page, out / "papers" / "draft")
    assert [line for line in found() if ": scholar: " in line] == [
        (
            "papers/draft/index.html: scholar: papers/draft/ says that it is a paper,"
            " but the bibliography shows none like it"
        )
    ]


def test_a_page_that_lost_its_words_and_its_picture_and_grew_is_told(out, found):
    path = out / "cv" / "index.html"
    lines = path.read_text(encoding="utf-8").split("\n")
    kept = [line for line in lines if "cards/cv.png" not in line]
    text = "\n".join(kept).replace('name="description"', 'name="nothing"')
    path.write_text(f"{text}<!-- {NOISE} -->", encoding="utf-8")
    (out / "cards" / "cv.png").unlink()
    kinds = [line.split(": ")[:2] for line in found()]
    assert sorted(kinds) == [
        ["cv.md", "missing_description"],
        ["cv.md", "missing_picture"],
        ["cv.md", "weight"],
    ]
