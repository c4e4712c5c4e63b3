"""Checks that do not vanish under `python -O`: there, a plain `assert` in a test checks nothing.

Whatever says that something is sound is written with `ensure` or `pytest.raises`.
"""

from typing import Any

import pytest


def ensure(condition: Any, message: str = "this does not hold") -> None:
    if not condition:
        pytest.fail(message)


def ensure_equal(found: Any, wanted: Any, message: str = "") -> None:
    if found != wanted:
        pytest.fail(f"{message}: {found!r} is not {wanted!r}".removeprefix(": "))
