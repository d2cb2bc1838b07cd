"""Writes a new site: a folder of small files, complete and ready to build."""

from __future__ import annotations

import argparse
import re
import shlex
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bibfolio.commands import FAILED, say
from bibfolio.model import words
from bibfolio.model.trees import Tree, mistake, trees
from bibfolio.model.words import _
from bibfolio.project.findings import visible
from bibfolio.project.new_site import render
from bibfolio.project.requirements import requirement
from bibfolio.sources.identifiers import orcid_error, url_advice
from bibfolio.sources.links import web_url
from bibfolio.sources.profile_writer import profile_text

#: Keys of the profile that ORCID may know, in the order in which they are written and told.
_ORDER = ("name", "position", "affiliation", "education", "positions")


def _address_error(text: str) -> str:
    """Return what is wrong with the address of a site, or ""."""
    if not web_url(text):
        is_bare = re.fullmatch(r"[\w-]+(?:\.[\w-]+)+(?:/\S*)?", text)
        return f"is no address; {f'write https://{text}' if is_bare else url_advice(text)}"
    return "has a ? or #; write the address of the home page" * bool(re.search(r"[?#]", text))


@dataclass(frozen=True)
class _Question:
    """A question, which is also an option."""

    option: str
    text: str
    default: str = ""
    #: Answer → what is wrong with it, or "".
    error: Callable[[str], str] = lambda _answer: ""
    #: What people paste in front of an answer.
    prefix: str = ""


