"""Days in words, so that one is never "02 Mar 2026" on one screen and "2 Mar 2026" on the next.

`language` is that of a paper, `en` or `es`; screens are in English, whatever the machine speaks.
"""

from datetime import date, datetime, time

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_SPANISH_DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_SPANISH_MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto"),
    *("septiembre", "octubre", "noviembre", "diciembre"),
)
_SHORT = 3
"""Letters of the short name of a month or a day, in either language."""


def day_words(day: date | None, language: str = "en") -> str:
    """Such as "2 Mar 2026", or "2 mar 2026"; nothing where no day is known."""
    return f"{day.day} {month_words(day, language)}" if day else ""


def month_words(day: date, language: str = "en") -> str:
    """Such as "Mar 2026", or "mar 2026"."""
    return f"{_month(day, language)[:_SHORT]} {day.year}"


def short_day(day: date | None) -> str:
    """Such as "2 Mar", where the year goes without saying."""
    return f"{day.day} {_month(day)[:_SHORT]}" if day else ""


def weekday_words(day: date, *, with_year: bool = False) -> str:
    """Such as "Mon 2 Mar", or "Mon 2 Mar 2026"."""
    return f"{_DAYS[day.weekday()][:_SHORT]} {day_words(day) if with_year else short_day(day)}"


def long_day(day: date, *, with_year: bool = False, language: str = "en") -> str:
    """Such as "Monday 2 March" or "Monday 2 March 2026", "lunes 2 de marzo" or "lunes 2 de marzo de 2026"."""
    if language == "es":
        spoken = f"{_SPANISH_DAYS[day.weekday()]} {day.day} de {_month(day, language)}"
        return f"{spoken} de {day.year}" if with_year else spoken
    return f"{_DAYS[day.weekday()]} {day.day} {_month(day)}{f' {day.year}' if with_year else ''}"


def spoken_time(at: datetime | time, language: str = "en") -> str:
    """The hour of what is to come, as a person says it: "3:30 PM", or "3:30 p. m."."""
    clock = f"{at:%I:%M}".removeprefix("0")
    half = "a" if at.hour < 12 else "p"
    return f"{clock} {half}.\N{NO-BREAK SPACE}m." if language == "es" else f"{clock} {half.upper()}M"


def minute_words(at: datetime, language: str = "en") -> str:
    """Such as "2 Mar 2026 09:12", on the clock that the moment was brought to."""
    return f"{day_words(at, language)} {at:%H:%M}"


def _month(day: date, language: str = "en") -> str:
    return (_SPANISH_MONTHS if language == "es" else _MONTHS)[day.month - 1]
