"""How functions, maxima, fields, derivatives, layers and recursions look."""

from dataclasses import replace

import pytest
from sympy import Max, Min

from symcnn import (
    Activation,
    ForAll,
    Identity,
    IndexedMax,
    LayerRecursion,
    LayerSizes,
    LayerTensor,
    Partial,
    ScalarField,
    Tensor,
    diag,
    exp,
    gradient,
    jacobian,
    max_pool2d,
    outer,
    relu,
    sizes,
    tanh,
)
from symcnn.kernel import Lambda, Term, terms
from symcnn.language.statement import statement_of
from symcnn.notation import LATEX, PLAIN, Printer, identity_latex, identity_text, printer_of

m, n, k, i, j = map(terms.variable, "mnkij")
one, two = terms.integer(1), terms.integer(2)
x = terms.entry("x", i)
NAMES = {"x": "x", "X": "X", "A": "A", "y": "y"}
show = Printer(PLAIN, NAMES, layers={"A": 1, "y": 1})
tex = replace(show, style=LATEX)


def largest(*ranges: tuple[str, Term], body: Term, condition: Term = terms.TRUE) -> Term:
    return terms.maximum(tuple((name, one, high) for name, high in ranges), condition, body)


def by(body: Term) -> Term:
    """The derivative of a body by x[j]"""
    return terms.partial("x", body, Lambda(("p",), terms.entry("x", terms.variable("p"))), (j,))


a, b = map(terms.variable, "ab")
xa, xab = terms.entry("x", a), terms.entry("X", a, b)
field = terms.field("L", (("a", one, n),), xa)


@pytest.mark.parametrize(
    ("term", "plain", "latex"),
    [
        (terms.call("sigma", x), "sigma(x[i])", r"\sigma(x_{i})"),
        (terms.call("sigma'", x), "sigma'(x[i])", r"\sigma'(x_{i})"),
        (terms.call("exp", x), "exp(x[i])", r"\exp(x_{i})"),
        (terms.call("relu'", x), "relu'(x[i])", r"\operatorname{relu}'(x_{i})"),
        (terms.call("leaky_relu", x), "leaky_relu(x[i])", r"\operatorname{leaky\_relu}(x_{i})"),
        (terms.multiply(x, terms.call("f", x)), "f(x[i]) x[i]", "f(x_{i}) x_{i}"),
        (terms.power(terms.call("f", x), 2), "f(x[i])^2", "f(x_{i})^{2}"),
        (largest(("a", n), body=xa), "max_{1 <= a <= n} x[a]", r"\max_{1 \le a \le n} x_{a}"),
        (
            largest(("a", n), ("b", n), body=xab),
            "max_{1 <= a, b <= n} X[a, b]",
            r"\max_{1 \le a, b \le n} X_{a,b}",
        ),
        (
            largest(("a", m), ("b", n), body=xab, condition=terms.at_most(a, b)),
            "max_{1 <= a <= m, 1 <= b <= n; a <= b} X[a, b]",
            r"\max_{\substack{1 \le a \le m,\ 1 \le b \le n \\ a \le b}} X_{a,b}",
        ),
        (
            terms.add(largest(("a", n), body=xa), x),
            "x[i] + max_{1 <= a <= n} x[a]",
            r"x_{i} + \max_{1 \le a \le n} x_{a}",
        ),
        (
            terms.call("f", largest(("a", n), body=xa)),
            "f(max_{1 <= a <= n} x[a])",
            r"f\Bigl(\max_{1 \le a \le n} x_{a}\Bigr)",
        ),
        (
            largest(("i", n), body=terms.entry("x", i)),
            "max_{1 <= i <= n} x[i]",
            r"\max_{1 \le i \le n} x_{i}",
        ),
        (terms.larger(x, terms.rational(0)), "max(x[i], 0)", r"\max(x_{i}, 0)"),
        (terms.size("n", terms.add(k, one)), "n[k + 1]", "n_{k + 1}"),
        (terms.entry("A", k, i, j), "A[k][i, j]", "(A_{k})_{i,j}"),
        (
            terms.multiply(terms.entry("y", k, j), terms.entry("A", k, i, j)),
            "A[k][i, j] y[k][j]",
            "(A_{k})_{i,j} (y_{k})_{j}",
        ),
        (field, "L((x[a])_{1 <= a <= n})", r"L((x_{a})_{1 \le a \le n})"),
        (by(x), "∂x[i]/∂x[j]", r"\frac{\partial x_{i}}{\partial x_{j}}"),
        (
            by(terms.power(x, 2)),
            "∂/∂x[j] (x[i]^2)",
            r"\frac{\partial}{\partial x_{j}} (x_{i}^{2})",
        ),
        (
            by(terms.call("f", x)),
            "∂/∂x[j] f(x[i])",
            r"\frac{\partial}{\partial x_{j}} f(x_{i})",
        ),
        (
            terms.multiply(by(terms.add(x, xa)), xa),
            "x[a] (∂/∂x[j] (x[a] + x[i]))",
            r"x_{a} \frac{\partial}{\partial x_{j}} (x_{a} + x_{i})",
        ),
        (
            terms.multiply(by(terms.call("f", x)), terms.summation("a", one, n, xa)),
            "(∂/∂x[j] f(x[i])) Σ_{a=1..n} x[a]",
            r"\Bigl(\frac{\partial}{\partial x_{j}} f(x_{i})\Bigr) \sum_{a=1}^{n} x_{a}",
        ),
    ],
    ids=str,
)
def test_terms(term: Term, plain: str, latex: str) -> None:
    assert show(term) == plain
    assert tex(term) == latex


