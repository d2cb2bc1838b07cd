"""`{profile}`: sections and facts of the person, and what a mistake in profile.toml looks like."""

import extruct
import pytest
from bs4 import BeautifulSoup

from tests.building import ROOTS
from tests.output import text_of

NAMES_ONE_LINE = """name = "Jane Doe"
[affiliation]
institution = "Somewhere"
"""


@pytest.fixture(scope="module")
def main(build_once):
    return build_once("person").main()


def lines(main, heading):
    """The items under HEADING, as text."""
    section = main.find(id=heading.lower())
    return [text_of(item) for item in section.find_all("li")]


def links(main):
    return {text_of(link): link["href"] for link in main.find_all("a", class_="external")}


# -- what is shown ------------------------------------------------------------------------------


def test_facts_stand_within_a_sentence(main):
    (sentence,) = [tag for tag in main.find_all("p") if text_of(tag).startswith("Jane Doe,")]
    assert text_of(sentence) == (
        "Jane Doe, third-year student, at Waiting Group, School of Patience, "
        "University of Somewhere, with Prof. Edgar Poe. "
        "On waiting, queues and patience, now the long run. "
        "In Oslo, Norway; write to jane (at) example (dot) org. "
        "M.Sc. in queueing, Faculty of Lines, Old University, 2019."
    )


def test_a_section_is_a_list_in_the_order_of_the_file(main):
    assert lines(main, "Awards") == ["2018 Prize for Standing (1/1000), Old University"]
    job = "Jul 2020 – Dec 2020 Slow Inc., Intern, advised by Ann Lee and Bo Ek"
    assert lines(main, "Positions") == [job]


def test_facts_carry_their_links(main):
    assert links(main).items() >= {
        ("Waiting Group", "https://waiting.example.org/"),
        ("Edgar Poe", "https://poe.example.org/"),
        ("Ann Lee", "https://lee.example.org/"),
        ("GitHub", "https://github.com/janedoe"),
        ("ORCID", "https://orcid.org/0000-0000-0000-0001"),
    }


def test_the_card_and_its_accounts_can_be_read_by_programs(build_once):
    """As an h-card, and links that say rel=me; an address for e-mail is not for harvesters."""
    html = build_once("person").text("index.html")
    found = extruct.extract(html, base_url="https://jane.example.org/", syntaxes=["microformat"])
    (card,) = found["microformat"]
    assert (card["type"], card["properties"]["name"]) == (["h-card"], ["Jane Doe"])
    assert card["properties"]["org"] == ["University of Somewhere"]
    assert "email" not in card["properties"]
    soup = BeautifulSoup(html, "html5lib")
    me = {tag["href"] for tag in soup.find_all(rel="me")}
    assert me == {"https://github.com/janedoe", "https://orcid.org/0000-0000-0000-0001"}
    words = text_of(soup.find(class_="profile-card"))
    facts = ["JD", "Third-year student", "Waiting Group", "School of Patience", "GitHub", "ORCID"]
    facts += ["University of Somewhere", "Oslo, Norway", "jane (at) example (dot) org"]
    assert [fact for fact in facts if fact not in words] == []


HOSTILE = "</script><script>alert(1)</script> & *y* `z` {w} ]]>"
PAGE = """# J

{profile}`position`

```{profile} card
```

## Jobs

```{profile} positions
```

```{profile} awards
```
"""


def test_the_card_and_sections_show_only_what_the_profile_says_and_as_text(build):
    """A position without an end is current."""
    job = '[[positions]]\nrole = "R"\norganization = "O"\nstart = "2024-02"\n'
    files = {"profile.toml": f'position = "{HOSTILE}"\n{NAMES_ONE_LINE}{job}', "index.md": PAGE}
    built = build("person", files)
    main, card = built.main(), built.main().find(class_="profile-card")
    assert lines(main, "Jobs") == ["since Feb 2024 O, R"]
    assert len(main.find_all("ul")) == 1
    assert all(text_of(line) for line in card.find_all("p"))
    assert not card.find(["ul", "li", "a", "img"])
    assert main.get_text().count(HOSTILE) == 2
    assert not [tag for tag in built.soup().find_all("script") if tag.get_text() == "alert(1)"]


PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def test_a_portrait_takes_the_place_of_the_monogram(build):
    files = {
        "profile.toml": 'portrait = "pictures/me.svg"\n' + NAMES_ONE_LINE,
        "pictures/me.svg": PICTURE,
        "index.md": "# J\n\n```{profile} card\n```\n",
    }
    built = build("person", files)
    card = built.main().find(class_="profile-card")
    assert card.img["alt"] == "Portrait of Jane Doe"
    assert (built.out / card.img["src"]).read_bytes() == PICTURE
    assert "JD" not in text_of(card)


PAPERS = "".join(
    f"@misc{{p{number}, title = {{T}}, year = {2020 + number}, keywords = {{{topic}}}}}\n"
    for number, topic in enumerate(("odd", "even", "odd", "even", "odd"), start=1)
)
CARD = "# J\n\n```{profile} card\n```\n"
GUEST = """extensions = ["myst_parser", "sphinxcontrib.bibtex", "bibfolio"]
bibtex_bibfiles = ["refs.bib"]
"""


