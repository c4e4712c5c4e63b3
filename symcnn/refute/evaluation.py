"""The exact values of a claim's terms at one instance, derivatives included.

The kernel gives a value to everything: a read out of range, a sum whose end lies before its start, 1/0, a
derivative that does not exist. A difference that comes from such a convention is no counterexample, so
evaluation raises `Meaningless` where a value would come from one, unless a bracket that is 0 hides it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cache, cached_property
from itertools import count, product
from typing import Any

from ..kernel import Definition, Leaf, Rejected, Term
from ..kernel.claim import expand
from ..kernel.terms import free_variables, function_of
from .arithmetic import Arithmetic, Bound, Names, meant
from .instance import Indices, Instance, entry_of
from .intervals import Unclear, Value
from .jets import Meaningless, Number, applied, as_value, largest, slope, standard, varied

Entry = Callable[[Indices], Number]
MOST_LAYERS = 100


class Evaluation(Arithmetic):
    """The values of terms at one instance; entries of computed tensors are remembered.

    What has been read of layers and fields is kept in `layers` and `ranges`, for print.
    """

    def __init__(self, instance: Instance, deadline: float = float("inf")) -> None:
        super().__init__(deadline)
        self.instance = instance
        self.layers: set[tuple[str, Indices]] = set()
        self.ranges: dict[str, set[tuple[Indices, ...]]] = {}
        self._tensors = {each.name: each for each in instance.tensors_of_claim()}
        self._known: dict[tuple[str, Indices], Number | Rejected] = {}
        self._shapes: dict[tuple[str, Indices], Indices] = {}
        self._reached: dict[Any, Callable[[int], Entry]] = {}
        self._tags = count()

    def real(self, term: Term, names: Names, bound: Bound = ()) -> Value:
        """The value of a closed term. Raises `Meaningless` for one that comes from a convention, `Unclear` for one
        that bounds do not decide, `Rejected` for a term that is too long, or has no value."""
        return standard(self.of(term, {**self.instance.sizes, **names}, bound))

    def _integer(self, term: Term, names: Names) -> int:
        return int(self.of(term, {**self.instance.sizes, **names}, ()))

    def holds(self, condition: Term, names: Names) -> bool:
        """Whether a closed condition holds. Raises as `real`."""
        return bool(self.of(condition, {**self.instance.sizes, **names}, ()))

    def places(self) -> Iterator[dict[str, int]]:
        """All indices of the claim, in order."""
        indices = self.instance.claim.indices
        ranges = [range(self._integer(each.lower, {}), self._integer(each.upper, {}) + 1) for each in indices]
        for at in product(*ranges):
            yield {index.name: position for index, position in zip(indices, at, strict=True)}

    def extents(self, tensor: Leaf | Definition, layers: Indices = ()) -> Indices:
        """The shape of a tensor, or of these layers of it. Raises `Meaningless` for a negative one."""
        if (tensor.name, layers) not in self._shapes:
            names = dict(zip(tensor.layers, layers, strict=False))
            found = tuple(self._integer(extent, names) for extent in tensor.shape or ())
            meant(all(extent >= 0 for extent in found), "a negative extent")
            self._shapes[tensor.name, layers] = found
        return self._shapes[tensor.name, layers]

    def indices(self, leaf: Leaf) -> Iterator[Indices]:
        """All indices of a tensor that has no layers, in order. Raises as `extents`."""
        return product(*(range(leaf.origin, leaf.origin + extent) for extent in self.extents(leaf)))

    def of(self, term: Term, names: Names, bound: Bound) -> Any:
        """The value of a term of any sort: an integer, a number or a truth value."""
        if term.head not in HEADS:
            raise Rejected(f"{term.head} has no value here")
        return HEADS[term.head](self, term, names, bound)

    # Maxima, functions and fields

    def maximum(self, term: Term, names: Names, bound: Bound) -> Any:
        condition, body = term.args[-2:]
        inside = [at for at in self._inside(term, names, bound) if self.of(condition, names, at)]
        meant(bool(inside), "the maximum of an empty set")
        return largest(self.of(body, names, at) for at in inside) if inside else Fraction(0)

    def call(self, term: Term, names: Names, bound: Bound) -> Any:
        name = function_of(term)
        curve, primes = self.instance.curve(name), len(str(term.value)) - len(name)
        if curve is None:
            raise Rejected(f"{name} has no value here")
        found: Callable[[int, Value], Value] = curve.derivative
        return applied(lambda order, x: found(order + primes, x), self.of(term.args[0], names, bound))

    def field(self, term: Term, names: Names, bound: Bound) -> Any:
        limits = self._all(term.args[:-1], names, bound)
        meant(all(last >= first - 1 for first, last in zip(limits[::2], limits[1::2], strict=True)), "a reversed range")
        places = self._ranges(term, names, bound)
        self.ranges.setdefault(str(term.value), set()).add(tuple(places))
        entries = [self.of(term.args[-1], names, (*reversed(at), *bound)) for at in places]
        return self.instance.fields[str(term.value)](entries)

    def partial(self, term: Term, names: Names, bound: Bound) -> Any:
        body, point, *indices = term.args
        direction, tag = tuple(self._all(tuple(indices), names, bound)), next(self._tags)

        @cache
        def entry(at: Indices) -> Number:
            return varied(self.of(point, names, (*reversed(at), *bound)), tag, int(at == direction))

        entry(direction)  # has to be in range
        return slope(self.of(body, names, (entry, *bound)), tag)

    # Tensors

    def size(self, term: Term, names: Names, bound: Bound) -> Any:
        name, layer = str(term.value), self.of(term.args[0], names, bound)
        if layer not in self.instance.sequences.get(name, {}):
            raise Meaningless(f"{name}[{layer}] is not drawn")
        self.layers.add((name, (layer,)))
        return self.instance.sequences[name][layer]

    def bound_entry(self, term: Term, names: Names, bound: Bound) -> Any:
        return bound[int(str(term.value))](tuple(self._all(term.args, names, bound)))

    def entry(self, term: Term, names: Names, bound: Bound) -> Any:
        return self._entry(str(term.value), tuple(self._all(term.args, names, bound)))

    def _entry(self, name: str, at: Indices) -> Number:
        if (name, at) not in self._known:
            try:
                self._known[name, at] = self._read(self._tensors[name], at)
            except (Meaningless, Unclear) as error:
                self._known[name, at] = error
        found = self._known[name, at]
        if isinstance(found, Rejected):
            raise found
        return found

    def _read(self, tensor: Leaf | Definition, at: Indices) -> Number:
        self._look_at_the_clock()
        self._check_range(tensor, at)
        if isinstance(tensor, Definition):
            names = {**self.instance.sizes, **dict(zip(tensor.indices, at, strict=True))}
            return as_value(self.of(tensor.body, names, ()))
        nested, layers = self.instance.tensors[tensor.name], at[: len(tensor.layers)]
        if tensor.layers:
            self.layers.add((tensor.name, layers))
            nested = nested[layers]
        found = entry_of(nested, at[len(layers) :], tensor.origin)
        return Fraction(0) if found is None else found

    def _check_range(self, tensor: Leaf | Definition, at: Indices) -> None:
        """Raises `Meaningless` out of range, and for layers that are not there."""
        if isinstance(tensor, Definition) and tensor.first is not None:
            meant(at[0] >= self._integer(tensor.first, {}), "a layer before the first")
        if tensor.shape is None:
            return
        layers = at[: len(tensor.layers)]
        if isinstance(tensor, Leaf) and layers and layers not in self.instance.tensors[tensor.name]:
            raise Meaningless(f"{tensor.name} has no layer {layers}")
        pairs = zip(at[len(layers) :], self.extents(tensor, layers), strict=True)
        meant(all(0 <= index - tensor.origin < extent for index, extent in pairs), "a read out of range")

    # Recursions

    def iterate(self, term: Term, names: Names, bound: Bound) -> Any:
        """An entry of a layer, computed from the first one on. Raises `Rejected` for too many layers."""
        first, last, *at = self._all((*term.args[:2], *term.args[4:]), names, bound)
        meant(last >= first, "a layer before the first")
        if last - first > MOST_LAYERS:
            raise Rejected(f"there are more than {MOST_LAYERS} layers")
        free = tuple((name, names[name]) for name in sorted(free_variables(term)) if name in names)
        key = (first, term.args[2], term.args[3], free, bound)
        if key not in self._reached:
            self._reached[key] = cache(lambda layer: self._layer(term, first, layer, names, bound, key))
        return self._reached[key](last)(tuple(at))

    def _layer(self, term: Term, first: int, layer: int, names: Names, bound: Bound, key: Any) -> Entry:
        """The entries of one layer of a recursion"""
        owner = self._recursions.get((term.args[0], term.args[2], term.args[3]))
        start, step = term.args[2:4]

        @cache
        def entry(at: Indices) -> Number:
            if owner is not None:
                self._check_range(owner, (layer, *at))
            inside = tuple(reversed(at))
            if layer <= first:
                return self._number(start, names, (*inside, *bound))
            return self._number(step, names, (*inside, layer, self._reached[key](layer - 1), *bound))

        return entry

    def _number(self, term: Term, names: Names, bound: Bound) -> Number:
        found: Number = self.of(term, names, bound)
        return found

    @cached_property
    def _recursions(self) -> dict[tuple[Term, ...], Definition]:
        """The definitions that are recursions, by their start and step, as they are and written out"""
        found: dict[tuple[Term, ...], Definition] = {}
        made = self.instance.claim.definitions
        for each in made:
            if each.body.head == "iterate":
                for body in (each.body, expand(each.body, made)):
                    found[body.args[0], body.args[2], body.args[3]] = each
        return found


HEADS: Mapping[str, Callable[[Evaluation, Term, Names, Bound], Any]] = {
    **dict.fromkeys(("integer", "rational"), Evaluation.literal),
    **{"variable": Evaluation.variable, "bound": Evaluation.bound, "real": Evaluation.as_real},
    **{"add": Evaluation.add, "multiply": Evaluation.multiply, "power": Evaluation.power},
    **{"inverse": Evaluation.inverse, "floor": Evaluation.floor, "larger": Evaluation.larger},
    **{"bracket": Evaluation.bracket, "sum": Evaluation.sum, "exists": Evaluation.exists},
    **{"and": Evaluation.conjunction, "or": Evaluation.disjunction, "not": Evaluation.negation},
    **{"at_most": Evaluation.at_most, "less": Evaluation.less, "equal": Evaluation.equal},
    **{"nonzero": Evaluation.nonzero, "maximum": Evaluation.maximum, "call": Evaluation.call},
    **{"field": Evaluation.field, "partial": Evaluation.partial, "iterate": Evaluation.iterate},
    **{"size": Evaluation.size, "bound_entry": Evaluation.bound_entry, "entry": Evaluation.entry},
}
