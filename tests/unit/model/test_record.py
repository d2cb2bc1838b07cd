"""Records: one plain wording of each fact for every machine-readable output."""

from __future__ import annotations

import pytest

from bibfolio.model import Link, record_of

from ..made import first, paper
from ..table import Table

TABLE = Table(__file__)


def record(entry: str):
    type_, _, fields = entry[1:].partition(" ") if entry[:1] == "@" else ("misc", "", entry)
    return record_of(first(f"@{type_}{{k, title = {{A Title}}, {fields}}}"))


def container(entry: str) -> list[str]:
    found = record(entry)
    event = (found.event, found.event_place, found.event_dates and found.event_dates.words)
    lines = [f"{found.container_kind} {found.container}".strip()] * bool(found.container_kind)
    lines += [f"in {found.container}"] * (not found.container_kind and bool(found.container))
    return [*lines, *["event " + ", ".join(filter(None, event))] * any(event)]


def pages(entry: str) -> str:
    found = record(entry)
    return f"{found.first_page} to {found.last_page} of {found.pages}"


def test_what_contains_the_paper_and_an_event_is_one_if_the_entry_says_so():
    TABLE.holds("containers and events", container)


def test_pages_are_first_and_last_and_the_number_of_an_article_stands_for_them():
    TABLE.holds("pages", pages)


def test_addresses_elsewhere_come_with_the_best_first():
    links = (
        Link("pdf", "https://a.b/x.pdf"),
        Link("code", "https://a.b/code"),
        Link("doi", "https://doi.org/10.1/x"),
        Link("arxiv", "https://arxiv.org/abs/1"),
        Link("page", "https://a.b/"),
    )
    assert record_of(paper(links=links)).same_as == (
        "https://doi.org/10.1/x",
        "https://a.b/",
        "https://arxiv.org/abs/1",
    )


@pytest.mark.parametrize(
    ("url", "hosted"), [("files/papers/k.pdf", "files/papers/k.pdf"), ("https://a.b/x.pdf", "")]
)
def test_a_pdf_is_hosted_only_if_this_site_serves_it(url, hosted):
    assert record_of(paper(links=(Link("pdf", url),))).hosted_pdf == hosted


def test_the_title_is_plain_text():
    record = record_of(first('@misc{k, title = {{\\"U}ber \\emph{$k$}-NN}}'))
    assert (record.title, record.page, record.key) == ("Über k-NN", "papers/k", "k")


def test_keywords_for_the_owner_alone_are_not_for_readers():
    record = record_of(first("@misc{k, title = {T}, keywords = {a, #todo, /unread, #SAT, 1848}}"))
    assert record.keywords == ("a", "#SAT", "1848")
