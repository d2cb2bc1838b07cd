"""Whatever a service says becomes one entry, which reads back to what was said."""

from __future__ import annotations

import codecs

import latexcodec  # noqa: F401  registers the codec with which pybtex's users decode
import pybtex.database
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.model import Author, PartialDate
from bibfolio.model.work import Work
from bibfolio.services import clean
from bibfolio.sources import tex
from bibfolio.sources.bib_parser import read_entries
from bibfolio.sources.bibliography import parse_bibliography
from bibfolio.sources.bibtex_writer import Layout, fields_of, layout_of

#: What breaks BibTeX and TeX, among letters of all alphabets.
NASTY = st.sampled_from(
    [
        *r"{ } \ % & # _ $ ~ ^ @ @misc{x, } - -- ` '' = , ; \emph{ \\ and others et al 08".split(),
        *'<i> é Ø 李明 ABC GPUs aB 𝔸 Jr. III 💥 " \x00 \x1b \u202e \u00ad'.split(" "),
        "=\n\n@article{y,title={",
    ]
)
TEXT = st.lists(NASTY | st.text(max_size=5), min_size=1, max_size=12).map(" ".join)
TEXT |= st.lists(NASTY, min_size=1, max_size=12).map("".join)
PERSON = st.builds(clean.person, TEXT, TEXT) | st.builds(clean.organisation, TEXT)
LAYOUTS = st.builds(
    Layout,
    indent=st.sampled_from(["  ", "\t"]),
    column=st.sampled_from([0, 12]),
    longest=st.sampled_from([0, 60]),
    newline=st.sampled_from(["\n", "\r\n"]),
)
WORKS = st.builds(
    Work,
    title=TEXT.map(clean.title).filter(str.strip),
    authors=st.lists(PERSON.filter(bool), min_size=1, max_size=4).map(tuple),
    type=st.sampled_from(["article", "inproceedings", "misc"]),
    date=st.builds(PartialDate, st.integers(1900, 2030), st.integers(0, 12)),
    **dict.fromkeys(("container", "event", "pages", "volume", "abstract"), TEXT.map(clean.clean)),
    **dict.fromkeys(("doi", "arxiv", "url", "issn"), TEXT),
)


def said(name: Author) -> tuple[str, str]:
    family = " ".join(filter(None, (name.prefix, name.family)))
    return (family, f"{name.given}/{name.suffix}")


@given(WORKS, LAYOUTS)
def test_a_hostile_work_is_one_entry_that_reads_back(work, layout):
    fields = layout.arranged(work.type, fields_of(work, with_abstract=True))
    text = layout.entry(work.type, "k", fields)
    read = parse_bibliography(text)
    assert [problem.kind.subtype for problem in read.problems if "syntax" in problem.kind] == []
    (paper,) = read.papers
    assert (paper.key, paper.type, paper.date) == ("k", work.type, work.date)
    assert paper.title.plain == work.title
    assert [said(one) for one in paper.authors] == [said(one) for one in work.authors]
    assert paper.abstract.plain == work.abstract
    # A strict reader, which knows nothing of ours.
    entry = pybtex.database.parse_string(text, "bibtex").entries["k"]
    assert tex.plain(entry.fields["title"]) == work.title
    found = [
        (
            tex.plain(" ".join((*p.prelast_names, *p.last_names))),
            tex.plain(" ".join(p.lineage_names)),
        )
        for p in entry.persons["author"]
    ]
    assert found == [(said(one)[0], one.suffix) for one in work.authors]
    written = work.date.iso if work.date.month else str(work.date.year)
    assert written in {entry.fields.get("date"), entry.fields.get("year")}
    assert dict(entry.fields).keys() | {"author"} == fields.keys()


@given(st.text("abc \\%&#_~@-'`\"éAB", max_size=20).map(clean.title).filter(str.strip))
def test_a_title_reads_the_same_in_latex(title):
    """As latexcodec, which shares nothing with our reader, decodes it."""
    tex = fields_of(Work(title=title))["title"]
    decoded = codecs.decode(tex.replace("{}", "{\\relax}"), "ulatex")
    plain = decoded.replace("\\relax", "").replace("{", "").replace("}", "")
    assert plain.replace(" ", "") == title.replace("{", "").replace("}", "").replace(" ", "")


@pytest.mark.parametrize(
    ("title", "tex"),
    [
        ("StreamKit: RL for LLMs", "{StreamKit}: {RL} for {LLMs}"),
        ("Mega-X2: More of It", "{Mega-X2}: More of It"),
        ("Plain: Words Stay in New York", "Plain: Words Stay in New York"),
        ("50% of C# & x_y", r"50\% of C\# \& x\_y"),
        ("a -- b ``c''", "a -{}- b `{}`c'{}'"),
    ],
)
def test_what_has_to_stay_in_capitals_is_in_braces(title, tex):
    assert fields_of(Work(title=title))["title"] == tex


def test_a_thousand_authors_are_written_and_read():
    work = Work(title="T", authors=tuple(Author(f"Doe{'x' * n}", "J.") for n in range(1000)))
    text = Layout(longest=80).entry("misc", "k", fields_of(work))
    assert len(parse_bibliography(text).papers[0].authors) == 1000
    assert max(map(len, text.splitlines())) < 1100


ALIGNED = """% Papers.
@article{a2020x,
  Title   = {A Long Title, the Longest of All Titles, that
             Goes On},
  Author  = {Doe, Jane},
  Year    = 2020,
  Month   = mar,
  DOI     = {10.5555/a},
  journaltitle = {J}
}
"""
QUOTED = '@misc{a,\r\n\ttitle="A",\r\n\tyear="2020",\r\n\tauthor="Doe, J."}\r\n'
QUOTED += QUOTED.replace("a,", "b,") + QUOTED.replace("a,", "c,")
WORK = Work(
    title='The "A" of B',
    authors=(Author("Roe", "Ann"),),
    type="article",
    date=PartialDate(2021, 4),
    container="Journal",
    doi="10.5555/b",
)


AS_ALIGNED = """@article{k,
  title   = {The "A" of B},
  author  = {Roe, Ann},
  date    = {2021-04},
  doi     = {10.5555/b},
  journal = {Journal},
}
"""
AS_QUOTED = """@article{k,
\ttitle = {The "A" of B},
\tjournal = {Journal},
\tyear = {2021},
\tauthor = {Roe, Ann},
\tdoi = {10.5555/b},
}
""".replace("\n", "\r\n")
PLAIN = """@article{k,
  title = {The "A" of B},
  author = {Roe, Ann},
  journal = {Journal},
  date = {2021-04},
  doi = {10.5555/b},
}
"""


@pytest.mark.parametrize(
    ("file", "entry"), [(ALIGNED, AS_ALIGNED), (QUOTED, AS_QUOTED), ("", PLAIN)]
)
def test_an_entry_looks_like_the_others_of_its_file(file, entry):
    layout = layout_of(file, read_entries(file)[0])
    assert layout.entry("article", "k", layout.arranged("article", fields_of(WORK))) == entry


@pytest.mark.parametrize(
    ("kind", "name", "right", "wrong"),
    [
        ("article", "issn", "1045-9219", "1045-9218"),
        ("book", "isbn", "978-0-306-40615-7", "978-0-306-40615-8"),
    ],
)
def test_a_number_that_cannot_be_right_is_not_written(kind, name, right, wrong):
    for number in (right, wrong):
        fields = fields_of(Work(title="On Numbers", type=kind, **{name: number}))
        assert fields.get(name) == (number if number == right else None)
