"""What one build knows: the profile and the papers, read once before the first page.

Sphinx glue between ``sources`` and everything else. The profile is read at ``config-inited``,
because the site is named after the person; the bibliography at ``builder-inited``. The library is
kept on the ``bib`` domain, which is not pickled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Protocol, cast

from docutils import nodes
from pybtex.database import Entry
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinxcontrib.bibtex.directives import BibliographyValue

from bibfolio.config import (
    has_own_bibliography,
    is_site,
    place_of,
    set_defaults,
    settings_of,
    trees_of,
)
from bibfolio.hosting import hosted_at
from bibfolio.lint import lint_bibliography
from bibfolio.lint.fields import fields_not_shown
from bibfolio.lint.pages import lint_pages
from bibfolio.lint.pictures import unfit_pictures
from bibfolio.lint.profile import profile_problems, topics_to_choose
from bibfolio.model import (
    CV_FILES,
    CV_PAGE,
    CvDocument,
    CvOptions,
    Paper,
    Profile,
    Record,
    cv_document,
    publication_order,
    record_of,
)
from bibfolio.model.cv import cv_file, cv_papers
from bibfolio.model.grants import with_papers
from bibfolio.model.mark import MOST, Dot, mark
from bibfolio.model.nearness import Nearness
from bibfolio.model.news import DERIVED, news
from bibfolio.model.paper import papers_by_person
from bibfolio.model.people import PEOPLE, Person
from bibfolio.model.profile import News
from bibfolio.model.quotation import citation_labels
from bibfolio.model.sentence import with_names
from bibfolio.model.topics import MOST_KEYWORDS, topic_classes, with_topics
from bibfolio.model.trees import Tree, field_names, sisters, tree_at, tree_of_language
from bibfolio.model.words import speaking, spoken
from bibfolio.problems import NO_PROFILE, STYLE_KINDS, Problem, WarningKind, stop, warn, warn_of
from bibfolio.sources.bib_parser import RawEntry
from bibfolio.sources.bibliography import Bibliography, read_bibliographies, translated
from bibfolio.sources.filter_language import FilterError, matches
from bibfolio.sources.folder import Folder, virtual_environments
from bibfolio.sources.links import FILES, web_url
from bibfolio.sources.profile_toml import (
    ProfileError,
    profile_files,
    profiles_of,
    read_files,
    with_files,
    with_pages,
    without_pages,
)
from bibfolio.sources.pybtex_entries import for_filters
from bibfolio.sources.spelling import with_owner, with_people
from bibfolio.sources.toml_text import TomlFiles
from bibfolio.sphinx_compat import app_of, filter_visitor, is_set


@dataclass(frozen=True)
class Library:
    """Everything that pages and machines are made from."""

    #: Nobody's, with an empty name, if there is no ``profile.toml``. It says what the papers are
    #: called that its texts name.
    profile: Profile = field(default_factory=Profile)
    #: Visible papers in the order of publication lists.
    papers: tuple[Paper, ...] = ()
    #: Those that are hidden.
    drafts: tuple[Paper, ...] = ()
    #: Name of each file → its entries by their keys, as written.
    files: dict[str, dict[str, RawEntry]] = field(default_factory=dict)
    #: Why the file of a guest is no profile; empty if it is one, or is not there.
    no_profile: str = ""

    @cached_property
    def by_key(self) -> dict[str, Paper]:
        """Key → paper."""
        return {paper.key: paper for paper in self.papers}

    @cached_property
    def _found(self) -> dict[str, tuple[Paper, RawEntry]]:
        raw = {key: entry for entries in self.files.values() for key, entry in entries.items()}
        return {paper.key: (paper, raw[paper.key]) for paper in (*self.papers, *self.drafts)}

    def found(self, key: str) -> tuple[Paper, RawEntry] | None:
        """Return the paper of this key, hidden or not, and its entry as written."""
        return self._found.get(key)

    def entry(self, paper: Paper) -> Entry:
        """Return the entry of a paper as filters see it."""
        return for_filters(*self._found[paper.key])

    def passes(self, source: str, paper: Paper, page: str = CV_PAGE) -> bool:
        """Return whether a paper passes a filter on a page.

        Raises:
            FilterError: *source* is no filter.
        """
        return matches(source, filter_visitor(self.entry(paper), page))

    def cv(
        self,
        options: CvOptions,
        page_url: Callable[[str], str] | None = None,
        file_url: Callable[[str], str] = str,
    ) -> CvDocument:
        """Return a CV of the person.

        Raises:
            FilterError: its papers are those of no filter.
        """
        papers = cv_papers(options, self.papers, self.passes)
        return cv_document(self.profile, options, papers, page_url, file_url)

    @cached_property
    def _by_page(self) -> dict[str, Paper]:
        return {paper.page: paper for paper in self.papers}

    @cached_property
    def _records(self) -> dict[str, Record]:
        return {}

    @cached_property
    def hidden_files(self) -> frozenset[str]:
        """Files named after drafts, below the site's root."""
        folders = [folder for _kind, folder in FILES.values()]
        return frozenset(
            f"{folder}/{draft.slug}.pdf" for folder in folders for draft in self.drafts
        )

    @cached_property
    def places(self) -> dict[str, int]:
        """Key → place in the list."""
        return {paper.key: place for place, paper in enumerate(self.papers)}

    @cached_property
    def labels(self) -> dict[str, str]:
        """Key → label in lists of references, of which no two are the same."""
        return citation_labels(self.papers)

    @cached_property
    def nearness(self) -> Nearness:
        """Which papers are near each other."""
        return Nearness(self.papers)

    @cached_property
    def topic_classes(self) -> dict[str, str]:
        """Topic → the class of its colour."""
        return topic_classes(self.papers, self.profile.topics)

    def mark(self, most: int = MOST) -> tuple[Dot, ...]:
        """Return the mark of the site, of at most so many papers; none where initials stand."""
        return mark(self.papers, self.topic_classes, most)

    def classes_of(self, paper: Paper) -> list[str]:
        """Return the classes of the colours of a paper's topics."""
        return [self.topic_classes[topic] for topic in paper.topics]

    def record_of(self, paper: Paper) -> Record:
        """Return the plain form of a paper, which is made once."""
        if paper.key not in self._records:
            self._records[paper.key] = record_of(paper.original or paper)
        return self._records[paper.key]

    def paper_of(self, docname: str) -> Paper | None:
        """Return the paper whose page this is."""
        return self._by_page.get(docname)

    @cached_property
    def _people(self) -> dict[str, Person]:
        people = self.profile.people.values()
        return {person.docname: person for person in people if person.docname}

    def person_of(self, docname: str) -> Person | None:
        """Return the person whose page this is."""
        return self._people.get(docname)

    def is_drawn(self, docname: str) -> bool:
        """Return whether a page is that of a paper or of a person."""
        return docname in self._by_page or docname in self._people

    @cached_property
    def papers_by_person(self) -> dict[str, list[Paper]]:
        """Name of a person of the profile → the papers, newest first."""
        return papers_by_person(self.papers)

    def neighbours(self, paper: Paper) -> tuple[Paper | None, Paper | None]:
        """Return the papers before and after *paper* in the list: the newer and the older one."""
        position = self.places[paper.key]
        newer = self.papers[position - 1] if position else None
        return newer, self.papers[position + 1] if position + 1 < len(self.papers) else None


