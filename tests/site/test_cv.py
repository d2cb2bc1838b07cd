"""The four forms of the CV agree: with each other, with `profile.toml` and with `refs.bib`.

Every form is read by a reader of its own, taken apart into sections and items, and each item into
its facts. A fact that is missing is named; what is left over may only be words that join facts.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from bibfolio.model import KINDS, PartialDate
from bibfolio.model.profile import Headings
from tests.building import REPOSITORY
from tests.cv import Pdf, resume_problems, squeezed
from tests.output import text_of
from tests.site.test_content import ADDRESS, hidden_words

FORMS = ("page", "pdf", "txt", "json")
every_form = pytest.mark.parametrize("form", FORMS)

# -- what the sources say ---------------------------------------------------------------------


@dataclass(frozen=True)
class Item:
    """A line of the CV as facts; `key` is what it starts with, apart from the time."""

    key: str
    facts: tuple[str, ...]
    #: Times in words, and as machines have them.
    when: tuple[str, ...] = ()
    iso: tuple[str, ...] = ()
    #: The best address, for papers.
    url: str = ""


def _dates(*dates: PartialDate | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    known = [date for date in dates if date]
    words = (f"{date.words[:3]} {date.year}" if date.month else str(date.year) for date in known)
    return tuple(words), tuple(date.iso for date in known)


def _known(*facts: str) -> tuple[str, ...]:
    return tuple(fact for fact in facts if fact)


def wanted(profile, papers) -> dict[str, list[Item]]:
    """Section → its items, as profile and bibliography have them."""
    topics = [Item(name, (name,)) for name in _known(*profile.interests, profile.focus)]
    degrees = [
        Item(d.degree, _known(d.degree, d.department, d.institution), *_dates(d.start, d.end))
        for d in profile.education
    ]
    jobs = [
        Item(
            job.organization,
            _known(job.organization, job.role, *(f"{a.title} {a.name}" for a in job.advisors)),
            *_dates(job.start, job.end),
        )
        for job in profile.positions
    ]
    courses = [
        Item(c.course, _known(c.course, c.role, c.institution), (c.term,), (c.term,))
        for c in profile.teaching
    ]
    awards = [
        Item(a.title, _known(a.title, a.note, a.by), (str(a.year),), (str(a.year),))
        for a in profile.awards
    ]
    in_order = [paper for kind in KINDS for paper in papers if paper.kind == kind]
    if profile.cv.papers == "selected":
        in_order = [paper for paper in in_order if paper.selected]
    items = {
        "interests": topics,
        "education": degrees,
        "positions": jobs,
        "publications": [_paper_item(paper) for paper in in_order],
        "teaching": courses,
        "awards": awards,
    }
    names = headings(profile)
    return {names[name]: items[name] for name in profile.cv.sections if items[name]}


def headings(profile) -> dict[str, str]:
    """Name of a section → what stands above it."""
    names = {
        "interests": "Research interests",
        "education": "Education",
        "positions": "Experience",
        "publications": "Publications",
        "teaching": "Teaching",
        "awards": "Honors and awards",
    }
    if profile.cv.papers == "selected":
        names["publications"] = "Selected publications"
    given = {name: getattr(profile.cv.headings, name) for name in names}
    changed = {name: words for name, words in given.items() if words != getattr(Headings(), name)}
    return names | changed


def _paper_item(paper) -> Item:
    signs = {mark.sign: mark.meaning for author in paper.authors for mark in author.marks}
    authors = [a.name + "".join(mark.sign for mark in a.marks) for a in paper.authors]
    venue = paper.venue
    days = venue.dates.words if venue.dates and not paper.is_preprint else ""
    month = paper.date.words.split()[0] if paper.date.month and not days else ""
    links = {link.kind: link.url for link in paper.links}
    facts = _known(
        paper.title.plain,
        ", ".join(authors),
        *(f"{sign} {meaning}" for sign, meaning in signs.items()),
        *(paper.badge, venue.name, venue.place, paper.award, paper.note),
        venue.acronym if paper.kind == "journal" else "",
        *(paper.volume, paper.number, paper.pages, paper.eprint, paper.eprint_class),
        days or f"{month} {paper.year}",
    )
    url = next(links[kind] for kind in ("doi", "page", "arxiv") if kind in links)
    return Item(paper.title.plain, facts, (paper.year,), (paper.date.iso,), url)


# -- what the forms say -----------------------------------------------------------------------

#: Section → the text of each item.
Said = dict[str, list[str]]


def page_says(site, expected: dict[str, list[Item]]) -> Said:
    """A section for each second heading; cards without buttons, which are of the page alone."""
    main = site.main("cv")
    for part in main.select(".headerlink, .paper-card-links, .paper-card-cited"):
        part.decompose()
    said: Said = {}
    for heading in main.find_all("h2"):
        section = heading.find_parent("section")
        items = section.select(".profile-list > li, .paper-card") or section.find_all("p")
        said[text_of(heading)] = [text_of(item) for item in items]
    return _with_topics(said, expected, headings(site.profile)["interests"])


def pdf_says(site, expected: dict[str, list[Item]]) -> Said:
    """Sections begin at the bookmarks, items at their time and first words."""
    pdf = Pdf(site.files["cv.pdf"])
    above = [title for title in pdf.outline if isinstance(title, str)]
    # The foot of a page, and headings of kinds, are not of any item.
    text = re.sub(rf"^{site.profile.name}\s*\d / \d$", "", pdf.text, flags=re.MULTILINE)
    kinds = "|".join(map(re.escape, KINDS.values()))
    text = re.sub(rf"^(?:{kinds})$", "", text, flags=re.MULTILINE)
    parts = re.split("|".join(rf"^{re.escape(h)}$" for h in above), text, flags=re.MULTILINE)
    bodies = dict(zip(above, parts[1:], strict=True))
    return {heading: _split(body, expected.get(heading, [])) for heading, body in bodies.items()}


def txt_says(site, expected: dict[str, list[Item]]) -> Said:
    """A heading is a line in capitals; an item begins where its lines do."""
    parts = re.split(r"^([A-Z][A-Z ]{3,})\n", site.text("cv.txt"), flags=re.MULTILINE)
    names = {heading.upper(): heading for heading in headings(site.profile).values()}
    said: Said = {}
    for heading, body in zip(parts[1::2], parts[2::2], strict=True):
        lines = [line for line in body.splitlines() if line not in KINDS.values()]
        items = re.split(r"\n(?=\S)", "\n".join(lines).strip())
        said[names[heading]] = [item for item in items if item.strip()]
    return _with_topics(said, expected, headings(site.profile)["interests"])


def _with_topics(said: Said, expected: dict[str, list[Item]], name: str) -> Said:
    """Research interests are sentences: an item for each of them."""
    if name not in said or name not in expected:
        return said
    return said | {name: _split(" ".join(said[name]), expected[name])}


def json_says(site, _expected: dict[str, list[Item]]) -> Said:
    """Properties of JSON Resume, each item's values one after the other."""
    resume = json.loads(site.text("cv.json"))
    properties = {"work": "positions", "projects": "teaching"}
    names = headings(site.profile)
    return {
        names[properties.get(name, name)]: [" | ".join(_texts(item)) for item in items]
        for name, items in resume.items()
        if isinstance(items, list)
    }


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _split(body: str, items: list[Item]) -> list[str]:
    """*body* cut before each item's time and first words, which occur in this order."""
    text, starts = _plain(body), []
    for item in items:
        start = _plain("–".join(item.when) + item.key)
        match = re.compile(rf"(?:since)?{re.escape(start)}").search(
            text, starts[-1] if starts else 0
        )
        assert match, f"{item.key!r} is missing, or stands elsewhere"
        starts.append(match.start())
    assert not _words_left(text[: starts[0]] if starts else text)
    return [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


def _plain(text: str) -> str:
    """Without spaces and capitals; scripts of formulas, which MathML has by tags, as letters."""
    return unicodedata.normalize("NFKC", squeezed(text)).casefold().replace("\u2061", "")


#: What joins facts in one form or another.
JOINING = re.compile(
    r"(?:[\s.,:;|()\[\]–*]|https?://\S*|arxiv|currentfocus|advisedby|and|since|teaching|pp\."
    r"|doi:\S*?(?=code|pdf|slides|video|poster|$)|code|pdf|slides|video|poster|in)*"
)


def _words_left(text: str) -> str:
    return "" if JOINING.fullmatch(text) else text


READERS: dict[str, Callable[..., Said]] = {
    "page": page_says,
    "pdf": pdf_says,
    "txt": txt_says,
    "json": json_says,
}


def disagreements(site, form: str) -> list[str]:
    """Everything in which a form of the CV is not what the sources say."""
    expected = wanted(site.profile, site.papers)
    if form == "pdf":
        expected = _without(without_font(site.stderr), expected)
    said = READERS[form](site, expected)
    if list(said) != list(expected):
        return [f"sections {list(said)}"]
    found = []
    for heading, items in expected.items():
        if len(items) != len(said[heading]):
            found.append(f"{heading}: {len(said[heading])} items")
        for item, text in zip(items, said[heading], strict=False):
            found += [f"{heading}, {item.key}: {problem}" for problem in _check(item, text, form)]
    return found


def without_font(log: str) -> str:
    """The characters that the build said no font has."""
    return "".join(re.findall(r"(\S) \(U\+[0-9A-F]+\)", log))


def _without(lacking: str, expected: dict[str, list[Item]]) -> dict[str, list[Item]]:
    """What a PDF can say: `?` for what the machine has no font for."""
    marks = str.maketrans(dict.fromkeys(lacking, "?"))

    def said(item: Item) -> Item:
        facts = tuple(fact.translate(marks) for fact in item.facts)
        return replace(item, key=item.key.translate(marks), facts=facts)

    return {name: [said(item) for item in items] for name, items in expected.items()}


def _check(item: Item, text: str, form: str) -> Iterator[str]:
    text = _plain(text)
    times = item.iso if form == "json" else item.when
    # A card says the year in its venue.
    times = () if form == "page" and item.url else times
    if item.url and form in {"txt", "json"}:
        times = (*times, item.url)
    if form == "json":
        # "B.S. in computer science" is two values there.
        text = text.replace("|", "in") if " in " in item.key and not item.url else text
    for fact in sorted(map(_plain, (*item.facts, *times)), key=len, reverse=True):
        if fact not in text:
            yield f"does not say {fact!r} in {text!r}"
        text = text.replace(fact, "|", 1)
    if left := _words_left(text):
        yield f"also says {left!r}"


# -- agreement --------------------------------------------------------------------------------


@every_form
def test_every_form_says_what_the_sources_say_and_nothing_else(site, form):
    assert disagreements(site, form) == []


def test_the_check_notices_what_is_missing_wrong_or_more():
    item = Item("Merit", ("Merit", "2/56"), ("2024",), ("2024",))
    assert list(_check(item, "2024 Merit (2/56)", "txt")) == []
    assert len(list(_check(item, "2024 Merit", "txt"))) == 1
    assert len(list(_check(item, "2025 Merit (2/56)", "txt"))) == 2
    assert len(list(_check(item, "2024 Merit (2/56), Somewhere", "txt"))) == 1


@pytest.fixture(scope="module")
def texts(site) -> dict[str, str]:
    """Form → all it says."""
    return {
        "page": text_of(site.main("cv")),
        "pdf": Pdf(site.files["cv.pdf"]).text,
        "txt": site.text("cv.txt"),
        "json": "\n".join(_texts(json.loads(site.text("cv.json")))),
    }


@every_form
def test_every_form_says_who_it_is_about(site, texts, form):
    person, place = site.profile, site.profile.affiliation
    facts = [
        *(person.name, person.position, place.group, place.department, place.institution),
        *(person.advisor.full_name, person.location, person.email),
        *(account.name for account in person.links.accounts),
        person.links.website.removeprefix("https://"),
    ]
    said = _plain(texts[form])
    assert [fact for fact in facts if _plain(fact) not in said] == []


@every_form
def test_the_draft_is_in_no_form(texts, form):
    said = _plain(texts[form])
    assert [words for words in hidden_words() if _plain(words) in said] == []


@every_form
def test_no_form_has_a_plain_e_mail_address(texts, form):
    assert ADDRESS.findall(texts[form]) == []


def test_the_page_and_the_pdf_lead_to_the_same_places(site):
    """Places elsewhere: papers' own pages and files of this site are named differently."""
    main = site.main("cv")
    page = {link["href"] for link in main.find_all("a", href=True) if "://" in link["href"]}
    assert set(Pdf(site.files["cv.pdf"]).links) == page


def test_an_award_that_is_added_is_in_every_form(site_with):
    copy = site_with()
    toml = (copy.src / "profile.toml").read_text(encoding="utf-8")
    copy.write("profile.toml", f'{toml}\n[[awards]]\nyear = 2031\ntitle = "Golden Chair"\n')
    again = copy.rebuild()
    assert again.returncode == 0, again.stderr
    assert {form: disagreements(again, form) for form in FORMS} == {form: [] for form in FORMS}
    assert [award.title for award in again.profile.awards][-1] == "Golden Chair"


#: What forms are prone to say differently: formulas, quotes, dashes, other scripts.
HARD_AWARD = """
[[awards]]
year  = 2030
title = 'The "q" prize -- it is a--b'
note  = "1/2 -- it's"
"""
HARD_PAPER = r"""
@article{odd2030, title = {An $O(n^2 \log n)$ Bound with $\le 10\%$ of {\'E}t{\'e}, {``}so''},
  author = {李, 明 and Jin, Chao and Doe, Jane}, author+an = {1=equal; 2=equal}, year = 2030,
  journal = {Journal of Odd Things}, volume = 3, doi = {10.1000/odd}, keywords = {selected}}
"""
HOME = "# Home\n\n```{toctree}\n:hidden:\n\npublications\nresearch/index\nCV <cv>\n```\n"


@pytest.fixture(scope="module")
def hard(site_with):
    """A copy of this site with all of that, and with nothing that needs every table."""
    copy = site_with({"index.md": HOME})
    bib = (copy.src / "refs.bib").read_text(encoding="utf-8")
    copy.write("refs.bib", bib + HARD_PAPER)
    return copy


@pytest.mark.parametrize(
    ("options", "gone"),
    [
        ("", ()),
        (
            """sections = ["awards", "publications", "education"]
               headings = { awards = "Prizes", publications = "Papers" }
               papers = "selected"
            """,
            (),
        ),
        ("", ("teaching", "education", "positions")),
    ],
)
def test_every_form_says_the_same_whatever_the_options_are(hard, options, gone):
    toml = (REPOSITORY / "profile.toml").read_text(encoding="utf-8")
    for table in gone:
        toml = re.sub(rf"^\[\[{table}\]\]\n(?:(?!\[)(?!#).*\n)*", "", toml, flags=re.MULTILINE)
    hard.write("profile.toml", f"{toml}{HARD_AWARD}\n[cv]\n{options}\n")
    again = hard.rebuild()
    warnings = [line for line in again.stderr.splitlines() if "WARNING" in line]
    assert [line for line in warnings if "[bibfolio.font]" not in line] == []
    assert {form: disagreements(again, form) for form in FORMS} == {form: [] for form in FORMS}
    assert not [name for name in gone if name in wanted(again.profile, again.papers)]


# -- the files --------------------------------------------------------------------------------


def test_the_pdf_is_what_readers_of_all_kinds_need(site):
    pdf = Pdf(site.files["cv.pdf"])
    assert len(pdf.reader.pages) <= 2
    assert pdf.root["/MarkInfo"]["/Marked"].value
    assert pdf.root["/Lang"] == "en"
    assert pdf.reader.metadata.title == f"{site.profile.name}: Curriculum vitae"
    assert pdf.reader.metadata.author == site.profile.name
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf.root["/Metadata"].get_data()
    assert all(pdf.fonts.values())
    assert pdf.tags.count("H1") == len([title for title in pdf.outline if isinstance(title, str)])


def test_the_plain_text_has_80_columns_and_no_markup(site):
    lines = site.text("cv.txt").splitlines()
    assert [line for line in lines if len(line) > 80] == []
    assert [line for line in lines if re.search(r"^[#=~_*-]{2,}|\t|<\w|\]\(|\*\*|`", line)] == []


def test_the_json_is_json_resume(site):
    assert resume_problems(json.loads(site.text("cv.json"))) == []


def test_every_page_leads_to_the_pdf_in_its_header(site):
    for path in site.pages:
        header = site.soup(path).select_one(".site-header")
        if header:
            (link,) = header.select(".cv-header-file")
            assert link.get_text() == "PDF"
            assert link["href"].endswith("cv.pdf")


def test_every_section_of_the_page_has_an_anchor(site):
    sections = [heading.find_parent("section") for heading in site.main("cv").find_all("h2")]
    assert [section.get("id") for section in sections] == [
        *("research-interests", "education", "experience", "publications", "teaching"),
        "honors-and-awards",
    ]
