"""Text of pages: Liquid, kramdown's own signs and HTML → MyST Markdown, by one table.

MyST reads most of kramdown as it is. What has no counterpart is taken out, and a comment
``% import: …`` above its block says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from html import unescape

from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")
#: Where a link leads in the new site: a page, a file, ``""`` if nowhere, None if it stays.
Resolve = Callable[[str], str | None]

_SPAN = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
_LINK = re.compile(
    r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]"
    r"\(\s*(?:<([^<>\n]*)>|([^\s()<>]*(?:\([^\s()]*\))?))(?:\s+[\"'][^\"'()]*[\"'])?\s*\)"
)
_DEFINED = re.compile(r"^( {0,3}\[[^\]\n]+\]:[ \t]*)<?([^\s<>]+)>?.*", re.MULTILINE)
_PLACE = re.compile(r"\x02(\d+)\x03")


@dataclass
class _Text:
    """A text while it is converted, and what was done to it that the owner should see."""

    resolve: Resolve
    #: Keys of papers.
    keys: Collection[str] = ()
    #: What was taken out; in the text, ``\\x02NUMBER\\x03`` stands where it was.
    notes: list[str] = field(default_factory=list)

    def note(self, what: str) -> str:
        """Return a sign for the place where something was taken out."""
        self.notes.append(re.sub(r"\s+|[\x02\x04]\d+[\x03\x05]", " ", what)[:100].strip())
        return f"\x02{len(self.notes) - 1}\x03"

    def link(self, words: str, target: str, sign: str = "") -> str:
        """Return a link or, with the sign ``!``, a picture; its words if it leads nowhere."""
        found = self.resolve(target)
        if found == "":
            return ("" if sign else words) + self.note(f"no file or page: {target}")
        address = target if found is None else found
        is_elsewhere = address.startswith("http")
        if not _PLACE.sub("", words).strip() and (is_elsewhere or not sign):
            words += re.sub(r"^https?://(?:www\.)?|[/?].*", "", address) or address
        # A page loads nothing from elsewhere.
        return _written(words, address, sign * (not is_elsewhere))


def _written(words: str, address: str, sign: str = "") -> str:
    """Return a link in Markdown."""
    address = f"<{address}>" if re.search(r"[\s()]", address) else address
    return f"{sign}[{words}]({address})"


def _attributes(text: str) -> dict[str, str]:
    return {
        found[1].lower(): found[2] or found[3] or found[4] or ""
        for found in _ATTRIBUTE.finditer(text)
    }


def _include(text: _Text, found: re.Match[str]) -> str:
    """Return what a common include shows: a picture or a video; others are taken out."""
    name, given = found[1], _attributes(found[2])
    place = given.get("path") or given.get("url") or given.get("src") or ""
    words = given.get("alt") or given.get("caption") or given.get("title") or ""
    if name in {"figure", "image"} and place:
        return _written(words, place, "!")
    if name in {"video", "audio"} and place:
        return _written(words or name.capitalize(), place.replace("/embed/", "/watch?v="))
    return text.note(found[0])


def _cite(text: _Text, found: re.Match[str]) -> str:
    keys = [word for word in found[1].split() if word in text.keys]
    return f"{{cite}}`{','.join(keys)}`" if keys else text.note(found[0])


def _figure(_text: _Text, found: re.Match[str]) -> str:
    given = _attributes(found[1])
    words = given.get("alt") or given.get("caption") or given.get("title") or ""
    return _written(words, given["src"], "!") if given.get("src") else ""


def _alert(_text: _Text, found: re.Match[str]) -> str:
    kind = {"warning": "warning", "tip": "tip"}.get(found[1].lower(), "note")
    return f"\n\n```{{{kind}}}\n{found[2].strip()}\n```\n\n"


def _anchor(_text: _Text, found: re.Match[str]) -> str:
    href = _attributes(found[1]).get("href", "")
    words = re.sub(r"</?(?:div|p|span|h\d|ul|li|br)\b[^>]*>", " ", found[2])
    return _written(" ".join(words.split()), unescape(href)) if href else found[2]


def _picture(_text: _Text, found: re.Match[str]) -> str:
    given = _attributes(found[1])
    return _written(given.get("alt", ""), given["src"], "!") if given.get("src") else ""


def _player(text: _Text, found: re.Match[str]) -> str:
    place = _attributes(found[2]).get("src", "")
    return _written(found[1].capitalize(), place) if place else text.note(found[1])


def _frame(text: _Text, found: re.Match[str]) -> str:
    given = _attributes(found[1])
    address = (given.get("src") or given.get("data") or "").replace("/embed/", "/watch?v=")
    address = f"https:{address}" if address.startswith("//") else address
    words = re.sub(r"^https?://(?:www\.)?|[/?].*", "", address)
    note = text.note("a frame, which no page shows")
    if "://" in address:
        return f"[{words}]({address}){note}"
    return _written(address.rpartition("/")[2], address) + note if address else note


def _linked(text: _Text, found: re.Match[str]) -> str:
    words = _LINK.sub(lambda inner: _linked(text, inner), found[2])
    return text.link(words, found[3] or found[4], found[1])


def _defined(resolve: Resolve, found: re.Match[str]) -> str:
    """Return the line ``[words]: address``, if that leads anywhere."""
    address = resolve(found[2])
    return "" if address == "" else found[1] + (address or found[2])


_Replacement = str | Callable[[_Text, re.Match[str]], str]
_I = re.IGNORECASE | re.DOTALL
#: Pattern → what takes its place, in this order; the last ones catch what is left. All are bounded,
#: so that no text takes long.
_TABLE: tuple[tuple[re.Pattern[str], _Replacement], ...] = (
    # Text that MyST would take for a role, a directive or a comment.
    (re.compile(r"<((?:path|project|inv|myst):[^<>\s]*)>"), r"\1"),
    (re.compile(r"(?=\{[\w:.+-]+\}\x04)|^(?=[ \t]*%)|:(?=::+[ \t]*\{)", re.MULTILINE), r"\\\g<0>"),
    (re.compile(r"<!--.{0,9999}?-->", _I), ""),
    (re.compile(r"\{%-?\s*comment\s*-?%\}.{0,9999}?\{%-?\s*endcomment\s*-?%\}", _I), ""),
    (
        re.compile(r"\{\{\s*['\"]([^'\"{}]*)['\"]\s*\|\s*(?:relative|absolute)_url[^{}]*\}\}", _I),
        r"\1",
    ),
    (re.compile(r"\{\{\s*['\"]([^'\"{}]*)['\"]\s*\|\s*prepend:[^{}]*\}\}", _I), r"\1"),
    # Hugo's shortcodes.
    (re.compile(r"\{\{[<%]\s*/\*.{0,9999}?\*/\s*[>%]\}\}", _I), ""),
    (re.compile(r"\{\{<\s*(?:icon|toc|spoiler|/spoiler)\b[^{}]*>\}\}", _I), ""),
    (re.compile(r"\{\{<\s*figure\b([^{}]*)>\}\}", _I), _figure),
    (
        re.compile(r"\{\{<\s*youtube\s+\"?([\w-]+)\"?[^{}]*>\}\}", _I),
        r"[Video](https://www.youtube.com/watch?v=\1)",
    ),
    (
        re.compile(
            r"\{\{<\s*staticref\s+\"([^\"{}]*)\"[^{}]*>\}\}(.{0,9999}?)\{\{<\s*/staticref\s*>\}\}",
            _I,
        ),
        r"[\2](/\1)",
    ),
    (re.compile(r"\{\{[<%]\s*(?:rel)?ref\s+\"/?([^\"{}]*?)(?:\.md)?\"\s*[>%]\}\}", _I), r"/\1"),
    (
        re.compile(
            r"\{\{[<%]\s*(?:alert|callout)\s+\"?(\w*)[^{}]*[>%]\}\}(.{0,9999}?)\{\{[<%]\s*/(?:alert|callout)\s*[>%]\}\}",
            _I,
        ),
        _alert,
    ),
    (re.compile(r"\{\{-?\s*site\.(?:base)?url\s*-?\}\}", _I), ""),
    (re.compile(r"\{%-?\s*(?:link|post_url)\s+([^%]*?)\s*-?%\}", _I), r"/\1"),
    (re.compile(r"\{%-?\s*include\s+(\w+)\.(?:html|liquid|md)(.{0,9999}?)-?%\}", _I), _include),
    (re.compile(r"\{%-?\s*(?:cite|reference)\s+([^%]*?)-?%\}", _I), _cite),
    (
        re.compile(r"<(script|style)\b.{0,9999}?</\1\s*>", _I),
        lambda text, found: text.note(found[1]),
    ),
    (
        re.compile(
            r"<(?:iframe|embed|object)\b([^>]{0,2000})>(?:.{0,9999}?</(?:iframe|object)\s*>)?", _I
        ),
        _frame,
    ),
    (re.compile(r"<(video|audio)\b(.{0,9999}?)</\1\s*>", _I), _player),
    (
        re.compile(r"\{%.{0,9999}?%\}|\{\{.{0,9999}?\}\}", _I),
        lambda text, found: text.note(found[0]),
    ),
    (re.compile(r"(?<=\S)[ \t]*\{:[^{}\n]*\}|^[ \t]*\{:[^{}\n]*\}[ \t]*$", re.MULTILINE), ""),
    (re.compile(r"(?<=\S)\$\$(?=\S)([^$\n]+)\$\$|\$\$([^$\n]+)\$\$(?=[ \t]*\S)"), r"$\1\2$"),
    (re.compile(r"(?<=\S )\$\$([^$\n]+)\$\$"), r"$\1$"),
    # HTML that Markdown has signs for; the rest of it only arranged things on the old page.
    (re.compile(r"<img\b([^>]{0,2000})>", _I), _picture),
    (re.compile(r"<a\b([^>]{0,2000})>(.{0,9999}?)</a\s*>", _I), _anchor),
    (re.compile(r"<(b|strong)\b[^>]{0,2000}>\s*(.{1,9999}?)\s*</\1\s*>", _I), r"**\2**"),
    (re.compile(r"<(i|em)\b[^>]{0,2000}>\s*(.{1,9999}?)\s*</\1\s*>", _I), r"*\2*"),
    (re.compile(r"<h([1-6])\b[^>]{0,2000}>\s*(.{0,9999}?)\s*</h\1\s*>", _I), "\n\n## \\2\n\n"),
    (re.compile(r"^(?![-*+>|#\s])(.+)\n {0,3}=+[ \t]*$", re.MULTILINE), r"# \1"),
    (re.compile(r"^(?![-*+>|#\s])(.+)\n {0,3}-{2,}[ \t]*$", re.MULTILINE), r"## \1"),
    # Lines across, which docutils allows between paragraphs alone.
    (
        re.compile(r"<hr\b[^>]{0,2000}>|^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$", _I | re.MULTILINE),
        "\n\n",
    ),
    (re.compile(r"<br\b[^>]{0,2000}>[ \t]*(?=\n|\Z)", _I), ""),
    (re.compile(r"<br\b[^>]{0,2000}>", _I), "\n"),
    (re.compile(r"[ \t]*<li\b[^>]{0,2000}>\s*", _I), "\n- "),
    (
        re.compile(
            r"</?(?:p|ul|ol|div|center|section|figure|figcaption|nav|h\d)\b[^>]{0,2000}>", _I
        ),
        "\n\n",
    ),
    (
        re.compile(
            r"</(?:li|a|b|i|em|strong)\s*>|</?(?:span|font|small|u|code|button|nobr)\b[^>]{0,2000}>",
            _I,
        ),
        "",
    ),
    (re.compile(r"(<\w[^<>]*?)\s+(?:style|class|on\w+)=(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", _I), r"\1"),
    (re.compile(r"^(#+ )\*\*(.*)\*\*[ \t]*$", re.MULTILINE), r"\1\2"),
    (_LINK, _linked),
    (re.compile(r"^[ \t]*(?:[-*+][ \t]*)?#*[ \t]*$", re.MULTILINE), ""),
)
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.{0,9999}?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_LOOP = re.compile(r"\{%-?\s*for\b(?:(?!\{%-?\s*for\b).){0,9999}?\{%-?\s*endfor\s*-?%\}", re.DOTALL)


def _code(text: str) -> list[tuple[int, int]]:
    """Return first and last line of each block of code; what is indented between tags is none."""
    has_tags = re.search(r"^[ \t]*<\w", text, re.MULTILINE)
    return [
        (token.map[0], token.map[1])
        for token in _MARKDOWN.parse(text)
        if token.map and (token.type == "fence" or (token.type == "code_block" and not has_tags))
    ]


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the text in parts, each with whether it is code, within a line or in lines."""
    lines, at = text.splitlines(keepends=True), 0
    for begin, end in [*_code(text), (len(lines), len(lines))]:
        prose, done = "".join(lines[at:begin]), 0
        for span in _SPAN.finditer(prose):
            yield prose[done : span.start()], False
            yield span[0], True
            done = span.end()
        yield prose[done:], False
        yield "".join(lines[begin:end]), True
        at = end


