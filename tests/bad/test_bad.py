"""False identities: none is proved, and each gets the answer that fits it."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest
from falsehood import Falsehood

HERE = Path(__file__).parent


def falsehoods() -> Iterator[object]:
    for path in sorted(set(HERE.glob("*.py")) - set(HERE.glob("test_*.py"))):
        spec = importlib.util.spec_from_file_location(f"bad_{path.stem}", path)
        if spec is None or spec.loader is None:
            raise ImportError(path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for name, value in vars(module).items():
            if isinstance(value, Falsehood):
                yield pytest.param(value, id=f"{path.stem}-{name}")


@pytest.mark.parametrize("falsehood", list(falsehoods()))
def test_what_is_false_is_not_proved(falsehood):
    assert falsehood.answer() == falsehood.expected, falsehood.why


def test_there_are_many_and_each_says_why_it_is_false():
    every = [each.values[0] for each in falsehoods()]
    assert len(every) >= 60
    assert all(len(each.why) > 15 for each in every)
