"""Entry fields → the links of a paper, in the order in which readers want them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import quote, urlsplit

from bibfolio.model import Link
from bibfolio.model.paper import LinkKind
from bibfolio.problems import WarningKind
from bibfolio.sources.identifiers import bare_arxiv, read_doi, url_advice, without_tex

#: Tells whether the site has a file; the path is relative to the site's root.
Available = Callable[[str], bool]
Report = Callable[[WarningKind, str], None]

#: Field that names a file or an address → kind of link and folder of files named after the key.
FILES: dict[str, tuple[LinkKind, str]] = {
    "file": ("pdf", "files/papers"),
    "slides": ("slides", "files/slides"),
    "poster": ("poster", "files/posters"),
}


#: Another scheme than http, another server, or what does not stay below the site's root.
_OUTSIDE = re.compile(r"^/?[A-Za-z][A-Za-z0-9+.-]*:|^//|(?:^|/)\.\.(?:/|$)|\\")


def candidates(value: str) -> list[str]:
    """Return the files and addresses in a field that may hold several, with ``; `` between them."""
    return [part.strip() for part in re.split(r";\s+|;$", value) if part.strip()]


def derive_links(
    fields: Mapping[str, str], available: Available, report: Report, slug: str = ""
) -> tuple[Link, ...]:
    """Return everything a reader can open: files first, then code, then identifiers.

    A file is offered only if *available* says it is there; an address always is.
    """
    links: list[Link] = []
    for name, (kind, folder) in FILES.items():
        offered = [f"{folder}/{slug}.pdf", *candidates(fields.get(name, ""))]
        url = next(_usable(name, offered, available, report), "")
        if not url and kind == "pdf":
            url = _arxiv(fields, "pdf")
        if url:
            links.append(Link(kind, url))
    names: tuple[LinkKind, ...] = ("code", "video")
    for name in names:
        links += [
            Link(name, url) for url in _usable(name, [fields.get(name, "")], available, report)
        ]
    if "10" in (doi := fields.get("doi", "").strip()):
        links.append(Link("doi", doi_url(doi)))
    if arxiv := _arxiv(fields, "abs"):
        links.append(Link("arxiv", arxiv))
    url = web_url(fields.get("url", ""))
    if url and not doi and url not in {link.url for link in links}:
        links.append(Link("page", url))
    return tuple(links)


def web_url(text: str) -> str:
    r"""Return *text* as an http(s) address with nothing in it that HTML or XML would trip over.

    It is an empty string for any other scheme, for relative references and for hosts that are
    missing or hold credentials. TeX is undone, as are the signs ``<`` and ``>`` around it.
    """
    url = without_tex(text)
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not host or "@" in parts.netloc:
        return ""
    if re.search(r"[\s\x00-\x20\x7f\\]", url):
        return ""
    url = parts.scheme.lower() + url[len(parts.scheme) :]
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]-._")


def doi_url(doi: str) -> str:
    """Return the resolver's address of a DOI, however that is written."""
    return "https://doi.org/" + quote(read_doi(doi), safe="/:;()._-")


def _arxiv(fields: Mapping[str, str], page: str) -> str:
    eprint = fields.get("eprint", "").strip()
    if not eprint or fields.get("eprinttype", "arxiv").strip("{} ").lower() not in {"", "arxiv"}:
        return ""
    return f"https://arxiv.org/{page}/" + quote(bare_arxiv(eprint), safe="/.")


def _usable(field: str, offered: list[str], available: Available, report: Report) -> Iterator[str]:
    """Return those of the candidates *offered* that a reader can open."""
    for candidate in map(without_tex, offered):
        if url := web_url(candidate):
            yield url
        elif _OUTSIDE.search(candidate):
            what = f"{field} is neither an http(s) address nor a file: {candidate[:60]!r}"
            report(WarningKind.BIB_URL, f"{what}; write a path below the site's root")
        elif available(candidate.removeprefix("/")):
            yield candidate.removeprefix("/")
        elif re.match(r"(?:[\w-]+\.)+[a-z]{2,}/", candidate):
            what = f"{field} is not an http(s) address: {candidate[:60]!r}"
            report(WarningKind.BIB_URL, f"{what}; {url_advice(candidate)}")
