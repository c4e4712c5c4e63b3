"""How long something takes by itself: the quickest of three, in seconds of this process."""

from collections.abc import Callable
from time import process_time


def quickest(action: Callable[[], object]) -> float:
    """Seconds of processor time that `action` takes when nothing disturbs it.

    The least of three: other work on the machine and the collection of a long session's garbage come between one of
    them, and what is slow by itself is slow each time.
    """
    return min(_once(action) for _ in range(3))


def _once(action: Callable[[], object]) -> float:
    start = process_time()
    action()
    return process_time() - start
