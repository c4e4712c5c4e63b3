"""What the catalogue proves is accepted by a Python that has nothing but the standard library."""

import subprocess
import sys
from pathlib import Path

from symcnn import theorems
from symcnn.kernel import show_claim

ROOT = Path(__file__).parents[2]
BARE = """
import runpy, sys
sys.path.insert(0, sys.argv.pop(1))

class Nothing:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top not in sys.stdlib_module_names and top != "symcnn":
            raise ImportError(f"{name} is not here")

sys.meta_path.insert(0, Nothing())
runpy.run_module("symcnn.kernel", run_name="__main__")
"""


def bare(*files: Path) -> subprocess.CompletedProcess[str]:
    """Replay the files in isolated mode, without site-packages, where no import of anything else succeeds."""
    command = [sys.executable, "-I", "-S", "-c", BARE, str(ROOT), *map(str, files)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_every_theorem_is_replayed_without_sympy(tmp_path: Path) -> None:
    found = [theorems.proved(entry.name) for entry in theorems.entries() if entry.expected == "proved"]
    for each in found:
        (tmp_path / f"{each.name}.json").write_text(each.to_json(), encoding="utf-8")
    files = [tmp_path / f"{each.name}.json" for each in found]
    result = bare(*files)
    assert (result.returncode, result.stderr) == (0, "")
    statements = (f"accepted: {file}\n{show_claim(each.claim)}\n" for file, each in zip(files, found, strict=True))
    assert result.stdout == "".join(statements)


def test_nothing_else_can_be_imported_there(tmp_path: Path) -> None:
    (tmp_path / "empty.json").write_text("{}", encoding="utf-8")
    code = BARE.replace("runpy.run_module", "import sympy\nrunpy.run_module")
    command = [sys.executable, "-I", "-S", "-c", code, str(ROOT), str(tmp_path / "empty.json")]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert "ImportError: sympy is not here" in result.stderr
    assert bare(tmp_path / "empty.json").returncode == 1
