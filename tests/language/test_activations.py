"""Activations: declared facts, known functions, derivatives, and what is refused."""

import dataclasses
from fractions import Fraction

import pytest
import sympy
from sympy import Sum

from symcnn import Activation, Identity, Tensor, exp, leaky_relu, relu, sigmoid, sizes, softplus, tanh
from symcnn.errors import LanguageError, NameClash
from symcnn.kernel.claim import expand
from symcnn.kernel.functions import EXAMPLES, implied
from symcnn.kernel.value import value
from symcnn.language.activations import known_activation
from symcnn.language.statement import statement_of

m, n, a = sizes("m n a")
x, X = Tensor("x", (n,)), Tensor("X", (m, n))
f = Activation("f")


def claim_of(left, right=0, given=()):
    return statement_of(Identity(left, right, given)).claim


# Facts


@pytest.mark.parametrize(
    "declared",
    [
        {},
        {"nondecreasing": True},
        {"nonincreasing": True, "differentiable": True},
        {"odd": True, "bounded": True, "differentiable": True},
        {"even": True, "nonnegative": True, "fixes_zero": True},
        {"positive": True, "nondecreasing": True},
        {"positively_homogeneous": True, "nonnegative": True},
    ],
)
def test_declared_facts_reach_the_claim(declared):
    g = Activation("g", **declared)
    (function,) = claim_of(g(x[1])).functions
    assert function.name == "g"
    assert set(function.facts) == set(g.facts) == set(declared)
    assert implied(function.facts) <= EXAMPLES[function.example]


def test_strictly_makes_monotone_functions_strict():
    assert Activation("g", nondecreasing=True, strictly=True).facts == ("increasing",)
    assert Activation("g", nonincreasing=True, strictly=True, differentiable=True).facts == (
        "decreasing",
        "differentiable",
    )
    with pytest.raises(LanguageError, match="g is declared strictly, but neither nondecreasing nor nonincreasing"):
        Activation("g", strictly=True, odd=True)


def test_a_fact_that_is_declared_false_is_not_declared():
    assert Activation("g", odd=False, bounded=True).facts == ("bounded",)


@pytest.mark.parametrize("fact", ["increasing", "decreasing", "continuous", "differentiable_off_zero", "convex"])
def test_other_facts_are_refused_with_those_that_there_are(fact):
    with pytest.raises(LanguageError, match=f"g is declared {fact}; there are strictly, nondecreasing"):
        Activation("g", **{fact: True})


@pytest.mark.parametrize(
    "declared",
    [
        {"odd": True, "positive": True},
        {"nondecreasing": True, "strictly": True, "even": True},
        {"positively_homogeneous": True, "positive": True},
        {"nondecreasing": True, "strictly": True, "nonincreasing": True},
    ],
)
def test_facts_that_contradict_each_other_are_refused(declared):
    with pytest.raises(LanguageError, match="no example of a function is known"):
        Activation("g", **declared)


@pytest.mark.parametrize("name", ["relu", "tanh", "sigmoid", "exp", "f'", "", "f(x)", "1", None, 3])
def test_names_that_are_taken_or_none(name):
    with pytest.raises(LanguageError, match="cannot be"):
        Activation(name)


def test_activations_are_values():
    assert Activation("g", odd=True) == Activation("g", odd=True)
    assert Activation("g", odd=True) != Activation("g")
    assert Activation("g") != Activation("g").derivative
    with pytest.raises(dataclasses.FrozenInstanceError):
        f.name = "h"


# Application


def test_at_a_number_and_at_every_entry_of_a_tensor():
    assert str(f(x[1])) == "f(x[1])"
    assert (f(X).shape, f(X).origin, str(f(X))) == ((m, n), 1, "f(X)")
    assert str(f(X)[1, 2]) == "f(X)[1, 2]"
    assert f(Tensor("z", (n,), origin=0)).origin == 0
    assert claim_of(f(X)[1, 2]).left == claim_of(f(X[1, 2])).left


def test_arguments_are_scalars():
    for wrong in ("x", [1, 2], True, None):
        with pytest.raises(LanguageError, match=r"the argument of f is"):
            f(wrong)
    assert repr(claim_of(f(2)).left) == repr(claim_of(f(sympy.Integer(2))).left)


def test_applications_nest_and_multiply():
    term = claim_of(f(relu(x[1]) * f(x[2]) + 1)).left
    known = {"x": lambda at: Fraction(at[0]), "f": lambda at: at[0] ** 2, "relu": lambda at: max(at[0], Fraction(0))}
    assert value(term, {}, known) == (1 * 4 + 1) ** 2


def test_the_index_of_a_sum_goes_into_the_argument():
    claim = claim_of(Sum(f(x[a] * a), (a, 1, n)))
    known = {"x": lambda at: Fraction(at[0] + 1), "f": lambda at: at[0] + 10}
    assert value(expand(claim.left, claim.definitions), {"n": 3}, known) == 12 + 16 + 22


def test_sympy_does_not_evaluate_or_merge_functions():
    assert f(0) != 0
    assert relu(-1) != 0
    assert f(x[1]) - Activation("g")(x[1]) != 0
    assert f(x[1]) - f(x[1]) == 0
    assert f.derivative(x[1]) - f(x[1]) != 0


# Known functions and derivatives


@pytest.mark.parametrize("activation", [relu, leaky_relu, sigmoid, tanh, exp, softplus], ids=str)
def test_known_functions_are_not_declared(activation):
    claim = claim_of(activation(x[1]), activation.derivative(x[2]))
    assert claim.functions == ()
    assert (claim.left.head, claim.right.head) == ("call", "call")
    assert (claim.left.value, claim.right.value) == (activation.name, activation.name + "'")
    assert known_activation(activation.name) == activation


def test_an_unknown_name_of_a_known_function():
    with pytest.raises(LanguageError, match="gelu is none of the known functions exp, relu"):
        known_activation("gelu")


def test_derivatives_have_primes():
    assert (f.derivative.written, str(f.derivative(X)), str(f.derivative(x[1]))) == ("f'", "f'(X)", "f'(x[1])")
    assert f.derivative.derivative.written == "f''"
    (function,) = claim_of(f.derivative(x[1])).functions
    assert function.name == "f"


def test_exp_and_tanh_of_sympy_are_the_known_ones():
    assert claim_of(sympy.exp(x[1])).left == claim_of(exp(x[1])).left
    assert claim_of(sympy.tanh(x[1])).left == claim_of(tanh(x[1])).left


# Names


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (f(Tensor("f", (n,))[1]), 0),
        (Tensor("f", (n,))[1], f(x[1])),
        (f(x[1]) * sizes("f"), 0),
        (sizes("f") * x[1], f(x[1])),
    ],
)
def test_a_function_and_something_else_of_one_name(left, right):
    with pytest.raises(NameClash, match="two different objects are called f"):
        statement_of(Identity(left, right))


def test_one_function_declared_in_two_ways():
    with pytest.raises(NameClash, match="f is declared in two ways"):
        statement_of(Identity(f(x[1]), Activation("f", odd=True)(x[1])))
    assert claim_of(f(x[1]), Activation("f")(x[1])).functions == claim_of(f(x[1])).functions
