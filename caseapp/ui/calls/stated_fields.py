"""The fields of what was said of somebody: what stands in them, and what of it is none."""

from datetime import date

from caseapp.domain.ages import read_age
from caseapp.domain.call_forms import BornAhead, NotABirth, NotAnAge
from caseapp.ui.widgets.form import read_day


def age_said(text: str) -> int | None:
    """Years out of what was typed, None for nothing; raises NotAnAge."""
    age = read_age(text)
    if age is None and text.strip():
        raise NotAnAge(field="age")
    return age


def birth_said(text: str, *, today: date) -> date | None:
    """The day out of what was typed, None for nothing; raises NotABirth or BornAhead."""
    day = read_day(text)
    if day is None and text.strip():
        raise NotABirth(field="birth")
    if day is not None and day > today:
        raise BornAhead(field="birth", on=day)
    return day
