"""A link that leads nowhere is told once, with the file to mend, and no other is."""

import itertools
import json
import subprocess

import pytest

from bibfolio.doctor import Page, links
from bibfolio.doctor.links import references_in_file, references_in_page
from tests.unit.doctor.made import BASE, built, html, told
from tests.unit.table import Table

TABLE = Table(__file__)
PAGE = html('<h1 id="top-of-it">A</h1><a name="old"></a>')


def found(folder, files, sources=None, papers=None):
    site = built(folder, files, sources, papers)
    return told(links.dead_links(site, links.references_in(site)), folder)


def test_a_link_that_leads_nowhere_is_told_and_no_other(tmp_path):
    folders = (tmp_path / str(number) for number in itertools.count())

    def dead(body: str) -> list[str]:
        files = {"index.html": html(body), "files/x.pdf": b"%PDF"}
        files |= dict.fromkeys(("a/index.html", "research/index.html"), PAGE)
        return found(next(folders), files, {"index.md": "# I\n"})

    TABLE.holds("links that lead somewhere", dead)
    TABLE.holds("links that lead nowhere", dead)


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("../gone/", "{doc}`gone`"),
        ("../gone/", "[x](../gone/)"),
        ("../files/x.pdf", "[x](/files/x.pdf)"),
        ("#to-rest", "[](#to-rest)"),
    ],
)
def test_a_line_of_the_source_that_writes_the_address_out_is_found(tmp_path, address, line):
    files = {"a/index.html": html(f'<a href="{address}">x</a> <a href="{address}">y</a>')}
    (only,) = found(tmp_path, files, {"a.md": f"# A\n\nforgone\n{line}\n"})
    assert only.startswith("src/a.md:4 dead_")


def test_a_page_that_is_published_in_two_forms_is_told_once(tmp_path):
    files = {"a/index.html": html('<a href="../gone/">x</a>'), "a.md": f"[x]({BASE}gone/)"}
    assert found(tmp_path, files, {"a.md": "# A\n\n{doc}`gone`\n"}) == [
        "src/a.md:3 dead_link: a/ names gone/, which is not there"
    ]


def test_what_many_pages_repeat_is_told_once_at_the_home_page_if_it_is_there(tmp_path):
    page = html('<a href="/gone/">x</a>')
    files = {f"{name}/index.html": page for name in "abcd"}
    assert found(tmp_path, files, {"a.md": "# A\n"}) == [
        "src/a.md:0 dead_link: a/, b/, c/ and 1 more name gone/, which is not there"
    ]
    sources = {"index.md": "# I\n\n```{toctree}\ngone\n```\n", "a.md": "gone\n"}
    assert found(tmp_path, {**files, "index.html": page}, sources) == [
        "src/index.md:4 dead_link: /, a/, b/ and 2 more name gone/, which is not there"
    ]


def test_a_picture_that_is_too_heavy_is_told_once_with_what_to_do(tmp_path):
    most = links.MOST_PICTURE_BYTES
    files = {f"{name}/index.html": html('<img src="/zoe.jpg" loading="lazy">') for name in "ab"}
    body = '<img src="zoe.jpg"><img src="ok.png"><video src="v.mp4"></video><a href="raw.jpg">'
    files |= {"index.html": html(body), "zoe.jpg": bytes(4_900_000), "ok.png": bytes(most)}
    files |= {"v.mp4": bytes(most + 1), "raw.jpg": bytes(most + 1)}
    (line,) = found(tmp_path, files)
    assert line.endswith(
        " weight: /, a/, b/ name zoe.jpg, which weighs 4.9 MB;"
        " make it at most 1,200 pixels wide and save it as JPEG or WebP"
    )


def test_the_page_of_a_paper_is_told_at_its_entry(tmp_path):
    files = {"papers/k/index.html": html('<a href="/gone.pdf">x</a>')}
    assert found(tmp_path, files, {}, {"papers/k": 3}) == [
        "src/refs.bib:3 dead_link: papers/k/ names gone.pdf, which is not there"
    ]


