"""What many trials add up to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from symcnn.errors import IllFormed

from .trial import FALSE, FAULT, ILL_FORMED, PROVED, REFUTED, TRUE, UNCHANGED, UNDECIDED, UNKNOWN, Outcome

_LISTED = ("theorem", "number", "level", "kind", "change", "verdict", "oracle", "cases", "seconds")
_REFUSED = (*_LISTED[:6], "seconds", "detail", "message", "amiss")
_MORE = ("detail", "message", "failure", "unsound", "statement")


@dataclass(frozen=True)
class Tally:
    """Outcomes of mutants that differ from each other and from the theorems; how many did not."""

    outcomes: tuple[Outcome, ...]
    repeated: int = 0
    unchanged: int = 0

    def of(self, verdict: str, truth: str | None = None) -> tuple[Outcome, ...]:
        """The outcomes with this verdict, and of this truth."""
        return tuple(each for each in self.outcomes if each.verdict == verdict and truth in (None, truth_of(each)))

    @property
    def well_formed(self) -> tuple[Outcome, ...]:
        """The outcomes of mutants that say something."""
        return tuple(each for each in self.outcomes if each.verdict in (PROVED, REFUTED, UNDECIDED))

    @property
    def unsound(self) -> tuple[Outcome, ...]:
        """What is proved and false, or proved or refuted and not confirmed. There must be none."""
        return tuple(each for each in self.outcomes if each.unsound or (each.verdict, each.oracle) == (PROVED, FALSE))

    @property
    def contradictions(self) -> tuple[Outcome, ...]:
        """What is refuted by a replayed counterexample though the oracle found no failure."""
        return tuple(each for each in self.of(REFUTED) if each.oracle != FALSE)

    @property
    def satisfied(self) -> tuple[Outcome, ...]:
        """What is refused as vacuous though the oracle has found what satisfies all hypotheses."""
        return tuple(each for each in self.of(ILL_FORMED) if each.oracle == FALSE or each.cases)

    @property
    def unconfirmed(self) -> tuple[Outcome, ...]:
        """What is refused as ill-formed though nothing amiss was found at any instance."""
        return tuple(each for each in self.of(ILL_FORMED) if each.detail == IllFormed.__name__ and not each.amiss)

    @property
    def confirmed(self) -> tuple[Outcome, ...]:
        """What is refused as ill-formed, and something is amiss at an instance."""
        return tuple(each for each in self.of(ILL_FORMED) if each.amiss)

    def of_kind(self, kind: str) -> Tally:
        """The outcomes of one kind of mistake alone."""
        return Tally(tuple(each for each in self.outcomes if each.kind == kind))

    def of_theorem(self, name: str) -> Tally:
        """The outcomes of one theorem."""
        return Tally(tuple(each for each in self.outcomes if each.theorem == name))


def truth_of(outcome: Outcome) -> str:
    """True, false or unknown: what the oracle says, but a replayed counterexample shows that a mutant is false."""
    return FALSE if outcome.verdict == REFUTED and not outcome.unsound else outcome.oracle


def tally(outcomes: Iterable[Outcome]) -> Tally:
    """The outcomes in order; of equal statements the first one only, and none that is a theorem's own."""
    kept: dict[tuple[str, str], Outcome] = {}
    repeated, unchanged = 0, 0
    for each in sorted(outcomes, key=lambda each: (each.theorem, each.number)):
        key = (each.theorem, each.digest or str(each.number))
        if each.verdict == UNCHANGED:
            unchanged += 1
        elif key in kept:
            repeated += 1
        else:
            kept[key] = each
    return Tally(tuple(kept.values()), repeated, unchanged)


def grounds(message: str) -> str:
    """The words of a message by which a statement is refused, without its formulas."""
    told = re.split(r": nothing shows|, which is| \(", message)[0]
    return " ".join(re.findall(r"(?<!\S)(?:[a-z]{2,}|a):?(?!\S)", told))


