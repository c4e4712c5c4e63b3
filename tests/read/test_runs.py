r"""Where indices begin and end: bounds that do not belong to a range, and bounds that are quotients."""

import pytest

from symcnn.read import check
from symcnn.read.outcomes import Budget
from symcnn.read.report import Verdict

QUICK = Budget(seconds=1.0, proof_seconds=5.0, suggestion_seconds=0.0)


def verdict(equation: str, declarations: str = "n: size") -> Verdict:
    return check(rf"\[ {equation} \]", declarations=[declarations], budget=QUICK).findings[-1].verdict


@pytest.mark.parametrize(
    "equation",
    [
        r"\sum_{0 \le i < n} 2 = 2 n",
        r"\sum_{0 < i < n} 1 = n - 1",
        r"\sum_{0 < i \le n} 2 = 2 n",
        r"\sum_{0 \le i < n/2} 1 = \lfloor \frac{n + 1}{2} \rfloor",
        r"\sum_{0 \le i \le n/2} 1 = \lfloor \frac{n}{2} \rfloor + 1",
        r"\sum_{n/2 < i \le n} 1 = n - \lfloor \frac{n}{2} \rfloor",
        r"\sum_{n/2 \le i \le n} 1 = n - \lfloor \frac{n + 1}{2} \rfloor + 1",
        r"\sum_{i = 1}^{n/2} 1 = \lfloor \frac{n}{2} \rfloor",
    ],
)
def test_how_many_there_are(equation: str) -> None:
    assert verdict(equation) is Verdict.PROVED


@pytest.mark.parametrize(
    "equation",
    [
        r"\sum_{0 \le i < n/2} 1 = \lfloor n/2 \rfloor",  # for n = 1 there is i = 0
        r"\sum_{n/2 \le i \le n} 1 = n - \lfloor n/2 \rfloor + 1",  # for n = 1 there is i = 1 only
        r"\sum_{0 < i < n} 2 = 2 n",
    ],
)
def test_what_holds_for_even_sizes_at_most(equation: str) -> None:
    assert verdict(equation) is Verdict.REFUTED


@pytest.mark.parametrize(
    "equation", [r"\sum_{i = n/2}^n 1 = 1", r"\sum_{i = n/2 + 1}^n 1 = 1", r"1 + x_{n/2} = 1 + x_1"]
)
def test_half_of_a_size_is_an_integer_only_if_that_is_given(equation: str) -> None:
    report = check(rf"\[ {equation} \]", declarations=["n: size; x: n"], budget=QUICK)
    assert report.findings[-1].verdict is Verdict.NOT_CHECKABLE
    assert "integer" in report.findings[-1].reason


def test_what_is_given_to_divide_is_an_integer() -> None:
    assert verdict(r"\sum_{i = n/2 + 1}^n 1 = n/2", "n: size; given: 2 divides n") is Verdict.PROVED
    assert verdict(r"\sum_{n/2 \le i \le n} 1 = n/2 + 1", "n: size; given: 2 divides n") is Verdict.PROVED


def test_a_letter_that_a_sum_only_speaks_of_is_not_bound_by_it() -> None:
    findings = check(
        r"\[ y_k = \sum_{a = k}^{n} x_a \quad (1 \le k \le n) \] \[ y_k = \sum_{k \le a \le n} x_a \]", budget=QUICK
    ).findings
    assert [each.verdict for each in findings] == [Verdict.DEFINED, Verdict.PROVED]


def test_an_absolute_value_is_no_list_of_indices() -> None:
    report = check(r"\[ x = 2 x - x \quad (1 \le |x| \le n) \]", declarations=["x: scalar; n: size"], budget=QUICK)
    assert "under the condition" in report.findings[-1].reason
