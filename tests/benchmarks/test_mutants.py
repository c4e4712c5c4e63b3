"""Some hundreds of mutants: nothing false is proved, and what is false is refuted."""

import ast
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import soundness
from mutants.amiss import amiss
from mutants.running import Workers, run, tasks
from mutants.sequence import Mutant, Original, mutants_of, original
from mutants.slips import FORMULA, SOURCE
from mutants.tally import Tally, counts, document, grounds, summary, tally
from mutants.trial import Outcome, Settings, outcome, statement_of_mutant
from oracle import judge
from sympy import floor

from symcnn import Activation, ForAll, Identity, Iverson, Tensor, sizes
from symcnn.decision import Proved, Refuted, Undecided, decide_statement
from symcnn.kernel import Claim, Rejected
from symcnn.language.statement import Statement, statement_of
from symcnn.theorems import entries

NAMES = tuple(entry.name for entry in entries())
#: (level, kind of mistake) for all that a person gets wrong
KINDS = {
    (FORMULA, "index offset"),
    (SOURCE, "index offset"),
    (SOURCE, "stride"),
    (SOURCE, "padding"),
    (SOURCE, "dilation"),
    (SOURCE, "groups"),
    (SOURCE, "kernel size"),
    (FORMULA, "summation bound"),
    (SOURCE, "summation bound"),
    (FORMULA, "kernel entry"),
    (SOURCE, "kernel entry"),
    (FORMULA, "sign"),
    (SOURCE, "sign"),
    (FORMULA, "coefficient"),
    (SOURCE, "coefficient"),
    (FORMULA, "indices swapped"),
    (SOURCE, "indices swapped"),
    (FORMULA, "other tensor"),
    (SOURCE, "other tensor"),
    (FORMULA, "bracket dropped"),
    (SOURCE, "bracket dropped"),
    (FORMULA, "bracket widened"),
    (SOURCE, "bracket widened"),
    (FORMULA, "hypothesis dropped"),
    (SOURCE, "hypothesis dropped"),
    (FORMULA, "hypothesis reversed"),
    (SOURCE, "hypothesis reversed"),
    (FORMULA, "fact dropped"),
    (SOURCE, "fact dropped"),
    (FORMULA, "fact changed"),
    (SOURCE, "fact changed"),
    (FORMULA, "transpose"),
    (SOURCE, "transpose"),
    (FORMULA, "derivative"),
    (SOURCE, "derivative"),
    (SOURCE, "diagonal dropped"),
    (FORMULA, "factor dropped"),
    (SOURCE, "factor dropped"),
    (FORMULA, "maximum for sum"),
    (SOURCE, "maximum for sum"),
    (SOURCE, "sides swapped"),
}


def made(name: str, count: int, seed: int = 0) -> list[Mutant]:
    """The first mutants of a theorem."""
    found = (mutants_of(name, seed).numbered(number) for number in range(count))
    return [mutant for mutant in found if mutant is not None]


@pytest.fixture(scope="module")
def found() -> Tally:
    """What comes of eight mutants of each theorem."""
    settings = Settings(seconds=5.0, proof_seconds=20.0, harder_cases=60, look_seconds=0.2, amiss_seconds=0.1)
    several = run(tasks(NAMES, seed=1, count=10 * len(NAMES)), settings, Workers(jobs=2))
    return tally(each for outcomes in several for each in outcomes)


def test_nothing_false_is_proved(found: Tally) -> None:
    assert not found.unsound
    assert not found.of("fault")
    assert soundness.exit_code(found) == 0
    assert len(found.of("proved", "true")) > 15


def test_what_is_false_is_refuted(found: Tally) -> None:
    false = counts(found)["false"]
    assert false["all"] > 60
    assert false["refuted"] >= 0.97 * false["all"]


def test_every_theorem_has_its_share(found: Tally) -> None:
    shares = {name: numbers["mutants"] for name, numbers in summary(found)["theorems"].items()}
    assert shares.keys() == set(NAMES)
    assert min(shares.values()) >= 5  # of eight; those that state the same are counted once


def test_every_kind_of_mistake_is_made() -> None:
    kinds = {(slip.level, slip.kind) for name in NAMES for mutant in made(name, 60) for slip in mutant.slips}
    assert kinds >= KINDS


