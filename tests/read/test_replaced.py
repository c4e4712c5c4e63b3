"""What a declaration changes of what names meant before it."""

import pytest

from symcnn.read.declarations import declare
from symcnn.read.replaced import changed_names
from symcnn.read.world import World


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        ("x: n", "x: m", ["x"]),
        ("x: n", "x: n", []),
        ("x: n", "x: n, zero outside", ["x"]),
        ("x: n", "y: n", []),
        ("k: size", "k: size >= 0", []),
        ("k: size", "k: scalar", ["k"]),
        ("sigma: activation", "sigma: differentiable activation", []),
        ("sigma: relu", "sigma: tanh", ["sigma"]),
        ("x: n", "delta: n", ["delta"]),
        ("W^1: h x d", "W^1: d x h", ["W"]),
    ],
)
def test_names_that_are_something_else_now(before: str, after: str, names: list[str]) -> None:
    known = declare(World(), before)
    assert list(changed_names(known, declare(known, after))) == names
