"""Handing cases on: one, many, or everything of somebody who leaves; and who stands in for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseapp.domain.errors import CaseAppError


class SameWorker(CaseAppError):
    """The cases are with this worker already."""

    code = "transfer.same-worker"


class NothingChosen(CaseAppError):
    code = "transfer.nothing-chosen"


class ReceiverCannotHold(CaseAppError):
    """The receiver left, or the role holds no cases."""

    code = "transfer.receiver-cannot-hold"


class DaysOutOfOrder(CaseAppError):
    """An absence ends on the day it begins or later."""

    code = "absence.days-out-of-order"


class CoverIsSelf(CaseAppError):
    """Somebody else stands in."""

    code = "absence.cover-is-self"


@dataclass(frozen=True, slots=True)
class Moving:
    """One case that would be handed on, with what goes along."""

    case_id: UUID
    number: str
    person_id: UUID
    person_name: str
    from_id: UUID
    from_name: str
    next_step: str
    next_step_on: date | None
    follow_ups: int


@dataclass(frozen=True, slots=True)
class Left:
    """What somebody still holds: cases with their steps, other promises, people taken, notes unsigned."""

    cases: tuple[Moving, ...]
    other_follow_ups: int
    taken_from_calls: int
    unsigned_notes: int

    @property
    def is_nothing(self) -> bool:
        return not (self.cases or self.other_follow_ups or self.taken_from_calls or self.unsigned_notes)


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which somebody is away, both included, and who stands in."""

    id: UUID
    staff_id: UUID
    name: str
    from_on: date
    to_on: date
    cover_id: UUID | None = None
    cover_name: str = ""

    def holds(self, day: date) -> bool:
        return self.from_on <= day <= self.to_on


def check_absence(*, staff_id: UUID, cover_id: UUID | None, from_on: date, to_on: date) -> None:
    """Raise DaysOutOfOrder or CoverIsSelf."""
    if to_on < from_on:
        raise DaysOutOfOrder()
    if cover_id == staff_id:
        raise CoverIsSelf()


def covered_by(absences: Iterable[Absence], *, cover_id: UUID, day: date) -> frozenset[UUID]:
    """For whom somebody stands in on a day, and for whom those stand in who are away themselves.

    What falls due for any of them appears at the cover. A circle of covers ends where it began.
    """
    away = [one for one in absences if one.holds(day)]
    found: set[UUID] = set()
    wanted = {cover_id}
    while wanted:
        wanted = {one.staff_id for one in away if one.cover_id in wanted} - found - {cover_id}
        found |= wanted
    return frozenset(found)
