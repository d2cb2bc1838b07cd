"""A link that leads nowhere is told once for each line that can be mended, and no other is."""

import json
import subprocess

import pytest

from bibfolio.doctor import links
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
        (
            '<a href="researhc/">',
            "dead_link: / names researhc/, which is not there; research/ is",
        ),
        (
            '<a href="RESEARCH/">',
            "dead_link: / names RESEARCH/, which is not there; research/ is",
        ),
        (
            '<a href="research/#top-of-the">',
            "dead_anchor: / names #top-of-the on research/, which is not there; #top-of-it is",
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
        ("../x/gone/", "see {doc}`/x/gone`"),
        ("../gone.html", "{doc}`gone`"),
        ("#cite-doe2020", "{cite:t}`doe2020`"),
        ("#to-rest", "{ref}`to-rest`"),
    ],
)
def test_a_line_that_names_the_target_as_authors_do_is_found(tmp_path, address, line):
    files = {"a/index.html": html(f'<a href="{address}">x</a> <a href="{address}">y</a>')}
    (only,) = found(tmp_path, files, {"a.md": f"# A\n\nforgone\n{line}\n"})
    assert only.startswith("src/a.md:4 dead_")


def test_each_line_is_told_once_though_the_page_is_published_in_two_forms(tmp_path):
    files = {"a/index.html": html('<a href="../gone/">x</a>'), "a.md": f"[x]({BASE}gone/)"}
    assert found(tmp_path, files, {"a.md": "# A\n\n{doc}`gone`\n"}) == [
        "src/a.md:3 dead_link: a/ names gone/, which is not there"
    ]


def test_what_every_page_repeats_is_told_once(tmp_path):
    frame = '<!doctype html><nav><a href="/gone/">x</a></nav><main></main>'
    home = f'<link rel="canonical" href="{BASE}">{frame}'
    files = {"index.html": home, "a/index.html": frame, "b/index.html": frame}
    sources = {"index.md": "# I\n\n```{toctree}\ngone\n```\n", "a.md": "gone\n"}
    assert found(tmp_path, files, sources) == [
        "src/index.md:4 dead_link: / names gone/, which is not there"
    ]


def test_what_is_drawn_from_data_is_told_once_for_all_pages(tmp_path):
    page = html('<a href="/gone/">x</a>')
    files = {"a/index.html": page, "papers/k/index.html": page}
    assert found(tmp_path, files, {"a.md": "# A\n"}, {"papers/k": 3}) == [
        "src/a.md:0 dead_link: 2 files name gone/, which is not there"
    ]


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
    assert result == ([f"src/a.md:0 {said}"] if said else [])


@pytest.mark.parametrize(
    ("uri", "file", "place"),
    [
        ("https://a.example/", "a.md", "a.md:2"),
        ("https://a.example/", "b.md", "refs.bib:4"),
        ("https://doi.org/10.1000/182", "b.md", "refs.bib:5"),
        ("https://github.com/ann-roe", "b.md", "profile.toml:1"),
        ("https://doi.org/10.1000/182", "papers/k.paper", "refs.bib:5"),
        ("https://other.example/", "papers/k.paper", "refs.bib:3"),
        ("https://other.example/", "b.md", "b.md:0"),
    ],
)
def test_a_link_elsewhere_is_told_where_it_is_written(tmp_path, uri, file, place):
    sources = {
        "a.md": "# A\n[x](https://a.example/)\n",
        "b.md": "# B\n",
        "papers/k.paper": "doi = {10.1000/182}",
        "refs.bib": "\n\n@misc{k,\nurl={https://a.example/},\ndoi={10.1000/182}}",
        "profile.toml": 'github = "ann-roe"',
    }
    site = built(tmp_path, {}, sources, {"papers/k": 3})
    answers = [answer("broken", file=file) | {"uri": uri}]
    (line,) = told(links.dead_elsewhere(site, answers), tmp_path)
    assert line == f"src/{place} external_link: {uri}: broken"


def test_hosts_that_keep_everybody_waiting_are_given_up(tmp_path, monkeypatch):
    def wait(command, timeout, **_options):
        raise subprocess.TimeoutExpired(command, timeout)

    monkeypatch.setattr(subprocess, "run", wait)
    with pytest.raises(RuntimeError, match="more than 10 minutes"):
        links.ask_hosts(tmp_path, 10)


def test_answers_of_an_earlier_run_are_not_taken_for_new_ones(tmp_path, monkeypatch):
    path = tmp_path / "_build/linkcheck/output.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(answer("working")), encoding="utf-8")
    monkeypatch.setattr(subprocess, "run", lambda *_words, **_options: None)
    with pytest.raises(RuntimeError, match="linkcheck fails"):
        links.ask_hosts(tmp_path, 10)
