"""Writes the tables of the documents from the code; ``--check`` only reports stale ones.

In a document, a table stands between ``<!-- table: NAME -->`` and ``<!-- end -->``. What is in
between belongs to this tool, everything else to the author. Run from the root:
``python -m tools.document``, or ``make docs``.
"""

from __future__ import annotations

import argparse
import dataclasses
import pkgutil
import re
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

from sphinx.pycode import ModuleAnalyzer

from bibfolio import commands, pages
from bibfolio.config import Settings
from bibfolio.model import KINDS, DateRange, Paper, PartialDate, Profile, RichText
from bibfolio.model.colours import PALETTE
from bibfolio.model.profile import NETWORKS, CvVariant, Links, Topic
from bibfolio.model.sentence import Link, PaperName, Sentence
from bibfolio.model.strings import capitalized
from bibfolio.model.tables import CV_SECTIONS
from bibfolio.model.tables import TABLES as PROFILE_TABLES
from bibfolio.pages.profile_sections import FACTS, SECTIONS
from bibfolio.pages.publications import GROUPINGS, PublicationsDirective
from bibfolio.problems import STYLE_KINDS, WarningKind
from bibfolio.sources.fields import ALIASES, FIELDS, OTHER_NAMES, TYPES
from bibfolio.sources.profile_toml import ADDRESS, SCHEMA
from bibfolio.theme.colours import variables
from bibfolio.theme.layout import HONOURED
from tools import code_map, profile_schema, words
from tools.markdown import code, summary, table

ROOT = Path(__file__).parent.parent
REFERENCE = (
    "commands configuration directives fields profile theme translations types warnings".split()
)
DOCUMENTS = (
    *("ARCHITECTURE.md", "docs/how-to/language.md"),
    *(f"docs/reference/{name}.md" for name in REFERENCE),
)

_PLACE = re.compile(r"(?<=<!-- table: )(?P<name>\w+)(?P<open> -->\n).*?(?=<!-- end -->)", re.DOTALL)


class DocumentError(ValueError):
    """A table has no place in its document, or a row has no description."""


# -- tables -------------------------------------------------------------------------------------


def fields() -> str:
    """Return the table of fields of an entry."""
    rows = ((re.sub(r"[a-z+]+", r"`\g<0>`", name), text) for name, text in FIELDS.items())
    return table(["field", "what it does"], rows)


def aliases() -> str:
    """Return the names that biblatex and others have for a field."""
    return ", ".join(f"`{a}` for `{b}`" for a, b in ALIASES.items()) + "\n"


def other_names() -> str:
    """Return the table of other names of fields, which are corrected."""
    named = ([f"`{a}`", f"`{b}`"] for a, b in OTHER_NAMES.items())
    return table(["written", "read as"], named)


def entry_types() -> str:
    """Return the entry types under the headings of a list grouped by type."""
    kind_of = {type_: Paper("", "", type_, RichText()).kind for type_ in sorted(TYPES)}
    found = {kind: [type_ for type_ in kind_of if kind_of[type_] == kind] for kind in KINDS}
    rows = (
        [f"`{kind}`", KINDS[kind].heading, KINDS[kind].letter, code(types_) or "a preprint"]
        for kind, types_ in found.items()
    )
    return table(["name", "listed under", "letter", "entry types"], rows)


def profile() -> str:
    """Return the keys of ``profile.toml``: a heading and a table for each of its tables."""
    head = ["key", "holds", "needed", "remark"]
    parts = groupby(_keys(Profile, ""), lambda row: row[0])
    return "\n".join(
        f"### {place}\n\n{table(head, (r[1:] for r in rows))}" for place, rows in parts
    )


