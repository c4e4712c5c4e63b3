"""Statements that rely on a convention: the message says which index, which range, and which hypothesis helps."""

import re

import pytest
from sympy import Sum, floor

from symcnn import Identity, Iverson, Nonzero, Tensor, conv2d, decide, pad, prove, sizes
from symcnn.errors import IllFormed

m, n, k, i, j, a = sizes("m n k i j a")
X, M = Tensor("X", (m,)), Tensor("M", (m, n))


def complaint(identity):
    """What is said of an identity that is not well-formed; None for one that is."""
    try:
        decide(identity)
    except IllFormed as error:
        return str(error)
    return None


def message(identity):
    text = complaint(identity)
    assert text is not None
    return text


CASES = {
    "an index that is too large": (
        lambda: Tensor.define((m,), lambda i: X[i + 1]),
        ["X[i + 1]", "out of range", "X[1..m]", "i + 1 <= m", "definition of Y", "outside=0"],
    ),
    "an index that is too small": (
        lambda: Tensor.define((m, n), lambda i, j: M[i, j - 1]),
        ["M[i, j - 1]", "M[1..m, 1..n]", "1 <= j - 1", "outside=0"],
    ),
    "two images of different sizes": (
        lambda: Tensor.define((m,), lambda i: Tensor("Z", (k,))[i]),
        ["Z[i]", "Z[1..k]", "i <= k", "add given=[k >= m]"],
    ),
    "a transposed read": (
        lambda: Tensor.define((m, n), lambda i, j: M[j, i]),
        ["M[j, i]", "M[1..m, 1..n]", "j <= m", "add given=[m >= n]"],
    ),
    "a sum that reads too far": (
        lambda: Sum(X[a], (a, 1, n)),
        ["X[a]", "X[1..m]", "a <= m", "left side", "add given=[m >= n]"],
    ),
    "a sum that runs backwards": (
        lambda: Sum(X.extended()[a], (a, n, m)),
        ["X[a]", "may run backwards", "n - 1 <= m", "add given=[m >= n]"],
    ),
    "a stride that is too long": (
        lambda: Tensor.define((floor(m / k) + 1,), lambda i: X[k * (i - 1) + 1]),
        ["out of range", "X[1..m]", "<= m"],
    ),
    "a denominator": (
        lambda: Tensor.define((m,), lambda i: 1 / X[i]),
        ["1/X[i]", "may divide by 0", "X[i] != 0", "definition of Y"],
    ),
    "an integer denominator": (lambda: X / (m - 2), ["may divide by 0"]),
    "a kernel that is larger than the image": (
        lambda: conv2d(M, Tensor("W", (k, k))),
        ["extent", "may be negative", "add given=[m >= k]"],
    ),
    "padding outside of its own shape": (
        lambda: Tensor.define((m + 3, n), lambda i, j: pad(M, 1)[i, j]),
        ["pad(M", "[i, j]", "out of range", "1..m + 2, 1..n + 2", "i <= m + 2"],
    ),
    "indices with the letters of sizes": (
        lambda: Tensor.define((i,), lambda i: Tensor("Z", (j,))[i + 1]),
        ["Z[i' + 1]", "Z[1..j]", "i' + 1 <= j"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_message_names_index_range_and_help(case):
    make, parts = CASES[case]
    made = make()
    text = message(Identity(made, made))
    for part in parts:
        assert part in text, text


@pytest.mark.parametrize("case", [case for case in CASES if "given" in str(CASES[case][1])])
def test_the_suggested_hypotheses_help(case):
    """Taken one after the other, they make the statement well-formed."""
    made, given = CASES[case][0](), []
    while (text := complaint(Identity(made, made, given))) is not None:
        found = re.search(r"given=\[(\w+) >= (\w+)\]", text)
        if found is None or len(given) > 3:
            pytest.fail(f"{given} do not help: {text}")
        given.append(sizes(found[1]) >= sizes(found[2]))
    assert given


def test_a_bracket_guards_what_it_multiplies_and_nothing_else():
    guarded = Tensor.define((m,), lambda i: Iverson(i <= m - 1) * X[i + 1])
    assert prove(Identity(guarded, guarded))
    beside = Tensor.define((m,), lambda i: Iverson(i <= m - 1) + X[i + 1])
    assert "X[i + 1]" in message(Identity(beside, beside))
    wrong = Tensor.define((m,), lambda i: Iverson(i <= m) * X[i + 1])
    assert "X[i + 1]" in message(Identity(wrong, wrong))


def test_a_hypothesis_about_an_entry_helps_at_that_entry_only():
    one = 1 / X[1]
    assert prove(Identity(one, one, [Nonzero(X[1])]))
    message(Identity(1 / X[m], 1 / X[m], [Nonzero(X[1])]))


def test_both_sides_and_what_is_never_compared_are_checked():
    inside = X.extended()
    assert prove(Identity(inside, X))
    assert "right side" in message(Identity(X[1], X[1] + 0 * m + X[m + 1] - X[m + 1] + X[n]))
    outside_of_view = Tensor.define((m + 1,), lambda i: X[i], name="Z")
    assert "definition of Z" in message(Identity(Tensor.define((m,), lambda i: outside_of_view[i]), X))


@pytest.mark.parametrize(
    "tensor",
    [
        X - X,
        X * 0,
        X * 0 + 1,
        (X - X) * 3 + 2,
        X.extended() + X.extended(),
        X.extended() * 2,
        1 - X.extended(7),
        X * Iverson(m >= 5),
        X * Iverson(m <= 4),
        X * Iverson(m <= 4) + X * Iverson(m >= 5),
    ],
    ids=lambda tensor: str(tensor).replace("/", " over "),
)
def test_a_computed_tensor_is_read_in_its_own_range_even_if_nothing_is_read_there(tensor):
    """X - X has m entries; that its formula is 0 everywhere gives it no more."""
    assert prove(Identity(tensor, tensor))
    assert prove(Identity(tensor[m], tensor[m]))
    for index in (m + 1, sizes("i") + m, 5):
        assert "out of range" in message(Identity(tensor[index], tensor[index]))
    longer = Tensor.define((m + 1,), lambda i: tensor[i])
    assert "out of range" in message(Identity(longer, longer))


def test_a_transpose_is_read_in_its_own_range():
    for tensor in ((M - M).T, (M * 0).T + 1, M.extended().T):
        assert prove(Identity(tensor[n, m], tensor[n, m]))
        assert "out of range" in message(Identity(tensor[m, n], tensor[m, n]))


def test_what_may_be_read_everywhere_is_said_so():
    assert prove(Identity(X.extended()[m + 7], 0))
    assert prove(Identity((X - X).extended()[m + 7], 0))
