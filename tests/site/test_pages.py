"""What holds on every page of this site, whatever it is about, and for the site as a whole."""

import re
import shutil
from itertools import pairwise
from urllib.parse import urljoin, urlsplit

import html5lib
import pytest

from bibfolio.commands import main
from bibfolio.lint.mending import mend
from tests.building import REPOSITORY
from tests.output import text_of


@pytest.fixture(scope="module")
def pages(site):
    """Path below the site's root → parsed page, but for pages that only send the reader on."""
    soups = {path.relative_to(site.out).as_posix(): site.soup(path) for path in site.pages}
    is_redirect = {"http-equiv": "refresh"}
    return {name: soup for name, soup in soups.items() if not soup.find("meta", attrs=is_redirect)}


def test_this_site_is_healthy(site, monkeypatch, capsys):
    """No link of its own is dead, every page has a description and a picture, none is heavy."""
    monkeypatch.chdir(site.src)
    assert main(["doctor", str(site.out)]) == 0, capsys.readouterr().out


def test_there_is_nothing_to_say_of_its_bibliography_and_nothing_to_mend(
    tmp_path, monkeypatch, capsys
):
    """Also once the files that entries name are there."""
    for name in ("refs.bib", "profile.toml", "conf.py"):
        shutil.copyfile(REPOSITORY / name, tmp_path / name)
    shutil.copytree(REPOSITORY / "figures", tmp_path / "figures")
    monkeypatch.chdir(tmp_path)
    bib = (REPOSITORY / "refs.bib").read_text(encoding="utf-8")
    assert mend(bib) == bib
    assert main(["check"]) == 0, capsys.readouterr().out
    for name in re.findall(r"files/[\w./-]+\.pdf", bib):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert main(["check"]) == 0, capsys.readouterr().out
    assert capsys.readouterr() == ("", "")


def test_no_page_is_written_with_an_error(site):
    """As the HTML standard defines parse errors."""
    found = {}
    for path in site.pages:
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(path.read_text(encoding="utf-8"))
        found[path] = [(place, kind, values) for place, kind, values in parser.errors]
    assert {path: errors for path, errors in found.items() if errors} == {}


def test_pages_have_titles_and_descriptions_of_their_own(site, pages):
    titles = {name: text_of(soup.title) for name, soup in pages.items()}
    assert [name for name, title in titles.items() if site.profile.name not in title] == []
    assert [name for name, title in titles.items() if title.startswith(("—", "-"))] == []
    assert len(set(titles.values())) == len(titles)
    tags = [soup.head.find_all("meta", attrs={"name": "description"}) for soup in pages.values()]
    words = [tag["content"] for found in tags for tag in found]
    assert max(map(len, tags)) == 1
    assert len(set(words)) == len(words)


def test_pages_are_built_as_readers_of_all_kinds_need_them(pages):
    for name, soup in pages.items():
        levels = [int(tag.name[1]) for tag in soup.find_all(re.compile("^h[1-6]$"))]
        assert levels.count(1) == 1, name
        assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == [], name
        assert soup.html.get("lang") == "en", name
        assert len(soup.find_all("meta", attrs={"name": "viewport"})) == 1, name
        ids = [tag["id"] for tag in soup.find_all(id=True)]
        assert sorted(ids) == sorted(set(ids)), name
        assert [img for img in soup.find_all("img") if "alt" not in img.attrs] == [], name
        named = {link["href"] for link in soup.find_all("a", href=True) if text_of(link)}
        for link in soup.find_all("a", href=True):
            if link.get("aria-hidden"):  # a picture beside the name that leads to the same place
                assert (link.get("tabindex"), link["href"] in named) == ("-1", True), link
                continue
            assert text_of(link) or link.get("aria-label") or link.find("img", alt=True), link
            address = urlsplit(link["href"])
            assert address.scheme in {"", "https"}, link
            assert "target" not in link.attrs or "noopener" in link.get("rel", []), link


def test_nothing_is_loaded_from_another_host(site, pages):
    home = site.profile.links.website
    loading = "script[src], img[src], iframe[src], object[data], link[rel~=stylesheet], "
    loading += "link[rel~=icon], link[rel~=preload], link[rel~=preconnect], source[srcset]"
    for name, soup in pages.items():
        for tag in soup.select(loading):
            address = tag.get("src") or tag.get("href") or tag.get("data") or tag.get("srcset")
            target = urljoin(f"{home}/", address)
            assert target.startswith((f"{home}/", "data:")), (name, address)


def test_links_on_the_404_page_work_from_any_depth(site):
    """It is served at the address that was asked for, however deep."""
    soup = site.soup("404")
    addresses = [tag.get("href") or tag.get("src") for tag in soup.select("[href], [src]")]
    assert [a for a in addresses if not a.startswith(("/", "#", "https://", "data:"))] == []
    assert {"/", "/publications/"} <= {link["href"] for link in soup.select("main a")}
