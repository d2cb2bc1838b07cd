"""The words of the package follow the language of the project; what the owner wrote stays.

The language is invented: its catalogue has every message of the package in «…», so that what stands
outside of these has to be the owner's.
"""

import dataclasses
import io
import json
import re
from collections.abc import Iterator

import pytest
from babel.messages.mofile import write_mo

from bibfolio.model import EXPORT_FORMATS, ROLES, Mark
from bibfolio.model.forms import MONTHS
from bibfolio.model.people import initials
from bibfolio.model.words import use
from bibfolio.sources.bibliography import parse_bibliography
from bibfolio.sources.fields import TYPE_WORDS
from bibfolio.sources.profile_toml import parse_profile
from tests.building import REPOSITORY, ROOTS
from tests.cv import Pdf
from tools.words import messages

#: What the words of the package follow; Sphinx and docutils take it for English.
LANGUAGE = "en_XA"
CONF = """
from pathlib import Path

def setup(app):
    app.add_message_catalog("bibfolio", Path(app.confdir) / "locale")
"""
PAGES = {
    "index.md": (ROOTS / "whole" / "index.md").read_text(encoding="utf-8").replace("Home", "Jane"),
    "cv.md": "# CV\n\n```{profile} cv\n```\n\n```{cv}\n```\n",
    **{
        f"{name}.md": f"# Things\n\n```{{publications}}\n:group: {name}\n:mirror:\n```\n"
        for name in ("type", "topic", "role")
    },
    "publications.md": "# Opera\n\n```{publications}\n:group: year\n```\n\n"
    "```{toctree}\n:hidden:\ntype\ntopic\nrole\n```\n",
}
PAPERS = "".join(
    (ROOTS / root / "refs.bib").read_text(encoding="utf-8") for root in ("whole", "awkward")
)
#: Fields of the model that hold no words, or ours.
NO_WORDS = {"bibtex", "type", "status", "kind", "key", "slug", "style", "headings"}
#: What is called so in every language.
NAMES = {"PDF", "arXiv", "HAL", "JSTOR", "PubMed", "DOI", "doi", "ISBN", "GitHub", *EXPORT_FORMATS}
#: Babel says dates and lists, of this language as of English.
NAMES |= {*MONTHS, *(month[:3] for month in MONTHS), "and"}
ATTRIBUTES = ("alt", "aria-label", "placeholder", "title")


def in_brackets(message):
    forms = message.id if isinstance(message.id, tuple) else (message.id,)
    marked = tuple(f"«{form}»" for form in forms)
    return marked if isinstance(message.id, tuple) else marked[0]


def catalogue() -> bytes:
    """Every message of the package, as translators deliver it."""
    made = messages()
    for message in made:
        message.string = in_brackets(message) if message.id else ""
    file = io.BytesIO()
    write_mo(file, made)
    return file.getvalue()


def in_language(root: str, **files: str) -> dict[str, str | bytes]:
    conf = (ROOTS / root / "conf.py").read_text(encoding="utf-8") + CONF
    path = f"locale/{LANGUAGE}/LC_MESSAGES/bibfolio.mo"
    return {**files, "conf.py": conf, path: catalogue()}


@pytest.fixture(scope="module")
def whole(build_once):
    """A site with an entry of every type and field, and every part of a profile."""
    files = in_language("whole", **PAGES) | {"refs.bib": PAPERS}
    yield build_once("whole", files, warnings=True, language=LANGUAGE)
    # Unit tests know no build that would do so.
    use()


def texts(value: object) -> Iterator[str]:
    """Every text in a value of the model that its owner has written."""
    if isinstance(value, str):
        yield "" if value in TYPE_WORDS.values() else value
    elif dataclasses.is_dataclass(value):
        # As some scripts join them.
        yield (name := getattr(value, "name", ""))
        yield initials(name)
        if not (isinstance(value, Mark) and value.meaning in ROLES):
            for field in dataclasses.fields(value):
                if field.name not in NO_WORDS:
                    yield from texts(getattr(value, field.name))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts(part)


def phrases(text: str) -> Iterator[str]:
    """The words between two signs: ` waiting in line `."""
    for phrase in re.split(r"[^\w\s]|[\d_]", text.casefold()):
        if phrase.strip():
            yield f" {' '.join(phrase.split())} "


