"""The files of a CV, when something they are made from is not there."""

import typst


def test_a_bibliography_that_is_missing_is_no_place_of_a_character_without_a_font(
    build, monkeypatch
):
    def bare(*arguments, **options):
        return compile_(*arguments, **(options | {"ignore_system_fonts": True}))

    compile_ = typst.compile
    monkeypatch.setattr(typst, "compile", bare)
    conf = 'extensions = ["bibfolio"]\nhtml_theme = "basic"\nbibtex_bibfiles = ["no.bib"]\n'
    profile = 'name = "Jane Doe"\ninterests = ["\\u674E"]\n'
    page = "---\norphan: true\n---\n\n# CV\n\n```{cv}\n```\n"
    files = {"conf.py": conf, "cv.md": page, "profile.toml": profile}
    build("minimal", files, warnings=["bibfolio.bib_missing", "bibfolio.font"])
