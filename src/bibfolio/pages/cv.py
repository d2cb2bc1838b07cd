"""The ``{cv}`` directive: the sections of a CV, as in its files."""

from __future__ import annotations

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from bibfolio.library import cv_pages, library_of
from bibfolio.model import CV_PAGE, CvOptions, Paper
from bibfolio.model.cv import Section
from bibfolio.pages.entries import paragraphs, timeline
from bibfolio.pages.nodes import as_written, free_id, section
from bibfolio.pages.profile_sections import unknown_name
from bibfolio.pages.publications import PublicationsDirective
from bibfolio.problems import WarningKind, warn


class CvDirective(SphinxDirective):
    """Draws the sections of the CV, or of the variant that it names, each below its heading."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the sections that are not empty."""
        options = self._options()
        if not options:
            return []
        if not self.arguments and self.env.docname not in cv_pages(self.env).values():
            message = f"the CV belongs on the page {CV_PAGE}, else its files are not made"
            warn(WarningKind.DIRECTIVE, message, self.get_location())
        document = library_of(self.env).cv(options)
        # Also without papers: because of the list, the page is read again when there are some.
        listed = [item.paper for part in document.sections for item in part.papers]
        papers = self._papers(listed, options)
        # Styles know a CV by its head, which the page of a variant need not have.
        head = [nodes.container(classes=["cv-head"])] if self.arguments else []
        return [*head, *(self._section(part, papers) for part in document.sections)]

    def _options(self) -> CvOptions | None:
        """Return what the CV holds; nothing if it is none that the site shows."""
        cv = library_of(self.env).profile.cv
        variants = {variant.id: variant for variant in cv.variants}
        if not self.arguments:
            return cv
        if not (variant := variants.get(self.arguments[0])):
            message = unknown_name("CV", self.arguments[0], variants or ("none",))
        elif not variant.public:
            message = f"the CV {variant.id} has public = false in the profile, so no page shows it"
        else:
            return cv.completed(variant)
        warn(WarningKind.DIRECTIVE, message, self.get_location())
        return None

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
