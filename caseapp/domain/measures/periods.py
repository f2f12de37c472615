"""Periods that are asked for most, counted from today."""

from datetime import date, timedelta

from caseapp.domain.measures.scope import Scope, period_before

NAMES = ("last-month", "this-month", "last-quarter", "this-year", "last-year", "last-12-months")
"""The periods of `periods` as the command line calls them, in the same order."""


def period_named(name: str, today: date) -> tuple[date, date]:
    """First and last day of a period of NAMES."""
    _words, first, last = periods(today)[NAMES.index(name)]
    return first, last


def periods(today: date) -> tuple[tuple[str, date, date], ...]:
    """Name, first and last day."""
    month = today.replace(day=1)
    last_month = period_before(Scope(month, _end_of_month(month)))
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    last_quarter = period_before(Scope(quarter, _end_of_month(quarter + timedelta(days=62))))
    return (
        ("Last month", last_month.from_on, last_month.to_on),
        ("This month so far", month, today),
        ("Last quarter", last_quarter.from_on, last_quarter.to_on),
        ("This year so far", date(today.year, 1, 1), today),
        ("Last year", date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
        ("Last 12 months", _year_back(month), month - timedelta(days=1)),
    )


def _end_of_month(day: date) -> date:
    first = day.replace(day=1)
    return (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _year_back(month: date) -> date:
    return month.replace(year=month.year - 1)
