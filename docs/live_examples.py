"""Builds the sites of the gallery into the documentation, each below ``/examples/NAME/``.

A link to ``example:NAME``, or to ``example:NAME/PAGE``, leads there from any page and from any
picture. MyST would take a path for a document that is missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from tools import examples

#: Names of the sites to build, separated by spaces: all without it, and none if it is empty.
VARIABLE = "BIBFOLIO_LIVE_EXAMPLES"
SCHEME = "example:"
_BUILDERS = {"html", "dirhtml"}
#: The people and their papers are invented: search engines and Google Scholar must not list them.
#: A site without an icon names an empty one, or browsers ask the host of the documentation for it.
_LAYOUT = """\
{% extends "!layout.html" %}
{% block extrahead %}
  {{ super() }}
  <meta name="robots" content="noindex">
  {% if not favicon_url %}<link rel="icon" href="data:,">{% endif %}
{% endblock %}
"""


def chosen() -> list[str]:
    """Return the names of the sites to build.

    Raises:
        ExtensionError: A name is of no site.
    """
    names = os.environ.get(VARIABLE, " ".join(examples.NAMES)).split()
    if unknown := set(names) - {*examples.NAMES}:
        raise ExtensionError(f"{VARIABLE}: no example is called {', '.join(sorted(unknown))}")
    return names


def build(name: str, builder: str, out: Path) -> None:
    """Build the site *name* into the folder *out*, in a process of its own.

    Without an address it has no sitemap, no feeds and no canonical links.

    Raises:
        ExtensionError: It does not build, or not without a warning.
    """
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        templates = folder / "templates"
        templates.mkdir()
        (templates / "layout.html").write_text(_LAYOUT, encoding="utf-8")
        command = [
            *(sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going", "-b", builder),
            *("-D", "html_baseurl=", "-D", f"templates_path={templates}"),
            *("-d", str(folder / "doctrees"), str(examples.write(name, folder)), str(out)),
        ]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise ExtensionError(f"the example {name} does not build:\n{done.stdout}{done.stderr}")


def _build_all(app: Sphinx, exception: Exception | None) -> None:
    """Build the sites that are chosen."""
    if exception or app.builder.name not in _BUILDERS:
        return
    for name in chosen():
        out = Path(app.outdir, "examples", name)
        shutil.rmtree(out, ignore_errors=True)
        build(name, app.builder.name, out)


def _resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Have links of our scheme lead to the sites, as if these were documents of this project."""
    for link in doctree.findall(nodes.reference):
        if not link.get("refuri", "").startswith(SCHEME):
            continue
        name, _slash, page = link["refuri"].removeprefix(SCHEME).partition("/")
        if name not in examples.NAMES:
            raise ExtensionError(f"{docname} links the example {name!r}, and there is none")
        if app.builder.name in _BUILDERS:
            target = f"examples/{name}/{page or 'index'}"
            link["refuri"] = app.builder.get_relative_uri(docname, target)
            link["internal"] = True


def setup(app: Sphinx) -> None:
    """Have links resolved, and sites built after the pages that link them."""
    app.connect("doctree-resolved", _resolve)
    app.connect("build-finished", _build_all)
