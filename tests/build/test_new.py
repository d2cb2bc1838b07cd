"""A new site builds without a warning, and speaks the language that it was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from bibfolio.commands import main
from tests.build.test_words import SHIPPED, parts, phrases
from tests.building import MAKE_SITE, Run, run_sphinx
from tools.words import catalogues, forms, read

#: What is the same in every language: answers, numbers, formats.
ANSWERS = " ann roe | university of examples | bibtex | ris | csl | json | pdf | ar | example "


def built(folder: Path, tag: str) -> Run:
    words = ["--name", "Ann Roe", "--institution", "University of Examples", "--yes"]
    url = ["--url", "https://ann.example.org/", "--package", "bibfolio"]
    assert main(["new", str(folder / "src"), *words, *url, "--languages", tag]) == 0
    return run_sphinx(folder / "src", folder, *MAKE_SITE)


def said(site: Run) -> dict[str, set[str]]:
    found = {}
    for page in ("", "publications", "cv", "404", "papers/example2024paper"):
        soup = site.soup(page or "index")
        for other in soup.select("script, style, pre"):
            other.decompose()
        about = soup.select_one("meta[name=description]")["content"]
        found[page] = set(phrases(f"{soup.get_text('|')}|{about}"))
    return found


@pytest.fixture(scope="module")
def english(tmp_path_factory):
    return said(built(tmp_path_factory.mktemp("english"), "en"))


@pytest.mark.parametrize("name", SHIPPED)
def test_a_new_site_is_in_its_language_and_builds_without_a_warning(tmp_path, english, name):
    site = built(tmp_path, name.replace("_", "-"))
    assert (site.returncode, site.errors) == (0, [])
    ours = "|".join(parts(form for message in read(catalogues()[name]) for form in forms(message)))
    for page, phrases_ in said(site).items():
        left = {p for p in phrases_ & english[page] if p not in ANSWERS and p not in ours}
        assert left == set(), page


def test_a_new_site_in_several_languages_has_pages_in_each(tmp_path):
    site = built(tmp_path, "en,de,zh-Hans")
    assert (site.returncode, site.errors) == (0, [])
    headings = {page: site.soup(f"{page}cv").h1.get_text() for page in ("", "de/", "zh/")}
    assert headings == {"": "Curriculum vitae", "de/": "Lebenslauf", "zh/": "个人简历"}
