"""Pictures in several sizes, of which each browser loads the one that it needs."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.images import get_image_size
from sphinx.util.osutil import relative_uri

from bibfolio.output import Output, makes_html
from bibfolio.sources.pictures import SMALL, smaller


class picture(nodes.Element):  # noqa: N801  docutils spells nodes so
    """An image on a page of the site; ``img`` holds the attributes of its HTML element."""


def _draw(translator: Any, node: picture) -> None:
    translator.body.append(translator.emptytag(node, "img", "", **node["img"]))
    raise nodes.SkipDeparture


def attributes(
    app: Sphinx,
    docname: str,
    path: Path,
    *,
    widths: Sequence[int],
    sizes: str,
    small: int = SMALL,
) -> dict[str, str]:
    """Return where a picture is, for ``<img>``, and make it in these *widths*, shown at *sizes*.

    A file of at most *small* bytes stays as it is; else the owner's is not published with it. Its
    size is said in any case, so that nothing moves when it is loaded.
    """
    folder = relative_uri(app.builder.get_target_uri(docname), "_images/")
    found = smaller(path, widths, small)
    suffix = ".webp" if found else path.suffix
    img, addresses = dict[str, str](), []
    for width, height, data in found or [(*(get_image_size(path) or (0, 0)), path.read_bytes())]:
        name = f"{path.stem}-{sha256(data).hexdigest()[:8]}{suffix}"
        Output(app).write(f"_images/{name}", data)
        img["src"] = folder + quote(name)
        img |= {"width": str(width), "height": str(height)} if width and height else {}
        addresses.append(f"{img['src']} {width}w")
    return img | ({"srcset": ", ".join(addresses), "sizes": sizes} if found else {})


def _prepare(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make each image that has ``widths`` in these, to be shown at its ``sizes``."""
    if not makes_html(app):
        return
    for image in [image for image in doctree.findall(nodes.image) if "widths" in image]:
        if image["uri"] in app.env.images:  # else it cannot be read, which Sphinx has told
            path = Path(app.srcdir, image["uri"])
            img = attributes(app, docname, path, widths=image["widths"], sizes=image["sizes"])
            img["alt"] = image.get("alt", "")
            image.replace_self(picture(classes=image["classes"], img=img))


def setup(app: Sphinx) -> None:
    """Draw pictures when it is known which page they stand on."""
    app.add_node(picture, html=(_draw, None))
    app.connect("doctree-resolved", _prepare)
