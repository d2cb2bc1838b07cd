"""What an owner copies into a public issue says what is installed, and nothing about the owner."""

from __future__ import annotations

import pytest

from bibfolio import __version__
from bibfolio.commands import main

CONF = """\
project = "Zorro's site"
extensions = ["bibfolio", "zorro_tools"]
html_theme = "bibfolio"
html_baseurl = "https://zorro.example.org/"
bibfolio_lint = "build"
bibfolio_languages = zorro()
zorro_secret = 1
"""
FILES = {
    "refs.bib": "@article{zorro2024,\n title = {On Zorro},\n pages = {zorro},\n year = {2O24}\n}\n",
    "profile.toml": 'name = "Zorro Example"\nzorro = 3\n',
    "index.md": "# Zorro\n\n{bib:paper}`zorro1999`\n",
}


@pytest.mark.parametrize("more", ["", "this is ( no Python\n"], ids=["sound", "no Python"])
def test_it_names_nothing_of_the_owner(tmp_path, monkeypatch, capsys, more):
    folder = tmp_path / "zorro"
    folder.mkdir()
    for name, text in (FILES | {"conf.py": CONF + more}).items():
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    assert main(["doctor", "--report"]) == 0
    said = capsys.readouterr().out
    assert "zorro" not in said.lower()
    rows = dict(line.split(maxsplit=1) for line in said.splitlines())
    assert rows["bibfolio"] == __version__
    assert "profile 1" in rows["findings"]
    assert "bib_missing_field 1" in rows["findings"]
    changed = "bibfolio_languages, bibfolio_lint, extensions, html_baseurl, html_theme"
    assert rows["theme"] == ("none named" if more else "bibfolio")
    assert rows["settings"] == ("none" if more else changed)
    assert ("conf 1" in rows["findings"]) == bool(more)


def test_a_value_that_is_the_default_is_not_named(tmp_path, monkeypatch, capsys):
    conf = 'language = "en"\nbibtex_encoding = "latin1"\nhtml_theme = "zorro"\n'
    (tmp_path / "conf.py").write_text(conf)
    monkeypatch.chdir(tmp_path)
    assert main(["doctor", "--report"]) == 0
    said = capsys.readouterr().out
    assert "settings              bibtex_encoding, html_theme\n" in said
    assert "theme                 another\n" in said
