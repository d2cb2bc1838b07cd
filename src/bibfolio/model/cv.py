"""The CV: what stands in it, and in which order; all its files are made of this.

The PDF, the plain text and the JSON Resume differ in what they can draw, not in what they say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bibfolio.model.lines import entries_of, interests
from bibfolio.model.paper import Paper, by_kind
from bibfolio.model.profile import CV_SECTIONS, Headings, Profile
from bibfolio.model.record import same_as
from bibfolio.model.sentence import Entry, Phrase, Sentence, every_sentence, with_papers
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

    #: Whose sentences have the words and addresses of the papers that they name.
    profile: Profile
    sections: tuple[Section, ...] = ()


def cv_document(
    profile: Profile,
    papers: Iterable[Paper],
    page_url: Callable[[Paper], str] | None = None,
    file_url: Callable[[str], str] = lambda path: path,
) -> CvDocument:
    """Return the CV that ``[cv]`` in the profile describes.

    Args:
        profile: the person; sections of which nothing is known are left out.
        papers: those of the site, in the order of lists.
        page_url: gives the absolute address of a paper's page, or nothing if the site has none.
            Without it, papers are named by their keys, as pages want it.
        file_url: gives the address of a file of this site, by its path, or nothing.
    """
    options, every = profile.cv, tuple(papers)
    shown = [paper for paper in every if options.papers == "all" or paper.selected]
    groups = tuple(
        (_(label), tuple(_cv_paper(paper, page_url, file_url) for paper in group))
        for label, group in by_kind(shown)
    )
    by_key = {paper.key: paper for paper in every}

    def found(sentence: Sentence) -> Sentence:
        return with_papers(sentence, by_key, page_url)

    def links(sentence: Sentence) -> Sentence:
        """Return what can be followed from anywhere, and papers also if they cannot."""
        known = [phrase for phrase in sentence if not phrase.key or phrase.key in by_key]
        named = [
            replace(phrase, url=file_url(phrase.url)) if phrase.is_local else phrase
            for phrase in known
        ]
        return found(tuple(phrase for phrase in named if phrase.url or phrase.key))

    profile = every_sentence(profile, found)
    sections = (
        Section(
            name,
            heading_of(profile, name),
            sentences=interests(profile) if name == "interests" else (),
            entries=tuple(
                replace(one, links=links(one.links)) for one in entries_of(profile, name)
            ),
            groups=groups if name == "publications" else (),
        )
        for name in sections_of(profile)
    )
    return CvDocument(profile, tuple(s for s in sections if s.sentences or s.entries or s.groups))


def sections_of(profile: Profile) -> tuple[str, ...]:
    """Return the sections that are to be in the CV, also those of which nothing is known."""
    own = (section.id for section in profile.sections)
    every = (*(name for name in CV_SECTIONS if name != "news"), *own)
    return tuple(dict.fromkeys(every if profile.cv.sections is None else profile.cv.sections))


def heading_of(profile: Profile, name: str) -> str:
    """Return what stands above a section: the owner's words, or ours in the project's language."""
    if name not in CV_SECTIONS:
        return next(section.title for section in profile.sections if section.id == name)
    heading: str = getattr(profile.cv.headings, name)
    if heading != getattr(Headings(), name):
        return heading
    is_short = name == "publications" and profile.cv.papers == "selected"
    return _("Selected publications" if is_short else heading)


def _cv_paper(
    paper: Paper, page_url: Callable[[Paper], str] | None, file_url: Callable[[str], str]
) -> CvPaper:
    best = next(iter(same_as(paper)), "") or (page_url(paper) if page_url else "")
    links: list[Phrase] = []
    for link in paper.links:
        url = file_url(link.url) if link.is_local else link.url
        if link.kind == "doi":
            links.insert(0, Phrase(f"doi:{paper.doi}", url))
        elif url and url != best:
            links.append(Phrase(link.label, url))
    return CvPaper(paper, best, tuple(links))
