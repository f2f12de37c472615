"""Whether two records can be of one life: nobody is met after their death, and nobody dies twice."""

from datetime import date
from typing import NamedTuple


class Lifetime(NamedTuple):
    """The days on which records say that somebody died, and the last day on which they were met."""

    died_on: frozenset[date] = frozenset()
    met_on: date | None = None

    def joined(self, other: "Lifetime") -> "Lifetime":
        """What two records say together once they are taken for one person."""
        met = max(filter(None, (self.met_on, other.met_on)), default=None)
        return Lifetime(self.died_on | other.died_on, met)


NOTHING = Lifetime()
"""Of somebody with no death and no meeting on record."""


def are_at_odds(one: Lifetime, other: Lifetime) -> bool:
    """Whether one was met after the other died, or both died on different days.

    It speaks strongly against their being one person, but does not rule it out: a death may have been written
    on the wrong record. So somebody has to look.
    """
    if one.died_on and other.died_on and one.died_on != other.died_on:
        return True
    return _outlives(one, other) or _outlives(other, one)


def _outlives(one: Lifetime, other: Lifetime) -> bool:
    return one.met_on is not None and any(one.met_on > day for day in other.died_on)
