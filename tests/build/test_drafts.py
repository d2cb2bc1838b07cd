"""A draft is in no output at all, nor is what the owner has put beside it."""

import pytest

from tests.building import ROOTS

KEY = "doe2021cache"
DRAFT = ("refs.bib", "{doe2021cache,", "{doe2021cache,\n  pubstate = {inpreparation},")


@pytest.mark.parametrize("was_published", [False, True])
def test_notes_on_a_draft_and_files_named_after_it_are_nowhere(build, was_published):
    folders = ("papers", "slides", "posters")
    hidden = {f"files/{folder}/{KEY}.pdf": b"%PDF- zebra" for folder in folders}
    other = {f"files/{folder}/mine.pdf": b"%PDF- mine" for folder in folders}
    files = hidden | other | {f"notes/{KEY}.md": "Words on *zebras*.\n"}
    built = build("citing", files, warnings=True)
    assert hidden.keys() <= built.files.keys()
    built.edit(*DRAFT)
    again = built.rebuild(warnings=True) if was_published else built.build_clean()
    assert other.keys() <= again.files.keys()
    assert [name for name, data in again.files.items() if b"zebra" in data or KEY in name] == []


NAMED = f"""name = "Jane Doe"
[[news]]
date = 2024
text = "We write {{cite}}`{KEY}`, that is {{bib:paper}}`a thing <{KEY}>`."
papers = ["{KEY}"]
[[talks]]
title = "Of {{cite:t}}`{KEY}`"
date = 2024
paper = "{KEY}"
[[talks]]
title = "With {{cite:t}}`{KEY}`"
date = 2024
paper = "poe2023queue"
[[software]]
name = "Kit"
papers = ["{KEY}"]
[[sections]]
title = "Own"
id = "own"
items = [{{ text = "In {{bib:paper}}`{KEY}`" }}]
"""
TABLES = "".join(f"```{{{name}}}\n```\n\n" for name in ("news", "talks", "software"))


def test_a_draft_that_the_profile_names_is_told_and_nowhere(build):
    bib = (ROOTS / "minimal" / "refs.bib").read_text(encoding="utf-8").replace(*DRAFT[1:])
    pages = {"cv.md": "# CV\n\n```{cv}\n```\n", "index.md": f"# A\n\n{TABLES}"}
    built = build("minimal", {"profile.toml": NAMED, "refs.bib": bib} | pages, warnings=True)
    found = [name for name, data in built.files.items() if KEY.encode() in data]
    assert [name for name in found if name != "environment.pickle"] == []
    assert "We write , that is a thing." in built.text("index.html")
    assert len([line for line in built.warnings if "is a draft" in line]) == 4
