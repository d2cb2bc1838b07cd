"""The CV's files beside its page: when there are some, that they agree, and what they may lack."""

import json
import re
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
import typst

from bibfolio.model import Paper, Profile, publication_order
from bibfolio.sources.bibliography import parse_bibliography
from bibfolio.sources.profile_toml import parse_profile
from tests.building import ROOTS, run_to_its_end
from tests.cv import FILES, Pdf, forms, numbers, resume_problems, squeezed, unsaid
from tests.output import contents

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
WHOLE = SITE | {"refs.bib": PAPERS}


#: An item or two of every table that a profile may hold, with all their links.
TABLES = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
SLIDES = {f"files/slides/{name}.pdf": b"%PDF-1.4\n" for name in ("the-end", "queues-slowly-deeply")}
EVERY = (
    "news languages service software grants mentoring talks patents teaching awards positions "
    "publications education interests"
).split()
#: What forms are prone to say differently: formulas, quotes, dashes; and what may be markup.
HARD_AWARD = """
[[awards]]
year  = 2030
title = '''The "q" prize -- it is a--b #x $y$ _z_ *a* @b \\c 'd' `e` <f> [g] {h} // i'''
note  = "1/2 -- it's"
"""
HARD_PAPER = r"""
@article{odd2030, title = {An $O(n^2)$ Bound with $\le 10\%$ of {\'E}t{\'e}, {``}so'' \#x \_y\_},
  author = {Doe, Jane and Poe, Edgar}, author+an = {1=equal; 2=equal}, year = 2030,
  journal = {Journal of Odd Things}, volume = 3, doi = {10.1000/odd}, keywords = {selected}}
"""


def made(built) -> list[str]:
    return [name for name in FILES if (built.out / name).is_file()]


def written(built) -> tuple[Profile, list[Paper]]:
    """What the owner has written, as it is now."""
    profile = parse_profile((built.src / "profile.toml").read_text(encoding="utf-8"))
    files = {t: f"files/slides/{t.slug}.pdf" for t in profile.talks if not t.slides}
    talks = (
        replace(talk, slides=files[talk]) if (built.src / files.get(talk, "-")).is_file() else talk
        for talk in profile.talks
    )
    profile = replace(profile, talks=tuple(talks))
    bib = (built.src / "refs.bib").read_text(encoding="utf-8")
    papers = parse_bibliography(bib, profile.names).papers
    return profile, publication_order(papers)


def disagreements(built) -> list[str]:
    """What a form does not say of the profile and the bibliography."""
    return unsaid(built, *written(built))


def missing_in(built, words: str, name: str = "cv") -> list[str]:
    """The forms that do not say *words*."""
    said = forms(built, name).items()
    return [form for form, text in said if squeezed(words) not in squeezed(text)]


#: Two further CVs, with pages, and one that nobody sees.
VARIANTS = """
[[cv.variants]]
id       = "late"
sections = ["patents", "service", "publications", "mentoring", "awards", "grants", "education"]
since    = 2027

[[cv.variants]]
id       = "poe"
title    = "With Poe"
sections = ["publications"]
papers   = 'author % "Poe"'
limit    = 2
numbered = "kind"
headings = { publications = "Papers with Poe" }

[[cv.variants]]
id     = "secret"
public = false
"""
SHOWN = {
    f"cv-{id_}.md": f"---\norphan: true\n---\n\n# Of Jane\n\n[It]({link})\n\n```{{cv}} {id_}\n```\n"
    for id_, link in {"late": "/cv-late.pdf", "poe": "cv-poe.txt"}.items()
}


# -- which sites have them ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole(build_once):
    """All that a CV may say, some of it hard to say the same everywhere."""
    profile = PERSON + HARD_AWARD + TABLES + VARIANTS
    files = {"profile.toml": profile, "refs.bib": PAPERS + HARD_PAPER}
    return build_once("person", WHOLE | SLIDES | SHOWN | files, html_theme="bibfolio")


def test_a_site_with_a_page_called_cv_has_the_files(whole):
    assert made(whole) == FILES
    assert Pdf(whole.files["cv.pdf"]).root["/Lang"] == "en"
    assert max(map(len, whole.text("cv.txt").splitlines())) <= 80
    assert resume_problems(json.loads(whole.text("cv.json"))) == []


def test_other_builders_and_several_processes_make_the_same_files(build):
    one, two = build("person", WHOLE), build("person", WHOLE, builder="html", parallel=2)
    assert [one.files[n] for n in FILES[1:]] == [two.files[n] for n in FILES[1:]]


GUEST = """extensions = ["myst_parser", "sphinxcontrib.bibtex", "bibfolio"]
bibtex_bibfiles = ["refs.bib"]
"""
PAGE = {"cv.md": "---\norphan: true\n---\n\n# CV\n"}


