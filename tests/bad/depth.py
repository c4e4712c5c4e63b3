"""Networks of symbolic depth: chains that lack a factor, factors of other layers, inductions that go wrong."""

from falsehood import false
from sympy import Eq

from symcnn import (
    Activation,
    Identity,
    Iverson,
    LayerIndex,
    LayerRecursion,
    LayerSizes,
    LayerTensor,
    Partial,
    ScalarField,
    Tensor,
    diag,
    gradient,
    identity_matrix,
    jacobian,
    outer,
    sizes,
)

n, w = LayerSizes("n"), sizes("w")
A, b = LayerTensor("A", lambda k: (n[k], n[k - 1])), LayerTensor("b", lambda k: (n[k],))
y = LayerTensor("y", lambda k: (n[k],))
B, c = LayerTensor("B", lambda k: (w, w)), LayerTensor("c", lambda k: (w,))
sigma, L = Activation("sigma", differentiable=True), ScalarField("E")
first, last = LayerIndex("l"), LayerIndex("L")
x, u = Tensor("x", (n[first],)), Tensor("u", (w,))
DEEP = [first <= last - 1]
SQUARE = LayerRecursion("y", first, u, lambda k, before: sigma(B[k] @ before + c[k]), lambda k: (w,))
WIDE = LayerRecursion("y", first, x, lambda k, before: sigma(A[k] @ before + b[k]), lambda k: (n[k],))


def affine(layer):
    return A[layer] @ y[layer - 1] + b[layer]


def chain(factor):
    """The Jacobian of a network of constant width, if `factor` is that of each layer"""
    product = LayerRecursion("P", first, identity_matrix(w), factor, lambda k: (w, w))
    output = B[last] @ SQUARE[last - 1] + c[last]
    return Identity(jacobian(output, u), B[last] @ product[last - 1], DEEP)


def slopes(layer):
    return diag(sigma.derivative(B[layer] @ SQUARE[layer - 1] + c[layer]))


@false("Refuted")
def a_chain_without_the_slopes():
    """Each layer has the factor diag(sigma'(z)) A; the output is added on both sides."""
    wrong, output = chain(lambda k, before: B[k] @ before), SQUARE[last]

    def added(tensor):
        return Tensor.define((w, w), lambda i, j: tensor[i, j] + output[i])

    return Identity(added(wrong.lhs), added(wrong.rhs), DEEP)


@false("Refuted")
def a_chain_without_the_weights():
    """Each layer has the factor diag(sigma'(z)) A."""
    return chain(lambda k, before: slopes(k) @ before)


@false("Refuted")
def a_chain_in_the_wrong_order():
    """The later layer stands on the left."""
    return chain(lambda k, before: before @ (slopes(k) @ B[k]))


@false("Refuted")
def a_chain_with_weights_and_slopes_exchanged():
    """diag(sigma'(z)) A is not A diag(sigma'(z))."""
    return chain(lambda k, before: B[k] @ (slopes(k) @ before))


@false("Refuted")
def a_chain_with_the_weights_of_the_layer_before():
    """A[k], not A[k - 1]."""
    return chain(lambda k, before: slopes(k) @ (B[k - 1] @ before))


@false("Refuted")
def a_chain_with_the_weights_of_the_layer_after():
    """A[k], not A[k + 1]."""
    return chain(lambda k, before: slopes(k) @ (B[k + 1] @ before))


@false("Refuted")
def a_chain_with_transposed_weights():
    """Backpropagation transposes the whole product, not one factor."""
    return chain(lambda k, before: slopes(k) @ (B[k].T @ before))


@false("Refuted")
def a_chain_with_slopes_at_the_output_of_the_layer():
    """They are taken at A[k] y[k - 1] + b[k]."""
    return chain(lambda k, before: diag(sigma.derivative(SQUARE[k])) @ (B[k] @ before))


@false("Refuted")
def a_chain_with_slopes_with_another_bias():
    """They are taken at A[k] y[k - 1] + b[k]."""
    return chain(lambda k, before: diag(sigma.derivative(B[k] @ SQUARE[k - 1] + c[k - 1])) @ (B[k] @ before))


@false("Refuted")
def a_chain_that_is_one_layer_too_long():
    """The product ends at layer L - 1."""
    product = LayerRecursion(
        "P", first, identity_matrix(w), lambda k, before: slopes(k) @ (B[k] @ before), lambda k: (w, w)
    )
    return Identity(jacobian(B[last] @ SQUARE[last - 1] + c[last], u), B[last] @ product[last], DEEP)


@false("Refuted")
def a_chain_without_the_last_weights():
    """The last layer has weights too."""
    product = LayerRecursion(
        "P", first, identity_matrix(w), lambda k, before: slopes(k) @ (B[k] @ before), lambda k: (w, w)
    )
    return Identity(jacobian(B[last] @ SQUARE[last - 1] + c[last], u), product[last - 1], DEEP)


@false("IllFormed")
def a_chain_from_a_layer_that_may_come_after_its_end():
    """Nothing says that l is at most L - 1."""
    output = A[last] @ WIDE[last - 1] + b[last]
    return Identity(jacobian(output, x), jacobian(output, x))


@false("Refuted")
def the_network_with_an_activation_at_the_end():
    """The last layer here has none."""
    return Identity(SQUARE[last], B[last] @ SQUARE[last - 1] + c[last], DEEP)


@false("Refuted")
def the_network_with_the_weights_of_another_layer():
    """y[L] = sigma(A[L] y[L-1] + b[L])."""
    return Identity(SQUARE[last], sigma(B[last - 1] @ SQUARE[last - 1] + c[last]), DEEP)


@false("Refuted")
def the_network_is_one_layer():
    """Only for L = l + 1."""
    return Identity(SQUARE[last], sigma(B[last] @ u + c[last]), DEEP)


