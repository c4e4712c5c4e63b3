"""A proof file as text: any number, string, truth value or null of it can be changed, whatever it stands for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any

Path = tuple[Any, ...]


def leaf_changed(random: Random, text: str) -> str:
    """The file with one leaf changed, or with one list shorter or in another order."""
    data = json.loads(text)
    path, value = random.choice(list(leaves(data)))
    inside = data
    for key in path[:-1]:
        inside = inside[key]
    if isinstance(inside, list) and random.random() < 0.2:
        random.shuffle(inside)
    else:
        inside[path[-1]] = _other(random, value, data)
    return json.dumps(data, ensure_ascii=False)


def leaves(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """(path, value) of everything that is neither a list nor an object."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else None
    if items is None:
        yield path, data
        return
    for key, value in items:
        yield from leaves(value, (*path, key))


def _other(random: Random, value: Any, data: Any) -> Any:
    same = [each for _, each in leaves(data) if type(each) is type(value) and each != value]
    match value:
        case bool():
            return not value
        case int() if random.random() < 0.5:
            return value + random.choice((1, -1))
        case None:
            return random.choice((0, "x", []))
    return random.choice(same) if same else f"{value}1"
