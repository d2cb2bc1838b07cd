"""``profile.toml`` → :class:`~bibfolio.model.Profile`; the only module that knows TOML.

The schema is the dataclasses themselves: their fields are the allowed keys, their annotations the
allowed types, fields without a default are required.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
import tomllib
import types
import typing
from pathlib import Path
from typing import Any

from bibfolio.model import PartialDate, Profile
from bibfolio.sources.plausibility import order_error, value_error, year_error
from bibfolio.sources.toml_lines import Place, lines_of_keys


class ProfileError(ValueError):
    """The profile cannot be used; :attr:`problems` says why, a line for each mistake."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_profile(path: Path) -> Profile:
    """Read and check the file at *path*.

    Raises:
        ProfileError: the file is missing, is not TOML, or says something the site has no place
            for. Every problem reads ``FILE:LINE: what is wrong; what to write``.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ProfileError([f"{path.name}: cannot read the profile: {error.strerror}"]) from None
    except UnicodeDecodeError:
        raise ProfileError([f"{path.name}: not UTF-8; save the file as UTF-8"]) from None
    return parse_profile(text, path.name)


def parse_profile(text: str, name: str = "profile.toml") -> Profile:
    """As :func:`read_profile`, for the *text* of a file called *name*."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f"{name}:{line[1] if line else len(text.splitlines())}"
        raise ProfileError([f"{where}: not valid TOML: {error}"]) from None
    checker = _Checker(text, name)
    profile = checker.record(Profile, data, ())
    if checker.problems or profile is None:
        raise ProfileError(checker.problems)
    return typing.cast(Profile, profile)


class _Checker:
    """Builds the dataclasses from plain data and notes everything that does not fit."""

    def __init__(self, text: str, name: str) -> None:
        self.lines = lines_of_keys(text)
        self.name = name
        self.problems: list[str] = []

    def problem(self, place: Place, message: str) -> None:
        """Note *message* at the line of *place*, or of the nearest key around it."""
        outer = place
        while outer and outer not in self.lines:
            outer = outer[:-1]
        line = self.lines.get(outer, 1)
        keys = ".".join(str(part) for part in place if isinstance(part, str))
        self.problems.append(f"{self.name}:{line}: {keys}: {message}")

    def record(self, cls: type, data: dict[str, Any], place: Place) -> object | None:
        """One dataclass from one table; None if it cannot be built."""
        hints = typing.get_type_hints(cls)
        fields = {field.name: field for field in dataclasses.fields(cls)}
        known = len(self.problems)
        for key in data:
            if key not in fields:
                self.problem((*place, key), _unknown_key(key, list(fields)))
        required = [f.name for f in fields.values() if _is_required(f)]
        for key in required:
            if key not in data:
                self.problem((*place, key), "is missing and has no default")
        values = {
            key: self.value(hints[key], value, (*place, key))
            for key, value in data.items()
            if key in fields
        }
        if error := order_error(values.get("start"), values.get("end")):
            self.problem((*place, "end"), error)
        return cls(**values) if len(self.problems) == known else None

    def value(self, hint: Any, value: Any, place: Place) -> Any:
        """*value* as the annotation *hint* wants it; notes a problem if it is not."""
        if typing.get_origin(hint) in {types.UnionType, typing.Union}:
            (hint,) = [arg for arg in typing.get_args(hint) if arg is not type(None)]
        if typing.get_origin(hint) is tuple:
            return self.array(typing.get_args(hint)[0], value, place)
        if dataclasses.is_dataclass(hint) and hint is not PartialDate:
            if isinstance(value, dict):
                return self.record(typing.cast(type, hint), value, place)
            self.problem(place, f"must be a table, not {_kind(value)}")
            return None
        if hint is PartialDate:
            return self.date(value, place)
        if typing.get_origin(hint) is typing.Literal:
            return self.choice(typing.get_args(hint), value, place)
        if not isinstance(value, hint) or isinstance(value, bool):
            self.problem(place, f"must be {_NAMES[hint]}, not {_kind(value)}")
        elif error := value_error(str(place[-1]), value):
            self.problem(place, error)
        return value

    def array(self, hint: Any, value: Any, place: Place) -> tuple[Any, ...]:
        if not isinstance(value, list):
            self.problem(place, f"must be a list, not {_kind(value)}")
            return ()
        return tuple(self.value(hint, item, (*place, i)) for i, item in enumerate(value))

    def choice(self, known: tuple[str, ...], value: Any, place: Place) -> Any:
        if not isinstance(value, str):
            self.problem(place, f"must be {_NAMES[str]}, not {_kind(value)}")
        elif value not in known:
            near = difflib.get_close_matches(value, known, 1)
            hint = f"did you mean {near[0]}?" if near else f"write one of: {', '.join(known)}"
            self.problem(place, f"{value!r} is not known; {hint}")
        return value

    def date(self, value: Any, place: Place) -> PartialDate | None:
        """A year (integer), ``"YYYY"``, ``"YYYY-MM"``, ``"YYYY-MM-DD"`` or a TOML date."""
        written = value.isoformat()[:10] if hasattr(value, "isoformat") else str(value)
        try:
            date = PartialDate.parse(written)
        except ValueError as error:
            self.problem(place, str(error))
            return None
        if mistake := year_error(date.year):
            self.problem(place, mistake)
        return date


_NAMES: dict[Any, str] = {str: "a text in quotes", int: "a whole number"}


def _kind(value: object) -> str:
    """What TOML calls the type of *value*."""
    names: list[tuple[type, str]] = [
        (bool, "true or false"),
        (str, "a text"),
        (int, "a number"),
        (float, "a number"),
        (list, "a list"),
        (dict, "a table"),
    ]
    return next((name for type_, name in names if isinstance(value, type_)), "a date")


def _unknown_key(key: str, known: list[str]) -> str:
    near = difflib.get_close_matches(key, known, 1)
    hint = f"did you mean {near[0]}?" if near else f"known keys: {', '.join(known)}"
    return f"unknown key; {hint}"


def _is_required(field: dataclasses.Field[Any]) -> bool:
    missing = dataclasses.MISSING
    return field.default is missing and field.default_factory is missing


def account_problems(profile, text, file="profile.toml"):
    from bibfolio.sources.account import accounts
    return accounts(profile, text, file)
