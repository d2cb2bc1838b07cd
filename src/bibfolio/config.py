"""Values for ``conf.py``: the package's own, its two modes, and defaults for other extensions.

In *site* mode the project is a scholar's site: the package loads what that needs and makes a page
for every paper. In *guest* mode the project has its own bibliography already: the package loads and
sets nothing, and offers its directives and roles.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

from bibfolio.mode import MODES, THEME, is_site_mode
from bibfolio.model.colours import Palette, accent_mistake, with_accent
from bibfolio.model.dates import PartialDate
from bibfolio.model.strings import nearest
from bibfolio.model.trees import TAKEN_FOLDERS, Tree, mistake, trees
from bibfolio.problems import UNREAD, Problem, WarningKind, stop, warn
from bibfolio.sphinx_compat import is_set, written

#: The name of the package's style for references.
STYLE = "bibfolio"
#: The page at an old address, which leads on.
REDIRECT = str(Path(__file__).parent / "theme" / "redirect.html")
#: Type of a default → the types that a value may have; else it is a text.
_TYPES: dict[type, tuple[type, ...]] = {
    type(None): (bool, type(None)),
    tuple: (list, tuple, dict),
}


def _check_path(value: str) -> str:
    """Return what is wrong with a path that has to lie below the folder of ``conf.py``."""
    path = PurePosixPath(value)
    is_inside = path.parts and not path.is_absolute() and ".." not in path.parts
    return "" if is_inside else "must be a path inside the site"


def _check_folder(value: str) -> str:
    """Return what is wrong with the folder of the owner's files."""
    parts = PurePosixPath(value).parts
    if not parts or parts[0] in TAKEN_FOLDERS:
        return "must be a folder of its own"
    return _check_path(value)


def _check_date(value: str) -> str:
    """Return what is wrong with a date, which may be missing."""
    try:
        PartialDate.parse(value or "2026")
    except ValueError:
        return "must be a date such as 2026-12-01"
    return ""


def _one_of(*names: str) -> Callable[[str], str]:
    """Return a check for one of these *names*."""
    return lambda value: "" if value in names else f"must be one of {', '.join(names)}"


def _value(default: Any, help_: str, check: Callable[[Any], str] | None = None) -> Any:
    return field(default=default, metadata={"help": help_, "check": check})


@dataclass(frozen=True)
class Settings:
    """The package's own values: the field ``x`` is the configuration value ``bibfolio_x``."""

    mode: str = _value(
        "auto",
        "`site`, `guest` or `auto`. With `auto`, a project is a `site` if `html_theme` is "
        "`bibfolio`, or if `sphinxcontrib.bibtex` is not among the `extensions`.",
        _one_of(*MODES),
    )
    profile: str = _value(
        "profile.toml",
        "The file about you, relative to `conf.py`. It may be missing.",
        _check_path,
    )
    files: str = _value(
        "files",
        "The folder of PDFs and slides. The site serves it under its own name.",
        _check_folder,
    )
    lint: str = _value(
        "check",
        "Who tells you about matters of style in the bibliography: with `check`, only `bibfolio "
        "check`; with `build`, builds as well.",
        _one_of("check", "build"),
    )
    today: str = _value(
        "",
        "The date of today, for lists of talks: talks that end on or after it are shown as "
        "upcoming. Without a date, none is: a build never asks the clock. On the command line: "
        "`-D bibfolio_today=2026-12-01`.",
        _check_date,
    )
    accent: str = _value(
        "",
        "The colour of links and of the first topic, as `#rrggbb`: in pages, drawings, previews "
        "and `cv.pdf`. bibfolio makes the tone for dark mode from it. Unset: `#8c1d2f`.",
    )
    languages: Sequence[str] | Mapping[str, str] = _value(
        (),
        'The languages of the site, if it has several, the default first: `["en", "zh-Hans"]`. To '
        'choose the folders, write a dictionary: `{"en": "", "zh-Hans": "cn"}`.',
        mistake,
    )
    paper_pages: bool | None = _value(
        None,
        "Whether every paper gets a page: `True` or `False`. Unset: yes in a site, no for a guest.",
    )


