"""When somebody was born, as far as it is known, and how old that makes them."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from caseapp.domain.day_words import day_words, month_words

OLDEST = 120
"""Years; no age above this is believed."""


class Precision(Enum):
    """How much of a birth date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ESTIMATED = "estimated"


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth date with its precision; for an estimate, the day of birth as if the age were exact."""

    on: date
    precision: Precision = Precision.DAY


def age_on(birth: Birth, day: date) -> int:
    """Whole years of somebody on a day."""
    return years_between(birth.on, day)


def years_between(born: date, day: date) -> int:
    """Whole years from one day to a later one; a leap-day birthday counts on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def birth_by_age(age: int, day: date) -> Birth:
    """An estimate: the day of birth as if the age were exact on a day."""
    return Birth(years_before(day, age), Precision.ESTIMATED)


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def birth_words(birth: Birth | None) -> str:
    """As much of a birth date as is known: "2 Mar 1976", "Mar 1976", "1976", "about 1976"."""
    if birth is None:
        return ""
    if birth.precision is Precision.DAY:
        return day_words(birth.on)
    if birth.precision is Precision.MONTH:
        return month_words(birth.on)
    return f"about {birth.on.year}" if birth.precision is Precision.ESTIMATED else str(birth.on.year)


def birth_typed(birth: Birth | None) -> str:
    """As much of a birth as is known, as a form shows it and reads it again."""
    return birth.on.isoformat() if birth and birth.precision is Precision.DAY else birth_words(birth)


def age_words(birth: Birth | None, day: date) -> str:
    """The age as people say it: "34", or "about 50" when the date is not exact."""
    if birth is None:
        return "age not recorded"
    age = age_on(birth, day)
    return str(age) if birth.precision is Precision.DAY else f"about {age}"
