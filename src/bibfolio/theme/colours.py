"""The colours of a site as variables of CSS, named as in pydata-sphinx-theme where it has one."""

from __future__ import annotations

from bibfolio.model.colours import Colour, Palette

_NAMES = {
    "paper": "--pst-color-background",
    "raised": "--pst-color-surface",
    "ink": "--pst-color-text-base",
    "muted": "--pst-color-text-muted",
    "line": "--pst-color-border",
    "accent": "--pst-color-primary",
    "target": "--pst-color-target",
    "control": "--bibfolio-control",
    "underline": "--bibfolio-underline",
}


def variables(palette: Palette) -> dict[str, Colour]:
    """Return variable → colour."""
    topics = {f"--bibfolio-topic-{n}": colour for n, colour in enumerate(palette.topics, start=1)}
    return {variable: getattr(palette, name) for name, variable in _NAMES.items()} | topics


def of_pages(palette: Palette) -> str:
    """Return the colours of our theme: light, dark by the system, dark by choice.

    Without specificity, so that those in a sheet of the owner's are stronger; and each by itself,
    because browsers that do not know ``light-dark()`` would lose them all.
    """
    found = variables(palette).items()
    light = ";".join(f"{name}:{colour.light}" for name, colour in found)
    dark = ";".join(f"{name}:{colour.dark}" for name, colour in found)
    return (
        f":where(:root){{color-scheme:light dark;{light}}}\n"
        "@media screen and (prefers-color-scheme:dark)"
        f"{{:where(:root:not([data-mode=light])){{{dark}}}}}\n"
        f"@media screen{{:where(:root[data-mode=dark]){{color-scheme:dark;{dark}}}}}\n"
    )


def of_topics(palette: Palette) -> str:
    """Return the colours that no other theme has; all else of our components follows theirs."""
    found = variables(palette).items()
    rules = (f"{name}:light-dark({c.light},{c.dark})" for name, c in found if "-topic-" in name)
    return f":where(:root){{{';'.join(rules)}}}\n"