# -- Sphinx ----------------------------------------------------------------------------------


class _Holder(Protocol):
    """What keeps the library of a build: the domain of papers, which this module does not know."""

    libraries: Mapping[str, Library]
    #: File and key of each citation of no paper that the build has told of.
    told: frozenset[tuple[str, str]]

    @property
    def library(self) -> Library:
        """That of the language that is spoken."""


def _holder(env: BuildEnvironment) -> _Holder:
    return cast(_Holder, env.get_domain("bib"))


def library_of(env: BuildEnvironment) -> Library:
    """Return the library of the running build, in the language that is spoken."""
    return _holder(env).library


def is_told(env: BuildEnvironment, page: str, key: str) -> bool:
    """Return whether the build has told that a page cites a paper that is not there."""
    return (str(env.doc2path(page)), key) in _holder(env).told


def names_elsewhere(env: BuildEnvironment) -> list[str]:
    """Return what the person is called in the other languages of the site."""
    names = dict.fromkeys(one.profile.name for one in _holder(env).libraries.values())
    return [name for name in names if name and name != library_of(env).profile.name]


def titles_elsewhere(env: BuildEnvironment, paper: Paper) -> list[str]:
    """Return what a paper is called in the other languages of the site."""
    others = (library.by_key.get(paper.key) for library in _holder(env).libraries.values())
    titles = [one.title.plain for one in (paper.original, *others) if one]
    return [title for title in dict.fromkeys(titles) if title != paper.title.plain]


