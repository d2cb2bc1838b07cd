"""``profile.toml`` → :class:`~bibfolio.model.Profile`; the only module that knows TOML.

The dataclasses are the schema: their fields are the keys, the annotations say which values a key
takes, and a field without a default is required.
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bibfolio.model import DateRange, PartialDate, Profile, Talk
from bibfolio.model.people import PEOPLE, Person
from bibfolio.model.profile import NETWORKS, Affiliation, Links, Topic
from bibfolio.model.sentence import Link, PaperName, Phrase, Sentence, with_phrases
from bibfolio.model.strings import CONTROL, ForeignText, is_local, nearest
from bibfolio.model.tables import CV_SECTIONS
from bibfolio.model.trees import Tree
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.filter_language import FilterError, parsed_filter
from bibfolio.sources.folder import Folder
from bibfolio.sources.identifiers import ror_error, ror_of
from bibfolio.sources.links import slides_of, web_url
from bibfolio.sources.prose import ProseError, sentence, target_of
from bibfolio.sources.toml_text import KeyPath, TomlFiles, parsed, syntax_mistake

#: The JSON Schema by which editors check the profile. A site has a copy beside its profile, since
#: no address and no path to an installed package is the same for everybody.
SCHEMA = Path(__file__).parent.parent / "profile.schema.json"


class ProfileError(ValueError):
    """The profile cannot be used; :attr:`problems` says why, with file and line."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(f"{p.file}:{p.line}: {p.message}" for p in problems))
        self.problems = problems


def read_profile(path: Path, trees: Sequence[Tree] = ()) -> Profile:
    """Read and check the file at *path*, and those in the folder of the same name beside it.

    Texts are in the first of the languages of the site.

    Raises:
        ProfileError: a file is missing, is not TOML, or has a key or value that is not valid.
    """
    return profile_of(read_files(path), trees)


def profile_files(path: Path) -> list[Path]:
    """Return the files of a profile: *path* and ``profile/*.toml``, as far as they exist."""
    return [
        file for file in (path, *sorted(path.with_suffix("").glob("[!.]*.toml"))) if file.is_file()
    ]


def read_files(path: Path) -> TomlFiles:
    """Read ``profile.toml`` at *path* and ``profile/*.toml`` as one.

    Raises:
        ProfileError: there is no file, a file is not TOML, or two files have the same key.
    """
    texts = {}
    for file in profile_files(path) or [path]:
        name = file.relative_to(path.parent).as_posix()
        try:
            texts[name] = file.read_text(encoding="utf-8-sig")
        except OSError as error:
            raise _error(f"cannot read the profile: {error.strerror}", name) from None
        except UnicodeDecodeError:
            raise _error("not UTF-8; save the file as UTF-8", name) from None
    return _files(texts)


def parse_profile(text: str, name: str = "profile.toml") -> Profile:
    """Read a profile from the *text* of a file called *name*; see :func:`read_profile`."""
    return profile_of(_files({name: text}))


def _files(texts: dict[str, str]) -> TomlFiles:
    hints = typing.get_type_hints(Profile)
    lists = [key for key, hint in hints.items() if typing.get_origin(hint) is tuple]
    for name, text in texts.items():
        if parsed(text) is None:
            raise ProfileError([syntax_mistake(text, name, lists)])
    files = TomlFiles(texts)
    problems = []
    for key, file in files.repeated:
        message = f"{key}: is in {files.place((key,))[0]} as well; keep it in one file"
        problems += _error(message, file, files.place((key,), file=file)[1]).problems
    if problems:
        raise ProfileError(problems)
    return files


