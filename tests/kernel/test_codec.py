"""JSON: what is written is read again; whatever else is read is rejected, and never with another exception."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from checking import ensure, ensure_equal
from counterexamples import counterexample
from hypothesis import given, settings
from hypothesis import strategies as st
from random_terms import conditions, real_terms
from small_theorems import NOTHING, THEOREMS

from symcnn.kernel import Chain, Proof, Rejected, Step, decode, encode, replay, terms
from symcnn.kernel.__main__ import replay_text
from symcnn.kernel.codec import MOST_CHARACTERS, MOST_DEPTH, MOST_DIGITS, MOST_EXPONENT

TEXTS = {name: encode(*make()) for name, make in THEOREMS.items()}
BORDER = json.loads(TEXTS["border"])
#: theorems with functions, maxima, derivatives, recursions, sequences, induction and assumptions
NEW = (
    "activations",
    "maxima",
    "monotone",
    "gradient",
    "chain_rule",
    "layers",
    "sizes",
    "other_opposites",
    "uniqueness",
)


@pytest.mark.parametrize("name", THEOREMS)
def test_round_trip(name: str) -> None:
    claim, proof = THEOREMS[name]()
    again = decode(TEXTS[name])
    ensure_equal(again, (claim, proof))
    ensure_equal(encode(*again), TEXTS[name])
    replay(*again)


@given(real_terms(size=4), real_terms(size=4), conditions(size=3))
def test_terms_round_trip(left: terms.Term, right: terms.Term, condition: terms.Term) -> None:
    """Terms of any form, none of them checked: that is not the decoder's work."""
    claim = replace(NOTHING, left=left, right=right, hypotheses=(condition,))
    proof = Proof((), (), Chain((Step("ring", (2, 0), (), right, True, 'ring laws, σ, "quoted"\n'),)))
    ensure_equal(decode(encode(claim, proof)), (claim, proof))


def test_letters_are_kept() -> None:
    claim, _ = THEOREMS["delta"]()
    again, _ = decode(TEXTS["delta"])
    ensure_equal([part.hint for part in terms.subterms(again.left)], [part.hint for part in terms.subterms(claim.left)])


def rejected(text: str) -> None:
    with pytest.raises(Rejected):
        decode(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "null", "[]", "{}", "1", '"symcnn"', "{", "[", "nonsense", "\ufeff{}", "\x00", "{}{}"),
        *("NaN", "Infinity", "-Infinity", "1.5", "1e5", "1E400", "-0.0"),
        *("[" * 100_000, '{"a":' * 100_000, "[" * 100_000 + "]" * 100_000),
        '{"terms":' + "[" * 900 + "]" * 900 + "}",
        "9" * (MOST_DIGITS + 1),
        "-" + "9" * 10_000,
        '"\ud800"',
    ],
)
def test_no_theorem(text: str) -> None:
    rejected(text)


def test_a_file_that_is_too_long() -> None:
    with pytest.raises(Rejected, match="longer"):
        decode(" " * (MOST_CHARACTERS + 1))


@pytest.mark.parametrize("name", THEOREMS)
def test_a_file_that_is_cut_off(name: str) -> None:
    text = TEXTS[name].rstrip()
    for end in range(0, len(text), 97):
        rejected(text[:end])
    rejected(text[:-1])
    rejected(text + "}")


Path = tuple[Any, ...]


def paths(data: Any, path: Path = ()) -> Iterator[Path]:
    """The way to every value of a JSON value."""
    yield path
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from paths(value, (*path, key))


def at(data: Any, path: Path) -> Any:
    for key in path:
        data = data[key]
    return data


def changed(data: Any, path: Path, value: Any) -> str:
    """The text of the data with another value at the path."""
    if not path:
        return json.dumps(value)
    copy = deepcopy(data)
    at(copy, path[:-1])[path[-1]] = value
    return json.dumps(copy)


