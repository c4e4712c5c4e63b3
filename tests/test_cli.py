"""The commands: what they print, where, and with which exit code."""

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import symcnn
from symcnn import Identity, Tensor, prove, sizes
from symcnn.cli import main
from symcnn.errors import NumericMismatch
from symcnn.theorems import entries, proved

VERTICAL, MIXING = "vertical_difference_is_convolution", "channel_mixing_is_pointwise_convolution"
BOX = "average_pooling_is_box_convolution"
LONGEST = max((entry.name for entry in entries()), key=len)
KEYS = ["name", "chapter", "verdict", "expected", "steps", "seconds", "hypotheses", "largest_error"]
START = '''
"""A chapter of my own."""
from sympy import Sum, sin
from symcnn import Identity, Tensor, calc, prove, sizes
from symcnn.theorems.catalogue import theorem

m, n = sizes("m n")
X, v = Tensor("X", (m, n)), Tensor("v", (m,))
'''

Write = Callable[..., Path]


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def program(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "symcnn", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file of theorems."""

    def written(body: str, name: str = "mine.py", start: str = START) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(start.lstrip() + textwrap.dedent(body), encoding="utf-8")
        return path

    return written


def stated(expression: str, decorator: str = "@theorem") -> str:
    return f"{decorator}\ndef claimed():\n    return {expression}\n"


def records(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def refused(result: Result, *words: str) -> None:
    """Exit code 2, nothing on stdout, and one line on stderr that holds the words."""
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith("Error: ")
    for word in words:
        assert word in result.stderr


# The catalogue


def test_list_shows_every_theorem_whole() -> None:
    result = run("list")
    assert result.exit_code == 0
    rows = result.stdout.splitlines()
    assert rows[0].split() == ["name", "chapter", "summary"]
    assert len(rows) == 1 + len(entries())
    for row, entry in zip(rows[1:], entries(), strict=True):
        assert all(text in row for text in (entry.name, entry.chapter, entry.summary))


def test_show() -> None:
    result = run("show", VERTICAL)
    assert result.exit_code == 0
    assert result.stdout.strip() == f"{VERTICAL}\n\n{proved(VERTICAL).derivation().text()}"


def test_prove_prints_a_line_each() -> None:
    result = run("prove", VERTICAL, MIXING)
    assert (result.exit_code, result.stderr) == (0, "")
    header, *rows = result.stdout.splitlines()
    assert header.split("  ")[0] == "name"
    assert [row.split()[0] for row in rows] == [VERTICAL, MIXING]
    assert "1 <= C, 1 <= m, 1 <= n, 1 <= O" in rows[1]


def test_prove_as_json() -> None:
    result = run("prove", VERTICAL, BOX, VERTICAL, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    first, second = records(result)
    assert list(first) == list(second) == KEYS
    assert (first["name"], first["chapter"]) == (VERTICAL, "Finite differences are convolutions")
    assert (first["verdict"], first["expected"]) == ("proved", "proved")
    assert first["steps"] == proved(VERTICAL).derivation().steps
    assert first["hypotheses"] == ["1 <= m", "1 <= n"]
    assert set(second["hypotheses"]) >= {"1 <= C", "k divides m", "k divides n"}  # type: ignore[call-overload]
    assert isinstance(first["seconds"], float)
    assert 0 < first["seconds"] < 60
    assert isinstance(first["largest_error"], float)
    assert first["largest_error"] < 1e-9


def test_prove_without_names_is_the_catalogue() -> None:
    result = run("prove", "--json")
    assert result.exit_code == 0
    assert [record["name"] for record in records(result)] == [entry.name for entry in entries()]


def test_derive_writes_one_document(tmp_path: Path) -> None:
    result = run("derive", VERTICAL, MIXING, "--output", tmp_path / "new" / "folder")
    assert (result.exit_code, result.stderr) == (0, "")
    header, *rows, path = result.stdout.splitlines()
    assert header.split() == ["name", "verdict", "steps", "milliseconds", "largest", "error"]
    assert [row.split()[:2] for row in rows] == [[VERTICAL, "proved"], [MIXING, "proved"]]
    assert Path(path) == tmp_path / "new" / "folder" / "symcnn.tex"
    document = Path(path).read_text(encoding="utf-8")
    assert document.startswith("\\documentclass")
    assert document.count("\\subsection{") == 2
    assert document.count("Both sides agree on 20 random instances") == 2


def test_derive_in_markdown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("derive", VERTICAL, "--format", "markdown")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == str(Path("derivations", "symcnn.md"))
    assert (tmp_path / "derivations" / "symcnn.md").read_text(encoding="utf-8").startswith("# ")


def test_numpy_prints_both_sides() -> None:
    result = run("numpy", BOX)
    assert result.exit_code == 0
    for side in proved(BOX).numpy_functions():
        assert side.source.strip() in result.stdout
    compile(result.stdout, "generated", "exec")


def test_version_and_help() -> None:
    assert run("--version").stdout == f"symcnn {symcnn.__version__}\n"
    for command in ("derive", "list", "show", "prove", "numpy", "verify"):
        assert command in run("--help").stdout
        assert run(command, "--help").exit_code == 0


# Files of a user's own


def test_file_with_theorems(write: Write) -> None:
    path = write(
        """
        from helper import twice

        @theorem
        def doubled():
            return Identity(twice(X), 2 * X)

        @theorem
        def by_hand():
            return calc(X + X).eq(2 * X, because="two of them").qed()

        @theorem(expected="refuted")
        def warning():
            return Identity(X + X, X)

        @theorem(expected="refuted")
        def warning_inside():
            return prove(Identity(X, X.T))

        symmetric = Identity((X + X).T, X.T + X.T)
        """
    )
    write("def twice(tensor):\n    return tensor + tensor\n", "helper.py", start="")
    before = list(sys.path)
    result = run("prove", path, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    found = {record["name"]: record["verdict"] for record in records(result)}
    assert list(found) == ["doubled", "by_hand", "warning", "warning_inside", "symmetric"]
    assert set(found.values()) == {"proved", "refuted"}
    assert {record["chapter"] for record in records(result)} == {"A chapter of my own"}
    assert all((record["steps"] is None) == (record["verdict"] == "refuted") for record in records(result))
    assert sys.path == before
    assert "helper" not in sys.modules


def test_one_theorem_of_a_file(write: Write) -> None:
    path = write(stated("Identity(X, X)") + "other = Identity(v, v)\n")
    assert [record["name"] for record in records(run("prove", f"{path}::other", "--json"))] == ["other"]
    assert run("show", f"{path}::claimed").exit_code == 0
    assert run("numpy", f"{path}::claimed").exit_code == 0


def test_helpers_of_two_folders_are_kept_apart(write: Write) -> None:
    body = "from helper import factor\nclaimed = Identity(X + X, factor * X)\n"
    first, second = write(body, "a/mine.py"), write(body, "b/mine.py")
    write("factor = 2\n", "a/helper.py", start="")
    write("factor = 3\n", "b/helper.py", start="")
    result = run("prove", first, second, "--json")
    assert [record["verdict"] for record in records(result)] == ["proved", "refuted"]


def test_what_a_file_prints_is_kept_out_of_the_records(write: Write) -> None:
    path = write("print('loading')\n@theorem\ndef claimed():\n    print('stating')\n    return Identity(X, X)\n")
    result = run("prove", path, "--json")
    assert len(records(result)) == 1
    assert result.stderr == "loading\nstating\n"


def test_unexpected_verdict_is_exit_code_1(write: Write, tmp_path: Path) -> None:
    path = write(stated("Identity(X + X, X)") + "fine = Identity(X, X)\n")
    result = run("prove", path, "--json")
    assert result.exit_code == 1
    assert [record["verdict"] for record in records(result)] == ["refuted", "proved"]
    assert result.stderr.startswith(f"Error: {path}::claimed: refuted: m = 1, n = 1; X = [1]; at i = 1, j = 1")
    assert len(result.stderr.splitlines()) == 1
    derived = run("derive", path, "--output", tmp_path)
    assert derived.exit_code == 1
    assert derived.stdout.splitlines()[-1] == str(tmp_path / "symcnn.tex")
    assert run("show", path).exit_code == run("numpy", path).exit_code == 1


def test_theorem_that_should_be_false_is_exit_code_1(write: Write) -> None:
    path = write(stated("Identity(X, X)", "@theorem(expected='refuted')"))
    assert run("prove", path).exit_code == 1


def test_false_line_of_a_derivation(write: Write) -> None:
    path = write(stated("calc(X + X).eq(3 * X).eq(2 * X).qed()"))
    result = run("prove", path, "--json")
    assert (result.exit_code, records(result)[0]["verdict"]) == (1, "undecided")
    assert "line 1" in result.stderr


def test_numbers_that_differ_are_exit_code_1(monkeypatch: pytest.MonkeyPatch) -> None:
    def mismatch(*_: object, **__: object) -> None:
        raise NumericMismatch("the sides differ with m = 1")

    monkeypatch.setattr(symcnn.Theorem, "verify_numerically", mismatch)
    result = run("prove", VERTICAL, "--json")
    assert (result.exit_code, records(result)[0]["verdict"]) == (1, "mismatch")
    assert "the sides differ with m = 1" in result.stderr


def test_nothing_to_document(write: Write, tmp_path: Path) -> None:
    path = write(stated("Identity(X + X, X)", "@theorem(expected='refuted')"))
    result = run("derive", path, "--output", tmp_path / "out")
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 2)
    assert list((tmp_path / "out").iterdir()) == []


def test_title_of_a_chapter_is_text(write: Write, tmp_path: Path) -> None:
    path = write(stated("Identity(X, X)"), start=START.replace("of my own", "100% \\\\ of {my_own} #1 & ~ ^ $"))
    run("derive", path, "--output", tmp_path)
    document = (tmp_path / "symcnn.tex").read_text(encoding="utf-8")
    title = r"100\% \textbackslash{} of \{my\_own\} \#1 \& \textasciitilde{} \textasciicircum{} \$"
    assert f"\\section{{A chapter {title}}}" in document


# Bad input


@pytest.mark.parametrize("command", ["derive", "show", "prove", "numpy"])
def test_unknown_name(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    refused(run(command, VERTICAL[:-1]), f"no theorem is called {VERTICAL[:-1]}; did you mean {VERTICAL}?")


STATEMENTS = {
    "Identity(Tensor.define((m,), lambda i: X[i]), v)": ("line 10", "X has 2 indices", "has 1"),
    "Identity(X, v)": ("line 10", "different ranks", "X of shape (m, n) against v of shape (m)"),
    "Identity(Tensor.define((m, n), lambda i, j: X[i + 1, j]), X)": (
        "X[1..m, 1..n]",
        "out of range",
        "outside=0",
    ),
    "Identity(Tensor.define((m,), lambda i: X[i, i]), v)": ("out of range", "add given=[n >= m]"),
    "Identity(Sum(v[n], (n, m, 1)), 0)": ("may run backwards", "m..1"),
    "Identity(Tensor.define((m,), lambda i: sin(v[i])), v)": ("sin", "outside the language"),
    "Identity(X, Tensor('X', (n, m)))": ("two different objects are called X",),
    "Identity(X, X, given=[m < 0])": ("were found that satisfy",),
    "Identity(X, X, given=[m == n])": ("line 10", "write Eq(a, b) for a == b"),
    "X": ("Tensor is neither an Identity nor a Theorem",),
    "None": ("NoneType is neither an Identity nor a Theorem",),
    "1 / 0": ("line 10", "ZeroDivisionError: division by zero"),
    "exit(3)": ("line 10", "SystemExit: 3"),
}


@pytest.mark.parametrize("expression", STATEMENTS)
def test_bad_statement(expression: str, write: Write) -> None:
    path = write(stated(expression))
    refused(run("prove", path, "--json"), f"{path}::claimed: ", *STATEMENTS[expression])


def test_bad_statement_does_not_hide_the_others(write: Write, tmp_path: Path) -> None:
    path = write(stated("Identity(X, v)") + "fine = Identity(X, X)\n")
    result = run("derive", path, "--output", tmp_path)
    assert result.exit_code == 2
    assert result.stdout.splitlines()[1].split()[:2] == ["fine", "proved"]
    assert result.stdout.splitlines()[-1] == str(tmp_path / "symcnn.tex")
    assert "different ranks" in result.stderr
    refused(run("show", f"{path}::claimed"), "different ranks")
    refused(run("numpy", f"{path}::claimed"), "different ranks")


FILES = {
    "x = (\n": "line 8: '(' was never closed",
    "1 / 0\n": "line 8: ZeroDivisionError",
    "import nothing_of_this_name\n": "line 8: ModuleNotFoundError",
    "raise SystemExit(0)\n": "line 8: SystemExit: 0",
    "wrong = Identity(X, v)\n": "line 8: the two sides have different ranks",
    "wrong = prove(Identity(X + X, X))\n": "refuted: m = 1, n = 1",
    "@theorem(expected='maybe')\ndef claimed():\n    return Identity(X, X)\n": "expected is 'maybe'",
    "x = 1\n": "states no theorem: mark a function with @theorem, or give an Identity a name",
}


@pytest.mark.parametrize("body", FILES)
def test_bad_file(body: str, write: Write) -> None:
    path = write(body)
    refused(run("prove", path), f"{path}: ", FILES[body])


def test_file_without_the_theorem(write: Write) -> None:
    path = write(stated("Identity(X, X)"))
    refused(run("prove", f"{path}::claimd"), f"{path}: no theorem is called claimd; did you mean claimed?")


def test_file_that_cannot_be_read(tmp_path: Path) -> None:
    refused(run("prove", tmp_path / "absent.py"), "absent.py: cannot be read: No such file or directory")
    refused(run("prove", f"{tmp_path}::claimed"), "cannot be read: Is a directory")
    (tmp_path / "bytes.py").write_bytes(b"\xff\x00")
    refused(run("prove", tmp_path / "bytes.py"), "bytes.py: ")


def test_output_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    refused(run("derive", VERTICAL, "--output", tmp_path / "taken"), "taken: cannot be written: File exists")
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "arguments",
    [["prov"], ["prove", "--jsn"], ["derive", "--format", "word"], ["show"], ["numpy"], ["verify"]],
)
def test_wrong_usage(arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1].startswith("Error: ")


# Replay


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A theorem file."""
    path = tmp_path / "box.json"
    path.write_text(proved(BOX).to_json(), encoding="utf-8")
    return path


def test_verify(file: Path) -> None:
    result = run("verify", file)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[:2] == [f"{file}:", "for all integers C, m, n, k"]
    assert "conv2d(X, W, stride=k)[o, i, j] = avg_pool2d(X, kernel_size=k)[o, i, j]" in lines
    steps = proved(BOX).derivation().steps
    assert lines[-2].split() == ["name", "verdict", "steps", "milliseconds", "largest", "error"]
    assert lines[-1].split()[:3] == [str(file), "proved", str(steps)]


def test_rejected_proof_is_exit_code_1(file: Path) -> None:
    data = json.loads(file.read_text(encoding="utf-8"))
    data["proof"]["entries"]["steps"].pop()
    wrong = file.with_name("wrong.json")
    wrong.write_text(json.dumps(data), encoding="utf-8")
    result = run("verify", wrong, file)
    assert result.exit_code == 1
    assert [line.split()[1] for line in result.stdout.splitlines()[-2:]] == ["rejected", "proved"]
    assert result.stdout.count("for all integers") == 1
    assert result.stderr.startswith(f"Error: {wrong}: the proof is rejected: the chain ends at")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is not a theorem file: this is not JSON"),
        (b"{\n\n", "is not a theorem file: this is not JSON"),
        (b"{}", "is not a theorem file: the file must hold format, terms, claim and proof"),
        (b"[" * 100_000, "is not a theorem file: the file is nested too deeply"),
        (b'{"format": "other", "terms": [], "claim": 1, "proof": 1}', "the format is 'other'"),
        (b"\xff\xfe", "is not text"),
    ],
)
def test_damaged_file_is_exit_code_2(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "damaged.json"
    path.write_bytes(content)
    refused(run("verify", path), f"{path}: ", words)


def test_truncated_file_does_not_hide_the_others(file: Path) -> None:
    short = file.with_name("short.json")
    short.write_bytes(file.read_bytes()[:-100])
    result = run("verify", short, file)
    assert result.exit_code == 2
    assert "this is not JSON" in result.stderr
    assert result.stdout.splitlines()[-1].split()[:2] == [str(file), "proved"]


def test_absent_file(tmp_path: Path) -> None:
    refused(run("verify", tmp_path / "absent.json"), "absent.json: cannot be read: No such file or directory")


def test_proof_too_deep_for_the_interpreter(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deep(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr("symcnn.cli_replay.replay", deep)
    result = run("verify", file)
    assert result.exit_code == 1
    assert "the proof is rejected: it is nested too deeply" in result.stderr


# As a program


def test_program_runs_and_cuts_no_name_in_a_pipe() -> None:
    narrow = {**os.environ, "COLUMNS": "40", "PYTHONIOENCODING": "ascii"}
    result = program("list", env=narrow)
    assert (result.returncode, result.stderr) == (0, "")
    assert f"\n{LONGEST}  " in result.stdout
    assert max(map(len, result.stdout.splitlines())) > 120


def test_program_has_no_traceback() -> None:
    result = program("prove", "no_such_theorem")
    assert (result.returncode, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1


def test_text_that_the_terminal_cannot_show(tmp_path: Path) -> None:
    greek = Tensor("α", (sizes("m"),))
    file = tmp_path / "greek.json"
    file.write_text(prove(Identity(greek, greek)).to_json(), encoding="utf-8")
    result = program("verify", file, env={**os.environ, "PYTHONIOENCODING": "latin-1"})
    assert (result.returncode, result.stderr) == (0, "")
    assert "\\u03b1[i] = \\u03b1[i]" in result.stdout


@pytest.mark.skipif(not hasattr(os, "pipe"), reason="needs pipes")
def test_closed_pipe_is_quiet(file: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        command = [sys.executable, "-m", "symcnn", "verify", str(file)]
        result = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(writer)
    assert result.stderr == b""


@pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")
def test_terminal_shows_progress_and_whole_names() -> None:
    import pty

    leader, follower = pty.openpty()
    narrow = {**os.environ, "COLUMNS": "60", "TERM": "xterm"}
    command = [sys.executable, "-m", "symcnn", "prove", VERTICAL]
    process = subprocess.Popen(command, stdout=follower, stderr=follower, env=narrow)
    os.close(follower)
    shown = b""
    try:
        while part := os.read(leader, 4096):
            shown += part
    except OSError:  # how Linux tells that the other end is closed
        pass
    os.close(leader)
    assert process.wait() == 0
    text = shown.decode()
    assert "0/1" in text
    assert VERTICAL in text.splitlines()[-1]


def test_help_needs_nothing_heavy() -> None:
    code = """
import sys
from click.testing import CliRunner
from symcnn.cli import main
CliRunner().invoke(main, ["--help"])
print(sorted({"sympy", "numpy", "z3", "rich"} & set(sys.modules)))
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"


def test_verify_needs_no_sympy(file: Path) -> None:
    code = f"""
import sys
from click.testing import CliRunner
from symcnn.cli import main
print(CliRunner().invoke(main, ["verify", {str(file)!r}]).exit_code)
print(sorted({{"sympy", "numpy", "z3"}} & set(sys.modules)))
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "0\n[]\n"
