"""Everything that is wrong in the sources of a project, and what its site will not hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bibfolio.hosting import address_mismatch, hosted_at
from bibfolio.lint import lint_bibliography
from bibfolio.lint.pages import lint_pages
from bibfolio.lint.pictures import unfit_pictures
from bibfolio.lint.profile import profile_problems, topics_to_choose
from bibfolio.model import CV_FILES, EXPORT_FORMATS, FEEDS, NEWS_FEED, Profile
from bibfolio.model.cv import cv_file
from bibfolio.model.trees import field_names
from bibfolio.problems import NO_ADDRESS, Problem, WarningKind
from bibfolio.project.requirements import uninstalled
from bibfolio.project.settings import Settings
from bibfolio.sources.bibliography import Bibliography, read_bibliographies
from bibfolio.sources.folder import Folder
from bibfolio.sources.profile_toml import (
    ProfileError,
    profile_files,
    profiles_of,
    read_files,
    read_profile,
)
from bibfolio.sources.spelling import identified


def examine(
    files: Sequence[Path], root: Path, settings: Settings
) -> tuple[dict[str, Bibliography], list[Problem]]:
    """Read bibliographies, the profile if there is one, and the pages of a site.

    Args:
        files: the bibliographies.
        root: the folder of ``conf.py``, from which entries name files.
        settings: what is said there.

    Returns:
        What was read from each file, by its name, and everything that is wrong.
    """
    profile = root / settings.bibfolio_profile
    person, texts, of_profile = Profile(), None, list[Problem]()
    problems = [*settings.problems]
    copied = (settings.html_static_path, settings.html_extra_path)
    folder = Folder(root, settings.bibfolio_files, *copied)
    if profile_files(profile):
        try:
            texts = read_files(profile)
            person = next(iter(profiles_of(texts, settings.trees).values()))
        except ProfileError as error:
            of_profile = error.problems
    names = {str(path): path for path in files}
    read = read_bibliographies(names, person.names, folder, settings.bibtex_encoding)
    is_whole = {root / name for name in settings.bibtex_bibfiles} <= {*files}
    papers = [paper for bibliography in read.values() for paper in bibliography.papers]
    hidden = [paper for bibliography in read.values() for paper in bibliography.drafts]
    problems += unfit_pictures(folder, person, [*papers, *hidden])
    if settings.has_own_bibliography and is_whole and not of_profile:
        place = str(profile if texts else files[0])
        problems += topics_to_choose(papers, person, place, settings.bibfolio_profile)
    if texts:
        papers = identified(papers, person)
        drafts = [draft.key for draft in hidden]
        of_profile += profile_problems(person, texts, folder, papers if is_whole else None, drafts)
    of_papers = lint_bibliography(read, person, folder, str(profile), field_names(settings.trees))
    if of_profile and not person.name:  # it cannot be read, so nobody knows who the owner is
        of_papers = [found for found in of_papers if found.kind is not WarningKind.BIB_AUTHOR]
    problems += [replace(found, file=str(profile.parent / found.file)) for found in of_profile]
    problems += of_papers
    if settings.is_site and is_whole:
        problems += [*lint_pages(root, settings, read, settings.trees), *uninstalled(root)]
    return read, problems


#: Files about the whole of a site.
_SITE_FILES = {
    *("404.html", "robots.txt", "sitemap.xml", "llms.txt", "llms-full.txt", *FEEDS, NEWS_FEED),
    *(f"publications.{suffix}" for suffix, _type in EXPORT_FORMATS.values()),
    *(path for path, _type in CV_FILES.values()),
}
#: Extensions that write one of them.
_WRITERS = {"sphinx_sitemap": "sitemap.xml", "sphinx_llms_txt": "llms.txt"}


def left_out(root: Path, settings: Settings) -> list[Problem]:
    """Return what a site in *root* does not write, because it cannot or somebody else does."""
    if not settings.is_site:
        return []
    conf, problems, ours = str(root / "conf.py"), [], {*_SITE_FILES}
    address, profile = settings.html_baseurl or hosted_at(), root / settings.bibfolio_profile
    if profile_files(profile):
        try:
            person = read_profile(profile, settings.trees)
            address = address or person.links.website
            ids = [variant.id for variant in person.cv.variants]
            ours |= {cv_file(path, id_) for path, _type in CV_FILES.values() for id_ in ids}
        except ProfileError:  # reported elsewhere; it may hold the address
            address = address or "unknown"
    if message := address_mismatch(settings.html_baseurl):
        problems.append(Problem(WarningKind.ADDRESS, message, 0, file=conf))
    if not address:
        problems.append(Problem(WarningKind.NO_ADDRESS, NO_ADDRESS, 0, file=conf))
    writers = {path: name for name, path in _WRITERS.items() if name in settings.extensions}
    for place in (root / name for name in settings.html_extra_path):
        top = place if place.is_dir() else place.parent
        for file in filter(Path.is_file, (place, *place.rglob("*"))):
            path = file.relative_to(top).as_posix()
            is_twin = path.endswith(".md") and (root / path).is_file()
            if path in ours or is_twin or path.startswith("cards/"):
                writers[path] = "html_extra_path"
    for path, writer in sorted(writers.items()):
        message = f"{path} is from {writer} and takes the place of the one that bibfolio makes"
        problems.append(Problem(WarningKind.OWN_FILE, message, 0, file=conf))
    return problems
