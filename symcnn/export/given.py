"""What a claim is about besides sizes and tensors: functions, scalar fields, layers, quantified hypotheses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..kernel import Assumption, Claim, Function, Leaf, Term, terms
from ..kernel.claim import expand
from ..notation import others_named

if TYPE_CHECKING:
    from .statement import Writer

#: fact -> what a function with it is called, and what that says of f at a and b
_FACTS = {
    "nondecreasing": ("nondecreasing", ("a", "<=", "b", "fa", "<=", "fb")),
    "nonincreasing": ("nonincreasing", ("a", "<=", "b", "fb", "<=", "fa")),
    "increasing": ("strictly increasing", ("a", "<", "b", "fa", "<", "fb")),
    "decreasing": ("strictly decreasing", ("a", "<", "b", "fb", "<", "fa")),
    "differentiable": ("differentiable", ()),
    "differentiable_off_zero": ("differentiable everywhere but perhaps at 0", ()),
    "odd": ("odd", ()),
    "even": ("even", ()),
    "fixes_zero": ("0 at 0", ()),
    "bounded": ("bounded", ()),
    "nonnegative": ("nonnegative", ()),
    "positive": ("positive", ()),
    "positively_homogeneous": ("positively homogeneous", ()),
}
_NUMBERS = (("a", "b"), ("s", "t"), ("x", "y"), ("u", "v"), ("p", "q"))
_LAYERS = ("k", "l", "r", "t", "p", "q")


@dataclass(frozen=True)
class Layers:
    """What is given for every layer, by the letter of the layer: sizes and tensors."""

    letter: str
    sizes: tuple[str, ...]
    tensors: tuple[str, ...]


@dataclass(frozen=True)
class Supposition:
    """An equation that is assumed for all tensors of some spaces, which are 0 outside of ranges if so told."""

    tensors: tuple[str, ...]
    outside: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    sides: tuple[str, str]
    ranges: tuple[str, ...]


def names_of_claim(claim: Claim) -> set[str]:
    """All names that a letter could be taken for."""
    indices, leaves = (each.name for each in claim.indices), (each.name for each in claim.leaves)
    definitions = (each.name for each in claim.definitions)
    return {*claim.integers, *indices, *leaves, *definitions, *others_named(claim)}


# Functions and fields


def functions(writer: Writer) -> Iterator[tuple[str, str]]:
    """(the function as a map of reals, what is assumed of it in words)"""
    for each in writer.statement.claim.functions:
        shown = writer.printer.function(each.name)
        yield writer.style.map(shown, writer.style.reals([])), _facts(each, shown, writer)


def _facts(function: Function, shown: str, writer: Writer) -> str:
    taken = names_of_claim(writer.statement.claim)
    a, b = next((pair for pair in _NUMBERS if not taken & set(pair)), _NUMBERS[0])
    signs = {"a": a, "b": b, "<=": writer.style.at_most.strip(), "<": writer.style.less.strip()}
    signs |= {f"f{letter}": writer.style.call(shown, signs[letter]) for letter in "ab"}
    words = []
    for fact in function.facts:
        word, law = _FACTS[fact]
        first, second = (" ".join(signs[part] for part in half) for half in (law[:3], law[3:]))
        inline = writer.style.inline
        words.append(f"{word} ({inline(first)} implies {inline(second)})" if law else word)
    return " and ".join(words)


def fields(writer: Writer) -> Iterator[str]:
    """Every scalar field as a map from its space; from tensors of its rank, if the claim does not tell the space"""
    claim = writer.statement.claim
    for each in claim.fields:
        sizes = _extents(claim, each.name)
        space = writer.style.reals([writer.size(extent) for extent in sizes]) if sizes is not None else None
        shown = writer.printer.function(each.name)
        yield shown if space is None else writer.style.map(shown, space)


def _extents(claim: Claim, field: str) -> tuple[Term, ...] | None:
    whole = (claim.left, claim.right, *(each.body for each in claim.definitions))
    for part in (part for each in whole for part in terms.subterms(each)):
        if part.head == "field" and part.value == field:
            bounds = part.args[:-1]
            lows, highs = bounds[::2], bounds[1::2]
            closed = not any(bound.loose for bound in bounds)
            if closed and all(low == terms.integer(1) for low in lows):
                return highs
    return None


# Layers


def layer_letter(claim: Claim) -> str:
    """A letter for any layer."""
    taken = names_of_claim(claim)
    return next((letter for letter in _LAYERS if letter not in taken), "layer")


def layers(writer: Writer, leaves: Iterable[Leaf]) -> Layers | None:
    """The sizes and tensors that there are for every layer; None if there are none."""
    claim = writer.statement.claim
    letter = layer_letter(claim)
    layered = [leaf for leaf in leaves if leaf.layers]
    if not layered and not claim.sequences:
        return None
    number = terms.variable(letter)
    shown = writer.printer.name(letter)
    sizes = tuple(writer.printer(terms.size(name, number)) for name in claim.sequences)
    tensors = []
    for leaf in layered:
        shape = tuple(terms.substitute(extent, dict.fromkeys(leaf.layers, number)) for extent in leaf.shape)
        name = writer.style.layer(writer.printer.tensors[leaf.name], [shown])
        tensors.append(writer.space(name, shape))
    return Layers(shown, sizes, tuple(tensors))


# Quantified hypotheses


def private_leaves(claim: Claim) -> frozenset[str]:
    """The tensors that only quantified hypotheses speak of."""
    quantified = {name for each in claim.assumptions for name in each.leaves}
    shown = (expand(each, claim.definitions) for each in (claim.left, claim.right, *claim.hypotheses))
    return frozenset(quantified.difference(*map(terms.names_in, shown)))


def private_definitions(claim: Claim) -> frozenset[str]:
    """The tensors that are computed from these."""
    found = set(private_leaves(claim))
    for each in claim.definitions:
        if not found.isdisjoint(terms.names_in(each.body)):
            found.add(each.name)
    return frozenset(found)


def suppositions(writer: Writer) -> Iterator[Supposition]:
    """The quantified hypotheses; what is computed from their tensors is written out."""
    claim = writer.statement.claim
    leaves = {leaf.name: leaf for leaf in claim.leaves}
    private = private_definitions(claim)
    written = tuple(each for each in claim.definitions if each.name in private and each.shape is not None)
    for each in claim.assumptions:
        names = tuple(index.name for index in each.indices)
        sides = (writer.entry(expand(side, written), names) for side in (each.left, each.right))
        spaces = (writer.space(writer.printer.tensors[name], leaves[name].shape) for name in each.leaves)
        left, right = sides
        yield Supposition(tuple(spaces), tuple(writer.outside_of(each.leaves)), (left, right), _ranges(each, writer))


def _ranges(each: Assumption, writer: Writer) -> tuple[str, ...]:
    return tuple(writer.range(index.name, index.lower, index.upper) for index in each.indices)
