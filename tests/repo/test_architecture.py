"""The rules of ARCHITECTURE.md about the code, the settings and the pages, executable.

Who may import whom is said in pyproject.toml and checked by import-linter; the rest is here. A rule
is broken only on purpose: change it here and there, and write down why in docs/adr/.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import DocutilsRenderer
from myst_parser.parsers.mdit import create_md_parser

from tests.building import REPOSITORY, repository_files

#: What fits a screen; what an owner can overlook.
MAX_FUNCTION_LINES = 60
MAX_ASSIGNMENTS_IN_CONF = 15

#: The only modules that may use what other packages do not offer: to build, and to preview.
COMPAT = ("bibfolio.sphinx_compat", "bibfolio.preview")
#: The only module that puts something on the environment, before the first page is read.
KEEPS_STATE = "bibfolio.library"
#: Module of the standard library → who alone may import it.
RESERVED = {
    "tomllib": {"bibfolio.sources", "bibfolio.commands"},
    "urllib.request": {"bibfolio.services"},
    "http.client": {"bibfolio.services"},
    "requests": {"bibfolio.services"},
    "urllib3": {"bibfolio.services"},
    # No build asks a service.
    "bibfolio.services": {
        "bibfolio.services",
        *(f"bibfolio.commands.{name}" for name in ("add", "new", "sync")),
    },
    # The preview asks whether its port is free.
    "socket": {"bibfolio.services", "bibfolio.commands.serve"},
}
#: What namedtuples and enums offer under names with an underscore.
PUBLIC_ALL_THE_SAME = {"_replace", "_asdict", "_fields", "_make"}


def within(name: str, *packages: str) -> bool:
    """Say whether a module is one of *packages* or in one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


@dataclass(frozen=True)
class Module:
    name: str
    source: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    @property
    def functions(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        return [n for n in self.nodes if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]

    @property
    def setup(self) -> ast.FunctionDef | None:
        tops = (node for node in self.tree.body if isinstance(node, ast.FunctionDef))
        return next((node for node in tops if node.name == "setup"), None)

    @cached_property
    def imports(self) -> set[str]:
        """Modules that are imported anywhere, and for `from a import b` also `a.b`."""
        found: set[str] = set()
        for node in self.nodes:
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                assert not node.level, f"{self.name}: relative imports are not used here"
                found |= {f"{node.module}.{alias.name}" for alias in node.names}
                found.add(str(node.module))
        return found

    def at(self, node: ast.AST) -> str:
        return f"{self.name}:{node.lineno}: {ast.unparse(node).splitlines()[0]}"


def _modules() -> Iterator[Module]:
    root = REPOSITORY / "src"
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        yield Module(name, path.read_text(encoding="utf-8"))


MODULES = {module.name: module for module in _modules()}


def offences(rule, *, but: tuple[str, ...] = ()) -> list[str]:
    """What *rule*, a function of one module, finds in all modules that are not in *but*."""
    modules = (m for m in MODULES.values() if not (but and within(m.name, *but)))
    return [found for module in modules for found in rule(module)]


def test_there_is_something_to_check():
    assert {"bibfolio", "bibfolio.model", "bibfolio.library", *COMPAT} <= MODULES.keys()


# -- who imports whom --------------------------------------------------------------------------


def test_the_model_imports_the_standard_library_only():
    def rule(module: Module) -> Iterator[str]:
        if within(module.name, "bibfolio.model"):
            for name in sorted(module.imports):
                top = name.partition(".")[0]
                if top not in sys.stdlib_module_names and not within(name, "bibfolio.model"):
                    yield f"{module.name} imports {name}"

    assert offences(rule) == []


def test_few_modules_read_toml_or_open_a_connection():
    def rule(module: Module) -> Iterator[str]:
        for reserved, allowed in RESERVED.items():
            if reserved in module.imports and not within(module.name, *allowed):
                yield f"{module.name} imports {reserved}"

    assert offences(rule) == []


def test_only_commands_speak_on_the_terminal():
    """Everything else warns, with a kind and a place."""
    streams = {"print", "sys.stdout", "sys.stderr"}

    def rule(module: Module) -> Iterator[str]:
        for node in module.nodes:
            if isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node) in streams:
                yield module.at(node)

    assert offences(rule, but=("bibfolio.commands", "bibfolio.__main__")) == []