@pytest.mark.parametrize("name", NAMES)
def test_mutants_differ_from_the_theorem_and_from_one_another(name: str) -> None:
    several = made(name, 60)
    variants = [mutant.variant for mutant in several]
    assert len(set(variants)) == len(variants) == 60
    assert original(name).statement.claim not in variants
    assert {mutant.level for mutant in several} == {SOURCE, FORMULA}


def test_mutants_with_one_mistake_come_first_and_then_those_with_two() -> None:
    several = made("nondecreasing_commutes_with_maximum", 150)
    sizes = [len(mutant.slips) for mutant in several]
    assert sizes == sorted(sizes)
    assert set(sizes) == {1, 2}
    assert len({mutant.variant for mutant in several}) == 150


def test_a_seed_gives_the_same_mutants_again_and_another_seed_others() -> None:
    name = "average_pooling_gradient"
    mutants_of.cache_clear()
    first = [(mutant.kind, mutant.variant) for mutant in made(name, 20)]
    mutants_of.cache_clear()
    last = mutants_of(name, 0).numbered(19)
    assert last is not None
    assert (last.kind, last.variant) == first[19]
    assert [(mutant.kind, mutant.variant) for mutant in made(name, 20)] == first
    assert [(mutant.kind, mutant.variant) for mutant in made(name, 20, seed=1)] != first


def test_the_number_of_processes_changes_nothing() -> None:
    planned = tasks(NAMES[:2], seed=2, count=20)
    assert sum(len(task.numbers) for task in planned) == 20
    results = [
        {(each.theorem, each.number, each.change, each.digest) for several in found for each in several}
        for found in (run(planned, Settings(), Workers(jobs=jobs)) for jobs in (1, 2))
    ]
    assert results[0] == results[1]
    assert len(results[0]) == 20


def test_later_tasks_continue_where_earlier_ones_end() -> None:
    def numbers(start: int, count: int) -> set[tuple[str, int]]:
        planned = tasks(("a", "b", "c"), 0, count, start)
        listed = [(task.theorem, number) for task in planned for number in task.numbers]
        assert len(set(listed)) == len(listed) == count
        return set(listed)

    assert numbers(0, 40) | numbers(40, 25) == numbers(0, 65)
    assert not numbers(0, 40) & numbers(40, 25)


@dataclass(frozen=True)
class Credulous:
    """A prover that has a proof of everything, and a kernel that accepts it."""

    translated: Statement

    @property
    def claim(self) -> Claim:
        return self.translated.claim

    def replay(self) -> "Credulous":
        return self

    def verify_numerically(self, samples: int) -> None:
        """What a generator of numbers would say that errs as the prover does."""


def credulous(statement: Statement, **limits: float) -> Any:
    decide_statement(statement, **limits)  # raises what is ill-formed
    return Proved(Credulous(statement))  # type: ignore[arg-type]


def test_a_prover_that_proves_everything_is_noticed() -> None:
    settings = Settings(seconds=1.0, decide=credulous)
    several = tally(outcome(mutant, settings) for mutant in made("vertical_difference_is_convolution", 20))
    unsound = several.unsound
    assert len(unsound) >= 5
    assert soundness.exit_code(several) == 1
    assert all(each.failure and each.statement for each in unsound)
    assert summary(several)["unsound"] == len(unsound)


def convinced(statement: Statement, **limits: float) -> Any:
    return Proved(Credulous(statement))  # type: ignore[arg-type]


def stated(identity: Identity) -> Mutant:
    """A mutant that states this."""
    return replace(made("layer_bias_jacobian", 1)[0], variant=statement_of(identity).claim)


@pytest.fixture
def false_from_twelve_on() -> Mutant:
    """What an error at rare sizes would prove."""
    n = sizes("n")
    x = Tensor("x", (n,))
    return stated(Identity(Tensor.define((n,), lambda i: Iverson(n >= 12) * x[i]), 0 * x, [n >= 1]))


def test_a_proof_that_errs_at_rare_sizes_is_noticed_by_the_harder_judgement(false_from_twelve_on: Mutant) -> None:
    usual = Settings(oracle_seconds=60.0)
    assert (
        judge(statement_of_mutant(false_from_twelve_on).claim, cases=usual.oracle_cases, seconds=60).verdict == "true"
    )
    several = tally([outcome(false_from_twelve_on, Settings(decide=convinced, harder_seconds=60, look_seconds=0))])
    assert [(each.oracle, bool(each.failure)) for each in several.unsound] == [("false", True)]
    assert soundness.exit_code(several) == 1