OTHERS = (None, True, False, 0, -1, 10**30, "", "0", "1/0", "m", [], {}, [0], {"kind": "Chain"}, {"kind": "Term"})


@pytest.mark.parametrize("name", ["border", "squares", *NEW])
def test_other_values_are_rejected_or_true(name: str) -> None:
    """Each value in turn is something else: a truth, a number, a list; a sample of all."""
    data = json.loads(TEXTS[name])
    every = [(path, other) for path in paths(data) for other in OTHERS]
    accepted = set()
    for path, other in Random(0).sample(every, 700 if name not in NEW else 250):
        try:
            theorem = replay_text(changed(data, path, other))
        except Rejected:
            continue
        accepted.add(theorem.claim)
    ensure_equal([claim for claim in accepted if counterexample(claim, around=range(-1, 3))], [])


@pytest.mark.parametrize("name", ["border", *NEW])
@pytest.mark.parametrize("kind", ["float", "bool", "key", "missing", "null"])
def test_damage_is_rejected(kind: str, name: str) -> None:
    """Numbers that are floats or truths, keys that are too many or missing: nothing of this is read."""
    count, data = 0, json.loads(TEXTS[name])
    for path in paths(data):
        value = at(data, path)
        if kind in ("float", "bool") and type(value) is int:
            others: list[Any] = [float(value)] if kind == "float" else [True, False]
        elif kind in ("key", "missing") and isinstance(value, dict):
            missing = [{key: value[key] for key in value if key != left_out} for left_out in value]
            others = [{**value, "more": 0}] if kind == "key" else missing
        elif kind == "null" and value is not None and not _may_be_null(path):
            others = [None]
        else:
            continue
        for other in others[:3]:
            count += 1
            rejected(changed(data, path, other))
    ensure(count > 20, "nothing was damaged")


def _may_be_null(path: Path) -> bool:
    return path[-1:] in (("shape",), ("first",))


def damaged(change: Callable[[Any], None], name: str = "border") -> str:
    data = json.loads(TEXTS[name])
    change(data)
    return json.dumps(data)


def put(*path: Any, value: Any) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        at(data, path[:-1])[path[-1]] = value

    return change


LAST = len(BORDER["terms"])


