"""A HugoBlox site (Wowchemy, Academic) → a plan of the new one. Each paper is a folder there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bibfolio.importing.addresses import Addresses
from bibfolio.importing.curriculum import carry_lines, lines_of
from bibfolio.importing.leftovers import telltale
from bibfolio.importing.markdown import words_of
from bibfolio.importing.pages import OldPages
from bibfolio.importing.papers import date_fields, join, link_fields
from bibfolio.importing.people import Known, carry_accounts, carry_people
from bibfolio.importing.plan import TEMPLATE, Plan
from bibfolio.importing.source import (
    OldSite,
    Page,
    host_of,
    is_yes,
    items_of,
    leaves,
    table_of,
    text_of,
)
from bibfolio.importing.talks import carry_talks, is_page
from bibfolio.importing.writing import KEPT
from bibfolio.sources.bib_parser import RawEntry, read_entries
from bibfolio.sources.bibtex_writer import Layout, escaped, protected, verbatim
from bibfolio.sources.fields import standard_name
from bibfolio.sources.keys import Keys, safe_key
from bibfolio.sources.links import web_url
from bibfolio.sources.source_text import balanced

#: Type of a publication, by number or CSL's word → type of an entry; others are `misc`.
TYPES = {
    **dict.fromkeys(("1", "9", "paper-conference", "paper_conference"), "inproceedings"),
    **dict.fromkeys(
        ("2", "10", "article-journal", "article_journal", "article-magazine"), "article"
    ),
    **dict.fromkeys(("4", "report"), "techreport"),
    **dict.fromkeys(("5", "book"), "book"),
    **dict.fromkeys(("6", "chapter"), "incollection"),
    **dict.fromkeys(("7", "thesis"), "phdthesis"),
    **dict.fromkeys(("8", "patent"), "patent"),
}
#: Type of an entry → the field of its venue; `howpublished` for others.
_VENUES = {
    "article": "journal",
    "inproceedings": "booktitle",
    "incollection": "booktitle",
    "phdthesis": "school",
    "techreport": "institution",
}
#: Key of an address in the front matter → field, if one fits.
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
    "doi": "",
}
#: Words for a custom link → field.
_NAMED = {"pdf": "file", "code": "code", "video": "video", "slides": "slides", "poster": "poster"}
#: Settings that have no place here, and what is set within them.
_SETTINGS = "marketing|analytics|comments?|features"
_SET = r"google_\w+|\w*verification|provider|tracking_id|shortname"
#: Icons of accounts that do not say what is there.
_ICON = re.compile(r"(?:user|globe|home|house|link|external|university|building|id)\b.*")
#: Sections of content that are not pages of their own.
_NOT_PAGES = {"publication", "publications", "event", "events", "talk", "authors", "home", "slides"}
_NOT_PAGES |= {"admin", "privacy", "terms"}
#: The name of a language before the ending: ``index.zh.md``.
_TONGUE = re.compile(r"\.([a-z]{2}(?:-[a-z]{2,4})?)\.md$", re.IGNORECASE)


def urlized(text: str) -> str:
    """Return a path as Hugo has it in addresses: in small letters, with hyphens for spaces."""
    return re.sub(r"[^\w./\-+~]", "", re.sub(r"\s+", "-", text.strip())).lower()


@dataclass
class Hugo(OldPages):
    """A site of Hugo while it is carried over."""

    config: dict[str, Any] = field(default_factory=dict)
    params: dict[str, Any] = field(default_factory=dict)
    languages: dict[str, Any] = field(default_factory=dict)
    url: str = ""

    def __post_init__(self) -> None:
        self.url = text_of(self.config.get("baseURL") or self.config.get("baseurl"))
        self.hosts = {host_of(self.url)} - {""}
        self.base = re.sub(r"^https?://[^/]+", "", self.url).rstrip("/") if self.hosts else ""
        self._keep_one_language()
        for source in self.site.files:
            place = source.removeprefix("static/")
            if source.startswith("content/") and not source.endswith((".md", ".html")):
                folder, _slash, name = source.removeprefix("content/").rpartition("/")
                place = f"{urlized(folder)}/{name}"
            if place != source:
                self.paths.setdefault(place, source)

    def _keep_one_language(self) -> None:
        """Keep the content in the default language, as if it had neither folder nor ending."""
        given = {
            tag: text_of(table_of(its).get("contentDir")) for tag, its in self.languages.items()
        }
        folders = sorted(
            ((f"{folder.strip('/')}/", tag) for tag, folder in given.items()), reverse=True
        )
        default = text_of(self.config.get("defaultContentLanguage")) or next(iter(given), "en")
        self.others = {tag.casefold() for tag in given} - {default.casefold()}
        for path in [path for path in self.site.files if path.startswith("content/")]:
            found = ((folder, tag) for folder, tag in folders if path.startswith(folder))
            folder, tag = next(found, ("content/", default))
            tongue = _TONGUE.search(path)
            if {tag, tongue[1] if tongue else default} != {default}:
                self.left(path, "it is in another language")
                del self.site.files[path]
            elif tongue or folder != "content/":
                place = _TONGUE.sub(".md", f"content/{path.removeprefix(folder)}")
                self.site.files[place] = self.site.files.pop(path)

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
        values = {"section": parts[0], "filename": parts[-1], "slugorfilename": name}
        values |= {"year": year, "month": month, "day": day, "title": page.get("title")}
        values |= {"slug": page.get("slug") or page.get("title")}
        made = re.sub(r":(\w+)", lambda word: values.get(word[1], ""), pattern)
        return re.sub(r"/+", "/", f"/{urlized(made)}/")

    def content(self, *sections: str) -> Iterator[tuple[Page, str]]:
        """Yield each public page in these folders, with its address; name what is not carried."""
        for path in [one for name in sections for one in self.site.below(f"content/{name}", ".md")]:
            page = self.site.page(path)
            if page and not page.is_public:
                self.left(path, "it is a draft")
            elif page:
                address = self.address(page)
                # `relref` names a page by its place in the content.
                bare = re.sub(r"(?:/_?index)?\.md$", "", path.removeprefix("content/"))
                self.places |= {path: address, bare: address}
                self.aliases += [(str(old), address) for old in items_of(page.data.get("aliases"))]
                yield page, address

    def documents(self, nearest: str, *sections: str) -> list[tuple[Page, str]]:
        """Return the pages in these folders that are the owner's, but for lists of others.

        A list with words of its own gets a place.

        Args:
            nearest: the page to which the addresses of the others lead.
            sections: the folders.
        """
        found = []
        for page, address in self.content(*sections):
            is_list = page.path.endswith("_index.md")
            if is_list and self.says_something(page):
                self.place_all("Lists", [(page, address)])
            elif is_list or self.is_template(page):
                self.addresses.add(address, "redirect", nearest, page.path)
            else:
                found.append((page, address))
        return found

    def beside(self, address: str, name: str) -> str:
        """Return the first file beside a page whose name matches, and keep it; "" if none does."""
        form = re.compile(re.escape(address.lstrip("/")) + name, re.IGNORECASE)
        path = next((path for path in self.paths if form.fullmatch(path)), "")
        return path if path and self.keep(path) else ""


def carry(site: OldSite, plan: Plan, addresses: Addresses, name: str = "") -> None:
    """Carry a HugoBlox site over into *plan* and *addresses*."""
    parts = [
        path for path in site.files if re.match(r"config/_default/\w+\.|(?:hugo|config)\.", path)
    ]
    read = {path.rpartition("/")[2].split(".")[0]: table_of(site.data(path)) for path in parts}
    config = {**read.get("config", {}), **read.get("hugo", {})}
    params = read.get("params") or table_of(config.get("params"))
    languages = read.get("languages") or table_of(config.get("languages"))
    old = Hugo(site, plan, addresses, config=config, params=params, languages=languages)
    people = {page.path.split("/")[2]: page for page, _address in old.content("authors")}
    people = {who: page for who, page in people.items() if not old.is_template(page)}
    owners = (page for page in people.values() if is_yes(page.data.get("superuser")))
    old.home = next(owners, people.get("admin"))
    _person(old, name)
    entries = _papers(old, people)
    old.keys = frozenset(entry.key for entry in entries)
    carry_people(plan, entries, [_known(old, page) for page in people.values() if page != old.home])
    sections = sorted({path.split("/")[1] for path in site.below("content", ".md")} - _NOT_PAGES)
    sections = [section for section in sections if "." not in section]
    for section in sections:
        old.place_all(section.capitalize(), old.documents("index", section))
    talks = old.documents("cv", "event", "events", "talk")
    old.place_all("Talks", [one for one in talks if is_page(one[0])])
    for page, address in talks:
        if not old.place_of(page):
            addresses.add(address, "redirect", "cv", page.path)
    carry_talks(old, talks)
    old.keep_pdfs()
    old.finish({section.capitalize(): urlized(section) for section in sections})
    top = [one.name for one in old.placed if "/" not in one.name]
    plan.navigation = list(dict.fromkeys([*plan.navigation, *top]))
    _widgets(old)
    old.homeless("params", params, _SETTINGS, _SET)


# -- people -------------------------------------------------------------------------------------


def _name(page: Page) -> str:
    return page.get("name") or page.get("title")


def _person(old: Hugo, name: str) -> None:
    """Carry what the page of the owner says."""
    plan, page = old.plan, old.home or Page("config", {}, "")
    plan.name = name or _name(page)
    plan.pages["index"], plan.titles["index"] = "", plan.name
    old.addresses.add("/", "page", "index")
    plan.base, plan.url = old.base, "" if telltale(old.url) else web_url(old.url)
    seo = table_of(table_of(old.params.get("marketing")).get("seo"))
    about = words_of(text_of(old.params.get("description")) or text_of(seo.get("description")))
    plan.description = "" if telltale(about) else about
    plan.tell("Person", "name", page.path, "profile.toml, name")
    role = "" if "@" in page.get("role") else words_of(page.get("role"))
    interests = [words_of(text_of(one)) for one in items_of(page.data.get("interests"))]
    places = [table_of(one).get("name") for one in items_of(page.data.get("organizations"))]
    plan.institution = next(filter(None, map(words_of, map(text_of, places))), "")
    said: dict[str, Any] = {"position": role, "interests": list(filter(None, interests))}
    said |= {"affiliation": {"institution": plan.institution} if plan.institution else ""}
    for key, value in said.items():
        if value and not any(telltale(text) for _key, text in leaves(key, value)):
            plan.profile[key] = value
            plan.tell("Person", key, page.path, f"profile.toml, {key}")
    profiles = map(table_of, items_of(page.data.get("social") or page.data.get("profiles")))
    accounts = [_account(one) for one in profiles]
    carry_accounts(plan, [(page.path, *one) for one in accounts if "#" not in one[1]])
    education = page.data.get("education")
    courses = items_of(table_of(education).get("courses")) or items_of(education)
    resolve = partial(old.resolve, in_profile=True)
    carry_lines(plan, lines_of({"Education": courses}, resolve), page.path)


def _account(given: Mapping[str, Any]) -> tuple[str, str]:
    """Return what an account is called, and its address."""
    icon = text_of(given.get("icon")).rpartition("/")[2]
    address = text_of(given.get("link") or given.get("url"))
    icon = host_of(address).removeprefix("www.") if _ICON.fullmatch(icon) else icon
    return text_of(given.get("label")) or icon or "link", address


def _known(old: Hugo, page: Page) -> Known:
    """Return one of the other people."""
    first, _space, family = _name(page).rpartition(" ")
    groups = [text_of(one) for one in items_of(page.data.get("user_groups"))]
    links = [text_of(table_of(one).get("link")) for one in items_of(page.data.get("social"))]
    picture = old.beside(f"{urlized(page.path[8:].rpartition('/')[0])}/", r"avatar\.\w+")
    return Known(
        family,
        [first],
        page.path,
        url=next((link for link in links if web_url(link)), ""),
        role=words_of(page.get("role")),
        group=next(filter(None, groups), ""),
        picture=f"{KEPT}/{picture}" if picture else "",
    )


# -- papers -------------------------------------------------------------------------------------


def _papers(old: Hugo, people: Mapping[str, Page]) -> list[RawEntry]:
    """Carry the publications: the entry that a folder holds, or one made of its front matter."""
    pages = old.documents("publications", "publication", "publications")
    featured = [page for page, _address in pages if _is_featured(page)]
    tags = Counter(tag for page, _address in pages for tag in _texts(page, "tags"))
    topics = {tag for tag, times in tags.items() if times > 1}
    keys, made = Keys(), list[tuple[Page, str, str, str, str]]()
    lists = {f"/tag/{urlized(tag)}/" for tag in tags}
    for page, address in pages:
        words = [tag for tag in _texts(page, "tags") if tag in topics and len(topics) <= 12]
        words += ["selected"] if page in featured and len(featured) < len(pages) else []
        more = _more(old, page, address)
        more |= {"keywords": ", ".join(map(escaped, words))} if words else {}
        made.append((page, address, *_entry(old, page, people, more, keys)))
        lists |= {f"/publication-type/{urlized(t)}/" for t in _texts(page, "publication_types")}
        lists |= {f"/author/{urlized(who)}/" for who in _names(old, page, people)[0]}
    old.addresses.add(f"/author/{urlized(old.plan.name)}/", "redirect", "index")
    for address in sorted({"/publication/", *lists}):
        if address not in old.addresses.answers:
            old.addresses.add(address, "redirect", "publications")
    for feed in ("/index.xml", "/publication/index.xml"):
        old.addresses.add(feed, "none", "the feed of papers is /feed.xml")
    return join(old, made)


def _is_featured(page: Page) -> bool:
    return is_yes(page.data.get("featured") or page.data.get("selected"))


def _texts(page: Page, key: str) -> list[str]:
    return list(filter(None, map(text_of, items_of(page.data.get(key)))))


def _entry(
    old: Hugo, page: Page, people: Mapping[str, Page], more: Mapping[str, str], keys: Keys
) -> tuple[str, str, str]:
    """Return the key of a paper, its entry, and what there is to look at."""
    # A page that is no folder of its own has no files.
    folder = re.sub(r"(?:/index)?\.md$", "", page.path)
    name = safe_key(folder.rpartition("/")[2]) or "paper"
    for path in old.site.below(folder, ".bib"):
        text = "" if old.site.is_template(path) else old.site.text(path).strip()
        entries = read_entries(text)[0]
        head = re.compile(r"@[ \t]*\w+\s*[{(]\s*([^\s,]+)").search(text)
        if entries and head and head[1] == entries[0].key:
            there = {standard_name(name) for name, _value in entries[0].fields}
            key = keys.unique(name if head[1].lower() in keys.places else head[1], page.path)
            added = (f",\n  {n} = {{{value}}}" for n, value in more.items() if n not in there)
            return key, text[: head.start(1)] + key + "".join(added) + text[head.end(1) :], ""
        if text:
            old.site.refuse(
                path, "this file has no entry that can be read, so the front matter was taken"
            )
    key = keys.unique(name, page.path)
    names, guessed = _names(old, page, people)
    type_ = TYPES.get(next(iter(_texts(page, "publication_types")), ""), "misc")
    venue = _venue(page, type_)
    notes = [text_of(note) for note in items_of(page.data.get("author_notes"))]
    equal = [f"{n}=equal" for n, note in enumerate(notes, 1) if "equal" in note.casefold()]
    fields = {
        "title": protected(words_of(page.get("title"))),
        "author": " and ".join(map(escaped, names)),
        "author+an": "; ".join(equal),
        **venue,
        **date_fields(page.get("date") or page.get("year")),
        **more,
    }
    fields = {name: value for name, value in fields.items() if value}
    looks = [f"check the names {', '.join(guessed)}"] * bool(guessed)
    looks += ["check the venue"] * bool(venue)
    return key, Layout().entry(type_, key, fields).rstrip("\n"), "; ".join(looks)


def _names(old: Hugo, page: Page, people: Mapping[str, Page]) -> tuple[list[str], list[str]]:
    """Return the names of the authors, and those that were made of the names of folders."""
    names, guessed = [], []
    for who in _texts(page, "authors"):
        if who == "admin" or (who in people and people[who] == old.home):
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
    written, title = page.get("publication")[:1000], page.get("title")
    if title and title.casefold() in written.casefold():  # a whole citation
        written = written[written.casefold().index(title.casefold()) + len(title) :].lstrip(" .,:")
    written = re.sub(r"^.*\(\d{4}\).*?\bIn\s+|^To appear in\s+", "", written)
    link = re.search(r"\]\((https?://[^\s)]+)\)", written)
    words = re.sub(r"^(?:In|in)\s+", "", words_of(written).lstrip("*_ ")).strip(" .*_")
    found = {_VENUES.get(type_, "howpublished"): escaped(words)} if words else {}
    return found | ({"venueurl": verbatim(link[1])} if link else {})


def _tex(text: str) -> str:
    """Return text as TeX; formulas in it are TeX."""
    parts = re.split(r"(\s*\$[^$\n]+\$\s*)", text)
    return "".join(balanced(part) if n % 2 else escaped(part) for n, part in enumerate(parts))


def _more(old: Hugo, page: Page, address: str) -> dict[str, str]:
    """Return what the front matter knows better than an entry: links, abstract, picture."""
    custom = [table_of(one) for one in items_of(page.data.get("links"))]
    named = [(words_of(text_of(one.get("name"))), text_of(one.get("url"))) for one in custom]
    given = [(field_, page.get(key), "") for key, field_ in LINKS.items()]
    given += [(_NAMED.get(words.casefold(), ""), target, words) for words, target in named]
    found = link_fields(partial(old.resolve, here=address, in_profile=True), given)
    abstract, summary = words_of(page.get("abstract")), words_of(page.get("summary"))
    is_gist = len(summary) <= 200 and not abstract.startswith(summary[:40])
    awards = [words_of(one) for one in (*_texts(page, "awards"), *_texts(page, "award"))]
    picture = old.beside(address, r"featured\.(?:jpe?g|png|webp|gif)")
    caption = words_of(text_of(table_of(page.data.get("image")).get("caption")))
    pdf = "" if "file" in found else old.beside(address, r".*\.pdf")
    found |= {
        "abstract": _tex(abstract),
        "gist": _tex(summary) if is_gist else "",
        "award": escaped(next(iter(awards), "")),
        "figure": f"{KEPT}/{picture}" if picture else "",
        "figurecaption": escaped(caption) if picture else "",
        **({"file": pdf} if pdf else {}),
    }
    return {name: value for name, value in found.items() if value}


def _widgets(old: Hugo) -> None:
    """Carry positions and awards from the widgets of the home page; name the other widgets."""
    for page, _address in old.content("home"):
        given = items_of(page.data.get("experience") or page.data.get("item"))
        if page.is_template or not given:
            why = TEMPLATE if page.is_template else "bibfolio has no such widget"
            old.left(page.path, why)
            continue
        heading = "Awards" if page.get("widget") == "accomplishments" else "Experience"
        resolve = partial(old.resolve, in_profile=True)
        carry_lines(old.plan, lines_of({heading: given}, resolve), page.path)
