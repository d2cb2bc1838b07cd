"""Settings of owners and projects of strangers: what is theirs stays as it is."""

import pytest

from bibfolio.doctor import BuiltSite
from bibfolio.doctor.links import dead_links, references_in
from tests.building import application, copy_root

GUEST = (
    'extensions = ["myst_parser", "sphinxcontrib.bibtex", "bibfolio"]\n'
    'bibtex_bibfiles = ["refs.bib"]\nhtml_theme = "basic"\n'
)
STOCK = GUEST.replace(', "bibfolio"', "")


@pytest.mark.parametrize(
    "conf",
    ['html_theme = "bibfolio"\nexclude_patterns = ["mine"]\n', 'html_theme = "alabaster"\n'],
)
def test_what_was_built_before_is_no_source(build, conf):
    twin = {"_build/site/index.md": "# Twin\n", "_build/next/index.md": "# Twin\n"}
    built = build("minimal", {"conf.py": f'extensions = ["bibfolio"]\n{conf}', **twin})
    assert not [name for name in built.read if "_build" in name]


def test_pages_of_papers_in_a_guest_s_project_name_only_what_is_there(build):
    conf = f'{GUEST}bibfolio_paper_pages = True\nhtml_baseurl = "https://doe.example.org/"\n'
    guest = build("minimal", {"conf.py": conf, "index.md": "# Home\n\n```{bibliography}\n```\n"})
    tags = guest.soup("papers/doe2021cache").select("head link[href], head meta[content]")
    addresses = {str(tag.get("href") or tag["content"]) for tag in tags}
    own = {a.partition(".org/")[2] for a in addresses if a.startswith("https://doe.example.org/")}
    assert {"papers/doe2021cache.bib", "papers/doe2021cache/"} <= own
    assert [path for path in sorted(own) if not (guest.out / path).exists()] == []


def test_a_guest_s_own_page_of_a_paper_is_none_of_our_objects(build):
    files = {"papers/doe2021cache.md": "# Mine\n", "index.md": "# Home\n\n```{bibliography}\n```\n"}
    stock, guest = (
        build("minimal", {**files, "conf.py": c}, warnings=True) for c in (STOCK, GUEST)
    )
    assert guest.files["objects.inv"] == stock.files["objects.inv"]


def test_a_guest_may_have_files_that_are_called_as_sources_of_ours(build):
    # Sphinx keeps the suffixes of earlier builds of a process, but for those that conf.py names.
    conf = f'{GUEST}source_suffix = {{".md": "markdown"}}\n'
    guest = build("minimal", {"conf.py": conf, "index.md": "# Home\n", "my.paper": "A4, white\n"})
    assert guest.read == {"index"}


def test_a_guest_may_have_a_file_that_is_called_as_our_profile(build_to_its_end):
    files = {"index.md": "# Home\n", "profile.toml": "[profile.dev]\nlto = 1\n"}
    assert build_to_its_end("minimal", {**files, "conf.py": GUEST}).warnings == []
    conf = f'{GUEST}bibfolio_profile = "profile.toml"\n'
    (error,) = build_to_its_end("minimal", {"conf.py": conf}).warnings
    assert error.startswith("profile.toml:1:2: ERROR: profile: unknown key")


@pytest.mark.parametrize("name", ["doe2021cache.md", "doe2021cache.rst"])
def test_a_page_that_the_owner_has_written_takes_the_place_of_ours(build, name):
    words = "# Mine\n" if name.endswith(".md") else "Mine\n====\n"
    orphan = "---\norphan: true\n---\n\n" if name.endswith(".md") else ":orphan:\n\n"
    built = build("minimal", {f"papers/{name}": orphan + words})
    assert built.soup("papers/doe2021cache").find("h1").get_text().startswith("Mine")
    assert built.page("papers/poe2023queue").exists()
    assert (built.out / "papers/doe2021cache.bib").exists()


def test_so_does_one_of_a_kind_that_another_extension_reads(sphinx):
    """In a process of its own: Sphinx keeps suffixes."""
    conf = "extensions = ['bibfolio']\ndef setup(app):\n"
    conf += "    app.add_source_suffix('.txt', 'restructuredtext')\n"
    page = {"papers/doe2021cache.txt": ":orphan:\n\nMine\n====\n"}
    run = sphinx("minimal", {**page, "conf.py": conf}, "-W", "-bdirhtml")
    assert run.soup("papers/doe2021cache").find("h1").get_text().startswith("Mine")


def test_a_guest_with_our_style_is_told_what_cannot_be_read(build):
    """Our parser takes the place of the one that would stop at it."""
    conf = f'{GUEST}bibtex_default_style = "bibfolio"\n'
    files = {"conf.py": conf, "refs.bib": "@article{a, title = {X, year = 2020}\n"}
    index = "# Home\n\n```{bibliography}\n```\n"
    guest = build("minimal", {**files, "index.md": index}, warnings=True)
    assert any("bibfolio.bib_syntax" in line for line in guest.warnings)


