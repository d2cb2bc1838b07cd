"""What sites of two sizes take → what a far larger one would, if nothing else gives way first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from statistics import median

from benchmarks.compare import Pairs, memory, seconds
from benchmarks.pages import INDEX, LIST, compressed

#: So many pages of papers say how large one is.
SOME = 100
#: Papers of a large university, or of a field.
FAR = 100_000
HEAD = "papers, cold build, memory, files, all files, page, list, index".split(", ")


@dataclass(frozen=True)
class Volume:
    """What grows with the number of papers."""

    seconds: float
    #: MB of the building process, and of all files of the site.
    memory: float
    files: float
    output: float
    #: kB after gzip: what a reader of a paper, of the complete list, and of the search loads.
    page: float
    list_page: float
    index: float


def volume(site: Path, cold: Pairs) -> Volume:
    """Of a built *site* of ours, and of its cold builds."""
    files = [path for path in site.rglob("*") if path.is_file()]
    return Volume(
        seconds(cold.ours),
        memory(cold.ours),
        len(files),
        sum(path.stat().st_size for path in files) / 1e6,
        median(map(compressed, sorted(site.glob("papers/*/index.html"))[:SOME])),
        compressed(site / LIST / "index.html"),
        compressed(site / INDEX),
    )


def at(size: int, known: Mapping[int, Volume]) -> Volume:
    """On the line through the two largest sizes that are *known*."""
    (few, less), (many, more) = sorted(known.items())[-2:]
    share = (size - few) / (many - few)
    pairs = zip(astuple(less), astuple(more), strict=True)
    # One page is one page; what little its size differs means nothing.
    return replace(Volume(*(a + share * (b - a) for a, b in pairs)), page=more.page)


def rows(known: Mapping[int, Volume]) -> Iterator[list[str]]:
    """Below :data:`HEAD`: what was measured, and what follows for :data:`FAR`."""
    sizes = dict(known)
    if len(known) > 1:
        sizes[FAR] = at(FAR, known)
    for size, found in sizes.items():
        yield [
            f"{size:,}" + ("" if size in known else ", computed"),
            f"{found.seconds:,.1f} s",
            f"{found.memory:,.0f} MB",
            f"{found.files:,.0f}",
            f"{found.output:,.0f} MB",
            f"{found.page:,.1f} kB",
            f"{found.list_page:,.0f} kB",
            f"{found.index:,.0f} kB",
        ]
