"""The rules of ARCHITECTURE.md about the code and the pages, executable.

A rule is broken only on purpose: change it here and there, and write down why in docs/adr/.
The rules about style sheets are in test_stylesheets.py, those about documents in
test_documented.py.
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
from sphinx.util.matching import Matcher

from tests.building import REPOSITORY, repository_files

MAX_MODULE_LINES = 230
MAX_FUNCTION_LINES = 60

#: Station → the only things its modules import besides the standard library.
STATIONS = {
    "bibfolio.model": {"bibfolio.model"},
    "bibfolio.problems": set(),
    "bibfolio.machines.scholar": {"bibfolio.model"},
    "bibfolio.machines.jsonld": {"bibfolio.model"},
    "bibfolio.cv.text": {"bibfolio.model"},
    "bibfolio.cv.resume": {"bibfolio.model"},
    "bibfolio.sources": {
        *("bibfolio.model", "bibfolio.problems", "bibfolio.sources"),
        *("pybtex", "latexcodec"),
        # Tables of symbols; docutils has them without Sphinx.
        "docutils.utils.math",
    },
}
#: Library → the only modules that know it.
KNOWN_TO = {
    "pybtex": {"bibfolio.sources", "bibfolio.pages.style", "bibfolio.library"},
    "pybtex_docutils": {"bibfolio.pages.style"},
    "latexcodec": {"bibfolio.sources.tex_symbols"},
    "docutils.utils.math": {"bibfolio.sources.tex_pieces", "bibfolio.formulas"},
    "tomllib": {"bibfolio.sources.profile"},
    "typst": {"bibfolio.theme.painter", "bibfolio.cv.setter"},
    "pypdfium2": {"bibfolio.theme.painter"},
    "requests": {"bibfolio.doctor.online"},
}
#: The folders of features: each is told only what it needs, by the model and the core.
FEATURES = {"bibfolio.pages", "bibfolio.machines", "bibfolio.cv", "bibfolio.assets"}
#: Module of one folder of features that the others may use → why it is not in the model.
SHARED = {
    "bibfolio.pages.nodes": "the model's rich text as nodes; the model knows no docutils",
    "bibfolio.pages.cards": "a paper looks the same wherever it is drawn; it makes nodes",
    "bibfolio.pages.filter_language": "there is one filter language; it is sphinxcontrib-bibtex's",
}
#: The only module that puts something on the environment, before the first page is read.
KEEPS_STATE = "bibfolio.library"


def within(name: str, *packages: str) -> bool:
    """Whether a module is one of *packages* or in one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


