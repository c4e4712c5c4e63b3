r"""Declarations: what each of them says, and what has no meaning in them."""

import pytest
from sympy import Eq, Ge, Ne, Symbol

from symcnn.errors import LanguageError, ParseError, SymcnnError
from symcnn.language.symbols import divides
from symcnn.read import check
from symcnn.read.declarations import LONGEST, declare, sentences
from symcnn.read.outcomes import Budget
from symcnn.read.report import Finding, Report, Verdict
from symcnn.read.syntax import Name, Number
from symcnn.read.world import Array, Field, Function, Key, Layer, Operator, Sign, Size, World

QUICK = Budget(1.0, 5.0, 0.0)
P, D, R, N = Verdict.PROVED, Verdict.DEFINED, Verdict.REFUTED, Verdict.NOT_CHECKABLE
m, n, k = (Symbol(letter, integer=True) for letter in "mnk")


def world(text: str) -> World:
    return declare(World(), text)


def report(text: str, declarations: str) -> Report:
    return check(text, declarations=[declarations], budget=QUICK)


def last(text: str, declarations: str) -> Finding:
    return report(text, declarations).findings[-1]


# What they say


def test_a_tensor_has_a_shape_whose_letters_are_sizes() -> None:
    made = world("X: m x n")
    assert made.things == {"m": Size(), "n": Size(), "X": Array((Name("m"), Name("n")))}


@pytest.mark.parametrize("text", ["X: m × n", r"X: m \times n", "X:m x n", "X : m  x  n"])
def test_a_shape_may_be_written_with_another_cross(text: str) -> None:
    assert world(text) == world("X: m x n")


def test_an_extent_may_be_computed() -> None:
    thing = world("X: m - k + 1 x 2n").things["X"]
    assert isinstance(thing, Array)
    assert len(thing.shape) == 2
    assert set(world("X: m - k + 1 x 2n").things) == {"X", "m", "k", "n"}


@pytest.mark.parametrize("words", ["zero outside", "0 outside"])
def test_a_tensor_may_be_zero_outside(words: str) -> None:
    thing = world(f"X: m x n, {words}").things["X"]
    assert isinstance(thing, Array)
    assert thing.zero_outside


def test_names_with_commas_are_declared_alike() -> None:
    made = world("x, t: n")
    assert made.things["x"] == made.things["t"] == Array((Name("n"),))


@pytest.mark.parametrize(("text", "above"), [("A_l: n_l x n_{l-1}", False), ("A^l: n_l x n_{l-1}", True)])
def test_a_matrix_for_every_layer(text: str, above: bool) -> None:
    made = world(text)
    thing = made.things["A"]
    assert isinstance(thing, Array)
    assert (thing.letter, len(thing.shape)) == ("l", 2)
    assert made.things["l"] == Layer()
    assert made.things["n"] == Size()
    assert made.layered_above == ({"A"} if above else set())


@pytest.mark.parametrize("text", ["W_1: 3 x 4", "W^{(1)}: 3 x 4", "W^1: 3 x 4"])
def test_one_layer_may_have_a_shape_of_its_own(text: str) -> None:
    assert world(text).particular[Key("W", 1)] == Array((Number("3"), Number("4")))


@pytest.mark.parametrize("word", ["scalar", "number"])
def test_a_number_is_a_tensor_without_indices(word: str) -> None:
    assert world(f"c: {word}").things == {"c": Array(())}


@pytest.mark.parametrize(("text", "least"), [("k: size", 1), ("k: size >= 0", 0), ("k: size>=3", 3)])
def test_a_size_has_a_least_value(text: str, least: int) -> None:
    assert world(text).things == {"k": Size(least)}


def test_a_layer_is_a_number_of_one() -> None:
    assert world("l: layer").things == {"l": Layer()}


@pytest.mark.parametrize(
    ("words", "text", "verdict"),
    [
        ("odd activation", r"\sigma(-a) = -\sigma(a)", P),
        ("even function", r"\sigma(-a) = \sigma(a)", P),
        ("fixes_zero activation", r"\sigma(0) = 0", P),
        ("nonnegative activation", r"\max(\sigma(a), 0) = \sigma(a)", P),
        ("activation", r"\sigma(-a) = -\sigma(a)", R),
        ("activation", r"\sigma(0) = 0", R),
    ],
)
def test_facts_of_a_function_may_be_used(words: str, text: str, verdict: Verdict) -> None:
    assert last(rf"\[ {text} \]", f"a: scalar; sigma: {words}").verdict is verdict


def test_a_function_may_have_several_facts() -> None:
    thing = world(r"\sigma: strictly nondecreasing, differentiable activation").things["sigma"]
    assert isinstance(thing, Function)
    assert thing.activation.name == "sigma"