def converted(body: str, resolve: Resolve, keys: Collection[str] = ()) -> tuple[str, list[str]]:
    """Return the text of a page as MyST, and what was taken out of it.

    Args:
        body: the text, without front matter.
        resolve: tells where a link leads.
        keys: the papers that may be cited.
    """
    text = _Text(resolve, keys)
    body = re.sub(r"[\x00-\x08\x0b-\x1f]", "", body)
    body = re.sub(r"\{%-?\s*highlight\s+(\w+)[^%]*%\}", r"```\1", body)
    body = re.sub(r"\{%-?\s*endhighlight\s*-?%\}", "```", body)
    # Code within a line is hidden while the rest, which may have it within links, is converted.
    hidden: list[str] = []

    def hide(code: str) -> str:
        # What is code there must be no directive here, which might include any file.
        hidden.append(re.sub(r"((?:`{3,}|~{3,})[ \t]*)\{[^\n]*", r"\1", code.rstrip("\n")))
        return f"\x04{len(hidden) - 1}\x05" + "\n" * code.endswith("\n") if code else ""

    prose = "".join(hide(part) if is_code else part for part, is_code in _parts(body))
    prose = _RAW.sub(lambda found: hide(found[1]), prose)
    while loop := _LOOP.search(prose):  # what is in it is made of data
        prose = prose[: loop.start()] + text.note(loop[0]) + prose[loop.end() :]
    for pattern, new in _TABLE:
        if isinstance(new, str):
            prose = pattern.sub(new, prose)
        else:
            prose = pattern.sub(lambda found, new=new: new(text, found), prose)  # type: ignore[misc]
    prose = _DEFINED.sub(partial(_defined, resolve), prose)
    if "<" in body:  # Markdown between tags may be indented as they are
        prose = re.sub(
            r"^(?:[ \t]{4,}|[ \t]+(?=[#!\[<*]))(?![-*+\d])", "", prose, flags=re.MULTILINE
        )
    prose = _with_comments(_in_steps(prose), text.notes)
    return re.sub(r"\x04(\d+)\x05", lambda found: hidden[int(found[1])], prose), text.notes


