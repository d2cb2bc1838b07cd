"""Links of a site of Jekyll lead to where their pages and files are now, and never out of it."""

from __future__ import annotations

from bibfolio.importing.addresses import Addresses
from bibfolio.importing.jekyll import Jekyll
from bibfolio.importing.plan import Plan
from bibfolio.importing.source import OldSite
from tests.unit.table import Table

TABLE = Table(__file__)


def test_links(tmp_path):
    for path in ("assets/pdf/x.pdf", "_config.yml"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    config = {"url": "https://ann.example.org"}
    old = Jekyll(OldSite(tmp_path), Plan("al-folio"), Addresses(), config=config)
    old.addresses.add("/", "page", "index")
    old.addresses.add("/teaching/", "page", "teaching")
    old.places["_pages/teaching.md"] = "/teaching/"

    def led(target: str) -> str:
        in_page, in_profile = (old.resolve(target, in_profile=where) for where in (False, True))
        return f"{in_page} {in_profile}" if in_page else repr(in_page)

    TABLE.holds(TABLE.sections[0], led)
