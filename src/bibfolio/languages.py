"""Languages: our catalogues, and what Babel knows of each (CLDR): dates, lists, direction.

Catalogues are read as translators write them (``locale/LANG/LC_MESSAGES/bibfolio.po``); nothing is
compiled, in a wheel as in a checkout.
"""

from __future__ import annotations

import datetime
import gettext
import io
import re
from collections.abc import Iterable, Iterator
from copy import copy
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import sphinx
from babel import Locale, UnknownLocaleError, dates
from babel.core import get_global, parse_locale
from babel.localedata import locale_identifiers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from sphinx import locale as catalogues
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.logging import getLogger

from bibfolio.config import is_site, set_defaults, trees_of
from bibfolio.model import words
from bibfolio.model.fonts import families
from bibfolio.model.forms import Forms
from bibfolio.model.strings import capitalized, nearest
from bibfolio.model.words import Language, _
from bibfolio.problems import WarningKind, warn
from bibfolio.sources.fields import COUNTRIES
from bibfolio.sphinx_compat import is_set

logger = getLogger(__name__)
LOCALES = Path(__file__).parent / "locale"
#: Sphinx's own catalogues.
SPHINX = Path(sphinx.__file__).parent / "locale"
#: What Sphinx, as the C library, spells behind ``@`` → subtag of BCP 47.
_MODIFIERS = {"latin": "Latn", "cyrillic": "Cyrl", "devanagari": "Deva"}


class BabelForms(Forms):
    """The forms of a locale of Babel's."""

    is_english = False

    def __init__(self, locale: Locale) -> None:
        self._locale = locale
        self.lists = locale.list_patterns["standard"]
        self.interval = locale.interval_formats.get(None, Forms.interval)

    def language(self, code: str, written: str) -> str:
        """Return the name of a language, without its country: ``allemand``."""
        known = parse(code)
        return str(self._locale.languages.get(known.language, written)) if known else written

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


class _Countries(gettext.NullTranslations):
    """Babel's names of the countries that an entry can name by a key."""

    def __init__(self, locale: Locale) -> None:
        super().__init__()
        is_english = locale.language == "en"  # which has "United States", and ours stay
        codes = {} if is_english else {name: code for code, name in COUNTRIES.items()}
        names = locale.territories
        self._names = {name: str(names.get(code, name)) for name, code in codes.items()}

    def gettext(self, message: str) -> str:
        """Return the name of a country, or the message itself."""
        return self._names.get(message, message)


def parse(tag: str) -> Locale | None:
    """Return what Babel knows of the language of a *tag*, as BCP 47 or Sphinx spell it."""
    try:
        return Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        return None


def html_tag(tag: str) -> str:
    """Return a *tag* of BCP 47 or Sphinx as HTML has it: ``zh-CN``, ``sr-Latn``."""
    name, _sign, modifier = tag.partition(".")[0].replace("_", "-").partition("@")
    language, *region = name.split("-", 1)
    if modifier in _MODIFIERS:
        return "-".join((language, _MODIFIERS[modifier], *region))
    return f"{name}-{modifier}" if modifier else name


def own_name(tag: str, tags: Iterable[str]) -> str:
    """Return what a language calls itself; its script or country too, if others of *tags* do so."""
    locale = parse(tag)
    if not locale:
        return tag
    same = [one for one in tags if (other := parse(one)) and other.language == locale.language]
    name = locale.get_display_name(locale) if len(same) > 1 else locale.get_language_name(locale)
    return capitalized(name or tag)


def script(tag: str) -> str:
    """Return the script in which a language is most likely written: ``Arab``; else nothing."""
    locale = parse(html_tag(tag))
    return _script(locale) if locale else ""


def direction(tag: str) -> str:
    """Return the direction of a language as ``dir`` of HTML has it: ``ltr`` or ``rtl``."""
    locale = parse(html_tag(tag))
    return locale.text_direction if locale else "ltr"


def typography(tag: str, text: str) -> dict[str, Any]:
    """Return what Typst has to know to set *text*, which is in a language."""
    language, *parts = html_tag(tag).split("-")
    region = next((part for part in parts if re.fullmatch("[A-Za-z]{2}", part)), None)
    written_in = script(tag)
    return {
        "lang": language if re.fullmatch("[a-z]{2,3}", language) else "en",
        # It knows Taiwan's forms of punctuation by the country.
        "region": "TW" if written_in == "Hant" and not region else region,
        "dir": direction(tag),
        "fonts": families(text, written_in),
    }


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


def _likely(locale: Locale) -> Locale:
    """Return a language with its most likely script and country."""
    return parse(get_global("likely_subtags").get(str(locale), "")) or locale


def _script(locale: Locale) -> str:
    likely = get_global("likely_subtags")
    found = likely.get(str(locale)) or likely.get(locale.language)
    # Babel's locales have the script only where a language has several.
    return locale.script or (parse_locale(found)[2] if found else None) or ""


