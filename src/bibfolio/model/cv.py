"""The CV: its sections, their order and what stands in them, for the page and for all files.

PDF, plain text and JSON Resume say the same; each draws what its format can.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bibfolio.model.dates import DateRange
from bibfolio.model.lines import interests
from bibfolio.model.paper import Paper, by_kind, numbers
from bibfolio.model.profile import CvOptions, Profile
from bibfolio.model.record import same_as
from bibfolio.model.sentence import Entry, Phrase, Sentence, with_phrases
from bibfolio.model.tables import CV_SECTIONS, TABLES, items_of, line_of
from bibfolio.model.words import _

#: The page whose presence makes a site have the files.
CV_PAGE = "cv"
#: Format, in English → path of the file below the site's root, and media type.
CV_FILES = {
    "PDF": ("cv.pdf", "application/pdf"),
    "plain text": ("cv.txt", "text/plain"),
    "JSON Resume": ("cv.json", "application/json"),
}
CV_TITLE = "Curriculum vitae"


def cv_file(path: str, variant: str) -> str:
    """Return the path of a file of a variant, by that of the CV: ``cv-ID.pdf``."""
    stem, dot, suffix = path.partition(".")
    return f"{stem}-{variant}{dot}{suffix}" if variant else path


@dataclass(frozen=True, slots=True)
class CvPaper:
    """A paper with absolute addresses."""

    paper: Paper
    #: Where the paper is found: at its DOI, publisher or arXiv, or else its page on this site.
    url: str = ""
    #: Further links, such as the code; that of a DOI says its number.
    links: Sentence = ()
    #: Which counts down: ``12``, ``J12``; empty if papers have none.
    number: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and sentences, a list or groups of papers below it."""

    #: A key of :data:`CV_SECTIONS`, or the identifier of a section of the owner's own.
    name: str
    heading: str
    sentences: tuple[Sentence, ...] = ()
    #: What a table has, or a section of the owner's own, and a line of each.
    items: tuple[Any, ...] = ()
    entries: tuple[Entry, ...] = ()
    groups: tuple[tuple[str, tuple[CvPaper, ...]], ...] = ()

    @property
    def papers(self) -> tuple[CvPaper, ...]:
        """Return the papers of all groups."""
        return tuple(paper for _label, papers in self.groups for paper in papers)


@dataclass(frozen=True, slots=True)
class CvDocument:
    """A whole CV, without empty sections."""

    profile: Profile
    #: What it is called.
    title: str
    sections: tuple[Section, ...] = ()


def cv_papers(
    options: CvOptions, papers: Iterable[Paper], passes: Callable[[str, Paper], bool]
) -> tuple[Paper, ...]:
    """Return those of *papers*, which are in the order of lists, that a CV holds.

    Args:
        options: what the CV holds.
        papers: the papers of the site.
        passes: tells whether a paper passes a filter.
    """
    chosen, since = options.papers or "all", options.since or 0
    shown = (
        paper
        for paper in papers
        if not paper.date or paper.date.year >= since
        if chosen == "all" or (paper.selected if chosen == "selected" else passes(chosen, paper))
    )
    return tuple(shown)[: options.limit]


def cv_document(
    profile: Profile,
    options: CvOptions,
    papers: Sequence[Paper],
    page_url: Callable[[str], str] | None = None,
    file_url: Callable[[str], str] = lambda path: path,
) -> CvDocument:
    """Return a CV.

    Args:
        profile: the person, with the names of papers.
        options: what the CV holds.
        papers: its papers, as :func:`cv_papers` returns them.
        page_url: returns the absolute address of a page, which is empty if the site has no address.
            Without this function, phrases lead to pages, as on the page of the CV.
        file_url: returns the address of a file of the site, by its path; empty if there is none.
    """
    grouped = by_kind(papers, options.kinds)
    number_of = numbers((p for _label, group in grouped for p in group), options.numbered)

    def item(paper: Paper) -> CvPaper:
        found = _cv_paper(paper, page_url, file_url)
        return replace(found, number=number_of.get(paper.key, ""))

    groups = tuple((_(label), tuple(map(item, group))) for label, group in grouped)

    def addressed(phrase: Phrase) -> Phrase:
        if page_url and phrase.page:
            return replace(phrase, url=page_url(phrase.page), key="", page="")
        return replace(phrase, url=file_url(phrase.url)) if phrase.is_local else phrase

    def entry(name: str, item: object) -> Entry:
        line = line_of(name, item)
        # A word such as "Slides" needs a link; the name of a paper does not.
        links = tuple(link for link in line.links if link.page or addressed(link).url)
        line = replace(line, links=links)
        return line.with_sentences(lambda sentence: tuple(map(addressed, sentence)))

    there = with_phrases(profile, addressed)

    def section(name: str) -> Section:
        pairs = zip(items_of(profile, name), items_of(there, name), strict=True)
        kept = [pair for pair in pairs if _is_since(pair[0], options.since)]
        return Section(
            name,
            heading_of(profile, options, name),
            sentences=interests(profile) if name == "interests" else (),
            items=tuple(item for _one, item in kept),
            entries=tuple(entry(name, one) for one, _item in kept),
            groups=groups if name == "publications" else (),
        )

    found = map(section, sections_of(profile, options))
    sections = tuple(one for one in found if one.sentences or one.entries or one.groups)
    return CvDocument(there, options.title or _(CV_TITLE), sections)


def _is_since(item: Any, year: int | None) -> bool:
    """Return whether an item of a table is of this year or newer, or nobody can tell."""
    date: DateRange | None = getattr(item, "date", None)
    return not year or not date or date.is_open or date.end.year >= year


def sections_of(profile: Profile, options: CvOptions) -> tuple[str, ...]:
    """Return the names of the sections that a CV is to have, also of empty ones."""
    ours = (name for name in CV_SECTIONS if name not in TABLES or TABLES[name].is_in_cv)
    every = (*ours, *(section.id for section in profile.sections))
    return tuple(dict.fromkeys(every if options.sections is None else options.sections))


def heading_of(profile: Profile, options: CvOptions, name: str) -> str:
    """Return the heading of a section: the owner's, or ours in the project's language."""
    own = options.headings | {section.id: section.title for section in profile.sections}
    is_short = name == "publications" and options.papers == "selected"
    return own.get(name) or _("Selected publications" if is_short else CV_SECTIONS[name])


def _cv_paper(
    paper: Paper, page_url: Callable[[str], str] | None, file_url: Callable[[str], str]
) -> CvPaper:
    best = next(iter(same_as(paper)), "") or (page_url(paper.page) if page_url else "")
    doi, links = paper.identifier("doi"), list[Phrase]()
    for link in paper.links:
        url = file_url(link.url) if link.is_local else link.url
        if link.kind == "doi" and doi:
            links.insert(0, Phrase(doi.text, url))
        elif url and url != best:
            links.append(Phrase(link.label, url))
    return CvPaper(paper, best, tuple(links))
