"""Numbers of calls that no dispatch centre numbered: found by the team, or told on a line of our own."""

from collections.abc import Iterable
from datetime import date

_DIGITS = 4


def own_head(day: date) -> str:
    """What the agency's own numbers of a year begin with: "T26-", for the team's."""
    return f"T{day.year % 100:02}-"


def next_own(taken: Iterable[str], day: date) -> str:
    """The number after the highest of a year; what was typed there that counts nothing is passed over."""
    counted = (number.removeprefix(own_head(day)) for number in taken)
    highest = max((int(one) for one in counted if one.isascii() and one.isdecimal()), default=0)
    return f"{own_head(day)}{highest + 1:0{_DIGITS}}"
