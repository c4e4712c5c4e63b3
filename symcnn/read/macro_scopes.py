"""What macros mean at a place of a document: what is defined within a group holds as far as the group goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..errors import ParseError
from .macros import Macro

MOST_MACROS = 1_000
MOST_GROUPS = 200_000


@dataclass(frozen=True)
class Known:
    """What a macro stands for from a place on; None if it is none there."""

    place: int
    name: str
    macro: Macro | None


def known_at(macros: Iterable[Known], place: int) -> dict[str, Macro]:
    """The macros that are known at a place."""
    known: dict[str, Macro] = {}
    for each in macros:
        if each.place <= place:
            enter(known, each)
    return known


def enter(known: dict[str, Macro], each: Known) -> None:
    """Put into what is known what holds from a place on."""
    if each.macro is None:
        known.pop(each.name, None)
    else:
        known[each.name] = each.macro


def unusable(name: str, why: str) -> Macro:
    """A macro with which a formula is not read."""
    return Macro("", refusal=f"what {name} stands for is not certain here: {why}")


@dataclass(slots=True)
class _Group:
    """A group that is open, and the names that mean something else in it than around it."""

    kind: str
    is_argument: bool
    names: list[str] = field(default_factory=list)


class Meanings:
    """What names mean now, and what they mean again when the groups that are open end."""

    def __init__(self, text: str) -> None:
        self.text, self.known, self.events = text, dict[str, Macro](), list[Known]()
        self._groups = [_Group("", False)]
        self._before: dict[str, list[tuple[int, Macro | None]]] = {}
        self._open: dict[str, int] = {}
        self._count = 0

    def put(self, place: int, name: str, macro: Macro | None, is_global: bool = False) -> None:
        """From a place on a name means something else, everywhere or in the innermost group."""
        if is_global:
            self._before.pop(name, None)
        else:
            self._keep(name)
        self._enter(place, name, macro)

    def _keep(self, name: str) -> None:
        depth = len(self._groups) - 1
        before = self._before.setdefault(name, [])
        if depth and (not before or before[-1][0] < depth):
            before.append((depth, self.known.get(name)))
            self._groups[-1].names.append(name)

    def _enter(self, place: int, name: str, macro: Macro | None) -> None:
        if self.known.get(name) == macro:
            return
        if len(self.events) >= MOST_MACROS:
            raise ParseError(f"the document defines more than {MOST_MACROS} macros", self.text, place)
        self.events.append(Known(place, name, macro))
        enter(self.known, self.events[-1])

    def is_usable(self, name: str) -> bool:
        """Whether a name has the meaning that the document gave it last, or that of LaTeX."""
        macro = self.known.get(name)
        return macro is None or macro.refusal is None

    def open(self, place: int, kind: str, is_argument: bool = False) -> None:
        """A group begins at a place. Raises `ParseError` for too many of them."""
        self._count += 1
        if self._count > MOST_GROUPS:
            raise ParseError(f"the document has more than {MOST_GROUPS} groups", self.text, place)
        self._groups.append(_Group(kind, is_argument))
        self._open[kind] = self._open.get(kind, 0) + 1

    def is_open(self, kind: str) -> bool:
        """Whether such a group is the innermost."""
        return self._groups[-1].kind == kind

    def close(self, place: int, kind: str) -> bool:
        """The innermost group of a kind ends, and all in it; returns whether it was an argument."""
        while self._open.get(kind):
            group = self._groups.pop()
            self._open[group.kind] -= 1
            for name in group.names:
                self._restore(place, name, group)
            if group.kind == kind:
                return group.is_argument
        return False

    def _restore(self, place: int, name: str, group: _Group) -> None:
        before = self._before.get(name)
        if not before or before[-1][0] != len(self._groups):
            return  # it was defined everywhere since
        _, old = before.pop()
        if not group.is_argument:
            self._enter(place, name, old)
        elif self.known.get(name) != old:
            self.put(place, name, unusable(name, "it is defined within braces that may be no group"))
