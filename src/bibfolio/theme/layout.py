"""The theme ``bibfolio``: a child of pydata-sphinx-theme that draws the page around the content.

No stylesheet and no script of its parent is loaded. What a page needs of the two sheets is in it,
which saves a round trip before anything can be drawn; a Content-Security-Policy allows it by its
hash. The rules for fonts are a sheet of their own, because an address depends on where a page is.
The handlers of the parent stay connected: slots, options and icons work as its manual says.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from bibfolio import languages
from bibfolio.config import palette_of, trees_of
from bibfolio.library import (
    group_of,
    home_page,
    home_pages,
    library_of,
    list_page,
    page_above,
    parent_page,
    site_name,
    spoken_tree,
)
from bibfolio.model.colours import Palette
from bibfolio.model.fonts import SCRIPTS
from bibfolio.model.strings import is_local
from bibfolio.model.trees import sisters, tree_at
from bibfolio.model.words import _, spoken
from bibfolio.pages.filter_form import paper_filter
from bibfolio.problems import WarningKind, warn
from bibfolio.sphinx_compat import is_set
from bibfolio.theme import colours, csp
from bibfolio.theme.transitions import transition_rules

_THEME = Path(__file__).parent
_COMPONENTS = str(_THEME / "components")
#: Loaded last, so that components look alike under every theme.
_SHEETS = ("bibfolio.css", "bibfolio-components.css")
#: The mode that the reader has chosen, before anything is drawn.
_INLINE_SCRIPT = (_THEME / "inline.js").read_text(encoding="utf-8").strip()

#: Options of pydata-sphinx-theme that this theme, or a handler of its parent, acts on.
HONOURED = frozenset(
    """
    navbar_start navbar_center navbar_end navbar_persistent article_header_start article_header_end
    article_footer_items content_footer_items footer_start footer_center footer_end
    logo logo_link icon_links icon_links_label github_url gitlab_url bitbucket_url twitter_url
    external_links announcement favicons show_prev_next use_edit_page_button search_bar_text
    disable_search shorten_urls surface_warnings templates_skip_empty_check
    pygments_light_style pygments_dark_style pygment_light_style pygment_dark_style
    """.split()
)
#: What the rules in ``bibfolio-content.css`` are about; pages without load one file less.
_CONTENT = re.compile(
    r"<(?:table|kbd|dl)\b|\bclass=\"(?:[^\"]*\s)?(?:highlight|admonition|topic|contents|sidebar|figure"
    r"|footnote|citation|align-\w+|toctree-wrapper|version\w+|deprecated|guilabel|headerlink"
    r"|base-formula)[\s\"]"
)
#: What matches there and has its rules elsewhere, or nothing to show.
_NO_CONTENT = re.compile(
    r'<div class="paper-coauthors\b.*?</table>|<div class="paper-page-facts\b.*?</dl>'
    r'|<form class="paper-filter.*?</form>|<div class="toctree-wrapper compound">\s*</div>',
    re.DOTALL,
)
#: File → weight, when it is shown, and further descriptors. A page loads what it has letters for;
#: "ext" has those beyond Western Europe. A title that changes its face keeps its lines, as those of
#: the fallback are as long; a paragraph would be broken elsewhere, so it waits for the next page.
_FONTS = {
    "bibfolio-title": "600;font-display:swap",
    "bibfolio-title-ext": "600;font-display:swap;unicode-range:U+100-17F",
    "bibfolio-text": "400;font-display:optional",
    "bibfolio-text-ext": "400;font-display:optional;unicode-range:U+100-17F",
}
#: Classes of ours whose text is prose; so are paragraphs and lists without a class of their own.
_PROSE = frozenset({"paper-card-gist", "paper-page-summary", "paper-page-abstract"})
_BLOCKS = (nodes.paragraph, nodes.bullet_list, nodes.enumerated_list)
#: The beginning of a tag that says its language, and not its direction.
_LANG = re.compile(r'(?P<begin><(?![^<>]*\sdir=)[^<>]*\slang="(?P<lang>[^"<>]*)")')
_VIEWPORT = re.compile(r'<meta [^>]*name="viewport"[^>]*>\n?')
#: What may be wider than the page, and is then scrolled: blocks of code, and tables.
_SCROLLED = re.compile(
    r'<(?:pre(?=[\s>])|div class="pst-scrollable-table-container")'
    r'(?![^>]*(?:\stabindex=|\sclass="[^"]*\bpaper-page-bibtex\b))'
)


# -- pure --------------------------------------------------------------------------------------


def font_rules(static: str) -> str:
    """Return the rules that load the fonts of titles and prose from the folder *static*."""
    return "".join(
        f'@font-face{{font-family:"bibfolio serif";src:url("{static}/{name}.woff2")format("woff2")'
        f";font-weight:{descriptors}}}"
        for name, descriptors in _FONTS.items()
    )


def preloads(doctree: nodes.document | None, script: str) -> list[str]:
    """Return the fonts that a page surely uses, to be fetched before its text is laid out.

    Pages in a *script* that they do not have are set in faces of the system.
    """
    if script in SCRIPTS:
        return []
    return ["bibfolio-title", *(["bibfolio-text"] if doctree and has_prose(doctree) else [])]


def has_prose(doctree: nodes.document) -> bool:
    """Return whether a page has prose, as the rules for its face in ``bibfolio.css`` select it."""
    elements = cast(Iterable[nodes.Element], doctree.findall(nodes.Element))
    return any(
        isinstance(node, nodes.block_quote)
        or (isinstance(node, _BLOCKS) and not node["classes"] and _is_in_section(node))
        or not _PROSE.isdisjoint(node["classes"])
        for node in elements
    )


def _is_in_section(node: nodes.Node) -> bool:
    return isinstance(node.parent, nodes.section)


def needs_content(body: str) -> bool:
    """Whether *body* has something that ``bibfolio-content.css`` is about."""
    return bool(_CONTENT.search(_NO_CONTENT.sub("", body)))


def with_focus(body: str) -> str:
    """Return *body* with blocks of code and tables that can have the focus.

    Which of them are wider than the page is not known while building, so all can, but for the
    BibTeX of a paper, whose lines are broken (WCAG 2.2, 2.1.1).
    """
    return _SCROLLED.sub(r'\g<0> tabindex="0"', body)


def with_direction(body: str, direction: str) -> str:
    """Return *body* with ``dir`` at what is in another language, on pages of this *direction*.

    Where all of it runs from left to right, nothing is added.
    """

    def told(tag: re.Match[str]) -> str:
        other = languages.direction(tag["lang"])
        return tag[0] if other == direction == "ltr" else f'{tag["begin"]} dir="{other}"'

    return _LANG.sub(told, body)


def around_list(body: str) -> tuple[str, str, str]:
    """Return what *body* has before its first list, the list, and what follows.

    Without a list, or with one that holds another, all of it is before.
    """
    before, tag, rest = body.partition("<ul")
    entries, end, after = rest.partition("</ul>")
    has_list = end and "<ul" not in entries
    return (before, f"{tag}{entries}{end}", after) if has_list else (body, "", "")


def unsupported(chosen: Mapping[str, object], known: Iterable[str]) -> list[str]:
    """Return the *chosen* options that ask for something this theme does not do, sorted.

    Those that are not *known* to the theme are left out, as Sphinx warns of them itself.
    """
    is_remote = str(chosen.get("announcement", "")).startswith("http")
    asked = {name for name, value in chosen.items() if value} & set(known)
    return sorted(asked - HONOURED | (asked & {"announcement"} if is_remote else set()))


def navigation(
    env: BuildEnvironment, relations: Mapping[str, Sequence[str | None]], docname: str
) -> list[tuple[str, str, str, str]]:
    """Return title, page, ``aria-current`` and ``lang`` for each entry of the home page's toctrees.

    An entry may be an address elsewhere. Papers belong to the page that lists them. Pages of the
    default language that have no sister in the one of the page come last.

    Args:
        env: The build's environment.
        relations: Page → its parent and neighbours, as of ``BuildEnvironment.collect_relations``.
        docname: The page on which the navigation stands.
    """
    trail = set(filter(None, [page_above(env, docname)]))
    name: str | None = docname
    while name and name not in trail:
        trail.add(name)
        name = parent_page(env, relations, name)
    trees, here = trees_of(env.config), spoken_tree(env)
    pages = _top_pages(env, home_page(env))
    if here != trees[0]:
        pages += [
            (title, page)
            for title, page in _top_pages(env, env.config.root_doc)
            if (title, page) not in pages and here not in sisters(trees, page, env.all_docs)
        ]
    tags = [tree_at(trees, page).tag if is_local(page) else here.tag for _title, page in pages]
    return [
        (title, page, _current(page, docname, trail), "" if tag == here.tag else tag)
        for (title, page), tag in zip(pages, tags, strict=True)
    ]


def other_languages(env: BuildEnvironment, docname: str) -> list[tuple[str, str, str]]:
    """Return name, tag and page of each other language: this page in it, or its home page."""
    trees = trees_of(env.config)
    pages = home_pages(env) | sisters(trees, docname, env.all_docs)
    tags = [tree.tag for tree in pages]
    return [
        (languages.own_name(tree.tag, tags), tree.tag, page)
        for tree, page in pages.items()
        if tree != spoken_tree(env)
    ]


def _top_pages(env: BuildEnvironment, home: str) -> list[tuple[str, str]]:
    """Return title and target of each entry; a title given there (``CV <cv>``) goes first.

    A list without a paper is none of them.
    """
    entries = [
        entry
        for toctree in env.tocs[home].findall(addnodes.toctree)
        for entry in toctree["entries"]
    ]
    return [
        (title or (env.titles[page].astext() if page in env.titles else page), page)
        for title, page in entries
        if page in env.titles or not is_local(page)
        if library_of(env).papers or page != list_page(env)
    ]


def _current(page: str, docname: str, trail: set[str]) -> str:
    if page == docname:
        return "page"
    return "true" if page in trail else ""


# -- which theme ---------------------------------------------------------------------------------


def is_ours(app: Sphinx) -> bool:
    """Return whether the pages of this build have our theme, or one that inherits from it.

    Known from ``builder-inited`` on.
    """
    theme = getattr(app.builder, "theme", None)
    return theme is not None and _THEME in map(Path, theme.get_theme_dirs())


@functools.cache
def _rules() -> list[tuple[list[str], str]]:
    """Return the rules below each comment of the sheets, and the parts of pages they are about."""
    sheets = (_THEME / "static" / name for name in _SHEETS)
    text = "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    found = re.findall(
        r"/\*(?: Only with ([^:]+):)?.*?\*/\n?([^/]*(?:/[^*][^/]*)*)", text, re.DOTALL
    )
    return [(names.split(" or ") if names else [], rules) for names, rules in found]


def page_style(palette: Palette, body: str) -> str:
    """Return the sheet that stands in a page: colours, and the rules for what *body* holds."""
    shown = [rules for names, rules in _rules() if not names or any(name in body for name in names)]
    return colours.of_pages(palette) + "".join(shown)


def _prefer_components(app: Sphinx) -> None:
    """Find our components before those of the parent, behind the owner's.

    The parent has put its folder on ``templates_path``, where templates hide those of themes:
    https://github.com/pydata/pydata-sphinx-theme/issues/1511. Early, because the template engine
    starts anew, and others may add to it.
    """
    if not is_ours(app):
        return
    paths = [str(path) for path in app.config.templates_path]
    parents = [path for path in paths if "pydata_sphinx_theme" in Path(path).parts]
    place = paths.index(parents[0]) if parents else len(paths)
    app.config.templates_path = [*paths[:place], _COMPONENTS, *paths[place:]]
    app.builder.templates.init(app.builder, app.builder.theme)  # type: ignore[attr-defined]


def _warn_of_options(app: Sphinx) -> None:
    """Name the options that the owner has set in vain."""
    if not is_ours(app):
        return
    known = app.builder.theme.get_options()  # type: ignore[attr-defined]
    if names := unsupported(app.config.html_theme_options, known):
        warn(
            WarningKind.THEME_OPTION,
            f"html_theme_options: the theme bibfolio does not act on {', '.join(names)}; take that"
            " out, or choose the theme pydata_sphinx_theme",
        )


# -- pages ---------------------------------------------------------------------------------------


def _fill(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Fill in what the templates need; touch nothing outside *context*."""
    if not is_ours(app) or not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    app.add_js_file("bibfolio.js", loading_method="defer", priority=100)
    if needs_content(context.get("body", "")):
        app.add_css_file("bibfolio-content.css", priority=100)
    forms = doctree.findall(paper_filter) if doctree else ()
    home = app.builder.get_relative_uri(pagename, home_page(app.env)) or "./"
    # The 404 page is shown at any address: its links start at the root.
    is_lost = pagename == "404" and "notfound_urls_prefix" in app.config
    direction = languages.direction(spoken().tag)
    body = with_direction(with_focus(context.get("body", "")), direction)
    parts = "site-search-place" if is_lost or pagename == "search" else ""
    script = languages.script(spoken().tag)
    parts += " site-rtl" if direction == "rtl" else " site-cjk" if script in SCRIPTS else ""
    is_default = spoken_tree(app.env) == trees_of(app.config)[0]
    name, values = group_of(app.env), {"project": "project", "docstitle": "html_title"}
    name = name if is_default else site_name(app.env)
    names = {place: name for place, value in values.items() if not is_set(app.config, value)}
    context |= names if name else {}
    context |= {
        "language": spoken().tag,
        "site_direction": "" if direction == "ltr" else direction,
        "body": body,
        "site_home": app.config.notfound_urls_prefix if is_lost else home,
        "site_is_home": pagename == home_page(app.env),
        "site_pages": navigation(app.env, app.builder.relations, pagename),
        "site_languages": other_languages(app.env, pagename),
        "site_list": list_page(app.env),
        "site_inline_script": _INLINE_SCRIPT,
        "site_style": page_style(palette_of(app.config), body + parts),
        "site_fonts": font_rules,
        "site_preloads": preloads(doctree, script),
        "site_rules": "".join(form["rules"] for form in forms)
        + transition_rules(doctree, library_of(app.env).paper_of(pagename)),
        "site_preview": "preview" in app.tags,
        # Sphinx's "_" asks its own catalogue alone.
        "site_word": _,
        # docutils (0.22) writes one as well as Sphinx's layout.
        "metatags": _VIEWPORT.sub("", context.get("metatags", "")),
    }
    context |= _functions(app, context, doctree)
    if is_lost:  # the field stands before the links with which one may begin
        before, links, after = around_list(context["body"])
        values = {**context, "site_first_links": links}
        search = app.builder.templates.render("site-search-lost.html", values)
        context["body"] = f"{before}{search}{after}"