#: Also options, and the defaults messages.
QUESTIONS = (
    _Question("name", "Your name", "Your Name"),
    _Question("institution", "Where you work", "Your Institution"),
    _Question("orcid", "Your ORCID iD, if any", "", orcid_error, "https://orcid.org/"),
    _Question("url", "Address of the site, if known", "", _address_error),
)
#: Asked only if servers cannot install the package from where it came.
_PACKAGE = _Question("package", "What pip installs this bibfolio from, for servers, if known")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``bibfolio new``."""
    parser.add_argument(
        "folder",
        metavar="FOLDER",
        nargs="?",
        type=Path,
        default=Path(),
        help="folder of the site; default: this folder",
    )
    parser.add_argument("--name", help="your name")
    parser.add_argument("--institution", help="where you work")
    ids = parser.add_mutually_exclusive_group()
    ids.add_argument("--orcid", metavar="ID", help="your ORCID iD; the command asks ORCID nothing")
    ids.add_argument(
        "--from-orcid",
        metavar="ID",
        help="your ORCID iD; asks ORCID for name, affiliation, education and positions",
    )
    parser.add_argument("--url", metavar="ADDRESS", help="where the site will be, if you know")
    parser.add_argument(
        "--package",
        metavar="REQUIREMENT",
        help="what hosts install as bibfolio; default: the release or commit that you use",
    )
    parser.add_argument(
        "--languages",
        metavar="TAG,…",
        default="en",
        help="languages of the site, the default first, such as de or en,zh-Hans; default: en",
    )
    parser.add_argument("--yes", action="store_true", help="ask nothing")
    parser.set_defaults(error=parser.error)


def run(options: argparse.Namespace) -> int:
    """Write the files in the languages that are asked for; if one of them exists, write none."""
    tags = [tag.strip() for tag in options.languages.split(",")]
    for tag in tags:
        if error := _speak(tag):
            options.error(f"--languages: {tag}{error}")
    if error := mistake(tags):
        options.error(f"--languages {error}")
    known: dict[str, Any] = {}
    if options.from_orcid is not None:
        options.orcid = options.from_orcid.strip().rstrip("/").rpartition("/")[2]
        if error := orcid_error(options.orcid):
            options.error(f"--from-orcid: {visible(options.orcid)} {error}")
        if (found := _recorded(options)) is None:
            return FAILED
        known = found
    try:
        return _write(options, trees(tags, ""), known)
    finally:
        words.use()


def _speak(tag: str) -> str:
    """Speak the language with this *tag*; return why it cannot be, or ""."""
    words.use()
    if tag == "en":
        return ""
    from bibfolio import languages  # noqa: PLC0415  the other commands start without Sphinx

    found = languages.parse(tag)
    if not found:
        return f" is no language; {languages.advice(tag)}"
    if spoken := languages.language(tag):
        words.use(spoken)
    elif found.language != "en":
        sys.stdout.write(
            f"bibfolio has no words in {found.english_name}, so the pages are in English;"
            " docs/how-to/language says how to add them.\n"
        )
    return ""


def _recorded(options: argparse.Namespace) -> dict[str, Any] | None:
    """Return what ORCID's public record says of the person, and say so; None if it cannot be had.

    What the options say goes first.
    """
    # Without this option, a site is begun without a network, and without what asks services.
    from bibfolio.services import lookup  # noqa: PLC0415
    from bibfolio.services.client import Client, ServiceError  # noqa: PLC0415

    try:  # a record holds all works, and those can be thousands
        profile, left = lookup.person(options.orcid, Client(size=30_000_000))
    except ServiceError as error:
        say(f"--from-orcid: {options.orcid}: {error}; nothing was written")
        return None
    if options.institution is not None:
        profile = {key: profile[key] for key in profile.keys() - {"affiliation", "position"}}
    if options.name is not None:
        profile.pop("name", None)
    print(f"From the public record of {options.orcid} at ORCID:")
    for line in (*_told(profile), *(f"  not taken: {what}" for what in left)):
        print(visible(line))
    return profile


def _told(profile: Mapping[str, Any]) -> Iterable[str]:
    """Yield a line for each text and each item of a profile."""
    for key in sorted(profile, key=_ORDER.index):
        value = profile[key]
        for one in value if isinstance(value, list) else [value]:
            yield f"  {key}: {', '.join(one.values()) if isinstance(one, dict) else one}"
    if not profile:
        yield "  nothing that a profile has"


def _write(options: argparse.Namespace, languages: Sequence[Tree], known: dict[str, Any]) -> int:
    """Ask for what is neither given nor *known*, and write the files."""
    options.name = options.name if options.name is not None else known.get("name")
    place = known.get("affiliation", {})
    if options.institution is None:
        options.institution = place.get("institution")
    _speak(languages[0].tag)
    may_ask = sys.stdin is not None and sys.stdin.isatty() and not options.yes
    answers = {question.option: _answer(question, options, may_ask) for question in QUESTIONS}
    package = requirement() if options.package is None else ""
    package = package or _answer(_PACKAGE, options, may_ask)
    folder: Path = options.folder
    texts = render(**answers, package=package, languages=languages, speak=_speak)
    if known:
        said = {**place, "institution": answers["institution"]}
        data = {**known, "name": answers["name"], "affiliation": said}
        data = {key: data[key] for key in _ORDER if key in data}
        texts["profile.toml"] = profile_text(texts["profile.toml"], data)
    site = {folder / path: text for path, text in texts.items()}
    present = [str(path) for path in site if path.exists() or path.is_symlink()]
    if present:
        sys.stderr.write(f"Nothing was written, as these are there: {', '.join(present)}\n")
        return 1
    try:
        for path, text in site.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}\n")
        return 1
    is_here = folder == Path()
    sys.stdout.write(
        f"A site is in {'this folder' if is_here else folder}. To build it, run\n"
        f"  bibfolio build{'' if is_here else ' ' + shlex.quote(str(folder))}\n"
        "The person is in profile.toml, the papers are in refs.bib, and README.md says the rest.\n"
    )
    if not package:
        sys.stdout.write(
            "This bibfolio came from a folder or file. Before you publish, remove the # in the last"
            " line of\nrequirements.txt, or write there where hosts find bibfolio; else they cannot"
            " build the site.\n"
        )
    return 0


def _answer(question: _Question, options: argparse.Namespace, may_ask: bool) -> str:
    """Return the option, or the answer to the question, or its default, in one printable line.

    A wrong option ends the command; after a wrong answer, the question is asked again.
    """
    given: str | None = getattr(options, question.option)
    while given is not None or may_ask:
        text = given
        if text is None:
            sys.stdout.write(f"{question.text}: ")
            sys.stdout.flush()
            text = sys.stdin.readline()
        shown = "".join(char if char.isprintable() else " " for char in text)
        answer = " ".join(shown.split()).removeprefix(question.prefix)
        message = question.error(answer) if answer else ""
        if not message:
            return answer or _(question.default)
        if given is not None:
            options.error(f"--{question.option}: {answer} {message}")
        sys.stdout.write(f"{answer} {message}\n")
    return _(question.default)