def _keys(record: type, place: str) -> Iterable[list[str]]:
    """Yield a row for each key of *record*; tables follow the plain keys."""
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
        if record is CvVariant and key not in CvVariant.__annotations__:  # as in [cv]
            continue
        bare = item.default is item.default_factory is dataclasses.MISSING
        names = [base.__name__ for base in record.__mro__]
        remark = " ".join(next((r for n in names if (r := remarks.get((n, item.name)))), []))
        if record is Links and key in NETWORKS and not ADDRESS.fullmatch(key):
            remark = f"{remark} `{NETWORKS[key][1].format('NAME')}`".strip()
        is_address = inner is str and bool(ADDRESS.fullmatch(key))
        holds = "address" if is_address else _holds(inner, many)
        rest = ["yes" if bare else "", summary(remark)]
        yield [f"`{place}`" if place else _TOP, f"`{key}`", holds, *rest]
        if inner is CvVariant:
            tables.append((CvVariant, "[[cv.variants]]"))
    for inner, brackets in tables:
        yield from _keys(inner, brackets)


def _unwrapped(hint: Any) -> tuple[Any, bool]:
    """Return the type in an optional type, a tuple or a dictionary, and whether it is a list."""
    if typing.get_origin(hint) in {types.UnionType, typing.Union}:
        (hint,) = [part for part in typing.get_args(hint) if part is not types.NoneType]
    if typing.get_origin(hint) is typing.Literal or hint in {Sentence, dict[str, str]}:
        return hint, False
    if typing.get_origin(hint) is dict:
        return typing.get_args(hint)[1], False
    arguments = typing.get_args(hint)
    return (arguments[0] if arguments else hint), typing.get_origin(hint) is tuple


#: The heading of what stands above all tables.
_TOP = "Above the first table"
_WORDS: dict[Any, str] = {str: "text", int: "whole number", bool: "`true` or `false`"}
_WORDS |= {PartialDate: "date", DateRange: "date or range", Sentence: "text in Markdown"}
_WORDS[CvVariant] = "table"
_WORDS[Topic] = "text or `{name, keywords}` table"
_WORDS |= {
    PaperName: "text",
    Link: "address, or path in the site",
    dict[str, str]: f"`{{{', '.join(CV_SECTIONS)}}}`",
}


def _is_table(inner: Any) -> bool:
    return dataclasses.is_dataclass(inner) and inner not in _WORDS


def _holds(inner: Any, many: bool) -> str:
    """Describe the values that a type allows."""
    if typing.get_origin(inner) is typing.Literal:
        names = [f"`{str(name).lower()}`" for name in typing.get_args(inner) if name != ""]
        return f"list of {', '.join(names)}" if many else " or ".join(names)
    if _is_table(inner):
        keys = ", ".join(item.name for item in dataclasses.fields(inner))
        return f"{'list of ' if many else ''}`{{{keys}}}`"
    word = _WORDS[inner]
    return f"list of {word}s" if many else word


def sections() -> str:
    """Return the sections that the ``{profile}`` directive draws and that are no tables."""
    rows = ([f"`{name}`", summary(drawn.__doc__)] for name, drawn in SECTIONS.items())
    return table(["section", "what it shows"], rows)


def facts() -> str:
    """Return the facts of the role ``{profile}``."""
    return f"{code(FACTS)}\n"


#: Value and meaning of each option, which the converter of an option does not tell.
_OPTIONS = {
    "filter": ("EXPRESSION", "Only papers that match the expression"),
    "limit": ("NUMBER", "Only this many, from the top"),
    "numbered": (
        "",
        "Numbers that count down to 1; with `:numbered: kind`, each kind has its own: J12, C34",
    ),
    "mirror": ("", "A second list of all papers; citations lead to the first"),
    "latest": ("NUMBER", "The newest news below the `card`, this many"),
    "derived": (
        "NAMES",
        "What makes news by itself: some of `papers, talks, awards`, or `none`; else all three",
    ),
    "upcoming": ("", "Only talks that end on or after the day `bibfolio_today`"),
    "group": ("NAME", "Only people of this `group`, such as `current` or `alumni`"),
    "kinds": ("NAMES", "With `:group: type`, which kinds come first: `book, journal`"),
    "papers": (
        "",
        "A part for each grant, with its papers, their data, and which papers are free to read",
    ),
    "pictures": ("", "The picture of each, or initials"),
}
#: What each directive shows; one class may have several directives.
_DIRECTIVES = {
    "publications": "A list of papers",
    "timeline": "All papers over time, in a lane for each topic; if they are many, their numbers "
    "by topic and year",
    "coauthors": "Everybody who wrote two papers or more with you",
    "cv": "Every section of the CV; with an `ID`, those of the CV with this `id` in "
    "`[[cv.variants]]`",
    "essays": "The pages in the `{toctree}` of this page, with the papers that each cites",
    "profile": f"One of {code(SECTIONS)}. Also a table, such as `talks`, but without its options",
    **{name: f"{table.shows}: `[[{name}]]`" for name, table in PROFILE_TABLES.items()},
    "section": "A section of your own, by its `id`: `[[sections]]`",
    "people": "Those of `[people]` who have a `group`, with a heading for each group",
}
#: Directives with an argument, as a page has it.
_ARGUMENTS = {"profile": " SECTION", "section": " ID", "cv": " [ID]"}


