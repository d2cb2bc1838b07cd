"""The CV: its sections, their order and what stands in them, for the page and for all files.

PDF, plain text and JSON Resume say the same; each draws what its format can.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bibfolio.model.lines import interests
from bibfolio.model.paper import Paper, by_kind, numbers
from bibfolio.model.profile import Profile
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
    sections: tuple[Section, ...] = ()


def cv_document(
    profile: Profile,
    papers: Iterable[Paper],
    page_url: Callable[[str], str] | None = None,
    file_url: Callable[[str], str] = lambda path: path,
) -> CvDocument:
    """Return the CV that ``[cv]`` in the profile describes.

    Args:
        profile: the person, with the names of papers.
        papers: the papers of the site, in the order of lists.
        page_url: returns the absolute address of a page, which is empty if the site has no address.
            Without this function, phrases lead to pages, as on the page of the CV.
        file_url: returns the address of a file of the site, by its path; empty if there is none.
    """
    shown = [paper for paper in papers if profile.cv.papers == "all" or paper.selected]
    grouped = by_kind(shown, profile.cv.kinds)
    number_of = numbers((p for _label, group in grouped for p in group), profile.cv.numbered)

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

    sections = (
        Section(
            name,
            heading_of(profile, name),
            sentences=interests(profile) if name == "interests" else (),
            entries=tuple(entry(name, item) for item in items_of(profile, name)),
            groups=groups if name == "publications" else (),
        )
        for name in sections_of(profile)
    )
    found = tuple(one for one in sections if one.sentences or one.entries or one.groups)
    return CvDocument(with_phrases(profile, addressed), found)


def sections_of(profile: Profile) -> tuple[str, ...]:
    """Return the names of the sections that the CV is to have, also of empty ones."""
    ours = (name for name in CV_SECTIONS if name not in TABLES or TABLES[name].is_in_cv)
    every = (*ours, *(section.id for section in profile.sections))
    return tuple(dict.fromkeys(every if profile.cv.sections is None else profile.cv.sections))


def heading_of(profile: Profile, name: str) -> str:
    """Return the heading of a section: the owner's, or ours in the project's language."""
    own = profile.cv.headings | {section.id: section.title for section in profile.sections}
    is_short = name == "publications" and profile.cv.papers == "selected"
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