# -- what other packages do not offer ----------------------------------------------------------


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__") and name not in PUBLIC_ALL_THE_SAME


def _defined(module: Module) -> set[str]:
    """Names that a module defines: `self._x = …` defines one, `other._x = …` does not."""
    found = {n.name for n in module.nodes if isinstance(n, ast.ClassDef)}
    found |= {function.name for function in module.functions}
    for node in module.nodes:
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                found.add(name)
            case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name, ctx=ast.Store()):
                found.add(name)
    return found


def private_uses(module: Module) -> Iterator[str]:
    """Where a module uses a private name that it does not define, or changes what it imported."""
    for name in sorted(module.imports):
        if any(map(_is_private, name.split("."))) and not within(name, "bibfolio"):
            yield f"{module.name}: imports {name}"
    own = _defined(module)
    imports = (n for n in module.nodes if isinstance(n, ast.Import | ast.ImportFrom))
    imported = {(a.asname or a.name).partition(".")[0] for node in imports for a in node.names}
    for node in module.nodes:
        match node:
            case ast.Attribute(attr="disconnect" | "listeners"):
                yield module.at(node)
            case (
                ast.Attribute(attr=name)
                | ast.Call(
                    func=ast.Name(id="getattr" | "setattr"),
                    args=[_, ast.Constant(value=str(name)), *_],
                )
            ) if _is_private(name) and name not in own:
                yield module.at(node)
            case ast.Attribute(value=ast.Name(id=name), ctx=ast.Store()) if name in imported:
                yield f"{module.at(node)} is changed"


def test_private_names_of_other_packages_are_used_in_two_modules():
    assert offences(private_uses, but=COMPAT) == []


@pytest.mark.parametrize(
    ("body", "is_private"),
    [
        ("app.config._raw_config", True),
        ("from sphinx.x import _y", True),
        ("from sphinx._cli.util import z", True),
        ("getattr(app, '_warncount')", True),
        ("from sphinx import builders\nbuilders.Builder = None", True),
        ("app.disconnect(7)", True),
        ("class A(B):\n    def f(self): return self._theirs", True),
        ("class A:\n    def __init__(self): self._x = 1\n    def f(self): return self._x", False),
        ("class A:\n    def _f(self): ...\nA()._f()", False),
        ("place._replace(line=1).__class__", False),
        ("from bibfolio.x import _y", False),
        ("app.env.bibfolio = 1", False),
    ],
)
def test_private_uses_are_noticed(body, is_private):
    assert bool(list(private_uses(Module("m", body)))) == is_private


# -- state -------------------------------------------------------------------------------------


def test_one_module_keeps_state_on_the_environment():
    def rule(module: Module) -> Iterator[str]:
        for node in module.nodes:
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                if getattr(node.value, "attr", getattr(node.value, "id", "")) == "env":
                    yield module.at(node)
            elif isinstance(node, ast.Global):
                yield module.at(node)

    assert offences(rule, but=(KEEPS_STATE,)) == []


def test_a_domain_can_forget_and_merge():
    def rule(module: Module) -> Iterator[str]:
        for node in module.nodes:
            bases = [ast.unparse(base) for base in getattr(node, "bases", ())]
            if any(base.split(".")[-1] == "Domain" for base in bases):
                has = {part.name for part in node.body if isinstance(part, ast.FunctionDef)}
                missing = {"clear_doc", "merge_domaindata"} - has
                yield from (f"{module.name}.{node.name} lacks {name}" for name in missing)

    assert offences(rule) == []


