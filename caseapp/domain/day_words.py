"""Days in words, so that one is never "02 Mar 2026" on one screen and "2 Mar 2026" on the next."""

from datetime import date, datetime


def day_words(day: date | None) -> str:
    """Such as "2 Mar 2026"; nothing where no day is known."""
    return f"{day.day} {day:%b %Y}" if day else ""


def short_day(day: date | None) -> str:
    """Such as "2 Mar", where the year goes without saying."""
    return f"{day.day} {day:%b}" if day else ""


def weekday_words(day: date, *, with_year: bool = False) -> str:
    """Such as "Mon 2 Mar", or "Mon 2 Mar 2026"."""
    return f"{day:%a} {day_words(day) if with_year else short_day(day)}"


def long_day(day: date, *, with_year: bool = False) -> str:
    """Such as "Monday 2 March", or "Monday 2 March 2026"."""
    return f"{day:%A} {day.day} {day:%B}{f' {day.year}' if with_year else ''}"


def minute_words(at: datetime) -> str:
    """Such as "2 Mar 2026 09:12", on the clock that the moment was brought to."""
    return f"{day_words(at)} {at:%H:%M}"
