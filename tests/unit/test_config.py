"""The package's settings: one dataclass, checked when they are read."""

from __future__ import annotations

from dataclasses import fields

import pytest
from sphinx.errors import ConfigError

from bibfolio.config import Settings, settings_of

DEFAULTS = {f"bibfolio_{item.name}": item.default for item in fields(Settings)}


def test_the_defaults_are_the_layout_of_the_site():
    assert settings_of(DEFAULTS) == Settings(profile="profile.toml", files="files")


def test_every_setting_has_a_help_text_and_a_default():
    assert [item.name for item in fields(Settings) if not item.metadata["help"].endswith(".")] == []
    assert [item.name for item in fields(Settings) if not item.default] == []


@pytest.mark.parametrize("name", sorted(DEFAULTS))
@pytest.mark.parametrize("value", ["x", "x/y", "./x", "a b", ".x", "x..y"])
def test_a_path_inside_the_site_is_taken(name, value):
    settings = settings_of({**DEFAULTS, name: value})
    assert getattr(settings, name.removeprefix("bibfolio_")) == value


@pytest.mark.parametrize("name", sorted(DEFAULTS))
@pytest.mark.parametrize("value", ["/etc", "/", "..", "../x", "x/../../y", "x/.."])
def test_a_path_out_of_the_site_is_refused(name, value):
    with pytest.raises(ConfigError) as error:
        settings_of({**DEFAULTS, name: value})
    assert str(error.value) == f"{name} must be a path inside the site, not {value!r}"


@pytest.mark.parametrize("name", sorted(DEFAULTS))
@pytest.mark.parametrize("value", [None, 3, True, ["x"], b"x"])
def test_a_value_of_another_type_is_refused(name, value):
    with pytest.raises(ConfigError) as error:
        settings_of({**DEFAULTS, name: value})
    assert str(error.value) == f"{name} must be a text, not {value!r}"


@pytest.mark.parametrize("value", ["", ".", "./", "./."])
def test_the_site_itself_is_not_its_folder_of_files(value):
    with pytest.raises(ConfigError):
        settings_of({**DEFAULTS, "bibfolio_files": value})


@pytest.mark.parametrize("value", ["_static", "papers", "_sources"])
def test_a_folder_that_sphinx_writes_to_is_not_the_folder_of_files(value):
    with pytest.raises(ConfigError):
        settings_of({**DEFAULTS, "bibfolio_files": value})
