"""`from symcnn import NAME` gives the same thing whatever has been imported before."""

import importlib
from types import ModuleType

import pytest

import symcnn


@pytest.mark.parametrize("name", symcnn.__all__)
def test_name_is_no_module(name: str) -> None:
    importlib.import_module("symcnn.theorems")  # Python binds all modules that this loads in the package
    found = getattr(symcnn, name)
    assert not isinstance(found, ModuleType)
    assert getattr(symcnn, name) is found
    assert name in dir(symcnn)


def test_unknown_name() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'sizzes'"):
        _ = symcnn.sizzes
