"""What a report is about: its days, the date by which rows belong to them, a program and a model."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from caseapp.domain.errors import CaseAppError

DATE_BASES = {"received": "day the call was received", "on-scene": "day the team arrived"}
"""By which date of a call it belongs to the period; other records have their own, named in each measure."""

LONGEST_DAYS = 3660
EARLIEST_YEAR = 1900


class PeriodBackwards(CaseAppError):
    """The last day lies before the first."""

    code = "report.period-backwards"


class PeriodTooLong(CaseAppError):
    code = "report.period-too-long"


class PeriodTooEarly(CaseAppError):
    """No dispatch centre keeps calls of that time, and no calendar goes on before it without end."""

    code = "report.period-too-early"


class UnknownBasis(CaseAppError):
    code = "report.unknown-basis"


@dataclass(frozen=True, slots=True)
class Scope:
    """Both days belong to the period; an empty program or model is all of them."""

    from_on: date
    to_on: date
    date_basis: str = "received"
    program: str = ""
    model: str = ""

    @property
    def days(self) -> int:
        """How many days, both ends included."""
        return (self.to_on - self.from_on).days + 1


def check(scope: Scope) -> None:
    """Raise PeriodBackwards, PeriodTooLong, PeriodTooEarly or UnknownBasis: no report can be made of it."""
    if scope.from_on.year < EARLIEST_YEAR:
        raise PeriodTooEarly(year=EARLIEST_YEAR)
    if scope.to_on < scope.from_on:
        raise PeriodBackwards(first=scope.from_on, last=scope.to_on)
    if scope.days > LONGEST_DAYS:
        raise PeriodTooLong(days=scope.days)
    if scope.date_basis not in DATE_BASES:
        raise UnknownBasis(basis=scope.date_basis, known=", ".join(DATE_BASES))


def period_before(scope: Scope) -> Scope:
    """The period of the same kind before: whole months before whole months, else as many days."""
    if _is_whole_months(scope):
        months = _month(scope.to_on) - _month(scope.from_on) + 1
        first = _first_of(_month(scope.from_on) - months)
        return replace(scope, from_on=first, to_on=scope.from_on - timedelta(days=1))
    first = scope.from_on - timedelta(days=scope.days)
    return replace(scope, from_on=first, to_on=scope.from_on - timedelta(days=1))


def year_before(scope: Scope) -> Scope:
    """The same days of the year before; 29 February becomes the 28th, whole months stay whole."""
    if _is_whole_months(scope):
        after = _first_of(_month(scope.to_on) + 1 - 12)
        return replace(scope, from_on=_first_of(_month(scope.from_on) - 12), to_on=after - timedelta(days=1))
    return replace(scope, from_on=_last_year(scope.from_on), to_on=_last_year(scope.to_on))


def _is_whole_months(scope: Scope) -> bool:
    return scope.from_on.day == 1 and (scope.to_on + timedelta(days=1)).day == 1


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _last_year(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, 2, 28)
