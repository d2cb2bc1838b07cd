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
from collections.abc import Callable, Iterator
from functools import cached_property, reduce
from itertools import combinations, takewhile
from pathlib import Path
from typing import Any

from bibfolio.model import PartialDate, Profile
from bibfolio.model.profile import NETWORKS, Affiliation, Links
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.folder import Folder, nearest_file
from bibfolio.sources.identifiers import orcid_error
from bibfolio.sources.links import web_url

#: Keys from the outermost table inwards, with the index of the item behind an array's key.
KeyPath = tuple[str | int, ...]


class ProfileError(ValueError):
    """The profile cannot be used; :attr:`problems` says why, with file and line."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(f"{p.file}:{p.line}: {p.message}" for p in problems))
        self.problems = problems


def read_profile(path: Path) -> Profile:
    """Read and check the file at *path*.

    Raises:
        ProfileError: the file is missing, is not TOML, or says something the site has no place
            for.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise _error(f"cannot read the profile: {error.strerror}", path.name) from None
    except UnicodeDecodeError:
        raise _error("not UTF-8; save the file as UTF-8", path.name) from None
    return parse_profile(text, path.name)


def parse_profile(text: str, name: str = "profile.toml") -> Profile:
    """Do as :func:`read_profile` with the *text* of a file called *name*."""
    if (data := _parsed(text)) is None:
        raise ProfileError([syntax_mistake(text, name)])
    checker = _Checker(text, name)
    profile = checker.record(Profile, data, ())
    if checker.problems or profile is None:
        raise ProfileError(checker.problems)
    return typing.cast(Profile, profile)


def profile_problems(
    profile: Profile, text: str, folder: Folder, file: str = "profile.toml"
) -> Iterator[Problem]:
    """Yield what is wrong in a *profile* that was read from the *text* of a site in *folder*."""
    orcid, portrait = profile.links.orcid, profile.portrait
    place, _slash, name = portrait.lstrip("/").replace("\\", "/").rpartition("/")
    near = nearest_file(name, folder.names(place))
    cure = f"write {place}/{near}" if near else f"put it at _static/{name}"
    is_there = portrait[:1] != "/" and folder.holds(portrait)
    for kind, path, value, error in (
        (WarningKind.BIB_ORCID, ("links", "orcid"), orcid, orcid_error(orcid)),
        (WarningKind.BIB_FILE, ("portrait",), portrait, f"is no file of this site; {cure}"),
    ):
        if value and error and not (value == portrait and is_there):
            line = lines_of_keys(text).get(path, 1)
            column = text.splitlines()[line - 1].find(value) + 1
            yield Problem(kind, f"{'.'.join(path)}: {value} {error}", line, column, file)


def _error(message: str, file: str, line: int = 1) -> ProfileError:
    return ProfileError([Problem(WarningKind.PROFILE, message, line, file=file)])


# -- tables → dataclasses -----------------------------------------------------------------------


