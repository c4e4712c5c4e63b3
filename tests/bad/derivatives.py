"""Derivatives: rules that lack a part, points that are not where they should be, slopes that do not exist."""

from falsehood import false
from sympy import Eq, Sum

from symcnn import (
    Activation,
    ForAll,
    Identity,
    Nonzero,
    Partial,
    ScalarField,
    Tensor,
    diag,
    exp,
    gradient,
    jacobian,
    leaky_relu,
    outer,
    relu,
    sigmoid,
    sizes,
    tanh,
)

m, n, a = sizes("m n a")
A, S, b, y = Tensor("A", (m, n)), Tensor("S", (n, n)), Tensor("b", (m,)), Tensor("y", (n,))
sigma = Activation("sigma", differentiable=True)
f, g = Activation("f", differentiable=True), Activation("g", differentiable=True)
L = ScalarField("L")
Z = A @ y + b
x, t = Tensor("x", (n,)), Tensor("t", (n,))


@false("Refuted")
def an_activation_without_the_diagonal():
    """sigma'(x[i]) stands on the diagonal only."""
    return Identity(jacobian(sigma(x), x), Tensor.define((n, n), lambda i, j: sigma.derivative(x)[i]))


@false("Refuted")
def a_layer_without_the_diagonal():
    """The Jacobian is diag(sigma'(z)) A, not A."""
    return Identity(jacobian(sigma(Z), y), A)


@false("Refuted")
def a_transposed_jacobian():
    """Rows are outputs."""
    return Identity(jacobian(A @ y, y), A.T)


@false("Refuted")
def a_transposed_jacobian_of_a_square_matrix():
    """Rows are outputs, even where the shapes agree."""
    return Identity(jacobian(S @ y, y), S.T)


@false("Refuted")
def the_diagonal_on_the_other_side():
    """diag(sigma'(z)) scales the rows of A, not its columns."""
    return Identity(jacobian(sigma(S @ y), y), S @ diag(sigma.derivative(S @ y)))


@false("Refuted")
def the_slope_at_the_input():
    """It is taken at S y."""
    return Identity(jacobian(sigma(S @ y), y), diag(sigma.derivative(y)) @ S)


@false("Refuted")
def the_bias_is_left_out_of_the_slope():
    """It is taken at A y + b."""
    return Identity(jacobian(sigma(Z), b), diag(sigma.derivative(A @ y)))


@false("Refuted")
def the_bias_jacobian_is_the_identity():
    """Only without an activation."""
    return Identity(jacobian(sigma(Z), b), Tensor.define((m, m), lambda i, j: jacobian(b, b)[i, j]))


@false("Refuted")
def an_assumption_about_all_tensors_is_used_inside_of_a_derivative():
    """That e is d at this point says nothing of the derivative of e, which is no function of d."""
    d, e = Tensor("d", (n,)), Tensor("e", (n,))
    return Identity(Partial(e[1], d[1]), 1, [ForAll(t, Identity(e[1] * t[1], d[1] * t[1]))])


@false("Vacuous")
def an_assumption_with_an_activation_is_used_inside_of_a_derivative():
    """As before; that there are e and d with e = sigma(d) is not found here."""
    d, e = Tensor("d", (n,)), Tensor("e", (n,))
    given = [ForAll(t, Identity(e[1] * t[1], sigma(d[1]) * t[1]))]
    return Identity(Partial(e[1], d[1]), sigma.derivative(d[1]), given)


@false("Refuted")
def an_equation_of_entries_is_used_inside_of_a_derivative():
    """e[1] is a number here; that it is sigma(d[1]) at this point does not make it a function of d."""
    d, e = Tensor("d", (n,)), Tensor("e", (n,))
    return Identity(Partial(e[1], d[1]), sigma.derivative(d[1]), [Eq(e[1], sigma(d[1]))])


