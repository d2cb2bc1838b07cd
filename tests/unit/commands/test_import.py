"""An al-folio site becomes a new one: each datum arrives, and nothing else gets out or in."""

from __future__ import annotations

import hashlib
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from bibfolio.commands import main
from bibfolio.importing.writing import REPORT
from bibfolio.model.sentence import Link, sentence_text
from bibfolio.sources.bib_parser import read_entries
from bibfolio.sources.profile_toml import read_profile
from tests.building import ROOTS

OLD = ROOTS / "al-folio"


def files(folder: Path) -> dict[str, str]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in found
    }


@pytest.fixture(scope="module")
def new(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("import") / "new"
    before = files(OLD)
    # One file has an address that is none below the site.
    assert main(["import", str(OLD), str(folder)]) == 1
    assert files(OLD) == before
    return folder


@pytest.fixture(scope="module")
def texts(new) -> dict[str, str]:
    read = {path: new / path for path in files(new) if not path.startswith("old/")}
    return {path: file.read_text(encoding="utf-8") for path, file in read.items()}


#: File of the new site → what has to stand in it.
ACCEPTANCE = [
    ("refs.bib", "@string{joe = {Journal of Examples}}"),
    ("refs.bib", "title     = {The geometry of   examples}"),  # untouched: byte for byte
    ("refs.bib", "journal   = joe"),
    ("refs.bib", "author    = {Example, Ann and Doe, Jane and Placeholder, Paul}"),
    ("refs.bib", "author+an = {1=equal; 2=equal}"),
    ("refs.bib", "file      = {geometry.pdf}"),
    ("refs.bib", "slides    = {assets/pdf/talks/geometry.pdf}"),
    ("refs.bib", "figure    = {old/assets/img/publication_preview/geometry.png}"),
    ("refs.bib", "venueurl = {https://joe.example.org/}"),
    ("refs.bib", "award = {Best Example Award}"),
    ("refs.bib", "award = {First of the Example Conference}"),
    ("refs.bib", "eprint = {2301.01234}"),
    ("refs.bib", "@article{Doe2024Geometry-2,"),
    ("refs.bib", "@article{example2020bold,"),
    ("index.md", "# Ann Example"),
    ("index.md", 'description: "Ann Example studies how examples are found."'),
    ("index.md", "My [CV](/cv.md), [papers](/publications.md) and [teaching](/teaching.md)."),
    ("index.md", "% import: script"),
    ("index.md", ":derived: none"),
    ("index.md", "{profile} card\n```\n\n## Where I am\n\nIn the lamp room.\n\n## News"),
    ("index.md", '## Selected papers\n\n```{publications}\n:filter: keywords % "selected"\n```'),
    ("index.md", "CV <cv>\nTeaching & more <teaching>\nProjects <projects>\nBlog <blog>\n```"),
    ("teaching.md", "![A class of walruses](/old/assets/img/class.png)"),
    ("teaching.md", "{{ this stays }}"),
    ("teaching.md", "[youtube.com](https://www.youtube.com/watch?v=walrus)"),
    ("teaching.md", "{cite}`example2023walrus` and `{{ code }}`"),
    ("projects.md", "A lamp: bright </projects/lamp>"),
    ("projects/lamp.md", "[the walrus](/blog/2022/Walrus-days.md)"),
    ("news/prize.md", "It weighs $m_1$"),
    ("plain.md", "# No suffix"),
    ("conf.py", 'html_extra_path = ["old"]'),
    ("conf.py", 'rediraffe_redirects = "redirects.txt"'),
    ("redirects.txt", '"projects/Icy moons" "cv"'),
    ("README.md", "| `redirects.txt` | old addresses, and the pages to which they lead |"),
    ("redirects.txt", '"plain.html" "plain"'),
    ("redirects.txt", '"bibliography/example2023walrus" "papers/example2023walrus"'),
    ("redirects.txt", '"blog/tag/sea" "blog"'),
    ("redirects.txt", '"courses" "teaching"'),
    (REPORT, "| \\_config.yml:22 | google\\_analytics |"),
    (REPORT, "| \\_data/coauthors.yml:1 | Jane Doe |"),
    (REPORT, "| /feed.xml | none |"),
    (REPORT, "| check the position | subtitle | profile.toml, position | \\_pages/about.md:5 |"),
]


@pytest.mark.parametrize(("path", "datum"), ACCEPTANCE)
def test_each_datum_arrives(texts, path, datum):
    assert datum in texts[path]


def test_the_profile_holds_the_person(new):
    profile = read_profile(new / "profile.toml")
    assert (profile.name, profile.position) == ("Ann Example", "Professor of examples")
    assert (profile.email, profile.location) == (
        "ann (at) science (dot) example (dot) org",
        "Example Town",
    )
    assert profile.name_variants == ("A. Example", "A. B. Example")
    links = profile.links
    assert (links.github, links.dblp, links.orcid) == (
        "ann-example",
        "12/3456",
        "0000-0002-1825-0097",
    )
    assert links.mastodon == "https://social.example.org/@ann"
    assert [account.name for account in links.other] == ["Medium", "Work"]
    assert {name: person.aliases for name, person in profile.people.items()} == {
        "Jane Doe": (),
        "Paul Placeholder": ("P. Placeholder",),
    }
    assert [degree.degree for degree in profile.education] == ["PhD in Examples"]
    assert [(job.role, job.end) for job in profile.positions] == [("Researcher", None)]
    assert [(award.title, award.year) for award in profile.awards] == [("Award for Patience", 2019)]
    assert [item.name for item in profile.software] == ["walrus"]
    assert [section.title for section in profile.sections] == ["Education", "Languages"]
    data = tomllib.loads((new / "profile.toml").read_text(encoding="utf-8"))
    assert [item["text"] for item in data["news"]] == [
        "I moved to **Example Works**! 🎉 [Slides](/assets/pdf/talks/geometry.pdf)",
        "A prize",
    ]
    assert data["news"][1]["url"] == "/news/prize/"


#: What the template brought along, and what was not public: the report says so.
NOT_CARRIED = (
    *("Einstein", "feature showcase", "simple inline announcement", "Patent Office", "Nathan"),
    *("Secret", "Nobody has seen", "Not yet told", "must not get out", "address of another page"),
)
#: Values of settings, which are nobody's business.
PRIVATE = ("UA-1234567-1", "a-secret-of-ann", "ann-example/comments")


def test_nothing_that_was_not_public_or_not_the_owners_is_carried(texts):
    carried = {path: text for path, text in texts.items() if path != REPORT}
    assert [path for path, text in carried.items() for words in NOT_CARRIED if words in text] == []
    assert [path for path, text in texts.items() for words in PRIVATE if words in text] == []


def test_the_files_that_something_refers_to_are_kept_at_their_path(new):
    kept = files(new / "old")
    assert kept == {path: files(OLD)[path] for path in kept}
    assert {*kept} == {
        "assets/img/ann.jpg",
        "assets/img/class.png",
        "assets/img/publication_preview/geometry.png",
        "assets/pdf/geometry.pdf",
        "assets/pdf/talks/geometry.pdf",
    }


def test_everything_is_in_the_report_with_its_source(texts):
    rows = [line for line in texts[REPORT].replace("\\", "").splitlines() if line[:2] == "| "]
    for path in files(OLD):
        is_told = any(path in row for row in rows)
        is_data = path.endswith(
            (".jpg", ".png", ".pdf", "venues.yml", "resume.json", "bibtex.html")
        )
        assert is_told or is_data, path
    assert any("_bibliography/papers.bib:5 |" in row and "doe2024geometry" in row for row in rows)


# -- exit status --------------------------------------------------------------------------------


def refused(*words: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(["import", *words])
    return int(str(stopped.value))


def test_an_unknown_kind_or_a_target_that_is_not_empty_ends_before_anything_is_written(tmp_path):
    (tmp_path / "old").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    assert refused(str(tmp_path / "old"), str(tmp_path / "new")) == 2
    assert refused(str(OLD), str(tmp_path / "new"), "--kind", "drupal") == 2
    assert refused(str(OLD), str(tmp_path / "full")) == 2
    assert refused(str(tmp_path / "none"), str(tmp_path / "new")) == 2
    assert (
        refused(str(tmp_path / "full"), str(tmp_path / "full" / "new"), "--kind", "al-folio") == 2
    )
    assert files(tmp_path) == {"full/x": hashlib.sha256(b"x").hexdigest()}


#: How lines at the end begin: how many, from where, and what has another name or no place.
SAID = (
    "papers     4 of 4 from _bibliography/papers.bib, _bibliography/more.bib: 1 arXiv number,",
    "           1 key used twice: Doe2024Geometry; the second is now Doe2024Geometry-2",
    "people     2 of 3 co-authors from _data/coauthors.yml",
    "news       2 of 4 from _news/announcement_1.md, _news/prize.md",
    "talks      0",
    "pages      cv.md, publications.md, news/prize.md, index.md, teaching.md, plain.md, 2 more (",
    "person     13 facts",
    "software   1 program",
    "addresses  32: 10 as before, 14 redirected, 7 files at their path, 1 without successor (/feed",
    "no place   google_analytics, google_site_verification, giscus",
)


def test_a_site_of_which_all_is_carried_ends_with_0_and_is_named(tmp_path, capsys):
    old = tmp_path / "old"
    shutil.copytree(OLD, old)
    (old / "_pages" / "hostile.md").unlink()
    served = tmp_path / "served"
    served.write_text(
        "index.html\nteaching/index.html\nassets/css/main.css\nplain.html\nlost/index.html\n"
    )
    words = ["--name", "Ann B. Example", "--addresses", str(served)]
    assert main(["import", str(old), str(tmp_path / "new"), *words]) == 0
    said = capsys.readouterr().out
    assert "Ann B. Example (https://ann.example.org/), made with al-folio." in said
    for line in SAID:
        assert f"\n{line}" in said
    report = (tmp_path / "new" / REPORT).read_text(encoding="utf-8")
    _before, missing = report.split("## Addresses that lead nowhere")
    assert missing.split() == [
        "|",
        "address",
        "|",
        "|",
        "---",
        "|",
        "|",
        "/assets/css/main.css",
        "|",
        "|",
        "/lost/",
        "|",
    ]


HOSTILE = '"]\nname = "x"\n[evil]\nx = """ \\ {% x %} <script>alert(1)</script> | `x` \x07'
#: File of a hostile site → its text, with HOSTILE for each V.
HOSTILE_FILES = {
    "_config.yml": "first_name: V\nlast_name: Example\nemail: V\ngithub_username: V\n",
    "_bibliography/x.bib": "@misc{a b'\"c, title = {X}, author = {A, B}, pdf = {../../x.pdf}}\n",
    "_pages/about.md": "---\nlayout: about\nsubtitle: V\n---\nV\n",
    "_pages/x.md": "---\ntitle: V\npermalink: /x/\ndescription: V\n---\nV\n",
    "_pages/y.md": "---\npermalink: '/a\" \"b/'\n---\nText\n",
    "_pages/z.md": "---\npermalink: /papers/../../z/\n---\n[x](../../../etc/passwd)\n",
    "_pages/w.md": "---\npermalink: /w/\n---\n[x](../../../etc/passwd) [y](file:///etc/passwd)\n",
    "_news/x.md": "---\ndate: 2024-01-01\ninline: true\n---\nV\n",
    "_news/z.md": "---\ndate: 2024-01-02\ninline: true\n---\n"
    "[Me](mailto:a@b.example.org), or c@d.example.org\n",
    "_news/y.md": "---\ndate: 2024-13-77\ninline: true\n---\nText\n",
    "_data/coauthors.yml": "V:\n  - firstname: [V]\n    url: javascript:x\n",
    "_data/cv.yml": "- title: Education\n  contents:\n    - {title: V, institution: V, year: V}\n",
}


def test_hostile_values_reach_no_other_format(tmp_path):
    old = tmp_path / "old"
    quoted = "'" + HOSTILE.replace("\n", " ").replace("\x07", "") + "'"
    for path, text in HOSTILE_FILES.items():
        (old / path).parent.mkdir(parents=True, exist_ok=True)
        front, body = text.partition("\n---\n")[::2]
        written = re.sub(r"\bV\b", lambda _v: quoted, front) + "\n---\n" * bool(body)
        (old / path).write_text(written + body.replace("V\n", f"{HOSTILE}\n"), encoding="utf-8")
    assert main(["import", str(old), str(tmp_path / "new")]) == 1
    new = tmp_path / "new"
    assert "evil" not in tomllib.loads((new / "profile.toml").read_text(encoding="utf-8"))
    assert read_profile(new / "profile.toml").email
    assert "Me, or c (at) d (dot) example (dot) org" in (new / "profile.toml").read_text("utf-8")
    assert len(read_entries((new / "refs.bib").read_text(encoding="utf-8"))[0]) == 1
    assert "<script>" not in (new / "x.md").read_text(encoding="utf-8").partition("---\n\n")[2]
    assert "\n\nx y\n" in (new / "w.md").read_text(encoding="utf-8")
    assert {path.parent for path in new.rglob("*.md")} == {new}
    assert {path.name for path in tmp_path.iterdir()} == {"old", "new"}


# -- HugoBlox -----------------------------------------------------------------------------------

HUGO = ROOTS / "hugoblox"


@pytest.fixture(scope="module")
def hugo(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("import") / "new"
    before = files(HUGO)
    assert main(["import", str(HUGO), str(folder)]) == 0
    assert files(HUGO) == before
    return folder


@pytest.mark.parametrize(
    ("path", "datum"),
    [
        # An entry of their own keeps its bytes; the folder adds what it lacks.
        ("refs.bib", "@article{example2021bound,\n  file = {publication/bound/Bound.pdf},"),
        ("refs.bib", "title   = {Bounds   of examples}"),
        # Without one, it is made of the front matter.
        ("refs.bib", "@inproceedings{walrus-2023,"),
        ("refs.bib", "author = {Ann Example and Jane Doe and Paul Placeholder}"),
        ("refs.bib", "author+an = {1=equal; 2=equal}"),
        ("refs.bib", "booktitle = {Example Conference 2023}"),
        ("refs.bib", "venueurl = {https://conference.example.org/}"),
        ("refs.bib", "date = {2023-05}"),
        ("refs.bib", "eprint = {2301.01234}"),
        ("refs.bib", "slides = {uploads/walrus.pdf}"),
        ("refs.bib", "links = {Notes: https://notes.example.org/walrus}"),
        ("refs.bib", "abstract = {We show $n^{2}$ walruses, \\& 5\\% more.}"),
        ("refs.bib", "figure = {old/publication/walrus-2023/featured.png}"),
        ("refs.bib", "figurecaption = {Two walruses}"),
        ("refs.bib", "keywords = {Walruses, selected}"),
        ("refs.bib", "journal = {Journal of Examples, Vol. 3}"),
        ("refs.bib", "doi = {10.5555/12345678}"),
        ("index.md", "My [CV](/old/uploads/cv.pdf), and [a post](/post/walrus.md)."),
        ("post/walrus.md", "See [the talk](/talk/talk.md) and [Video](https://www.youtube.com/"),
        ("post/walrus.md", "![The sea](/old/post/walrus/sea.png)"),
        ("talk/talk.md", "```{note}\nBring a lamp.\n```"),
        ("project/lamp.md", "[the paper](/publications.md)"),
        ("redirects.txt", '"publication/geometry-of-examples" "papers/Geometry-of-Examples"'),
        ("redirects.txt", '"papers-of-mine/walrus" "papers/walrus-2023"'),
        ("redirects.txt", '"author/jane-doe" "publications"'),
        (REPORT, "check the names Paul Placeholder; check the venue"),
    ],
)
def test_each_datum_of_hugoblox_arrives(hugo, path, datum):
    assert datum in (hugo / path).read_text(encoding="utf-8")


def test_the_profile_holds_the_person_of_hugoblox(hugo):
    profile = read_profile(hugo / "profile.toml")
    assert (profile.name, profile.position) == ("Ann Example", "Professor of examples")
    assert (profile.affiliation.institution, profile.interests) == (
        "Example University",
        ("Walruses", "Lamps"),
    )
    assert (profile.links.scholar, profile.links.github) == ("Ab1CdEfGhIJK", "ann-example")
    assert [account.name for account in profile.links.other] == ["works.example.org"]
    assert [(degree.degree, degree.end.year) for degree in profile.education] == [
        ("PhD in Examples", 2018)
    ]
    assert [(job.role, job.organization) for job in profile.positions] == [
        ("Researcher", "Example Works")
    ]
    assert [(award.title, award.by) for award in profile.awards] == [
        ("Award for Patience", "Example Society")
    ]
    assert [(talk.slug, str(talk.date.start.year)) for talk in profile.talks] == [
        ("on-lamps", "2022"),
        ("on-walruses", "2023"),
    ]
    person = profile.people["Jane Doe"]
    assert (person.group, person.role, person.picture) == (
        "Researchers",
        "Postdoc",
        "old/authors/janedoe/avatar.png",
    )
    texts = [path for path in hugo.rglob("*.*") if path.suffix in {".md", ".toml", ".bib", ".txt"}]
    carried = [path.read_text(encoding="utf-8") for path in texts if path.name != REPORT]
    for words in ("Bighetti", "Secret", "UA-1234567-1"):
        assert not any(words in text for text in carried), words


# -- academicpages ------------------------------------------------------------------------------

PAGES = ROOTS / "academicpages"


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("import") / "new"
    before = files(PAGES)
    assert main(["import", str(PAGES), str(folder)]) == 1  # a file has tabs
    assert files(PAGES) == before
    return folder


@pytest.mark.parametrize(
    ("path", "datum"),
    [
        # The citation is kept, and what was guessed is said.
        ("refs.bib", "% Example, A., Doe, J. B., van der Place, P. and Roe, R. (2023). Walruses"),
        (
            "refs.bib",
            "% Imported: type, venue and authors are guesses.\n@inproceedings{example2023",
        ),
        ("refs.bib", "title = {Walruses \\& examples}"),
        ("refs.bib", "author = {Example, A. and Doe, J. B. and van der Place, P. and Roe, R.}"),
        ("refs.bib", "booktitle = {Proceedings of the Example Conference}"),
        ("refs.bib", "date = {2023-05-02}"),
        ("refs.bib", "file = {files/walrus.pdf}"),
        ("refs.bib", "slides = {https://slides.example.org/walrus}"),
        ("refs.bib", "gist = {Walruses work.}"),
        ("refs.bib", "abstract = {We show that walruses work,"),
        (
            "refs.bib",
            "journal = {Journal of Examples},\n  year = {2024},\n  doi = {10.5555/12345678}",
        ),
        (
            "refs.bib",
            "eprint = {2203.01234},\n  eprinttype = {arxiv},\n  pubstate = {prepublished}",
        ),
        ("notes/paper2024geometry.md", "# What it says\n\n- It says a lot."),
        ("index.md", "See [my talk](/talks/2023-06-02-walrus.md)."),
        ("index.md", "CV <cv>\nWork <portfolio>\n"),
        ("cv.md", "# CV\n\n## Education\n* Ph.D. in Examples, 2018\n\n```{talks}\n```"),
        ("portfolio/lamp.md", "[the paper](/publications.md)"),
        ("teaching.md", "```{teaching}\n```\n\n```{toctree}\n:hidden:\n\nWalruses 101 </teaching/"),
        ("talks.md", "```{talks}\n```"),
        ("posts/2022/05/walrus.md", "They sleep."),
        ("redirects.txt", '"publication/walrus.html" "papers/example2023walruses"'),
        ("redirects.txt", '"resume" "cv"'),
        (REPORT, "| run the command | papers | bibfolio add 2402.01234 |"),
        (REPORT, "| write author |"),
    ],
)
def test_each_datum_of_academicpages_arrives(pages, path, datum):
    assert datum in (pages / path).read_text(encoding="utf-8")


def test_the_profile_holds_the_person_of_academicpages(pages):
    profile = read_profile(pages / "profile.toml")
    assert (profile.name, profile.location, profile.portrait) == (
        "Ann Example",
        "Example Town",
        "old/images/ann.png",
    )
    assert (profile.links.scholar, profile.links.orcid) == ("Ab1CdEfGhIJK", "0000-0002-1825-0097")
    assert [(talk.slug, talk.kind) for talk in profile.talks] == [
        ("on-walruses", "invited"),
        ("on-lamps-again", "conference"),
        ("on-lamps", "tutorial"),
    ]
    # What a page linked stands on the line of the talk.
    assert (profile.talks[2].slides, profile.talks[2].video) == (
        "files/slides.pdf",
        "https://video.example.org/lamp",
    )
    assert sentence_text(profile.talks[2].note) == "With a lamp."
    assert [
        (course.course, course.role, course.term, course.url) for course in profile.teaching
    ] == [
        ("Walruses 101", "Lecturer", "2021", Link(page="teaching/2021-walrus")),
        ("Examples 101", "Teaching assistant", "2020", None),
    ]
    read = [path for path in pages.rglob("*.*") if path.suffix in {".md", ".toml", ".bib"}]
    carried = [path.read_text(encoding="utf-8") for path in read if path.name != REPORT]
    for words in ("Paper Title Number", "number 1", "Your Name", "UA-1234567-1", "Short biography"):
        assert not any(words in text for text in carried), words


def test_the_title_of_the_home_page_is_the_name_where_nothing_else_has_it(tmp_path):
    old = tmp_path / "old" / "_pages"
    old.mkdir(parents=True)
    (old / "about.md").write_text('---\ntitle: "Ann Example"\npermalink: /\n---\nI lead.\n')
    new = tmp_path / "new"
    assert main(["import", "--kind", "academicpages", str(old.parent), str(new)]) == 0
    assert 'name = "Ann Example"' in (new / "profile.toml").read_text(encoding="utf-8")
    assert "check the name" in (new / "IMPORTED.md").read_text(encoding="utf-8")


def test_papers_of_hugoblox_that_are_no_folders_have_no_entries_of_others(tmp_path):
    papers = tmp_path / "old" / "content" / "publication"
    (papers / "other").mkdir(parents=True)
    (papers / "other" / "index.md").write_text("---\ntitle: Other\n---\n")
    (papers / "other" / "cite.bib").write_text("@misc{other, title = {Other}}\n")
    (papers / "lamps.md").write_text("---\ntitle: Lamps\ndate: 2020-02-01\n---\n")
    new = tmp_path / "new"
    assert main(["import", "--kind", "hugoblox", str(tmp_path / "old"), str(new)]) == 0
    bib = (new / "refs.bib").read_text(encoding="utf-8")
    assert "@misc{lamps," in bib
    assert bib.count("{other,") == 1


# -- what has several languages, and what cannot be read -------------------------------------------


def made_of(folder: Path, files_: dict[str, str], *words: str) -> tuple[int, Path]:
    """Import a site of a few files; return the exit status and the new site."""
    for path, text in files_.items():
        (folder / "old" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "old" / path).write_text(text, encoding="utf-8")
    status = main(["import", *words, str(folder / "old"), str(folder / "new")])
    return status, folder / "new"


def test_one_language_of_an_al_folio_site_is_carried_and_the_others_are_named(tmp_path):
    front = "---\ntitle: {}\npermalink: /{}/\n---\nWords {}.\n"
    status, new = made_of(
        tmp_path,
        {
            "_config.yml": "title: Ann Example\nlanguages: [pt-br, en-us]\ndefault_lang: en-us\n"
            "scholar:\n  bibliography: papers.bib\n",
            "_pages/en-us/teaching.md": front.format("Teaching", "teaching", "here"),
            "_pages/pt-br/teaching.md": front.format("Ensino", "ensino", "aqui"),
            "_pages/zoo.md": front.format("Zoo\nlang: pt-br", "zoo", "la"),
            "_data/en-us/cv.yml": "- title: Awards\n  contents: [{title: Prize, year: 2020}]\n",
            "_data/pt-br/cv.yml": "- title: Awards\n  contents: [{title: Premio, year: 2020}]\n",
        },
    )
    assert status == 0
    assert "Words here." in (new / "teaching.md").read_text(encoding="utf-8")
    assert not (new / "ensino.md").exists()
    assert not (new / "zoo.md").exists()
    assert [one.title for one in read_profile(new / "profile.toml").awards] == ["Prize"]
    report = (new / REPORT).read_text(encoding="utf-8")
    assert report.count("| it is in another language |") == 3
    assert '"pt-br/teaching" "teaching"' in (new / "redirects.txt").read_text(encoding="utf-8")


def test_so_is_one_of_a_hugoblox_site(tmp_path):
    front = "---\ntitle: {}\ndate: 2020-02-03\n---\nWords.\n"
    languages = "de:\n  contentDir: content/de\nen:\n  contentDir: content/en\n"
    status, new = made_of(
        tmp_path,
        {
            "config/_default/hugo.yaml": "defaultContentLanguage: en\n",
            "config/_default/languages.yaml": languages,
            "content/en/post/lamps/index.md": front.format("Lamps"),
            "content/de/post/lamps/index.md": front.format("Lampen"),
            "content/en/post/seals/index.en.md": front.format("Seals"),
            "content/en/post/seals/index.de.md": front.format("Robben"),
            "content/en/publication/moons/index.md": front.format("Moons"),
        },
    )
    assert status == 0
    assert "# Lamps" in (new / "post/lamps.md").read_text(encoding="utf-8")
    assert "# Seals" in (new / "post/seals.md").read_text(encoding="utf-8")
    assert '"de/post/lamps" "post/lamps"' in (new / "redirects.txt").read_text(encoding="utf-8")
    assert "title = {Moons}" in (new / "refs.bib").read_text(encoding="utf-8")
    report = (new / REPORT).read_text(encoding="utf-8")
    assert "| content/de/post/lamps/index.md | index.md | it is in another language |" in report


def test_an_entry_that_cannot_be_read_takes_no_other_with_it(tmp_path):
    front = "---\ntitle: {}\ndate: 2020-02-03\nauthors: [Ann Example]\n---\n"
    status, new = made_of(
        tmp_path,
        {
            "content/publication/a/index.md": front.format("Lamps"),
            "content/publication/a/cite.bib": "Lamps, 2020\n",
            "content/publication/b/index.md": front.format("Moons"),
            "content/publication/b/cite.bib": "@article{moons2020, title = {Moons}}\n",
        },
        *("--kind", "hugoblox"),
    )
    assert status == 1
    entries, problems = read_entries((new / "refs.bib").read_text(encoding="utf-8"))
    assert ([entry.key for entry in entries], problems) == (["a", "moons2020"], [])
    redirects = (new / "redirects.txt").read_text(encoding="utf-8")
    assert '"publication/a" "papers/a"' in redirects
    assert '"publication/b" "papers/moons2020"' in redirects
    report = (new / REPORT).read_text(encoding="utf-8")
    assert "| content/publication/a/cite.bib:1 | this file has no entry that can be read," in report


def test_a_page_at_a_place_that_the_new_site_needs_has_another_and_its_address_leads_there(
    tmp_path,
):
    taken = ("notes/x", "README", "refs.bib/x", "papers/mine", "old/x", "IMPORTED")
    old = {
        f"_pages/{number}.md": f"---\npermalink: /{place}/\n---\nPage {number}.\n"
        for number, place in enumerate(taken)
    }
    status, new = made_of(tmp_path, old, "--kind", "al-folio")
    assert status == 0
    redirects = (new / "redirects.txt").read_text(encoding="utf-8")
    for number, place in enumerate(taken):
        assert f"Page {number}." in (new / f"pages/{place}.md").read_text(encoding="utf-8")
        assert f'"{place}" "pages/{place}"\n' in redirects


def test_a_list_of_pages_keeps_its_own_words_and_is_there_for_links(tmp_path):
    front = "---\ntitle: {}\n---\n{}\n"
    status, new = made_of(
        tmp_path,
        {
            "content/teaching/_index.md": front.format("Teaching", "I teach. See [posts](/post/)."),
            "content/teaching/lamps/index.md": front.format("Lamps", "Words."),
            "content/post/moons/index.md": front.format("Moons", "Words."),
            "content/project/demo/index.md": front.format("Demo", "By Nelson Bighetti."),
        },
        *("--kind", "hugoblox"),
    )
    assert status == 0
    teaching = (new / "teaching.md").read_text(encoding="utf-8")
    assert "I teach. See [posts](/post.md)." in teaching
    assert "\nLamps </teaching/lamps>\n" in teaching
    assert '"project/demo" "index"' in (new / "redirects.txt").read_text(encoding="utf-8")


def test_large_pages_of_one_sign_are_read_to_their_end(tmp_path):
    # A pattern that read on to the end of the page from each of them would not come to an end.
    old = {"_config.yml": "name: Ann Example\n"}
    for number, sign in enumerate(signs := ("[", "![", "](", "(", "<", "*", " ", "\n")):
        text = f"---\ntitle: Page {number}\ndate: 2020-02-03\n---\nx{sign * 50_000}x\n"
        old |= {f"{folder}/{number}.md": text for folder in ("_publications", "_pages")}
    status, new = made_of(tmp_path, old)
    assert status == 0
    assert len(read_entries((new / "refs.bib").read_text(encoding="utf-8"))[0]) == len(signs)


def test_a_command_to_paste_runs_no_other(tmp_path):
    page = "---\npermalink: /\n---\nSee https://doi.org/10.1000/x`;date;`&date|$date\n"
    _status, new = made_of(tmp_path, {"_pages/about.md": page}, "--kind", "academicpages")
    (row,) = re.findall(
        r"bibfolio add (.*) \| \\_pages", (new / REPORT).read_text(encoding="utf-8")
    )
    assert row == r"'10.1000/x\`;date;\`&date\|\$date'"


def test_a_paper_that_names_a_page_which_the_sources_lack_is_told(tmp_path):
    fields = "blog = {https://ann.example.org/gone/}, website = {https://ann.example.org/here/}"
    old = {
        "_config.yml": "url: https://ann.example.org\n",
        "_bibliography/papers.bib": f"@misc{{k, title = {{A}}, {fields}}}\n",
        "_pages/here.md": "---\npermalink: /here/\n---\nA page.\n",
    }
    _status, new = made_of(tmp_path, old, "--kind", "al-folio")
    report = (new / REPORT).read_text(encoding="utf-8")
    rows = re.findall(r"\| remove the field (\w+), or write the page \| (\S+) \|", report)
    assert rows == [("blog", "https://ann.example.org/gone/")]
