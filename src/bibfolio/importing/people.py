"""People and accounts: as an old site lists them → as papers and the profile call them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bibfolio.importing.leftovers import telltale
from bibfolio.importing.plan import HOMELESS, LEFT, TEMPLATE, Plan
from bibfolio.model import Author
from bibfolio.model.profile import NETWORKS
from bibfolio.model.strings import without_accents
from bibfolio.sources.bib_parser import RawEntry
from bibfolio.sources.links import web_url
from bibfolio.sources.names import read_authors


def _user(network: str, name: str) -> str:
    """Return the name of an account in the form that ``[links]`` wants; "" if it has none."""
    name = name.lstrip("@")
    if network == "mastodon":
        user, _at, server = name.partition("@")
        return f"https://{server}/@{user}" if "." in server else ""
    return name if re.fullmatch(NETWORKS[network][2], name) else ""


def account_of(address: str) -> tuple[str, str]:
    """Return the key of ``[links]`` for an address, and the name of the account there."""
    bare = re.sub(r"^https?://(?:www\.)?|(?:\.html)?/?$", "", address.strip())
    bare = re.sub(r"^dblp\w*\.uni-trier\.de/", "dblp.org/", bare)
    for key, (_network, url, form) in NETWORKS.items():
        place = re.escape(re.sub(r"^https?://(?:www\.)?", "", url)).replace(r"\{\}", f"({form})")
        found = re.fullmatch(rf"{place}(?:[&?#/].*)?", bare)
        if found and key != "mastodon":
            return key, found[1]
    if found := re.fullmatch(r"twitter\.com/([\w-]+)", bare):
        return "x", found[1]
    if found := re.fullmatch(r"([\w.-]+\.\w+)/@([\w.-]+)", bare):
        return "mastodon", f"https://{found[1]}/@{found[2]}"
    return "", ""


#: What old sites call an account → the key of `[links]`, where that is another word.
_CALLED = {
    "twitter": "x",
    "googlescholar": "scholar",
    "semanticscholar": "semantic_scholar",
    "research_gate": "researchgate",
}
#: Networks that have no key in `[links]` → the address of an account there.
_OTHERS = {
    "medium": "https://medium.com/@{}",
    "inspirehep": "https://inspirehep.net/authors/{}",
    "stackoverflow": "https://stackoverflow.com/users/{}",
    "kaggle": "https://www.kaggle.com/{}",
}


def carry_accounts(plan: Plan, given: Iterable[tuple[str, str, str]]) -> None:
    """Carry accounts: the source of each, what it is called there, and its name or address."""
    links: dict[str, Any] = {"website": plan.url} if plan.url else {}
    others: list[dict[str, str]] = []
    for source, called, text in given:
        word = re.sub(r"_(?:username|userid|id|url|profile)$", "", called)
        network, user = account_of(text)
        if not network and _CALLED.get(word, word) in NETWORKS:
            network = _CALLED.get(word, word)
            user = _user(network, text)
        address = web_url(_OTHERS.get(word, "{}").format(text))
        if not text or telltale(text) or (user and network in links):
            continue
        if text.startswith("mailto:"):
            network = "email"
            plan.profile[network] = spelt(text)
        elif user:
            links[network] = user
        elif address:
            network = "other"
            name = word if "." in word else re.sub("[-_]", " ", word).capitalize()
            others.append({"name": name, "url": address})
        else:
            plan.tell(HOMELESS, called, source, "[links] has no key for this account")
            continue
        where = "profile.toml, " + "links." * (network != "email") + network
        plan.tell("Person", called, source, where)
    if links or others:
        plan.profile["links"] = links | ({"other": others} if others else {})


#: A postcode of Britain, one before the town, and one behind it.
_POSTCODE = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$|^(?:[A-Z]{1,2}-?)?\d{4,6}\b|\b\d{5}(?:-\d{4})?$"
)
#: Signs of an e-mail, or of an address on the web.
_ADDRESS = re.compile(r"[:/@]|\b(?:AT|DOT)\b|[(\[](?:at|dot)[)\]]")
#: Words in a line that names a street or a building; so does every line above it.
_STREET = re.compile(
    r"street|\bst\b|avenue|\bave\b|road|\brd\b|boulevard|\blane\b|drive|allee|stra(?:ß|ss)e|str\.|platz"
    r"|\brue\b|\bvia\b|room|office|building|\bhall\b|floor|depart|institut|universit|school|\blab",
    re.IGNORECASE,
)


def place_in(address: str) -> str:
    """Return town and country of a postal address; nothing if that is not sure."""
    found: list[str] = []
    for line in filter(None, (part.strip() for part in re.split("[,;]", address))):
        place = _POSTCODE.sub("", line).strip()
        if re.search(r"\d", place) or _ADDRESS.search(place) or _STREET.search(place):
            # What stands above a street is a building; an e-mail says nothing of the place.
            found = found if _ADDRESS.search(place) else []
        elif place:
            found.append(place)
    return ", ".join(found[-3:]) if len(", ".join(found[-3:])) < 80 else ""


def spelt(email: str) -> str:
    """Return an e-mail address as the profile has it, which no program takes for one."""
    return email.removeprefix("mailto:").replace("@", " (at) ").replace(".", " (dot) ")


@dataclass(frozen=True)
class Known:
    """Somebody whom an old site knows: family name, spellings of the first, and what it says."""

    family: str
    firsts: Sequence[str]
    source: str
    url: str = ""
    role: str = ""
    group: str = ""
    picture: str = ""


def carry_people(plan: Plan, entries: Sequence[RawEntry], listed: Iterable[Known]) -> None:
    """Carry people who are in a group, or of whom papers and an address are known."""
    authors = _authors(entries)
    people: dict[str, dict[str, Any]] = {}
    for one in listed:
        words = f"{next(iter(one.firsts), '')} {one.family}".strip()
        if not words or telltale(one.url) or telltale(words):
            plan.tell(LEFT, words, one.source, TEMPLATE if words else "no name")
            continue
        spelt = _spellings(one, authors)
        url = web_url(one.url)
        if not one.group and not (url and spelt):
            why = "no paper names this person" if url else "no address"
            plan.tell(LEFT, words, one.source, why)
            continue
        name, *aliases = sorted(dict.fromkeys(spelt), key=lambda one: (-len(one), one)) or [words]
        said = {"url": url, "aliases": aliases, "role": one.role, "group": one.group}
        people.setdefault(name, {**said, "picture": one.picture})
        plan.tell("People", name, one.source, f'profile.toml, people."{name}"')
    if people:
        plan.profile["people"] = people


def _spellings(one: Known, authors: Collection[Author]) -> list[str]:
    """Return how papers spell the name of a person."""
    wanted, family = {folded(first) for first in one.firsts}, folded(one.family)
    return [
        " ".join(filter(None, (author.given, author.prefix, author.family)))
        for author in authors
        if family in {folded(author.family), folded(f"{author.prefix}{author.family}")}
        and folded(author.given) in wanted
    ]


def _authors(entries: Sequence[RawEntry]) -> Collection[Author]:
    found: dict[Author, None] = {}
    for entry in entries:
        fields = {name.lower(): value for name, value in entry.fields}
        found |= dict.fromkeys(read_authors(fields, frozenset(), lambda _kind, _text: None)[0])
    return found


def folded(name: str) -> str:
    """Return what spellings of a name have in common: letters without accents, in one case."""
    return re.sub(r"[\W_]", "", without_accents(name)).casefold()
