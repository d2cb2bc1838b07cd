"""``conf.py`` → what it says in plain words about the bibliography; it is read, not run."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from pathlib import Path

from bibfolio.problems import WarningKind


@dataclass(frozen=True)
class Settings:
    """Values of ``conf.py``; the default of each also stands for one that is computed."""

    bibtex_bibfiles: tuple[str, ...] = ("refs.bib",)
    bibfolio_profile: str = "profile.toml"
    bibfolio_files: str = "files"
    suppress_warnings: tuple[str, ...] = ()

    def passes_over(self, kind: WarningKind) -> bool:
        """Whether problems of this *kind* are not to be told (Sphinx, ``suppress_warnings``)."""
        names = {"bibfolio", "bibfolio.*", f"bibfolio.{kind.subtype}"}
        return bool(names & set(self.suppress_warnings))


def settings_in(folder: Path) -> Settings:
    """The settings of the ``conf.py`` in *folder*, if there is one."""
    try:
        tree = ast.parse((folder / "conf.py").read_bytes())
    except (OSError, SyntaxError, ValueError):
        return Settings()
    settings = Settings()
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id="bibtex_bibfiles")], value=ast.List(elts=items)):
                settings = replace(settings, bibtex_bibfiles=_texts(items))
            case ast.Assign(targets=[ast.Name(id="suppress_warnings")], value=ast.List(elts=items)):
                settings = replace(settings, suppress_warnings=_texts(items))
            case ast.Assign(
                targets=[ast.Name(id="bibfolio_profile")], value=ast.Constant(value=str(name))
            ):
                settings = replace(settings, bibfolio_profile=name)
            case ast.Assign(
                targets=[ast.Name(id="bibfolio_files")], value=ast.Constant(value=str(name))
            ):
                settings = replace(settings, bibfolio_files=name)
    return settings


def _texts(items: list[ast.expr]) -> tuple[str, ...]:
    """Those of the *items* of a list that are texts."""
    values = [item.value for item in items if isinstance(item, ast.Constant)]
    return tuple(value for value in values if isinstance(value, str))