@pytest.mark.parametrize(
    ("files", "dots"),
    [
        ({}, 5),
        ({"refs.bib": "".join(PAPERS.splitlines(keepends=True)[:3])}, 0),
        ({"conf.py": GUEST}, 0),
        ({"profile.toml": 'portrait = "me.svg"\n' + NAMES_ONE_LINE, "me.svg": PICTURE}, 0),
    ],
    ids=["papers of two topics", "few papers", "a guest", "a portrait"],
)
def test_in_place_of_the_monogram_of_a_site_stands_its_mark(build, files, dots):
    built = build("person", {"refs.bib": PAPERS, "index.md": CARD} | files)
    card = built.main().find(class_="profile-card")
    (shown,) = card.find_all(["img", "svg"]) or card.find_all(class_="profile-monogram")
    assert len(shown.find_all("circle")) == dots
    assert (shown.get("aria-hidden") == "true") == (shown.name != "img")
    assert ("JD" in text_of(card)) == (shown.name == "p")


CONF = {"html_title": "My Papers", "html_baseurl": "https://other.example.org/x/"}


@pytest.mark.parametrize(
    ("values", "title", "base"),
    [
        ({}, "Jane Doe", "https://jane.example.org/"),
        (CONF, *CONF.values()),
    ],
    ids=["the profile", "conf.py"],
)
def test_the_profile_names_the_site_but_conf_py_has_the_last_word(build, values, title, base):
    head = build("citing", **values).soup("waiting").head
    assert title in head.title.get_text()
    assert head.find("link", rel="canonical")["href"] == f"{base}waiting/"


# -- mistakes in pages --------------------------------------------------------------------------


UNKNOWN = {
    "```{profile} award\n```": "no section 'award'; did you mean awards?",
    "```{profile} zzz\n```": "no section 'zzz'; there are: card, ",
    "{profile}`postion`": "no fact 'postion'; did you mean position?",
    "{profile}`zzz`": "no fact 'zzz'; there are: name, position",
}


def test_an_unknown_section_or_fact_warns_with_the_nearest(build):
    page = "# J\n\n" + "\n\n".join(UNKNOWN) + "\n\n```{profile}\n```\n"
    built = build("person", {"index.md": page}, warnings=[*UNKNOWN.values(), "index.md:13: "])
    for line, warning in zip((3, 6, 9, 11), built.warnings, strict=False):
        assert warning.startswith(f"index.md:{line}: ERROR: profile has ")
        assert warning.endswith("[bibfolio.directive]")


def test_a_profile_may_stand_in_files_beside_profile_toml_alone(build, main):
    text = (ROOTS / "person" / "profile.toml").read_text(encoding="utf-8")
    built = build("person", {"profile.toml": None, "profile/me.toml": text})
    assert text_of(built.main()) == text_of(main)


# -- mistakes in profile.toml -------------------------------------------------------------------

#: All kinds of mistakes: tests/unit/sources/test_profile.py.
MISTAKES = f"""nmae = "J"
focus = 1
{NAMES_ONE_LINE}instituton = "X"
[[awards]]
year = "x"
"""
TOLD = [
    "profile.toml:1:1: ERROR: nmae: unknown key; did you mean name?",
    "profile.toml:2:1: ERROR: focus: must be a text in quotes, not a number",
    "profile.toml:6:1: ERROR: affiliation.instituton: unknown key; did you mean institution?",
    "profile.toml:8:1: ERROR: awards.year: must be a whole number",
]


def test_every_mistake_stops_the_build_at_once_and_once_they_are_mended_it_goes_on(
    sphinx, build_to_its_end
):
    run = sphinx("person", {"profile.toml": MISTAKES}, "-b", "dirhtml")
    assert (run.returncode, run.says_traceback) == (1, False)
    assert [line for line in TOLD if line not in run.stderr] == []
    good = (ROOTS / "person" / "profile.toml").read_text(encoding="utf-8")
    (error,) = build_to_its_end("person", {"profile.toml": f"name = \n{good}"}).warnings
    assert error.startswith("profile.toml:1:7: ERROR: name: there is no value")
    built = build_to_its_end("person", {"profile.toml": good.replace("third-year", "fourth-year")})
    assert built.warnings == []
    assert "fourth-year student" in built.main().get_text()


def test_a_site_whose_home_page_is_called_after_the_group_is_the_groups(build):
    """On top of pages, in titles, previews and the monogram; the person stays who they are."""
    conf = 'extensions = ["bibfolio"]\nhtml_theme = "bibfolio"\n'
    files = {
        "conf.py": conf,
        "index.md": "# Waiting Group\n\n```{profile} card\n```\n",
        "cv.md": "---\norphan: true\n---\n\n# CV\n",
    }
    built = build("person", files)
    for page, title in (("index", "Waiting Group"), ("cv", "CV — Waiting Group")):
        soup = built.soup(page)
        assert soup.title.get_text() == title
        assert text_of(soup.find(class_="site-header-name")) == "Waiting Group"
    assert text_of(built.main().find(class_="profile-monogram")) == "WG"
    assert text_of(built.main().find(class_="profile-name")) == "Jane Doe"
    built.edit("index.md", "# Waiting Group", "# Jane")
    again = built.rebuild()
    assert text_of(again.soup("cv").find(class_="site-header-name")) == "Jane Doe"
    assert text_of(again.main().find(class_="profile-monogram")) == "JD"
    named = build("person", files | {"conf.py": conf + 'project = "P"\n'})
    assert text_of(named.soup("cv").find(class_="site-header-name")) == "P"
