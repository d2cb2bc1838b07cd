"""Built sites of a few lines, and what they were built from."""

from pathlib import Path

from bibfolio.doctor import BuiltSite, Place

BASE = "https://ann.example/"


def html(body: str = "", head: str = "", address: str = "") -> str:
    """A page that calls itself *address* below the site's root."""
    canonical = f'<link rel="canonical" href="{BASE}{address}">'
    return (
        f"<!doctype html><html><head>{canonical}{head}</head>"
        f"<body><main>{body}</main></body></html>"
    )


def write(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def built(
    folder: Path,
    files: dict[str, str | bytes],
    sources: dict[str, str] | None = None,
    papers: dict[str, int] | None = None,
) -> BuiltSite:
    """A site with a home page and *files*, made from *sources*; *papers*: page → line of entry."""
    write(folder / "src", dict(sources or {}))
    write(folder / "out", {"index.html": html(), **files})
    source = folder / "src"
    bib = (source / "refs.bib").as_posix()
    places = {name: Place(bib, line) for name, line in (papers or {}).items()}
    return BuiltSite(folder / "out", source, places)


def told(problems, folder: Path) -> list[str]:
    """`FILE:LINE kind: message` of each, files relative to *folder*."""
    return [
        f"{Path(p.file).relative_to(folder).as_posix()}:{p.line} {p.kind.subtype}: {p.message}"
        for p in problems
    ]