def test_conditions_of_reals() -> None:
    assert show(terms.at_most(x, xa)) == "x[i] <= x[a]"
    assert tex(terms.less(terms.rational(0), x)) == "0 < x_{i}"
    assert show(terms.equal(x, xa)) == "x[i] = x[a]"
    assert show(terms.negation(terms.equal(x, xa))) == "x[i] != x[a]"
    assert show(terms.negation(terms.at_most(x, xa))) == "x[a] < x[i]"
    found = terms.exists((("a", one, n),), terms.at_most(a, i))
    assert show(found) == "for some 1 <= a <= n: a <= i"
    assert tex(found) == r"a \le i \text{ for some } 1 \le a \le n"


def test_the_letters_of_a_maximum_are_nothing_elses() -> None:
    assert show(terms.multiply(largest(("i", n), body=terms.multiply(x, terms.entry("X", i, j))), terms.real(j))) == (
        "j max_{1 <= i <= n} x[i] X[i, j]"
    )
    inner = largest(("a", n), body=terms.entry("X", a, terms.variable("c")))
    assert show(terms.summation("a", one, n, terms.multiply(xa, inner))).startswith("Σ_{a=1..n} x[a] max_{1 <= a'")


def test_the_condition_of_a_maximum_says_where_it_reads() -> None:
    """Whatever form arithmetic has given it."""
    place = terms.add(terms.multiply(k, i), a, terms.integer(-1))
    inside = terms.all_of(terms.at_most(one, place), terms.at_most(place, m))
    turned = terms.all_of(
        terms.at_most(
            terms.integer(0),
            terms.add(m, one, terms.multiply(terms.integer(-1), terms.add(a, place))),
        ),
    )
    body = terms.entry("x", place)
    assert show(largest(("a", n), body=body, condition=inside)) == (
        "max_{1 <= a <= n; 1 <= i k + a - 1 <= m} x[i k + a - 1]"
    )
    moved = terms.all_of(
        terms.at_most(terms.add(terms.multiply(k, i), a), terms.add(m, one)),
        terms.at_most(two, terms.add(terms.multiply(k, i), a)),
    )
    assert show(largest(("a", n), body=body, condition=moved)) == show(largest(("a", n), body=body, condition=inside))
    assert "; " in show(largest(("a", n), body=body, condition=turned))


# Statements


M, N, K = sizes("m n k")
A, y, bias, X = Tensor("A", (M, N)), Tensor("y", (N,)), Tensor("b", (M,)), Tensor("X", (M, N))
phi, sigma = Activation("phi", differentiable=True), Activation("sigma", nondecreasing=True)
affine = A @ y + bias
L = ScalarField("L")