def directives() -> str:
    """Return the directives for pages, with their options."""
    found = _registered()
    domain = {name.partition(":")[2] for name in found if ":" in name}
    if unknown := {name.rpartition(":")[2] for name in found} - _DIRECTIVES.keys():
        raise DocumentError(f"say in {__file__}, _DIRECTIVES, what {unknown} show")
    rows = []
    for name, meaning in _DIRECTIVES.items():
        if class_ := found.get(name) or found.get(f"bib:{name}"):
            written = f"`{{{name}}}{_ARGUMENTS.get(name, '')}`"
            also = f"`{{bib:{name}}}`" if name in domain else ""
            options = "; ".join(_options(name, class_))
            rows.append([written, also, meaning, options])
    return table(["directive", "full name", "what it shows", "options"], rows)


def _registered() -> dict[str, Any]:
    """Return name → class of the directives that the package registers."""
    app = MagicMock()
    for module in pkgutil.iter_modules(pages.__path__, f"{pages.__name__}."):
        if setup := getattr(import_module(module.name), "setup", None):
            setup(app)
    short = [call.args for call in app.add_directive.call_args_list]
    full = [call.args for call in app.add_directive_to_domain.call_args_list]
    return dict(short) | {f"{domain}:{name}": class_ for domain, name, class_ in full}


def _options(name: str, class_: Any) -> Iterator[str]:
    """Yield each option of a directive; those of ``{publications}`` have a table."""
    if name == "publications":
        yield "[below](#options-of-publications)"
        return
    for option in class_.option_spec or ():
        if option not in _OPTIONS:
            raise DocumentError(f"say in {__file__}, _OPTIONS, what {option!r} does")
        value, meaning = _OPTIONS[option]
        yield f"`{f':{option}: {value}'.strip()}` {meaning[:1].lower()}{meaning[1:]}"


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
    """Return what a function returns, from its docstring."""
    meaning = summary(function.__doc__).removeprefix("Return ")
    return capitalized(meaning)


def theme_options() -> str:
    """Return the options of pydata-sphinx-theme that our theme acts on."""
    return f"{code(sorted(HONOURED))}\n"


def colours() -> str:
    """Return the variables for colours."""
    rows = (
        [f"`{name}`", f"`{colour.light}`", f"`{colour.dark}`"]
        for name, colour in variables(PALETTE).items()
    )
    return table(["variable", "in light", "in dark"], rows)


def settings() -> str:
    """Return the values for ``conf.py``."""
    rows = (
        [
            f"`bibfolio_{item.name}`",
            f"`{item.default!r}`" if item.default else "none",
            item.metadata["help"],
        ]
        for item in dataclasses.fields(Settings)
    )
    return table(["name", "default", "what it is"], rows)


def warnings() -> str:
    """Return the kinds of warnings; matters of style and errors are marked."""
    head, parts = ["name", "what is wrong, and what happens"], groupby(WarningKind, _subject)
    return "\n".join(
        f"## {subject}\n\n{table(head, map(_warning, kinds))}" for subject, kinds in parts
    )


