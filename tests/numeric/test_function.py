"""How generated functions are called, what they refuse, and their source."""

import dataclasses
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from sympy import Function, IndexedBase, KroneckerDelta, Piecewise, Sum, Symbol, floor, sin

from symcnn.errors import LanguageError, NameClash, ShapeError
from symcnn.language.symbols import sizes
from symcnn.language.tensors import Tensor
from symcnn.layers.convolution import conv2d
from symcnn.layers.pooling import avg_pool2d
from symcnn.numeric import lambdify

m, n, k, M, stride = sizes("m n k M stride")
x = Tensor("X", (m, n))
kernel = Tensor("W", (k, k))
convolved = lambdify(conv2d(x, kernel, stride=stride))
IMAGE, BOX = np.arange(12.0).reshape(3, 4), np.ones((2, 2))


def test_required_keywords_are_arrays_and_sizes_that_no_array_shows() -> None:
    assert convolved.parameters == ("X", "W", "stride")
    assert convolved.accepted == ("X", "W", "m", "n", "k", "stride")
    assert (str(convolved), repr(convolved)) == (
        "conv2d(X, W, stride)",
        "<NumPy function conv2d(X, W, stride)>",
    )


def test_parameters_come_in_the_order_of_the_operator() -> None:
    first, second = Tensor("Z", (m, n)), Tensor("A", (n, k))
    assert lambdify(first @ second).parameters == ("Z", "A")


def test_sizes_that_arrays_show_may_be_given_too() -> None:
    assert convolved(X=IMAGE, W=BOX, stride=1, m=3).shape == (2, 3)
    with pytest.raises(ShapeError, match=r"m is 4 by the keyword and 3 by axis 0 of X, which has the shape \(3, 4\)"):
        convolved(X=IMAGE, W=BOX, stride=1, m=4)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"X": IMAGE, "stride": 1}, "conv2d is called without W; it takes X, W, stride"),
        ({"X": IMAGE}, "without W, stride"),
        (
            {"X": IMAGE, "W": BOX, "strides": 1},
            r"no parameter strides \(did you mean stride\?\); it takes X, W",
        ),
        ({"X": IMAGE, "W": BOX, "stride": 1.5}, r"stride is an integer, not 1\.5"),
        ({"X": IMAGE * 1j, "W": BOX, "stride": 1}, "X is an array of complex128, not of real numbers"),
    ],
)
def test_keywords_that_do_not_fit(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        convolved(**arguments)


def test_positional_arguments_are_refused_with_the_names() -> None:
    with pytest.raises(TypeError, match=r"by name, with X=\.\.\., W=\.\.\., stride=\.\.\."):
        convolved(IMAGE, BOX, 1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"X": IMAGE[0], "W": BOX},
            r"X has the shape \(m, n\), that is 2 axes; the array has the shape \(4,\)",
        ),
        (
            {"X": IMAGE, "W": np.ones((2, 3))},
            r"k is 2 by axis 0 of W, .*\(2, 3\) and 3 by axis 1 of W, .*\(2, 3\)",
        ),
        (
            {"X": IMAGE, "W": np.ones((9, 9))},
            r"conv2d\(X, W, stride=stride\) has a negative extent.*\(-5, -4\)",
        ),
    ],
)
def test_arrays_that_do_not_fit(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ShapeError, match=message):
        convolved(**arguments, stride=1)


def test_arrays_that_disagree_about_a_size() -> None:
    function = lambdify(Tensor("A", (m, k)) @ Tensor("B", (k, n)))
    with pytest.raises(ShapeError, match=r"k is 3 by axis 1 of A, .*\(2, 3\) and 4 by axis 0 of B, .*\(4, 2\)"):
        function(A=np.ones((2, 3)), B=np.ones((4, 2)))


