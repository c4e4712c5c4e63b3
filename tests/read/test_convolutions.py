r"""Signs between two tensors: what each declaration of them computes, by numbers."""

import itertools

import numpy as np
import pytest

from symcnn import Tensor, lambdify
from symcnn.errors import ShapeError
from symcnn.read import check
from symcnn.read.convolutions import correlation, flipped
from symcnn.read.declarations import declare
from symcnn.read.display import formula
from symcnn.read.meaning import Meaning
from symcnn.read.outcomes import Budget
from symcnn.read.report import Verdict
from symcnn.read.values import Eye, Row, Scalar
from symcnn.read.world import World

QUICK = Budget(1.0, 5.0, 0.0)
Array = np.ndarray
KINDS = [
    (kind, extent) for kind, extent in itertools.product(("correlation", "convolution"), ("valid", "full", "same"))
]


def computed(text: str, declarations: str, **arrays: Array) -> Array:
    made = Meaning(declare(World(), declarations)).value(formula(text).statements[0].chain)
    assert isinstance(made, Tensor)
    return np.asarray(lambdify(made)(**arrays))


def expected(image: Array, kernel: Array, kind: str, extent: str) -> Array:
    """Entry by entry, from the definition"""
    used = np.flip(kernel) if kind == "convolution" else kernel
    widths = np.array(kernel.shape)
    padding = {"valid": widths * 0, "full": widths - 1, "same": (widths - 1) // 2}[extent]
    padded = np.pad(image, [(width, width) for width in padding])
    shape = np.array(padded.shape) - widths + 1
    made = np.zeros(shape)
    for place in np.ndindex(*shape):
        window = tuple(slice(at, at + width) for at, width in zip(place, widths, strict=True))
        made[place] = (padded[window] * used).sum()
    return made


@pytest.mark.parametrize(("kind", "extent"), KINDS)
def test_one_dimension(kind: str, extent: str) -> None:
    rng = np.random.default_rng(0)
    x, w = rng.normal(size=6), rng.normal(size=3)
    found = computed("x * w", f"x: 6; w: 3; *: {kind}, {extent}", x=x, w=w)
    np.testing.assert_allclose(found, expected(x, w, kind, extent), atol=1e-12)


@pytest.mark.parametrize("extent", ["valid", "full", "same"])
def test_a_convolution_is_what_numpy_calls_one(extent: str) -> None:
    rng = np.random.default_rng(1)
    x, w = rng.normal(size=7), rng.normal(size=3)
    found = computed("x * w", f"x: 7; w: 3; *: convolution, {extent}", x=x, w=w)
    np.testing.assert_allclose(found, np.convolve(x, w, mode=extent), atol=1e-12)  # type: ignore[call-overload]


@pytest.mark.parametrize("extent", ["valid", "full", "same"])
def test_a_correlation_is_what_numpy_calls_one(extent: str) -> None:
    rng = np.random.default_rng(2)
    x, w = rng.normal(size=7), rng.normal(size=3)
    found = computed(r"x \star w", rf"x: 7; w: 3; \star: correlation, {extent}", x=x, w=w)
    np.testing.assert_allclose(found, np.correlate(x, w, mode=extent), atol=1e-12)  # type: ignore[call-overload]


@pytest.mark.parametrize(("kind", "extent"), KINDS)
def test_two_dimensions(kind: str, extent: str) -> None:
    rng = np.random.default_rng(3)
    X, K = rng.normal(size=(5, 4)), rng.normal(size=(3, 3))
    declared = rf"X: 5 x 4; K: 3 x 3; \circledast: {kind}, {extent}"
    found = computed(r"X \circledast K", declared, X=X, K=K)
    np.testing.assert_allclose(found, expected(X, K, kind, extent), atol=1e-12)


@pytest.mark.parametrize(("kind", "extent"), [("correlation", "valid"), ("convolution", "full")])
def test_indices_from_zero_change_no_number(kind: str, extent: str) -> None:
    rng = np.random.default_rng(4)
    x, w = rng.normal(size=5), rng.normal(size=2)
    found = computed("x * w", f"indices: from 0; x: 5; w: 2; *: {kind}, {extent}", x=x, w=w)
    np.testing.assert_allclose(found, expected(x, w, kind, extent), atol=1e-12)


@pytest.mark.parametrize(("extent", "shape"), [("valid", (4, 2)), ("full", (6, 6)), ("same", (5, 4))])
def test_shapes(extent: str, shape: tuple[int, int]) -> None:
    image, kernel = Tensor("X", (5, 4)), Tensor("K", (2, 3))
    assert correlation(image, kernel, extent).shape == shape


@pytest.mark.parametrize("shape", [(3,), (2, 3)])
def test_a_flipped_kernel_is_reversed_along_every_axis(shape: tuple[int, ...]) -> None:
    values = np.arange(np.prod(shape), dtype=float).reshape(shape)
    made = flipped(Tensor("K", shape))
    assert isinstance(made, Tensor)
    np.testing.assert_array_equal(np.asarray(lambdify(made)(K=values)), np.flip(values))


def test_a_flipped_row_is_a_row() -> None:
    made = flipped(Row(Tensor("x", (3,))))
    assert isinstance(made, Row)
    np.testing.assert_array_equal(np.asarray(lambdify(made.vector)(x=np.array([1.0, 2, 3]))), [3, 2, 1])


@pytest.mark.parametrize("value", [Scalar.of(Tensor("c", ())[()]), Eye(Scalar.of(Tensor("c", ())[()]))])
def test_only_a_tensor_is_flipped(value: Scalar | Eye) -> None:
    with pytest.raises(ShapeError, match="cannot be flipped"):
        flipped(value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x * K", "x * K is a convolution of a column of 4 with a matrix of 2 x 2"),
        ("K * x", "K * x is a convolution of a matrix of 2 x 2 with a column of 4"),
        ("x * x^T", "is a convolution of a column of 4 with a row of 4"),
        ("K * I", "is a convolution of a matrix of 2 x 2 with the identity matrix"),
    ],
)
def test_both_sides_of_a_sign_have_one_rank(text: str, message: str) -> None:
    with pytest.raises(ShapeError) as caught:
        computed(text, "x: 4; K: 2 x 2")
    assert message in str(caught.value)


