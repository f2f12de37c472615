"""Editing a series: this one, this and later, or all that are still planned."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import Enum
from uuid import UUID

from caseapp.domain.errors import CaseAppError
from caseapp.domain.follow_ups import FollowUp
from caseapp.domain.recurrence import Recurrence, days_of, read_rule

_COUNT = re.compile(r"COUNT=\d+")


class Reach(Enum):
    """How far an edit of an occurrence reaches."""

    THIS = "this"
    LATER = "later"
    ALL = "all"


class NotASeries(CaseAppError):
    """A single follow-up has no later ones."""

    code = "series.not-one"


@dataclass(frozen=True, slots=True)
class Series:
    """A stored series; `at` is the hour on the agency's clock, the same hour on both sides of a change."""

    id: UUID
    version: int
    person_id: UUID
    rule: str
    starts_on: date
    at: time | None


@dataclass(frozen=True, slots=True)
class Rest:
    """What becomes of a series when its later part moves: the rule that is left, and the part that moved.

    `kept` is None when nothing of the old rule is left; `days` are the new days of those of `before`, in
    order.
    """

    kept: str | None
    rule: str
    starts_on: date
    before: tuple[date, ...]
    days: tuple[date, ...]


def occurrences(recurrence: Recurrence, *, starts: date) -> list[date]:
    """The days of a new series, from the first day on."""
    return recurrence.days(starts)


def move_rest(series: Series, *, from_on: date, days: int) -> Rest:
    """Move the occurrence of a day of the rule, and those after it, by so many days.

    Weekdays and days of the month go along, so that a series moved from Monday to Tuesday stays on Tuesdays.
    """
    all_days = days_of(series.rule, starts=series.starts_on)
    before = [day for day in all_days if day < from_on]
    rest = [day for day in all_days if day >= from_on]
    starts = date.fromordinal(rest[0].toordinal() + days)
    rule = series.rule if days == 0 else read_rule(series.rule).moved(days).rule(starts)
    rule = counted(rule, len(rest))
    return Rest(
        kept=counted(series.rule, len(before)) if before else None,
        rule=rule,
        starts_on=starts,
        before=tuple(rest),
        days=tuple(days_of(rule, starts=starts)),
    )


def end_before(series: Series, *, from_on: date) -> str | None:
    """The rule without the occurrences from a day on; None when nothing is left."""
    before = [day for day in days_of(series.rule, starts=series.starts_on) if day < from_on]
    return counted(series.rule, len(before)) if before else None


def reached(rows: Sequence[FollowUp], *, chosen: FollowUp, reach: Reach) -> list[FollowUp]:
    """The planned occurrences that an edit of one reaches; raises NotASeries."""
    if reach is Reach.THIS:
        return [chosen]
    if chosen.series_id is None or chosen.recurs_on is None:
        raise NotASeries()
    if reach is Reach.ALL:
        return list(rows)
    return [one for one in rows if one.recurs_on is not None and one.recurs_on >= chosen.recurs_on]


def counted(rule: str, count: int) -> str:
    """The rule with another number of occurrences; one that is moved alone keeps COUNT=1."""
    return _COUNT.sub(f"COUNT={count}", rule)