# -- languages: with several, each has a tree of pages -----------------------------------------


def tree_of_page(env: BuildEnvironment, page: str) -> Tree:
    """Return the tree of a page: that of its folder, and for a paper that of its language."""
    trees = trees_of(env.config)
    if len(trees) > 1 and (paper := library_of(env).paper_of(page)):
        return tree_of_language(trees, paper.language) or trees[0]
    return tree_at(trees, page)


def spoken_tree(env: BuildEnvironment) -> Tree:
    """Return the tree of the language that is spoken."""
    trees = trees_of(env.config)
    return next((tree for tree in trees if tree.tag == spoken().tag), trees[0])


def home_page(env: BuildEnvironment) -> str:
    """Return the home page in the language that is spoken, or in the default."""
    page = spoken_tree(env).page(env.config.root_doc)
    return page if page in env.found_docs else str(env.config.root_doc)


def home_pages(env: BuildEnvironment) -> dict[Tree, str]:
    """Return the home page in each language that has one, the default first."""
    pages = {tree: tree.page(env.config.root_doc) for tree in trees_of(env.config)}
    return {tree: page for tree, page in pages.items() if page in env.found_docs}


def cv_pages(env: BuildEnvironment) -> dict[Tree, str]:
    """Return the page of the CV in each language that has one."""
    pages = {tree: tree.page(CV_PAGE) for tree in trees_of(env.config)}
    return {tree: page for tree, page in pages.items() if page in env.found_docs}


def cv_trees(env: BuildEnvironment) -> tuple[Tree, ...]:
    """Return the languages in which there are variants of the CV, which need no page."""
    return tuple(cv_pages(env)) or trees_of(env.config)[:1]


def cv_files(env: BuildEnvironment) -> set[str]:
    """Return the files of all CVs that are in the site."""
    profile = library_of(env).profile
    places = [("", tree) for tree in cv_pages(env)]
    public = (variant.id for variant in profile.cv.variants if variant.public)
    places += [(id_, tree) for id_ in public for tree in cv_trees(env)]
    names = [path for path, _type in CV_FILES.values()] if profile.name else []
    return {tree.page(cv_file(name, id_)) for id_, tree in places for name in names}


def parent_page(
    env: BuildEnvironment, relations: Mapping[str, Sequence[str | None]], page: str
) -> str | None:
    """Return the page in whose table of contents a page stands.

    *relations* are Sphinx's, which begin at the home page of the default language.
    """
    if page in relations or page in home_pages(env).values():
        return relations.get(page, (None,))[0]
    found = (above for above, pages in sorted(env.toctree_includes.items()) if page in pages)
    return next(found, None)


def alternates(env: BuildEnvironment, page: str) -> dict[str, str]:
    """Return language → page, as ``hreflang`` names them, if a page is there in several."""
    trees = trees_of(env.config)
    found = {tree.tag: name for tree, name in sisters(trees, page, env.all_docs).items()}
    return {**found, "x-default": found[trees[0].tag]} if trees[0].tag in found else found


def in_language(env: BuildEnvironment, pages: Iterable[str]) -> list[str]:
    """Return those of *pages* that are in the language that is spoken, or else in the default."""
    trees, found = trees_of(env.config), list(pages)
    chosen = (spoken_tree(env), trees[0])
    groups = ([page for page in found if tree_at(trees, page) == tree] for tree in chosen)
    return next(filter(None, groups), [])