@pytest.mark.parametrize(
    "change",
    [
        put("format", value="symcnn-theorem-1"),
        put("format", value=["symcnn-theorem-2"]),
        put("more", value=1),
        put("claim", "kind", value="Proof"),
        put("claim", "kind", value="Leaf"),
        put("proof", "kind", value="Step"),
        put("proof", "entries", "kind", value="Lambda"),
        put("proof", "entries", "kind", value="Node"),
        put("proof", "entries", "kind", value="object"),
        put("proof", "entries", "kind", value="__class__"),
        put("proof", "entries", "kind", value=["Define"]),
        put("proof", "entries", value=[]),
        put("claim", "left", value=LAST),
        put("claim", "left", value=-1),
        put("claim", "left", value="0"),
        put("claim", "left", value=[0]),
        put("claim", "integers", value="mn"),
        put("claim", "integers", value={"m": "n"}),
        put("claim", "witness", value=[["m"]]),
        put("claim", "witness", value=[["m", "1", "2"]]),
        put("claim", "witness", value=[["m", 1]]),
        put("terms", value={}),
        put("terms", 0, value=[]),
        put("terms", 0, value="integer"),
        put("terms", 0, value=["integer", 1, [], "a", "b"]),
        put("terms", 0, value=["integer", 1, {}]),
        put("terms", 0, value=["integer", [1], []]),
        put("terms", 0, value=["integer", {}, []]),
        put("terms", 0, value=["integer", True, []]),
        put("terms", 0, value=["integer", "1", []]),
        put("terms", 0, value=[["integer"], 1, []]),
        put("terms", 0, value=[None, 1, []]),
        put("terms", 0, value=["variable", "m", [], 1]),
        put("terms", 0, value=["variable", "m", [], "a\nb"]),
        put("terms", 0, value=["variable", "m", [], "\u202e"]),
        put("terms", 0, value=["add", None, [0]]),
        put("terms", 0, value=["add", None, [1]]),
        put("terms", 0, value=["add", None, [True]]),
        put("terms", 0, value=["rational", 1, []]),
        put("terms", 0, value=["rational", "1.5", []]),
        put("terms", 0, value=["rational", "1e3", []]),
        put("terms", 0, value=["rational", "1/0", []]),
        put("terms", 0, value=["rational", "1/2/3", []]),
        put("terms", 0, value=["rational", "nan", []]),
        put("terms", 0, value=["rational", "-", []]),
        put("terms", 0, value=["rational", "--1", []]),
        put("terms", 0, value=["rational", " 1", []]),
        put("terms", 0, value=["rational", "1_000", []]),
        put("terms", 0, value=["rational", "\u0661", []]),
        put("terms", 0, value=["rational", "1" * (2 * MOST_DIGITS + 1), []]),
        put("terms", 0, value=["bound", -1, []]),
        put("terms", 0, value=["lambda", None, []]),
    ],
)
def test_what_is_no_part_of_a_theorem_is_rejected(change: Callable[[Any], None]) -> None:
    rejected(damaged(change))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("activations", put("claim", "functions", value=["f"])),
        ("activations", put("claim", "functions", value={"f": "zero"})),
        ("activations", put("claim", "functions", 0, "kind", value="Known")),
        ("activations", put("claim", "functions", 0, "kind", value="Field")),
        ("activations", put("claim", "functions", 0, "facts", value="odd")),
        ("activations", put("claim", "functions", 0, "facts", value=[0])),
        ("activations", put("claim", "functions", 0, "example", value=None)),
        ("activations", put("claim", "functions", 0, "example", value=["zero"])),
        ("activations", put("claim", "functions", 0, "formula", value=0)),
        ("chain_rule", put("claim", "fields", 0, "rank", value="1")),
        ("chain_rule", put("claim", "fields", 0, "rank", value=True)),
        ("chain_rule", put("claim", "fields", 0, "kind", value="Function")),
        ("sizes", put("claim", "sequences", value="s")),
        ("sizes", put("claim", "sequences", value=[0])),
        ("sizes", put("claim", "leaves", 0, "layers", value="l")),
        ("sizes", put("claim", "leaves", 0, "layers", value=None)),
        ("sizes", put("claim", "witness", 2, 1, "kind", value="Term")),
        ("sizes", put("claim", "witness", 2, 1, "indices", value=["l", 0])),
        ("sizes", put("claim", "witness", 2, 1, value=[])),
        ("sizes", put("claim", "witness", 2, 1, value=None)),
        ("sizes", put("claim", "witness", 2, 1, value=1)),
        ("uniqueness", put("claim", "assumptions", 0, "kind", value="Claim")),
        ("uniqueness", put("claim", "assumptions", 0, "relation", value="=")),
        ("uniqueness", put("claim", "assumptions", 0, "leaves", value="Y")),
        ("uniqueness", put("claim", "assumptions", 0, "left", value="0")),
        ("uniqueness", put("proof", "assumptions", value={})),
        ("uniqueness", put("proof", "assumptions", 0, value=None)),
        ("uniqueness", put("proof", "assumptions", 0, "kind", value="Evidence")),
        ("monotone", put("claim", "relation", value=None)),
        ("monotone", put("claim", "relation", value=["<="])),
        ("monotone", put("proof", "entries", "kind", value="Have")),
        ("monotone", put("proof", "entries", "kind", value="Induction")),
        ("monotone", put("proof", "entries", "indices", value="k")),
        ("monotone", put("proof", "entries", "nonempty", value=None)),
        ("monotone", put("proof", "entries", "nonempty", "kind", value="Attained")),
        ("monotone", put("proof", "entries", "nonempty", "indices", value=0)),
        ("monotone", put("proof", "entries", "then", "steps", 1, "arguments", value={})),
        ("monotone", put("proof", "entries", "then", "steps", 1, "arguments", "more", value=0)),
        ("monotone", put("proof", "entries", "then", "steps", 1, "arguments", "shown", value=[])),
        ("monotone", put("proof", "entries", "then", "steps", 1, "arguments", "shown", "law", value=0)),
        ("monotone", put("proof", "entries", "then", "steps", 1, "arguments", "shown", "shown", value=None)),
        ("monotone", put("proof", "entries", "then", "steps", 1, "rule", value="above")),
        ("monotone", put("proof", "entries", "then", "steps", 1, "rule", value="Below")),
        ("layers", put("proof", "entries", "variable", value=0)),
        ("layers", put("proof", "entries", "lower", value=None)),
        ("layers", put("proof", "entries", "base", value=[])),
        ("layers", put("proof", "entries", "kind", value="Obtain")),
        ("layers", put("proof", "entries", "step", "steps", 1, "arguments", "functions", value="f")),
        ("layers", put("proof", "entries", "step", "steps", 1, "arguments", "functions", value=[0])),
        ("layers", put("proof", "entries", "step", "steps", 1, "arguments", "functions", value=None)),
    ],
)
def test_what_is_no_part_of_the_newer_classes_is_rejected(name: str, change: Callable[[Any], None]) -> None:
    rejected(damaged(change, name))


