"""The documents compile with pdflatex, with amsmath and amssymb alone, and nothing sticks out of the page."""

import re
import shutil
import subprocess
from pathlib import Path

import derived
import pytest

from symcnn import Tensor, Theorem, calc, sizes
from symcnn.export.document import Section, write_document
from symcnn.export.latex import document
from symcnn.theorems import entries, proved

pytestmark = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
WIDEST = 10.0  # pt


def compile_latex(folder: Path, text: str) -> str:
    """What pdflatex says of a document. Fails where it finds an error or where a line sticks out."""
    (folder / "document.tex").write_text(text, encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "document.tex"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", check=False)
    if run.returncode:
        pytest.fail("\n".join(run.stdout.splitlines()[-30:]))
    wide = [float(number) for number in re.findall(r"Overfull \\[hv]box \(([\d.]+)pt too", run.stdout)]
    if any(number > WIDEST for number in wide):
        pytest.fail(f"lines stick out by {wide} pt")
    return run.stdout


def packages(text: str) -> set[str]:
    return set(re.findall(r"\\usepackage(?:\[[^]]*\])?\{([^}]*)\}", text))


@pytest.mark.parametrize("name", ["average_pooling_is_box_convolution", "luminance_is_pointwise_convolution"])
def test_a_derivation_is_a_document(name: str, tmp_path: Path) -> None:
    text = proved(name).derivation().latex(standalone=True)
    assert packages(text) == {"amsmath", "amssymb"}
    compile_latex(tmp_path, text)


def test_the_document_of_all_theorems(tmp_path: Path) -> None:
    sections = [Section(entry, proved(entry.name), proved(entry.name).verify_numerically(3)) for entry in entries()]
    text = write_document(sections)
    assert packages(text) == {"amsmath", "amssymb"}
    compile_latex(tmp_path, text)


@pytest.mark.parametrize("origin", [1, 0])
def test_every_case(origin: int, tmp_path: Path) -> None:
    bodies = [state().derivation().latex(origin=origin) for state in derived.CASES.values()]
    log = compile_latex(tmp_path, document("\n\\clearpage\n".join(bodies)))
    assert "Overfull" not in log
    assert "Missing character" not in log


def test_what_notebooks_show(tmp_path: Path) -> None:
    shown = [state().derivation()._repr_latex_() for state in derived.CASES.values()]
    for state in derived.CASES.values():
        theorem: Theorem = state()
        shown += [theorem._repr_latex_(), theorem.statement.lhs._repr_latex_()]
        shown += [tensor._repr_latex_() for tensor in theorem.translated.tensors.values()]
    text = document("\n\n".join(f"\\noindent\\hbox to 0pt{{{each}\\hss}}" for each in shown))
    compile_latex(tmp_path, text)


def test_markdown_has_the_same_formulas(tmp_path: Path) -> None:
    """Its displays, as notebooks and code hosts show them, are LaTeX too."""
    displays = []
    for state in derived.CASES.values():
        text = state().derivation().markdown()
        assert text.count("$$") % 2 == 0
        displays += re.findall(r"\$\$\n(.*?)\n\$\$", text, flags=re.S)
    assert len(displays) > 2 * len(derived.CASES)
    compile_latex(
        tmp_path, document("\n\n".join(f"\\hbox to 0pt{{$\\displaystyle {each}$\\hss}}" for each in displays))
    )


def test_a_letter_that_pdflatex_does_not_have_is_no_error(tmp_path: Path) -> None:
    """The seed is partly in Korean; other programs print such letters."""
    derivation = (
        proved("vertical_difference_is_convolution").derivation().with_reason(0, "마찬가지로, größer → ≤ 3 $β$")
    )
    assert "마찬가지로" in derivation.latex()
    compile_latex(tmp_path, derivation.latex(standalone=True))


def test_a_long_derivation_goes_on_over_pages(tmp_path: Path) -> None:
    n = sizes("n")
    x = Tensor("x", (n,))
    chain = calc(x)
    for number in range(1, 31):
        chain = chain.eq(x + number - number, because=f"step {number}")
    log = compile_latex(tmp_path, chain.qed().derivation().latex(standalone=True))
    assert "Overfull" not in log