def profile_of(
    files: TomlFiles, trees: Sequence[Tree] = (), language: Tree | None = None
) -> Profile:
    """Return the profile in *files*, in one of the languages of a site.

    Args:
        files: what is written.
        trees: the languages of the site, the default first.
        language: the one that is wanted, else the default.

    Raises:
        ProfileError: there is a key or value that is not valid.
    """
    checker = _Checker(files, trees or (Tree(""),), language)
    profile = typing.cast(Profile | None, checker.record(Profile, files.data, ()))
    if profile:
        checker.sections(profile)
    if checker.problems or profile is None:
        raise ProfileError(checker.problems)
    names = files.data.get("name")
    if isinstance(names, dict):  # authors may be called by any of them
        others = (name for name in names.values() if name != profile.name)
        profile = replace(profile, name_variants=(*profile.name_variants, *others))
    return profile


def profiles_of(files: TomlFiles, trees: Sequence[Tree]) -> dict[str, Profile]:
    """Return the profile in each language of a site, by its tag.

    Raises:
        ProfileError: a key or value is not valid, in whatever language.
    """
    profiles, problems = dict[str, Profile](), list[Problem]()
    for tree in trees:
        try:
            profiles[tree.tag] = profile_of(files, trees, tree)
        except ProfileError as error:
            problems += error.problems
    if problems:
        raise ProfileError(list(dict.fromkeys(problems)))
    return profiles


def with_pages(profile: Profile, folder: Folder, texts: Collection[str]) -> Profile:
    """Return *profile* with pages for those who are to have one, by ``page`` or one of the *texts*.

    Where two names make one address, it is that of the first.
    """
    taken: set[str] = set()
    people = {}
    for name, person in profile.people.items():
        slug = person.slug
        is_wanted = person.page or f"{slug}.md" in texts
        is_free = slug not in {"", *taken} and not folder.has_page(f"{PEOPLE}/{slug}/index")
        people[name] = replace(person, page=is_wanted and is_free)
        taken |= {slug} if is_wanted else set()
    return replace(profile, people=people)


def without_pages(profile: Profile) -> Profile:
    """Return *profile* without pages of people, for a project that is no site."""
    people = {name: replace(person, page=False) for name, person in profile.people.items()}
    return replace(profile, people=people)


def with_files(profile: Profile, folder: Folder) -> Profile:
    """Return *profile* without pictures, slides and links to files that are not in *folder*.

    A talk without slides gets the file that is named after its title, if there is one.
    """

    def picture(path: str) -> str:
        return path if path[:1] != "/" and folder.holds(path) else ""

    def slides(talk: Talk) -> str:
        path = talk.slides or slides_of(talk)
        return folder.address(path) if is_local(path) else path

    def linked(phrase: Phrase) -> Phrase:
        return replace(phrase, url=folder.address(phrase.url)) if phrase.is_local else phrase

    profile = with_phrases(profile, linked)
    return replace(
        profile,
        portrait=picture(profile.portrait),
        talks=tuple(replace(talk, slides=slides(talk)) for talk in profile.talks),
        people={
            name: replace(person, picture=picture(person.picture))
            for name, person in profile.people.items()
        },
    )


def _error(message: str, file: str, line: int = 1) -> ProfileError:
    return ProfileError([Problem(WarningKind.PROFILE, message, line, file=file)])


# -- tables → dataclasses -----------------------------------------------------------------------


