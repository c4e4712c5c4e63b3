"""Activations: pooling that does not commute with them, facts that are taken for others, facts that contradict."""

from falsehood import false

from symcnn import (
    Activation,
    Identity,
    Nonzero,
    Tensor,
    avg_pool2d,
    conv2d,
    divides,
    exp,
    leaky_relu,
    max_pool2d,
    pad,
    relu,
    sigmoid,
    sizes,
    softplus,
    tanh,
)

C, m, n, k = sizes("C m n k")
X, Y, v, w = Tensor("X", (C, m, n)), Tensor("Y", (C, m, n)), Tensor("v", (n,)), Tensor("w", (n,))
FITS = [divides(k, m), divides(k, n)]


@false("Refuted")
def nonincreasing_commutes_with_max_pooling():
    """It turns the maximum into a minimum."""
    sigma = Activation("sigma", nonincreasing=True)
    return Identity(sigma(max_pool2d(X, k)), max_pool2d(sigma(X), k))


@false("Refuted")
def strictly_decreasing_commutes_with_max_pooling():
    """As little as any nonincreasing function."""
    sigma = Activation("sigma", nonincreasing=True, strictly=True)
    return Identity(sigma(max_pool2d(X, 2)), max_pool2d(sigma(X), 2), [m >= 2, n >= 2])


@false("Refuted")
def any_function_commutes_with_max_pooling():
    """Nothing is declared of it."""
    sigma = Activation("sigma")
    return Identity(sigma(max_pool2d(X, k)), max_pool2d(sigma(X), k))


@false("Refuted")
def a_smooth_function_commutes_with_max_pooling():
    """Smooth is not nondecreasing."""
    sigma = Activation("sigma", differentiable=True, fixes_zero=True)
    return Identity(sigma(max_pool2d(X, k)), max_pool2d(sigma(X), k))


@false("Refuted")
def nondecreasing_commutes_with_average_pooling():
    """Only affine functions do."""
    sigma = Activation("sigma", nondecreasing=True)
    return Identity(sigma(avg_pool2d(X, k)), avg_pool2d(sigma(X), k), FITS)


@false("Refuted")
def any_function_commutes_with_average_pooling():
    """Only affine functions do."""
    sigma = Activation("sigma")
    return Identity(sigma(avg_pool2d(X, 2)), avg_pool2d(sigma(X), 2), [m >= 2, n >= 2])


@false("Refuted")
def relu_commutes_with_average_pooling():
    """The mean of 1 and -1 is 0, that of 1 and 0 is not."""
    return Identity(relu(avg_pool2d(X, (1, 2))), avg_pool2d(relu(X), (1, 2)), [n >= 2])


@false("Refuted")
def activation_before_and_after_a_convolution():
    """It is not linear."""
    sigma, kernel = Activation("sigma", nondecreasing=True), Tensor("W", (2, 2))
    image = Tensor("X", (m, n))
    return Identity(conv2d(sigma(image), kernel), sigma(conv2d(image, kernel)), [m >= 2, n >= 2])


@false("Refuted")
def activation_of_padding():
    """sigma(0) need not be 0."""
    sigma = Activation("sigma", nondecreasing=True)
    return Identity(sigma(pad(X, 1)), pad(sigma(X), 1))


@false("Refuted")
def odd_taken_for_even():
    """f(-x) = -f(x) for odd functions."""
    f = Activation("f", odd=True)
    return Identity(f(-v), f(v))


@false("Refuted")
def even_taken_for_odd():
    """f(-x) = f(x) for even functions."""
    f = Activation("f", even=True)
    return Identity(f(-v), -f(v))


@false("Refuted")
def even_taken_for_something_that_fixes_zero():
    """A constant is even."""
    f = Activation("f", even=True)
    return Identity(f(0) * v, 0 * v)


@false("Refuted")
def positively_homogeneous_taken_for_linear():
    """relu is positively homogeneous."""
    f = Activation("f", positively_homogeneous=True)
    return Identity(f(v + w), f(v) + f(w))


@false("Refuted")
def positively_homogeneous_taken_for_odd():
    """relu is positively homogeneous."""
    f = Activation("f", positively_homogeneous=True)
    return Identity(f(-v), -f(v))


@false("Refuted")
def positively_homogeneous_with_a_negative_factor():
    """c = -2 is not positive."""
    f = Activation("f", positively_homogeneous=True)
    return Identity(f(-2 * v), -2 * f(v))


@false("Refuted")
def positively_homogeneous_with_a_factor_of_unknown_sign():
    """v[1] may be negative."""
    f = Activation("f", positively_homogeneous=True)
    return Identity(f(v[1] * w[1]), v[1] * f(w[1]))


@false("Refuted")
def fixing_zero_taken_for_being_zero():
    """f(x) = x fixes 0."""
    f = Activation("f", fixes_zero=True)
    return Identity(f(v), 0 * v)


