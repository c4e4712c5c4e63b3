"""Equations that say how the entries of a tensor are called: A = (a_{ij})."""

from __future__ import annotations

from dataclasses import replace

from .outcomes import Link
from .references import reference, spread
from .syntax import Bracketed, Name, Node, Scripted
from .world import Array, World


def of_entries(world: World, link: Link) -> Link:
    """A = (a_{ij}) as a_{ij} = A_{ij}, where A is declared, and a is nothing yet; any other link as it is."""
    entry = _only(link.right)
    if link.relation != "=" or link.position or entry is None or not isinstance(entry.base, Name):
        return link
    indices = spread(entry.lower)
    is_new = not world.is_known(entry.base.word) and _rank(world, link.left) == len(indices)
    is_entry = entry.upper is None and all(isinstance(each, Name) for each in indices)
    return replace(link, left=entry, right=Scripted(link.left, lower=indices)) if is_new and is_entry else link


def _only(node: Node) -> Scripted | None:
    """a_{ij} of (a_{ij})"""
    item = node.items[0] if isinstance(node, Bracketed) and len(node.items) == 1 else None
    return item if isinstance(item, Scripted) else None


def _rank(world: World, node: Node) -> int | None:
    """How many indices a name has that is declared, and not defined"""
    found = reference(node, world)
    thing = world.things.get(found.word) if found is not None and not found.lower else None
    is_defined = found is not None and any(key.word == found.word for key in world.definitions)
    return len(thing.shape) if isinstance(thing, Array) and thing.letter is None and not is_defined else None
