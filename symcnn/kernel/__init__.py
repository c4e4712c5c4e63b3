"""The trusted part: terms, arithmetic and its evidence, claims, rules, replay, JSON. Standard library only.

An evening's reading order: `terms` (what is said), `value` (what it means), `polynomial` (when two terms are
equal by arithmetic), `evidence` (why an integer fact holds), `claim` and `well_formed` (what a statement is),
`proof` (what a proof is), `context` (what may be assumed where), `rules` (the laws), `replay` (the gate).
"""

from .claim import Assumption, Claim, Definition, Field, Index, Leaf, Scope
from .codec import decode, encode
from .context import Context
from .evidence import (
    Alternatives,
    Each,
    Evidence,
    Facts,
    Floor,
    Instance,
    Larger,
    Law,
    Lemma,
    Multiples,
    Sign,
    Split,
    Summands,
    Throughout,
)
from .functions import Function
from .laws import LAWS
from .proof import Cases, Chain, Define, Have, Induction, Node, Obtain, Proof, Step
from .rejected import Rejected
from .replay import KernelTheorem, replay
from .rules import RULES
from .show import show, show_claim
from .terms import Lambda, Term
from .well_formed import Obligation, obligations

__all__ = [
    "LAWS",
    "RULES",
    "Alternatives",
    "Assumption",
    "Cases",
    "Chain",
    "Claim",
    "Context",
    "Define",
    "Definition",
    "Each",
    "Evidence",
    "Facts",
    "Field",
    "Floor",
    "Function",
    "Have",
    "Index",
    "Induction",
    "Instance",
    "KernelTheorem",
    "Lambda",
    "Larger",
    "Law",
    "Leaf",
    "Lemma",
    "Multiples",
    "Node",
    "Obligation",
    "Obtain",
    "Proof",
    "Rejected",
    "Scope",
    "Sign",
    "Split",
    "Step",
    "Summands",
    "Term",
    "Throughout",
    "decode",
    "encode",
    "obligations",
    "replay",
    "show",
    "show_claim",
]