class _Checker:
    """Builds the dataclasses from plain data, and collects what is wrong with the data."""

    def __init__(self, files: TomlFiles, trees: Sequence[Tree], language: Tree | None) -> None:
        self.files = files
        #: The languages of the site, that which is wanted first, and then the default.
        self.trees = sorted(trees, key=lambda tree: tree != (language or trees[0]))
        self.default = trees[0]
        #: What messages call them, the default first, whichever is wanted.
        self.languages = [tree.folder or tree.tag for tree in trees]
        self.problems: list[Problem] = []

    def report(self, path: KeyPath, message: str) -> None:
        """Add a problem at the last key of *path*, or at the nearest key around it."""
        keys = [part for part in path if isinstance(part, str)]
        file, line, column = self.files.place(path, keys[-1])
        message = f"{'.'.join(keys)}: {message}"
        self.problems.append(Problem(WarningKind.PROFILE, message, line, column, file))

    def sections(self, profile: Profile) -> None:
        """Report identifiers of own sections that are taken, and what is wrong with CVs."""
        names = list(CV_SECTIONS)
        for index, section in enumerate(profile.sections):
            path = ("sections", index, "id")
            if section.id in names:
                self.report(path, f"{section.id} is the name of another section; write another")
            elif not SECTION.fullmatch(section.id):
                self.report(path, "must be small letters, digits and hyphens, such as my-patents")
            names.append(section.id)
        self.cvs(profile, names)

    def cvs(self, profile: Profile, sections: Collection[str]) -> None:
        """Report sections and filters of CVs that are none, and identifiers that are taken."""
        for place, options in profile.cv.by_path.items():
            for name in options.sections or ():
                if name not in sections:
                    advice = _advice(name, [*sections], "write one of")
                    self.report((*place, "sections"), f"{name!r} is not known; {advice}")
            if error := papers_error(options.papers):
                self.report((*place, "papers"), error)
        ids = [variant.id for variant in profile.cv.variants]
        for index, id_ in enumerate(ids):
            path = ("cv", "variants", index, "id")
            if not VARIANT.fullmatch(id_):
                message = "must be at most 60 small letters, digits and hyphens, such as two-pages"
                self.report(path, message)
            elif id_ in ids[:index]:
                self.report(path, f"{id_} is the id of another CV; write another")

    def record(self, cls: type, data: dict[str, Any], path: KeyPath) -> object | None:
        """Build one dataclass from one table; return None if it cannot be built."""
        # A key that Python reserves, such as with, is a field with an underscore: with_.
        hints = {key.rstrip("_"): hint for key, hint in typing.get_type_hints(cls).items()}
        fields = {field.name.rstrip("_"): field for field in dataclasses.fields(cls)}
        before = len(self.problems)
        self.unknown_keys(data, fields, path)
        misspelt = {nearest(key, list(fields)) for key in data if key not in fields}
        for key, field in fields.items():
            if key not in {*data, *misspelt} and _is_required(field):
                self.report((*path, key), "is missing and has no default")
        values = {
            fields[key].name: self.value(hints[key], value, (*path, key))
            for key, value in data.items()
            if key in fields
        }
        needed = [field.name for field in fields.values() if _is_required(field)]
        empty = [name for name in needed if not str(values.get(name) or "").strip()]
        for name in empty if len(self.problems) == before else ():
            self.report((*path, name), "must not be empty")
        if error := order_error(values.get("start"), values.get("end")):
            self.report((*path, "end"), error)
        return cls(**values) if len(self.problems) == before else None

    def unknown_keys(self, data: dict[str, Any], keys: Collection[str], path: KeyPath) -> None:
        """Report the keys in *data* that are none of *keys*."""
        for key in [key for key in data if key not in keys]:
            advice = _advice(key, list(keys), "known keys")
            if home := _HOMES.get(key):
                advice = f"write it {home}" + f", or {advice}" * (len(path) > 1)
            self.report((*path, key), f"unknown key; {advice}")

    def value(self, hint: Any, value: Any, path: KeyPath) -> Any:
        """Return *value* as what the annotation *hint* says; report it if that is impossible."""
        if typing.get_origin(hint) in {types.UnionType, typing.Union}:
            (hint,) = [arg for arg in typing.get_args(hint) if arg is not type(None)]
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if hint in {str, Sentence}:
            value, language = self.chosen(value, path)
            text = self.prose(value, path) if hint == Sentence else self.plain(str, value, path)
            return _in_language(text, language) if path[-1] not in _OF_NO_LANGUAGE else text
        if hint is PaperName:
            return PaperName(key=self.plain(str, value, path))
        if hint is Link:
            return self.link(value, path)
        if origin is tuple:
            return self.array(arguments[0], value, path)
        if hint in {PartialDate, DateRange}:
            return self.date(hint, value, path)
        if origin is typing.Literal:
            return self.choice(arguments, value, path)
        if hint is Topic and isinstance(value, str):  # the short form
            value = {"name": value}
        if dataclasses.is_dataclass(hint) or origin is dict:
            return self.table(hint, value, path)
        return self.plain(hint, value, path)

    def chosen(self, value: Any, path: KeyPath) -> tuple[Any, str]:
        """Return the text in the language that is wanted, or else in the first that there is.

        Returns:
            The text, and its language if that is another one. A text without languages is in the
            default one.
        """
        wanted = self.trees[0]
        if not isinstance(value, dict):
            return value, "" if wanted == self.default else self.default.tag
        names = {name: tree for tree in self.trees for name in tree.names}
        found = {
            names[key.lower()]: text
            for key, text in value.items()
            if key.lower() in names and text != ""
        }
        if not found and len(self.trees) == 1:  # it is meant for something else
            return value, ""
        for key in value:
            if key.lower() not in names:
                advice = _advice(key, self.languages, "its languages")
                self.report((*path, key), f"is no language of the site; {advice}")
        tree = next((tree for tree in (wanted, self.default, *found) if tree in found), wanted)
        return found.get(tree, ""), "" if tree == wanted else tree.tag

    def table(self, hint: Any, value: Any, path: KeyPath) -> Any:
        """Return a table as a dataclass, or as a dictionary by names or by sections."""
        if not isinstance(value, dict):
            table = f'{path[-1]}."NAME"' if hint == dict[str, Person] else path[-1]
            advice = f"; write [{table}]" * isinstance(value, list)
            self.report(path, f"must be a table, not {_kind(value)}{advice}")
            return None
        if hint == dict[str, str]:
            return self.headings(value, path)
        if typing.get_origin(hint) is dict:
            return self.named(typing.get_args(hint)[1], value, path)
        return self.record(typing.cast(type, hint), value, path)

    def plain(self, hint: Any, value: Any, path: KeyPath) -> Any:
        if not isinstance(value, hint) or (isinstance(value, bool) and hint is not bool):
            self.report(path, f"must be {_NAMES[hint]}, not {_kind(value)}")
        elif error := value_error(str(path[-1]), value):
            self.report(path, error)
        elif is_address(str(path[-1]), value):
            return web_url(value)
        elif path[-1] == "ror":
            return ror_of(value)
        return value

    def array(self, hint: Any, value: Any, path: KeyPath) -> tuple[Any, ...]:
        if not isinstance(value, list):
            advice = f'; write ["{value}"]' * isinstance(value, str)
            if isinstance(value, dict):
                is_of_texts = hint in {str, Sentence}
                each = "; write a table of languages for each text in it"
                name = ".".join(part for part in path if isinstance(part, str))
                advice = each if is_of_texts else f"; write [[{name}]]"
            self.report(path, f"must be a list, not {_kind(value)}{advice}")
            return ()
        return tuple(self.value(hint, item, (*path, i)) for i, item in enumerate(value))

    def choice(self, words: tuple[str | bool, ...], value: Any, path: KeyPath) -> Any:
        known = [str(word).lower() if isinstance(word, bool) else word for word in words]
        if not isinstance(value, str | bool if True in words else str):
            wanted = (
                f"one of: {', '.join(known)}; it is" if True in words else f"{_NAMES[str]}, not"
            )
            self.report(path, f"must be {wanted} {_kind(value)}")
        elif value not in words:
            advice = _advice(str(value), known, "write one of")
            self.report(path, f"{value!r} is not known; {advice}")
        return value

    def named(self, cls: type, data: dict[str, Any], path: KeyPath) -> dict[str, Any]:
        """Build a dataclass from each table in *data*; its key is the name."""
        found = {}
        for name, value in data.items():
            if error := value_error("name", name):
                self.report((*path, name), error)
            elif not isinstance(value, dict):
                self.report((*path, name), f'must be a table; write [{path[-1]}."{name}"]')
            elif "name" in value:
                self.report((*path, name, "name"), "the name stands in brackets; leave it out here")
            else:
                found[name] = self.record(cls, {**value, "name": name}, (*path, name))
        return found

    def headings(self, data: dict[str, Any], path: KeyPath) -> dict[str, str]:
        """Read texts whose keys are sections of the CV."""
        self.unknown_keys(data, CV_SECTIONS, path)
        return {key: self.value(str, value, (*path, key)) for key, value in data.items()}

    def prose(self, value: Any, path: KeyPath) -> Sentence:
        """Read inline Markdown."""
        before = len(self.problems)
        self.plain(str, value, path)
        try:
            return sentence(value) if len(self.problems) == before else ()
        except ProseError as mistake:
            self.report(path, str(mistake))
            return ()

    def link(self, value: Any, path: KeyPath) -> Link:
        """Read an address, or a path in this site, which begins with a slash."""
        is_path = isinstance(value, str) and value[:1] == "/" and not CONTROL.search(value)
        found = target_of(value) if is_path else {"url": self.plain(str, value, path)}
        if wrong := found.pop("unlinked", ""):
            self.report(path, f"{wrong} is no path in this site; write /PAGE/")
        return Link(**found)

    def date(
        self, hint: type[PartialDate | DateRange], value: Any, path: KeyPath
    ) -> PartialDate | DateRange | None:
        """Read a year (integer), ``"YYYY"``, ``"YYYY-MM"``, ``"YYYY-MM-DD"`` or a TOML date.

        A range has two dates with a slash between them, or one date and a slash. A time of the day
        does not count.
        """
        written = value.isoformat() if hasattr(value, "isoformat") else str(value)
        written = _TIME_OF_DAY.sub("", written)
        try:
            date = hint.parse(written)
        except ValueError as error:
            self.report(path, _date_error(hint, written, str(error)))
            return None
        ends = (date.start, date.end) if isinstance(date, DateRange) else (date,)
        if mistake := next(filter(None, (year_error(end.year) for end in ends)), ""):
            self.report(path, mistake)
        return date


