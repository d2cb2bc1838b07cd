"""Values → the text of ``profile.toml``, in the template of a new site."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from bibfolio.model.strings import CONTROL, INVISIBLE

_E_MAIL = re.compile(r"(?<![\w/.+-])([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)")


def quoted(text: str) -> str:
    """Return a string of TOML, which is also one of YAML."""
    # Nothing of the new site holds a plain e-mail address.
    text = _E_MAIL.sub(lambda found: f"{found[1]} (at) {found[2].replace('.', ' (dot) ')}", text)
    clean = CONTROL.sub("", text)
    return json.dumps(re.sub(f"[{INVISIBLE}]", "", clean), ensure_ascii=False)


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list | tuple):
        parts = [_value(one) for one in value]
        has_tables = any(isinstance(one, dict) for one in value)
        return (
            "[\n" + "".join(f"  {part},\n" for part in parts) + "]"
            if has_tables
            else ("[" + ", ".join(parts) + "]")
        )
    return str(value) if isinstance(value, int) else quoted(str(value))


def _lines(table: Mapping[str, Any]) -> str:
    return "".join(f"{key} = {_value(value)}\n" for key, value in table.items() if value)


def toml(name: str, value: Any) -> str:
    """Return a key of the profile with its value: a line, a table, or a list of tables."""
    if name == "people":
        return "\n".join(f"[people.{quoted(one)}]\n{_lines(its)}" for one, its in value.items())
    if isinstance(value, dict):
        return f"[{name}]\n{_lines(value)}"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "\n".join(f"[[{name}]]\n{_lines(item)}" for item in value)
    return _lines({name: value})


def profile_text(template: str, data: Mapping[str, Any]) -> str:
    """Return the profile: what there is takes the place of the template's example of it."""
    top = {key: value for key, value in data.items() if isinstance(value, str)}
    top |= {key: value for key, value in data.items() if key in {"interests", "name_variants"}}
    rest = {key: value for key, value in data.items() if key not in top}
    paragraphs, done = [], set[str]()
    for paragraph in template.rstrip("\n").split("\n\n"):
        named = re.search(r"^#? ?\[\[?(\w+)", paragraph, re.MULTILINE)
        if paragraph.startswith("name"):
            examples = [line for line in paragraph.splitlines() if line[:1] == "#"]
            kept = [line for line in examples if line.strip("# ").split()[0] not in top]
            paragraphs.append(_lines(top) + "\n".join(kept))
        elif named and named[1] in rest:
            words = re.match(r"(?:#(?! ?\[).*\n)+", paragraph)
            paragraphs.append((words[0] if words else "") + toml(named[1], rest[named[1]]).rstrip())
            done.add(named[1])
        elif not paragraph.startswith("[affiliation]"):
            paragraphs.append(paragraph)
    paragraphs += [toml(key, value).rstrip() for key, value in rest.items() if key not in done]
    return "\n\n".join(part.rstrip("\n") for part in paragraphs) + "\n"
