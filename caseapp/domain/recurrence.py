"""What comes again: rules as RFC 5545 writes them, always with an end and on days that exist."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum

from dateutil.rrule import rrulestr

from caseapp.domain.errors import CaseAppError

MOST = 104
"""Occurrences of one series: twice a week for a year. A series ends, and never puts its own end off."""

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Every(Enum):
    """How often; the value is the RFC 5545 frequency."""

    DAY = "DAILY"
    WEEK = "WEEKLY"
    MONTH = "MONTHLY"
    YEAR = "YEARLY"


class BadRule(CaseAppError):
    """A rule that is not of RFC 5545, or that never falls on a day."""

    code = "series.bad-rule"


class NoEnd(CaseAppError):
    """A series says how often, from 2 to 104 times."""

    code = "series.no-end"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Every so many days, weeks, months or years, so many times.

    `weekdays` (0 is Monday) of a weekly one; the weekday of the first day counts where none is named. A
    monthly one keeps the day of the month, and falls on the last day where the month is too short; with
    `by_weekday` it keeps the weekday instead (the second Tuesday; the fifth is the last). `week_start`
    parts the weeks of which every second is meant.
    """

    every: Every
    count: int
    interval: int = 1
    weekdays: frozenset[int] = frozenset()
    by_weekday: bool = False
    week_start: int = 0

    def rule(self, starts: date) -> str:
        """The rule as RFC 5545 3.3.10 writes it; raises NoEnd."""
        if not 2 <= self.count <= MOST or not 1 <= self.interval <= 99:
            raise NoEnd(most=MOST)
        parts = [f"FREQ={self.every.value}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        parts += self._by(starts)
        if self.week_start:
            parts.append(f"WKST={WEEKDAYS[self.week_start]}")
        return ";".join([*parts, f"COUNT={self.count}"])

    def moved(self, days: int) -> "Recurrence":
        """The same so many days later: the weekdays go along."""
        weekdays = frozenset((one + days) % 7 for one in self.weekdays)
        return replace(self, weekdays=weekdays, week_start=(self.week_start + days) % 7)

    def _by(self, starts: date) -> list[str]:
        if self.every is Every.WEEK and self.weekdays:
            return ["BYDAY=" + ",".join(WEEKDAYS[one] for one in sorted(self.weekdays))]
        if self.every is Every.MONTH and self.by_weekday:
            nth = (starts.day - 1) // 7 + 1
            return [f"BYDAY={'-1' if nth == 5 else nth}{WEEKDAYS[starts.weekday()]}"]
        if starts.day > 28 and self.every in (Every.MONTH, Every.YEAR):
            days = ",".join(str(one) for one in range(28, starts.day + 1))
            month = [f"BYMONTH={starts.month}"] if self.every is Every.YEAR else []
            return [*month, f"BYMONTHDAY={days}", "BYSETPOS=-1"]
        return []

    def days(self, starts: date) -> list[date]:
        """The days from the first on, in order; raises NoEnd."""
        return days_of(self.rule(starts), starts=starts)


def read_rule(text: str) -> Recurrence:
    """A rule that this program wrote, as what it means; raises BadRule for any other."""
    parts = dict(part.split("=", 1) for part in text.split(";") if "=" in part)
    try:
        every, count = Every(parts["FREQ"]), int(parts["COUNT"])
        interval = int(parts.get("INTERVAL", "1"))
        named = [one for one in parts.get("BYDAY", "").split(",") if one]
        starts = WEEKDAYS.index(parts.get("WKST", "MO"))
        if every is Every.WEEK:
            days = frozenset(WEEKDAYS.index(one) for one in named)
            return Recurrence(every, count, interval, days, week_start=starts)
    except (KeyError, ValueError) as error:
        raise BadRule() from error
    return Recurrence(every, count, interval, by_weekday=bool(named), week_start=starts)


def days_of(rule: str, *, starts: date) -> list[date]:
    """The days of a rule from the first on, at most 104; raises BadRule."""
    try:
        found = rrulestr(rule, dtstart=datetime.combine(starts, time()), ignoretz=True)
    except (ValueError, TypeError, AttributeError) as error:
        raise BadRule() from error
    days: list[date] = []
    for moment in found:
        if len(days) == MOST:
            break
        days.append(moment.date())
    return days


def words(rule: str) -> str:
    """A rule in words for a list: "every 2 weeks, 12 times"."""
    read = read_rule(rule)
    unit = read.every.name.lower()
    often = f"every {unit}" if read.interval == 1 else f"every {read.interval} {unit}s"
    names = " and ".join(
        (date(2024, 1, 1) + timedelta(days=one)).strftime("%a") for one in sorted(read.weekdays)
    )
    return f"{often}{f' on {names}' if names else ''}, {read.count} times"