#: Keys whose texts are no words.
_OF_NO_LANGUAGE = frozenset({"name", "email", "id", "paper", "papers", "keywords"})


def _in_language(text: Any, language: str) -> Any:
    """Return a text or a sentence with its *language*, if it is not that of the page."""
    if not language or not text:
        return text
    if isinstance(text, str):
        return text if web_url(text) else ForeignText(text, language)
    return with_phrases(
        text, lambda phrase: replace(phrase, text=ForeignText(phrase.text, language))
    )


def _date_error(hint: type[PartialDate | DateRange], written: str, error: str) -> str:
    """Return the message about a date that cannot be read because of *error*."""
    if written.lower() in {"present", "now", "today", "current", "ongoing"}:
        advice = "leave it out" if hint is PartialDate else 'write "2024-09/"'
        return f"{written!r} is not a date; {advice} for what goes on"
    two = re.fullmatch(r"(\d{4})\s*(?:[-–—]|to|until)\s*(\d{4})", written)
    if two and hint is DateRange:
        return f'{written!r} is not a date; write "{two[1]}/{two[2]}"'
    if "ends before" in error:
        return f"{error}; write the earlier date first"
    return error if "; write" in error else f"{written!r} is not a date; there is no such day"


#: What may stand behind a day: ``12:00:00+0200``.
_TIME_OF_DAY = re.compile(r"(?<=\d{4}-\d\d-\d\d)[T ]\d\d:[^/]*")
_NAMES: dict[Any, str] = {str: "a text in quotes", int: "a whole number", bool: "true or false"}
#: Type of a value → what messages call it; other types are dates.
_KINDS = {bool: "true or false", str: "a text", int: "a number", float: "a number"}
_KINDS |= {list: "a list", dict: "a table"}


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "a date")


