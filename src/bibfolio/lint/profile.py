"""Checks the profile against papers, files and co-authors."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from bibfolio.model import Paper, Profile
from bibfolio.model.people import GROUPS, PEOPLE
from bibfolio.model.sentence import PaperName, Phrase
from bibfolio.model.strings import fold, is_local, nearest
from bibfolio.model.topics import (
    MOST_KEYWORDS,
    count_keywords,
    proposed_topics,
    same_keyword,
)
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.folder import Folder, nearest_file
from bibfolio.sources.identifiers import orcid_error
from bibfolio.sources.links import slides_of
from bibfolio.sources.profile_toml import with_pages
from bibfolio.sources.spelling import spelling_of
from bibfolio.sources.toml_text import KeyPath, TomlFiles


def profile_problems(
    profile: Profile,
    files: TomlFiles,
    folder: Folder,
    papers: Sequence[Paper] | None = None,
    drafts: Collection[str] = (),
) -> Iterator[Problem]:
    """Yield what is wrong in a *profile* that *files* hold.

    Args:
        profile: the profile as it was read.
        files: its files.
        folder: the folder of the site.
        papers: the papers that are shown, with their authors; None if they are not known.
        drafts: keys of the papers that are not shown.
    """
    found = [*_orcids(profile), *_pictures(profile, folder), *_slides(profile, folder)]
    found += [*_groups(profile), *_pages(profile, folder)]
    if papers is not None:
        found += _papers(profile, {paper.key for paper in papers}, drafts)
        known = with_pages(profile, folder, folder.names(PEOPLE)).people.values()
        found += _links(profile, folder, {*(p.page for p in papers), *(p.docname for p in known)})
        found += _topics_without_papers(profile, papers)
        found += _people_without_papers(profile, papers)
    for kind, path, value, message in found:
        file, line, column = files.place(path, value)
        keys = ".".join(part.rstrip("_") for part in path if isinstance(part, str))
        yield Problem(kind, f"{keys}: {message}", line, column, file)


#: A problem: kind, place, value, and message.
_Found = tuple[WarningKind, KeyPath, str, str]


def _orcids(profile: Profile) -> Iterator[_Found]:
    ids: dict[KeyPath, str] = {("links", "orcid"): profile.links.orcid}
    ids |= {("people", name, "orcid"): person.orcid for name, person in profile.people.items()}
    for path, orcid in ids.items():
        if orcid and (error := orcid_error(orcid)):
            yield WarningKind.BIB_ORCID, path, orcid, f"{orcid} {error}"


def _pictures(profile: Profile, folder: Folder) -> Iterator[_Found]:
    pictures: dict[KeyPath, str] = {("portrait",): profile.portrait}
    for name, person in profile.people.items():
        pictures["people", name, "picture"] = person.picture
    for path, picture in pictures.items():
        place, _slash, name = picture.lstrip("/").replace("\\", "/").rpartition("/")
        if picture and (picture[0] == "/" or not folder.holds(picture)):
            near = nearest_file(name, folder.names(place))
            cure = f"write {place}/{near}" if near else f"put it at _static/{name}"
            message = f"{picture} is no file of this site; {cure}"
            yield WarningKind.BIB_FILE, path, picture, message


def _slides(profile: Profile, folder: Folder) -> Iterator[_Found]:
    for index, talk in enumerate(profile.talks):
        if is_local(talk.slides) and not folder.offers(talk.slides):
            message = f"{talk.slides} is no file of this site; put it at {slides_of(talk)}"
            yield WarningKind.BIB_FILE, ("talks", index, "slides"), talk.slides, message


def _groups(profile: Profile) -> Iterator[_Found]:
    """Yield groups of people that differ by a slip from one that has a heading of ours."""
    for name, person in profile.people.items():
        near = nearest(person.group.casefold(), GROUPS, 0.8)
        if near not in {"", person.group}:
            message = f"{person.group} is a group of its own; did you mean {near}?"
            yield WarningKind.PROFILE_PERSON, ("people", name, "group"), person.group, message


def _pages(profile: Profile, folder: Folder) -> Iterator[_Found]:
    """Yield people without the page that they are to have, as it would be in the way of another."""
    texts, taken = folder.names(PEOPLE), dict[str, str]()
    for name, person in profile.people.items():
        slug, place = person.slug, f"{PEOPLE}/{person.slug}"
        if not person.page and f"{slug}.md" not in texts:
            continue
        message = ""
        if not slug:
            message = "no letter of the name can be in an address; take page out"
        elif slug in taken:
            message = f"the page of {taken[slug]} is at {place} already; take page out of one"
        elif folder.has_page(f"{place}/index"):
            message = f"{place}/index is there already; make it {place}.md, or take page out"
        taken.setdefault(slug, name)
        if message:
            yield WarningKind.PROFILE_PERSON, ("people", name, "page"), name, message


def _papers(profile: Profile, keys: Collection[str], drafts: Collection[str]) -> Iterator[_Found]:
    for path, phrase in _phrases(profile, ()):
        key, has_words = phrase.key, bool(phrase.text) or isinstance(phrase, PaperName)
        if key in {"", *keys} or (key in drafts and has_words):
            continue
        near = "" if key in drafts else nearest(key, sorted(keys), 0.6)
        cure = f"did you mean {near}?" if near else "write a key of the bibliography"
        message = f"no paper has the key {key}; {cure}"
        if key in drafts:
            words = f"give words, {{bib:paper}}`WORDS <{key}>`"
            message = f"{key} is a draft, for which nothing is said here; {words}"
        yield WarningKind.PROFILE_PAPER, path, key, message


def _links(profile: Profile, folder: Folder, papers: Collection[str]) -> Iterator[_Found]:
    """Yield links that lead nowhere: to no page or file of this site, or to no address at all."""
    for path, phrase in _phrases(profile, ()):
        page, url = phrase.page.partition("#")[0], phrase.url if phrase.is_local else ""
        if phrase.unlinked:
            advice = "write https://…, or /PAGE/ for a page of this site"
            yield (
                WarningKind.BIB_URL,
                path,
                phrase.unlinked,
                f"{phrase.unlinked} is no address to link; {advice}",
            )
        elif page and page not in papers and not folder.has_page(page):
            near = nearest(page, sorted(papers), 0.8)
            advice = f"did you mean /{near}/?" if near else "write the path of a page"
            yield WarningKind.BIB_URL, path, page, f"{page} is no page of this site; {advice}"
        elif url and not folder.offers(url):
            yield WarningKind.BIB_FILE, path, url, f"{url} is no file that this site serves"


def _phrases(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Phrase]]:
    """Yield every phrase in *value* with its place."""
    if isinstance(value, Phrase):
        yield path, value
    elif is_dataclass(value):
        for item in fields(value):
            yield from _phrases(getattr(value, item.name), (*path, item.name))
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _phrases(inner, (*path, name))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _phrases(inner, (*path, index))


def topics_to_choose(
    papers: Sequence[Paper], profile: Profile, file: str, profile_file: str
) -> list[Problem]:
    """Return that the *papers* have too many keywords for topics, if nobody has chosen.

    *file* is where to say so, *profile_file* where to choose.
    """
    count = 0 if profile.topics is not None else len(count_keywords(papers))
    if count <= MOST_KEYWORDS:
        return []
    names = json.dumps(proposed_topics(papers) or ["NAME"], ensure_ascii=False)
    message = f"{count} different keywords are too many for topics, so there are none; write"
    return [
        Problem(WarningKind.BIB_TOPICS, f"{message} topics = {names} in {profile_file}", file=file)
    ]


def _topics_without_papers(profile: Profile, papers: Sequence[Paper]) -> Iterator[_Found]:
    written = {same_keyword(word): word for paper in papers for word in paper.keywords}
    for index, topic in enumerate(profile.topics or ()):
        path: KeyPath = ("topics", index, "keywords") if topic.keywords else ("topics", index)
        for word in topic.keywords or (topic.name,):
            if same_keyword(word) not in written:
                near = nearest(same_keyword(word), written, 0.6)
                cure = f"did you mean {written[near]}?" if near else "write one of an entry"
                message = f"no paper has the keyword {word}; {cure}"
                yield WarningKind.PROFILE_TOPIC, path, word, message


def _people_without_papers(profile: Profile, papers: Iterable[Paper]) -> Iterator[_Found]:
    """Yield people who are in no group and wrote no paper."""
    authors = {author.name: author.person for paper in papers for author in paper.authors}
    with_papers = {person.name for person in authors.values() if person}
    by_letters = {fold(author): author for author in sorted(authors)}
    by_words = {frozenset(map(fold, author.split())): author for author in sorted(authors)}
    people = profile.people.values()
    counts = Counter(name for person in people for name in {person.name, *person.aliases})
    for name, person in profile.people.items():
        spelling, shared = spelling_of(name), [n for n in (name, *person.aliases) if counts[n] > 1]
        if "," in name and spelling and spelling.author.name in authors:
            message = f'it is shown as written; write [people."{spelling.author.name}"]'
        elif name in with_papers or person.group or person.page:
            continue
        elif name in profile.names:
            message = f"{name} is whose site this is; leave it out, or give a group"
        elif shared:
            message = f"{shared[0]} is the name of two people; take it out of the aliases of one"
        else:
            near = nearest(fold(name), by_letters, 0.8)
            right = by_words.get(frozenset(map(fold, name.split())))
            right = right or by_letters.get(near, "")
            advice = f'write [people."{right}"]' if right else "give the spelling in aliases"
            message = f"{name} is an author of no paper; {advice}, or a group"
        yield WarningKind.PROFILE_PERSON, ("people", name), name, message
