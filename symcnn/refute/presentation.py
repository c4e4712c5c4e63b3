"""How a counterexample is written: in a few lines of text, and in LaTeX for a notebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..kernel import Leaf, Term
from ..notation import LATEX, PLAIN, Printer, Style
from . import assumed
from .comparison import sides
from .decimals import written
from .evaluation import Evaluation
from .forms import Form
from .formulas import latex_value
from .instance import Indices, Nested
from .matrices import tensor_latex, tensor_lines

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
    lines = [*map(_assignments, shown.sizes()), *shown.functions(PLAIN)]
    for array in shown.arrays():
        lines += tensor_lines(PLAIN.read(array.name, list(map(str, array.layers))), array.nested, *_frame(array))
    return "\n".join((*lines, shown.difference(PLAIN)))


def latex(counterexample: Counterexample) -> str:
    """The same as aligned formulas, for a notebook."""
    shown = Shown(counterexample, _evaluated(counterexample))
    rows = [_assigned(pairs, LATEX) for pairs in shown.sizes()] + list(shown.functions(LATEX))
    for array in shown.arrays():
        name, layers = LATEX.name(array.name), list(map(str, array.layers))
        rows += tensor_latex(LATEX.layer(name, layers) if layers else name, array.nested, *_frame(array))
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

    def functions(self, style: Style) -> Iterator[str]:
        """Formulas of what stands for unknown functions."""
        if self.counterexample.condition is not None:
            return
        for name, curve in self.counterexample.functions:
            yield curve.written(name) if style is PLAIN else curve.latex(name)
        for name, form in self.counterexample.fields:
            yield self._field(name, form, style)

    def _field(self, name: str, form: Form, style: Style) -> str:
        """A formula if the tensors are small and have one shape, else words"""
        read = self.evaluation.ranges.get(name, set())
        if len(read) == 1 and len(next(iter(read))) <= MOST_TERMS:
            (indices,) = read
            return form.written(name, indices) if style is PLAIN else form.latex(name, indices)
        return form.described(name) if style is PLAIN else form.described_latex(name)

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
        return rf"{at}\text{{the left side is }} {latex_value(left)}, \text{{ the right side is }} {latex_value(right)}"


def _evaluated(counterexample: Counterexample) -> Evaluation:
    evaluation = Evaluation(counterexample.instance)
    sides(evaluation, dict(counterexample.index), counterexample.condition)
    return evaluation


def _failing(condition: Term, left: str, right: str, style: Style) -> str:
    """A condition that does not hold, with the numbers that are not equal"""
    formula, is_equation = Printer(style)(condition), condition.head == "equal"
    if style is PLAIN:
        return f"{formula} does not hold" + (f": {left} and {right}" if is_equation else "")
    if is_equation:
        return rf"{formula} \text{{ does not hold: }} {latex_value(left)} \text{{ and }} {latex_value(right)}"
    return rf"{formula} \text{{ does not hold}}"


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
