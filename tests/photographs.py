"""Invented photographs: nobody is on them, and they are as heavy as those of a camera."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from PIL import Image

#: What a camera adds: where the picture was taken, and with what.
PLACE = b"59.9139 N 10.7522 E"


@cache
def photograph(width: int, height: int, form: str = "JPEG", *, turned: bool = False) -> bytes:
    """Return a picture that is dark above and light below; it is laid on its side if *turned*."""
    light = Image.linear_gradient("L").resize((width, height))
    noise = Image.effect_noise((width, height), 60)
    picture = Image.merge("RGB", (Image.blend(light, noise, 0.2), light, noise))
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()  # ImageDescription
    if turned:
        picture = picture.transpose(Image.Transpose.ROTATE_90)
        exif[0x0112] = 6  # Orientation: to be turned clockwise
    file = BytesIO()
    more = {"comment": PLACE} if form == "JPEG" else {}
    picture.save(file, form, exif=exif, quality=95, **more)
    return file.getvalue()
