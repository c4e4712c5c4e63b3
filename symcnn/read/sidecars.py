"""Files of declarations beside a document."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import SymcnnError


@dataclass(frozen=True)
class Sidecar:
    """A file of declarations: what holds everywhere, and what holds from a line on."""

    always: tuple[str, ...]
    later: tuple[tuple[int, tuple[str, ...]], ...] = ()


def sidecar(text: str) -> Sidecar:
    """The declarations in a TOML file. Raises `SymcnnError` where it is none, or holds anything else."""
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SymcnnError(f"no TOML: {error}") from error
    unknown = set(read) - {"declare", "from"}
    if unknown:
        raise SymcnnError(f"a file of declarations has [declare] and [[from]], not {', '.join(sorted(unknown))}")
    later = read.get("from", [])
    if not isinstance(later, list) or not all(isinstance(each, dict) for each in later):
        raise SymcnnError("write [[from]], with line and declare")
    return Sidecar(tuple(_lines(read.get("declare", {}))), tuple(map(_from, later)))


def _from(table: dict[str, Any]) -> tuple[int, tuple[str, ...]]:
    if set(table) != {"line", "declare"} or type(table["line"]) is not int:
        raise SymcnnError("[[from]] has a line (a number) and declare (a table), and nothing else")
    return table["line"], tuple(_lines(table["declare"]))


def _lines(table: Any) -> Iterator[str]:
    if not isinstance(table, Mapping):
        raise SymcnnError(f"declarations are a table of names, not {table!r}")
    for name, value in table.items():
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(each, (str, int)) for each in values):
            raise SymcnnError(f"{name} is declared as {value!r}: write text")
        yield f"{name}: {', '.join(map(str, values))}"
