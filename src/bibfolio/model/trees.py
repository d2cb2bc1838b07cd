"""The languages of a site: the pages of each have a folder of their own.

A site in one language is one tree, at the root.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

#: What ``bibfolio_languages`` may be: tags, or tags with the folder of each.
Chosen = Sequence[str] | Mapping[str, str]
_TAG = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
_FOLDER = re.compile(r"\w[\w-]*")
#: Folders that Sphinx or this package fills in the output.
TAKEN_FOLDERS = frozenset(
    {"papers", "people", "cards", "_static", "_sources", "_images", "_downloads"}
)


@dataclass(frozen=True, slots=True)
class Tree:
    """The pages of a site in one language."""

    #: BCP 47, as the owner writes it.
    tag: str
    #: Where the pages are; empty for the language of the root.
    folder: str = ""

    @property
    def names(self) -> frozenset[str]:
        """What stands behind the name of a field of this language: ``title-zh``."""
        return frozenset({self.tag.lower(), (self.folder or _first_part(self.tag)).lower()})

    def page(self, path: str) -> str:
        """Return the page that is called *path* in this tree."""
        return f"{self.folder}/{path}" if self.folder else path


def trees(chosen: Chosen, language: str) -> tuple[Tree, ...]:
    """Return the trees of a site, the default first; of one language if none is *chosen*."""
    if not chosen:
        return (Tree(language),)
    tags = [tag.replace("_", "-") for tag in chosen]
    if isinstance(chosen, Mapping):
        return tuple(map(Tree, tags, chosen.values()))
    short = [_first_part(tag) for tag in tags[1:]]
    folders = [
        tag if short.count(part) > 1 else part for tag, part in zip(tags[1:], short, strict=True)
    ]
    return tuple(map(Tree, tags, ["", *folders]))


def _first_part(tag: str) -> str:
    return tag.partition("-")[0].lower()


def mistake(chosen: object) -> str:
    """Return what is wrong with ``bibfolio_languages``; nothing if it can be used."""
    if not isinstance(chosen, list | tuple | dict):
        return 'must be a list of languages such as ["en", "zh-Hans"]'
    if not all(isinstance(tag, str) and _TAG.fullmatch(tag) for tag in chosen):
        return "must name languages by tags such as zh-Hans"
    if len({tag.lower().replace("_", "-") for tag in chosen}) < len(chosen):
        return "must name each language once"
    if not isinstance(chosen, dict):
        return ""
    folders = list(chosen.values())
    if not all(isinstance(folder, str) for folder in folders) or folders[:1] not in ([], [""]):
        return 'must have "" as the folder of its first language, whose pages are at the root'
    if wrong := [folder for folder in folders[1:] if not _FOLDER.fullmatch(folder)]:
        return f"must have folders with simple names, such as zh; {wrong[0]!r} is none"
    if taken := sorted(TAKEN_FOLDERS.intersection(folders)):
        return f"must have other folders than {', '.join(taken)}"
    return "must have a folder for each language" if len(set(folders)) < len(folders) else ""


def field_names(trees: Sequence[Tree]) -> frozenset[str]:
    """Return what stands behind the names of fields: of the languages of a site with several."""
    return (
        frozenset[str]().union(*(tree.names for tree in trees)) if len(trees) > 1 else frozenset()
    )


def tree_at(trees: Sequence[Tree], page: str) -> Tree:
    """Return the tree that a page stands in."""
    inside = (tree for tree in trees[1:] if page.startswith(f"{tree.folder}/"))
    return next(inside, trees[0])


def tree_of_language(trees: Sequence[Tree], tag: str) -> Tree | None:
    """Return the tree in this language: ``zh-Hans`` for ``zh``; none if there is none."""
    tags = [tree.tag.lower() for tree in trees]
    names = (tag.lower(), _first_part(tag))
    for name, forms in ((names[0], tags), (names[1], [_first_part(one) for one in tags])):
        if name in forms:
            return trees[forms.index(name)]
    return None


def sisters(trees: Sequence[Tree], page: str, pages: Collection[str]) -> dict[Tree, str]:
    """Return tree → page, for the *pages* that are the same in several languages as this *page*."""
    path = page.removeprefix(tree_at(trees, page).page(""))
    found = {tree: tree.page(path) for tree in trees if tree.page(path) in pages}
    return found if len(found) > 1 else {}
