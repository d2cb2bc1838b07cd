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
HOSTILE = r"""@misc{a, title = {<script>"x" & 'y'</script>}, year = {2020}, keywords = {<b>"&},
  shorttitle = {<i>"&}, author = {Doe, Jane and <u>, P.}}
@misc{b, title = {B}, year = {2021}, author = {Doe, Jane and <u>, P.}}
@misc{c, title = {C}, year = {2022}, author = {Doe, Jane}}
"""


def links(part) -> set[str]:
    return {a["href"] for a in part.find_all("a", href=True)}


def parts(built, page="index"):
    return [built.main(page).find(class_=f"paper-timeline-{p}") for p in ("picture", "table")]


def test_picture_and_table_hold_the_same_links_and_each_is_named(build):
    picture, table = parts(build("minimal", FILES))
    assert links(picture) == links(table) == {f"papers/{key}/" for key in KEYS}
    assert picture.svg["role"] == "group"
    assert picture.svg["aria-label"]
    titles = [a.title.string for a in picture.find_all("a")]
    assert titles == [
        "Caches that Remember, JSM 2021",
        "Queue: Waiting in C++, WAIT 2023, April 30, 2023",
        "Writing without Drafts, Preprint, November 5, 2023",
    ]
    heads = [[th.get_text() for th in row.find_all("th")] for row in table.find_all("tr")]
    assert heads == [["Topic", "2023", "2021"], ["Networks"], ["Storage"], ["Other topics"]]


def test_a_guest_without_pages_of_papers_is_led_to_the_list(build):
    built = build("minimal", FILES | {"conf.py": GUEST})
    picture, table = parts(built)
    assert links(picture) == links(table)
    assert {address.rpartition("#")[0] for address in links(picture)} == {""}
    ids = {tag["id"] for tag in built.main().find_all(id=True)}
    assert {address.removeprefix("#") for address in links(picture)} <= ids
    assert len(links(picture)) == len(KEYS)


def test_nothing_the_owner_writes_is_markup(build):
    built = build("minimal", FILES | {"refs.bib": HOSTILE})
    picture, table = parts(built)
    assert picture.find_all(["b", "i", "u", "script"]) == []
    assert built.main().find(class_="paper-coauthors").find("u") is None
    words = picture.get_text()
    assert all(text in words for text in ('<i>"&', "<script>", '<b>"&'))
    assert '<b>"&' in table.get_text()


def test_headings_go_where_there_is_nothing_and_come_back_with_the_papers(build):
    alone = "@misc{a, title = {A}, year = {2020}, author = {Doe, Jane and Poe, E.}}\n"
    built = build("minimal", FILES | {"refs.bib": alone})
    assert [h.get_text()[:4] for h in built.main().find_all("h2")] == ["Pape"]
    more = alone + alone.replace("{a", "{b").replace("2020", "2021")
    built.write("refs.bib", more + alone.replace("{a", "{c").replace("2020", "2022"))
    built = built.rebuild()
    assert len(links(parts(built)[0])) == 3
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
