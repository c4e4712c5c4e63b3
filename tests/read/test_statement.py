r"""One equation in LaTeX as an identity: its ranges, what is assumed, and what is no equation."""

import pytest
from sympy import Eq, Ge, Symbol

from symcnn import ForAll, Proved, Refuted, decide, prove
from symcnn.errors import LanguageError, ParseError, ShapeError
from symcnn.read import latex

n, m = Symbol("n", integer=True), Symbol("m", integer=True)


def proved(text: str, declarations: str) -> bool:
    return isinstance(decide(latex(text, declarations), seconds=1.0, proof_seconds=5.0), Proved)


@pytest.mark.parametrize(
    "text", ["2x = x + x", "$2x = x + x$", "$$ 2x = x + x $$", r"$\displaystyle 2x = x + x$", " 2x = x + x\n"]
)
def test_dollars_around_an_equation_are_passed(text: str) -> None:
    made = latex(text, "x: n")
    assert (made.lhs.shape, made.given) == ((n,), ())
    prove(made)


def test_both_sides_are_what_is_written() -> None:
    made = latex("A x = y", "A: m x n; x: n; y: m")
    assert str(made.lhs.shape) == "(m,)"
    assert made.rhs.name == "y"


def test_a_wrong_equation_is_an_identity_too() -> None:
    assert isinstance(decide(latex("2x = 3x", "x: n"), seconds=1.0, proof_seconds=1.0), Refuted)


def test_a_name_alone_is_a_claim_and_no_definition() -> None:
    assert isinstance(decide(latex("y = 2x", "x, y: n"), seconds=1.0, proof_seconds=1.0), Refuted)


def test_definitions_stand_in_declarations() -> None:
    assert proved("3y = 6x", "x: n; define: y = 2x")


def test_what_nobody_declared_is_inferred_as_in_a_document() -> None:
    assert latex("2x_i = x_i + x_i").lhs.shape == (n,)


# Ranges


def test_an_index_runs_over_its_tensor() -> None:
    assert latex("2A_{ij} = A_{ij} + A_{ij}", "A: m x n").lhs.shape == (m, n)


@pytest.mark.parametrize(
    ("condition", "extent"),
    [
        (r"(1 \le i \le n - 1)", n - 1),
        (r"(1 \le i < n)", n - 1),
        (r"\text{ for } 1 \le i \le n - 1", n - 1),
        (r"\text{for } i = 1", 1),
    ],
)
def test_a_range_may_stand_behind(condition: str, extent: object) -> None:
    made = latex(rf"x_i + x_{{i+1}} = x_{{i+1}} + x_i \quad {condition}", "x: n; given: n >= 2")
    assert made.lhs.shape == (extent,)
    assert made.given == (Ge(n, 2),)
    prove(made, seconds=5)


# Given


def test_what_is_given_is_assumed() -> None:
    made = latex(r"u_1 + u_2 = u_2 + u_1 \text{ given } m \ge 2", "u: m")
    assert made.given == (Ge(m, 2),)
    prove(made)


def test_a_range_and_what_is_given_may_stand_together() -> None:
    made = latex(r"2x_{i+1} = x_{i+1} + x_{i+1} \quad (1 \le i \le n - 1), \text{given } n \ge 2", "x: n")
    assert (made.lhs.shape, made.given) == ((n - 1,), (Ge(n, 2),))


@pytest.mark.parametrize(
    ("text", "declarations"),
    [
        (r"c = d \text{ given } c = d", "c, d: scalar"),
        (r"\max(c, 0) = c \text{ given } c \ge 0", "c: scalar"),
        (r"x_1 = x_2 \text{ given } n \ge 2, x_1 = x_2", "x: n"),
    ],
)
def test_relations_of_numbers_may_be_given(text: str, declarations: str) -> None:
    assert proved(text, declarations)


def test_without_what_is_given_it_does_not_hold() -> None:
    assert not proved(r"\max(c, 0) = c", "c: scalar")


