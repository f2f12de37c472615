"""When a service is open: rules as RFC 5545 writes them, asked for one moment."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import Enum
from functools import lru_cache

from dateutil.rrule import rrulestr

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""RFC 5545 names, Monday first."""

LAST_MINUTE = time(23, 59)
"""How HSDS closes a day that has no closing hour."""

_ORDINAL = re.compile(r"[+-]?[1-5](MO|TU|WE|TH|FR|SA|SU)")
_NUMBERS = re.compile(r"-?\d{1,3}(,-?\d{1,3})*")
_DAY = timedelta(days=1)


class Answer(Enum):
    """Whether a service is open at a moment; a schedule that has run out is no answer."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class OpenRule:
    """One line of hours (HSDS `schedule`): local times on the days that a rule names.

    `until` past means that the service ended, `valid_to` past only that nobody knows any more (HSDS field
    guidance). `offset` are minutes east of UTC where the times carry one. `is_closed` closes its days.
    """

    opens: time | None = None
    closes: time | None = None
    byday: str = ""
    freq: str = "WEEKLY"
    interval: int = 1
    starts: date | None = None
    until: date | None = None
    count: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    wkst: str = ""
    bymonthday: str = ""
    byyearday: str = ""
    byweekno: str = ""
    offset: int | None = None
    is_closed: bool = False
    words: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether weekdays alone decide, week after week."""
        beyond = (self.count, self.bymonthday, self.byyearday, self.byweekno)
        days = self.byday.split(",") if self.byday else []
        return (
            self.freq == "WEEKLY"
            and self.interval == 1
            and not any(beyond)
            and all(one in WEEKDAYS for one in days)
        )


def weekly(day: int, opens: time, closes: time) -> OpenRule:
    """The usual rule: each week on one weekday (0 is Monday)."""
    return OpenRule(opens, closes, byday=WEEKDAYS[day])


def answer(rules: Iterable[OpenRule], at: datetime) -> Answer:
    """Whether any rule says open at a moment on the agency's clock; a closed day comes before all."""
    rules = tuple(rules)
    found = Answer.UNKNOWN
    for rule in rules:
        moment = at if rule.offset is None else at.astimezone(timezone(timedelta(minutes=rule.offset)))
        if rule.is_closed:
            if _falls_on(rule, moment.date()):
                return Answer.CLOSED
            continue
        said = _ask(rule, moment)
        if said is Answer.OPEN:
            found = Answer.OPEN
        elif said is Answer.CLOSED and found is Answer.UNKNOWN:
            found = Answer.CLOSED
    return found


def hours_on(rules: Iterable[OpenRule], day: date) -> tuple[tuple[time, time], ...] | None:
    """Opening and closing on a day in order, () when closed; None when nobody knows."""
    told = False
    found: list[tuple[time, time]] = []
    for rule in rules:
        if rule.is_closed and _falls_on(rule, day):
            return ()
        if rule.opens is None or rule.closes is None or not _is_valid(rule, day):
            continue
        falls = _falls_on(rule, day)
        told = told or falls is not None
        if falls:
            found.append((rule.opens, rule.closes))
    return tuple(sorted(set(found))) if told else None


def _ask(rule: OpenRule, at: datetime) -> Answer:
    if rule.opens is None or rule.closes is None or not _is_valid(rule, at.date()):
        return Answer.UNKNOWN
    clock = at.time().replace(tzinfo=None)
    today = _falls_on(rule, at.date())
    if rule.closes > rule.opens:
        within = rule.opens <= clock and (clock < rule.closes or rule.closes >= LAST_MINUTE)
        return Answer.UNKNOWN if today is None else Answer.OPEN if today and within else Answer.CLOSED
    before = _falls_on(rule, at.date() - _DAY)
    if today is None or before is None:
        return Answer.UNKNOWN
    is_open = (today and clock >= rule.opens) or (before and clock < rule.closes)
    return Answer.OPEN if is_open else Answer.CLOSED


def _is_valid(rule: OpenRule, day: date) -> bool:
    if rule.valid_from and day < rule.valid_from:
        return False
    return rule.valid_to is None or day <= rule.valid_to


def _falls_on(rule: OpenRule, day: date) -> bool | None:
    """Whether the rule names a day; None where the rule cannot be read or has no first day to count from."""
    if rule.starts and day < rule.starts:
        return False
    if rule.until and day > rule.until:
        return False
    if rule.is_plain:
        return not rule.byday or WEEKDAYS[day.weekday()] in rule.byday
    return _by_rule(rule, day)


@lru_cache(maxsize=4096)
def _by_rule(rule: OpenRule, day: date) -> bool | None:
    text = rule_text(rule)
    if text is None or (rule.starts is None and (rule.interval > 1 or rule.count)):
        return None
    first = rule.starts or day.replace(month=1, day=1)
    try:
        wanted = rrulestr(text, dtstart=datetime.combine(first, time()), ignoretz=True)
    except (ValueError, TypeError):
        return None
    midnight = datetime.combine(day, time())
    return bool(wanted.between(midnight, midnight, inc=True))


def rule_text(rule: OpenRule) -> str | None:
    """The rule as RFC 5545 3.3.10 writes it; None where a part is not of that grammar."""
    days = [one for one in rule.byday.split(",") if one]
    if not all(one in WEEKDAYS or _ORDINAL.fullmatch(one) for one in days):
        return None
    numbers = (("BYMONTHDAY", rule.bymonthday), ("BYYEARDAY", rule.byyearday), ("BYWEEKNO", rule.byweekno))
    if rule.freq not in ("WEEKLY", "MONTHLY", "DAILY", "YEARLY") or rule.interval < 1:
        return None
    if any(text and not _NUMBERS.fullmatch(text) for _name, text in numbers):
        return None
    parts = [f"FREQ={_rfc_frequency(rule)}", f"INTERVAL={rule.interval}"]
    parts += [f"BYDAY={','.join(days)}"] if days else []
    parts += [f"{name}={text}" for name, text in numbers if text and name != "BYWEEKNO"]
    parts += [f"COUNT={rule.count}"] if rule.count else []
    parts += [f"WKST={rule.wkst}"] if rule.wkst in WEEKDAYS else []
    return ";".join(parts)


def _rfc_frequency(rule: OpenRule) -> str:
    """Days of the month name days of a monthly rule, whatever HSDS calls it (RFC 5545 3.3.10, the table)."""
    return "MONTHLY" if rule.bymonthday and rule.freq == "WEEKLY" else rule.freq


def read_moment(text: str, *, now: datetime) -> datetime | None:
    """The next "now", "saturday 9", "fri 17:30" or "9:00" on the agency's clock; None if unclear."""
    words = [word for word in text.casefold().split() if word != "at"]
    if words in ([], ["now"]):
        return now
    day: date | None = now.date()
    if words[0][:2].upper() in WEEKDAYS and words[0].isalpha():
        ahead = (WEEKDAYS.index(words[0][:2].upper()) - now.weekday()) % 7
        day = now.date() + timedelta(days=ahead)
        words = words[1:]
    clock = _clock(" ".join(words)) if words else time(12)
    return None if clock is None or day is None else datetime.combine(day, clock, now.tzinfo)


def _clock(text: str) -> time | None:
    found = re.fullmatch(r"(\d{1,2})(?::?([0-5]\d))?\s*(am|pm|a\.m\.|p\.m\.)?", text.strip())
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    return time(hour, minute) if hour < 24 else None
