"""What the template of an old site brought along, and its owner never wrote: not to be published.

A whole file is known by its digest. The name of a file proves nothing: owners write into
``announcement_1.md``. A value in an owner's file is known by words that only templates have.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

#: Digests of the templates' files, one a line; ``tools/leftovers.py`` writes them.
LIST = Path(__file__).with_suffix(".txt")
#: How many hexadecimal digits are kept of each.
LENGTH = 16
#: Words that no owner writes, in values; the invented persons of templates, and their texts.
_TELLTALES = re.compile(
    r"(?:albert|\ba\.) einstein|einstein, albert|alberteinstein|albert@einstein|einstein-1"
    r"|^einstein$"
    r"|you r\. name|^your name\b|your full name|your sidebar name|you@example\.com"
    r"|^r\. name$|nelson bighetti|lorem ipsum|qc6CJjYAAAAJ|PorkkoKgAAAAJ"
    r"|555 your office number|123 your address street|your city, state"
    r"|red brick university|github university|example@domain\.com|none@example\.org"
    r"|paper title number \d|(?:talk|tutorial) \d on relevant topic|teaching experience \d"
    r"|portfolio item number \d|blog post number \d"
    r"|alshedivat\.github\.io|^alshedivat(?:/al-folio)?$|^al-folio$|academicpages\.github\.io"
    r"|en\.wikipedia\.org/wiki/(?:edwin_plimpton_adams|boris_podolsky|nathan_rosen"
    r"|johann_sebastian_bach|carl_philipp_emanuel_bach|hendrik_lorentz|erwin_schr|max_planck)"
    r"|s00016-019-00242-z|example_pdf\.pdf"
    r"|every project has a beautiful feature showcase page|a simple inline announcement"
    r"|^example talk$|wowchemy conference|^short biography"
    r"|announcement.*with inline|write your biography here|^(?:ua|g)-x{7,}|x{9}$"
    r"|^[-\w]*userid$|^[-\w]*username$|replacethis|^blank$|localhost"
    r"|^https?://(?:www\.)?example\.(?:com|org)/?$|academic-demo\.netlify\.app"
    r"|^a simple, whitespace theme",
    re.IGNORECASE,
)


def digest(data: bytes) -> str:
    """Return the beginning of the name that git gives to this content."""
    data = data.replace(b"\r\n", b"\n") if b"\0" not in data else data
    named = b"blob %d\0%b" % (len(data), data)
    return hashlib.sha1(named, usedforsecurity=False).hexdigest()[:LENGTH]


@cache
def _known() -> frozenset[str]:
    return frozenset(LIST.read_text(encoding="utf-8").split())


def is_template(data: bytes) -> bool:
    """Return whether a file with this content is a template's, unchanged."""
    return digest(data) in _known()


def telltale(value: str) -> str:
    """Return the words in a *value* that only templates have, or ""."""
    found = _TELLTALES.search(value.strip())
    return found[0] if found else ""
