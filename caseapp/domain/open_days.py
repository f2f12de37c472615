"""Which days the agency works: its weekdays, the federal days by rule, and its own closure days."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from caseapp.domain.errors import CaseAppError

_DAY = timedelta(days=1)
_LOOK_AHEAD = 400
"""Days after which a walk to the next open day gives up: an agency that is closed for a year has none."""

_FIXED: tuple[tuple[int, int, str, int], ...] = (
    (1, 1, "New Year's Day", 0),
    (6, 19, "Juneteenth", 2021),
    (7, 4, "Independence Day", 0),
    (11, 11, "Veterans Day", 1978),
    (12, 25, "Christmas Day", 0),
)
_NTH: tuple[tuple[int, int, int, str, int], ...] = (
    (1, 0, 3, "Martin Luther King Jr. Day", 1986),
    (2, 0, 3, "Washington's Birthday", 1971),
    (5, 0, -1, "Memorial Day", 1971),
    (9, 0, 1, "Labor Day", 0),
    (10, 0, 2, "Columbus Day", 1971),
    (11, 3, 4, "Thanksgiving Day", 1942),
)
"""Month, weekday (0 is Monday), which of the month (-1 the last), name, first year."""


class NoOpenDay(CaseAppError):
    """The agency is closed on every day of a year to come, so that nothing can be counted in its days."""

    code = "open-days.none"


class DayNameMissing(CaseAppError):
    """A closure day says why the agency is closed."""

    code = "open-days.name-missing"


class NoWeekday(CaseAppError):
    """An agency works on at least one weekday."""

    code = "open-days.no-weekday"


@dataclass(frozen=True, slots=True)
class ClosureDay:
    """A day on which the agency is closed, or open although the rule says closed."""

    on: date
    name: str
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class OpenDays:
    """The agency's calendar; `weekdays` are 0 (Monday) to 6, `own` the agency's days over the rules."""

    weekdays: frozenset[int] = frozenset(range(5))
    with_federal: bool = True
    own: Mapping[date, ClosureDay] = field(default_factory=dict)

    def closed_for(self, day: date) -> str:
        """Why the agency is closed on a day; empty on an open one."""
        own = self.own.get(day)
        if own is not None:
            return "" if own.is_open else own.name
        if self.with_federal and day in federal_days(day.year):
            return federal_days(day.year)[day]
        return "" if day.weekday() in self.weekdays else day.strftime("%A")

    def is_open(self, day: date) -> bool:
        """Whether the agency works."""
        return not self.closed_for(day)

    def next_open(self, day: date) -> date:
        """The day itself or the first open one after it; raises NoOpenDay."""
        return next(self._open_from(day))

    def after(self, day: date, count: int) -> date:
        """The open day that is `count` open days after a day; 0 is the day or the next open one.

        The day itself is never counted, whether open or not. Raises NoOpenDay.
        """
        if count <= 0:
            return self.next_open(day)
        walk = self._open_from(day + _DAY)
        for _number in range(count - 1):
            next(walk)
        return next(walk)

    def fit(self, day: date, *, earliest: date | None = None, latest: date | None = None) -> date:
        """An open day near a day: the next within the window, else the last before, else the day itself."""
        after = self.next_open(day)
        if latest is None or after <= latest:
            return after
        before = day
        while not self.is_open(before):
            before -= _DAY
            if earliest is None or before < earliest:
                return day
        return before

    def _open_from(self, day: date) -> Iterator[date]:
        closed = 0
        while closed < _LOOK_AHEAD:
            if self.is_open(day):
                closed = 0
                yield day
            else:
                closed += 1
            day += _DAY
        raise NoOpenDay()


@lru_cache(maxsize=64)
def federal_days(year: int) -> Mapping[date, str]:
    """Observed federal holidays that fall in a year: 5 U.S.C. 6103(a), moved off a weekend by (b) and
    Executive Order 11582: Saturday to the Friday before, Sunday to the Monday after."""
    found: dict[date, str] = {}
    for of_year in (year, year + 1):
        for month, day, name, since in _FIXED:
            if of_year >= since:
                found[_observed(date(of_year, month, day))] = name
    for month, weekday, nth, name, since in _NTH:
        if year >= since:
            found[_nth(year, month, weekday, nth)] = name
    return {day: found[day] for day in sorted(found) if day.year == year}


def check_closure(day: ClosureDay) -> ClosureDay:
    """The day with its name tidied; raises DayNameMissing for a closure without a name."""
    name = " ".join(day.name.split())
    if not name and not day.is_open:
        raise DayNameMissing()
    return ClosureDay(day.on, name, day.is_open)


def _observed(day: date) -> date:
    return day + {5: -_DAY, 6: _DAY}.get(day.weekday(), timedelta())


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    if nth < 0:
        last = date(year, month + 1, 1) - _DAY if month < 12 else date(year, 12, 31)
        return last - _DAY * ((last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + _DAY * ((weekday - first.weekday()) % 7 + 7 * (nth - 1))
