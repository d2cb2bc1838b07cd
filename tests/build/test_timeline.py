"""`{timeline}`, `{coauthors}` and papers near others: links, escaping and modes."""

HOME = """# Home

## Work

```{timeline}
```

## People

```{coauthors}
```

## Papers

```{publications}
```
"""
FILES = {"index.md": HOME}
KEYS = ["doe2021cache", "doe2023draftless", "poe2023queue"]
GUEST = """extensions = ["sphinxcontrib.bibtex", "bibfolio", "myst_parser"]
bibtex_bibfiles = ["refs.bib"]
"""
HOSTILE = r"""@misc{a, title = {<script>"x" & 'y'</script>}, date = {2020-03}, keywords = {<b>"&},
  shorttitle = {<i>"&}, author = {Doe, Jane and <u>, P.}}
@misc{b, title = {B}, date = {2021-03}, author = {Doe, Jane and <u>, P.}}
@misc{c, title = {C}, date = {2022-03}, author = {Doe, Jane}}
"""


def links(part) -> set[str]:
    return {a["href"] for a in part.find_all("a", href=True)}


def parts(built, page="index"):
    """The lanes, the bars and the list; the first is None where it is not drawn."""
    shown = built.main(page).find(class_="paper-timeline")
    return shown.find(class_="paper-timeline-picture"), shown.find_all("figure")[-1], shown.details


def test_lanes_and_list_hold_the_same_links_and_bars_are_for_eyes_alone(build):
    built = build("minimal", FILES)
    picture, bars, listed = parts(built)
    assert links(picture) == links(listed) == {f"papers/{key}/" for key in KEYS}
    assert picture.svg["role"] == "group"
    assert picture.svg["aria-label"]
    titles = [a.title.string for a in picture.find_all("a")]
    assert titles == [
        "Caches that Remember, JSM 2021",
        "Queue: Waiting in C++, WAIT 2023, April 30, 2023",
        "Writing without Drafts, Preprint, November 5, 2023",
    ]
    items = [[p.get_text() for p in item.find_all("p")] for item in listed.find_all("li")]
    assert items == [
        ["Networks", "2023: Queue: Waiting in C++"],
        ["Storage", "2023: Queue: Waiting in C++", "2021: Caches that Remember"],
        ["Other topics", "2023: Writing without Drafts"],
    ]
    assert bars["aria-hidden"] == "true"
    assert [span.get_text() for span in bars.find_all("span")][3:] == ["1", "2", "1"]
    assert links(bars) == set()  # the list of this page is not by year
    years = [title.get_text() for title in bars.find_all("title")]
    assert years == ["2021: Storage 1", "2022: ", "2023: Networks 1, Storage 1, Other topics 1"]


def test_a_bar_leads_to_its_year_of_the_list_and_follows_that_to_another_page(build):
    listed = "# All\n\n```{publications}\n:group: year\n```\n"
    home = HOME.partition("## Papers")[0] + "```{toctree}\nall\nold\n```\n"
    files = {"index.md": home, "all.md": listed, "old.md": "# Old\n"}
    built = build("minimal", files)
    shown = parts(built)[1].find_all("a")
    assert [a["href"] for a in shown] == ["all/#year-2021", "all/#year-2023"]
    assert {a["tabindex"] for a in shown} == {"-1"}
    assert {a["href"].rpartition("#")[2] for a in shown} <= {
        tag["id"] for tag in built.main("all").find_all(id=True)
    }
    built.write("all.md", "# All\n")
    built.write("old.md", listed.replace("All", "Old"))
    built = built.rebuild()
    assert links(parts(built)[1]) == {"old/#year-2021", "old/#year-2023"}
    built.write("old.md", listed.replace("year", "topic"))
    assert links(parts(built.rebuild())[1]) == set()


def test_years_alone_are_bars_and_very_many_papers_are_counted_in_every_format(build):
    bib = "".join(
        f"@misc{{k{n}, title = {{Paper {n}}}, author = {{Doe, Jane}}, year = {2000 + n % 4}}}\n"
        for n in range(121)
    )
    without = {"bibfolio_paper_pages": False}
    built = build("minimal", FILES | {"refs.bib": bib}, **without)
    picture, bars, listed = parts(built)
    assert picture is None
    assert bars.find_all("span")[-1].get_text() == "121"
    assert listed.li.get_text() == "2003: Papers 30"
    book = build("minimal", FILES | {"refs.bib": bib}, builder="text", **without)
    assert "2000: Papers 31" in book.text("index.txt")


def test_a_guest_without_pages_of_papers_is_led_to_the_list(build):
    built = build("minimal", FILES | {"conf.py": GUEST})
    picture, _bars, listed = parts(built)
    assert links(picture) == links(listed)
    assert {address.rpartition("#")[0] for address in links(picture)} == {""}
    ids = {tag["id"] for tag in built.main().find_all(id=True)}
    assert {address.removeprefix("#") for address in links(picture)} <= ids
    assert len(links(picture)) == len(KEYS)


def test_nothing_the_owner_writes_is_markup(build):
    built = build("minimal", FILES | {"refs.bib": HOSTILE})
    picture, bars, listed = parts(built)
    assert built.main().find(class_="paper-timeline").find_all(["b", "i", "u", "script"]) == []
    assert built.main().find(class_="paper-coauthors").find("u") is None
    words = picture.get_text()
    assert all(text in words for text in ('<i>"&', "<script>", '<b>"&'))
    assert '<b>"&' in bars.get_text()
    assert '<b>"&' in listed.get_text()


def test_headings_go_where_there_is_nothing_and_come_back_with_the_papers(build):
    alone = "@misc{a, title = {A}, year = {2020}, author = {Doe, Jane and Poe, E.}}\n"
    built = build("minimal", FILES | {"refs.bib": alone})
    assert [h.get_text()[:4] for h in built.main().find_all("h2")] == ["Pape"]
    more = alone + alone.replace("{a", "{b").replace("2020", "2021")
    built.write("refs.bib", more + alone.replace("{a", "{c").replace("2020", "2022"))
    built = built.rebuild()
    assert len(links(parts(built)[2])) == 3
    assert "Co-author" in built.main().get_text()


def near(built, key) -> list[str]:
    return [a.get_text() for a in built.main(f"papers/{key}").select(".paper-related a")]


def test_near_a_paper_are_those_it_cites_and_is_cited_by_and_without_any_no_heading(build):
    built = build("minimal", FILES)
    shared = "Queue: Waiting in C++"  # a topic and an author
    assert near(built, "doe2021cache") == [shared]
    assert near(built, "doe2023draftless") == []
    assert "Related" not in built.main("papers/doe2023draftless").get_text()
    built.write("notes/doe2021cache.md", "It extends {cite:t}`doe2023draftless`.\n")
    built = built.rebuild()
    assert near(built, "doe2021cache") == ["Writing without Drafts", shared]
    assert near(built, "doe2023draftless") == ["Caches that Remember"]
