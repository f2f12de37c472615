"""Whole columns of dates and times, in the shapes that dispatch centres write them.

Shapes met in published exports: ISO with or without seconds and zone, 2021/01/01 05:02:04+00,
5/12/2025 13:29, 09/01/2016 11:05 PM EST, Sep 01 2016 11:05:00:000PM, Monday, September 1, 2016 at 11:05 PM,
01-SEP-16 11.05.00 PM, 20160901, 20160901230500, 20160901T230500Z, 09012016, a spreadsheet's serial number,
seconds or milliseconds since 1970. A bare year, month or quarter names no day and is not read.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo

from caseapp.domain.not_known import NOTHING

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_CLOCK = (
    r"(?:(?:T|,?\s+(?:at\s+)?)(\d{1,2})[:.]?(\d{2})(?:[:.]?(\d{2}))?(?:[.:](\d{1,9}))?"
    r"\s*([AaPp])?\.?[Mm]?\.?\s*(Z|[A-Z]{3}|[+-]\d{2}(?::?\d{2})?)?)?"
)
"""Hour, minute, second, fraction, half of the day and zone: six groups after the date's three."""

_ZONES = {
    **dict.fromkeys(("Z", "UTC", "GMT"), 0),
    "EDT": -4,
    "EST": -5,
    "CDT": -5,
    "CST": -6,
    "MDT": -6,
    "MST": -7,
    "PDT": -7,
    "PST": -8,
    "AKDT": -8,
    "AKST": -9,
    "HST": -10,
}
"""Hours from UTC of the abbreviations that US dispatch centres write behind a time."""

_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})" + _CLOCK)
_YEAR_FIRST = re.compile(r"(\d{4})[/._-](\d{1,2})[/._-](\d{1,2})" + _CLOCK)
_MONTH_NAMED = re.compile(r"([A-Za-z]{3})[A-Za-z]*\.?[\s-]+(\d{1,2}),?[\s-]+(\d{4}),?" + _CLOCK)
_DAY_FIRST_NAMED = re.compile(r"(\d{1,2})[\s-]+([A-Za-z]{3})[A-Za-z]*[\s-]+(\d{4}|\d{2})" + _CLOCK)
_PACKED = re.compile(r"(\d{8}|\d{7}(?!\d))(?:[\sT]*(\d{2})(\d{2})(\d{2})?(Z)?)?")
_SERIAL = re.compile(r"([2-6]\d{4})(\.\d+)?")
_CLOCK_ONLY = re.compile(r"(\d{1,2}):?(\d{2})(?::?(\d{2}))?\s*([AaPp])?\.?[Mm]?\.?")
_SINCE_1970 = re.compile(r"(1\d{9})(\d{3})?(?:\.0*)?")
"""Whole seconds or milliseconds, from September 2001 to May 2033."""
_FIRST_YEAR = 1950
"""Earlier years are what a system writes for "nothing here" (1900-01-01, 0001-01-01)."""
_LAST_YEAR = 2200
_SERIAL_START = datetime(1899, 12, 30)  # noqa: DTZ001


class Moment(NamedTuple):
    """An instant in UTC, or with `is_day` the first instant of a day whose hour is not known.

    `is_double` says that the clock showed this time twice that night; the first of the two is meant.
    """

    at: datetime
    is_day: bool
    is_double: bool = False


class Naive(NamedTuple):
    """A wall-clock time as written; `has_clock` is whether an hour stood there."""

    wall: datetime
    has_clock: bool


def is_missing(text: str) -> bool:
    """Whether a cell says that nothing is there."""
    return text.strip().lower() in NOTHING


def parse(text: str, *, day_first: bool = False) -> Naive | None:
    """One date or time as written; None when it is in none of the shapes or not a real day."""
    text = text.strip()
    try:
        return _iso(text) or _shaped(text, day_first=day_first)
    except (ValueError, OverflowError):
        return None


def is_bare_number(text: str) -> bool:
    """Whether a cell is digits alone, which may be a date, a serial number or no time at all."""
    return text.strip().replace(".", "", 1).isdigit()


def is_day_first(column: Sequence[str]) -> bool:
    """Whether 5/12 means the fifth of December: when more first numbers than second ones cannot be months."""
    firsts = seconds = 0
    for text in set(column):
        match = _SLASHED.match(text.strip())
        if match:
            firsts += int(match[1]) > 12 >= int(match[2])
            seconds += int(match[2]) > 12 >= int(match[1])
    return firsts > seconds


def is_day_or_month(column: Sequence[str]) -> bool:
    """Whether the column has dates such as 5/12 and none that shows which of the two is the month."""
    matches = [match for text in set(column) if (match := _SLASHED.match(text.strip()))]
    return bool(matches) and all(int(match[1]) <= 12 and int(match[2]) <= 12 for match in matches)


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
    if not _FIRST_YEAR <= wall.year < _LAST_YEAR:
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


