"""The package's values for ``conf.py``: name, type, default, check and help in one place each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import PurePosixPath
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError
from sphinx.util.typing import ExtensionMetadata

from bibfolio.output import KNOWN_FOLDERS


def _inside(value: str) -> str:
    """Say what is wrong with a path that has to lie below the configuration directory."""
    path = PurePosixPath(value)
    return "must be a path inside the site" if path.is_absolute() or ".." in path.parts else ""


def _folder(value: str) -> str:
    """Say what is wrong with a folder that will hold exactly the owner's files in the output."""
    parts = PurePosixPath(value).parts
    if not parts or parts[0] in KNOWN_FOLDERS:
        return "must be a folder of its own"
    return _inside(value)


def _setting(default: str, help_: str, check: Callable[[str], str] | None = None) -> Any:
    return field(default=default, metadata={"help": help_, "check": check})


@dataclass(frozen=True)
class Settings:
    """Field ``x`` is the configuration value ``bibfolio_x``."""

    profile: str = _setting(
        "profile.toml", "The file that describes the person, relative to `conf.py`.", _inside
    )
    files: str = _setting(
        "files", "Folder of PDFs and slides, served as it is under its own name.", _folder
    )


def settings_of(config: Config) -> Settings:
    """The values in force.

    Raises:
        ConfigError: a value has the wrong type or fails its check.
    """
    values = {}
    for item in fields(Settings):
        name = f"bibfolio_{item.name}"
        value = config[name]
        if not isinstance(value, str):
            raise ConfigError(f"{name} must be a text, not {value!r}")
        check: Callable[[str], str] | None = item.metadata["check"]
        if check and (error := check(value)):
            raise ConfigError(f"{name} {error}, not {value!r}")
        values[item.name] = value
    return Settings(**values)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register every field of :class:`Settings`."""
    for item in fields(Settings):
        app.add_config_value(f"bibfolio_{item.name}", item.default, "env", frozenset({str}))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