def test_a_proof_with_a_counterexample_is_noticed_without_the_oracle(false_from_twelve_on: Mutant) -> None:
    settings = Settings(decide=convinced, harder_cases=5, look_seconds=60)
    (found,) = tally([outcome(false_from_twelve_on, settings)]).unsound
    assert found.oracle == "true"
    assert found.unsound == "there is a counterexample"
    assert "n = " in found.failure


def vector(entry: Callable[[Tensor, Any], Any]) -> Statement:
    """That a vector x is the vector of these entries."""
    n = sizes("n")
    x = Tensor("x", (n,))
    return statement_of(Identity(Tensor.define((n,), lambda i: entry(x, i)), x, [n >= 1]))


def test_an_instance_shows_what_is_amiss_with_a_statement() -> None:
    sigma = Activation("sigma")
    assert amiss(vector(lambda x, i: x[i + 1]), 60.0) == "a read out of range at n = 1"
    assert amiss(vector(lambda x, i: 1 / x[i]), 60.0).startswith("a division by 0 at n = ")
    assert amiss(vector(lambda x, i: sigma.derivative(x[i])), 60.0).startswith("there may be no derivative at ")
    assert amiss(vector(lambda x, i: Iverson(i < 1) * x[i - 1]), 0.5) == ""


def test_hypotheses_extents_and_operators_may_be_amiss() -> None:
    m, n = sizes("m n")
    x, y = Tensor("x", (m - n,)), Tensor("y", (m,))
    assert amiss(statement_of(Identity(x, x, [n >= 1, m >= 1])), 60.0) == "a negative extent at m = 1, n = 2"
    assert amiss(statement_of(Identity(y, y, [floor(m / (n - 1)) >= 0])), 60.0).startswith("a divisor below 1")
    assert amiss(statement_of(Identity(y + Tensor("z", (n,)), y, [m >= 1, n >= 1])), 60.0).startswith("a sum needs")
    assert amiss(statement_of(Identity(y, y, [m >= 1])), 0.5) == ""


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_amiss_with_a_theorem(name: str) -> None:
    assert amiss(original(name).statement, 0.1) == ""


def test_an_assumption_is_looked_at_and_is_no_excuse() -> None:
    m = sizes("m")
    x, y, a = Tensor("x", (m,)), Tensor("y", (m,)), Tensor("a", ())
    beyond = ForAll(x, Identity(Tensor.define((m,), lambda i: a[()] * x[i + 1]), 2 * x))
    assert amiss(statement_of(Identity(y, y, [m >= 1, beyond])), 60.0) == "a read out of range at m = 1"


def test_refusals_without_a_reason_in_numbers_are_counted_and_listed() -> None:
    message = "x[i + 1] may be read out of range, which is x[1..n]: nothing shows that i + 1 <= n (right side)"
    one = Outcome("a", 0, SOURCE, "sign", "", "ill-formed", detail="IllFormed", message=message)
    other = replace(one, number=2, detail="ShapeError")  # Python knows the ranks
    found = tally([one, replace(one, number=1, amiss="a read out of range at n = 1"), other])
    numbers = summary(found)
    assert (numbers["ill_formed_amiss"], numbers["ill_formed_nothing_amiss"]) == (1, 1)
    assert numbers["nothing_amiss_by_grounds"] == {"may be read out of range": 1}
    assert [each["number"] for each in document(found, {})["nothing_amiss"]] == [0]


def test_the_grounds_of_a_refusal_are_its_words_without_formulas() -> None:
    out = "X[i + 1, j] may be read out of range, which is X[1..m, 1..n]: nothing shows that i + 1 <= m (left side)"
    assert grounds(out) == "may be read out of range"
    assert grounds("the extent m - k may be negative: nothing shows that k <= m") == "the extent may be negative"


def test_a_proof_of_another_claim_is_noticed() -> None:
    theorem = decide_statement(original("layer_bias_jacobian").statement)

    def other(statement: Statement, **limits: float) -> Any:
        return theorem

    several = [outcome(mutant, Settings(decide=other)) for mutant in made("layer_bias_jacobian", 6)]
    doubts = [each.unsound for each in several if each.verdict == "proved"]
    assert len(doubts) >= 3
    assert all("another claim is proved" in doubt for doubt in doubts)