@false("Refuted")
def an_equation_of_entries_is_used_beside_the_variable():
    """D (e d) = e, which is d here, not 2 d."""
    d, e = Tensor("d", (n,)), Tensor("e", (n,))
    return Identity(Partial(e[1] * d[1], d[1]), 2 * d[1], [Eq(e[1], d[1])])


@false("Undecided")
def one_tensor_is_put_for_another_inside_of_a_derivative():
    """D_x (t x) = t for all t; at t = x that is x, but the derivative of x^2 is 2 x."""
    given = [ForAll(t, Identity(Partial(t[1] * x[1], x[1]), t[1]))]
    return Identity(Partial(x[1] * x[1], x[1]), x[1], given)


@false("IllFormed")
def the_slope_of_relu_at_zero_is_one_half():
    """There is no slope at 0."""
    return Identity(relu.derivative(0), 0.5)


@false("IllFormed")
def a_difference_is_differentiated_at_zero():
    """relu(x) - relu(-x) is x, but its parts have no slope at 0."""
    return Identity(Partial(relu(x[1]) - relu(-x[1]), x[1]), relu.derivative(x[1]) + relu.derivative(-x[1]))


@false("IllFormed")
def a_difference_is_differentiated_at_zero_by_linearity():
    """relu'(0) + relu'(0) would have to be 1."""
    return Identity(relu.derivative(x[1]) + relu.derivative(-x[1]), 1)


@false("Refuted")
def the_slopes_of_relu_and_of_its_mirror_image():
    """Off 0 one of them is 1, the other is 0."""
    return Identity(relu.derivative(x[1]) - relu.derivative(-x[1]), 1, [Nonzero(x[1])])


@false("IllFormed")
def a_layer_of_relu_at_any_point():
    """An entry of A y + b may be 0."""
    return Identity(jacobian(relu(Z), y), diag(relu.derivative(Z)) @ A)


@false("Refuted")
def the_slope_of_leaky_relu():
    """It is 1/100 for negative numbers."""
    return Identity(Partial(leaky_relu(x[1]), x[1]), relu.derivative(x[1]), [Nonzero(x[1])])


@false("IllFormed")
def the_slope_of_something_that_is_not_declared_differentiable():
    """Nondecreasing functions may jump."""
    step = Activation("s", nondecreasing=True)
    return Identity(jacobian(step(x), x), diag(step.derivative(x)))


@false("IllFormed")
def the_slope_of_a_slope():
    """f has a derivative; that this has one is not declared."""
    return Identity(jacobian(f.derivative(x), x), diag(f.derivative.derivative(x)))


@false("Refuted")
def a_product_without_its_second_summand():
    """D (f g) = f' g + f g'."""
    return Identity(Partial(f(x[1]) * g(x[1]), x[1]), f.derivative(x[1]) * g(x[1]))


@false("Refuted")
def a_product_of_slopes():
    """D (f g) is not f' g'."""
    return Identity(Partial(f(x[1]) * g(x[1]), x[1]), f.derivative(x[1]) * g.derivative(x[1]))


@false("Refuted")
def a_chain_without_the_inner_slope():
    """D f(g) = f'(g) g'."""
    return Identity(Partial(f(g(x[1])), x[1]), f.derivative(g(x[1])))


@false("Refuted")
def a_chain_with_the_outer_slope_at_the_wrong_point():
    """D f(g) = f'(g) g', not f' g'."""
    return Identity(Partial(f(g(x[1])), x[1]), f.derivative(x[1]) * g.derivative(x[1]))


@false("Refuted")
def a_chain_without_the_factor_of_its_argument():
    """D f(3 x) = 3 f'(3 x)."""
    return Identity(Partial(f(3 * x[1]), x[1]), f.derivative(3 * x[1]))


@false("Refuted")
def a_quotient_with_the_wrong_sign():
    """The derivative of 1/x is -1/x^2."""
    return Identity(Partial(1 / x[1], x[1]), 1 / x[1] ** 2, [Nonzero(x[1])])


