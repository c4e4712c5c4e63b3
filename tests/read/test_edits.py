r"""Small edits of a formula: each kind of them, with words, and what is nearby."""

import pytest

from symcnn.read.display import formula
from symcnn.read.edits import Nearby, edits, pool_of
from symcnn.read.local_edits import lost_layers
from symcnn.read.syntax import Node
from symcnn.read.written import latex


def node(text: str) -> Node:
    return formula(text).statements[0].chain


def made(text: str, *nearby: str) -> dict[str, str]:
    """What edits make of a formula, and the first words for each"""
    found: dict[str, str] = {}
    for edited, words in edits(node(text), Nearby(pool_of(node(each) for each in nearby))):
        found.setdefault(latex(edited), words)
    return found


@pytest.mark.parametrize(
    ("text", "edited", "words"),
    [
        # layers
        ("A_L y_{L-1}", r"A_{\ell} y_{L - 1}", r"A_{\ell} instead of A_{L}"),
        ("A_L y_{L-1}", r"A_{L} y_{\ell - 1}", r"y_{\ell - 1} instead of y_{L - 1}"),
        ("A_L y_{L-1}", r"A_{\ell} y_{\ell - 1}", r"\ell for every L, except in what is differentiated"),
        (r"y^{\ell}", "y^{L}", r"y^{L} instead of y^{\ell}"),
        # primes
        (r"\sigma(x)", r"\sigma' (x)", r"\sigma' instead of \sigma"),
        (r"\sigma'(x)", r"\sigma (x)", r"\sigma instead of \sigma'"),
        (r"\sigma''(x)", r"\sigma' (x)", r"\sigma' instead of \sigma''"),
        # signs
        ("x - y", "x + y", "x + y instead of x - y"),
        ("x + y", "x - y", "x - y instead of x + y"),
        ("-x", "x", "x instead of -x"),
        ("x y", "-x y", "-x y instead of x y"),
        (r"\sum_{i=0}^{n-1} x_i", r"\sum_{i = 0}^{n + 1} x_{i}", "n + 1 instead of n - 1"),
        # an operand turned around
        ("x_{i+a}", "x_{i - a}", "x_{i - a} instead of x_{i + a}"),
        ("x_{c,i+a-r,j-b}", "x_{c,i - a + r,j + b}", "x_{c,i - a + r,j + b} instead of x_{c,i + a - r,j - b}"),
        # factors
        ("x_i", "2 x_{i}", "with the factor 2"),
        ("x_i", r"\frac{1}{2} x_{i}", r"with the factor \frac{1}{2}"),
        ("x + y", "2 x + y", "with the factor 2"),
        ("x - y", "x - 2 y", "with the factor 2"),
        (r"\sum_i x_i", r"\sum_{i} 2 x_{i}", "with the factor 2"),
        # indices
        ("x_i", "x_{i + 1}", "x_{i + 1} instead of x_{i}"),
        ("x_i", "x_{i - 1}", "x_{i - 1} instead of x_{i}"),
        ("x_{i-1}", "x_{i}", "x_{i} instead of x_{i - 1}"),
        ("A_{ij}", "A_{j,i}", "A_{j,i} instead of A_{i j}"),
        ("x_{2(i-1)+a}", "x_{2 (i - 2) + a}", "(i - 2) instead of (i - 1)"),
        ("A_{ij}", "A_{i,i}", "A_{i,i} instead of A_{i j}"),
        # transposes
        ("x", "x^{T}", "x^{T} instead of x"),
        ("x^T", "x", "x instead of x^{T}"),
        (r"x^\top", "x", r"x instead of x^{\top}"),
        ("A x y", "(A x)^{T} y", "(A x)^{T} y instead of A x y"),
        # orders
        ("x y", "y x", "y x instead of x y"),
        (r"x \odot y z", r"x \odot z y", r"x \odot z y instead of x \odot y z"),
        # signs of products
        (r"x \odot y", r"x \cdot y", r"x \cdot y instead of x \odot y"),
        (r"x * y", r"x \star y", r"x \star y instead of x * y"),
        # numbers
        ("3", "4", "4 instead of 3"),
        ("3", "2", "2 instead of 3"),
        (r"\sum_{i=1}^n x_i", r"\sum_{i = 1}^{n - 1} x_{i}", "a sum to n - 1 instead of n"),
        (r"\sum_{i=1}^n x_i", r"\sum_{i = 0}^{n} x_{i}", "0 instead of 1"),
        # what is dropped
        ("x y", "x", "without the factor y"),
        (r"x \odot y z", "x z", "without the factor y"),
        ("x + y - z", "x + y", "without the term -z"),
        ("x + y", "y", "without the term x"),
    ],
)
def test_edits_of_a_formula_alone(text: str, edited: str, words: str) -> None:
    assert made(text).get(edited) == words


