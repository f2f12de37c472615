"""Moments that are past as people type them: "9:30", "yesterday 15", "-2h", "mon 14", "24 Nov 13:30"."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from caseapp.domain.shorthand import NotUnderstood, read

_BACK = re.compile(r"-\s*(\d{1,3})\s*(m|min|h|d|w)")
_HOUR = re.compile(r"\d{1,2}(:\d{2})?\s*(am|pm|a|p)?")
_WEEKDAY = re.compile(r"(?:on )?(?:mon|tue|wed|thu|fri|sat|sun)")
_STEPS = {"m": "minutes", "min": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_WORDS = {"yesterday": 1, "yest": 1, "y": 1, "last night": 1}
_NOON = time(12)


def read_past(text: str, *, now: datetime, zone: ZoneInfo) -> datetime:
    """The instant (UTC) that was typed: nothing is now, a day alone is noon, a weekday is the last such day.

    An hour of today that has not come yet was yesterday's. Raises NotUnderstood.
    """
    plain = " ".join(text.casefold().replace(",", " ").split())
    local = now.astimezone(zone)
    if plain in ("", "now"):
        return now
    if match := _BACK.fullmatch(plain):
        step = relativedelta(**{_STEPS[match[2]]: int(match[1])})  # type: ignore[arg-type]
        return now - step if match[2] in ("m", "min", "h") else (local - step).astimezone(UTC)
    for word, days in _WORDS.items():
        if plain == word or plain.startswith(f"{word} "):
            day = local.date() - timedelta(days=days)
            return _at(day, _clock(plain.removeprefix(word).strip(), text), local, zone)
    when = read(plain, today=local.date())
    at = _at(_backwards(plain, when.on, local.date()), when.at, local, zone)
    if at <= now:
        return at
    if plain[0].isdigit() and when.on == local.date() and _HOUR.fullmatch(plain):
        return _at(local.date() - timedelta(days=1), when.at, local, zone)
    return at - timedelta(days=7) if _WEEKDAY.match(plain) else at


def _clock(plain: str, text: str) -> time | None:
    if not plain:
        return None
    found = read(f"today {plain}", today=date(2000, 1, 1))
    if found.at is None:
        raise NotUnderstood(text=text)
    return found.at


def _backwards(plain: str, day: date, today: date) -> date:
    """A weekday or a day without a year is the last one, where `read` took the next one."""
    if day <= today:
        return day
    if plain[0].isalpha() and (day - today).days <= 7 and not plain.startswith(("tom", "tm", "in ", "next")):
        return day - timedelta(days=7)
    if not plain.startswith(("+", "in ", "tom", "tm", "next", "week")) and (day - today).days > 7:
        return day - relativedelta(years=1)
    return day


def _at(day: date, clock: time | None, local: datetime, zone: ZoneInfo) -> datetime:
    moment = datetime.combine(day, clock or _NOON, zone)
    if clock is None and day == local.date():
        return local.astimezone(UTC)
    return moment.astimezone(UTC)
