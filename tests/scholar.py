"""An invented scholar who has everything: every table of the profile filled, and ninety papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pybtex.database import Person as Name

from benchmarks.bibliography import PERSON, bibliography
from bibfolio.sources import tex

#: Table → how many items it has.
SIZES = {"talks": 12, "service": 10, "mentoring": 8, "grants": 4, "software": 6, "news": 3}
PAPERS, PEOPLE, MEMBERS = 90, 20, 6
OWNER = "A. Sample"
KINDS = {
    "talks": "invited conference seminar tutorial panel poster lecture".split(),
    "service": "committee reviewing editorial organizing outreach department".split(),
}

CONF = """extensions = ["bibfolio"]
html_theme = "bibfolio"
html_baseurl = "https://sample.example.org/"
suppress_warnings = ["bibfolio.font"]  # some names are in their own script
"""
HEAD = """name = "A. Sample"
position = "professor of invented things"
email = "a.sample (at) example (dot) org"
interests = ["invention", "examples"]

[affiliation]
group = "Examples Group"
group_url = "https://group.example.org/"
institution = "University of Nowhere"
"""
PAGES = {
    "index.md": "# A. Sample\n\n```{profile} card\n:latest: 5\n```\n\n"
    "```{toctree}\n:hidden:\npublications\nnews\ntalks\nwork\npeople\ncv\n```\n",
    "publications.md": "# Publications\n\n```{publications}\n:group: year\n```\n\n"
    "## With\n\n```{coauthors}\n```\n",
    "news.md": "# News\n\n```{news}\n```\n",
    "talks.md": "# Talks\n\n```{talks}\n```\n",
    "work.md": "# Work\n\n"
    + "".join(
        f"## {name.title()}\n\n```{{{name}}}\n```\n\n"
        for name in ("service", "mentoring", "grants", "software")
    )
    + "## Languages\n\n```{section} languages\n```\n\n## Patents\n\n```{section} patents\n```\n",
    "people.md": "# People\n\n```{people}\n```\n",
    "cv.md": "# CV\n\n```{profile} cv\n```\n\n```{cv}\n```\n",
}


def files() -> dict[str, str]:
    """Path → text of every source of the site."""
    entries = bibliography(PAPERS)
    keys = [entry.key for entry in entries]
    return {
        "conf.py": CONF,
        "refs.bib": "\n".join(map(str, entries)),
        "profile.toml": HEAD + "\n" + "\n".join(_tables(keys, _coauthors(entries))),
        **PAGES,
    }


def bare() -> dict[str, str]:
    """The same pages of a scholar of whom only the name is known."""
    own = "".join(
        f'[[sections]]\ntitle = "{name.title()}"\nid = "{name}"\n'
        for name in ("languages", "patents")
    )
    profile = f'name = "{OWNER}"\n{own}'
    return {"conf.py": CONF, "refs.bib": "", "profile.toml": profile, **PAGES}


def items() -> dict[str, list[str]]:
    """Table → the words by which each of its items is known."""
    found = {
        name: [f"{name} item {number}." for number in range(size)] for name, size in SIZES.items()
    }
    found["languages"] = ["languages item 0.", "languages item 1."]
    found["patents"] = ["patents item 0."]
    return found


def people(entries: Iterable[object] = ()) -> list[str]:
    """Return the names of the people, most frequent first."""
    return _coauthors(entries or bibliography(PAPERS))


def _coauthors(entries: Iterable[object]) -> list[str]:
    counts = Counter(
        name
        for entry in entries
        for name in entry.fields["author"].split(" and ")  # type: ignore[attr-defined]
        if name != PERSON
    )
    return [_shown(name) for name, _count in counts.most_common(PEOPLE)]


def _shown(written: str) -> str:
    """Return a name in the order in which it is said, without TeX."""
    name = Name(written)
    given = " ".join([*name.first_names, *name.middle_names])
    family = " ".join([*name.prelast_names, *name.last_names])
    return tex.plain(f"{given} {family}")


def _tables(keys: list[str], names: list[str]) -> Iterable[str]:
    words = items()
    for number, text in enumerate(words["talks"]):
        yield f"""[[talks]]
title = "{text}"
event = "Event {number} of *Nowhere*"
date = "20{10 + number}-0{number % 9 + 1}"
place = "Town {number}"
kind = "{KINDS["talks"][number % 7]}"
paper = "{keys[number]}"
{"#" * (number % 2)}url = "https://talks.example.org/{number}"
video = "https://video.example.org/{number}"
"""
    for number, text in enumerate(words["service"]):
        yield f"""[[service]]
role = "{text}"
organization = "Body {number}"
url = "https://body.example.org/{number}"
date = "20{10 + number}/"
kind = "{KINDS["service"][number % 6]}"
"""
    for number, text in enumerate(words["mentoring"]):
        yield f"""[[mentoring]]
name = "Student {number}"
level = "M.Sc."
topic = "{text}"
date = "20{10 + number}-09/20{12 + number}-06"
with = "[Colleague {number}](https://colleague.example.org/{number})"
now = "Firm {number}"
"""
    for number, text in enumerate(words["grants"]):
        yield grant(number, text)
    for number, text in enumerate(words["software"]):
        yield f"""[[software]]
name = "Program {number}"
text = "{text}"
url = "https://program.example.org/{number}"
code = "https://code.example.org/{number}"
papers = ["{keys[number]}", "{keys[number + 6]}"]
license = "MIT"
"""
    for number, text in enumerate(words["news"]):
        yield f"""[[news]]
date = "2026-0{number + 1}"
text = "{text} With {{cite:t}}`{keys[number]}`."
"""
    yield f"""[[sections]]
title = "Languages"
id = "languages"
items = [
  {{ text = "{words["languages"][0]}", detail = "fluent" }},
  {{ text = "{words["languages"][1]}" }},
]

[[sections]]
title = "Patents"
id = "patents"
items = [{{ date = 2015, text = "{words["patents"][0]}", url = "https://patents.example.org/" }}]
"""
    for number, name in enumerate(names):
        group = ("current", "alumni")[number % 2] if number < MEMBERS else ""
        yield f"""[people."{name}"]
url = "https://people.example.org/{number}"
group = "{group}"
role = "role of {number}"
"""


def grant(number: int, title: str) -> str:
    """Return the table of one grant."""
    return f"""[[grants]]
title = "{title}"
funder = "Fund {number}"
number = "G-{number}"
amount = "{number + 1},000 crowns"
role = "principal investigator"
date = "20{10 + number}/20{12 + number}"
"""