@dataclass(frozen=True)
class Module:
    name: str
    path: Path

    @cached_property
    def source(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source)

    @cached_property
    def functions(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        found = ast.walk(self.tree)
        return [node for node in found if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    @property
    def setup(self) -> ast.FunctionDef | None:
        tops = (node for node in self.tree.body if isinstance(node, ast.FunctionDef))
        return next((node for node in tops if node.name == "setup"), None)

    @cached_property
    def imports(self) -> set[str]:
        """Modules it imports anywhere; of a package's members those that are modules."""
        found: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                base = self._base(node)
                members = {f"{base}.{alias.name}" for alias in node.names}
                modules = members & MODULES.keys()
                found |= modules | ({base} if members - modules else set())
        return found

    def _base(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        is_package = self.path.name == "__init__.py"
        parts = self.name.split(".") + (["__init__"] if is_package else [])
        return ".".join([*parts[: -node.level], *([node.module] if node.module else [])])


def _module(path: Path) -> Module:
    parts = path.relative_to(REPOSITORY).with_suffix("").parts
    return Module(".".join(part for part in parts if part != "__init__"), path)


MODULES = {
    module.name: module for module in map(_module, sorted((REPOSITORY / "src" / "bibfolio").rglob("*.py")))
}


def test_there_is_something_to_check():
    assert {"bibfolio", "bibfolio.model", "bibfolio.library", "bibfolio.pages.nodes"} <= set(MODULES)


# -- 1, 2: who imports whom --------------------------------------------------------------------


def test_each_station_imports_only_what_is_before_it():
    offences = [
        f"{module.name} imports {imported}"
        for module in MODULES.values()
        for station, allowed in STATIONS.items()
        if within(module.name, station)
        for imported in sorted(module.imports)
        if imported.split(".")[0] not in sys.stdlib_module_names and not within(imported, *allowed)
    ]
    assert offences == []


def test_a_library_is_known_to_few():
    offences = [
        f"{module.name} imports {imported}"
        for module in MODULES.values()
        for imported in sorted(module.imports)
        for library, modules in KNOWN_TO.items()
        if within(imported, library) and not within(module.name, *modules)
    ]
    assert offences == []


def test_features_do_not_import_each_other():
    offences = []
    for module in MODULES.values():
        home = next((folder for folder in FEATURES if within(module.name, folder)), None)
        unused = {"bibfolio.sources", "bibfolio.doctor", "bibfolio"}
        foreign = FEATURES - {home} | (unused if home else set())
        for imported in sorted(module.imports):
            is_foreign = imported in foreign or within(imported, *(foreign - {"bibfolio"}))
            if is_foreign and not (home and imported in SHARED):
                offences.append(f"{module.name} imports {imported}")
    assert offences == []


def test_shared_modules_exist():
    assert SHARED.keys() <= MODULES.keys()


def test_no_module_needs_itself():
    def needs(name: str, seen: frozenset[str]) -> Iterator[list[str]]:
        for imported in sorted(MODULES[name].imports & MODULES.keys()):
            if imported in seen:
                yield [name, imported]
            else:
                yield from ([name, *rest] for rest in needs(imported, seen | {imported}))

    circles = [circle for name in MODULES for circle in needs(name, frozenset({name}))]
    assert circles[:1] == []


# -- 3: no state per document ------------------------------------------------------------------

_MUTATORS = set(
    "add append appendleft clear discard extend insert pop popitem remove setdefault update"
    " __setitem__ difference_update intersection_update symmetric_difference_update".split()
)
#: Calls that give their argument back, by the position of it.
_SEE_THROUGH = {"getattr": 0, "vars": 0, "cast": -1}


def root_of(node: ast.AST) -> str:
    """The name at the left end of ``a.b["c"].d()``; empty if there is none."""
    while True:
        if isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
            node = node.value
        elif isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            node = node.args[_SEE_THROUGH[name]] if name in _SEE_THROUGH else node.func
        else:
            return node.id if isinstance(node, ast.Name) else ""


def _targets(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign | ast.Delete):
        targets = list(node.targets)
    elif isinstance(node, ast.AugAssign | ast.AnnAssign | ast.For):
        targets = [node.target]
    else:
        return []
    return [
        part
        for target in targets
        for part in (target.elts if isinstance(target, ast.Tuple | ast.List) else [target])
    ]


class Collector:
    """Finds where a function, or what it calls, changes something that outlives the call."""

    def __init__(self, modules: dict[str, Module]) -> None:
        self._modules = modules
        self._seen: set[tuple[str, str, frozenset[str]]] = set()

    def offences(self, module: Module, name: str, lasting: frozenset[str]) -> Iterator[str]:
        """*lasting* are the parameters of function *name* that live on after the call."""
        function = next((f for f in module.functions if f.name == name), None)
        if function is None or (module.name, name, lasting) in self._seen:
            return
        self._seen.add((module.name, name, lasting))
        lasting = self._lasting(module, function, lasting)
        for node in ast.walk(function):
            if self._changes(node, lasting):
                yield f"{module.name}:{node.lineno}: {ast.unparse(node).splitlines()[0]}"
            elif isinstance(node, ast.Call):
                yield from self._in_called(module, node, lasting)

    def _lasting(
        self, module: Module, function: ast.FunctionDef, parameters: frozenset[str]
    ) -> frozenset[str]:
        """Names in *function* that stand for lasting things: globals, and what is made of them."""
        stored = {
            node.id
            for node in ast.walk(function)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        tops = {t.id for n in module.tree.body for t in _targets(n) if isinstance(t, ast.Name)}
        own = stored | {argument.arg for argument in ast.walk(function.args) if _is_arg(argument)}
        lasting = set(parameters | (tops - own))
        for _again in range(3):  # enough for a = app.env; b = a.x; c = b.y in any order
            for node in ast.walk(function):
                value = getattr(node, "iter", getattr(node, "value", None))
                if value is not None and root_of(value) in lasting:
                    lasting |= {t.id for t in _targets(node) if isinstance(t, ast.Name)}
        return frozenset(lasting)

    def _changes(self, node: ast.AST, lasting: frozenset[str]) -> bool:
        if isinstance(node, ast.Global | ast.Nonlocal):
            return True
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                return node.func.attr in _MUTATORS and root_of(node.func) in lasting
            called = node.func.id if isinstance(node.func, ast.Name) else ""
            return called in {"setattr", "delattr"} and root_of(node.args[0]) in lasting
        places = (t for t in _targets(node) if isinstance(t, ast.Attribute | ast.Subscript))
        return any(root_of(place) in lasting for place in places)

    def _in_called(self, module: Module, call: ast.Call, lasting: frozenset[str]) -> Iterator[str]:
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        for home in self._homes(module, name):
            function = next(f for f in home.functions if f.name == name)
            names = [argument.arg for argument in function.args.args]
            passed = dict(zip(names, call.args, strict=False))
            passed |= {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
            inner = {name for name, value in passed.items() if root_of(value) in lasting}
            yield from self.offences(home, name, frozenset(inner))

    def _homes(self, module: Module, name: str) -> list[Module]:
        """Where the function *name* that *module* uses is defined."""
        candidates = [module, *(self._modules[m] for m in module.imports & self._modules.keys())]
        return [m for m in candidates if name in {f.name for f in m.functions}][:1]


def _is_arg(node: ast.AST) -> bool:
    return isinstance(node, ast.arg)


def collected_in_page_context(modules: dict[str, Module]) -> list[str]:
    """Where a handler of ``html-page-context`` changes the application, a global or itself."""
    offences = []
    for module in modules.values():
        for node in ast.walk(module.tree):
            if not _connects(node, "html-page-context"):
                continue
            handler = node.args[1]
            name = getattr(handler, "attr", getattr(handler, "id", ""))
            homes = Collector(modules)._homes(module, name)
            if not homes:
                offences.append(f"{module.name}:{node.lineno}: cannot find {ast.unparse(handler)}")
            for home in homes:
                function = next(f for f in home.functions if f.name == name)
                # The context is made anew for each page; the name and the template are texts.
                first = [
                    a.arg for a in function.args.args[: 1 + isinstance(handler, ast.Attribute)]
                ]
                offences += Collector(modules).offences(home, name, frozenset(first))
    return offences


def _connects(node: ast.AST, event: str) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "connect"
        and len(node.args) >= 2
        and isinstance(node.args[0], ast.Constant)
        and node.args[0].value == event
    )


def test_nothing_is_collected_while_pages_are_written():
    assert collected_in_page_context(MODULES) == []


@pytest.mark.parametrize(
    ("body", "is_collecting"),
    [
        ("app.pages = [pagename]", True),
        ("app.env.pages.append(pagename)", True),
        ("env = app.env; env.pages[pagename] = 1", True),
        ("seen = getattr(app.env, 'pages', None)\n    seen += [pagename]", False),
        ("seen = app.env.get_domain('x').data\n    seen['a'] = 1", True),
        ("SEEN.add(pagename)", True),
        ("note(app.env, pagename)", True),
        ("note(context, pagename)", False),
        ("setattr(app, 'pages', 1)", True),
        ("global SEEN; SEEN = 1", True),
        ("for page in app.env.pages: page.seen = True", True),
        ("context['title'] = app.config.project; context.setdefault('a', []).append(1)", False),
        ("names = [app.config.project]\n    names.append(pagename)", False),
        ("SEEN = set()\n    SEEN.add(pagename)", False),
    ],
)
def test_collecting_is_noticed(tmp_path, body, is_collecting):
    path = tmp_path / "m.py"
    path.write_text(
        "SEEN = set()\n"
        "def note(store, name):\n    store[name] = 1\n"
        f"def handler(app, pagename, templatename, context, doctree):\n    {body}\n"
        "def setup(app):\n    app.connect('html-page-context', handler, priority=900)\n"
    )
    assert bool(collected_in_page_context({"m": Module("m", path)})) == is_collecting


def test_one_module_keeps_state_on_the_environment():
    def is_env(node: ast.AST) -> bool:
        return getattr(node, "attr", getattr(node, "id", "")) == "env"

    offences = [
        f"{module.name}:{node.lineno}: {ast.unparse(node).splitlines()[0]}"
        for module in MODULES.values()
        if module.name != KEEPS_STATE
        for node in ast.walk(module.tree)
        if any(isinstance(t, ast.Attribute) and is_env(t.value) for t in _targets(node))
        or (isinstance(node, ast.Call) and root_of(node) == "setattr" and is_env(node.args[0]))
    ]
    assert offences == []


def test_a_domain_can_forget_and_merge():
    offences = [
        f"{module.name}: {node.name} lacks {method}"
        for module in MODULES.values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
        and any(ast.unparse(base).split(".")[-1] == "Domain" for base in node.bases)
        for method in ("clear_doc", "merge_domaindata")
        if method not in {f.name for f in node.body if isinstance(f, ast.FunctionDef)}
    ]
    assert offences == []


# -- 4: conf.py only assigns, pages are Markdown -------------------------------------------------

CONF = ast.parse((REPOSITORY / "conf.py").read_text(encoding="utf-8"))


def conf_value(name: str) -> object:
    """The value conf.py gives *name*, written there as a literal."""
    return next(ast.literal_eval(value) for value in assigned(CONF, name))


def assigned(tree: ast.Module, name: str) -> Iterator[ast.expr]:
    """What the top level of *tree* assigns to *name*."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            yield node.value


def test_conf_only_assigns():
    decides = (ast.Lambda, ast.IfExp, ast.NamedExpr, ast.comprehension, ast.Await, ast.Yield)
    first, *rest = CONF.body
    assert isinstance(first, ast.Expr), "a docstring comes first"
    assert isinstance(ast.get_docstring(CONF), str)
    statements = [
        node for node in rest if not isinstance(node, ast.Import | ast.ImportFrom | ast.Assign)
    ]
    expressions = [node for node in ast.walk(CONF) if isinstance(node, decides)]
    assert [ast.unparse(node) for node in [*statements, *expressions]] == []


#: Directives whose body is not Markdown.
_VERBATIM = {"code", "code-block", "sourcecode", "literalinclude", "math", "toctree"}
_DIRECTIVE = re.compile(r"\{(?P<name>[^}]+)\}")
_OPTIONS = re.compile(r"\A(?:---\n.*?\n---\n|(?::[\w-]+:[^\n]*\n)*)", re.DOTALL)


def markup_offences(text: str) -> list[str]:
    """Raw HTML and reStructuredText in a page, also inside of directives."""
    config = MdParserConfig(enable_extensions=set(conf_value("myst_enable_extensions")))
    tokens = create_md_parser(config, DocutilsRenderer).parse(text)
    offences = []
    for token in (t for outer in tokens for t in (outer, *(outer.children or ()))):
        if token.type in {"html_block", "html_inline"}:
            offences.append(f"HTML: {token.content.strip()}")
        elif token.type == "myst_role" and "raw" in token.meta["name"]:
            offences.append(f"role: {token.meta['name']}")
        elif token.type in {"fence", "colon_fence"}:
            directive = _DIRECTIVE.match(token.info.strip())
            name = directive["name"] if directive else ""
            if name in {"eval-rst", "raw"}:
                offences.append(f"directive: {name}")
            elif name and name not in _VERBATIM:
                offences += markup_offences(_OPTIONS.sub("", token.content, count=1))
    return offences


def test_pages_hold_no_html_and_no_rst():
    is_page = Matcher(conf_value("include_patterns"))
    pages = [path for path in repository_files() if is_page(path.as_posix())]
    assert {"index.md", "404.md", "publications.md"} <= {path.as_posix() for path in pages}
    offences = {
        path.as_posix(): found
        for path in pages
        if path.suffix == ".md"
        and (found := markup_offences((REPOSITORY / path).read_text(encoding="utf-8")))
    }
    assert offences == {}


@pytest.mark.parametrize(
    ("text", "is_offence"),
    [
        ("Go to the {doc}`home page </index>`, or to {cite:t}`a<b>`.", False),
        ("An example: `<b>` and\n\n```html\n<b>bold</b>\n```\n", False),
        ("See <https://example.org/>; 1 < 2 > 0.", False),
        ("% a comment\n\n(label)=\n# Title\n", False),
        ('```{publications}\n:filter: year < "2020" and type > "a"\n```\n', False),
        ("```{toctree}\n:hidden:\n\nCV <cv>\n```\n", False),
        ("A <b>bold</b> word.", True),
        ("<div>\n\ntext\n\n</div>\n", True),
        ("- a list\n\n  <br>\n", True),
        ("<!-- a comment -->\n", True),
        ("```{eval-rst}\n.. note:: x\n```\n", True),
        ("```{raw} html\n<b>\n```\n", True),
        (":::{note}\n:class: tip\nA <i>nested</i> one.\n:::\n", True),
        ("::::{note}\n:::{tip}\n<hr>\n:::\n::::\n", True),
    ],
)
def test_markup_is_noticed(text, is_offence):
    assert bool(markup_offences(text)) == is_offence


# -- 5: the shape of a module ------------------------------------------------------------------


def test_setup_is_last_and_typed():
    offences = []
    for module in MODULES.values():
        if (function := module.setup) is None:
            continue
        if module.tree.body[-1] is not function:
            offences.append(f"{module.name}: something follows setup()")
        signature = f"({ast.unparse(function.args)}) -> {ast.unparse(function.returns or CONF)}"
        if signature != "(app: Sphinx) -> ExtensionMetadata":
            offences.append(f"{module.name}: setup{signature}")
    assert offences == []


def test_the_package_loads_every_part():
    parts = [name for name, module in MODULES.items() if module.setup and name != "bibfolio"]
    (loaded,) = assigned(MODULES["bibfolio"].tree, "_PARTS")
    assert sorted(ast.literal_eval(loaded)) == sorted(parts)


def test_modules_and_functions_are_short():
    offences = []
    for module in MODULES.values():
        if (lines := module.source.count("\n")) > MAX_MODULE_LINES:
            offences.append(f"{module.name} has {lines} lines")
        for function in module.functions:
            if (lines := function.end_lineno - function.lineno + 1) > MAX_FUNCTION_LINES:
                offences.append(f"{module.name}.{function.name} has {lines} lines")
    assert offences == []


# -- 9: the code does not know the owner ---------------------------------------------------------


def owner_patterns(profile: dict) -> dict[str, re.Pattern[str]]:
    """What would give the owner away: names in any order, each name, e-mail, accounts."""
    found = {}
    for name in {profile["name"], *profile.get("name_variants", [])}:
        words = re.findall(r"\w+", name)
        for order in (words, [words[-1], *words[:-1]]):
            found[" ".join(order)] = re.compile(r"[\W_]*".join(order), re.IGNORECASE)
        # A single name may be part of another word, or a word in lower case.
        found |= {word: re.compile(rf"\b{word}\b") for word in words if len(word) > 1}
    email = re.findall(r"\w+", re.sub(r"\((?:at|dot)\)", " ", profile.get("email", "")))
    links = [part for value in profile.get("links", {}).values() for part in value.split("/")]
    # Top-level domains and "https:" are nobody's own.
    for word in {word for word in [*email, *links] if len(word) > 3 or word in email[:2]}:
        if word not in {"https:", "http:"}:
            found[word] = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
    return found


def test_the_owner_is_not_in_the_code():
    profile = tomllib.loads((REPOSITORY / "profile.toml").read_text(encoding="utf-8"))
    patterns = owner_patterns(profile)
    offences = [
        f"{path}:{number}: {what}"
        for path in repository_files()
        if path.parts[0] == "bibfolio"
        for number, line in enumerate(
            (REPOSITORY / path).read_text(encoding="utf-8").splitlines(), 1
        )
        for what, pattern in patterns.items()
        if pattern.search(line)
    ]
    assert offences == []


def test_the_owner_is_recognized():
    patterns = owner_patterns(
        {
            "name": "Ada Byron Lovelace",
            "name_variants": ["A. Lovelace"],
            "email": "ada1815 (at) dur (dot) ac (dot) uk",
            "links": {"github": "countess", "website": "https://lovelace.example.org/ada/"},
        }
    )
    for text in (
        *("Ada Byron Lovelace", "ada-byron-lovelace", "# Lovelace, Ada Byron", "in Lovelace's"),
        *("adabyronlovelace", "ada1815", "ADA1815@dur", "u/countess/", "lovelace.example.org"),
    ):
        assert any(pattern.search(text) for pattern in patterns.values()), text
    for text in ("Adam and the byronic", "https://example.org", "ac.uk", "A list", "during"):
        assert not any(pattern.search(text) for pattern in patterns.values()), text
