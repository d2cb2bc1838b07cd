"""An academicpages site → a plan of the new one. Its papers are pages; authors are in free text."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from functools import partial
from html import unescape

from bibfolio.importing.addresses import Addresses
from bibfolio.importing.jekyll import Jekyll
from bibfolio.importing.leftovers import telltale
from bibfolio.importing.markdown import converted, words_of
from bibfolio.importing.pages import is_long
from bibfolio.importing.papers import date_fields, join, link_fields
from bibfolio.importing.people import carry_accounts
from bibfolio.importing.plan import Plan
from bibfolio.importing.source import OldSite, Page, is_yes, items_of, table_of, text_of
from bibfolio.importing.talks import carry_talks, is_page
from bibfolio.sources.bib_parser import RawEntry
from bibfolio.sources.bibtex_writer import Layout, escaped, protected
from bibfolio.sources.identifiers import arxiv_inside
from bibfolio.sources.keys import new_key, safe_key
from bibfolio.sources.links import web_url

#: Words in a venue → type of the entry, and the field in which the venue stands.
VENUES = (
    (
        re.compile(r"\b(?:arxiv|[a-z]+rxiv|preprint|ssrn|working paper)", re.I),
        ("misc", "howpublished"),
    ),
    (re.compile(r"\bthesis|dissertation", re.I), ("phdthesis", "school")),
    (
        re.compile(r"\b(?:proc|conf|workshop|symposium|meeting|neurips|icml|iclr)", re.I),
        ("inproceedings", "booktitle"),
    ),
)
#: `category` of newer versions → the same.
CATEGORIES = {
    "conferences": ("inproceedings", "booktitle"),
    "books": ("book", "publisher"),
    "manuscripts": ("article", "journal"),
}
#: Keys of the author that may hold the name of an account instead of its address.
_ACCOUNTS = {"github", "linkedin", "orcid", "researchgate", "twitter", "youtube", "bluesky"}
_ACCOUNTS |= {"mastodon"}
#: Key of an address in the front matter → the field for it, if only one fits.
_LINKS = dict.fromkeys(("paperurl", "pdf", "link", "doi"), "") | {"slidesurl": "slides"}
_LINKS |= {"codeurl": "code"}
#: Settings that have no place here.
_SETTINGS = r"analytics|\w+_site_verification|comments"

#: Titles of so few words that say what somebody was in a course, and not what it is called.
_ROLE_WORDS = 3
_ROLE = re.compile(r"\b(?:teacher|teaching ass|assistant|instructor|lecturer|tutor|grader)", re.I)
_NO_FEED = "there is no feed of posts any more; /feed.xml is the feed of papers"
_INITIALS = r"(?:[A-ZÀ-Þ][a-zà-ÿ]?\.?[ -]?){1,4}"
_FAMILY = r"(?:(?:van|von|de|der|den|di|da|del|la|le|al) )*[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?"
#: `Doe, J. A.` and `J. A. Doe` or `Jane Doe`: a whole list is of one form, or it is not read.
_FORMS = (
    re.compile(rf"({_FAMILY}), ({_INITIALS})(?=,|;| and | & |$)"),
    re.compile(
        r"((?:[A-ZÀ-Þ][\w'’.-]*\.? ){1,3}(?:(?:van|von|de|der|di) )*[A-ZÀ-Þ][\w'’-]+)"
        r"(?=,|;| and | & |$)"
    ),
)


def carry(site: OldSite, plan: Plan, addresses: Addresses, name: str = "") -> None:
    """Carry an academicpages site over into *plan* and *addresses*."""
    config = table_of(site.data("_config.yml"))
    old = Jekyll(site, plan, addresses, config=config, kept=frozenset({"cv"}))
    _person(old, name)
    notes: dict[str, tuple[Page, str]] = {}
    entries = _papers(old, notes)
    old.keys = frozenset(entry.key for entry in entries)
    old.place_pages()
    old.place_all("Portfolio", old.documents("portfolio", "index"))
    talks, courses = old.documents("talks", "cv"), old.documents("teaching", "cv")
    old.place_all("Teaching", [one for one in courses if is_long(one[0])])
    old.place_all("Talks", [one for one in talks if is_page(one[0])])
    old.place_rest("publications", "talks", "teaching", "portfolio")
    carry_talks(old, talks)
    for page, _address in sorted(courses, key=lambda one: one[0].get("date"), reverse=True):
        _course(old, page)
    lists = {
        "Portfolio": "portfolio",
        "Teaching": "teaching",
        "Talks": "talks",
        "Posts": "year-archive",
    }
    kinds = {one.kind for one in old.placed} | {table.capitalize() for table in plan.profile}
    for kind, folder in lists.items():
        nearest = folder if kind in kinds else "cv"
        for page, address in old.served.get(kind.lower(), []):
            if addresses.answers.get(address, ("", nearest))[1] == nearest:
                addresses.add(address, "redirect", nearest, page.path)
    old.keep_pdfs()
    old.finish(lists)
    for page in [*(one.page for one in old.placed), *([old.home] if old.home else [])]:
        _by_hand(old, page)
    for key, (page, address) in notes.items():
        text, _taken = converted(page.body, partial(old.resolve, here=address), old.keys)
        # Notes have no title, so that their headings start one higher.
        plan.notes[safe_key(key)] = re.sub(r"^#(#+ )", r"\1", text, flags=re.MULTILINE)
        plan.tell("Notes", key, page.path, f"notes/{safe_key(key)}.md")
    _menu(old)
    addresses.add("/feed.xml", "none", _NO_FEED)
    old.homeless("_config.yml", config, _SETTINGS)


def _person(old: Jekyll, name: str) -> None:
    """Carry what the configuration says of the author."""
    config, author = old.config, table_of(old.config.get("author"))
    names = (config.get("name"), author.get("name"), config.get("title"))
    old.person(name, *map(text_of, names))
    for key in ("location", "email"):
        old.say("_config.yml", key, words_of(text_of(author.get(key))), key)
    bio = words_of(text_of(author.get("bio")))
    if len(bio) < 120:
        old.say("_config.yml", "position", bio, "bio", "check the position")
    employer = words_of(text_of(author.get("employer")))
    if employer and not telltale(employer):
        old.plan.institution = employer
        old.plan.profile["affiliation"] = {"institution": employer}
        old.plan.tell("Person", "employer", "_config.yml", "profile.toml, affiliation")
    old.portrait(text_of(author.get("avatar")), "images", "_config.yml")
    accounts = [
        ("_config.yml", key, text)
        for key, value in author.items()
        if key in _ACCOUNTS or web_url(text_of(value))
        for text in [text_of(value)]
    ]
    carry_accounts(old.plan, accounts)


# -- papers -------------------------------------------------------------------------------------


def _papers(old: Jekyll, notes: dict[str, tuple[Page, str]]) -> list[RawEntry]:
    """Make an entry of each publication; what pages say beyond it is added to *notes*."""
    made: list[tuple[Page, str, str, str, str]] = []
    for page, address in old.documents("publications", "publications"):
        taken = [key for _page, _address, key, *_rest in made]
        key, text, look = _entry(old, page, address, taken)
        made.append((page, address, key, text, look))
        if not _abstract(page) and old.says_something(page):
            notes[key] = (page, address)
    return join(old, made)


def _entry(old: Jekyll, page: Page, address: str, taken: Sequence[str]) -> tuple[str, str, str]:
    """Return the key of a paper, its entry, and what there is to look at."""
    title = unescape(unescape(words_of(page.get("title"))))
    citation, excerpt = words_of(page.get("citation")), words_of(page.get("excerpt"))
    citation = "" if telltale(citation) else citation
    given = [text_of(one) for one in items_of(page.data.get("authors") or page.data.get("author"))]
    authors = names_in(", ".join(given)) if len(given) == 1 else given
    authors = authors or names_in(before_title(citation or excerpt, title))
    dated = date_fields(page.get("date") or page.path.rpartition("/")[2])
    year = next(iter(dated.values()), "0")[:4]
    first = next(iter(authors), "")
    family = first.partition(",")[0] if "," in first else first.rpartition(" ")[2]
    key = new_key(family, int(year), title, (), taken)
    type_, field = _type(page)
    venue, abstract = words_of(page.get("venue")), _abstract(page)
    links = link_fields(partial(old.resolve, here=address, in_profile=True), _given(page))
    if type_ == "misc" and (arxiv := arxiv_inside(venue)):
        links = {"eprint": arxiv, "eprinttype": "arxiv", **links}
    fields = {
        "title": protected(title),
        "author": " and ".join(map(escaped, authors)),
        field: escaped(venue),
        **dated,
        **links,
        "pubstate": "prepublished" * (type_ == "misc"),
        "gist": escaped(excerpt) if len(excerpt) <= 140 and not telltale(excerpt) else "",
        "abstract": escaped(abstract),
    }
    fields = {name: value for name, value in fields.items() if value}
    above = f"% {citation}\n" if citation else ""
    above += "% Imported: type, venue and authors are guesses.\n"
    look = "check type, venue and authors" if authors else "write author"
    return key, above + Layout().entry(type_, key, fields).rstrip("\n"), look


def _given(page: Page) -> Iterator[tuple[str, str, str]]:
    """Yield the addresses in the front matter and the body, with the field for some."""
    yield from ((field, page.get(key), "") for key, field in _LINKS.items())
    for words, target in re.findall(r"\[([^\[\]]*)\]\(([^()\s]+)\)", page.body):
        if re.search(r"download|access|pdf|paper|code|github", words, re.IGNORECASE):
            yield "", target, ""


def _type(page: Page) -> tuple[str, str]:
    """Return type of the entry, and the field of the venue: a guess by its words."""
    if is_yes(page.data.get("is_preprint")):
        return VENUES[0][1]
    venue = page.get("venue")
    found = next((its for sign, its in VENUES if sign.search(venue)), None)
    found = found or CATEGORIES.get(page.get("category"))
    return found or (("article", "journal") if venue else ("misc", "howpublished"))


def before_title(citation: str, title: str) -> str:
    """Return what stands in a citation before the title, without the year; else nothing."""
    words = [re.escape(word) for word in re.findall(r"\w+", title)[:5]]
    found = re.search(r"\W+".join(words), citation, re.IGNORECASE) if words else None
    if not found:
        return ""
    text = re.sub(r"\(\d{4}[^()]*\)|\b(?:19|20)\d\d\b", " ", citation[: found.start()])
    return re.sub(r"\s+", " ", text).strip(" .,:;\"'“”‘")


def names_in(text: str) -> list[str]:
    """Return the names in a text that holds nothing else; nothing if that is not sure."""
    text = re.sub(r"[*†‡∗]+|\^\w*", "", text).strip(" ,.;")
    text = f"{text}." if re.search(r"\b[A-ZÀ-Þ]$", text) else text
    for number, form in enumerate(_FORMS):
        found = list(form.finditer(text))
        rest = form.sub("", text)
        if found and not re.sub(r"\b(?:and|et|al)\b|[\s,;&.]", "", rest):
            names = [f"{one[1]}, {one[2].strip()}" if number == 0 else one[1] for one in found]
            return [*names, *(["others"] if re.search(r"\bet al", rest) else [])]
    return []


def _abstract(page: Page) -> str:
    """Return the text of a page if it is an abstract: a paragraph, or below that heading."""
    body = re.sub(r"^\s*(?:#+\s*)?\**abstract\**:?\s*\n", "", page.body, flags=re.IGNORECASE)
    parts = [part for part in re.split(r"\n\s*\n", body.strip()) if part.strip()]
    parts = [part for part in parts if not re.match(r"\[[^]]*(?:download|access|pdf)", part, re.I)]
    text = (
        words_of(parts[0]) if parts and not parts[0].startswith(("#", "-", "*", "<", "!")) else ""
    )
    return text if len(text) > 80 and not text.casefold().startswith("recommended citation") else ""


def _course(old: Jekyll, page: Page) -> None:
    """Carry a course as a line of the profile."""
    title, role = words_of(page.get("title")), words_of(page.get("type"))
    is_role = len(title.split()) <= _ROLE_WORDS and _ROLE.search(title)
    if is_role and role and not _ROLE.search(role):
        title, role = role, title
    year = page.get("date")[:4]
    if not title or not role or not year.isdigit():
        old.site.refuse(page.path, "this course has no title, type or date, so it was left out")
        return
    item = {"course": title, "role": role, "term": year, "institution": words_of(page.get("venue"))}
    old.plan.profile.setdefault("teaching", []).append(item | {"url": old.place_of(page)})
    old.plan.tell("Courses", title, page.path, "profile.toml, teaching", "check course and role")


def _by_hand(old: Jekyll, page: Page) -> None:
    """Propose to add the papers that a page names and no entry is about."""
    named = re.findall(
        r"arxiv\.org/(?:abs|pdf)/([\w./-]{1,30}?)(?:v\d+)?(?:\.pdf)?[)\s\"'<]", page.body
    )
    named += re.findall(r"doi\.org/(10\.\d{4,}/[^)\s\"'<>\]]+)", page.body)
    new = [one for one in dict.fromkeys(named) if one.casefold() not in old.plan.bib.casefold()]
    if new:
        command = shlex.join(["bibfolio", "add", *new])
        old.plan.tell("By hand", "papers", page.path, command, "run the command")


def _menu(old: Jekyll) -> None:
    """Order the menu as the old one, and call its pages as that did."""
    listed = table_of(old.site.data("_data/navigation.yml")).get("main")
    order: list[str] = []
    for one in map(table_of, items_of(listed)):
        target = old.resolve(text_of(one.get("url")), in_profile=True) or ""
        name, title = target.strip("/"), words_of(text_of(one.get("title")))
        if name in old.plan.pages and name not in {"index", "cv"} and title:
            old.plan.titles[name] = title
            order.append(name)
    old.plan.navigation = list(dict.fromkeys([*order, *old.plan.navigation]))
