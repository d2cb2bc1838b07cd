"""Nothing of `tests/payloads.py` becomes more than a text: what a parser finds in every file.

What only a browser finds is in `tests/browser/test_payloads.py`.
"""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import pypdf
import pytest
from sphinx.util.inventory import InventoryFile

from tests import payloads
from tests.output import Output, contents
from tests.reading import json_ld, markdown

#: Attributes of HTML that hold an address.
ADDRESSED = ("href", "src", "action", "formaction", "data", "poster", "xlink:href", "srcdoc")
#: What the payloads multiply, if any language of the build takes them for its own.
PRODUCT = b"1337"
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@pytest.fixture(scope="module")
def built(payload_site) -> Output:
    return payload_site()


def names(built) -> list[str]:
    """What a build has made; files of the owner's keep their names."""
    return [name for name in built.files if not name.startswith("files/")]


@pytest.fixture(scope="module")
def soups(built):
    return {name: built.soup(name) for name in names(built) if name.endswith(".html")}


def test_every_payload_is_on_a_page(built):
    pages = " ".join(names(built))
    for name in payloads.TEXTS | payloads.TEX:
        assert f"papers/text-{name}/index.html" in pages
    assert pages.count("papers/address-") >= len(payloads.ADDRESSES + payloads.PATHS)
    assert len(built.titles("publications")) == len(
        (*payloads.TEXTS, *payloads.TEX, *payloads.ADDRESSES, *payloads.PATHS, *payloads.KEYS)
    )


def test_every_link_is_http_mail_or_relative(soups):
    bad = set()
    for name, soup in soups.items():
        for attribute in ADDRESSED:
            for tag in soup.find_all(attrs={attribute: True}):
                # As a browser reads it: without tabs, line breaks and leading controls.
                value = re.sub(r"[\t\r\n]", "", tag[attribute]).lstrip("".join(map(chr, range(33))))
                scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", value)
                if scheme and scheme[1].lower() not in {"http", "https", "mailto"}:
                    bad.add((name, attribute, value))
                if re.match(r"[/\\]{2}", value):
                    bad.add((name, attribute, value))
    assert sorted(bad) == []


def test_no_link_leads_to_a_host_that_only_a_payload_names(soups):
    bad = set()
    for name, soup in soups.items():
        for tag in soup.find_all(href=True):
            if (urlsplit(tag["href"]).hostname or "").endswith("evil.example"):
                bad.add((name, tag["href"]))
    assert sorted(bad) == []


def test_no_page_has_an_element_or_attribute_that_runs(soups):
    bad = set()
    for name, soup in soups.items():
        for tag in soup.find_all(True):
            bad |= {(name, tag.name, a) for a in tag.attrs if a.lower().startswith("on")}
        for tag in soup.find_all(["iframe", "object", "embed", "base", "animate", "textarea"]):
            bad.add((name, tag.name, ""))
        for tag in soup.select("main script, main style, main link, main meta"):
            bad.add((name, tag.name, ""))
        for tag in soup.find_all("script"):
            if tag.get("type") != "application/ld+json" and "pwn" in tag.get_text():
                bad.add((name, "script", tag.get_text()))
    assert sorted(bad) == []


def test_every_json_can_be_parsed(built):
    found = [name for name in names(built) if name.endswith(".json")]
    assert {"feed.json", "publications.json", "cv.json"} <= set(found)
    for name in found:
        json.loads(built.files[name])


def test_the_data_of_every_page_can_be_parsed(soups):
    for name, soup in soups.items():
        if soup.main and not name.startswith(("404", "search/", "genindex/")):
            assert json_ld(str(soup)), name


def test_every_xml_can_be_parsed(built):
    for name in ("feed.xml", "sitemap.xml"):
        data = built.files[name]
        assert b"<!DOCTYPE" not in data
        assert ET.fromstring(data).tag


def test_no_markdown_file_holds_html_or_a_link_that_runs(built):
    twins = [name for name in names(built) if name.endswith(".md")]
    assert len(twins) > len(payloads.TEXTS)
    for name in [*twins, "llms.txt"]:
        twin = markdown(built.text(name))
        assert twin.html == [], name
        schemes = {urlsplit(href).scheme for _, href in twin.links}
        assert schemes <= {"http", "https", "mailto", ""}, name


def test_no_line_of_a_record_for_reference_managers_begins_another(built):
    known = {"TY", "ER"}
    for name in (name for name in names(built) if name.endswith(".ris")):
        lines = built.files[name].decode().split("\r\n")
        assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines if line), name
        tags = [line[:2] for line in lines if line[:2] in known]
        assert tags == ["TY", "ER"] * (len(tags) // 2), name


def test_the_inventory_can_be_read(built):
    papers = InventoryFile.loads(built.files["objects.inv"], uri="").data["bib:paper"]
    assert len(papers) == len(built.titles("publications"))


def test_no_language_of_the_build_has_run_a_payload(built):
    pdf = "".join(
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(built.files["cv.pdf"])).pages
    )
    assert "#read" in pdf
    assert PRODUCT.decode() not in pdf
    texts = {
        name: data for name, data in built.files.items() if not name.endswith((".png", ".pdf"))
    }
    assert [
        name for name, data in texts.items() if b"__subclasses__" in data and b"<class" in data
    ] == []
    product = [n for n, data in texts.items() if re.search(rb"[ >\"]1337[ <\"]", data)]
    assert product == []


def test_nothing_reads_what_lies_beside_the_site(built):
    assert [n for n, data in built.files.items() if payloads.SECRET.encode() in data] == []


def test_nothing_is_written_outside_of_the_output(built):
    home = built.src.parent
    assert {path.name for path in home.iterdir()} == {"src", "out", "doctrees", "secret.txt"}
    given = contents(Path(payloads.__file__).parent / "roots" / "whole").keys()
    own = {name.removeprefix("../") for name in payloads.sources()} | given
    made = contents(built.src).keys() - own - {"files/papers/link.pdf"}
    ours = re.compile(r"papers/(?:[A-Za-z0-9][\w.+-]*\.paper|\.gitignore)")
    assert [name for name in made if not ours.fullmatch(name)] == []
    assert not any(name.startswith(".") for name in names(built) if name != ".buildinfo")


def test_every_name_is_one_that_any_disk_can_hold_and_tell_apart(built):
    for name in names(built):
        for part in Path(name).parts:
            assert re.fullmatch(r"[\w.+-]+", part, re.ASCII), name
            assert not part.endswith(".") or part in {".", ".."}, name
            assert not RESERVED.fullmatch(part), name
            assert len(part) < 200, name
    folded = [name.lower() for name in names(built)]
    assert len(set(folded)) == len(folded)


def test_files_are_served_under_their_own_names_and_no_link_breaks_out(built, soups):
    for name in payloads.FILE_NAMES:
        is_hidden = name.startswith(".")
        assert (f"files/{name}" in built.files) is not is_hidden
    assert "files/papers/link.pdf" not in built.files
    for page, soup in soups.items():
        here = Path("/" + page).parent
        for tag in soup.find_all(href=re.compile(r"^[^:]*files/")):
            target = (here / unquote(urlsplit(tag["href"]).path)).resolve()
            assert target.is_relative_to("/files"), (page, tag["href"])
