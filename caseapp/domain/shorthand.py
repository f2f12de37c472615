"""Days as people type them: "tomorrow 10", "+3d", "fri", "in 2 weeks", "24 Nov 13:30"."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil import parser
from dateutil.relativedelta import relativedelta

from caseapp.domain.errors import CaseAppError

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS = {"d": "days", "day": "days", "days": "days", "w": "weeks", "week": "weeks", "weeks": "weeks"}
_UNITS |= {
    "m": "months",
    "month": "months",
    "months": "months",
    "y": "years",
    "year": "years",
    "years": "years",
}
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_WRITTEN = re.compile(
    rf"\d{{1,2}}[/.-]\d{{1,2}}(?:[/.-]\d{{2,4}})?|\d{{4}}-\d{{1,2}}-\d{{1,2}}"
    rf"|{_MONTH}\.? \d{{1,2}}(?: \d{{4}})?|\d{{1,2}}\.? {_MONTH}(?: \d{{4}})?"
)
_CLOCK = re.compile(r"(?:^|\s+)(?:at\s+)?(\d{1,2})(?::(\d{2}))?\s*(am|pm|a|p)?$")
_STEP = re.compile(r"(?:\+|in\s+)(\d{1,3})\s*([a-z]+)$")


class NotUnderstood(CaseAppError):
    """The text is no day this program knows."""

    code = "dates.not-understood"


@dataclass(frozen=True, slots=True)
class When:
    """A day, and the hour where one was typed."""

    on: date
    at: time | None = None


def read(text: str, *, today: date) -> When:
    """Read a day with an optional hour; raises NotUnderstood.

    A weekday is the next one, never today; a day without a year is the next such day.
    """
    plain = " ".join(text.casefold().replace(",", " ").split())
    if not plain:
        raise NotUnderstood(text=text)
    day = _day(plain, today)
    if day:
        return When(day)
    match = _CLOCK.search(plain)
    if match:
        day = _day(plain[: match.start()].strip() or "today", today)
        clock = _clock(match)
        if day and clock:
            return When(day, clock)
    raise NotUnderstood(text=text)


def _day(plain: str, today: date) -> date | None:
    if plain in ("today", "t"):
        return today
    if plain in ("tomorrow", "tom", "tmrw"):
        return today + timedelta(days=1)
    if match := _STEP.fullmatch(plain):
        return _step(int(match[1]), match[2], today)
    word = plain.removeprefix("next ").removeprefix("on ")
    for number, name in enumerate(_WEEKDAYS):
        if len(word) >= 3 and name.startswith(word):
            return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    if plain in ("next week", "week"):
        return today + timedelta(days=7)
    return _calendar_day(plain, today)


def _step(count: int, unit: str, today: date) -> date | None:
    name = _UNITS.get(unit)
    if name is None:
        return None
    try:
        return today + relativedelta(**{name: count})  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return None


def _calendar_day(plain: str, today: date) -> date | None:
    """A written date; digits alone are an hour or a number, not a day."""
    if ":" in plain or not _WRITTEN.fullmatch(plain):
        return None
    try:
        this_year = parser.parse(plain, default=datetime(today.year, 1, 1)).date()  # noqa: DTZ001
        next_year = parser.parse(plain, default=datetime(today.year + 1, 1, 1)).date()  # noqa: DTZ001
    except (ValueError, OverflowError):
        return None
    says_year = this_year.year == next_year.year
    return next_year if not says_year and this_year < today else this_year


def _clock(match: re.Match[str]) -> time | None:
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "")[:1]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
