"""What a host installs to build a site: ``requirements.txt``, and the line for this package."""

from __future__ import annotations

import json
import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit

from bibfolio.problems import Problem, WarningKind
from bibfolio.version import __version__

#: The file in the folder of ``conf.py`` that hosts read.
REQUIREMENTS = "requirements.txt"
#: A line that names what it installs (PEP 508), or an option that installs nothing by itself.
_NAMED = re.compile(r"(\w[\w.-]*)\s*(?:\[[^]]*\])?\s*(?:[=<>!~;@(]|$)")
_OPTION = re.compile(r"(?!-[re]|--requirement|--editable)-")


def requirement() -> str:
    """Return the requirement by which a server installs this package; empty for a local one.

    Installers record the origin of a package unless that is an index (PEP 610).
    """
    try:
        written = distribution("bibfolio").read_text("direct_url.json")
    except PackageNotFoundError:  # it is not installed
        return ""
    if not written:
        return f"bibfolio=={__version__}"
    origin = json.loads(written)
    url, vcs = origin["url"], origin.get("vcs_info")
    if urlsplit(url).scheme in {"", "file"}:
        return ""
    if vcs:
        url = f"{vcs['vcs']}+{url}@{vcs['commit_id']}"
    below = origin.get("subdirectory")
    return f"bibfolio @ {url}" + f"#subdirectory={below}" * bool(below)


def uninstalled(root: Path) -> list[Problem]:
    """Return that ``requirements.txt`` in *root* does not install this package, if it is certain.

    A line that leads to a folder, an address or a further file may do so.
    """
    path = root / REQUIREMENTS
    if not path.is_file():
        return []
    lines = re.sub(r"(?m)(?:^|\s)#.*", "", path.read_text("utf-8", "replace")).splitlines()
    wanted = [line.strip() for line in lines if line.strip() and not _OPTION.match(line.strip())]
    named = [_NAMED.match(line) for line in wanted]
    if not all(named) or any(found and found[1].lower().startswith("bibfolio") for found in named):
        return []
    line = requirement() or "bibfolio @ and the address at which they find it"
    message = f"hosts that install this cannot build the site; write {line}"
    return [Problem(WarningKind.REQUIREMENTS, message, 0, file=str(path))]