def test_visitors_of_nodes_say_no_word():
    """They run in forked processes, which do not know the language of a page."""

    def rule(module: Module) -> Iterator[str]:
        for function in module.functions:
            if re.match(r"_(?:visit|depart)(?![a-z])", function.name):
                calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
                names = {call.id for call in calls if isinstance(call, ast.Name)}
                if said := names & {"_", "counted", "pieces", "enumerated"}:
                    yield f"{module.name}.{function.name} calls {said}"

    assert offences(rule) == []
    drawn = (REPOSITORY / "src" / "bibfolio" / "pages").glob("*.html")
    assert [path.name for path in drawn if "_(" in path.read_text(encoding="utf-8")] == []


# -- the shape of the code ---------------------------------------------------------------------


def test_functions_fit_a_screen():
    def rule(module: Module) -> Iterator[str]:
        for function in module.functions:
            if (lines := function.end_lineno - function.lineno + 1) > MAX_FUNCTION_LINES:
                yield f"{module.name}.{function.name} has {lines} lines"

    assert offences(rule) == []


def test_setup_is_last_and_typed():
    def rule(module: Module) -> Iterator[str]:
        if (function := module.setup) is None:
            return
        if module.tree.body[-1] is not function:
            yield f"{module.name}: something follows setup()"
        expected = "ExtensionMetadata" if module.name == "bibfolio" else "None"
        returns = ast.unparse(function.returns) if function.returns else "nothing"
        if (ast.unparse(function.args), returns) != ("app: Sphinx", expected):
            yield f"{module.name}: setup({ast.unparse(function.args)}) -> {returns}"

    assert offences(rule) == []


def test_the_package_sets_up_every_part():
    others = {"bibfolio", "bibfolio.theme.entry_point"}  # Sphinx calls these itself
    parts = {name for name, module in MODULES.items() if module.setup} - others
    named = [
        name.id
        for listed in ast.walk(MODULES["bibfolio"].setup)
        if isinstance(listed, ast.List)
        for name in listed.elts
    ]
    assert parts - MODULES["bibfolio"].imports == set()
    assert sorted(part.rpartition(".")[2] for part in parts) == sorted(named)


# -- the site ----------------------------------------------------------------------------------


