"""A HugoBlox site (Wowchemy, Academic) → a plan of the new one. Each paper is a folder there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bibfolio.importing.addresses import Addresses
from bibfolio.importing.curriculum import Line, lines_of, possible, tables_of
from bibfolio.importing.leftovers import telltale
from bibfolio.importing.markdown import in_line, words_of
from bibfolio.importing.pages import OldPages
from bibfolio.importing.people import Known, account_of, carry_people
from bibfolio.importing.plan import HOMELESS, Plan
from bibfolio.importing.source import OldSite, Page, host_of, is_yes, items_of, table_of, text_of
from bibfolio.importing.writing import KEPT
from bibfolio.lint.mending import mend
from bibfolio.sources.bib_parser import RawEntry, read_entries
from bibfolio.sources.bibtex_writer import Layout, escaped, protected, verbatim
from bibfolio.sources.fields import standard_name
from bibfolio.sources.identifiers import arxiv_inside, doi_of
from bibfolio.sources.keys import Keys, safe_key
from bibfolio.sources.links import web_url
from bibfolio.sources.source_text import balanced

#: Type of a publication, by number or CSL's word → type of an entry.
TYPES = {
    **dict.fromkeys(("1", "9", "paper-conference", "paper_conference"), "inproceedings"),
    **dict.fromkeys(
        ("2", "10", "article-journal", "article_journal", "article-magazine"), "article"
    ),
    **dict.fromkeys(("3", "article", "preprint", "manuscript"), "misc"),
    **dict.fromkeys(("4", "report"), "techreport"),
    **dict.fromkeys(("5", "book"), "book"),
    **dict.fromkeys(("6", "chapter"), "incollection"),
    **dict.fromkeys(("7", "thesis"), "phdthesis"),
    **dict.fromkeys(("8", "patent"), "patent"),
}
#: Key of an address in the front matter → field.
LINKS = {
    "url_pdf": "file",
    "url_code": "code",
    "url_video": "video",
    "url_slides": "slides",
    "url_poster": "poster",
    "url_dataset": "data",
    "url_project": "project",
    "url_source": "",
    "url_preprint": "",
}
#: Word in the name of a custom link → field.
NAMED = {"pdf": "file", "code": "code", "video": "video", "slides": "slides", "poster": "poster"}
#: Addresses that templates begin with.
_DEMOS = {"example.com", "example.org", "www.example.com", "academic-demo.netlify.app", ""}
#: Sections of content that are not pages of their own.
_NOT_PAGES = {"publication", "publications", "event", "events", "talk", "authors", "home", "slides"}
_NOT_PAGES |= {"admin", "privacy", "terms"}
_PICTURE = re.compile(r"featured\.(?:jpe?g|png|webp|gif)", re.IGNORECASE)
#: A name of another language before the ending: ``index.zh.md``.
_TONGUE = re.compile(r"\.[a-z]{2}(?:-[a-z]{2,4})?\.md$", re.IGNORECASE)


def urlized(text: str) -> str:
    """Return a path as Hugo has it in addresses: in small letters, with hyphens for spaces."""
    return re.sub(r"[^\w./\-+~]", "", re.sub(r"\s+", "-", text.strip())).lower()


@dataclass
class Hugo(OldPages):
    """A site of Hugo while it is carried over."""

    config: dict[str, Any] = field(default_factory=dict)
    params: dict[str, Any] = field(default_factory=dict)
    #: Path below the root → the file that is served there.
    served_files: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        address = text_of(self.config.get("baseURL") or self.config.get("baseurl"))
        self.hosts = {host_of(address)} - {""}
        path = re.sub(r"^https?://[^/]+", "", address)
        self.base = path.rstrip("/") if host_of(address) else ""
        for source in self.site.files:
            place = source.removeprefix("static/")
            if source.startswith("content/") and not source.endswith((".md", ".html")):
                folder, _slash, name = source.removeprefix("content/").rpartition("/")
                place = f"{urlized(folder)}/{name}"
            if place != source:
                self.served_files.setdefault(place, source)

    def source_of(self, path: str) -> str:
        """Return the file that is served at a path below the root."""
        return self.served_files.get(path, "")

    def address(self, page: Page) -> str:
        """Return where Hugo serves a page of the content."""
        if given := page.get("url"):
            return given if given.startswith("/") else f"/{given}"
        parts = page.path.removeprefix("content/").removesuffix(".md").split("/")
        parts = parts[:-1] if parts[-1] in {"index", "_index"} else parts
        if page.path.endswith("/_index.md") or not parts:
            return f"/{urlized('/'.join(parts))}/".replace("//", "/")
        pattern = text_of(table_of(self.config.get("permalinks")).get(parts[0]))
        name = page.get("slug") or parts[-1]
        if not pattern:
            return f"/{urlized('/'.join([*parts[:-1], name]))}/"
        year, month, day = [*page.get("date")[:10].split("-"), "", ""][:3]
        values = {"section": parts[0], "filename": parts[-1], "contentbasename": parts[-1]}
        values |= {"year": year, "month": month, "day": day, "title": page.get("title")}
        values |= {"slug": page.get("slug") or page.get("title"), "slugorfilename": name}
        values |= {"slugorcontentbasename": name, "sections": "/".join(parts[:-1])}
        made = re.sub(r":(\w+)", lambda word: values.get(word[1], ""), pattern)
        return re.sub(r"/+", "/", f"/{urlized(made)}/")

    def content(self, *sections: str) -> Iterator[tuple[Page, str]]:
        """Yield each public page in these folders, with its address; name what is not carried."""
        for section in sections:
            for path in self.site.below(f"content/{section}", ".md"):
                page = self.site.page(path)
                if not page:
                    continue
                if _TONGUE.search(path):
                    self.left(path, "in another language")
                elif not page.is_public:
                    self.left(path, "a draft")
                else:
                    address = self.address(page)
                    # `relref` names a page by its place in the content.
                    bare = re.sub(r"(?:/_?index)?\.md$", "", path.removeprefix("content/"))
                    self.places |= {path: address, bare: address}
                    for old in items_of(page.data.get("aliases")):
                        self.aliases.append((str(old), address))
                    yield page, address


def carry(site: OldSite, plan: Plan, addresses: Addresses, name: str = "") -> None:
    """Carry a HugoBlox site over into *plan* and *addresses*."""
    parts = [
        path for path in site.files if re.match(r"config/_default/\w+\.|(?:hugo|config)\.", path)
    ]
    read = {path.rpartition("/")[2].split(".")[0]: table_of(site.data(path)) for path in parts}
    config = {**read.get("config", {}), **read.get("hugo", {})}
    params = read.get("params") or table_of(config.get("params"))
    old = Hugo(site, plan, addresses, config=config, params=params)
    people = {page.path.split("/")[2]: page for page, _address in old.content("authors")}
    people = {who: page for who, page in people.items() if not old.is_template(page)}
    owner = next(
        (p for p in people.values() if is_yes(p.data.get("superuser"))), people.get("admin")
    )
    _person(old, owner, name)
    entries = _papers(old, people)
    old.keys = frozenset(entry.key for entry in entries)
    carry_people(plan, entries, [_known(old, page) for page in people.values() if page != owner])
    sections = sorted({path.split("/")[1] for path in site.below("content", ".md")} - _NOT_PAGES)
    found = [one for name in sections if "." not in name for one in old.content(name)]
    placed = [
        (page, place, address)
        for page, address in found
        if not page.path.endswith("_index.md") and not old.is_template(page)
        if (place := old.place(page, address))
    ]
    talks = list(_talks(old))
    _lists(old, placed)
    for page, place, address in placed:
        old.fill(page, place, address, page.path.split("/")[1].capitalize())
    plan.profile |= {"talks": [_talk(old, *one) for one in talks]} if talks else {}
    if owner:
        old.home = owner
        old.fill(owner, "index", "/", "Pages")
    _widgets(old)
    for path, source in old.served_files.items():
        if path.endswith(".pdf") and not site.is_template(source):
            old.keep(path)
    old.also()
    _homeless(old)


# -- people -------------------------------------------------------------------------------------


def _name(page: Page) -> str:
    return page.get("name") or page.get("title")


def _person(old: Hugo, owner: Page | None, name: str) -> None:
    """Carry what the page of the owner says."""
    plan, data = old.plan, owner.data if owner else {}
    path = owner.path if owner else "config"
    plan.name = name or (_name(owner) if owner else "")
    plan.pages["index"], plan.titles["index"] = "", plan.name
    old.addresses.add("/", "page", "index")
    address = text_of(old.config.get("baseURL") or old.config.get("baseurl"))
    plan.base = old.base
    plan.url = "" if host_of(address) in _DEMOS else web_url(address)
    about = text_of(old.params.get("description")) or text_of(
        table_of(old.params.get("marketing")).get("seo")
    )
    plan.description = "" if telltale(about) else words_of(about)
    said = {
        "position": words_of(text_of(data.get("role"))),
        "interests": [
            word for one in items_of(data.get("interests")) if (word := words_of(text_of(one)))
        ],
    }
    plan.profile |= {key: value for key, value in said.items() if value and "@" not in value}
    for one in items_of(data.get("organizations"))[:1]:
        if place := words_of(text_of(table_of(one).get("name"))):
            plan.institution = place
            plan.profile["affiliation"] = {"institution": place}
    for key in ("name", *said, *(["affiliation"] if plan.institution else [])):
        plan.tell("Person", key, path, f"profile.toml, {key}")
    _links(old, data, path)
    courses = items_of(table_of(data.get("education")).get("courses")) or items_of(
        data.get("education")
    )
    lines = list(lines_of({"Education": [_course(table_of(one)) for one in courses]}))
    for line in lines:
        plan.tell("CV", str(next(iter(line.item.values()))), path, f"profile.toml, {line.table}")
    plan.profile |= tables_of(lines)


def _course(given: dict[str, Any]) -> dict[str, Any]:
    """Return a degree by the names that CVs have for its parts."""
    year = text_of(given.get("year"))
    dated = {
        "startDate": text_of(given.get("date_start"))[:7],
        "endDate": text_of(given.get("date_end"))[:7],
    }
    title = given.get("course") or given.get("area") or given.get("degree")
    return {
        **given,
        "title": title,
        "area": "",
        "year": year,
        **(dated if dated["startDate"] else {}),
    }


def _links(old: Hugo, data: Mapping[str, Any], path: str) -> None:
    """Carry accounts and the e-mail of the owner."""
    links: dict[str, Any] = {"website": old.plan.url} if old.plan.url else {}
    more: list[dict[str, str]] = []
    for one in map(table_of, items_of(data.get("social") or data.get("profiles"))):
        address, icon = text_of(one.get("link") or one.get("url")), text_of(one.get("icon"))
        key, user = account_of(address)
        if address.startswith("mailto:") and not telltale(address):
            spelt = address[7:].replace("@", " (at) ").replace(".", " (dot) ")
            old.plan.profile["email"] = spelt
            old.plan.tell("Person", "e-mail", path, "profile.toml, email")
        elif key and key not in links:
            links[key] = user
            old.plan.tell("Person", key, path, f"profile.toml, links.{key}")
        elif web_url(address) and not telltale(address):
            word = (
                text_of(one.get("label")) or icon.rpartition("/")[2].replace("-", " ").capitalize()
            )
            more.append({"name": word or "Link", "url": web_url(address)})
            old.plan.tell("Person", word, path, "profile.toml, links.other")
    if links or more:
        old.plan.profile["links"] = links | ({"other": more} if more else {})


def _known(old: Hugo, page: Page) -> Known:
    """Return one of the other people."""
    first, _space, family = _name(page).rpartition(" ")
    groups = [text_of(one) for one in items_of(page.data.get("user_groups"))]
    links = [text_of(table_of(one).get("link")) for one in items_of(page.data.get("social"))]
    folder = f"{urlized(page.path.removeprefix('content/').rpartition('/')[0])}/"
    picture = next(
        (p for p in old.served_files if re.fullmatch(rf"{re.escape(folder)}avatar\.\w+", p)), ""
    )
    return Known(
        family,
        [first],
        page.path,
        url=next((link for link in links if web_url(link)), ""),
        role=words_of(page.get("role")),
        group=next((group for group in groups if group), ""),
        picture=f"{KEPT}/{picture}" if picture and old.keep(picture) else "",
    )


# -- papers -------------------------------------------------------------------------------------


def _papers(old: Hugo, people: Mapping[str, Page]) -> list[RawEntry]:
    """Carry the publications: the entry that a folder holds, or one made of its front matter."""
    pages = [
        (page, address)
        for page, address in old.content("publication", "publications")
        if not page.path.endswith("_index.md") and not _is_template(old, page)
    ]
    featured = [
        page
        for page, _address in pages
        if is_yes(page.data.get("featured") or page.data.get("selected"))
    ]
    tags = Counter(tag for page, _address in pages for tag in _tags(page))
    topics = {tag for tag, times in tags.items() if times > 1}
    keys, texts = Keys(), list[str]()
    for page, address in pages:
        words = [tag for tag in _tags(page) if tag in topics and len(topics) <= 12]
        words += ["selected"] if page in featured and len(featured) < len(pages) else []
        more = _links_of(old, page, address)
        more |= {"keywords": ", ".join(map(escaped, words))} if words else {}
        text, key, look = _entry(old, page, people, more, keys)
        texts.append(text)
        where = f"papers/{safe_key(key) or key}"
        old.addresses.add(address, "redirect", where, page.path)
        old.plan.tell("Papers", key, page.path, f"refs.bib, {where}", look)
    old.addresses.add("/publication/", "redirect", "publications")
    for tag in tags:
        old.addresses.add(f"/tag/{urlized(tag)}/", "redirect", "publications")
    for kind in {
        text_of(one) for page, _a in pages for one in items_of(page.data.get("publication_types"))
    }:
        old.addresses.add(f"/publication-type/{urlized(kind)}/", "redirect", "publications")
    for page, _address in pages:
        for who in _names(old, page, people)[0]:
            nearest = "index" if who == old.plan.name else "publications"
            old.addresses.add(f"/author/{urlized(who)}/", "redirect", nearest)
    for feed in ("/index.xml", "/publication/index.xml"):
        old.addresses.add(feed, "none", "papers are in /feed.xml")
    old.plan.bib = mend("\n\n".join(texts) + "\n") if texts else ""
    return read_entries(old.plan.bib)[0]


def _is_template(old: Hugo, page: Page) -> bool:
    is_old = old.is_template(page)
    if is_old:
        old.addresses.add(old.address(page), "redirect", "publications", page.path)
    return is_old


def _tags(page: Page) -> list[str]:
    return [tag for one in items_of(page.data.get("tags")) if (tag := text_of(one))]


def _entry(
    old: Hugo, page: Page, people: Mapping[str, Page], more: Mapping[str, str], keys: Keys
) -> tuple[str, str, str]:
    """Return the entry of a paper, its key, and what there is to look at."""
    # A page that is no folder of its own has no files.
    folder = re.sub(r"(?:/index)?\.md$", "", page.path)
    looks: list[str] = []
    bibs = [path for path in old.site.below(folder, ".bib") if not old.site.is_template(path)]
    text = "\n\n".join(old.site.text(path).strip() for path in bibs)
    entries = read_entries(text)[0]
    name = safe_key(folder.rpartition("/")[2]) or "paper"
    if entries:
        raw = entries[0]
        there = {standard_name(name) for name, _value in raw.fields}
        key = keys.unique(name if raw.key.lower() in keys.places else raw.key, page.path)
        added = {name: value for name, value in more.items() if name not in there}
        head = re.compile(r"@[ \t]*\w+\s*[{(]\s*([^\s,]+)").search(text)
        if head and head[1] == raw.key:
            lines = "".join(f",\n  {name} = {{{value}}}" for name, value in added.items())
            text = text[: head.start(1)] + key + lines + text[head.end(1) :]
        return text, key, ""
    key = keys.unique(name, page.path)
    names, guessed = _names(old, page, people)
    looks += [f"the names {', '.join(guessed)}"] if guessed else []
    types = [text_of(one) for one in items_of(page.data.get("publication_types"))]
    type_ = TYPES.get(next(iter(types), ""), "misc")
    fields = {"title": protected(words_of(page.get("title")))}
    fields |= {"author": " and ".join(map(escaped, names))} if names else {}
    venue = _venue(page, type_)
    looks += ["the venue"] if venue else []
    notes = [text_of(note) for note in items_of(page.data.get("author_notes"))]
    equal = [str(n) for n, note in enumerate(notes, 1) if "equal" in note.casefold()]
    fields |= {"author+an": "; ".join(f"{n}=equal" for n in equal)} if equal else {}
    fields |= {**venue, **_date(page), **more}
    return Layout().entry(type_, key, fields).rstrip("\n"), key, "; ".join(looks)


def _names(old: Hugo, page: Page, people: Mapping[str, Page]) -> tuple[list[str], list[str]]:
    """Return the names of the authors, and those that were made of the names of folders."""
    names, guessed = [], []
    for who in (text_of(one) for one in items_of(page.data.get("authors"))):
        if who == "admin" or (who in people and is_yes(people[who].data.get("superuser"))):
            name = old.plan.name or who
        elif who in people:
            name = _name(people[who])
        else:
            name = re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])", " ", who) if " " not in who else who
            guessed += [name] if name != who else []
        names += [name.rstrip("*").strip()] if name else []
    return names, guessed


def _venue(page: Page, type_: str) -> dict[str, str]:
    """Return where a paper appeared, as its front matter says."""
    written = page.get("publication")
    if page.get("title").casefold() in written.casefold() and page.get("title"):  # a whole citation
        at = written.casefold().index(page.get("title").casefold()) + len(page.get("title"))
        written = written[at:].lstrip(" .,:")
    written = re.sub(r"^.*\(\d{4}\).*?\bIn\s+|^To appear in\s+", "", written)
    link = re.search(r"\]\((https?://[^\s)]+)\)", written)
    words = re.sub(r"^(?:In|in)\s+", "", words_of(written).lstrip("*_ ")).strip(" .*_")
    name = {"article": "journal", "inproceedings": "booktitle", "incollection": "booktitle"}.get(
        type_
    )
    name = name or {"phdthesis": "school", "techreport": "institution"}.get(type_, "howpublished")
    found = {name: escaped(words)} if words else {}
    return found | ({"venueurl": verbatim(link[1])} if link else {})


def _tex(text: str) -> str:
    """Return text as TeX; formulas in it are TeX."""
    parts = re.split(r"(\$[^$\n]+\$)", text)
    return "".join(
        balanced(part)
        if number % 2
        else f"{' ' * (part[:1] == ' ')}{escaped(part)}{' ' * (part[-1:] == ' ')}"
        for number, part in enumerate(parts)
    ).strip()


def _date(page: Page) -> dict[str, str]:
    found = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", page.get("date") or page.get("year"))
    if not found or not 1 <= int(found[2] or 1) <= 12:
        return {"year": found[1]} if found else {}
    if found[2] in {None, "01"} and found[3] in {None, "01"}:
        return {"year": found[1]}
    return {
        "date": f"{found[1]}-{found[2]}" + (f"-{found[3]}" if found[3] not in {None, "01"} else "")
    }


def _when(page: Page) -> str:
    """Return the date of a talk, if there is such a day."""
    return possible(next(iter(_date(page).values()), ""))


def _links_of(old: Hugo, page: Page, address: str) -> dict[str, str]:
    """Return what the front matter knows better than an entry: links, abstract, picture."""
    custom = [table_of(one) for one in items_of(page.data.get("links"))]
    found: dict[str, str] = {}
    others: list[str] = []
    given = [(field, page.get(key), "") for key, field in LINKS.items()]
    given += [("", text_of(one.get("url")), words_of(text_of(one.get("name")))) for one in custom]
    for field_, target, name in given:
        if not target.strip("#"):
            continue
        place = old.resolve(target, address, in_profile=True)
        place = old.resolve(f"/{target}", in_profile=True) if place == "" else place
        value = verbatim(target if place is None else (place or target).lstrip("/"))
        number = arxiv_inside(value) if "arxiv.org/" in value else ""
        kind = field_ or NAMED.get(name.casefold(), "")
        if number:
            found |= {"eprint": number, "eprinttype": "arxiv"} if "eprint" not in found else {}
        elif doi_of(value) and "doi.org/" in value:
            found.setdefault("doi", doi_of(value))
        elif kind and kind not in found:
            found[kind] = value
        elif value.startswith("http") or place:
            others.append(f"{escaped(name or 'Link').replace(':', '')}: {value}")
    found |= {"links": "; ".join(others)} if others else {}
    doi = verbatim(page.get("doi"))
    found |= {"doi": doi} if doi_of(doi) else {}
    abstract, summary = words_of(page.get("abstract")), words_of(page.get("summary"))
    found |= {"abstract": _tex(abstract)} if abstract else {}
    if summary and len(summary) <= 200 and not abstract.startswith(summary[:40]):
        found["gist"] = _tex(summary)
    awards = [
        words_of(text_of(one))
        for one in items_of(page.data.get("awards") or page.data.get("award"))
    ]
    found |= {"award": escaped(next(filter(None, awards)))} if any(awards) else {}
    folder = address.strip("/")
    picture = next(
        (p for p in old.served_files if p.startswith(f"{folder}/") and _PICTURE.search(p)), ""
    )
    if picture and old.keep(picture):
        found["figure"] = f"{KEPT}/{picture}"
        caption = words_of(text_of(table_of(page.data.get("image")).get("caption")))
        found |= {"figurecaption": escaped(caption)} if caption else {}
    pdf = next(
        (p for p in old.served_files if p.startswith(f"{folder}/") and p.endswith(".pdf")), ""
    )
    if pdf and "file" not in found and old.keep(pdf):
        found["file"] = pdf
    return found


# -- talks, pages and the rest -------------------------------------------------------------------


def _talks(old: Hugo) -> Iterator[tuple[Page, str, str]]:
    """Yield talks with their address and page; those with more than a line have a page."""
    for page, address in old.content("event", "events", "talk"):
        if page.path.endswith("_index.md"):
            old.addresses.add(address, "redirect", "cv")
        elif old.is_template(page):
            old.addresses.add(address, "redirect", "cv", page.path)
        elif not _when(page) or not words_of(page.get("title")):
            old.site.refuse(page.path, "is a talk without a date or title")
            old.addresses.add(address, "redirect", "cv", page.path)
        else:
            is_long = page.body.strip().count("\n") > 0 or len(page.body.strip()) > 200
            place = old.place(page, address) if is_long else ""
            if not place:
                old.addresses.add(address, "redirect", "cv", page.path)
            yield page, address, place


def _talk(old: Hugo, page: Page, address: str, place: str) -> dict[str, Any]:
    """Return a talk as the profile has it."""
    title, event = words_of(page.get("title")), words_of(page.get("event"))
    site = web_url(page.get("event_url"))
    if place:
        old.fill(page, place, address, "Talks with a page")
    line = in_line(page.body, partial(old.resolve, here=address, in_profile=True))
    slides = page.get("url_slides")
    found = {
        "title": title,
        "event": f"[{event}]({site})" if place and event and site else event,
        "date": _when(page),
        "place": words_of(page.get("location")),
        "url": f"/{place}/" if place else site,
        "slides": web_url(slides)
        or (old.resolve(f"/{slides.lstrip('/')}", in_profile=True) or "").lstrip("/"),
        "video": web_url(page.get("url_video")),
        "note": "" if place else line,
    }
    old.plan.tell("Talks", title, page.path, "profile.toml, talks")
    return {key: value for key, value in found.items() if value}


def _lists(old: Hugo, placed: Sequence[tuple[Page, str, str]]) -> None:
    """Make a page for each section, which lists what is in it."""
    plan = old.plan
    for section in dict.fromkeys(page.path.split("/")[1] for page, _place, _address in placed):
        names = [
            place
            for page, place, _a in placed
            if page.path.split("/")[1] == section and place != section
        ]
        name = urlized(section)
        if not names or name in plan.pages:
            continue
        lines = "".join(f"{re.sub(r'[<>]', '', plan.titles[one])} </{one}>\n" for one in names)
        plan.pages[name] = f"```{{toctree}}\n:maxdepth: 1\n\n{lines}```\n"
        plan.titles[name] = section.capitalize()
        old.addresses.add(f"/{name}/", "page", name)
        plan.navigation.append(name)
    plan.navigation += [place for _page, place, _address in placed if "/" not in place]


def _widgets(old: Hugo) -> None:
    """Carry positions and awards from the widgets of the home page; name the other widgets."""
    lines: list[Line] = []
    for page, _address in old.content("home"):
        given = [
            table_of(one) for one in items_of(page.data.get("experience") or page.data.get("item"))
        ]
        is_award = page.get("widget") == "accomplishments"
        for one in given:
            start, end = (text_of(one.get(key))[:7] for key in ("date_start", "date_end"))
            item = {
                "title": one.get("title"),
                "company": one.get("company") or one.get("organization"),
            }
            item |= {"year": start} if is_award else {"startDate": start, "endDate": end}
            if telltale(str(one)) or page.is_template:
                old.left(page.path, "the template's")
                continue
            item |= {"position": one.get("title")} if not is_award else {}
            lines += lines_of({"Awards" if is_award else "Experience": [item]})
        if not given:
            old.left(
                page.path, "a widget of the home page" if not page.is_template else "the template's"
            )
    for line in lines:
        old.plan.tell(
            "CV", str(next(iter(line.item.values()))), "content/home", f"profile.toml, {line.table}"
        )
    for key, value in tables_of(lines).items():
        old.plan.profile[key] = [*old.plan.profile.get(key, []), *value]


def _homeless(old: Hugo) -> None:
    """Name the settings that have no home here, without their values."""
    for key in ("marketing", "analytics", "comment", "comments", "features"):
        value = table_of(old.params.get(key))
        texts = re.findall(
            r"'(?:google_\w+|\w*verification|provider|tracking_id|shortname)': '([^']+)'",
            str(value),
        )
        if any(texts):
            old.plan.tell(HOMELESS, key, "params", "no page loads anything from elsewhere")
    if old.base:
        where = (
            f"the site was below {old.base}: the new one must be, too, for its addresses to answer"
        )
        old.plan.tell(HOMELESS, "baseURL", "config", where)
