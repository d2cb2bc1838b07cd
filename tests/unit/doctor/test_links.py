"""A link that leads nowhere is told once for each line that can be mended, and no other is."""

import pytest

from bibfolio.doctor import links
from tests.unit.doctor.made import BASE, built, html, sources, told

PAGE = html('<h1 id="top-of-it">A</h1><a name="old"></a>')


def found(folder, files, source=None, papers=None):
    site = built(folder, files)
    return told(links.find(site, sources(folder, site, source, papers)).problems, folder)


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
        ('<a href="b/">', "dead_link: / links to b/, which is not there"),
        (f'<a href="{BASE}b/">', "dead_link: / links to b/, which is not there"),
        ('<a href="/b.pdf">', "dead_link: / links to b.pdf, which is not there"),
        (
            '<a href="researhc/">',
            "dead_link: / links to researhc/, which is not there; research/ is",
        ),
        (
            '<a href="Research/">',
            (
                "dead_link: / links to Research/, which is not there;"
                " research/ is: small and capital letters differ"
            ),
        ),
        (
            '<a href="research/#top-of-the">',
            "dead_anchor: / links to #top-of-the on research/, which is not there; #top-of-it is",
        ),
        ('<a href="#x">', "dead_anchor: / links to #x on /, which is not there"),
        ('<script src="b.js">', "dead_link: / names b.js, which is not there"),
        ('<img src="b.png">', "missing_picture: / names b.png, which is not there"),
        ('<img src="">', "missing_picture: / names a picture without an address"),
        (
            f'<meta property="og:image" content="{BASE}b.png">',
            "missing_picture: / names b.png, which is not there",
        ),
        (
            '<a href="https://[">',
            "dead_link: / links to https://[, which is no address: Invalid IPv6 URL",
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


def test_each_line_is_told_once_though_the_page_is_published_in_two_forms(tmp_path):
    files = {
        "a/index.html": html('<a href="../gone/">x</a> <a href="../gone/">y</a>'),
        "a.md": "[x](gone/)",
    }
    source = {"a.md": "# A\n\n{doc}`gone`\n"}
    assert found(tmp_path, files, source) == [
        "src/a.md:3 dead_link: a/ links to gone/, which is not there"
    ]


def test_what_every_page_repeats_is_told_once(tmp_path):
    frame = '<!doctype html><nav><a href="/gone/">x</a></nav><main></main>'
    home = f'<link rel="canonical" href="{BASE}">{frame}'
    files = {"index.html": home, "a/index.html": frame, "b/index.html": frame}
    source = {"index.md": "# I\n\n```{toctree}\ngone\n```\n", "a.md": "gone\n"}
    assert found(tmp_path, files, source) == [
        "src/index.md:4 dead_link: 3 files link to gone/, which is not there"
    ]


def test_what_is_drawn_from_data_is_told_once_for_all_pages(tmp_path):
    page = html('<a href="/gone/">x</a>')
    files = {"a/index.html": page, "b/index.html": page}
    source = {"a.md": "# A\n", "b.md": "# B\n"}
    assert found(tmp_path, files, source) == [
        "src/a.md:0 dead_link: 2 files link to gone/, which is not there"
    ]


def test_feeds_and_sitemaps_are_looked_at(tmp_path):
    files = {"sitemap.xml": f"<urlset>\n<loc>{BASE}gone/</loc>\n<loc>{BASE}</loc></urlset>"}
    assert found(tmp_path, files) == [
        "out/sitemap.xml:2 dead_link: sitemap.xml names gone/, which is not there"
    ]


def test_a_feed_that_is_broken_is_told(tmp_path):
    assert found(tmp_path, {"feed.xml": "<feed>"}) == [
        (
            "out/feed.xml:0 dead_link: feed.xml cannot be read by any program:"
            " it is no XML: no element found: line 1, column 6"
        )
    ]


def test_the_owners_own_files_are_not_judged(tmp_path):
    files = {"files/x.json": "{", "files/x.html": '<a href="gone">', "_static/x.xml": "<"}
    assert found(tmp_path, files) == []


def test_every_address_is_counted(tmp_path):
    site = built(tmp_path, {"a/index.html": html('<a href="b">'), "llms.txt": "[x](y) [z](a/)"})
    counted = links.find(site, sources(tmp_path, site)).references
    assert [(r.file, r.address) for r in counted] == [
        ("a/index.html", BASE),
        ("a/index.html", "b"),
        ("index.html", BASE),
        ("llms.txt", "y"),
        ("llms.txt", "a/"),
    ]
