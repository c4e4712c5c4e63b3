"""Other words for a reason, other letters; what is refused; what is told of each kind of step."""

import derived
import pytest

from symcnn import Identity, Tensor, prove, sizes
from symcnn.errors import LanguageError, SymcnnError
from symcnn.export.chain import latex_words, wrapped
from symcnn.export.text import plain_words
from symcnn.export.width import width
from symcnn.theorems import proved

VERTICAL, BOX = "vertical_difference_is_convolution", "average_pooling_is_box_convolution"
m, n = sizes("m n")
X = Tensor("X", (m, n))


@pytest.fixture
def vertical():
    return proved(VERTICAL).derivation()


@pytest.fixture
def box():
    return proved(BOX).derivation()


# Reasons


def test_a_reason_in_other_words(vertical) -> None:
    other = vertical.with_reason(0, "by definition, 100% of $W_{α,β}$")
    assert other.lines[0].reason == "by definition, 100% of $W_{α,β}$"
    assert r"\text{(by definition, 100\% of $W_{{\alpha},{\beta}}$)}" in other.latex()
    assert "(by definition, 100% of W[α,β])" in other.text()
    assert other.lines[1:] == vertical.lines[1:]
    assert vertical.lines[0].reason == "definition of convolution", "the old one is as it was"


def test_reasons_are_counted_from_both_ends_and_over_all_cases() -> None:
    derivation = derived.CASES["two_cases"]().derivation()
    count = len(derivation.lines)
    for number in (*range(-count, count),):
        changed = derivation.with_reason(number, "HERE")
        places = [place for place, line in enumerate(changed.lines) if line.reason == "HERE"]
        assert places == [number % count]
        assert changed.text().count("(HERE)") == 1
    for number in (count, -count - 1, 100):
        with pytest.raises(SymcnnError, match=f"there is no line {number}; the derivation has {count}"):
            derivation.with_reason(number, "HERE")


def test_a_reason_of_ones_own_stays_when_letters_or_origin_change(vertical) -> None:
    own = vertical.with_reason(1, "I say so: $α$")
    assert own.with_letters({"X": "U"}).lines[1].reason == "I say so: $α$"
    assert "(I say so: α)" in own.text(origin=0)
    assert own.with_reason(1, "no").lines[1].reason == "no"


@pytest.mark.parametrize("text", ["definition:W", "support", "padding", "substitute", "calc:1:own:x", "theorem:x"])
def test_words_that_are_keys_elsewhere_are_words_here(vertical, text: str) -> None:
    assert vertical.with_reason(0, text).lines[0].reason == text
    assert f"({text})" in vertical.with_reason(0, text).text()


@pytest.mark.parametrize(
    ("reason", "latex"),
    [
        ("50% of a_b & c", r"50\% of a\_b \& c"),
        ("costs $5", r"costs \$5"),
        ("$a_1$ costs $5", r"$a_1$ costs \$5"),
        ("$x$ and $y_{i}$", "$x$ and $y_{i}$"),
        (r"back\slash {braces} ~ ^", r"back\textbackslash{}slash \{braces\} \textasciitilde{} \textasciicircum{}"),
        ("", ""),
    ],
)
def test_words_in_latex(reason: str, latex: str) -> None:
    assert latex_words(reason) == latex


@pytest.mark.parametrize(
    ("reason", "plain"),
    [
        (r"substitute $\beta = 4 - \alpha$", "substitute β = 4 - α"),
        (r"$W_{2,2}$ is $\operatorname{conv2d}(X)_{i,j}$", "W[2,2] is conv2d(X)[i,j]"),
        ("no formula", "no formula"),
    ],
)
def test_own_words_in_plain_text(reason: str, plain: str) -> None:
    assert plain_words(reason) == plain


def test_long_words_are_wrapped_and_formulas_stay_whole() -> None:
    words = " ".join(["word"] * 40 + ["$a + b + c$"] + ["more"] * 40)
    rows = wrapped(words, 30)
    assert " ".join(rows) == words
    assert len(rows) > 2
    assert all(width(rf"\text{{{row}}}") <= 30 and row.count("$") % 2 == 0 for row in rows)


