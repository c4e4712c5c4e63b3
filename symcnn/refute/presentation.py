"""How a counterexample is written: in a few lines of text, and in LaTeX for a notebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from ..kernel import Leaf, Term
from ..notation import LATEX, PLAIN, Printer, Style
from ..notation.names import latex_text
from . import assumed
from .comparison import sides
from .decimals import written
from .evaluation import Evaluation
from .instance import Indices, Nested
from .matrices import MOST_SHOWN, entry_at, tensor_lines

if TYPE_CHECKING:
    from .counterexample import Counterexample

MOST_TERMS = 12  # entries of a tensor of which a function is written out


@dataclass(frozen=True)
class Array:
    """A tensor, or some layers of it, with its values."""

    name: str
    layers: Indices
    nested: Nested
    shape: Indices
    origin: int


def text(counterexample: Counterexample) -> str:
    """Sizes, functions and tensors, and then where the two sides differ, a line or a matrix each."""
    shown = Shown(counterexample, _evaluated(counterexample))
    lines = [*map(_assignments, shown.sizes()), *shown.functions()]
    for array in shown.arrays():
        lines += tensor_lines(PLAIN.read(array.name, list(map(str, array.layers))), array.nested, *_frame(array))
    return "\n".join((*lines, shown.difference(PLAIN)))


def latex(counterexample: Counterexample) -> str:
    """The same as aligned formulas, for a notebook."""
    shown = Shown(counterexample, _evaluated(counterexample))
    rows = [_assigned(pairs, LATEX) for pairs in shown.sizes()]
    rows += [rf"\text{{{latex_text(line)}}}" for line in shown.functions()]
    rows += [row for array in shown.arrays() for row in _array_latex(array)]
    body = " \\\\\n".join(f"& {row}" for row in (*rows, shown.difference(LATEX)))
    return f"\\begin{{aligned}}\n{body}\n\\end{{aligned}}"


@dataclass(frozen=True)
class Shown:
    """What a reader has to know of a counterexample; the evaluation knows what of it has been read."""

    counterexample: Counterexample
    evaluation: Evaluation

    def sizes(self) -> Iterator[tuple[tuple[str, int], ...]]:
        """The sizes, and those of the layers that were read."""
        if self.counterexample.sizes:
            yield self.counterexample.sizes
        for name, sizes in self.evaluation.instance.sequences.items():
            read = sorted(layer for which, (layer, *_) in self.evaluation.layers if which == name)
            if read:
                yield tuple((f"{name}[{layer}]", sizes[layer]) for layer in read)

    def functions(self) -> Iterator[str]:
        """Formulas of what stands for unknown functions."""
        if self.counterexample.condition is not None:
            return
        for name, curve in self.counterexample.functions:
            yield curve.written(name)
        for name, form in self.counterexample.fields:
            read = self.evaluation.ranges.get(name, set())
            few = len(read) == 1 and len(next(iter(read))) <= MOST_TERMS
            yield form.written(name, next(iter(read))) if few else form.described(name)

    def arrays(self) -> Iterator[Array]:
        """The tensors that matter: not those of which something is assumed whatever they are."""
        arbitrary = assumed.arbitrary(self.counterexample.claim)
        if self.counterexample.condition is None:
            for leaf in self.counterexample.claim.leaves:
                if leaf.name not in arbitrary:
                    yield from self._arrays_of(leaf)

    def _arrays_of(self, leaf: Leaf) -> Iterator[Array]:
        nested = self.evaluation.instance.tensors[leaf.name]
        if not leaf.layers:
            yield Array(leaf.name, (), nested, self.evaluation.extents(leaf), leaf.origin)
        for layers in sorted(at for name, at in self.evaluation.layers if name == leaf.name and leaf.layers):
            yield Array(leaf.name, layers, nested[layers], self.evaluation.extents(leaf, layers), leaf.origin)

    def difference(self, style: Style) -> str:
        """Where the two sides differ, and how."""
        found = self.counterexample
        left, right = written(found.left, found.right)
        if found.condition is not None:
            return _failing(found.condition, left, right, style)
        if style is PLAIN:
            place = f"at {_assigned(found.index, style)} " if found.index else ""
            return f"{place}the left side is {left}, the right side is {right}"
        at = rf"\text{{at }} {_assigned(found.index, style)}: \quad " if found.index else ""
        return rf"{at}\text{{the left side is }} {_number(left)}, \text{{ the right side is }} {_number(right)}"


def _evaluated(counterexample: Counterexample) -> Evaluation:
    evaluation = Evaluation(counterexample.instance)
    sides(evaluation, dict(counterexample.index), counterexample.condition)
    return evaluation


def _failing(condition: Term, left: str, right: str, style: Style) -> str:
    """A condition that does not hold, with the numbers that are not equal"""
    formula = Printer(style)(condition)
    numbers = f": {left} and {right}" if condition.head == "equal" else ""
    if style is PLAIN:
        return f"{formula} does not hold{numbers}"
    return rf"{formula} \text{{ does not hold{numbers}}}"


def _frame(array: Array) -> tuple[Indices, int]:
    return array.shape, array.origin


def _assignments(pairs: Sequence[tuple[str, int]]) -> str:
    return _assigned(pairs, PLAIN)


def _assigned(pairs: Sequence[tuple[str, int]], style: Style) -> str:
    return (", " if style is PLAIN else r",\ ").join(f"{_layered(name, style)} = {number}" for name, number in pairs)


def _layered(name: str, style: Style) -> str:
    """A name such as n or n[2]"""
    bare, _, layer = name.rstrip("]").partition("[")
    return style.layer(style.name(bare), [layer]) if layer else style.name(name)


def _array_latex(array: Array) -> Iterator[str]:
    """A matrix, matrices one below the other, or of a large tensor what is not 0"""
    name = LATEX.name(array.name)
    named = LATEX.layer(name, list(map(str, array.layers))) if array.layers else name
    count = len(list(product(*map(range, array.shape))))
    if not 0 < count <= MOST_SHOWN:
        yield from (rf"\text{{{latex_text(line)}}}" for line in tensor_lines(array.name, array.nested, *_frame(array)))
    elif len(array.shape) <= 2:
        yield f"{named} = {_matrix(array.nested, len(array.shape))}"
    else:
        for lead in product(*map(range, array.shape[:-2])):
            places = ", ".join(str(index + array.origin) for index in lead)
            yield f"{named}[{places}, :, :] = {_matrix(entry_at(array.nested, lead), 2)}"


def _matrix(nested: Nested, rank: int) -> str:
    if rank == 0:
        return _number(str(nested))
    rows = nested if rank == 2 else [nested]
    body = r" \\ ".join(" & ".join(_number(str(entry)) for entry in row) for row in rows)
    return rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"


def _number(shown: str) -> str:
    """A fraction as a fraction, decimals as they are, words as text"""
    above, _, below = shown.partition("/")
    sign, above = ("-", above[1:]) if above.startswith("-") else ("", above)
    if below:
        return rf"{sign}\tfrac{{{above}}}{{{below}}}"
    return shown if " " not in shown else rf"\text{{{latex_text(shown)}}}"