@pytest.mark.parametrize(
    ("identity", "text"),
    [
        (
            Identity(jacobian(phi(affine), bias), diag(phi.derivative(affine))),
            "∂/∂b[j] phi((A y + b)[i]) = diag(phi'(A y + b))[i, j]",
        ),
        (
            Identity(gradient(L(phi(affine)), A), diag(phi.derivative(affine)) @ outer(gradient(L, at=phi(affine)), y)),
            "∂L(phi(A y + b))/∂A[i, j] = (diag(phi'(A y + b)) ∇L(phi(A y + b)) yᵀ)[i, j]",
        ),
        (Identity(sigma(max_pool2d(X, K)), max_pool2d(sigma(X), K)), None),
        (Identity(relu(y), Tensor.define((N,), lambda i: Max(y[i], 0))), "relu(y[i]) = Y[i]"),
        (Identity(tanh(y), exp(y)), "tanh(y[i]) = exp(y[i])"),
        (Identity(Min(y[1], y[2]), Min(y[2], y[1])), "min(y[1], y[2]) = min(y[1], y[2])"),
        (Identity(IndexedMax(y[K], (K, 1, N)), y[1]), "max_{1 <= k <= n} y[k] = y[1]"),
        (Identity(Partial(y[1] ** 2, y[1]), 2 * y[1]), "∂/∂y[1] (y[1]^2) = 2 y[1]"),
    ],
    ids=str,
)
def test_identities(identity: Identity, text: str | None) -> None:
    assert text is None or identity_text(identity) == text
    assert identity_latex(identity).count("{") == identity_latex(identity).count("}")


def test_the_matrix_form_of_a_jacobian_follows_its_entries() -> None:
    found = identity_latex(Identity(jacobian(phi(affine), y), diag(phi.derivative(affine)) @ A))
    assert found.startswith(r"\frac{\partial}{\partial y_{j}} \phi((A y + b)_{i}) = (\operatorname{diag}")
    assert found.endswith(
        r"\text{that is, } \frac{\partial \phi(A y + b)}{\partial y} = \operatorname{diag}(\phi'(A y + b)) A"
    )


def test_a_slope_at_a_tensor_with_a_name() -> None:
    out = phi(affine).named("h")
    statement = statement_of(Identity(gradient(L(out), bias), gradient(L(out), bias)))
    printer = printer_of(statement, LATEX)
    assert printer(statement.claim.left) == r"\frac{\partial L(h)}{\partial b_{i}}"
    slope = statement_of(Identity(gradient(L, at=out), gradient(L, at=out)))
    assert printer_of(slope, LATEX)(slope.claim.left) == r"\frac{\partial L}{\partial h_{i}}"
    unnamed = statement_of(Identity(gradient(L, at=phi(y)), gradient(L, at=phi(y))))
    assert printer_of(unnamed, LATEX)(unnamed.claim.left) == r"\frac{\partial L}{\partial u_{i}}(\phi(y))"
    assert printer_of(unnamed, PLAIN)(unnamed.claim.left) == "(∂L/∂u[i])(phi(y))"


def test_layers_and_recursions() -> None:
    layer, last = sizes("l L")
    width = LayerSizes("n")
    weights = LayerTensor("A", lambda each: (width[each], width[each - 1]))
    start = Tensor("v", (width[layer],))
    outputs = LayerRecursion("y", layer, start, lambda each, before: phi(weights[each] @ before), lambda e: (width[e],))
    identity = Identity(jacobian(outputs[last], start), jacobian(outputs[last], start), given=[layer <= last])
    assert identity_text(identity) == "∂y[L][i]/∂v[j] = ∂y[L][i]/∂v[j] given l <= L"
    assert identity_latex(identity).startswith(r"\frac{\partial (y_{L})_{i}}{\partial v_{j}} = ")
    assert r"1 \le j \le n_{\ell}" in identity_latex(identity)


def test_quantified_hypotheses_are_told() -> None:
    double = Tensor.define((N,), lambda i: 2 * y[i], name="D")
    given = ForAll(y, Identity(double, y))
    assert identity_text(Identity(bias, bias, given=[given])).endswith("given D[i] = y[i] for every y")
