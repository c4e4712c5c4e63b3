"""Finite differences with a wrong kernel entry, a wrong sign, or a forgotten last row."""

from falsehood import false

from symcnn import Identity, Tensor, conv2d, sizes

m, n = sizes("m n")
X = Tensor("X", (m, n))
DOWN = Tensor.of([[0, 0, 0], [0, -1, 0], [0, 1, 0]])
DOWNWARD = Tensor.define((m, n), lambda i, j: X.at(i + 1, j, outside=0) - X[i, j])


@false("Refuted")
def a_wrong_entry():
    """A 2 where the 1 belongs."""
    return Identity(conv2d(X, Tensor.of([[0, 0, 0], [0, -1, 0], [0, 2, 0]]), padding=1), DOWNWARD)


@false("Refuted")
def an_entry_too_many():
    """A corner that should be 0 is 0.001."""
    return Identity(conv2d(X, Tensor.of([[0.001, 0, 0], [0, -1, 0], [0, 1, 0]]), padding=1), DOWNWARD)


@false("Refuted")
def a_wrong_place():
    """The 1 stands above the middle: that is X[i-1, j] - X[i, j]."""
    return Identity(conv2d(X, Tensor.of([[0, 1, 0], [0, -1, 0], [0, 0, 0]]), padding=1), DOWNWARD)


@false("Refuted")
def a_wrong_direction():
    """This kernel is the difference to the right."""
    return Identity(conv2d(X, Tensor.of([[0, 0, 0], [0, -1, 1], [0, 0, 0]]), padding=1), DOWNWARD)


@false("Refuted")
def a_wrong_sign():
    """X[i, j] - X[i+1, j] is minus the difference."""
    return Identity(conv2d(X, DOWN * -1, padding=1), DOWNWARD)


@false("Refuted")
def wrong_padding():
    """Without padding there are two rows and two columns less."""
    return Identity(conv2d(X, DOWN), DOWNWARD, [m >= 3, n >= 3])


@false("Refuted")
def the_last_row_is_forgotten():
    """In the last row the convolution is -X[m, j]; here it is put to 0."""
    from symcnn import Iverson

    inside = Tensor.define((m, n), lambda i, j: Iverson(i <= m - 1) * (X.at(i + 1, j, outside=0) - X[i, j]))
    return Identity(conv2d(X, DOWN, padding=1), inside)


@false("IllFormed")
def the_last_row_reads_out_of_range():
    """X[m+1, j] does not exist; the sheet puts it to 0."""
    return Identity(conv2d(X, DOWN, padding=1), Tensor.define((m, n), lambda i, j: X[i + 1, j] - X[i, j]))


@false("Refuted")
def the_last_row_is_left_out():
    """The difference without its last row has another shape."""
    short = Tensor.define((m - 1, n), lambda i, j: X[i + 1, j] - X[i, j])
    return Identity(conv2d(X, DOWN, padding=1), short, [m >= 2])


@false("Refuted")
def the_border_is_repeated():
    """With X[m+1, j] = X[m, j] the last row of the difference would be 0."""
    from sympy import Min

    repeated = Tensor.define((m, n), lambda i, j: X[Min(i + 1, m), j] - X[i, j])
    return Identity(conv2d(X, DOWN, padding=1), repeated)


@false("Refuted")
def the_border_wraps_around():
    """With X[m+1, j] = X[1, j] the last row would be X[1, j] - X[m, j]."""
    from sympy import Mod

    wrapped = Tensor.define((m, n), lambda i, j: X[Mod(i, m) + 1, j] - X[i, j])
    return Identity(conv2d(X, DOWN, padding=1), wrapped)


@false("Refuted")
def the_border_is_one():
    """Zero padding is zero; with ones outside the last row is 1 - X[m, j]."""
    ones = Tensor.define((m, n), lambda i, j: X.at(i + 1, j, outside=1) - X[i, j])
    return Identity(conv2d(X, Tensor.of([[0], [-1], [1]]), padding=(1, 0)), ones)


@false("Refuted")
def a_wrong_origin():
    """Counted from 0, the pixel below row i is still i + 1, not i + 2."""
    image = Tensor("X", (m, n), origin=0)
    kernel = Tensor.of([[0, 0, 0], [0, -1, 0], [0, 1, 0]], origin=0)
    shifted = Tensor.define((m, n), lambda i, j: image.at(i + 2, j, outside=0) - image[i, j])
    return Identity(conv2d(image, kernel, padding=1), shifted)


@false("ShapeError")
def origins_are_mixed():
    """The kernel counts from 1, the image from 0: nobody can say which pixel W[1, 1] is on."""
    return Identity(conv2d(Tensor("X", (m, n), origin=0), DOWN, padding=1), DOWNWARD)
