r"""The LaTeX of every statement of the catalogue, read back with its declarations, is the same identity.

The same: the same tensors with the same shapes, the same functions, the same hypotheses, equal extents, and both sides
equal to what they were, which is proved. (Term by term they may differ: where zeros are read, say.)
"""

from dataclasses import replace

import pytest

from symcnn import Identity, prove
from symcnn.kernel.polynomial import normal
from symcnn.language.statement import Statement, statement_of
from symcnn.read import latex
from symcnn.theorem import Theorem
from symcnn.theorems import entries

LAYERS = "A_r: n_r x n_{r-1}; b_r: n_r; y_r: n_r; l: layer; L: layer; sigma: differentiable activation"
CONVOLUTION = (
    "W: F x C x k x q; b: F; Y: F x h x w; s: size; d: size; p: size >= 0; L: function of Y;"
    r"define: Y_{o,i,j} = \operatorname{conv2d}(X, W, b;"
    r" \text{stride } s, \text{padding } p, \text{dilation } d)_{o,i,j};"
    r"define: G_{o,i,j} = \frac{\partial L}{\partial Y_{o,i,j}}"
)
DIFFERENCE = "X: m x n, zero outside; define: Y_{i,j} = X_{i+1,j} - X_{i,j}"

DECLARATIONS = {
    "vertical_difference_is_convolution": rf"""{DIFFERENCE}
        define: W = \begin{{bmatrix}} 0 & 0 & 0 \\ 0 & -1 & 0 \\ 0 & 1 & 0 \end{{bmatrix}}""",
    "horizontal_difference_is_convolution": r"""X: m x n, zero outside; define: Y_{i,j} = X_{i,j+1} - X_{i,j}
        define: W = \begin{bmatrix} 0 & 0 & 0 \\ 0 & -1 & 1 \\ 0 & 0 & 0 \end{bmatrix}""",
    "difference_kernel_is_unique": rf"""W: 3 x 3; {DIFFERENCE}
        define: V = \begin{{bmatrix}} 0 & 0 & 0 \\ 0 & -1 & 0 \\ 0 & 1 & 0 \end{{bmatrix}}""",
    "average_pooling_is_box_convolution": r"""X: C x m x n; W: C x C x k x k
        define: W_{o,c,\alpha,\beta} = \frac{1}{k^2} [c = o]""",
    "average_pooling_is_box_filter_then_stride": "X: C x m x n; k: size",
    "average_pooling_is_depthwise_convolution": r"""X: C x m x n; W: C x 1 x k x k
        define: W_{o,c,\alpha,\beta} = \frac{1}{k^2}""",
    "luminance_is_pointwise_convolution": r"""X: 3 x m x n; Y: 1 x m x n
        define: W_{1,1,1,1} = 0.299, W_{1,2,1,1} = 0.587, W_{1,3,1,1} = 0.114
        define: Y_{o,i,j} = 0.299 X_{1,i,j} + 0.587 X_{2,i,j} + 0.114 X_{3,i,j}""",
    "channel_mixing_is_pointwise_convolution": r"""X: C x m x n; w: O x C; W: O x C x 1 x 1; Y: O x m x n
        define: W_{o,c,\alpha,\beta} = w_{o,c}; define: Y_{o,i,j} = \sum_{c=1}^{C} w_{o,c} X_{c,i,j}""",
    "nondecreasing_commutes_with_maximum": "x: n; sigma: nondecreasing activation",
    "nondecreasing_commutes_with_max_pooling": """X: C x m x n; sigma: nondecreasing activation
        h: size; w: size; s: size; t: size; p: size >= 0; q: size >= 0""",
    "output_layer_bias_jacobian": rf"{LAYERS}; define: W = \begin{{bmatrix}} 1 \end{{bmatrix}}",
    "output_layer_input_jacobian": LAYERS,
    "output_layer_weight_gradient": LAYERS,
    "layer_bias_jacobian": LAYERS,
    "layer_input_jacobian": LAYERS,
    "layer_weight_derivative": rf"""{LAYERS}; D: n_l x n_l x n_{{l-1}}
        define: D_{{k,i,j}} = [i = k] \sigma'(A_l y_{{l-1}} + b_l)_k (y_{{l-1}})_j""",
    "layer_weight_gradient": rf"{LAYERS}; define: u = \sigma(A_l y_{{l-1}} + b_l); f: function of u",
    "jacobian_chain": rf"""{LAYERS}; x: n_l; P_r: n_r x n_l
        define: y_l = x; define: y_r = \sigma(A_r y_{{r-1}} + b_r) \text{{ for }} r > l
        define: P_l = I
        define: P_r = \operatorname{{diag}}(\sigma'(A_r y_{{r-1}} + b_r)) (A_r P_{{r-1}}) \text{{ for }} r > l""",
    "convolution_bias_gradient": rf"""X: C x m x n; {CONVOLUTION}
        define: D_o = \sum_{{i=1}}^h \sum_{{j=1}}^w G_{{o,i,j}}""",
    "convolution_kernel_gradient": rf"""X: C x m x n, zero outside; {CONVOLUTION}; D: F x C x k x q
        define: D_{{o,c,\alpha,\beta}} = \sum_{{i=1}}^h \sum_{{j=1}}^w
            G_{{o,i,j}} X_{{c, s(i-1) + d(\alpha-1) - p + 1, s(j-1) + d(\beta-1) - p + 1}}""".replace(
        "\n            ", " "
    ),
    "convolution_input_gradient": rf"""X: C x m x n; {CONVOLUTION}; D: C x m x n
        define: D_{{c,u,v}} = \sum_{{o=1}}^F \sum_{{i=1}}^h \sum_{{j=1}}^w \sum_{{\alpha=1}}^k \sum_{{\beta=1}}^q
            [s(i-1) + d(\alpha-1) + 1 - p = u] [s(j-1) + d(\beta-1) + 1 - p = v]
            W_{{o,c,\alpha,\beta}} G_{{o,i,j}}""".replace("\n            ", " "),
    "average_pooling_gradient": r"""X: C x m x n; k: size; given: k divides m, k divides n; L: function of Y
        define: Y = \operatorname{avgpool}(X; \text{window } k)
        define: G_{c,i,j} = \frac{\partial L}{\partial Y_{c,i,j}}; D: C x m x n
        define: D_{c,i,j} = \frac{1}{k^2} G_{c, \lfloor (i-1)/k \rfloor + 1, \lfloor (j-1)/k \rfloor + 1}""",
}