def test_feeds_and_sitemaps_are_looked_at(tmp_path):
    files = {"sitemap.xml": f"<urlset>\n<loc>{BASE}gone/</loc>\n<loc>{BASE}</loc></urlset>"}
    assert found(tmp_path, files) == [
        "out/sitemap.xml:0 dead_link: sitemap.xml names gone/, which is not there"
    ]


def test_the_owners_own_files_are_not_judged(tmp_path):
    files = {"files/x.json": f'"{BASE}x"', "files/x.html": '<a href="gone">', "_static/x.xml": "<"}
    assert found(tmp_path, files) == []


# -- references --------------------------------------------------------------------------------


def named(body: str) -> list[str]:
    """The addresses that a page names, and which are of pictures."""
    names = references_in_page(Page("index.html", body))
    return [f"{'picture ' * name.is_picture}{name.address}" for name in names]


def test_nothing_in_a_page_that_names_a_file_is_overlooked_and_pictures_are_told_apart():
    TABLE.holds("what names a file", named)
    TABLE.holds("what names none", named)


def test_files_for_programs_name_addresses_of_the_site(tmp_path):
    def of_file(line: str) -> list[str]:
        name, _, content = line.partition(": ")
        site = built(tmp_path, {name: content})
        return [reference.address for reference in references_in_file(site, name)]

    TABLE.holds("files for programs", of_file)


# -- what Sphinx finds elsewhere -----------------------------------------------------------------


def answer(status: str, info: str = "", file: str = "a.md") -> dict[str, object]:
    return {
        "filename": file,
        "lineno": 7,
        "uri": "https://a.example/",
        "code": 0,
        "status": status,
        "info": info,
    }


def test_a_link_is_dead_or_nobody_can_tell(tmp_path):
    site = built(tmp_path, {})

    def of_answer(line: str) -> list[str]:
        status, _, info = line.partition(": ")
        return told(links.dead_elsewhere(site, [answer(status, info)]), tmp_path)

    TABLE.holds("answers of hosts", of_answer)


def test_a_link_in_an_entry_is_told_there(tmp_path):
    site = built(tmp_path, {}, papers={"papers/k": 3})
    (line,) = told(links.dead_elsewhere(site, [answer("broken", file="papers/k.paper")]), tmp_path)
    assert line.startswith("src/refs.bib:3 external_link: ")


def test_hosts_that_keep_everybody_waiting_are_given_up(tmp_path, monkeypatch):
    def wait(command, timeout, **_options):
        raise subprocess.TimeoutExpired(command, timeout)

    monkeypatch.setattr(subprocess, "run", wait)
    with pytest.raises(RuntimeError, match="more than 10 minutes"):
        links.ask_hosts(tmp_path)


def test_answers_of_an_earlier_run_are_not_taken_for_new_ones(tmp_path, monkeypatch):
    path = tmp_path / "_build/linkcheck/output.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(answer("working")), encoding="utf-8")
    monkeypatch.setattr(subprocess, "run", lambda *_words, **_options: None)
    with pytest.raises(RuntimeError, match="linkcheck fails"):
        links.ask_hosts(tmp_path)


LOST = "HTTPSConnectionPool(host='a.example', port=443): Max retries exceeded with url: /"


@pytest.mark.parametrize(
    ("statuses", "is_told"),
    [
        ([("broken", LOST), ("timeout", "timed out"), ("ignored", "")], True),
        ([("broken", LOST), ("broken", "404 Client Error: Not Found for url: x")], False),
        ([("broken", LOST), ("working", "")], False),
        ([("ignored", "")], False),
        ([], False),
    ],
)
def test_where_no_host_is_reached_nothing_is_said_of_any_address(
    tmp_path, monkeypatch, statuses, is_told
):
    def answers(*_words, **_options) -> None:
        lines = [json.dumps(answer(*status)) for status in statuses]
        path = tmp_path / "_build/linkcheck/output.json"
        path.parent.mkdir(parents=True)
        path.write_text("\n".join(lines), encoding="utf-8")

    monkeypatch.setattr(subprocess, "run", answers)
    if is_told:
        with pytest.raises(RuntimeError, match="is there a network"):
            links.ask_hosts(tmp_path)
    else:
        assert len(links.ask_hosts(tmp_path)) == len(statuses)
