"""A new site is complete, holds the names as they are, and destroys nothing."""

from __future__ import annotations

import ast
import io
import json
import re
import sys
import tomllib
from pathlib import Path
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from yaml import safe_load

from bibfolio import __version__
from bibfolio.commands import main
from bibfolio.model import Profile
from bibfolio.project import new_site
from bibfolio.project.new_site import render
from bibfolio.services import orcid
from bibfolio.sources.profile_toml import profile_of
from bibfolio.sources.profile_writer import profile_text
from bibfolio.sources.toml_text import TomlFiles
from tests.services import playing

FILES = {
    *("conf.py", "profile.toml", "refs.bib", "index.md", "publications.md", "cv.md", "404.md"),
    *("requirements.txt", ".readthedocs.yaml", ".gitignore", "README.md"),
    "profile.schema.json",
    *(f".github/workflows/{name}.yml" for name in ("publish", "check", "sync", "paper")),
    ".github/ISSUE_TEMPLATE/paper.yml",
}
ANN = ["--name", "Ann Roe", "--institution", "University of Examples"]
#: What servers can install, wherever the package under test came from.
PUBLISHED = ["--package", f"bibfolio=={__version__}"]


def written(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def new(*words: str) -> int:
    return main(["new", *words])


def test_a_new_site_is_a_handful_of_small_files(tmp_path, capsys):
    folder = tmp_path / "sites" / "ann"
    assert new(str(folder), *ANN, "--yes") == 0
    assert written(folder) == FILES
    assert f"bibfolio build {folder}" in capsys.readouterr().out
    left = re.compile(r"\{\{\w+:")
    assert [name for name in FILES if left.search((folder / name).read_text("utf-8"))] == []
    conf = ast.parse((folder / "conf.py").read_text(encoding="utf-8"))
    assert len([node for node in conf.body if isinstance(node, ast.Assign)]) <= 6
    assert len((folder / "README.md").read_text(encoding="utf-8").splitlines()) <= 30


def test_without_a_folder_the_site_is_in_the_present_one(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert new(*ANN, "--yes") == 0
    assert written(tmp_path) == FILES
    assert "run\n  bibfolio build\n" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["index.md", ".gitignore", ".github/workflows/check.yml"])
def test_a_file_that_is_there_is_told_and_nothing_is_written(tmp_path, capsys, name):
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("mine", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    assert new(str(tmp_path), *ANN, "--yes") == 1
    assert str(tmp_path / name) in capsys.readouterr().err
    assert written(tmp_path) == {name, "notes.txt"}
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"
    (tmp_path / name).unlink()
    assert new(str(tmp_path), *ANN, "--yes") == 0


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path, capsys):
    (tmp_path / "file").touch()
    assert new(str(tmp_path / "file" / "site"), *ANN, "--yes") == 1
    assert capsys.readouterr().err.count("\n") == 1


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "words", "name"),
    [
        (Terminal("Ann Roe\nU\n"), [], "Ann Roe"),
        (Terminal("\n"), [], "Your Name"),
        (Terminal(""), [], "Your Name"),
        (Terminal("U\n\n\n\n"), ["--name", "Ann Roe"], "Ann Roe"),
        (Terminal("Ann Roe\n"), ["--yes"], "Your Name"),
        (io.StringIO("Ann Roe\n"), [], "Your Name"),
        (None, [], "Your Name"),
    ],
)
def test_questions_are_asked_at_a_terminal_only(tmp_path, monkeypatch, stream, words, name):
    monkeypatch.setattr(sys, "stdin", stream)
    assert new(str(tmp_path / "ann"), *words) == 0
    profile = tomllib.loads((tmp_path / "ann/profile.toml").read_text(encoding="utf-8"))
    assert profile["name"] == name


ORCID = "0000-0002-1825-0097"


def test_what_is_wrong_is_asked_again(tmp_path, monkeypatch, capsys):
    answers = f"Ann\nU\n{ORCID[:-1]}8\nhttps://orcid.org/{ORCID}\nann.example.org/me\n"
    monkeypatch.setattr(sys, "stdin", Terminal(f"{answers}https://ann.example.org/\n\n"))
    assert new(str(tmp_path)) == 0
    out = capsys.readouterr().out
    assert "8 has the check digit 8 where the others make 7" in out
    assert "ann.example.org/me is no address; write https://ann.example.org/me" in out
    profile = tomllib.loads((tmp_path / "profile.toml").read_text(encoding="utf-8"))
    assert profile["links"] == {"website": "https://ann.example.org/", "orcid": ORCID}
    assert (tmp_path / "profile.toml").read_text("utf-8").count("orcid ") == 1