def test_a_counterexample_that_is_none_is_noticed() -> None:
    class Nonsense:
        def replay(self) -> None:
            raise Rejected("the claim holds here")

    def refutes(statement: Statement, **limits: float) -> Any:
        return Refuted(Nonsense())  # type: ignore[arg-type]

    settings = Settings(decide=refutes)
    several = tally(outcome(mutant, settings) for mutant in made("luminance_is_pointwise_convolution", 12))
    doubted = [each for each in several.outcomes if each.unsound]
    assert doubted
    assert all("not replayed" in each.unsound for each in doubted)
    assert soundness.exit_code(several) == 1


def test_an_exception_that_is_no_refusal_is_a_fault_with_its_traceback() -> None:
    def broken(statement: Statement, **limits: float) -> Any:
        raise KeyError("beyond")

    several = tally(outcome(mutant, Settings(decide=broken)) for mutant in made("layer_bias_jacobian", 6))
    assert several.of("fault")
    assert all("KeyError: 'beyond'" in each.detail for each in several.of("fault"))
    assert soundness.exit_code(several) == 1


def test_equal_statements_are_counted_once_and_a_theorem_itself_never() -> None:
    one = Outcome("a", 0, SOURCE, "sign", "", "refuted", oracle="false", digest="x")
    found = tally([replace(one, number=2), one, replace(one, number=1, verdict="unchanged", digest="y")])
    assert [each.number for each in found.outcomes] == [0]
    assert (found.repeated, found.unchanged) == (1, 1)


def test_percentages_are_of_the_false_and_of_the_true() -> None:
    one = Outcome("a", 0, SOURCE, "sign", "", "refuted", oracle="true")
    several = [one, replace(one, verdict="undecided", oracle="false"), replace(one, verdict="proved", oracle="unknown")]
    several += [replace(one, verdict="ill-formed", detail="IllFormed", oracle=""), replace(one, verdict="proved")]
    numbers = counts(tally(replace(each, number=number) for number, each in enumerate(several)))
    assert (numbers["false_refuted_percent"], numbers["true_proved_percent"]) == (50.0, 100.0)
    assert (numbers["unknown"]["proved"], numbers["ill_formed"], numbers["mutants"]) == (1, 1, 5)


def test_what_is_undecided_is_written_with_its_statement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def undecided(statement: Statement, **limits: float) -> Any:
        return Undecided("0 = 1", "nothing was tried")

    found = tally(outcome(mutant, Settings(decide=undecided)) for mutant in made("layer_bias_jacobian", 4))
    monkeypatch.setattr(soundness, "measure", lambda *arguments: found)
    file = tmp_path / "found.json"
    assert soundness.main(["--mutants", "4", "--json", str(file), "--theorems", "layer_bias_jacobian"]) == 0
    written = json.loads(file.read_text())
    assert len(written["undecided"]) == len(found.of("undecided")) > 0
    assert all("sigma" in each["statement"] and each["detail"] == "0 = 1" for each in written["undecided"])
    assert all(each["change"] and each["kind"] for each in written["undecided"])


def test_fewer_mutants_than_asked_for_are_no_success(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one = Outcome("a", 0, SOURCE, "sign", "", "refuted", oracle="false")
    monkeypatch.setattr(soundness, "measure", lambda *arguments: tally([one]))
    assert soundness.main(["--mutants", "1"]) == 0
    assert "fewer" not in capsys.readouterr().out
    assert soundness.main(["--mutants", "2"]) == 1
    assert "fewer than the 2 that were asked for" in capsys.readouterr().out


def test_mutated_text_is_run_as_a_module_of_the_catalogue() -> None:
    found: Original = original("average_pooling_gradient")
    unchanged = found.identity(ast.unparse(found.tree))
    mutant = next(each for each in made(found.name, 60) if each.level == SOURCE and each.kind == "factor dropped")
    assert unchanged.given == found.statement.identity.given
    assert statement_of_mutant(mutant).claim != found.statement.claim


def test_what_python_refuses_in_a_changed_text_is_no_fault_of_the_package() -> None:
    name = "convolution_bias_gradient"
    text = ast.unparse(original(name).tree).replace("OUTPUT.shape[2]", "OUTPUT.shape[3]")
    changed = replace(made(name, 1)[0], variant=text)
    assert outcome(changed, Settings()).detail == "NotPython"
