"""What a printer recognises, in indices from 0."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from ..kernel import Definition, Term, terms
from ..notation import Printer
from ..notation.folds import Fold
from .origin import MINUS_ONE, from_zero


def recognised_from_zero(printer: Printer) -> dict[str, Any]:
    """Its tensors and definitions, by the names of its fields."""

    def body(each: Fold | Definition, layers: int) -> Term:
        return from_zero(each.body, each.indices[layers:], printer.layers)

    @cache
    def moved(each: Fold) -> Fold:
        ranges, at = tuple((_less(low), _less(high)) for low, high in each.ranges), each.at
        return replace(each, body=body(each, each.layers), ranges=ranges, at=at and (lambda layer: _maybe(at(layer))))

    def _maybe(each: Fold | None) -> Fold | None:
        return moved(each) if each is not None else None

    definitions = (replace(each, body=body(each, printer.layers.get(each.name, 0))) for each in printer.definitions)
    return {"folds": tuple(map(moved, printer.folds)), "definitions": tuple(definitions)}


def _less(term: Term) -> Term:
    return terms.add(term, MINUS_ONE)
