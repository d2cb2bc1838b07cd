"""The CV's files beside its page: when they are made, when again, and when not."""

import json
import re

import pytest
import typst

from bibfolio.cv import files
from bibfolio.cv.pdf import Lacking
from bibfolio.cv.setter import lacking_alone, set_pdf
from tests.building import ROOTS
from tests.cv import Pdf, resume_problems, squeezed

CV = """# CV

```{profile} cv
```

```{cv}
```
"""
PERSON = (ROOTS / "person" / "profile.toml").read_text(encoding="utf-8")
PAPERS = (ROOTS / "minimal" / "refs.bib").read_text(encoding="utf-8").replace("J. and", "Jane and")
INDEX = "# Jane\n\nWelcome.\n\n```{toctree}\n:hidden:\n\nCurriculum <cv>\n```\n"
SITE = {"cv.md": CV, "index.md": INDEX}
FILES = ["cv.json", "cv.pdf", "cv.txt"]


@pytest.fixture
def compiled(monkeypatch):
    """The data of every CV that Typst has set since this was last cleared."""
    runs = []

    def spy(data):
        runs.append(json.loads(data))
        return begin(data)

    begin = files.begin
    monkeypatch.setattr(files, "begin", spy)
    return runs


@pytest.fixture
def no_system_fonts(monkeypatch):
    """Call it, and the machine has no fonts of its own; undo it, and it has."""

    class Bare:
        """In this process, where Typst can be told so."""

        def __init__(self, data):
            self._data = data

        def result(self):
            pdf, *lacking = set_pdf(self._data)
            return json.dumps(lacking).encode() + b"\n" + pdf

    class Asked(Bare):
        """The same for the question whether there is a font."""

        def result(self):
            return json.dumps(lacking_alone(self._data, with_system_fonts=True)).encode()

    def bare(*arguments, **options):
        return compile_(*arguments, **(options | {"ignore_system_fonts": True}))

    compile_ = typst.compile
    monkeypatch.setattr(typst, "compile", bare)
    monkeypatch.setattr(files, "begin", Bare)
    monkeypatch.setattr(files, "ask", Asked)
    return monkeypatch


def made(built) -> list[str]:
    return sorted(name for name in built.files if re.fullmatch(r"cv\.(pdf|txt|json)", name))


def forms(built) -> dict[str, str]:
    """Page and files → what they say, without white space."""
    return {
        "page": squeezed(built.main("cv").get_text()),
        "pdf": squeezed(Pdf(built.files["cv.pdf"]).text),
        "txt": squeezed(built.text("cv.txt")),
        "json": squeezed(" ".join(_values(json.loads(built.text("cv.json"))))),
    }


def _values(value):
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return [text for part in inner for text in _values(part)]
    return [value]


# -- which sites have them ----------------------------------------------------------------------


@pytest.mark.parametrize("builder", ["dirhtml", "html"])
def test_a_site_with_a_page_called_cv_has_the_files(build, builder):
    built = build("person", SITE, builder=builder)
    assert made(built) == FILES
    assert Pdf(built.files["cv.pdf"]).root["/Lang"] == "en"
    assert max(map(len, built.text("cv.txt").splitlines())) <= 80
    assert resume_problems(json.loads(built.text("cv.json"))) == []


def test_a_site_without_one_has_none(build, compiled):
    built = build("person", html_theme="bibfolio")
    assert made(built) == []
    assert compiled == []
    assert not built.soup().select(".cv-header-file")


@pytest.mark.parametrize("builder", ["singlehtml", "man", "epub", "latex"])
def test_a_book_has_no_files_and_its_links_lead_to_the_site_s(build, compiled, builder):
    extra = {"version": "1", "copyright": "Jane Doe"} if builder == "epub" else {}
    built = build("person", SITE, builder=builder, **extra)
    assert made(built) == []
    assert compiled == []
    if builder == "singlehtml":
        (link,) = built.soup().find_all("a", string="PDF")
        assert link["href"] == "https://jane.example.org/cv.pdf"


def test_the_page_leads_to_every_file(build):
    built = build("person", SITE)
    links = built.main("cv").select(".cv-files a")
    assert [(link.get_text(), link["href"]) for link in links] == [
        ("PDF", "../cv.pdf"),
        ("plain text", "../cv.txt"),
        ("JSON Resume", "../cv.json"),
    ]


@pytest.mark.parametrize("name", ["index", "cv", "papers/doe2021cache"])
def test_the_header_of_every_page_leads_to_the_pdf(build, name):
    built = build("person", SITE | {"refs.bib": PAPERS}, html_theme="bibfolio")
    (link,) = built.soup(name).select(".site-header .cv-header-file")
    assert link["aria-label"] == "Curriculum as PDF"
    assert (built.page(name).parent / link["href"]).resolve() == built.out / "cv.pdf"


