"""What only some systems have is used in guarded spots alone; text is UTF-8 with LF everywhere.

Windows and macOS are not at hand for whoever changes a line, so their differences are looked for in
the code: `.github/workflows/ci.yml` runs the tests there.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.building import REPOSITORY, repository_files

#: Modules that Windows does not have.
POSIX_MODULES = set("crypt fcntl grp posix pty pwd resource syslog termios tty".split())
#: Functions and names that Windows does not have, or has under conditions.
POSIX_NAMES = set(
    "fork forkpty killpg getuid geteuid getgid setuid wait3 wait4 getpgid setsid chown lchown "
    "mkfifo uname nice getloadavg umask symlink symlink_to hardlink_to alarm SIGKILL SIGHUP "
    "SIGALRM SIGUSR1 SIGUSR2 preexec_fn start_new_session add_signal_handler".split()
)
#: What a condition asks of the system where a name above may stand.
GUARDS = ("os.name", "sys.platform", "hasattr(os,", "hasattr(signal,", "platform.system()")
#: Folders that only some systems have.
PLACES = tuple(f"/{name}/" for name in ("tmp", "dev", "proc", "etc", "usr", "var"))
PROCESSES = {"run", "Popen", "check_output", "check_call", "getoutput"}
#: They open bytes.
OPENERS = {"tarfile", "zipfile", "Image", "os"}


class Finder(ast.NodeVisitor):
    """Collects what is not the same on every system."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []
        self._guards = 0

    def tell(self, node: ast.AST, what: str) -> None:
        self.found.append((node.lineno, what))

    # -- guarded spots

    def _guarded(self, node: ast.AST, test: ast.expr) -> None:
        is_guard = any(words in ast.unparse(test) for words in GUARDS)
        self._guards += is_guard
        self.generic_visit(node)
        # What follows a guard that leaves is guarded up to the end of the function.
        leaves = isinstance(getattr(node, "body", [None])[-1], ast.Raise | ast.Return)
        self._guards -= is_guard and not leaves

    def visit_If(self, node: ast.If) -> None:
        self._guarded(node, node.test)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        self._guarded(node, node.values[0])

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        guards = self._guards
        self.generic_visit(node)
        self._guards = guards

    # -- names

    def visit_Import(self, node: ast.Import) -> None:
        self._imported(node, {alias.name for alias in node.names})

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        self._imported(node, {str(node.module), *(alias.name for alias in node.names)})

    def _imported(self, node: ast.AST, names: set[str]) -> None:
        if not self._guards and (only := names & (POSIX_MODULES | POSIX_NAMES)):
            self.tell(node, f"Windows has no {', '.join(sorted(only))}")

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if node.attr in POSIX_NAMES and not self._guards:
            self.tell(node, f"Windows has no {node.attr}")
        self.generic_visit(node)

    def visit_keyword(self, node: ast.keyword) -> None:
        if node.arg in POSIX_NAMES and not self._guards:
            self.tell(node.value, f"Windows has no {node.arg}")
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and node.value.startswith(PLACES) and not self._guards:
            self.tell(node, f"not every system has {node.value}")

    # -- text and paths

    def visit_Call(self, node: ast.Call) -> None:
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        owner = getattr(getattr(node.func, "value", None), "id", "")
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        self._text(node, name, owner, given)
        self._path(node, name)
        self.generic_visit(node)

    def _text(self, node: ast.Call, name: str, owner: str, given: dict) -> None:
        is_text = name in {"read_text", "write_text"}
        if name == "open" and owner not in OPENERS:
            mode = node.args[0 if isinstance(node.func, ast.Attribute) else 1 :][:1]
            mode += [given["mode"]] if "mode" in given else []
            is_text = not any("b" in str(ast.literal_eval(part)) for part in mode)
        elif name in PROCESSES and owner == "subprocess":
            is_text = bool({"text", "universal_newlines"} & given.keys())
        positional = len(node.args) > {"read_text": 0, "write_text": 1}.get(name, 99)
        if is_text and "encoding" not in given and not positional:
            self.tell(node, f"{name} in the encoding of the machine")
        if name == "write_text" and "newline" not in given:
            self.tell(node, "write_text with the line ends of the machine")

    def _path(self, node: ast.Call, name: str) -> None:
        first = node.args[0] if node.args else None
        if name in {"Path", "open"} and isinstance(first, ast.BinOp | ast.JoinedStr):
            parts = [n.value for n in ast.walk(first) if isinstance(n, ast.Constant)]
            if any(isinstance(part, str) and "/" in part for part in parts):
                self.tell(node, "a path joined by hand")
        if name == "str" and isinstance(first, ast.Call):
            self._as_text(first)

    def visit_FormattedValue(self, node: ast.FormattedValue) -> None:
        if isinstance(node.value, ast.Call):
            self._as_text(node.value)
        self.generic_visit(node)

    def _as_text(self, node: ast.Call) -> None:
        if getattr(node.func, "attr", "") == "relative_to":
            self.tell(node, "an address with the slashes of the machine; as_posix()")


def differences_in(source: str) -> list[tuple[int, str]]:
    finder = Finder()
    finder.visit(ast.parse(source))
    return finder.found


def code() -> Iterator[Path]:
    for path in repository_files():
        if path.suffix == ".py" and path.parts[0] in {"src", "tools", "benchmarks"}:
            yield path


def test_nothing_depends_on_the_system():
    paths = list(code())
    assert {path.parts[0] for path in paths} == {"src", "tools", "benchmarks"}
    found = [
        f"{path.as_posix()}:{line}: {what}"
        for path in paths
        for line, what in differences_in((REPOSITORY / path).read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("path.read_text()", True),
        ("path.read_text(errors='replace')", True),
        ("path.read_text('utf-8')", False),
        ("path.write_text(x, encoding='utf-8')", True),
        ("path.write_text(x, encoding='utf-8', newline='\\n')", False),
        ("open(path)", True),
        ("path.open('w')", True),
        ("path.open('rb')", False),
        ("open(path, mode='wb')", False),
        ("path.open('a', encoding='utf-8')", False),
        ("subprocess.run(x, text=True)", True),
        ("subprocess.run(x, encoding='utf-8')", False),
        ("import fcntl", True),
        ("from os import fork", True),
        ("os.geteuid()", True),
        ("hasattr(os, 'geteuid') and os.geteuid()", False),
        ("if os.name == 'posix':\n    os.killpg(1, 2)", False),
        ("def f():\n    if os.name == 'nt':\n        return\n    os.fork()", False),
        ("def f():\n    if x:\n        return\n    os.fork()", True),
        ("subprocess.Popen(x, start_new_session=True)", True),
        ("Path(f'{folder}/x')", True),
        ("Path(folder + '/x')", True),
        ("Path(folder, 'x')", False),
        ("f'{path.relative_to(root)}.html'", True),
        ("str(path.relative_to(root))", True),
        ("str(path.relative_to(root).as_posix())", False),
        ("open('/" + "tmp/x', 'rb')", True),
    ],
)
def test_differences_are_noticed(text, is_found):
    assert bool(differences_in(text)) == is_found