@pytest.fixture(scope="module")
def owners(whole) -> str:
    """What the owner has written: in the profile, in the papers and on the pages."""
    profile = parse_profile((whole.src / "profile.toml").read_text(encoding="utf-8"))
    papers = parse_bibliography(PAPERS, profile.names).papers
    files = [*whole.src.rglob("*.md"), *whole.src.rglob("_templates/*.html")]
    pages = [path.read_text(encoding="utf-8") for path in files]
    return "|".join(phrases("|".join([*pages, *texts(profile), *texts(papers), *NAMES])))


def outside(text: str) -> str:
    """What is in no «…»; there may be some in others."""
    while text != (shorter := re.sub("«[^«»]*»", "|", text)):
        text = shorter
    return text


def untranslated(text: str, owners: str) -> set[str]:
    """The phrases of *text* that stand in no «…», and that the owner has not written."""
    return {phrase for phrase in phrases(outside(text)) if phrase not in owners}


@pytest.fixture(scope="module")
def soups(whole):
    return {page.relative_to(whole.out).as_posix(): whole.soup(page) for page in whole.pages}


def test_what_programs_read_is_not_translated(whole, soups):
    """In feeds, people read what stands in place of a summary."""
    texts_ = {
        name: data.decode()
        for name, data in whole.files.items()
        if name.endswith((".ris", ".bib")) or re.fullmatch(r"papers/.*\.json", name)
    }
    assert len(texts_) > 300
    assert [name for name, text in texts_.items() if "«" in text] == []
    for page, soup in soups.items():
        tags = soup.head.select("meta[name^=citation], script[type='application/ld+json']")
        assert "«" not in "".join(map(str, tags)), page


def test_what_readers_see_is_translated_but_for_the_words_of_the_owner(soups, owners):
    known, found = {message.id for message in messages()} - NAMES - {""}, {}
    for page, soup in soups.items():
        body = soup.body
        if not body.select_one("main"):
            continue  # a redirect, by a template of the owner's
        # The names that a citation is part of are sphinxcontrib-bibtex's words, and a quotation is
        # cut out of the owner's.
        words = "pre.paper-page-bibtex, p:has([id^=cites-]), .paper-page-places blockquote"
        for other in body.select(f"script, math, {words}"):
            other.decompose()
        said = [tag[name] for name in ATTRIBUTES for tag in body.select(f"[{name}]")]
        text = "|".join([body.get_text("|"), *said])
        # The owner may have used single words of ours: nothing else stands in their place.
        whole_messages = known & {piece.strip() for piece in outside(text).split("|")}
        if rest := untranslated(text, owners) | whole_messages:
            found[page] = rest
    assert len(soups) > 100
    assert found == {}


def test_so_are_the_files_of_the_cv(whole, owners):
    pdf, text = Pdf((whole.out / "cv.pdf").read_bytes()).text, whole.text("cv.txt")
    assert "«" in pdf and "«" in text
    for form in (re.sub(r"\S+://\S+", "", text), pdf):
        # Word by word, because a line ends anywhere.
        assert untranslated(re.sub(r"\s+", "|", outside(form)), owners) == set()


def test_addresses_do_not_follow_the_language(whole):
    ids = {str(section.get("id")) for section in whole.main("type").find_all("section")}
    assert {"type-journal-articles", "type-theses"} <= ids


def test_scripts_find_their_words(whole):
    """They ask for every message by name, and all are there."""
    folder = REPOSITORY / "src" / "bibfolio" / "theme" / "static"
    shown = re.compile(r"(?:textContent|title|placeholder)\b ?[=:] ?[\"'`]|\"aria-label\", \"")
    said = whole.text("_static/bibfolio-words.js")
    for script in folder.glob("*.js"):
        code = script.read_text(encoding="utf-8").replace('textContent = ""', "")
        assert shown.findall(code) == [], script.name
        for message in re.findall(r'word\("([^"]*)"', code):
            assert f"{json.dumps(message)}: " in said
    for page in ("index", "papers/doe2021cache"):
        names = [tag["src"].partition("?")[0] for tag in whole.soup(page).select("script[src]")]
        assert names[0].endswith("_static/bibfolio-words.js")


def test_a_guest_has_them_where_its_scripts_are_and_english_has_none(build, build_once):
    guest = build("citing", in_language("citing"), language=LANGUAGE)
    names = [
        t["src"].rpartition("/")[2].partition("?")[0]
        for t in guest.soup("papers/doe2021cache").select("script[src]")
    ]
    assert names.index("bibfolio-words.js") < names.index("bibfolio-copy.js")
    assert "bibfolio-words.js" not in guest.page("index").read_text(encoding="utf-8")
    english = build_once("citing")
    assert [p for p in english.pages if "«" in p.read_text(encoding="utf-8")] == []
    assert "_static/bibfolio-words.js" not in english.files
