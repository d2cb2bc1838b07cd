"""Pages of the built site → those that search results and link previews cannot show well."""

from __future__ import annotations

from collections.abc import Iterator

from bibfolio.doctor.origin import Sources
from bibfolio.doctor.site import BuiltSite, Page
from bibfolio.output import NOT_INDEXED
from bibfolio.problems import Problem, WarningKind


def described(site: BuiltSite) -> list[Page]:
    """The pages that are found from elsewhere: not those that send visitors on or hide."""
    return [
        page
        for page in site.pages.values()
        if not page.leads_on and not page.is_hidden and _name(page) not in NOT_INDEXED
    ]


def _name(page: Page) -> str:
    return page.path.removesuffix(".html").removesuffix("/index")


def undescribed(site: BuiltSite, sources: Sources) -> Iterator[Problem]:
    """Pages without a description, and without a picture if the site says where it is.

    Whether a picture that is named is there as well is a matter of links.
    """
    for page in described(site):
        place = sources.of(page.path)
        if not any(page.metas("description")):
            message = f"{page} has no description; write one in its front matter (html_meta)"
            yield Problem(WarningKind.MISSING_DESCRIPTION, message, place.line, file=place.file)
        if site.has_address and not any(page.metas("og:image")):
            message = f"{page} has no picture for link previews (og:image)"
            yield Problem(WarningKind.MISSING_PICTURE, message, place.line, file=place.file)
