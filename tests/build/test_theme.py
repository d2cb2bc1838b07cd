"""The theme as a child of pydata-sphinx-theme, and our components under other themes."""

from __future__ import annotations

import re

import pytest

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
FILES = {
    "index.md": "# Home\n\nText.\n\n```{toctree}\nplain\npapers\nOut <https://out.example/>\n```\n",
    "plain.md": '# Plain\n\n## Part\n\n```python\nx = "1"\n```\n',
    "papers.md": "# Papers\n\n```{publications}\n```\n",
    "_static/a.svg": SVG,
    "_static/b.svg": SVG.replace("1 1", "2 2"),
    "_static/own.css": "p { color: red }",
    "_static/own.js": "window.own = 1;",
    "_templates/mine.html": "<p>Mine on {{ pagename }}</p>",
}
OPTIONS = {
    "announcement": "<b>New</b> paper",
    "logo": {"text": "Brand", "image_light": "_static/a.svg", "image_dark": "_static/b.svg"},
    "icon_links": [
        {"name": "Code", "url": "https://code.example/", "icon": "fa-brands fa-github"},
        {"name": "Local", "url": "https://a.example/", "icon": "_static/a.svg", "type": "local"},
        {
            "name": "Remote",
            "url": "https://b.example/",
            "icon": "https://icons.example/b.png",
            "type": "url",
            "attributes": {"rel": "me"},
        },
    ],
    "favicons": [{"href": "https://favicons.example/f.png"}],
    "navbar_persistent": ["search-field"],
    "navbar_end": ["navbar-icon-links", "version-switcher", "mine"],
    "article_header_start": ["breadcrumbs"],
    "article_footer_items": ["prev-next"],
    "footer_start": ["copyright"],
    "footer_center": ["mine.html"],
    "footer_end": "theme-version, footer-feeds",
}


@pytest.fixture(scope="module")
def themed(build_once):
    """A site whose owner uses what the manual of pydata-sphinx-theme offers."""
    return build_once(
        "minimal",
        FILES,
        html_theme="bibfolio",
        project="Project",
        copyright="2026 Jane Doe",
        templates_path=["_templates"],
        html_static_path=["_static"],
        html_css_files=["own.css", "https://sheets.example/x.css"],
        html_js_files=["own.js", (None, {"body": "window.inline = 1;"})],
        html_sidebars={"plain": ["localtoc.html", "sidebar-collapse"]},
        html_theme_options=OPTIONS,
    )


def policy(soup) -> dict[str, list[str]]:
    content = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    return {name: words for name, *words in (part.split() for part in content.split(";"))}


@pytest.fixture(scope="module")
def plain(themed):
    return themed.soup("plain")


@pytest.mark.parametrize(
    ("selector", "text"),
    [
        (".site-announcement b", "New"),
        ("header .site-header-name", "Brand"),
        ("header nav [aria-current=page]", "Plain"),
        ("header nav a[href='https://out.example/']", "Out"),
        (".site-header-tools .site-icons a[href='https://code.example/']", "Code"),
        (".site-header-tools .site-icons a[rel=me]", ""),
        (".site-header-tools > p", "Mine on plain"),
        (".site-breadcrumbs [aria-current]", "Plain"),
        (".site-neighbours [rel=next]", "Papers →"),
        (".site-sidebar li a[href='#part']", "Part"),
        (".site-footer .copyright", "© Copyright 2026 Jane Doe."),
        (".site-footer > p:not([class])", "Mine on plain"),
    ],
)
def test_slots_hold_what_the_owner_puts_there(plain, selector, text):
    (element,) = plain.select(selector)
    assert element.get_text(" ", strip=True) == text


def test_pictures_of_logo_and_icons_are_shown(plain):
    sources = [(img["src"], img["alt"]) for img in plain.select("header img")]
    static = "../_static"
    assert sources == [
        (f"{static}/a.svg", ""),
        (f"{static}/b.svg", ""),
        (f"{static}/a.svg", "Local"),
        ("https://icons.example/b.png", "Remote"),
    ]


def test_components_that_need_scripts_of_the_parent_are_left_out(plain):
    assert plain.select(".dropdown, [data-bs-toggle], [class*='fa-'], button") == []
    assert not re.search(r"bootstrap|fontawesome|pydata-sphinx-theme\.(css|js)", str(plain.head))


