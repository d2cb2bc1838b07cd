"""Translates the words of the package into the language of the project.

Every word of ours that readers of a site see goes through :func:`_`, :func:`counted` or
:func:`pieces`; it is English until :func:`use` has set a catalogue. What programs read (RIS,
CSL-JSON, JSON-LD, tags in the head, identifiers), warnings and the output of commands stay English.
A message is a whole phrase with named places, ``edited by {people}``, whose order translators can
change. The values of tables such as :data:`bibfolio.model.KINDS` are messages as well.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Sequence
from typing import Any


class _Installed:
    catalogue = gettext.NullTranslations()


def use(catalogue: gettext.NullTranslations) -> None:
    """Translate with *catalogue* from now on; an empty one leaves everything in English."""
    _Installed.catalogue = catalogue


def _(message: str, /, **values: object) -> str:
    """Return *message*, translated, with each of *values* in the place of its name."""
    return "".join(map(str, pieces(message, **values)))


def counted(singular: str, plural: str, count: int) -> str:
    """Return the message for *count* things, with the number in the place ``{count}``."""
    return _Installed.catalogue.ngettext(singular, plural, count).replace("{count}", str(count))


def enumerated(items: Sequence[Any]) -> list[Any]:
    """Return *items* and what joins them: ``a``, ``a and b``, ``a, b and c``."""
    if len(items) < 2:
        return [*items]
    first = [part for item in items[:-1] for part in (", ", item)][1:]
    parts = pieces("{items} and {last}", items=first, last=[items[-1]])
    return [part for piece in parts for part in ([piece] if isinstance(piece, str) else piece)]


def pieces(message: str, /, **values: Any) -> list[Any]:
    """Return a message, translated, in pieces: its text, and the *values* in their places.

    A place without a value stays as it is written, so that no mistake in a translation ends a
    build.
    """
    # For an empty message, a catalogue returns its own metadata.
    parts = re.split(r"\{(\w+)\}", _Installed.catalogue.gettext(message) if message else "")
    return [values.get(p, f"{{{p}}}") if at % 2 else p for at, p in enumerate(parts) if p]