def settings_of(config: Config) -> Settings:
    """Return the values in force.

    Raises:
        ConfigError: A value has the wrong type or fails its check.
    """
    values = {}
    for item in fields(Settings):
        name = f"bibfolio_{item.name}"
        value = config[name]
        if isinstance(item.default, str) and not isinstance(value, str):
            raise ConfigError(f"{name} must be a text, not {value!r}")
        check: Callable[[Any], str] | None = item.metadata["check"]
        if check and (error := check(value)):
            raise ConfigError(f"{name} {error}, not {value!r}")
        values[item.name] = value
    return Settings(**values)


def trees_of(config: Config) -> tuple[Tree, ...]:
    """Return the languages of the project and where their pages are: one, but in some sites."""
    return trees(config.bibfolio_languages if is_site(config) else (), config.language)


def place_of(app: Sphinx, name: str) -> tuple[str, int]:
    """Return the file and the line at which ``conf.py`` sets a value; the first if it does not."""
    conf = Path(app.confdir, "conf.py")
    lines = conf.read_text("utf-8", "replace").splitlines() if conf.is_file() else []
    numbers = (number for number, line in enumerate(lines, 1) if re.match(rf"{name}\b", line))
    return str(conf), next(numbers, 1)


def _stop_at_mistakes(app: Sphinx) -> None:
    """End the build in one sentence if a value of ours cannot be."""
    try:
        settings_of(app.config)
    except ConfigError as error:
        file, line = place_of(app, str(error).partition(" ")[0])
        stop([Problem(WarningKind.CONF, str(error), line, file=file)])


def _warn_of_names(app: Sphinx, config: Config) -> None:
    """Warn of a value in ``conf.py`` whose name is nearly one of ours."""
    ours = [f"bibfolio_{item.name}" for item in fields(Settings)]
    for name in written(config):
        if near := name[0] != "_" and name not in config and nearest(name, ours, 0.9):
            warn(WarningKind.CONF, UNREAD.format(name, near), "{}:{}".format(*place_of(app, name)))


# -- the accent ------------------------------------------------------------------------------


def palette_of(config: Config) -> Palette:
    """Return the colours of the project."""
    return with_accent(settings_of(config).accent)


def _warn_of_accent(app: Sphinx, config: Config) -> None:
    """Tell of an accent that is none, or that is hard to read."""
    if message := accent_mistake(settings_of(config).accent):
        warn(WarningKind.ACCENT, message, "{}:{}".format(*place_of(app, "bibfolio_accent")))


# -- modes -----------------------------------------------------------------------------------


def is_site(config: Config) -> bool:
    """Return whether the project is a scholar's site; ``conf.py`` alone decides."""
    return is_site_mode(config.bibfolio_mode, config.html_theme, config.extensions)


def has_own_bibliography(config: Config) -> bool:
    """Return whether the bibliography is ours: that of a site, or one with our style."""
    return is_site(config) or bool(config.bibtex_default_style == STYLE)


def has_paper_pages(config: Config) -> bool:
    """Return whether every paper gets a page."""
    chosen = config.bibfolio_paper_pages
    return is_site(config) if chosen is None else bool(chosen)


def owners_file(app: Sphinx, path: str) -> Path | None:
    """Return the owner's own file for the address *path*, which Sphinx copies there.

    ``html_extra_path`` names single files, and folders that are copied as a whole.
    """
    places = [Path(app.confdir, name) for name in app.config.html_extra_path]
    files = (place if place.name == path else place / path for place in places)
    return next((file for file in files if file.is_file()), None)