def group_of(env: BuildEnvironment) -> str:
    """Return the group whose site this is, as the heading of its home page says; or nothing."""
    group, home = library_of(env).profile.affiliation.group, env.titles.get(home_page(env))
    is_named = group and home and home.astext().casefold() == group.casefold()
    return group if is_named and is_site(env.config) else ""


def site_name(env: BuildEnvironment) -> str:
    """Return what the site is called: after a group, the person, or as ``conf.py`` says."""
    return group_of(env) or library_of(env).profile.name or str(env.config.project)


def note_bibliography(env: BuildEnvironment) -> None:
    """Have the page that is being read read again when a file of a guest's bibliography changes.

    The domain does so in a site, where other words than before count, and not the time of the file.
    """
    for file in () if is_site(env.config) else library_of(env).files:
        env.note_dependency(str(Path(app_of(env).confdir, file)))


#: Metadata of a page: which tables of the profile it shows, separated by spaces.
_TABLES = "bibfolio-tables"


def note_table(env: BuildEnvironment, name: str) -> None:
    """Note that the page that is being read shows a table."""
    data = env.metadata[env.docname]
    data[_TABLES] = f"{data.get(_TABLES, '')} {name}".strip()


def pages_with_table(env: BuildEnvironment, name: str) -> list[str]:
    """Return the pages that show a table, or the owner's own section with this identifier."""
    return in_language(env, sorted(page for page in env.metadata if name in tables_of(env, page)))


#: What :func:`note_table` is told of a page that shows the pages below it as essays.
ESSAYS = "pages:essays"


def tables_of(env: BuildEnvironment, page: str) -> list[str]:
    """Return the tables that a page shows, the owner's own by their identifiers."""
    return str(env.metadata.get(page, {}).get(_TABLES, "")).split()


def news_of(env: BuildEnvironment) -> tuple[News, ...]:
    """Return the news that the page of all news shows; without one, all that there are."""
    library, pages = library_of(env), pages_with_table(env, "news")[:1]
    derived = [kind for kind in DERIVED if {*pages} <= {*pages_with_table(env, f"news:{kind}")}]
    return news(library.profile, library.papers, derived)


def pages_with_lists(env: BuildEnvironment) -> list[str]:
    """Return the pages that list papers, sorted by name."""
    return sorted({key.docname for key in env.get_domain("cite").data["bibliographies"]})


class OwnList(BibliographyValue):
    """What sphinxcontrib-bibtex knows of a ``{publications}``."""


class CompleteList(OwnList):
    """A ``{publications}`` that lists every paper; citations link into it."""


def list_page(env: BuildEnvironment) -> str:
    """Return the page with all papers: of ours, or else the owner's; without one, the home page."""
    lists = env.get_domain("cite").data["bibliographies"].items()
    found = [(not isinstance(v, CompleteList), key.docname) for key, v in lists if not v.keyprefix]
    pages = in_language(env, (page for _is_owners, page in sorted(found)))
    return pages[0] if pages else home_page(env)


def page_above(env: BuildEnvironment, page: str) -> str:
    """Return the page that lists what a page of a paper or of a person is about; "" for others."""
    library = library_of(env)
    if library.paper_of(page):
        return list_page(env)
    lists = pages_with_table(env, PEOPLE) if library.person_of(page) else []
    return next(iter(lists), "")


def years_of_list(env: BuildEnvironment) -> dict[str, str]:
    """Return year → anchor of its heading in the list of all papers, if that is by year."""
    headings = env.tocs.get(list_page(env), nodes.Element()).findall(nodes.reference)
    found = [(heading.astext(), str(heading.get("anchorname", ""))) for heading in headings]
    return {words: anchor[1:] for words, anchor in found if anchor == f"#year-{words}"}


def page_of(env: BuildEnvironment, paper: Paper) -> str:
    """Return the page that shows a paper: its own, or the list where papers have none."""
    return paper.page if paper.page in env.all_docs else list_page(env)


