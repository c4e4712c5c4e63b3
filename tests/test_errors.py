"""Errors go from one process to another as they are."""

import pickle

import pytest

from symcnn.errors import IllFormed, ParseError, ShapeError, SymcnnError


@pytest.mark.parametrize(
    "error", [ParseError("here", "a\nb + ]", 6), IllFormed(lambda: "said late"), ShapeError("2 and 3")]
)
def test_an_error_is_the_same_in_another_process(error: SymcnnError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), str(copy)) == (type(error), str(error))
    assert vars(copy).keys() == vars(error).keys()


def test_the_place_of_an_error_within_a_larger_text() -> None:
    error = ParseError("here", "a   c", 4).within("a % b\nc")
    assert (error.line, error.column) == (1, 5)
    assert error.message == "here"
