"""Entry fields → the links of a paper, in the order in which readers want them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from urllib.parse import quote, unquote, urlsplit

from bibfolio.model import Link, Talk
from bibfolio.model.identifiers import Identifier
from bibfolio.model.paper import FURTHER_LINKS, LinkKind
from bibfolio.problems import WarningKind
from bibfolio.sources import tex
from bibfolio.sources.fields import FURTHER
from bibfolio.sources.identifiers import eprint_kind, url_advice, without_tex
from bibfolio.sources.source_text import cited

#: Returns where in the site a file is, which a path names; an empty string if it is not there.
Address = Callable[[str], str]
Report = Callable[[WarningKind, str], None]

#: Field that names a file or an address → kind of link and folder of files named after the key.
FILES: dict[str, tuple[LinkKind, str]] = {
    "file": ("pdf", "files/papers"),
    "slides": ("slides", "files/slides"),
    "poster": ("poster", "files/posters"),
}
#: Kind of further link → other names of its field.
FURTHER_NAMES = {
    "project": ("website",),
    "data": ("dataset",),
    "supplement": ("supp", "supplementary"),
}
#: Fields with an address, or a path in the site, without another meaning.
LINK_FIELDS = ("code", "video", *FURTHER_LINKS, *chain.from_iterable(FURTHER_NAMES.values()))
#: Servers that hold code and nothing else; Zenodo, which holds papers and data as well, is none.
_CODE_HOST = re.compile(
    r"(?:(?:www|gist|git)\.)?(?:github\.com|codeberg\.org|bitbucket\.org|sr\.ht)|gitlab\.[\w.-]+"
)

#: Another scheme than http, another server, or what does not stay below the site's root.
_OUTSIDE = re.compile(r"^/?[A-Za-z][A-Za-z0-9+.-]*:|^//|(?:^|/)\.\.(?:/|$)|\\")
#: An address without ``https://``.
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}/")
#: Where JabRef and Zotero keep a file on the owner's disk: ``words:path:type``, or a system's path.
PRIVATE = re.compile(
    r"[A-Za-z]\\?:[/\\]|file:|~|/(?:home|Users|Volumes|media|mnt)/|[^:]*:.*:[A-Za-z][\w./+-]+$"
)


def candidates(value: str) -> list[str]:
    """Return the files and addresses in a field that may hold several, with ``; `` between them."""
    return [part.strip() for part in re.split(r";\s+|;$", value) if part.strip()]


def file_places(field: str, part: str) -> list[str]:
    """Return where the file is looked for that a *part* of the value of this field names.

    A bare name, as al-folio has it, is one in a folder for such files.
    """
    is_bare = re.fullmatch(r"[^/:\\.][^/:\\]*", part)
    folders = (FILES[field][1], "files", "assets/pdf") if is_bare else ()
    return [part, *(f"{folder}/{part}" for folder in folders)]


def derive_links(
    fields: Mapping[str, str],
    identifiers: Sequence[Identifier],
    address_of: Address,
    report: Report,
    slug: str = "",
) -> tuple[Link, ...]:
    """Return everything a reader can open: files first, then code, then identifiers.

    A file is offered only if *address_of* says where it is; an address always is. ``url`` is left
    out where it leads to the same place as another link.
    """
    address, by_kind = web_url(fields.get("url", "")), {one.kind: one for one in identifiers}
    pages = {one.kind: one.url for one in identifiers if one.url}
    # An address in the place of a number.
    eprint = "" if eprint_kind(fields) in pages else web_url(fields.get("eprint", ""))
    is_pdf = eprint.endswith(".pdf")
    free_pdf = pages.get("arxiv", "").replace("/abs/", "/pdf/") or (eprint if is_pdf else "")
    found: list[tuple[LinkKind, str]] = []
    for name, (kind, folder) in FILES.items():
        named = (
            place for part in candidates(fields.get(name, "")) for place in file_places(name, part)
        )
        offered = [f"{folder}/{slug}.pdf", *named]
        url = next(_usable(name, offered, address_of, report), "")
        found.append((kind, url or (free_pdf if kind == "pdf" else "")))
    found += [
        ("code", url) for url in _usable("code", [fields.get("code", "")], address_of, report)
    ]
    found.append(("code", address if is_repository(address) else ""))
    video = _usable("video", [fields.get("video", "")], address_of, report)
    found += [("video", url) for url in video]
    for kind in FURTHER_LINKS:
        values = [fields.get(name, "") for name in (kind, *FURTHER_NAMES.get(kind, ()))]
        found += [(kind, url) for url in _usable(kind, values, address_of, report)]
    found += [*pages.items(), ("page", "" if is_pdf else eprint)]
    found.append(("page", "" if _names(address, by_kind.get("doi")) else address))
    found += [("page", web_url(part)) for part in fields.get(FURTHER, "").split(" ; ")]
    links: dict[str, Link] = {}
    for kind, url in found:
        if url:
            links.setdefault(_place(url), Link(kind, url))
    for part in candidates(fields.get("links", "")):
        name, value = _named(part)
        if not name or not value:
            what = f"links holds {cited(part, 60)} without a name or an address"
            report(WarningKind.BIB_URL, f"{what}; write Name: https://…")
        for url in _usable("links", [value] if name else [], address_of, report):
            links.setdefault(_place(url), Link("other", url, name))
    return tuple(links.values())


def _named(part: str) -> tuple[str, str]:
    """Return name and address of ``Name: https://…``; what is not there is empty."""
    name, _sign, url = part.partition(": ")
    return tex.plain(name).strip(), url.strip()


def is_repository(url: str) -> bool:
    """Return whether an address leads to code, or to who writes it: ``https://github.com/OWNER``."""
    return bool(_CODE_HOST.fullmatch(urlsplit(url).hostname or ""))


def _place(url: str) -> str:
    """Return what addresses of one page have in common."""
    return re.sub(r"^https?://(?:www\.)?", "", url).rstrip("/")


def _names(url: str, doi: Identifier | None) -> bool:
    """Return whether an address holds the *doi*: a resolver's, or the publisher's page for it."""
    if not doi:
        return False
    return bool(re.search(re.escape(doi.value) + r"(?!\w)", unquote(url), re.IGNORECASE))


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


def slides_of(talk: Talk) -> str:
    """Return where the slides of a talk are looked for."""
    return f"{FILES['slides'][1]}/{talk.slug}.pdf"


def is_path(text: str) -> bool:
    """Return whether *text*, in a field for an address, can only be a path in the site."""
    return bool(text) and not (web_url(text) or _OUTSIDE.search(text) or _HOST.match(text))


def _usable(field: str, offered: list[str], address_of: Address, report: Report) -> Iterator[str]:
    """Return those of the candidates *offered* that a reader can open."""
    for candidate in map(without_tex, filter(None, offered)):
        if url := web_url(candidate):
            yield url
        elif _OUTSIDE.search(candidate):
            what = f"{field} is neither an http(s) address nor a file: {cited(candidate, 60)}"
            if field not in FILES or not PRIVATE.match(candidate):  # told by lint.fields, once
                report(WarningKind.BIB_URL, f"{what}; write a path below the site's root")
        elif path := address_of(candidate.removeprefix("/")):
            yield path
        elif _HOST.match(candidate):
            what = f"{field} is not an http(s) address: {cited(candidate, 60)}"
            report(WarningKind.BIB_URL, f"{what}; {url_advice(candidate)}")
