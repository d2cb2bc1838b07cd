"""Talks that are pages of an old site → lines of the profile."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from typing import Any, get_args

from bibfolio.importing.curriculum import possible
from bibfolio.importing.markdown import in_line, words_of
from bibfolio.importing.pages import OldPages
from bibfolio.importing.papers import date_fields
from bibfolio.importing.source import Page
from bibfolio.model.profile import TalkKind
from bibfolio.sources.links import web_url

_KIND = re.compile("|".join(get_args(TalkKind)))


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
    place, site, slides = old.place_of(page), web_url(page.get("event_url")), first("slides")
    slides = slides or first("slidesurl", "url_slides")
    kind = _KIND.search(page.get("type").casefold())
    old.plan.tell("Talks", title, page.path, "profile.toml, talks")
    return {
        "title": title,
        "event": f"[{event}]({site})" if place and event and site else event,
        "date": date,
        "place": words_of(page.get("location")),
        "kind": kind[0] if kind else "",
        "url": place or site,
        "slides": web_url(slides) or (resolve(slides) or "").lstrip("/") if slides else "",
        "video": web_url(page.get("url_video")),
        "note": "" if place else in_line(page.body, resolve),
    }
