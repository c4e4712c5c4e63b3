"""Writing sums out: over the support of a literal kernel, or wherever the range is literal."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..kernel import Context, Term, terms
from ..kernel.polynomial import ONE, negate, normal, polynomial
from .normalise import is_literal_tensor, put_in
from .rewriter import Path, Rewriter, find_paths

_MOST_SUMMANDS = 200


def literal_count(term: Term) -> int | None:
    """The number of summands of a sum whose bounds differ by a literal number; None for any other."""
    lower, upper, _ = term.args
    difference = polynomial(terms.add(upper, terms.multiply(terms.integer(-1), lower)))
    if set(difference) - {ONE}:
        return None
    return int(difference.get(ONE, 0)) + 1


def write_out(rewriter: Rewriter, path: Path, wanted: Callable[[Term], bool]) -> bool:
    """Write out, from outside inwards, the sums at `path` that are wanted and short; returns whether any was."""
    _, term = rewriter.at(path)
    found = False
    for place in list(find_paths(term, lambda part: part.head == "sum" and wanted(part))):
        found = _write_out_sum(rewriter, (*path, *place), wanted) or found
    return found


def _write_out_sum(rewriter: Rewriter, path: Path, wanted: Callable[[Term], bool]) -> bool:
    context, term = rewriter.at(path)
    count = literal_count(term)
    if count is None or not 0 <= count <= _MOST_SUMMANDS:
        return write_out(rewriter, (*path, 2), wanted)
    lower, upper, _ = term.args
    goal = terms.equal(upper, terms.add(lower, terms.integer(count - 1)))
    shown = rewriter.shown(context, goal)
    if shown is None:
        return False
    made = rewriter.apply("sum_unroll", path, count=count, shown=shown)
    parts = range(len(made.args)) if made.head == "add" and count > 1 else (None,)
    for position in parts:
        write_out(rewriter, path if position is None else (*path, position), wanted)
    return True


def reads_literal(context: Context) -> Callable[[Term], bool]:
    """Whether a sum reads a literal tensor at its own index or at one of the sums inside it."""

    def wanted(term: Term) -> bool:
        return any(
            part.head == "entry" and part.loose > 0 and is_literal_tensor(context, str(part.value))
            for part in terms.subterms(term.args[2])
        )

    return wanted


def write_out_kernels(rewriter: Rewriter) -> bool:
    """Write out the sums over literal kernels, keeping only the entries of the kernel that are not 0.

    Returns whether there were any. What is left is a sum of `W[2, 2] * ...`, with W still by name.
    """
    if _summands(rewriter) > _MOST_SUMMANDS:
        return False
    with rewriter.because("support", firm=True):
        if not write_out(rewriter, (), reads_literal(rewriter.context)):
            return False
        for path in list(_literal_entries(rewriter)):
            _drop_if_zero(rewriter, path)
        rewriter.ring((), normal(rewriter.term))
    return True


def _summands(rewriter: Rewriter) -> int:
    """How many summands writing out would make, counted by the largest nest."""
    wanted = reads_literal(rewriter.context)
    largest = 1
    for path in find_paths(rewriter.term, lambda part: part.head == "sum" and wanted(part)):
        _, term = rewriter.at(path)
        product = 1
        while term.head == "sum":
            product, term = product * max(1, literal_count(term) or 1), term.args[2]
        largest = max(largest, product)
    return largest


def _literal_entries(rewriter: Rewriter) -> Iterator[Path]:
    def wanted(part: Term) -> bool:
        return part.head == "entry" and is_literal_tensor(rewriter.context, str(part.value))

    return find_paths(rewriter.term, wanted)


def _drop_if_zero(rewriter: Rewriter, path: Path) -> None:
    context, entry = rewriter.at(path)
    if _value_is_zero(rewriter, context, entry):
        rewriter.apply("unfold", path)
        put_in(rewriter, path)


def _value_is_zero(rewriter: Rewriter, context: Context, entry: Term) -> bool:
    """Whether every bracket of the formula fails at these indices."""
    definition = context.definitions[str(entry.value)]
    body = terms.apply(terms.Lambda(definition.indices, definition.body), entry.args)
    found = (part.args[0] for part in terms.subterms(body) if part.head == "bracket")
    conditions = [condition for condition in found if normal(condition) != terms.FALSE]
    return all(rewriter.search.find(context.facts, negate(condition)) is not None for condition in conditions)
