"""`tools/compare_sites.py` says what differs between two sites, once, and nothing else."""

from __future__ import annotations

from tools.compare_sites import main

PAGE = """<!doctype html><html lang="en"><head><title>{name} — A. Sample</title>
<meta http-equiv="Content-Security-Policy" content="style-src 'sha256-{hash}'; img-src 'self'">
<meta name="description" content="About {name}"><style>{style}</style>
<script type="application/ld+json">{{"name": "{name}", "url": "https://x.example/{name}/"}}</script>
</head><body><main><h1>{name}</h1><p>{text}</p><a href="{link}">Home</a></main></body></html>"""


def site(folder, *, hash="a", style="p{}", text="One <b>word</b>.", link="../", **more):
    for name in ("first", "second"):
        (folder / name).mkdir(parents=True)
        values = {"name": name, "hash": hash, "style": style, "text": text, "link": link}
        (folder / name / "index.html").write_text(PAGE.format(**values | more))
    (folder / "notes.txt").write_text("a\n" if style == "p{}" else "b\n")
    return str(folder)


def report(capsys, *arguments):
    code = main(arguments)
    return code, capsys.readouterr().out


def test_what_a_reader_cannot_tell_apart_is_equal(tmp_path, capsys):
    one = site(tmp_path / "one")
    other = site(tmp_path / "two", text="One\n  word<b>.</b>", link="/")
    code, text = report(capsys, one, other)
    assert code == 0, text


def test_a_difference_of_many_pages_is_one_line(tmp_path, capsys):
    one = site(tmp_path / "one")
    two = site(tmp_path / "two", hash="b", style="p{color:red}", text="Two words.", link="../x/")
    code, text = report(capsys, one, two)
    assert code == 1
    lines = [line[2:] for line in text.splitlines() if line.startswith("- ")]
    heavier = [line for line in lines if line.startswith("heavier")]
    assert sorted(set(lines) - set(heavier)) == [
        "inline style differs",
        "notes.txt: only after: line b",
        "notes.txt: only before: line a",
        "only after: link in main 'Home' → x/",
        "only before: link in main 'Home' → ",
        "policy hash differs",
        "text: “One word.” became “Two words.”",
    ]
    assert "in first/, second/" in text
    allowed = tmp_path / "allowed"
    allowed.write_text(
        "# a comment\n" + "\n".join(["differs", "notes", "link", "^text", "heavier"])
    )
    assert report(capsys, one, two, "--allow", str(allowed))[0] == 0


def test_pages_of_one_site_only_are_named(tmp_path, capsys):
    one, two = site(tmp_path / "one"), site(tmp_path / "two")
    (tmp_path / "two" / "second" / "index.html").unlink()
    code, text = report(capsys, one, two)
    assert code == 1
    assert "- only before: file second" in text
