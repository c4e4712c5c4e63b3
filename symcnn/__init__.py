"""symcnn: the mathematics of convolutional networks, proved by machine.

| package     | what it is                                                                                   |
|-------------|----------------------------------------------------------------------------------------------|
| `kernel`    | the trusted part, standard library only: terms, evidence, claims, rules, replay, JSON        |
| `language`  | what a user writes, in SymPy: sizes, tensors, brackets, identities; its translation          |
| `layers`    | operators: functions from tensors to a tensor, each an index formula and a shape             |
| `tactics`   | untrusted search that builds proof trees                                                     |
| `refute`    | exact evaluation at small sizes: counterexamples                                             |
| `numeric`   | NumPy functions generated from the formulas; random instances                                |
| `export`    | derivations as LaTeX, Markdown and text; decides nothing                                     |
| `decision`  | `prove`, `decide` and the three verdicts                                                     |
| `calculate` | `calc`: derivations that a person writes, checked line by line                               |
| `solve`     | `solve_kernel`: the convolution kernel that computes a given tensor                          |
| `read`      | LaTeX that somebody else wrote: one equation, or a whole document that is checked            |
| `theorem`   | a theorem as a user holds it                                                                 |
| `theorems`  | the catalogue, one function per theorem, one file per chapter                                |
| `errors`    | every exception a user can meet                                                              |

Names are loaded when they are first used, so that `python -m symcnn.kernel` needs no SymPy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .calculate import calc
    from .decision import Proved, Refuted, Undecided, decide, prove
    from .language.activations import Activation, exp, leaky_relu, relu, sigmoid, softplus, tanh
    from .language.depth import LayerIndex, LayerRecursion, LayerSizes, LayerTensor
    from .language.fields import Partial, ScalarField, slope_at
    from .language.identity import Identity
    from .language.maxima import IndexedMax
    from .language.symbols import Divides, ForAll, Iverson, Nonzero, divides, sizes
    from .language.tensors import Tensor
    from .layers.calculus import diag, gradient, identity_matrix, jacobian, outer, row
    from .layers.convolution import conv2d, pad, subsample
    from .layers.pooling import avg_pool2d, max_pool2d
    from .numeric import lambdify
    from .solve import SolvedKernel, solve_kernel
    from .theorem import Theorem

__version__ = "0.1.0"

_HOMES = {
    "calc": ".calculate",
    **dict.fromkeys(("Proved", "Refuted", "Undecided", "decide", "prove"), ".decision"),
    "Identity": ".language.identity",
    **dict.fromkeys(
        ("Activation", "exp", "leaky_relu", "relu", "sigmoid", "softplus", "tanh"), ".language.activations"
    ),
    **dict.fromkeys(("LayerIndex", "LayerRecursion", "LayerSizes", "LayerTensor"), ".language.depth"),
    **dict.fromkeys(("Partial", "ScalarField", "slope_at"), ".language.fields"),
    "IndexedMax": ".language.maxima",
    **dict.fromkeys(("Divides", "ForAll", "Iverson", "Nonzero", "divides", "sizes"), ".language.symbols"),
    **dict.fromkeys(("diag", "gradient", "identity_matrix", "jacobian", "outer", "row"), ".layers.calculus"),
    "Tensor": ".language.tensors",
    **dict.fromkeys(("conv2d", "pad", "subsample"), ".layers.convolution"),
    **dict.fromkeys(("avg_pool2d", "max_pool2d"), ".layers.pooling"),
    "lambdify": ".numeric",
    **dict.fromkeys(("SolvedKernel", "solve_kernel"), ".solve"),
    "Theorem": ".theorem",
}

__all__ = [
    "Activation",
    "Divides",
    "ForAll",
    "Identity",
    "IndexedMax",
    "Iverson",
    "LayerIndex",
    "LayerRecursion",
    "LayerSizes",
    "LayerTensor",
    "Nonzero",
    "Partial",
    "Proved",
    "Refuted",
    "ScalarField",
    "SolvedKernel",
    "Tensor",
    "Theorem",
    "Undecided",
    "avg_pool2d",
    "calc",
    "conv2d",
    "decide",
    "diag",
    "divides",
    "exp",
    "gradient",
    "identity_matrix",
    "jacobian",
    "lambdify",
    "leaky_relu",
    "max_pool2d",
    "outer",
    "pad",
    "prove",
    "relu",
    "row",
    "sigmoid",
    "sizes",
    "slope_at",
    "softplus",
    "solve_kernel",
    "subsample",
    "tanh",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name], __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
