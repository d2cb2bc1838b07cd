"""Translates the words of the package into the language of a page.

Every word of ours that readers of a site see goes through :func:`_`, :func:`counted` or
:func:`pieces`; it is English until :func:`use` has set a language. What programs read (RIS,
CSL-JSON, JSON-LD, tags in the head, identifiers), warnings and the output of commands stay English.
A message is a whole phrase with named places, ``edited by {people}``, whose order translators can
change. The values of tables such as :data:`bibfolio.model.KINDS` are messages as well.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from bibfolio.model.forms import Forms


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its words, and its forms of dates and lists."""

    #: BCP 47, as ``lang`` of HTML has it.
    tag: str = "en"
    catalogue: gettext.NullTranslations = field(default_factory=gettext.NullTranslations)
    forms: Forms = field(default_factory=Forms)


_english = Language()
_spoken: ContextVar[Language] = ContextVar("language", default=_english)
#: Finds another language by its tag; none if there are no words of it.
_find: ContextVar[Callable[[str], Language | None]] = ContextVar("find", default=lambda _tag: None)


def use(
    language: Language = _english, find: Callable[[str], Language | None] = lambda _tag: None
) -> None:
    """Speak a *language* from now on; *find* returns others, for parts in another language."""
    _spoken.set(language)
    _find.set(find)


def speak(tag: str) -> None:
    """Speak the language of this *tag* from now on; without words of it, English ones."""
    _spoken.set(_find.get()(tag) or Language(tag))


def spoken() -> Language:
    """Return the language that is spoken now."""
    return _spoken.get()


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Speak the language of this *tag* meanwhile, if there are words of it."""
    token = _spoken.set(_find.get()(tag) or spoken()) if tag else None
    try:
        yield
    finally:
        if token:
            _spoken.reset(token)


def _(message: str, /, **values: object) -> str:
    """Return *message*, translated, with each of *values* in the place of its name."""
    return "".join(map(str, pieces(message, **values)))


def counted(singular: str, plural: str, count: int) -> str:
    """Return the message for *count* things, with the number in the place ``{count}``."""
    found = spoken().catalogue.ngettext(singular, plural, count)
    return found.replace("{count}", str(count))


def enumerated(items: Sequence[Any]) -> list[Any]:
    """Return *items* and what joins them: ``a``, ``a and b``, ``a, b and c``."""
    patterns = spoken().forms.lists
    if len(items) < 3:
        return _joined(patterns["2"], [items[0]], items[1]) if len(items) == 2 else [*items]
    result = [items[-1]]
    for place, item in enumerate(reversed(items[:-1])):
        name = "start" if place == len(items) - 2 else "middle" if place else "end"
        result = _joined(patterns[name], [item], *result)
    return result


def _joined(pattern: str, first: list[Any], *rest: Any) -> list[Any]:
    """Return what stands in the places ``{0}`` and ``{1}`` of a pattern, and the text around."""
    values: dict[str, Sequence[Any]] = {"{0}": first, "{1}": rest}
    parts = [part for part in re.split(r"(\{[01]\})", pattern) if part]
    return [one for part in parts for one in values.get(part, [part])]


def pieces(message: str, /, **values: Any) -> list[Any]:
    """Return a message, translated, in pieces: its text, and the *values* in their places.

    A place without a value stays as it is written, so that no mistake in a translation ends a
    build.
    """
    # For an empty message, a catalogue returns its own metadata.
    parts = re.split(r"\{(\w+)\}", spoken().catalogue.gettext(message) if message else "")
    return [values.get(p, f"{{{p}}}") if at % 2 else p for at, p in enumerate(parts) if p]
