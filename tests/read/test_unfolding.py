r"""Layers that one equation computes for all: what follows of them, and what does not."""

import pytest

from symcnn.read import check
from symcnn.read.outcomes import Budget
from symcnn.read.report import Report, Verdict

QUICK = Budget(seconds=2.0, proof_seconds=5.0, suggestion_seconds=0.0)
P, D, R, N = Verdict.PROVED, Verdict.DEFINED, Verdict.REFUTED, Verdict.NOT_CHECKABLE
LINEAR = "l: layer; x_l: n; W: n x n"
NETWORK = "l: layer; z_l: n_l; a_l: n_l; W_l: n_l x n_{l-1}; sigma: activation; x: n_0"
MOMENTUM = r"t: layer; w_t: d; v_t: d; g_t: d; \mu, \eta: scalar"
AVERAGE = r"t: layer; y_t: n; x_t: n; \beta: scalar"


def report(declarations: str, *displays: str) -> Report:
    return check("\n\n".join(rf"\[ {each} \]" for each in displays), declarations=[declarations], budget=QUICK)


def last(declarations: str, *displays: str) -> Verdict:
    return report(declarations, *displays).findings[-1].verdict


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("x_{l+2} = W x_l", R),
        ("x_{l+2} = x_{l+1}", R),
        ("x_{l+2} = W W x_l", P),
        ("x_{l+3} = W W W x_l", P),
        ("x_{l+3} = W W x_{l+1}", P),
        ("x_l = W x_{l-1}", P),
        ("x_l = W^T x_{l-1}", R),
        ("x_l = W W x_{l-2}", P),
        ("x_2 = W x_1", P),
        ("x_2 = W^T x_1", R),
        ("x_3 = W W x_1", P),
        ("x_3 = W x_1", R),
        ("x_l = 0", R),
    ],
)
def test_what_an_equation_for_the_next_layer_says_of_others(claim: str, verdict: Verdict) -> None:
    assert last(LINEAR, "x_{l+1} = W x_l", claim) == verdict


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("x_l = W x_{l-1}", P),
        ("x_{l+1} = W W x_{l-1}", P),
        ("x_l = W W x_{l-2}", P),
        ("x_l = W x_{l-2}", R),
        ("x_{l+1} = x_l", R),
    ],
)
def test_what_an_equation_for_a_layer_says_of_others(claim: str, verdict: Verdict) -> None:
    assert last(LINEAR, "x_l = W x_{l-1}", claim) == verdict


def test_two_names_that_are_computed_together() -> None:
    both = r"v_{t+1} = \mu v_t - \eta g_t, \qquad w_{t+1} = w_t + v_{t+1}"
    assert last(MOMENTUM, both, r"w_{t+1} - w_t = \mu (w_t - w_{t-1}) - \eta g_t") == P
    assert last(MOMENTUM, both, r"w_{t+1} - w_t = \mu (w_t - w_{t-1}) - \eta g_{t-1}") == R


def test_an_average_over_time_is_written_out() -> None:
    step = r"y_t = \beta y_{t-1} + (1-\beta) x_t"
    twice = r"y_t = (1-\beta) x_t + \beta (1-\beta) x_{t-1} + {} y_{{t-2}}"
    assert last(AVERAGE, step, twice.replace("{} y_{{t-2}}", r"\beta^2 y_{t-2}")) == P
    assert last(AVERAGE, step, twice.replace("{} y_{{t-2}}", r"\beta y_{t-2}")) == R


def test_what_holds_from_the_second_layer_on_is_neither_proved_nor_refuted() -> None:
    """The first layer may be anything: relu made none of it"""
    made = report(LINEAR, r"x_{l+1} = \mathrm{relu}(W x_l)", "|x_{l,i}| = x_{l,i}", "|x_{l+1,i}| = x_{l+1,i}")
    assert [each.verdict for each in made.findings] == [D, N, P]
    assert "not the first of all" in made.findings[1].reason


def test_a_first_layer_may_be_defined_after_all_others() -> None:
    made = report(NETWORK, "z_l = W_l a_{l-1}", r"a_l = \sigma(z_l)", "a_0 = x", r"a_1 = \sigma(W_1 x)")
    assert [each.verdict for each in made.findings] == [D, D, D, P]


def test_without_the_first_layer_the_second_is_not_known() -> None:
    assert last(NETWORK, "z_l = W_l a_{l-1}", r"a_l = \sigma(z_l)", r"a_1 = \sigma(W_1 x)") == N


def test_a_number_as_first_layer_is_no_input() -> None:
    """0 for each layer follows by induction, which is not tried: it is not refuted"""
    assert last("l: layer; x_l: scalar; w: scalar", "x_0 = 0", "x_{l+1} = w x_l", "x_l = 0") == N


def test_layers_that_belong_together_are_no_counterexample() -> None:
    r"""a_{l-1} and z_{l-1} are one layer: one is sigma of the other"""
    defined = ("z_l = W_l a_{l-1}", r"a_l = \sigma(z_l)")
    assert last(NETWORK, *defined, r"z_l = W_l \sigma(z_{l-1})") != R
    assert last(NETWORK, *defined, r"a_l = \sigma(W_l z_{l-1})") == R


def test_another_equation_with_new_names_opens_a_scope() -> None:
    made = report(LINEAR + "; V: n x n", "x_{l+1} = W x_l", "x_l = V x_{l-1}", "x_{l+2} = V V x_l")
    assert [each.verdict for each in made.findings] == [D, D, P]
    assert made.findings[1].is_second_definition


def test_a_layer_that_is_computed_from_itself_is_told() -> None:
    assert (
        "defined by itself, or by a later one"
        in report(LINEAR, "x_l = W x_{l+1}", "x_{l-1} = W x_l").findings[-1].reason
    )
