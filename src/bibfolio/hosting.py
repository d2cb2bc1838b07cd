"""Where the site is served: what the host that builds it says, and whether ``conf.py`` agrees."""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import urlsplit


def hosted_at(environment: Mapping[str, str] = os.environ) -> str:
    """Return the address at which the host will serve what it builds; empty if it says none.

    Read the Docs sets the first; the workflow of a new site asks GitHub Pages for the second.
    """
    names = ("READTHEDOCS_CANONICAL_URL", "BIBFOLIO_BASEURL")
    return next(filter(None, (environment.get(name, "") for name in names)), "")


def address_mismatch(address: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return what to do if the *address* that ``conf.py`` sets is not the host's, or ""."""
    hosted = hosted_at(environment)
    # A preview of a pull request is served elsewhere, and refers to the site.
    is_preview = environment.get("READTHEDOCS_VERSION_TYPE") == "external"
    if is_preview or not hosted or _place(address) in {("", ""), _place(hosted)}:
        return ""
    return (
        f"html_baseurl in conf.py is {address}, but the host serves this site at {hosted}; name"
        " that domain in the settings of the host, or take html_baseurl out of conf.py"
    )


def _place(address: str) -> tuple[str, str]:
    """Return host and path of an address; empty texts if it is none, but computed."""
    if not address.startswith(("http://", "https://")):
        return "", ""
    parts = urlsplit(address)
    return parts.netloc.lower(), parts.path.rstrip("/")
