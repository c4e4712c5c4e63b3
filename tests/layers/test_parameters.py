"""Parameters that mean nothing are refused, and so are ranks and kinds that an operator does not take."""

import pytest
from sympy import Float, Rational, Symbol

from symcnn import Identity, Proved, Tensor, avg_pool2d, conv2d, decide, pad, sizes, subsample
from symcnn.errors import IllFormed, LanguageError, ShapeError

m, n, k, s, p, C, O = sizes("m n k s p C O")  # noqa: E741
X, W = Tensor("X", (m, n)), Tensor("W", (2, 2))
DEEP, KERNEL = Tensor("X", (C, m, n)), Tensor("W", (O, C, 2, 2))

OPERATORS = {
    "conv2d stride": (lambda value: conv2d(X, W, stride=value), 1),
    "conv2d padding": (lambda value: conv2d(X, W, padding=value), 0),
    "conv2d dilation": (lambda value: conv2d(X, W, dilation=value), 1),
    "conv2d groups": (lambda value: conv2d(DEEP, KERNEL, groups=value), 1),
    "avg_pool2d kernel_size": (lambda value: avg_pool2d(X, value), 1),
    "avg_pool2d stride": (lambda value: avg_pool2d(X, 2, stride=value), 1),
    "avg_pool2d padding": (lambda value: avg_pool2d(X, 2, padding=value), 0),
    "subsample stride": (lambda value: subsample(X, value), 1),
    "pad padding": (lambda value: pad(X, value), 0),
}
KINDS = [
    1.0,
    0.5,
    Rational(1, 2),
    Float(2),
    "1",
    "s",
    True,
    False,
    Symbol("t"),
    Symbol("t", real=True),
    X,
    {1},
]


@pytest.mark.parametrize("name", OPERATORS)
@pytest.mark.parametrize("value", KINDS, ids=lambda value: f"{type(value).__name__}({value})")
def test_a_parameter_is_an_integer(name, value):
    with pytest.raises(LanguageError, match=name.split()[1]):
        OPERATORS[name][0](value)


@pytest.mark.parametrize("name", OPERATORS)
def test_a_literal_parameter_is_not_below_its_least_value(name):
    operator, least = OPERATORS[name]
    for value in (least - 1, -1, -7):
        with pytest.raises(LanguageError, match=f"{name.split()[1]}.*at least {least}"):
            operator(value)
    assert operator(least + 1).rank


@pytest.mark.parametrize("name", [name for name in OPERATORS if "groups" not in name])
def test_a_pair_has_two_numbers_and_both_count(name):
    operator, least = OPERATORS[name]
    for value in ((1,), (1, 1, 1), (), (1, None), [1, "1"], (least - 1, 1), (1, least - 1)):
        with pytest.raises(LanguageError, match=name.split()[1]):
            operator(value)


@pytest.mark.parametrize("name", OPERATORS)
def test_a_symbolic_parameter_is_at_least_its_least_value(name):
    """A size is at least 1 unless `given` says otherwise; then the operator asks for it."""
    operator, least = OPERATORS[name]
    made = operator(s)
    with pytest.raises(IllFormed, match=rf"nothing shows that ({least} <= s|.*s != 0|.*= C)"):
        decide(Identity(made, made, [s >= least - 1, m >= 2 * s + 2, n >= 2 * s + 2]))
    hidden = operator(s - 3)
    with pytest.raises(IllFormed):
        decide(Identity(hidden, hidden, [m >= 4, n >= 4]))


def test_a_negative_stride_is_not_hidden_by_simplification():
    """(m - 1)/(1 - s) is (1 - m)/(s - 1), and (s q - s)/s is q - 1: also where s is 0."""
    reverse = subsample(X, 1 - s)
    with pytest.raises(IllFormed):
        decide(Identity(reverse, reverse, [s >= 2]))
    square = Tensor("Z", (s * k + 1, s * k + 1))
    made = subsample(square, s)
    with pytest.raises(IllFormed, match="stride"):
        decide(Identity(made, made, [s >= 0]))
    kept = Tensor.define((k + 1, k + 1), lambda i, j: square[s * (i - 1) + 1, s * (j - 1) + 1])
    assert isinstance(decide(Identity(made, kept)), Proved)
    assert not isinstance(decide(Identity(made, kept, [s >= 0])), Proved)


def test_padding_may_be_zero_or_a_size():
    assert isinstance(decide(Identity(conv2d(X, W, padding=p), conv2d(X, W, padding=p), [m >= 2, n >= 2])), Proved)
    made = conv2d(X, W, padding=p)
    assert isinstance(decide(Identity(made, made, [p >= 0, m >= 2, n >= 2])), Proved)


@pytest.mark.parametrize(
    "use",
    [
        lambda: conv2d(X, Tensor("V", (C, 2, 2))),
        lambda: conv2d(X, KERNEL),
        lambda: conv2d(DEEP, W),
        lambda: conv2d(Tensor("x", (m,)), Tensor("v", (2,))),
        lambda: conv2d(Tensor("X", (C, C, C, m, n)), KERNEL),
        lambda: conv2d(DEEP, Tensor("V", (O, C, C, 2, 2))),
    ],
)
def test_wrong_ranks_of_a_convolution_show_both_shapes(use):
    with pytest.raises(ShapeError, match=r"not <\w+: [^>]*> and <\w+: [^>]*>"):
        use()


@pytest.mark.parametrize(
    "use",
    [
        lambda: conv2d(X, W, bias=Tensor("b", (1,))),
        lambda: conv2d(DEEP, KERNEL, bias=Tensor("b", (O, 1))),
        lambda: conv2d(DEEP, KERNEL, bias=Tensor("b", ())),
        lambda: avg_pool2d(Tensor("x", (m,)), 2),
        lambda: avg_pool2d(Tensor("x", (1, 1, C, m, n)), 2),
        lambda: pad(Tensor("x", (m,)), 1),
        lambda: subsample(Tensor("x", (m,)), 2),
    ],
)
def test_other_wrong_ranks_show_the_shape(use):
    with pytest.raises(ShapeError, match=r"<\w+: [^>]*>"):
        use()


@pytest.mark.parametrize("value", [3, None, [[1]], "X"])
def test_operators_take_tensors(value):
    uses = [
        lambda: conv2d(value, W),
        lambda: conv2d(X, value),
        lambda: avg_pool2d(value, 2),
        lambda: pad(value, 1),
        lambda: subsample(value, 2),
    ]
    uses += [] if value is None else [lambda: conv2d(DEEP, KERNEL, bias=value)]
    for use in uses:
        with pytest.raises(ShapeError, match="tensor"):
            use()


def test_groups_of_images_without_channels_are_refused():
    """A parameter that would be ignored: two images have one channel."""
    for groups in (2, s):
        with pytest.raises(LanguageError, match="groups"):
            conv2d(X, W, groups=groups)
    assert conv2d(X, W, groups=1).rank == 2
