"""Formulas and documents at random: each is read, or refused where it cannot be, and printing loses nothing."""

from collections import Counter
from random import Random

import pytest
from click.testing import CliRunner
from fuzz_latex import main
from fuzzing.mutations import Document, document_changed, documents, formulas
from fuzzing.trees import soup, tree
from fuzzing.trial import KINDS, READ, REFUSED, case, document_outcome, formula_outcome, misplaced, reduced

from symcnn.errors import ParseError


def test_nothing_is_wrong() -> None:
    found = [case(2024, number) for number in range(600)]
    assert [each for each in found if each.outcome not in (READ, REFUSED)] == []
    counts = Counter((each.kind, each.outcome) for each in found)
    assert all(counts[kind, outcome] > 0 for kind in KINDS for outcome in (READ, REFUSED))


def test_cases_are_determined_by_seed_and_number() -> None:
    for make in (tree, soup, document_changed):
        assert make(Random("1 2")) == make(Random("1 2")) != make(Random("1 3"))


@pytest.mark.parametrize("document", documents())
def test_documents_are_read(document: Document) -> None:
    assert document_outcome(document) == (READ, "")


def test_most_formulas_of_the_documents_are_read() -> None:
    refused = [each for each in formulas() if formula_outcome(each)[0] != READ]
    assert refused == [r"\star", "*"]


def test_a_wrong_place_is_noticed() -> None:
    right = ParseError("no", "a\nbc", 3)
    assert misplaced(right, "a\nbc") is None
    assert misplaced(right, "a") == ("wrong place", "line 2 of 1")
    assert misplaced(right, "a\n") == ("wrong place", "column 2 of 0")
    assert misplaced(ParseError("no", "abc", 2), "abd") is not None


def test_a_text_is_reduced() -> None:
    assert reduced("some { long text } with braces", lambda text: "{" in text and "}" in text) == "{}"


def _raises(source: str) -> None:
    raise ValueError(source)


def _never_ends(source: str) -> None:
    while source:
        pass


@pytest.mark.parametrize(
    ("name", "broken", "outcome"),
    [
        ("latex", lambda node: "x", "printed, read as something else"),
        ("latex", lambda node: "(", "printed, not read again"),
        ("formula", _raises, "raises ValueError"),
        ("formula", _never_ends, "too slow"),
    ],
)
def test_a_wrong_reader_is_noticed(name: str, broken: object, outcome: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"fuzzing.trial.{name}", broken)
    monkeypatch.setattr("fuzzing.trial.SECONDS", 0.05)
    assert formula_outcome("a = b")[0] == outcome
    assert document_outcome(Document("$a = b$", True))[0] == outcome


def test_command(monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = ["--cases", "20", "--jobs", "1"]
    right = CliRunner().invoke(main, arguments)
    assert (right.exit_code, "20 cases, seed 0" in right.output) == (0, True)
    monkeypatch.setattr("fuzzing.trial.latex", lambda node: "x")
    monkeypatch.setattr("fuzzing.trial.MOST_REDUCTIONS", 5)
    wrong = CliRunner().invoke(main, arguments)
    assert (wrong.exit_code, "printed, read as something else" in wrong.output) == (1, True)
