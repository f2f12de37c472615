"""Which units are ours: call signs or agencies as patterns, each with its days of validity."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from caseapp.domain.errors import CaseAppError
from caseapp.exchange import times_written

BY = ("unit", "agency")
"""What a pattern is held against."""


class PatternMissing(CaseAppError):
    code = "layout.units-pattern-missing"


class FirstDayUnreadable(CaseAppError):
    code = "layout.units-first-day-unreadable"


class LastDayUnreadable(CaseAppError):
    code = "layout.units-last-day-unreadable"


class LastBeforeFirst(CaseAppError):
    code = "layout.units-last-before-first"


@dataclass(frozen=True, slots=True)
class OurUnits:
    """A rule: `like` holds one pattern or several between commas, * for any letters and ? for one.

    A call sign changes hands over the years, so a rule holds from its first to its last day, both included.
    """

    by: str
    like: str
    model: str
    from_on: date | None = None
    to_on: date | None = None

    def takes(self, text: str) -> bool:
        """Whether a call sign or an agency fits the pattern, whatever the day."""
        return _pattern(self.like).fullmatch(text) is not None

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force on a day."""
        return (self.from_on is None or self.from_on <= day) and (self.to_on is None or day <= self.to_on)


def typed(*, by: str, like: str, model: str, first: str, last: str) -> OurUnits:
    """A rule as it is typed, its days empty where it has none.

    Raises PatternMissing, FirstDayUnreadable, LastDayUnreadable or LastBeforeFirst.
    """
    patterns = ", ".join(filter(None, map(str.strip, like.split(","))))
    if not patterns:
        raise PatternMissing()
    from_on, to_on = _day(first, FirstDayUnreadable), _day(last, LastDayUnreadable)
    if from_on and to_on and to_on < from_on:
        raise LastBeforeFirst()
    return OurUnits(by, patterns, model, from_on, to_on)


def _day(text: str, unreadable: type[CaseAppError]) -> date | None:
    if not text.strip():
        return None
    found = times_written.parse(text)
    if found is None:
        raise unreadable()
    return found.wall.date()


def model_of(rules: Iterable[OurUnits], *, sign: str, agency: str, day: date, others: str) -> str:
    """The model of the first rule that takes the unit on that day, or else that of all others."""
    for rule in rules:
        if rule.takes(sign if rule.by == "unit" else agency) and rule.holds_on(day):
            return rule.model
    return others


def counted(rule: OurUnits, values: Sequence[tuple[str, int]]) -> int:
    """How many rows of a file the pattern fits, given its call signs or agencies with their counts."""
    return sum(count for value, count in values if rule.takes(value))


@lru_cache(maxsize=256)
def _pattern(like: str) -> re.Pattern[str]:
    """Signs before a call sign that some exports put there (_3J79) do not count."""
    parts = (re.escape(part.strip()).replace(r"\*", ".*").replace(r"\?", ".") for part in like.split(","))
    return re.compile(rf"_?(?:{'|'.join(filter(None, parts))})", re.IGNORECASE)
