"""What a catalogue says is said: in its order, in the right number, and without ever failing."""

from gettext import NullTranslations

import pytest

from bibfolio.model import PartialDate
from bibfolio.model.forms import Forms
from bibfolio.model.lines import position
from bibfolio.model.paper import Author, Mark, Paper
from bibfolio.model.profile import Advisor, Position
from bibfolio.model.text import RichText
from bibfolio.model.words import Language, _, counted, enumerated, pieces, speaking, use

GERMAN = {
    "advised by {people}": "bei {people}",
    "editor": "Hg.",
    "Equal contribution": "gleicher Anteil",
    "broken {people}": "kaputt {leute} {",
}


class Catalogue(NullTranslations):
    def gettext(self, message):
        return GERMAN.get(message, message) if message else "Content-Type: text/plain"

    def ngettext(self, singular, plural, n):
        return self.gettext(singular if n < 3 else plural)


class German(Forms):
    lists = Forms.lists | {"2": "{0} und {1}", "end": "{0} und {1}"}

    def day(self, date):
        return f"{date:%d. %m. %Y}"


@pytest.fixture
def german():
    use(Language("de", Catalogue(), German()))
    yield
    use()


def test_without_a_catalogue_everything_is_english():
    assert _("edited by {people}", people="Ann") == "edited by Ann"
    assert counted("{count} paper", "{count} papers", 2) == "2 papers"
    assert _("") == ""


@pytest.mark.usefixtures("german")
def test_a_translation_has_its_own_order_and_numbers():
    assert PartialDate(2024, 4, 16).words == "16. 04. 2024"
    assert PartialDate(2024, 4, 16).iso == "2024-04-16"
    assert counted("{count} paper", "{count} papers", 2) == "2 paper"
    advisors = (Advisor("Ann", "https://ann.example.org"), Advisor("Bo"))
    line = position(Position("", "Slow Inc.", PartialDate(2020), None, advisors))
    assert line.text == "Slow Inc., bei Ann und Bo"
    assert [phrase.url for phrase in line.rest if phrase.text == "Ann"] == [advisors[0].url]


@pytest.mark.usefixtures("german")
def test_what_the_owner_says_is_not_translated():
    marks = (Mark("*", "Equal contribution"), Mark("†", "editor"))
    paper = Paper("k", "k", "book", RichText(), (Author("Roe", marks=marks),), is_edited=True)
    assert paper.author_names == "Roe, Hg."
    assert paper.legend == "* gleicher Anteil; † editor"


@pytest.mark.usefixtures("german")
def test_a_mistake_in_a_catalogue_breaks_nothing():
    assert _("broken {people}", people="Ann") == "kaputt {leute} {"
    assert pieces("{a} of {b}", a=["x"]) == [["x"], " of ", "{b}"]
    assert _("", people="Ann") == ""
    assert _("{people}", people="{name}", name="Ann") == "{name}"


@pytest.mark.usefixtures("german")
def test_a_part_in_another_language_has_its_words():
    use(Language("de", Catalogue(), German()), lambda tag: Language() if tag == "en" else None)
    with speaking("en"):
        assert enumerated("abc") == ["a", ", ", "b", " and ", "c"]
    for tag in ("", "tlh"):  # none is known of that one
        with speaking(tag):
            assert enumerated("ab") == ["a", " und ", "b"]
