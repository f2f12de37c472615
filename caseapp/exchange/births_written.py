"""Ages and days of birth in the ways in which lists of people have them, beside those of `times`."""

import re
from datetime import date, timedelta

from caseapp.exchange import times

_AGE = re.compile(r"\D*(\d{1,3})(?:\.0)?\D*")
_DECADE = re.compile(r"\D*\b(\d0)\s*['’]?s\b\D*", re.IGNORECASE)
_BETWEEN = re.compile(r"\D*(\d{1,3})\s*(?:-|–|to)\s*(\d{1,3})\D*", re.IGNORECASE)
_EARLY_SERIAL = re.compile(r"(1\d{4})(?:\.0+)?")
"""Days since the end of 1899 that a spreadsheet has for births from 1927 to October 1954."""

_SHORT = re.compile(r"(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(\d\d)")
"""Month, day and year in two digits each, as booking systems have them."""

_SERIAL_START = date(1899, 12, 30)


def age_of(text: str) -> int | None:
    """Years as told: "40", "~40", "approx. 40 yrs"; the middle of "40s", "late 30s" and "30-39"."""
    if found := _DECADE.fullmatch(text):
        return int(found[1]) + 5
    if found := _BETWEEN.fullmatch(text):
        low, high = int(found[1]), int(found[2])
        return (low + high) // 2 if low < high else None
    found = _AGE.fullmatch(text)
    return int(found[1]) if found else None


def day_of(text: str, *, day_first: bool) -> date | None:
    """The day that is written; None where none is."""
    if found := _EARLY_SERIAL.fullmatch(text):
        return _SERIAL_START + timedelta(days=int(found[1]))
    if found := _SHORT.fullmatch(text):
        text = "/".join(found.groups())
    naive = times.parse(text, day_first=day_first)
    return naive.wall.date() if naive else None
