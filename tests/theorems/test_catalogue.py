"""Every theorem of the catalogue: stated, proved, replayed, written and read again."""

import importlib
import inspect
from pathlib import Path
from types import ModuleType

import pytest

from symcnn import Identity, Theorem, theorems
from symcnn.decision import Proved
from symcnn.errors import SymcnnError, UnknownName
from symcnn.kernel import KernelTheorem, decode, replay, show_claim
from symcnn.kernel.terms import subterms
from symcnn.theorems.catalogue import Entry, entries_of, find, theorem

ROOT = Path(__file__).parents[2]
SHEET = {
    "vertical_difference_is_convolution",
    "horizontal_difference_is_convolution",
    "average_pooling_is_box_convolution",
    "average_pooling_is_box_filter_then_stride",
    "average_pooling_is_depthwise_convolution",
    "luminance_is_pointwise_convolution",
    "channel_mixing_is_pointwise_convolution",
    "difference_kernel_is_unique",
    "nondecreasing_commutes_with_maximum",
    "nondecreasing_commutes_with_max_pooling",
    "output_layer_bias_jacobian",
    "output_layer_input_jacobian",
    "output_layer_weight_gradient",
    "layer_bias_jacobian",
    "layer_input_jacobian",
    "layer_weight_derivative",
    "layer_weight_gradient",
    "jacobian_chain",
    "convolution_bias_gradient",
    "convolution_kernel_gradient",
    "convolution_input_gradient",
    "average_pooling_gradient",
}
ENTRIES = theorems.entries()
EXPECTED_PROVED = [entry for entry in ENTRIES if entry.expected == "proved"]

each_entry = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
each_theorem = pytest.mark.parametrize("entry", EXPECTED_PROVED, ids=lambda entry: entry.name)


def test_problems_1_to_3_of_the_sheet() -> None:
    assert {entry.name for entry in EXPECTED_PROVED} >= SHEET


def test_names_are_unique() -> None:
    assert len({entry.name for entry in ENTRIES}) == len(ENTRIES)


@each_entry
def test_has_the_expected_verdict(entry: Entry) -> None:
    verdict = entry.decide()
    assert type(verdict).__name__.lower() == entry.expected or (
        isinstance(verdict, Theorem) and entry.expected == "proved"
    )
    if isinstance(verdict, Proved):
        assert verdict.theorem.name == entry.name


@each_entry
def test_says_what_it_is(entry: Entry) -> None:
    module = inspect.getmodule(entry.function)
    assert module is not None
    assert getattr(module, entry.name) is entry
    assert entry.summary.endswith(".")
    assert inspect.getdoc(module)
    assert entry.chapter == (inspect.getdoc(module) or "").split("\n")[0].removesuffix(".")
    assert isinstance(entry(), (Identity, Theorem))


@each_theorem
def test_can_be_imported_by_name(entry: Entry) -> None:
    found = getattr(importlib.import_module("symcnn.theorems"), entry.name)
    assert isinstance(found, Theorem)
    assert found is theorems.proved(entry.name)
    assert entry.name in dir(theorems)


@each_theorem
def test_is_replayed(entry: Entry) -> None:
    found = theorems.proved(entry.name)
    assert found.replay() == KernelTheorem(found.claim, found.proof)


@each_theorem
def test_is_the_same_after_json(entry: Entry) -> None:
    found = theorems.proved(entry.name)
    claim, proof = decode(found.to_json())
    assert (claim, proof) == (found.claim, found.proof)
    assert show_claim(replay(claim, proof).claim) == show_claim(found.claim)


@each_theorem
def test_json_is_the_same_every_time(entry: Entry) -> None:
    assert entry.prove().to_json() == theorems.proved(entry.name).to_json()


@each_theorem
def test_sizes_stay_symbolic(entry: Entry) -> None:
    claim = theorems.proved(entry.name).claim
    extents = {part.value for leaf in claim.leaves for extent in leaf.shape for part in subterms(extent)}
    assert "n" in extents
    assert {"m"} & extents or claim.sequences or entry.name == "nondecreasing_commutes_with_maximum"


@each_theorem
def test_agrees_in_numbers(entry: Entry) -> None:
    report = theorems.proved(entry.name).verify_numerically(samples=5, seed=1)
    assert report.largest_error < (1e-4 if _differentiates(entry) else 1e-9)


def _differentiates(entry: Entry) -> bool:
    """Central differences are less exact than sums and products"""
    claim = theorems.proved(entry.name).claim
    return any(part.head == "partial" for side in (claim.left, claim.right) for part in subterms(side))


@each_theorem
def test_shows_itself(entry: Entry) -> None:
    found = theorems.proved(entry.name)
    assert repr(found).startswith(f"<Theorem {entry.name}: ")
    assert found._repr_latex_() == found.statement._repr_latex_()
    assert found._repr_latex_().startswith("$")


def test_every_chapter_is_listed() -> None:
    files = {path.stem for path in (ROOT / "symcnn" / "theorems").glob("*.py")}
    assert files - {"__init__", "catalogue"} == set(theorems.CHAPTERS)


def test_unknown_name_gives_the_nearest() -> None:
    with pytest.raises(AttributeError, match=r"did you mean vertical_difference_is_convolution\?"):
        _ = theorems.vertical_diference_is_convolution
    with pytest.raises(ImportError, match="cannot import name 'nothing_like_it'"):
        exec("from symcnn.theorems import nothing_like_it")
    with pytest.raises(UnknownName, match=r"no theorem is called xyzzy$"):
        find("xyzzy", ENTRIES)


def test_private_names_are_not_looked_up() -> None:
    assert not hasattr(theorems, "__wrapped__")


# What makes a function a theorem


def test_theorem_keeps_name_summary_and_expectation() -> None:
    @theorem(expected="refuted")
    def claimed() -> Identity:
        """A line.

        More lines.
        """
        return Identity(1, 2)

    assert (claimed.name, claimed.summary, claimed.expected) == ("claimed", "A line.", "refuted")
    assert type(claimed.decide()).__name__ == "Refuted"


def test_unknown_expectation_is_refused() -> None:
    with pytest.raises(SymcnnError, match="expected is 'true', not one of proved, refuted, undecided"):
        theorem(expected="true")


def test_identities_and_theorems_of_a_module_have_its_names() -> None:
    module = ModuleType("mine", "My chapter.\n\nMore.")
    module.stated = Identity(1, 1)  # type: ignore[attr-defined]
    module.shown = Entry(lambda: Identity(1, 1), "").prove()  # type: ignore[attr-defined]
    module.number = 1  # type: ignore[attr-defined]
    found = entries_of(module)
    assert [(entry.name, entry.chapter) for entry in found] == [
        ("stated", "My chapter"),
        ("shown", "My chapter"),
    ]
    assert isinstance(found[1].decide(), Theorem)
