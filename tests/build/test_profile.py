"""`{profile}`: sections and facts of the person, and what a mistake in profile.toml looks like."""

import pytest
from sphinx.errors import SphinxError

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


def test_facts_carry_their_links(main):
    assert links(main).items() >= {
        ("Waiting Group", "https://waiting.example.org/"),
        ("Edgar Poe", "https://poe.example.org/"),
        ("Ann Lee", "https://lee.example.org/"),
        ("GitHub", "https://github.com/janedoe"),
        ("ORCID", "https://orcid.org/0000-0000-0000-0001"),
    }


def test_the_card_says_who_and_where(main):
    words = text_of(main.find(class_="profile-card"))
    for fact in (
        "JD",
        "Third-year student",
        "Waiting Group",
        "School of Patience",
        "University of Somewhere",
        "Oslo, Norway",
        "jane (at) example (dot) org",
        "GitHub",
        "ORCID",
    ):
        assert fact in words


def test_the_card_shows_only_what_the_profile_says(build):
    files = {"profile.toml": NAMES_ONE_LINE, "index.md": "# J\n\n```{profile} card\n```\n"}
    card = build("person", files).main().find(class_="profile-card")
    assert all(text_of(line) for line in card.find_all("p"))
    assert not card.find(["ul", "li", "a", "img"])


def test_a_portrait_takes_the_place_of_the_monogram(build):
    picture = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    files = {
        "profile.toml": 'portrait = "pictures/me.svg"\n' + NAMES_ONE_LINE,
        "pictures/me.svg": picture,
        "index.md": "# J\n\n```{profile} card\n```\n",
    }
    built = build("person", files)
    card = built.main().find(class_="profile-card")
    assert card.img["alt"] == "Portrait of Jane Doe"
    assert (built.out / card.img["src"]).read_bytes() == picture
    assert "JD" not in text_of(card)


@pytest.mark.parametrize(
    ("heading", "items"),
    [
        ("Education", ["2019 M.Sc. in queueing, Faculty of Lines, Old University"]),
        ("Positions", ["Jul 2020 – Dec 2020 Slow Inc., Intern, advised by Ann Lee and Bo Ek"]),
        ("Teaching", ["2018 Fall Introduction to Lines, Assistant, OU"]),
        ("Awards", ["2018 Prize for Standing (1/1000), Old University"]),
    ],
)
def test_a_section_is_a_list_in_the_order_of_the_file(main, heading, items):
    assert lines(main, heading) == items


def test_a_position_without_an_end_is_current(build):
    text = NAMES_ONE_LINE + '[[positions]]\nrole = "R"\norganization = "O"\nstart = "2024-02"\n'
    files = {"profile.toml": text, "index.md": "# J\n\n## Jobs\n\n```{profile} positions\n```\n"}
    assert lines(build("person", files).main(), "Jobs") == ["since Feb 2024 O, R"]


def test_an_empty_section_shows_nothing(build):
    files = {"profile.toml": NAMES_ONE_LINE, "index.md": "# J\n\n```{profile} awards\n```\n"}
    assert not build("person", files).main().find("ul")


def test_values_show_as_text_whatever_they_hold(build):
    hostile = "</script><script>alert(1)</script> & *y* `z` {w} ]]>"
    files = {
        "profile.toml": f'position = "{hostile}"\n' + NAMES_ONE_LINE,
        "index.md": "# J\n\n{profile}`position`\n\n```{profile} card\n```\n",
    }
    built = build("person", files)
    assert built.main().get_text().count(hostile) == 2
    assert not [tag for tag in built.soup().find_all("script") if tag.get_text() == "alert(1)"]


def test_the_profile_names_the_site(build):
    head = build("citing").soup("waiting").head
    assert "Jane Doe" in head.title.get_text()
    assert head.find("link", rel="canonical")["href"] == "https://jane.example.org/waiting/"


def test_conf_py_has_the_last_word_about_the_site_s_name(build):
    values = {"html_title": "My Papers", "html_baseurl": "https://other.example.org/x/"}
    head = build("citing", **values).soup("waiting").head
    assert "My Papers" in head.title.get_text()
    assert head.find("link", rel="canonical")["href"] == "https://other.example.org/x/waiting/"


# -- mistakes in pages --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("```{profile} award\n```", "no section 'award'; did you mean awards?"),
        ("```{profile} zzz\n```", "no section 'zzz'; there are: card, "),
        ("{profile}`postion`", "no fact 'postion'; did you mean position?"),
        ("{profile}`zzz`", "no fact 'zzz'; there are: name, position"),
    ],
)
def test_an_unknown_section_or_fact_warns_with_the_nearest(build, text, message):
    files = {"index.md": f"# J\n\nText.\n\n{text}\n"}
    built = build("person", files, warnings=[message])
    assert built.warnings[0].startswith("index.md:5: WARNING: profile has ")
    assert built.warnings[0].endswith("[bibfolio.directive]")


def test_a_section_needs_a_name(build):
    build("person", {"index.md": "# J\n\n```{profile}\n```\n"}, warnings=["index.md:3: "])


# -- mistakes in profile.toml -------------------------------------------------------------------

MISTAKES = {
    "unknown key": (f'nmae = "J"\n{NAMES_ONE_LINE}', 1, "nmae: unknown key; did you mean name?"),
    "key of a table": (
        f'{NAMES_ONE_LINE}instituton = "X"\n',
        4,
        "affiliation.instituton: unknown key; did you mean institution?",
    ),
    "second of a list": (
        NAMES_ONE_LINE
        + '[[awards]]\nyear = 2020\ntitle = "A"\n[[awards]]\ntitle = "B"\nyear = "x"\n',
        9,
        "awards.year: must be a whole number",
    ),
    "not TOML": (f"name = \n{NAMES_ONE_LINE}", 1, "not valid TOML"),
}


@pytest.mark.parametrize(("text", "line", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_stops_the_build_with_file_line_and_what_to_write(sphinx, text, line, message):
    """All kinds of mistakes: tests/unit/sources/test_profile.py."""
    run = sphinx("person", {"profile.toml": text}, "-b", "dirhtml")
    assert run.returncode != 0
    assert f"profile.toml:{line}: {message}" in run.stdout + run.stderr


def test_every_mistake_is_told_at_once(sphinx):
    text = f'nmae = "J"\nfocus = 1\n{NAMES_ONE_LINE}'
    run = sphinx("person", {"profile.toml": text}, "-b", "dirhtml")
    assert "profile.toml:1: nmae" in run.stderr
    assert "profile.toml:2: focus" in run.stderr


def test_a_missing_profile_is_named(sphinx):
    run = sphinx("person", {}, "-b", "dirhtml", "-D", "bibfolio_profile=nobody.toml")
    assert run.returncode != 0
    assert "nobody.toml: cannot read the profile: No such file" in run.stderr


def test_a_mistake_is_told_without_a_traceback(sphinx):
    run = sphinx("person", {"profile.toml": f"nmae = 1\n{NAMES_ONE_LINE}"}, "-b", "dirhtml")
    assert not run.says_traceback


def test_after_a_mistake_is_mended_the_build_goes_on(build):
    built = build("person")
    good = (built.src / "profile.toml").read_text(encoding="utf-8")
    built.write("profile.toml", f"nmae = 1\n{good}")
    with pytest.raises((SphinxError, SystemExit)):
        built.rebuild()
    built.write("profile.toml", good.replace("third-year", "fourth-year"))
    assert "fourth-year student" in built.rebuild().main().get_text()