def test_beside_a_number_a_sign_is_a_product() -> None:
    x = np.array([1.0, 2, 3])
    np.testing.assert_array_equal(computed("2 * x", "x: 3; *: convolution, full", x=x), 2 * x)


def test_signs_are_read_one_by_one() -> None:
    declared = r"x: 5; w: 2; *: convolution, full; \star: correlation"
    x, w = np.arange(5.0), np.array([1.0, 10])
    np.testing.assert_array_equal(computed("x * w", declared, x=x, w=w), np.convolve(x, w))
    np.testing.assert_array_equal(computed(r"x \star w", declared, x=x, w=w), np.correlate(x, w))


def test_a_sign_that_nobody_declared_is_a_correlation_and_this_is_told() -> None:
    text = r"\[ y = x * w \] \[ y_i = \sum_{a=1}^k w_a x_{i+a-1} \quad (1 \le i \le n - k + 1) \]"
    report = check(text, declarations=["x: n; w: k; given: n >= k"], budget=QUICK)
    assert report.findings[-1].verdict is Verdict.PROVED
    assert any("* is a correlation" in each.text for each in report.inferences)


@pytest.mark.parametrize(("kind", "verdict"), [("correlation", Verdict.REFUTED), ("convolution", Verdict.PROVED)])
def test_only_full_convolutions_commute(kind: str, verdict: Verdict) -> None:
    report = check(r"\[ x * w = w * x \]", declarations=[f"x: 4; w: 3; *: {kind}, full"], budget=QUICK)
    assert report.findings[-1].verdict is verdict


@pytest.mark.parametrize(("kind", "verdict"), [("correlation", Verdict.PROVED), ("convolution", Verdict.REFUTED)])
def test_a_correlation_is_what_conv2d_computes(kind: str, verdict: Verdict) -> None:
    text = r"\[ X * K = \operatorname{conv2d}(X, K) \]"
    declared = f"X: m x n; K: k x l; given: m >= k, n >= l; *: {kind}"
    assert check(text, declarations=[declared], budget=QUICK).findings[-1].verdict is verdict