@false("Refuted")
def bounded_taken_for_constant():
    """A step is bounded."""
    f = Activation("f", bounded=True)
    return Identity(f(v), f(w))


@false("Refuted")
def nonnegative_taken_for_relu():
    """x^2 is not negative."""
    f = Activation("f", nonnegative=True, nondecreasing=True)
    return Identity(f(v), relu(v))


@false("Refuted")
def the_positive_part_of_a_negative_function():
    """relu(-f(x)) is 0 for positive f."""
    f = Activation("f", positive=True)
    return Identity(relu(-f(v)), -f(v))


@false("IllFormed")
def division_by_a_nonnegative_function():
    """The nonnegative number f(v) may be 0."""
    f = Activation("f", nonnegative=True)
    return Identity(f(w[1]) / f(v[1]), f(w[1]) / f(v[1]))


@false("Refuted")
def two_functions_commute():
    """f(g(x)) is not g(f(x)), even if both increase."""
    f, g = (Activation(name, nondecreasing=True, strictly=True) for name in "fg")
    return Identity(f(g(v)), g(f(v)))


@false("Refuted")
def two_functions_with_the_same_facts_are_equal():
    """The facts of a function do not determine it."""
    f, g = (Activation(name, nondecreasing=True, odd=True) for name in "fg")
    return Identity(f(v), g(v))


@false("Refuted")
def relu_is_odd():
    """relu(-1) = 0, and relu(1) = 1."""
    return Identity(relu(-v), -relu(v))


@false("Refuted")
def the_sum_of_the_positive_and_the_negative_part():
    """relu(x) + relu(-x) is |x|; the difference is x."""
    return Identity(relu(v) + relu(-v), v)


@false("Refuted")
def relu_of_a_product():
    """relu((-1)(-1)) = 1."""
    return Identity(relu(v * w), relu(v) * relu(w))


@false("Refuted")
def leaky_relu_is_relu():
    """leaky_relu(-1) = -1/100."""
    return Identity(leaky_relu(v), relu(v))


@false("Refuted")
def leaky_relu_twice():
    """Negative numbers are multiplied by 1/10000."""
    return Identity(leaky_relu(leaky_relu(v)), leaky_relu(v))


@false("Refuted")
def leaky_relu_with_another_slope():
    """Its slope is 1/100, not 1/10."""
    return Identity(leaky_relu(v), relu(v) - relu(-v) / 10)


@false("Refuted")
def the_exponential_of_a_sum():
    """It is the product."""
    return Identity(exp(v + w), exp(v) + exp(w))


@false("Refuted")
def sigmoid_is_odd():
    """sigmoid(-x) = 1 - sigmoid(x)."""
    return Identity(sigmoid(-v), -sigmoid(v))


@false("Refuted")
def tanh_is_sigmoid():
    """tanh(x) = 2 sigmoid(2 x) - 1, without the 1 here."""
    return Identity(tanh(v), 2 * sigmoid(2 * v))


@false("Refuted")
def softplus_is_relu():
    """It is larger: log(1 + exp(x)) > 0."""
    return Identity(softplus(v), relu(v))


@false("Refuted")
def the_slope_of_relu_off_zero():
    """It is 0 for negative numbers."""
    return Identity(relu.derivative(v[1]), 1, [Nonzero(v[1])])


@false("LanguageError")
def odd_and_positive():
    """f(0) = 0 for odd functions."""
    return Identity(Activation("f", odd=True, positive=True)(v), v)


@false("LanguageError")
def positive_and_fixing_zero():
    """f(0) = 0 is not positive."""
    return Identity(Activation("f", positive=True, fixes_zero=True)(v), v)


@false("LanguageError")
def strictly_up_and_down():
    """a < b would imply f(a) < f(b) < f(a)."""
    return Identity(Activation("f", nondecreasing=True, nonincreasing=True, strictly=True)(v), v)


@false("LanguageError")
def strictly_increasing_and_even():
    """f(-1) = f(1) for even functions."""
    return Identity(Activation("f", nondecreasing=True, strictly=True, even=True)(v), v)


@false("LanguageError")
def strictly_increasing_odd_and_nonnegative():
    """f(-1) = -f(1) < 0."""
    return Identity(Activation("f", nondecreasing=True, strictly=True, odd=True, nonnegative=True)(v), v)


@false("LanguageError")
def a_fact_that_there_is_none_of():
    """Monotone is nondecreasing or nonincreasing."""
    return Identity(Activation("f", monotone=True)(v), v)


@false("NameClash")
def one_function_that_is_declared_in_two_ways():
    """f on the left is nondecreasing, f on the right is odd."""
    return Identity(Activation("f", nondecreasing=True)(v), Activation("f", odd=True)(v))


@false("LanguageError")
def an_unknown_function_with_the_name_of_a_known_one():
    """The name relu is taken by a known function."""
    return Identity(Activation("relu")(v), v)