def percent(part: int, whole: int) -> float | None:
    """The share in percent, None of nothing."""
    return round(100 * part / whole, 2) if whole else None


def counts(found: Tally) -> dict[str, Any]:
    """All numbers of a tally, by name."""
    numbers: dict[str, Any] = {"mutants": len(found.outcomes), "ill_formed": len(found.of(ILL_FORMED))}
    for truth in (TRUE, FALSE, UNKNOWN):
        verdicts = {verdict: len(found.of(verdict, truth)) for verdict in (PROVED, REFUTED, UNDECIDED)}
        numbers[truth] = {"all": sum(verdicts.values()), **verdicts}
    numbers["faults"] = len(found.of(FAULT))
    numbers["false_refuted_percent"] = percent(numbers[FALSE][REFUTED], numbers[FALSE]["all"])
    numbers["true_proved_percent"] = percent(numbers[TRUE][PROVED], numbers[TRUE]["all"])
    return numbers


def summary(found: Tally) -> dict[str, Any]:
    """The numbers of all mutants, of each theorem and of each kind of mistake; where the time went."""
    theorems = list(dict.fromkeys(each.theorem for each in found.outcomes))
    kinds = sorted({each.kind for each in found.outcomes if " and " not in each.kind})
    return {
        **counts(found),
        "repeated": found.repeated,
        "unchanged": found.unchanged,
        "unsound": len(found.unsound),
        "refuted_without_the_oracle": len(found.contradictions),
        "vacuous_but_satisfied": len(found.satisfied),
        "ill_formed_amiss": len(found.confirmed),
        "ill_formed_nothing_amiss": len(found.unconfirmed),
        "nothing_amiss_by_grounds": dict(Counter(grounds(each.message) for each in found.unconfirmed).most_common()),
        "ill_formed_by_class": dict(Counter(each.detail for each in found.of(ILL_FORMED)).most_common()),
        "seconds": _seconds(found),
        "seconds_by_verdict": _seconds_by_verdict(found),
        "theorems": {name: counts(found.of_theorem(name)) for name in theorems},
        "kinds": {kind: counts(found.of_kind(kind)) for kind in kinds},
    }


def _seconds(found: Tally) -> dict[str, float]:
    total: Counter[str] = Counter()
    for each in found.outcomes:
        total.update(each.times)
    return {name: round(seconds, 2) for name, seconds in total.items()}


def _seconds_by_verdict(found: Tally) -> dict[str, float]:
    verdicts = dict.fromkeys(each.verdict for each in found.outcomes)
    return {name: round(sum(each.seconds for each in found.of(name)), 2) for name in verdicts}


def document(found: Tally, run: dict[str, Any]) -> dict[str, Any]:
    """All that is written to a file: how it was run, the numbers, and every mutant that one should look at."""
    return {
        "run": run,
        "summary": summary(found),
        "unsound": [_listed(each) for each in found.unsound],
        "refuted_without_the_oracle": [_listed(each) for each in found.contradictions],
        "vacuous_but_satisfied": [_listed(each) for each in found.satisfied],
        "faults": [_listed(each) for each in found.of(FAULT)],
        "undecided": [_listed(each) for each in found.of(UNDECIDED)],
        "nothing_amiss": [{"grounds": grounds(each.message), **_listed(each)} for each in found.unconfirmed],
        "ill_formed": [
            _listed(each, (*_LISTED[:6], "seconds", "detail", "message", "amiss")) for each in found.of(ILL_FORMED)
        ],
        "slowest": [_listed(each, (*_LISTED, "times")) for each in _slowest(found)],
    }


def _slowest(found: Tally) -> list[Outcome]:
    return sorted(found.outcomes, key=lambda each: -each.seconds)[:50]


def _listed(outcome: Outcome, fields: tuple[str, ...] = _LISTED + _MORE) -> dict[str, Any]:
    values = asdict(outcome)
    return {name: values[name] for name in fields}