def test_older_formats_are_rejected() -> None:
    """A file without the newer fields is not read as one in which they are empty."""
    for key in ("sequences", "functions", "fields", "assumptions", "relation"):
        rejected(damaged(lambda data, key=key: data["claim"].pop(key)))
    rejected(damaged(lambda data: data["proof"].pop("assumptions")))
    rejected(damaged(lambda data: data["claim"]["leaves"][0].pop("layers")))


@pytest.mark.parametrize(
    "row",
    [
        *(["maximum", value, [0, 0, 0, 0]] for value in (None, "1", 1.0, True, -1)),
        *(["exists", value, [0]] for value in (None, "1", True)),
        *(["field", value, [0]] for value in (None, 1, ["L"])),
        *(["partial", value, [0, 0]] for value in (None, "V", True, -1)),
        *(["iterate", value, [0, 0, 0, 0]] for value in (None, "0", True)),
        *(["call", value, [0]] for value in (None, 1, ["f"], {"f": 1})),
        *(["size", value, [0]] for value in (None, 1)),
        *(["bound_entry", value, []] for value in (None, "X", -1, True)),
    ],
)
def test_values_of_the_newer_heads(row: list[Any]) -> None:
    """Whatever their children are, these are not of the right type."""
    for sort in (["integer", 1, []], ["rational", "1", []]):
        rejected(damaged(lambda data, sort=sort: data.update(terms=[sort, row, *data["terms"]])))


def appended(*rows: Any) -> str:
    return damaged(lambda data: data["terms"].extend(rows))


def test_exponents_are_limited() -> None:
    base = ["integer", 2, []]
    decode(appended(base, ["power", MOST_EXPONENT, [LAST]]))
    rejected(appended(base, ["power", MOST_EXPONENT + 1, [LAST]]))
    rejected(appended(base, ["power", 10**300, [LAST]]))
    rejected(appended(base, ["power", -1, [LAST]]))
    rejected(appended(base, *(["power", MOST_EXPONENT, [LAST + number]] for number in range(5))))


def test_terms_that_are_short_only_because_they_share_are_rejected() -> None:
    rows: list[Any] = [["integer", 2, []]]
    rows += [["multiply", None, [LAST + number, LAST + number]] for number in range(60)]
    rejected(appended(*rows))


def test_depth_is_limited() -> None:
    row: list[Any] = [["integer", 2, []]]
    row += [["add", None, [LAST + number]] for number in range(MOST_DEPTH + 1)]
    decode(appended(*row[:100]))
    rejected(appended(*row))


