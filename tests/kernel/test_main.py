"""`python -m symcnn.kernel`: what it prints, and its exit codes."""

import subprocess
import sys
from pathlib import Path

import pytest
from checking import ensure, ensure_equal
from small_theorems import THEOREMS

from symcnn.kernel import encode, show_claim
from symcnn.kernel.__main__ import main

ROOT = Path(__file__).parents[2]
MODULE = "symcnn.kernel"


@pytest.fixture
def good(tmp_path: Path) -> str:
    file = tmp_path / "good.json"
    file.write_text(encode(*THEOREMS["squares"]()), encoding="utf-8")
    return str(file)


@pytest.fixture
def bad(tmp_path: Path) -> str:
    claim, _ = THEOREMS["squares"]()
    _, proof = THEOREMS["delta"]()
    file = tmp_path / "bad.json"
    file.write_text(encode(claim, proof), encoding="utf-8")
    return str(file)


def test_an_accepted_file(good: str, capsys: pytest.CaptureFixture[str]) -> None:
    ensure_equal(main([good]), 0)
    printed = capsys.readouterr()
    statement = show_claim(THEOREMS["squares"]()[0])
    ensure_equal(printed.out, f"accepted: {good}\n{statement}\n")
    ensure_equal(printed.err, "")


def test_a_rejected_file(bad: str, good: str, capsys: pytest.CaptureFixture[str]) -> None:
    ensure_equal(main([bad]), 1)
    printed = capsys.readouterr()
    ensure_equal(printed.out, "")
    ensure(printed.err.startswith(f"rejected: {bad}: "))
    ensure_equal(main([bad, good]), 1)
    ensure("accepted" in capsys.readouterr().out, "the others are replayed all the same")


@pytest.mark.parametrize("text", ["", "[" * 100_000, '{"format": "symcnn-theorem-1"}', "\x00"])
def test_a_damaged_file(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "damaged.json"
    file.write_text(text, encoding="utf-8")
    ensure_equal(main([str(file)]), 1)
    ensure_equal(capsys.readouterr().out, "")


def test_a_file_that_cannot_be_read(good: str, bad: str, tmp_path: Path) -> None:
    binary = tmp_path / "binary.json"
    binary.write_bytes(b"\xff\xfe\x00")
    for file in (str(tmp_path / "missing.json"), str(tmp_path), str(binary)):
        ensure_equal(main([file]), 2)
        ensure_equal(main([good, file]), 2)
        ensure_equal(main([file, bad]), 2)


def test_no_file(capsys: pytest.CaptureFixture[str]) -> None:
    ensure_equal(main([]), 2)
    ensure("usage" in capsys.readouterr().err)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The module in a Python that sees the checkout and the standard library only."""
    code = f"import runpy, sys; sys.path.insert(0, {str(ROOT)!r}); runpy.run_module({MODULE!r}, run_name='__main__')"
    command = [sys.executable, "-I", "-S", "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_bare_python_replays(good: str, bad: str) -> None:
    accepted = run(good)
    ensure_equal((accepted.returncode, accepted.stderr), (0, ""))
    ensure("sum(b = 1 .. n: X[b]^2)" in accepted.stdout)
    ensure_equal(run(bad).returncode, 1)
    ensure_equal(run().returncode, 2)


def test_a_terminal_that_cannot_print_a_name_does_not_change_the_verdict(tmp_path: Path) -> None:
    file = tmp_path / "greek.json"
    text = encode(*THEOREMS["squares"]()).replace('"X"', '"σ"')
    file.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "symcnn.kernel", str(file)]
    found = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        check=False,
        env={"PYTHONIOENCODING": "ascii", "PATH": ""},
    )
    ensure_equal((found.returncode, found.stderr), (0, b""))
    ensure(b"\\u03c3[b]^2" in found.stdout)
