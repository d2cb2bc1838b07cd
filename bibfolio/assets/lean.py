"""Stylesheets reduced to what the built pages can use. Pure: texts in, text out.

A rule stays if each class, identifier and element of its selector occurs somewhere: on a built
page, or as a word in a script that may add it. Conditions that users bring about (``:hover``,
``[open]``, ``:focus``, modes, print) are not looked at, so what they style stays; nor is what
stands inside a rule that stays. A word that occurs for another reason keeps a rule too many, never
one too few, and an at-rule that is not understood stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import tinycss2

from bibfolio.assets.css import compact, compact_selector, identifiers, spelt, split
from bibfolio.assets.used import Used, matches

#: At-rules that hold rules to choose from.
_NESTING = frozenset({"media", "supports", "layer", "container", "starting-style"})
#: What says nothing within a page; and fonts, which its policy does not allow.
_WITHOUT_EFFECT = frozenset({"charset", "font-face"})


@dataclass(frozen=True)
class _Part:
    """Something that stays as it is; ``names`` are those it refers to."""

    text: str
    names: frozenset[str]


@dataclass(frozen=True)
class _Declaration(_Part):
    """A value for the property ``name``."""

    name: str


@dataclass(frozen=True)
class _Resource(_Part):
    """An animation or a variable called ``name``, of use only to who names it."""

    name: str


@dataclass(frozen=True)
class _Rule:
    """What stands before the brace, what it refers to, and what is inside."""

    opening: str
    names: frozenset[str]
    parts: Sequence[_Part | _Rule]


def reduce(sheet: str, used: Used) -> str:
    """*sheet* without the rules, variables and animations that nothing uses, minified."""
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    parts = list(_select(rules, used))
    variables = _needed_variables(parts, used)
    parts = _with_variables(parts, variables)
    others = [part for part in parts if not isinstance(part, _Resource)]
    names = variables.union(*map(_names, others))
    kept = [part for part in parts if not isinstance(part, _Resource) or part.name in names]
    return "".join(map(_text, kept))


def _select(rules: Iterable[Any], used: Used) -> Iterator[_Part | _Rule]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [s for s in split(rule.prelude) if matches(s, used)]
            parts = list(_contents(rule.content))
            if any(type(part) is _Part and ":not(" in part.text for part in parts):
                selectors = split(rule.prelude)  # ``.gone{.here:not(&){…}}`` is about .here
            if selectors and parts:
                opening = ",".join(map(compact_selector, selectors))
                yield _Rule(opening, frozenset(), parts)
        elif _holds_rules(rule):
            inner = tinycss2.parse_rule_list(rule.content, True, True)
            names = frozenset(identifiers(rule.prelude))
            yield _Rule(_opening(rule), names, list(_select(inner, used)))
        elif rule.type == "at-rule" and rule.lower_at_keyword not in _WITHOUT_EFFECT:
            yield _as_it_is(rule)


def _holds_rules(rule: Any) -> bool:
    return rule.type == "at-rule" and rule.lower_at_keyword in _NESTING and rule.content is not None


def _contents(content: Sequence[Any]) -> Iterator[_Part]:
    """What is inside a rule: declarations, and rules that stay as they are."""
    for item in tinycss2.parse_blocks_contents(content, True, True):
        if item.type == "declaration":
            value = compact(item.value) or " " * item.name.startswith("--")
            text = f"{spelt(item.name)}:{value}" + "!important" * item.important
            yield _Declaration(text, frozenset(identifiers(item.value)), item.name)
        elif item.type != "error":
            yield _as_it_is(item)


def _opening(rule: Any) -> str:
    prelude = compact_selector(rule.prelude)
    if rule.type == "qualified-rule":
        return prelude
    return f"@{rule.at_keyword} {prelude}".rstrip()


def _as_it_is(rule: Any) -> _Part:
    names = frozenset(identifiers([*rule.prelude, *(rule.content or ())]))
    if rule.content is None:
        return _Part(f"{_opening(rule)};", names)
    text = f"{_opening(rule)}{{{compact(rule.content)}}}"
    keyword = getattr(rule, "lower_at_keyword", "")
    if keyword == "property" or keyword.endswith("keyframes"):
        names = frozenset(identifiers(rule.content))
        return _Resource(text, names, next(identifiers(rule.prelude), ""))
    return _Part(text, names)


def _text(part: _Part | _Rule) -> str:
    if isinstance(part, _Part):
        return part.text
    *others, last = part.parts or [_Part("", frozenset())]
    inside = "".join(_text(one) + ";" * isinstance(one, _Declaration) for one in others)
    if inside := inside + _text(last):
        return f"{part.opening}{{{inside}}}"
    # Layers count in the order in which they are first named.
    return f"{part.opening};" if part.opening.startswith("@layer ") else ""


def _names(part: _Part | _Rule) -> frozenset[str]:
    if isinstance(part, _Part):
        return part.names
    return part.names.union(*map(_names, part.parts))


def _needed_variables(parts: Iterable[_Part | _Rule], used: Used) -> set[str]:
    """Variables that something refers to: a value, directly or through another; or a script."""
    definitions: dict[str, set[str]] = {}
    needed = {name for name in used.words if name.startswith("--")}
    for part in _leaves(parts):
        if isinstance(part, _Declaration) and part.name.startswith("--"):
            definitions.setdefault(part.name, set()).update(part.names)
        else:
            needed |= part.names
    queue = [name for name in needed if name.startswith("--")]
    needed.intersection_update(queue)
    while queue:
        new = definitions.get(queue.pop(), set()) - needed
        needed |= new
        queue += new
    return needed


def _leaves(parts: Iterable[_Part | _Rule]) -> Iterator[_Part]:
    for part in parts:
        if isinstance(part, _Part):
            yield part
        else:
            yield _Part("", part.names)
            yield from _leaves(part.parts)


def _with_variables(parts: Iterable[_Part | _Rule], needed: set[str]) -> list[_Part | _Rule]:
    """Without declarations of other variables."""
    kept: list[_Part | _Rule] = []
    for part in parts:
        if isinstance(part, _Rule):
            kept.append(_Rule(part.opening, part.names, _with_variables(part.parts, needed)))
        elif not isinstance(part, _Declaration) or part.name in needed or part.name[:2] != "--":
            kept.append(part)
    return kept
