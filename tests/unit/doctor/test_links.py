"""A link that leads nowhere is told once, with the file to mend, and no other is."""

import json
import subprocess

import pytest

from bibfolio.doctor import Page, links
from bibfolio.doctor.links import references_in_file, references_in_page
from tests.unit.doctor.made import BASE, built, html, told

PAGE = html('<h1 id="top-of-it">A</h1><a name="old"></a>')


def found(folder, files, sources=None, papers=None):
    site = built(folder, files, sources, papers)
    return told(links.dead_links(site, links.references_in(site)), folder)


@pytest.mark.parametrize(
    "body",
    [
        '<a href="a/">',
        '<a href="a">',
        '<a href="a/#top-of-it">',
        '<a href="a/#old">',
        '<a href="a/#">',
        '<a href="#TOP">',
        '<a href="">',
        f'<a href="{BASE}a/">',
        '<a href="files/x.pdf#page=2">',
        '<a href="https://other.example/gone">',
        '<a href="mailto:x">',
        '<img src="data:image/gif;base64,R0">',
        '<a href="%61/">',
    ],
)
def test_a_link_that_leads_somewhere_is_not_blamed(tmp_path, body):
    files = {"index.html": html(body), "a/index.html": PAGE, "files/x.pdf": b"%PDF"}
    assert found(tmp_path, files) == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('<a href="b/">', "dead_link: / names b/, which is not there"),
        (f'<a href="{BASE}b/">', "dead_link: / names b/, which is not there"),
        ('<a href="/b.pdf">', "dead_link: / names b.pdf, which is not there"),
        ('<a href="researhc/">', "dead_link: / names researhc/, which is not there"),
        ('<a href="RESEARCH/">', "dead_link: / names RESEARCH/, which is not there"),
        (
            '<a href="research/#top-of-the">',
            "dead_anchor: / names #top-of-the on research/, which is not there",
        ),
        ('<a href="#x">', "dead_anchor: / names #x on /, which is not there"),
        ('<script src="b.js">', "dead_link: / names b.js, which is not there"),
        ('<img src="b.png">', "missing_picture: / names b.png, which is not there"),
        ('<img src="">', "missing_picture: / names a picture without an address"),
        (
            f'<meta property="og:image" content="{BASE}b.png">',
            "missing_picture: / names b.png, which is not there",
        ),
        (
            '<a href="https://[">',
            "dead_link: / names https://[, which is no address: Invalid IPv6 URL",
        ),
        (
            '<meta http-equiv="refresh" content="0; url=b/">',
            "dead_link: / names b/, which is not there",
        ),
    ],
)
def test_a_link_that_leads_nowhere_is_told(tmp_path, body, message):
    files = {"index.html": html(body), "research/index.html": PAGE}
    assert found(tmp_path, files, {"index.md": "# I\n"}) == [f"src/index.md:0 {message}"]


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


def addresses(body: str) -> list[str]:
    return [reference.address for reference in references_in_page(Page("index.html", body))]


@pytest.mark.parametrize(
    "body",
    [
        '<a href="x">',
        '<area href="x">',
        '<link rel="stylesheet" href="x">',
        '<script src="x"></script>',
        '<img src="x">',
        '<img srcset="x">',
        '<picture><source srcset="x"></picture>',
        '<video poster="x"></video>',
        '<iframe src="x"></iframe>',
        '<object data="x"></object>',
        '<form action="x"></form>',
        '<svg><use href="x"/></svg>',
        '<svg><use xlink:href="x"/></svg>',
        '<meta http-equiv="refresh" content="0; url=x">',
    ],
)
def test_nothing_in_a_page_that_names_a_file_is_overlooked(body):
    assert addresses(body) == ["x"]


@pytest.mark.parametrize(
    "body",
    [
        '<a name="x">',
        '<a href-x="x">',
        '<meta name="description" content="x">',
        '<!-- <a href="x"> -->',
        "<pre>&lt;a href='x'&gt;</pre>",
    ],
)
def test_what_names_no_file_is_left_alone(body):
    assert addresses(body) == []


def test_a_set_of_pictures_holds_several():
    assert addresses('<img srcset="a.png 1x, b.png 2x, ">') == ["a.png", "b.png"]


@pytest.mark.parametrize(
    ("tag", "is_picture"),
    [
        ('<link rel="icon" href="https://x">', True),
        ('<img src="https://x">', True),
        ('<meta property="og:image" content="https://x">', True),
        ('<meta name="twitter:image" content="https://x">', True),
        ('<meta name="citation_pdf_url" content="https://x">', False),
        ('<meta property="og:url" content="https://x">', False),
        ('<a href="https://x">', False),
    ],
)
def test_pictures_are_told_apart(tag, is_picture):
    (found,) = references_in_page(Page("a", tag))
    assert (found.address, found.is_picture) == ("https://x", is_picture)


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("feed.xml", f'<link href="{BASE}a/"/><loc> {BASE}c/?x=1&amp;y </loc>', ["a/", "c/?x=1&y"]),
        ("feed.json", f'{{"url": "{BASE}a/", "@id": "{BASE}#person"}}', ["a/", ""]),
        ("a.md", f"[x]({BASE}b.md), <{BASE}c/> and {BASE}d/.", ["b.md", "c/", "d/"]),
        ("llms.txt", f"- [x]({BASE}b.md): y", ["b.md"]),
        ("robots.txt", f"Allow: /\nSitemap: {BASE}s.xml", ["s.xml"]),
        ("x.bib", f"url = {{{BASE}b}}", []),
        ("a.xml", "<a>https://other.example/</a>", []),
    ],
)
def test_files_for_programs_name_addresses_of_the_site(tmp_path, name, content, found):
    site = built(tmp_path, {name: content})
    assert [r.address for r in references_in_file(site, name)] == [BASE + path for path in found]


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


@pytest.mark.parametrize(
    ("status", "info", "said"),
    [
        ("working", "", ""),
        ("redirected", "https://b.example/", ""),
        ("ignored", "", ""),
        ("ignored", "service unavailable", "unsure_link: {}: service unavailable"),
        ("broken", "404 Client Error: Not Found for url: {}", "external_link: {}: {404}"),
        ("broken", "HTTPSConnectionPool: no such host", "external_link: {}: {host}"),
        ("broken", "403 Client Error: Forbidden for url: {}", "unsure_link: {}: {403}"),
        ("broken", "500 Server Error: Ill for url: {}", "unsure_link: {}: {500}"),
        ("broken", "unauthorized", "unsure_link: {}: unauthorized"),
        ("broken", "Anchor 'x' not found", "unsure_link: {}: Anchor 'x' not found"),
        ("timeout", "", "unsure_link: {}: timeout"),
    ],
)
def test_a_link_is_dead_or_nobody_can_tell(tmp_path, status, info, said):
    words = {
        "{404}": "404 Client Error: Not Found",
        "{403}": "403 Client Error: Forbidden",
        "{500}": "500 Server Error: Ill",
        "{host}": "HTTPSConnectionPool: no such host",
        "{}": "https://a.example/",
    }
    for short, long in words.items():
        info, said = info.replace(short, long), said.replace(short, long)
    site = built(tmp_path, {})
    result = told(links.dead_elsewhere(site, [answer(status, info)]), tmp_path)
    assert result == ([f"src/a.md:7 {said}"] if said else [])


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
