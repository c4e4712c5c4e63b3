"""Every line of every derivation is true: as a term of the kernel, and as it is printed."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

import derived
import pytest
from formulas import plain, read
from instances import Instance, instances

from symcnn import Theorem
from symcnn.export.derivation import Derivation, Part, derivation_of
from symcnn.export.statement import Writer
from symcnn.kernel import Claim, Term, terms
from symcnn.kernel.value import holds, value
from symcnn.notation import LATEX, PLAIN
from symcnn.theorems import entries, proved

COUNT = 4


def is_plain(theorem: Theorem) -> bool:
    """Whether a random instance gives every line a value; for the others see `test_analysis_lines`."""
    claim = theorem.claim
    return not (claim.functions or claim.fields or claim.sequences or claim.assumptions)


NAMES = [*(entry.name for entry in entries() if is_plain(proved(entry.name))), *derived.CASES]


def theorem_of(name: str) -> Theorem:
    return derived.CASES[name]() if name in derived.CASES else proved(name)


def whole_claim(theorem: Theorem) -> Claim:
    """The claim with the definitions that only the proof needs."""

    return replace(theorem.claim, definitions=(*theorem.claim.definitions, *theorem.translated.helpers))


def parts_at(derivation: Derivation, at: Instance) -> Iterator[Part]:
    """The parts whose conditions hold in an instance"""
    for part in derivation.parts:
        if all(holds(condition, at.integers, at.tensors) for condition in part.conditions):
            yield part


def terms_of(part: Part) -> list[Term]:
    return [part.start, *(line.expression for line in part.lines)]


@pytest.mark.parametrize("name", NAMES)
def test_every_line_equals_the_one_before_it(name: str) -> None:
    theorem = theorem_of(name)
    derivation, seen = derivation_of(theorem), set[int]()
    for at in instances(whole_claim(theorem), 3 * COUNT):
        for number, part in enumerate(derivation.parts):
            if part in list(parts_at(derivation, at)):
                seen.add(number)
                values = [value(each, at.integers, at.tensors) for each in terms_of(part)]
                assert len(set(values)) == 1, (name, values)
    assert seen == set(range(len(derivation.parts))), "every case is met"


@pytest.mark.parametrize("name", NAMES)
def test_the_chain_leads_from_the_left_side_to_the_right_side(name: str) -> None:
    theorem = theorem_of(name)
    ends = claim = theorem.claim.left, theorem.claim.right
    for part in derivation_of(theorem).parts:
        ends = claim if part.goes_on else part.lemma or ends
        show = Writer.of(theorem.translated, PLAIN, {}, 1).entry
        assert part.start == ends[0]
        assert show(terms_of(part)[-1]) == show(ends[1])


@pytest.mark.parametrize("origin", [1, 0])
@pytest.mark.parametrize("style", [PLAIN, LATEX], ids=["plain", "latex"])
@pytest.mark.parametrize("name", NAMES)
def test_every_line_reads_as_it_is(name: str, style, origin: int) -> None:
    """A reader of the printed formulas who knows the definitions comes to the same numbers."""
    theorem = theorem_of(name)
    derivation = derivation_of(theorem)
    writer = Writer.of(theorem.translated, style, {}, origin)
    for at in instances(whole_claim(theorem), COUNT):
        letters, tensors = printed(writer, at, origin)
        for part in parts_at(derivation, at):
            for term in terms_of(part):
                text = writer.entry(term)
                if style is LATEX:
                    text = plain(text, spoken(writer), letters_of(writer))
                assert read(text, tensors)(letters) == value(term, at.integers, at.tensors), text


def printed(writer: Writer, at: Instance, origin: int):
    """What the letters and the names on paper stand for: indices from `origin`, tensors that are 0 outside."""
    claim, shift = writer.statement.claim, int(writer.moves)
    indices = {index.name for index in claim.indices}
    names = letters_of(writer).values() if not writer.style.slashes else None
    letters = {}
    for name, number in at.integers.items():
        shown = letters_of(writer)[writer.printer.name(name)] if names is not None else writer.printer.name(name)
        letters[shown] = number - shift * (name in indices)
    tensors = {}
    for name, shown in writer.printer.tensors.items():
        key = spoken(writer)[shown] if not writer.style.slashes else shown
        if key not in tensors or name in writer.printer.zero_outside:
            tensors[key] = continued(writer, name, at, shift)
    return letters, tensors


def continued(writer: Writer, name: str, at: Instance, shift: int):
    limits = writer.printer.zero_outside.get(name)

    def entry(indices: tuple[int, ...]) -> Fraction:
        inside = limits is None or all(
            value(low, at.integers, {}) <= index <= value(high, at.integers, {})
            for index, (low, high) in zip(indices, limits, strict=True)
        )
        return at.tensors[name](tuple(index + shift for index in indices)) if inside else Fraction(0)

    return entry


def spoken(writer: Writer) -> Mapping[str, str]:
    """A plain name for every displayed name of a tensor"""
    return {shown: f"T{number}" for number, shown in enumerate(sorted(set(writer.printer.tensors.values())))}


def letters_of(writer: Writer) -> Mapping[str, str]:
    """A plain name for every displayed letter of a size or an index"""
    claim = writer.statement.claim
    names = [*claim.integers, *(index.name for index in claim.indices)]
    shown = {writer.printer.name(name): f"v{number}" for number, name in enumerate(names)}
    hints = {part.hint for each in (claim.left, claim.right, *bodies(writer)) for part in terms.subterms(each)}
    return {**{writer.printer.name(hint): hint for hint in hints if hint}, **shown}


def bodies(writer: Writer) -> list[Term]:
    return [each.body for each in (*writer.statement.claim.definitions, *writer.statement.helpers)]
