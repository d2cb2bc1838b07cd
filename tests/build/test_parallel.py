"""Several processes write what one process writes, byte for byte."""

import pytest

PAGES = 12


def many_pages() -> dict[str, str]:
    """Enough pages for Sphinx to share them out, each with a list and citations of its own."""
    keys = ["doe2021cache", "poe2023queue", "doe2023draftless"]
    files = {
        f"p/{number:02}.md": (
            f"# Page {number}\n\nSee {{cite:p}}`{keys[number % 3]}` and {{cite:t}}`{keys[0]}`.\n\n"
            f"```{{publications}}\n:group: {('year', 'type', 'topic')[number % 3]}\n"
            f':filter: year >= "{2020 + number % 3}"\n```\n\n'
            "By {profile}`name`, with {math}`x^2`.\n"
        )
        for number in range(PAGES)
    }
    tree = "\n".join(name.removesuffix(".md") for name in files)
    files["index.md"] = (
        f"# Home\n\n```{{publications}}\n:group: year\n```\n\n```{{toctree}}\n{tree}\n```\n"
    )
    return files


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_a_parallel_build_is_the_serial_one_byte_for_byte(sphinx, tmp_path, builder):
    arguments = ("-b", builder, "-n", "-W", "--keep-going", "-E", "-a")
    parallel = sphinx("minimal", many_pages(), *arguments, "-j", "2")
    assert parallel.returncode == 0, parallel.stderr
    assert " .. p/" in parallel.stdout  # a share of the pages, for one process
    parallel.out.rename(tmp_path / "parallel")
    (tmp_path / "doctrees").rename(tmp_path / "parallel-doctrees")
    serial = sphinx("minimal", {}, *arguments)
    assert serial.returncode == 0, serial.stderr
    assert " .. p/" not in serial.stdout
    parallel.out = tmp_path / "parallel"
    assert list(parallel.files) == list(serial.files)
    assert [name for name, data in serial.files.items() if parallel.files[name] != data] == []


def test_an_incremental_parallel_build_is_the_full_one(sphinx, tmp_path):
    arguments = ("-b", "dirhtml", "-n", "-W", "--keep-going", "-j", "2")
    assert sphinx("minimal", many_pages(), *arguments).returncode == 0
    bib = (tmp_path / "src" / "refs.bib").read_text(encoding="utf-8")
    edited = {"refs.bib": bib.replace("Caches that Remember", "Caches that Forget")}
    again = sphinx("minimal", edited, *arguments)
    assert again.returncode == 0, again.stderr
    pages = {name: data for name, data in again.files.items() if name.endswith(".html")}
    assert not [name for name, data in pages.items() if b"that Remember" in data]
    fresh = sphinx("minimal", {}, *arguments, "-E", "-a")
    assert [name for name, data in pages.items() if fresh.files[name] != data] == []


def test_warnings_of_worker_processes_are_not_lost(sphinx):
    files = many_pages()
    files["p/03.md"] += "\n{profile}`nmae`\n\n{cite:p}`nobody`\n"
    run = sphinx("minimal", files, "-b", "dirhtml", "-j", "2", "-W", "--keep-going")
    assert run.returncode != 0
    assert "profile has no fact 'nmae'; did you mean name?" in run.stderr
    assert 'could not find bibtex key "nobody"' in run.stderr
