"""What the documents say is so: tables, links, names, examples, requirements."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bibfolio.lint import lint_bibliography
from bibfolio.sources.bibliography import parse_bibliography
from bibfolio.sources.profile_toml import parse_profile
from tests.building import REPOSITORY
from tools import document

DECISIONS = sorted((REPOSITORY / "docs" / "adr").glob("*.md"))
NAMES = "README PACKAGE ARCHITECTURE CONTRIBUTING CHANGELOG"
DOCUMENTS = [
    *(REPOSITORY / f"{name}.md" for name in NAMES.split()),
    *sorted(path for path in (REPOSITORY / "docs").rglob("*.md") if "_build" not in path.parts),
    REPOSITORY / "examples" / "README.md",
]


def read(name: str) -> str:
    return (REPOSITORY / name).read_text(encoding="utf-8")


def tokens_of(markdown: str) -> list[Token]:
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    return [t for outer in tokens for t in (outer, *(outer.children or ()))]


def code_in(markdown: str) -> str:
    """All that is set as code, a line each: what a reader is meant to type."""
    kinds = {"code_inline", "code_block", "fence"}
    return "\n".join(t.content for t in tokens_of(markdown) if t.type in kinds)


def links_in(markdown: str) -> Iterator[str]:
    """Where its links and pictures lead, those of HTML as well."""
    for token in tokens_of(markdown):
        yield from filter(None, (token.attrGet("href"), token.attrGet("src")))
        if token.type in {"html_block", "html_inline"}:
            yield from re.findall(r"(?:src|srcset)=\"([^\"]+)\"", token.content)


def test_every_warning_setting_key_and_field_is_documented():
    """The tables made from the code stand in the documentation's reference, and are up to date."""
    documents = document.documents()
    stale = [path.name for path, (old, new) in documents.items() if old != new]
    assert not stale, "run make docs"
    made = {path for path in DOCUMENTS if re.search("^<!-- table: ", path.read_text("utf-8"), re.M)}
    assert made <= documents.keys(), "nobody writes these tables again"


def test_the_first_page_is_short():
    """What it does not say is in docs/, where it leads."""
    assert len(read("README.md").splitlines()) <= 120


#: What people read who make a site; its words in many languages are a list of terms.
FOR_SCHOLARS = [
    REPOSITORY / "README.md",
    *(
        path
        for path in sorted((REPOSITORY / "docs").rglob("*.md"))
        if path not in DECISIONS and path.stem != "translations" and "_build" not in path.parts
    ),
]
MOST_WORDS = 40


def test_no_sentence_is_long():
    """The pages for scholars are plain English, also for those who have learned it."""
    long = []
    for path in FOR_SCHOLARS:
        blocks = MarkdownIt("commonmark").enable("table").parse(path.read_text("utf-8"))
        for block in (block for block in blocks if block.type == "inline"):
            parts = [" " if "break" in t.type else t.content for t in block.children or ()]
            sentences = re.split(r"(?<=[.!?])\s+", "".join(parts))
            long += [(path.name, s) for s in sentences if len(s.split()) > MOST_WORDS]
    assert long == []


def test_links_lead_to_files_and_headings():
    dead = []
    for path in DOCUMENTS:
        text = path.read_text(encoding="utf-8")
        headings = {_slug(heading) for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
        for target in links_in(text):
            name, _, anchor = target.partition("#")
            is_there = (path.parent / name).exists() if name else anchor in headings
            # docs/live_examples.py knows its own; a build of the documentation tells of others.
            is_known = target.startswith(("https://", "http://127.0.0.1", "example:"))
            dead += [] if is_there or is_known else [(path.name, target)]
    assert dead == []


def _slug(heading: str) -> str:
    """The anchor that git hosts give a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def test_files_that_are_named_exist():
    """Names in `code` that look like a part of the machinery; content comes and goes.

    A decision of earlier may name what has gone since.
    """
    pattern = r"`((?:src|tests|tools|benchmarks|docs)/[\w./-]*)`"
    texts = [
        p.read_text("utf-8") for p in DOCUMENTS if p not in DECISIONS and "CHANGE" not in p.name
    ]
    names = {name for text in texts for name in re.findall(pattern, text)}
    missing = {name for name in names if not (REPOSITORY / name).exists()}
    assert missing <= {"tests/unit/x/test_y.py", "tests/build/test_y.py"}


def test_tests_that_are_named_exist():
    """Rules of ARCHITECTURE.md name what checks them."""
    named = set(re.findall(r"`(test_\w+)`", read("ARCHITECTURE.md")))
    files = (REPOSITORY / "tests").rglob("test_*.py")
    tests = set(re.findall(r"def (test_\w+)\(", "".join(p.read_text("utf-8") for p in files)))
    assert named
    assert named - tests == set()


def block(language: str) -> str:
    """The one block of README.md in a language."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", read("README.md"), re.M | re.S)
    return found


def test_the_example_of_an_entry_has_no_mistake():
    bibliography = parse_bibliography(block("bibtex"))
    assert (len(bibliography.papers), lint_bibliography({"": bibliography})) == (1, [])


def test_the_examples_of_the_profile_have_no_mistake():
    """There is one of each table that is new to who knows the first keys."""
    texts = re.findall(r"^```toml\n(.*?)^```$", read("docs/reference/profile.md"), re.M | re.S)
    profile = parse_profile("".join(texts))
    assert all((profile.news, profile.talks, profile.service, profile.mentoring, profile.grants))
    assert all((profile.software, profile.sections, profile.people))


def test_the_lines_for_another_project_build_a_site(build):
    build("minimal", {"conf.py": block("python")})


def test_decisions_are_numbered_without_a_gap():
    assert [path.name[:4] for path in DECISIONS] == [f"{i + 1:04}" for i in range(len(DECISIONS))]
    for number, path in enumerate(DECISIONS, start=1):
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {number}. ")
        headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert headings == ["Context", "Options", "Decision", "Consequences"]


# -- requirements ------------------------------------------------------------------------------


def requirements(name: str) -> dict[str, list[str]]:
    """Comment → the requirements right below it; those without one below an empty text."""
    groups: dict[str, list[str]] = {}
    comment = ""
    for line in read(name).splitlines():
        if line.startswith("#"):
            comment = line
        elif not line.strip():
            comment = ""
        elif not line.startswith("-"):
            groups.setdefault(comment, []).append(line)
    return groups


def test_every_requirement_for_development_says_why_and_is_locked():
    """What the package itself needs is in pyproject.toml, and is locked by `make lock`."""
    groups = requirements("requirements-dev.txt")
    assert groups.get("", []) == []
    pins = [Requirement(x) for x in read("requirements.lock").splitlines() if x[0].isalpha()]
    assert [str(pin) for pin in pins if [s.operator for s in pin.specifier] != ["=="]] == []
    locked: dict[str, list[str]] = {}
    for pin in pins:
        versions = (specifier.version for specifier in pin.specifier)
        locked.setdefault(canonicalize_name(pin.name), []).extend(versions)
    for wanted in (Requirement(line) for lines in groups.values() for line in lines):
        versions = locked.get(canonicalize_name(wanted.name), [])
        assert versions, f"{wanted} is not locked"
        assert all(wanted.specifier.contains(v, prereleases=True) for v in versions), str(wanted)
