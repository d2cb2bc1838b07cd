"""A broken `refs.bib`: every mistake is named with file, line and key, and no entry is lost.

Each mistake stands between two sound entries. What the parser makes of it, in detail, is for
tests/unit/sources/; here it is what the author sees of a build.
"""

from typing import NamedTuple

import pytest

BEFORE = "@article{first, title={First}, author={Doe, Jane}, journal={J}, year={2022}}\n"
AFTER = "@article{last, title={Last}, author={Doe, Jane}, journal={J}, year={2020}}\n"


class Mistake(NamedTuple):
    """Text that starts in line 2 of the file, the warning it causes, the titles then listed."""

    text: str
    warning: str
    kind: str
    titles: tuple[str, ...] = ("First", "Middle", "Last")


MISTAKES = {
    "missing comma": Mistake(
        "@misc{mid,\n  title = {Middle}\n  year = {2021},\n}\n",
        "refs.bib:4:3: WARNING: mid: a comma is missing before this field",
        "bib_syntax",
    ),
    "missing equals sign": Mistake(
        "@misc{mid,\n  year = {2021},\n  title = {Middle},\n  volume {3},\n}\n",
        "refs.bib:5:10: WARNING: mid: = is missing behind volume; write volume = {...}",
        "bib_syntax",
    ),
    "entry not closed": Mistake(
        "@misc{mid,\n  title = {Middle},\n  year = {2021}\n\n",
        "refs.bib:2:1: WARNING: mid: the entry is not closed; add } before line 6",
        "bib_syntax",
    ),
    "brace not closed": Mistake(
        "@misc{mid,\n  year = {2021},\n  title = {Middle\n}\n",
        "refs.bib:4:11: WARNING: mid: the value that starts with { here is never closed; "
        "add } at its end",
        "bib_syntax",
    ),
    "brace too many": Mistake(
        "@misc{mid,\n  year = {2021},\n  title = {Middle}},\n  volume = {3},\n}\n",
        "refs.bib:4:19: WARNING: mid: } closes nothing before the next field; delete it",
        "bib_syntax",
    ),
    "no key": Mistake(
        "@misc{\n  title = {Middle},\n  year = {2021},\n}\n",
        "refs.bib:2:7: WARNING: unnamed-2: an entry without a key; "
        "write one behind the opening brace",
        "bib_syntax",
    ),
    "repeated key": Mistake(
        "@misc{first,\n  title = {Middle},\n  year = {2021},\n}\n",
        "refs.bib:2:1: WARNING: first: repeats the key of refs.bib:1; shown as first-2, "
        "give it a key of its own",
        "bib_duplicate_key",
    ),
    "repeated key in other capitals": Mistake(
        "@misc{First,\n  title = {Middle},\n  year = {2021},\n}\n",
        "refs.bib:2:1: WARNING: First: repeats the key of refs.bib:1; shown as First-2, "
        "give it a key of its own",
        "bib_duplicate_key",
    ),
    "repeated field": Mistake(
        "@misc{mid,\n  title = {Middle},\n  title = {Muddle},\n  year = {2021},\n}\n",
        "refs.bib:4:3: WARNING: mid: the field title is repeated; "
        "the first one counts, remove this one",
        "bib_duplicate_field",
    ),
    "unknown type": Mistake(
        "@thesys{mid,\n  title = {Middle},\n  year = {2021},\n}\n",
        "refs.bib:2:1: WARNING: mid: unknown entry type @thesys; write @thesis",
        "bib_type",
    ),
    "undefined abbreviation": Mistake(
        "@misc{mid,\n  title = {Middle},\n  journal = jsm,\n  year = {2021},\n}\n",
        "refs.bib:4:13: WARNING: mid: the abbreviation jsm is not defined; "
        "put braces around plain text",
        "bib_string",
    ),
    "unsafe key": Mistake(
        "@misc{m/../id,\n  title = {Middle},\n  year = {2021},\n}\n",
        "refs.bib:2:1: WARNING: m/../id: use letters, digits and - _ . + in keys; "
        "the site says m-..-id",
        "bib_key",
    ),
    "name with too many commas": Mistake(
        "@misc{mid,\n  title = {Middle},\n  author = {A, B, C, D, E},\n  year = {2021},\n}\n",
        "refs.bib:4:3: WARNING: mid: cannot split the name 'A, B, C, D, E'; write Family, Given",
        "bib_name",
    ),
    "no title": Mistake(
        "@misc{mid,\n  year = {2021},\n}\n",
        "refs.bib:2:1: WARNING: mid: the entry has no title; add it",
        "bib_field",
        ("First", "[mid]", "Last"),
    ),
    "no such date": Mistake(
        "@misc{mid,\n  title = {Middle},\n  date = {2021-13},\n}\n",
        "refs.bib:4:3: WARNING: mid: '2021-13' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD",
        "bib_field",
    ),
    "unknown command": Mistake(
        "@misc{mid,\n  title = {Mid\\foo{dle}},\n  year = {2021},\n}\n",
        "refs.bib:3:3: WARNING: mid: \\foo in title is not understood; write the character itself",
        "bib_tex",
    ),
    "address of another kind": Mistake(
        "@misc{mid,\n  title = {Middle},\n  code = {ftp://x.example.org},\n  year = {2021},\n}\n",
        "refs.bib:4:3: WARNING: mid: code is neither an http(s) address nor a file: "
        "'ftp://x.example.org'; write a path below the site's root",
        "bib_url",
    ),
}
BY_KIND = {mistake.kind: mistake for mistake in MISTAKES.values()}


