"""A title may say anything: in every output it is text, and the same text."""

import json
import re

import feedparser
import pybtex.database
import pytest
import rispy
from sphinx.util.inventory import InventoryFile

from tests.reading import json_ld, markdown, metas, png_size, search_index

#: What a title may say.
TITLES = {
    "script": "</script><script>alert(1)</script></title><!x>",
    "quotes": """He said "it's" 'quoted' " onmouseover="alert(1)""",
    "ampersands": "R&D &amp; less &lt; more &#60;",
    "cdata": "<![CDATA[ x ]]> and ]]> end",
    "dollars": "From $math$ to $$ and %s {x} 100%",
    "emoji": "Fast 🚀 and 👩‍🔬 safe",
    "direction": "\u200fمرحبا\u200f and \u200eאב",
    "markup": "*a* _b_ [c](https://d.example.org) `e` # f <h> 1. i | j",
    "template": "{{ config }} {% raw %} ${x} |bar| :role:`x` and #{y} so",
    "letters": "日本語 Ελληνικά Ünïcödé ﬁ ß",
    "long": " ".join(["word"] * 99) + " words",
}
KEYS = {name: f"hostile-{name}" for name in TITLES}
assert len(TITLES["long"]) == 500


def entry(name: str) -> str:
    """Everything that is text says the same."""
    words = re.sub(r"([%$#{}&_])", r"\\\1", TITLES[name])
    fields = {"title": words, "author": f"{{{words}}}", "journal": words, "annotation": words}
    lines = (f"  {field} = {{{value}}},\n" for field, value in fields.items())
    return f"@article{{{KEYS[name]},\n{''.join(lines)}  year = {{2020}},\n}}\n"


@pytest.fixture(scope="module")
def built(build_once):
    cited = " ".join(f"{{cite:t}}`{key}`" for key in KEYS.values())
    files = {
        "refs.bib": "".join(map(entry, TITLES)),
        "waiting.md": f"# On waiting\n\n{cited}\n",
        "notes/memory.md": "# On memory\n",
    }
    return build_once("citing", files)


def straight(text: str) -> str:
    """*text* with the quotation marks of a typewriter, as the bibliography has them."""
    return text.translate(str.maketrans("‘’“”", "''\"\""))


# -- one value from each output -----------------------------------------------------------------


def of_scholar(built, key, name="citation_title"):
    return metas(built.soup(f"papers/{key}"), name)


def of_json_ld(built, key):
    article = json_ld(str(built.soup(f"papers/{key}")))["ScholarlyArticle"]
    return [
        article["name"],
        article["headline"],
        article["abstract"],
        article["author"][0]["name"],
        article["isPartOf"]["name"],
    ]


def of_breadcrumbs(built, key):
    crumbs = json_ld(str(built.soup(f"papers/{key}")))["BreadcrumbList"]
    return [crumbs["itemListElement"][-1]["name"]]


def of_list(built, key):
    items = json_ld(str(built.soup("publications")))["CollectionPage"]["mainEntity"]
    return [i["name"] for i in items["itemListElement"] if i["url"].endswith(f"/{key}/")]


def of_atom(built, key):
    feed = feedparser.parse(built.files["feed.xml"], sanitize_html=False)
    assert not feed.bozo
    (item,) = [item for item in feed.entries if item.link.endswith(f"/{key}/")]
    return [item.title, item.summary, item.authors[0]["name"]]


def of_json_feed(built, key):
    found = json.loads(built.files["feed.json"])["items"]
    (item,) = [item for item in found if item["url"].endswith(f"/{key}/")]
    return [item["title"], item["content_text"], item["authors"][0]["name"]]


def of_ris(built, key):
    (record,) = rispy.loads(built.text(f"papers/{key}.ris"))
    return [record["title"], record["abstract"], record["secondary_title"], *record["authors"]]


def of_csl(built, key):
    (item,) = json.loads(built.text(f"papers/{key}.json"))
    return [item["title"], item["abstract"], item["container-title"], item["author"][0]["literal"]]


