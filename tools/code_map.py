"""The source of the Python packages here → the tables of ARCHITECTURE.md, without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tools.markdown import summary, table

ROOT = Path(__file__).parent.parent
#: Folders in the order in which data pass through them.
STATIONS = (
    "bibfolio", "sources", "model", "pages", "machines", "assets", "doctor", "tools", "benchmarks"
)  # fmt: skip
#: Where Sphinx calls, in the order in which it does (Sphinx manual, "Event callbacks API").
EVENTS = (
    "config-inited",
    "builder-inited",
    "env-get-outdated",
    "env-before-read-docs",
    "env-purge-doc",
    "source-read",
    "object-description-transform",
    "doctree-read",
    "env-merge-info",
    "env-updated",
    "env-get-updated",
    "env-check-consistency",
    "write-started",
    "post-transform",
    "doctree-resolved",
    "missing-reference",
    "html-collect-pages",
    "html-page-context",
    "build-finished",
)


class Call(NamedTuple):
    """Something of ours that Sphinx calls; sorted as it does."""

    position: int
    priority: int
    module: str
    event: str
    meaning: str


def modules() -> str:
    """Every module, in the order of the pipeline, with the first paragraph of its docstring."""
    rows = (
        [f"`{path.as_posix().removesuffix('__init__.py')}`", summary(ast.get_docstring(tree))]
        for path, tree in _trees("bibfolio", "tools", "benchmarks")
    )
    return table(["module", "what it is"], rows)


def calls() -> str:
    """Every event and post-transform the package is called at, in the order of a build."""
    found = sorted(call for path, tree in _trees("bibfolio") for call in _calls(path, tree))
    rows = (
        [f"`{call.event}`", str(call.priority), f"`{call.module}`", call.meaning] for call in found
    )
    return table(["when", "priority", "module", "what happens"], rows)


def _trees(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    """Modules, named from the root, and their syntax trees."""
    paths = [path.relative_to(ROOT) for name in folders for path in ROOT.glob(f"{name}/**/*.py")]
    for path in sorted(paths, key=_station):
        yield path, ast.parse((ROOT / path).read_text(encoding="utf-8"))


def _station(path: Path) -> tuple[int, Path]:
    """Where in the pipeline the module at *path* stands."""
    folder = next(part for part in reversed(path.parts) if part in STATIONS)
    return STATIONS.index(folder), path


def _calls(path: Path, tree: ast.Module) -> Iterator[Call]:
    """What one module connects to."""
    defined = {
        node.name: node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    module = path.relative_to("bibfolio").as_posix()
    for call in ast.walk(tree):
        match call:
            case ast.Call(
                func=ast.Attribute(attr="connect"), args=[ast.Constant(value=str(event)), handler]
            ):
                given = next((k.value for k in call.keywords if k.arg == "priority"), None)
                priority = ast.literal_eval(given) if given else 500
            case ast.Call(func=ast.Attribute(attr="add_post_transform"), args=[handler]):
                event, priority = "post-transform", _default_priority(defined, handler)
            case _:
                continue
        node = defined.get(_name(handler), tree)
        docstring = ast.get_docstring(node) or ast.get_docstring(tree)
        # Handlers say which event they are for; here that has a column.
        meaning = summary(docstring).removeprefix(f"`{event}`: ")
        meaning = meaning[:1].upper() + meaning[1:]
        yield Call(EVENTS.index(event), priority, module, event, meaning)


def _name(expression: ast.expr) -> str:
    """``f`` of ``f`` and of ``x.f``."""
    return expression.attr if isinstance(expression, ast.Attribute) else ast.unparse(expression)


def _default_priority(
    defined: dict[str, ast.FunctionDef | ast.ClassDef], transform: ast.expr
) -> int:
    """The ``default_priority`` of a transform."""
    for node in defined[_name(transform)].body:
        match node:
            case ast.Assign(targets=[ast.Name(id="default_priority")], value=value):
                return int(ast.literal_eval(value))
    raise ValueError(f"{_name(transform)} has no default_priority")