def test_processes_make_the_same_files(build):
    one, two = (build("person", SITE | {"refs.bib": PAPERS}, parallel=n) for n in (0, 2))
    assert [one.files[name] for name in FILES] == [two.files[name] for name in FILES]


def test_its_head_on_another_page_is_told(build):
    warnings = [
        "index.md:3: WARNING: the section cv belongs on the page cv, else",
        "index.md:6: WARNING: the CV belongs on the page cv, else",
    ]
    built = build("person", {"index.md": CV}, warnings=warnings)
    assert made(built) == []


# -- what is in them ----------------------------------------------------------------------------


def test_without_papers_there_is_no_heading_for_them(build):
    files = build("person", SITE)
    assert "Publications" not in Pdf(files.files["cv.pdf"]).outline
    assert "PUBLICATIONS" not in files.text("cv.txt")
    assert "publications" not in json.loads(files.text("cv.json"))


def test_who_says_nothing_gets_a_cv_without_headings(build):
    bare = 'name = "Jane Doe"\n\n[affiliation]\ninstitution = "Somewhere"\n'
    built = build("person", SITE | {"profile.toml": bare})
    pdf = Pdf(built.files["cv.pdf"])
    assert (pdf.text.split(), pdf.outline) == (["Jane", "Doe", "Somewhere"], [])
    assert built.text("cv.txt") == "Jane Doe\nCurriculum vitae\n\nSomewhere\n"
    assert json.loads(built.text("cv.json")).keys() == {"$schema", "basics"}


OPTIONS = """
[cv]
sections = ["awards", "publications"]
papers = "selected"
headings = { awards = "Prizes" }
"""


def test_the_owner_says_what_is_in_them(build):
    built = build("person", SITE | {"profile.toml": PERSON + OPTIONS, "refs.bib": PAPERS})
    pdf = Pdf(built.files["cv.pdf"])
    headings = [title for title in pdf.outline if isinstance(title, str)]
    assert headings == ["Prizes", "Selected publications"]
    text, resume = built.text("cv.txt"), json.loads(built.text("cv.json"))
    assert re.findall(r"^[A-Z ]{5,}$", text, re.MULTILINE) == ["PRIZES", "SELECTED PUBLICATIONS"]
    assert list(resume)[2:] == ["awards", "publications"]
    for said in (pdf.text, text, json.dumps(resume)):
        assert "Queue: Waiting in C++" in said
        assert "Caches" not in said


def test_a_mistake_in_the_options_stops_the_build_with_its_line(sphinx):
    run = sphinx("person", SITE | {"profile.toml": f"{PERSON}[cv]\npapers = 'some'\n"}, "-W")
    line = PERSON.count("\n") + 2
    assert run.returncode != 0
    assert any(f"profile.toml:{line}: cv.papers: 'some' is not known" in e for e in run.errors)
    assert not run.says_traceback


SPECIAL = r"""#x $y$ _z_ *a* @b \c 'd' `e` <f> [g] {h} // "i" """.strip()


def test_special_characters_come_out_as_written(build):
    toml = json.dumps(SPECIAL)
    profile = PERSON.replace('"Jane Doe"', toml).replace('"Prize for Standing"', toml)
    papers = PAPERS.replace("Caches that Remember", r"\#x \$y\$ \_z\_ *a* @b \% \& $O(n^2)$")
    built = build("person", SITE | {"profile.toml": profile, "refs.bib": papers})
    said = forms(built)
    assert {form: text.count(squeezed(SPECIAL)) >= 2 for form, text in said.items()} == (
        dict.fromkeys(said, True)
    )
    title = squeezed("#x $y$ _z_ *a* @b % & O(n2)")
    for form in ("pdf", "txt", "json"):
        assert title in said[form].replace("²", "2"), form
    assert "$O(n" not in "".join(said.values())


def test_a_site_without_an_address_has_links_only_to_others(build):
    profile = PERSON.replace('website = "https://jane.example.org"', "")
    built = build("person", SITE | {"profile.toml": profile, "refs.bib": PAPERS})
    links = Pdf(built.files["cv.pdf"]).links
    assert links
    assert all(link.startswith("https://") for link in links)
    assert not [link for link in links if "/papers/" in link]


# -- when they are made again -------------------------------------------------------------------


def test_nothing_is_made_again_without_a_change(build, compiled):
    built = build("person", SITE)
    assert len(compiled) == 1
    times = {name: (built.out / name).stat().st_mtime_ns for name in FILES}
    built = built.rebuild()
    built.edit("index.md", "Welcome.", "Be welcome.")
    built = built.rebuild()
    assert built.read == {"index"}
    assert len(compiled) == 1
    assert {name: (built.out / name).stat().st_mtime_ns for name in FILES} == times


def test_an_award_that_is_added_is_in_every_form(build, compiled):
    built = build("person", SITE)
    built.write("profile.toml", PERSON + '\n[[awards]]\nyear = 2031\ntitle = "Golden Chair"\n')
    built = built.rebuild()
    said = forms(built)
    assert [form for form, text in said.items() if "GoldenChair" not in text] == []
    assert len(compiled) == 2


