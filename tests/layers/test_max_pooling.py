"""max_pool2d against loops, in exact numbers, at sizes put into symbolic parameters; and what it asks for."""

from itertools import product

import loops
import pytest
from evaluation import entries, entry
from sympy import Rational

from symcnn import Identity, Tensor, decide, max_pool2d, prove, sizes
from symcnn.errors import IllFormed, LanguageError, ShapeError
from symcnn.language.statement import statement_of

N, C, m, n, k, l, s, t, p, q, d, e = sizes("N C m n k l s t p q d e")  # noqa: E741
X = Tensor("X", (m, n))


def image(rows, columns, origin=1):
    return loops.array((rows, columns), lambda at: entry("X", at[0] + origin, at[1] + origin))


def looped(x, window, stride, padding=(0, 0), dilation=(1, 1)):
    """The largest entry of the image that each window covers; 0, as in the kernel, where there is none."""
    extents = loops.shape_of(x)
    rows, columns = (loops.places(*each) for each in zip(extents, window, stride, padding, dilation, strict=True))
    y = {}
    for i, j in product(range(rows), range(columns)):
        corner = i * stride[0] - padding[0], j * stride[1] - padding[1]
        offsets = product(*map(range, window))
        covered = [(corner[0] + a * dilation[0], corner[1] + b * dilation[1]) for a, b in offsets]
        y[i, j] = max((x[at] for at in covered if at in x), default=0)
    return y


def positions(tensor, values):
    found = entries(tensor, values)
    return {tuple(at - tensor.origin for at in position): number for position, number in found.items()}


@pytest.mark.parametrize("origin", [1, 0])
@pytest.mark.parametrize(
    ("rows", "columns", "window", "stride", "padding", "dilation"),
    [
        (4, 6, (2, 3), (2, 3), (0, 0), (1, 1)),
        (5, 5, (2, 2), (1, 1), (0, 0), (1, 1)),
        (5, 4, (3, 2), (2, 1), (1, 1), (1, 1)),
        (6, 5, (2, 3), (1, 2), (0, 1), (3, 2)),
        (3, 3, (1, 1), (2, 1), (0, 0), (1, 2)),
        (2, 3, (4, 5), (1, 1), (2, 2), (1, 1)),
    ],
)
def test_maximum_pooling(rows, columns, window, stride, padding, dilation, origin):
    values = dict(zip("mnklstpqde", (rows, columns, *window, *stride, *padding, *dilation), strict=True))
    made = max_pool2d(Tensor("X", (m, n), origin=origin), (k, l), (s, t), (p, q), (d, e))
    assert positions(made, values) == looped(image(rows, columns, origin), window, stride, padding, dilation)


def test_the_stride_is_the_window_unless_given():
    found = positions(max_pool2d(X, (k, l)), {"m": 5, "n": 6, "k": 2, "l": 3})
    assert found == looped(image(5, 6), (2, 3), (2, 3))


@pytest.mark.parametrize("shape", [(C, m, n), (N, C, m, n)])
def test_channels_are_pooled_one_by_one(shape):
    found = entries(max_pool2d(Tensor("X", shape), 2), {"N": 2, "C": 2, "m": 4, "n": 4})
    for position, number in found.items():
        *rest, i, j = position
        assert number == max(entry("X", *rest, a, b) for a in (2 * i - 1, 2 * i) for b in (2 * j - 1, 2 * j))
    assert len(found) == 2 * 2 * 2 ** (len(shape) - 2)


def test_the_padding_is_not_among_the_entries():
    """All entries of a window may be negative; zeros around the image would be larger."""
    values = {"m": 3, "n": 3}
    found = positions(max_pool2d(-(X * X) - 1, 3, stride=1, padding=1), values)
    assert max(found.values()) <= -1


def test_parameters_at_their_defaults_are_not_shown():
    assert str(max_pool2d(X, k)) == "max_pool2d(X, kernel_size=k)"
    assert str(max_pool2d(X, 3, 3, 0, 1)) == "max_pool2d(X, kernel_size=3)"
    assert str(max_pool2d(X, 3, 2, 1, d)) == "max_pool2d(X, kernel_size=3, stride=2, padding=1, dilation=d)"
    assert str(max_pool2d(X, (k, l), padding=(0, 1))) == "max_pool2d(X, kernel_size=(k, l), padding=(0, 1))"


@pytest.mark.parametrize("wrong", [Tensor("v", (m,)), Tensor("T", (m, n, m, n, m)), m, [[1, 2]]])
def test_other_ranks_are_refused(wrong):
    with pytest.raises(ShapeError, match="max_pool2d takes"):
        max_pool2d(wrong, 2)


@pytest.mark.parametrize(
    "wrong",
    [{"kernel_size": Rational(1, 2)}, {"kernel_size": (2, 2, 2)}, {"kernel_size": 2, "stride": 0.5}],
)
def test_parameters_that_are_no_pairs_of_integers_are_refused(wrong):
    with pytest.raises(LanguageError, match=r"kernel_size|stride"):
        max_pool2d(X, **wrong)


@pytest.mark.parametrize(
    ("parameter", "value", "least"), [("kernel_size", 0, 1), ("stride", 0, 1), ("padding", -1, 0), ("dilation", 0, 1)]
)
def test_parameters_out_of_range_are_refused(parameter, value, least):
    with pytest.raises(LanguageError, match=f"{parameter} must be at least {least}, not {value}"):
        max_pool2d(X, **{"kernel_size": 2, parameter: value})


def test_symbolic_parameters_need_hypotheses():
    made = max_pool2d(X, 2, stride=1, padding=p)
    with pytest.raises(IllFormed, match="p"):
        prove(Identity(made, made, [m >= 2, n >= 2, p >= -1]))
    assert prove(Identity(made, made, [p >= 0, p <= 1]))


def test_a_window_must_cover_an_entry_of_the_image():
    beyond = max_pool2d(X, 2, stride=1, padding=2)
    with pytest.raises(IllFormed):
        decide(Identity(beyond, beyond))


def test_an_image_smaller_than_the_window_is_named():
    with pytest.raises(IllFormed, match="m"):
        decide(Identity(max_pool2d(X, k, stride=1), max_pool2d(X, k, stride=1)))
    assert prove(Identity(max_pool2d(X, k, stride=1), max_pool2d(X, k, stride=1), [m >= k, n >= k]))


def test_the_claim_is_a_maximum_with_its_condition():
    found = statement_of(Identity(max_pool2d(X, 3, 1, 1), max_pool2d(X, 3, 1, 1))).claim
    (definition,) = found.definitions
    assert definition.body.head == "maximum"
    assert definition.body.args[-2].head == "and"
    assert definition.name == "max_pool2d(X, kernel_size=3, stride=1, padding=1)"
