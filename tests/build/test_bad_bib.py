"""A broken `refs.bib`: every mistake is named with file, line and key, and no entry is lost.

Each mistake stands between two sound entries, in a file of its own. What the parser makes of it, in
detail, is for tests/unit/sources/; here it is what the author sees of a build.
"""

import re

import pytest

BEFORE = "@article{first, title={First}, author={Doe, Jane}, journal={J}, year={2022}}\n"
AFTER = "@article{last, title={Last}, author={Doe, Jane}, journal={J}, year={2020}}\n"
BELOW = "write a path below the site's root"
ITSELF = "write the character itself"
YEAR = "  year = {2021},\n"
REPEATS = "repeats the key of refs.bib:1; shown as {}-2, give it a key of its own"

#: Text that starts in line 2 of the file → place, kind and text of the warning that it causes.
MISTAKES = {
    "@misc{mid,\n  title = {Middle}\n  year = {2021},\n}\n": (
        *("4:3", "bib_syntax", "mid: a comma is missing before this field"),
    ),
    "@misc{mid,\n  year = {2021},\n  title = {Middle\n}\n": (
        *("4:11", "bib_syntax"),
        "mid: the value that starts with { here is never closed; add } at its end",
    ),
    f"@misc{{first,\n  title = {{Middle}},\n{YEAR}}}\n": (
        *("2:1", "bib_duplicate_key", f"first: {REPEATS.format('first')}"),
    ),
    f"@thesys{{mid,\n  title = {{Middle}},\n{YEAR}}}\n": (
        *("2:1", "bib_type", "mid: unknown entry type @thesys; write @thesis"),
    ),
    f"@misc{{mid,\n  title = {{Middle}},\n  journal = jsm,\n{YEAR}}}\n": (
        *("4:13", "bib_string"),
        "mid: the abbreviation jsm is not defined; put braces around plain text",
    ),
    "@misc{mid,\n  title = {Middle},\n  date = {2021-13},\n}\n": (
        *("4:3", "bib_field"),
        "mid: '2021-13' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD",
    ),
    f"@misc{{mid,\n  title = {{Mid\\foo{{dle}}}},\n{YEAR}}}\n": (
        *("3:3", "bib_tex"),
        f"mid: \\foo in title is not understood and is shown as its argument; {ITSELF}",
    ),
    f"@misc{{mid,\n  title = {{Middle}},\n  code = {{ftp://x.example.org}},\n{YEAR}}}\n": (
        *("4:3", "bib_url"),
        f"mid: code is neither an http(s) address nor a file: 'ftp://x.example.org'; {BELOW}",
    ),
}
KINDS = sorted({kind for _, kind, _ in MISTAKES.values()})


def numbered(text: str, number: int) -> str:
    """*text* with keys, titles and a file name that no other file has."""
    text = re.sub(r"(?i)\b(first|last|mid)\b(?=[,}:\]-])", rf"\g<1>{number}", text)
    return text.replace("refs.bib", f"refs{number}.bib")


FILES = {f"refs{n}.bib": numbered(BEFORE + text + AFTER, n) for n, text in enumerate(MISTAKES)}
WARNINGS = {
    numbered(f"refs.bib:{place}: WARNING: {words}", n) + f" [bibfolio.{kind}]": kind
    for n, (place, kind, words) in enumerate(MISTAKES.values())
}
SETTINGS = {"bibtex_bibfiles": list(FILES)}


def test_every_mistake_is_named_with_file_line_and_key_and_every_entry_is_shown(build):
    built = build("minimal", FILES, warnings=True, **SETTINGS)
    assert sorted(built.warnings) == sorted(WARNINGS)
    titles = built.titles()
    assert len(titles) == 3 * len(MISTAKES)
    numbers = range(len(MISTAKES))
    assert {f"{word}{n}" for n in numbers for word in ("First", "Last")} <= set(titles)
    assert titles.count("Middle") == len(MISTAKES)


@pytest.mark.parametrize("silent", [KINDS[::2], KINDS[1::2]], ids=" ".join)
def test_kinds_of_mistakes_can_be_silenced_by_name_and_no_other_is(build, silent):
    names = ["bibtex", *(f"bibfolio.{kind}" for kind in silent)]
    built = build("minimal", FILES, warnings=True, suppress_warnings=names, **SETTINGS)
    told = [text for text, kind in WARNINGS.items() if kind not in silent]
    assert sorted(built.warnings) == sorted(told)


def test_all_kinds_can_be_silenced_together(build):
    build("minimal", FILES, suppress_warnings=["bibfolio"], **SETTINGS)


def test_a_file_full_of_mistakes_shows_all_that_can_be_read(build):
    text = BEFORE + "".join(MISTAKES) + AFTER
    titles = build("minimal", {"refs.bib": text}, warnings=True).titles()
    assert len(titles) == len(MISTAKES) + 2
    assert {"First", "Middle", "Last"} <= set(titles)


def test_a_repeated_key_changes_neither_citations_nor_the_anchor_of_the_first(build):
    page = "# P\n\n{cite:p}`first`\n\n```{publications}\n```\n"
    files = {"refs.bib": BEFORE, "more/b.bib": "\n" + BEFORE, "index.md": page}
    warning = "more/b.bib:2:1: WARNING: first: repeats the key of refs.bib:1; shown as first-2"
    both = ["refs.bib", "more/b.bib"]
    built = build("minimal", files, warnings=[warning], bibtex_bibfiles=both)
    assert [card.id for card in built.cards()] == ["cite-first", "cite-first-2"]
    (link,) = built.main().select(".bibtex-citation a")
    assert link["href"] == "#cite-first"


def test_a_file_in_latin_1_is_read_and_the_byte_named(build):
    text = ("% Grüße, no problem\n" + BEFORE.replace("Doe", "Müller")).encode("latin-1")
    advice = "read as Windows-1252; save the file as UTF-8 [bibfolio.bib_encoding]"
    warning = f"refs.bib:1:5: WARNING: byte 0xfc is not UTF-8, {advice}"
    built = build("minimal", {"refs.bib": text}, warnings=[warning])
    assert built.cards()[0].authors == ["Jane Müller"]


def test_a_missing_file_is_named_and_the_site_is_built_without_papers(build):
    built = build("minimal", warnings=True, bibtex_bibfiles=["nobody.bib"])
    ours, warning = built.warnings
    assert "refs.bib:1: WARNING: nothing reads this file" in ours
    assert "could not open bibtex file nobody.bib" in warning
    assert built.titles() == []


def test_mistakes_fail_a_strict_build_and_are_told_until_they_are_mended(sphinx, build_to_its_end):
    """`make site`, and the `fail_on_warning` of Read the Docs."""
    files = {"refs.bib": BEFORE + "".join(MISTAKES) + AFTER}
    strict = sphinx("minimal", files, "-b", "dirhtml", "-W", "--keep-going")
    assert (strict.returncode, strict.says_traceback) == (1, False)
    told = [line for line in strict.errors if "[bibfolio." in line]
    assert len(told) >= len(MISTAKES)
    lenient = build_to_its_end("minimal", {})
    assert [line for line in lenient.warnings if "[bibfolio." in line] == told
    mended = build_to_its_end("minimal", {"refs.bib": BEFORE})
    assert mended.warnings == []
    assert mended.titles() == ["First"]
