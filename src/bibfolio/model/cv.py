"""The CV: what stands in it, and in which order; all its files are made of this.

The PDF, the plain text and the JSON Resume differ in what they can draw, not in what they say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bibfolio.model.lines import interests
from bibfolio.model.paper import Paper, by_kind
from bibfolio.model.profile import Profile
from bibfolio.model.record import same_as
from bibfolio.model.sentence import Entry, Phrase, Sentence
from bibfolio.model.tables import CV_SECTIONS, TABLES, items_of, line_of
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

    #: Of a table of the profile, or the owner's own identifier.
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
    """A whole CV; sections without content are not in it."""

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
        profile: the person, with the names of papers; sections of which nothing is known are left
            out.
        papers: those of the site, in the order of lists.
        page_url: gives the absolute address of a page, or nothing if the site has none. Without it,
            phrases lead to pages, as pages want it.
        file_url: gives the address of a file of this site, by its path, or nothing.
    """
    shown = [paper for paper in papers if profile.cv.papers == "all" or paper.selected]
    groups = tuple(
        (_(label), tuple(_cv_paper(paper, page_url, file_url) for paper in group))
        for label, group in by_kind(shown)
    )

    def addressed(sentence: Sentence) -> Sentence:
        return tuple(
            replace(phrase, url=page_url(phrase.page), key="", page="")
            if page_url and phrase.page
            else replace(phrase, url=file_url(phrase.url) if phrase.is_local else phrase.url)
            for phrase in sentence
        )

    def entry(name: str, item: object) -> Entry:
        line = line_of(name, item)
        # What leads nowhere says nothing, but for a paper.
        links = [link for link in line.links if link.page or addressed((link,))[0].url]
        return replace(
            line,
            headline=addressed(line.headline),
            parts=tuple((sign, addressed(words)) for sign, words in line.parts),
            links=addressed(tuple(links)),
        )

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
    return CvDocument(profile, tuple(s for s in sections if s.sentences or s.entries or s.groups))


def sections_of(profile: Profile) -> tuple[str, ...]:
    """Return the sections that are to be in the CV, also those of which nothing is known."""
    ours = (name for name in CV_SECTIONS if name not in TABLES or TABLES[name].is_in_cv)
    every = (*ours, *(section.id for section in profile.sections))
    return tuple(dict.fromkeys(every if profile.cv.sections is None else profile.cv.sections))


def heading_of(profile: Profile, name: str) -> str:
    """Return what stands above a section: the owner's words, or ours in the project's language."""
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