class _Checker:
    """Builds the dataclasses from plain data and notes everything that does not fit."""

    def __init__(self, text: str, name: str) -> None:
        self.text, self.name = text, name
        self.problems: list[Problem] = []

    @cached_property
    def lines(self) -> dict[KeyPath, int]:
        """Return the line of every key."""
        return lines_of_keys(self.text)

    def report(self, path: KeyPath, message: str) -> None:
        """Note *message* at the line of *path*, or of the nearest key around it."""
        outer = path
        while outer and outer not in self.lines:
            outer = outer[:-1]
        line = self.lines.get(outer, 1)
        keys = ".".join(part for part in path if isinstance(part, str))
        self.problems.append(
            Problem(WarningKind.PROFILE, f"{keys}: {message}", line, file=self.name)
        )

    def record(self, cls: type, data: dict[str, Any], path: KeyPath) -> object | None:
        """Build one dataclass from one table; return None if it cannot be built."""
        hints = typing.get_type_hints(cls)
        fields = {field.name: field for field in dataclasses.fields(cls)}
        known = len(self.problems)
        for key in [key for key in data if key not in fields]:
            advice = _advice(key, list(fields), "known keys")
            if home := _HOMES.get(key):
                advice = f"write it {home}" + f", or {advice}" * (len(path) > 1)
            self.report((*path, key), f"unknown key; {advice}")
        for key, field in fields.items():
            if key not in data and _is_required(field):
                self.report((*path, key), "is missing and has no default")
        values = {
            key: self.value(hints[key], value, (*path, key))
            for key, value in data.items()
            if key in fields
        }
        if error := order_error(values.get("start"), values.get("end")):
            self.report((*path, "end"), error)
        return cls(**values) if len(self.problems) == known else None

    def value(self, hint: Any, value: Any, path: KeyPath) -> Any:
        """Return *value* as the annotation *hint* wants it; report it if it is not."""
        if typing.get_origin(hint) in {types.UnionType, typing.Union}:
            (hint,) = [arg for arg in typing.get_args(hint) if arg is not type(None)]
        if typing.get_origin(hint) is tuple:
            return self.array(typing.get_args(hint)[0], value, path)
        if hint is PartialDate:
            return self.date(value, path)
        if dataclasses.is_dataclass(hint):
            if isinstance(value, dict):
                return self.record(typing.cast(type, hint), value, path)
            advice = f"; write [{path[-1]}]" * isinstance(value, list)
            self.report(path, f"must be a table, not {_kind(value)}{advice}")
            return None
        if typing.get_origin(hint) is typing.Literal:
            return self.choice(typing.get_args(hint), value, path)
        if not isinstance(value, hint) or isinstance(value, bool):
            self.report(path, f"must be {_NAMES[hint]}, not {_kind(value)}")
        elif error := value_error(str(path[-1]), value):
            self.report(path, error)
        return value

    def array(self, hint: Any, value: Any, path: KeyPath) -> tuple[Any, ...]:
        if not isinstance(value, list):
            advice = f'; write ["{value}"]' * isinstance(value, str)
            advice += f"; write [[{path[-1]}]]" * isinstance(value, dict)
            self.report(path, f"must be a list, not {_kind(value)}{advice}")
            return ()
        return tuple(self.value(hint, item, (*path, i)) for i, item in enumerate(value))

    def choice(self, known: tuple[str, ...], value: Any, path: KeyPath) -> Any:
        if not isinstance(value, str):
            self.report(path, f"must be {_NAMES[str]}, not {_kind(value)}")
        elif value not in known:
            self.report(path, f"{value!r} is not known; {_advice(value, known, 'write one of')}")
        return value

    def date(self, value: Any, path: KeyPath) -> PartialDate | None:
        """Read a year (integer), ``"YYYY"``, ``"YYYY-MM"``, ``"YYYY-MM-DD"`` or a TOML date."""
        written = value.isoformat()[:10] if hasattr(value, "isoformat") else str(value)
        try:
            date = PartialDate.parse(written)
        except ValueError as error:
            is_now = written.lower() in {"present", "now", "today", "current", "ongoing"}
            message = f"{written!r} is not a date; leave it out for what goes on"
            self.report(path, message if is_now else str(error))
            return None
        if mistake := year_error(date.year):
            self.report(path, mistake)
        return date


_NAMES: dict[Any, str] = {str: "a text in quotes", int: "a whole number"}
#: What TOML calls the types of its values; everything else is a date.
_KINDS = {bool: "true or false", str: "a text", int: "a number", float: "a number"}
_KINDS |= {list: "a list", dict: "a table"}


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "a date")


#: Key → where it stands.
_HOMES = {key.name: "below [affiliation]" for key in dataclasses.fields(Affiliation)}
_HOMES |= {key.name: "below [links]" for key in dataclasses.fields(Links)}
_HOMES |= {key.name: "above the first [table]" for key in dataclasses.fields(Profile)}


def _advice(written: str, known: typing.Sequence[str], what: str) -> str:
    near = difflib.get_close_matches(written, known, 1, 0.7)
    return f"did you mean {near[0]}?" if near else f"{what}: {', '.join(known)}"


def _is_required(field: dataclasses.Field[Any]) -> bool:
    missing = dataclasses.MISSING
    return field.default is missing and field.default_factory is missing


# -- what values can be, beyond their types -----------------------------------------------------

#: Years of a living person's studies, positions and awards.
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
#: What nobody sees and XML cannot hold, or should not.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def year_error(year: int) -> str:
    """Return what is wrong with a year, or an empty string."""
    if _FIRST_YEAR <= year <= _LAST_YEAR:
        return ""
    return f"{year} is not a year from {_FIRST_YEAR} to {_LAST_YEAR}; write one such as 2024"


def order_error(start: PartialDate | None, end: PartialDate | None) -> str:
    """Return what is wrong with an end that lies before its start; what is unknown may be right."""
    if not start or not end or not end.is_over_before(start):
        return ""
    return f"{end.iso} lies before start, {start.iso}; correct one of the two"


def value_error(key: str, value: object) -> str:
    """Return what is wrong with the value of *key*, or an empty string."""
    if key == "year" and isinstance(value, int):
        return year_error(value)
    if not isinstance(value, str):
        return ""
    if found := _CONTROL.search(value):
        return f"must not hold the control character U+{ord(found[0]):04X}; take it out"
    if key == "email":
        return "must not be a plain address; write: jane (at) example (dot) org" * ("@" in value)
    if re.fullmatch(r"(?:.*_)?url|website|mastodon", key) and not web_url(value):
        address = re.sub(r"^@([\w.-]+)@([\w.-]+)$", r"https://\2/@\1", value)
        advice = f"; write {address}" * (address != value)
        return f"must be an address that starts with https:// or http://{advice}"
    if re.search(r"[\w.+-]+@[\w-]+\.\w", value):
        return "must not hold a plain e-mail address"
    if key == "name" and not value.strip():
        return "must not be empty"
    return account_error(key, value) if key in NETWORKS and key != "mastodon" else ""


