"""Some of many at a time, for a statement takes only so many values."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

CHUNK = 2000
"""Values in one statement."""

MANY = 10_000
"""Ids in a statement that gives little back for each; SQLite takes 32,766."""


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The items in order, in lists of at most `size`; nothing where there are none."""
    source = iter(items)
    while some := list(islice(source, size)):
        yield some
