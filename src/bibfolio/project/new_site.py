"""The files of a new site, made of their templates, for the commands that begin one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from bibfolio.model.strings import without_empty
from bibfolio.model.trees import Tree
from bibfolio.model.words import _
from bibfolio.sources.profile_toml import SCHEMA

#: The files of a new site, each with ``.in`` behind its name.
_TEMPLATE = Path(__file__).parent / "template"
#: Those of them that a further language has as well.
_PAGES = ("index.md", "publications.md", "cv.md")


def render(
    name: str,
    institution: str,
    orcid: str = "",
    url: str = "",
    package: str = "",
    *,
    languages: Sequence[Tree] = (Tree("en"),),
    speak: Callable[[str], object] = str,
) -> dict[str, str]:
    """Return the files of a new site, the first of its languages spoken: path → text.

    Args:
        name: Whose site it is.
        institution: Where that person works.
        orcid: ORCID iD of that person.
        url: Address of the site.
        package: What servers install.
        languages: Those of the site, the default first.
        speak: Speaks a further language, by its tag.
    """
    values = {
        "name": name,
        "institution": institution,
        "languages": _assigned([tree.tag for tree in languages]),
        "requirement": package or "# bibfolio @ git+https://github.com/OWNER/bibfolio",
        **_said(name, institution),
    }
    # The suffix keeps tools from taking a template for the file that it becomes; files without it
    # are copied.
    site = {SCHEMA.name: SCHEMA.read_text(encoding="utf-8")}
    for path in sorted(path for path in _TEMPLATE.rglob("*") if path.is_file()):
        text, place = path.read_text(encoding="utf-8"), path.relative_to(_TEMPLATE).as_posix()
        is_filled = path.suffix == ".in"
        site[place.removesuffix(".in")] = _filled(text, values) if is_filled else text
    for tree in languages[1:]:
        speak(tree.tag)
        said = values | _said(name, institution)
        for page in _PAGES:
            text = (_TEMPLATE / f"{page}.in").read_text(encoding="utf-8")
            site[tree.page(page)] = _filled(text, said)
    links = without_empty({"website": url, "orcid": orcid})
    return site | {"profile.toml": _with_links(site["profile.toml"], links)}


def _assigned(tags: list[str]) -> str:
    """Return the line of ``conf.py`` that says the languages."""
    if len(tags) > 1:
        return f"bibfolio_languages = {json.dumps(tags)}"
    return f"language = {json.dumps(tags[0])}"


def _said(name: str, institution: str) -> dict[str, str]:
    """Return what the pages and the example say."""
    return {
        "about": _(
            "{name}, {institution}: publications and curriculum vitae.",
            name=name,
            institution=institution,
        ),
        "work_at": _("I work at {institution}.", institution="{profile}`institution`"),
        "recent": _("Recent papers"),
        "work": _("Work"),
        "papers": _("Publications"),
        "papers_about": _("Papers of {name}, newest first.", name=name),
        "cv": _("Curriculum vitae"),
        "cv_in_short": _("CV"),
        "cv_about": _("Curriculum vitae of {name}.", name=name),
        "home": _("Home"),
        "not_found": _("Page not found"),
        "no_page": _(
            "There is no page at this address; it may have moved, or the link may contain a typing"
            " error."
        ),
        "search_or": _("Search for it, or begin with one of these:"),
        "title": _("An Example of a Paper, to Be Replaced"),
        "authors": _("Example, Eva and Placeholder, Paul"),
        "journal": _("Journal of Examples"),
        "annotation": _("One or two sentences that say what the paper found."),
    }


def _with_links(profile: str, links: Mapping[str, str]) -> str:
    """Put *links* into the table ``[links]``, in place of the examples in comments."""
    if not links:
        return profile
    before, head, rest = re.split(r"(?m)^(?:# *)?(\[links\]\n)", profile, maxsplit=1)
    examples, blank, after = rest.partition("\n\n")
    for key in links:
        examples = re.sub(rf"(?m)^# *{key} *=.*\n?", "", examples, count=1)
    lines = "".join(f"{key:<7} = {_ESCAPES['toml'](value)}\n" for key, value in links.items())
    return before + head + lines + examples + blank + after


#: Context → function that escapes a value there. Strings of TOML and double-quoted ones of YAML are
#: written as in JSON.
_ESCAPES: dict[str, Callable[[str], str]] = {
    "toml": partial(json.dumps, ensure_ascii=False),
    "yaml": partial(json.dumps, ensure_ascii=False),
    "markdown": partial(re.sub, r"([!-/:-@\[-`{-~])", r"\\\1"),
    "text": str,
}


def _filled(template: str, values: Mapping[str, str]) -> str:
    """Replace ``{{NAME:CONTEXT}}`` by *values*."""
    return re.sub(
        r"\{\{(\w+):(\w+)\}\}", lambda found: _ESCAPES[found[2]](values[found[1]]), template
    )
