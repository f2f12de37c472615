"""Days of birth in the ways in which lists of people have them, beside those of `times`."""

import re
from datetime import date, timedelta

from caseapp.domain.births import Birth, Precision, years_before
from caseapp.exchange import times_written

_YEAR = re.compile(r"1[89]\d\d|20\d\d")
_MONTH = re.compile(r"(\d{1,2})[/-](\d{4})|(\d{4})[/-](\d{1,2})")
_PART = r"([Xx]{1,2}|\?{1,2}|\d{1,2})"
_PARTLY = re.compile(rf"{_PART}[/.-]{_PART}[/.-](\d{{4}})|(\d{{4}})[/.-]{_PART}[/.-]{_PART}")
_MONTH_NAMED = re.compile(r"([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})")
_CLOSE_UP = re.compile(r"(\d{1,2})([A-Za-z]{3})(\d{4}|\d{2})")
_EARLY_SERIAL = re.compile(r"1\d{4}")
"""Days since the end of 1899 that a spreadsheet has for births from 1927 to October 1954."""

_SHORT = re.compile(r"(\d\d)(\d\d)(\d\d)")
"""Month, day and year in two digits each, as booking systems have them; the day first where the list has."""

_ABOUT = re.compile(
    r"\(?\b(?:c|ca|circa|about|approx|approximately|est|estimated)\b\.?\)?|^~|(?<=\d)\s*\?$", re.IGNORECASE
)
_BESIDE = re.compile(r"(?<=\d)\.0+$|(?<=\d)(?:st|nd|rd|th)\b|\(\s*\d{1,3}\s*[a-z/.]*\s*\)", re.IGNORECASE)
"""What says nothing of the day: the decimals of a number, "5th", the age behind the date."""

_SERIAL_START = date(1899, 12, 30)


def birth_of(text: str, *, day_first: bool, today: date) -> Birth | None:
    """As much of a birth as is written, None where nothing can be read.

    A date, a year or a month; "XX/XX/1987" and "1987-03-00" tell as much as they have, and "c. 1987" is an
    estimate. A year of two digits lies before `today`.
    """
    told = _BESIDE.sub("", text).strip()
    plain = re.sub(r"\s*([/-])\s*(?=\d)", r"\1", _ABOUT.sub("", told)).strip()
    is_about = plain != re.sub(r"\s*([/-])\s*(?=\d)", r"\1", told).strip()
    found = _in_part(plain, day_first=day_first) or _whole(plain, day_first=day_first, today=today)
    return Birth(found.on, Precision.ESTIMATED) if found and is_about else found


def _in_part(text: str, *, day_first: bool) -> Birth | None:
    """A year, or a month of one, where no more is written."""
    if _YEAR.fullmatch(text):
        return Birth(date(int(text), 1, 1), Precision.YEAR)
    if found := _MONTH.fullmatch(text):
        return _of_month(found[2] or found[3], found[1] or found[4])
    if (found := _MONTH_NAMED.fullmatch(text)) and (first := times_written.parse(f"{found[1]} 1 {found[2]}")):
        return Birth(first.wall.date(), Precision.MONTH)
    if found := _PARTLY.fullmatch(text):
        year = found[3] or found[4]
        month, day = (found[2], found[1]) if found[1] and day_first else (found[1], found[2])
        month, day = (month, day) if found[3] else (found[5], found[6])
        if not _number(month):
            return Birth(date(int(year), 1, 1), Precision.YEAR) if int(year) else None
        return None if _number(day) else _of_month(year, month)
    return None


def _of_month(year: str, month: str) -> Birth | None:
    is_one = int(year) and 1 <= int(month) <= 12
    return Birth(date(int(year), int(month), 1), Precision.MONTH) if is_one else None


def _number(part: str) -> int:
    return int(part) if part.isdigit() else 0


def _whole(text: str, *, day_first: bool, today: date) -> Birth | None:
    if _EARLY_SERIAL.fullmatch(text):
        return Birth(_SERIAL_START + timedelta(days=int(text)))
    if found := _SHORT.fullmatch(text):
        text = "/".join(found.groups())
    elif found := _CLOSE_UP.fullmatch(text):
        text = "-".join(found.groups())
    naive = times_written.parse(text, day_first=day_first)
    if naive is None:
        return None
    day = naive.wall.date()
    is_short = not re.search(r"\d{4}", text)
    return Birth(years_before(day, 100) if is_short and day > today else day)
