"""What a reader is told of the steps of a line: one table for each language, English first."""

from __future__ import annotations

from dataclasses import replace

from ..kernel import Step, Term, terms
from ..language.statement import Statement
from ..notation import Printer, operator_word

ENGLISH = {
    "operator": "definition of {word}",
    "own": "definition of {name}",
    "literal": "entries of {name}",
    "support": "only these entries of {kernels} are not 0",
    "padding": "entries out of range are 0",
    "brackets": "values of the brackets",
    "distribute": "multiply out",
    "only one index": "only the terms with {equations} contribute",
    "factor": "the constant factor moves into the sum",
    "substitute": "substitute {equations}",
    "exchange": "exchange the order of summation",
    "rename": "rename the indices",
    "equal indices": "the indices are equal",
    "split": "split the range of the sum",
    "write out": "write the sum out",
    "cancel": "cancel",
    "count": "count the summands",
    "rearrange": "rearrange",
    "lemma": "as shown above",
    "theorem": "{name}",
}
LANGUAGES = {"en": ENGLISH}


def words(
    reason: str,
    steps: tuple[Step, ...],
    starts: tuple[Term, ...],
    printer: Printer,
    about: Statement,
    origin: int = 1,
) -> str:
    """The reason of a line in English, with formulas between dollar signs. A reason that is not in the table is
    somebody's own words and stays as it is."""
    if reason.startswith("definition:"):
        return _definition(reason.removeprefix("definition:"), printer, about)
    if reason.startswith("theorem:"):
        return ENGLISH["theorem"].format(name=reason.removeprefix("theorem:").replace("_", " "))
    if reason == "support":
        dropped = any(step.rule == "unfold" for step in steps)
        return ENGLISH["support"].format(kernels=_kernels(steps, printer)) if dropped else ENGLISH["write out"]
    if reason == "distribute" and {step.rule for step in steps} <= {"ring", "sum_scale"}:
        return ENGLISH["factor" if any(step.rule == "sum_scale" for step in steps) else "rearrange"]
    if reason in ("substitute", "only one index"):
        found = _change_of_indices(steps, starts, printer, origin)
        return found or ENGLISH["rename"]
    return ENGLISH.get(reason, reason)


def _definition(name: str, printer: Printer, about: Statement) -> str:
    tensor = about.tensors.get(name)
    shown = f"${printer.tensors.get(name, name)}$"
    word = operator_word(tensor) if tensor is not None else None
    if word is not None:
        return ENGLISH["operator"].format(word=word)
    literal = tensor is not None and tensor.literal is not None
    return ENGLISH["literal" if literal else "own"].format(name=shown)


def _kernels(steps: tuple[Step, ...], printer: Printer) -> str:
    """The tensors whose zero entries were dropped: those that were unfolded"""
    names = {str(start.value) for step in steps if step.rule == "unfold" for start in (step.result,) if start.value}
    known = sorted(printer.tensors[name] for name in names | printer.kernels if name in printer.tensors)
    return " and ".join(f"${name}$" for name in known) or "the kernel"


def _change_of_indices(steps: tuple[Step, ...], starts: tuple[Term, ...], printer: Printer, origin: int) -> str:
    """What the changes of indices do, from left to right"""
    fixed: list[str] = []
    others: list[str] = []
    for step, start in zip(steps, starts, strict=True):
        if step.rule == "sum_reindex":
            kind, texts = _one_change(step, start, printer, origin)
            target = fixed if kind == "only one index" else others
            target += [text for text in texts if text not in target]
    if fixed:
        others.append(ENGLISH["only one index"].format(equations=" and ".join(fixed)))
    return "; ".join(others)


def _one_change(step: Step, start: Term, printer: Printer, origin: int) -> tuple[str, list[str]]:
    """The kind of a change of indices, and the equations (or the words) that say what it does"""
    arguments = dict(step.arguments)
    old, new = (step.result, start) if step.backward else (start, step.result)
    forward, backward = _terms(arguments["forward"]), _terms(arguments["backward"])
    before, after = _letters(old, len(forward), printer), _letters(new, len(backward), printer)
    if len(before) > len(after):
        return "only one index", _equations(before, forward, after, printer, origin, only_fixed=True)
    if len(before) < len(after):
        return "only one index", _equations(after, backward, before, printer, origin, only_fixed=True)
    if all(image.head == "variable" for image in forward):
        return "rename", [ENGLISH["exchange" if set(before) == set(after) else "rename"]]
    equations = _equations(before, forward, after, printer, origin, only_fixed=False)
    return "substitute", [ENGLISH["substitute"].format(equations=", ".join(equations))]


def _equations(
    letters: list[str], images: tuple[Term, ...], others: list[str], printer: Printer, origin: int, only_fixed: bool
) -> list[str]:
    """letter = image, the images in the letters of the other side; `only_fixed`: not those that are kept"""
    names = sorted({name for image in images for name in _bound_names(image)}, key=lambda name: int(name[1:]))
    first = int(names[0][1:]) if names else 0
    shown = replace(printer, raw={f"#{first + n}": letter for n, letter in enumerate(others)})
    found, kept = [], set[Term]()
    for letter, image in zip(letters, (_moved(image, origin) for image in images), strict=True):
        is_kept = image.head == "variable" and str(image.value).startswith("#") and image not in kept
        if is_kept and only_fixed:
            kept.add(image)
        elif not (image.head == "variable" and shown(image) == letter):
            found.append(f"${letter} = {shown(image)}$")
    return found


def _moved(image: Term, origin: int) -> Term:
    """The image where all indices start at `origin` instead of 1"""
    if origin == 1 or image.head == "variable":
        return image
    indices = {name: terms.add(terms.variable(name), terms.integer(1)) for name in _bound_names(image)}
    return terms.add(terms.substitute(image, indices), terms.integer(-1))


def _bound_names(term: Term) -> set[str]:
    return {name for name in terms.free_variables(term) if name.startswith("#")}


def _terms(value: object) -> tuple[Term, ...]:
    return value if isinstance(value, tuple) else ()


def _letters(term: Term, count: int, printer: Printer) -> list[str]:
    """The letters that the outermost sums of a term are shown with"""
    letters: list[str] = []
    for _ in range(count):
        letters.insert(0, printer.fresh(term, tuple(letters)))
        term = term.args[2]
    return letters[::-1]