def _names(locale: Locale) -> Iterator[str]:
    """Yield the names under which a catalogue may be, the most exact first."""
    for script in filter(None, (locale.script, _likely(locale).script)):
        yield f"{locale.language}_{script}"
    yield locale.language


def catalogue_file(locale: Locale) -> Path | None:
    """Return our catalogue of a language: that of ``de`` for ``de_AT``."""
    files = (LOCALES / name / "LC_MESSAGES" / "bibfolio.po" for name in _names(locale))
    return next((file for file in files if file.is_file()), None)


def for_sphinx(tag: str) -> str:
    """Return a *tag* as Sphinx spells it, whose catalogues are called so: ``zh_CN``."""
    locale = parse(tag)
    if not locale or (SPHINX / tag).is_dir():
        return tag
    likely = _likely(locale)
    territory = locale.territory or likely.territory
    # Who reads Traditional Chinese in Hong Kong finds Taiwan's words, not mainland ones.
    by_script = {"Hant": "TW", "Hans": "CN"}.get(likely.script or locale.script or "", territory)
    names = (f"{locale.language}_{place}" for place in (territory, by_script))
    found = next((name for name in names if (SPHINX / name).is_dir()), locale.language)
    return found if locale.language == "zh" or not locale.territory else tag.replace("-", "_")


@cache
def _catalogue(file: Path) -> bytes:
    """Return a catalogue in the form that gettext reads."""
    compiled = io.BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source))
    return compiled.getvalue()


@cache
def language(tag: str, owners: gettext.NullTranslations | None = None) -> Language | None:
    """Return a language if there are words of it: ours, and the *owners*', who win."""
    locale = parse(tag)
    file = catalogue_file(locale) if locale else None
    ours = gettext.GNUTranslations(io.BytesIO(_catalogue(file))) if file else None
    is_english = locale is not None and locale.language == "en"
    if not (owners or ours or is_english):
        return None
    catalogue = copy(owners) or gettext.NullTranslations()
    if ours:
        catalogue.add_fallback(ours)
    if locale:
        catalogue.add_fallback(_Countries(locale))
    forms = BabelForms(locale) if locale and not is_english else Forms()
    return Language(html_tag(tag), catalogue, forms)


# -- Sphinx ------------------------------------------------------------------------------------


def _name_language(app: Sphinx) -> None:
    """Give Sphinx the language of a site as it spells it: ``zh_CN`` for ``zh-Hans``.

    Sphinx has looked for its words when it loads extensions; what these have of theirs follows.
    """
    if not is_site(app.config):
        return
    chosen, tag = app.config.language, for_sphinx(trees_of(app.config)[0].tag)
    if tag == chosen:
        return
    if is_set(app.config, "language") and tag != for_sphinx(chosen):
        logger.info(
            "language = %r, which a host may have set, does not count: bibfolio_languages begins"
            " with %r",
            chosen,
            trees_of(app.config)[0].tag,
        )
        catalogues.translators.pop(("general", "sphinx"), None)
    app.config.language = tag
    app.translator, _has_some = catalogues.init([SPHINX], tag)


def _use_language(app: Sphinx) -> None:
    """Have our words translated by our catalogues of the site's languages, and by the owner's."""
    trees = trees_of(app.config)
    if app.config.bibfolio_languages and not is_site(app.config):
        warn(WarningKind.LANGUAGE, "bibfolio_languages is for sites; this is a guest", "conf.py:1")
    known = {}
    for tree in trees:
        own = [] if tree == trees[0] else [Path(app.confdir, d) for d in app.config.locale_dirs]
        namespace = "general" if tree == trees[0] else f"bibfolio-{tree.tag}"
        found, has_some = catalogues.init(own, for_sphinx(tree.tag), "bibfolio", namespace)
        spoken = language(tree.tag, found if has_some else None)
        if is_site(app.config) and not spoken:
            _tell(tree.tag)
        known[tree.tag] = spoken or Language(html_tag(tree.tag))
    words.use(known[trees[0].tag], lambda tag: known.get(tag) or language(tag))
    if words.spoken().tag.partition("-")[0] != "en" and is_site(app.config):
        _say_what_is_lost(app.config)


def _tell(tag: str) -> None:
    """Tell of a language that has no words of ours, unless they are English as they are."""
    known = parse(tag)
    if not known:
        message = f"{tag!r} is no language; {advice(tag)}"
        warn(WarningKind.LANGUAGE, message, "conf.py:1")
    elif known.language != "en":
        logger.info(
            "bibfolio has no words in %s, so its own are English; docs/how-to/language says how to"
            " add them",
            known.english_name,
        )


def _say_what_is_lost(config: Config) -> None:
    """Have sphinx-notfound-page speak the language, unless the owner has other words for it."""
    title, text = _("Page not found"), _("There is no page at this address.")
    body = f"<h1>{escape(title)}</h1>\n<p>{escape(text)}</p>\n"
    set_defaults(config, notfound_context={"title": title, "body": body})


def setup(app: Sphinx) -> None:
    """Name the language as Sphinx does, and speak it before anything is read."""
    _name_language(app)
    app.connect("builder-inited", _use_language, priority=50)
