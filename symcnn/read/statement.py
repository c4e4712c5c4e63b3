"""One statement in LaTeX as an `Identity`."""

from __future__ import annotations

import re

from ..errors import LanguageError, ParseError
from ..language.identity import Identity
from ..language.symbols import ForAll
from .checker import TOO_DEEP, Checker
from .claims import pose
from .display import formula
from .indices import free_letters
from .inference import counted_from_zero, with_usage
from .meaning import Meaning
from .syntax import Chain, Name, Node
from .usage import usage
from .world import Array, Key, World
from .written import latex as written

_EVERY = re.compile(r"\\text\{\s*for\s*\}\s*\\text\{\s*every\s*\}\s*(?P<names>[A-Za-z](?:\s*,\s*[A-Za-z])*)\s*$")
_RESTATED = re.compile(r"\\qquad\s*\\text\{\s*that is,\s*\}")


def latex(text: str, declarations: str = "") -> Identity:
    """The identity that an equation in LaTeX states; `declarations` say what it does not (docs/checking.md).

    Behind it may stand over what its indices run, `(1 \\le i \\le n)`, what is assumed, `\text{given } m \\ge k`,
    and the same again in other words, behind `\text{that is, }`. Raises `ParseError` for what cannot be read, and
    `LanguageError`, `ShapeError` or `NameClash` for what has no meaning.
    """
    try:
        return _stated(text, declarations)
    except RecursionError:
        raise LanguageError(TOO_DEEP) from None


def _stated(text: str, declarations: str) -> Identity:
    source = _bare(text)
    every = _EVERY.search(source)
    parsed = formula(source[: every.start()] if every else source)
    if len(parsed.statements) != 1 or not isinstance(parsed.statements[0].chain, Chain):
        raise ParseError("here should be one equation", source, 0)
    chain, conditions = parsed.statements[0].chain, parsed.statements[0].conditions
    if len(chain.items) != 2 or chain.items[0] is None or chain.items[1] is None:
        raise ParseError("here should be one equation, not a chain", source, 0)
    checker = Checker(World(), usage([parsed]))
    checker.declare(declarations)
    checker.world = counted_from_zero(with_usage(checker.world, checker.usage), checker.usage, (declarations,)).world
    checker.infer((chain, *conditions))
    return _identity(checker.world, chain.items[0], chain.items[1], chain.relations[0], conditions, every)


def _bare(text: str) -> str:
    """The formula without dollars, and without what only restates it"""
    inner = text.strip().strip("$").strip().removeprefix(r"\displaystyle").strip()
    return _RESTATED.split(inner)[0]


def _identity(
    world: World,
    left: Node,
    right: Node,
    relation: str,
    conditions: tuple[Chain, ...],
    every: re.Match[str] | None,
) -> Identity:
    meaning = Meaning(world)
    letters = free_letters(meaning, left, right)
    ranges = tuple(each for each in conditions if _is_range(each, letters))
    assumed = [each for each in conditions if each not in ranges]
    given = []
    for number, each in enumerate(assumed):
        if every is not None and number == len(assumed) - 1:
            given.append(_for_all(meaning, each, every["names"]))
        else:
            given.append(meaning.condition(each))
    posed = pose(meaning, left, right, relation, ranges).identity
    return Identity(posed.lhs, posed.rhs, given=(*posed.given, *given))


def _is_range(chain: Chain, letters: tuple[Name, ...]) -> bool:
    middle = chain.items[1] if len(chain.items) == 3 else chain.items[0]
    return middle in letters


def _for_all(meaning: Meaning, chain: Chain, names: str) -> ForAll:
    """An equation that is assumed for every value of some tensors"""
    left, right = chain.items
    if left is None or right is None:
        raise LanguageError(f"{written(chain)} is assumed, and is no equation")
    keys = [Key(name.strip()) for name in names.split(",")]
    arrays = [(key, meaning.world.array(key)) for key in keys]
    leaves = tuple(meaning.leaf(key, array) for key, array in arrays if isinstance(array, Array))
    if len(leaves) < len(keys):
        raise LanguageError(f"{names} should be declared as tensors")
    posed = pose(meaning, left, right, "=", ()).identity
    return ForAll(leaves, Identity(posed.lhs, posed.rhs))
