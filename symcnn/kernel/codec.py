"""Theorems as JSON: what is written embeds everything that a replay needs; what is read is not trusted.

The terms stand in one table, children before parents, and are named by their number. Everything else is
read by the annotations of the classes that a proof is made of: nothing outside of them can be built.
"""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from . import evidence, proof
from .claim import Claim
from .evidence import Evidence
from .proof import Proof, Step
from .rejected import Rejected
from .replay import BELOW
from .rules import RULES
from .terms import Term

FORMAT = "symcnn-theorem-2"
MOST_CHARACTERS = 50_000_000
MOST_DIGITS = 400
MOST_EXPONENT = 64
MOST_DEPTH = 400
MOST_NODES = 1_000_000


def encode(claim: Claim, own_proof: Proof) -> str:
    """The claim and its proof as JSON text."""
    table: dict[Term, int] = {}
    rows: list[list[Any]] = []
    body = {"claim": _encode(claim, table, rows), "proof": _encode(own_proof, table, rows)}
    lines = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in rows)
    rest = json.dumps(body, ensure_ascii=False)[1:-1]
    return f'{{"format": "{FORMAT}",\n "terms": [\n  {lines}],\n {rest}}}\n'


def _encode(value: Any, table: dict[Term, int], rows: list[list[Any]]) -> Any:
    if isinstance(value, Term):
        return _encode_term(value, table, rows)
    if isinstance(value, Step):
        arguments = {name: _encode(argument, table, rows) for name, argument in value.arguments}
        return {**_encode_fields(value, table, rows), "arguments": arguments}
    if is_dataclass(value):
        return {"kind": type(value).__name__, **_encode_fields(value, table, rows)}
    if isinstance(value, tuple):
        return [_encode(item, table, rows) for item in value]
    return str(value) if isinstance(value, Fraction) else value


def _encode_fields(value: Any, table: dict[Term, int], rows: list[list[Any]]) -> dict[str, Any]:
    names = (each.name for each in fields(value) if not (isinstance(value, Step) and each.name == "arguments"))
    return {name: _encode(getattr(value, name), table, rows) for name in names}


def _encode_term(term: Term, table: dict[Term, int], rows: list[list[Any]]) -> int:
    if term not in table:
        children = [_encode_term(child, table, rows) for child in term.args]
        value = str(term.value) if isinstance(term.value, Fraction) else term.value
        rows.append([term.head, value, children, term.hint] if term.hint else [term.head, value, children])
        table[term] = len(rows) - 1
    return table[term]


def decode(text: str) -> tuple[Claim, Proof]:
    """The claim and the proof that a JSON text holds, neither of them checked.

    Raises `Rejected` where the text is not of this form or exceeds a limit.
    """
    if len(text) > MOST_CHARACTERS:
        raise Rejected(f"the file is longer than {MOST_CHARACTERS} characters")
    try:
        return _decode_file(_load(text))
    except RecursionError as error:
        raise Rejected("the file is nested too deeply") from error


def _load(text: str) -> Any:
    try:
        return json.loads(
            text,
            parse_int=_integer,
            parse_float=_no_float,
            parse_constant=_no_float,
            object_pairs_hook=_object,
        )
    except ValueError as error:
        raise Rejected(f"this is not JSON: {error}") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        raise Rejected("an object has one key twice")
    return data


def _decode_file(data: Any) -> tuple[Claim, Proof]:
    if not isinstance(data, dict) or set(data) != {"format", "terms", "claim", "proof"}:
        raise Rejected("the file must hold format, terms, claim and proof, and nothing else")
    if data["format"] != FORMAT:
        raise Rejected(f"the format is {data['format']!r}, not {FORMAT!r}")
    table = _decode_table(data["terms"])
    return _decode(Claim, data["claim"], table, 0), _decode(Proof, data["proof"], table, 0)


def _integer(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise Rejected(f"a number has more than {MOST_DIGITS} digits")
    return int(text)


def _no_float(text: str) -> int:
    raise Rejected(f"{text} is neither an integer nor an exact fraction")


def _decode_table(rows: Any) -> list[Term]:
    if not isinstance(rows, list):
        raise Rejected("the table of terms must be a list")
    table: list[Term] = []
    depths: list[int] = []
    sizes: list[int] = []  # written out, with a power as its factors
    for row in rows:
        if not isinstance(row, list) or len(row) not in (3, 4) or not isinstance(row[2], list):
            raise Rejected(f"{row!r} is not a term")
        children = [_reference(child, table) for child in row[2]]
        table.append(_decode_term(row, tuple(children)))
        depths.append(1 + max((depths[child] for child in row[2]), default=0))
        times = max(1, row[1]) if row[0] == "power" else 1
        sizes.append(1 + times * sum(sizes[child] for child in row[2]))
        if depths[-1] > MOST_DEPTH or sizes[-1] > MOST_NODES:
            raise Rejected(f"a term is deeper than {MOST_DEPTH} or larger than {MOST_NODES}")
    return table


def _decode_term(row: list[Any], children: tuple[Term, ...]) -> Term:
    head, value, hint = row[0], row[1], row[3] if len(row) == 4 else ""
    if not isinstance(head, str) or not isinstance(hint, str) or not hint.isprintable():
        raise Rejected(f"{row!r} is not a term")
    if head == "rational":
        value = _fraction(value)
    if head == "power" and isinstance(value, int) and value > MOST_EXPONENT:
        raise Rejected(f"the exponent {value} is larger than {MOST_EXPONENT}")
    if isinstance(value, (list, dict)):
        raise Rejected(f"{row!r} is not a term")
    return Term(head, children, value, hint)


def _reference(number: Any, table: list[Term]) -> Term:
    if type(number) is not int or not 0 <= number < len(table):
        raise Rejected(f"{number!r} is not the number of an earlier term")
    return table[number]


def _fraction(text: Any) -> Fraction:
    if not isinstance(text, str) or len(text) > 2 * MOST_DIGITS or text.strip("0123456789-/"):
        raise Rejected(f"{text!r} is not a fraction")
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError) as error:
        raise Rejected(f"{text!r} is not a fraction") from error