def test_what_an_operator_needs_of_the_sizes() -> None:
    function = lambdify(Tensor("A", (m, n)) + Tensor("B", (k, n)))
    with pytest.raises(ShapeError, match=r"a sum needs the extents m and k to be equal; here .*m = 2"):
        function(A=np.ones((2, 3)), B=np.ones((4, 3)))
    grouped = lambdify(conv2d(Tensor("X", (4, m, n)), Tensor("W", (m, 2, 1, 1)), groups=2))
    with pytest.raises(ShapeError, match="2 groups must divide"):
        grouped(X=np.ones((4, 3, 3)), W=np.ones((3, 2, 1, 1)))


def test_extents_that_are_expressions_are_checked() -> None:
    blocks = lambdify(avg_pool2d(Tensor("X", (k * M, 3)), (k, 1)))
    assert blocks.parameters == ("X", "M", "k")
    assert blocks(X=np.ones((6, 3)), k=2, M=3).shape == (3, 3)
    message = r"X must have the shape \(M\*k, 3\), here \(6, 3\); the array has the shape \(6, 4\)"
    with pytest.raises(ShapeError, match=message):
        blocks(X=np.ones((6, 4)), k=2, M=3)


def test_a_size_of_0_that_something_is_divided_by() -> None:
    with pytest.raises(ZeroDivisionError):
        lambdify(Tensor.define((m,), lambda i: v[floor(i / k) + 1]))(v=VECTOR, k=0)
    with pytest.raises(ZeroDivisionError):
        lambdify(Tensor.define((m,), lambda i: v[i] / k))(v=VECTOR, k=0)
    with pytest.raises(ZeroDivisionError, match=r"Y\(v\) divides by 0"):
        lambdify(Tensor.define((m,), lambda i: 1 / v[i]))(v=[1, 0])


def test_bytes_do_not_wrap_around() -> None:
    difference = lambdify(Tensor.define((m - 1,), lambda i: v[i + 1] - v[i]))
    assert difference(v=np.array([200, 10, 250], dtype=np.uint8)).tolist() == [-190.0, 240.0]
    assert difference(v=[True, False]).tolist() == [-1.0]


def test_single_precision_and_exact_numbers_stay_what_they_are() -> None:
    double = lambdify(2 * v)
    assert double(v=np.ones(2, dtype=np.float32)).dtype == np.float32
    assert double(v=np.array([Fraction(1, 3)])).tolist() == [Fraction(2, 3)]


def test_arguments_are_not_changed_and_results_are_new_arrays() -> None:
    result = lambdify(v)(v=VECTOR)
    result[0] = 9.0
    assert VECTOR.tolist() == [1.0, 2.0]
    constant = lambdify(Tensor.define((2, 2), lambda i, j: k))(k=3)
    constant[0, 0] = 1
    assert constant.tolist() == [[1, 3], [3, 3]]


v = Tensor("v", (m,))
VECTOR = np.array([1.0, 2.0])


def test_scalars_and_entries_of_literal_tensors() -> None:
    total = Tensor.define((), lambda: Sum(v[k], (k, 1, m)))
    assert float(lambdify(total)(v=VECTOR)) == 3.0
    mixed = Tensor.of([[v[1], 0.299], [1 / m, total[()]]])
    np.testing.assert_allclose(lambdify(mixed)(v=VECTOR), [[1.0, 0.299], [0.5, 3.0]])


def test_indexed_bases_with_a_shape_are_tensors() -> None:
    base = IndexedBase("w", shape=(m,))
    i = sizes("i")
    shifted = lambdify(Tensor.define((m - 1,), lambda j: base[j + 1] + Sum(base[i], (i, 1, 1))))
    assert shifted(w=VECTOR).tolist() == [3.0]


@pytest.mark.parametrize("name", ["lambda", "X'", "np", "self", "ℓ", "Entries", "σ", "i"])
def test_every_name_may_be_used(name: str) -> None:
    size = sizes("i") if name != "i" else sizes("j")
    tensor, other = Tensor(name, (size,)), Tensor("l", (size,))
    function = lambdify(Tensor.define((size,), lambda i: tensor[i] * other[i] * i + size, name="Y"))
    assert function(**{name: VECTOR, "l": VECTOR}).tolist() == [3.0, 10.0]


