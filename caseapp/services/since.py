"""Since when a record stands for two people, also where the clock was set back after it was linked."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from caseapp.store.unit_of_work import UnitOfWork

_TICK = timedelta(microseconds=1)


class Since(NamedTuple):
    """The instant of a link, the number of its entry in the journal, and an instant before all that is newer.

    `first` is earlier than `at` only where the clock was set back. The number is 0 where nobody knows it.
    """

    at: datetime
    seq: int
    first: datetime

    @property
    def is_set_back(self) -> bool:
        """Whether instants do not tell what was written after the link; the journal's order does."""
        return self.first < self.at


def since_link(work: UnitOfWork, people: Collection[UUID], *, at: datetime, seq: int) -> Since:
    """Since a link of any of these people, by what the clock showed then and showed since."""
    back = work.journal.earliest_since(seq, people) if seq else None
    return Since(at, seq, back - _TICK if back is not None and back < at else at)
