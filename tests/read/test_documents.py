"""Other people's notations: what is right is proved, and the error in the other copy is found at its line."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from symcnn.read import check
from symcnn.read.outcomes import Budget
from symcnn.read.report import Finding, Report, Verdict

DOCUMENTS = Path(__file__).parents[1] / "documents"
EXPECTED: dict[str, Any] = tomllib.loads((DOCUMENTS / "expected.toml").read_text(encoding="utf-8"))
RIGHT = sorted(name for name in EXPECTED if not name.endswith("_wrong"))

#: errors that no small edit undoes: both sides are wrong, and a whole term is missing
WITHOUT_EDIT = {"max_pooling_monotone", "tied_autoencoder"}


def path_of(name: str) -> Path:
    (path,) = DOCUMENTS.glob(f"{name}.*")
    return path


@cache
def report(name: str) -> Report:
    """With more time than usual, so that a loaded machine finds what a quiet one does"""
    path, patient = path_of(name), Budget(seconds=4.0, proof_seconds=60.0, suggestion_seconds=60.0)
    return check(path.read_text(encoding="utf-8"), is_latex=path.suffix == ".tex", budget=patient, path=str(path))


def displayed(name: str) -> list[Finding]:
    return [finding for finding in report(name).findings if finding.display is not None]


def expected(name: str) -> list[tuple[int, str]]:
    return [(row["line"], row["verdict"]) for row in EXPECTED[name]["equation"]]


def test_every_document_is_there() -> None:
    stems = {path.stem for path in DOCUMENTS.iterdir() if path.suffix in (".tex", ".md")}
    assert stems == set(EXPECTED)
    assert len(RIGHT) >= 8
    assert {f"{name}_wrong" for name in RIGHT} == stems - set(RIGHT)


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right(name: str) -> None:
    assert [(finding.line, str(finding.verdict)) for finding in displayed(name)] == expected(name)
    assert not report(name).is_refuted


@pytest.mark.parametrize("name", RIGHT)
def test_the_error_is_found_at_its_line(name: str) -> None:
    """And nowhere else, not even in formulas in a line"""
    wrong = [finding.line for finding in report(f"{name}_wrong").findings if finding.verdict is Verdict.REFUTED]
    assert wrong == [EXPECTED[f"{name}_wrong"]["line"]]
    others = [(finding.line, str(finding.verdict)) for finding in displayed(f"{name}_wrong")]
    assert [row for row in others if row[0] not in wrong] == [row for row in expected(name) if row[0] not in wrong]


@pytest.mark.parametrize("name", sorted(set(RIGHT) - WITHOUT_EDIT))
def test_an_edit_is_suggested(name: str) -> None:
    (finding,) = (each for each in report(f"{name}_wrong").findings if each.verdict is Verdict.REFUTED)
    assert finding.suggestion is not None
    assert finding.suggestion.latex != finding.latex
    assert finding.counterexample is not None or "fit" in finding.reason


@pytest.mark.parametrize("name", RIGHT)
def test_the_two_copies_differ_in_one_line(name: str) -> None:
    one, other = (path_of(each).read_text(encoding="utf-8").splitlines() for each in (name, f"{name}_wrong"))
    assert len(one) == len(other)
    assert sum(mine != theirs for mine, theirs in zip(one, other, strict=True)) == 1
