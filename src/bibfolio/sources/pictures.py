"""A picture of the owner → files as small as pages show it; the only module that uses Pillow."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

#: Endings of pictures that browsers show → how such a file begins.
BEGINNINGS = {".svg": b"", ".png": b"\x89PNG", ".webp": b"RIFF"}
BEGINNINGS |= dict.fromkeys((".jpg", ".jpeg"), b"\xff\xd8") | {".gif": b"GIF8"}
#: In how many pixels across a portrait is made, for screens of all kinds.
PORTRAIT = (160, 320, 480)
#: Bytes up to which a picture is left as it is.
SMALL = 100_000

#: Width, height and file of a picture.
Scaled = tuple[int, int, bytes]


def smaller(path: Path, widths: Sequence[int], small: int = SMALL) -> Sequence[Scaled]:
    """Scale a picture to those of *widths* it can fill; the files are WebP.

    The picture is turned as its camera says; of what the camera has added, such as the place, only
    the meaning of colours is kept, and of a GIF the first picture. One that is drawn (SVG), wrong,
    or of at most *small* bytes is returned in no width.
    """
    suffix = path.suffix.lower()
    is_kept = path.stat().st_size <= small and suffix != ".gif" if path.is_file() else True
    return () if is_kept or suffix == ".svg" else _scaled(path, (*widths,), path.stat().st_mtime_ns)


def fault(path: Path) -> str:
    """Return why no page can show the picture at *path*; empty if one can, or there is none."""
    if not path.is_file() or path.suffix.lower() == ".svg":
        return ""
    try:
        _opened(path, 1)
    except Exception:  # Pillow has no class for all that can be wrong with a file
        return (
            "cannot be read as a picture on a page; save it as JPEG or PNG, at most 1,200 px wide"
        )
    return ""


@lru_cache(maxsize=256)
def _scaled(path: Path, widths: Sequence[int], _changed: int) -> Sequence[Scaled]:
    """Scale a picture once, however many pages show it."""
    found = []
    try:
        whole = _opened(path, 2 * max(widths))
        colours = whole.info.get("icc_profile") if whole.mode in {"RGB", "RGBA"} else None
        whole = whole.convert("RGBA" if whole.has_transparency_data else "RGB")
        for width in sorted({min(width, whole.width) for width in widths}):
            data, height = BytesIO(), max(1, round(width * whole.height / whole.width))
            one = whole.resize((width, height), Image.Resampling.LANCZOS)
            one.save(data, "WEBP", quality=82, icc_profile=colours)
            found.append((width, height, data.getvalue()))
    except Exception:  # see fault
        return ()
    return tuple(found)


def _opened(path: Path, size: int) -> Image.Image:
    """Return the upright picture; of a JPEG, no more than shows *size* pixels is read."""
    with warnings.catch_warnings(action="ignore"):
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(path) as file:
            file.draft(None, (size, size))
            return ImageOps.exif_transpose(file)
