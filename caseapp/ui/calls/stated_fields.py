"""The fields of what was said of somebody: what stands in them, and what of it is none."""

from datetime import date

from caseapp.domain.ages import read_age
from caseapp.domain.births import Birth
from caseapp.domain.call_forms import BornAhead, NotABirth, NotAnAge
from caseapp.exchange.births_written import birth_of


def age_said(text: str) -> int | None:
    """Years out of what was typed, None for nothing; raises NotAnAge."""
    age = read_age(text)
    if age is None and text.strip():
        raise NotAnAge(field="age")
    return age


def birth_said(text: str, *, today: date) -> Birth | None:
    """A day, or the month or the year where no more is known; None for nothing; raises NotABirth or
    BornAhead."""
    birth = birth_of(text.strip(), day_first=False, today=today)
    if birth is None and text.strip():
        raise NotABirth(field="birth")
    if birth is not None and birth.on > today:
        raise BornAhead(field="birth", on=birth.on)
    return birth