@pytest.mark.parametrize("word", ["relu", "tanh", "sigmoid", "exp", "softplus", "leaky relu", "ReLU"])
def test_known_functions_are_known(word: str) -> None:
    thing = world(f"sigma: {word}").things["sigma"]
    assert isinstance(thing, Function)
    assert thing.activation.name == word.lower().replace(" ", "_")


def test_a_known_function_is_the_one_of_this_name() -> None:
    assert last(r"\[ \sigma(a) = \max(a, 0) \]", "sigma: relu; a: scalar").verdict is P


@pytest.mark.parametrize("words", ["function", "differentiable function", "any function", "loss"])
def test_a_loss_is_a_function_of_a_tensor(words: str) -> None:
    assert world(f"L: {words} of Y").things == {"L": Field(Name("Y"))}


def test_a_function_of_a_tensor_of_a_layer_belongs_to_its_layer() -> None:
    (key,) = world("y_L: function of y_l").particular
    assert key.word == "y"
    assert str(key.layer) == "L"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("max pooling, window k, stride s", "max_pool2d"),
        ("average pooling, window k, stride s", "avg_pool2d"),
    ],
)
def test_pooling_has_settings(words: str, kind: str) -> None:
    made = world(f"rho: {words}")
    assert made.things["rho"] == Operator(kind, (("window", Name("k")), ("stride", Name("s"))))
    assert made.things["k"] == made.things["s"] == Size()


def test_the_maximum_is_taken_over_all_entries() -> None:
    assert world("rho: maximum").things == {"rho": Operator("maximum")}
    assert last(r"\[ \rho(X) = \max_{i,j} X_{i,j} \]", "rho: maximum; X: m x n").verdict is P


@pytest.mark.parametrize(
    ("text", "sign", "read"),
    [
        (r"\star: correlation", "star", Sign(False, "valid")),
        (r"*: convolution", "*", Sign(True, "valid")),
        (r"\ast: convolution, full", "*", Sign(True, "full")),
        (r"\circledast: correlation same", "circledast", Sign(False, "same")),
    ],
)
def test_how_a_sign_is_read(text: str, sign: str, read: Sign) -> None:
    assert world(text).signs == {sign: read}


def test_hypotheses_are_collected() -> None:
    assert world("given: m >= k, k divides m; given: m != n").given == (Ge(m, k), divides(k, m), Ne(m, n))


@pytest.mark.parametrize(
    ("text", "expected"), [("m >= k", Ge(m, k)), (r"m \ge k", Ge(m, k)), ("m ≥ k", Ge(m, k)), ("m = n", Eq(m, n))]
)
def test_how_a_hypothesis_may_be_written(text: str, expected: object) -> None:
    assert world(f"given: {text}").given == (expected,)


def test_given_nothing_forgets_the_hypotheses() -> None:
    assert world("given: m >= k; given: nothing").given == ()


@pytest.mark.parametrize(("text", "origin"), [("from 0", 0), ("from 1", 1), ("0", 0)])
def test_where_indices_begin(text: str, origin: int) -> None:
    assert world(f"indices: {text}").origin == origin


@pytest.mark.parametrize("layout", ["rows", "columns", "mixed"])
def test_how_gradients_are_laid_out(layout: str) -> None:
    assert world(f"gradients: {layout}").gradients == layout


@pytest.mark.parametrize(
    ("layout", "verdict"), [("columns", P), ("rows", R)], ids=["a column is one", "a row is no column"]
)
def test_the_layout_of_a_gradient_matters(layout: str, verdict: Verdict) -> None:
    text = r"\[ \frac{\partial (w^T x)}{\partial x} = w \]"
    assert last(text, f"w, x: n; gradients: {layout}").verdict is verdict


def test_what_is_kept_has_no_second_definition() -> None:
    text = r"\[ Y = 2X \] \[ Y = 3Z \]"
    shapes = "X, Z: m x n"
    assert last(text, shapes).verdict is D
    assert last(text, f"{shapes}; Y: keep").verdict is R


def test_an_index_is_nothing_else_any_more() -> None:
    made = world("k: size; k: index")
    assert made.things == {}


@pytest.mark.parametrize(
    ("name", "word"),
    [(r"\sigma", "sigma"), ("sigma", "sigma"), (r"\mathcal{L}", "L_cal"), (r"\hat{y}", "y_hat"), ("cost", "cost")],
)
def test_names_are_written_as_in_the_document_or_without_the_backslash(name: str, word: str) -> None:
    assert set(world(f"{name}: scalar").things) == {word}


def test_a_later_declaration_of_a_name_holds() -> None:
    assert world("x: n; x: scalar").things["x"] == Array(())


def test_declarations_stand_between_semicolons_and_line_ends() -> None:
    assert sentences("x: n; y: m\n z: k;") == ["x: n", "y: m", "z: k"]