def test_hypotheses_of_declarations_are_given_too() -> None:
    made = latex(r"u_1 = u_1 \text{ given } m \ge 2", "u: m; k: size >= 0; given: m >= 1")
    assert set(made.given) >= {Ge(m, 1), Ge(m, 2), Ge(Symbol("k", integer=True), 0)}


# Every


def test_what_holds_for_every_tensor_may_be_assumed() -> None:
    text = r"u = t \text{ given } v^T u = v^T t \text{ for }\text{ every } v"
    made = latex(text, "u, t, v: n")
    (every,) = made.given
    assert isinstance(every, ForAll)
    assert [each.name for each in every.leaves] == ["v"]
    assert proved(text, "u, t, v: n")


def test_without_every_it_holds_for_one() -> None:
    assert not proved(r"u_1 = t_1 \text{ given } v^T u = v^T t", "u, t, v: n")


def test_every_may_speak_of_several_tensors() -> None:
    made = latex(r"u = t \text{ given } v^T u = w^T t \text{ for }\text{ every } v, w", "u, t, v, w: n")
    (every,) = made.given
    assert isinstance(every, ForAll)
    assert [each.name for each in every.leaves] == ["v", "w"]


def test_every_speaks_of_declared_tensors() -> None:
    with pytest.raises(LanguageError, match="q should be declared"):
        latex(r"u = t \text{ given } v^T u = v^T t \text{ for }\text{ every } q", "u, t, v: n")


def test_only_the_last_of_what_is_given_is_for_every_tensor() -> None:
    text = r"u = t \text{ given } n \ge 2, v^T u = v^T t \text{ for }\text{ every } v"
    first, second = latex(text, "u, t, v: n").given
    assert first == Ge(n, 2)
    assert isinstance(second, ForAll)


# That is


def test_what_restates_it_is_passed() -> None:
    made = latex(r"2x = x + x \qquad \text{that is, } 2x_i = 7", "x: n")
    prove(made)


# No equations


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "here should be one equation"),
        ("a", "here should be one equation"),
        ("a = b, b = c", "here should be one equation"),
        ("a = b = c", "here should be one equation, not a chain"),
        ("= b", "here should be one equation, not a chain"),
        (r"a = \int b", r"\int cannot be read here"),
        ("a = (b", "( is not closed: here should be ), not the end"),
    ],
)
def test_what_is_no_equation_is_refused(text: str, message: str) -> None:
    with pytest.raises(ParseError) as caught:
        latex(text, "a, b, c: scalar")
    assert caught.value.message == message


@pytest.mark.parametrize(
    ("text", "kind", "message"),
    [
        ("a = q", LanguageError, "q is not declared, and no equation before says what it is"),
        ("a < b", LanguageError, "only equations, and inequalities with ≤ or ≥, are checked, not <"),
        ("x = A", ShapeError, "the left side is a column of n, the right side a matrix of m x n"),
        ("x + a = x", ShapeError, "a column of n and a number cannot be added"),
        ("n = n", LanguageError, "a relation of sizes or indices alone is neither checked nor assumed"),
    ],
)
def test_what_has_no_meaning_is_refused(text: str, kind: type[LanguageError], message: str) -> None:
    with pytest.raises(kind) as caught:
        latex(text, "a, b: scalar; x: n; A: m x n")
    assert str(caught.value).startswith(message)


def test_a_size_of_a_layer_of_nothing_is_refused() -> None:
    with pytest.raises(LanguageError, match="says of a name what it is by that name"):
        latex("2 n_L = n_L + n_L")


def test_declarations_without_a_meaning_are_refused() -> None:
    with pytest.raises(LanguageError, match="frob has no meaning"):
        latex("a = a", "a: frob")


def test_an_inequality_is_an_identity_of_maxima() -> None:
    assert proved(r"a \le \max(a, b)", "a, b: scalar")
    assert not proved(r"a \ge \max(a, b)", "a, b: scalar")


def test_equations_of_numbers_are_equations() -> None:
    made = latex(r"c = d \text{ given } c = d", "c, d: scalar")
    (only,) = made.given
    assert isinstance(only, Eq)
