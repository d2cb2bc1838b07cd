"""Make the tables of ARCHITECTURE.md about the code, from its source alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from sphinx.events import core_events

from bibfolio.model.strings import capitalized
from tools.markdown import summary, table

ROOT = Path(__file__).parent.parent
#: Folders, in the order in which data pass through them.
FOLDERS = (
    "bibfolio sources lint model pages machines cv theme doctor importing services project "
    "commands tools benchmarks"
).split()
#: Where Sphinx calls, in the order of a build.
EVENTS = [event for event in core_events if event != "build-finished"]
EVENTS += ["post-transform", "html-collect-pages", "html-page-context", "build-finished"]


def modules() -> str:
    """Return the table of modules, each with the first paragraph of its docstring."""
    rows = []
    for path, tree in _trees("src/bibfolio", "tools", "benchmarks"):
        name = path.as_posix().removeprefix("src/").removesuffix("__init__.py")
        rows.append([f"`{name}`", summary(ast.get_docstring(tree))])
    return table(["module", "what it is"], rows)


def calls() -> str:
    """Return the table of events and post-transforms of the package, in the order of a build."""
    found = [call for path, tree in _trees("src/bibfolio") for call in _calls(path, tree)]
    rows = (
        [f"`{event}`", str(priority), f"`{module}`", meaning]
        for event, priority, module, meaning in sorted(
            found, key=lambda call: (EVENTS.index(call[0]), *call[1:])
        )
    )
    return table(["when", "priority", "module", "what happens"], rows)


def _trees(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    """Yield path and syntax tree of each module."""
    paths = [path.relative_to(ROOT) for name in folders for path in ROOT.glob(f"{name}/**/*.py")]
    for path in sorted(paths, key=lambda path: (FOLDERS.index(path.parent.name), path)):
        yield path, ast.parse((ROOT / path).read_text(encoding="utf-8"))


def _calls(path: Path, tree: ast.Module) -> Iterator[tuple[str, int, str, str]]:
    """Yield event, priority, module and docstring of each handler that a module connects."""
    defined = {
        node.name: node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="connect"), args=[ast.Constant(value=str(event)), handler]
            ):
                values = [word.value for word in node.keywords if word.arg == "priority"]
                priority = ast.literal_eval(values[0]) if values else 500
            case ast.Call(func=ast.Attribute(attr="add_post_transform"), args=[handler]):
                event = "post-transform"
                priority = _default_priority(defined[ast.unparse(handler)])
            case _:
                continue
        name = ast.unparse(handler).split(".")[-1]
        docstring = ast.get_docstring(defined.get(name, tree)) or ast.get_docstring(tree)
        # Handlers may name their event, which has a column of its own here.
        meaning = summary(docstring).removeprefix(f"`{event}`: ")
        module = path.relative_to("src/bibfolio").as_posix()
        yield event, priority, module, capitalized(meaning)


def _default_priority(transform: ast.AST) -> int:
    """Return the ``default_priority`` that the class of a transform sets."""
    for node in ast.walk(transform):
        match node:
            case ast.Assign(targets=[ast.Name(id="default_priority")], value=value):
                return int(ast.literal_eval(value))
    raise ValueError(f"{ast.unparse(transform)} has no default_priority")
