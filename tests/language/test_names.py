"""Names: one namespace per identity, in which two different objects with one name are refused."""

import pytest
from sympy import Dummy, IndexedBase, Sum, Symbol

from symcnn import Identity, Tensor, conv2d, decide, prove, sizes
from symcnn.errors import LanguageError, NameClash

m, n, k = sizes("m n k")
X = Tensor("X", (m,))


def doubled(name):
    return Tensor.define((m,), lambda i: 2 * X[i], name=name)


@pytest.mark.parametrize(
    "identity",
    [
        Identity(X, Tensor("X", (n,)), [m <= n]),
        Identity(X, Tensor("X", (m,), origin=0)),
        Identity(X[1], Tensor("X", (m, m))[1, 1]),
        Identity(X * sizes("X"), X),
        Identity(X, X * sizes("X")),
        Identity(Tensor("m", (m,)), X),
        Identity(X, doubled("X")),
        Identity(doubled("X"), X),
        Identity(doubled("Z"), Tensor.define((m,), lambda i: 3 * X[i], name="Z")),
        Identity(doubled("m"), X + X),
        Identity(X, Tensor.define((m,), lambda i: IndexedBase("X", shape=(m + 1,))[i])),
    ],
)
def test_two_objects_with_one_name_are_refused(identity):
    with pytest.raises(NameClash, match="two different objects are called"):
        decide(identity)


@pytest.mark.parametrize(
    "identity",
    [
        Identity(X, Tensor("X", (m,))),
        Identity(X, Tensor("X", (sizes("m"),))),
        Identity(doubled("Z"), doubled("Z")),
        Identity(X, Tensor.define((m,), lambda i: IndexedBase("X", shape=(m,))[i])),
    ],
)
def test_one_name_for_equal_objects_is_one_object(identity):
    assert prove(identity)


@pytest.mark.parametrize(
    "identity",
    [
        Identity(doubled(None), X * 2),
        Identity(doubled(None) + sizes("Y"), X * 2 + sizes("Y")),
        Identity(doubled(None) * (sizes("Y") + 0), X * 2 * sizes("Y")),
        Identity(doubled(None) + Tensor("Y", (m,)), X + X + Tensor("Y", (m,))),
        Identity(Tensor("Y", (m,)) + doubled(None), X + X + Tensor("Y", (m,))),
        Identity(doubled(None) + Tensor.define((m,), lambda i: X[i], name="Y"), 3 * X),
        Identity(conv2d(Tensor("M", (m, n)), Tensor.of([[1]])) + 0 * Tensor("W", (m, n)), Tensor("M", (m, n))),
        Identity(Tensor.of([[1]]) + Tensor.of([[2]]), Tensor.of([[3]])),
    ],
)
def test_a_tensor_without_a_name_gets_one_that_is_free(identity):
    assert prove(identity)


@pytest.mark.parametrize(
    "symbol",
    [
        Symbol("m"),
        Symbol("m", real=True),
        Symbol("m", integer=True, positive=True),
        Symbol("m", integer=True, nonnegative=True),
        Symbol("m", integer=True, even=True),
    ],
    ids=lambda symbol: str(sorted(symbol.assumptions0)),
)
def test_symbols_with_other_assumptions_are_refused(symbol):
    with pytest.raises(LanguageError, match=r"(?s)m is declared with other assumptions.*sizes\('m'\)|not an integer"):
        decide(Identity(X * symbol, X * symbol))
    with pytest.raises(LanguageError):
        decide(Identity(Tensor("Z", (symbol,)), Tensor("Z", (symbol,))))


def test_sizes_gives_the_same_symbol_for_the_same_name():
    assert sizes("m") == m
    assert sizes("m, n") == (m, n)
    with pytest.raises(LanguageError):
        sizes(" ")


@pytest.mark.parametrize("name", ["", " ", "#", "a\nb", 5, Symbol("X"), "@1"])
def test_names_are_printable_text(name):
    with pytest.raises(LanguageError, match="name"):
        Tensor(name, (m,))
    with pytest.raises(LanguageError, match="name"):
        Tensor.define((m,), lambda i: i, name=name)


@pytest.mark.parametrize("name", ["", "a\nb", "a#0", "@1", "m + 1", "X[1]"])
def test_names_of_sizes_are_printable_text(name):
    size = Symbol(name, integer=True)
    with pytest.raises(LanguageError):
        decide(Identity(X * size, X * size))


@pytest.mark.parametrize("name", ["m + 1", "X[1]", "1", "", "a\nb", "a#0"])
def test_an_index_cannot_look_like_a_formula(name):
    """X[m + 1] with an index called `m + 1` would be printed as another statement."""
    for index in (Symbol(name, integer=True), Dummy(name, integer=True)):
        with pytest.raises(LanguageError, match="name"):
            decide(Identity(Sum(X[index], (index, 1, m)), Sum(X[index], (index, 1, m))))
    with pytest.raises(LanguageError, match="name"):
        Tensor.define((m,), lambda *indices: X[indices[0]], letters=(name,))


def test_a_leaf_has_a_name():
    with pytest.raises(LanguageError, match="name"):
        Tensor(None, (m,))


@pytest.mark.parametrize("name", ["i", "j", "c", "α", "β", "o", "a", "k", "l"])
def test_sizes_may_be_called_like_indices(name):
    size = sizes(name)
    image, kernel = Tensor("X", (size, n)), Tensor("W", (2, 2))
    twice = conv2d(image, kernel * 2)
    assert prove(Identity(twice, 2 * conv2d(image, kernel), [size >= 2, n >= 2]))


@pytest.mark.parametrize(
    "name", ["m + 1", "2", "-v", "v[i] + v", "conv2d(X, W)", "x^2", "$", r"\input{x}", "", "a b", "'"]
)
def test_a_name_cannot_look_like_a_formula(name: str) -> None:
    with pytest.raises(LanguageError, match="cannot be a name"):
        Tensor(name, (m,))


@pytest.mark.parametrize("name", ["X", "X'", "W_1", "alpha", "β", "é", "Bild"])
def test_a_name_is_a_word(name: str) -> None:
    assert Tensor(name, (m,)).name == name
