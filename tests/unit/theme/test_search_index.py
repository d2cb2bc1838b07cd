"""The index of our search: what of a page is found and shown, and a script that nothing can end."""

from __future__ import annotations

import gzip
import json

from docutils import nodes
from hypothesis import given
from hypothesis import strategies as st
from sphinx import addnodes

from benchmarks.bibliography import bibliography
from bibfolio.pages.nodes import inline, paragraph
from bibfolio.pages.paper_page import page
from bibfolio.sources.bibliography import parse_bibliography
from bibfolio.theme.search_index import Contents, Record, contents, in_order, record_of, script
from bibfolio.theme.search_index import records_of as read

from ..made import first

#: What a first search of 300 papers may cost, compressed.
MOST_BYTES = 90_000


def document(*content: nodes.Node) -> nodes.document:
    """A page with a title and *content*."""
    result = nodes.document(None, None)  # type: ignore[arg-type]
    result += nodes.section("", nodes.title("", "On waiting"), *content, ids=["on-waiting"])
    return result


def section(title: str, id_: str, *content: nodes.Node) -> nodes.section:
    return nodes.section("", nodes.title("", title), *content, ids=[id_])


# -- what a page says ----------------------------------------------------------------------------


def test_blocks_stay_apart_and_headings_lead_to_their_sections():
    words = nodes.paragraph("", "", nodes.Text("One\nline with "), nodes.strong("", "weight"))
    words += [nodes.Text(" 10"), nodes.superscript("", "6")]
    cells = nodes.definition_list_item("", nodes.term("", "T"), nodes.definition("", words))
    content = [paragraph("", "First."), section("More", "more", nodes.definition_list("", cells))]
    found = contents(document(*content))
    assert found == Contents((("more", "More"),), "First.\nT\nOne line with weight 10⁶")


def test_what_is_marked_no_search_is_left_out_also_within_a_paragraph():
    hidden = nodes.container("", paragraph("", "Twice said."), classes=["no-search"])
    mixed = nodes.paragraph("", "", nodes.Text("Said"), inline("no-search", " aside"))
    title = section("Abstract", "abstract", paragraph("", "At length."))
    title[0]["classes"].append("no-search")
    found = contents(document(hidden, mixed, nodes.comment("", "Hush."), title))
    assert found == Contents((), "Said\nAt length.")


def test_words_that_lead_to_a_page_are_kept_apart_from_its_text():
    index = addnodes.index(entries=[("single", "queue; waiting", "id", "", None)])
    keywords = nodes.meta(name="keywords", content="patience, time")
    html = nodes.raw("", "<p>Of <b>HTML</b></p><style>p{}</style>", format="html")
    tex = nodes.raw("", r"\LaTeX", format="latex")
    found = contents(document(index, keywords, html, tex))
    assert found == Contents((), "Of HTML", "queue; waiting patience, time")


def test_of_a_paper_people_are_a_field_of_their_own_and_what_stands_beside_comes_last():
    one = first(
        "@article{queue, title = {Queue: Waiting}, shorttitle = {Queue}, year = 2023,"
        "author = {Jay, Chip and Doe, Jane}, author+an = {1=equal; 2=equal}, journal = {Waits},"
        "shortjournal = {W}, doi = {10.1/x}, keywords = {storage}, abstract = {At length.}}"
    )
    found = record_of("papers/queue/", "Queue: Waiting", document(page(one, None, None)), one)
    assert (found.is_paper, found.people, found.venue) == (1, "Chip Jay, Jane Doe", one.badge)
    assert found.words.startswith("Queue queue doi:10.1/x")
    assert "Jane" not in found.text
    lines = found.text.split("\n")
    assert lines[0] == "At length."
    assert {"Storage", "Waits"} & {*lines[1:]}
    assert lines[-1].endswith("Equal contribution")


def test_papers_are_followed_by_pages_as_a_reader_comes_to_them():
    tree = {"index": ["list", "essays"], "essays": ["essays/a", "essays/b", "essays"], "list": []}
    pages = ["essays/b", "index", "lost", "essays", "about", "essays/a"]
    order = in_order("index", tree, pages)
    assert order == ["index", "essays", "essays/a", "essays/b", "about", "lost"]


# -- the script ------------------------------------------------------------------------------------

RECORDS = st.builds(
    Record,
    *[st.text(max_size=8)] * 2,
    st.integers(0, 1),
    *[st.text(max_size=8)] * 3,
    st.lists(st.tuples(st.text(max_size=4), st.text(max_size=4)), max_size=2).map(tuple),
    st.text(max_size=8),
)


@given(st.lists(RECORDS, max_size=3))
def test_what_is_written_is_read_again(records):
    assert read(script(records)) == records


def test_nothing_that_a_page_says_ends_the_script_or_begins_another():
    hostile = "</script><script>alert(1)</script><!-- \u2028 \u2029 \" \\ '"
    text = script([Record(*[hostile] * 2, 0, *[hostile] * 3, ((hostile, hostile),), hostile)])
    assert not {"<", "\u2028", "\u2029"} & {*text}
    value = json.loads(text.removeprefix("window.bibfolioIndex=").removesuffix(";\n"))
    assert value["pages"][0][1] == hostile


def test_an_index_that_is_damaged_or_in_another_form_is_made_anew():
    whole = script([Record("a/", "A")])
    assert read(whole) == [Record("a/", "A")]
    form = whole.replace('"form":1', '"form":0')
    short = whole.replace(',[],""]', "]")
    for text in ("", "window", form, whole[:-20], whole.replace("[", "{"), short):
        assert read(text) == [], text


def test_the_index_of_three_hundred_papers_is_small():
    text = "".join(map(str, bibliography(300)))
    papers = parse_bibliography(text).papers
    assert len(papers) == 300
    records = [
        record_of(f"{one.page}/", one.title.plain, document(page(one, None, None)), one)
        for one in papers
    ]
    assert all(record.text for record in records)
    assert len(gzip.compress(script(records).encode(), 6)) <= MOST_BYTES
