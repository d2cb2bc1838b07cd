"""Pictures of people and papers that no page can show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bibfolio.model import Paper, Profile
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.folder import Folder
from bibfolio.sources.pictures import fault


def unfit_pictures(folder: Folder, person: Profile, papers: Iterable[Paper]) -> Iterator[Problem]:
    """Yield the pictures in the *folder* that cannot be read, each once."""
    names = [person.portrait, *(one.picture for one in person.people.values())]
    names += [paper.figure.path for paper in papers if paper.figure]
    inside = (folder.path(name) for name in names if name[:1] != "/")
    for path in dict.fromkeys(inside):
        if path and (message := fault(path)):
            yield Problem(WarningKind.PICTURE, message, file=str(path))