@pytest.mark.parametrize(
    ("text", "nearby", "edited", "words"),
    [
        ("x", "y", "y", "y instead of x"),
        ("x_i", "y", "y_{i}", "y_{i} instead of x_{i}"),
        ("x_i", "y_j", "y_{i}", "y_{i} instead of x_{i}"),
        ("2x", "y", "2 x y", "with the factor y"),
        ("2x", "y", "y 2 x", "with the factor y"),
        ("(x)", "w", r"(x \odot w)", "with the factor w"),
        ("x", r"\frac{1}{n} y", r"\frac{1}{n} x", r"with the factor \frac{1}{n}"),
        ("2x", r"a \sigma'(z)", r"2 x {\sigma' (z)}", r"with the factor \sigma' (z)"),
    ],
)
def test_edits_with_what_is_nearby(text: str, nearby: str, edited: str, words: str) -> None:
    assert made(text, nearby).get(edited) == words


def made_with_sizes(text: str) -> set[str]:
    return {latex(edited) for edited, _ in edits(node(text), Nearby(sizes=(node("r"), node("n"))))}


def test_a_size_may_be_missing_in_an_index_or_a_bound() -> None:
    found = made_with_sizes(r"\sum_{i=0}^{n-k} x_{i+a} y")
    assert r"\sum_{i = 0}^{n - k} x_{i + r a} y" in found
    assert r"\sum_{i = 0}^{n - n k} x_{i + a} y" in found
    assert r"\sum_{i = 0}^{n - k} r x_{i + a} y" in found


@pytest.mark.parametrize(
    "edited",
    [
        r"\sum_{i = 0}^{-n - 1} x_{i + a}",
        r"\sum_{i = 0}^{n - 1} x_{-i + a}",
        r"\sum_{i = 0}^{n - r 1} x_{i + a}",
        r"\sum_{i = 0}^{w - 1} x_{i + a}",
        r"\sum_{i = 0}^{n - 1} x_{w i + a}",
    ],
)
def test_a_number_of_something_is_no_negative_and_no_tensor(edited: str) -> None:
    text = r"\sum_{i=0}^{n-1} x_{i+a}"
    assert edited not in made_with_sizes(text) | set(made(text, "w"))


def test_without_a_pool_no_other_name_is_put_in() -> None:
    assert "y" not in made("x")


def test_an_edit_is_in_one_place() -> None:
    assert "x^{T} y^{T}" not in made("x y")
    assert {"x^{T} y", "x y^{T}"} <= set(made("x y"))


def test_a_function_is_not_parted_from_its_argument() -> None:
    found = made(r"\sigma(x)")
    assert r"\sigma" not in found
    assert "(x)" not in found
    assert r"(x) \sigma" not in found


def test_what_is_dropped_leaves_no_sum_or_product_of_nothing() -> None:
    assert not any("without" in words for words in made("x").values())


def test_a_decimal_number_is_not_moved() -> None:
    assert not any("instead of 0.5" in words for words in made("0.5").values())


def test_likely_edits_come_first() -> None:
    words = list(made("A_L y_{L-1}").values())
    assert words[0].startswith(r"\ell for every L")
    assert words.index(r"A_{\ell} instead of A_{L}") < words.index("A^{T} instead of A")


def test_no_edit_changes_nothing() -> None:
    for text in ("x_i", r"\sigma'(x)", "x - y", r"\sum_{i=1}^n A_{ij} x_j", r"x \odot y"):
        assert latex(node(text)) not in made(text, "x", "y")


def test_lost_letters_come_back_but_not_in_what_is_differentiated() -> None:
    text = r"\frac{\partial y_L}{\partial x_L} + y_L"
    assert latex(lost_layers(node(text))) == r"\frac{\partial y_{L}}{\partial x_{\ell}} + y_{\ell}"


def test_names_and_factors_are_nearby() -> None:
    pool = pool_of([node(r"\frac{1}{n} A x_i + \sigma(z) y")])
    assert [latex(each) for each in pool] == [
        r"\frac{1}{n}",
        "n",
        "A",
        "x_{i}",
        "x",
        r"\sigma (z)",
        r"\sigma",
        "z",
        "y",
    ]


def test_what_is_nearby_is_there_once() -> None:
    assert [latex(each) for each in pool_of([node("x + x"), node("x")])] == ["x"]


def test_not_everything_is_nearby() -> None:
    many = node(" + ".join("abcdefghijklmnopqrstuvwxyz"))
    assert len(pool_of([many])) == 24
    assert len(pool_of([many], most=3)) == 3
