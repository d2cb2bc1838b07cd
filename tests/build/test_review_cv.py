"""The files of a CV, when something they are made from is not there."""


def test_a_bibliography_that_is_not_there_does_not_stop_the_search_for_a_character(build):
    """Of a character that no font has, the warning names the line."""
    conf = 'extensions = ["bibfolio"]\nhtml_theme = "basic"\nbibtex_bibfiles = ["no.bib"]\n'
    profile = 'name = "Jane Doe"\ninterests = ["\\uE123"]\n'
    files = {"conf.py": conf, "cv.md": "# CV\n\n```{cv}\n```\n", "profile.toml": profile}
    built = build("minimal", files, warnings=True)
    assert any("bibfolio.font" in line for line in built.warnings)
