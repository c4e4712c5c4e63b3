"""Which statements a command is about: names of the catalogue, and files of a user's own."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from dataclasses import dataclass, replace
from functools import cache, wraps
from hashlib import sha256
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import click

from .errors import NotProved, Rejected, SymcnnError
from .language.identity import Identity
from .theorem import Theorem
from .theorems import entries
from .theorems.catalogue import Entry, entries_of, find


@dataclass(frozen=True)
class Statement:
    """An entry, and how the user calls it."""

    entry: Entry
    label: str

    def __str__(self) -> str:
        return self.label


@contextmanager
def named(statement: Statement) -> Iterator[None]:
    """Whatever is refused in here is refused with the name of the statement; no proof is exit code 1."""
    try:
        yield
    except NotProved as error:
        raise click.ClickException(f"{statement}: {error}") from error
    except (SymcnnError, Rejected) as error:
        raise SymcnnError(f"{statement}: {error}") from error


def resolve(targets: Iterable[str]) -> tuple[Statement, ...]:
    """The statements that are meant, each once; without a target, the catalogue.

    Raises `UnknownName` for a name that nothing has, `SymcnnError` for a file that states no theorem.
    """
    load = cache(_load)
    wanted = tuple(targets) or tuple(entry.name for entry in entries())
    found = (statement for target in wanted for statement in _statements(target, load))
    return tuple({statement.label: statement for statement in found}.values())


def _statements(target: str, load: Callable[[Path], ModuleType]) -> Iterator[Statement]:
    file, separator, name = target.rpartition("::")
    if not separator and not target.endswith(".py"):
        yield Statement(find(target, entries()), target)
        return
    path = Path(file if separator else target)
    stated = _entries_of_file(path, load(path))
    if separator:
        with _about(path):
            stated = (find(name, stated),)
    for entry in stated:
        yield Statement(entry, f"{path}::{entry.name}")


@contextmanager
def _about(path: Path) -> Iterator[None]:
    try:
        yield
    except SymcnnError as error:
        raise SymcnnError(f"{path}: {error}") from error


def _entries_of_file(path: Path, module: ModuleType) -> tuple[Entry, ...]:
    stated = entries_of(module)
    if not stated:
        raise SymcnnError(f"{path}: states no theorem: mark a function with @theorem, or give an Identity a name")
    return tuple(
        replace(entry, function=_guarded(path, entry.function), chapter=entry.chapter or path.name) for entry in stated
    )


def _guarded(path: Path, function: Callable[[], Identity | Theorem]) -> Callable[[], Identity | Theorem]:
    """The function; whatever it raises is told in one line."""

    @wraps(function)
    def guarded() -> Identity | Theorem:
        with _running(path):
            stated = function()
            if not isinstance(stated, (Identity, Theorem)):
                raise SymcnnError(f"{type(stated).__name__} is neither an Identity nor a Theorem: return one")
            return stated

    return guarded


def _load(path: Path) -> ModuleType:
    """The module in a file, under a name that no import statement can spell."""
    place = path.resolve()
    name = f"theorems@{sha256(str(place).encode()).hexdigest()[:16]}"
    loader = SourceFileLoader(name, str(place))
    spec = spec_from_loader(name, loader)
    if spec is None:
        raise SymcnnError(f"{path}: cannot be read")
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        with _about(path), _running(path):
            loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


@contextmanager
def _running(path: Path) -> Iterator[None]:
    """Run a user's code beside its own helpers; what it prints goes to stderr, its errors are one line."""
    place = path.resolve()
    try:
        with _folder_on_path(place.parent), redirect_stdout(sys.stderr):
            yield
    except NotProved:
        raise
    except (Exception, SystemExit) as error:
        raise SymcnnError(_told(place, error)) from error


@contextmanager
def _folder_on_path(folder: Path) -> Iterator[None]:
    """Modules in the folder can be imported, and are forgotten: another folder may have others so named."""
    before = set(sys.modules)
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        with suppress(ValueError):
            sys.path.remove(str(folder))
        for name in [name for name in sys.modules if name not in before and _lies_in(folder, name)]:
            del sys.modules[name]


def _lies_in(folder: Path, name: str) -> bool:
    """Whether a module or its package stands in this very folder (symcnn does where it is developed)."""
    top = name.partition(".")[0]
    file = getattr(sys.modules.get(top), "__file__", None)
    return top != "symcnn" and file in (str(folder / f"{top}.py"), str(folder / top / "__init__.py"))


def _told(place: Path, error: BaseException) -> str:
    """What went wrong, and in which line of the file."""
    if isinstance(error, OSError) and error.filename == str(place):
        return f"cannot be read: {error.strerror}"
    if isinstance(error, SyntaxError) and error.filename == str(place):
        return f"line {error.lineno}: {error.msg}"
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(place)]
    where = f"line {lines[-1]}: " if lines else ""
    what = "" if isinstance(error, (SymcnnError, Rejected)) else f"{type(error).__name__}: "
    return f"{where}{what}{error}"