@pytest.mark.parametrize("depth", [200, 2_000])
def test_a_deep_proof_is_replayed_or_rejected(depth: int) -> None:
    """Not `RecursionError`, whatever the depth."""
    condition = [row[0] for row in BORDER["terms"]].index("at_most")
    leaf = '{"kind": "Multiples", "products": [], "equalities": []}'
    start = f'{{"kind": "Split", "condition": {condition}, "fails": {leaf}, "holds": '
    nested = start * depth + leaf + "}" * depth
    data = deepcopy(BORDER)
    data["proof"]["well_formed"][0] = "nested"
    with pytest.raises(Rejected):
        replay_text(json.dumps(data).replace('"nested"', nested))


def test_a_key_that_stands_twice_is_rejected() -> None:
    text = TEXTS["delta"]
    ensure('"conditions": []' in text)
    rejected(text.replace('"conditions": []', '"conditions": [], "conditions": []', 1))


def test_arguments_of_steps_are_those_of_their_rules() -> None:
    data = json.loads(TEXTS["reversal"])
    step = data["proof"]["entries"]["steps"][1]
    ensure_equal(step["rule"], "sum_reindex")
    for arguments in (
        {},
        {**step["arguments"], "context": 0},
        {**step["arguments"], "sums": True},
        {**step["arguments"], "sums": "1"},
        {**step["arguments"], "forward": 0},
        {**step["arguments"], "into": None},
        [step["arguments"]],
    ):
        other = deepcopy(data)
        other["proof"]["entries"]["steps"][1]["arguments"] = arguments
        rejected(json.dumps(other))
    for rule in ("ring", "nothing", "__init__", None, ["ring"]):
        other = deepcopy(data)
        other["proof"]["entries"]["steps"][1]["rule"] = rule
        rejected(json.dumps(other))


@settings(max_examples=150)
@given(st.data())
def test_random_damage_to_the_text(data: st.DataObject) -> None:
    """A character changes, goes or comes: nothing but `Rejected` is raised, and nothing false is accepted."""
    text = TEXTS[data.draw(st.sampled_from(sorted(TEXTS)))]
    position = data.draw(st.integers(0, len(text) - 1))
    character = data.draw(st.sampled_from('0123456789-/"{}[],:abmnX#'))
    tail = position + data.draw(st.integers(0, 1))
    try:
        theorem = replay_text(text[:position] + character + text[tail:])
    except Rejected:
        return
    ensure(counterexample(theorem.claim, around=range(-1, 3)) is None, f"false: {theorem.claim}")


def test_numbers_of_many_digits() -> None:
    """Whatever the kernel computes with them, it does not fail at printing them."""
    number = terms.integer(10 ** (MOST_DIGITS - 10))
    big = terms.real(terms.power(number, MOST_EXPONENT))
    claim = replace(NOTHING, left=big, right=terms.add(big, terms.rational(0)))
    step = Step("ring", (), (), claim.right)
    for left in (claim.left, terms.summation("a", number, terms.power(number, 9), big)):
        other = replace(claim, left=left)
        with pytest.raises(Rejected):
            replay_text(encode(other, Proof((), (), Chain((step,)))))
    conditions_ = (terms.nonzero(terms.summation("a", terms.integer(0), terms.power(number, 20), big)),)
    with pytest.raises(Rejected):
        replay_text(encode(replace(claim, hypotheses=conditions_), Proof((), (), Chain(()))))


def test_fractions_are_exact() -> None:
    claim = replace(NOTHING, left=terms.rational(Fraction(1, 3)), right=terms.rational(Fraction(1, 3)))
    again, _ = decode(encode(claim, Proof((), (), Chain(()))))
    ensure_equal(again.left.value, Fraction(1, 3))
    ensure(isinstance(again.left.value, Fraction))
