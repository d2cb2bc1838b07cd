"""This site is healthy, and the doctor notices when what is published is not."""

import random
import shutil
from base64 import b64encode
from pathlib import Path

import pytest

from bibfolio.commands import main
from bibfolio.doctor.pages import MOST_BYTES
from tests.building import REPOSITORY

PAPER, ESSAY = "jin2024ragcache", "research/vector-retrieval"
#: More bytes than a page may have, and nothing that could be compressed away.
NOISE = b64encode(random.Random(1).randbytes(2 * MOST_BYTES)).decode()


def line_of(name: str, words: str) -> str:
    """`FILE:LINE:1`, as the doctor names the first line with *words*."""
    lines = (REPOSITORY / name).read_text(encoding="utf-8").splitlines()
    return f"{name}:{next(n for n, line in enumerate(lines, 1) if words in line)}:1"


ENTRY = line_of("refs.bib", f"{{{PAPER},")


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
        return [line.replace(f"{out}/", "") for line in details if ": " in line]

    return call


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} does not say {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def drop_tags(path: Path, name: str) -> None:
    """Remove every line with the tag *name*; each stands on a line of its own."""
    lines = path.read_text(encoding="utf-8").split("\n")
    kept = [line for line in lines if f'"{name}"' not in line]
    assert len(kept) < len(lines)
    path.write_text("\n".join(kept), encoding="utf-8")


def test_this_site_is_healthy(site, doctor):
    status, page = doctor(site.out)
    assert (status, page.splitlines()[-1]) == (0, "Healthy."), page
    papers = len(site.papers)
    assert f"{papers} papers; ready\n" in page
    assert " other files; none inside the site is dead\n" in page
    assert "First visit              32.0 KB and 6 requests at most" in page


def test_a_deleted_page_is_missed_wherever_it_is_named(out, found):
    shutil.rmtree(out / ESSAY)
    gone = f"{ESSAY}/, which is not there"
    told = found()
    assert (
        f"{line_of('research/index.md', 'vector-retrieval')}: dead_link: research/ links to {gone}"
        in told
    )
    assert (
        f"{line_of('research/llm-systems.md', '{doc}`vector-retrieval`')}: dead_link:"
        f" research/llm-systems/ links to {gone}"
    ) in told
    assert [line for line in told if "sitemap.xml:" in line and line.endswith(gone)]
    assert [line for line in told if not line.endswith(gone)] == []


def test_a_broken_anchor_is_told_at_the_citation(out, found):
    edit(out / "publications" / "index.html", f'id="cite-{PAPER}"', f'id="cite-{PAPER}x"')
    told = found()
    where = f"#cite-{PAPER} on publications/, which is not there; #cite-{PAPER}x is"
    for essay in ("research/llm-systems", ESSAY):
        place = line_of(f"{essay}.md", f"`{PAPER}`")
        assert f"{place}: dead_anchor: {essay}/ links to {where}" in told
    assert [line for line in told if not line.endswith(where)] == []


def test_a_paper_without_its_authors_is_told(out, found):
    drop_tags(out / "papers" / PAPER / "index.html", "citation_author")
    assert found() == [f"{ENTRY}: scholar: {PAPER}: its page has no citation_author"]


def test_a_paper_without_its_page_is_told(out, found):
    shutil.rmtree(out / "papers" / PAPER)
    assert f"{ENTRY}: scholar: {PAPER}: it has no page" in found()


def test_a_hidden_paper_that_is_published_is_told(out, found):
    shutil.copytree(out / "papers" / PAPER, out / "papers" / "draft")
    told = [line for line in found() if ": scholar: " in line]
    assert told == [
        (
            "papers/draft/index.html: scholar: papers/draft/ says that it is a paper,"
            " but the bibliography shows none like it"
        )
    ]


def test_a_page_without_words_and_picture_is_told(out, found):
    for name in ("description", "og:image"):
        drop_tags(out / "cv" / "index.html", name)
    assert found() == [
        (
            "cv.md: missing_description: cv/ has no description;"
            " write one in its front matter (html_meta)"
        ),
        "cv.md: missing_picture: cv/ has no picture for link previews (og:image)",
    ]


def test_a_picture_that_is_not_there_is_told(out, found):
    (out / "cards" / "cv.png").unlink()
    (out / "_static" / "favicon.svg").unlink()
    icon, card = found()
    assert icon.endswith(" files name _static/favicon.svg, which is not there")
    assert card == "cv.md: missing_picture: cv/ names cards/cv.png, which is not there"


def test_a_bloated_page_is_told(out, found):
    edit(out / "cv" / "index.html", "</main>", f"<!-- {NOISE} --></main>")
    (told,) = found()
    assert told.startswith("cv.md: weight: cv/ weighs ")
    assert told.endswith(" of them are cv/index.html")


def test_a_feed_that_names_nothing_is_told(out, found):
    edit(out / "feed.json", f"/papers/{PAPER}/", "/papers/nothing/")
    (told,) = found()
    assert told.startswith("feed.json:")
    assert told.endswith(": dead_link: feed.json names papers/nothing/, which is not there")