@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        (VERTICAL, ["definition of convolution", "only these entries of $W$ are not 0", "entries of $W$"]),
        (BOX, ["definition of convolution", "definition of $W$", "only the terms with $c = o$ contribute"]),
        ("average_pooling_is_depthwise_convolution", [..., ..., "the sum over $c$ has only one term"]),
        ("average_pooling_is_depthwise_convolution", [*[...] * 3, "the constant factor moves out of the sum"]),
        (
            "channel_mixing_is_pointwise_convolution",
            [..., ..., r"the sums over $\alpha$ and $\beta$ have only one term each"],
        ),
        ("luminance_is_pointwise_convolution", [..., "write the sum out", "entries of $W$", "definition of $Y$"]),
        ("dilation", [..., r"replace $\alpha$ by $4 - \alpha$ and $\beta$ by $4 - \beta$"]),
        ("long_names", [..., "rename the indices", r"definition of $\mathit{enhanced}$"]),
        ("transposes", ["definition of the matrix product"] * 2),
        ("nested_tensors", [..., "definition of zero padding", "entries out of range are 0"]),
        ("two_cases", ["definition of $Y$", "values of the brackets", "values of the brackets"]),
        ("scalars_and_products", [..., "multiply out"]),
        ("sums_without_tensors", ["write the sum out", "calculate"]),
        ("by_a_theorem", ["by vertical difference is convolution"]),
        ("another_number_outside", [..., "definition of the extension"]),
    ],
)
def test_what_is_told(name: str, reasons: list) -> None:
    theorem = derived.CASES[name]() if name in derived.CASES else proved(name)
    told = [line.reason for line in theorem.derivation().lines]
    assert [found for found, wanted in zip(told, reasons, strict=False) if wanted is not ...] == [
        wanted for wanted in reasons if wanted is not ...
    ]


# Letters


def test_letters_are_changed_everywhere(box) -> None:
    letters = {"X": "U", "W": "K", "k": "s", "c": "γ", "α": "a", "β": "b", "o": "p", "m": "M"}
    text = box.with_letters(letters).text()
    assert "conv2d(U, K; stride s)[p, i, j]" in text
    assert "Σ_{γ=1..C} Σ_{a=1..s} Σ_{b=1..s} K[p, γ, a, b] U[γ, s(i - 1) + a, s(j - 1) + b]" in text
    assert "only the terms with γ = p contribute" in text
    assert "M/s" in text
    assert "s | M" in text
    for old in "XWkcαβom":
        assert not any(sign.format(old) in text for sign in (" {}[", "[{},", "{{{}=")), old


def test_greek_letters(box, vertical) -> None:
    assert r"\sum_{\gamma=1}^{C}" in box.with_letters({"c": "γ"}).latex()
    assert r"\xi_{i,j}" in vertical.with_letters({"X": "ξ"}).latex()
    assert r"(\theta_{1})_{i,j}" in vertical.with_letters({"Y": "θ_1"}).latex()
    assert r"$\gamma = o$" in box.with_letters({"c": "γ"}).latex(), "in reasons too"


def test_letters_can_be_exchanged_and_changed_again(box) -> None:
    swapped = box.with_letters({"i": "j", "j": "i"})
    assert "X[o, k(j - 1) + α, k(i - 1) + β]" in swapped.text()
    again = box.with_letters({"X": "U"}).with_letters({"W": "K"})
    assert "conv2d(U, K; stride k)" in again.text()
    assert box.with_letters({"X": "U"}).with_letters({"X": "X"}).text() == box.text()
    assert "conv2d(X, W; stride k)" in box.text(), "the old one is as it was"


def test_letters_of_another_sum_and_of_what_has_no_name_of_its_own() -> None:
    inner = Tensor.define((m,), lambda i: 2 * X[i, 1])
    derivation = prove(Identity(inner, inner + 0)).derivation()
    assert "Q[i] = 2 X[i, 1]" in derivation.with_letters({"Y": "Q"}).text()


@pytest.mark.parametrize(
    "letters",
    [
        *[{"X": "W"}, {"k": "m"}, {"i": "j"}, {"i": "k"}, {"α": "β"}, {"α": "k"}, {"c": "C"}, {"c": "X"}],
        *[{"m": "q", "n": "q"}, {"m": "q1", "n": "q_1"}, {"m": "alpha"}, {"X": "c"}],
    ],
    ids=str,
)
def test_two_things_are_not_called_by_one_letter(box, letters: dict[str, str]) -> None:
    with pytest.raises(SymcnnError, match="would be called by one letter"):
        box.with_letters(letters)


def test_an_earlier_change_counts(box) -> None:
    with pytest.raises(SymcnnError, match="would be called by one letter"):
        box.with_letters({"m": "q"}).with_letters({"n": "q"})
    assert box.with_letters({"m": "q"}).with_letters({"n": "m"}).text()


def test_a_letter_that_nothing_has(box) -> None:
    with pytest.raises(SymcnnError, match=r"nothing is called Q, r; there are .*X"):
        box.with_letters({"Q": "U", "r": "s", "X": "Z"})


@pytest.mark.parametrize("letter", ["", "a b", "x#", "$x$", "\\alpha", "2"])
def test_what_is_no_letter(box, letter: str) -> None:
    with pytest.raises(LanguageError, match="cannot be a name"):
        box.with_letters({"X": letter})


def test_names_that_look_alike_from_the_start_are_no_clash_of_the_reader() -> None:
    derivation = derived.CASES["names_that_look_alike"]().derivation()
    assert "q alpha[i, j]" in derivation.with_letters({"km": "q"}).text()
    text = derivation.latex()
    assert r"\text{\textit{k1}}" in text
    assert r"\text{\textit{k\_1}}" in text
