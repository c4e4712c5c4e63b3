"""What is printed, read again by a reader that does not know the printer, has the value of the term."""

from fractions import Fraction

import pytest
from formulas import plain, read, read_condition
from hypothesis import given, settings
from hypothesis.strategies import booleans
from random_terms import NAMES, Numbers, conditions, integer_terms, numbers, real_terms

from symcnn.kernel import Term
from symcnn.kernel.value import holds, value
from symcnn.notation import LATEX, PLAIN, Printer

TENSORS = ("x", "X", "Y")
DECIMALS = frozenset([Fraction(1, 2), Fraction(3, 2)])


def printer(style, tidy: bool = False) -> Printer:
    return Printer(style, {name: name for name in TENSORS}, frozenset("Y"), DECIMALS, frozenset(NAMES), tidy=tidy)


def entries(at: Numbers):
    return {name: (lambda indices, e=e: e(indices) if callable(e) else e) for name, e in at[1].items()}


def as_text(term: Term, style, tidy: bool = False) -> str:
    text = printer(style, tidy)(term)
    return text if style is PLAIN else plain(text, {name: name for name in TENSORS})


@pytest.mark.parametrize("style", [PLAIN, LATEX], ids=["plain", "latex"])
@settings(max_examples=400)
@given(term=integer_terms() | real_terms(size=4), at=numbers())
def test_a_number_reads_as_it_is(style, term, at):
    assert read(as_text(term, style), entries(at))(at[0]) == value(term, *at)


@pytest.mark.parametrize("style", [PLAIN, LATEX], ids=["plain", "latex"])
@settings(max_examples=300)
@given(condition=conditions(size=3), at=numbers(), tidy=booleans())
def test_a_condition_reads_as_it_is(style, condition, at, tidy):
    assert read_condition(as_text(condition, style, tidy), entries(at))(at[0]) == holds(condition, *at)
