"""Compare two built sites: ``python -m tools.compare_sites BEFORE AFTER``.

Everything that a reader, a search engine or a reference manager gets is turned into lines of text,
facet by facet: text, title, tags, links, structured data, feeds, exports. The lines of both sites
are compared, and what differs in the same way on many pages is reported once, with the pages. A
table says what a first visit to each kind of page costs. Returns 1 if there is a difference that no
line of the file given with ``--allow`` names: each is a regular expression, searched for in the
line that is reported; ``#`` begins a comment.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import xml.etree.ElementTree as ET
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from pypdf import PdfReader

from tools.markdown import table

#: Facet → its lines, sorted if their order has no meaning.
Facets = dict[str, list[str]]
#: Stands for the root of either site, so that relative and absolute addresses compare equal.
ROOT = "https://site.invalid/"
#: Elements that begin a new line of text; other elements do not separate words.
BLOCKS = (
    "p div section article aside header footer nav main h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table "
    "thead tbody tr th td pre blockquote figure figcaption form label button select option details "
    "summary hr br address math"
).split()
#: The report cuts longer lines.
LONGEST = 400


# -- pages: HTML → facets --------------------------------------------------------------------------


def page_facets(html: str, page: str) -> Facets:
    """Return the facets of the HTML document at the address *page*, without its inline code."""
    soup = BeautifulSoup(html, "html.parser")
    main = soup.select_one("main, [role=main]") or soup.find("article") or soup.body or soup
    head, inside = soup.head or soup, set(map(id, main.find_all(True)))
    outside = [tag for tag in soup.find_all(True) if id(tag) not in inside]
    scripts = soup.find_all("script")
    data = [s for s in scripts if s.get("type") == "application/ld+json"]
    metas = [tag for tag in head.find_all("meta") if not _is_policy(tag)]
    found = {
        "language": [str(soup.html.get("lang")) if soup.html else ""],
        "title": [_text(soup.title)] if soup.title else [],
        "meta": sorted(_attributes(tag) for tag in metas),
        "link": sorted(_loaded(tag, page, "href") for tag in soup.find_all("link")),
        "JSON-LD": [line for s in data for line in flattened(json.loads(s.string or ""))],
        "policy": [_without_hashes(tag) for tag in head.find_all("meta") if _is_policy(tag)],
        "script": [_address(str(s["src"]), page) for s in scripts if s.get("src")],
        "heading": [f"{tag.name} {_text(tag)}" for tag in main.find_all(re.compile("h[1-6]"))],
        "anchor": sorted(str(tag["id"]) for tag in main.find_all(id=True)),
        "link in main": [_anchor(tag, page) for tag in main.find_all("a", href=True)],
        "link around main": [
            _anchor(tag, page) for tag in outside if tag.name == "a" and tag.get("href")
        ],
        "image": [_loaded(tag, page, "src") for tag in soup.find_all(["img", "source"])],
    }
    # A difference in code is one line for all pages.
    code = [s.string or "" for s in scripts if not s.get("src") and s not in data]
    found["inline script"] = ["".join(code)]
    found["inline style"] = ["".join(tag.string or "" for tag in soup.find_all("style"))]
    found["policy hash"] = sorted(re.findall(r"'sha\d+-[^']+'", html))
    for tag in main.find_all(["script", "style"]):
        tag.decompose()
    found["text"] = _text(main).split()
    return found


def _text(tag: Tag) -> str:
    """Return the text of *tag* with single spaces, block elements being apart."""
    for block in tag.find_all(BLOCKS):
        block.insert_before(" ")
        block.insert_after(" ")
    return " ".join(tag.get_text().split())


def _address(href: str, page: str) -> str:
    """Return *href* on *page* as an address from the root, without the digest of a static file."""
    return re.sub(r"\?(?:v|digest)=\w+$", "", urljoin(ROOT + page, href).removeprefix(ROOT))


def _attributes(tag: Tag, leave_out: str = "") -> str:
    pairs = ((name, tag[name]) for name in sorted(tag.attrs) if name not in {leave_out, "class"})
    return " ".join(f'{k}="{" ".join(v) if isinstance(v, list) else v}"' for k, v in pairs)


def _loaded(tag: Tag, page: str, name: str) -> str:
    return f"{_address(str(tag.get(name, '')), page)} {_attributes(tag, name)}"


def _anchor(tag: Tag, page: str) -> str:
    words = _text(tag) or tag.get("aria-label") or ""
    return f"{words!r} → {_address(str(tag['href']), page)}"


def _is_policy(tag: Tag) -> bool:
    return str(tag.get("http-equiv", "")).lower() == "content-security-policy"


def _without_hashes(policy: Tag) -> str:
    return re.sub(r"\s*'sha\d+-[^']+'", "", str(policy["content"]))


# -- other files → facets --------------------------------------------------------------------------


def flattened(value: Any, path: str = "") -> Iterator[str]:
    """Yield a line for each value in JSON data: its path, and the value."""
    if isinstance(value, dict):
        for key in sorted(value):
            yield from flattened(value[key], f"{path}.{key}")
    elif isinstance(value, list):
        for item in value:
            yield from flattened(item, f"{path}[]")
    else:
        yield f"{path} = {value!r}"


def _xml(data: bytes) -> Iterator[str]:
    for element in ET.fromstring(data).iter():
        attributes = "".join(f" {k}={v!r}" for k, v in sorted(element.attrib.items()))
        yield f"{element.tag.split('}')[-1]}{attributes} {(element.text or '').strip()}".strip()


def _inventory(data: bytes) -> list[str]:
    head, _, rest = data.partition(b"zlib.\n")
    return [*head.decode().splitlines(), *sorted(zlib.decompress(rest).decode().splitlines())]


def _search_index(data: bytes) -> list[str]:
    """Return pages and titles of the search index, without its words."""
    index = json.loads(data[data.index(b"{") : data.rindex(b"}") + 1])
    pages = zip(index["docnames"], index["titles"], strict=True)
    return sorted(f"{name}: {title}" for name, title in pages)


def _pdf(path: Path) -> list[str]:
    reader = PdfReader(path)
    facts = sorted(f"{k} {v}" for k, v in (reader.metadata or {}).items() if "Date" not in k)
    return [f"{len(reader.pages)} pages", *facts] + [
        line for page in reader.pages for line in page.extract_text().splitlines()
    ]


def _png(data: bytes) -> list[str]:
    return [f"{int.from_bytes(data[16:20], 'big')} × {int.from_bytes(data[20:24], 'big')} pixels"]


def file_facets(site: Path, name: str) -> Facets:
    """Return the facets of the file *name* of *site*; for unknown kinds, a digest of its bytes."""
    path = site / name
    data = path.read_bytes()
    if path.suffix == ".html":
        return page_facets(data.decode(), name.removesuffix("index.html"))
    readers: dict[str, Callable[[], Iterable[str]]] = {
        "objects.inv": lambda: _inventory(data),
        "searchindex.js": lambda: _search_index(data),
        ".json": lambda: flattened(json.loads(data)),
        ".xml": lambda: _xml(data),
        ".pdf": lambda: _pdf(path),
        ".png": lambda: _png(data),
    }
    if read := readers.get(name, readers.get(path.suffix)):
        return {"line": list(read())}
    if path.suffix in {".md", ".txt", ".bib", ".ris"}:
        return {"line": data.decode().splitlines()}
    return {"content": [str(zlib.crc32(data))]}


# -- two sites → differences -----------------------------------------------------------------------

#: Facets of which the report shows only that they differ.
OPAQUE = {"inline script", "inline style", "policy hash", "content"}


def differences(before: Facets, after: Facets) -> Iterator[str]:
    """Yield a line for each item that only one of the two has."""
    for facet in sorted(before.keys() | after.keys()):
        old, new = before.get(facet, []), after.get(facet, [])
        if old == new:
            continue
        if facet in OPAQUE:
            yield f"{facet} differs"
            continue
        matcher = SequenceMatcher(a=old, b=new, autojunk=False)
        for operation, i, j, k, m in matcher.get_opcodes():
            if operation == "equal":
                continue
            if facet == "text":
                yield f"text: {_words(old[i:j])} became {_words(new[k:m])}"
                continue
            yield from (f"only before: {facet} {line}" for line in old[i:j])
            yield from (f"only after: {facet} {line}" for line in new[k:m])


def _words(words: Sequence[str]) -> str:
    return f"“{_cut(' '.join(words))}”" if words else "nothing"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def files_of(site: Path) -> set[str]:
    """Return the files of a site, except for those of the theme, which pages load."""
    found = (p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file())
    return {name for name in found if not name.startswith(("_static/", "_sources/", "."))}


def compared(before: Path, after: Path) -> dict[str, list[str]]:
    """Return difference → names of the files with that difference.

    In a line, ``{page}`` stands for the file's own address and ``{title}`` for its title, so that
    the same change of many pages is one line.
    """
    found: dict[str, list[str]] = defaultdict(list)
    old, new = files_of(before), files_of(after)
    for name in sorted(old ^ new):
        found[f"only {'before' if name in old else 'after'}: file {_kind(name)}"].append(name)
    for name in sorted(old & new):
        facets_before, facets_after = (file_facets(site, name) for site in (before, after))
        own = name.removesuffix("index.html").strip("/").partition(".")[0]
        standing_for = {
            own: "{page}",
            "".join(facets_before.get("title", [])).partition(" — ")[0]: "{title}",
        }
        where = "" if name.endswith(".html") else f"{_kind(name)}: "
        for line in dict.fromkeys(differences(facets_before, facets_after)):
            for words in filter(lambda words: len(words) > 3, standing_for):
                line = line.replace(words, standing_for[words])  # noqa: PLW2901
            found[where + _cut(line)].append(name)
    return found


def _kind(name: str) -> str:
    """Return the folder of a page below another, or the name: ``papers/*`` of ``papers/a/``."""
    page = name.removesuffix("index.html").rstrip("/")
    folder, _, rest = page.partition("/")
    if not rest:
        return page or "home"
    return f"{folder}/*{Path(rest).suffix}"


# -- weight ----------------------------------------------------------------------------------------


class Weight(NamedTuple):
    """The files that a first visit to a page loads."""

    bytes: int
    requests: int


def weight(site: Path, name: str) -> Weight:
    """Return the weight of a page with its style sheets, scripts, icons, fonts and pictures.

    For other files, return only their own.
    """
    if not name.endswith(".html"):
        return Weight(len(gzip.compress((site / name).read_bytes(), 9)), 1)
    html = (site / name).read_text(encoding="utf-8")
    soup, page = BeautifulSoup(html, "html.parser"), name.removesuffix("index.html")
    loaded = [str(t["src"]) for t in soup.select("script[src], img[src]:not([loading=lazy])")]
    links = soup.select("link[rel~=stylesheet], link[rel~=icon], link[rel~=preload]")
    loaded += [str(tag["href"]) for tag in links]
    addresses = {_local(href, page) for href in loaded}
    styles = [(page, "".join(tag.string or "" for tag in soup.find_all("style")))]
    for sheet in sorted(a for a in addresses if a.endswith(".css") and (site / a).is_file()):
        styles.append((sheet, (site / sheet).read_text(encoding="utf-8")))
    for base, css in styles:
        fonts = re.findall(r"url\([\"']?([^)\"']+\.woff2?)", css)
        addresses |= {_local(href, base) for href in fonts}
    files = [site / name, *(site / a for a in addresses if a and (site / a).is_file())]
    return Weight(sum(len(gzip.compress(f.read_bytes(), 9)) for f in files), len(files))


def _local(href: str, page: str) -> str:
    """Return the path of a file of the site; empty for one elsewhere."""
    address = urljoin(ROOT + page, href)
    return unquote(urlsplit(address).path.lstrip("/")) if address.startswith(ROOT) else ""


def weights(before: Path, after: Path) -> tuple[str, list[str]]:
    """Return the table of medians for each kind of file, and a line for each kind that grew."""
    kinds: dict[str, list[tuple[Weight, Weight]]] = defaultdict(list)
    # Pages first, then other files.
    both = files_of(before) & files_of(after)
    for name in sorted(both, key=lambda name: (not name.endswith(".html"), name)):
        kinds[_kind(name)].append((weight(before, name), weight(after, name)))
    rows, grown = [], []
    for kind, pairs in kinds.items():
        old, new = (
            Weight(*map(int, map(median, zip(*side, strict=True))))
            for side in zip(*pairs, strict=True)
        )
        cells = (len(pairs), old.bytes, new.bytes, f"{new.bytes / old.bytes:.2f}")
        rows.append([kind, *map(str, cells), str(old.requests), str(new.requests)])
        more = max(b.bytes - a.bytes for a, b in pairs)
        if more > 0:
            grown.append(f"heavier: {kind} by up to {more} bytes")
        if any(b.requests > a.requests for a, b in pairs):
            grown.append(f"more requests: {kind}")
    head = "kind, files, bytes before, after, ratio, requests before, after".split(", ")
    return table(head, rows), grown


# -- report ----------------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report; return 1 if there is a difference that is not allowed."""
    parser = argparse.ArgumentParser(description="Compare two built sites.")
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--allow", type=Path, help="file of regular expressions, one in a line")
    given = parser.parse_args(arguments)
    text = given.allow.read_text(encoding="utf-8") if given.allow else ""
    lines = (line.strip() for line in text.splitlines())
    rules = [line for line in lines if line and not line.startswith("#")]
    found = compared(given.before, given.after)
    shown, grown = weights(given.before, given.after)
    found |= {line: [] for line in grown}
    allowed = {line for line in found if any(re.search(rule, line) for rule in rules)}
    for heading, part in (
        ("Differences", found.keys() - allowed),
        ("Allowed differences", allowed),
    ):
        print(f"## {heading}: {len(part)}\n")
        for line in sorted(part, key=lambda line: (-len(found[line]), line)):
            names = [name.removesuffix("index.html") or "/" for name in found[line]]
            more = f", … ({len(names)} in all)" if len(names) > 3 else ""
            print(f"- {line}" + (f"\n    in {', '.join(names[:3])}{more}" if names else ""))
        print()
    for rule in rules:
        if not any(re.search(rule, line) for line in found):
            print(f"Allows nothing: {rule}")
    print(f"## Weight of a first visit (gzip -9), medians\n\n{shown}")
    return 1 if found.keys() - allowed else 0


if __name__ == "__main__":
    raise SystemExit(main())
