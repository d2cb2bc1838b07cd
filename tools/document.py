"""Write the tables of the documents from the code; ``--check`` only says whether they are stale.

In a document, a table stands between ``<!-- table: NAME -->`` and ``<!-- end -->``. What is in
between belongs to this tool, everything else to the author. Run from the root:
``python -m tools.document``, or ``make docs``.
"""

from __future__ import annotations

import argparse
import dataclasses
import re
import types
import typing
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from sphinx.pycode import ModuleAnalyzer

from bibfolio.commands.new import SCHEMA
from bibfolio.config import Settings
from bibfolio.model import KINDS, DateRange, Paper, PartialDate, Profile, RichText
from bibfolio.model.sentence import Sentence
from bibfolio.pages.profile_sections import FACTS, SECTIONS
from bibfolio.pages.publications import GROUPINGS, PublicationsDirective
from bibfolio.problems import STYLE_KINDS, WarningKind
from bibfolio.sources.fields import ALIASES, FIELDS, TYPES
from bibfolio.theme.layout import HONOURED
from tools import code_map, profile_schema, words
from tools.markdown import code, summary, table

ROOT = Path(__file__).parent.parent
DOCUMENTS = ("README.md", "ARCHITECTURE.md", "docs/profile.md")

_PLACE = re.compile(r"(?<=<!-- table: )(?P<name>\w+)(?P<open> -->\n).*?(?=<!-- end -->)", re.DOTALL)


class DocumentError(ValueError):
    """A table is not in its place, or something in it has nothing said about it."""


# -- tables -------------------------------------------------------------------------------------


def fields() -> str:
    """Return the fields of an entry."""
    rows = ((re.sub(r"[a-z+]+", r"`\g<0>`", name), text) for name, text in FIELDS.items())
    return table(["field", "what it does"], rows)


def aliases() -> str:
    """Return other names of fields."""
    return table(["written", "read as"], ([f"`{a}`", f"`{b}`"] for a, b in ALIASES.items()))


def entry_types() -> str:
    """Return the entry types under the headings of a list grouped by type."""
    kind_of = {type_: Paper("", "", type_, RichText()).kind for type_ in sorted(TYPES)}
    groups = ((KINDS[k], [t for t in kind_of if kind_of[t] == k]) for k in KINDS)
    rows = ([heading, code(types_)] for heading, types_ in groups if types_)
    return table(["listed under", "entry types"], rows)


def profile() -> str:
    """Return the keys of ``profile.toml``, table by table, as the dataclasses have them."""
    rows = list(_keys(Profile, ""))
    return table(["in", "key", "holds", "needed", "remark"], rows)


def _keys(record: type, place: str) -> Iterable[list[str]]:
    """Yield a row for each key of *record*; tables within it follow its plain keys."""
    hints = typing.get_type_hints(record)
    remarks = ModuleAnalyzer.for_module(record.__module__).find_attr_docs()
    tables = []
    for item in dataclasses.fields(record):
        inner, many = _unwrapped(hints[item.name])
        key = item.name.rstrip("_")
        if _is_table(inner) and not place:
            named = typing.get_origin(hints[item.name]) is dict
            brackets = f'[{key}."NAME"]' if named else f"[[{key}]]" if many else f"[{key}]"
            tables.append((typing.cast(type, inner), brackets))
            continue
        if place.endswith('."NAME"]') and key == "name":
            continue
        bare = item.default is item.default_factory is dataclasses.MISSING
        remark = " ".join(remarks.get((record.__name__, item.name), []))
        holds = _holds(inner, many)
        rest = ["yes" if bare else "", summary(remark)]
        yield [f"`{place}`" if place else "top", f"`{key}`", holds, *rest]
    for inner, brackets in tables:
        yield from _keys(inner, brackets)


def _unwrapped(hint: Any) -> tuple[Any, bool]:
    """Return the type of the values within an optional one, a tuple or a dictionary.

    And whether there may be many of them in a list.
    """
    if typing.get_origin(hint) is types.UnionType:
        (hint,) = [part for part in typing.get_args(hint) if part is not types.NoneType]
    if typing.get_origin(hint) is typing.Literal or hint == Sentence:
        return hint, False
    if typing.get_origin(hint) is dict:
        return typing.get_args(hint)[1], False
    arguments = typing.get_args(hint)
    return (arguments[0] if arguments else hint), typing.get_origin(hint) is tuple


_WORDS: dict[Any, str] = {str: "text", int: "whole number", bool: "`true` or `false`"}
_WORDS |= {PartialDate: "date", DateRange: "date or range", Sentence: "text in Markdown"}


def _is_table(inner: Any) -> bool:
    return dataclasses.is_dataclass(inner) and inner not in _WORDS


