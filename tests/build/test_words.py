"""The words of the package follow the language of the project; what the owner wrote stays.

In an invented language, whose catalogue has every message of the package in «…», what stands
outside of these has to be the owner's. In a language that ships, no English message is left.
"""

import dataclasses
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from babel.messages.mofile import write_mo

from bibfolio.model import EXPORT_FORMATS, NEWS_FEED, ROLES, Mark
from bibfolio.model.forms import MONTHS
from bibfolio.model.people import initials
from bibfolio.model.tables import TABLES
from bibfolio.model.words import use
from bibfolio.sources.bibliography import parse_bibliography
from bibfolio.sources.fields import TYPE_WORDS
from bibfolio.sources.profile_toml import parse_profile
from tests.building import REPOSITORY, ROOTS
from tests.cv import Pdf
from tools.words import catalogues, forms, messages, read

#: What the words of the package follow; Sphinx and docutils take it for English.
LANGUAGE = "en_XA"
CONF = """
from pathlib import Path

def setup(app):
    app.add_message_catalog("bibfolio", Path(app.confdir) / "locale")
"""
PAGES = {
    "index.md": (ROOTS / "whole" / "index.md").read_text(encoding="utf-8").replace("Home", "Jane"),
    "cv.md": "# Vita\n\n```{profile} cv\n```\n\n```{cv}\n```\n",
    **{
        f"{name}.md": f"# Things\n\n```{{publications}}\n:group: {name}\n:mirror:\n```\n"
        for name in ("type", "topic", "role")
    },
    "publications.md": "# Opera\n\n```{publications}\n:group: year\n```\n\n"
    "```{toctree}\n:hidden:\ntype\ntopic\nrole\ntables\n```\n",
    "tables.md": "# Tabulae\n\n"
    + "".join(f"```{{{name}}}\n```\n\n" for name in ("timeline", "coauthors", "people", *TABLES)),
    # Without what joins texts of the owner's.
    "profile.toml": re.sub(
        r"\{[\w:]+\}`[^`]*`|CC-|\*",
        "",
        "".join(
            path.read_text(encoding="utf-8")
            for path in (ROOTS / "whole" / "profile.toml", Path(__file__).with_name("test_cv.toml"))
        ),
    )
    + '[people."Edgar Poe"]\ngroup = "current"\n[people."Cy Sitter"]\ngroup = "alumni"\n',
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


def said(html) -> str:
    """What a part of a page says, and what its attributes say."""
    attributes = [tag[name] for name in ATTRIBUTES for tag in html.select(f"[{name}]")]
    return "|".join([html.get_text("|"), *attributes])


def said_in_head(html) -> str:
    """What readers see of the head of a page and is no text of its body; the rest Sphinx says."""
    texts_ = [tag["content"] for tag in html.select("meta[property^='og:'][property$='alt']")]
    titles = [tag["title"] for tag in html.select("link[rel=alternate][title]")]
    return "|".join([html.title.get_text(), *titles, *texts_])


def other_texts(built) -> dict[str, str]:
    """What is read of files beside the pages: feeds, and the list of pages."""
    found = {}
    for name in ("feed.xml", NEWS_FEED):
        elements = ET.fromstring(built.text(name)).iter()
        shown = [one.text for one in elements if one.tag.endswith(("title", "name", "summary"))]
        found[name] = "|".join(shown)
    return found | {"llms.txt": re.sub(r"\]\([^)]*\)", "|", built.text("llms.txt"))}


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
        text = f"{said(body)}|{said_in_head(soup.head)}"
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


def test_so_are_feeds_and_the_list_of_pages(whole, owners):
    for name, text in other_texts(whole).items():
        assert "«" in text
        assert untranslated(text, owners) == set(), name


def test_a_redirect_says_in_the_language_that_it_is_one(build):
    site = build(
        "whole",
        in_language("whole", **{"_templates/layout.html": None}),
        warnings=True,
        language=LANGUAGE,
    )
    page = site.soup("about")
    assert page.html["lang"] == "en-XA"
    assert "«This page has moved»" in page.title.get_text()
    assert page.p.get_text().startswith("«") and page.p.a["href"]


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


# -- languages that ship -------------------------------------------------------------------------

#: Where time is short, the invented language above stands for all.
SHIPPED = [pytest.param(name, marks=pytest.mark.slow) for name in catalogues()]


def parts(message_forms) -> set[str]:
    """The phrases of messages, without their places."""
    return {phrase for form in message_forms for phrase in phrases(re.sub(r"\{\w+\}", "|", form))}


def english_in(phrase: str, english: set[str], owners: str) -> Iterator[tuple[str, str]]:
    """The messages in a phrase, but for those in what the owner has written of it."""
    for message in english:
        if message in phrase:
            rest = phrase
            for own in set(re.findall(rf"[^|]*{message}[^|]*", owners)):
                rest = rest.replace(own.strip(), "|")
            if message in rest:
                yield message, phrase


@pytest.fixture(scope="module", params=SHIPPED)
def shipped(request, build_once):
    """The same site, with references, in a language that ships; and what only English says."""
    tag = request.param.replace("_", "-")
    bib = re.sub(r"(?m)^(@(?!string|comment)\w+\{[^,\n]+,)", rf"\1\n  langid = {{{tag}}},", PAPERS)
    built = build_once("whole", {**PAGES, "refs.bib": bib}, warnings=True, language=tag)
    catalogue = [message for message in read(catalogues()[request.param]) if message.id]
    ours = "|".join(parts(form for message in catalogue for form in forms(message)))
    ids = (m.id if isinstance(m.id, tuple) else (m.id,) for m in catalogue)
    english = {
        phrase for phrase in parts(id_ for both in ids for id_ in both) if phrase not in ours
    }
    assert len(english) > 150
    yield built, english
    use()


def test_a_language_that_ships_leaves_no_message_in_english(shipped, owners):
    """Not in pages and their twins, feeds, lists of pages, scripts and files of the CV."""
    built, english = shipped
    found = {}
    texts_ = other_texts(built) | {
        "cv.pdf": Pdf((built.out / "cv.pdf").read_bytes()).text,
        "cv.txt": re.sub(r"\S+://\S+", "|", built.text("cv.txt")),
        "words": "|".join(
            parts(json.loads(built.text("_static/bibfolio-words.js")[23:-2]).values())
        ),
    }
    for page in built.pages:
        soup = built.soup(page)
        for other in soup.select("script, style, math, pre.paper-page-bibtex"):
            other.decompose()
        texts_[page.relative_to(built.out).as_posix()] = f"{said(soup)}|{said_in_head(soup)}"
    for twin in built.out.rglob("*.md"):
        text = re.sub(r"(?s)```.*?```|\]\([^)]*\)|<[^>]*>", "|", twin.read_text(encoding="utf-8"))
        texts_[twin.relative_to(built.out).as_posix()] = text
    # The names that a citation is part of are sphinxcontrib-bibtex's words.
    citing = [name for name in texts_ if name.startswith("research/essay")]
    for name, text in texts_.items() - {(name, texts_[name]) for name in citing}:
        mixed = {phrase for phrase in phrases(text) if phrase not in owners}
        if left := {pair for phrase in mixed for pair in english_in(phrase, english, owners)}:
            found[name] = left
    assert len(texts_) > 200
    assert found == {}
