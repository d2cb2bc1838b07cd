"""Words of ours in the language of the project, translated in one place.

All that readers of a site see goes through :func:`_`, :func:`counted` or :func:`pieces`, and is
English until :func:`use` has named a catalogue. What programs read (RIS, CSL-JSON, JSON-LD, tags in
the head, identifiers), warnings and what commands print stay English. A message is a whole phrase
with named places, ``edited by {people}``, so that translators can put them in another order; the
values of such tables as :data:`bibfolio.model.KINDS` are messages as well.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Sequence
from typing import Any


class _Installed:
    catalogue = gettext.NullTranslations()


def use(catalogue: gettext.NullTranslations) -> None:
    """Translate by *catalogue* from now on; an empty one leaves everything in English."""
    _Installed.catalogue = catalogue


def _(message: str, /, **values: object) -> str:
    """Return *message* in the language in use, with *values* in the places of these names."""
    return "".join(map(str, pieces(message, **values)))


def counted(singular: str, plural: str, count: int) -> str:
    """Return the message for so many things, whose ``{count}`` is *count*."""
    return _Installed.catalogue.ngettext(singular, plural, count).replace("{count}", str(count))


def enumerated(items: Sequence[Any]) -> list[Any]:
    """Return *items* and what joins them: ``a``, ``a and b``, ``a, b and c``."""
    if len(items) < 2:
        return [*items]
    first = [part for item in items[:-1] for part in (", ", item)][1:]
    parts = pieces("{items} and {last}", items=first, last=[items[-1]])
    return [part for piece in parts for part in ([piece] if isinstance(piece, str) else piece)]


def pieces(message: str, /, **values: Any) -> list[Any]:
    """Return the text of a message and, between its parts, the *values* that go there.

    A place without a value stays as it is written: a mistake in a translation breaks nothing.
    """
    # To nothing, a catalogue answers with what it says of itself.
    parts = re.split(r"\{(\w+)\}", _Installed.catalogue.gettext(message) if message else "")
    return [values.get(p, f"{{{p}}}") if at % 2 else p for at, p in enumerate(parts) if p]