@pytest.mark.parametrize(
    ("files", "options"),
    [
        ({}, {}),
        (PAGE | {"profile.toml": None, "index.md": "# Jane\n"}, {}),
        (PAGE | {"profile.toml": 'location = "Oslo"\n', "index.md": "# Jane\n"}, {}),
        (PAGE, {"builder": "singlehtml"}),
        (PAGE | {"conf.py": GUEST}, {}),
    ],
    ids=["no page", "no profile", "no name", "a book", "a project of somebody else's"],
)
def test_else_there_are_none_and_nothing_is_said(build, files, options):
    built = build("person", files, **options)
    assert made(built) == []
    assert not built.soup().select(".cv-header-file")


@pytest.mark.parametrize("name", ["index", "cv", "papers/doe2021cache"])
def test_every_page_leads_to_the_pdf_and_that_of_the_cv_to_every_file(whole, name):
    (link,) = whole.soup(name).select(".site-header .cv-header-file")
    assert link["aria-label"] == "Curriculum as PDF"
    assert (whole.page(name).parent / link["href"]).resolve() == whole.out / "cv.pdf"
    links = {(link.get_text(), link["href"]) for link in whole.main("cv").select(".cv-files a")}
    names = ("PDF", "cv.pdf"), ("plain text", "cv.txt"), ("JSON Resume", "cv.json")
    assert links == {(label, f"../{name}") for label, name in names}


def test_its_directives_on_another_page_are_told(build):
    warnings = [
        "index.md:3: ERROR: the section cv belongs on the page cv, else",
        "index.md:6: ERROR: the CV belongs on the page cv, else",
    ]
    assert made(build("person", {"index.md": CV}, warnings=warnings)) == []


# -- the page -----------------------------------------------------------------------------------


def test_of_each_kind_a_year_is_seen_once_and_read_at_each_paper(build):
    papers = "".join(
        f"@article{{p{i}, title={{T{i}}}, author={{Doe, Jane}}, journal={{J}}, year={year}}}\n"
        for i, year in enumerate((2024, 2024, 2023), start=1)
    )
    built = build("person", SITE | {"refs.bib": papers})
    years = built.main("cv").select(".paper-card > .paper-card-year:first-child")
    assert [year.get_text() for year in years] == ["2024", "2024", "2023"]
    hidden = [year.get_text() for year in years if "paper-card-same-year" in year["class"]]
    assert hidden == ["2024"]


def test_a_page_called_by_the_name_does_not_say_the_name_again(build):
    cv = CV.replace("# CV", "# Jane Doe")
    for text, names in ((CV, ["Jane Doe"]), (cv, [])):
        built = build("person", WHOLE | {"cv.md": text})
        assert [name.get_text() for name in built.main("cv").select(".cv-name")] == names


# -- what is in them ----------------------------------------------------------------------------

OPTIONS = """
[cv]
sections = ["awards", "publications"]
papers = "selected"
headings = { awards = "Prizes" }
"""


#: Form → what it might say instead.
MISTAKES = {
    "txt": [
        *[("1/1000", "1/100"), ("2018", "2019"), ("Slow Inc.", ""), ("WAIT", "W"), ("April", "")],
        *[("Cy Sitter", ""), ("MIT", "GPL"), ("Elvish", "Elvish Elvish"), ("https://joke.ex", "")],
    ],
    "json": [("Slow Letters", ""), ("2026-12", "2026"), ("code.example", ""), ("Elvish", "Elf")],
    "page": [("XX 1,234", "XX 1,235"), ("https://bench.example", "#"), ("the-end.pdf", "end.pdf")],
}


def test_the_four_forms_say_what_the_owner_has_written(whole):
    assert disagreements(whole) == []
    assert "$O(n" not in "".join(forms(whole).values())


def test_so_they_do_in_any_order_and_in_the_short_variant(build):
    order = f"[cv]\nsections = {json.dumps(EVERY)}\npapers = 'selected'\nnumbered = 'kind'\n"
    second = PAPERS.replace("keywords     = {storage}", "keywords = {selected}")
    files = WHOLE | SLIDES | {"profile.toml": PERSON + TABLES + order, "refs.bib": second}
    built = build("person", files)
    assert disagreements(built) == []
    assert numbers(built, "Caches that Remember", "Queue: Waiting in C++") == ["J1", "C1"]
    resume = json.loads(built.text("cv.json"))
    assert resume_problems(resume) == []
    assert [(item["type"], item["name"]) for item in resume["projects"]] == [
        ("news", "A stool has four legs"),
        ("application", "Stool Kit"),
        ("grant", "The Long Bench"),
        ("mentoring", "Cy Sitter"),
        ("talk", "Queues, slowly & deeply"),
        ("talk", "A Line That Ends"),
        ("Patents held", "Folding stool"),
        ("teaching", "Introduction to Lines"),
        ("teaching", "Sitting still"),
    ]