def of_bibtex(built, key):
    (item,) = pybtex.database.parse_string(
        built.text(f"papers/{key}.bib"), "bibtex"
    ).entries.values()
    names = [str(person) for person in item.persons["author"]]
    values = [item.fields["title"], item.fields["journal"], *names]
    return [re.sub(r"\\([%$#{}&_])", r"\1", value.strip("{}")) for value in values]


def of_inventory(built, key):
    data = InventoryFile.loads(built.files["objects.inv"], uri="").data
    return [data["bib:paper"][key].display_name]


def of_head(built, key):
    soup = built.soup(f"papers/{key}")
    (title,) = soup.find_all("title")
    names = ("og:title", "og:description", "og:image:alt", "description", "citation_author")
    found = [value for name in names for value in metas(soup, name)]
    assert len(found) == len(names)
    return [title.get_text().removesuffix(" — Jane Doe"), *found]


def of_page(built, key):
    page = built.paper(key)
    assert len(page.main.find_all("h1")) == 1
    return [straight(page.title), straight(page.summary), *map(straight, page.authors)]


def of_card(built, key):
    (card,) = [card for card in built.cards("publications") if card.id == f"cite-{key}"]
    return [card.title, *card.authors]


def of_search(built, key):
    """Plain text; Sphinx's script and ours escape it or insert it as text."""
    index = search_index(built.text("searchindex.js"))
    title = dict(zip(index["docnames"], index["titles"], strict=True))[f"papers/{key}"]
    return [straight(title)]


OUTPUTS = {
    function.__name__.removeprefix("of_"): function
    for function in (
        *(of_scholar, of_json_ld, of_breadcrumbs, of_list, of_atom, of_json_feed, of_ris, of_csl),
        *(of_bibtex, of_inventory, of_head, of_page, of_card, of_search),
    )
}


@pytest.mark.parametrize("output", OUTPUTS.values(), ids=OUTPUTS)
def test_a_title_is_the_same_text_everywhere(built, output):
    for name, title in TITLES.items():
        assert {*output(built, KEYS[name])} == {" ".join(title.split())}


# -- what it must not become --------------------------------------------------------------------


def test_no_page_runs_what_a_title_says(built):
    for page in built.pages:
        soup = built.soup(page)
        assert not soup.find_all(onmouseover=True)
        assert len(soup.find_all("title")) == 1
        assert not soup.select("main b, main h, main script")
        code = [tag for tag in soup.find_all("script") if tag.get("type") != "application/ld+json"]
        assert not any("alert(1)" in tag.get_text() for tag in code)


def test_a_picture_can_be_drawn_and_a_tooltip_shown_of_any_title(built):
    main = built.main("waiting")
    for name, title in TITLES.items():
        assert png_size(built.files[f"cards/papers/{KEYS[name]}.png"])
        links = main.select(f".bibtex-citation a[href$='#cite-{KEYS[name]}']")
        assert " ".join(title.split()) in " ".join(links[0]["title"].split())


def test_a_title_is_text_in_markdown(built):
    """In the twin, and in llms.txt."""
    names = [name for name in built.files if name.endswith(".md")]
    assert len(names) == len(TITLES) + 4
    assert [name for name in [*names, "llms.txt"] if markdown(built.text(name)).html] == []
    lines = built.text("llms.txt").splitlines()
    for name, title in TITLES.items():
        twin = markdown(built.text(f"papers/{KEYS[name]}.md"))
        assert straight(twin.headings[0]) == title
        assert [straight(text) for text in twin.paragraphs[:2]] == [f"{title} 2020", title]
        address = f"(https://jane.example.org/papers/{KEYS[name]}.md)"
        found = markdown(next(line for line in lines if address in line))
        assert [text for text, href in found.links if f"({href})" == address] == [title]
        assert found.paragraphs == [f"{title}: {title}"]
