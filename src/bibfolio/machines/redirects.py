"""Old addresses → pages that lead on; sphinxext-rediraffe (0.3) makes them when all else is there.

It ends at the first line of which it cannot make a page, so such lines are told and taken out
before it begins. Nor does it know where the site is, or its language: what search engines read, and
all words, are put in at the end.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import NamedTuple, cast

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.logging import NAMESPACE, getLogger

from bibfolio import languages
from bibfolio.config import REDIRECT
from bibfolio.model.strings import nearest
from bibfolio.model.words import _, spoken
from bibfolio.output import Output, makes_site
from bibfolio.problems import Problem, WarningKind, warn_of

#: A page in a file of redirects; in quotes, it may hold a space.
_PAGE = r"""(?:"([^"]+)"|'([^']+)'|([^\s"']\S*))"""
_CANONICAL = re.compile(r'(?<=<link rel="canonical" href=")[^"]*')
_logger = getLogger(__name__)
_LINK = re.compile(r"(?<=<p>)(<a [^>]*>)</a>(?=</p>)")


class Redirect(NamedTuple):
    """A line of the redirects: the old page, the new one, and where that is written."""

    old: str
    new: str
    file: str
    line: int

    def problem(self, message: str) -> Problem:
        """Return a problem of this line."""
        return Problem(WarningKind.REDIRECT, message, self.line, file=self.file)


#: A redirect, or what is wrong with a line.
Found = Iterator[Redirect | Problem]


def in_conf(redirects: Mapping[object, object], conf: str) -> Found:
    """Yield the redirects of a dictionary in ``conf.py``, whose text is *conf*."""
    for old, new in redirects.items():
        quoted = (f'"{old}"', f"'{old}'")
        lines = enumerate(conf.splitlines(), 1)
        line = next((n for n, line in lines if any(words in line for words in quoted)), 1)
        if isinstance(old, str) and isinstance(new, str):
            yield Redirect(old, new, "conf.py", line)
        else:
            message = f"rediraffe_redirects: {old!r}: {new!r}: write two pages, as texts"
            yield Problem(WarningKind.REDIRECT, message, line, file="conf.py")


def in_file(text: str, file: str) -> Found:
    """Yield the redirects of a file, which has the old page and the new one in each line."""
    for number, line in enumerate(map(str.strip, text.splitlines()), 1):
        if pair := re.fullmatch(rf"{_PAGE}\s+{_PAGE}", line):
            old, new = filter(None, pair.groups())
            yield Redirect(old, new, file, number)
        elif line and not line.startswith("#"):
            message = "this is no redirect; write the old page, a space, and the new page"
            yield Problem(WarningKind.REDIRECT, message, number, file=file)


def usable(
    redirects: Iterable[Redirect],
    pages: Iterable[str],
    is_there: Callable[[str], bool],
    is_taken: Callable[[str], bool],
) -> Found:
    """Yield the *redirects* of which pages can be made, each to its end; and what is wrong else.

    Args:
        redirects: in their order; of two from one page, the first counts.
        pages: the documents of the site.
        is_there: tells whether the site has a page, whoever made it.
        is_taken: tells whether something else is where a page would be.
    """
    lines = dict[str, Redirect]()
    for one in redirects:
        if re.match(r"[\w+.-]+:", one.old) or {"", ".."} & {*one.old.split("/")}:
            yield one.problem(f"{one.old!r} is no page of this site; write it as in research/essay")
        elif one.old in lines:
            yield one.problem(f"{one.old} leads to {lines[one.old].new}; remove one of the lines")
        elif is_taken(one.old):
            yield one.problem(f"something else is at {one.old}; remove it, or this line")
        else:
            lines[one.old] = one
    for one in lines.values():
        trail, end = [one.old], one.new
        while end in lines and end not in trail:
            trail.append(end)
            end = lines[end].new
        if end in trail:
            yield one.problem(f"{' → '.join([*trail, end])}: this is a circle; remove a line")
        elif not is_there(end):
            near = nearest(end, sorted(pages))
            cure = f"did you mean {near}?" if near else "write a page that is there"
            yield one.problem(f"{one.old} leads to {end}, which is not there; {cure}")
        else:
            yield one._replace(new=end)