@false("Refuted")
def a_power_with_its_exponent():
    """The exponent goes down: D x^3 = 3 x^2."""
    return Identity(Partial(x[1] ** 3, x[1]), 3 * x[1] ** 3)


@false("Refuted")
def half_the_slope_of_a_sum_of_squares():
    """The derivative of x^2 is 2 x."""
    return Identity(gradient(Sum(x[a] ** 2, (a, 1, n)), x), x)


@false("Refuted")
def one_half_of_a_quadratic_form():
    """D x^T S x = (S + S^T) x."""
    return Identity(jacobian(Sum((S @ x)[a] * x[a], (a, 1, n)), x), 2 * (S @ x))


@false("Refuted")
def every_entry_depends_on_every_other():
    """dx[i]/dx[j] = [i = j]."""
    return Identity(jacobian(x, x), Tensor.define((n, n), lambda i, j: 1))


@false("Refuted")
def the_slope_of_an_odd_function_is_odd():
    """It is even, as that of x^3."""
    h = Activation("h", odd=True, differentiable=True)
    return Identity(h.derivative(-x), -h.derivative(x))


@false("Refuted")
def the_slope_of_an_even_function_is_even():
    """It is odd, as that of x^2."""
    h = Activation("h", even=True, differentiable=True)
    return Identity(h.derivative(-x), h.derivative(x))


@false("Refuted")
def the_slope_of_tanh():
    """It is 1 - tanh^2."""
    return Identity(tanh.derivative(x), 1 + tanh(x) * tanh(x))


@false("Refuted")
def the_slope_of_sigmoid():
    """It is sigmoid (1 - sigmoid)."""
    return Identity(sigmoid.derivative(x), sigmoid(x) * sigmoid(x))


@false("Refuted")
def the_slope_of_exp_of_a_multiple():
    """D exp(2 x) = 2 exp(2 x)."""
    return Identity(Partial(exp(2 * x[1]), x[1]), exp(2 * x[1]))


@false("Refuted")
def the_chain_of_a_field_with_the_matrix_not_transposed():
    """The gradient of L(S y) is S^T times that of L."""
    return Identity(gradient(L(S @ y), y), S @ gradient(L, at=S @ y))


@false("Refuted")
def the_gradient_of_a_field_at_the_input():
    """It is taken at S y."""
    return Identity(gradient(L(S @ y), y), S.T @ gradient(L, at=y))


@false("Refuted")
def the_gradient_of_a_field_before_the_activation():
    """It is taken at sigma(z)."""
    return Identity(gradient(L(sigma(x)), x), diag(sigma.derivative(x)) @ gradient(L, at=x))


@false("Refuted")
def the_weight_gradient_without_the_slope():
    """diag(sigma'(z)) is missing."""
    return Identity(gradient(L(sigma(Z)), A), outer(gradient(L, at=sigma(Z)), y))


@false("Refuted")
def the_weight_gradient_transposed():
    """Row i belongs to output i."""
    z = S @ y
    column = diag(sigma.derivative(z)) @ gradient(L, at=sigma(z))
    return Identity(gradient(L(sigma(z)), S), outer(y, column))


@false("Refuted")
def a_second_way_to_the_weights_is_overlooked():
    """The penalty depends on A too."""
    column = diag(sigma.derivative(Z)) @ gradient(L, at=sigma(Z))
    return Identity(gradient(L(sigma(Z)) + A[1, 1] ** 2, A), outer(column, y))


@false("Refuted")
def two_fields_have_one_gradient():
    """L and H are two functions."""
    return Identity(gradient(L, at=x), gradient(ScalarField("H"), at=x))


@false("Refuted")
def a_field_is_linear():
    """It is any differentiable function."""
    return Identity(L(x + t), L(x) + L(t))


@false("LanguageError")
def a_derivative_by_something_computed():
    """sigma(x) is no leaf: what else depends on x would have to be kept."""
    return Identity(jacobian(x, sigma(x)), jacobian(x, x))
