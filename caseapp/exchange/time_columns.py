"""What only a whole column of times tells: whether the day comes first, and whether 0:00 means no hour."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from caseapp.exchange import times, times_written

_MARKS = frozenset("/.-")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp][Mm]?)?")


@dataclass(frozen=True, slots=True)
class TimeFacts:
    """How the texts of one field of time are to be read."""

    day_first: bool
    midnight_is_day: bool


@dataclass(slots=True)
class TimeColumn:
    """Gathers one column part by part, in little memory: days once each, times of day counted.

    `midnight_is_day` is what the layout says of 0:00, `day_first` what it says of 5/12; None to find out.
    """

    midnight_is_day: bool | None
    day_first: bool | None = None
    days: set[str] = field(default_factory=set)
    clocks: Counter[str] = field(default_factory=Counter)
    odd: Counter[bool] = field(default_factory=Counter)
    """Of texts in other shapes, how many have an hour that is 0:00 (True) or another (False)."""

    def add(self, texts: Sequence[str]) -> None:
        """Look at cells that hold a date, or a date and a time."""
        self.add_days(texts)
        if self.midnight_is_day is None:
            for text, count in Counter(texts).items():
                self._count(text, text.replace("T", " ", 1).partition(" ")[2], count)

    def add_days(self, texts: Sequence[str]) -> None:
        """Look at dates alone."""
        self.days.update(text[:10] for text in texts if text[1:2] in _MARKS or text[2:3] in _MARKS)

    def add_clocks(self, texts: Sequence[str]) -> None:
        """Look at times of day that stand in a column of their own."""
        if self.midnight_is_day is None:
            self.clocks.update(map(times_written.clock_text, filter(None, texts)))

    def facts(self) -> TimeFacts:
        """What was found in all of it."""
        days = [day.split()[0] for day in self.days]
        midnight = self.midnight_is_day
        if midnight is None:
            read = ((times_written.parse(f"2000-01-02 {clock}"), n) for clock, n in self.clocks.items())
            at = Counter(self.odd)
            for naive, count in read:
                if naive is not None and naive.has_clock:
                    at[times.is_midnight(naive)] += count
            midnight = times.is_common(at[True], at.total())
        first = times.is_day_first(days) if self.day_first is None else self.day_first
        return TimeFacts(first, midnight)

    def _count(self, text: str, clock: str, count: int) -> None:
        if clock in self.clocks or _CLOCK.fullmatch(clock):
            self.clocks[clock] += count
            return
        naive = times_written.parse(text) or times_written.parse(text, day_first=True)
        if naive is not None and naive.has_clock:
            self.odd[times.is_midnight(naive)] += count
