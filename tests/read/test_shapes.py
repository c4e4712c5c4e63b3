r"""Shapes: the extents of spaces."""

import pytest

from symcnn.read.display import formula
from symcnn.read.shapes import space
from symcnn.read.syntax import Chain, Name, Number


@pytest.mark.parametrize(
    ("text", "extents"),
    [
        (r"\mathbb{R}", ()),
        (r"\R^n", (Name("n"),)),
        (r"\mathbb{R}^{m \times n}", (Name("m"), Name("n"))),
        (r"\mathbb{R}^{3}", (Number("3"),)),
        (r"\mathbb{N}", None),
        (r"\mathbb{R}_n", None),
        ("R^n", None),
    ],
)
def test_the_extents_of_a_space(text: str, extents: tuple[object, ...] | None) -> None:
    chain = formula(f"x = {text}").statements[0].chain
    assert isinstance(chain, Chain)
    assert chain.items[1] is not None
    assert space(chain.items[1]) == extents
