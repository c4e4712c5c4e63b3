"""`symcnn check`: what it prints of a report, where, and with which exit code."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click import unstyle
from click.testing import CliRunner, Result
from rich.console import Console

from symcnn import Identity, Tensor, Theorem, decide, prove, sizes
from symcnn.cli import main
from symcnn.cli_check import Listing, Request, check_document, counted, record
from symcnn.decision import Refuted
from symcnn.errors import SymcnnError
from symcnn.read.report import Edit, Finding, Inference, Report, Verdict
from symcnn.refute import Counterexample

KEYS = ["line", "column", "display", "latex", "verdict", "reason", "suggestion", "remarks", "counterexample"]
LONG = "Y = " + " + ".join(f"X_{{{number}}}" for number in range(40))
X = Tensor("X", sizes("m n"))

Answer = Callable[..., Report]


@pytest.fixture(scope="module")
def theorem() -> Theorem:
    return prove(Identity(X + X, 2 * X))


@pytest.fixture(scope="module")
def counterexample() -> Counterexample:
    verdict = decide(Identity(X + X, X))
    assert isinstance(verdict, Refuted)
    return verdict.counterexample


@pytest.fixture
def report(theorem: Theorem, counterexample: Counterexample) -> Report:
    wrong = Finding(
        12,
        7,
        "X + X\n  = X",
        Verdict.REFUTED,
        "the two sides differ",
        display=2,
        suggestion=Edit("X + X = 2 X", "2 X for X on the right"),
        remarks=("X is not square",),
        counterexample=counterexample,
    )
    findings = (
        Finding(3, 1, LONG, Verdict.DEFINED, "Y is defined here"),
        Finding(8, 5, "X + X = 2 X", Verdict.PROVED, "for all sizes", display=1, theorem=theorem),
        wrong,
        Finding(140, 2, r"\int f = 1", Verdict.NOT_CHECKABLE, "an integral is outside the language"),
    )
    return Report("paper.tex", findings, (Inference(3, "X is a tensor with 2 indices"),))


@pytest.fixture
def fine(report: Report) -> Report:
    return Report("paper.tex", report.findings[:2])


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[Answer], None]:
    """Puts another function in the place of `check_file`."""

    def put(function: Answer) -> None:
        module = ModuleType("symcnn.read.document")
        module.check_file = function  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, module.__name__, module)

    return put


@pytest.fixture
def found(answer: Callable[[Answer], None], report: Report) -> list[dict[str, Any]]:
    """The report is found whatever is checked; the list holds what `check_file` was called with."""
    calls: list[dict[str, Any]] = []

    def check_file(path: Path, **options: Any) -> Report:
        calls.append({"path": path, **options})
        return report

    answer(check_file)
    return calls


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, ["check", *map(str, arguments)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


class Terminal:
    """A stream that says it is a terminal."""

    def __init__(self) -> None:
        self.written = ""

    def write(self, text: str) -> int:
        self.written += text
        return len(text)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return True


# Exit codes and options


def test_refuted_is_exit_code_1(found: object) -> None:
    assert run("paper.tex").exit_code == 1
    assert run("paper.tex", "--json").exit_code == 1
    assert run("paper.tex", "--format", "html").exit_code == 1


def test_nothing_refuted_is_exit_code_0(answer: Callable[[Answer], None], report: Report, fine: Report) -> None:
    answer(lambda *_, **__: fine)
    assert run("paper.tex").exit_code == 0
    answer(lambda *_, **__: Report("paper.tex", report.findings[3:]))
    assert run("paper.tex").exit_code == 0


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (SymcnnError("line 3: a brace is never closed"), "line 3: a brace is never closed"),
        (FileNotFoundError(2, "No such file or directory", "paper.tex"), "paper.tex: cannot be read: No such file"),
        (IsADirectoryError(21, "Is a directory"), "paper.tex: cannot be read: Is a directory"),
        (OSError("odd"), "paper.tex: cannot be read: odd"),
    ],
)
@pytest.mark.parametrize("more", [[], ["--json"], ["--format", "html"]])
def test_bad_file_is_exit_code_2(
    error: Exception, words: str, more: list[str], answer: Callable[[Answer], None]
) -> None:
    def check_file(*_: object, **__: object) -> Report:
        raise error

    answer(check_file)
    result = run("paper.tex", *more)
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith("Error: ")
    assert words in result.stderr


def test_options_are_handed_on(found: list[dict[str, Any]]) -> None:
    run("paper.tex", "--declare", "X: m x n", "--declare", "c: scalar", "--declarations", "d.toml", "--seconds", "0.5")
    run("other.md")
    assert found == [
        {
            "path": Path("paper.tex"),
            "declarations": ("X: m x n", "c: scalar"),
            "sidecar": Path("d.toml"),
            "seconds": 0.5,
        },
        {"path": Path("other.md"), "declarations": (), "sidecar": None, "seconds": 2.0},
    ]


@pytest.mark.parametrize(
    "arguments", [[], ["a", "b"], ["a", "--seconds", "-1"], ["a", "--format", "pdf"], ["a", "--json", "--format=html"]]
)
def test_wrong_usage(arguments: list[str], found: list[object]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout, found) == (2, "", [])
    assert result.stderr.splitlines()[-1].startswith("Error: ")


# Text


def test_text_in_a_pipe(found: object) -> None:
    result = run("paper.tex")
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert lines[0] == f"  3  defined        {LONG}"
    assert lines[1] == "      Y is defined here"
    assert lines[2] == "  8  proved         X + X = 2 X"
    assert "for all sizes" in lines[3]
    assert lines[4] == " 12  refuted        X + X = X"
    assert lines[6].startswith("        m = 1, n = 1")
    assert "      did you mean 2 X for X on the right: X + X = 2 X" in lines
    assert "      remark: X is not square" in lines
    assert lines[-2] == "line 3, read as: X is a tensor with 2 indices"
    assert lines[-1] == "4 equations: 1 proved, 1 defined, 1 refuted, 1 not checkable"
    assert "\x1b" not in result.stdout
    assert all(line == line.rstrip() for line in lines)


def test_text_at_80_columns(report: Report) -> None:
    stream = Terminal()
    console = Console(file=stream, width=80, markup=False, highlight=False)  # type: ignore[arg-type]
    Listing(console).write(report)
    lines = unstyle(stream.written).splitlines()
    assert max(map(len, lines)) == 80
    assert lines[0].endswith("…")
    assert [line.split()[1] for line in lines if line[:3].strip()][:4] == ["defined", "proved", "refuted", "not"]
    assert "\x1b[1;31mrefuted" in stream.written


def test_long_reasons_are_folded_on_a_terminal() -> None:
    finding = Finding(1, 1, "a = b", Verdict.NOT_CHECKABLE, "word " * 60)
    stream = Terminal()
    Listing(Console(file=stream, width=80)).write(Report("a", (finding,)))  # type: ignore[arg-type]
    body = unstyle(stream.written).splitlines()[1:-1]
    assert len(body) > 3
    assert all(len(line) <= 80 and line.startswith("      word") for line in body)


def test_derivations_are_printed_if_wanted(found: object, theorem: Theorem) -> None:
    first = theorem.derivation().text().splitlines()[0]
    assert first not in run("paper.tex").stdout
    lines = [line.strip() for line in run("paper.tex", "--derivations").stdout.splitlines()]
    for line in theorem.derivation().text().splitlines():
        assert line.strip() in lines


def test_document_does_not_command_the_terminal(answer: Callable[[Answer], None]) -> None:
    finding = Finding(1, 1, "a\x1b[2J\u202e = b", Verdict.PROVED, "fine\x07\x9b", remarks=("\x1b]0;title\x07",))
    answer(lambda *_, **__: Report("a", (finding,), (Inference(1, "\x1b[1m"),)))
    shown = run("a").stdout
    assert all(letter.isprintable() or letter == "\n" for letter in shown)


def test_brackets_are_no_markup(answer: Callable[[Answer], None]) -> None:
    answer(lambda *_, **__: Report("a", (Finding(1, 1, "[bold] a = b", Verdict.PROVED, "[red]"),)))
    assert run("a").stdout.splitlines()[:2] == ["1  proved         [bold] a = b", "      [red]"]


@pytest.mark.parametrize(("count", "text"), [(0, "0 equations"), (1, "1 equation: 1 proved")])
def test_counted(count: int, text: str) -> None:
    finding = Finding(1, 1, "a = a", Verdict.PROVED, "")
    assert counted(Report("a", (finding,) * count)) == text


# JSON


def test_json(found: object, report: Report, counterexample: Counterexample) -> None:
    result = run("paper.tex", "--json")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [list(each) for each in records] == [KEYS] * 4
    assert records == [record(finding) for finding in report.findings]
    assert [each["verdict"] for each in records] == ["defined", "proved", "refuted", "not checkable"]
    wrong = records[2]
    assert (wrong["line"], wrong["column"], wrong["display"]) == (12, 7, 2)
    assert wrong["latex"] == "X + X\n  = X"
    assert wrong["suggestion"] == {"latex": "X + X = 2 X", "words": "2 X for X on the right"}
    assert wrong["remarks"] == ["X is not square"]
    assert wrong["counterexample"] == str(counterexample)
    assert records[0]["display"] is records[0]["suggestion"] is records[0]["counterexample"] is None
    assert result.stderr == "line 3, read as: X is a tensor with 2 indices\n"


# Output


def test_page_on_stdout(found: object) -> None:
    result = run("paper.tex", "--format", "html")
    assert result.stdout.startswith("<!DOCTYPE html>")
    assert result.stdout.rstrip().endswith("</html>")


@pytest.mark.parametrize(
    ("more", "start"), [(["--format", "html"], "<!DOCTYPE html>"), (["--json"], "{"), ([], "  3  defined")]
)
def test_output_to_a_file(more: list[str], start: str, found: object, tmp_path: Path) -> None:
    result = run("paper.tex", *more, "--output", tmp_path / "found")
    assert result.exit_code == 1
    assert result.stdout == f"{tmp_path / 'found'}: 4 equations: 1 proved, 1 defined, 1 refuted, 1 not checkable\n"
    assert (tmp_path / "found").read_text(encoding="utf-8").startswith(start)


def test_output_that_cannot_be_written(found: object, tmp_path: Path) -> None:
    result = run("paper.tex", "--format", "html", "--output", tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "cannot be written: Is a directory" in result.stderr


def test_what_is_read_is_not_written_over(found: list[object], tmp_path: Path) -> None:
    paper = tmp_path / "paper.md"
    paper.write_text("$a = b$", encoding="utf-8")
    for result in (run(paper, "--output", paper), run("a.tex", "--declarations", paper, "--output", paper)):
        assert (result.exit_code, found) == (2, [])
        assert "is not written over" in result.stderr
    assert paper.read_text(encoding="utf-8") == "$a = b$"


def test_names_that_have_no_encoding(answer: Callable[[Answer], None], fine: Report, tmp_path: Path) -> None:
    odd = Report("a\udcff.tex", fine.findings)
    answer(lambda *_, **__: odd)
    request = Request(Path("a"), format="html", output=tmp_path / "page.html")
    assert check_document(request) == 0
    assert "a\\udcff.tex" in (tmp_path / "page.html").read_text(encoding="utf-8")


# As a program

PROGRAM = """
import sys
from types import ModuleType
from symcnn.read.report import Finding, Report, Verdict

document = ModuleType("symcnn.read.document")
finding = Finding(1, 1, "α < β", Verdict.REFUTED, "is false")
document.check_file = lambda *_, **__: Report("a", (finding,))
sys.modules[document.__name__] = document
from symcnn.cli import main
main(["check", "a", *sys.argv[1:]])
"""


@pytest.mark.parametrize("flags", [[], ["-O"], ["-OO"]])
def test_program(flags: list[str]) -> None:
    def program(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, *flags, "-X", "utf8=0", "-c", PROGRAM, *arguments]
        return subprocess.run(command, capture_output=True, check=False, env={"PYTHONIOENCODING": "latin-1"})

    text, page = program(), program("--format", "html")
    assert (text.returncode, text.stderr) == (page.returncode, page.stderr) == (1, b"")
    assert text.stdout.decode("latin-1").splitlines()[0] == "1  refuted        \\u03b1 < \\u03b2"
    assert "α" in page.stdout.decode("utf-8")
    assert json.loads(program("--json").stdout)["latex"] == "α < β"