def _in_steps(text: str) -> str:
    """Return the text with headings that begin below the page's title and leave out no level."""
    levels: list[int] = []

    def level(found: re.Match[str]) -> str:
        while levels and levels[-1] >= len(found[1]):
            levels.pop()
        levels.append(len(found[1]))
        return "#" * min(len(levels) + 1, 6)

    return re.sub(r"^ {0,3}(#{1,6})(?=[ \t])", level, text, flags=re.MULTILINE)


def _with_comments(text: str, notes: Sequence[str]) -> str:
    """Return the text with a comment above each block out of which something was taken."""
    blocks = []
    for block in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text.strip("\n")):
        taken = [notes[int(number)] for number in _PLACE.findall(block)]
        taken = [*taken[:3], f"{len(taken) - 3} more"] if len(taken) > 4 else taken
        comments = "".join(f"% import: {note.replace('%', '')}\n" for note in taken)
        rest = _PLACE.sub("", block).rstrip()
        blocks += [comments.rstrip()] if comments else []
        blocks += [rest] if rest.strip() else []
    return re.sub(r"\n{3,}", "\n\n", "\n\n".join(blocks)) + "\n"


def in_line(html: str, resolve: Resolve) -> str:
    """Return text with HTML and Markdown as the line of a profile: no blocks, no comments."""
    text, _notes = converted(html, resolve)
    lines = (line for line in text.splitlines() if not line.startswith("% import:"))
    flat = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", " ".join(lines))
    flat = re.sub(r"\\?\{([\w:.+-]+)\}(?=`)", r"\1", flat)  # no role of the profile
    return " ".join(re.sub(r"^#+ |</?\w[^<>]*>", "", unescape(flat)).split())


def words_of(html: str) -> str:
    """Return text with HTML and Markdown without either, in one line."""
    text = re.sub(r"<[^<>]*>|`", " ", in_line(html, lambda _target: ""))
    return " ".join(re.sub(r"[*_]{1,3}(?=\w)|(?<=[\w.!?])[*_]{1,3}", "", text).split())
