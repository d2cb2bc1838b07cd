"""Which pages are read again because papers have changed: those that show what is other now.

sphinxcontrib-bibtex (2.7) reads every page with a list again when a file of the bibliography has
changed, and leaves old labels and tooltips on pages that cite.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from bibfolio.domain import paper_domain
from bibfolio.library import library_of, list_page, pages_with_lists
from bibfolio.model import PAPERS
from bibfolio.pages.style import NAME

#: Those of sphinxcontrib-bibtex: they show authors, year and label.
_REFERENCE_STYLES = {"author_year", "label", "super"}


def _outdated(app: Sphinx, env: BuildEnvironment, *_documents: object) -> Iterable[str]:
    """``env-get-outdated``: pages of changed papers, and pages that list or cite them."""
    folio, cite = library_of(env), env.get_domain("cite").data
    shown = folio.changed_in_lists if _show_cards_alone(app.config, cite) else folio.changed
    pages = {f"{PAPERS}/{key}" for key in folio.changed}
    if folio.changed:  # whatever the times of files say
        files = set(map(str, cite["bibdata"].bibfiles))
        pages |= {page for page in env.dependencies if _depends(env, page, files)}
    if shown or not folio.is_in_order:
        pages |= {*pages_with_lists(env), list_page(env)}
    pages |= paper_domain(env).pages_referring_to(shown)
    for reference in cite["citation_refs"]:
        if any(target.key in shown for target in reference.targets):
            pages.add(reference.docname)
    return sorted(pages)


def _show_cards_alone(config: Config, cite: Mapping[str, Any]) -> bool:
    """Whether citations and tooltips show nothing of a paper that is not on its card."""
    styles = {bibliography.style for bibliography in cite["bibliographies"].values()}
    return (
        styles <= {NAME}
        and not config.bibtex_tooltips_style
        and config.bibtex_reference_style in _REFERENCE_STYLES
    )


def _depends(env: BuildEnvironment, page: str, files: set[str]) -> bool:
    """Whether a page may show whatever one of these *files* says."""
    return not files.isdisjoint(map(str, env.dependencies[page]))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the handler."""
    app.connect("env-get-outdated", _outdated)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
