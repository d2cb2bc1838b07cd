"""The bibliographies of a project, to be read and to be changed."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bibfolio.model import Paper, Profile
from bibfolio.problems import Problem
from bibfolio.project.examine import examine
from bibfolio.project.files import replace_file
from bibfolio.project.settings import Settings, read_settings
from bibfolio.sources.bibliography import Bibliography
from bibfolio.sources.profile_toml import ProfileError, read_profile


@dataclass
class Site:
    """What was read from a project; after a change, it is read anew."""

    root: Path
    settings: Settings
    bibliographies: dict[str, Bibliography]
    problems: list[Problem]

    @classmethod
    def at(cls, root: Path) -> Site:
        """Read what is in the folder *root*."""
        settings = read_settings(root)
        files = [root / name for name in settings.bibtex_bibfiles]
        bibliographies, problems = examine(files, root, settings)
        return cls(root, settings, bibliographies, settings.without_silenced(problems))

    @cached_property
    def profile(self) -> Profile | None:
        """Return the profile; None if there is none, or it cannot be read."""
        try:
            path = self.root / self.settings.bibfolio_profile
            return read_profile(path, self.settings.trees)
        except (OSError, ProfileError):
            return None

    @cached_property
    def papers(self) -> list[Paper]:
        """Return all papers and drafts."""
        bibliographies = self.bibliographies.values()
        return [paper for read in bibliographies for paper in (*read.papers, *read.drafts)]

    def bibliography(self, paper: Paper | None = None) -> tuple[Path, Bibliography]:
        """Return the file that holds *paper* and what it says; without, the one for new entries."""
        files = self.bibliographies.items()
        return next((Path(n), read) for n, read in files if not paper or paper.key in read.entries)

    def address(self, key: str) -> str:
        """Return where the page of a paper will be; empty in a project that has no such pages."""
        slug = next((paper.slug for paper in self.papers if paper.key == key), key)
        base = self.settings.html_baseurl
        if not base.startswith("http"):
            base = self.profile.links.website if self.profile else ""
        page = f"papers/{slug}/"
        return (f"{base.rstrip('/')}/{page}" if base else page) * self.settings.is_site

    def write(self, path: Path, before: str, after: str) -> str:
        """Write a bibliography that was read as *before*; return why it was not, or ""."""
        try:
            data = path.read_bytes()
        except OSError as error:
            return f"{path} cannot be read: {error.strerror}"
        mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
        for codec in ("utf-8", self.settings.bibtex_encoding):
            try:
                if mark + before.encode(codec) == data:
                    return replace_file(path, data, mark + after.encode(codec))
            except (UnicodeError, LookupError):
                continue
        return f"{path} is not UTF-8 and stays as it is; save it as UTF-8 first"
