"""Values in conf.py: what is wrong with one is told by its name."""

import pytest
from sphinx.errors import ConfigError


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("bibfolio_profile", "/etc/passwd"),
        ("bibfolio_profile", "../profile.toml"),
        ("bibfolio_files", "a/../../b"),
        ("bibfolio_files", "/tmp"),
    ],
)
def test_a_path_outside_of_the_site_stops_the_build(build, name, value):
    with pytest.raises(ConfigError, match=f"{name} must be a path inside the site, not '{value}'"):
        build("minimal", warnings=True, **{name: value})


@pytest.mark.parametrize("name", ["bibfolio_profile", "bibfolio_files"])
@pytest.mark.parametrize("value", [3, ["profile.toml"], None])
def test_a_value_of_the_wrong_type_stops_the_build(build, name, value):
    with pytest.raises(ConfigError, match=f"{name} must be a text, not "):
        build("minimal", warnings=True, **{name: value})


def test_the_profile_may_have_another_name(build):
    text = 'name = "Ann Lee"\n[affiliation]\ninstitution = "X"\n'
    # Whose papers these are, and under which names, is not what this is about.
    options = {"bibfolio_profile": "data/me.toml", "suppress_warnings": ["bibfolio.bib_author"]}
    built = build("citing", {"data/me.toml": text}, **options)
    assert "Ann Lee" in built.soup("waiting").title.get_text()


def test_an_unknown_value_of_ours_in_conf_py_is_no_secret(build):
    """Sphinx warns of an override that nobody knows; a typo in -D is seen."""
    build("minimal", warnings=["unknown config value 'bibfolio_profil'"], bibfolio_profil="x")


def test_a_changed_value_reads_the_pages_again(build):
    built = build("person")
    built.write("other.toml", (built.src / "profile.toml").read_text().replace("Jane", "Joan"))
    built.options["confoverrides"] = {"bibfolio_profile": "other.toml"}
    assert "Joan Doe" in built.rebuild().main().get_text()
