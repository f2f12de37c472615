"""New ids of an instant: those made after one another in one process also sort after one another."""

import os
import threading
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from caseapp.domain.ids import uuid7

_TAIL_BITS = 62
_TAIL = (1 << _TAIL_BITS) - 1
_STEP_BYTES = 4


class _Rising:
    """The tail of the last id and its millisecond; within one millisecond the tail only grows.

    RFC 9562, section 6.2, method 2: the tail is a random start that grows by a random step, so that what is
    read in the order of its ids is read in the order it was written, although a transaction has one instant.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._milliseconds = -1
        self._tail = 0

    def take(self, milliseconds: int, count: int) -> int:
        """Keep `count` tails for the caller; returns the first of them."""
        with self._lock:
            if milliseconds != self._milliseconds:
                self._milliseconds = milliseconds
                self._tail = int.from_bytes(os.urandom(8), "big") >> 64 - _TAIL_BITS + 1
            first = self._tail + 1 + int.from_bytes(os.urandom(_STEP_BYTES), "big")
            self._tail = first + count - 1
            return first


_rising = _Rising()


def new_id(now: datetime) -> UUID:
    """A UUIDv7 of the given instant, greater than the one made before in the same millisecond."""
    return next(ids_in_order(now, 1))


def ids_in_order(now: datetime, count: int) -> Iterator[UUID]:
    """Ids of one instant in rising order, so that an index grows at its end."""
    milliseconds = int(now.timestamp() * 1000)
    first = _rising.take(milliseconds, count)
    start = uuid7(milliseconds=milliseconds, entropy=bytes(10)).int
    for tail in range(first, first + count):
        yield UUID(int=start | tail & _TAIL)
