"""Whole columns of dates and times: which number is the month, whether 0:00 is an hour, and in which zone."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from caseapp.exchange.times_written import LAST_YEAR, Naive, clock_text, is_missing, parse, slashed

_FIRST_YEAR = 1950
"""Earlier years are what a system writes for "nothing here" (1900-01-01, 0001-01-01)."""


class Moment(NamedTuple):
    """An instant in UTC, or with `is_day` the first instant of a day whose hour is not known.

    `is_double` says that the clock showed this time twice that night; the first of the two is meant.
    """

    at: datetime
    is_day: bool
    is_double: bool = False


def is_day_first(column: Sequence[str]) -> bool:
    """Whether 5/12 means the fifth of December: when more first numbers than second ones cannot be months."""
    dates = [found for text in set(column) if (found := slashed(text))]
    return sum(first > 12 >= second for first, second in dates) > sum(
        second > 12 >= first for first, second in dates
    )


def is_day_or_month(column: Sequence[str]) -> bool:
    """Whether the column has dates such as 5/12 and none that shows which of the two is the month."""
    dates = [found for text in set(column) if (found := slashed(text))]
    return bool(dates) and all(max(found) <= 12 for found in dates)


def column(
    texts: Sequence[str],
    *,
    zone: ZoneInfo,
    midnight_is_day: bool | None = None,
    to_minute: bool = False,
    day_first: bool | None = None,
) -> list[Moment | None]:
    """Convert a column; None where nothing can be read. `day_first` None: told by the column itself.

    `to_minute` rounds half up, for centres whose CSV has minutes where their workbook has seconds.

    `midnight_is_day` treats 0:00 as "date only"; None decides by how often 0:00 stands there. A time in
    the hour that comes twice in autumn is the first of the two; one in the hour that spring leaves out is
    read with the offset before the change.
    """
    day_first = is_day_first(texts) if day_first is None else day_first
    naive = _each(texts, lambda text: parse(text, day_first=day_first))
    if to_minute:
        naive = [one and _rounded(one) for one in naive]
    if midnight_is_day is None:
        midnight_is_day = _midnight_is_common(naive)
    return [_moment(one, zone, midnight_is_day=midnight_is_day) if one else None for one in naive]


def joined(days: Sequence[str], clocks: Sequence[str], *, day_first: bool | None = None) -> list[str]:
    """One text per row from a column of dates and one of times of day (11:05 PM, 2305, 23:05:00).

    A clock that cannot be read stays in the text, so that it is counted as not understood.
    """
    day_first = is_day_first(days) if day_first is None else day_first
    return [_joined(day, clock, day_first=day_first) for day, clock in zip(days, clocks, strict=True)]


def seconds_after(start: datetime | None, text: str, *, unit: float = 1.0) -> datetime | None:
    """The instant so many units (1 is a second, 60 a minute) after another; None if negative or absurd."""
    try:
        seconds = float(text) * unit
    except ValueError:
        return None
    if start is None or not 0 <= seconds < 30 * 86400:
        return None
    return start + timedelta(seconds=seconds)


def _each(texts: Sequence[str], convert: Callable[[str], Naive | None]) -> list[Naive | None]:
    """Convert with a memory, because exports repeat days and blanks."""
    known: dict[str, Naive | None] = {}
    result = []
    for text in texts:
        if text not in known:
            known[text] = None if is_missing(text) else convert(text)
        result.append(known[text])
    return result


def _midnight_is_common(column: list[Naive | None]) -> bool:
    clocked = [one for one in column if one and one.has_clock]
    return is_common(sum(map(is_midnight, clocked)), len(clocked))


def is_common(at_midnight: int, clocked: int) -> bool:
    """0:00 more than five times as often as chance puts it there means that the hour was left out."""
    return at_midnight > max(3, 5 * clocked / 1440)


def is_midnight(naive: Naive) -> bool:
    """Whether the clock says 0:00 and no seconds."""
    return not (naive.wall.hour or naive.wall.minute or naive.wall.second)


def _rounded(naive: Naive) -> Naive:
    if not (naive.wall.second or naive.wall.microsecond):
        return naive
    wall = (naive.wall + timedelta(seconds=30)).replace(second=0, microsecond=0)
    return Naive(wall, naive.has_clock)


def _moment(naive: Naive, zone: ZoneInfo, *, midnight_is_day: bool) -> Moment | None:
    wall = naive.wall
    if not _FIRST_YEAR <= wall.year < LAST_YEAR:
        return None
    if wall.tzinfo is not None:
        return Moment(wall.astimezone(UTC), is_day=False)
    at_midnight = not (wall.hour or wall.minute or wall.second or wall.microsecond)
    is_day = not naive.has_clock or (midnight_is_day and at_midnight)
    first = wall.replace(tzinfo=zone)
    return Moment(first.astimezone(UTC), is_day=is_day, is_double=not is_day and _comes_twice(first))


def _comes_twice(first: datetime) -> bool:
    """Whether the clock was set back over this time; only autumn's early hours are looked at."""
    if first.month not in (10, 11) or first.hour > 2:
        return False
    return first.utcoffset() != first.replace(fold=1).utcoffset() and first.dst() != timedelta(0)


def _joined(day: str, clock: str, *, day_first: bool) -> str:
    """The day of a date cell that a spreadsheet padded with midnight, and the time of day beside it."""
    naive = None if is_missing(day) else parse(day, day_first=day_first)
    if naive is None:
        return "" if is_missing(day) else day
    return f"{naive.wall.date().isoformat()} {'' if is_missing(clock) else clock_text(clock)}".strip()