def _load_extensions(app: Sphinx) -> None:
    """Load what a site needs; after the owner's own extensions, which may do the same."""
    for name in app.config.extensions:
        if name != "bibfolio":
            app.setup_extension(name)
    app.setup_extension("sphinxcontrib.bibtex")
    # A guest who lists it among the extensions is asked for the files by itself.
    if is_site(app.config) or "sphinxcontrib.bibtex" not in app.config.extensions:
        app.connect("config-inited", _set_bibliography, priority=200)
    if not is_site(app.config):
        return
    if ".md" not in app.registry.source_suffix:
        app.setup_extension("myst_parser")
        # Who lists myst_parser among the extensions knows its own defaults.
        app.connect("config-inited", _set_myst_defaults, priority=200)
    if not owners_file(app, "404.html"):
        app.setup_extension("notfound.extension")
    app.setup_extension("sphinxext.rediraffe")
    app.connect("config-inited", _set_site_defaults, priority=200)


# -- defaults for others -----------------------------------------------------------------------


def set_defaults(config: Config, **values: Any) -> None:
    """Set configuration values that the owner has not set.

    All are decided before the first is set: the default of one may be made from another.
    """
    unset = [name for name in values if name in config and not is_set(config, name)]
    for name in unset:
        config[name] = values[name]


def _set_myst_defaults(_app: Sphinx, config: Config) -> None:
    """Set what pages of a site use of MyST.

    Its quotation marks are English in every language; Sphinx sets those of others by itself.
    """
    is_english = all(re.match(r"en(?![a-z])", tree.tag) for tree in trees_of(config))
    set_defaults(
        config,
        myst_enable_extensions={"colon_fence", "deflist", "dollarmath"}
        | ({"smartquotes"} if is_english else set()),
        # It would change MathJax's settings on every page, also where nothing is MyST.
        myst_update_mathjax=False,
    )


def _set_bibliography(app: Sphinx, config: Config) -> None:
    """Name ``refs.bib`` as the bibliography, if it is there."""
    has_one = (Path(app.confdir) / "refs.bib").is_file()
    set_defaults(config, bibtex_bibfiles=["refs.bib"] if has_one else [])


def _tell_duplicates_once(_app: Sphinx, config: Config) -> None:
    """Leave repeated keys of our own bibliography to our message, which has line and cure."""
    if has_own_bibliography(config):
        config.suppress_warnings = [*config.suppress_warnings, "bibtex.bibfile_data_error"]


def _set_site_defaults(_app: Sphinx, config: Config) -> None:
    """Set what a site needs of other extensions; the profile has named the site before (100)."""
    set_defaults(
        config,
        exclude_patterns=["README.md", "IMPORTED.md", ".*", "venv", "env"],
        bibtex_default_style=STYLE,
        bibtex_reference_style=STYLE,
        # Stable addresses: /publications/#cite-doe2024walrus
        bibtex_cite_id="cite-{key}",
        # Its own default is the host's "/en/latest/".
        notfound_urls_prefix=urlsplit(config.html_baseurl).path.rstrip("/") + "/",
        rediraffe_redirects={},
        # Its own has neither doctype nor title, and an inline script.
        rediraffe_template=REDIRECT,
    )


def _set_theme_defaults(app: Sphinx, config: Config) -> None:
    """Set what suits our theme: pages for visitors, not for readers of a manual."""
    if config.html_theme != THEME:
        return
    set_defaults(
        config,
        html_static_path=["_static"] if Path(app.confdir, "_static").is_dir() else [],
        html_search_language="bibfolio",
        html_show_search_summary=False,
        html_copy_source=False,
        html_show_sourcelink=False,
        html_show_sphinx=False,
        html_permalinks=False,
        html_use_index=False,
        html_domain_indices=False,
    )


def setup(app: Sphinx) -> None:
    """Register every field of :class:`Settings`, and load what the mode asks for."""
    for item in fields(Settings):
        types = _TYPES.get(type(item.default), (str,))
        app.add_config_value(f"bibfolio_{item.name}", item.default, "env", types)
    _stop_at_mistakes(app)
    _load_extensions(app)
    app.connect("config-inited", _tell_duplicates_once, priority=250)
    app.connect("config-inited", _warn_of_accent)
    app.connect("config-inited", _warn_of_names)
    app.connect("config-inited", _set_theme_defaults, priority=150)
