"""A picture of the owner → files as small as pages show it; the only module that uses Pillow.

Without Pillow, which is optional (``pip install "bibfolio[pictures]"``), a picture stays as it is.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

#: In how many pixels across a portrait is made, for screens of all kinds.
PORTRAIT = (160, 320, 480)
#: Bytes up to which a picture is left as it is.
SMALL = 100_000
#: Bytes above which one that stays as it is is told.
_HEAVY = 60_000


def smaller(
    path: Path, widths: Sequence[int], small: int = SMALL
) -> tuple[list[tuple[int, int, bytes]], str]:
    """Scale a picture to those of *widths* it can fill; also return a message if it is unfit.

    Each is a width, a height and a file in WebP. The picture is turned as its camera says; of what
    the camera has added, such as the place, only the meaning of colours is kept. A picture that is
    drawn (SVG), wrong, or of at most *small* bytes is returned in no width.
    """
    size = path.stat().st_size if path.is_file() else 0
    if size <= small or path.suffix == ".svg":
        return [], ""
    cure = f"at most {max(widths)} px wide"
    try:
        from PIL import Image, ImageOps  # noqa: PLC0415
    except ImportError:
        cure += ', or have that done: pip install "bibfolio[pictures]"'
        advice = f"{size // 1000} KB are a lot for every visitor to load; make it {cure}"
        return [], advice if size > _HEAVY else ""
    found = []
    try:
        with warnings.catch_warnings(action="ignore"):
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as file:
                file.draft(None, (2 * max(widths),) * 2)
                whole = ImageOps.exif_transpose(file)
        colours = whole.info.get("icc_profile") if whole.mode in {"RGB", "RGBA"} else None
        whole = whole.convert("RGBA" if whole.has_transparency_data else "RGB")
        for width in sorted({min(width, whole.width) for width in widths}):
            data, height = BytesIO(), max(1, round(width * whole.height / whole.width))
            one = whole.resize((width, height), Image.Resampling.LANCZOS)
            one.save(data, "WEBP", quality=82, icc_profile=colours)
            found.append((width, height, data.getvalue()))
    except Exception:  # Pillow has no class for all that can be wrong with a file
        return [], f"cannot be read as a picture on a page; save it as JPEG or PNG, {cure}"
    return found, ""
