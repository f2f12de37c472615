"""How old somebody is told to be, in words."""

import re

from caseapp.domain.people import OLDEST

_UNDER_YEARS = re.compile(
    r"(?:about|aged?|approx(?:imately)?\.?|~)?\s*(\d*)\s*"
    r"(?:newborn|infant|(mos?|months?|mths?)|(w(?:ee)?ks?)|(days?))\b.*",
    re.IGNORECASE,
)
_IN_A_YEAR = (12, 52, 365)
"""Months, weeks and days."""

_LONGEST = 4
"""Digits of a number of days, weeks or months."""


def infant_age(text: str) -> int | None:
    """Whole years of whoever is told in less: 0 of "5 mo" and "newborn", 1 of "18 months"; else None."""
    told = _UNDER_YEARS.fullmatch(text.strip())
    if told is None or len(told[1]) > _LONGEST:
        return None
    counts = (
        int(told[1] or 0) // each for each, unit in zip(_IN_A_YEAR, told.groups()[1:], strict=True) if unit
    )
    return next(counts, 0)


def read_age(text: str) -> int | None:
    """Years out of "50", "about 50" or "50s", 0 of "6 months"; None where no believable age stands."""
    if (young := infant_age(text)) is not None:
        return young if young <= OLDEST else None
    digits = "".join(letter if letter.isdecimal() else " " for letter in text).split()
    is_one = len(digits) == 1 and len(digits[0]) <= len(str(OLDEST))
    return int(digits[0]) if is_one and int(digits[0]) <= OLDEST else None
