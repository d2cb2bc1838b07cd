"""An al-folio site → a plan of the new one. Its papers are BibTeX; the rest is data of Jekyll."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from bibfolio.importing.addresses import Addresses
from bibfolio.importing.curriculum import carry_lines, lines_of, possible
from bibfolio.importing.jekyll import Jekyll
from bibfolio.importing.leftovers import telltale
from bibfolio.importing.markdown import in_line, words_of
from bibfolio.importing.papers import carry_papers, places_of
from bibfolio.importing.people import Known, carry_accounts, carry_people, place_in
from bibfolio.importing.plan import HOMELESS, LEFT, TEMPLATE, Plan
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
from bibfolio.sources.bib_parser import RawEntry
from bibfolio.sources.links import is_repository, web_url

#: Keys of `socials.yml` and `_config.yml` that name an account.
_ACCOUNT = re.compile(r"custom_social.*|.*_(?:username|userid|id|url|profile|number|qr)")
#: Settings that have no place here, whatever they say.
_SETTINGS = (
    r"(?!enable)\w+_analytics|\w+_site_verification|giscus|disqus_shortname|external_sources"
    r"|newsletter|impressum_path|privacy_path|cv_pdf"
)
EMOJI = {
    "sparkles": "✨", "smile": "😄", "tada": "🎉", "trophy": "🏆", "rocket": "🚀", "fire": "🔥",
    "grin": "😁", "clap": "👏", "heart": "❤️", "books": "📚", "medal_sports": "🏅", "bulb": "💡",
    "star": "⭐", "mega": "📣", "loudspeaker": "📢", "page_facing_up": "📄", "mortar_board": "🎓",
}  # fmt: skip
_PLAIN_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")


def carry(site: OldSite, plan: Plan, addresses: Addresses, name: str = "") -> None:
    """Carry an al-folio site over into *plan* and *addresses*."""
    config = table_of(site.data("_config.yml"))
    old = Jekyll(site, plan, addresses, config=config)
    _person(old, name)
    # Keys of the bibliography that was shown come before those of others.
    shown = text_of(table_of(config.get("scholar")).get("bibliography")) or "papers.bib"
    paths = sorted(site.below("_bibliography", ".bib"), key=lambda path: not path.endswith(shown))
    entries = carry_papers(old, paths, _venues(old))
    old.keys = frozenset(entry.key for entry in entries)
    _people(old, entries)
    # First every address, then the texts, whose links lead to any of them.
    old.place_pages()
    news = old.documents("news", "index")
    projects = old.documents("projects", "index")
    old.place_all("Projects", [one for one in projects if not _is_software(old, one[0])])
    old.place_rest("news", "projects")
    old.archives("blog" if any(one.kind == "Posts" for one in old.placed) else "index")
    _addresses(old, entries)
    old.keep_pdfs()
    _news(old, news)
    if old.home:
        _home(old, old.home)
    old.finish({"Projects": "projects", "Posts": "blog"})
    _dead_links(old, entries)
    _curriculum(old)
    old.homeless("_config.yml", config, _SETTINGS)
    if _is_own(old, "_data/repositories.yml"):
        path, look = "_data/repositories.yml", "write [[software]] for what you want to show"
        plan.tell(HOMELESS, "repositories", path, "not carried over", look)


# -- the person ---------------------------------------------------------------------------------


def _person(old: Jekyll, name: str) -> None:
    """Carry name, accounts, spellings of the name and the address of the site."""
    config, socials = old.config, _data(old, "socials.yml")
    parts = [text_of(config.get(key)) for key in ("first_name", "middle_name", "last_name")]
    old.person(name, " ".join(filter(None, parts)), text_of(config.get("title")))
    email = text_of(config.get("email")) or text_of(socials.get("email"))
    old.say("_config.yml", "email", email, "email")
    accounts = []
    for source, data in (("_config.yml", config), (_path(old, "socials.yml"), socials)):
        for key, value in data.items():
            its = table_of(value)
            words = text_of(its.get("title")) or key
            if _ACCOUNT.fullmatch(key):
                accounts.append((source, words, text_of(its.get("url")) or text_of(value)))
    carry_accounts(old.plan, accounts)
    scholar = table_of(config.get("scholar"))
    pairs = [
        f"{first} {last}"
        for last in map(text_of, items_of(scholar.get("last_name")))
        for first in map(text_of, items_of(scholar.get("first_name")))
    ]
    variants = [pair for pair in pairs if pair != old.plan.name and not telltale(pair)]
    if variants:
        old.plan.profile["name_variants"] = variants
        what = f"{len(variants)} other spellings"
        old.plan.tell("Person", what, "_config.yml", "profile.toml, name_variants")


def _data(old: Jekyll, name: str) -> dict[str, Any]:
    """Return a file of data of the owner, in the language that is carried."""
    path = _path(old, name)
    return table_of(old.site.data(path)) if _is_own(old, path) else {}


def _path(old: Jekyll, name: str) -> str:
    path = f"_data/{old.language}/{name}"
    return path if path in old.site.files else f"_data/{name}"


def _venues(old: Jekyll) -> dict[str, str]:
    listed = {name: table_of(its).get("url") for name, its in _data(old, "venues.yml").items()}
    return {name: web_url(text_of(url)) for name, url in listed.items() if web_url(text_of(url))}


def _people(old: Jekyll, entries: Sequence[RawEntry]) -> None:
    """Carry the co-authors that the old site listed."""
    listed = _data(old, "coauthors.yml")
    given = [(name, table_of(one)) for name, its in listed.items() for one in items_of(its)]
    known = [
        Known(
            family,
            [*map(text_of, items_of(its.get("firstname")))],
            _path(old, "coauthors.yml"),
            text_of(its.get("url")),
        )
        for family, its in given
    ]
    carry_people(old.plan, entries, known)


# -- pages --------------------------------------------------------------------------------------


def _home(old: Jekyll, page: Page) -> None:
    """Carry what the home page says of the person; its text is converted with the others'."""
    given = table_of(page.data.get("profile"))
    old.plan.has_news = is_yes(page.data.get("news")) or "announcements" in page.data
    position = words_of(re.split(r"[|⎟·•]|<br", page.get("subtitle"))[0])
    if len(position) < 120:
        old.say(page.path, "position", position, "subtitle", "check the position")
    address = str(given.get("address") or given.get("more_info") or "")
    place = place_in(words_of(re.sub(r"</p>|<br\b[^<>]*>", ", ", address)))
    old.say(page.path, "location", place, "address", "check that you are there")
    if address and not place and not telltale(address):
        old.plan.tell(
            "Person",
            "address",
            page.path,
            "no town was found in it",
            "write location in profile.toml",
        )
    shown = re.search(r"\bselected\s*=\s*[{\"]?\s*true", old.plan.bib, re.IGNORECASE)
    old.plan.has_selected = is_yes(page.data.get("selected_papers")) and bool(shown)
    old.portrait(text_of(given.get("image")), "assets/img", page.path)