class _Loader:
    """Reads profile and papers; carries the profile from one event to the next."""

    def __init__(self) -> None:
        #: By the tags of the languages of a site, the default first.
        self.profiles: dict[str, Profile] = {}
        self.files: TomlFiles | None = None
        self.no_profile = ""

    @property
    def profile(self) -> Profile:
        """The profile in the default language."""
        return next(iter(self.profiles.values()), Profile())

    def read_profile(self, app: Sphinx, config: Config) -> None:
        """Read the profile, if there is one, and name a site after the person.

        In a project that is no site, a file of that name may be about something else.
        """
        path = Path(app.confdir) / settings_of(config).profile
        if profile_files(path):
            try:
                self.files = read_files(path)
                self.profiles = profiles_of(self.files, trees_of(config))
            except ProfileError as error:
                if is_site(config) or is_set(config, "bibfolio_profile"):
                    stop(error.problems)
                name, first = settings_of(config).profile, error.problems[0]
                self.no_profile = f"{name} is no profile: line {first.line}: {first.message}"
                logging.getLogger(__name__).info("%s", self.no_profile)
        elif is_set(config, "bibfolio_profile"):
            message = NO_PROFILE.format(settings_of(config).profile)
            warn(WarningKind.CONF, message, "{}:{}".format(*place_of(app, "bibfolio_profile")))
        if is_site(config):
            if name := self.profile.name:
                set_defaults(config, project=name, author=name, html_title=name)
            set_defaults(config, html_baseurl=hosted_at() or self.profile.links.website)
            if config.html_baseurl and not web_url(config.html_baseurl):  # others would stop at it
                message = f"html_baseurl: write https:// before {config.html_baseurl}"
                warn(WarningKind.CONF, message, "conf.py:1")
                config.html_baseurl = ""

    def exclude_texts(self, app: Sphinx, config: Config) -> None:
        """Keep what the owner writes about people from being pages: it is on those of the people.

        Sphinx looks for pages before the papers are read, where nothing is kept of an earlier
        build.
        """
        if is_site(config) and self.files:
            folder = Folder(Path(app.confdir))
            people = with_pages(self.profile, folder, folder.names(PEOPLE)).people.values()
            texts = [f"{person.docname}.md" for person in people if person.docname]
            config.exclude_patterns = [*config.exclude_patterns, *texts]

    def _complete(self, papers: Iterable[Paper], config: Config, profile: Profile) -> list[Paper]:
        """Return *papers* with what a profile and the project say of them: people, topics."""
        is_ours, papers = has_own_bibliography(config), list(papers)
        if is_ours:
            papers = with_owner(papers, profile)  # a guest's references are other people's
        papers = with_people(papers, profile.acquaintances)
        return with_topics(papers, profile.topics, MOST_KEYWORDS if is_ours else None)

    def _library(
        self, app: Sphinx, read: Mapping[str, Bibliography], folder: Folder, tree: Tree
    ) -> Library:
        """Return what is known in one of the languages of a site."""
        profile = self.profiles.get(tree.tag, self.profile)
        has_pages = is_site(app.config) and self.files
        texts = folder.names(PEOPLE) if ".md" in app.config.source_suffix else ()
        profile = with_pages(profile, folder, texts) if has_pages else without_pages(profile)
        papers = [paper for one in read.values() for paper in one.papers]
        drafts = [paper for one in read.values() for paper in one.drafts]
        papers = self._complete(papers, app.config, profile)
        if len(trees_of(app.config)) > 1:
            own = {
                key: paper
                for one in read.values()
                for key, paper in translated(one, tree.names, profile.names, folder).items()
            }
            own = {paper.key: paper for paper in self._complete(own.values(), app.config, profile)}
            papers = [
                replace(own[paper.key], original=paper) if paper.key in own else paper
                for paper in papers
            ]
        names = {paper.key: paper for paper in papers}
        profile = with_papers(profile, papers)
        with speaking(tree.tag):
            profile = cast(Profile, with_names(profile, names, {paper.key for paper in drafts}))
        return Library(
            profile=with_files(profile, folder) if is_site(app.config) and self.files else profile,
            papers=tuple(publication_order(papers)),
            drafts=tuple(drafts),
            files={name: one.entries for name, one in read.items()},
            no_profile=self.no_profile,
        )

    def read_papers(self, app: Sphinx) -> None:
        """Read the bibliography before sphinxcontrib-bibtex does."""
        root, settings = Path(app.confdir), settings_of(app.config)
        files = {str(name): root / name for name in app.config.bibtex_bibfiles or ()}
        copied = (app.config.html_static_path, app.config.html_extra_path)
        folder = Folder(root, settings.files, *(list(map(str, paths)) for paths in copied))
        encoding = app.config.bibtex_encoding
        read = read_bibliographies(files, self.profile.names, folder, encoding)
        libraries = {
            tree.tag: self._library(app, read, folder, tree) for tree in trees_of(app.config)
        }
        _holder(app.env).libraries = libraries
        library = next(iter(libraries.values()))
        self._try_filters(library)
        papers, drafts = library.papers, {paper.key: paper for paper in library.drafts}
        unfit = unfit_pictures(folder, library.profile, (*papers, *library.drafts))
        if not has_own_bibliography(app.config):
            warn_of(unfit, root)
            return
        languages = field_names(trees_of(app.config))
        problems = lint_bibliography(read, self.profile, folder, settings.profile, languages)
        if is_site(app.config) and self.files:
            problems += profile_problems(self.profile, self.files, folder, papers, drafts)
        problems += unfit
        place = settings.profile if self.files else next(iter(files), "")
        unchosen = topics_to_choose(papers, self.profile, place, settings.profile)
        if settings.lint != "build":  # which tells of each
            hidden = fields_not_shown((raw for one in read.values() for raw in one.raw), languages)
            for message in filter(None, [*(found.message for found in unchosen), hidden]):
                logging.getLogger(__name__).info(message)
        problems += unchosen
        if is_site(app.config):
            pages = lint_pages(Path(app.srcdir), app.config, read)
            if unread := [page for page in pages if page.kind is WarningKind.BIB_ENCODING]:
                stop(unread)  # where Sphinx would say it in a traceback
            cited = (page for page in pages if page.kind is WarningKind.CITATION)
            _holder(app.env).told = frozenset(
                (page.file, page.message.partition(": ")[0]) for page in cited
            )
            problems += pages
        warn_of(_concerning(app.config, problems), root)

    def _try_filters(self, library: Library) -> None:
        """End the build if a filter of a CV cannot be applied to the papers there are."""
        for path, options in self.profile.cv.by_path.items():
            try:
                cv_papers(options, library.papers, library.passes)
            except FilterError as error:
                assert self.files, "what is wrong is written there"
                file, line, column = self.files.place((*path, "papers"), "papers")
                keys = [part for part in path if isinstance(part, str)]
                message = f"{'.'.join(keys)}.papers: {options.papers!r} is no filter: {error}"
                stop([Problem(WarningKind.PROFILE, message, line, column, file)])


