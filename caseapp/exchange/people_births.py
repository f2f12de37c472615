"""Births of the people of a list: the date, else the year, else the age."""

import re
from collections import Counter
from datetime import date

from caseapp.domain.ages import read_age
from caseapp.domain.births import Birth, Precision, birth_by_age
from caseapp.domain.names import tokens
from caseapp.domain.not_known import NO_BIRTHS, NOT_KNOWN
from caseapp.exchange import times, times_written
from caseapp.exchange.births_written import birth_of
from caseapp.exchange.people_rows import Row, Unusable
from caseapp.exchange.sheet import Sheet

_PLACEHOLDER_YEAR = 1901
_UNSAID = NOT_KNOWN | {"u"}
_FUTURE = "birth date in the future"
_UNREADABLE = "birth date cannot be read"


def _stands_for_none(birth: Birth) -> bool:
    """Whether it is what programs write where no birth was told; nobody is so old either."""
    on = (birth.on.year, birth.on.month, birth.on.day)
    is_habit = birth.precision is Precision.DAY and on in NO_BIRTHS
    return birth.on.year < _PLACEHOLDER_YEAR or is_habit


class BirthReader:
    """Birth dates with their precision; a placeholder such as 1900-01-01 is counted and left out."""

    def __init__(
        self, sheet: Sheet, columns: dict[str, list[int]], today: date, warnings: Counter[str]
    ) -> None:
        places = columns.get("birth", ())
        self._day_first = times.is_day_first([row[place] for row in sheet.rows for place in places])
        self._today = today
        self._warnings = warnings

    def likely(self, row: Row) -> Birth | None:
        """As `of`; a date that cannot be is as good as none."""
        return self._dated(row)[0] or self._aged(row)

    def of(self, row: Row) -> Birth | None:
        """The date, else the year, else the age, as a birth; raises Unusable for a date that cannot be."""
        birth, reason = self._dated(row)
        if reason:
            raise Unusable(reason)
        return birth or self._aged(row)

    def unread(self, row: Row) -> str:
        """What stands where a date should and is none: most of one may still be right."""
        return next((text for text in row.all("birth") if self._parsed(text) is None), "")

    def _dated(self, row: Row) -> tuple[Birth | None, str]:
        reason = ""
        for text in (*row.all("birth"), *row.all("birth_year")):
            if "-".join(tokens(text)) in _UNSAID or not re.search(r"[1-9a-wyz]", text.casefold()):
                continue
            birth = self._parsed(text)
            if birth is None:
                reason = reason or _UNREADABLE
            elif birth.on > self._today:
                reason = reason or _FUTURE
            elif _stands_for_none(birth):
                self._warnings["birth-date-dropped"] += 1
            else:
                return birth, ""
        return None, reason

    def _aged(self, row: Row) -> Birth | None:
        ages = [age for text in row.all("age") if (age := read_age(text)) is not None]
        return birth_by_age(ages[0], self._seen_on(row)) if ages else None

    def _seen_on(self, row: Row) -> date:
        """The day on which an age was told: the contact's, else today."""
        told = [times_written.parse(text, day_first=self._day_first) for text in row.all("seen_on")]
        return min((one.wall.date() for one in told if one), default=self._today)

    def _parsed(self, text: str) -> Birth | None:
        return birth_of(text, day_first=self._day_first, today=self._today)