def _iso(text: str) -> Naive | None:
    if len(text) < 8 or text[4:5] != "-":
        return None
    try:
        wall = datetime.fromisoformat(text)
    except ValueError:
        return None
    return Naive(wall, has_clock=len(text) > 10)


def _shaped(text: str, *, day_first: bool) -> Naive | None:
    if text[:1].isalpha() and (weekday := _WEEKDAY.match(text)):
        text = text[weekday.end() :]
    if match := _SLASHED.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        month, day = (second, first) if day_first and second <= 12 else (first, second)
        return _built(_year(match[3]), month, day, match, 4)
    if match := _YEAR_FIRST.fullmatch(text):
        return _built(int(match[1]), int(match[2]), int(match[3]), match, 4)
    if match := _MONTH_NAMED.fullmatch(text):
        return (
            _built(int(match[3]), _MONTHS[match[1].lower()], int(match[2]), match, 4)
            if match[1].lower() in _MONTHS
            else None
        )
    if match := _DAY_FIRST_NAMED.fullmatch(text):
        month = _MONTHS.get(match[2].lower(), 0)
        return _built(_year(match[3]), month, int(match[1]), match, 4)
    return _packed(text)


def _packed(text: str) -> Naive | None:
    if match := _PACKED.fullmatch(text):
        digits = match[1].zfill(8)
        year_leads = 1900 <= int(digits[:4]) <= 2100
        year, month, day = (
            (digits[:4], digits[4:6], digits[6:]) if year_leads else (digits[4:], digits[:2], digits[2:4])
        )
        if not 1900 <= int(year) < _LAST_YEAR:
            return None
        hour, minute, second = (int(part or 0) for part in match.groups()[1:4])
        wall = datetime(int(year), int(month), int(day), hour, minute, second)  # noqa: DTZ001
        return Naive(wall.replace(tzinfo=UTC) if match[5] else wall, has_clock=match[2] is not None)
    if match := _SERIAL.fullmatch(text):
        wall = _SERIAL_START + timedelta(days=float(text))
        return Naive(wall.replace(microsecond=0), has_clock=match[2] is not None)
    if match := _SINCE_1970.fullmatch(text):
        return Naive(datetime.fromtimestamp(int(match[1]), UTC), has_clock=True)
    return None


def _year(text: str) -> int:
    """Two digits below 69 are of this century, as POSIX reads them."""
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 69 else 1900)


def _built(year: int, month: int, day: int, match: re.Match[str], clock: int) -> Naive:
    hour, minute, second, fraction, half, zone = match.groups()[clock - 1 : clock + 5]
    if hour is None:
        return Naive(datetime(year, month, day), has_clock=False)  # noqa: DTZ001
    wall = datetime(
        year,
        month,
        day,
        _hour(int(hour), half),
        int(minute),
        int(second or 0),
        int((fraction or "0").ljust(6, "0")[:6]),
        tzinfo=_offset(zone) if zone else None,
    )
    return Naive(wall, has_clock=True)


def _offset(zone: str) -> timezone:
    """The zone of Z, EST or +05:30; raises ValueError for letters that name none."""
    if zone[0] in "+-":
        hours, minutes = int(zone[1:3]), int(zone[3:].lstrip(":") or 0)
        return timezone(timedelta(hours=hours, minutes=minutes) * (1 if zone[0] == "+" else -1))
    if zone not in _ZONES:
        raise ValueError("no such zone")
    return timezone(timedelta(hours=_ZONES[zone]))


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError("an hour with AM or PM is 1 to 12")
    return hour % 12 + (12 if half.lower() == "p" else 0)


def _joined(day: str, clock: str, *, day_first: bool) -> str:
    """The day of a date cell that a spreadsheet padded with midnight, and the time of day beside it."""
    naive = None if is_missing(day) else parse(day, day_first=day_first)
    if naive is None:
        return "" if is_missing(day) else day
    return f"{naive.wall.date().isoformat()} {'' if is_missing(clock) else clock_text(clock)}".strip()


def clock_text(clock: str) -> str:
    """A time of day as 23:05:00, or the text itself where it is none."""
    text = clock.strip()
    naive = parse(text)
    if naive is not None and naive.has_clock:
        return naive.wall.time().isoformat(timespec="seconds")
    match = _CLOCK_ONLY.fullmatch(text.rjust(4, "0") if text.isdigit() and len(text) < 5 else text)
    if match is None and text.isdigit() and len(text) == 5:
        match = _CLOCK_ONLY.fullmatch(text.rjust(6, "0"))
    try:
        hour = _hour(int(match[1]), match[4]) if match else -1
        return text if match is None else f"{hour:02d}:{match[2]}:{match[3] or '00'}"
    except ValueError:
        return text
