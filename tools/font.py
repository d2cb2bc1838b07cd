"""The fonts of titles and of prose: subsets of Libertinus Serif, made from its package.

The files are committed, so nobody who builds a site or the package needs this. To make them anew::

    npm pack @fontsource/libertinus-serif
    pip install fonttools brotli
    python -m tools.font fontsource-libertinus-serif-VERSION.tgz
"""

from __future__ import annotations

import io
import sys
import tarfile
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

STATIC = Path(__file__).parent.parent / "src" / "bibfolio" / "theme" / "static"
_SOURCE = "package/files/libertinus-serif-{}-{}-normal.woff2"
#: Basic Latin, Western accents and the signs of titles, which every page loads.
_TITLES = {*range(0x20, 0x7F), 0xA0, 0xB7, *range(0xC0, 0x100)} | {
    *(0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026)
}
#: With the signs of numbers: ``° ± ² ³ µ − €``.
_PROSE = _TITLES | {0xB0, 0xB1, 0xB2, 0xB3, 0xB5, 0x2212, 0x20AC}
#: The other Latin letters of European names, which a page loads if it has one.
_FURTHER = {*range(0x100, 0x180)}
#: Name of a file → source of its characters, weight, and the characters.
SUBSETS = {
    "bibfolio-title": ("latin", 600, _TITLES),
    "bibfolio-title-ext": ("latin-ext", 600, _FURTHER),
    "bibfolio-text": ("latin", 400, _PROSE),
    "bibfolio-text-ext": ("latin-ext", 400, _FURTHER),
}
#: The copyright line of the font's authors, which the package has in its README alone.
_COPYRIGHT = (
    "Copyright © 2012-2024 The Libertinus Project Authors, with Reserved Font Name\n"
    '"Linux Libertine", "Biolinum", "STIX Fonts".\n'
)


def subset(source: bytes, characters: set[int]) -> bytes:
    """Return the font with these *characters* alone, as WOFF 2.

    Kerning stays, except with the space, where it joins "Approximate Vector" into one word.
    """
    font = TTFont(io.BytesIO(source))
    options = Options()
    options.layout_features = ["kern"]
    options.hinting = False
    options.flavor = "woff2"
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font.recalcTimestamp = False
    _forget_kerning_of_space(font)
    result = io.BytesIO()
    font.flavor = "woff2"
    font.save(result)
    return result.getvalue()


def _forget_kerning_of_space(font: TTFont) -> None:
    """Take the space out of what kerning pairs begin with, and empty the class it ends them in."""
    space = font.getBestCmap().get(0x20)
    if not space or "GPOS" not in font:
        return
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            pairs = getattr(table, "ExtSubTable", table)
            if pairs.LookupType != 2:  # pair adjustment (OpenType, GPOS)
                continue
            if space in pairs.Coverage.glyphs:
                position = pairs.Coverage.glyphs.index(space)
                pairs.Coverage.glyphs.remove(space)
                if pairs.Format == 1:
                    del pairs.PairSet[position]
                    pairs.PairSetCount -= 1
                else:
                    pairs.ClassDef1.classDefs.pop(space, None)
            if pairs.Format == 2:
                pairs.ClassDef2.classDefs.pop(space, None)


def main(package: Path) -> None:
    """Write the fonts and their licence beside the theme's other files."""
    with tarfile.open(package) as files:

        def read(name: str) -> bytes:
            member = files.extractfile(name)
            assert member, f"the package has no {name}"
            return member.read()

        for name, (source, weight, characters) in SUBSETS.items():
            data = subset(read(_SOURCE.format(source, weight)), characters)
            (STATIC / f"{name}.woff2").write_bytes(data)
        licence = read("package/LICENSE").decode("utf-8")
        text = _COPYRIGHT + licence[licence.index("\nThis Font Software is licensed") :]
        (STATIC / "OFL.txt").write_text(text.rstrip() + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