def _concerning(config: Config, problems: Iterable[Problem]) -> list[Problem]:
    """Leave out what a build does not tell of.

    That is style, unless the owner wants to hear of it; and files that are not there, of which
    sphinxcontrib-bibtex tells.
    """
    silent = {WarningKind.BIB_MISSING}
    if settings_of(config).lint != "build":
        silent |= STYLE_KINDS
    return [problem for problem in problems if problem.kind not in silent]


def _exclude_folders(app: Sphinx, config: Config) -> None:
    """Keep from the pages of a site what is served as it is, built, or installed."""
    if is_site(config):
        # What `bibfolio build` has published holds a Markdown twin of every page.
        folders = [settings_of(config).files, "_build", *virtual_environments(Path(app.srcdir))]
        if app.outdir.is_relative_to(app.srcdir) and app.outdir != app.srcdir:
            folders.append(app.outdir.relative_to(app.srcdir).as_posix())
        config.exclude_patterns = [*config.exclude_patterns, *folders]


def setup(app: Sphinx) -> None:
    """Connect the loader."""
    loader = _Loader()
    app.connect("config-inited", loader.read_profile, priority=100)
    app.connect("config-inited", _exclude_folders)
    app.connect("config-inited", loader.exclude_texts)
    app.connect("builder-inited", loader.read_papers, priority=100)
