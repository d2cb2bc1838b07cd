"""The CV: what stands in it, and in which order; all its files are made of this.

The PDF, the plain text and the JSON Resume differ in what they can draw, not in what they say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bibfolio.model.paper import Paper, by_kind
from bibfolio.model.profile import CvOptions, CvSection, Headings, Profile
from bibfolio.model.record import same_as
from bibfolio.model.wording import (
    Entry,
    Phrase,
    Sentence,
    award,
    course,
    degree,
    interests,
    position,
)
from bibfolio.model.words import _

#: The page whose presence makes a site have the files.
CV_PAGE = "cv"
#: What each of them is, in English → its path below the site's root and its media type.
CV_FILES = {
    "PDF": ("cv.pdf", "application/pdf"),
    "plain text": ("cv.txt", "text/plain"),
    "JSON Resume": ("cv.json", "application/json"),
}
CV_TITLE = "Curriculum vitae"


@dataclass(frozen=True, slots=True)
class CvPaper:
    """A paper with the absolute addresses by which it is found."""

    paper: Paper
    #: The best one: DOI, publisher, arXiv, or its page on this site.
    url: str = ""
    #: What else can be opened, such as the code; the DOI is called by its number.
    links: Sentence = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it: sentences, a list, or papers under their headings."""

    name: CvSection
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
    """A whole CV; sections without content are not in it."""

    profile: Profile
    sections: tuple[Section, ...] = ()


def cv_document(
    profile: Profile,
    papers: Iterable[Paper],
    page_url: Callable[[Paper], str],
    file_url: Callable[[str], str],
) -> CvDocument:
    """Return the CV that ``[cv]`` in the profile describes.

    Args:
        profile: the person; sections of which nothing is known are left out.
        papers: those of the site, in the order of lists.
        page_url: gives the absolute address of a paper's page, or nothing if the site has none.
        file_url: the same for a file of this site, by its path.
    """
    options = profile.cv
    shown = [paper for paper in papers if options.papers == "all" or paper.selected]
    headings = {name: _heading(name, options) for name in options.sections}
    groups = tuple(
        (_(label), tuple(_cv_paper(paper, page_url, file_url) for paper in group))
        for label, group in by_kind(shown)
    )
    entries: dict[CvSection, tuple[Entry, ...]] = {
        "education": tuple(map(degree, profile.education)),
        "positions": tuple(map(position, profile.positions)),
        "teaching": tuple(map(course, profile.teaching)),
        "awards": tuple(map(award, profile.awards)),
    }
    sections = (
        Section(
            name,
            heading,
            sentences=interests(profile) if name == "interests" else (),
            entries=entries.get(name, ()),
            groups=groups if name == "publications" else (),
        )
        for name, heading in headings.items()
    )
    return CvDocument(profile, tuple(s for s in sections if s.sentences or s.entries or s.groups))


def _heading(name: CvSection, options: CvOptions) -> str:
    heading: str = getattr(options.headings, name)
    if heading != getattr(Headings(), name):
        return heading
    is_short = name == "publications" and options.papers == "selected"
    return _("Selected publications" if is_short else heading)


def _cv_paper(
    paper: Paper, page_url: Callable[[Paper], str], file_url: Callable[[str], str]
) -> CvPaper:
    best = next(iter(same_as(paper)), "") or page_url(paper)
    links: list[Phrase] = []
    for link in paper.links:
        url = file_url(link.url) if link.is_local else link.url
        if link.kind == "doi":
            links.insert(0, Phrase(f"doi:{paper.doi}", url))
        elif url and url != best:
            links.append(Phrase(link.label, url))
    return CvPaper(paper, best, tuple(links))
