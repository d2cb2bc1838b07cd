"""A site and a guest: what is loaded and set for whom, and that an owner's own setting wins."""

from __future__ import annotations

import pytest

from tests.building import application, copy_root, run_sphinx
from tests.output import differences

SITE = 'extensions = ["bibfolio"]\n'
GUEST = 'extensions = ["myst_parser", "sphinxcontrib.bibtex", "bibfolio"]\n'
BIBFILES = 'bibtex_bibfiles = ["refs.bib"]\n'
PLAIN = {"index.md": "# Home\n\nSee {cite}`doe2021cache`.\n\n```{bibliography}\n```\n"}


def config_of(tmp_path, conf: str, files=None, **overrides):
    """The configuration of a project with this conf.py, when all have had their say."""
    folder = copy_root("minimal", {"conf.py": conf, **(files or {})}, tmp_path / "src").src
    with application(folder, builder="html", confoverrides=overrides) as app:
        return {item.name: item.value for item in app.config}, set(app.extensions)


def test_one_extension_is_enough_for_a_site(tmp_path):
    config, extensions = config_of(tmp_path, SITE)
    assert {
        *("myst_parser", "sphinxcontrib.bibtex", "notfound.extension", "sphinxext.rediraffe")
    } <= extensions
    assert config["bibtex_bibfiles"] == ["refs.bib"]
    assert config["bibtex_default_style"] == "bibfolio"
    assert config["bibtex_cite_id"] == "cite-{key}"
    assert config["html_title"] == config["project"] == "Jane Doe"
    assert config["html_theme"] != "bibfolio"
    assert config["html_search_language"] is None
    config, _ = config_of(tmp_path / "bare", SITE, {"refs.bib": None})
    assert config["bibtex_bibfiles"] == []


#: A value that a site would set, and the owner's own: each equals the default of its extension.
OWN = {
    "bibtex_default_style": "alpha",
    "bibtex_reference_style": "label",
    "bibtex_cite_id": "",
    "notfound_urls_prefix": "/en/latest/",
    "html_title": "Jane Doe",
    "html_baseurl": "",
    "myst_enable_extensions": [],
    "html_permalinks": True,
}


def test_an_owners_own_setting_wins_also_where_it_equals_the_default(tmp_path):
    """And a setting of the command line."""
    own = "".join(f"{name} = {value!r}\n" for name, value in OWN.items())
    conf = f"{SITE}html_theme = 'bibfolio'\n{own}"
    config, _ = config_of(tmp_path, conf, rediraffe_template="own.html")
    assert config["rediraffe_template"] == "own.html"
    assert {name: value for name, value in OWN.items() if config[name] not in (value, set())} == {}


def test_another_parser_of_markdown_is_kept(tmp_path):
    conf = 'extensions = ["bibfolio", "recommonmark_like"]\nimport sys\nsys.path.insert(0, ".")\n'
    parser = (
        "from sphinx.parsers import RSTParser\n"
        "class Parser(RSTParser):\n    supported = ('markdown',)\n"
        "def setup(app):\n"
        "    app.add_source_suffix('.md', 'markdown')\n    app.add_source_parser(Parser)\n"
    )
    folder = tmp_path / "src"
    conf = conf.replace('insert(0, ".")', f"insert(0, {str(folder)!r})")
    _, extensions = config_of(tmp_path, conf, {"recommonmark_like.py": parser})
    assert "myst_parser" not in extensions


def test_a_guest_loads_and_sets_nothing(tmp_path):
    config, extensions = config_of(tmp_path, GUEST + BIBFILES)
    stock, _ = config_of(tmp_path / "stock", GUEST.replace(', "bibfolio"', "") + BIBFILES)
    assert not {"notfound.extension", "sphinxext.rediraffe"} & extensions
    assert {name: config[name] for name in stock} == stock


def test_a_guest_without_the_other_extension_is_told_of_nothing_missing(tmp_path):
    config, _ = config_of(tmp_path, f'{SITE}bibfolio_mode = "guest"\n')
    assert config["bibtex_bibfiles"] == ["refs.bib"]
    assert config["bibtex_default_style"] == "alpha"


