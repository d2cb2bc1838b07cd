"""How the forms of the CV are read: by pypdf, and by the schema of JSON Resume."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator, FormatChecker
from pypdf import PdfReader

_SCHEMA = Path(__file__).parent / "schemas" / "jsonresume.json"


def resume_problems(resume: dict[str, Any]) -> list[str]:
    """What JSON Resume does not allow in *resume*, each with its place."""
    schema = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    errors = Draft7Validator(schema, format_checker=FormatChecker()).iter_errors(resume)
    return sorted(f"{'.'.join(map(str, error.path))}: {error.message}" for error in errors)


def squeezed(text: str) -> str:
    """*text* without white space: lines of a PDF end anywhere, also within a hyphenated word."""
    return re.sub(r"\s+", "", text)


@dataclass
class Pdf:
    """A PDF as pypdf reads it."""

    data: bytes

    @cached_property
    def reader(self) -> PdfReader:
        return PdfReader(io.BytesIO(self.data), strict=True)

    @property
    def root(self) -> Any:
        return self.reader.trailer["/Root"]

    @cached_property
    def text(self) -> str:
        return "\n".join(page.extract_text() for page in self.reader.pages)

    @property
    def links(self) -> list[str]:
        """Addresses in the order of the pages; a link of two lines counts once."""
        found: list[str] = []
        for page in self.reader.pages:
            for reference in page.get("/Annots", ()):
                annotation = reference.get_object()
                assert annotation["/Subtype"] == "/Link"
                assert annotation["/Contents"], "what a screen reader says of it"
                if "/A" in annotation:
                    found.append(annotation["/A"]["/URI"])
        return list(dict.fromkeys(found))

    @property
    def outline(self) -> list[Any]:
        """Titles of the bookmarks, those of a level below in a list behind their parent."""

        def titles(items: list[Any]) -> list[Any]:
            return [titles(item) if isinstance(item, list) else item.title for item in items]

        return titles(self.reader.outline)

    @property
    def fonts(self) -> dict[str, bool]:
        """Name of every font, and whether it is embedded."""
        found = {}
        for page in self.reader.pages:
            for reference in page["/Resources"].get("/Font", {}).values():
                font = reference.get_object()
                (inner,) = (item.get_object() for item in font["/DescendantFonts"])
                descriptor = inner["/FontDescriptor"]
                embedded = any(f"/FontFile{n}" in descriptor for n in ("", "2", "3"))
                found[str(font["/BaseFont"])] = embedded
        return found

    @cached_property
    def tags(self) -> list[str]:
        """The structure elements, from the first to the last."""

        def walk(node: Any) -> Iterator[str]:
            node = node.get_object() if hasattr(node, "get_object") else node
            if isinstance(node, list):
                for kid in node:
                    yield from walk(kid)
            elif isinstance(node, dict):
                if "/S" in node:
                    yield str(node["/S"]).removeprefix("/")
                yield from walk(node.get("/K", []))

        return list(walk(self.root["/StructTreeRoot"]))