def test_a_paper_that_is_added_is_in_every_form_and_a_draft_in_none(build):
    def with_caches(built):
        return [form for form, text in forms(built).items() if "CachesthatRemember" in text]

    built = build("person", SITE)
    assert with_caches(built) == []
    built.write("refs.bib", PAPERS)
    built = built.rebuild()
    assert with_caches(built) == ["page", "pdf", "txt", "json"]
    built.edit("refs.bib", "{storage}", "{storage},\n  pubstate = {inpreparation}")
    built = built.rebuild()
    assert with_caches(built) == []
    assert "Writing without Drafts" in built.text("cv.txt")


def test_a_file_that_was_deleted_is_made_again(build):
    built = build("person", SITE)
    for name in FILES:
        (built.out / name).unlink()
    assert made(built.rebuild()) == FILES


def test_a_page_that_is_gone_takes_its_files_along(build):
    built = build("person", SITE)
    built.delete("cv.md")
    built.write("index.md", "# Jane\n")
    assert made(built.rebuild()) == []


def test_a_file_of_the_owner_s_own_stays(build):
    """Without a page called cv, the name is free."""
    files = {"extra/cv.pdf": b"%PDF-1.4 by hand\n"}
    built = build("person", files, html_extra_path=["extra"])
    assert built.rebuild().files["cv.pdf"] == b"%PDF-1.4 by hand\n"


# -- fonts --------------------------------------------------------------------------------------

CHINESE = PERSON.replace('"Jane Doe"', '"李明"')


def test_characters_that_no_font_has_are_named_until_there_is_one(build, no_system_fonts):
    line = CHINESE[: CHINESE.index("李")].count("\n") + 1
    missing = "no font on this machine has 李 (U+674E), 明 (U+660E); it shows ?"
    warning = f"profile.toml:{line}: WARNING: cv.pdf: {missing}"
    files = SITE | {"profile.toml": CHINESE}
    built = build("person", files, warnings=[warning])
    assert "apt-get install fonts-noto-cjk" in built.warnings[0]
    assert "[bibfolio.font]" in built.warnings[0]
    assert Pdf(built.files["cv.pdf"]).text.startswith("??")
    assert "李明" in built.text("cv.txt")
    before = built.files["cv.pdf"]
    assert built.rebuild(warnings=[warning]).files["cv.pdf"] == before


def test_what_is_lacking_only_in_a_word_is_told_as_often(build, monkeypatch):
    """It cannot be asked for alone, so the PDF is set again."""
    ends = files.finish
    monkeypatch.setattr(files, "finish", lambda setter: (ends(setter)[0], Lacking("e", "")))
    built = build("person", SITE, warnings=["no font on this machine has e (U+0065)"])
    built = built.rebuild(warnings=["no font on this machine has e (U+0065)"])
    monkeypatch.undo()
    built.rebuild().rebuild()


@pytest.mark.parametrize("name", ["李明", "ᐊᐃᐅ"])
def test_once_there_is_a_font_it_is_used(build, no_system_fonts, name):
    person = PERSON.replace("Jane Doe", name)
    built = build("person", SITE | {"profile.toml": person}, warnings=["no font on this machine"])
    no_system_fonts.undo()
    built = built.rebuild(warnings=True)
    if built.warnings:
        pytest.skip(f"no font of this machine has {name}")
    assert name in Pdf(built.files["cv.pdf"]).text
    assert built.read == set()


def test_a_character_of_the_bibliography_is_named_with_its_line(build, no_system_fonts):
    papers = PAPERS.replace("Caches that Remember", "Caches 李 Remember")
    line = papers[: papers.index("李")].count("\n") + 1
    warning = f"refs.bib:{line}: WARNING: cv.pdf: no font on this machine has 李 (U+674E); it"
    build("person", SITE | {"refs.bib": papers}, warnings=[warning])


def test_the_warning_can_be_silenced(build, no_system_fonts):
    build("person", SITE | {"profile.toml": CHINESE}, suppress_warnings=["bibfolio.font"])


def test_papers_in_another_order_are_in_another_order_in_every_file(build):
    entries = [
        f"@misc{{k{n}, title = {{Title {n}}}, author = {{Doe, Jane}}, year = 2020}}\n"
        for n in (1, 2)
    ]
    built = build("person", SITE | {"refs.bib": "".join(entries)})
    before = built.text("cv.txt")
    assert before.index("Title 1") < before.index("Title 2")
    built.edit("refs.bib", "".join(entries), "".join(reversed(entries)))
    again = built.rebuild()
    assert again.text("cv.txt").index("Title 2") < again.text("cv.txt").index("Title 1")
    titles = [item["name"] for item in json.loads(again.text("cv.json"))["publications"]]
    assert titles == ["Title 2", "Title 1"]
