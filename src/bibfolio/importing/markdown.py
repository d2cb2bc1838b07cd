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

#: Finds blocks; what is within lines is not looked at.
_MARKDOWN = MarkdownIt("commonmark").enable("table").disable(["inline", "text_join"])
#: Where a link leads in the new site: a page, a file, ``""`` if nowhere, None if it stays.
Resolve = Callable[[str], str | None]

_SPAN = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
#: Attributes that arranged things on the old page, or ran something.
_HANDLERS = re.compile(r"\s(?:style|class|on\w+)=(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
_LINK = re.compile(
    r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]"
    r"\(\s*(?:<([^<>\n]*)>|([^\s()<>]*(?:\([^\s()]*\))?))(?:\s+[\"'][^\"'()]*[\"'])?\s*\)"
)
_DEFINED = re.compile(r"^( {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*)<?([^\s<>]+)>?.*", re.MULTILINE)
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}")
_LOOP = re.compile(r"\{%-?\s*(end)?for\b[^%]*%\}")
#: A loop over what the new site has as data, and the directive for it.
_OURS = re.compile(r"\{%-?\s*for\s+\w+\s+in\s+site\.(publications|talks|teaching)\b")
_LISTS = {
    "publications": "```{publications}\n:mirror:\n```",
    "talks": "```{talks}\n```",
    "teaching": "```{teaching}\n```",
}
_PLACE = re.compile(r"\x02(\d+)\x03")


@dataclass
class _Text:
    """A text while it is converted, and what was done to it that the owner should see."""

    resolve: Resolve
    #: Keys of papers.
    keys: Collection[str] = ()
    #: What was taken out; in the text, ``\\x02NUMBER\\x03`` stands where it was.
    notes: list[str] = field(default_factory=list)
    #: Code, for which ``\\x04NUMBER\\x05`` stands while the rest is converted.
    hidden: list[str] = field(default_factory=list)

    def note(self, what: str) -> str:
        """Return a sign for the place where something was taken out."""
        self.notes.append(re.sub(r"\s+|[\x02\x04]\d+[\x03\x05]", " ", what)[:100].strip())
        return f"\x02{len(self.notes) - 1}\x03"

    def hide(self, code: str) -> str:
        """Return a sign for code, in which nothing is converted."""
        # What is code there must be no directive here, which might include any file.
        code = re.sub(r"(?<![`~])((?:`{3,}|~{3,})[ \t]*)\{[^\n]*", r"\1", code)
        self.hidden.append(code.rstrip("\n"))
        return f"\x04{len(self.hidden) - 1}\x05" + "\n" * code.endswith("\n") if code else ""

    def link(self, words: str, target: str, sign: str = "") -> str:
        """Return a link or, with the sign ``!``, a picture; its words if it leads nowhere."""
        found = self.resolve(target)
        if found == "":
            return ("" if sign else words) + self.note(f"no file or page {target} in the old site")
        address = target if found is None else found
        is_elsewhere = address.startswith("http")
        if not _PLACE.sub("", words).strip() and (is_elsewhere or not sign):
            words += _host(address)
        # A page loads nothing from elsewhere.
        return _written(words, address, sign * (not is_elsewhere))