@pytest.mark.parametrize("theme", ["alabaster", "basic"])
def test_a_guests_project_gets_no_page_no_file_and_no_byte_of_ours(build, theme):
    # An empty file might be a source of ours that was cut off. Sphinx remembers suffixes that
    # another test has registered in this process.
    conf = f'{GUEST}{BIBFILES}exclude_patterns = ["papers"]\n'
    stock = {"conf.py": conf.replace(', "bibfolio"', ""), "papers/letter.paper": "", **PLAIN}
    one = build("minimal", stock, html_theme=theme)
    other = build("minimal", stock | {"conf.py": conf}, html_theme=theme)
    assert differences(one.files, other.files) == []
    assert [path.name for path in (other.src / "papers").iterdir()] == ["letter.paper"]


def test_a_guests_pages_follow_the_profile_as_well(build):
    """Any of them may show the person."""
    profile = 'name = "Jane Doe"\n[[talks]]\ntitle = "Waiting"\ndate = 2024\n'
    page = "# Home\n\n```{talks}\n```\n"
    files = {"conf.py": GUEST + BIBFILES, "index.md": page, "profile.toml": profile}
    guest = build("minimal", files)
    guest.edit("profile.toml", "Waiting", "Queueing")
    assert "Queueing" in guest.rebuild().main("index").get_text()


#: Sections without a title, as sphinx-proof and sphinx-exercise make them around a theorem.
PROOF = """
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

class Proof(SphinxDirective):
    has_content = True

    def run(self):
        section = nodes.section("", ids=["proof"])
        self.state.nested_parse(self.content, self.content_offset, section)
        return [section]

def setup(app):
    app.add_directive("proof", Proof)
"""
PROVED = "# Home\n\n## Lemma\n\n```{proof}\nBy {cite:t}`doe2021cache`.\n```\n"


def test_a_section_without_a_title_around_a_citation_ends_no_build(build):
    """In a guest, where nothing of ours is used; and in a site, whose pages name the heading."""
    lists = {"b.md": "---\norphan: true\n---\n\n# List\n\n```{bibliography}\n```\n"}
    guest = build("minimal", {"conf.py": GUEST + BIBFILES + PROOF, "index.md": PROVED} | lists)
    assert "By Doe" in guest.main("index").get_text()
    site = build("minimal", {"conf.py": SITE + PROOF, "index.md": PROVED} | lists)
    assert "Home, Lemma" in site.main("papers/doe2021cache").get_text()


def test_the_theme_without_the_extension_says_what_to_write(tmp_path):
    """Sphinx asks the entry point of the theme, when it is too late to load the rest."""
    src = copy_root("minimal", {"conf.py": 'html_theme = "bibfolio"\n'}, tmp_path / "src").src
    done = run_sphinx(src, tmp_path / "out", "-b", "html")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.endswith(
        f'{src / "conf.py"}: html_theme is "bibfolio", but its extension is not loaded; '
        'write extensions = ["bibfolio"] as well'
    )


