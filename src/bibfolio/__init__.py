"""bibfolio: a paper is written down once, in BibTeX, and everything else follows.

A Sphinx extension and theme for the site of a scholar. The data goes one way::

    refs.bib, profile.toml ─ sources ─ model ─┬─ pages     docutils nodes: what readers see
                              lint ───────────┼─ machines  head tags, exports, feeds, twins
                                              ├─ cv        the CV as PDF, text and JSON
                                              └─ theme     what browsers and templates load

``config``         the values for ``conf.py``, and defaults for other extensions
``languages``      our words in the language of the site, and its forms of dates and lists
``library``        what one build knows: profile and papers, read once
``domain``         the ``bib`` domain: references to papers, and where each is cited
``cite_domain``    sphinxcontrib-bibtex's own domain, with entries that every style can format
``problems``       what can be wrong, and the one function that warns
``output``         addresses in the built site, and writing files into it
``sphinx_compat``  every use of something that is not public API
``commands``       the console script ``bibfolio``; ``doctor`` examines a built site
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bibfolio.version import __version__

if TYPE_CHECKING:  # `bibfolio check` starts without Sphinx, which takes a second to load
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the parts of the package, in the order of the pipeline."""
    # Imported when Sphinx asks, so that `import bibfolio` stays without it.
    from bibfolio import (  # noqa: PLC0415
        cite_domain,
        config,
        domain,
        exit_status,
        languages,
        library,
        output,
        page_language,
    )
    from bibfolio.cv import files  # noqa: PLC0415
    from bibfolio.machines import exports, feeds, head, redirects, sitemap, twins  # noqa: PLC0415
    from bibfolio.pages import (  # noqa: PLC0415
        cited_on,
        cv,
        documents,
        empty_sections,
        essays,
        figures,
        filter_form,
        mathml,
        paper_page,
        person_page,
        pictures,
        profile_sections,
        publications,
        quotes,
        reference_style,
        related,
        site_links,
        tables,
        timeline,
    )
    from bibfolio.theme import (  # noqa: PLC0415
        components,
        favicon,
        layout,
        search,
        search_index,
        side_notes,
        social_card,
    )

    # The mode of the project is known first.
    parts = [config, languages, page_language, exit_status, output, library, domain, cite_domain]
    parts += [mathml, empty_sections, figures, filter_form, publications, profile_sections]
    parts += [tables, pictures, cv, site_links, cited_on, related, timeline, essays, documents]
    parts += [paper_page, person_page]
    parts += [quotes, reference_style, exports, feeds, head, sitemap, twins, redirects, files]
    parts += [layout, components, search, search_index, side_notes, social_card, favicon]
    for part in parts:
        part.setup(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
