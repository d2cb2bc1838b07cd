"""Tables of the profile on pages: every item once, by time or kind; nothing of an empty table."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import get_args, get_type_hints

import pytest

from bibfolio.commands import main
from bibfolio.model import DateRange, PartialDate, Profile
from bibfolio.model.lines import TALKS
from bibfolio.model.profile import TalkKind
from bibfolio.model.tables import CV_SECTIONS, TABLES
from tests.building import REPOSITORY, ROOTS
from tests.cv import forms
from tests.output import contents, headings, text_of
from tools.profile_schema import schema

PROFILE = (ROOTS / "minimal" / "profile.toml").read_text(encoding="utf-8")
SOME = """
[[talks]]
title = "Waiting *aloud*"
event = "WAIT"
date  = "2023-05-01"
paper = "poe2023queue"
[[talks]]
title = "Lines to come"
event = "Open Evening"
date  = "2027-01-15"
[[service]]
role         = "Reviewer"
organization = "Journal of Lines"
kind         = "reviewing"
date         = "2022/"
[[service]]
role         = "Program committee"
organization = "WAIT"
date         = 2024
[[mentoring]]
name  = "Ann Apprentice"
level = "M.Sc."
[[grants]]
title  = "Patience"
funder = "Slow Fund"
papers = ["doe2021cache"]
[[software]]
name   = "waitlib"
papers = ["doe2021cache"]
[[sections]]
title = "Press"
id    = "press"
items = [{ text = "She waits for us all", detail = "The Daily Row" }]
[people."Edgar Poe"]
url   = "https://poe.example.org/"
group = "current"
[people."Zoë Müller"]
group   = "alumni"
role    = "now at Elsewhere"
picture = "_static/zoe.png"
"""
NAMES = ["talks", "service", "mentoring", "grants", "software", "section press", "people"]
PAGES = {
    f"{name.split()[-1]}.md": f"# All\n\n## {name.title()}\n\n```{{{name.split()[0]}}}"
    f"{name.removeprefix(name.split()[0])}\n```\n"
    for name in NAMES
}
INDEX = "# Papers\n\n```{publications}\n```\n\n```{toctree}\n:glob:\n*\n```\n"
FILES = {
    **PAGES,
    "report.md": "# Report\n\n```{grants}\n:papers:\n```\n",
    "index.md": INDEX,
    "profile.toml": PROFILE + SOME,
    "_static/zoe.png": (ROOTS / "owner" / "_static" / "zoe.png").read_bytes(),
    "files/slides/waiting-aloud.pdf": b"%PDF-1.4 not really\n",
}
TODAY = {"bibfolio_today": "2026-12-01"}
ITEMS = {
    "talks": ["Waiting aloud, WAIT", "Lines to come, Open Evening"],
    "service": ["Reviewer, Journal of Lines", "Program committee, WAIT"],
    "mentoring": ["Ann Apprentice, M.Sc."],
    "grants": ["Patience, Slow Fund"],
    "software": ["waitlib"],
    "press": ["She waits for us all, The Daily Row"],
    "people": ["Edgar Poe", "Zoë Müller, now at Elsewhere"],
}


@pytest.fixture(scope="module")
def whole(build_once):
    return build_once("minimal", FILES, **TODAY)


def test_each_item_stands_once_on_the_page_of_its_table_and_in_its_twin(whole):
    for page, items in ITEMS.items():
        texts = [text_of(item) for item in whole.main(page).select(".profile-text")]
        assert sorted(texts) == sorted(items)
        twin = whole.text(f"{page}.md").replace("*", "")
        assert [item for item in items if twin.count(item.partition(",")[0]) != 1] == []


def test_a_grant_and_its_papers_lead_to_each_other(whole):
    (line,) = whole.main("grants").select(".profile-evidence a")
    assert line["href"] == "../papers/doe2021cache/"
    (section,) = whole.main("report").select("section#grants-patience")
    assert line["href"] in {a["href"] for a in section.select("ul + ul li a")}
    (there,) = whole.main("papers/doe2021cache").select("dd.paper-page-grants a")
    assert there["href"] == "../../report/#grants-patience"


def test_headings_say_when_which_kind_and_whether_still_there(whole):
    found = {page: headings(whole.main(page)) for page in ITEMS}
    assert found["talks"] == ["All", "Talks", "Coming", "Past"]
    assert found["service"] == ["All", "Service", "Committees", "Reviewing"]
    assert found["people"] == ["All", "People", "Members", "Alumni"]
    assert found["grants"] == ["All", "Grants"]
    ids = [tag["id"] for tag in whole.main("talks").select("section[id]")]
    assert ids[-2:] == ["talks-coming", "talks-past"]


def test_headings_of_empty_tables_vanish(build):
    built = build("minimal", {**PAGES, "index.md": INDEX, "press.md": "# All\n"})
    assert {tuple(headings(built.main(page))) for page in ITEMS} == {("All",)}


def test_a_talk_and_its_paper_lead_to_each_other_and_a_file_called_after_it_is_its_slides(whole):
    talk = next(li for li in whole.main("talks").find_all("li") if "aloud" in li.text)
    assert [(text_of(a), a["href"]) for a in talk.find_all("a")] == [
        ("Queue: Waiting in C++", "../papers/poe2023queue/"),
        ("Slides", "../files/slides/waiting-aloud.pdf"),
    ]
    assert "files/slides/waiting-aloud.pdf" in contents(whole.out)
    part = whole.main("papers/poe2023queue").find(id="talks")
    assert [(text_of(a), a["href"]) for a in part.li.find_all("a")] == [
        ("Waiting aloud", "../../talks/"),
        ("Slides", "../../files/slides/waiting-aloud.pdf"),
    ]
    assert whole.main("papers/doe2021cache").find(id="talks") is None


def test_check_does_not_call_slides_of_a_talk_unused(whole, monkeypatch, capsys):
    monkeypatch.chdir(whole.src)
    main(["check"])
    assert "waiting-aloud" not in capsys.readouterr().out


def test_authors_lead_to_their_pages_where_a_paper_is_shown_in_full(whole):
    (author,) = whole.main("papers/poe2023queue").select("a[rel=author]")
    shown = (text_of(author), author["href"], author["title"])
    assert shown == ("Edgar Poe", "https://poe.example.org/", "Home page of Edgar Poe")
    assert whole.main("index").select("a[rel=author]") == []


def test_people_of_one_group_have_portraits_or_letters_that_are_not_read_aloud(build):
    page = "# P\n\n```{people}\n:pictures:\n```\n\n## A\n\n```{people}\n:group: alumni\n```\n"
    built = build("minimal", {**FILES, "people.md": page}, **TODAY)
    main_ = built.main("people")
    assert headings(main_) == ["P", "Members", "Alumni", "A"]
    (letters,) = main_.select("[aria-hidden=true]")
    assert text_of(letters) == "EP"
    (picture,) = main_.find_all("img")
    assert picture["alt"] == "Portrait of Zoë Müller"
    assert [text_of(li) for li in main_.find(id="a").find_all("li")] == [
        "Zoë Müller, now at Elsewhere Queue: Waiting in C++"
    ]


def test_people_have_any_groups_in_the_order_written(build):
    groups = {"Edgar Poe": "alumni", "Zoë Müller": "Visitors", "Jo Ek": "current", "Al": "Visitors"}
    profile = 'name = "Jane Doe"\n' + "".join(
        f'[people."{name}"]\ngroup = "{group}"\n' for name, group in groups.items()
    )
    page = "# P\n\n```{people}\n```\n\n## A\n\n```{people}\n:group: Visitors\n```\n"
    files = FILES | {"profile.toml": profile, "people.md": page}
    main_ = build("minimal", files, warnings=True, **TODAY).main("people")
    assert headings(main_) == ["P", "Alumni", "Visitors", "Members", "A"]
    assert [text_of(li) for li in main_.find(id="a").find_all("strong")] == ["Zoë Müller", "Al"]
    page = "# P\n\n```{people}\n:group: Visiters\n```\n"
    told = "nobody is in the group 'Visiters'; there are: current, alumni"
    build("minimal", {"people.md": f"---\norphan: true\n---\n\n{page}"}, warnings=told)


# -- what is coming ------------------------------------------------------------------------------

UPCOMING = {"soon.md": "# Soon\n\n## Next\n\n```{talks}\n:upcoming:\n```\n"}


def test_only_what_is_coming_is_shown_by_the_date_on_the_command_line(build):
    run = build("minimal", FILES | UPCOMING, bibfolio_today="2026")
    assert [text_of(li) for li in run.main("soon").find_all("li")] == [
        "January 15, 2027 Lines to come, Open Evening"
    ]
    # Which is not the page to which a paper leads.
    assert run.main("papers/poe2023queue").find(id="talks").strong.a["href"] == "../../talks/"
    # After that day, the pages say something else, without an edit.
    run.options["confoverrides"]["bibfolio_today"] = "2027-02-01"
    run = run.rebuild()
    assert headings(run.main("soon")) == ["Soon"]
    assert headings(run.main("talks")) == ["All", "Talks"]


def test_without_a_date_nothing_is_coming_and_it_is_said_what_to_write(build):
    told = "soon.md:5: ERROR: :upcoming: shows nothing without a date; write bibfolio_today = "
    built = build("minimal", FILES | UPCOMING, warnings=[told])
    assert headings(built.main("soon")) == ["Soon"]
    assert headings(built.main("talks")) == ["All", "Talks"]


# -- the registry ----------------------------------------------------------------------------------

#: How a value of each type is written; texts have the word of their table.
WRITTEN = {PartialDate: "2024", DateRange: "2024", int: "2024"}


def written(table: str) -> str:
    """An item of a *table* with its word wherever it needs a text."""
    item, hints = TABLES[table].item, get_type_hints(TABLES[table].item)
    needed = [f.name for f in fields(item) if f.default is f.default_factory is MISSING]
    lines = [f"{name} = {WRITTEN.get(hints[name], repr(f'Word{table}'))}" for name in needed]
    return "\n".join([f"[[{table}]]", *lines, ""])


def test_every_table_is_on_pages_in_the_cv_in_schema_and_reference_and_known_to_check(
    build, monkeypatch, capsys
):
    """So a new one is tested by being declared."""
    cv = f"[cv]\nsections = {[*CV_SECTIONS]}\n"
    spellings = "{{{0}}}\n```\n\n```{{bib:{0}}}\n```\n\n```{{profile}} {0}\n```\n"
    files = {f"{name}.md": f"# A\n\n```{spellings.format(name)}" for name in TABLES}
    files["cv.md"] = "# CV\n\n```{profile} cv\n```\n\n```{cv}\n```\n"
    files["profile.toml"] = PROFILE + "".join(map(written, TABLES)) + cv
    built = build("minimal", {**files, "index.md": INDEX, "refs.bib": ""})
    said = forms(built)
    assert [*TALKS] == [*get_args(TalkKind)]
    reference = [
        (REPOSITORY / f"docs/reference/{n}.md").read_text() for n in ("directives", "profile")
    ]
    for name, table in TABLES.items():
        assert get_type_hints(Profile)[name] == tuple[table.item, ...]
        if table.kinds:
            assert [*table.kinds] == [*get_args(get_type_hints(table.item)["kind"])]
        word = f"Word{name}"
        shown = [text_of(li) for li in built.main(name).select(".profile-list li")]
        assert len([text for text in shown if word in text]) == 3, name
        assert [form for form, text in said.items() if word not in text] == [], name
        assert schema()["properties"][name]["type"] == "array"
        assert f"| `{{{name}}}` | `{{bib:{name}}}` |" in reference[0]
        assert f"### `[[{name}]]`" in reference[1]
    monkeypatch.chdir(built.src)
    assert main(["check"]) == 0, capsys.readouterr().out
    for name in TABLES:
        built.edit("profile.toml", f"[[{name}]]", f"[[{name}]]\nodd = 1")
    main(["check"])
    told = capsys.readouterr().out
    assert [name for name in TABLES if f"{name}.odd: unknown key" not in told] == []


# -- names, formats, builds ----------------------------------------------------------------------


def test_names_with_the_domain_work_in_both_markups_and_short_ones_belong_to_who_was_first(build):
    other = """
