"""What a reader is told of the steps of a line, in the words of the table in `words`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..kernel import Step, Term, terms
from ..language.statement import Statement
from ..language.tensors import Tensor
from ..notation import Naming, Printer, naming_of, operator_word
from .analyst import Analyst
from .origin import index_from_zero
from .taken import Taken, line_of
from .words import ENGLISH


@dataclass(frozen=True)
class Why:
    """What the reason of a line is made from: the reason that the proof has, and the steps."""

    reason: str
    taken: tuple[Taken, ...]
    indices: tuple[str, ...] = ()  # that have names here, besides those of the claim

    def words(self, printer: Printer, about: Statement, origin: int = 1) -> str:
        """The reason in English, formulas as the style of the printer has them within a text.

        A reason that is not in the table is somebody's own words and stays as it is.
        """
        _, kind, text = line_of(self.reason)
        return text if kind == "own" else _Teller(text, self.taken, printer, about, origin, self.indices).tell()


@dataclass(frozen=True)
class _Teller:
    reason: str
    taken: tuple[Taken, ...]
    printer: Printer
    about: Statement
    origin: int
    indices: tuple[str, ...]

    def tell(self) -> str:
        """The reason in words, by its kind: "definition of Y", "only the term with a = 2 contributes"."""
        kind, _, rest = self.reason.partition(":")
        match kind:
            case "definition":
                return self._definition(rest)
            case "theorem":
                return ENGLISH["theorem"].format(name=rest.replace("_", " "))
            case "fold" | "recursion":
                return self._by_name(kind, rest)
            case "derivative" | "attained" | "monotone" | "assumption" | "known function" | "slope of":
                return self._analyst().tell(kind)
            case "fixes zero" | "reflect" | "scale" | "below":
                return self._analyst().tell(kind)
            case "support":
                return self._support()
            case "padding":
                return self._padding()
            case "distribute":
                return self._distribute()
            case "substitute" | "only one index":
                return self._change_of_indices() or ENGLISH["rename"]
            case "rearrange":
                return ENGLISH[self._rearranged()]
        return ENGLISH.get(self.reason, self.reason)

    def _analyst(self) -> Analyst:
        moves = self.origin == 0 and self.about.identity.lhs.origin == 1
        names = (*(index.name for index in self.about.claim.indices), *self.indices) if moves else None
        return Analyst(self.taken, self.printer, self.about, names)

    @property
    def _before(self) -> Term:
        return self.taken[0].before

    def _shown(self, formula: str) -> str:
        return self.printer.style.inline(formula)

    def _listed(self, shown: list[str]) -> str:
        return ENGLISH["and"].join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)

    def _definition(self, name: str) -> str:
        tensor = self.about.tensors.get(name)
        word = operator_word(tensor) if tensor is not None else None
        if word is not None:
            return ENGLISH["operator"].format(word=word)
        literal = tensor is not None and tensor.literal is not None
        return ENGLISH["literal" if literal else "own"].format(name=self._shown(self.printer.tensors.get(name, name)))

    def _by_name(self, kind: str, name: str) -> str:
        """The definition of a tensor, or a layer of a recursion"""
        rules = {step.rule for step in self._steps()}
        if kind == "recursion" and rules & {"iterate_start", "iterate_step"}:
            kind = "first layer" if "iterate_start" in rules else "recursion"
        elif kind == "recursion":
            kind = "own"
        if not name:
            hints = [part.hint.split()[0] for each in self.taken for part in terms.subterms(each.start) if part.hint]
            name = hints[0] if hints else ""
        return ENGLISH["own" if kind == "fold" else kind].format(name=self._shown(self.printer.tensors.get(name, name)))

    def _unfolded(self) -> list[Tensor]:
        """The tensors whose formulas were put in"""
        ends = (each.step.result if each.step.backward else each.start for each in self.taken if _unfolds(each.step))
        return [self.about.tensors[str(end.value)] for end in ends if str(end.value) in self.about.tensors]

    def _support(self) -> str:
        """The tensors whose zero entries were dropped: those that were unfolded"""
        if not any(map(_unfolds, self._steps())):
            return ENGLISH["write out"]
        names = {str(each.step.result.value) for each in self.taken if _unfolds(each.step)} | self.printer.kernels
        known = sorted(self._shown(self.printer.tensors[name]) for name in names if name in self.printer.tensors)
        return ENGLISH["support"].format(kernels=self._listed(known) if known else "the kernel")

    def _padding(self) -> str:
        """What stands out of range; where nothing was read there, only brackets got their values"""
        operations = [tensor.operation for tensor in self._unfolded() if tensor.operation is not None]
        values = [dict(each.parameters).get("outside", 0) for each in operations if each.name == "extended"]
        if not values:
            return ENGLISH["brackets"]
        naming: Naming = naming_of(self.about, self.printer.style, self.printer.letters)
        shown = list(dict.fromkeys("0" if value == 0 else self._shown(naming.expression(value)) for value in values))
        return ENGLISH["padding"].format(value=ENGLISH["and"].join(shown))

    def _distribute(self) -> str:
        rules = {step.rule for step in self._steps()}
        if not rules <= {"ring", "sum_scale"}:
            return ENGLISH["distribute"]
        scaled = [step.backward for step in self._steps() if step.rule == "sum_scale"]
        return ENGLISH[("into" if scaled[-1] else "out of") if scaled else self._rearranged()]

    def _rearranged(self) -> str:
        """What arithmetic does: it changes letters only, numbers only, or more"""
        before, after = (self.printer(_nameless(each)) for each in (self._before, self.taken[-1].after))
        if before == after:
            return "rename"
        letters = any(part.head in ("entry", "variable") for part in terms.subterms(self._before))
        return "rearrange" if letters else "calculate"

    def _steps(self) -> list[Step]:
        return [each.step for each in self.taken]

    def _change_of_indices(self) -> str:
        """What the changes of indices do, from left to right"""
        told: dict[str, list[str]] = {}
        for each in self.taken:
            if each.step.rule == "sum_reindex":
                for kind, text in self._one_change(each.step, each.start):
                    found = told.setdefault(kind, [])
                    found += [text] if text not in found else []
        return "; ".join(self._phrase(kind, texts) for kind, texts in told.items())

    def _phrase(self, kind: str, texts: list[str]) -> str:
        if kind == "one term":
            kind = kind if len(texts) == 1 else "one term each"
            return ENGLISH[kind].format(letters=self._listed(texts))
        return ENGLISH[kind].format(equations=self._listed(texts)) if texts[0] else ENGLISH[kind]

    def _one_change(self, step: Step, start: Term) -> list[tuple[str, str]]:
        """(kind, equation or letter) of everything that a change of indices does"""
        arguments = dict(step.arguments)
        old, new = (step.result, start) if step.backward else (start, step.result)
        forward, backward = _terms(arguments["forward"]), _terms(arguments["backward"])
        before, after = self._letters(old, len(forward)), self._letters(new, len(backward))
        if len(before) > len(after):
            return self._fixed(before, forward, after, old)
        if len(before) < len(after):
            return self._fixed(after, backward, before, new)
        if all(image.head == "variable" for image in forward):
            return [("exchange" if set(before) == set(after) else "rename", "")]
        found = self._equations(before, forward, after, only_fixed=False)
        if not set(before) & set(after):
            return [("substitute", self._shown(f"{before[n]} = {image}")) for n, image in found]
        by = ENGLISH["by"]
        return [("replace", by.format(letter=self._shown(before[n]), image=self._shown(image))) for n, image in found]

    def _fixed(
        self, letters: list[str], images: tuple[Term, ...], others: list[str], sums: Term
    ) -> list[tuple[str, str]]:
        """The indices that can have one value only, because of brackets or because their range is so short"""
        short = _short_sums(sums, len(letters))
        found = self._equations(letters, images, others, only_fixed=True)
        return [
            ("one term", self._shown(letters[n]))
            if short[n]
            else ("only one index", self._shown(f"{letters[n]} = {image}"))
            for n, image in found
        ]

    def _equations(
        self, letters: list[str], images: tuple[Term, ...], others: list[str], only_fixed: bool
    ) -> list[tuple[int, str]]:
        """(position, image), the images in the letters of the other side; `only_fixed`: not those that are kept"""
        names = sorted({name for image in images for name in _bound_names(image)}, key=lambda name: int(name[1:]))
        first = int(names[0][1:]) if names else 0
        shown = replace(self.printer, raw={f"#{first + n}": letter for n, letter in enumerate(others)})
        found, kept = [], set[Term]()
        for number, (letter, image) in enumerate(zip(letters, images, strict=True)):
            is_kept = image.head == "variable" and str(image.value).startswith("#") and image not in kept
            text = shown(self._moved(image))
            if is_kept and only_fixed:
                kept.add(image)
            elif not (image.head == "variable" and text == letter):
                found.append((number, text))
        return found

    def _moved(self, image: Term) -> Term:
        """The image where all indices start at `origin` instead of 1"""
        if self.origin == 1 or self.about.identity.lhs.origin != 1:
            return image
        indices = [*(index.name for index in self.about.claim.indices), *self.indices]
        return index_from_zero(image, (*indices, *sorted(_bound_names(image))))

    def _letters(self, term: Term, count: int) -> list[str]:
        """The letters that the outermost sums of a term are shown with"""
        letters: list[str] = []
        for _ in range(count):
            letters.insert(0, self.printer.fresh(term, tuple(letters)))
            term = term.args[2]
        return letters[::-1]


def _nameless(term: Term) -> Term:
    """The term with one letter for all sums"""
    return Term(term.head, tuple(map(_nameless, term.args)), term.value)


def _unfolds(step: Step) -> bool:
    return step.rule == "unfold"


def _bound_names(term: Term) -> set[str]:
    return {name for name in terms.free_variables(term) if name.startswith("#")}


def _terms(value: object) -> tuple[Term, ...]:
    return value if isinstance(value, tuple) else ()


def _short_sums(term: Term, count: int) -> list[bool]:
    """Whether each of the outermost sums has equal bounds"""
    found = []
    for _ in range(count):
        found.append(term.args[0] == term.args[1])
        term = term.args[2]
    return found