# -- from ORCID ---------------------------------------------------------------------------------


@pytest.fixture
def services(monkeypatch):
    with playing() as services:
        for name, value in services.environment.items():
            monkeypatch.setenv(name, value)
        yield services


def test_orcid_fills_what_its_record_says_and_it_is_told(tmp_path, services, capsys):
    assert new(str(tmp_path), "--from-orcid", f"https://orcid.org/{ORCID}", "--yes") == 0
    assert [path for path, _headers in services.asked] == [f"/v3.0/{ORCID}/record"]
    text = (tmp_path / "profile.toml").read_text(encoding="utf-8")
    profile = tomllib.loads(text)
    assert (profile.pop("name"), profile.pop("links")) == ("Zoe Walrus", {"orcid": ORCID})
    assert profile == {
        "position": "Lecturer",
        "affiliation": {"institution": "Institute of Floes", "department": "Department of Drift"},
        "education": [
            {
                "degree": "Ph.D. in Tides",
                "institution": "University of the Floe & Shore",
                "department": "Oceans",
                "start": "2015-09",
                "end": "2020",
            }
        ],
        "positions": [
            {
                "role": "Intern",
                "organization": "Ice Station",
                "start": "2019-06",
                "end": "2019-09",
            },
            {"role": "Lecturer", "organization": "Institute of Floes", "start": "2021"},
        ],
    }
    assert text.count("[[education]]") == 1 and "# [[teaching]]" in text
    assert capsys.readouterr().out.splitlines()[:9] == [
        f"From the public record of {ORCID} at ORCID:",
        "  name: Zoe Walrus",
        "  position: Lecturer",
        "  affiliation: Institute of Floes, Department of Drift",
        "  education: Ph.D. in Tides, University of the Floe & Shore, Oceans, 2015-09, 2020",
        "  positions: Intern, Ice Station, 2019-06, 2019-09",
        "  positions: Lecturer, Institute of Floes, 2021",
        "  not taken: Floe School, 2009: has no degree",
        "  not taken: Fellow, Kelp Lab: has no start",
    ]


def test_options_go_before_orcid_and_an_id_alone_asks_nobody(tmp_path, services):
    assert new(str(tmp_path / "a"), *ANN, "--from-orcid", ORCID, "--yes") == 0
    profile = tomllib.loads((tmp_path / "a/profile.toml").read_text(encoding="utf-8"))
    assert (profile["name"], profile["affiliation"]) == (ANN[1], {"institution": ANN[3]})
    assert "position" not in profile and len(profile["positions"]) == 2
    services.asked.clear()
    assert new(str(tmp_path / "b"), *ANN, "--orcid", ORCID, "--yes") == 0
    assert services.asked == []


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (404, "ORCID does not know it"),
        (409, "answers with an error (HTTP 409)"),
        ("<html>", "a web page instead of JSON"),
        ("[1]", "in a form that is not understood"),
        ('{"person": {"name": "Zoe"}}', "in a form that is not understood"),
        ('{"activities-summary": {"employments": {"affiliation-group": 1}}}', "not understood"),
        ("loop", "redirects in a circle"),
    ],
)
def test_an_answer_that_is_none_is_one_line_and_writes_nothing(
    tmp_path, services, capsys, fault, words
):
    services.faults["/v3.0"] = fault
    assert new(str(tmp_path / "a"), "--from-orcid", ORCID, "--yes") == 1
    out, err = capsys.readouterr()
    assert words in err and err.count("\n") == 1 and out == ""
    assert not (tmp_path / "a").exists()


#: Values of any kind where ORCID has a text, an object or a list.
ANYTHING = st.recursive(
    st.none() | st.integers() | st.text(max_size=8) | st.sampled_from(["2020", "02", "a@b.c"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["value", "year", "month", "name"]), inner, max_size=3)
    ),
    max_leaves=4,
)
AFFILIATION = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        ("role-title", "department-name", "start-date", "end-date", "organization"), ANYTHING
    ),
)