def test_conf_only_assigns_and_is_short():
    tree = ast.parse((REPOSITORY / "conf.py").read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "a docstring comes first"
    decides = (ast.Lambda, ast.IfExp, ast.NamedExpr, ast.comprehension, ast.Await, ast.Yield)
    allowed = (ast.Import, ast.ImportFrom, ast.Assign)
    found = [node for node in tree.body[1:] if not isinstance(node, allowed)]
    found += [node for node in ast.walk(tree) if isinstance(node, decides)]
    assert [ast.unparse(node) for node in found] == []
    assignments = [node for node in tree.body if isinstance(node, ast.Assign)]
    assert len(assignments) <= MAX_ASSIGNMENTS_IN_CONF
    assert "sys.path" not in ast.unparse(tree)


#: Directives whose body is not Markdown.
_VERBATIM = {"code", "code-block", "sourcecode", "literalinclude", "math", "toctree"}
_DIRECTIVE = re.compile(r"\{(?P<name>[^}]+)\}")
_OPTIONS = re.compile(r"\A(?:---\n.*?\n---\n|(?::[\w-]+:[^\n]*\n)*)", re.DOTALL)
_EXTENSIONS = {"colon_fence", "deflist", "dollarmath", "smartquotes"}


def markup_offences(text: str) -> list[str]:
    """Raw HTML and reStructuredText in a page, also inside of directives."""
    config = MdParserConfig(enable_extensions=_EXTENSIONS)
    tokens = create_md_parser(config, DocutilsRenderer).parse(text)
    found = []
    for token in (t for outer in tokens for t in (outer, *(outer.children or ()))):
        if token.type in {"html_block", "html_inline"}:
            found.append(f"HTML: {token.content.strip()}")
        elif token.type == "myst_role" and "raw" in token.meta["name"]:
            found.append(f"role: {token.meta['name']}")
        elif token.type in {"fence", "colon_fence"}:
            directive = _DIRECTIVE.match(token.info.strip())
            name = directive["name"] if directive else ""
            if name in {"eval-rst", "raw"}:
                found.append(f"directive: {name}")
            elif name and name not in _VERBATIM:
                found += markup_offences(_OPTIONS.sub("", token.content, count=1))
    return found


def test_pages_hold_no_html_and_no_rst():
    folders = {"publications", "research"}
    pages = [
        path
        for path in repository_files()
        if path.suffix == ".md"
        and not path.name[0].isupper()
        and (len(path.parts) == 1 or path.parts[0] in folders)
    ]
    assert Path("index.md") in pages
    texts = {path.as_posix(): (REPOSITORY / path).read_text(encoding="utf-8") for path in pages}
    assert {name: f for name, text in texts.items() if (f := markup_offences(text))} == {}


@pytest.mark.parametrize(
    ("text", "is_offence"),
    [
        ("Go to the {doc}`home page </index>`, or to {cite:t}`a<b>`.", False),
        ("An example: `<b>` and\n\n```html\n<b>bold</b>\n```\n", False),
        ("See <https://example.org/>; 1 < 2 > 0.", False),
        ('```{publications}\n:filter: year < "2020" and type > "a"\n```\n', False),
        ("A <b>bold</b> word.", True),
        ("- a list\n\n  <br>\n", True),
        ("<!-- a comment -->\n", True),
        ("```{raw} html\n<b>\n```\n", True),
        ("::::{note}\n:::{tip}\n<hr>\n:::\n::::\n", True),
    ],
)
def test_markup_is_noticed(text, is_offence):
    assert bool(markup_offences(text)) == is_offence


# -- the code does not know the owner ----------------------------------------------------------


def owner_patterns(profile: dict) -> list[re.Pattern[str]]:
    """What would give the owner away: the name in any order and spelling, e-mail, accounts."""
    found = []
    for name in {profile["name"], *profile.get("name_variants", [])}:
        words = re.findall(r"\w+", name)
        for order in (words, [words[-1], *words[:-1]]):
            found.append(r"[\W_]*".join(order))
    email = re.findall(r"\w+", profile.get("email", ""))[:1]
    links = [part for value in profile.get("links", {}).values() for part in value.split("/")]
    # "https:" is nobody's own.
    accounts = [word for word in links if len(word) > 3 and not word.endswith(":")]
    found += [rf"(?<!\w){re.escape(word)}(?!\w)" for word in (*email, *accounts)]
    return [re.compile(pattern, re.IGNORECASE) for pattern in found]


def test_the_owner_is_not_in_the_package_nor_in_its_tests():
    """Only `tests/site/` is about the site."""
    profile = tomllib.loads((REPOSITORY / "profile.toml").read_text(encoding="utf-8"))
    patterns = owner_patterns(profile)
    package = {"src", "tests", "tools", "benchmarks"}
    sources = [path for path in repository_files() if path.parts[0] in package]
    sources = [path for path in sources if path.parts[:2] != ("tests", "site")]
    assert {path.parts[0] for path in sources} == package
    found = []
    for path in sources:
        text = (REPOSITORY / path).read_bytes().decode("utf-8", "replace")
        for number, line in enumerate(text.splitlines(), 1):
            found += [f"{path}:{number}: {line}" for p in patterns if p.search(line)]
    assert found == []


@pytest.mark.parametrize(
    ("text", "is_owner"),
    [
        ("# Lovelace, Ada Byron: ada-byron-lovelace", True),
        ("ADA1815@dur", True),
        ("u/countess/", True),
        ("lovelace.example.org", True),
        ("Adam and the byronic; https://example.org, ac.uk, during", False),
    ],
)
def test_the_owner_is_recognized(text, is_owner):
    profile = {
        "name": "Ada Byron Lovelace",
        "email": "ada1815 (at) dur (dot) ac (dot) uk",
        "links": {"github": "countess", "website": "https://lovelace.example.org/ada/"},
    }
    assert any(pattern.search(text) for pattern in owner_patterns(profile)) == is_owner
