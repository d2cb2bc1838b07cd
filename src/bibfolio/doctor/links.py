"""Addresses in the built site → problems of those that lead nowhere, inside and on other hosts.

Sphinx's own builder ``linkcheck`` asks other hosts, with its settings in ``conf.py``
(https://www.sphinx-doc.org/en/master/usage/configuration.html#options-for-the-linkcheck-builder).
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from mimetypes import guess_type
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from bibfolio.doctor import BuiltSite, Page, Place, text
from bibfolio.problems import Problem, WarningKind

# -- addresses ----------------------------------------------------------------------------------


class Reference(NamedTuple):
    """An address, as a file has it."""

    file: str
    address: str
    is_picture: bool = False


#: Attributes that name files (HTML, "Attributes").
_ATTRIBUTES = ("href", "xlink:href", "src", "srcset", "action", "data", "poster")
_PICTURE_TAGS = frozenset({"img", "image", "video"})
_ICONS = frozenset({"icon", "apple-touch-icon", "mask-icon"})
#: Files for programs and for readers of plain text.
_TEXTS = (".xml", ".json", ".md", ".txt")
#: Size of a picture, which a photograph of 1,200 pixels as JPEG does not reach.
MOST_PICTURE_BYTES = 300_000


def references_in(site: BuiltSite) -> list[Reference]:
    """Return all addresses in the built site, except for those in files of the owner."""
    references = [r for page in site.pages.values() for r in references_in_page(page)]
    for path in sorted(site.files - site.pages.keys()):
        if not site.is_aside(path):
            references += references_in_file(site, path)
    return references


def references_in_page(page: Page) -> Iterator[Reference]:
    """Yield the addresses that a page loads or links, in its order."""
    for tag in page.soup.find_all(True):
        if tag.name == "meta":  # such as citation_pdf_url and og:image, with absolute addresses
            name, value = text(tag, "name") or text(tag, "property"), text(tag, "content").strip()
            if value.startswith(("http://", "https://")):
                yield Reference(page.path, value, name.endswith(":image"))
            continue
        is_picture = tag.name in _PICTURE_TAGS or bool(_ICONS & set(text(tag, "rel").split()))
        for attribute in filter(tag.has_attr, _ATTRIBUTES):
            value = text(tag, attribute).strip()
            if attribute == "srcset":  # a.png 1x, b.png 2x
                for part in filter(str.strip, value.split(",")):
                    yield Reference(page.path, part.split()[0], is_picture=True)
            else:
                yield Reference(page.path, value, is_picture)
    if page.leads_on:
        yield Reference(page.path, page.leads_on)


def references_in_file(site: BuiltSite, path: str) -> Iterator[Reference]:
    """Yield the absolute addresses inside the site that a feed, a sitemap or a text names."""
    if path.endswith(_TEXTS) and site.has_address:
        for found in re.findall(rf"{re.escape(site.base)}[^\s\"'<>()\[\]`]*", site.read(path)):
            # A fragment may only make the address an identifier, as in JSON-LD.
            yield Reference(path, unescape(found).partition("#")[0].rstrip(".,;:"))


# -- inside the site ------------------------------------------------------------------------------


def dead_links(site: BuiltSite, references: Iterable[Reference]) -> Iterator[Problem]:
    """Yield a problem for each address that leads nowhere, or to a picture that is too large."""
    found: dict[tuple[WarningKind, str], list[Reference]] = {}
    for reference in references:
        if fault := _fault(site, reference):
            found.setdefault(fault, []).append(reference)
    for (kind, what), named in found.items():
        # Menus are on all pages; their addresses most likely stand in the source of the home page.
        first = next((r for r in named if r.file == "index.html"), named[0])
        # The twin of a page for programs repeats the page.
        files = [r.file for r in (first, *named)]
        names = list(dict.fromkeys(str(site.pages[f]) for f in files if f in site.pages))
        names = names or list(dict.fromkeys(files))
        shown = ", ".join(names[:3]) + f" and {len(names) - 3} more" * (len(names) > 3)
        verb = "names" if len(names) == 1 else "name"
        place = site.place(first.file)
        if not place.line and first.file in site.pages:
            place = place._replace(line=_line_of(place.file, first.address))
        yield place.problem(kind, f"{shown} {verb} {what}")


def _fault(site: BuiltSite, reference: Reference) -> tuple[WarningKind, str] | None:
    """Return the kind of problem and ``TARGET, which …``; None if there is none."""
    if not reference.address and reference.is_picture:
        return WarningKind.MISSING_PICTURE, "a picture without an address"
    try:
        own = site.own(reference.file, reference.address)
    except ValueError as error:
        return WarningKind.DEAD_LINK, f"{reference.address}, which is no address: {error}"
    if own is None:
        return None
    path, fragment = unquote(urlsplit(own).path), unquote(urlsplit(own).fragment)
    if (file := site.file(own)) is None:
        kind = WarningKind.MISSING_PICTURE if reference.is_picture else WarningKind.DEAD_LINK
        return kind, f"{path}, which is not there"
    size, form = (site.folder / file).stat().st_size, guess_type(file)[0] or ""
    if reference.is_picture and form.startswith("image/") and size > MOST_PICTURE_BYTES:
        cure = "make it at most 1,200 pixels wide and save it as JPEG or WebP"
        return WarningKind.WEIGHT, f"{path}, which weighs {size / 1e6:.1f} MB; {cure}"
    page = site.pages.get(file)
    # The empty fragment and "top" lead to the top of any page (HTML, "Scrolling to a fragment").
    if not fragment or fragment.lower() == "top" or not page or fragment in page.ids:
        return None
    return WarningKind.DEAD_ANCHOR, f"#{fragment} on {page}, which is not there"


def _line_of(file: str, address: str) -> int:
    """Return the line of a page's source that holds an address; 0 if none does."""
    if not (word := unquote(address).lstrip("./").rstrip("/")):
        return 0
    whole = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
    lines = Path(file).read_text("utf-8", "replace").split("\n")
    return next((number for number, line in enumerate(lines, 1) if whole.search(line)), 0)


