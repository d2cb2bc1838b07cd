"""What one build knows: the profile and the papers, read once, before the first page.

Sphinx glue between ``sources`` and everything else. The profile is read at ``config-inited``,
because titles and addresses come from it; the bibliography at ``builder-inited``, ahead of
sphinxcontrib-bibtex, which then works with the entries read here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from pybtex.database import BibliographyData
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata
from sphinxcontrib.bibtex.bibfile import BibData, BibFile, get_mtime

from bibfolio.config import settings_of
from bibfolio.model import Paper, Profile, Record, publication_order, record_of
from bibfolio.problems import Problem, WarningKind
from bibfolio.reading import Bibliographies, State, read_again
from bibfolio.sources.account import accounts
from bibfolio.sources.profile import ProfileError, read_profile
from bibfolio.warn import stop, warn_of


@dataclass(frozen=True)
class Library:
    """Everything the pages and machines are made from. Kept on the environment."""

    profile: Profile
    #: Visible papers in the order of publication lists.
    papers: tuple[Paper, ...] = ()
    #: Key → state of the paper, in the order of the files.
    states: dict[str, State] = field(default_factory=dict)
    #: What the last build knew.
    before: Library | None = None

    @cached_property
    def by_key(self) -> dict[str, Paper]:
        """Key → paper."""
        return {paper.key: paper for paper in self.papers}

    @cached_property
    def places(self) -> dict[str, int]:
        """Page → place of its paper in ``papers``."""
        return {paper.page: place for place, paper in enumerate(self.papers)}

    @cached_property
    def _records(self) -> dict[str, Record]:
        return {}

    def record_of(self, paper: Paper) -> Record:
        """The plain form of a paper, made once, whoever asks for it."""
        if paper.key not in self._records:
            self._records[paper.key] = record_of(paper)
        return self._records[paper.key]

    def __getstate__(self) -> dict[str, Any]:
        """What is kept with the environment: enough for the next build to see what has changed."""
        return {"profile": self.profile, "papers": (), "states": self.states, "before": None}

    def paper_of(self, page: str) -> Paper | None:
        """The paper whose page this is."""
        place = self.places.get(page)
        return None if place is None else self.papers[place]

    def neighbours(self, paper: Paper) -> tuple[Paper | None, Paper | None]:
        """The papers before and after *paper* in the list: the newer and the older one."""
        place = self.places[paper.page]
        newer = self.papers[place - 1] if place else None
        return newer, self.papers[place + 1] if place + 1 < len(self.papers) else None

    @cached_property
    def changed(self) -> frozenset[str]:
        """Keys whose paper is new, gone or different from what it was in the last build."""
        return self._changed(lambda state: state.whole)

    @cached_property
    def changed_in_lists(self) -> frozenset[str]:
        """Those of them that lists and citations may now show otherwise."""
        return self._changed(lambda state: state.in_lists)

    @property
    def is_in_order(self) -> bool:
        """Whether the same papers stand in the files in the same order as in the last build."""
        before = self.before.states if self.before else {}
        return list(before) == list(self.states)

    def _changed(self, part: Callable[[State], str]) -> frozenset[str]:
        old, new = self.before.states if self.before else {}, self.states
        both = old.keys() & new.keys()
        other = {key for key in both if part(old[key]) != part(new[key])}
        return frozenset(old.keys() ^ new.keys() | other)


def library_of(env: BuildEnvironment) -> Library:
    """The folio of the running build."""
    return cast(Library, env.bibfolio)  # type: ignore[attr-defined]


def pages_with_lists(env: BuildEnvironment) -> list[str]:
    """Pages that list papers, by name."""
    return sorted({key.docname for key in env.get_domain("cite").data["bibliographies"]})


def list_page(env: BuildEnvironment) -> str:
    """The page with the complete list, where citations lead; the home page if there is none."""
    lists = env.get_domain("cite").data["bibliographies"].items()
    complete = sorted(key.docname for key, value in lists if not value.keyprefix)
    return str(complete[0] if complete else env.config.root_doc)


class _Entries(BibliographyData):  # type: ignore[misc]  # pybtex has no types
    """Entries of one build; the environment keeps none, for they are read in every build."""

    def __reduce__(self) -> tuple[type, tuple[()]]:
        return BibliographyData, ()


class _Citations(list[Any]):
    """What sphinxcontrib-bibtex (2.7) makes of the entries in every build, and keeps for none."""

    def __reduce__(self) -> tuple[type, tuple[()]]:
        return list, ()


class _Loader:
    """Carries the profile from one event to the next; one for each application."""

    def __init__(self) -> None:
        self.profile: Profile | None = None

    def read_profile(self, app: Sphinx, config: Config) -> None:
        """``config-inited``: read the profile and name the site after the person."""
        try:
            self.profile = read_profile(Path(app.confdir) / settings_of(config).profile)
        except ProfileError as error:
            stop(error.problems)
        defaults = {
            "project": self.profile.name,
            "author": self.profile.name,
            "html_title": self.profile.name,
            "html_baseurl": self.profile.links.website,
        }
        # Decided for all before the first is set: the default of one is made from another.
        unset = [name for name in defaults if config[name] == _default(config, name)]
        for name in unset:
            config[name] = defaults[name]
        if "notfound_urls_prefix" in config:
            # Its own default is the host's "/en/latest/".
            config["notfound_urls_prefix"] = urlsplit(config.html_baseurl).path.rstrip("/") + "/"

    def leave_output_alone(self, app: Sphinx, config: Config) -> None:
        """``config-inited``: what a build writes below the sources is no source of the next."""
        if app.outdir.is_relative_to(app.srcdir) and app.outdir != app.srcdir:
            output = app.outdir.relative_to(app.srcdir).as_posix()
            config.exclude_patterns = [*config.exclude_patterns, output]

    def read_papers(self, app: Sphinx) -> None:
        """``builder-inited``: read the bibliography and hand it to sphinxcontrib-bibtex."""
        assert self.profile, "config-inited comes before builder-inited"
        root, settings = Path(app.confdir), settings_of(app.config)
        names = tuple(map(str, app.config.bibtex_bibfiles or ()))
        where = Bibliographies(root, names, self.profile.names, settings.files)
        memory = Path(app.doctreedir) / "bibliography.pickle"
        # Who asks Sphinx for a fresh environment (-E) does not trust what earlier builds have kept.
        reading = read_again(where, memory, is_trusted=not app.fresh_env_used)
        data, files = _Entries(), {}
        for path, entries in zip(where.paths(), reading.entries, strict=True):
            data.add_entries((entry.key, entry) for entry in entries)
            files[path] = BibFile(get_mtime(path), dict.fromkeys(entry.key for entry in entries))
        text = (root / settings.profile).read_text(encoding="utf-8-sig")
        warn_of(accounts(self.profile, text, settings.profile), root)
        warn_of(_concerning(app.config, reading.problems), root)
        # sphinxcontrib-bibtex (2.7) parses only files that are newer than this record, so that
        # its own parser, which stops at the first error, never sees them.
        # Delete when it offers a hook for reading: mcmtroffaes/sphinxcontrib-bibtex, bibfile.py.
        cite = app.env.get_domain("cite")
        cite.data["bibdata"] = BibData(app.config.bibtex_encoding, files, data)
        before = getattr(app.env, "bibfolio", None)
        app.env.bibfolio = Library(  # type: ignore[attr-defined]
            self.profile, tuple(publication_order(reading.papers)), reading.states, before
        )

    def forget_citations(self, _app: Sphinx, env: BuildEnvironment) -> list[str]:
        """``env-updated``, before they are made: not to be kept with the environment."""
        env.get_domain("cite").data["citations"] = _Citations()
        return []


def _concerning(config: Config, problems: Iterable[Problem]) -> list[Problem]:
    """Without those of formulas that something else will draw, which knows other commands."""
    draws = config.html_math_renderer == "bibfolio"
    return [problem for problem in problems if draws or problem.kind is not WarningKind.MATH]


def _default(config: Config, name: str) -> object:
    """The value *name* has when the project does not set it."""
    default = config.values[name].default
    return default(config) if callable(default) else default


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the loader."""
    app.setup_extension("sphinxcontrib.bibtex")
    loader = _Loader()
    app.connect("config-inited", loader.read_profile, priority=100)
    app.connect("config-inited", loader.leave_output_alone)
    app.connect("builder-inited", loader.read_papers, priority=100)
    app.connect("env-updated", loader.forget_citations, priority=100)
    return {"env_version": 2, "parallel_read_safe": True, "parallel_write_safe": True}