def test_the_source_runs_as_it_stands() -> None:
    space: dict[str, Any] = {}
    exec(convolved.source, space)
    found = space["conv2d"](IMAGE, BOX, 3, 4, 2, 1)
    np.testing.assert_array_equal(found, convolved(X=IMAGE, W=BOX, stride=1))


def test_the_source_is_the_formula() -> None:
    weights = Tensor.of([[0, 0, 0], [0, -1, 0], [0, 1, 0]])
    assert lambdify(conv2d(x, weights, padding=1)).source == SOURCE


SOURCE = """\
import numpy as np

from symcnn.numeric.arrays import Entries, span


def conv2d(X, m, n):
    X = Entries('X', X)
    W = Entries('W', np.array([[0, 0, 0], [0, -1, 0], [0, 1, 0]]))
    i = np.arange(1, m + 1).reshape(-1, 1)
    j = np.arange(1, n + 1)
    α = np.arange(1, 4).reshape(-1, 1, 1)
    β = np.arange(1, 4).reshape(-1, 1, 1, 1)
    inside = (1 <= i + α - 2) & (1 <= j + β - 2) & (i + α - 2 <= m) & (j + β - 2 <= n)
    conv2d = Entries.over(
        'conv2d(X, W, padding=1)',
        (m, n),
        lambda: np.sum(W[α, β]*X.where(inside)[i + α - 2, j + β - 2], axis=(-4, -3)),
    )
    return conv2d.array
"""


def test_no_loop_is_generated() -> None:
    for tensor in (conv2d(x, kernel, stride=stride, padding=1), avg_pool2d(x, k), x @ x.T):
        assert not {" for ", " while "} & set(lambdify(tensor).source)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (lambda i: sin(i), r"sin\(_?i\) is outside the language \(sin\)"),
        (lambda i: Function("f")(i), "outside the language"),
        (lambda i: Symbol("t") * v[i], r"t is not a plain integer symbol: make it with sizes\('t'\)"),
        (lambda i: Symbol("t", integer=True, positive=True) * v[i], "t is not a plain integer symbol"),
        (lambda i: Sum(v[i], (Symbol("t"), 1, m)), "t is not a plain integer symbol"),
        (lambda i: KroneckerDelta(i, k, (1, 2)), "outside the language"),
        (lambda i: Piecewise((v[i], i > 1)), "no value where all its conditions fail"),
        (lambda i: v[i / 2], "not an integer expression"),
    ],
)
def test_what_is_outside_the_language_is_named(entry: Any, message: str) -> None:
    with pytest.raises(LanguageError, match=message):
        lambdify(Tensor.define((m,), entry))


def test_sums_and_formulas_catch_no_size_of_the_same_name() -> None:
    scaled = (v * k, v.extended(k), v + Sum(k * m, (m, 1, k)))
    known = {"v": VECTOR, "k": 3, "m": 2}
    for tensor in scaled:
        entry = lambdify(Tensor.define((), lambda: tensor[1]))  # noqa: B023
        total = lambdify(Tensor.define((), lambda: Sum(tensor[1], (k, 1, 2))))  # noqa: B023
        values = {name: value for name, value in known.items() if name in entry.accepted}
        assert float(total(**values)) == 2 * float(entry(**values))
    beyond = lambdify(Tensor.define((2,), lambda i: Sum(v.extended(k)[i + k], (k, 0, 1))))
    assert beyond(v=VECTOR, k=9).tolist() == [3.0, 11.0]


def test_one_letter_may_be_bound_twice() -> None:
    assert float(lambdify(Tensor.define((), lambda: Sum(v[k], (k, 1, k), (k, 1, m))))(v=VECTOR)) == 4.0


def test_two_objects_of_one_name() -> None:
    with pytest.raises(NameClash, match="called X"):
        lambdify(Tensor.define((m,), lambda i: x[i, i] * Tensor("X", (m,))[i]))
    with pytest.raises(NameClash, match="called m"):
        lambdify(Tensor.define((m,), lambda i: Tensor("m", (m,))[i]))


def test_functions_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        convolved.program = convolved.program  # type: ignore[misc]
