"""An academicpages site → a plan of the new one. Its papers are pages; authors are in free text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from html import unescape
from typing import Any

from bibfolio.importing.addresses import Addresses
from bibfolio.importing.curriculum import possible
from bibfolio.importing.jekyll import Jekyll, make_lists, own_pages, placed
from bibfolio.importing.leftovers import telltale
from bibfolio.importing.markdown import converted, in_line, words_of
from bibfolio.importing.people import account_of, user_of
from bibfolio.importing.plan import HOMELESS, LEFT, Plan
from bibfolio.importing.source import OldSite, Page, host_of, is_yes, items_of, table_of, text_of
from bibfolio.importing.writing import KEPT
from bibfolio.lint.mending import mend
from bibfolio.sources.bib_parser import RawEntry, read_entries
from bibfolio.sources.bibtex_writer import Layout, escaped, protected, verbatim
from bibfolio.sources.identifiers import arxiv_inside, doi_of
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
#: Word in the type of a talk → kind.
KINDS = {
    word: word
    for word in ("keynote", "invited", "seminar", "tutorial", "panel", "poster", "lecture")
}
#: Settings with the name of an account.
ACCOUNTS = (
    "github",
    "linkedin",
    "orcid",
    "researchgate",
    "twitter",
    "youtube",
    "bluesky",
    "mastodon",
)
#: Settings that have no place here.
SETTINGS = re.compile(
    r"analytics|\w+_site_verification|comments|staticman|disqus|facebook|atom_feed"
)

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
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
    entries = _papers(old)
    old.keys = frozenset(entry.key for entry in entries)
    pages = own_pages(old)
    talks = old.documents("talks", "cv")
    courses = old.documents("teaching", "cv")
    known = {"publications", "talks", "teaching", "portfolio", "posts"}
    others = [name for name in old.collections if name not in known]
    found = [
        *placed(old, "Pages", pages),
        *placed(old, "Portfolio", old.documents("portfolio", "index")),
        *placed(old, "Teaching", [one for one in courses if _is_long(one[0])]),
        *placed(old, "Talks", [one for one in talks if _is_long(one[0])]),
        *(one for name in others for one in placed(old, name, old.documents(name, "index"))),
        *placed(old, "Posts", old.documents("posts", "index")),
    ]
    lists = {
        "Portfolio": "portfolio",
        "Teaching": "teaching",
        "Talks": "talks",
        "Posts": "year-archive",
    }
    _tables(old, talks, courses, {page.path: place for page, place, *_rest in found})
    kinds = {one[3] for one in found} | {table.capitalize() for table in plan.profile}
    for kind, folder in lists.items():
        nearest = folder if kind in kinds else "cv"
        for page, address in old.served.get(kind.lower(), []):
            if addresses.answers.get(address, ("", nearest))[1] == nearest:
                addresses.add(address, "redirect", nearest, page.path)
    for path in site.files:
        if (
            path.endswith(".pdf")
            and path.startswith(("files/", "assets/"))
            and not site.is_template(path)
        ):
            old.keep(path)
    if old.home:
        old.fill(old.home, "index", "/", "Pages")
    for page, place, address, kind in [*found, *((*one, "Pages") for one in old.instead)]:
        old.fill(page, place, address, kind)
        _by_hand(old, page)
    if old.home:
        _by_hand(old, old.home)
    for key, (page, address) in old.notes.items():
        text, _taken = converted(page.body, partial(old.resolve, here=address), old.keys)
        # Notes have no title, so that their headings start one higher.
        plan.notes[safe_key(key)] = re.sub(r"^#(#+ )", r"\1", text, flags=re.MULTILINE)
        plan.tell("Notes on papers", key, page.path, f"notes/{safe_key(key)}.md")
    make_lists(old, found, lists)
    _menu(old)
    old.also()
    _homeless(old)


def _is_long(page: Page) -> bool:
    return "\n" in page.body.strip() or len(page.body.strip()) > 200


# -- the person ---------------------------------------------------------------------------------


def _person(old: Jekyll, name: str) -> None:
    """Carry what the configuration says of the author."""
    config, plan = old.config, old.plan
    author = table_of(config.get("author"))
    names = (
        name,
        text_of(config.get("name")),
        text_of(author.get("name")),
        text_of(config.get("title")),
    )
    plan.name = next((one for one in names if one and not telltale(one)), "")
    url = (
        f"https://{domain}"
        if (domain := old.site.text("CNAME").strip())
        else text_of(config.get("url"))
    )
    plan.url = (
        f"{web_url(url).rstrip('/')}{old.base}/" if host_of(url) and not telltale(url) else ""
    )
    plan.base = old.base
    about = words_of(text_of(config.get("description")))
    plan.description = "" if telltale(about) else about
    said = {
        key: words_of(text_of(author.get(key))) for key in ("location", "employer", "bio", "email")
    }
    said = {key: value for key, value in said.items() if value and not telltale(value)}
    if employer := said.get("employer"):
        plan.institution = employer
        plan.profile["affiliation"] = {"institution": employer}
    if email := said.get("email"):
        plan.profile["email"] = email.replace("@", " (at) ").replace(".", " (dot) ")
    plan.profile |= {"location": said["location"]} if "location" in said else {}
    for key in said.keys() - {"bio"}:
        plan.tell("Person", key, "_config.yml", "profile.toml")
    picture = text_of(author.get("avatar"))
    path = next((p for p in (f"images/{picture}", picture.lstrip("/")) if p in old.site.files), "")
    if path and not old.site.is_template(path) and old.keep(path):
        plan.profile["portrait"] = f"{KEPT}/{path}"
        plan.tell("Person", "avatar", "_config.yml", "profile.toml, portrait")
    links: dict[str, str] = {"website": plan.url} if plan.url else {}
    for key, value in author.items():
        text = text_of(value)
        network, user = account_of(text) if "://" in text else ("", "")
        network = network or ({"twitter": "x"}.get(key, key) if key in ACCOUNTS else "")
        user = user or (user_of(network, text) if network and text else "")
        if user and not telltale(text) and "replacethis" not in text:
            links.setdefault(network, user)
            plan.tell("Person", key, "_config.yml", f"profile.toml, links.{network}")
    plan.profile |= {"links": links} if links else {}


# -- papers -------------------------------------------------------------------------------------


def _papers(old: Jekyll) -> list[RawEntry]:
    """Make an entry of each publication; what was guessed is said above it."""
    texts: list[str] = []
    taken: list[str] = []
    for page, address in old.documents("publications", "publications"):
        text, key, look = _entry(old, page, address, taken)
        taken.append(key)
        texts.append(text)
        where = f"papers/{safe_key(key) or key}"
        old.addresses.add(address, "redirect", where, page.path)
        old.plan.tell("Papers", key, page.path, f"refs.bib, {where}", look)
    old.plan.bib = mend("\n\n".join(texts) + "\n") if texts else ""
    return read_entries(old.plan.bib)[0]


def _entry(old: Jekyll, page: Page, address: str, taken: Sequence[str]) -> tuple[str, str, str]:
    """Return the entry of a paper, its key, and what there is to look at."""
    title = words_of(page.get("title"))
    title = unescape(unescape(title))
    citation = words_of(page.get("citation"))
    citation = "" if telltale(citation) else citation
    given = [text_of(one) for one in items_of(page.data.get("authors") or page.data.get("author"))]
    authors = names_in(", ".join(given)) if len(given) == 1 else given
    authors = authors or names_in(before_title(citation or words_of(page.get("excerpt")), title))
    if own := _own_entry(old, page):
        return own[0], own[1], ""
    date = _DATE.match(page.get("date") or page.path.rpartition("/")[2])
    year = int(date[1]) if date else 0
    family = (
        authors[0].partition(",")[0]
        if authors and "," in authors[0]
        else (authors or [""])[0].split(" ")[-1]
    )
    key = new_key(family, year, title, (), taken)
    type_, field = _type(page)
    venue = words_of(page.get("venue"))
    fields = {
        "title": protected(title),
        "author": " and ".join(escaped(one) for one in authors),
        field: escaped(venue),
        **_dated(date),
        **_links(old, page, address),
    }
    if type_ == "misc" and (arxiv := arxiv_inside(venue)) and "eprint" not in fields:
        fields |= {"eprint": verbatim(arxiv), "eprinttype": "arxiv"}
    fields |= {"pubstate": "prepublished"} if type_ == "misc" else {}
    excerpt = words_of(page.get("excerpt"))
    fields |= (
        {"gist": escaped(excerpt)} if 0 < len(excerpt) <= 140 and not telltale(excerpt) else {}
    )
    if abstract := _abstract(page):
        fields["abstract"] = escaped(abstract)
    elif old.says_something(page):
        old.notes[key] = (page, address)
    fields = {name: value for name, value in fields.items() if value}
    above = f"% {citation}\n" if citation else ""
    above += "% Imported: type, venue and authors are guesses.\n"
    look = "a guess" if authors else "without authors: write author"
    return above + Layout().entry(type_, key, fields).rstrip("\n"), key, look


def _own_entry(old: Jekyll, page: Page) -> tuple[str, str] | None:
    """Return the entry in the file that ``bibtexurl`` names, with its key."""
    path = old.resolve(page.get("bibtexurl"), in_profile=True) if page.get("bibtexurl") else ""
    text = old.site.text(path.lstrip("/")).strip() if path and path.endswith(".bib") else ""
    entries = read_entries(text)[0]
    return (
        (text, entries[0].key)
        if len(entries) == 1 and "author" in dict(entries[0].fields)
        else None
    )


def _dated(date: re.Match[str] | None) -> dict[str, str]:
    """Return the field for a date; the first of January means a year to nearly everybody."""
    if not date:
        return {}
    month, day = int(date[2] or 0), int(date[3] or 0)
    if not 1 <= month <= 12 or (month, day) == (1, 1):
        return {"year": date[1]}
    return {"date": f"{date[1]}-{month:02}" + (f"-{day:02}" if 1 < day <= 31 else "")}


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
    body = re.sub(r"^\s*#*\s*\**abstract\**:?\s*\n", "", page.body, flags=re.IGNORECASE)
    parts = [part for part in re.split(r"\n\s*\n", body.strip()) if part.strip()]
    parts = [part for part in parts if not re.match(r"\[[^]]*(?:download|access|pdf)", part, re.I)]
    text = (
        words_of(parts[0]) if parts and not parts[0].startswith(("#", "-", "*", "<", "!")) else ""
    )
    return text if len(text) > 80 and not text.casefold().startswith("recommended citation") else ""


def _links(old: Jekyll, page: Page, address: str) -> dict[str, str]:
    """Return what addresses in the front matter and the body lead to."""
    found: dict[str, str] = {}
    given = [
        (key, page.get(key)) for key in ("paperurl", "pdf", "link", "slidesurl", "codeurl", "doi")
    ]
    given += [
        ("body", target)
        for words, target in re.findall(r"\[([^\]]*)\]\(([^()\s]+)\)", page.body)
        if re.search(r"download|access|pdf|paper|code|github", words, re.I)
    ]
    for key, target in given:
        if not target or telltale(target) or "academicpages.github.io" in target:
            continue
        place = old.resolve(target, address, in_profile=True)
        value = verbatim(target if place is None else place.lstrip("/"))
        if doi := doi_of(target):
            found.setdefault("doi", verbatim(doi))
        elif number := (arxiv_inside(target) if "arxiv.org/" in target else ""):
            found |= (
                {} if "eprint" in found else {"eprint": verbatim(number), "eprinttype": "arxiv"}
            )
        elif not value:
            old.plan.tell(LEFT, target, page.path, "a file that is not in the old site")
        elif key == "slidesurl":
            found.setdefault("slides", value)
        elif key == "codeurl" or "github.com/" in value:
            found.setdefault("code", value)
        elif value.casefold().endswith(".pdf"):
            found.setdefault("file", value)
        elif value.startswith("http"):
            found.setdefault("url", value)
    return found


# -- talks, courses and the rest ----------------------------------------------------------------


def _tables(
    old: Jekyll,
    talks: Sequence[tuple[Page, str]],
    courses: Sequence[tuple[Page, str]],
    places: dict[str, str],
) -> None:
    """Carry talks and courses as tables of the profile."""
    found = {
        "talks": [item for page, address in talks for item in _talk(old, page, address, places)],
        "teaching": [item for page, _address in courses for item in _course(old, page, places)],
    }
    old.plan.profile |= {name: items for name, items in found.items() if items}


def _talk(
    old: Jekyll, page: Page, address: str, places: dict[str, str]
) -> Iterator[dict[str, Any]]:
    title, kind = words_of(page.get("title")), page.get("type").casefold()
    date = possible(next(iter(_dated(_DATE.match(page.get("date"))).values()), ""))
    if not title or not date:
        old.site.refuse(page.path, "is a talk without a date or title")
        return
    place = places.get(page.path, "")
    resolve = partial(old.resolve, here=address, in_profile=True)
    slides = page.get("slides") or page.get("slidesurl")
    item = {
        "title": title,
        "url": f"/{place}/" * bool(place),
        "event": words_of(page.get("venue")),
        "date": date,
        "place": words_of(page.get("location")),
        "kind": next((ours for word, ours in KINDS.items() if word in kind), "conference"),
        "slides": web_url(slides) or ((resolve(slides) or "").lstrip("/") if slides else ""),
        "note": "" if place else in_line(page.body, resolve),
    }
    old.plan.tell("Talks", title, page.path, "profile.toml, talks")
    yield {key: value for key, value in item.items() if value}


def _course(old: Jekyll, page: Page, places: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    title, role = words_of(page.get("title")), words_of(page.get("type"))
    year = page.get("date")[:4]
    if not title or not role or not year.isdigit():
        old.site.refuse(page.path, "is a course without a title, type or date")
        return
    item = {"course": title, "role": role, "term": year, "institution": words_of(page.get("venue"))}
    if place := places.get(page.path):
        item["url"] = f"/{place}/"
    old.plan.tell("Courses", title, page.path, "profile.toml, teaching", "is the type the role?")
    yield {key: value for key, value in item.items() if value}


def _by_hand(old: Jekyll, page: Page) -> None:
    """Propose to add the papers that a page names and no entry is about."""
    named = re.findall(r"arxiv\.org/(?:abs|pdf)/([\w./-]+?)(?:v\d+)?(?:\.pdf)?[)\s\"'<]", page.body)
    named += re.findall(r"doi\.org/(10\.\d{4,}/[^)\s\"'<>\]]+)", page.body)
    new = [one for one in dict.fromkeys(named) if one.casefold() not in old.plan.bib.casefold()]
    if new:
        command = f"bibfolio add {' '.join(verbatim(one) for one in new)}"
        old.plan.tell(
            "Papers in a page", f"{len(new)} numbers", page.path, command, "paste the command"
        )


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


def _homeless(old: Jekyll) -> None:
    """Name the settings that have no home here, without their values."""
    old.addresses.add(
        "/feed.xml", "none", "a feed of posts has no successor: it tells of papers now"
    )
    for key, value in old.config.items():
        leaves = re.findall(r": '([^']+)'", str(table_of(value))) or [text_of(value)]
        on = [one for one in leaves if one and not telltale(one)]
        is_off = text_of(table_of(value).get("provider")) in {"", "false"} and isinstance(
            value, dict
        )
        if SETTINGS.fullmatch(key) and on and not is_off:
            old.plan.tell(HOMELESS, key, "_config.yml", "no page loads anything from elsewhere")
    if old.base:
        where = (
            f"the site was below {old.base}: the new one must be, too, for its addresses to answer"
        )
        old.plan.tell(HOMELESS, "baseurl", "_config.yml", where)
