"""What ``conf.py`` says in plain values about the sources; it is read, not run."""

from __future__ import annotations

import ast
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from bibfolio.problems import WarningKind


@dataclass(frozen=True)
class Settings:
    """Values of ``conf.py``; the default stands for one that is absent or computed."""

    bibtex_bibfiles: tuple[str, ...] = ("refs.bib",)
    bibfolio_profile: str = "profile.toml"
    bibfolio_files: str = "files"
    suppress_warnings: tuple[str, ...] = ()
    #: Seconds to wait for another host.
    linkcheck_timeout: int = 10

    def suppresses(self, kind: WarningKind) -> bool:
        """Return whether problems of this *kind* are not to be told, as Sphinx would decide."""
        names = {"bibfolio", "bibfolio.*", f"bibfolio.{kind.subtype}"}
        return bool(names & set(self.suppress_warnings))


def read_settings(folder: Path) -> Settings:
    """Read the ``conf.py`` in *folder*, if there is one."""
    try:
        tree = ast.parse((folder / "conf.py").read_bytes())
    except (OSError, SyntaxError, ValueError):
        return Settings()
    types = {field.name: type(field.default) for field in fields(Settings)}
    found: dict[str, Any] = {}
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=expression) if name in types:
                try:
                    value = ast.literal_eval(expression)
                except ValueError:  # it is computed
                    continue
                if isinstance(value, list):
                    value = tuple(item for item in value if isinstance(item, str))
                if isinstance(value, types[name]):
                    found[name] = value
    return Settings(**found)
