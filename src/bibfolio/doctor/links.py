"""Addresses in the built site → those inside that lead nowhere, and what was found elsewhere.

Other hosts are asked by Sphinx's own builder ``linkcheck``, with whatever ``conf.py`` tells it
(https://www.sphinx-doc.org/en/master/usage/configuration.html#options-for-the-linkcheck-builder).
"""

from __future__ import annotations

import difflib
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from bibfolio.doctor.site import (
    BuiltSite,
    Place,
    Reference,
    address_of,
    references_in_file,
    references_in_page,
)
from bibfolio.problems import Problem, WarningKind

#: Seconds after which other hosts are no longer waited for.
_PATIENCE = 600


def references_in(site: BuiltSite) -> list[Reference]:
    """Return every address in the built site, but for files that are the owner's own."""
    references = [r for page in site.pages.values() for r in references_in_page(page)]
    for path in sorted(site.files - site.pages.keys()):
        if not site.is_aside(path):
            references += references_in_file(site, path)
    return references


# -- inside the site --------------------------------------------------------------------------


def dead_links(site: BuiltSite, references: Sequence[Reference]) -> Iterator[Problem]:
    """Yield a problem for each line that names a dead address, or one if no source does."""
    found: dict[tuple[WarningKind, str], list[Reference]] = {}
    for reference in references:
        if fault := _fault(site, reference):
            found.setdefault(fault, []).append(reference)
    for (kind, what), named in found.items():
        written: dict[Place, list[Reference]] = {}
        for reference in named:
            if place := _written(site, reference):
                written.setdefault(place, [reference])
        # What all pages repeat comes from a menu or from data; the home page is likely to have it.
        first = next((r for r in named if r.file == "index.html"), named[0])
        for place, there in (written or {site.place(first.file): named}).items():
            files = {str(site.pages.get(r.file, r.file)) for r in there}
            subject = f"{len(files)} files name" if len(files) > 1 else f"{files.pop()} names"
            yield Problem(kind, f"{subject} {what}", place.line, file=place.file)


def _fault(site: BuiltSite, reference: Reference) -> tuple[WarningKind, str] | None:
    """Return the kind of fault and ``TARGET, which …``; None if there is none."""
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
        others = site.pages if path.endswith(("/", ".html")) else site.files
        near = _nearest(path, [address_of(other) for other in others], 0.8)
        return kind, f"{path}, which is not there" + (near and f"; {near} is")
    page = site.pages.get(file)
    # The empty fragment and "top" are the top of any page (HTML, "Scrolling to a fragment").
    if not fragment or fragment.lower() == "top" or not page or fragment in page.ids:
        return None
    near = _nearest(fragment, page.ids, 0.6)
    there = f"#{fragment} on {page}, which is not there"
    return WarningKind.DEAD_ANCHOR, there + (near and f"; #{near} is")


def _nearest(wanted: str, names: Sequence[str] | frozenset[str], cutoff: float) -> str:
    """Return the name that is most like the one *wanted*; capitals count for little."""
    lower = {name.lower(): name for name in sorted(names, reverse=True)}
    near = difflib.get_close_matches(wanted.lower(), lower, 1, cutoff)
    return lower[near[0]] if near else ""


def _written(site: BuiltSite, reference: Reference) -> Place | None:
    """Return the line of a page's source that writes out an address, or names it as authors do."""
    place = site.place(reference.file)
    is_menu = reference.is_frame and reference.file != "index.html"
    if place.line or is_menu or site.folder in Path(place.file).parents:
        return None
    path, _, fragment = unquote(reference.address).partition("#")
    name = path.rstrip("/").removesuffix(".html").rpartition("/")[2]
    words = [reference.address, fragment, fragment.removeprefix("cite-"), name]
    return _first_line([place.file], words)


def _first_line(files: Sequence[str], words: Sequence[str]) -> Place | None:
    """Return the first line of *files* with the first of the *words* that is in any of them."""
    texts = {f: Path(f).read_text("utf-8", "replace") for f in files if Path(f).is_file()}
    for word in words:
        whole = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
        for file, content in texts.items() if len(word) > 3 else ():
            if found := whole.search(content):
                return Place(file, content.count("\n", 0, found.start()) + 1)
    return None


# -- elsewhere --------------------------------------------------------------------------------


def ask_hosts(source: Path, timeout: int) -> list[dict[str, Any]]:
    """Ask other hosts for the addresses in a project of Sphinx.

    Args:
        source: the folder of ``conf.py``; Sphinx works in ``_build/linkcheck`` below it.
        timeout: seconds to wait for one answer.

    Returns:
        An answer for each address, as Sphinx's ``output.json`` has it.

    Raises:
        RuntimeError: it failed, or took too long; the text says so.
    """
    output = source / "_build" / "linkcheck"
    answers = output / "output.json"
    answers.unlink(missing_ok=True)
    options = ["-b", "linkcheck", "-q", "-D", f"linkcheck_timeout={timeout}"]
    folders = ["-d", str(output / "doctrees"), str(source), str(output)]
    command = [sys.executable, "-m", "sphinx", *options, *folders]
    try:
        subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise RuntimeError(f"they took more than {_PATIENCE // 60} minutes") from None
    if not answers.is_file():
        raise RuntimeError("sphinx-build -b linkcheck fails; run it alone to see why")
    lines = answers.read_text(encoding="utf-8").splitlines()
    return [answer for answer in map(json.loads, lines) if answer["uri"].startswith("http")]


#: What Sphinx calls broken though the address may be good: the host wants a name or a rest, refuses
#: programs or is ill itself, or a script draws the place that a fragment names.
_UNSURE = re.compile(r"unauthorized|(401|403|405|406|429|5\d\d) |Anchor ")


def dead_elsewhere(site: BuiltSite, answers: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """Yield a problem for each address on another host that gave no good answer."""
    for answer in answers:
        status, info, uri = answer["status"], answer["info"], answer["uri"]
        if status == "broken" and not _UNSURE.match(info):
            kind = WarningKind.EXTERNAL_LINK
        elif status in {"broken", "timeout"} or info == "service unavailable":
            kind = WarningKind.UNSURE_LINK
        else:
            continue
        document = Path(answer["filename"])
        source = (site.source / document).as_posix()
        entry = site.papers.get(document.with_suffix("").as_posix())
        # A DOI or the name of an account is written without the host.
        words = [uri, unquote(urlsplit(uri).path).strip("/")]
        place = _first_line([*([] if entry else [source]), *site.shared], words)
        place = place or entry or Place(source)
        reason = info.partition(" for url: ")[0] or status
        yield Problem(kind, f"{uri}: {reason}", place.line, file=place.file)
