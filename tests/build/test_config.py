"""Values in conf.py: what is wrong with one is told by its name."""

import pytest


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("bibfolio_profile", "/etc/passwd", "a path inside the site, not '/etc/passwd'"),
        ("bibfolio_profile", "../profile.toml", "a path inside the site, not '../profile.toml'"),
        ("bibfolio_files", "a/../../b", "a path inside the site, not 'a/../../b'"),
        ("bibfolio_profile", ["profile.toml"], "a text, not "),
        ("bibfolio_files", 3, "a text, not "),
        ("bibfolio_files", None, "a text, not "),
    ],
)
def test_a_wrong_value_stops_the_build_and_is_named(build_to_its_end, name, value, what):
    conf = f'extensions = ["bibfolio"]\n{name} = {value!r}\n'
    (error,) = build_to_its_end("minimal", {"conf.py": conf}).warnings
    assert error.startswith("conf.py:2: ERROR: ")
    assert f"{name} must be {what}" in error


def test_an_unknown_value_of_ours_in_conf_py_is_no_secret(build):
    """Sphinx warns of an override that nobody knows; a typo in -D is seen."""
    build("minimal", warnings=["unknown config value 'bibfolio_profil'"], bibfolio_profil="x")


def test_the_profile_may_have_another_name_and_a_changed_value_reads_the_pages_again(build):
    built = build("person")
    text = (built.src / "profile.toml").read_text(encoding="utf-8")
    built.write("data/me.toml", text.replace("Jane", "Joan"))
    built.options["confoverrides"] = {"bibfolio_profile": "data/me.toml"}
    assert "Joan Doe" in built.rebuild().main().get_text()
