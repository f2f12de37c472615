"""Repeat contact: how many calls a person had within windows of days, one function for every screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WINDOWS = (7, 30, 90, 365)
"""Days looked back, in order."""


@dataclass(frozen=True, slots=True)
class RepeatContact:
    """Calls within each window of WINDOWS, the present instant included."""

    counts: tuple[int, ...]

    def within(self, days: int) -> int:
        """Calls within one of the windows."""
        return self.counts[WINDOWS.index(days)]


def repeat_contact(received: Sequence[datetime], *, now: datetime) -> RepeatContact:
    """Count calls received in the last 7, 30, 90 and 365 days; what lies ahead of `now` is not counted."""
    return RepeatContact(
        tuple(sum(now - timedelta(days=days) < at <= now for at in received) for days in WINDOWS)
    )
