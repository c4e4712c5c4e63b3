"""Whether an instance is what it says to be: all names, exact numbers, right shapes, known kinds of functions.

A counterexample may come from anywhere, so its replay relies on nothing of this.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from ..kernel import Leaf, Rejected
from .curves import Curve
from .evaluation import Evaluation
from .forms import Form
from .instance import Indices, Instance, Nested
from .smooth import Smooth

KINDS = (Curve, Smooth)


def check_instance(instance: Instance) -> None:
    """Return if every name of the claim has a value of its kind. Raises `Rejected` otherwise."""
    claim = instance.claim
    _check_names("sizes", instance.sizes, claim.integers)
    _check_names("sizes of layers", instance.sequences, claim.sequences)
    _check_names("functions", instance.functions, (each.name for each in claim.functions))
    _check_names("functions of tensors", instance.fields, (each.name for each in claim.fields))
    _check_names("tensors", instance.tensors, (leaf.name for leaf in claim.leaves))
    _require(all(type(size) is int for size in instance.sizes.values()), "a size is no integer")
    for sizes in instance.sequences.values():
        whole = all(type(layer) is type(size) is int and size >= 1 for layer, size in sizes.items())
        _require(whole, "the size of a layer is no integer that is at least 1")
    _require(all(type(each) in KINDS for each in instance.functions.values()), "a function is of no known kind")
    _require(all(type(each) is Form for each in instance.fields.values()), "a function of a tensor is of no known kind")
    evaluation = Evaluation(instance)
    for leaf in claim.leaves:
        _check_leaf(leaf, instance.tensors[leaf.name], evaluation)


def check_index(instance: Instance, index: tuple[tuple[str, int], ...]) -> None:
    """Return if the index is one of the claim, within its range. Raises `Rejected` otherwise."""
    named = tuple(name for name, _ in index) == tuple(each.name for each in instance.claim.indices)
    _require(named and all(type(at) is int for _, at in index), f"{index} is no index of the claim")
    _require(dict(index) in Evaluation(instance).places(), f"the index {index} is out of range")


def _check_names(what: str, found: Mapping[str, object], wanted: Iterable[str]) -> None:
    names = sorted(wanted)
    said = f"the {what} of the claim are {', '.join(names) or 'none'}"
    _require(sorted(found) == names, f"{said}, not {', '.join(found)}")


def _check_leaf(leaf: Leaf, nested: Nested, evaluation: Evaluation) -> None:
    if not leaf.layers:
        _check_shape(leaf.name, nested, evaluation.extents(leaf))
        return
    _require(isinstance(nested, Mapping), f"{leaf.name} has no layers")
    for layers, each in nested.items():
        _check_shape(leaf.name, each, evaluation.extents(leaf, layers))


def _check_shape(name: str, nested: Nested, shape: Indices) -> None:
    if not shape:
        _require(type(nested) in (int, Fraction), f"an entry of {name} is no fraction")
        return
    _require(type(nested) is tuple and len(nested) == shape[0], f"{name} is not of the shape {shape}")
    for each in nested:
        _check_shape(name, each, shape[1:])


def _require(condition: bool, otherwise: str) -> None:
    if not condition:
        raise Rejected(otherwise)