def _host(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|[/?].*", "", address) or address


def _written(words: str, address: str, sign: str = "") -> str:
    """Return a link in Markdown."""
    address = f"<{address}>" if re.search(r"[\s()]", address) else address
    return f"{sign}[{words}]({address})" if address else ""


def _shown(attributes: str) -> tuple[str, str]:
    """Return what a tag, an include or a shortcode shows, and the words for it."""
    pairs = _ATTRIBUTE.finditer(attributes)
    given = {one[1].lower(): one[2] or one[3] or one[4] or "" for one in pairs}
    place = next(filter(None, map(given.get, ("src", "path", "url", "data", "href"))), "")
    words = next(filter(None, map(given.get, ("alt", "caption", "title"))), "")
    return place.replace("/embed/", "/watch?v="), words


#: Makes what takes the place of a beginning, with what stands between it and the end.
_New = Callable[[_Text, re.Match[str], str], str]


def _as_code(text: _Text, _head: re.Match[str], inner: str) -> str:
    return text.hide(inner)


def _picture(_text: _Text, head: re.Match[str], _inner: str) -> str:
    place, words = _shown(head[1])
    return _written(words, place, "!")


def _include(text: _Text, head: re.Match[str], inner: str) -> str:
    """Return what a common include shows: a picture or a video; others are taken out."""
    place, words = _shown(inner)
    if head[1] in {"figure", "image"} and place:
        return _written(words, place, "!")
    if head[1] in {"video", "audio"} and place:
        return _written(words or head[1].capitalize(), place)
    return text.note(head[0] + inner + "%}")


def _cite(text: _Text, head: re.Match[str], inner: str) -> str:
    keys = [word for word in inner.split() if word in text.keys]
    return f"{{cite}}`{','.join(keys)}`" if keys else text.note(head[0] + inner + "%}")


def _alert(_text: _Text, head: re.Match[str], inner: str) -> str:
    kind = {"warning": "warning", "tip": "tip"}.get(head[1].lower(), "note")
    return f"\n\n```{{{kind}}}\n{inner.strip()}\n```\n\n"


def _anchor(_text: _Text, head: re.Match[str], inner: str) -> str:
    place, _words = _shown(head[1])
    words = re.sub(r"</?(?:div|p|span|h\d|ul|li|br)\b[^<>]*>", " ", inner)
    return _written(" ".join(words.split()), unescape(place)) or inner


def _frame(text: _Text, head: re.Match[str], _inner: str) -> str:
    place, _words = _shown(head[1])
    address = f"https:{place}" if place.startswith("//") else place
    words = _host(address) if "://" in address else address.rpartition("/")[2]
    note = text.note("a frame or player, which pages of bibfolio do not have") if place else ""
    return _written(words, address) + note


def _taken(text: _Text, head: re.Match[str], inner: str) -> str:
    """Return a sign for Liquid or a shortcode of which nothing is known here."""
    return text.note(head[0] + inner + ("%}" if head[0][1] == "%" else "}}"))


def _between(sign: str) -> _New:
    """Return what puts a sign before and behind the text."""
    return lambda _text, _head, inner: f"{sign}{inner.strip()}{sign}" if inner.strip() else ""


def _linked(text: _Text, found: re.Match[str], _inner: str) -> str:
    words = _LINK.sub(lambda inner: _linked(text, inner, ""), found[2])
    return text.link(words, found[3] or found[4], found[1])


def _defined(resolve: Resolve, found: re.Match[str]) -> str:
    """Return the line ``[words]: address``, if that leads anywhere."""
    address = resolve(found[2])
    return "" if address == "" else found[1] + (address or found[2])


#: What begins something, what ends it, if it has an end, and what takes its place, in this order.
#: A beginning stops at the next one, and an end is looked for once: no text takes long.
_TABLE: tuple[tuple[str, str, str | _New], ...] = (
    # Text that MyST would take for a role, a directive or a comment.
    (r"<((?:path|project|inv|myst):[^<>\s]*)>", "", r"\1"),
    (r"(?=\{[\w:.+-]+\}\x04)|^(?=[ \t]*%)|(?<!:):(?=::+[ \t]*\{)", "", r"\\\g<0>"),
    (r"<!--", "-->", lambda *_found: ""),
    (r"\{%-?\s*comment\s*-?%\}", "[{]%-? *endcomment *-?%[}]", lambda *_found: ""),
    (
        r"\{\{\s*['\"]([^'\"{}]*)['\"]\s*\|\s*(?:relative_url|absolute_url|prepend:)[^{}]*\}\}",
        "",
        r"\1",
    ),
    (r"\{\{-?\s*site\.(?:base)?url\s*-?\}\}", "", ""),
    # Hugo's shortcodes.
    (r"\{\{<\s*(?:icon|toc)\b[^{}]*>\}\}", "", ""),
    (r"\{\{<\s*figure\b([^{}]*)>\}\}", "", _picture),
    (
        r"\{\{<\s*youtube\s+\"?([\w-]+)\"?[^{}]*>\}\}",
        "",
        r"[Video](https://www.youtube.com/watch?v=\1)",
    ),
    (
        r"\{\{<\s*staticref\s+\"([^\"{}]*)\"[^{}]*>\}\}",
        "[{]{< */staticref *>}}",
        lambda _text, head, inner: _written(inner, f"/{head[1]}"),
    ),
    (r"\{\{[<%]\s*(?:rel)?ref\s+\"/?([^\"{}]*?)(?:\.md)?\"\s*[>%]\}\}", "", r"/\1"),
    (
        r"\{\{[<%]\s*(?:alert|callout)\s+\"?(\w*)[^{}]*[>%]\}\}",
        "[{]{[<%] */(?:alert|callout) *[>%]}}",
        _alert,
    ),
    # Liquid; what academicpages has on each page shows nothing.
    (r"\{%-?\s*include\s+base_path\s*-?%\}", "", ""),
    (r"\{%-?\s*(?:link|post_url)\s", "-?%}", lambda _text, _head, inner: f"/{inner.strip()}"),
    (r"\{%-?\s*include\s+(\w+)\.(?:html|liquid|md)", "-?%}", _include),
    (r"\{%-?\s*(?:cite|reference)\s", "-?%}", _cite),
    (
        r"<(script|style)\b[^<>]*>",
        r"</\1 *>",
        lambda text, head, _inner: text.note(head[1]),
    ),
    (r"<(?:iframe|embed|object|video|audio|source)\b([^<>]*)>", "", _frame),
    (r"\{%", "%}", _taken),
    (r"\{\{", "}}", _taken),
    (r"(?<=\S)[ \t]*\{:[^{}\n]*\}|^[ \t]*\{:[^{}\n]*\}[ \t]*$", "", ""),
    (r"(?<=\S)\$\$(?=\S)([^$\n]+)\$\$|\$\$([^$\n]+)\$\$(?=[ \t]*\S)", "", r"$\1\2$"),
    (r"(?<=\S )\$\$([^$\n]+)\$\$", "", r"$\1$"),
    # HTML that Markdown has signs for; the rest of it only arranged things on the old page.
    (r"<img\b([^<>]*)>", "", _picture),
    (r"<a\b([^<>]*)>", "</a *>", _anchor),
    (r"<(b|strong)\b[^<>]*>", r"</\1 *>", _between("**")),
    (r"<(i|em)\b[^<>]*>", r"</\1 *>", _between("*")),
    (
        r"<(h[1-6])\b[^<>]*>",
        r"</\1 *>",
        lambda _text, _head, inner: f"\n\n## {' '.join(inner.split())}\n\n",
    ),
    (r"^(?![-*+>|#\s])([^\n]+)\n {0,3}=+[ \t]*$", "", r"# \1"),
    (r"^(?![-*+>|#\s])([^\n]+)\n {0,3}-{2,}[ \t]*$", "", r"## \1"),
    # Lines across, which docutils allows between paragraphs alone.
    (r"<hr\b[^<>]*>|^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$", "", "\n\n"),
    (r"<br\b[^<>]*>", "", "\n"),
    (r"<li\b[^<>]*>\s*", "", "\n- "),
    (r"</?(?:p|ul|ol|div|center|section|figure|figcaption|nav|h\d)\b[^<>]*>", "", "\n\n"),
    (r"</(?:li|[abi]|em|strong|iframe|object|video|audio)\s*>", "", ""),
    (r"</?(?:span|font|small|u|code|button|nobr)\b[^<>]*>", "", ""),
    (r"(?<=<)(\w[^<>]*)(?=>)", "", lambda _text, found, _inner: _HANDLERS.sub("", found[1])),
    (r"^(#+ )\*\*([^\n]*)\*\*[ \t]*$", "", r"\1\2"),
    (_LINK.pattern, "", _linked),
    (r"^[ \t]*(?:[-*+][ \t]*)?#*$", "", ""),
)
_COMPILED = [(re.compile(one, re.I | re.M), end, new) for one, end, new in _TABLE]


def _replaced(
    text: _Text, prose: str, start: re.Pattern[str], end: str, new: _New
) -> Iterator[str]:
    """Yield the text with what is between a beginning and its end replaced."""
    done, missing = 0, set[str]()
    for head in start.finditer(prose):
        closing = head.expand(end)
        if head.start() < done or closing in missing:
            continue
        tail = re.compile(closing, re.IGNORECASE).search(prose, head.end())
        if not tail:
            missing.add(closing)
            continue
        yield prose[done : head.start()]
        yield new(text, head, prose[head.end() : tail.start()])
        done = tail.end()
    yield prose[done:]


def _alone(text: _Text, new: _New, found: re.Match[str]) -> str:
    """Return what takes the place of something that has no end."""
    return new(text, found, "")


def _without_loops(text: _Text, prose: str) -> Iterator[str]:
    """Yield the text without loops: what is in them is made of data.

    A list of papers, talks or courses has a directive of ours in its place.
    """
    done = depth = begin = 0
    for tag in _LOOP.finditer(prose):
        begin = begin if depth else tag.start()
        depth = max(depth + (-1 if tag[1] else 1), 0)
        if not depth:
            yield prose[done:begin]
            head = _OURS.match(prose, begin)
            yield f"\n\n{_LISTS[head[1]]}\n\n" if head else text.note(prose[begin : tag.end()])
            done = tag.end()
    yield prose[done:]


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
    # Code is hidden while the rest, which may have it within links, is converted.
    prose = "".join(text.hide(part) if is_code else part for part, is_code in _parts(body))
    prose = "".join(_replaced(text, prose, _RAW, "[{]%-? *endraw *-?%[}]", _as_code))
    prose = "".join(_without_loops(text, prose))
    for start, end, new in _COMPILED:
        if isinstance(new, str):
            prose = start.sub(new, prose)
        elif end:
            prose = "".join(_replaced(text, prose, start, end, new))
        else:
            prose = start.sub(partial(_alone, text, new), prose)
    prose = _DEFINED.sub(partial(_defined, resolve), prose)
    if "<" in body:  # Markdown between tags may be indented as they are
        prose = re.sub(r"^(?:[ \t]{4,}|[ \t]+(?=[#!\[<*]))(?![-*+\d])", "", prose, flags=re.M)
    prose = _with_comments(_in_steps(prose), text.notes)
    return re.sub(r"\x04(\d+)\x05", lambda found: text.hidden[int(found[1])], prose), text.notes


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
        comments = "".join(f"% import: {note}\n" for note in taken)
        rest = _PLACE.sub("", block).rstrip()
        blocks += [comments.rstrip()] if comments else []
        blocks += [rest] if rest.strip() else []
    return re.sub(r"\n{3,}", "\n\n", "\n\n".join(blocks)) + "\n"


def in_line(html: str, resolve: Resolve) -> str:
    """Return text with HTML and Markdown as the line of a profile: no blocks, no comments."""
    text, _notes = converted(html, resolve)
    lines = (line for line in text.splitlines() if not line.startswith("% import:"))
    lines = (re.sub(r"^\s*[-*+] ", "", line) for line in lines)
    flat = re.sub(r"!\[[^\[\]]*\]\([^()]*\)", "", " ".join(lines))
    flat = re.sub(r"\\?\{([\w:.+-]+)\}(?=`)", r"\1", flat)  # no role of the profile
    return " ".join(re.sub(r"^#+ |</?\w[^<>]*>", "", unescape(flat)).split())


def words_of(html: str) -> str:
    """Return text with HTML and Markdown without either, in one line."""
    text = re.sub(r"<[^<>]*>|`", " ", in_line(html, lambda _target: ""))
    return " ".join(re.sub(r"[*_]{1,3}(?=\w)|(?<=[\w.!?])[*_]{1,3}", "", text).split())
