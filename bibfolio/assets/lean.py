"""Stylesheets reduced to what the built pages can use. Pure: texts in, text out.

A rule stays if each class, identifier and element of its selector occurs somewhere: on a built
page, or as a word in a script that may add it. Conditions that users bring about (``:hover``,
``[open]``, ``:focus``, modes, print) are not looked at, so what they style stays. A word that
occurs for another reason keeps a rule too many, never one too few.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import tinycss2

_TAG = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)")
_NAMES = re.compile(r"\s(?:class|id)=\"([^\"]*)\"")
_WORD = re.compile(r"[A-Za-z_-][\w-]*")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
#: Elements every page has, or that the parser adds.
_ALWAYS = frozenset({"html", "head", "body", "*"})
_NESTING = frozenset({"media", "supports", "layer", "container"})
_ALTERNATIVES = frozenset({"is", "where", "matches", "has", "-webkit-any", "-moz-any"})


@dataclass(frozen=True)
class Used:
    """What occurs on the pages of a site."""

    tags: frozenset[str]
    words: frozenset[str]


def used_by(pages: Iterable[str], scripts: Iterable[str]) -> Used:
    """Collect from HTML *pages* (without their stylesheet) and the text of *scripts*."""
    tags: set[str] = set(_ALWAYS)
    words: set[str] = set()
    for page in pages:
        tags.update(tag.lower() for tag in _TAG.findall(page))
        for names in _NAMES.findall(page):
            words.update(names.split())
    for script in scripts:
        found = _WORD.findall(script)
        words.update(found)
        tags.update(found)
    return Used(frozenset(tags), frozenset(words))


def reduce(sheet: str, used: Used) -> str:
    """*sheet* without the rules, variables, fonts and animations that nothing uses, minified."""
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    kept = list(_select(rules, used))
    kept = _without_unused_variables(kept)
    text = "".join(rule.text() for rule in kept if not rule.keyword.startswith("@font-face"))
    return "".join(rule.text() for rule in kept if not rule.is_unused_resource(text))


@dataclass
class _Rule:
    """A rule that stays: a selector or an at-rule, with declarations or rules inside."""

    prelude: str
    declarations: list[tuple[str, str]]
    rules: list[_Rule]
    keyword: str = ""

    def text(self) -> str:
        inside = ";".join(f"{name}:{value}" for name, value in self.declarations)
        inside += "".join(rule.text() for rule in self.rules)
        return f"{self.keyword}{self.prelude}{{{inside}}}" if inside else ""

    def is_unused_resource(self, sheet: str) -> bool:
        """Whether this declares a font, an animation or a variable that *sheet* never uses."""
        if self.keyword.startswith("@property"):
            return self.prelude.strip() not in _VARIABLE.findall(sheet)
        if "keyframes" in self.keyword:
            name = re.escape(self.prelude.strip())
            return not re.search(rf"animation[a-z-]*:[^;}}]*\b{name}\b", sheet)
        if self.keyword.startswith("@font-face"):
            family = re.escape(dict(self.declarations).get("font-family", "").strip("\"'"))
            return not re.search(rf"(?:font|font-family):[^;}}]*{family}", sheet)
        return False


def _select(rules: Iterable[Any], used: Used) -> Iterator[_Rule]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [s for s in _split(rule.prelude) if _matches(s, used)]
            declarations = _declarations(rule.content)
            if selectors and declarations:
                prelude = ",".join(_minified(selector) for selector in selectors)
                yield _Rule(prelude, declarations, [])
        elif rule.type == "at-rule" and rule.content is not None:
            prelude = _minified(rule.prelude)
            keyword = f"@{rule.at_keyword}" + (" " if prelude else "")
            if rule.lower_at_keyword in _NESTING:
                inner = tinycss2.parse_rule_list(rule.content, True, True)
                if kept := list(_select(inner, used)):
                    yield _Rule(prelude, [], kept, keyword)
            elif rule.lower_at_keyword.endswith("keyframes"):
                inner = tinycss2.parse_rule_list(rule.content, True, True)
                steps = [_Rule(_minified(r.prelude), _declarations(r.content), []) for r in inner]
                yield _Rule(prelude, [], steps, keyword)
            else:
                yield _Rule(prelude, _declarations(rule.content), [], keyword)


def _split(prelude: Sequence[Any]) -> list[list[Any]]:
    """A selector list at its commas."""
    selectors: list[list[Any]] = [[]]
    for token in prelude:
        if token == ",":
            selectors.append([])
        else:
            selectors[-1].append(token)
    return selectors


def _matches(selector: Sequence[Any], used: Used) -> bool:
    """Whether everything that the selector requires occurs."""
    previous = ""
    for token in selector:
        if not _occurs(token, previous, used):
            return False
        previous = token.value if token.type == "literal" else ""
    return True


def _occurs(token: Any, previous: str, used: Used) -> bool:
    """Whether one part of a selector, behind the sign *previous*, is met somewhere."""
    if token.type == "hash" or (token.type == "ident" and previous == "."):
        return token.value in used.words
    if token.type == "ident":
        return previous == ":" or token.lower_value in used.tags
    if token.type == "function" and token.lower_name in _ALTERNATIVES:
        return any(_matches(choice, used) for choice in _split(token.arguments))
    return True


def _declarations(content: Sequence[Any]) -> list[tuple[str, str]]:
    found = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return [
        (d.name, _minified(d.value) + ("!important" if d.important else ""))
        for d in found
        if d.type == "declaration"
    ]


def _minified(tokens: Sequence[Any]) -> str:
    text = re.sub(r"/\*.*?\*/", "", tinycss2.serialize(tokens), flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text).strip()
    return re.sub(r"\s*([,>{}])\s*", r"\1", text)


def _without_unused_variables(rules: list[_Rule]) -> list[_Rule]:
    """Drop custom properties that no value refers to, directly or through another one."""
    definitions: dict[str, list[str]] = {}
    needed: set[str] = set()
    for name, value in _all_declarations(rules):
        if name.startswith("--"):
            definitions.setdefault(name, []).append(value)
        else:
            needed.update(_VARIABLE.findall(value))
    queue = list(needed)
    while queue:
        for value in definitions.get(queue.pop(), []):
            for name in set(_VARIABLE.findall(value)) - needed:
                needed.add(name)
                queue.append(name)
    return _with_variables(rules, needed)


def _with_variables(rules: list[_Rule], needed: set[str]) -> list[_Rule]:
    result = []
    for rule in rules:
        declarations = [d for d in rule.declarations if not d[0].startswith("--") or d[0] in needed]
        inner = _with_variables(rule.rules, needed)
        if declarations or inner:
            result.append(_Rule(rule.prelude, declarations, inner, rule.keyword))
    return result


def _all_declarations(rules: Iterable[_Rule]) -> Iterator[tuple[str, str]]:
    for rule in rules:
        yield from rule.declarations
        yield from _all_declarations(rule.rules)