@given(ANYTHING, st.lists(st.tuples(st.sampled_from(["employment", "education"]), AFFILIATION)))
def test_of_any_record_a_profile_can_be_made_or_nothing(name, affiliations):
    record = {"person": {"name": {"credit-name": name}}, "activities-summary": {}}
    for kind, one in affiliations:
        groups = record["activities-summary"].setdefault(f"{kind}s", {"affiliation-group": []})
        groups["affiliation-group"].append({"summaries": [{f"{kind}-summary": one}]})
    try:
        found = orcid.person(record).profile
    except (AttributeError, KeyError, IndexError, TypeError, ValueError):
        return  # what services.lookup tells of
    template = render("Zoe", "U")["profile.toml"]
    text = profile_text(template, {"name": "Zoe", "affiliation": {}, **found})
    assert profile_of(TomlFiles({"profile.toml": text})).name


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--from-orcid", "12", "--from-orcid: 12 is no ORCID iD; write four groups"),
        ("--orcid", "12", "--orcid: 12 is no ORCID iD; write four groups"),
        ("--url", "ftp://x.org", "--url: ftp://x.org is no address; write one that begins"),
        ("--url", "ann.example.org", "ann.example.org is no address; write https://ann."),
        ("--url", "https://x.org/?p=1", "write the address of the home page"),
        ("--languages", "de,de", "--languages must name each language once"),
        ("--languages", "de,cn", "cn is no language; cn is a country; write zh-Hans"),
        ("--languages", "cn", "cn is no language; cn is a country; write zh-Hans"),
        ("--languages", "germna", "germna is no language; "),
    ],
)
def test_an_option_that_is_wrong_writes_nothing(tmp_path, capsys, option, value, words):
    with pytest.raises(SystemExit) as end:
        new(str(tmp_path / "ann"), *ANN, option, value, "--yes")
    assert end.value.code == 2
    assert words in capsys.readouterr().err
    assert not (tmp_path / "ann").exists()


GIT = {"vcs": "git", "commit_id": "a1b2"}
FORGE = "https://forge.example.org/bibfolio"


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        (None, f"bibfolio=={__version__}"),
        ({"url": FORGE, "vcs_info": GIT}, f"bibfolio @ git+{FORGE}@a1b2"),
        (
            {"url": FORGE, "vcs_info": GIT, "subdirectory": "python"},
            f"bibfolio @ git+{FORGE}@a1b2#subdirectory=python",
        ),
        ({"url": f"{FORGE}.whl", "archive_info": {}}, f"bibfolio @ {FORGE}.whl"),
        ({"url": "file:///home/bibfolio.whl", "archive_info": {}}, ""),
        ({"url": "file:///home/bibfolio", "vcs_info": GIT}, ""),
        ({"url": "file:///home/bibfolio", "dir_info": {"editable": True}}, ""),
    ],
)
def test_servers_install_what_is_installed_here(tmp_path, monkeypatch, capsys, origin, expected):
    class Installed:
        def read_text(self, _name: str) -> str | None:
            return origin and json.dumps(origin)

    monkeypatch.setattr("bibfolio.project.requirements.distribution", lambda _name: Installed())
    assert new(str(tmp_path / "ann"), *ANN, "--yes") == 0
    lines = (tmp_path / "ann/requirements.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == [expected] * bool(expected)
    assert ("came from a folder or file" in capsys.readouterr().out) == (not expected)
    assert new(str(tmp_path / "bob"), *ANN, "--package", "bibfolio @ x", "--yes") == 0
    assert (tmp_path / "bob/requirements.txt").read_text("utf-8").endswith("\nbibfolio @ x\n")


def test_the_workflows_are_yaml_that_builds_with_the_address_of_the_host(tmp_path):
    site = render("Ann", "U")
    publish, check = (
        safe_load(site[f".github/workflows/{name}.yml"])["jobs"] for name in ("publish", "check")
    )
    (build,) = [s for s in publish["publish"]["steps"] if s.get("run") == "bibfolio build"]
    assert build["env"] == {"BIBFOLIO_BASEURL": "${{ steps.pages.outputs.base_url }}"}
    assert "bibfolio check --format github" in [s.get("run") for s in check["check"]["steps"]]
    used = [
        s["uses"]
        for job in (publish, check)
        for one in job.values()
        for s in one["steps"]
        if "uses" in s
    ]
    assert [name for name in used if not re.fullmatch(r"actions/[a-z-]+@v\d+", name)] == []


def front_matter(page: str) -> dict[str, str]:
    return safe_load(page.split("---\n")[1])["myst"]["html_meta"]


HOSTILE = ['Ann "A" \\ Roe', "*Ann* <b>Roe</b> [x](y)", "{profile}`name`", "# & $x$ {{name:toml}}"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_itself_wherever_it_stands(name):
    check_name(name)


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1))
def test_any_name_is_itself_wherever_it_stands(name):
    check_name(" ".join(name.split()) or "x")


