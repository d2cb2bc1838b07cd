"""What is gone from the sources is gone from the output, and nothing else is."""

import shutil

import pytest

KEY = "doe2021cache"
TITLE = "Caches that Remember"
#: Without a citation of the entry that is going to be removed.
FILES = {"notes/memory.md": "# On memory\n"}


def without(text: str, key: str) -> str:
    """A bibliography without one entry."""
    start = text.rindex("@", 0, text.index(key))
    end = text.find("\n@", start)
    return text[:start] + (text[end + 1 :] if end >= 0 else "")


def remove(built, key=KEY):
    text = (built.src / "refs.bib").read_text(encoding="utf-8")
    built.write("refs.bib", without(text, key))
    return built.rebuild()


def files_with(built, *words: str) -> list[str]:
    """Files that are named after one of these, or say it."""
    return [
        name
        for name, data in built.files.items()
        if any(word in name or word.encode() in data for word in words)
    ]


@pytest.mark.parametrize("builder", ["dirhtml", "html"])
def test_a_removed_entry_leaves_nothing_behind(build, builder):
    built = build("citing", FILES, builder=builder)
    names = {name.split(".")[-1] for name in files_with(built, KEY, TITLE) if KEY in name}
    assert names == {"html", "txt", "png", "bib", "ris", "json", "md"}
    again = remove(built)
    assert files_with(again, KEY, TITLE) == []
    assert list(again.out.rglob(f"*{KEY}*")) == []
    assert sorted(path.name for path in (again.src / "papers").iterdir()) == [
        "doe2023draftless.paper",
        "poe2023queue.paper",
    ]


def test_a_renamed_entry_leaves_nothing_of_its_old_name(build):
    built = build("citing", FILES)
    built.edit("refs.bib", "{doe2021cache,", "{doe2021forget,")
    again = built.rebuild()
    assert files_with(again, KEY) == []
    for name in ("papers/doe2021forget.bib", "cards/papers/doe2021forget.png", "feed.json"):
        assert name in again.files
    assert "papers/doe2021forget" in again.text("llms.txt")


def test_an_entry_that_becomes_a_draft_leaves_nothing_behind(build):
    built = build("citing", FILES)
    built.edit("refs.bib", "  journal      = {", "  pubstate = {inpreparation},\n  journal = {")
    assert files_with(built.rebuild(), KEY, TITLE) == []


def test_the_output_of_a_build_long_ago_is_swept(build):
    """Of another computer, or before `make clean`: Sphinx remembers nothing of it."""
    built = build("citing", FILES)
    shutil.rmtree(built.src.parent / "built" / "doctrees")
    again = remove(built)
    assert [n for n in files_with(again, KEY, TITLE) if n.startswith(("papers/", "cards/"))] == []


def test_a_removed_page_takes_everything_it_made_with_it(build):
    built = build("citing", FILES)
    built.delete("waiting.md")
    built.edit("index.md", "waiting\n", "")
    again = built.rebuild()
    assert [name for name, data in again.files.items() if "waiting" in name] == []
    beside = [name for name in files_with(again, "On waiting") if not name.endswith(".html")]
    assert beside == []


def test_a_page_that_only_starts_alike_stays(build):
    pages = {name: f"---\norphan: true\n---\n\n# {name}\n" for name in ("wait.md", "wait/ing.md")}
    built = build("citing", FILES | pages)
    built.delete("wait.md")
    again = built.rebuild()
    assert again.page("wait/ing").is_file()
    assert {"wait/ing.md", "cards/wait/ing.png", "_sources/wait/ing.md.txt"} <= set(again.files)
    assert not again.page("wait").is_file()


def three(*keys: str) -> str:
    """Entries in an order in which the last is no neighbour of the first."""
    entry = "@misc{{{0}, title = {{T {0}}}, author = {{Doe, Jane}}, year = {1}}}\n"
    return "".join(entry.format(key, 2020 - n) for n, key in enumerate(keys))


def test_a_paper_whose_key_only_starts_alike_keeps_its_source(build):
    built = build("minimal", {"refs.bib": three("doe", "mid", "doe.v2")})
    built.write("refs.bib", three("gone", "mid", "doe.v2").split("\n", 1)[1])
    assert "_sources/papers/doe.v2.paper.txt" in built.rebuild().files


def test_a_key_that_ends_like_a_file_does_not_stop_the_build(build):
    built = build("minimal", {"refs.bib": three("doe", "doe.md")}, warnings=True)
    assert built.titles() == ["T doe", "T doe.md"]
