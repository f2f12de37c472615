"""One date or time as it is written, in the shapes of dispatch centres.

Shapes met in published exports: ISO with or without seconds and zone, 2021/01/01 05:02:04+00,
5/12/2025 13:29, 09/01/2016 11:05 PM EST, Sep 01 2016 11:05:00:000PM, Monday, September 1, 2016 at 11:05 PM,
01-SEP-16 11.05.00 PM, 20160901, 20160901230500, 20160901T230500Z, 09012016, a spreadsheet's serial number,
seconds or milliseconds since 1970. A bare year, month or quarter names no day and is not read.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

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
LAST_YEAR = 2200
_SERIAL_START = datetime(1899, 12, 30)  # noqa: DTZ001


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


def slashed(text: str) -> tuple[int, int] | None:
    """The two numbers before the year of a date such as 5/12/2025, of which either may be the month."""
    match = _SLASHED.match(text.strip())
    return (int(match[1]), int(match[2])) if match else None


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
        if not 1900 <= int(year) < LAST_YEAR:
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