#: Key → where it belongs.
_HOMES = {key.name: "below [affiliation]" for key in dataclasses.fields(Affiliation)}
_HOMES |= {key.name: "below [links]" for key in dataclasses.fields(Links)}
_HOMES |= {key.name: "above the first [table]" for key in dataclasses.fields(Profile)}


def _advice(written: str, known: typing.Sequence[str], what: str) -> str:
    near = nearest(written, known)
    return f"did you mean {near}?" if near else f"{what}: {', '.join(known)}"


def _is_required(field: dataclasses.Field[Any]) -> bool:
    missing = dataclasses.MISSING
    return field.default is missing and field.default_factory is missing


# -- what values can be, beyond their types -----------------------------------------------------

#: Years of a living person's studies, positions and awards.
FIRST_YEAR, LAST_YEAR = 1900, 2100
#: Keys whose values are years, and numbers of something.
YEARS, COUNTS = {"year", "since"}, {"limit", "pages"}
E_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.\w")
#: The identifier of a section of the owner's own.
SECTION = re.compile("[a-z][a-z0-9-]*")
#: The identifier of a CV, in the names of its files.
VARIANT = re.compile("[a-z0-9][a-z0-9-]{0,59}")
#: Keys whose values are addresses.
ADDRESS = re.compile(r"(?:.*_)?url|website|mastodon|code|video")