def test_a_variant_holds_what_it_says_and_all_its_forms_agree(whole):
    profile, papers = written(whole)
    sections = ("service", "publications", "mentoring", "awards", "education")
    late = replace(profile.cv.variants[0], sections=sections)
    late = replace(profile, awards=profile.awards[1:], cv=late)
    assert unsaid(whole, late, papers[:1], "cv-late") == []
    for words in ("The Long Bench", "Folding stool", "Prize for Standing", "Caches that Remember"):
        assert len(missing_in(whole, words, "cv-late")) == 4, words
    poe = replace(profile, cv=profile.cv.variants[1])
    assert unsaid(whole, poe, papers[:2], "cv-poe") == []
    assert len(missing_in(whole, "Caches that Remember", "cv-poe")) == 4
    assert Pdf(whole.files["cv-poe.pdf"]).headings == ["Papers with Poe"]
    assert numbers(whole, "Queue: Waiting in C++", name="cv-poe") == ["C1"]
    assert Pdf(whole.files["cv-poe.pdf"]).reader.metadata.title == "Jane Doe: With Poe"
    assert "cv-poe.pdf has 1 page\n" in whole.status


def test_only_the_owner_s_own_links_lead_to_a_variant_and_some_are_not_in_the_site(build, whole):
    assert not [name for name in whole.files if "secret" in name]
    texts = (whole.text(name) for name in whole.files if name.endswith((".html", ".xml", ".txt")))
    found = re.findall(r"[^ >\n]*cv-(?:late|poe|secret)\.(?:json|pdf|txt)", "".join(texts))
    links = ("../{}", "[It](https://jane.example.org/{}")  # the latter in llms-full.txt
    expected = {link.format(name) for link in links for name in ("cv-late.pdf", "cv-poe.txt")}
    assert {link.removeprefix('href="') for link in found} == expected
    conf = 'extensions = ["bibfolio"]\nhtml_theme = "basic"\ntags.add("bibfolio_private_cvs")\n'
    profile = PERSON + TABLES + VARIANTS
    # They need no page.
    built = build("person", SLIDES | {"profile.toml": profile, "conf.py": conf, "refs.bib": PAPERS})
    assert [name for name in built.files if name[:3] == "cv-"] == named("late", "poe")
    aside = built.out.with_name(f"{built.out.name}-cv")
    assert sorted(contents(aside)) == named("secret")
    (built.out / "cv-mine.pdf").write_bytes(b"mine")
    built.write("profile.toml", profile.replace('"poe"', '"poe"\npublic = false'))
    left = [name for name in built.rebuild().files if name[:3] == "cv-"]
    assert left == [*named("late"), "cv-mine.pdf"]
    assert sorted(contents(aside)) == named("poe", "secret")


def named(*ids: str) -> list[str]:
    """The files of variants."""
    return [f"cv-{id_}.{end}" for id_ in ids for end in ("json", "pdf", "txt")]


def test_what_is_wrong_with_a_variant_is_told_with_its_place(build):
    papers = (f"@misc{{k{n}, title={{Paper {n}}}, year=2020}}\n" for n in range(40))
    profile = PERSON + TABLES + VARIANTS + '\n[[cv.variants]]\nid = "short"\npages = 1\n'
    page = "# Jane\n\n```{cv} secret\n```\n\n```{cv} lat\n```\n"
    cut = profile.replace("doe2021cache", "k1")
    told = [
        "index.md:3: ERROR: the CV secret has public = false in the profile, so no page shows it",
        "index.md:6: ERROR: profile has no CV 'lat'; did you mean late?",
        f"profile.toml:{line_of(profile, 'pages = 1')}: WARNING: cv-short.pdf has 3 pages, and is",
    ]
    files = {"profile.toml": cut, "index.md": page, "refs.bib": "".join(papers)} | SLIDES
    built = build("person", files, warnings=told)
    built.write("profile.toml", profile.replace("'author % \"Poe\"'", "'title < {\"x\"}'"))
    (line,) = run_to_its_end(built.src).warnings
    assert line.startswith(f"profile.toml:{line_of(profile, 'papers   =')}:")
    assert "cv.variants.papers: 'title < {\"x\"}' is no filter: '<' not supported" in line


