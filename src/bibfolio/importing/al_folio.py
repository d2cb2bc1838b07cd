"""An al-folio site → a plan of the new one. Its papers are BibTeX; the rest is data of Jekyll."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from bibfolio.importing.addresses import Addresses
from bibfolio.importing.curriculum import lines_of, possible, tables_of
from bibfolio.importing.jekyll import Jekyll, make_lists, own_pages, placed
from bibfolio.importing.leftovers import telltale
from bibfolio.importing.markdown import in_line, words_of
from bibfolio.importing.papers import carry_papers
from bibfolio.importing.people import Known, carry_people, user_of
from bibfolio.importing.plan import HOMELESS, LEFT, Plan
from bibfolio.importing.source import OldSite, Page, is_yes, items_of, table_of, text_of
from bibfolio.importing.writing import KEPT
from bibfolio.sources.bib_parser import RawEntry
from bibfolio.sources.keys import safe_key
from bibfolio.sources.links import is_repository, web_url

#: Key of `socials.yml` or `_config.yml` → key of `[links]`.
ACCOUNTS = {
    "github_username": "github",
    "gitlab_username": "gitlab",
    "scholar_userid": "scholar",
    "orcid_id": "orcid",
    "semanticscholar_id": "semantic_scholar",
    "dblp_url": "dblp",
    "research_gate_profile": "researchgate",
    "linkedin_username": "linkedin",
    "bluesky_url": "bluesky",
    "mastodon_username": "mastodon",
    "twitter_username": "x",
    "x_username": "x",
    "youtube_id": "youtube",
}
#: Key → name of a network that has no key of its own in `[links]`, and the address there.
OTHERS = {
    "work_url": ("Work", "{}"),
    "medium_username": ("Medium", "https://medium.com/@{}"),
    "inspirehep_id": ("Inspire HEP", "https://inspirehep.net/authors/{}"),
    "kaggle_id": ("Kaggle", "https://www.kaggle.com/{}"),
    "stackoverflow_id": ("Stack Overflow", "https://stackoverflow.com/users/{}"),
    "wikidata_id": ("Wikidata", "https://www.wikidata.org/wiki/{}"),
    "hal_id": ("HAL", "https://cv.hal.science/{}"),
    "osf_id": ("OSF", "https://osf.io/{}"),
    "publons_id": ("Publons", "https://publons.com/a/{}"),
    "zotero_username": ("Zotero", "https://www.zotero.org/{}"),
}
#: Settings that have no place here, whatever they say.
SETTINGS = re.compile(
    r"(?!enable)\w+_analytics|\w+_site_verification|giscus|disqus_shortname|external_sources|newsletter"
    r"|impressum_path|privacy_path|ieee_id|scopus_id|acm_id|strava_userid"
    r"|telegram_username|whatsapp_number|wechat_qr|discord_id|lattes_id|pinterest_id|flickr_id"
    r"|instagram_id|facebook_id|spotify_id|quora_username|blogger_url|lastfm_id|leetcode_id|cv_pdf"
)
EMOJI = {
    "sparkles": "✨", "smile": "😄", "tada": "🎉", "trophy": "🏆", "rocket": "🚀", "fire": "🔥",
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
    entries = carry_papers(site, plan, paths, _venues(site), old.keep)
    old.keys = frozenset(entry.key for entry in entries)
    _people(old, entries)
    # First every address, then the texts, whose links lead to any of them.
    pages = own_pages(old)
    news = old.documents("news", "index")
    projects = [one for one in old.documents("projects", "index") if not _is_software(old, one[0])]
    others = [name for name in old.collections if name not in {"news", "projects", "posts"}]
    found = [
        *placed(old, "Pages", pages),
        *placed(old, "Projects", projects),
        *(one for name in others for one in placed(old, name, old.documents(name, "index"))),
        *placed(old, "Posts", old.documents("posts", "index")),
    ]
    old.archives("blog" if any(kind == "Posts" for *_page, kind in found) else "index")
    _addresses(old, entries)
    for path in site.files:
        if path.endswith(".pdf") and not path.startswith("_"):
            if site.is_template(path):
                old.left(path, "the template's, unchanged")
            else:
                old.keep(path)
    _news(old, news)
    if old.home:
        _home(old, old.home)
        old.fill(old.home, "index", "/", "Pages")
    for page, its_name, address, kind in found:
        old.fill(page, its_name, address, kind)
    make_lists(old, found, {"Projects": "projects", "Posts": "blog"})
    old.also()
    _curriculum(old)
    _homeless(old)


# -- the person ---------------------------------------------------------------------------------


def _person(old: Jekyll, name: str) -> None:
    """Carry name, accounts, spellings of the name and the address of the site."""
    config, plan = old.config, old.plan
    parts = [text_of(config.get(key)) for key in ("first_name", "middle_name", "last_name")]
    written = " ".join(filter(None, parts))
    title = text_of(config.get("title"))
    plan.name = (
        name or ("" if telltale(written) else written) or ("" if title == "blank" else title)
    )
    where = "profile.toml, name" if plan.name else "nobody's name: write name in profile.toml"
    plan.tell("Person", plan.name or "name", "_config.yml", where)
    url = text_of(config.get("url"))
    if domain := old.site.text("CNAME").strip():
        url = f"https://{domain}"
    if web_url(url) and not telltale(url) and "localhost" not in url:
        plan.url = f"{url.rstrip('/')}{old.base}/"
    plan.base = old.base
    about = words_of(text_of(config.get("description")))
    plan.description = "" if telltale(about) or "simple, whitespace" in about else about
    email = text_of(config.get("email")) or text_of(_socials(old).get("email"))
    if email and not telltale(email):
        plan.profile["email"] = email.replace("@", " (at) ").replace(".", " (dot) ")
        plan.tell("Person", "e-mail", "_config.yml", "profile.toml, email")
    _accounts(old)
    scholar = table_of(config.get("scholar"))
    pairs = [
        f"{first} {last}"
        for last in items_of(scholar.get("last_name"))
        for first in items_of(scholar.get("first_name"))
        if isinstance(first, str) and isinstance(last, str)
    ]
    variants = [pair for pair in pairs if pair != plan.name and not _is_einstein(pair)]
    if variants:
        plan.profile["name_variants"] = variants
        what = f"{len(variants)} spellings"
        plan.tell("Person", what, "_config.yml", "profile.toml, name_variants")


def _is_einstein(name: str) -> bool:
    return bool(re.fullmatch(r"(?:A\.|Albert) Einstein", name))


def _socials(old: Jekyll) -> dict[str, Any]:
    return table_of(old.site.data("_data/socials.yml")) if _is_own(old, "_data/socials.yml") else {}


def _accounts(old: Jekyll) -> None:
    """Carry the accounts elsewhere."""
    links: dict[str, Any] = {"website": old.plan.url} if old.plan.url else {}
    more: list[dict[str, str]] = []
    given = [("_config.yml", old.config), ("_data/socials.yml", _socials(old))]
    for source, key, value in [(s, k, v) for s, data in given for k, v in data.items()]:
        text = text_of(value) or text_of(table_of(value).get("url"))
        if not text or telltale(text):
            continue
        ours = ACCOUNTS.get(key, "")
        if ours:
            user = user_of(ours, text)
            if user and ours not in links:
                links[ours] = user
                old.plan.tell("Person", key, source, f"profile.toml, links.{ours}")
            elif not user:
                old.plan.tell(HOMELESS, key, source, "it has no form that [links] knows")
        elif key in OTHERS or (key.startswith("custom_social") and isinstance(value, dict)):
            name, form = OTHERS.get(key, (text_of(table_of(value).get("title")) or "Other", "{}"))
            if address := web_url(form.format(text)):
                more.append({"name": name, "url": address})
                old.plan.tell("Person", key, source, "profile.toml, links.other")
    if links or more:
        old.plan.profile["links"] = links | ({"other": more} if more else {})


def _venues(site: OldSite) -> dict[str, str]:
    data = table_of(site.data("_data/venues.yml"))
    listed = {name: text_of(table_of(its).get("url")) for name, its in data.items()}
    return {name: url for name, url in listed.items() if web_url(url)}


def _people(old: Jekyll, entries: Sequence[RawEntry]) -> None:
    """Carry the co-authors that the old site listed."""
    path = "_data/coauthors.yml"
    listed = table_of(old.site.data(path)) if _is_own(old, path) else {}
    given = [(name, table_of(one)) for name, its in listed.items() for one in items_of(its)]
    carry_people(
        old.plan,
        entries,
        [
            Known(
                family,
                [*map(text_of, items_of(its.get("firstname")))],
                path,
                text_of(its.get("url")),
            )
            for family, its in given
        ],
    )


# -- pages --------------------------------------------------------------------------------------


def _home(old: Jekyll, page: Page) -> None:
    """Carry what the home page says of the person; its text is converted with the others'."""
    plan, given = old.plan, table_of(page.data.get("profile"))
    plan.has_news = is_yes(page.data.get("news")) or "announcements" in page.data
    position = words_of(re.split(r"[|⎟·•]|<br", page.get("subtitle"))[0])
    if position and not telltale(position) and len(position) < 120:
        plan.profile["position"] = position
        plan.tell("Person", "subtitle", page.path, "profile.toml, position", "is it the position?")
    address = words_of(
        str(given.get("address") or given.get("more_info") or "").replace("</p>", ", </p>")
    )
    address = re.sub(r"[\s,]+(?=,)", "", address).strip(" ,")
    if address and not telltale(address) and len(address) < 160:
        plan.profile["location"] = address
        plan.tell("Person", "address", page.path, "profile.toml, location", "is it a place?")
    picture = text_of(given.get("image"))
    path = next((p for p in (f"assets/img/{picture}", picture) if p in old.site.files), "")
    if path and not old.site.is_template(path) and old.keep(path):
        plan.profile["portrait"] = f"{KEPT}/{path}"
        plan.tell("Person", picture, page.path, "profile.toml, portrait")
    elif picture and not path:
        plan.tell("Person", picture, page.path, "not in the old site", "the portrait is missing")


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
            why = "without a date" if text else "without a text"
            old.site.refuse(page.path, f"{why}, so that it is no news")
            old.addresses.add(address, "redirect", "index", page.path)
            continue
        item, where = {"date": day, "text": text}, "profile.toml, news"
        name = "" if is_short or not body else old.place(page, address)
        if name:
            old.fill(page, name, address, "News with a page")
            words = re.sub(r"\[([^\]]*)\]\([^)]*\)|[\[\]]", r"\1", text)
            item["text"] = f"[{words}](/{name}/)"
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
    for path in ("_data/cv.yml", "assets/json/resume.json"):
        if not _is_own(old, path):
            continue
        data = old.site.data(path)
        lines = list(lines_of(data))
        if telltale(_name_in(data)) or any(telltale(str(line.item)) for line in lines):
            old.plan.tell(LEFT, path, path, "the template's: not the owner's life")
            continue
        for line in lines:
            what = next(iter(line.item.values()))
            look = f"{line.lost} left out" if line.lost else ""
            where = f"profile.toml, {line.table}"
            old.plan.tell("CV", str(what), path, where, look)
        old.plan.profile |= {**tables_of(lines), **old.plan.profile}
        if lines:
            return


