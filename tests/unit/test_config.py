"""The package's own values, and which mode a project is in."""

from __future__ import annotations

from dataclasses import fields
from types import SimpleNamespace

import pytest
from sphinx.errors import ConfigError

from bibfolio.config import Settings, has_paper_pages, is_site, settings_of

DEFAULTS = {f"bibfolio_{item.name}": item.default for item in fields(Settings)}
PATHS = ["bibfolio_profile", "bibfolio_files"]
BIBTEX = "sphinxcontrib.bibtex"


def test_the_defaults_are_the_layout_of_a_site():
    assert settings_of(DEFAULTS) == Settings(profile="profile.toml", files="files")


def test_every_value_has_a_help_text():
    assert [item.name for item in fields(Settings) if not item.metadata["help"].endswith(".")] == []


@pytest.mark.parametrize("name", PATHS)
@pytest.mark.parametrize("value", ["x", "x/y", "./x", "a b", ".x", "x..y"])
def test_a_path_inside_the_site_is_taken(name, value):
    settings = settings_of({**DEFAULTS, name: value})
    assert getattr(settings, name.removeprefix("bibfolio_")) == value


def test_a_profile_without_a_name_is_refused():
    with pytest.raises(ConfigError, match="bibfolio_profile must be a path inside the site, not"):
        settings_of({**DEFAULTS, "bibfolio_profile": ""})


@pytest.mark.parametrize("name", PATHS)
@pytest.mark.parametrize("value", ["/etc", "/", "..", "../x", "x/../../y", "x/.."])
def test_a_path_out_of_the_site_is_refused(name, value):
    with pytest.raises(ConfigError, match=f"{name} must be a path inside the site, not"):
        settings_of({**DEFAULTS, name: value})


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("bibfolio_profile", None, "must be a text, not None"),
        ("bibfolio_files", ["x"], r"must be a text, not \['x'\]"),
        ("bibfolio_files", "", "must be a folder of its own"),
        ("bibfolio_files", "_static", "must be a folder of its own"),
        ("bibfolio_files", "papers", "must be a folder of its own"),
        ("bibfolio_today", "tomorrow", "must be a date such as 2026-12-01, not 'tomorrow'"),
        ("bibfolio_mode", "host", "must be one of auto, site, guest, not 'host'"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(name, value, what):
    with pytest.raises(ConfigError, match=f"{name} {what}"):
        settings_of({**DEFAULTS, name: value})


@pytest.mark.parametrize(
    ("extensions", "theme", "mode", "site"),
    [
        (["bibfolio"], "alabaster", "auto", True),
        (["bibfolio", BIBTEX], "alabaster", "auto", False),
        ([BIBTEX, "bibfolio"], "furo", "auto", False),
        ([BIBTEX, "bibfolio"], "bibfolio", "auto", True),
        ([BIBTEX, "bibfolio"], "furo", "site", True),
        (["bibfolio"], "bibfolio", "guest", False),
    ],
)
def test_conf_py_alone_says_whether_the_project_is_a_site(extensions, theme, mode, site):
    config = SimpleNamespace(
        extensions=extensions, html_theme=theme, bibfolio_mode=mode, bibfolio_paper_pages=None
    )
    assert is_site(config) is site
    assert has_paper_pages(config) is site
    config.bibfolio_paper_pages = not site
    assert has_paper_pages(config) is not site
