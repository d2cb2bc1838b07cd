"""Links inside the built site → those that lead nowhere, and the pictures that are not there."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from bibfolio.doctor.origin import Place, Sources
from bibfolio.doctor.references import Reference, UnreadableError, in_file, in_page
from bibfolio.doctor.site import BuiltSite, address_of
from bibfolio.problems import Problem, WarningKind


class Links(NamedTuple):
    """What stands in a built site, and what is wrong with it."""

    references: list[Reference]
    problems: list[Problem]


def find(site: BuiltSite, sources: Sources) -> Links:
    """Every address in the built site, and those on it that lead nowhere."""
    references = [r for page in site.pages.values() for r in in_page(page)]
    problems = []
    for path in sorted(site.files - site.pages.keys()):
        if not site.is_aside(path):
            try:
                references += in_file(site, path)
            except UnreadableError as error:
                message = f"{path} cannot be read by any program: {error}"
                problems.append(_problem(WarningKind.DEAD_LINK, message, sources.of(path)))
    return Links(references, [*problems, *_dead(site, sources, references)])


def _dead(site: BuiltSite, sources: Sources, references: Iterable[Reference]) -> Iterator[Problem]:
    """A problem for each line that names a dead address, and one for all that have no line."""
    found: dict[tuple[WarningKind, str], list[Reference]] = {}
    for reference in references:
        if wrong := _what_is_wrong(site, reference):
            found.setdefault(wrong, []).append(reference)
    for (kind, what), named in found.items():
        placed: dict[Place, list[Reference]] = {}
        rest = []
        for reference in named:
            place = sources.of_reference(reference)
            if place.line and not reference.is_frame:
                placed.setdefault(place, [reference])
            else:
                rest.append(reference)
        if rest:
            # What stands in the frame of every page comes from the first one: it lists the others.
            first = next((r for r in rest if r.file == "index.html"), rest[0])
            placed[sources.of_reference(first)] = rest
        for place, references_there in placed.items():
            yield _problem(kind, f"{_who(site, references_there)} {what}", place)


def _who(site: BuiltSite, references: Sequence[Reference]) -> str:
    """The words before a dead address: ``research/ links to``."""
    files = dict.fromkeys(reference.file for reference in references)
    is_link = references[0].is_link
    if len(files) > 1:
        return f"{len(files)} files {'link to' if is_link else 'name'}"
    name = site.pages.get(references[0].file, references[0].file)
    return f"{name} {'links to' if is_link else 'names'}"


def _problem(kind: WarningKind, message: str, place: Place) -> Problem:
    return Problem(kind, message, place.line, file=place.file)


def _what_is_wrong(site: BuiltSite, reference: Reference) -> tuple[WarningKind, str] | None:
    """The kind of fault and ``TARGET, which …``; None if it is right or leads elsewhere."""
    if not reference.address and reference.is_picture:
        return WarningKind.MISSING_PICTURE, "a picture without an address"
    try:
        own = site.own(reference.file, reference.address)
    except ValueError as error:
        return WarningKind.DEAD_LINK, f"{reference.address}, which is no address: {error}"
    if own is None:
        return None
    if (file := site.file(own)) is None:
        kind = WarningKind.MISSING_PICTURE if reference.is_picture else WarningKind.DEAD_LINK
        path = unquote(urlsplit(own).path)
        return kind, f"{path}, which is not there{_nearest_file(site, own)}"
    fragment = unquote(urlsplit(own).fragment)
    page = site.pages.get(file)
    # The empty fragment and "top" are the top of any page (HTML, "Scrolling to a fragment").
    if not fragment or fragment.lower() == "top" or not page or fragment in page.ids:
        return None
    near = difflib.get_close_matches(fragment, sorted(page.ids), 1)
    hint = f"; #{near[0]} is" if near else ""
    return WarningKind.DEAD_ANCHOR, f"#{fragment} on {page}, which is not there{hint}"


def _nearest_file(site: BuiltSite, own: str) -> str:
    if other := site.other_case(own):
        return f"; {address_of(other)} is: small and capital letters differ"
    path = unquote(urlsplit(own).path)
    is_page = path.endswith(("/", ".html"))
    others = sorted(map(address_of, site.pages if is_page else site.files))
    near = difflib.get_close_matches(path, others, 1, 0.8)
    return f"; {near[0]} is" if near else ""