def year_error(year: int) -> str:
    """Return what is wrong with a year, or an empty string."""
    if FIRST_YEAR <= year <= LAST_YEAR:
        return ""
    return f"{year} is not a year from {FIRST_YEAR} to {LAST_YEAR}; write one such as 2024"


def papers_error(papers: str) -> str:
    """Return what is wrong with the *papers* of a CV, or an empty string."""
    words = ("all", "selected")
    if papers in {"", *words}:
        return ""
    if papers.isidentifier():
        advice = _advice(papers, words, 'write a filter such as year >= "2020", or one of')
        return f"{papers!r} is not known; {advice}"
    try:
        parsed_filter(papers)
    except FilterError as error:
        return f"{papers!r} is no filter: {error}"
    return ""


def order_error(start: PartialDate | None, end: PartialDate | None) -> str:
    """Return what is wrong with an end that lies before its start, or an empty string."""
    if not start or not end or not end.is_over_before(start):
        return ""
    return f"{end.iso} lies before start, {start.iso}; correct one of the two"


def is_address(key: str, value: object) -> bool:
    """Return whether the *value* of *key* has to be an address; slides may be a file as well."""
    has_address = ADDRESS.fullmatch(key) or (key == "slides" and ":" in str(value))
    return isinstance(value, str) and bool(has_address)


def value_error(key: str, value: object) -> str:
    """Return what is wrong with the value of *key*, or an empty string."""
    if key in YEARS and isinstance(value, int):
        return year_error(value)
    if key in COUNTS and isinstance(value, int) and value < 1:
        return "must be 1 or more"
    if not isinstance(value, str):
        return ""
    if found := CONTROL.search(value):
        return f"must not hold the control character U+{ord(found[0]):04X}; take it out"
    if key == "email":
        return "must not be a plain address; write: jane (at) example (dot) org" * ("@" in value)
    if is_address(key, value):
        address = re.sub(r"^@([\w.-]+)@([\w.-]+)$", r"https://\2/@\1", value)
        advice = f"; write {address}" * (address != value)
        message = f"must be an address that starts with https:// or http://{advice}"
        return message if not web_url(value) else ""
    if key == "ror" and value:
        error = ror_error(value)
        return f"{value} {error}" if error else ""
    if E_MAIL.search(value):
        return "must not hold a plain e-mail address"
    if key == "name" and not value.strip():
        return "must not be empty"
    return account_error(key, value) if key in NETWORKS and key != "mastodon" else ""


def account_error(key: str, value: str) -> str:
    """Return what is wrong with the name of an account, or an empty string."""
    _network, address, form = NETWORKS[key]
    if re.fullmatch(form, value):
        return ""
    before = re.sub(r"https://(?:www\.)?|\{}", "", address)
    before = re.escape(before).replace(r"\?", r"\?(?:.*&)?") + r"(?:.*/)?" * (form == r"\d+")
    name = re.search(rf"(?:^@|\b{before})({form})", value)
    advice = name[1] if name else f"the NAME of {address.format('NAME')}"
    return f"must be the account's name or number alone; write {advice}"
