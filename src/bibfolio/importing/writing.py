"""Writes the new site: the files of ``bibfolio new``, filled, and a report. No other is touched."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bibfolio.importing.addresses import Addresses
from bibfolio.importing.plan import HOMELESS, LEFT, Plan
from bibfolio.importing.source import OldSite
from bibfolio.model.strings import CONTROL, INVISIBLE

REPORT, REDIRECTS = "IMPORTED.md", "redirects.txt"
#: Holds the files that stay at their path: Sphinx copies what is in it to the top of the site.
KEPT = "old"
_E_MAIL = re.compile(r"(?<![\w/.+-])([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)")
#: Renders the files of a new site, as `bibfolio new` does.
Render = Callable[..., dict[str, str]]

# -- values of other formats --------------------------------------------------------------------


def _quoted(text: str) -> str:
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
    return str(value) if isinstance(value, int) else _quoted(str(value))


def _lines(table: Mapping[str, Any]) -> str:
    return "".join(f"{key} = {_value(value)}\n" for key, value in table.items() if value)


def toml(name: str, value: Any) -> str:
    """Return a key of the profile with its value: a line, a table, or a list of tables."""
    if name == "people":
        return "\n".join(f"[people.{_quoted(one)}]\n{_lines(its)}" for one, its in value.items())
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


def _in_markdown(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>{}|$])", r"\\\1", " ".join(CONTROL.sub(" ", text).split()))


def _page(title: str, description: str, body: str, *, orphan: bool) -> str:
    head = "orphan: true\n" if orphan else ""
    head += f"myst:\n  html_meta:\n    description: {_quoted(description)}\n" if description else ""
    front = f"---\n{head}---\n\n" if head else ""
    return f"{front}# {_in_markdown(title)}\n\n{body}".rstrip("\n") + "\n"


def redirects_text(redirects: Mapping[str, str]) -> str:
    """Return the file that ``rediraffe_redirects`` names."""
    lines = "".join(f'"{old}" "{new}"\n' for old, new in sorted(redirects.items()))
    return f"# Old addresses, and the pages to which they lead.\n{lines}"


# -- the site -----------------------------------------------------------------------------------


def site_files(plan: Plan, addresses: Addresses, render: Render) -> dict[str, str]:
    """Return the text of each file of the new site, but for the report."""
    name = plan.name or "Your Name"
    files = render(name, plan.institution, url=plan.url)
    files["profile.toml"] = profile_text(files["profile.toml"], {"name": name, **plan.profile})
    files["refs.bib"] = plan.bib or files["refs.bib"].split("\n\n")[0] + "\n"
    listed = {page for page in plan.navigation if page in plan.pages}
    for page, text in plan.pages.items():
        if page != "index":
            about = plan.descriptions.get(page, "")
            is_orphan = page not in {*listed, "cv"} and not _is_listed(page, plan.pages)
            files[f"{page}.md"] = _page(plan.titles[page], about, text, orphan=is_orphan)
    files |= {f"notes/{name}.md": text for name, text in plan.notes.items()}
    files["index.md"] = _home(files["index.md"], plan)
    if redirects := addresses.redirects(plan.pages):
        files[REDIRECTS] = redirects_text(redirects)
        files["conf.py"] += (
            f'# Old addresses lead to the pages of today.\nrediraffe_redirects = "{REDIRECTS}"\n'
        )
    if plan.files:
        files["conf.py"] += (
            f'# Files that stay at the address they had.\nhtml_extra_path = ["{KEPT}"]\n'
        )
    return files


def _is_listed(page: str, pages: Mapping[str, str]) -> bool:
    return any(f"<{page}>" in text or f"</{page}>" in text for text in pages.values())


def _home(template: str, plan: Plan) -> str:
    """Return the home page: the old one's text, news, and the navigation."""
    paragraphs = template.rstrip("\n").split("\n\n")
    at = next(n for n, text in enumerate(paragraphs) if text.startswith("# ")) + 1
    paragraphs[at] = plan.pages.get("index", "").rstrip("\n")
    if plan.has_news:
        recent = next(n for n, text in enumerate(paragraphs) if text.startswith("## "))
        paragraphs[recent:recent] = ["## News", "```{news}\n:limit: 5\n:derived: none\n```"]
    pages = "".join(f"{plan.titles[page]} <{page}>\n" for page in plan.navigation)
    paragraphs[-1] = paragraphs[-1].removesuffix("```") + pages + "```"
    text = "\n\n".join(filter(None, paragraphs)) + "\n"
    if not plan.institution:
        text = text.replace(f"{plan.name}, :", f"{plan.name}:", 1)
    about = _quoted(plan.description) if plan.description else r"\g<0>"
    return re.sub(
        r'(?<=description: )".*"',
        lambda found: found.expand(about) if about[0] == "\\" else about,
        text,
        count=1,
    )


def write(target: Path, files: Mapping[str, str], kept: Mapping[str, str], site: OldSite) -> None:
    """Write the files, and copy those that are kept."""
    for place, text in files.items():
        path = target / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    for place, source in kept.items():
        path = target / KEPT / place
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(site.files[source], path)


# -- the report ---------------------------------------------------------------------------------


def report(plan: Plan, addresses: Addresses, site: OldSite, unanswered: Iterable[str]) -> str:
    """Return ``IMPORTED.md``: a table for each kind, source and line → what → where."""
    about = f"It was made with {plan.kind}. Read this once and delete it: no page is made of it."
    kinds = sorted(dict.fromkeys(row.kind for row in plan.rows), key={LEFT, HOMELESS}.__contains__)
    tables: list[tuple[str, Sequence[str], Sequence[Sequence[str]]]] = [
        (kind, ("from", "what", "where", "to look at"), [row[1:] for row in plan.told(kind)])
        for kind in kinds
    ]
    answers = [(old, *answer) for old, answer in sorted(addresses.answers.items())]
    unread = [(f"{one.file}:{one.line}", one.why) for one in site.unread]
    tables += [
        ("Addresses", ("address", "how", "where"), answers),
        ("Addresses that were not taken", ("address", "why", "from"), addresses.refused),
        ("Addresses at which nothing is", ("address",), [(one,) for one in unanswered]),
        ("Not read as it is", ("from", "why"), unread),
    ]
    parts = [f"# What became of an old site\n\n{about}"]
    parts += [_table(*table) for table in tables if table[2]]
    return "\n\n".join(parts) + "\n"


def _table(title: str, head: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    shown = ("| " + " | ".join(_in_markdown(str(cell)) for cell in row) + " |" for row in lines)
    return f"## {title}\n\n" + "\n".join(shown)
