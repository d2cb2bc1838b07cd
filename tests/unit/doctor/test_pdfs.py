"""PDFs: what keeps readers and programs from them is told, and nothing stops at one."""

from __future__ import annotations

import io
import random
import tempfile
import zlib
from functools import cache
from pathlib import Path

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter

from bibfolio.cv.pdf import make_pdf, pdf_data
from bibfolio.doctor.pdf_reader import Facts, facts_of
from bibfolio.doctor.pdfs import examined, has_title, poor_pdfs, served_pdfs
from bibfolio.model import Link, Paper, RichText
from tests.unit.cv.made import document
from tests.unit.doctor.made import built, told

TITLE = "Efficient Flows of Müller Queues"
BODY = f"= {TITLE}\nJane Doe writes about how long people wait in lines, and why they do.\n"
HEAD = '#set document(title: "Efficient Flows")\n#set text(lang: "en")\n'


@cache
def pdf(source: str = HEAD + BODY, tags: bool = True) -> bytes:
    """A PDF that Typst makes."""
    made = typst.compile(
        source.encode(), format="pdf", ignore_system_fonts=True, pdf_tags=tags, timestamp=0
    )
    assert isinstance(made, bytes)
    return made


def changed(**options: str) -> bytes:
    """A good PDF, encrypted or with something attached."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf()))
    if "attached" in options:
        writer.add_attachment("data.bin", random.Random(1).randbytes(int(options["attached"])))
    if "password" in options:
        writer.encrypt(options["password"], "owner", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def by_hand(trailer: str = "", content: bytes = b"", page: str = "") -> bytes:
    """A PDF of one page, written by hand."""
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream"
    packed = zlib.compress(content)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R {page} >>".encode(),
        stream % (len(packed), packed),
    ]
    data, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 5\n0000000000 65535 f \n{table}trailer\n<< /Size 5 /Root 1 0 R {trailer} >>\n"
    return data + f"{end}startxref\n{len(data)}\n%%EOF\n".encode()


def scanned() -> bytes:
    stream = io.BytesIO()
    Image.new("L", (200, 300), 200).save(stream, "PDF")
    return stream.getvalue()


CIPHER = "/Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 /P -4 /O (x) /U (x) >>"
FILES = {
    "good.pdf": pdf(),
    "bare.pdf": pdf(BODY, tags=False),
    "other.pdf": pdf(HEAD + "= On Something Else\nAnother one wrote this, about other things.\n"),
    "heavy.pdf": changed(attached="6000000"),
    "scanned.pdf": scanned(),
    "locked.pdf": changed(password="secret"),
    "guarded.pdf": changed(password=""),
    "ciphered.pdf": by_hand(CIPHER),
    "cut.pdf": pdf()[: len(pdf()) * 2 // 3],
    "random.pdf": random.Random(2).randbytes(5000),
    "empty.pdf": b"",
    "page.pdf": b"<!doctype html><p>Not found</p>",
}
FAULT = {
    "scanned.pdf": "has no text",
    **dict.fromkeys(["locked.pdf", "guarded.pdf", "ciphered.pdf"], "is encrypted"),
    **dict.fromkeys(["cut.pdf", "random.pdf", "empty.pdf", "page.pdf"], "is broken"),
}
ADVICE = {
    "other.pdf": "does not have the title",
    "heavy.pdf": "weighs 6.0 MB",
    "bare.pdf": "lacks tags and title",
    "scanned.pdf": "lacks tags",
}


def problems(folder: Path, files: dict[str, bytes]) -> list[str]:
    """What is told of files that are those of papers with the same title."""
    site = built(folder, {f"files/papers/{name}": data for name, data in files.items()})
    papers = [
        Paper(key=n, slug=n, type="misc", title=RichText.from_plain(TITLE), links=(Link("pdf", u),))
        for n, u in ((name, f"files/papers/{name}") for name in files)
    ]
    paths = served_pdfs(site)
    facts = dict(zip(paths, examined(site.folder, paths), strict=True))
    return told(poor_pdfs(site, papers, facts), folder)


def test_each_file_is_told_for_what_it_is(tmp_path):
    found = problems(tmp_path, FILES)
    kinds = {"pdf": FAULT, "pdf_advice": ADVICE}
    expected = {
        f"out/files/papers/{name}:0 {kind}: files/papers/{name} {words}"
        for kind, table in kinds.items()
        for name, words in table.items()
    }
    assert len(found) == len(expected), found
    assert [words for words in expected if not any(one.startswith(words) for one in found)] == []


def test_each_says_what_to_do_in_latex_typst_and_word(tmp_path):
    files = {name: FILES[name] for name in ("bare.pdf", "scanned.pdf", "locked.pdf", "cut.pdf")}
    for message in problems(tmp_path, files):
        assert all(program in message for program in ("LaTeX", "Typst", "Word")), message


def test_our_own_cv_has_no_finding(tmp_path):
    made, _missing, _pages = make_pdf(pdf_data(document(), "en"))
    assert problems(tmp_path, {}) == []
    site = built(tmp_path / "cv", {"cv.pdf": made})
    facts = dict(zip(["cv.pdf"], examined(site.folder, ["cv.pdf"]), strict=True))
    assert list(poor_pdfs(site, [], facts)) == []


def test_a_file_that_takes_too_long_is_told_and_the_others_are_read(tmp_path):
    font = "/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Courier >> >> >>"
    # In a few bytes, three million words.
    slow = by_hand(content=b"BT /F 9 Tf (a) Tj ET\n" * 3_000_000, page=font)
    (tmp_path / "slow.pdf").write_bytes(slow)
    (tmp_path / "good.pdf").write_bytes(FILES["good.pdf"])
    found = [*examined(tmp_path, ["good.pdf", "slow.pdf", "good.pdf"], seconds=3)]
    assert found[1] is None
    assert found[0] == found[2] != Facts("broken")
    site = built(tmp_path, {"slow.pdf": b""})
    (told_,) = told(poor_pdfs(site, [], {"slow.pdf": None}), tmp_path)
    assert "pdf_advice: slow.pdf could not be examined in 20 seconds" in told_


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["good.pdf", "scanned.pdf", "locked.pdf", "ciphered.pdf"]),
    st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=12)), max_size=12),
    st.integers(0, 10**6),
)
def test_nothing_stops_at_a_file(name, changes, cut):
    data = bytearray(FILES[name])
    for at, new in changes:
        place = at % len(data)
        data[place : place + len(new)] = new
    data = data[: cut % (2 * len(data)) or None]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.pdf"
        path.write_bytes(data)
        assert isinstance(facts_of(path), Facts)


@pytest.mark.parametrize(
    ("page", "title", "is_there"),
    [
        ("Eﬃcient Flows of\nMuller Queues", TITLE, True),
        ("E F F I C I E N T FLOWS OF MÜLLER QU-\nEUES", TITLE, True),
        ("Efficient Queues of Others", TITLE, True),
        ("Queues, and Something Else", TITLE, False),
        ("", TITLE, False),
        ("On It", "On It", True),
        ("大模型的高效推理\n陈例子", "大模型的高效推理", True),
        ("小模型的训练", "大模型的高效推理", False),
    ],
)
def test_a_title_is_there_if_most_of_its_words_are(page, title, is_there):
    assert has_title(page, title) == is_there


def test_a_file_of_the_owner_is_named_where_it_is_kept(tmp_path):
    site = built(tmp_path, {"files/a b.pdf": b"", "c.PDF": b""}, {"files/a b.pdf": ""})
    paths = served_pdfs(site)
    assert paths == ["c.PDF", "files/a b.pdf"]
    found = told(poor_pdfs(site, [], {path: Facts("broken") for path in paths}), tmp_path)
    assert [line[: line.index(" is")] for line in found] == [
        "out/c.PDF:0 pdf: c.PDF",
        "src/files/a b.pdf:0 pdf: files/a%20b.pdf",
    ]
