"""Makes the JSON Schema by which editors complete and check ``profile.toml``.

It is draft 4, the latest that Taplo (which is behind Even Better TOML) supports in full; there
2024.0 is no whole number, as for the reader. The schema has the rules of the reader, except what no
schema can say, such as which papers there are.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from typing import Any

from sphinx.pycode import ModuleAnalyzer

from bibfolio.model import DateRange, PartialDate, Profile
from bibfolio.model.profile import NETWORKS, CvVariant, Topic
from bibfolio.model.sentence import Link, PaperName, Sentence
from bibfolio.model.strings import CONTROL
from bibfolio.model.tables import CV_SECTIONS
from bibfolio.sources.identifiers import ROR
from bibfolio.sources.profile_toml import (
    ADDRESS,
    COUNTS,
    E_MAIL,
    FIRST_YEAR,
    LAST_YEAR,
    SECTION,
    VARIANT,
)
from tools.markdown import summary

Schema = dict[str, Any]

#: A date from the first to the last year; tests compare it with the reader.
_DAY = (
    "(?:(?:19|20)[0-9]{2}|2100)(?:-(?:0?[1-9]|1[0-2])"
    "(?:-(?:0?[1-9]|[12][0-9]|3[01])(?:[T ][0-9]{2}:[^/]*)?)?)?"
)
_YEAR = {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
#: Definitions that several keys share. Draft 4 ignores what is beside a ``$ref``: more about a key
#: needs ``allOf``.
_TEXT: Schema = {
    "type": "string",
    # Not every engine supports lookbehind.
    "not": {"pattern": f"{CONTROL.pattern}|{E_MAIL.pattern.partition(')')[2]}"},
}
_ADDRESS = r"^[hH][tT][tT][pP][sS]?://[^/?#@:\s\\][^/?#@\s\\]*(?:[/?#][^\s\\]*)?$"
#: A path in the site, which may end in a place on the page.
_PATH = r"^/(?!(?:[^#]*/)?\.\.(?:[/#]|$))(?:[^/\\:?#\s][^\\:?#\s]*)?(?:#|$)"
_SHARED: dict[str, Schema] = {
    "text": _TEXT,
    #: In sites of several languages, a text in each, by its folder or tag.
    "words": {
        "anyOf": [_TEXT, {"type": "object", "additionalProperties": _TEXT, "minProperties": 1}]
    },
    "address": {"type": "string", "pattern": _ADDRESS},
    "link": {"type": "string", "pattern": f"{_ADDRESS}|{_PATH}"},
    "date": {"anyOf": [_YEAR, {"type": "string", "pattern": rf"^\s*{_DAY}\s*$"}]},
    "range": {
        "anyOf": [_YEAR, {"type": "string", "pattern": rf"^\s*{_DAY}\s*(?:/\s*(?:{_DAY})?\s*)?$"}]
    },
}

#: Type in the model → name of its definition.
_NAMES = {Sentence: "words", PaperName: "text", Link: "link"}
_NAMES |= {PartialDate: "date", DateRange: "range"}
_COUNT: Schema = {"type": "integer", "minimum": 1}
#: Types that need none.
_PLAIN: dict[Any, Schema] = {int: _YEAR, bool: {"type": "boolean"}}


def schema() -> Schema:
    """Return the schema; a file in ``profile/`` has the same one."""
    definitions = dict(_SHARED)
    top = _table(Profile, definitions)
    return {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "title": "profile.toml of bibfolio",
        **top,
        "definitions": definitions,
    }


def text() -> str:
    """Return the text of the schema."""
    return json.dumps(schema(), indent=1, ensure_ascii=True) + "\n"


def _table(cls: type, definitions: dict[str, Schema], without: str = "") -> Schema:
    """Return the schema of a table with the fields of *cls* as keys, but for one."""
    hints = typing.get_type_hints(cls)
    docs = ModuleAnalyzer.for_module(cls.__module__).find_attr_docs()
    names = [base.__name__ for base in cls.__mro__]
    keys: dict[str, Schema] = {}
    needed = []
    for item in dataclasses.fields(cls):
        if item.name == without:
            continue
        # A key that Python reserves, such as with, is a field with an underscore: with_.
        key = item.name.rstrip("_")
        is_needed = item.default is item.default_factory is dataclasses.MISSING
        needed += [key] if is_needed else []
        name = "variant" if (cls, key) == (CvVariant, "id") else key
        keys[key] = _value(name, hints[item.name], definitions)
        more: Schema = {}
        found = [docs[name, item.name] for name in names if (name, item.name) in docs]
        if remark := summary(" ".join(next(iter(found), []))):
            more["description"] = remark
        if isinstance(item.default, str) and item.default:
            more["default"] = item.default
        if is_needed and keys[key] in (_of("text"), _of("words")):
            more["pattern"] = r"\S"
        keys[key] = _with(keys[key], **more) if more else keys[key]
    table: Schema = {"type": "object", "description": summary(cls.__doc__)}
    table |= {"properties": keys, "additionalProperties": False}
    return {**table, "required": needed} if needed else table


def _value(key: str, hint: Any, definitions: dict[str, Schema]) -> Schema:
    """Return the schema of a *key* with the annotation *hint*."""
    if typing.get_origin(hint) in {types.UnionType, typing.Union}:
        (hint,) = [arg for arg in typing.get_args(hint) if arg is not types.NoneType]
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint in _NAMES:
        return _of(_NAMES[hint])
    if origin is typing.Literal:
        is_text = all(isinstance(word, str) for word in arguments)
        return {**({"type": "string"} if is_text else {}), "enum": list(arguments)}
    if origin is tuple and key == "sections" and arguments[0] is str:
        names = [{"enum": list(CV_SECTIONS)}, {"pattern": f"^{SECTION.pattern}$"}]
        return {"type": "array", "items": {"type": "string", "anyOf": names}}
    if origin is tuple:
        return {"type": "array", "items": _value("", arguments[0], definitions)}
    if hint == dict[str, str]:  # by section of the CV
        keys = {name: _with(_of("text"), default=text) for name, text in CV_SECTIONS.items()}
        return {"type": "object", "properties": keys, "additionalProperties": False}
    if origin is dict:
        name = rf"^(?!.*{CONTROL.pattern}).*\S"
        table = _table(arguments[1], definitions, without="name")
        return {"type": "object", "patternProperties": {name: table}, "additionalProperties": False}
    if dataclasses.is_dataclass(hint):
        name = typing.cast(type, hint).__name__
        if name not in definitions:
            definitions[name] = _table(typing.cast(type, hint), definitions)
        # A topic may be its name alone.
        return {"anyOf": [_of("text"), _of(name)]} if hint is Topic else _of(name)
    return dict(_COUNT if key in COUNTS else _PLAIN[hint]) if hint in _PLAIN else _of_name(key)


def _of_name(key: str) -> Schema:
    """Return the schema of a text called *key*."""
    if key in NETWORKS and not ADDRESS.fullmatch(key):
        return {"type": "string", "pattern": f"^(?:{NETWORKS[key][2]})$"}
    if ADDRESS.fullmatch(key):
        return _of("address")
    if key == "ror":
        return {"type": "string", "pattern": f"^(?:{ROR})?$"}
    if key == "slides":
        return {"anyOf": [_of("address"), {"allOf": [_of("text")], "not": {"pattern": ":"}}]}
    if key == "email":
        return _with(_of("text"), pattern="^[^@]*$")
    if key == "papers":
        return {"anyOf": [{"enum": ["all", "selected"]}, _with(_of("text"), pattern=r"\W")]}
    if key == "variant":
        return {"type": "string", "pattern": f"^{VARIANT.pattern}$"}
    if key == "id":
        pattern = f"^{SECTION.pattern}$"
        return {"type": "string", "pattern": pattern, "not": {"enum": list(CV_SECTIONS)}}
    return _with(_of("words"), pattern=r"\S") if key == "name" else _of("words")


def _of(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _with(schema: Schema, **more: Any) -> Schema:
    return {**more, "allOf": [schema]} if "$ref" in schema else {**more, **schema}
