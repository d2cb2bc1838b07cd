"""Owners who drop in the file they have get a site they would show, whatever wrote the file."""

from __future__ import annotations

import json
import re

import pybtex.database
import pytest
import rispy

from bibfolio.commands import main
from tests.building import run_to_its_end
from tests.libraries import LIBRARIES

#: Fields whose addresses are of use to the database alone.
OF_DATABASES = re.compile(r"^\s*(?:biburl|adsurl)\s*=.*$", re.MULTILINE)


def addresses(entry: str) -> set[str]:
    """The addresses that an entry names, and those of its numbers."""
    found = set(re.findall(r"https?://[^\s{}\"]+", OF_DATABASES.sub("", entry)))
    dois = re.findall(r"(?i)\bdoi\s*=\s*\{(10\.[^}]+)\}", entry)
    arxiv = re.findall(r"\b(?:arxiv|eprint)\s*=\s*\{(\d{4}\.\d{5})\}|arXiv:(\d{4}\.\d{5})", entry)
    found |= {f"https://doi.org/{doi}" for doi in dois}
    return found | {f"https://arxiv.org/abs/{''.join(number)}" for number in arxiv}


@pytest.mark.parametrize("kind", LIBRARIES)
def test_the_file_they_have_gives_a_site_at_once(kind, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["new", "ann", "--name", "Ann Walrus", "--url", "https://ann.example.org/"]) == 0
    text = LIBRARIES[kind]()
    (tmp_path / "ann/refs.bib").write_text(text, encoding="utf-8")
    site = run_to_its_end(tmp_path / "ann")
    assert site.statuscode == 0
    assert ("fields that are not shown: " in site.status) == (kind == "al_folio")

    cards, entries = site.cards("publications"), re.split(r"(?m)^@(?!string)", text)[1:]
    assert len(cards) == len(entries)
    assert [card.title for card in cards if len(card.owner) != 1] == []
    assert [card.topics for card in (*cards, *site.cards("index")) if card.topics] == []

    linked = {
        str(tag["href"]).lower()
        for page in site.pages
        for tag in site.soup(page).select("main a[href]")
    }
    assert {a for entry in entries for a in addresses(entry) if a.lower() not in linked} == set()

    titles = sorted(card.title for card in cards)
    assert len(
        pybtex.database.parse_string(site.text("publications.bib"), "bibtex").entries
    ) == len(titles)
    ris = rispy.loads(site.text("publications.ris"))
    assert sorted(entry.get("title") or entry["primary_title"] for entry in ris) == titles
    assert sorted(item["title"] for item in json.loads(site.text("publications.json"))) == titles
