"""The document that `symcnn derive` writes."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from symcnn.errors import SymcnnError
from symcnn.export.document import Section, write_document
from symcnn.theorems import entries, proved
from symcnn.theorems.catalogue import Entry

REPORT = SimpleNamespace(samples=20, seed=3, largest_error=2.2e-16)


def section(entry: Entry, report: object = REPORT) -> Section:
    return Section(entry, proved(entry.name), report)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def sections() -> list[Section]:
    return [section(entry) for entry in entries()]


def test_latex(sections) -> None:
    text = write_document(sections)
    assert text.count(r"\section{") == len({entry.chapter for entry in entries()})
    assert text.count(r"\subsection{") == len(entries())
    assert r"\section{Mixing channels is a 1 $\times$ 1 convolution}" in text
    assert r"\subsection{Vertical difference is convolution}" in text
    for each in sections:
        assert each.theorem.derivation().latex() in text
    assert r"the largest difference is $2.2 \cdot 10^{-16}$" in text
    assert text.count(r"\begin{document}") == text.count(r"\end{document}") == 1


def test_markdown(sections) -> None:
    text = write_document(sections, "markdown")
    assert text.startswith("# ")
    assert text.count("\n## ") == len({entry.chapter for entry in entries()})
    assert text.count("\n### ") == len(entries())
    for each in sections:
        assert each.theorem.derivation().markdown() in text
    assert "Both sides agree on 20 random instances (seed 3); the largest difference is 2.2e-16." in text


def test_no_difference_is_0(sections) -> None:
    exact = replace(sections[0], report=SimpleNamespace(samples=1, seed=0, largest_error=0.0))
    for form in ("latex", "markdown"):
        assert "the largest difference is 0." in write_document([exact], form)


def test_titles_are_printed_as_they_stand() -> None:
    def strange_100_percent() -> None:
        """Nothing"""

    entry = replace(entries()[0], function=strange_100_percent, chapter=r"50% of $x_1$ & \all {of} 3 x 3")
    text = write_document([Section(entry, proved(entries()[0].name), REPORT)])  # type: ignore[arg-type]
    assert r"\section{50\% of \$x\_1\$ \& \textbackslash{}all \{of\} 3 $\times$ 3}" in text
    assert r"\texttt{strange\_\allowbreak 100\_\allowbreak percent}" in text


def test_another_format_is_refused(sections) -> None:
    with pytest.raises(SymcnnError, match="the format is 'html', not one of latex, markdown"):
        write_document(sections, "html")