@false("Refuted")
def the_input_of_all_layers():
    """Every layer changes it."""
    return Identity(SQUARE[last], u, [first <= last])


@false("Refuted")
def an_induction_whose_hypothesis_is_used_at_another_entry():
    """Each layer reverses the vector: an even number of them does not."""
    turned = LayerRecursion(
        "r", first, u, lambda k, before: Tensor.define((w,), lambda i: before[w + 1 - i]), lambda k: (w,)
    )
    return Identity(turned[last], u, [first <= last])


@false("Refuted")
def an_induction_whose_hypothesis_is_used_at_another_layer():
    """sum_{k = l+1 .. L} k is (L - l)(L + l + 1)/2; with L - 1 in its place it fits no step."""
    summed = LayerRecursion(
        "s", first, u, lambda k, before: Tensor.define((w,), lambda i: before[i] + k), lambda k: (w,)
    )
    wrong = Tensor.define((w,), lambda i: u[i] + (last - first) * (last + first) / 2)
    return Identity(summed[last], wrong, [first <= last])


@false("Refuted")
def an_induction_without_its_base():
    """Every step keeps the difference of 1 that there is at the start."""
    kept = LayerRecursion("r", first, u, lambda k, before: before + 0, lambda k: (w,))
    return Identity(kept[last], u + 1, [first <= last])


@false("Refuted")
def an_induction_whose_step_fails_once():
    """From layer 4 on something is added."""
    late = LayerRecursion(
        "r", first, u, lambda k, before: Tensor.define((w,), lambda i: before[i] + Iverson(k >= 4)), lambda k: (w,)
    )
    return Identity(late[last], u, [first <= last])


@false("Refuted")
def steps_that_do_not_commute():
    """First 2 x, then x + 1 is not first x + 1, then 2 x."""
    one = LayerRecursion("r", first, u, lambda k, before: 2 * before + 1, lambda k: (w,))
    other = LayerRecursion("s", first, u, lambda k, before: 2 * (before + 1), lambda k: (w,))
    return Identity(one[last], other[last], [first <= last])


@false("Refuted")
def recursions_that_start_at_different_layers():
    """One has a step more."""
    one, other = (
        LayerRecursion(name, start, u, lambda k, before: before + c[k], lambda k: (w,))
        for name, start in (("r", first), ("s", first + 1))
    )
    return Identity(one[last], other[last], DEEP)


@false("Refuted")
def a_layer_with_the_bias_of_another():
    """The bias of layer l - 1 is another vector."""
    return Identity(jacobian(sigma(B[first] @ u + c[first]), c[first - 1]), slopes_of_one_layer())


def slopes_of_one_layer():
    return diag(sigma.derivative(B[first] @ u + c[first]))


@false("Refuted")
def a_layer_with_the_sizes_of_another():
    """n[L] rows, not n[L - 1]."""
    return Identity(jacobian(affine(last), y[last - 1]), A[last - 1])


@false("Refuted")
def a_layer_with_its_slopes_on_the_right():
    """The shapes fit only where n[L] = n[L - 1]."""
    return Identity(
        jacobian(sigma(affine(last)), y[last - 1]),
        A[last] @ diag(sigma.derivative(affine(last))),
        [Eq(n[last], n[last - 1])],
    )


@false("Refuted")
def the_weight_gradient_with_the_output_of_the_layer():
    """y[l - 1] is what the weights are multiplied by."""
    column = diag(sigma.derivative(affine(first))) @ gradient(L, at=sigma(affine(first)))
    return Identity(gradient(L(sigma(affine(first))), A[first]), outer(column, y[first]), [Eq(n[first], n[first - 1])])


@false("Refuted")
def the_weight_gradient_of_weights_that_two_layers_share():
    """The gradient has a summand for every layer."""
    shared = Tensor("W", (w, w))
    inner = sigma(shared @ u)
    outside = shared @ inner
    return Identity(gradient(L(outside), shared), outer(gradient(L, at=outside), inner))


@false("Refuted")
def the_gradient_of_a_skip_connection():
    """x + sigma(A x) has the Jacobian 1 + diag(sigma'(A x)) A."""
    block = u + sigma(B[first] @ u)
    return Identity(jacobian(block, u), diag(sigma.derivative(B[first] @ u)) @ B[first])


@false("Refuted")
def the_derivative_by_the_weights_of_another_layer():
    """The weights of layer l + 1 are not those of layer l."""
    layer = sigma(B[first] @ u + c[first])
    return Identity(Partial(layer[1], B[first + 1][1, 1]), sigma.derivative(B[first] @ u + c[first])[1] * u[1])


@false("Refuted")
def all_layers_have_one_size():
    """n[l] and n[l + 1] are two numbers."""
    return Identity(n[first], n[first + 1])


@false("Refuted")
def all_layers_have_one_bias():
    """c[l] and c[l + 1] are two vectors."""
    return Identity(c[first], c[first + 1])


@false("IllFormed")
def an_entry_that_a_layer_may_not_have():
    """A layer may have one neuron only."""
    return Identity(y[first][2], y[first][2])


@false("Refuted")
def the_bias_of_any_later_layer():
    """L = l is only one of the cases."""
    layer = sigma(B[first] @ u + c[first])
    return Identity(jacobian(layer, c[last]), slopes_of_one_layer(), [first <= last])


@false("Refuted")
def weights_that_all_layers_share_count_once():
    """The product of L - l + 1 equal factors has as many summands in its derivative."""
    shared = Tensor("W", (w, w))
    powers = LayerRecursion("z", first, u, lambda k, before: shared @ before, lambda k: (w,))
    return Identity(Partial((shared @ powers[last])[1], shared[1, 1]), powers[last][1], DEEP)