@pytest.mark.parametrize("conf", [GUEST, 'extensions = ["bibfolio"]\nhtml_theme = "basic"\n'])
def test_what_was_built_of_an_owner_s_own_page_is_never_deleted(build, conf):
    page = "---\norphan: true\n---\n\n# Mine\n"
    built = build("minimal", {"conf.py": conf, "papers/mine.md": page}, warnings=True)
    (built.out / "papers/mine.bib").write_text("@misc{mine}\n", encoding="utf-8")
    built.delete("papers/mine.md")
    again = built.rebuild(warnings=True)
    assert {"papers/mine/index.html", "papers/mine.bib"} <= again.files.keys()


def test_where_papers_have_no_pages_everything_leads_to_the_list(build):
    page = "---\norphan: true\n---\n\n"
    files = {
        "conf.py": 'extensions = ["bibfolio"]\nhtml_theme = "bibfolio"\n',
        "cv.md": f"{page}# CV\n\n```{{cv}}\n```\n",
        "list.md": f"{page}# Papers\n\n```{{publications}}\n```\n",
        "index.md": "# Home\n",
    }
    base = "https://doe.example.org/"
    built = build("minimal", files, bibfolio_paper_pages=False, html_baseurl=base)
    assert f"{base}list/" in built.files["feed.xml"].decode()
    site = BuiltSite(built.out, built.src, {})
    assert [problem.message for problem in dead_links(site, references_in(site))] == []


# -- at addresses of ours --------------------------------------------------------------------------

#: Address → what the owner serves there: about the whole site, of a page, of a paper.
EXTRA = {
    name: f"the owner's {name}\n".encode()
    for name in (
        *(
            "robots.txt",
            "llms.txt",
            "llms-full.txt",
            "sitemap.xml",
            "feed.xml",
            "feed.json",
            "404.html",
        ),
        *("publications.bib", "publications.ris", "publications.json", "cv.pdf"),
        *("index.md", "papers/doe2021cache.md", "papers/doe2021cache.bib", "cards/index.png"),
    )
}
#: As another extension would do it.
FOREIGN = """from pathlib import Path

extensions = ["bibfolio"]
html_extra_path = ["robots.txt"]

def write(app, exception):
    Path(app.outdir, "sitemap.xml").write_text("another extension's")

def setup(app):
    app.connect("build-finished", write)
"""


def test_the_owner_s_files_win_at_every_address_of_ours(build):
    files = {f"extra/{name}": data for name, data in EXTRA.items() if name != "robots.txt"}
    files |= {"one/robots.txt": EXTRA["robots.txt"], "cv.md": "---\norphan: true\n---\n\n# CV\n"}
    conf = 'extensions = ["bibfolio"]\nhtml_theme = "bibfolio"\n'
    conf += 'html_extra_path = ["extra", "one/robots.txt"]\nexclude_patterns = ["extra"]\n'
    built = build("minimal", {**files, "conf.py": conf}, warnings=True)
    for _ in range(2):
        assert {name: built.files[name] for name in EXTRA} == EXTRA
        assert "papers/poe2023queue.md" in built.files
        built.edit("index.md", "# ", "# New: ")
        built = built.rebuild(warnings=True)
    built.delete("one/robots.txt")
    assert b"Sitemap:" in built.rebuild(warnings=True).files["robots.txt"]


def test_what_another_extension_writes_wins_and_that_is_no_warning(build):
    built = build("minimal", {"conf.py": FOREIGN, "robots.txt": "the owner's"})
    assert built.text("sitemap.xml") == "another extension's"
    assert "sitemap.xml is another extension's" in built.status
    said = [line for line in built.status.splitlines() if line.startswith("robots.txt")]
    assert [line.partition(" is ")[0] for line in said] == ["robots.txt"]


def test_a_file_of_our_components_may_be_the_owner_s(build):
    conf = 'extensions = ["bibfolio"]\nhtml_theme = "alabaster"\nhtml_static_path = ["_static"]\n'
    sheet = {"_static/bibfolio-components.css": b"/* mine */\n"}
    built = build("minimal", {"conf.py": conf, **sheet})
    assert {name: built.files[name] for name in sheet} == sheet


@pytest.mark.parametrize("name", ["mathjax", "imgmath"])
def test_a_renderer_of_formulas_that_the_owner_loads_draws_them(tmp_path, name):
    conf = f'extensions = ["bibfolio", "sphinx.ext.{name}"]\nhtml_theme = "bibfolio"\n'
    folder = copy_root("minimal", {"conf.py": conf}, tmp_path / "src").src
    with application(folder, builder="dirhtml") as app:
        assert app.builder.math_renderer_name == name


def test_other_extensions_tags_and_the_owner_s_are_not_said_twice(build):
    conf = (
        "extensions = ['bibfolio']\n"
        "def add(app, name, template, context, doctree):\n"
        "    context.setdefault('metatags', '')\n"
        "    context['metatags'] += '<meta property=\"og:title\" content=\"T\" />'\n"
        "    context['metatags'] += '<meta property=\"og:image\" content=\"https://x.org/i\" />'\n"
        "def setup(app):\n    app.connect('html-page-context', add)\n"
    )
    page = "---\nmyst:\n  html_meta:\n    property=og:type: book\n---\n\n# Home\n"
    built = build("minimal", {"conf.py": conf, "index.md": page})
    tags = [tag["property"] for tag in built.soup().select("meta[property^='og:']")]
    assert sorted(tags) == sorted(set(tags))
    assert {"og:title", "og:image", "og:type", "og:url", "og:site_name"} <= set(tags)
    assert "og:image:width" not in tags