def test_the_policy_allows_what_the_owner_loads(plain):
    found = policy(plain)
    sheets = [link["href"].split("?")[0] for link in plain.select("link[rel=stylesheet]")]
    # Ours, for what is on few pages, before the owner's, who has the last word.
    ours = "../_static/bibfolio-content.css"
    assert sheets == [ours, "../_static/own.css", "https://sheets.example/x.css"]
    assert found["style-src"][2:] == ["'self'", "https://sheets.example"]
    # The sheet of every page, and the page's own.
    assert [source[:8] for source in found["style-src"][:2]] == ["'sha256-"] * 2
    scripts = [script["src"].split("/")[-1].split("?")[0] for script in plain.select("script[src]")]
    assert scripts == ["bibfolio.js", "documentation_options.js", "doctools.js", "own.js"]
    assert len(found["script-src"]) == 3  # 'self', ours, and the owner's inline one
    assert found["img-src"][2:] == ["https://favicons.example", "https://icons.example"]


def test_an_owners_component_wins_over_ours(build):
    files = {"_templates/footer-name.html": "<p>Another footer</p>"}
    built = build("minimal", files, html_theme="bibfolio", templates_path=["_templates"])
    assert built.soup("index").select_one(".site-footer p").get_text() == "Another footer"


def test_an_option_without_effect_is_named(build):
    options = {"show_toc_level": 2, "navbar_align": "left", "back_to_top_button": False}
    warning = "does not act on navbar_align, show_toc_level;"
    build("minimal", html_theme="bibfolio", html_theme_options=options, warnings=[warning])


def test_code_has_the_colours_that_the_owner_chooses(build):
    for style, count in ((None, 0), ("monokai", 1)):
        built = build("minimal", FILES, html_theme="bibfolio", pygments_style=style)
        found = [
            len(built.soup(page).select("link[href*=pygments]")) for page in ("plain", "index")
        ]
        assert found == [count, 0]


def test_sizes_have_a_policy_of_their_own_and_other_pages_do_not(build):
    image = "# Plain\n\n```{image} _static/a.svg\n:width: 50%\n:alt: A\n```\n"
    built = build("minimal", FILES | {"plain.md": image}, html_theme="bibfolio")
    assert "style-src-attr" in policy(built.soup("plain"))
    assert "style-src-attr" not in policy(built.soup("papers"))


@pytest.mark.parametrize("theme", ["basic", "nature", "pydata_sphinx_theme"])
def test_another_theme_loads_our_files_where_our_components_are(build, theme):
    files = FILES | {"_static/copy.js": "own"}
    built = build("minimal", files, html_theme=theme, html_static_path=["_static"])
    ours = "link[href*=bibfolio], script[src*=bibfolio]"
    names = [
        re.split(r"[/?]", tag.get("href") or tag["src"])[-2 if "?" in str(tag) else -1]
        for tag in built.soup("papers").select(ours)
    ]
    assert sorted(names) == ["bibfolio-components.css", "bibfolio-filter.js"]
    assert built.soup("plain").select(ours) == []
    assert built.text("_static/copy.js") == "own"
    assert not (built.out / "_static" / "bibfolio.css").exists()


# The {include} of myst-parser 5 asks for it.
@pytest.mark.filterwarnings("ignore:'sphinx.environment.BuildEnvironment.app'")
def test_what_the_policy_will_block_is_told_in_the_preview_as_well(build):
    """The preview has no policy, but the owner looks at it."""
    page = "---\norphan: true\n---\n\n# Plain\n\n```{include} part.txt\n```\n"
    files = {"plain.md": page, "part.txt": "Words\n\n<iframe src='https://a.example/'></iframe>\n"}
    blocked = ["part.txt:3: WARNING: <iframe>"]
    for theme, tag in (("bibfolio", "published"), ("bibfolio", "preview"), ("basic", "preview")):
        conf = f'extensions = ["bibfolio"]\nhtml_theme = "{theme}"\ntags.add("{tag}")\n'
        told = blocked if theme == "bibfolio" else []
        build("minimal", {**files, "conf.py": conf}, warnings=told)
