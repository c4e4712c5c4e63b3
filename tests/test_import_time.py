"""`import symcnn` costs no more than 1.3 times `import sympy`, and what a session does not need is not loaded."""

import subprocess
import sys

TIMED = "import time; start = time.perf_counter(); {}; print(time.perf_counter() - start)"
UNNEEDED = ("numpy", "z3", "rich", "click", "latex2sympy2", "symcnn.numeric", "symcnn.export", "symcnn.refute")


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


def seconds(statement: str) -> float:
    """The quickest of five fresh processes: the others were disturbed."""
    return min(float(run(TIMED.format(statement))) for _ in range(5))


def test_import_takes_at_most_as_long_as_sympy_and_a_third() -> None:
    assert seconds("import symcnn") <= 1.3 * seconds("import sympy")


def test_stating_and_proving_loads_nothing_else() -> None:
    loaded = run("from symcnn import *; import sys; print(*sys.modules)").split()
    assert "sympy" in loaded
    assert not set(UNNEEDED).difference({"symcnn.numeric", "numpy"}) & set(loaded)


def test_the_main_names_load_no_numpy() -> None:
    names = "Identity, Tensor, conv2d, avg_pool2d, prove, decide, calc, sizes, divides"
    loaded = run(f"from symcnn import {names}; import sys; print(*sys.modules)").split()
    assert not set(UNNEEDED) & set(loaded)