def _is_software(old: Jekyll, page: Page) -> bool:
    """Carry a project that only led elsewhere as software; return whether it did."""
    target = web_url(page.get("redirect"))
    if not target:
        return False
    key = "code" if is_repository(target) else "url"
    item = {
        "name": words_of(page.get("title")) or target,
        "text": words_of(page.get("description")),
        key: target,
    }
    old.plan.profile.setdefault("software", []).append(item)
    old.plan.tell("Software", page.get("title"), page.path, "profile.toml, software")
    old.addresses.add(old.places[page.path], "redirect", "cv", page.path)
    return True


def _dead_links(old: Jekyll, entries: Sequence[RawEntry]) -> None:
    """Tell which papers name pages and files of the old site that its sources do not hold."""
    for entry in entries:
        for name, value in entry.fields:
            address = value.strip("{} ")
            if host_of(address) in old.hosts and not old.resolve(address, in_profile=True):
                look = f"remove the field {name}, or write the page"
                old.plan.tell("Dead links", address, "refs.bib", f"refs.bib, {entry.key}", look)


# -- the rest -----------------------------------------------------------------------------------


def _news(old: Jekyll, news: Sequence[tuple[Page, str]]) -> None:
    """Carry the news; one with a text of its own is a page as well, at its old address."""
    items = []
    for page, address in news:
        date = _PLAIN_DATE.search(page.get("date")) or _PLAIN_DATE.search(page.path)
        day = possible(date[0]) if date else ""
        is_short = is_yes(page.data.get("inline")) or not page.get("title")
        resolve = partial(old.resolve, here=address, in_profile=True)
        body = in_line(_emoji(page.body), resolve)
        text = body if is_short else in_line(_emoji(page.get("title")), resolve)
        if not day or not text:
            what = "date" if text else "text"
            old.site.refuse(page.path, f"this item of news has no {what}, so it was left out")
            old.addresses.add(address, "redirect", "index", page.path)
            continue
        item, where = {"date": day, "text": text}, "profile.toml, news"
        name = "" if is_short or not body else old.place(page, address)
        if name:
            old.fill(page, name, address)
            item["url"] = f"/{name}/"
        else:
            old.addresses.add(address, "redirect", "index", page.path)
        items.append(item)
        old.plan.tell("News", text[:60], f"{page.path}:{page.line}", where)
    if items:
        old.plan.profile["news"] = sorted(items, key=lambda item: item["date"], reverse=True)


def _emoji(text: str) -> str:
    return re.sub(r":(\w+):", lambda found: EMOJI.get(found[1], found[0]), text)


def _curriculum(old: Jekyll) -> None:
    """Carry education, positions, awards and other sections of the CV."""
    for path in (_path(old, "cv.yml"), "assets/json/resume.json"):
        data = old.site.data(path) if _is_own(old, path) else None
        # The first name in it, or the value that is called so, is whose life it is.
        names = [text for key, text in leaves("", data) if key in {"name", "value"}]
        if any(map(telltale, names[:2])):
            old.plan.tell(LEFT, path, path, f"{TEMPLATE}: it is the CV of somebody else")
        elif data:
            resolve = partial(old.resolve, in_profile=True)
            carry_lines(old.plan, lines_of(data, resolve), path)
            return


def _is_own(old: Jekyll, path: str) -> bool:
    """Return whether a file is there and the owner's; name it if it is the template's."""
    if old.site.is_template(path):
        old.left(path, f"{TEMPLATE}, unchanged")
        return False
    return path in old.site.files


def _addresses(old: Jekyll, entries: Sequence[RawEntry]) -> None:
    """Note the addresses that al-folio makes by itself."""
    old.addresses.add("/", "page", "index")
    old.addresses.add("/publications/", "page", "publications")
    scholar = table_of(old.config.get("scholar"))
    # jekyll-scholar makes a page for each paper only if there is a layout for it.
    has_layout = f"_layouts/{text_of(scholar.get('details_layout'))}" in old.site.files
    folder = text_of(scholar.get("details_dir")) if has_layout else ""
    for key, place in places_of(entries).items() if folder else ():
        old.addresses.add(f"/{folder}/{key}/", "redirect", place)
    for name in ("sitemap.xml", "robots.txt") if old.plan.url else ():
        old.addresses.add(f"/{name}", "file", name)
    why = "there is no feed of posts any more; /feed.xml is the feed of papers, /news.atom of news"
    old.addresses.add("/feed.xml", "none", why)
