"""The ``{cv}`` directive: the sections that ``[cv]`` names, as in the files of the CV."""

from __future__ import annotations

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from bibfolio.library import cv_pages, library_of
from bibfolio.model import CV_PAGE, CvOptions, Paper, cv_document
from bibfolio.model.cv import Section
from bibfolio.pages.entries import paragraphs, timeline
from bibfolio.pages.nodes import as_written, free_id, section
from bibfolio.pages.publications import PublicationsDirective
from bibfolio.problems import WarningKind, warn


class CvDirective(SphinxDirective):
    """Draws the sections of the CV, each below its heading."""

    def run(self) -> list[nodes.Node]:
        """Return the sections that are not empty."""
        if self.env.docname not in cv_pages(self.env).values():
            message = f"the CV belongs on the page {CV_PAGE}, else its files are not made"
            warn(WarningKind.DIRECTIVE, message, self.get_location())
        library = library_of(self.env)
        document = cv_document(library.profile, library.papers)
        # Also without papers: because of the list, the page is read again when there are some.
        papers = self._papers(
            [item.paper for s in document.sections for item in s.papers], library.profile.cv
        )
        return [self._section(part, papers) for part in document.sections]

    def _section(self, part: Section, papers: list[nodes.Node]) -> nodes.section:
        taken = {"", *self.state.document.ids}
        ids = (nodes.make_id(part.heading), part.name, free_id(self, "cv", part.name))
        id_ = next(candidate for candidate in ids if candidate not in taken)
        content = [*paragraphs(part.sentences), *timeline(part.entries)]
        listed = papers if part.name == "publications" else []
        return section(self, id_, part.heading, *as_written(*content), *listed)

    def _papers(self, papers: list[Paper], cv: CvOptions) -> list[nodes.Node]:
        directive = _PapersOfCv(
            name="publications",
            arguments=[],
            options={
                "group": "type",
                "kinds": ",".join(cv.kinds),
                "mirror": None,
                "numbered": cv.numbered,
            },
            content=StringList(),
            lineno=self.lineno,
            content_offset=self.content_offset,
            block_text="",
            state=self.state,
            state_machine=self.state_machine,
        )
        directive.papers = papers
        return directive.run()


class _PapersOfCv(PublicationsDirective):
    """A list of the papers in the CV."""

    is_cv = True
    papers: list[Paper]

    def selected(self) -> list[Paper]:
        """Return the papers in the CV."""
        return self.papers


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("cv", CvDirective)
