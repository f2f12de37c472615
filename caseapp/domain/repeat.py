"""Repeat contact: calls within windows of days, for one person, for all, and for places; one rule for all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import NamedTuple

WINDOWS = (7, 30, 90, 365)
"""Days looked back, in order."""

TOP_SHARE = 0.01
"""The people with most calls whose share of all calls is told."""


@dataclass(frozen=True, slots=True)
class RepeatContact:
    """Calls within each window of WINDOWS, the present instant included."""

    counts: tuple[int, ...]

    def within(self, days: int) -> int:
        """Calls within one of the windows."""
        return self.counts[WINDOWS.index(days)]


class PlaceCalls(NamedTuple):
    """A place with its calls in a window, and how many people were met there."""

    place: str
    calls: int
    people: int
    spellings: tuple[str, ...] = ()
    """As calls write it, each way once."""


@dataclass(frozen=True, slots=True)
class Concentration:
    """How many of all calls are those of the few people with most of them."""

    people: int
    calls: int
    top_people: int
    top_calls: int

    @property
    def percent(self) -> float:
        """Their share of all calls, 0 to 100."""
        return 100 * self.top_calls / self.calls if self.calls else 0.0


def repeat_contact(received: Sequence[datetime], *, now: datetime) -> RepeatContact:
    """Count calls received in the last 7, 30, 90 and 365 days; what lies ahead of `now` is not counted."""
    return RepeatContact(tuple(sum(is_within(at, days=days, now=now) for at in received) for days in WINDOWS))


def is_within(at: datetime, *, days: int, now: datetime) -> bool:
    """Whether an instant lies in the last so many days, the present one included."""
    return since(days, now=now) < at <= now


def since(days: int, *, now: datetime) -> datetime:
    """The instant after which a window of days begins."""
    return now - timedelta(days=days)


def concentration(calls_each: Iterable[int], *, share: float = TOP_SHARE) -> Concentration:
    """The share of calls from the top of the people, at least one person, by their calls in one window."""
    counts = sorted((count for count in calls_each if count), reverse=True)
    top = ceil(len(counts) * share)
    return Concentration(len(counts), sum(counts), top, sum(counts[:top]))