def stated(name: str) -> Identity:
    (entry,) = (each for each in entries() if each.name == name)
    made = entry()
    return made.statement if isinstance(made, Theorem) else made


def test_every_theorem_is_there() -> None:
    assert sorted(DECLARATIONS) == sorted(entry.name for entry in entries())


@pytest.mark.parametrize("name", DECLARATIONS)
def test_what_is_printed_is_read(name: str) -> None:
    original = stated(name)
    read = latex(original._repr_latex_(), DECLARATIONS[name])
    one, other = statement_of(original), statement_of(read)
    assert leaves(one) == leaves(other)
    assert set(one.claim.functions) == set(other.claim.functions)
    assert set(one.claim.fields) == set(other.claim.fields)
    assert set(map(normal, one.claim.hypotheses)) == set(map(normal, other.claim.hypotheses))
    assert len(one.claim.assumptions) == len(other.claim.assumptions)
    for mine, theirs in ((read.lhs, original.lhs), (read.rhs, original.rhs)):
        theirs = theirs if theirs.formula is None else replace(theirs, name=None)
        prove(Identity(mine, theirs, given=sizes_only(original)))


def leaves(statement: Statement) -> dict[str, object]:
    return {leaf.name: (leaf.shape, leaf.origin, leaf.layers and True) for leaf in statement.claim.leaves}


def sizes_only(identity: Identity) -> list[object]:
    """The hypotheses but those about all tensors, which say nothing of what the sides are"""
    return [each for each in identity.given if type(each).__name__ != "ForAll"]
