"""docs/rules.md has the law of every rule, word for word, and speaks of no other."""

import inspect
import re
from pathlib import Path

from symcnn.kernel import LAWS, RULES, evidence
from symcnn.kernel.functions import FACTS

PAGE = (Path(__file__).parents[1] / "docs" / "rules.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", PAGE, flags=re.MULTILINE))
KINDS = {kind.__name__: kind for kind in evidence.Evidence.__args__}


def test_every_rule_is_on_the_page_with_its_law() -> None:
    named = {**RULES, **LAWS}
    laws = {name: (inspect.getdoc(rule) or "").split("\n")[0] for name, rule in named.items()}
    assert {name: law for name, law in ROWS.items() if name in named} == laws


def test_every_fact_is_on_the_page() -> None:
    assert {name: meaning for name, meaning in ROWS.items() if name in FACTS} == dict(FACTS)


def test_every_kind_of_evidence_is_on_the_page() -> None:
    meanings = {name: " ".join((inspect.getdoc(kind) or "").split()) for name, kind in KINDS.items()}
    assert {name: meaning for name, meaning in ROWS.items() if name in KINDS} == meanings


def test_nothing_else_is() -> None:
    assert set(ROWS) == set(RULES) | set(KINDS) | set(LAWS) | set(FACTS)
