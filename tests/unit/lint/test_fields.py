"""Fields: names nobody knows, what an entry lacks, and files that are named but not there."""

from __future__ import annotations

import itertools

import pytest

from bibfolio.lint.fields import NEEDED, nearest_field
from bibfolio.sources.fields import OTHER_NAMES, SITE, STANDARD, TYPES, is_known
from bibfolio.sources.folder import Folder

from ..table import Table
from .made import entry, lines, said

# -- names ---------------------------------------------------------------------------------------


def test_it_is_told_at_its_name():
    text = "@misc{k,\n  title = {T},\n  year = 2024,\n\tfoo = {x}\n}\n"
    message = "k: the field foo is not known; remove it, or write note"
    assert said(text) == [("bib_unknown_field", 4, 2, message)]


def test_every_standard_field_may_be_annotated():
    assert [name for name in STANDARD if not is_known(f"{name}+an:orcid")] == []


def test_other_names_lead_to_fields_of_this_site():
    assert set(OTHER_NAMES.values()) <= SITE | STANDARD
    assert [name for name in OTHER_NAMES if not is_known(name)] == []


#: What these write of their own accord, beside what BibTeX and biblatex know.
OF_PROGRAMS = {
    "ADS": "adsurl adsnote eid archivePrefix primaryClass",
    "BibDesk": "bdsk-url-1 bdsk-file-1 date-added date-modified rating read local-url remote-url",
    "JabRef": "owner timestamp creationdate modificationdate groups comment-jane priority printed "
    "qualityassured ranking readstatus relevance username citationcount comment review",
    "Mendeley": "mendeley-groups mendeley-tags arxivId annote pmid",
    "Zotero": "copyright rights lccn nationality assignee collaborator urldate shorttitle annote",
}


@pytest.mark.parametrize("program", OF_PROGRAMS)
def test_what_programs_write_for_themselves_is_known(program):
    assert [n for n in OF_PROGRAMS[program].split() if not is_known(n.lower())] == []


def test_a_known_name_is_the_nearest_to_itself():
    assert [name for name in STANDARD if nearest_field(name) != name] == []


# -- what each type needs, told once for an entry ------------------------------------------------


TABLE = Table(__file__)


@pytest.mark.parametrize("section", [name for name in TABLE.sections if name != "files"])
def test_what_an_entry_lacks_is_told_once(section):
    TABLE.holds(section, lines)


def test_there_is_a_rule_for_every_type_that_is_shown():
    """But for what has a meaning to one style alone."""
    assert {type_ for type_ in TYPES - NEEDED.keys() if type_[:6] != "custom"} == {"bibnote"}


# -- files ---------------------------------------------------------------------------------------


def test_a_file_that_is_not_there_and_one_of_no_entry_are_told(tmp_path):
    """But not where another will do, and none that a page links to."""
    folders = (tmp_path / str(number) for number in itertools.count())

    def told(case: list) -> list[str]:
        """What is said of a bibliography beside files, and pages."""
        text, *names = case
        pages = {}
        if isinstance(names[0], list):
            names, pages = names
        folder = next(folders)
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).touch()
        for name, page in pages.items():
            (folder / f"{name}.md").write_text(page)
        return lines(text, folder=Folder(folder))

    TABLE.holds("files", told)


def test_what_no_setting_serves_is_told_with_the_line_to_write_and_a_link_out_of_the_site(tmp_path):
    """Once for all."""
    site = tmp_path / "site"
    for name in ("assets/pdf/a.pdf", "assets/pdf/b.pdf", "_static/c.pdf", "../secret.pdf"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).touch()
    for name in ("files/papers/d.pdf", "files/papers/e.pdf", "notes/a.md"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).symlink_to(tmp_path / "secret.pdf")
    named = {"a": "a.pdf", "b": "b.pdf", "c": "_static/c.pdf", "d": "files/papers/d.pdf"}
    text = "".join(entry(f"pdf = {{{path}}}", key=key) for key, path in named.items())
    text += entry("doi = {10.1234/e}", key="e", title="Another")
    found = [line.partition("bib_file: ")[2] for line in lines(text, folder=Folder(site))]
    extra = 'is not served; write html_extra_path = ["assets"] in conf.py'
    out = "is a symbolic link out of its folder and is not served; put the file itself there"
    assert [line for line in found if line] == [
        f"files/papers/e.pdf {out}",
        f"notes/a.md {out}",
        f"a: pdf: 'assets/pdf/a.pdf' {extra}; also in b",
        "c: pdf: '_static/c.pdf' is not served; write html_static_path = [\"_static\"] in conf.py",
        f"d: pdf: 'files/papers/d.pdf' {out}",
    ]
    served = Folder(site, static=["_static"], extra=["assets"])
    assert [line for line in lines(text, folder=served) if "is not served; write" in line] == []