def _name_in(data: object) -> str:
    """Return the name of the person whose CV it is."""
    for one in items_of(data):
        table = table_of(one)
        basics = table_of(table.get("basics")) or table_of(table.get("cv"))
        if name := text_of(basics.get("name")):
            return name
        for item in map(table_of, items_of(table.get("contents"))):
            if text_of(item.get("name")).casefold() == "full name":
                return text_of(item.get("value"))
    return ""


def _is_own(old: Jekyll, path: str) -> bool:
    """Return whether a file is there and the owner's; name it if it is the template's."""
    if old.site.is_template(path):
        old.left(path, "the template's, unchanged")
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
    for entry in entries if folder else ():
        target = f"papers/{safe_key(entry.key)}"
        old.addresses.add(f"/{folder}/{entry.key}/", "redirect", target)
    old.addresses.add("/sitemap.xml", "file", "sitemap.xml")
    old.addresses.add("/robots.txt", "file", "robots.txt")
    why = "a feed of posts has no successor: it tells of papers now, and /news.atom of news"
    old.addresses.add("/feed.xml", "none", why)


def _homeless(old: Jekyll) -> None:
    """Name the settings that have no home here, without their values."""
    for key, value in old.config.items():
        texts = list(map(text_of, table_of(value).values())) or [text_of(value)]
        is_off = text_of(table_of(value).get("enabled")) == "false"
        is_set = not is_off and (isinstance(value, list) or any(texts))
        if SETTINGS.fullmatch(key) and is_set and not any(map(telltale, texts)):
            old.plan.tell(HOMELESS, key, "_config.yml", "no page loads anything from elsewhere")
    if old.base:
        where = (
            f"the site was below {old.base}: the new one must be, too, for its addresses to answer"
        )
        old.plan.tell(HOMELESS, "baseurl", "_config.yml", where)
    if _is_own(old, "_data/repositories.yml"):
        old.plan.tell(HOMELESS, "repositories", "_data/repositories.yml", "write [[software]]")
