"""Imports run downward only, and the parts that must not run code from outside do not."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "symcnn").rglob("*.py"))

SIBLINGS = ("symcnn.tactics", "symcnn.refute", "symcnn.numeric")
RUNS_TEXT = {"eval", "exec", "sympify", "parse_expr", "__import__", "import_module"}


def within(name: str, *packages: str) -> bool:
    """Whether the module (or a name in it) belongs to one of the packages."""
    return any(name == package or name.startswith(package + ".") for package in packages)


def module_name(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imported(path: str, tree: ast.Module) -> Iterator[str]:
    """What a file imports, anywhere in it, by absolute dotted names: `from a import b` is a.b."""
    package = path.rpartition("/")[0].split("/")
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{source}.{alias.name}" for alias in node.names)


def may_import_export(path: str) -> bool:
    file = Path(path)
    at_top = file.parent == Path("symcnn")
    return at_top and (file.name in ("theorem.py", "cli.py") or file.match("cli_*.py"))


def forbidden_imports(path: str, tree: ast.Module) -> Iterator[str]:
    module = module_name(path)
    part = ".".join(module.split(".")[:2])
    for name in imported(path, tree):
        top = name.partition(".")[0]
        if part == "symcnn.kernel" and not (top in sys.stdlib_module_names or within(name, part)):
            yield f"the kernel imports {name}"
        if within(name, "symcnn.export") and part != "symcnn.export" and not may_import_export(path):
            yield f"{module} imports {name}"
        if part in SIBLINGS and within(name, *(other for other in SIBLINGS if other != part)):
            yield f"{module} imports {name}"
        if top == "z3" and part != "symcnn.tactics":
            yield f"{module} imports {name}, outside tactics"
        if top in ("latex2sympy2", "latex2sympy") and part != "symcnn.read":
            yield f"{module} imports {name}, outside read"


def forbidden_code(path: str, tree: ast.Module) -> Iterator[str]:
    """In the kernel and the reader: nothing that python -O removes, nothing that runs text as code."""
    if not within(module_name(path), "symcnn.kernel", "symcnn.read"):
        return
    for node in ast.walk(tree):
        match node:
            case ast.Assert():
                yield f"line {node.lineno}: assert"
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name) if name in RUNS_TEXT:
                yield f"line {node.lineno}: {name}"
            case ast.Call(func=ast.Name(id="S") | ast.Attribute(attr="S")):
                yield f"line {node.lineno}: a call of S, which is sympify"


def violations(path: str, source: str) -> list[str]:
    tree = ast.parse(source, path)
    return [*forbidden_imports(path, tree), *forbidden_code(path, tree)]


@pytest.mark.parametrize("path", MODULES)
def test_module_keeps_the_rules(path: str) -> None:
    assert violations(path, (ROOT / path).read_text(encoding="utf-8")) == []


def test_there_are_modules() -> None:
    assert MODULES


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("symcnn/kernel/terms.py", "import sympy"),
        ("symcnn/kernel/terms.py", "from symcnn.errors import Error"),
        ("symcnn/kernel/terms.py", "from ..errors import Error"),
        ("symcnn/kernel/terms.py", "from .. import language"),
        ("symcnn/kernel/__init__.py", "from ..language import sizes"),
        ("symcnn/kernel/rules.py", "def f(x):\n    assert x"),
        ("symcnn/kernel/decode.py", "eval('1')"),
        ("symcnn/read/latex.py", "from sympy import sympify"),
        ("symcnn/read/latex.py", "import sympy\nsympy.S('1')"),
        ("symcnn/read/latex.py", "from sympy.parsing.sympy_parser import parse_expr"),
        ("symcnn/decide.py", "def f():\n    from symcnn import export"),
        ("symcnn/theorems/theorem.py", "from symcnn.export import latex"),
        ("symcnn/refute/exact.py", "from ..numeric import lower"),
        ("symcnn/tactics/auto.py", "import symcnn.refute.exact"),
        ("symcnn/numeric.py", "from .tactics import auto"),
        ("symcnn/language/sizes.py", "import z3"),
        ("symcnn/language/sizes.py", "from latex2sympy2 import latex2sympy"),
    ],
)
def test_near_miss_is_seen(path: str, source: str) -> None:
    assert violations(path, source) != []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("symcnn/kernel/__init__.py", "from .terms import Term\nfrom . import rules\nimport json"),
        ("symcnn/kernel/rules.py", "from symcnn.kernel import terms"),
        ("symcnn/theorem.py", "def f():\n    from .export import latex"),
        ("symcnn/cli_show.py", "import symcnn.export"),
        ("symcnn/export/latex.py", "from .words import REASONS"),
        ("symcnn/tactics/evidence.py", "import z3"),
        ("symcnn/tactics/auto.py", "from . import evidence\nfrom ..language import Identity"),
        ("symcnn/read/latex.py", "def f():\n    from latex2sympy2 import latex2sympy\n    return S.Zero"),
    ],
)
def test_allowed_import_is_allowed(path: str, source: str) -> None:
    assert violations(path, source) == []


def test_importing_the_kernel_loads_the_standard_library_only() -> None:
    code = """
import sys
before = set(sys.modules)
import symcnn.kernel
loaded = {name.partition(".")[0] for name in set(sys.modules) - before}
print(sorted(loaded - set(sys.stdlib_module_names)))
"""
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (run.stdout.strip(), run.stderr) == ("['symcnn']", "")
