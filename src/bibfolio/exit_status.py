"""Whether the build of a site is good: errors fail it, and warnings only where builds are strict.

An owner's first site is published with what is found told; what would be lost or misstated, as a
citation of no paper, is an error. A guest's builds end as they do without us.
"""

from __future__ import annotations

import logging

from sphinx.application import Sphinx
from sphinx.util.logging import NAMESPACE, is_suppressed_warning

from bibfolio.config import is_site

#: Warnings of others that are about a loss: of papers, cited or all of them, as
#: sphinxcontrib-bibtex (2.7) tells it, and of what a directive or role of MyST (5) would show.
_ERRORS = {("bibtex", "key_not_found"), ("bibtex", "bibfile_error")}
_ERRORS |= {("myst", name) for name in ("directive_unknown", "directive_parse", "role_unknown")}


class _ErrorHandler(logging.Handler):
    """Sets the exit status of a build when an error is logged that the owner has not silenced."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__(logging.WARNING)
        self.app = app

    def emit(self, record: logging.LogRecord) -> None:
        """Have the build fail if *record* is an error."""
        kind = (getattr(record, "type", "") or "", getattr(record, "subtype", "") or "")
        if record.levelno < logging.ERROR and kind not in _ERRORS:
            return
        if not is_suppressed_warning(*kind, self.app.config.suppress_warnings):
            self.app.statuscode = 1


def setup(app: Sphinx) -> None:
    """Watch what the build of a site logs, from now to its end."""
    if not is_site(app.config):
        return
    handler, logger = _ErrorHandler(app), logging.getLogger(NAMESPACE)
    logger.addHandler(handler)
    app.connect("build-finished", lambda *_arguments: logger.removeHandler(handler))
