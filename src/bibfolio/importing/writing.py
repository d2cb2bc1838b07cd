"""Writes the new site: the files of ``bibfolio new``, filled, and a report. No other is touched."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from bibfolio.importing.addresses import Addresses
from bibfolio.importing.plan import HOMELESS, LEFT, Plan, Row
from bibfolio.importing.source import GENERATORS, OldSite
from bibfolio.model.strings import CONTROL
from bibfolio.sources.profile_writer import profile_text, quoted

_HEAD = ("from", "what", "where")
#: So many lines with the same to do stand for themselves.
_FEW = 3
#: Files of which lines are told.
_TEXTS = (".md", ".markdown", ".html", ".yml", ".yaml", ".toml", ".json", ".bib")
REPORT, REDIRECTS = "IMPORTED.md", "redirects.txt"
#: The heading above old addresses at which nothing is now.
_LOST = "Addresses that lead nowhere"
#: Holds the files that stay at their path: Sphinx copies what is in it to the top of the site.
KEPT = "old"
#: Renders the files of a new site, as `bibfolio new` does.
Render = Callable[..., dict[str, str]]

# -- pages --------------------------------------------------------------------------------------


def _in_markdown(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>{}|$])", r"\\\1", " ".join(CONTROL.sub(" ", text).split()))


def _page(title: str, description: str, body: str, *, orphan: bool) -> str:
    head = "orphan: true\n" if orphan else ""
    head += f"myst:\n  html_meta:\n    description: {quoted(description)}\n" if description else ""
    front = f"---\n{head}---\n\n" if head else ""
    return f"{front}# {_in_markdown(title)}\n\n{body}".rstrip("\n") + "\n"


def redirects_text(redirects: Mapping[str, str]) -> str:
    """Return the file that ``rediraffe_redirects`` names."""
    lines = "".join(f'"{old}" "{new}"\n' for old, new in sorted(redirects.items()))
    return f"# On each line, an old address and the page to which it leads.\n{lines}"


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
            f'# Old addresses lead to pages of today.\nrediraffe_redirects = "{REDIRECTS}"\n'
        )
        told = f"| `{REDIRECTS}` | old addresses, and the pages to which they lead |\n"
        files["README.md"] = _told(files["README.md"], told)
    if plan.files:
        told = f"| `{KEPT}/` | files that keep the addresses they had |\n"
        files["README.md"] = _told(files["README.md"], told)
        files["conf.py"] += (
            f'# These files keep the addresses that they had.\nhtml_extra_path = ["{KEPT}"]\n'
        )
    return files


def _told(readme: str, row: str) -> str:
    """Return the README with one more row in its table of files."""
    return re.sub(
        r"^\| `conf\.py` \|.*\n", lambda found: found[0] + row, readme, flags=re.MULTILINE
    )


def _is_listed(page: str, pages: Mapping[str, str]) -> bool:
    return any(f"<{page}>" in text or f"</{page}>" in text for text in pages.values())


def _home(template: str, plan: Plan) -> str:
    """Return the home page: the old one's text, news, and the navigation."""
    paragraphs = template.rstrip("\n").split("\n\n")
    at = next(n for n, text in enumerate(paragraphs) if text.startswith("# ")) + 1
    recent = next(n for n, text in enumerate(paragraphs) if text.startswith("## ")) + 1
    lead, more = _lead(plan.pages.get("index", "").strip("\n"))
    # The card with picture and accounts stands behind the lead, above all headings.
    paragraphs[at : at + 2] = [lead, paragraphs[at + 1], more]
    if plan.has_selected:
        chosen = '```{publications}\n:filter: keywords % "selected"\n```'
        paragraphs[recent : recent + 2] = ["## Selected papers", chosen]
    if plan.has_news:
        paragraphs[recent:recent] = ["## News", "```{news}\n:limit: 5\n:derived: none\n```"]
    pages = "".join(f"{plan.titles[page]} <{page}>\n" for page in plan.navigation)
    paragraphs[-1] = paragraphs[-1].removesuffix("```") + pages + "```"
    text = "\n\n".join(filter(None, paragraphs)) + "\n"
    if not plan.institution:
        text = text.replace(f"{plan.name}, :", f"{plan.name}:", 1)
    if not plan.description:
        return text
    about = quoted(plan.description)
    return re.sub(r'(?<=description: )".*"', lambda _found: about, text, count=1)


