"""Sets pictures with Typst in a process of its own, while the pages are written.

Run as a script, so that it imports nothing of the package: Typst takes milliseconds for each
picture and much memory for many at once. Standard input is one JSON object: ``template``, a file;
``folder``, where the pictures go; ``cards``, path below it → the words of the picture.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import typst

#: Pictures set at once: each holds three megabytes until all are finished.
_BATCH = 32


def pictures(template: Path, cards: list[dict[str, str]]) -> list[bytes]:
    """PNG, 1200 × 630 pixels, one for each of *cards*."""
    data = json.dumps(cards)
    result = typst.compile(template, format="png", ppi=72, sys_inputs={"cards": data})
    # One page gives bytes, several a list of them; the stubs know only the first.
    return [result] if len(cards) == 1 else cast(list[bytes], result)


def paint(template: Path, folder: Path, cards: dict[str, dict[str, str]]) -> None:
    """Write a file for each of *cards*."""
    for batch in _batches(cards):
        for name, picture in zip(batch, pictures(template, list(batch.values())), strict=True):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_name(f".{path.name}")
            unfinished.write_bytes(picture)
            unfinished.replace(path)


def _batches(cards: dict[str, dict[str, str]]) -> Iterator[dict[str, dict[str, str]]]:
    items = iter(cards.items())
    while batch := dict(itertools.islice(items, _BATCH)):
        yield batch


if __name__ == "__main__":
    order = json.load(sys.stdin)
    paint(Path(order["template"]), Path(order["folder"]), order["cards"])