def _decode(hint: Any, data: Any, table: list[Term], depth: int) -> Any:
    """The value of the annotated type `hint` that the JSON value `data` stands for."""
    if depth > MOST_DEPTH:
        raise Rejected(f"the proof is deeper than {MOST_DEPTH}")
    if hint is Term:
        return _reference(data, table)
    if hint is Fraction:
        return _fraction(data)
    if hint in (int, str, bool):
        if type(data) is not hint:
            raise Rejected(f"{data!r} is not of type {hint.__name__}")
        return data
    if get_origin(hint) is tuple:
        return _decode_tuple(get_args(hint), data, table, depth)
    if get_origin(hint) in (Union, types.UnionType):
        return _decode_union(get_args(hint), data, table, depth)
    if hint is Step:
        return _decode_step(data, table, depth)
    return _decode_class(hint, data, table, depth)


def _decode_tuple(items: tuple[Any, ...], data: Any, table: list[Term], depth: int) -> tuple[Any, ...]:
    if not isinstance(data, list):
        raise Rejected(f"{data!r} is not a list")
    hints = items[:1] * len(data) if len(items) == 2 and items[1] is Ellipsis else items
    if len(hints) != len(data):
        raise Rejected(f"{data!r} does not have {len(hints)} items")
    return tuple(_decode(hint, item, table, depth + 1) for hint, item in zip(hints, data, strict=True))


def _decode_union(choices: tuple[Any, ...], data: Any, table: list[Term], depth: int) -> Any:
    if data is None and type(None) in choices:
        return None
    kinds: dict[str, Any] = {
        each.__name__: each for each in choices if isinstance(each, type) and is_dataclass(each) and each is not Term
    }
    if isinstance(data, dict):
        kind = data.get("kind")
        if not isinstance(kind, str) or kind not in kinds:
            raise Rejected(f"{kind!r} is none of {', '.join(kinds)}")
        return _decode_class(kinds[kind], data, table, depth)
    others = [each for each in choices if each is not type(None) and each not in kinds.values()]
    if len(others) != 1:
        raise Rejected(f"{data!r} is none of {', '.join(kinds)}")
    return _decode(others[0], data, table, depth)


def _decode_class(cls: Any, data: Any, table: list[Term], depth: int) -> Any:
    hints = _hints(cls)
    if not isinstance(data, dict) or set(data) != {"kind", *hints} or data["kind"] != cls.__name__:
        raise Rejected(f"{cls.__name__} must have exactly {', '.join(hints)}")
    return cls(**{name: _decode(hint, data[name], table, depth + 1) for name, hint in hints.items()})


def _decode_step(data: Any, table: list[Term], depth: int) -> Step:
    hints = _hints(Step)
    if not isinstance(data, dict) or set(data) != set(hints) or not isinstance(data["arguments"], dict):
        raise Rejected(f"a step must have exactly {', '.join(hints)}")
    if not isinstance(data["rule"], str) or data["rule"] not in (*RULES, BELOW):
        raise Rejected(f"no rule is called {data['rule']!r}")
    wanted = _rule_hints(data["rule"])
    if set(data["arguments"]) != set(wanted):
        raise Rejected(f"{data['rule']} takes {', '.join(wanted) or 'no arguments'}")
    plain = {name: _decode(hints[name], data[name], table, depth + 1) for name in hints if name != "arguments"}
    arguments = tuple((name, _decode(hint, data["arguments"][name], table, depth + 1)) for name, hint in wanted.items())
    return Step(arguments=arguments, **plain)


@cache
def _hints(cls: Any) -> Mapping[str, Any]:
    scope = {**vars(proof), **vars(evidence)}
    hints = get_type_hints(cls, localns=scope)
    return {each.name: hints[each.name] for each in fields(cls)}


@cache
def _rule_hints(rule: str) -> Mapping[str, Any]:
    if rule == BELOW:  # no rule: it is no equation
        return {"shown": Evidence}
    hints = get_type_hints(RULES[rule])
    return {name: hint for name, hint in hints.items() if name not in ("context", "term", "result", "return")}
