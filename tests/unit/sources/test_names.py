"""Author lists: names in every spelling, marks, "and others", and which of them is the owner."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bibfolio.model import Author
from bibfolio.sources.name_signs import MARKS
from bibfolio.sources.names import read_authors, read_names, split_names

from ..made import short
from ..table import Table

OWNER = frozenset({"Chip Jay"})
TABLE = Table(__file__)


def read(source: str, marks: str = "", owner: frozenset[str] = frozenset(), role: str = "author"):
    """Authors, "et al.", and what was reported."""
    told: list[tuple[str, str]] = []
    fields = {role: source, f"{role}+an": marks}
    authors, et_al = read_authors(fields, owner, lambda kind, m: told.append((kind.subtype, m)))
    return authors, et_al, told


def told_of(text: str) -> list[str]:
    """Names, and what is said of them."""
    told: list[str] = []
    names = read_names(text, lambda _kind, message: told.append(f"told: {message}"))
    return [*names, *told]


def split(source: str) -> list[str]:
    """Parts of each name, and the whole of it; then what was reported."""
    authors, et_al, told = read(source)
    shown = [f"{author.name}: {short(author)}" for author in authors]
    return [*shown, *["others"] * et_al, *(f"{kind}: {message}" for kind, message in told)]


def marks(marks: str) -> list[str]:
    authors, _, told = read("Jay, Chip and Li, Ming", marks)
    shown = [f"{a.given}: {''.join(f'{m.sign} {m.meaning}; ' for m in a.marks)}" for a in authors]
    return [*(line.strip("; ") for line in shown), *(f"{kind}: {m}" for kind, m in told)]


def is_owner(line: str) -> bool:
    owner, source = line.split(" | ")
    (author,) = read(source, owner=frozenset({owner}))[0]
    return author.is_owner


def test_a_name_is_split_as_bibtex_splits_it_and_shown_in_its_order():
    """Of one with unknown TeX no letter is lost, and it is told."""
    TABLE.holds("names, split as BibTeX splits them and shown in their order", split)


def test_names_are_told_apart_and_and_others_is_nobody():
    TABLE.holds("lists of names", split)


def test_and_stands_between_names():
    TABLE.holds("and between names", split_names)


def test_what_stands_wrongly_between_or_behind_names_is_told_and_read():
    TABLE.holds("names that are right", told_of)
    TABLE.holds("what stands wrongly between or behind names", told_of)


def test_editors_stand_in_for_authors():
    fields = {"editor": "Li, Ming", "editor+an": "1=equal"}
    expected = Author("Li", "Ming", marks=(MARKS["equal"],))
    assert read_authors(fields, frozenset(), print) == ((expected,), False)


def test_marks_are_of_the_author_whose_number_they_have():
    TABLE.holds("marks of Chip Jay and Ming Li", marks)
    _, _, told = read("Jay, Chip and others", "2=equal")
    assert told == [("bib_field", "annotation '2=equal' names no author; write NUMBER=equal")]


def signs(line: str) -> list[str]:
    """Each name with its marks."""
    names, _bar, note = line.partition(" | ")
    authors, _ = read_authors({"author": names, "note": note}, frozenset(), print)
    shown = ["; ".join(f"{m.sign} {m.meaning}".strip() for m in a.marks) for a in authors]
    return [f"{a.name}: {each}".strip() for a, each in zip(authors, shown, strict=True)]


def test_signs_and_formatting_are_no_part_of_a_name_and_their_meaning_is_not_guessed():
    TABLE.holds("signs on names", signs)
    stated = read_authors({"author": "Jay*, Chip", "author+an": "1=corresponding"}, OWNER, print)
    assert stated[0][0].marks == (MARKS["corresponding"],)


def test_the_owner_is_recognised_in_every_spelling_and_nobody_else_is():
    TABLE.holds("the owner, in every spelling", is_owner)
    TABLE.holds("nobody else", is_owner)


def test_any_of_the_owners_spellings_will_do_and_nobody_owns_without_one():
    source = "Jay, C. and 金, 某 and Jay, Chip"
    owner = frozenset({"Chip Jay", "C. Jay", "金某"})
    assert [author.is_owner for author in read(source, owner=owner)[0]] == [True, True, True]
    assert [author.is_owner for author in read(source)[0]] == [False, False, False]


# -- any names ------------------------------------------------------------------------------

SIGNS = [" and ", *", { } ~ others van Jay 李 \\' \\ ; 1 = equal : \" - AND Jr.".split()]
PIECES = st.lists(st.text(max_size=3) | st.sampled_from(SIGNS), max_size=10).map("".join)


@given(PIECES, PIECES)
def test_no_list_of_names_raises(names, marks):
    authors, _, told = read(names, marks, OWNER)
    assert {kind for kind, _ in told} - {"bib_name", "bib_form", "bib_field", "bib_tex"} == set()
    assert sum(len(author.marks) for author in authors) <= marks.count("=") * (
        len(marks) + 1
    ) + len(names)


@given(st.lists(st.sampled_from(["Jay, Chip", "Chip Jay", "{A and B}", "李, 明", "de Silva, A"])))
def test_as_many_authors_as_names_in_their_order(names):
    authors, et_al, _ = read(" and ".join([*names, "others"]))
    alone = [read(name)[0][0] for name in names]
    assert (list(authors), et_al) == (alone, True)
