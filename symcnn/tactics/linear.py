"""Farkas multipliers by linear programming: z3 solves, the kernel checks.

z3 is asked in SMT-LIB text; its Python objects cost more than its answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from ..kernel import Term
from ..kernel.polynomial import ONE, Monomial, Polynomial

# z3 counts its work, so that a search ends in the same place on every machine; the time is a second safety
_LIMITS = "(set-option :rlimit 400000)(set-option :timeout 1000)"


@dataclass
class Solver:
    """A z3 context, made when it is first needed."""

    context: Any = field(default=None)

    def ask(self, assertions: str, question: str) -> str | None:
        """The answer to a question such as `(get-value (x))` where the assertions are satisfiable; else None."""
        try:
            if self._tell(f"(push)\n{assertions}\n(check-sat)").strip() != "sat":
                return None
            return self._tell(question)
        finally:
            self._tell("(pop)")

    def _tell(self, text: str) -> str:
        import z3

        if self.context is None:
            self.context = z3.Context()
            z3.Z3_eval_smtlib2_string(self.context.ref(), _LIMITS)
        answer: str = z3.Z3_eval_smtlib2_string(self.context.ref(), text)
        return answer


def multipliers(
    solver: Solver, nonnegative: Sequence[Polynomial], zero: Sequence[Polynomial], strict: Sequence[bool] = ()
) -> tuple[dict[int, Fraction], dict[int, Fraction]] | None:
    """Coefficients c_i >= 0 and d_j with sum c_i p_i + sum d_j q_j = -1, or None if there are none.

    The p_i and q_j are compared as linear forms in their monomials. Where some p_i are `strict`, above 0, the sum may
    also be 0, if one of their coefficients is not.
    """
    useful = _useful(nonnegative, zero)
    if not useful[0] and not useful[1]:
        return None
    names = [f"c{number}" for number in useful[0]], [f"d{number}" for number in useful[1]]
    chosen = [nonnegative[number] for number in useful[0]], [zero[number] for number in useful[1]]
    sums: dict[Monomial, list[str]] = {ONE: []}
    for name, poly in (*zip(names[0], chosen[0], strict=True), *zip(names[1], chosen[1], strict=True)):
        for monomial, coefficient in poly.items():
            sums.setdefault(monomial, []).append(f"(* {_literal(coefficient)} {name})")
    above = [f"c{number}" for number in useful[0] if strict and strict[number]]
    if not sums[ONE] and not above:
        return None
    lines = [f"(declare-const {name} Real)" for group in names for name in group]
    lines += [f"(assert (>= {name} 0))" for name in names[0]]
    lines += [f"(assert (= (+ 0 {' '.join(s)}) {'(- t)' if m == ONE else 0}))" for m, s in sums.items()]
    lines += ["(declare-const t Real)(assert (>= t 0))"] if above else ["(define-fun t () Real 1.0)"]
    lines += [f"(assert (= (+ t {' '.join(above)}) 1.0))"] if above else []
    lines.sort(key=lambda line: not line.startswith(("(declare", "(define")))
    answer = solver.ask("\n".join(lines), f"(get-value ({' '.join(names[0] + names[1])}))")
    if answer is None:
        return None
    values = dict(_values(answer))
    groups = (zip(numbers, group, strict=True) for numbers, group in zip(useful, names, strict=True))
    first, second = ({number: values[name] for number, name in group if values.get(name)} for group in groups)
    return first, second


def _useful(nonnegative: Sequence[Polynomial], zero: Sequence[Polynomial]) -> tuple[list[int], list[int]]:
    """The polynomials that can take part in a sum without monomials: each of theirs occurs with both signs."""
    kept, equal = list(range(len(nonnegative))), list(range(len(zero)))
    while True:
        signs: dict[Monomial, int] = {}
        for number in kept:
            for monomial, coefficient in nonnegative[number].items():
                signs[monomial] = signs.get(monomial, 0) | (1 if coefficient > 0 else 2)
        for number in equal:
            for monomial in zero[number]:
                signs[monomial] = signs.get(monomial, 0) | (4 if signs.get(monomial, 0) & 4 == 0 else 8)
        alone = {monomial for monomial, found in signs.items() if found in (1, 2, 4) and monomial != ONE}
        fewer = [number for number in kept if alone.isdisjoint(nonnegative[number])]
        fewer_equal = [number for number in equal if alone.isdisjoint(zero[number])]
        if (len(fewer), len(fewer_equal)) == (len(kept), len(equal)):
            return kept, equal
        kept, equal = fewer, fewer_equal


def find_model(solver: Solver, nonnegative: Sequence[Polynomial], zero: Sequence[Polynomial]) -> dict[Term, int] | None:
    """Integers for the atoms at which all p_i >= 0 and all q_j = 0, each atom taken as a variable; None if none are
    found."""
    atoms: dict[Term, str] = {}
    lines = [f"(assert (>= {_text(poly, atoms)} 0))" for poly in nonnegative]
    lines += [f"(assert (= {_text(poly, atoms)} 0))" for poly in zero]
    declarations = [f"(declare-const {name} Int)" for name in atoms.values()]
    question = f"(get-value ({' '.join(atoms.values())}))" if atoms else "(get-info :reason-unknown)"
    answer = solver.ask("\n".join(declarations + lines), question)
    if answer is None:
        return None
    values = {name: int(number) * (-1 if minus else 1) for name, minus, number in _INTEGER.findall(answer)}
    return {atom: values[name] for atom, name in atoms.items() if name in values}


def satisfies(model: dict[Term, int], nonnegative: Sequence[Polynomial], zero: Sequence[Polynomial]) -> bool:
    """Whether all p_i >= 0 and all q_j = 0 at these integers; an atom without a value is 1."""

    def at(poly: Polynomial) -> int | Fraction:
        total: int | Fraction = 0
        for monomial, coefficient in poly.items():
            for atom, exponent in monomial:
                coefficient *= model.get(atom, 1) ** exponent
            total += coefficient
        return total

    return all(at(poly) >= 0 for poly in reversed(nonnegative)) and all(at(poly) == 0 for poly in zero)


def rational_model(
    solver: Solver, nonnegative: Sequence[Polynomial], zero: Sequence[Polynomial]
) -> dict[Monomial, Fraction]:
    """Rationals for the monomials at which all p_i >= 0 and all q_j = 0; empty if there are none."""
    monomials = sorted({m for poly in (*nonnegative, *zero) for m in poly if m != ONE}, key=repr)
    names = {monomial: f"x{number}" for number, monomial in enumerate(monomials)}
    if not names:
        return {}

    def text(poly: Polynomial) -> str:
        parts = (_literal(c) if m == ONE else f"(* {_literal(c)} {names[m]})" for m, c in poly.items())
        return f"(+ 0 {' '.join(parts)})"

    lines = [f"(declare-const {name} Real)" for name in names.values()]
    lines += [f"(assert (>= {text(poly)} 0))" for poly in nonnegative]
    lines += [f"(assert (= {text(poly)} 0))" for poly in zero]
    answer = solver.ask("\n".join(lines), f"(get-value ({' '.join(names.values())}))")
    values = dict(_values(answer)) if answer is not None else {}
    return {monomial: values[name] for monomial, name in names.items() if name in values}


def _text(poly: Polynomial, atoms: dict[Term, str]) -> str:
    return f"(+ 0 {' '.join(_monomial_text(m, int(c), atoms) for m, c in poly.items())})"


def _monomial_text(monomial: Monomial, coefficient: int, atoms: dict[Term, str]) -> str:
    names = [atoms.setdefault(atom, f"x{len(atoms)}") for atom, exponent in monomial for _ in range(exponent)]
    number = str(coefficient) if coefficient >= 0 else f"(- {-coefficient})"
    return f"(* {number} {' '.join(names)})" if names else number


def _literal(value: int | Fraction) -> str:
    exact = Fraction(value)
    text = (
        f"{abs(exact.numerator)}.0" if exact.denominator == 1 else f"(/ {abs(exact.numerator)}.0 {exact.denominator}.0)"
    )
    return text if exact >= 0 else f"(- {text})"


_VALUE = re.compile(r"\((\w+) (\(- )?(?:\(/ )?(\d+)\.0(?: (\d+)\.0\))?\)?\)")


def _values(answer: str) -> list[tuple[str, Fraction]]:
    """The values in an answer to `get-value`: 2.0, (/ 1.0 3.0), (- 2.0) or (- (/ 1.0 3.0))"""
    found = []
    for name, minus, numerator, denominator in _VALUE.findall(answer):
        value = Fraction(int(numerator), int(denominator or 1))
        found.append((name, -value if minus else value))
    return found


def integer_model(solver: Solver, names: Sequence[str], conditions: Sequence[Term]) -> dict[str, int] | None:
    """Values of the variables at which the conditions hold, or None if z3 finds none."""
    symbols = {name: f"v{number}" for number, name in enumerate(names)}
    lines = [f"(declare-const {symbol} Int)" for symbol in symbols.values()]
    lines += [f"(assert {_term_text(condition, symbols)})" for condition in conditions]
    answer = solver.ask("\n".join(lines), f"(get-value ({' '.join(symbols.values())}))") if symbols else None
    if answer is None:
        return None
    found = {name: int(number) * (-1 if minus else 1) for name, minus, number in _INTEGER.findall(answer)}
    return {name: found[symbol] for name, symbol in symbols.items() if symbol in found}


_INTEGER = re.compile(r"\((\w+) (\(- )?(\d+)\)?\)")
_OPERATIONS = {
    "add": "+",
    "multiply": "*",
    "at_most": "<=",
    "equal": "=",
    "not": "not",
    "and": "and true",
    "or": "or false",
}


def _term_text(term: Term, symbols: dict[str, str]) -> str:
    """An integer term or condition in SMT-LIB; `div` agrees with floor where the divisor is positive."""
    if term.head == "variable":
        return symbols[str(term.value)]
    if term.head == "integer":
        return str(term.value) if int(str(term.value)) >= 0 else f"(- {-int(str(term.value))})"
    children = [_term_text(child, symbols) for child in term.args]
    if term.head == "power":
        return f"(* 1 {' '.join(children * int(str(term.value)))})"
    if term.head == "larger":
        left, right = children
        return f"(ite (<= {left} {right}) {right} {left})"
    operation = "div" if term.head == "floor" else _OPERATIONS[term.head]
    return f"({operation} {' '.join(children)})"