def test_a_project_without_conf_and_without_papers_is_built(tmp_path):
    """`sphinx-build -C`; so a gallery of themes can show ours by what it knows of every theme."""
    src = tmp_path / "src"
    src.mkdir()
    (src / "index.rst").write_text("Lemma\n=====\n\nText.\n", "utf-8")
    words = ["-C", "-D", "extensions=bibfolio", "-D", "html_theme=bibfolio", "-D", "project=Sample"]
    done = run_sphinx(src, tmp_path / "out", "-b", "html", "-W", *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert "publications.bib" in done.text("index.html")


def test_a_guest_can_use_the_directives(build):
    page = "# Home\n\n```{bibliography}\n```\n\n## Ours\n\n```{publications}\n:mirror:\n```\n"
    guest = build("minimal", {"conf.py": GUEST + BIBFILES, "index.md": page}, warnings=True)
    assert len(guest.cards()) == 3
    assert not any(card.tag.select("a[href^='papers/']") for card in guest.cards())


def test_a_guests_pages_are_judged_by_others_alone(build):
    page = PLAIN["index.md"].replace("2021", "2020") + "\n:::{note}\nA\n"
    files = {"conf.py": GUEST + BIBFILES, "index.md": page}
    build("minimal", files, warnings=['could not find bibtex key "doe2020cache"'])


def test_a_guest_is_told_why_nothing_is_shown_or_linked(build):
    """Names of ours that are nearly right, a profile with a mistake, papers without pages."""
    conf = f"{GUEST}{BIBFILES}bibfolio_paper_page = True\nbibfolio_own = _bibfolio_files = 1\n"
    page = "# Home\n\n{bib:paper}`doe2021cache`, {bib:paper}`doe2021cach`\n\n```{talks}\n```\n"
    profile = 'name = "Jane Doe"\n[[talks]]\ntitle = "Waiting"\n'
    warnings = [
        "conf.py:3: WARNING: bibfolio_paper_page: nothing reads this value; did you mean bibfolio",
        "talks: there is nothing to show, as profile.toml is no profile: line 2: talks.date: is",
        "index.md:3: ERROR: doe2021cache: papers have no pages here; write bibfolio_paper_pages =",
        "index.md:3: ERROR: doe2021cach: no paper has this key; did you mean doe2021cache?",
    ]
    files = {"conf.py": conf, "index.md": page, "profile.toml": profile}
    build("minimal", files, warnings=warnings)
    named = f'{GUEST}{BIBFILES}bibfolio_profile = "me.toml"\n'
    build("minimal", {"conf.py": named, "index.md": "# Home\n"}, warnings=["no file me.toml"])


def test_a_guest_may_ask_for_pages_of_papers(build):
    conf = GUEST + BIBFILES + "bibfolio_paper_pages = True\n"
    guest = build("minimal", {"conf.py": conf, **PLAIN})
    assert guest.page("papers/doe2021cache").exists()
    assert (guest.out / "papers/doe2021cache.ris").exists()
    assert not (guest.out / "robots.txt").exists()


def test_without_a_profile_there_are_lists_pages_and_exports(build):
    built = build("minimal", {"profile.toml": None}, warnings=True)
    assert len(built.cards()) == 3
    assert (built.out / "publications.bib").exists()
    assert built.page("papers/doe2021cache").exists()
    assert b"ProfilePage" not in built.files["index.html"]
    built.write("profile.toml", 'name = "Jane Doe"\n')
    built = built.rebuild(warnings=True)
    assert built.soup().title.get_text() == "Papers — Jane Doe"


def test_a_guests_list_does_not_pass_on_what_its_stock_style_misses(build):
    """The style makes labels of the entries of ``{publications}``; nobody sees it print them."""
    entry = "@article{jt, title={T}, author={Doe, Jane}, journaltitle={B}, date={2022-04-03}}\n"
    page = "# P\n\n{cite}`jt`\n\n```{publications}\n```\n"
    built = build("minimal", {"conf.py": GUEST + BIBFILES, "refs.bib": entry, "index.md": page})
    assert built.main().select_one(".bibtex-citation").get_text() == "[Doe22]"


def test_a_footnote_that_misses_a_field_changes_no_entry_of_a_guest(build):
    entries = (
        "@article{a, title={A}, author={Doe, Jane}, year=2020}\n"
        "@article{b, title={B}, author={Doe, Jane}, journal={Tusks}, year=2021}\n"
        "@xdata{x, publisher={P}}\n"
    )
    page = "# P\n\n{footcite}`a,b`\n\n```{footbibliography}\n```\n\n"
    page += '```{bibliography}\n:filter: key == "b"\n```\n\n'
    page += "```{bibliography}\n:all:\n:style: bibfolio\n:keyprefix: all-\n```\n"
    built = build("minimal", {"conf.py": GUEST + BIBFILES, "refs.bib": entries, "index.md": page})
    assert built.main().get_text().count("Tusks") == 3


@pytest.mark.parametrize("theme", ["alabaster", "pydata_sphinx_theme"])
def test_nothing_is_said_in_the_name_of_nobody_nor_to_mathjax(build, theme):
    """A page without anything of ours, in a site of another theme that has no name."""
    other = "---\norphan: true\n---\n\n# Other\n\nA sum: $x^2$.\n"
    conf = f'{SITE}html_theme = "{theme}"\n'
    built = build("minimal", {"conf.py": conf, "other.md": other, "profile.toml": None})
    head = built.soup("other/index.html")
    assert not head.select("meta[name=description]")
    assert "mathjax" in str(head).casefold()
    assert "window.MathJax" not in str(head)
