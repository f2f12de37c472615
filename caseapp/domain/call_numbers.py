"""Numbers of calls that no dispatch centre numbered: found by the team, or told on a line of our own."""

from datetime import date

_FIRST, _DIGITS = 1, 4


def head(day: date) -> str:
    """What the agency's own numbers of a year begin with: "T26-", for the team's."""
    return f"T{day.year % 100:02}-"


def after(newest: str | None, day: date) -> str:
    """The number after the newest one of a year; the first one where there is none, or none that counts."""
    counted = (newest or "").removeprefix(head(day))
    number = int(counted) + 1 if counted.isascii() and counted.isdecimal() else _FIRST
    return f"{head(day)}{number:0{_DIGITS}}"