def check_name(name: str) -> None:
    files = render(name, name)
    profile = tomllib.loads(files["profile.toml"])
    assert (profile["name"], profile["affiliation"]["institution"]) == (name, name)
    assert front_matter(files["index.md"])["description"].startswith(f"{name}, {name}: ")
    heading = re.search(r"^# .*$", files["index.md"].split("---\n", 2)[2], re.MULTILINE)[0]
    _open, inline, _close = MarkdownIt("commonmark").parse(heading)
    assert "".join(child.content for child in inline.children) == name
    assert {child.type for child in inline.children} <= {"text", "text_special"}


def test_what_cannot_be_printed_is_no_part_of_a_name(tmp_path):
    words = ["--name", "Ann\n[x]\t\x1b\u202eRoe ", "--institution", " \n "]
    assert new(str(tmp_path / "ann"), *words, "--yes") == 0
    profile = tomllib.loads((tmp_path / "ann/profile.toml").read_text(encoding="utf-8"))
    assert profile["name"] == "Ann [x] Roe"
    assert profile["affiliation"]["institution"] == "Your Institution"


def test_check_says_of_a_new_site_only_that_it_is_nowhere_yet(tmp_path, monkeypatch, capsys):
    new(str(tmp_path / "ann"), *ANN, *PUBLISHED, "--yes")
    monkeypatch.chdir(tmp_path / "ann")
    capsys.readouterr()
    assert main(["check"]) == 0
    assert main(["check", "--fix", "--yes"]) == 0
    out, err = capsys.readouterr()
    assert {line.split(": ")[1] for line in out.splitlines()} == {"no_address"}
    assert err == ""


def test_what_a_new_site_still_lacks_is_told_when_it_has_papers(tmp_path, capsys):
    """Its example stands beside them, and no host can build it. Neither stops its own builds."""
    folder = tmp_path / "ann"
    new(str(folder), *ANN, "--package", "sphinx", "--yes")
    with (folder / "refs.bib").open("a", encoding="utf-8") as file:
        file.write("@misc{roe2020fish, title = {Fish}, author = {Roe, Ann}, year = {2020}}\n")
    capsys.readouterr()
    assert main(["check", str(folder), "--format", "json"]) == 1
    told = {problem["kind"] for problem in json.loads(capsys.readouterr().out)}
    assert told == {"bib_example", "requirements", "no_address"}


def blocks() -> list[str]:
    """What stands in comments of a new profile, block by block, as it is without these."""
    text = render("Ann Roe", "U")["profile.toml"]
    parts = [re.sub(r"^#", "", part, flags=re.M) for part in re.findall(r"(?:^#.*\n)+", text, re.M)]
    tables = (re.search(r"^ (\[.*)", part, re.M | re.S) for part in parts)
    return [re.sub(r"^ ", "", table[1], flags=re.M) for table in tables if table]


@pytest.mark.parametrize("block", [*blocks(), "\n".join(blocks())], ids=lambda b: b[:20])
def test_each_example_of_a_new_profile_can_be_used_as_it_stands(block, tmp_path, capsys):
    new(str(tmp_path / "ann"), *ANN, *PUBLISHED, "--yes")
    profile = tmp_path / "ann" / "profile.toml"
    with profile.open("a", encoding="utf-8") as file:
        file.write(f"\n{block}\n")
    capsys.readouterr()
    main(["check", str(tmp_path / "ann" / "refs.bib")])
    kinds = {line.split(": ")[1] for line in capsys.readouterr().out.splitlines()}
    assert kinds == {"no_address"}


def test_the_profile_of_a_new_site_shows_every_table():
    tables = re.findall(r"^\[+([\w]+)", "\n".join(blocks()), re.M)
    wanted = {key for key, value in get_type_hints(Profile).items() if value is not str}
    plain = {"affiliation", "advisor", "interests", "name_variants", "topics"}
    assert wanted - set(tables) == plain


def test_a_language_is_written_as_it_was_given_and_one_without_words_is_told(tmp_path, capsys):
    assert new(str(tmp_path / "zh"), *ANN, "--languages", "zh-Hans", "--yes") == 0
    assert 'language = "zh-Hans"\n' in (tmp_path / "zh/conf.py").read_text("utf-8")
    assert "no words" not in capsys.readouterr().out
    assert new(str(tmp_path / "nl"), *ANN, "--languages", "nl", "--yes") == 0
    assert "no words in Dutch, so the pages are in English" in capsys.readouterr().out
    assert "# Page not found" in (tmp_path / "nl/404.md").read_text("utf-8")


def test_templates_are_no_modules_and_no_pages():
    folder = Path(new_site.__file__).parent / "template"
    found = {path.suffix for path in folder.rglob("*") if path.is_file()}
    assert found == {".in"}
