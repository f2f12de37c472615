"""How figures are written: one place, so that the screen, the page and the sheet say the same number."""

from typing import Any

from caseapp.domain.reports import HIDDEN, Shown

_DECIMALS = {"%": 1, "minutes": 0, "hours": 1, "days": 0, "% change": 0, "attempts": 1, "responses": 1}


def rounded(value: float | None, unit: str) -> float | None:
    """The value with as many decimals as its unit deserves."""
    return None if value is None else round(value, _DECIMALS.get(unit, 0))


def number(value: float | None, unit: str) -> str:
    """The value alone: "76.8", "4,682"; a dash where there is none."""
    if value is None:
        return "–"
    return f"{value:,.{_DECIMALS.get(unit, 0)}f}"


def value_words(shown: Shown, unit: str) -> str:
    """The value with its unit, "hidden" where it is, or a dash without rows."""
    if shown.is_hidden:
        return HIDDEN
    if shown.value is None:
        return "–"
    if unit.startswith("%"):
        return f"{number(shown.value, unit)} %"
    return (
        number(shown.value, unit)
        if unit not in ("minutes", "hours", "days")
        else (f"{number(shown.value, unit)} {unit}")
    )


def of_words(shown: Shown, unit: str) -> str:
    """Of how many: "1,025 of 1,335"; for times and counts the rows they rest on."""
    if shown.numerator is None or shown.denominator is None:
        return HIDDEN
    if unit.startswith("%") or shown.numerator != shown.denominator:
        return f"{shown.numerator:,} of {shown.denominator:,}"
    return f"{shown.denominator:,}"


def count_words(count: int | None) -> str:
    """A count, or that it is hidden."""
    return HIDDEN if count is None else f"{count:,}"


def verdict_words(verdict: Any) -> str:
    """What a row was judged to be, in a word or a number; a plain yes needs none."""
    if verdict is True:
        return ""
    if isinstance(verdict, str):
        return verdict
    if isinstance(verdict, (int, float)):
        return f"{verdict:,.1f}".removesuffix(".0")
    return ", ".join(f"{name} {value}" for name, value in verdict._asdict().items())
