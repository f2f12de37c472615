"""How old somebody is told to be, in words."""

import re

from caseapp.domain.births import OLDEST

_UNDER_YEARS = re.compile(
    r"(?:about|aged?|approx(?:imately)?\.?|~)?\s*(\d*)\s*"
    r"(?:newborn|infant|(mos?|months?|mths?)|(w(?:ee)?ks?)|(days?))\b.*",
    re.IGNORECASE,
)
_IN_A_YEAR = (12, 52, 365)
"""Months, weeks and days."""

_LONGEST = 4
"""Digits of a number of days, weeks or months."""

_AGE = re.compile(r"\D*(\d{1,3})(?:\.0)?[^\d+]*")
_DECADE = re.compile(r"\D*\b(\d0)\s*['’-]?(?:s\b|something)\D*", re.IGNORECASE)
_BETWEEN = re.compile(r"\D*(\d{1,3})\s*(?:[-–/]|to|and)\s*(\d{1,3})\D*", re.IGNORECASE)
_BOUND = re.compile(r"\s*(?:[<>]|over\b|under\b|above\b|below\b).*", re.IGNORECASE)

_BESIDE_A_NAME = re.compile(
    r"(?<![^\s,])(?:(?:about|aged?|approx(?:imately)?\.?|~)\s*)?"
    r"\d{1,3}(?:s|\s*(?:years?(?:\s+old)?|yrs?|y/?o))?(?![^\s,])",
    re.IGNORECASE,
)


def read_age(text: str) -> int | None:
    """Years as told at a desk or in a list: "40", "~40"; the middle of "40s", "late 30s" and "30-39".

    0 for "5 mo" and "newborn", 1 for "18 months". None where no believable age stands, and for a bound, "18+"
    or "under 18", which tells none.
    """
    age = _in_less(text)
    if age is None:
        age = _in_years(text)
    return age if age is not None and age <= OLDEST else None


def _in_less(text: str) -> int | None:
    """Whole years of whoever is told in months, weeks or days, or as an infant."""
    told = _UNDER_YEARS.fullmatch(text.strip())
    if told is None or len(told[1]) > _LONGEST:
        return None
    counts = (
        int(told[1] or 0) // each for each, unit in zip(_IN_A_YEAR, told.groups()[1:], strict=True) if unit
    )
    return next(counts, 0)


def _in_years(text: str) -> int | None:
    if _BOUND.fullmatch(text):
        return None
    if found := _DECADE.fullmatch(text):
        return int(found[1]) + 5
    if found := _BETWEEN.fullmatch(text):
        low, high = int(found[1]), int(found[2])
        return (low + high) // 2 if low < high else None
    found = _AGE.fullmatch(text)
    return int(found[1]) if found else None


def name_and_age(text: str) -> tuple[str, int | None]:
    """Who is asked for and how old: "Reyes, about 24"; the whole text and None where no age stands in it."""
    found = _BESIDE_A_NAME.search(text)
    age = read_age(found[0]) if found else None
    if found is None or age is None:
        return text, None
    rest = f"{text[: found.start()].rstrip(' ,')} {text[found.end() :].lstrip(' ,')}".strip()
    if any(letter.isdigit() for letter in rest) or not any(letter.isalpha() for letter in rest):
        return text, None
    return rest, age
