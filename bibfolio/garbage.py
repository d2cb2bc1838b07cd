"""Has Python look for garbage among what a build may have left, not among all it has.

Document trees are full of cycles, so the garbage collector has to run; but it looks at everything
that has been made since the interpreter has started, again and again, though modules, papers and
the environment stay until the end. For a thousand papers that is a sixth of a build.
"""

from __future__ import annotations

import gc
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

#: Objects made between two looks at the youngest: a page is some thousand nodes and strings.
_BETWEEN = 10_000


class _Collector:
    """The collector while a build goes on."""

    def __init__(self) -> None:
        self._threshold = gc.get_threshold()

    def relax(self, *_given: Any) -> None:
        """``builder-inited``, ``write-started``: what there is by now stays, by and large."""
        gc.set_threshold(_BETWEEN, *self._threshold[1:])
        gc.freeze()

    def restore(self, *_given: Any) -> None:
        """``build-finished``: look as often as before."""
        gc.set_threshold(*self._threshold)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect: before the papers are read, after that, and when the pages have been read."""
    # What the last build has left is looked through now, and not at its end: mostly, that is the
    # end of the program, where it would take as long as fifty pages.
    gc.unfreeze()
    collector = _Collector()
    app.connect("builder-inited", collector.relax, priority=0)
    app.connect("builder-inited", collector.relax, priority=999)
    app.connect("write-started", collector.relax, priority=999)
    app.connect("build-finished", collector.restore, priority=999)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
