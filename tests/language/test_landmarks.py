"""Numbers that are worth trying where hypotheses speak of reals."""

from fractions import Fraction

import pytest
from sympy import Rational

from symcnn import Identity, Proved, Refuted, Tensor, decide, divides, relu, sizes, tanh
from symcnn.language.landmarks import MOST, landmarks
from symcnn.language.translate import Translation

n = sizes("n")
x, y = Tensor("x", (n,)), Tensor("y", (n,))


def marks(*conditions):
    return landmarks(Translation().condition(each, {}) for each in conditions)


def test_named_between_and_around():
    half = Rational(1, 2)
    assert marks(x[1] > half, x[1] < 1) == tuple(map(Fraction, ("1/2", "1", "3/4", "3/2", "-1/2", "2", "0")))


def test_hypotheses_about_sizes_name_none():
    assert marks(n >= 7, divides(3, n)) == ()


def test_there_are_not_many():
    assert len(marks(*(x[1] > number for number in range(40)))) == MOST


FALSE = {
    "between two numbers": (x[1] ** 2, x[1] / 2, [x[1] > Rational(1, 2), x[1] < 1]),
    "far away": (x[1] ** 2, x[1] / 2, [x[1] > 10]),
    "of different signs": (relu(x[1] * y[1]), x[1] * y[1], [x[1] > 0, y[1] < 0]),
    "in order": (relu(y[1] - x[1]), y[1] - x[1], [x[1] > y[1]]),
    "a value of tanh": (tanh(x[1]), x[1], [tanh(x[1]) > Rational(1, 2)]),
}


@pytest.mark.parametrize("name", FALSE)
def test_hypotheses_about_reals_are_not_vacuous(name):
    verdict = decide(Identity(*FALSE[name]), seconds=10)
    assert isinstance(verdict, Refuted)
    verdict.counterexample.replay()


def test_what_follows_from_them_is_proved():
    assert isinstance(decide(Identity(relu(x[1]), x[1], [x[1] > 10])), Proved)
    assert isinstance(decide(Identity(relu(x[1] - y[1]), x[1] - y[1], [x[1] > y[1]])), Proved)
