"""The page of a report: everything is escaped, nothing is fetched, and what is no MathML is shown as LaTeX."""

import re
import sys
from html.parser import HTMLParser
from itertools import pairwise
from time import monotonic

import pytest

from symcnn import Identity, Tensor, Theorem, decide, prove, sizes
from symcnn.decision import Refuted
from symcnn.export.page import ATTRIBUTES, TAGS, formula_of, page_html
from symcnn.read.report import Edit, Finding, Inference, Report, Verdict
from symcnn.refute import Counterexample
from symcnn.theorems import entries, proved

EVIL = "<script>alert(1)</script><img src=http://x.example onerror=alert(1)>\"'"
VOID = {"meta", "img", "br", "link", "input", "hr"}
X = Tensor("X", sizes("m n"))


class Page(HTMLParser):
    """The elements of a page, with their attributes; refuses tags that do not close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def tags(self) -> set[str]:
        return {tag for tag, _ in self.elements}


def page_of(*findings: Finding, path: str = "paper.tex", inferences: tuple[Inference, ...] = ()) -> Page:
    return Page(page_html(Report(path, findings, inferences)))


def proof(latex: str, **more: object) -> Finding:
    return Finding(1, 1, latex, Verdict.PROVED, "for all sizes", **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def theorem() -> Theorem:
    return prove(Identity(X + X, 2 * X))


@pytest.fixture(scope="module")
def counterexample() -> Counterexample:
    verdict = decide(Identity(X + X, X))
    assert isinstance(verdict, Refuted)
    return verdict.counterexample


def test_page(theorem: Theorem, counterexample: Counterexample) -> None:
    wrong = Finding(
        12,
        7,
        "X + X = X",
        Verdict.REFUTED,
        "the two sides differ",
        suggestion=Edit(r"X + X = 2 \cdot X", "2 X for X"),
        remarks=("X is not square",),
        counterexample=counterexample,
    )
    findings = (
        Finding(3, 1, r"Y_{i,j} = \sum_{k} X_{k,j}", Verdict.DEFINED, "Y is defined"),
        Finding(8, 5, "X + X = 2 X", Verdict.PROVED, "for all sizes", theorem=theorem),
        wrong,
        Finding(12, 9, r"\int f = 1", Verdict.NOT_CHECKABLE, "an integral"),
    )
    page = page_of(*findings, inferences=(Inference(3, "X is a tensor"),))
    sections = [attributes for tag, attributes in page.elements if tag == "section"]
    assert [each["id"] for each in sections] == ["line-3", "line-8", "line-12", "line-12-2"]
    kinds = ["defined", "proved", "refuted", "not-checkable"]
    assert [each["class"] for each in sections] == [f"equation {kind}" for kind in kinds]
    for words in ("4 equations", "1 proved", "1 not checkable", "the two sides differ", "X is a tensor"):
        assert words in page.text
    for words in (str(counterexample), "Did you mean 2 X for X?", "Remark: X is not square", "Derivation", "Claim."):
        assert words in page.text
    assert {"math", "munder", "details", "pre", "table"} <= page.tags()
    assert ("a", {"href": "#line-12"}) in page.elements
    assert ("meta", {"charset": "utf-8"}) in page.elements
    assert "prefers-color-scheme: dark" in page.text


def test_page_without_equations() -> None:
    page = page_of()
    assert "0 equations" in page.text
    assert "No equations were found." in page.text


# What the document may not do


@pytest.mark.parametrize("latex", [EVIL, f"\\text{{{EVIL}}}", f"\\undefined {EVIL}", f"\\verb|{EVIL}|", f"a_{{{EVIL}"])
def test_everything_is_escaped(latex: str) -> None:
    finding = proof(latex, suggestion=Edit(latex, EVIL), remarks=(EVIL,), counterexample=EVIL)
    page = page_of(finding, path=f"a/{EVIL}/{EVIL}", inferences=(Inference(1, EVIL),))
    assert not page.tags() & {"script", "img"}
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    assert EVIL in page.text


@pytest.mark.parametrize(
    "latex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\href{https://x.example}{x}",
        r"\style{background:url(https://x.example)}{y}",
        r"\class{refuted}{z}",
        r"\color{white} x",
        r"\colorbox{red}{x}",
        r"\text{&lt;script&gt;&#x3c;b&#x3e;}",
        r"\mathop{<b>}",
    ],
)
def test_only_known_parts_of_mathml_are_kept(latex: str) -> None:
    formula = formula_of(latex)
    for tag, attributes in Page(formula.mathml or "").elements:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES
    assert not re.search(r"https?:|javascript", formula.mathml or "")


def test_nothing_is_fetched(theorem: Theorem) -> None:
    text = page_html(Report("paper.tex", (proof(r"\sum_{i=1}^{n} x_i = y", theorem=theorem),)))
    assert not re.search(r"https?://|url\(|@import", text)
    page = Page(text)
    assert not page.tags() & {"script", "link", "img", "iframe", "object"}
    policies = [each.get("content") for tag, each in page.elements if "http-equiv" in each]
    assert policies[0] is not None
    assert policies[0].startswith("default-src 'none'")


# Formulas


@pytest.mark.parametrize(
    ("latex", "part"),
    [
        (r"a < b", "<mo>&lt;</mo>"),
        (r"\mathcal{L}", "ℒ"),
        (r"\frac{\partial L}{\partial x}", "<mfrac>"),
        (r"\operatorname{conv2d}(X)", "<mtext>conv2d</mtext>"),
        (r"\operatorname{avg\_pool2d}(X)", "<mtext>avg_pool2d</mtext>"),
        (r"x \text{ if $x_{i}$ is}", "<msub><mi>x</mi>"),
        (r"a &= b", "<mi>a</mi><mi /><mo>=</mo>"),
        (r"a &= b \\ &= c", "<mtable"),
        (r"\begin{aligned} a &= b \\ &= c \end{aligned}", "<mtable"),
        (r"a = b \label{eq:1} \tag{3} \nonumber", "<mi>b</mi></mrow></math>"),
        (r"\begin{align} a \end{align}", "<mi>a</mi></mtd></mtr></mtable>"),
    ],
)
def test_mathml(latex: str, part: str) -> None:
    assert part in (formula_of(latex).mathml or "")


UNREADABLE = [
    "",
    "%",
    "{",
    "x^",
    r"\frac",
    r"\left( x",
    r"\undefined x",
    r"\begin{pmatrix} a",
    "a" * 10_000,
    "{" * 2_000 + "}" * 2_000,
]


@pytest.mark.parametrize("latex", UNREADABLE)
def test_what_is_no_mathml_is_shown_as_it_stands(latex: str) -> None:
    assert formula_of(latex).mathml is None
    page = page_of(proof(latex))
    assert "math" not in page.tags()
    assert "code" in page.tags()
    assert latex in page.text


def test_macros_that_grow_without_end_take_a_second() -> None:
    letters = "abcdefghijklmnopqrstuvw"
    macros = "".join(rf"\def\{new}{{\{old}\{old}\{old}}}" for old, new in pairwise(letters))
    started, before = monotonic(), sys.getprofile()
    assert formula_of(rf"\def\a{{x}}{macros}\w").mathml is None
    assert monotonic() - started < 10
    assert sys.getprofile() is before


@pytest.mark.parametrize("name", [entry.name for entry in entries()][::8])
def test_derivations_are_mathml_throughout(name: str) -> None:
    page = page_of(proof("X = X", theorem=proved(name)))
    assert "code" not in page.tags()
    assert "$" not in page.text
    body = page.text.partition("Claim.")[2]
    assert "\\" not in body
    assert "details" in page.tags()