def test_the_comparison_notices_what_is_missing_wrong_or_elsewhere(whole, tmp_path):
    built = replace(whole, out=tmp_path)
    copytree(whole.out, tmp_path, dirs_exist_ok=True)
    for form, wrong in MISTAKES.items():
        path = built.page("cv") if form == "page" else built.out / f"cv.{form}"
        text = path.read_text(encoding="utf-8")
        for old, new in wrong:
            assert old in text
            path.write_text(text.replace(old, new), encoding="utf-8")
            assert [line for line in disagreements(built) if line.startswith(form)], old
        path.write_text(text, encoding="utf-8")


def test_the_owner_says_what_is_in_them(build):
    built = build("person", WHOLE | {"profile.toml": PERSON + OPTIONS})
    assert Pdf(built.files["cv.pdf"]).headings == ["Prizes", "Selected publications"]
    assert list(json.loads(built.text("cv.json")))[2:] == ["awards", "publications"]
    assert missing_in(built, "Queue: Waiting in C++") == []
    assert len(missing_in(built, "Caches that Remember")) == 4
    assert disagreements(built) == []


def test_who_says_only_a_name_gets_a_cv_without_headings(build):
    built = build("person", SITE | {"profile.toml": 'name = "Jane Doe"\n'})
    pdf = Pdf(built.files["cv.pdf"])
    assert (pdf.text.split(), pdf.outline) == (["Jane", "Doe"], [])
    assert built.text("cv.txt") == "Jane Doe\nCurriculum vitae\n"
    assert json.loads(built.text("cv.json")).keys() == {"$schema", "basics"}


def test_a_site_without_an_address_has_links_only_to_others(build):
    profile = PERSON.replace('website = "https://jane.example.org"', "")
    built = build("person", WHOLE | {"profile.toml": profile})
    links = Pdf(built.files["cv.pdf"]).links
    assert links
    assert [link for link in links if not link.startswith("https://") or "/papers/" in link] == []


def test_files_go_with_the_page_and_one_of_the_owner_s_own_stays(build):
    built = build("person", SITE)
    assert made(built) == FILES
    built.delete("cv.md")
    built.write("index.md", "# Jane\n")
    assert made(built.rebuild()) == []
    built = build("person", {"extra/cv.pdf": b"%PDF-1.4 by hand\n"}, html_extra_path=["extra"])
    assert built.rebuild().files["cv.pdf"] == b"%PDF-1.4 by hand\n"


# -- fonts --------------------------------------------------------------------------------------


@pytest.fixture
def no_system_fonts(monkeypatch):
    """A machine without fonts of its own; once this is undone, it has them."""

    def bare(*arguments, **options):
        return compile_(*arguments, **(options | {"ignore_system_fonts": True}))

    compile_ = typst.compile
    monkeypatch.setattr(typst, "compile", bare)
    return monkeypatch


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


NAMED = PERSON.replace("Jane Doe", "Jane 李 Doe")
TITLED = PAPERS.replace("Caches that", "Caches 李 that")


@pytest.mark.parametrize(("name", "text"), [("profile.toml", NAMED), ("refs.bib", TITLED)])
def test_a_character_that_no_font_has_is_told_with_its_place_until_there_is_one(
    build, no_system_fonts, name, text
):
    place = f"{name}:{line_of(text, '李')}"
    warning = f"{place}: WARNING: cv.pdf: no font on this machine has 李 (U+674E); it shows ?"
    built = build("person", SITE | {name: text}, warnings=[warning])
    assert "[bibfolio.font]" in built.warnings[0]
    assert missing_in(built, "李") == ["pdf"]
    assert "?" in Pdf(built.files["cv.pdf"]).text
    no_system_fonts.undo()
    again = built.rebuild(warnings=True)
    assert missing_in(again, "李") == ["pdf"] * len(again.warnings)


@pytest.mark.usefixtures("no_system_fonts")
def test_a_bibliography_that_is_missing_is_no_place_of_a_character_without_a_font(build):
    conf = 'extensions = ["bibfolio"]\nhtml_theme = "basic"\nbibtex_bibfiles = ["no.bib"]\n'
    profile = 'name = "Jane Doe"\ninterests = ["\\u674E"]\n'
    page = "---\norphan: true\n---\n\n# CV\n\n```{cv}\n```\n"
    files = {"conf.py": conf, "cv.md": page, "profile.toml": profile}
    build("minimal", files, warnings=["bibfolio.bib_file", "bibtex.bibfile_error", "bibfolio.font"])


def test_a_section_of_the_owner_may_be_called_as_a_part_of_the_page(build):
    own = '\n[[sections]]\ntitle = "CV"\nid = "cv"\nitems = [{ text = "Of failures" }]\n'
    built = build("person", WHOLE | {"profile.toml": PERSON + own})
    ids = [tag["id"] for tag in built.main("cv").find_all(id=True)]
    assert len(ids) == len({*ids})
    assert "Of failures" in built.text("cv.txt")
