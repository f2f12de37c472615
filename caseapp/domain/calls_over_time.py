"""A person's calls over time: by month, and before and since their case was opened."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo


class MonthOfCalls(NamedTuple):
    """The first day of a month, and how many calls came in."""

    first: date
    calls: int


class Around(NamedTuple):
    """Calls in as many days up to the one on which a case was opened as passed since.

    That day itself counts with those before: what happened on it is most often why there is a case.
    """

    before: int
    since: int
    days: int
    opened_on: date


MONTHS = 12
"""This month and those before it that are shown, so that a winter stands beside the last one."""


@dataclass(frozen=True, slots=True)
class CallsOverTime:
    """Every month, also those without a call; `around` where a case is open since yesterday or longer."""

    months: tuple[MonthOfCalls, ...]
    around: Around | None = None


def calls_over_time(
    received: Sequence[datetime], *, now: datetime, zone: ZoneInfo, opened_on: date | None
) -> CallsOverTime:
    """Count calls on the agency's days; what lies ahead of `now` is not counted."""
    today = now.astimezone(zone).date()
    days = [at.astimezone(zone).date() for at in received if at <= now]
    each = Counter(day.replace(day=1) for day in days)
    months = tuple(MonthOfCalls(first, each[first]) for first in _months_to(today))
    return CallsOverTime(months, _around(days, opened_on, today) if opened_on else None)


def _months_to(today: date) -> list[date]:
    last = today.year * 12 + today.month - 1
    return [date(at // 12, at % 12 + 1, 1) for at in range(last - MONTHS + 1, last + 1)]


def _around(days: Sequence[date], opened_on: date, today: date) -> Around | None:
    passed = today - opened_on
    if passed < timedelta(days=1):
        return None
    before = sum(opened_on - passed < day <= opened_on for day in days)
    return Around(before, sum(opened_on < day <= today for day in days), passed.days, opened_on)
