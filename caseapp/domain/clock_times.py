"""Moments of the past as they are typed: "0215", "2:15 pm", "yesterday 23:10", "24 Nov 02:15"."""

import re
from datetime import date, datetime, time, timedelta

from dateutil import parser

from caseapp.domain.errors import CaseAppError

_CLOCK = re.compile(r"(\d{1,2}):?(\d{2})(?::?(\d{2}))?\s*(am|pm|a|p)?")
_DAYS_BACK = {"today": 0, "t": 0, "yesterday": 1, "y": 1}
_ONE_DAY = timedelta(days=1)


class NotAMoment(CaseAppError):
    """The text is no time of day and no day with a time."""

    code = "dates.not-a-moment"


def read_moment(text: str, *, now: datetime) -> datetime:
    """The moment that was typed, on the clock of `now`; raises NotAMoment.

    A bare time is the last such time that has passed; a day without a year is the last such day.
    """
    plain = " ".join(text.casefold().replace(",", " ").split())
    clock = _clock(plain)
    if clock is not None:
        moment = datetime.combine(now.date(), clock, now.tzinfo)
        return moment if moment <= now else moment - _ONE_DAY
    words = plain.split(" ", 1)
    if words[0] in _DAYS_BACK and len(words) == 2:
        clock = _clock(words[1])
        if clock is not None:
            return datetime.combine(now.date() - _ONE_DAY * _DAYS_BACK[words[0]], clock, now.tzinfo)
    return _written(plain, now)


def read_after(text: str, *, after: datetime) -> datetime:
    """A time of day as the first such time at or after `after`, or a written day; raises NotAMoment."""
    clock = _clock(" ".join(text.casefold().split()))
    if clock is None:
        return read_moment(text, now=after + _ONE_DAY * 30)
    moment = datetime.combine(after.date(), clock, after.tzinfo)
    return moment if moment >= after.replace(microsecond=0) else moment + _ONE_DAY


def write_moment(moment: datetime) -> str:
    """A moment as `read_moment` reads it back."""
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def write_after(moment: datetime, *, after: datetime) -> str:
    """A moment as short as `read_after` still reads it back."""
    short = f"{moment:%H:%M:%S}"
    same = read_after(short, after=after) == moment.replace(microsecond=0)
    return short if same else write_moment(moment)


def _clock(plain: str) -> time | None:
    match = _CLOCK.fullmatch(plain)
    if match is None:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[4].startswith("p") else 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _written(plain: str, now: datetime) -> datetime:
    nowhere = datetime.combine(date(1904, 1, 1), time(0), now.tzinfo)
    try:
        read = parser.parse(plain, default=nowhere, ignoretz=True)
        other = parser.parse(plain, default=nowhere.replace(hour=1, minute=1), ignoretz=True)
    except (ValueError, OverflowError) as error:
        raise NotAMoment(text=plain) from error
    if read.time() != other.time():
        raise NotAMoment(text=plain)
    moment = datetime.combine(read.date(), read.time(), now.tzinfo)
    return _latest_year(moment, now) if read.year == nowhere.year else moment


def _latest_year(moment: datetime, now: datetime) -> datetime:
    """The year that was left out: this one, or the last in which the day had passed."""
    for year in range(now.year, now.year - 9, -1):
        try:
            moved = moment.replace(year=year)
        except ValueError:
            continue
        if moved <= now:
            return moved
    raise NotAMoment(text="")
