"""``conf.py`` → the values that commands need, read without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from bibfolio.mode import THEME, is_site_mode
from bibfolio.model.colours import accent_mistake
from bibfolio.model.strings import nearest
from bibfolio.model.trees import Tree, mistake, trees
from bibfolio.problems import NO_PROFILE, UNREAD, Problem, WarningKind
from bibfolio.sources.profile_toml import profile_files

_ACCENT = "bibfolio_accent"
_LANGUAGES = "bibfolio_languages"
_PROFILE = "bibfolio_profile"
#: Values of ours that commands have no use for.
_OTHERS = (_ACCENT, "bibfolio_lint", "bibfolio_paper_pages", "bibfolio_today")


@dataclass(frozen=True)
class Settings:
    """Values of ``conf.py``; the default stands for one that is absent or computed."""

    bibtex_bibfiles: tuple[str, ...] = ("refs.bib",)
    bibtex_encoding: str = "utf-8"
    bibfolio_profile: str = "profile.toml"
    bibfolio_files: str = "files"
    suppress_warnings: tuple[str, ...] = ()
    bibfolio_mode: str = "auto"
    extensions: tuple[str, ...] = ()
    html_baseurl: str = ""
    html_static_path: tuple[str, ...] = ()
    html_extra_path: tuple[str, ...] = ()
    html_theme: str = ""
    source_encoding: str = "utf-8-sig"
    include_patterns: tuple[str, ...] = ("**",)
    exclude_patterns: tuple[str, ...] = ("README.md", "IMPORTED.md", "venv", "env")
    bibtex_default_style: str = ""
    language: str = "en"
    bibfolio_languages: tuple[str, ...] | Mapping[str, str] = ()
    #: The file of redirects; empty if ``conf.py`` holds them itself.
    rediraffe_redirects: str = ""
    #: Names of known values that ``conf.py`` sets to something else than their default.
    changed: tuple[str, ...] = field(default=(), compare=False)
    #: What is wrong in ``conf.py``.
    problems: tuple[Problem, ...] = field(default=(), compare=False)

    @property
    def is_site(self) -> bool:
        """Whether this is a scholar's site, as far as that can be read."""
        is_loaded = "bibfolio" in self.extensions
        return is_loaded and is_site_mode(self.bibfolio_mode, self.html_theme, self.extensions)

    @property
    def trees(self) -> tuple[Tree, ...]:
        """The languages of the site, the default first."""
        return trees(self.bibfolio_languages if self.is_site else (), self.language)

    @property
    def has_own_bibliography(self) -> bool:
        """Whether the bibliography is ours: that of a site, or one with our style."""
        return self.is_site or self.bibtex_default_style == "bibfolio"

    def without_silenced(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return the *problems* of kinds that ``suppress_warnings`` does not name."""
        silent = set(self.suppress_warnings)
        if silent & {"bibfolio", "bibfolio.*"}:
            return []
        return [problem for problem in problems if f"bibfolio.{problem.kind.subtype}" not in silent]


def read_settings(folder: Path) -> Settings:
    """Read the ``conf.py`` in *folder*, if there is one; it is not run."""
    path, problems = folder / "conf.py", list[Problem]()
    try:
        tree = ast.parse(path.read_bytes())
    except SyntaxError as error:
        message = f"{error.msg}; correct this line, or the one above it"
        place = (error.lineno or 1, error.offset or 0)
        return Settings(problems=(Problem(WarningKind.CONF, message, *place, str(path)),))
    except (OSError, ValueError, RecursionError, MemoryError):
        return Settings()
    defaults = {item.name: item.default for item in fields(Settings) if item.compare}
    types = {name: type(default) for name, default in defaults.items()}
    found: dict[str, Any] = {}
    changed = dict[str, None]()
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=expression):
                changed |= {name: None} if name in {*types, *_OTHERS} else {}
                try:
                    value = ast.literal_eval(expression)
                except (ValueError, TypeError, RecursionError, MemoryError):  # it is computed
                    if name == "html_baseurl":  # there is one, whatever it is
                        found[name] = ast.unparse(expression)
                    continue
                is_missing = name == _PROFILE and not profile_files(folder / str(value))
                missing = NO_PROFILE.format(value) * is_missing
                if message := _mistake(name, value, types) or missing:
                    kind = WarningKind.ACCENT if name == _ACCENT else WarningKind.CONF
                    problems.append(Problem(kind, message, node.lineno, 1, str(path)))
                value = tuple(map(str, value)) if isinstance(value, list) else value
                is_table = name == _LANGUAGES and isinstance(value, dict)
                is_wrong = name == _LANGUAGES and bool(message)
                if (is_table or isinstance(value, types.get(name, ()))) and not is_wrong:
                    found[name] = value
    if found.get("html_theme") == THEME:  # which sets it, as bibfolio.config has it
        found.setdefault("html_static_path", ("_static",))
    named = tuple(name for name in changed if name not in found or found[name] != defaults[name])
    return Settings(**found, changed=named, problems=tuple(problems))


def _mistake(name: str, value: object, types: Mapping[str, type]) -> str:
    """Return what is wrong with a value of ``conf.py``, or ""."""
    if name == _ACCENT:
        return accent_mistake(str(value))
    if name == _LANGUAGES:
        wrong = mistake(value)
        return f"{name} {wrong}" if wrong else ""
    if name in types:
        is_text = types[name] is tuple and isinstance(value, str)
        return f"{name}: must be a list, not a text; write [{value!r}]" * is_text
    names = [*types, *_OTHERS]
    near = "" if name in names or name[0] == "_" else nearest(name, names, 0.9)
    return UNREAD.format(name, near) if near else ""