def bib(mistake: Mistake) -> dict[str, str]:
    return {"refs.bib": BEFORE + mistake.text + AFTER}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named_with_file_line_and_key_and_every_entry_is_shown(build, mistake):
    built = build("minimal", bib(mistake), warnings=True)
    assert built.warnings == [f"{mistake.warning} [bibfolio.{mistake.kind}]"]
    assert built.titles() == list(mistake.titles)


@pytest.mark.parametrize("kind", BY_KIND)
def test_each_kind_of_mistake_can_be_silenced_by_name(build, kind):
    build("minimal", bib(BY_KIND[kind]), suppress_warnings=[f"bibfolio.{kind}"])


def test_all_kinds_can_be_silenced_together_and_no_other_is(build):
    text = "".join(mistake.text for mistake in MISTAKES.values())
    build("minimal", {"refs.bib": BEFORE + text + AFTER}, suppress_warnings=["bibfolio"])
    only = build("minimal", bib(MISTAKES["no title"]), warnings=True, suppress_warnings=["bibtex"])
    assert len(only.warnings) == 1


def test_a_file_full_of_mistakes_shows_all_that_can_be_read(build):
    text = "".join(mistake.text for mistake in MISTAKES.values())
    titles = build("minimal", {"refs.bib": BEFORE + text + AFTER}, warnings=True).titles()
    assert len(titles) == len(MISTAKES) + 2
    assert {"First", "Middle", "Last"} <= set(titles)


def test_a_repeated_key_changes_neither_citations_of_nor_the_anchor_of_the_first(build):
    files = bib(MISTAKES["repeated key"])
    files["index.md"] = "# P\n\n{cite:p}`first`\n\n```{publications}\n```\n"
    built = build("minimal", files, warnings=["repeats the key"])
    assert {card.id: card.title for card in built.cards()} == {
        "cite-first": "First",
        "cite-first-2": "Middle",
        "cite-last": "Last",
    }
    (link,) = built.main().select(".bibtex-citation a")
    assert link["href"] == "#cite-first"


def test_a_key_repeated_in_a_second_file_names_the_first(build):
    files = {"more/b.bib": "\n" + BEFORE, "refs.bib": BEFORE}
    warning = "more/b.bib:2:1: WARNING: first: repeats the key of refs.bib:1; shown as first-2"
    built = build("minimal", files, warnings=[warning], bibtex_bibfiles=["refs.bib", "more/b.bib"])
    assert len(built.titles()) == 2


def test_a_file_in_latin_1_is_read_and_the_byte_named(build):
    text = ("% Grüße, no problem\n" + BEFORE.replace("Doe", "Müller")).encode("latin-1")
    advice = "read as Windows-1252; save the file as UTF-8 [bibfolio.bib_encoding]"
    warning = f"refs.bib:1:5: WARNING: byte 0xfc is not UTF-8, {advice}"
    built = build("minimal", {"refs.bib": text}, warnings=[warning])
    assert built.cards()[0].authors == ["Jane Müller"]


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_of_other_systems_count_as_lines(build, newline):
    mistake = MISTAKES["undefined abbreviation"]
    files = {"refs.bib": bib(mistake)["refs.bib"].replace("\n", newline)}
    build("minimal", files, warnings=[mistake.warning])


def test_a_byte_order_mark_is_no_mistake(build):
    assert build("minimal", {"refs.bib": b"\xef\xbb\xbf" + BEFORE.encode()}).titles() == ["First"]


def test_a_missing_file_is_named_and_the_site_is_built_without_papers(build):
    built = build("minimal", warnings=True, bibtex_bibfiles=["nobody.bib"])
    (warning,) = built.warnings
    assert warning.startswith("nobody.bib:")
    assert "WARNING: cannot read the bibliography: No such file" in warning
    assert built.titles() == []


def test_a_mistake_is_told_on_every_build_until_it_is_mended(build):
    built = build("minimal", bib(MISTAKES["unknown type"]), warnings=True)
    again = built.rebuild(warnings=["unknown entry type"])
    again.write("refs.bib", BEFORE + AFTER)
    assert again.rebuild().titles() == ["First", "Last"]


# -- as a command -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["brace not closed", "repeated key", "undefined abbreviation"])
def test_a_mistake_fails_a_strict_build_and_is_told_without_a_traceback(sphinx, name):
    """`make site`, and the `fail_on_warning` of Read the Docs."""
    strict = ("-b", "dirhtml", "-W", "--keep-going")
    run = sphinx("minimal", bib(MISTAKES[name]), *strict)
    assert run.returncode != 0
    assert any(line.startswith(MISTAKES[name].warning) for line in run.errors)
    assert not run.says_traceback
    assert run.titles() == ["First", "Middle", "Last"]


def test_a_mistake_does_not_fail_a_lenient_build(sphinx):
    run = sphinx("minimal", bib(MISTAKES["unknown type"]), "-b", "dirhtml")
    assert run.returncode == 0
    assert MISTAKES["unknown type"].warning in "\n".join(run.errors)