def _subject(kind: WarningKind) -> str:
    """Return what a kind of warning is about: the heading above it."""
    if kind.subtype.startswith("bib_"):
        return "The bibliography"
    is_built = kind.meaning.startswith(_DOCTOR)
    return "The built site, told by bibfolio doctor" if is_built else "Profile, pages and settings"


_DOCTOR = "Doctor: "


def _warning(kind: WarningKind) -> list[str]:
    """Return the row of a kind of warning."""
    mark = " *(style)*" * (kind in STYLE_KINDS) + " *(error)*" * kind.is_error
    return [f"`bibfolio.{kind.subtype}`{mark}", capitalized(kind.meaning.removeprefix(_DOCTOR))]


def command(name: str) -> str:
    """Return the usage of a command, from its ``--help``."""
    parser = argparse.ArgumentParser(prog=f"bibfolio {name}")
    commands.module_of(name).add_arguments(parser)
    rows = []
    # Each version of Python has its own layout of --help; the content is the same.
    for action in parser._actions[1:]:  # --help is first
        value = action.metavar or ("" if action.nargs == 0 else action.dest.upper())
        value = f"{{{','.join(map(str, action.choices))}}}" if action.choices else value
        value = f"{value} …" if action.nargs in {"+", "*"} else value
        words = [action.option_strings[-1]] if action.option_strings else []
        rows.append([f"`{' '.join([*words, str(value)]).strip()}`", _typed(action.help)])
    parts = [f"{commands._COMMANDS[name]}\n", table(["argument", "what it is"], rows)]
    return "\n".join([*parts, f"{_typed(parser.epilog)}\n"] if parser.epilog else parts)


def _typed(text: str | None) -> str:
    """Return a *text* with options as code, which typography leaves alone."""
    return re.sub(r"`[^`]*`|--[\w-]*", lambda match: f"`{match[0].strip('`')}`", text or "")


TABLES: dict[str, Callable[[], str]] = {
    "fields": fields,
    "aliases": aliases,
    "other_names": other_names,
    "types": entry_types,
    "profile": profile,
    "sections": sections,
    "facts": facts,
    "directives": directives,
    "publications": publications,
    "theme_options": theme_options,
    "colours": colours,
    "settings": settings,
    "warnings": warnings,
    "languages": words.languages,
    "terms": words.terms,
    "modules": code_map.modules,
    "calls": code_map.calls,
    **{f"command_{name}": partial(command, name) for name in commands._COMMANDS},
}

# -- documents ----------------------------------------------------------------------------------


def documents() -> dict[Path, tuple[str, str]]:
    """Return document → its text now, and its text with all tables made again.

    The template of our words, its catalogues and the schema of the profile are among them.

    Raises:
        DocumentError: A table is unknown, or stands in no document.
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
    if missing := [name for name in TABLES if name not in places]:
        raise DocumentError(f"in no place of {', '.join(DOCUMENTS)}: {', '.join(missing)}")
    made = {words.TEMPLATE: words.template, SCHEMA: profile_schema.text}
    made |= {file: partial(words.up_to_date, file) for file in words.catalogues().values()}
    for path, new in made.items():
        result[path] = (path.read_text(encoding="utf-8") if path.exists() else "", new())
    return result


def main(arguments: Sequence[str] | None = None) -> int:
    """Rewrite stale files; with ``--check``, name them and return 1."""
    parser = argparse.ArgumentParser(description="Write the tables of the documents from the code.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if one is stale")
    check = parser.parse_args(arguments).check
    stale = {path: new for path, (old, new) in documents().items() if old != new}
    for path, new in stale.items():
        if check:
            print(f"{path.relative_to(ROOT).as_posix()} is stale; run make docs")
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(new, encoding="utf-8", newline="\n")
            print(f"{path.relative_to(ROOT).as_posix()} is written again")
    for language, missing in words.untranslated().items():
        print(f"{language} has no words for: {', '.join(missing)}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