from docutils import nodes
from docutils.parsers.rst import Directive
class Talks(Directive):
    def run(self):
        return [nodes.paragraph("", "Mine.")]
def setup(app):
    app.add_directive("talks", Talks)
"""
    conf = (ROOTS / "minimal" / "conf.py").read_text(encoding="utf-8") + other
    files = {
        **FILES,
        "conf.py": conf,
        "both.md": "# B\n\n```{bib:talks}\n```\n",
        "old.rst": "Old\n===\n\n.. bib:talks::\n\n.. grants::\n\n.. bib:section:: press\n",
    }
    built = build("minimal", files, **TODAY)
    assert "Mine." in text_of(built.main("talks"))
    assert built.main("talks").select(".profile-text") == []
    texts = [text_of(item) for item in built.main("both").select(".profile-text")]
    assert sorted(texts) == sorted(ITEMS["talks"])
    old = [text_of(item) for item in built.main("old").select(".profile-text")]
    assert sorted(old) == sorted(ITEMS["talks"] + ITEMS["grants"] + ITEMS["press"])


def test_several_processes_make_the_same_pages(build, whole):
    built = build("minimal", FILES, parallel=2, **TODAY)
    pages = [f"{page}/index.html" for page in [*ITEMS, "papers/poe2023queue"]]
    assert [built.text(page) for page in pages] == [whole.text(page) for page in pages]
