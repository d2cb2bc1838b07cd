"""The colours of a site, in light and in dark: ours, and those made from the owner's accent."""

from __future__ import annotations

import re
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass, replace

#: The least contrast (WCAG 2.2, 1.4.3 and 1.4.11) of text, and of lines that say something.
TEXT, LINE = 4.5, 3.0
#: The contrast that our own colours have in dark, and the saturation that does not glare there.
_DARK, _SATURATION = 8.2, 0.5
#: Hues that differ by fewer degrees look alike; what has less saturation is grey, and has none.
_ALIKE, _GREY = 20.0, 0.15


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour in light and in dark, each as ``#rrggbb``."""

    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class Palette:
    """All colours of a site, by what they are for."""

    paper: Colour = Colour("#fffefc", "#171614")
    raised: Colour = Colour("#f6f2ea", "#211f1c")
    ink: Colour = Colour("#1d1b19", "#e9e4dc")
    muted: Colour = Colour("#5f5a54", "#aaa399")
    line: Colour = Colour("#e2dcd2", "#3a362f")
    #: Outlines of what can be pressed or filled in.
    control: Colour = Colour("#8a8378", "#857d72")
    #: Behind what an address leads to, and behind found words.
    target: Colour = Colour("#fbeec6", "#453a1a")
    underline: Colour = Colour("#c0828b", "#8f645e")
    #: The first is the accent as well.
    topics: tuple[Colour, ...] = (
        Colour("#8c1d2f", "#f2a49b"),
        Colour("#0b5f73", "#7cc7d8"),
        Colour("#6b5200", "#dcb964"),
        Colour("#2f6a32", "#9bcf96"),
        Colour("#5b3f9a", "#c3b2f2"),
        Colour("#9a3d0e", "#f0a878"),
    )

    @property
    def accent(self) -> Colour:
        """The colour of links, of main buttons and of the first topic."""
        return self.topics[0]

    @property
    def topics_in_light(self) -> list[str]:
        """The colours of topics by the numbers of their classes; 0 are further topics."""
        return [colour.light for colour in (self.muted, *self.topics)]

    @property
    def topics_in_dark(self) -> list[str]:
        """The same in dark."""
        return [colour.dark for colour in (self.muted, *self.topics)]

    @property
    def in_light(self) -> dict[str, str | list[str]]:
        """Those of pages in light, for what is always light."""
        names = ("paper", "raised", "ink", "muted", "control", "underline", "accent")
        found = {name: getattr(self, name).light for name in names}
        return {**found, "topics": self.topics_in_light}


PALETTE = Palette()


# -- an accent of the owner's ----------------------------------------------------------------------


def normal(colour: str) -> str:
    """Return ``#abc`` or ``#AABBCC`` as ``#aabbcc``; an empty string for what is no such colour."""
    if not re.fullmatch("#(?:[0-9a-f]{3}){1,2}", colour, re.IGNORECASE):
        return ""
    digits = colour[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def accent_mistake(accent: str) -> str:
    """Return what is wrong with an accent, or nothing; an empty one is none."""
    colour, paper = normal(accent), PALETTE.paper.light
    if accent and not colour:
        return f"bibfolio_accent: {accent!r} is no colour; write #rrggbb, such as #5b3f9a"
    if not accent or (ratio := contrast(colour, paper)) >= TEXT:
        return ""
    darker = _toned(colour, (paper,), TEXT, -1)
    return (
        f"bibfolio_accent: {colour} on the {paper} of pages has a contrast of {ratio:.2f}:1, and "
        f"words need {TEXT}:1 to be read; the nearest tone that has it is {darker}"
    )


def with_accent(accent: str) -> Palette:
    """Return our colours with another *accent*; without one, or with what is none, ours alone.

    It is the colour of the first topic. Another topic that looks like it takes ours in its place.
    """
    colour = normal(accent)
    if not colour or colour == PALETTE.accent.light:
        return PALETTE
    paper, raised, ink = PALETTE.paper, PALETTE.raised, PALETTE.ink
    dark = _toned(colour, (paper.dark, raised.dark), _DARK, 1)
    topics = [Colour(colour, dark), *PALETTE.topics[1:]]
    distance, place = min((_apart(colour, topics[n].light), n) for n in range(1, len(topics)))
    if distance < min(_ALIKE, _apart(colour, PALETTE.accent.light)):
        topics[place] = PALETTE.accent
    underline = Colour(
        _underline(colour, (paper.light, raised.light), ink.light),
        _underline(dark, (paper.dark, raised.dark), ink.dark),
    )
    return replace(PALETTE, topics=tuple(topics), underline=underline)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    linear = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in _parts(colour))
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _written(parts: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _stands_out(colour: str, grounds: tuple[str, ...], least: float) -> bool:
    return all(contrast(colour, ground) >= least for ground in grounds)


def _toned(colour: str, grounds: tuple[str, ...], least: float, step: int) -> str:
    """Return the nearest lighter or darker tone, by the sign of *step*, that stands out enough."""
    hue, lightness, saturation = rgb_to_hls(*_parts(colour))
    saturation = min(saturation, _SATURATION) if step > 0 else saturation
    percents = range(round(lightness * 100), 100 if step > 0 else 0, step)
    tones = (_written(hls_to_rgb(hue, percent / 100, saturation)) for percent in percents)
    last = "#ffffff" if step > 0 else "#000000"
    return next((tone for tone in tones if _stands_out(tone, grounds, least)), last)


def _underline(colour: str, grounds: tuple[str, ...], ink: str) -> str:
    """Return the palest mixture of ground and *colour*, or else of *colour* and *ink*, to see."""
    ways = ((grounds[0], colour), (colour, ink))
    mixed = (_mixed(*way, percent / 100) for way in ways for percent in range(101))
    return next((line for line in mixed if _stands_out(line, grounds, LINE)), ink)


def _mixed(one: str, other: str, share: float) -> str:
    pairs = zip(_parts(one), _parts(other), strict=True)
    return _written(tuple(a + (b - a) * share for a, b in pairs))


def _apart(one: str, other: str) -> float:
    """Return by how many degrees two hues differ; grey has none, and is as far as can be."""
    (hue, _l, saturation), (other_hue, _m, _s) = (rgb_to_hls(*_parts(c)) for c in (one, other))
    turn = abs(hue - other_hue) * 360
    return 180.0 if saturation < _GREY else min(turn, 360 - turn)