def _holds(inner: Any, many: bool) -> str:
    """Return what a value is, in words."""
    if typing.get_origin(inner) is typing.Literal:
        names = [f"`{name}`" for name in typing.get_args(inner) if name]
        return f"list of {', '.join(names)}" if many else " or ".join(names)
    if _is_table(inner):
        keys = ", ".join(item.name for item in dataclasses.fields(inner))
        return f"{'list of ' if many else ''}`{{{keys}}}`"
    word = _WORDS[inner]
    return f"list of {word}s" if many else word


def sections() -> str:
    """Return the sections that the ``{profile}`` directive draws."""
    rows = ([f"`{name}`", summary(shown)] for name, shown in SECTIONS.items())
    return table(["section", "what it shows"], rows)


def facts() -> str:
    """Return the facts that the ``{profile}`` role says."""
    return f"{code(FACTS)}\n"


#: Value and meaning of each option; kept here, since an option's converter says neither.
_OPTIONS = {
    "filter": ("EXPRESSION", "Only papers for which the expression holds"),
    "limit": ("NUMBER", "The first so many papers"),
    "mirror": ("", "All papers again, on a page that citations do not lead to"),
}


def publications() -> str:
    """Return the options of the ``{publications}`` directive."""
    rows = []
    for option in PublicationsDirective.option_spec:
        if option == "group":
            rows += [[f"`:group: {name}`", _result(by)] for name, by in GROUPINGS.items()]
        elif option in _OPTIONS:
            value, meaning = _OPTIONS[option]
            rows.append([f"`{f':{option}: {value}'.strip()}`", meaning])
        else:
            raise DocumentError(f"say in {__file__}, _OPTIONS, what {option!r} does")
    return table(["option", "what it does"], rows)


def _result(function: Callable[..., object]) -> str:
    """Return what a function returns, as its docstring says."""
    meaning = summary(function.__doc__).removeprefix("Return ")
    return meaning[:1].upper() + meaning[1:]


def theme_options() -> str:
    """Return the options of pydata-sphinx-theme that our theme acts on."""
    return f"{code(sorted(HONOURED))}\n"


def settings() -> str:
    """Return the values for ``conf.py``."""
    rows = (
        [f"`bibfolio_{item.name}`", f"`{item.default!r}`", item.metadata["help"]]
        for item in dataclasses.fields(Settings)
    )
    return table(["name", "default", "what it is"], rows)


def warnings() -> str:
    """Return the kinds of warnings; matters of style are marked."""
    rows = (
        [f"`bibfolio.{kind.subtype}`" + " *(style)*" * (kind in STYLE_KINDS), kind.meaning]
        for kind in WarningKind
    )
    return table(["name", "what is wrong, and what happens"], rows)


TABLES: dict[str, Callable[[], str]] = {
    "fields": fields,
    "aliases": aliases,
    "types": entry_types,
    "profile": profile,
    "sections": sections,
    "facts": facts,
    "publications": publications,
    "theme_options": theme_options,
    "settings": settings,
    "warnings": warnings,
    "modules": code_map.modules,
    "calls": code_map.calls,
}

# -- documents ----------------------------------------------------------------------------------


def documents() -> dict[Path, tuple[str, str]]:
    """Return document → its text now, and its text with every table made again.

    The template of our words and the schema of the profile are two of them.

    Raises:
        DocumentError: A table is unknown, or stands in no document or in several places.
    """
    places: list[str] = []

    def fill(match: re.Match[str]) -> str:
        name = match["name"]
        if name not in TABLES:
            raise DocumentError(f"there is no table {name!r}; there are: {', '.join(TABLES)}")
        places.append(name)
        return f"{name}{match['open']}\n{TABLES[name]()}\n"

    result = {}
    for name in DOCUMENTS:
        text = (ROOT / name).read_text(encoding="utf-8")
        result[ROOT / name] = (text, _PLACE.sub(fill, text))
    if wrong := [name for name in TABLES if places.count(name) != 1]:
        raise DocumentError(f"not in one place of {', '.join(DOCUMENTS)}: {', '.join(wrong)}")
    for path, new in ((words.TEMPLATE, words.template), (SCHEMA, profile_schema.text)):
        result[path] = (path.read_text(encoding="utf-8") if path.exists() else "", new())
    return result


def main(arguments: Sequence[str] | None = None) -> int:
    """Rewrite what is stale; with ``--check``, name it and return 1."""
    parser = argparse.ArgumentParser(description="Write the tables of the documents from the code.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if one is stale")
    check = parser.parse_args(arguments).check
    stale = {path: new for path, (old, new) in documents().items() if old != new}
    for path, new in stale.items():
        if check:
            print(f"{path.name} is stale; run make docs")
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(new, encoding="utf-8", newline="\n")
            print(f"{path.name} is written again")
    return 1 if check and stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