def _lead(text: str) -> tuple[str, str]:
    """Return what stands above the first heading of a page, and the rest."""
    heading = re.search(r"^#+ ", text, re.MULTILINE)
    at = heading.start() if heading else len(text)
    is_code = text[:at].count("```") % 2
    return (text, "") if is_code else (text[:at].rstrip("\n"), text[at:])


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
    """Return ``IMPORTED.md``: what is to do, and a table for each kind, source → what → where."""
    about = (
        f"This site comes from one that was made with {GENERATORS[plan.kind]}. The tables say where"
        " each thing came from, and where it is now. Delete this file when you are done: the site"
        " does not show it."
    )
    kinds = sorted(dict.fromkeys(row.kind for row in plan.rows), key={LEFT, HOMELESS}.__contains__)
    tables: list[tuple[str, Sequence[str], Sequence[Sequence[str]]]] = [
        (kind, _HEAD, [_placed(row, site)[:3] for row in plan.told(kind)]) for kind in kinds
    ]
    unanswered = [*unanswered]
    left = [*to_do(plan, site, len(unanswered))]
    answers = [(old, *answer) for old, answer in sorted(addresses.answers.items())]
    unread = [(f"{one.file}:{one.line}", one.why) for one in site.unread]
    tables += [
        ("Addresses", ("address", "how", "where"), answers),
        ("Addresses that were left out", ("address", "why", "from"), addresses.refused),
        (_LOST, ("address",), [(one,) for one in unanswered]),
        ("Not read as it is", ("from", "why"), unread),
    ]
    tables.insert(0, ("To do", ("to do", "what", "where", "from"), left))
    parts = [f"# What became of the old site\n\n{about}"]
    parts += [_table(*table) for table in tables if table[2]]
    return "\n\n".join(parts) + "\n"


def to_do(plan: Plan, site: OldSite, lost: int) -> Iterator[Sequence[str]]:
    """Yield what is left to do; what many things of a kind have in common stands once."""
    same: dict[tuple[str, str], list[Row]] = {}
    for row in plan.rows:
        same.setdefault((row.kind, row.look), []).append(row)
    for (kind, look), rows in same.items():
        if look and len(rows) > _FEW:
            yield look, f"{len(rows)} lines below {kind}", rows[0].where.partition(",")[0], ""
        elif look:
            yield from ((look, *_placed(row, site)[1:3], _placed(row, site)[0]) for row in rows)
    if lost:
        yield "redirect those that people still use", f"{lost} lines below {_LOST}", REDIRECTS, ""


def _placed(row: Row, site: OldSite) -> Sequence[str]:
    """Return what is told of a datum, with the line of its file in which it is first named."""
    if row.source not in site.files or not row.source.endswith(_TEXTS):
        return row[1:]
    text = site.text(row.source).casefold()
    head = text.partition("\n---")[0] if text.startswith("---") else text
    lines = [line.partition("#")[0] for line in head.splitlines()]
    # The key of somebody is the family name.
    words = (row.what.casefold(), row.what.casefold().rpartition(" ")[2])
    said = (number for word in words for number, line in enumerate(lines, 1) if word in line)
    return (f"{row.source}:{next(said, 1)}", *row[2:])


def _table(title: str, head: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    shown = ("| " + " | ".join(_in_markdown(str(cell)) for cell in row) + " |" for row in lines)
    return f"## {title}\n\n" + "\n".join(shown)