# -- elsewhere ------------------------------------------------------------------------------------

#: Seconds to wait for other hosts.
_PATIENCE = 600
#: Answers that Sphinx calls broken although the address may be right: the host asks for a login or
#: a pause, refuses programs or fails, or a script makes the place that a fragment names.
_UNSURE = re.compile(r"unauthorized|(401|403|405|406|429|5\d\d) |Anchor ")
#: What Sphinx says of a host that has answered; of others it says why there is no connection.
_ANSWERED = re.compile(r"unauthorized|service unavailable|\d{3} |Anchor ")


def ask_hosts(source: Path) -> list[dict[str, Any]]:
    """Ask other hosts whether the addresses in a project of Sphinx exist.

    Args:
        source: the folder of ``conf.py``; Sphinx writes to ``_build/linkcheck`` in it.

    Returns:
        An answer for each address, in the form of Sphinx's ``output.json``.

    Raises:
        RuntimeError: Sphinx failed or took too long, or no host has answered; the text says which.
    """
    output = source / "_build" / "linkcheck"
    answers = output / "output.json"
    answers.unlink(missing_ok=True)
    folders = ["-d", str(output / "doctrees"), str(source), str(output)]
    command = [sys.executable, "-m", "sphinx", "-b", "linkcheck", "-q", *folders]
    try:
        subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise RuntimeError(f"they took more than {_PATIENCE // 60} minutes") from None
    if not answers.is_file():
        raise RuntimeError("sphinx-build -b linkcheck fails; run it alone to see why")
    lines = answers.read_text(encoding="utf-8").splitlines()
    found = [answer for answer in map(json.loads, lines) if answer["uri"].startswith("http")]
    lost = [answer for answer in found if answer["status"] in {"broken", "timeout"}]
    if lost and not any(map(_is_from_a_host, found)):
        raise RuntimeError("none of them can be reached; is there a network?")
    return found


def _is_from_a_host(answer: Mapping[str, Any]) -> bool:
    """Return whether a host was reached, whatever it said."""
    is_good = answer["status"] in {"working", "redirected", "rate-limited"}
    return is_good or bool(_ANSWERED.match(answer["info"]))


def dead_elsewhere(site: BuiltSite, answers: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """Yield a problem for each address on another host without a good answer."""
    for answer in answers:
        status, info, uri = answer["status"], answer["info"], answer["uri"]
        if status == "broken" and not _UNSURE.match(info):
            kind = WarningKind.EXTERNAL_LINK
        elif status in {"broken", "timeout"} or info == "service unavailable":
            kind = WarningKind.UNSURE_LINK
        else:
            continue
        document = Path(answer["filename"])
        written = Place((site.source / document).as_posix(), answer["lineno"] or 0)
        place = site.papers.get(document.with_suffix("").as_posix(), written)
        reason = info.partition(" for url: ")[0] or status
        yield place.problem(kind, f"{uri}: {reason}")