def _functions(
    app: Sphinx, context: Mapping[str, Any], doctree: nodes.document | None
) -> dict[str, Callable[..., Any]]:
    """Return functions for the templates: what others load is complete when those are drawn."""
    body = context["body"]
    own_colours = 'class="highlight' in body and _has_chosen_colours(app.config)
    sheets = functools.partial(csp.stylesheets, colours=own_colours)
    images = doctree.findall(nodes.image) if doctree else ()
    pictures = [str(image.get("uri", "")) for image in images]

    def policy(css_files: Sequence[Any], script_files: Sequence[Any], page_style: str) -> str:
        # The parent's handlers have filled these in.
        logos = (context.get("theme_logo") or {}).get("image_relative", {}).values()
        icons = [str(link.get("icon", "")) for link in context.get("theme_icon_links") or ()]
        text = csp.policy(
            _INLINE_SCRIPT,
            [context["site_style"], page_style],
            csp.scripts(script_files),
            sheets(css_files),
            [*pictures, *logos, *icons, context.get("favicon_url") or ""],
            style_attributes=csp.has_style_attributes(body),
        )
        for raw in doctree.findall(nodes.raw) if doctree else ():
            if "html" in raw.get("format", "").split():
                for line, message in csp.blocked(raw.astext(), text):
                    place = f"{raw.source}:{(raw.line or raw.parent.line or 1) + line}"
                    warn(WarningKind.CSP, message, place)
        # sphinx-autobuild puts a script into pages, to reload them.
        return "" if "preview" in app.tags else text

    return {"site_scripts": csp.scripts, "site_stylesheets": sheets, "site_policy": policy}


def _has_chosen_colours(config: Config) -> bool:
    """Return whether the owner has chosen Pygments' colours for code."""
    return bool(config.pygments_style) or any(
        name.startswith("pygment") for name in config.html_theme_options
    )


def setup(app: Sphinx) -> None:
    """Register the theme ``bibfolio`` and fill its templates."""
    app.add_html_theme("bibfolio", str(_THEME))
    app.connect("builder-inited", _prefer_components, priority=100)
    app.connect("builder-inited", _warn_of_options)
    # Before the parent's handlers (500), which draw each component to see whether it is empty.
    app.connect("html-page-context", _fill, priority=400)
