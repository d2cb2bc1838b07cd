"""Papers and problems as short as a test wants them."""

from __future__ import annotations

from dataclasses import fields as fields_of
from dataclasses import is_dataclass
from typing import Any

from docutils import nodes

from bibfolio.model import (
    Advisor,
    Affiliation,
    Author,
    Award,
    Course,
    DateRange,
    Degree,
    Link,
    Links,
    Paper,
    PartialDate,
    Position,
    Profile,
    RichText,
    Venue,
)
from bibfolio.model.identifiers import Identifier
from bibfolio.model.topics import with_topics
from bibfolio.problems import Problem
from bibfolio.sources.bib_parser import read_entries
from bibfolio.sources.bibliography import Bibliography, parse_bibliography

NUMBERS = ("doi", "eprint", "pmid", "pmcid", "isbn", "issn")
OWNER = frozenset({"Chip Jay"})

#: A person of whom little is known, and one of whom everything is.
BARE = Profile("Jane Doe", Affiliation("UoX"))
FULL = Profile(
    name="Jane Doe",
    affiliation=Affiliation("UoX", "School of CS", "Systems", "https://group.example/"),
    position="second-year student",
    email="jane (at) example (dot) org",
    location="Oslo",
    interests=("waiting", "queues"),
    focus="the long run",
    advisor=Advisor("Edgar Poe", "https://poe.example/", "Prof."),
    links=Links(website="https://jane.example/", github="jane", mastodon="https://a.b/@c"),
    education=(Degree("B.S. in lines", "UoX", "EECS", PartialDate(2019), PartialDate(2023, 7)),),
    positions=(
        Position("Intern", "Slow", PartialDate(2023, 7)),
        Position(
            "Intern",
            "Late",
            PartialDate(2022, 3),
            PartialDate(2022, 8),
            (Advisor("A", "https://a.example/", "Dr."), Advisor("B"), Advisor("C")),
        ),
    ),
    teaching=(Course("OS", "TA", "2024 Spring", "UoX"),),
    awards=(Award("Merit", 2024, note="2/56"), Award("Prize", 2023, "UoX")),
)


def paper(key: str = "k", date: str = "", title: str = "A Title", **values: Any) -> Paper:
    """A paper; *date* as in biblatex, everything else as the class names it."""
    values.setdefault("type", "misc")
    # Numbers by the names of their fields, as an entry has them.
    kinds = {"pmid": "pubmed", "pmcid": "pmc", "eprint": values.setdefault("eprint_type", "arxiv")}
    numbers = {kinds.get(name, name): values.pop(name) for name in NUMBERS if name in values}
    values["identifiers"] = tuple(Identifier(kind, value) for kind, value in numbers.items())
    when = PartialDate.parse(date) if date else None
    return Paper(key=key, slug=key, title=RichText.from_plain(title), date=when, **values)


def first(text: str, **options: Any) -> Paper:
    """The first paper of a bibliography written as *text*, with its keywords as topics."""
    return with_topics(parse_bibliography(text, OWNER, **options).papers[:1], None)[0]


def field(source: str, type_: str = "misc") -> tuple[Paper, list[tuple[str, int, str]]]:
    """The paper of an entry with a title and the fields *source*, and what was reported."""
    result = parse_bibliography(f"@{type_}{{k, title = {{A Title}}, {source}}}", OWNER)
    return result.papers[0], told(result)


#: What :func:`facts` tells of a paper, as far as an entry with a title alone has not the same.
FACTS = (
    "type kind title short_title authors et_al editors more_editors translators holders legend date"
    " date_end venue booktitle volume number pages eid chapter series edition version address"
    " publisher organization type_note language language_note identifiers eprint_type"
    " eprint_class archive url accessed note status status_label badge award summary abstract"
    " keywords selected links"
).split()


def facts(fields: str) -> list[str]:
    """Facts and problems of an entry `@type fields`, which is a @misc unless it says otherwise."""
    type_, _, rest = fields[1:].partition(" ") if fields[:1] == "@" else ("misc", "", fields)
    paper, problems = field(rest, type_)
    bare = field("")[0]
    found = [(name, getattr(paper, name)) for name in FACTS]
    shown = [f"{name}: {short(fact)}" for name, fact in found if fact != getattr(bare, name)]
    return shown + [f"{kind}, line {line}: {message}" for kind, line, message in problems]


def short(fact: object) -> str:
    """A fact in one line; of a record, what is not as it is by default."""
    if isinstance(fact, PartialDate):
        return fact.iso
    if isinstance(fact, DateRange):
        return f"{fact.start.iso}/{fact.end.iso if fact.end else ''}"
    if isinstance(fact, RichText):
        return fact.plain
    if isinstance(fact, tuple):
        return "; ".join(map(short, fact))
    if not is_dataclass(fact):
        return str(fact)
    parts = [(part, getattr(fact, part.name)) for part in fields_of(fact)]
    return ", ".join(
        str(part.name) if value is True else f"{part.name} {short(value)}"
        for part, value in parts
        if value != part.default
    )


def told(problems: Bibliography | list[Problem]) -> list[tuple[str, int, str]]:
    """Kind, line and message of every problem, in order."""
    if isinstance(problems, Bibliography):
        problems = problems.problems
    return [(problem.kind.subtype, problem.line, problem.message) for problem in problems]


def read(text: str) -> tuple[dict[str, dict[str, str]], list[tuple[str, int, str]]]:
    """What `read_entries` makes of *text*: key → fields, and what it reports.

    Keys and fields must be unique in *text*, or something would be lost here.
    """
    entries, problems = read_entries(text)
    result = {entry.key: dict(entry.fields) for entry in entries}
    assert len(result) == len(entries)
    assert [len(entry.fields) for entry in entries] == [len(fields) for fields in result.values()]
    return result, told(problems)


def text_of(parts: list[nodes.Node]) -> str:
    """What a reader reads."""
    return "".join(part.astext() for part in parts)


__all__ = [
    "BARE",
    "FULL",
    "OWNER",
    "Author",
    "Link",
    "Paper",
    "PartialDate",
    "RichText",
    "Venue",
    "facts",
    "field",
    "first",
    "paper",
    "read",
    "short",
    "text_of",
    "told",
]