def test_a_semicolon_in_brackets_parts_nothing() -> None:
    assert sentences("define: Y = f(X; 2); x: n") == ["define: Y = f(X; 2)", "x: n"]


# Zero outside


def test_what_is_zero_outside_may_be_read_there() -> None:
    text = r"\[ X_{i,n+1} + X_{i,j} = X_{i,j} \]"
    assert last(text, "X: m x n, zero outside").verdict is P


def test_what_is_not_zero_outside_may_not_be_read_there() -> None:
    finding = last(r"\[ X_{i,n+1} + X_{i,j} = X_{i,j} \]", "X: m x n")
    assert finding.verdict is N
    assert 'declare X "zero outside"' in finding.reason


# Definitions


def test_a_definition_may_stand_in_a_declaration() -> None:
    assert last(r"\[ z = 9x \]", "x: n; define: y = 3x; define: z = 3y").verdict is P


def test_a_definition_by_entries_may_stand_in_a_declaration() -> None:
    assert last(r"\[ \sum_i y_i = 3 \sum_i x_i \]", "x: n; define: y_i = 3x_i").verdict is P


@pytest.mark.parametrize("text", ["y < 3x", "x + y = 3", "3 = y"])
def test_a_definition_has_a_name_on_its_left(text: str) -> None:
    with pytest.raises(LanguageError, match=r"is no definition, such as y_L = A_L y_\{L-1\}"):
        report("$a$", f"x, y: n; define: {text}")


def test_a_definition_speaks_of_what_is_declared_before() -> None:
    with pytest.raises(LanguageError, match="x is not declared"):
        report("$a$", "define: y = 3x; x: n")


# What has no meaning


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("X", "the declaration 'X' is not of the form name: what it is"),
        ("X:", "the declaration 'X:' is not of the form name: what it is"),
        ("X: m x", "'m x' is no shape, such as m x n"),
        ("X: x n", "'x n' is no shape, such as m x n"),
        ("X: m x n, padded", "padded is said of X, and has no meaning"),
        ("x: ,", "x cannot be declared: ',' says nothing of it"),
        ("sigma: , ,", r"\sigma cannot be declared: ', ,' says nothing of it"),
        ("X_{i,j}: m", "X_{i,j} is declared, and is no plain name"),
        ("X': n", "X' is declared, and is no plain name"),
        ("2: n", "2 is declared, and is no plain name"),
        ("X_1: keep", "X_{1} is declared, and is no plain name"),
        ("indices: from 2", "indices are from 0 or from 1, not from 2"),
        ("gradients: diagonal", "gradients are rows, columns or mixed, not diagonal"),
        (r"\star: full", "a sign is a correlation or a convolution, valid, full or same, not full"),
        ("*: nonsense", "a sign is a correlation or a convolution, valid, full or same, not nonsense"),
        ("given: m", "the hypothesis 'm' is no relation, such as m >= k or k divides m"),
        ("rho: max pooling, size k", "'size k' is no setting of pooling: window k, stride s, padding p"),
        ("rho: max pooling, window", "'window' is no setting of pooling: window k, stride s, padding p"),
    ],
)
def test_nonsense_is_refused(text: str, message: str) -> None:
    with pytest.raises(LanguageError) as caught:
        world(text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "words", ["matrix", "gelu", "sizes", "odd", "size > 0", "size >= -1", "frobnicating activation", "layers"]
)
def test_words_without_a_meaning_are_refused_with_those_that_have_one(words: str) -> None:
    with pytest.raises(LanguageError) as caught:
        world(f"x: {words}")
    message = str(caught.value)
    assert "has no meaning in a declaration; what has one: a shape such as m x n, scalar, size, layer" in message
    assert words.split()[0] in message


@pytest.mark.parametrize("text", ["X+Y: m", "y hat: n", "x: k +", "X: (m x n)"])
def test_what_cannot_be_read_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(ParseError, match=r"line 1, column"):
        world(text)


def test_strictly_is_said_of_what_rises_or_falls() -> None:
    with pytest.raises(SymcnnError, match="neither nondecreasing nor nonincreasing"):
        world("sigma: strictly activation")


def test_declarations_without_end_are_refused() -> None:
    with pytest.raises(LanguageError, match=f"more than {LONGEST} characters"):
        world("x" * (LONGEST + 1))


def test_an_error_in_a_comment_is_told_and_ends_nothing() -> None:
    found = check("% symcnn: x: n; y: frob\n\\[ 2x = x + x \\]", budget=QUICK).findings
    assert [(each.line, each.verdict) for each in found] == [(1, N), (2, P)]
    assert found[0].reason.startswith("cannot be declared: frob has no meaning")


def test_a_comment_holds_from_its_line_on() -> None:
    text = "\\[ 2x = x + x \\]\n% symcnn: x: n\n\\[ 2x = x + x \\]"
    assert [each.verdict for each in check(text, budget=QUICK).findings] == [N, P]
