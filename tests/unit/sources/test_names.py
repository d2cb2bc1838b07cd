"""Author lists: names in every spelling, marks, "and others", and which of them is the owner."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.model import Author, Mark
from bibfolio.sources.names import MARKS, read_authors, read_names, split_names

OWNER = frozenset({"Chip Jay"})
EQUAL, CORRESPONDING = MARKS["equal"], MARKS["corresponding"]


def read(source: str, marks: str = "", owner: frozenset[str] = frozenset(), role: str = "author"):
    """Authors, "et al.", and what was reported."""
    told: list[tuple[str, str]] = []
    fields = {role: source, f"{role}+an": marks}
    authors, et_al = read_authors(fields, owner, lambda kind, m: told.append((kind.subtype, m)))
    return authors, et_al, told


def body(name: str) -> Author:
    return Author(name, is_organization=True)


# -- names -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "author", "name"),
    [
        ("Jay, Chip", Author("Jay", "Chip"), "Chip Jay"),
        ("Chip Jay", Author("Jay", "Chip"), "Chip Jay"),
        ("Jay,Chip", Author("Jay", "Chip"), "Chip Jay"),
        ("Chip~Jay", Author("Jay", "Chip"), "Chip Jay"),
        ("Plato", Author("Plato"), "Plato"),
        ("Stuardo, Cesar A.", Author("Stuardo", "Cesar A."), "Cesar A. Stuardo"),
        ("Li-Wen Chang", Author("Chang", "Li-Wen"), "Li-Wen Chang"),
        ("van Dam, Jan", Author("Dam", "Jan", "van"), "Jan van Dam"),
        ("Jan van der Berg", Author("Berg", "Jan", "van der"), "Jan van der Berg"),
        ("de la Cruz, Ana", Author("Cruz", "Ana", "de la"), "Ana de la Cruz"),
        ("{de Silva}, Ana", Author("de Silva", "Ana"), "Ana de Silva"),
        ("De Silva, Ana", Author("De Silva", "Ana"), "Ana De Silva"),
        ("King, Jr., Martin", Author("King", "Martin", suffix="Jr."), "Martin King Jr."),
        ("von Berg, III, Jan", Author("Berg", "Jan", "von", "III"), "Jan von Berg III"),
        ('M{\\"u}ller, J{\\"o}rg', Author("Müller", "Jörg"), "Jörg Müller"),
        ('{\\"O}zg{\\"u}r, M.', Author("Özgür", "M."), "M. Özgür"),
        ("O'Brien, Pat", Author("O'Brien", "Pat"), "Pat O'Brien"),
        ("{Open Compute Project}", body("Open Compute Project"), "Open Compute Project"),
        ("{Foo and Bar, Inc.}", body("Foo and Bar, Inc."), "Foo and Bar, Inc."),
        ("{AT\\&T}", body("AT&T"), "AT&T"),
        ("李, 明", Author("李", "明"), "李明"),
        ("{李明}", Author("李明"), "李明"),
        ("李明", Author("李明"), "李明"),
        ("山田, 太郎", Author("山田", "太郎"), "山田太郎"),
        ("김, 철수", Author("김", "철수"), "김철수"),
        ("given=Chip, family=Jay, cjk=周", Author("Jay", "Chip"), "Chip Jay"),
        ("prefix=van, family={Dam}, given-i={J}", Author("Dam", prefix="van"), "van Dam"),
        (
            "given=Chip, x={family=Jay}",
            Author("given=Chip", "x=family=Jay"),
            "x=family=Jay given=Chip",
        ),
        ("Jay, ", Author("Jay"), "Jay"),
        ("Jay, {Chip", Author("Jay", "Chip"), "Chip Jay"),
        ("Jay, Chip}", Author("Jay", "Chip"), "Chip Jay"),
    ],
)
def test_a_name_is_split_as_bibtex_splits_it_and_shown_in_its_order(source, author, name):
    assert read(source) == ((author,), False, [])
    assert author.name == name


def test_names_are_told_apart_by_and_wherever_it_is_not_in_braces():
    authors, _, _ = read("Jay, Chip and {Foo and Bar}\n   AND 李, 明 and Sandy Land")
    assert [author.name for author in authors] == ["Chip Jay", "Foo and Bar", "李明", "Sandy Land"]


def test_an_ampersand_between_whole_names_separates_them_and_the_linter_tells_of_it():
    authors, _, told = read('Jay, Chip & Li, Ming and M{\\"u}ller, J. & Roe, A.')
    assert [author.name for author in authors] == ["Chip Jay", "Ming Li", "J. Müller", "A. Roe"]
    assert told == []


def test_names_too_complex_for_bibtex_are_shown_as_written_and_reported():
    authors, _, told = read("Jay, Chip, Li, Ming and {\\'E}mile Zola")
    assert authors == (Author("Jay, Chip, Li, Ming"), Author("Zola", "Émile"))
    assert told == [("bib_name", "cannot split 'Jay, Chip, Li, Ming'; write Family, Given")]


@pytest.mark.parametrize(
    ("source", "name", "advice"),
    [
        ("M\\uller, Jo", "Jo Muller", 'write the character itself, such as {\\"u}ller'),
        ("M{\\uuml}ller, Jo", "Jo Muumlller", "write ü"),
        ("Gonz\\alez, Ana", "Ana Gonzalez", "write the character itself"),
    ],
)
def test_of_a_name_with_unknown_tex_no_letter_is_lost_and_it_is_told(source, name, advice):
    (author,), _, ((kind, message),) = read(source)
    assert (author.name, kind) == (name, "bib_tex")
    assert message.endswith(f"is not understood and is shown as its name; {advice}")


@pytest.mark.parametrize(("source", "name"), [("李 明", "李明"), ("山田 太郎", "山田太郎")])
def test_a_name_in_chinese_characters_with_a_space_keeps_its_order(source, name):
    assert [author.name for author in read(source)[0]] == [name]


@pytest.mark.parametrize("source", ["{}", "{} and Jay, Chip", "Jay, Chip and {{}}", "\\relax"])
def test_no_author_is_without_a_name(source):
    assert [author for author in read(source)[0] if not author.name] == []


# -- between names ----------------------------------------------------------------------------


def of(text: str) -> tuple[list[str], list[str]]:
    """Names, and what is said of them."""
    told: list[str] = []
    return read_names(text, lambda _kind, message: told.append(message)), told


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", [""]),
        ("Doe, Jane", ["Doe, Jane"]),
        ("A and B\nand\n C", ["A", "B", "C"]),
        ("A AND B", ["A", "B"]),
        ("{A and B} and C", ["{A and B}", "C"]),
        ("Sand and Anderson", ["Sand", "Anderson"]),
        ("And, Ann", ["And, Ann"]),
        ("A} and {B", ["A}", "{B"]),
    ],
)
def test_and_stands_between_names(text, names):
    assert split_names(text) == names


@pytest.mark.parametrize(
    "text",
    [
        *("Doe, Jane", "Jane Doe", "King, Jr., Martin Luther", "Doe, III, Jane"),
        *("{Doe; Roe, Inc., and Sons}", "Doe,", "M&uuml;ller, J", "Doe & Roe", "Doe \\& Roe Ltd"),
        *("García Márquez, Gabriel José", "van der Berg, Jan Willem", "e Silva, João Pedro"),
        *("Doe J", "Doe II, Jane Q", "Doe III, J", "Ann Doe, J"),
    ],
)
def test_a_name_that_is_right_is_left_alone(text):
    assert of(text) == ([text], [])


COMMAS = "commas stand between names in {}; write and"
PUBMED = "family names lack a comma in {{}}; write {}"
AND = "an and has no name on one of its sides; delete it"


@pytest.mark.parametrize(
    ("text", "names", "message"),
    [
        ("A and", ["A"], AND),
        ("and A and and B", ["A", "B"], AND),
        ("Doe, J; Roe, R", ["Doe, J", "Roe, R"], "; stands between names in {}; write and"),
        (
            "Jane Doe, Rich Roe, Ann Poe",
            ["Jane Doe", "Rich Roe", "Ann Poe"],
            COMMAS,
        ),
        ("Brian R. Doe, Jane Roe", ["Brian R. Doe", "Jane Roe"], COMMAS),
        ("J Smith, K Doe", ["J Smith", "K Doe"], COMMAS),
        (
            "Núñez A, Okafor CB",
            ["Núñez, A", "Okafor, CB"],
            PUBMED.format("Núñez, A and Okafor, CB"),
        ),
        (
            "van Dam J and Doe K and others",
            ["van Dam, J", "Doe, K", "others"],
            PUBMED.format("van Dam, J and Doe, K and others"),
        ),
        ("Doe J; Roe-Poe K;", ["Doe, J", "Roe-Poe, K"], PUBMED.format("Doe, J and Roe-Poe, K")),
        ("Doe, Jane, Jr.", ["Doe, Jr., Jane"], "Jr. stands last in {}; write Doe, Jr., Jane"),
        ("Doe, Jane, X", ["Doe, Jane, X"], "{} has two commas; write Family, Given"),
        ("Doe, Jane,", ["Doe, Jane"], "{} ends in ,; delete it"),
        (
            "Jane Doe 0001",
            ["Jane Doe"],
            "{} ends in a number that DBLP tells namesakes by; delete it",
        ),
    ],
)
def test_what_stands_wrongly_between_or_behind_names_is_told_and_read(text, names, message):
    assert of(text) == (names, [message.format(repr(text))])


# -- editors and others ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "names", "et_al"),
    [
        ("", [], False),
        ("Jay, Chip and others", ["Chip Jay"], True),
        ("Jay, Chip and Others", ["Chip Jay"], True),
        ("Jay, Chip AND OTHERS", ["Chip Jay"], True),
        ("others", [], True),
        ("Jay, Chip and et al.", ["Chip Jay"], True),
        ("K. A. Jay et al.", ["K. A. Jay"], True),
        ("Jay, Chip, et.al.", ["Chip Jay"], True),
        ("Jay, Chip and {others}", ["Chip Jay", "others"], False),
    ],
)
def test_and_others_is_nobody(source, names, et_al):
    authors, found, told = read(source)
    assert ([author.name for author in authors], found) == (names, et_al)
    assert [kind for kind, _ in told] == ["bib_form"] * ("al." in source)


def test_editors_stand_in_for_authors():
    fields = {"editor": "Li, Ming", "editor+an": "1=equal"}
    assert read_authors(fields, frozenset(), print) == (
        (Author("Li", "Ming", marks=(EQUAL,)),),
        False,
    )


# -- marks -----------------------------------------------------------------------------------

LEAD, VISITING = Mark("‡", "Lead"), Mark("§", "Visiting")


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ("", [(), ()]),
        ("1=equal", [(EQUAL,), ()]),
        ("1=equal; 2=equal", [(EQUAL,), (EQUAL,)]),
        ("2=equal, corresponding", [(), (EQUAL, CORRESPONDING)]),
        ("2=corresponding;1=equal;", [(EQUAL,), (CORRESPONDING,)]),
        (" 1 = equal ", [(EQUAL,), ()]),
        ('1="equal"', [(EQUAL,), ()]),
        ("1:family=equal", [(EQUAL,), ()]),
        ("1=equal;;2=equal", [(EQUAL,), (EQUAL,)]),
        ("1=", [(), ()]),
        ("1=lead; 2=visiting, lead", [(LEAD,), (Mark("§", "Visiting"), LEAD)]),
        ("1=lead, visiting", [(LEAD, VISITING), ()]),
        ("1=equal; 1=corresponding", [(EQUAL, CORRESPONDING), ()]),
        ("1=PhD student", [(Mark("‡", "PhD student"),), ()]),
    ],
)
def test_marks(marks, expected):
    authors, _, told = read("Jay, Chip and Li, Ming", marks)
    assert ([author.marks for author in authors], told) == (expected, [])


@pytest.mark.parametrize("term", ["3=equal", "0=equal", "99=equal", "-1=equal", "x=equal", "equal"])
def test_a_mark_for_an_author_who_is_not_there_is_reported(term):
    authors, _, told = read("Jay, Chip and Li, Ming", f"1=equal; {term}")
    assert [author.marks for author in authors] == [(EQUAL,), ()]
    assert told == [("bib_field", f"annotation {term!r} names no author; write NUMBER=equal")]


def test_and_others_is_no_author_to_mark():
    _, _, told = read("Jay, Chip and others", "2=equal")
    assert told == [("bib_field", "annotation '2=equal' names no author; write NUMBER=equal")]


@pytest.mark.parametrize("marks", ["1=equal; 1=equal", "1=equal, equal"])
def test_no_author_has_a_mark_twice(marks):
    assert read("Jay, Chip", marks)[0][0].marks == (EQUAL,)


# -- the owner -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("owner", "source"),
    [
        ("Chip Jay", "Jay, Chip"),
        ("Chip Jay", "Chip Jay"),
        ("Chip Jay", "Jay,Chip"),
        ("Chip Jay", "{Chip Jay}"),
        ("Chip Jay", "JAY, CHIP"),
        ("Chip Jay", "Chip~Jay"),
        ("Chip Jay", "Ｃｈｉｐ Ｊａｙ"),
        ("Jay, Chip", "Chip Jay"),
        ("C. Jay", "Jay, C."),
        ("C. Jay", "C Jay"),
        ("C Jay", "Jay, C."),
        ("J. R. Smith", "J.R. Smith"),
        ("José X", "Jos{\\'e} X"),
        ("Jose\u0301 X", "X, José"),
        ("金某", "金, 某"),
        ("金某", "{金某}"),
        ("Jan van Dam", "van Dam, Jan"),
        ("van Dam, Jan", "Jan van Dam"),
        ("Martin King Jr.", "King, Jr., Martin"),
        ("Groß", "GROSS"),
        ("Foo, Inc.", "{Foo, Inc.}"),
    ],
)
def test_the_owner_is_recognised_in_every_spelling(owner, source):
    assert [author.is_owner for author in read(source, owner=frozenset({owner}))[0]] == [True]


@pytest.mark.parametrize(
    "source",
    ["Jay, Chipyang", "Jay, C.", "Jay, Xin", "Chip, Jay", "Jay Chip", "Chip", "{Jay}", "others x"],
)
def test_nobody_else_is_taken_for_the_owner(source):
    assert [author.is_owner for author in read(source, owner=OWNER)[0]] == [False]


def test_any_of_the_owners_spellings_will_do_and_nobody_owns_without_one():
    source = "Jay, C. and 金, 某 and Jay, Chip"
    owner = frozenset({"Chip Jay", "C. Jay", "金某"})
    assert [author.is_owner for author in read(source, owner=owner)[0]] == [True, True, True]
    assert [author.is_owner for author in read(source)[0]] == [False, False, False]


@pytest.mark.parametrize("source", ["金, 某", "{金某}"])
def test_a_chinese_spelling_may_be_given_with_a_comma(source):
    assert [a.is_owner for a in read(source, owner=frozenset({"金, 某"}))[0]] == [True]


# -- any names ------------------------------------------------------------------------------

PIECES = st.lists(
    st.one_of(
        st.text(max_size=3),
        st.sampled_from(
            [" and ", ",", "{", "}", "~", "others", "van", "Jay", "李", "\\'", "\\", ";"]
        )
        | st.sampled_from(["1", "=", "equal", ":", '"', "-", "AND", "Jr."]),
    ),
    max_size=10,
).map("".join)


@given(PIECES, PIECES)
def test_no_list_of_names_raises(names, marks):
    authors, _, told = read(names, marks, OWNER)
    assert {kind for kind, _ in told} - {"bib_name", "bib_form", "bib_field", "bib_tex"} == set()
    assert sum(len(author.marks) for author in authors) <= marks.count("=") * (len(marks) + 1)


@given(st.lists(st.sampled_from(["Jay, Chip", "Chip Jay", "{A and B}", "李, 明", "de Silva, A"])))
def test_as_many_authors_as_names_in_their_order(names):
    authors, et_al, _ = read(" and ".join([*names, "others"]))
    alone = [read(name)[0][0] for name in names]
    assert (list(authors), et_al) == (alone, True)