# -- Sphinx -----------------------------------------------------------------------------------


def _written(app: Sphinx) -> list[Redirect | Problem]:
    """Return the lines of the redirects; none if there are none, or no file of them."""
    value = app.config.rediraffe_redirects
    if isinstance(value, dict):
        conf = Path(app.confdir, "conf.py")  # of which `sphinx-build -C` has none
        text = conf.read_text("utf-8", "replace") if conf.is_file() else ""
        return list(in_conf(value, text))
    path = Path(app.srcdir, value) if isinstance(value, str) else Path()
    return list(in_file(path.read_text("utf-8", "replace"), value)) if path.is_file() else []


def _file(app: Sphinx, page: str) -> Path:
    return cast(StandaloneHTMLBuilder, app.builder).get_output_path(page)


def _take_out(app: Sphinx, exception: Exception | None) -> None:
    """Leave only redirects of which pages can be made, and tell of the others."""
    if not makes_site(app, exception) or not (written := _written(app)):
        return
    endings = "|".join(map(re.escape, app.config.source_suffix))

    def named(page: str) -> str:
        return re.sub(rf"(?:{endings})\Z", "", page.replace("\\", "/").strip("/"))

    def is_taken(page: str) -> bool:
        return page in app.env.all_docs or any(map(Path.is_file, _file(app, page).parents))

    problems = [one for one in written if isinstance(one, Problem)]
    lines = [one for one in written if isinstance(one, Redirect)]
    lines = [one._replace(old=named(one.old), new=named(one.new)) for one in lines]
    good = dict[str, str]()
    for one in usable(lines, app.env.all_docs, lambda page: _file(app, page).is_file(), is_taken):
        if isinstance(one, Problem):
            problems.append(one)
        else:
            good[one.old] = one.new
    warn_of(problems, Path(app.confdir))
    app.config.rediraffe_redirects = good
    if good:
        _logger.info("%s old addresses lead to pages of today", len(good))
    # It prints a line for each, among which no owner would see a warning.
    logging.getLogger(f"{NAMESPACE}.sphinxext.rediraffe").setLevel(logging.WARNING)


def in_words(page: str, address: str) -> str:
    """Return a redirect with its words, and the absolute *address* to which it leads."""
    title = _("This page has moved")

    def said(link: re.Match[str]) -> str:
        return _(
            "This page has moved: {start}go to its new address{end}.", start=link[1], end="</a>"
        )

    tag = languages.html_tag(spoken().tag)
    direction = ' dir="rtl"' if languages.direction(tag) == "rtl" else ""
    page = page.replace('lang="en"', f'lang="{tag}"{direction}', 1)
    page = page.replace("<title></title>", f"<title>{escape(title)}</title>")
    return _LINK.sub(said, _CANONICAL.sub(escape(address), page))


def _name_new_address(app: Sphinx, exception: Exception | None) -> None:
    """Write its words into each redirect, and the address that search engines keep."""
    config = app.config
    if not makes_site(app, exception) or config.rediraffe_template != REDIRECT:
        return
    output, redirects = Output(app), config.rediraffe_redirects
    for old, new in redirects.items() if isinstance(redirects, dict) else ():
        address = app.builder.get_relative_uri(old, new)
        address = output.page_url(new) if output.has_address else address
        if (file := _file(app, old)).is_file():
            page = file.read_text(encoding="utf-8")
            file.write_text(in_words(page, address), "utf-8", newline="\n")


def setup(app: Sphinx) -> None:
    """Look at the redirects before sphinxext-rediraffe makes them (500), and at its pages after."""
    app.connect("build-finished", _take_out, priority=400)
    app.connect("build-finished", _name_new_address, priority=600)
