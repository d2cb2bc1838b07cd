"""Who has everything finds each thing in its place, once; who has nothing, no empty part."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import extruct
import pytest

from bibfolio.doctor.pages import MOST_BYTES
from tests import scholar
from tests.building import Built
from tests.cv import Pdf, squeezed
from tests.output import headings, text_of

#: Table → the page that shows it.
PAGE_OF = dict.fromkeys(("service", "mentoring", "grants", "software"), "work")
PAGE_OF |= {"talks": "talks", "news": "news", "languages": "work", "patents": "work"}
IN_CV = [name for name in PAGE_OF if name != "news"]
ITEMS = [(table, words) for table, found in scholar.items().items() for words in found]


@pytest.fixture(scope="module")
def full(build_once) -> Built:
    return build_once("minimal", scholar.files())


@pytest.fixture(scope="module")
def bare(build_once) -> Built:
    return build_once("minimal", scholar.bare())


def differences(one: dict[str, bytes], two: dict[str, bytes]) -> set[str]:
    """Which files two builds made differently, but for what Sphinx notes about the build itself."""
    names = {name for name in one.keys() | two.keys() if not name.startswith(".buildinfo")}
    return {name for name in names if one.get(name) != two.get(name)}


def things(built: Built, page: str) -> list[dict]:
    """What the page says in JSON-LD, by a reader that is not ours."""
    html = (built.out / page / "index.html").read_text(encoding="utf-8")
    (data,) = extruct.extract(html, syntaxes=["json-ld"])["json-ld"]
    return data["@graph"]


def test_every_item_is_on_its_page_once_and_in_its_twin(full):
    for table, words in ITEMS:
        page = PAGE_OF[table]
        assert text_of(full.main(page)).count(words) == 1, words
        twin = (full.out / f"{page}.md").read_text(encoding="utf-8").replace("\\", "")
        assert twin.count(words) == 1, words


def test_every_item_is_in_all_forms_of_the_cv_once(full):
    forms = {
        "page": squeezed(text_of(full.main("cv"))),
        "pdf": squeezed(Pdf((full.out / "cv.pdf").read_bytes()).text),
        "text": squeezed((full.out / "cv.txt").read_text(encoding="utf-8")),
        "json": squeezed((full.out / "cv.json").read_text(encoding="utf-8")),
    }
    for table, words in ITEMS:
        if table in IN_CV:
            counts = {form: text.count(squeezed(words)) for form, text in forms.items()}
            assert set(counts.values()) == {1}, (words, counts)


def test_programs_are_told_of_each_talk_program_language_and_grant(full):
    talks = [one["name"] for one in things(full, "talks") if one["@type"] == "Event"]
    assert sorted(talks) == sorted(scholar.items()["talks"])
    programs = [one for one in things(full, "work") if one["@type"] == "SoftwareSourceCode"]
    assert [one["name"] for one in programs] == [f"Program {number}" for number in range(6)]
    assert all(len(one["citation"]) == 2 for one in programs)
    (page,) = [one for one in things(full, "") if one["@type"] == "ProfilePage"]
    person = page["mainEntity"]
    assert {str(one) for one in scholar.items()["languages"]} <= {
        *map(str, person["knowsLanguage"])
    }
    assert [one["name"] for one in person["funding"]] == scholar.items()["grants"]


def test_nothing_is_on_a_page_twice(full):
    """An item of a list, or a paper's card: whatever is a whole line."""
    for path in full.pages:
        main = full.soup(path.relative_to(full.out).as_posix()).find("main")
        lines = (
            [text_of(item) for item in main.select(".profile-list > li, .paper-card")]
            if main
            else []
        )
        assert len(lines) == len(set(lines)), path


def test_every_page_is_within_its_budget(full):
    """A list of papers may have 12 KB and 0.3 KB for each paper (look/spec.md, section 3)."""
    for path in full.pages:
        size = len(gzip.compress(path.read_bytes(), 9))
        is_list = path.parent.name in {"publications", "cv", "news"}
        assert size <= (12_000 + 300 * scholar.PAPERS if is_list else MOST_BYTES / 2), path


def test_a_talk_is_linked_from_the_page_of_its_paper_and_back(full):
    key = full.main("talks").select_one('.profile-list a[href*="papers/"]')["href"]
    page = key.strip("./").rstrip("/")
    words = text_of(full.main(page))
    assert sum(words.count(item) for item in scholar.items()["talks"]) == 1
    assert full.main(page).select('a[href*="talks/"]')


def test_people_are_linked_where_a_paper_is_shown_in_full_and_nowhere_else(full):
    names = scholar.people()
    linked = {
        text_of(link)
        for page in full.out.glob("papers/*/index.html")
        for link in full.main(page.parent.relative_to(full.out)).select(".paper-page-authors a")
    }
    assert linked == set(names)
    assert not full.main("publications").select('a[href*="people.example.org"]')
    assert len(full.main("people").select('a[href*="people.example.org"]')) == scholar.MEMBERS


def test_who_has_nothing_finds_no_empty_part(bare):
    assert {page: headings(bare.main(page)) for page in ("news", "talks", "work", "people")} == {
        "news": ["News"],
        "talks": ["Talks"],
        "work": ["Work"],
        "people": ["People"],
    }
    assert headings(bare.main("cv")) == ["CV"]
    assert not (bare.out / "news.atom").exists()


@pytest.mark.slow
def test_two_processes_make_the_same_files(build, full):
    assert differences(build("minimal", scholar.files(), parallel=2).files, full.files) == set()


#: What is done to the profile → pages that may say something else afterwards.
EDITS = {
    "added": (
        "[[talks]]\n",
        '[[talks]]\ntitle = "A new one"\ndate = 2026\n\n[[talks]]\n',
        {"talks", "news", "cv", "index"},
    ),
    "edited": ("talks item 3.", "talks item three.", {"talks", "news", "cv", "index"}),
    "deleted": (
        scholar.grant(0, "grants item 0."),
        "",
        {"work", "cv", "index"},
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(("old", "new", "pages"), EDITS.values(), ids=EDITS)
def test_an_item_changes_the_pages_that_show_it_and_no_other(build, old, new, pages):
    built = build("minimal", scholar.files())
    before = built.files
    text = (built.src / "profile.toml").read_text(encoding="utf-8")
    assert old in text
    built.write("profile.toml", text.replace(old, new, 1))
    after = built.rebuild().files
    changed = {
        Path(path).parts[0] for path in differences(before, after) if path.endswith("index.html")
    }
    assert {name.removesuffix(".html") for name in changed} - {"papers"} <= pages
    assert differences(after, built.build_clean().files) == set()


def test_the_data_of_the_site_are_json(full):
    for name in ("cv.json", "feed.json", "publications.json"):
        json.loads((full.out / name).read_text(encoding="utf-8"))