def account_error(key: str, value: str) -> str:
    """Return what is wrong with the name of an account, of which *value* may be the address."""
    _network, address, form = NETWORKS[key]
    if re.fullmatch(form, value):
        return ""
    before = re.sub(r"https://(?:www\.)?|\{}", "", address)
    before = re.escape(before).replace(r"\?", r"\?(?:.*&)?") + r"(?:.*/)?" * (form == r"\d+")
    name = re.search(rf"(?:^@|\b{before})({form})", value)
    advice = name[1] if name else f"the NAME of {address.format('NAME')}"
    return f"must be the account's name or number alone; write {advice}"


# -- where keys stand; the standard library's parser does not tell ------------------------------


def lines_of_keys(text: str) -> dict[KeyPath, int]:
    """Return the line of every key and table in a TOML text; what follows a mistake has none.

    The text is parsed up to the end of each line, which is fast enough where something is wrong.
    """
    lines: dict[KeyPath, int] = {}
    written = text.splitlines(keepends=True)
    begin = 1
    for number in range(1, len(written) + 1):
        if (data := _parsed("".join(written[:number]))) is None:
            continue  # in the middle of a value
        for path in _paths(data):
            lines.setdefault(path, begin)
        begin = number + 1
    return lines


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _paths(value: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Yield the path of every key within *value*, which stands at *path*."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else ()
    for key, item in enumerate(value) if isinstance(value, list) else inner:
        yield from _paths(item, (*path, key))


# -- what was meant where the parser stops, which is often behind the mistake -------------------

#: What may be wrong with a statement and how that is mended, in the order of doing so.
_MENDINGS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("the quotes are curly", lambda text: re.sub("[“”„«»]", '"', text)),
    ("there is no =", lambda text: re.sub(r"^([\w-]+)(?: *:|\s)\s*(?![\s=])", r"\1 = ", text)),
    ("a quote is not closed", lambda text: f'{text}"'),
    ("a bracket is not closed", lambda text: f"{text}]"),
    ("a text needs quotes", lambda text: re.sub(_BARE, r'\1"\2"', text)),
    ("a text needs quotes", lambda text: re.sub(_BARE_ITEM, r'\1"\2"', text)),
    ("there is no value", lambda text: re.sub(r"=\s*$", '= ""', text)),
    ("a comma is missing", lambda text: re.sub(r"""(["'}])(\s+["'{])""", r"\1,\2", text)),
    ("it has quotes within quotes", lambda text: re.sub(r'(?<!= )"(?!$)', "'", text)),
    ("a backslash means something else", lambda text: text.replace("\\", "/")),
)
_BARE = r"(=\s*)([^\s\"'\[{#][^\"#]*?)(?=\s*(?:#.*)?$)"
_BARE_ITEM = r"([\[,]\s*)([^\s\"'\[\]{},#][^\"\[\]{},]*?)(?=\s*[,\]])"
#: What a statement does not go on with.
_NEXT = re.compile(r"\s*(?:$|#|\[|[\w.-]+\s*[=:])")


def syntax_mistake(text: str, file: str) -> Problem:
    """Return the first mistake in a *text* that is not TOML, and what to write there."""
    lines = text.splitlines()
    ends = reversed(range(len(lines)))
    begin = next(n for n in ends if _parsed("\n".join(lines[:n])) is not None)
    rest = takewhile(lambda line: not _NEXT.match(line), lines[begin + 1 :])
    written = "\n".join([lines[begin], *rest]).rstrip()
    key = re.sub(r"[\[\]\s:=].*", "", written.lstrip("[ "), flags=re.DOTALL)
    what, same = "this is not TOML; write a key, = and a text in quotes or a number", 0
    if _parsed(written):
        is_item = (
            written[0] == "["
            and typing.get_origin(typing.get_type_hints(Profile).get(key)) is tuple
        )
        cure = f"write [[{key}]] above each" if is_item else "keep the first and add to it"
        what = f"is there twice; {cure}"
    for mendings in (*combinations(_MENDINGS, 1), *combinations(_MENDINGS, 2)):
        mended = reduce(lambda text, mending: mending[1](text), mendings, written)
        if not _parsed(written) and _parsed(mended):
            same = next(n for n, char in enumerate(mended) if written[n : n + 1] != char)
            cure = mended.splitlines()[written.count("\n", 0, same)].strip()
            what = f"{' and '.join(cause for cause, _mend in mendings)}; write {cure}"
            break
    line = begin + 1 + written.count("\n", 0, same)
    column = same - written.rfind("\n", 0, same)
    return Problem(WarningKind.PROFILE, f"{key}: {what}", line, column, file)
