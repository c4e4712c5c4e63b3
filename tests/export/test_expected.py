"""The text of all derivations is kept. `SYMCNN_WRITE_EXPECTED=1 python -m pytest tests/export/test_expected.py` writes
it anew; look at what has changed before you keep it."""

import os
from pathlib import Path

import pytest
from derived import CASES

from symcnn import Theorem
from symcnn.theorems import entries, proved

EXPECTED = Path(__file__).parent / "expected"
FORMATS = {
    ".tex": lambda theorem: theorem.derivation().latex(),
    ".md": lambda theorem: theorem.derivation().markdown(),
    ".txt": lambda theorem: theorem.derivation().text() + "\n",
}
NAMES = [entry.name for entry in entries()]


def compare(file: Path, text: str) -> None:
    if os.environ.get("SYMCNN_WRITE_EXPECTED"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    assert text == file.read_text(encoding="utf-8"), file.name


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("name", NAMES)
def test_theorem(name: str, suffix: str) -> None:
    compare(EXPECTED / f"{name}{suffix}", FORMATS[suffix](proved(name)))


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    theorem: Theorem = CASES[name]()
    compare(EXPECTED / "cases" / f"{name}.txt", theorem.derivation().text() + "\n")
    compare(EXPECTED / "cases" / f"{name}.tex", theorem.derivation().latex())


def test_nothing_is_kept_that_nothing_compares() -> None:
    kept = {path.name for path in EXPECTED.iterdir() if path.is_file()}
    assert kept == {f"{name}{suffix}" for name in NAMES for suffix in FORMATS}
    assert {path.stem for path in (EXPECTED / "cases").iterdir()} == set(CASES)


def test_a_derivation_is_always_the_same() -> None:
    """It depends neither on the order of dictionaries and sets nor on what was printed before."""
    for name in NAMES[:3]:
        again = next(entry for entry in entries() if entry.name == name).prove()
        assert again.derivation().latex() == proved(name).derivation().latex()
