"""How the store tells of long work: in numbers alone, since words for people are the services'."""

from collections.abc import Callable

Watch = Callable[[int, int], object]
"""Called with how much is done, and of how much."""


def unwatched(_done: int, _all: int) -> None:
    """For what nobody watches."""
