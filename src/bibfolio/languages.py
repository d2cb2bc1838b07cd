"""Languages: our catalogues, and what Babel knows of each (CLDR): dates, lists, direction.

Catalogues are read as translators write them (``locale/LANG/LC_MESSAGES/bibfolio.po``); nothing is
compiled, in a wheel as in a checkout.
"""

from __future__ import annotations

import datetime
import gettext
import io
import re
from collections.abc import Iterator
from copy import copy
from functools import cache
from pathlib import Path

import sphinx
from babel import Locale, UnknownLocaleError, dates
from babel.core import get_global
from babel.localedata import locale_identifiers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from sphinx import locale as catalogues
from sphinx.application import Sphinx
from sphinx.util.logging import getLogger

from bibfolio.config import is_site
from bibfolio.model import words
from bibfolio.model.forms import Forms
from bibfolio.model.strings import nearest
from bibfolio.model.words import Language
from bibfolio.problems import WarningKind, warn

logger = getLogger(__name__)
LOCALES = Path(__file__).parent / "locale"
_SPHINX = Path(sphinx.__file__).parent / "locale"


class BabelForms(Forms):
    """The forms of a locale of Babel's."""

    def __init__(self, locale: Locale) -> None:
        self._locale = locale
        self.lists = locale.list_patterns["standard"]
        self.interval = locale.interval_formats.get(None, Forms.interval)

    def month(self, first: datetime.date, *, is_short: bool = False) -> str:
        """Return the month that begins at *first*; the long form where the short is digits."""
        short = dates.format_skeleton("yMMM", first, locale=self._locale)
        if is_short and not re.fullmatch(r"[\d\W]+", short):
            return short
        return dates.format_skeleton("yMMMM", first, locale=self._locale)

    def day(self, date: datetime.date) -> str:
        """Return a day."""
        return dates.format_date(date, "long", locale=self._locale)

    def days(self, start: datetime.date, end: datetime.date) -> str:
        """Return days of one year."""
        return dates.format_interval(start, end, "yMMMMd", locale=self._locale)


def parse(tag: str) -> Locale | None:
    """Return what Babel knows of the language of a *tag*, as BCP 47 or Sphinx spell it."""
    try:
        return Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        return None


def advice(tag: str) -> str:
    """Return what may be meant by a *tag* that is no language: the nearest, or a country's."""
    country = get_global("likely_subtags").get(f"und_{tag.upper()}")
    if country and (locale := parse(country)):
        # Where a language has more than one script, the tag says which.
        script = f"-{locale.script}" if f"{locale.language}_{locale.script}" in _written() else ""
        return f"{tag} is a country; write {locale.language}{script}"
    near = nearest(tag, [name.replace("_", "-") for name in locale_identifiers()], 0.6)
    return f"did you mean {near}?" if near else "write a tag such as en, de or zh-Hans"


@cache
def _written() -> frozenset[str]:
    return frozenset(locale_identifiers())


def _names(locale: Locale) -> Iterator[str]:
    """Yield the names under which a catalogue may be, the most exact first."""
    likely = parse(get_global("likely_subtags").get(str(locale), "")) or locale
    for script in filter(None, (locale.script, likely.script)):
        yield f"{locale.language}_{script}"
    yield locale.language


def catalogue_file(locale: Locale) -> Path | None:
    """Return our catalogue of a language: that of ``de`` for ``de_AT``."""
    files = (LOCALES / name / "LC_MESSAGES" / "bibfolio.po" for name in _names(locale))
    return next((file for file in files if file.is_file()), None)


def for_sphinx(tag: str) -> str:
    """Return a *tag* as Sphinx spells it, whose catalogues are called so: ``zh_CN``."""
    locale = parse(tag)
    if not locale or (_SPHINX / tag).is_dir():
        return tag
    likely = parse(get_global("likely_subtags").get(str(locale), "")) or locale
    territory = locale.territory or likely.territory
    # Who reads Traditional Chinese in Hong Kong finds Taiwan's words, not mainland ones.
    by_script = {"Hant": "TW", "Hans": "CN"}.get(likely.script or locale.script or "", territory)
    names = (f"{locale.language}_{place}" for place in (territory, by_script))
    found = next((name for name in names if (_SPHINX / name).is_dir()), locale.language)
    return found if locale.language == "zh" or not locale.territory else tag.replace("-", "_")


@cache
def _catalogue(file: Path) -> bytes:
    """Return a catalogue in the form that gettext reads."""
    compiled = io.BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source))
    return compiled.getvalue()


def language(tag: str, owners: gettext.NullTranslations | None = None) -> Language | None:
    """Return a language if there are words of it: ours, and the *owners*', who win."""
    locale = parse(tag)
    file = catalogue_file(locale) if locale else None
    ours = gettext.GNUTranslations(io.BytesIO(_catalogue(file))) if file else None
    if not (owners or ours):
        return None
    catalogue = copy(owners) or gettext.NullTranslations()
    if ours:
        catalogue.add_fallback(ours)
    forms = BabelForms(locale) if locale and locale.language != "en" else Forms()
    return Language(tag.replace("_", "-"), catalogue, forms)


# -- Sphinx ------------------------------------------------------------------------------------


def _name_language(app: Sphinx) -> None:
    """Give Sphinx the language of a site as it spells it: ``zh_CN`` for ``zh-Hans``.

    Sphinx has looked for its words when it loads extensions; what these have of theirs follows.
    """
    tag = for_sphinx(app.config.language)
    if is_site(app.config) and tag != app.config.language:
        app.config.language = tag
        app.translator, _has_some = catalogues.init([_SPHINX], tag)


def _use_language(app: Sphinx) -> None:
    """Have our words translated by our catalogue of the project's language, and by the owner's."""
    tag = app.config.language
    owners, has_some = catalogues.init([], tag, "bibfolio")
    spoken = language(tag, owners if has_some else None)
    words.use(spoken or words.Language(), language)
    known = parse(tag)
    if not spoken and not known and is_site(app.config):
        message = f"language = {tag!r} is no language; {advice(tag)}"
        warn(WarningKind.LANGUAGE, message, "conf.py:1")
    elif not spoken and known and known.language != "en" and is_site(app.config):
        logger.info(
            "bibfolio has no words in %s, so its own are English; docs/how-to/language says how to"
            " add them",
            known.english_name,
        )


def setup(app: Sphinx) -> None:
    """Name the language as Sphinx does, and speak it before anything is read."""
    _name_language(app)
    app.connect("builder-inited", _use_language, priority=50)
