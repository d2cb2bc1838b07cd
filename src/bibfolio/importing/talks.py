"""Talks that are pages of an old site → lines of the profile."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any, get_args

from bibfolio.importing.curriculum import possible
from bibfolio.importing.markdown import in_line, words_of
from bibfolio.importing.pages import OldPages, is_long
from bibfolio.importing.papers import date_fields
from bibfolio.importing.source import Page
from bibfolio.model.profile import TalkKind
from bibfolio.sources.links import web_url

_KIND = re.compile("|".join(get_args(TalkKind)))
#: A link of a page that the line of a talk has as well, by its words.
_LINK = re.compile(r"\[[^\[\]]*\b(slides|video|recording)\b[^\[\]]*\]\(([^()\s]+)\)", re.I)


def is_page(page: Page) -> bool:
    """Return whether a talk says more than its line can hold."""
    return is_long(replace(page, body=_linked(page.body)[1]))


def _linked(body: str) -> tuple[dict[str, str], str]:
    """Return the first links to slides and to a recording, and the text without these two."""
    found: dict[str, str] = {}

    def take(link: re.Match[str]) -> str:
        key = "slides" if link[1].casefold() == "slides" else "video"
        if key in found or (key == "video" and not web_url(link[2])):
            return link[0]
        found[key] = link[2]
        return ""

    rest = _LINK.sub(take, body)
    return found, "\n".join(
        line for line in rest.splitlines() if re.search(r"\w", line) or not line
    )


def carry_talks(old: OldPages, talks: Iterable[tuple[Page, str]]) -> None:
    """Carry talks, each with its old address; the line of one that has a page leads there."""
    items = [item for page, address in talks if (item := _talk(old, page, address))]
    if items:
        old.plan.profile["talks"] = items


def _talk(old: OldPages, page: Page, address: str) -> dict[str, Any] | None:
    def first(*keys: str) -> str:
        return next(filter(None, map(page.get, keys)), "")

    title, event = words_of(page.get("title")), words_of(first("event", "venue"))
    date = possible(next(iter(date_fields(page.get("date")).values()), ""))
    if not title or not date:
        old.site.refuse(page.path, "this talk has no date or title, so it was left out")
        return None
    resolve = partial(old.resolve, here=address, in_profile=True)
    place, site = old.place_of(page), web_url(page.get("event_url"))
    linked, rest = _linked(page.body)
    slides = first("slides", "slidesurl", "url_slides") or linked.get("slides", "")
    video = page.get("url_video") or linked.get("video", "")
    there = web_url(slides) or (resolve(slides) or "").lstrip("/") if slides else ""
    kind = _KIND.search(page.get("type").casefold())
    look = f"add {slides}: not in the old site" if slides and not there else ""
    old.plan.tell("Talks", title, page.path, "profile.toml, talks", look)
    return {
        "title": title,
        "event": f"[{event}]({site})" if place and event and site else event,
        "date": date,
        "place": words_of(page.get("location")),
        "kind": kind[0] if kind else "",
        "url": place or site,
        "slides": there,
        "video": web_url(video),
        "note": "" if place else in_line(rest, resolve),
    }
